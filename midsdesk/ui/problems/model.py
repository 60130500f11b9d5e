"""The problems as a list of rows."""

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from midsdesk.app.problems_view import ProblemRow
from midsdesk.rules.problems_model import Severity

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = int(Qt.ItemDataRole.UserRole)
_NO_PARENT = QModelIndex()


class ProblemModel(QAbstractListModel):
    """Holds the rows of one filter."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._rows: tuple[ProblemRow, ...] = ()

    def set_rows(self, rows: tuple[ProblemRow, ...]) -> None:
        """Show other rows; the same rows stay untouched."""
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def row(self, number: int) -> ProblemRow | None:
        """Return a row, None outside the list."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """See Qt."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """See Qt."""
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(row)
        return None


def spoken(row: ProblemRow) -> str:
    """Return a row as a screen reader says it."""
    kinds = {
        Severity.ERROR: _tr("Error"),
        Severity.WARNING: _tr("Warning"),
        Severity.HINT: _tr("Hint"),
    }
    ways = _tr("Ways to mend: {0}").format(", ".join(row.links))
    return f"{kinds[row.severity]}: {row.title}. {row.reason} {ways}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Problems", text)
