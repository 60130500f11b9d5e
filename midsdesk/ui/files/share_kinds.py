"""The list of what a build can be made into, by groups."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from midsdesk.app.sharing import KINDS, Kind
from midsdesk.ui.theme.tokens import Theme

_WIDTH, _ROW, _HEADING = 232, 26, 30
_KIND = int(Qt.ItemDataRole.UserRole)


class KindList(QListWidget):
    """Headings and what stands below them; up and down move."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(self.tr("What to make of the build"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        for group in dict.fromkeys(kind.group for kind in KINDS):
            heading = QListWidgetItem(self.tr(str(group)), self)
            heading.setFlags(Qt.ItemFlag.NoItemFlags)
            for kind in KINDS:
                if kind.group is group:
                    item = QListWidgetItem(self.tr(kind.title), self)
                    item.setData(_KIND, kind.target)
                    item.setToolTip(kind.about)
                    text = f"{kind.title}. {kind.about}"
                    item.setData(Qt.ItemDataRole.AccessibleTextRole, text)
        self.setCurrentRow(1)
        self.currentItemChanged.connect(self._changed)

    @property
    def kind(self) -> Kind:
        """What is chosen."""
        item = self.currentItem()
        target = item.data(_KIND) if item is not None else None
        return next((kind for kind in KINDS if kind.target == target), KINDS[0])

    def choose(self, target: str) -> None:
        """Choose by name, without telling; an unknown name chooses the first."""
        rows = {self.item(row).data(_KIND): row for row in range(self.count())}
        self.blockSignals(True)
        self.setCurrentRow(rows.get(target, 1))
        self.blockSignals(False)
        self.viewport().update()

    def restyle(self) -> None:
        """Ask the theme again."""
        theme, scaled = self._theme, self._theme.scaled
        self.setFixedWidth(round(scaled(_WIDTH)))
        pad = round(scaled(8))
        self.setStyleSheet(
            f"QListWidget {{ background: {theme.color('bg.panel').name()}; border: none;"
            f" padding: {pad}px; }}"
            f"QListWidget::item {{ padding: 0 {pad}px; border: {theme.ipx('focus_ring')}px solid"
            f" transparent; border-radius: {pad // 2}px;"
            f" color: {theme.color('text.primary').name()}; }}"
            f"QListWidget::item:hover {{ background: {theme.color('bg.hover').name()}; }}"
            f"QListWidget::item:selected {{ background: {theme.color('accent_soft').name()};"
            f" color: {theme.color('text.primary').name()}; }}"
            f"QListWidget::item:disabled {{ background: transparent;"
            f" color: {theme.color('text.muted').name()}; }}"
            f"QListWidget::item:focus {{ border: {theme.ipx('focus_ring')}px solid"
            f" {theme.color('line.focus').name()}; }}"
        )
        for row in range(self.count()):
            item = self.item(row)
            heading = item.data(_KIND) is None
            item.setSizeHint(QSize(10, round(scaled(_HEADING if heading else _ROW))))
            item.setFont(theme.font("caption" if heading else "body"))
            if heading:
                item.setTextAlignment(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft)

    def _changed(self) -> None:
        item = self.currentItem()
        if item is not None and item.data(_KIND) is not None:
            self.chosen.emit(self.kind)
