"""The tree of totals: folding, keys, copying, what-if."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTreeView, QWidget

from midsdesk.app.views import TotalsGroup
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.totals.delegate import TotalsDelegate
from midsdesk.ui.totals.flash import Flash
from midsdesk.ui.totals.model import TotalsModel, copied_text
from midsdesk.ui.totals.slim import merged

# The delta column stays this long after a preview ends, so that moving the pointer along a list
# does not make the bars jump.
_DELTA_STAYS_MS = 600
Index = QModelIndex | QPersistentModelIndex


class TotalsView(QTreeView):
    """Shows groups of totals.

    Signals carry the key of a row: `explained` on click or Enter, `pointed` under the pointer
    ("" when it leaves), `menu_wanted` with the place on the screen.
    """

    explained = Signal(str)
    pointed = Signal(str)
    menu_wanted = Signal(str, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._theme = theme
        self._folded: set[str] = set()
        self._totals = TotalsModel(self)
        self._flash = Flash(theme, self)
        self._painted = TotalsDelegate(theme, self._flash, self)
        self._was_slim = False
        self._given: tuple[tuple[TotalsGroup, ...], tuple[TotalsGroup, ...] | None] = ((), None)
        self._linger = QTimer(self)
        self._linger.setSingleShot(True)
        self._linger.timeout.connect(self._reserve)
        self._flash.moved.connect(self.viewport().update)
        self.setModel(self._totals)
        self.setItemDelegate(self._painted)
        self._plain_tree()
        self.setAccessibleName(self.tr("Totals"))
        self._totals.modelReset.connect(self._unfold)
        self.expanded.connect(lambda index: self._remember(index, folded=False))
        self.collapsed.connect(lambda index: self._remember(index, folded=True))
        self.entered.connect(self._point)
        theme.changed.connect(self._restyle)
        self._restyle()

    def _plain_tree(self) -> None:
        self.setObjectName("totals-view")
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setItemsExpandable(True)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setAnimated(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    @property
    def totals(self) -> TotalsModel:
        """The model."""
        return self._totals

    @property
    def flash(self) -> Flash:
        """The marks of changed rows."""
        return self._flash

    @property
    def painted(self) -> TotalsDelegate:
        """The delegate."""
        return self._painted

    def set_groups(
        self, groups: tuple[TotalsGroup, ...], preview: tuple[TotalsGroup, ...] | None = None
    ) -> None:
        """Show totals; a preview adds what would change and never flashes."""
        self._given = (groups, preview)
        changed = self._totals.set_groups(*self._fitting())
        if changed:
            self._flash.start(changed)
        if self._totals.has_deltas:
            self._linger.stop()
            self._reserve()
        elif self._painted.reserve_delta:
            self._linger.start(_DELTA_STAYS_MS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See Qt."""
        row = self._totals.row_at(self.currentIndex())
        group = self._totals.group_at(self.currentIndex())
        if event.matches(QKeySequence.StandardKey.Copy):
            if row is not None:
                QGuiApplication.clipboard().setText(copied_text(row))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if group is not None:
                self._toggle(self.currentIndex())
            elif row is not None:
                self.explained.emit(row.key)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """See Qt."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or index != self.currentIndex():
            return
        row = self._totals.row_at(index)
        if row is not None:
            self.explained.emit(row.key)
        elif index.isValid():
            self._toggle(index)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """See Qt."""
        row = self._totals.row_at(self.indexAt(event.pos()))
        if row is not None:
            self.menu_wanted.emit(row.key, event.globalPos())

    def viewportEvent(self, event: QEvent) -> bool:
        """See Qt."""
        if event.type() == QEvent.Type.Leave:
            self.pointed.emit("")
        return super().viewportEvent(event)

    def drawBranches(self, painter: QPainter, rect: object, index: Index) -> None:
        """See Qt; headings have no branch marks."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See Qt; below a width the rows turn slim."""
        super().resizeEvent(event)
        if self._painted.slim != self._was_slim:
            self._totals.set_groups(*self._fitting())
            self.scheduleDelayedItemsLayout()

    def _fitting(self) -> tuple[tuple[TotalsGroup, ...], tuple[TotalsGroup, ...] | None]:
        """Return what was given, equal rows merged where the view is slim."""
        self._was_slim = self._painted.slim
        return merged(*self._given) if self._was_slim else self._given

    def _reserve(self) -> None:
        wanted = self._totals.has_deltas
        if self._painted.reserve_delta != wanted:
            self._painted.reserve_delta = wanted
            self.viewport().update()

    def _point(self, index: QModelIndex) -> None:
        row = self._totals.row_at(index)
        self.pointed.emit(row.key if row is not None else "")

    def _toggle(self, index: QModelIndex) -> None:
        self.setExpanded(index, not self.isExpanded(index))

    def _remember(self, index: QModelIndex, *, folded: bool) -> None:
        group = self._totals.group_at(index)
        if group is not None:
            (self._folded.add if folded else self._folded.discard)(group.key)

    def _unfold(self) -> None:
        for place, group in enumerate(self._totals.groups):
            self.setExpanded(self._totals.index(place, 0), group.key not in self._folded)

    def _restyle(self) -> None:
        self.setFont(self._theme.font("body"))
        palette = self.palette()
        palette.setColor(palette.ColorRole.Base, self._theme.color("bg.panel"))
        self.setPalette(palette)
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
