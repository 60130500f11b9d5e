"""Answers the picker's questions from a document. Every answer comes from `midsdesk.app`."""

from dataclasses import dataclass

from midsdesk.app import commands
from midsdesk.app.document import Document
from midsdesk.app.picker import PickerContent, PieceChoice, first_tab, picker, piece_deltas
from midsdesk.app.pieces import piece_slot
from midsdesk.app.views import PickerCategory, PickerTab, PieceView, SetView
from midsdesk.model.build import SlottedEnhancement
from midsdesk.model.game import Enhancement
from midsdesk.model.ids import EnhancementId
from midsdesk.model.vocab import Grade, RelativeLevel
from midsdesk.ui.picker.source import (
    NO_SET,
    LevelLimits,
    PickerHeading,
    PickerStart,
    Wish,
)

_GRADES = {"single": Grade.SINGLE, "dual": Grade.DUAL, "training": Grade.TRAINING}
_HIGHEST_LEVEL = 53
_ORIGIN_TABS = (PickerTab.REGULAR, PickerTab.SPECIAL)


@dataclass(frozen=True, slots=True)
class Fresh:
    """How new pieces begin: level of inventions, relative level, grade of regular ones."""

    level: int = 50
    relative: RelativeLevel = RelativeLevel.EVEN
    grade: str = "single"

    @property
    def wish(self) -> Wish:
        """What the level box begins with."""
        return Wish(self.level)


class DocumentPickerSource:
    """One slot of one entry of a document, as a `PickerSource`."""

    def __init__(
        self, document: Document, entry: int, slot: int, fresh: Fresh | None = None
    ) -> None:
        """Answer for `slot` (from 0) of the entry with index `entry`."""
        self._document = document
        self._fresh = fresh or Fresh()
        self._entry, self._slot = entry, slot
        # The build stands still while the picker is open, and neither of these depends on a level.
        self._categories: dict[PickerTab, tuple[PickerCategory, ...]] = {}
        self._owners: dict[str, tuple[SetView, ...]] = {}

    @property
    def heading(self) -> PickerHeading:
        """See `PickerSource`."""
        held = self._document.build.entries[self._entry]
        name = commands.entry_name(self._document, self._entry)
        bought_at = held.slots[self._slot].level
        return PickerHeading(name, self._slot + 1, len(held.slots), bought_at)

    @property
    def start(self) -> PickerStart:
        """See `PickerSource`."""
        document = self._document
        piece = document.build.entries[self._entry].slots[self._slot].enhancement
        tab = first_tab(document, self._entry, self._slot)
        known = document.catalog.enhancement(piece.enhancement) if piece else None
        if piece is None or known is None:
            wish, category = self._fresh.wish, self._content(tab, "", Wish()).category
            if tab is PickerTab.REGULAR:
                category = self._fresh.grade
            if tab in _ORIGIN_TABS:
                wish = Wish(wish.level, self._fresh.relative)
            return PickerStart(tab, category, wish=wish)
        wish = Wish(piece.level, piece.relative_level)
        category = self._category_of(known, piece.grade)
        return PickerStart(tab, category, known.set_id or NO_SET, known.id, wish)

    def categories(self, tab: PickerTab) -> tuple[PickerCategory, ...]:
        """See `PickerSource`."""
        if tab not in self._categories:
            self._categories[tab] = self._content(tab, "", Wish()).categories
        return self._categories[tab]

    def sets(self, category: str, wish: Wish) -> tuple[SetView, ...]:
        """See `PickerSource`."""
        return self._content(PickerTab.SET, category, wish).sets

    def pieces(self, tab: PickerTab, category: str, wish: Wish) -> tuple[PieceView, ...]:
        """See `PickerSource`."""
        return self._content(tab, category, wish).pieces

    def search(self, text: str, wish: Wish) -> tuple[PieceView, ...]:
        """See `PickerSource`."""
        return self._content(PickerTab.SET, "", wish, text).pieces

    def set_of(self, enhancement: EnhancementId, wish: Wish) -> SetView | None:
        """See `PickerSource`; its bonuses do not depend on the wish."""
        known = self._document.catalog.enhancement(enhancement)
        if known is None or not known.set_id:
            return None
        category = self._category_of(known, Grade.NONE)
        if category not in self._owners:
            self._owners[category] = self.sets(category, Wish())
        offered = self._owners[category]
        return next((shown for shown in offered if shown.id == known.set_id), None)

    def limits(self, tab: PickerTab, enhancement: EnhancementId | None) -> LevelLimits:
        """See `PickerSource`; the application is asked for the piece at its extremes."""
        if enhancement is None:
            return _limits_of_tab(tab)
        low = self._made(enhancement, Wish(1, RelativeLevel.MINUS_3))
        high = self._made(enhancement, Wish(_HIGHEST_LEVEL, RelativeLevel.PLUS_5))
        numbered = bool(piece_slot(high, self._document.catalog).level)
        return LevelLimits(
            low.level,
            high.level,
            min(high.level, max(low.level, self._fresh.wish.level)),
            numbered,
            low.relative_level,
            high.relative_level,
        )

    def make(self, enhancement: EnhancementId, category: str, wish: Wish) -> SlottedEnhancement:
        """See `PickerSource`."""
        return self._made(enhancement, wish, _GRADES.get(category, Grade.SINGLE))

    def deltas(
        self, enhancement: EnhancementId, category: str, wish: Wish
    ) -> tuple[tuple[str, bool], ...]:
        """See `PickerSource`."""
        choice = PieceChoice(wish.level, wish.relative, _GRADES.get(category, Grade.SINGLE))
        return piece_deltas(self._document, self._entry, self._slot, enhancement, choice)

    def _made(
        self, enhancement: EnhancementId, wish: Wish, grade: Grade = Grade.SINGLE
    ) -> SlottedEnhancement:
        return commands.make_piece(self._document, enhancement, wish.level, wish.relative, grade)

    def _content(
        self, tab: PickerTab, category: str, wish: Wish, search: str = ""
    ) -> PickerContent:
        choice = PieceChoice(wish.level, wish.relative)
        return picker(self._document, self._entry, self._slot, tab, category, search, choice)

    def _category_of(self, known: Enhancement, grade: Grade) -> str:
        """Return the key that `midsdesk.app.picker` gives the category of a piece."""
        owner = self._document.catalog.enhancement_set(known.set_id) if known.set_id else None
        if owner is not None:
            return str(owner.set_type)
        if known.special_kind >= 0:
            return str(known.special_kind)
        return next((key for key, value in _GRADES.items() if value == grade), "")


def _limits_of_tab(tab: PickerTab) -> LevelLimits:
    """Return what the level box allows while no piece is current."""
    if tab in _ORIGIN_TABS:
        low, high = RelativeLevel.MINUS_3, RelativeLevel.PLUS_3
        return LevelLimits(1, _HIGHEST_LEVEL, 50, numbered=False, relative_lowest=low,
                           relative_highest=high)  # fmt: skip
    even, most = RelativeLevel.EVEN, RelativeLevel.PLUS_5
    return LevelLimits(1, 50, 50, numbered=True, relative_lowest=even, relative_highest=most)
