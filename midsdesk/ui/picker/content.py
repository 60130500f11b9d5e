"""What the picker shows at the moment: kind, category, opened set, words, level. No widgets."""

from midsdesk.app.views import PickerTab, PieceView, SetView
from midsdesk.model.build import SlottedEnhancement
from midsdesk.ui.picker.level import LevelEntry, shown_level
from midsdesk.ui.picker.model import Entry, with_headings
from midsdesk.ui.picker.source import NO_SET, LevelLimits, PickerSource


class PickerContent:
    """Holds where the user is, and asks the source for what to list there."""

    def __init__(self, source: PickerSource) -> None:
        """Start where the source says."""
        self.source = source
        start = source.start
        self.level = LevelEntry(start.wish)
        self.tab = start.tab
        self.text = ""
        self._set_id = start.set_id
        self._categories: dict[PickerTab, str] = {start.tab: start.category}
        self._sets: tuple[SetView, ...] = ()

    @property
    def category(self) -> str:
        """Key of the current category of the tab."""
        known = self._categories.get(self.tab, "")
        keys = [category.key for category in self.source.categories(self.tab)]
        return known if known in keys or not keys else keys[0]

    @property
    def opened_set(self) -> SetView | None:
        """The set whose pieces are listed, None elsewhere."""
        if self.text or self.tab is not PickerTab.SET or not self._set_id:
            return None
        found = [shown for shown in self._sets if shown.id == self._set_id]
        return found[0] if found else None

    def set_tab(self, tab: PickerTab) -> None:
        """Go to another kind; the words go, the category of that kind is remembered."""
        if tab is not self.tab:
            self.level.leave_piece()
        self.tab, self.text, self._set_id = tab, "", NO_SET

    def set_text(self, text: str) -> None:
        """Search for words; "" ends the search."""
        if text and not self.text:
            self.level.leave_piece()
        self.text = text

    def set_category(self, key: str) -> None:
        """Go to another category."""
        self._categories[self.tab] = key
        self.text, self._set_id = "", NO_SET

    def open_set(self, shown: SetView) -> None:
        """List the pieces of a set."""
        self._set_id = shown.id

    def close_set(self) -> SetView | None:
        """Go back to the sets; return the one that was open."""
        was, self._set_id = self.opened_set, NO_SET
        return was

    def entries(self) -> tuple[Entry, ...]:
        """Return what to list."""
        wish, category = self.level.wish, self.category
        if self.text:
            return with_headings(self.source.search(self.text, wish))
        if self.tab is PickerTab.NONE:
            return ()
        if self.tab is not PickerTab.SET:
            return self.source.pieces(self.tab, category, wish)
        self._sets = self.source.sets(category, wish)
        opened = self.opened_set
        return opened.pieces if opened else self._sets

    @property
    def is_field(self) -> bool:
        """Icons are enough: neither found rows nor the pieces of a set, which all look alike."""
        return not self.text and self.opened_set is None

    def set_of(self, entry: PieceView | SetView | None) -> SetView | None:
        """Return the set an entry belongs to."""
        if entry is None or isinstance(entry, SetView):
            return entry
        return self.opened_set or self.source.set_of(entry.enhancement, self.level.wish)

    def limits(self, entry: PieceView | SetView | None) -> LevelLimits:
        """Return the levels possible for an entry; for a set those of its first piece."""
        if isinstance(entry, SetView):
            entry = entry.pieces[0] if entry.pieces else None
        return self.source.limits(self.tab, entry.enhancement if entry else None)

    def level_text(self, entry: PieceView | SetView | None) -> str:
        """Return what the level box shows."""
        if self.tab is PickerTab.NONE and not self.text:
            return ""
        return shown_level(self.level.wish, self.limits(entry))

    def deltas(self, entry: PieceView) -> tuple[tuple[str, bool], ...]:
        """Return what a piece would change."""
        category = "" if self.text else self.category
        return self.source.deltas(entry.enhancement, category, self.level.wish)

    def made(self, entry: PieceView) -> SlottedEnhancement:
        """Return the piece as it would be slotted."""
        category = "" if self.text else self.category
        return self.source.make(entry.enhancement, category, self.level.wish)
