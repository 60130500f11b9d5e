"""The hands of a player: finds things by the words on the screen, clicks and types."""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from midsdesk.app.document import Document
from midsdesk.app.views import Bar
from midsdesk.ui.grid.model import GridModel
from midsdesk.ui.info.blocks import FigureCell
from midsdesk.ui.info.damage import DamageBar
from midsdesk.ui.main_window import MainWindow
from midsdesk.ui.words.view import WordListView

Key, Button = Qt.Key, Qt.MouseButton
NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


class Player:
    """Works a window."""

    def __init__(self, qtbot, window: MainWindow) -> None:
        self.qtbot = qtbot
        self.window = window

    @property
    def document(self) -> Document:
        found = self.window.controller.document
        assert found is not None
        return found

    @property
    def status(self) -> str:
        return self.window.status.text

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press a key wherever the focus is."""
        at = QApplication.focusWidget() or self.window
        self.qtbot.keyClick(at, key, modifiers)

    def type(self, text: str) -> None:
        self.qtbot.keyClicks(QApplication.focusWidget(), text)

    def click(self, widget: QWidget, button: Qt.MouseButton = Button.LeftButton) -> None:
        self.qtbot.mouseClick(widget, button)

    def choose(self, box: QComboBox, text: str) -> None:
        """Click a selector, go to a choice with the keys, Enter."""
        texts = [box.itemText(number) for number in range(box.count())]
        assert text in texts, texts
        self.click(box)
        view = box.view()
        assert view.isVisible()
        view.setCurrentIndex(box.model().index(texts.index(text), 0))
        self.qtbot.keyClick(view, Key.Key_Return)

    def action(self, name: str) -> None:
        """Press the keys of an action."""
        keys = self.window.actions_by_name[name].shortcut()
        self.qtbot.keySequence(self.window, keys)

    def total(self, key: str) -> str:
        """What the totals show in a row."""
        model = self.window.totals.view.totals
        row = model.row_at(model.find(key))
        assert row is not None, key
        return row.text

    def click_total(self, key: str) -> None:
        view = self.window.totals.view
        index = view.totals.find(key)
        view.scrollTo(index)
        box = view.visualRect(index)
        self.qtbot.mouseClick(view.viewport(), Button.LeftButton, pos=box.center())

    def figures(self) -> list[str]:
        """Figures of the info panel, as a screen reader says them."""
        return [cell.accessibleName() for cell in self.window.info.findChildren(FigureCell)]

    def damage(self) -> str:
        """Damage in the info panel, as a screen reader says it."""
        (bar,) = self.window.info.findChildren(DamageBar)
        return f"{bar.accessibleName()}. {bar.accessibleDescription()}"

    # --- words --------------------------------------------------------------------------------
    def word(self, name: str) -> tuple[WordListView, int]:
        for block in self.window.powers.places.values():
            model = block.words.model()
            for row in range(model.rowCount()):
                if model.index(row, 0).data() == name:
                    return block.words, row
        raise AssertionError(f"no word {name}")

    def spoken(self, name: str) -> str:
        words, row = self.word(name)
        role = Qt.ItemDataRole.AccessibleTextRole
        return str(words.model().index(row, 0).data(role))

    def click_word(self, name: str) -> None:
        words, row = self.word(name)
        box = words.visualRect(words.model().index(row, 0))
        self.qtbot.mouseClick(words.viewport(), Button.LeftButton, pos=box.center())

    # --- bars ---------------------------------------------------------------------------------
    @property
    def bars(self) -> list[Bar]:
        model = self.window.grid.model()
        assert isinstance(model, GridModel)
        return [bar for row in range(model.rowCount()) if (bar := model.bar(row)) is not None]

    def row(self, name: str) -> int:
        return next(row for row, bar in enumerate(self.bars) if bar.name == name)

    def bar(self, name: str) -> Bar:
        return self.bars[self.row(name)]

    def _box(self, row: int, column: int) -> QRect:
        grid = self.window.grid
        index = grid.model().index(row, column)
        grid.scrollTo(index)
        return grid.visualRect(index)

    def click_row(self, row: int) -> None:
        at = self._box(row, 0).topLeft() + QPoint(40, 6)
        self.qtbot.mouseClick(self.window.grid.viewport(), Button.LeftButton, pos=at)

    def click_bar(self, name: str) -> None:
        self.click_row(self.row(name))

    def click_slot(
        self,
        name: str,
        number: int,
        button: Qt.MouseButton = Button.LeftButton,
        modifiers: Qt.KeyboardModifier = NONE,
    ) -> None:
        """Click a slot, counted from 1."""
        at = self._box(self.row(name), number).center()
        self.qtbot.mouseClick(self.window.grid.viewport(), button, modifiers, at)

    def click_lamp(self, name: str) -> None:
        """Switch a power by the light at the right end of its bar."""
        row = self.row(name)
        self._box(row, 0)
        grid = self.window.grid
        at = grid._layout.lamp(row).center().toPoint()  # where it is painted
        at.setY(at.y() - grid.verticalScrollBar().value())
        self.qtbot.mouseClick(grid.viewport(), Button.LeftButton, pos=at)

    def drag(self, name: str, target: str) -> None:
        """Drag a bar onto another."""
        ends = [self._box(self.row(each), 0).topLeft() + QPoint(40, 6) for each in (name, target)]
        port = self.window.grid.viewport()
        QTest.mousePress(port, Button.LeftButton, NONE, ends[0])
        for part in (1, 2, 3):
            spot = QPointF(ends[0] + (ends[1] - ends[0]) * part / 3)
            move = QMouseEvent(
                QEvent.Type.MouseMove, spot, port.mapToGlobal(spot), Button.NoButton,
                Button.LeftButton, NONE,
            )  # fmt: skip
            QApplication.sendEvent(port, move)
        QTest.mouseRelease(port, Button.LeftButton, NONE, ends[1])

    def bought(self, name: str) -> list[int]:
        """Levels of the slots of a bar."""
        return [slot.bought_at for slot in self.bar(name).slots]
