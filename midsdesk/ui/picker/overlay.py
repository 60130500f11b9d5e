"""The picker itself: turns keys and clicks into choices.

It decides nothing about the game: what may be slotted, at which level and why not is the source's
business. Nothing changes before `chosen` or `fill_requested`.
"""

from PySide6.QtCore import QRect, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from midsdesk.app.views import PickerTab, PieceView, SetView
from midsdesk.ui.grid.slots import SlotArt
from midsdesk.ui.picker.content import PickerContent
from midsdesk.ui.picker.filler import DeltaFiller
from midsdesk.ui.picker.frame import PickerFrame
from midsdesk.ui.picker.head import TABS
from midsdesk.ui.picker.keys import Act, act_of
from midsdesk.ui.picker.lists import COLUMNS
from midsdesk.ui.picker.model import spoken
from midsdesk.ui.picker.source import PickerSource, Wish
from midsdesk.ui.picker.stay import DoubleClickGuard, Stay
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme

_PAGE_ROWS = 6


class PickerOverlay(PickerFrame):
    """A child of the window that lies above everything else while it is open.

    Signals:
        chosen: A `SlottedEnhancement`, or None to empty the slot; the picker has closed.
        fill_requested: Id of a set that shall fill the power; the picker has closed.
        previewed: The `SlottedEnhancement` that is current, None for none: for what-if.
        refused: Why a choice was not taken; the picker stays.
        closed: It has closed, for whatever reason.
    """

    chosen = Signal(object)
    fill_requested = Signal(str)
    previewed = Signal(object)
    refused = Signal(str)
    closed = Signal()

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        parent: QWidget | None = None,
        art: SlotArt | None = None,
    ) -> None:
        """Stay hidden until `open`; `art` is the slot painter of the grid, to share its cache."""
        super().__init__(theme, icons, self._take_key, parent, art)
        self._content: PickerContent | None = None
        self._fill_by_double: SetView | None = None
        self._guard = DoubleClickGuard(self)
        self._filler = DeltaFiller(self.list)
        self._stay = Stay(self, theme)
        self._stay.left.connect(lambda: self._leave(return_focus=False))
        self.hide()
        self.search_field.textChanged.connect(self._search)
        self.cells.picked.connect(self._click_tab)
        self.title.close_button.clicked.connect(self.close_picker)
        self.title.level.turned.connect(self._turn_level)
        self.crumb.clicked.connect(self._back_to_sets)
        self.category_list.pressed_row.connect(self._go_to_category)
        self.list.pressed_row.connect(self._click_row)
        self.list.pointed_row.connect(self._point)
        self.list.double_pressed.connect(self._double_click)

    # --- opening and closing -------------------------------------------------------------
    def open(self, source: PickerSource) -> None:
        """Show what `source` offers; the caller places the picker."""
        self._content = PickerContent(source)
        start = source.start
        self.search_field.clear_quietly()
        self.setAccessibleName(self.title.set_heading(source.heading))
        self._show_tab()
        if start.enhancement:
            self._go_to_piece(start.enhancement)
        self.show()
        self.raise_()
        self.search_field.setFocus()

    def open_beside(
        self,
        source: PickerSource,
        bar: QRect,
        keep_clear: QRect | None = None,
        return_focus: QWidget | None = None,
    ) -> None:
        """Open beside a bar; rectangles are in coordinates of the window, the parent.

        Args:
            source: What to offer.
            bar: The bar with its slots, which stays in sight.
            keep_clear: The totals, if they are in sight.
            return_focus: Gets the focus back; what has it now when None.
        """
        self._stay.begin(bar, keep_clear, return_focus or QApplication.focusWidget())
        self.open(source)
        self._stay.watch_focus()

    def close_picker(self) -> None:
        """Close and give the focus back."""
        self._leave(return_focus=True)

    def _leave(self, *, return_focus: bool) -> None:
        if self._content is None:
            return
        self._content = None
        self._filler.start(None)
        back = self._stay.end()
        self.hide()
        self.previewed.emit(None)
        if return_focus and back is not None:
            back.setFocus()
        self.closed.emit()

    # --- where we are --------------------------------------------------------------------
    @property
    def source(self) -> PickerSource:
        """Who answers; only while open."""
        return self._open_content().source

    @property
    def category(self) -> str:
        """Key of the current category."""
        return self._open_content().category

    @property
    def wish(self) -> Wish:
        """The level asked for."""
        return self._open_content().level.wish

    @property
    def current(self) -> PieceView | SetView | None:
        """What Enter would choose."""
        index = self.list.currentIndex()
        return self.list.pieces.entry(index.row()) if index.isValid() else None

    def _open_content(self) -> PickerContent:
        if self._content is None:
            raise RuntimeError("the picker is closed")
        return self._content

    def _show_tab(self) -> None:
        content = self._open_content()
        self.cells.select(content.tab)
        categories = content.source.categories(content.tab)
        self.category_list.categories.set_categories(categories)
        self.category_list.setVisible(bool(categories))
        self.category_list.set_active(False)
        self._mark_category()
        self._refresh()

    def _mark_category(self) -> None:
        key = self._open_content().category
        self.category_list.go_to(self.category_list.categories.row_of(key))

    def _refresh(self, row: int = 0) -> None:
        """List again what belongs here and make a row current."""
        content = self._open_content()
        entries = content.entries()
        if self.list.is_field != content.is_field:
            self.list.pieces.set_entries(())
            self.list.set_field(content.is_field)
        self.list.pieces.set_entries(entries)
        opened = content.opened_set
        self.crumb.setVisible(opened is not None)
        self.crumb.setText(f"‹  {self.tr('All sets')}" if opened else "")
        self.list.set_short_names(opened is not None)
        self.list.set_message(self._empty_message(content))
        self.list.go_to(self.list.pieces.choosable(row, 1))
        self._show_current()
        self._filler.start(None if content.is_field else content.deltas)

    def _empty_message(self, content: PickerContent) -> str:
        if content.text:
            return self.tr("No piece fits “%1”.").replace("%1", content.text)
        if content.tab is PickerTab.NONE:
            return self.tr("Enter empties the slot.")
        return self.tr("This power takes no enhancements of this kind.")

    def _show_current(self) -> None:
        content, entry = self._open_content(), self.current
        self.title.level.set_text(content.level_text(entry))
        self.title.update()
        piece = entry if isinstance(entry, PieceView) else None
        self.foot.show_set(content.set_of(entry), piece)
        self.previewed.emit(content.made(piece) if piece and not piece.refused else None)
        if entry is not None and self.isVisible():
            said = QAccessibleAnnouncementEvent(self.search_field, spoken(entry))
            QAccessible.updateAccessibility(said)

    def _go_to_piece(self, enhancement: str) -> None:
        for row, entry in enumerate(self.list.pieces.entries):
            if isinstance(entry, PieceView) and entry.enhancement == enhancement:
                self._go_to(row)
                return

    def _go_to(self, row: int) -> None:
        if row >= 0 and row != self.list.currentIndex().row():
            self.list.go_to(row)
            self._show_current()

    # --- mouse ---------------------------------------------------------------------------
    def _click_tab(self, tab: PickerTab) -> None:
        """A click on None empties the slot at once, as players are used to."""
        if tab is PickerTab.NONE:
            self._choose_nothing()
        else:
            self._set_tab(tab)

    def _click_row(self, row: int) -> None:
        self._go_to(row)
        entry = self.list.pieces.entry(row)
        if isinstance(entry, SetView):
            self._fill_by_double = entry
            QTimer.singleShot(QApplication.doubleClickInterval(), self, self._forget_double)
        self._choose()
        if self._content is None:
            self._guard.start()

    def _double_click(self) -> None:
        """Double click on a set fills the power; the first click has opened it already."""
        if self._fill_by_double is not None and self._content is not None:
            self._fill(self._fill_by_double)

    def _forget_double(self) -> None:
        self._fill_by_double = None

    def _point(self, row: int) -> None:
        self.category_list.set_active(False)
        if row != self.list.currentIndex().row():
            self.list.setCurrentIndex(self.list.pieces.index(row))
            self._show_current()

    def _go_to_category(self, row: int) -> None:
        content = self._open_content()
        content.set_category(self.category_list.categories.categories[row].key)
        self.search_field.clear_quietly()
        self._mark_category()
        self._refresh()

    def _turn_level(self, by: int) -> None:
        content = self._open_content()
        content.level.turn(by, content.limits(self.current))
        self._level_changed()

    # --- keys ----------------------------------------------------------------------------
    def _take_key(self, event: QKeyEvent) -> bool:
        if self._content is None:
            return False
        field = self.search_field
        act = act_of(
            event, empty=not field.text(), at_start=field.at_start(), at_end=field.at_end()
        )
        if act is None:
            return False
        self._perform(act, event.text())
        return True

    def _perform(self, act: Act, text: str) -> None:
        if act in (Act.NEXT_TAB, Act.PREVIOUS_TAB):
            step = 1 if act is Act.NEXT_TAB else -1
            place_of = TABS.index(self._open_content().tab)
            self._set_tab(TABS[(place_of + step) % len(TABS)])
        elif act is Act.CLOSE:
            self.close_picker()
        elif act is Act.CHOOSE:
            self._choose()
        elif act is Act.FILL:
            self._fill(self._open_content().set_of(self.current))
        elif act in _MOVES:
            self._move(act)
        else:
            self._change_level(act, text)

    def _change_level(self, act: Act, text: str) -> None:
        content = self._open_content()
        limits, level = content.limits(self.current), content.level
        if act is Act.DIGIT:
            level.digit(text)
        elif act in (Act.MORE, Act.LESS):
            level.step(1 if act is Act.MORE else -1, limits)
        elif act is Act.LOWEST:
            level.lowest(limits)
        elif act is Act.HIGHEST:
            level.highest(limits)
        elif act is Act.DEFAULT:
            level.default(limits)
        else:
            level.restore()
        self._level_changed()

    def _level_changed(self) -> None:
        self._refresh(max(0, self.list.currentIndex().row()))

    def _move(self, act: Act) -> None:
        if self.category_list.active:
            self._move_in_categories(act)
            return
        row = self.list.currentIndex().row()
        field = self.list.is_field
        if act is Act.LEFT and not field and self._open_content().opened_set:
            self._back_to_sets()
            return
        aside = self.category_list.isVisible()
        if act is Act.RIGHT and (not field or (aside and self._at_right_edge(row))):
            self.category_list.set_active(aside)
            return
        step = _MOVES[act] * (COLUMNS if field and act in (Act.UP, Act.DOWN) else 1)
        if act in (Act.PAGE_UP, Act.PAGE_DOWN):
            step *= COLUMNS if field else _PAGE_ROWS
        elif act is Act.LEFT and not field:
            return
        self._step_to(row + step, 1 if step > 0 else -1)

    def _step_to(self, wanted: int, step: int) -> None:
        pieces = self.list.pieces
        inside = min(max(wanted, 0), pieces.rowCount() - 1)
        target = pieces.choosable(inside, step)
        self._go_to(target if target >= 0 else pieces.choosable(inside, -step))

    def _at_right_edge(self, row: int) -> bool:
        return row % COLUMNS == COLUMNS - 1 or row == self.list.pieces.rowCount() - 1

    def _move_in_categories(self, act: Act) -> None:
        if act is Act.LEFT:
            self.category_list.set_active(False)
        elif act in (Act.UP, Act.DOWN):
            row = self.category_list.currentIndex().row() + _MOVES[act]
            if 0 <= row < self.category_list.categories.rowCount():
                self._go_to_category(row)
                self.category_list.set_active(True)

    # --- words, kinds, sets --------------------------------------------------------------
    def _search(self, text: str) -> None:
        if self._content is not None:
            self._content.set_text(text.strip())
            self.category_list.set_active(False)
            self._refresh()

    def _set_tab(self, tab: PickerTab) -> None:
        self.search_field.clear_quietly()
        self._open_content().set_tab(tab)
        self._show_tab()

    def enter_set(self, shown: SetView) -> None:
        """List the pieces of a set; the first that may go here is current."""
        self._open_content().open_set(shown)
        free = [row for row, piece in enumerate(shown.pieces) if not piece.refused]
        self._refresh(free[0] if free else 0)

    def _back_to_sets(self) -> None:
        was = self._open_content().close_set()
        self._refresh()
        for row, entry in enumerate(self.list.pieces.entries):
            if isinstance(entry, SetView) and was is not None and entry.id == was.id:
                self._go_to(row)

    # --- choosing ------------------------------------------------------------------------
    def _choose(self) -> None:
        content, entry = self._open_content(), self.current
        if isinstance(entry, SetView):
            self.enter_set(entry)
        elif entry is None:
            if content.tab is PickerTab.NONE and not content.text:
                self._choose_nothing()
        elif entry.refused:
            self._refuse(entry.refused)
        else:
            made = content.made(entry)
            self.close_picker()
            self.chosen.emit(made)

    def _choose_nothing(self) -> None:
        self.close_picker()
        self.chosen.emit(None)

    def _fill(self, shown: SetView | None) -> None:
        if shown is None:
            self._refuse(self.tr("Only a set can fill the power."))
            return
        self.close_picker()
        self.fill_requested.emit(shown.id)

    def _refuse(self, reason: str) -> None:
        self.foot.warn(reason)
        self.refused.emit(reason)


_MOVES = {
    Act.UP: -1, Act.DOWN: 1, Act.LEFT: -1, Act.RIGHT: 1, Act.PAGE_UP: -1, Act.PAGE_DOWN: 1,
}  # fmt: skip
