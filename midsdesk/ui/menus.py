"""Actions of the window and its menus, declared once."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenuBar

from midsdesk.ui.theme.icons import Icons


def _tr(text: str) -> str:
    return QCoreApplication.translate("Menus", text)


_Row = tuple[str, str, str, str]  # name, text, shortcut, icon


def _rows() -> dict[str, tuple[_Row | None, ...]]:
    return {
        _tr("&File"): (
            ("new", _tr("&New build"), "Ctrl+N", "act-add"),
            ("open", _tr("&Open…"), "Ctrl+O", "act-folder"),
            None,
            ("save", _tr("&Save"), "Ctrl+S", "act-save"),
            ("save_as", _tr("Save &as…"), "Ctrl+Shift+S", ""),
            None,
            ("share", _tr("S&hare or export…"), "Ctrl+E", "act-share"),
            ("import_report", _tr("&Import report"), "Ctrl+I", "act-import"),
            ("forget_decisions", _tr("&Forget decisions about names"), "", ""),
            None,
            ("close", _tr("&Close build"), "Ctrl+W", ""),
            ("quit", _tr("&Quit"), "Ctrl+Q", ""),
        ),
        _tr("&Edit"): (
            ("undo", _tr("Undo"), "Ctrl+Z", "act-undo"),
            ("redo", _tr("Redo"), "Ctrl+Shift+Z", "act-redo"),
            None,
            ("mark", _tr("Set or remove the &mark"), "Ctrl+M", "act-pin"),
            ("add_goal", _tr("Add a &goal…"), "Ctrl+Shift+G", "act-goal"),
            ("search", _tr("&Search everything…"), "Ctrl+K", "act-search"),
            None,
            ("paste_build", _tr("&Paste build"), "Ctrl+V", ""),
            None,
            ("settings", _tr("Se&ttings…"), "Ctrl+,", "act-settings"),
        ),
        _tr("&Build"): (
            ("accolades", _tr("&Accolades…"), "", ""),
            ("incarnate", _tr("&Incarnate powers…"), "", ""),
            ("temporary", _tr("&Temporary powers…"), "", ""),
            ("prestige", _tr("&Prestige powers…"), "", ""),
        ),
        _tr("&Slots"): (
            ("levels_default", _tr("All inventions to level 50"), "", ""),
            ("levels_lowest", _tr("All inventions to their &lowest level"), "", ""),
            ("levels_highest", _tr("All inventions to their &highest level"), "", ""),
            None,
            ("grade_single", _tr("All regular pieces single origin"), "", ""),
            ("grade_dual", _tr("All regular pieces dual origin"), "", ""),
            ("grade_training", _tr("All regular pieces training"), "", ""),
            None,
            ("relative_5", _tr("All pieces +5"), "", ""),
            ("relative_3", _tr("All pieces +3"), "", ""),
            ("relative_0", _tr("All pieces even"), "", ""),
            ("relative_-3", _tr("All pieces −3"), "", ""),
            ("relative_none", _tr("All pieces without effect"), "", ""),
            None,
            ("flip_all", _tr("&Flip all to alternate"), "", "act-flip"),
            ("clear_pieces", _tr("&Empty all slots"), "", ""),
            ("remove_slots", _tr("&Remove all slots"), "", ""),
            ("arrange_slots", _tr("&Arrange all slots"), "", ""),
        ),
        _tr("&View"): (
            ("theme", _tr("Light theme"), "", ""),
            ("columns_auto", _tr("Columns by width"), "", ""),
            None,
            ("zoom_in", _tr("Zoom &in"), "Ctrl++", ""),
            ("zoom_out", _tr("Zoom &out"), "Ctrl+-", ""),
            ("zoom_reset", _tr("Actual &size"), "Ctrl+0", ""),
        ),
        _tr("&Data"): (("game_data", _tr("&Game data…"), "Ctrl+D", "act-database"),),
        _tr("&Window"): (
            ("next_region", _tr("Next region"), "F6", ""),
            ("previous_region", _tr("Previous region"), "Shift+F6", ""),
            ("next_build", _tr("Next build"), "Ctrl+Tab", ""),
            None,
            ("sets", _tr("Sets and &bonuses"), "Ctrl+B", "act-sets"),
            ("history", _tr("&History"), "Ctrl+H", "act-history"),
            ("notes", _tr("&Notes"), "Ctrl+Shift+N", "act-notes"),
            ("problems", _tr("&Problems"), "Ctrl+Shift+P", "mark-warn"),
            ("quirks", _tr("&Differences to the old planner"), "", "act-compare"),
        ),
        _tr("&Help"): (("help", _tr("&Mouse and keys"), "F1", "mark-info"),),
    }


def make_actions(
    menu_bar: QMenuBar, icons: Icons, runs: Mapping[str, Callable[[], object]], owner: QObject
) -> dict[str, QAction]:
    """Fill the menu bar; each action runs what `runs` holds under its name."""
    actions: dict[str, QAction] = {}
    for title, rows in _rows().items():
        menu = menu_bar.addMenu(title)
        for row in rows:
            if row is None:
                menu.addSeparator()
                continue
            name, text, shortcut, _ = row
            action = QAction(text, owner)
            if shortcut:
                keys = [QKeySequence(shortcut)]
                if name == "zoom_in":  # the plus of most keyboards needs no Shift this way
                    keys.append(QKeySequence("Ctrl+="))
                action.setShortcuts(keys)
            action.triggered.connect(lambda _=False, run=runs[name]: run())
            menu.addAction(action)
            actions[name] = action
    dress_actions(actions, icons)
    return actions


def dress_actions(actions: Mapping[str, QAction], icons: Icons) -> None:
    """Give the actions icons in the colours of the theme."""
    for rows in _rows().values():
        for row in rows:
            if row is not None and row[3]:
                actions[row[0]].setIcon(icons.icon(row[3], "text.secondary"))
