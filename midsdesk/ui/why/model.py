"""The contributors of a number as a tree: rows, what they are made of, what was not counted."""

from enum import IntEnum

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel

from midsdesk.app.numbers import spoken
from midsdesk.app.why import NotCounted, Why, WhyRow

Content = WhyRow | NotCounted | str


class WhyRole(IntEnum):
    """What the delegate and the view ask for."""

    CONTENT = Qt.ItemDataRole.UserRole + 1


class WhyModel(QStandardItemModel):
    """Holds one `Why`; each item carries its `WhyRow`, `NotCounted` or heading."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._why: Why | None = None

    @property
    def why(self) -> Why | None:
        """What is shown."""
        return self._why

    def set_why(self, found: Why) -> None:
        """Show another number."""
        self._why = found
        self.clear()
        root = self.invisibleRootItem()
        for row in found.rows:
            root.appendRow(_item(row))
        if found.not_counted:
            heading = _tr("Not counted")
            root.appendRow(_plain(heading, heading))
            for each in found.not_counted:
                root.appendRow(_plain(each, _spoken_left_out(each)))


def place_of(content: object) -> tuple[int, int] | None:
    """Return entry and slot (-1 for the bar itself) a row comes from, None for nowhere."""
    if isinstance(content, WhyRow) and content.entry is not None:
        return content.entry, -1 if content.slot is None else content.slot
    if isinstance(content, NotCounted) and content.entry is not None:
        return content.entry, -1
    return None


def _item(row: WhyRow) -> QStandardItem:
    item = _plain(row, _spoken(row))
    for child in row.children:
        item.appendRow(_item(child))
    return item


def _plain(content: Content, said: str) -> QStandardItem:
    item = QStandardItem()
    item.setEditable(False)
    item.setData(content, WhyRole.CONTENT)
    item.setData(said, Qt.ItemDataRole.AccessibleTextRole)
    if isinstance(content, str):
        item.setFlags(Qt.ItemFlag.NoItemFlags)
    else:
        item.setData(said, Qt.ItemDataRole.ToolTipRole)
    return item


def _spoken(row: WhyRow) -> str:
    parts = (row.name, row.detail, row.source if row.source != row.name else "", spoken(row.text))
    return ", ".join(part for part in parts if part)


def _spoken_left_out(each: NotCounted) -> str:
    return f"{_tr('Not counted')}: {each.name}, {spoken(each.text)}, {each.reason}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Why", text)
