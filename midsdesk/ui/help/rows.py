"""What the help page tells: gestures by region, then the keys of the menus."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence


@dataclass(frozen=True, slots=True)
class HelpRow:
    """What one does, and what it does."""

    keys: str
    what: str

    @property
    def spoken(self) -> str:
        """For screen readers."""
        return f"{self.keys}: {self.what}"

    def fits(self, words: Iterable[str]) -> bool:
        """Whether it holds all words."""
        whole = f"{self.keys} {self.what}".lower()
        return all(word in whole for word in words)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Help", text)


def _gestures() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    return (
        (
            _tr("Powers"),
            (
                (_tr("Click, Enter"), _tr("Take a power, or remove it")),
                (_tr("Right click, Ctrl+Enter"), _tr("Keep it in the info panel")),
                (_tr("Point at it"), _tr("What it would change, before you do it")),
            ),
        ),
        (
            _tr("Bars"),
            (
                (_tr("Click, Enter"), _tr("Buy a slot; on an empty bar: fill it next")),
                (_tr("Alt+click, Delete"), _tr("Remove the power")),
                (_tr("Click on the light, Space"), _tr("Switch the power on or off")),
                (_tr("Shift+Space"), _tr("Switch its chance effects on or off")),
                (_tr("Right click"), _tr("Keep it in the info panel")),
                (_tr("Shift+right click"), _tr("Exchange main and alternate pieces")),
                (_tr("Drag, Alt+arrows"), _tr("Swap two powers; with Shift: move")),
                ("F2", _tr("Stacks of a power")),
            ),
        ),
        (
            _tr("Slots"),
            (
                (_tr("Right click, Enter"), _tr("Choose an enhancement")),
                (_tr("Middle click, ."), _tr("The next piece of the set last used")),
                (_tr("Shift+click, Shift+Delete"), _tr("Give the slot back")),
                ("Delete", _tr("Empty the slot")),
                (_tr("Drag"), _tr("Exchange pieces; Ctrl copies, Alt exchanges levels")),
                ("Ctrl+C, Ctrl+V", _tr("Copy a piece, put it in")),
            ),
        ),
        (
            _tr("Choosing an enhancement"),
            (
                (_tr("Letters"), _tr("Search")),
                (_tr("Digits"), _tr("Level")),
                ("+  −", _tr("Relative level, or boosters")),
                ("Home, End", _tr("Lowest or highest level")),
                ("Shift+Enter", _tr("Fill the power with the set")),
                ("Esc", _tr("Close")),
            ),
        ),
        (
            _tr("Numbers"),
            (
                (_tr("Click, Enter"), _tr("Why a number is what it is")),
                (_tr("Right click"), _tr("Make it a goal")),
            ),
        ),
        (
            _tr("History"),
            (
                (_tr("Click, Enter"), _tr("Go back or forth to a step")),
                ("M", _tr("Set a mark: totals tell what changed since")),
            ),
        ),
    )


def help_rows(actions: Mapping[str, QAction], text: str) -> list[HelpRow | str]:
    """Return headings and rows that hold all words of a text."""
    words = text.lower().split()
    found: list[HelpRow | str] = []
    menus = tuple(
        (_keys(action), action.text().replace("&", "").rstrip("…"))
        for action in actions.values()
        if action.shortcuts()
    )
    for title, rows in (*_gestures(), (_tr("Menus"), menus)):
        inside = [row for keys, what in rows if (row := HelpRow(keys, what)).fits(words)]
        if inside:
            found += [title, *inside]
    return found


def _keys(action: QAction) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(each.toString(native) for each in action.shortcuts())
