"""The info panel: one power in four tabs, following the pointer or locked."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from midsdesk.app.views import PowerInfo, TotalsGroup
from midsdesk.ui.info.blocks import Figures, SetBlock, StrengthTable
from midsdesk.ui.info.damage import DamageBlock
from midsdesk.ui.info.effects import EffectLabel
from midsdesk.ui.info.head import InfoTabs, InfoTitle
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.totals.view import TotalsView

INFO, EFFECTS, TOTALS, ENHANCE = range(4)
_SIDE = 10


class _Page(QWidget):
    """As high as its wrapped words need at its width; a scroll area would squeeze it otherwise."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        layout = self.layout()
        if layout is not None:
            self.setMinimumHeight(max(0, layout.totalHeightForWidth(self.width())))


class InfoPanel(QFrame):
    """Shows a `PowerInfo`; asks nothing and decides nothing.

    Signals:
        lock_toggled: The lock was clicked; the window decides and calls `set_locked`.
        float_requested: The panel shall become a window of its own.
        explained: Key of a figure whose explanation is wanted.
        total_explained: Key of a total whose explanation is wanted.
    """

    lock_toggled = Signal()
    float_requested = Signal()
    explained = Signal(str)
    total_explained = Signal(str)

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._theme, self._icons = theme, icons
        self._info: PowerInfo | None = None
        self._locked = False
        self._measure = ""
        self._damage_by = "activation"
        self.setObjectName("info-panel")
        self.tabs = InfoTabs(theme, self)
        self.title = InfoTitle(theme, icons, self)
        self.empty = QLabel(self.tr("Point at a power or a slot. Right click keeps it here."))
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._pages = QStackedWidget(self)
        self._scrolls = tuple(self._scroll() for _ in range(4))
        self.totals = TotalsView(theme, self)
        for number, scroll in enumerate(self._scrolls):
            self._pages.addWidget(self.totals if number == TOTALS else scroll)
        self._pages.addWidget(self.empty)
        self._body = QVBoxLayout()
        self._body.addWidget(self.title)
        layout = QVBoxLayout(self)
        layout.setSpacing(0)
        layout.addWidget(self.tabs)
        layout.addLayout(self._body)
        layout.addWidget(self._pages, 1)
        self.tabs.changed.connect(self._show_page)
        self.title.lock_clicked.connect(self.lock_toggled)
        self.title.float_clicked.connect(self.float_requested)
        self.totals.explained.connect(self.total_explained)
        theme.changed.connect(self._restyle)
        self._restyle()
        self._show_page(INFO)
        self._name()

    @property
    def info(self) -> PowerInfo | None:
        """What is shown."""
        return self._info

    @property
    def locked(self) -> bool:
        """The panel keeps its power."""
        return self._locked

    def set_info(self, info: PowerInfo | None) -> None:
        """Show a power, or None: nothing is pointed at."""
        if info == self._info and info is not None:
            return
        self._info = info
        if info is not None:
            self.title.show_power(info.title, info.activation)
            self._fill()
        self._show_page(self.tabs.current)
        self._name()

    def set_totals(self, groups: tuple[TotalsGroup, ...]) -> None:
        """Show totals in the third tab."""
        self.totals.set_groups(groups)

    def set_locked(self, locked: bool) -> None:
        """Show that the panel keeps its power."""
        self._locked = locked
        self.title.set_locked(locked)
        self._name()
        self.update()

    def set_damage_by(self, key: str) -> None:
        """Show damage by "activation", "second" or "animation" first."""
        self._damage_by = key
        self._measure = ""
        if self._info is not None:
            self._fill()

    def set_tab(self, number: int) -> None:
        """Go to a tab, counted from 0."""
        self.tabs.select(number)

    def sizeHint(self) -> QSize:
        """See Qt."""
        return QSize(self._theme.ipx("info_width"), round(self._theme.scaled(490)))

    def minimumSizeHint(self) -> QSize:
        """See Qt."""
        return QSize(round(self._theme.scaled(240)), round(self._theme.scaled(180)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """See Qt."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = self._theme.px("focus_ring") if self._locked else 1.0
        role = "line.focus" if self._locked else "line.subtle"
        painter.setPen(QPen(self._theme.color(role), width))
        painter.setBrush(self._theme.color("bg.panel"))
        half, radius = width / 2, self._theme.px("radius.m")
        box = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(box, radius, radius)
        painter.end()

    def _name(self) -> None:
        parts = [self.tr("Info")]
        if self._info is not None:
            parts.append(self._info.title)
        if self._locked:
            parts.append(self.tr("locked"))
        self.setAccessibleName(", ".join(parts))

    def _show_page(self, number: int) -> None:
        empty = self._info is None and number != TOTALS
        self.title.setVisible(self._info is not None and number != TOTALS)
        self._pages.setCurrentIndex(4 if empty else number)

    def _scroll(self) -> QScrollArea:
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.viewport().setAutoFillBackground(False)
        return scroll

    def _page(self, number: int) -> QVBoxLayout:
        """Return the layout of a fresh page of a tab."""
        page = _Page()
        layout = QVBoxLayout(page)
        side = round(self._theme.scaled(_SIDE))
        layout.setContentsMargins(side, round(self._theme.scaled(2)), side, side)
        layout.setSpacing(round(self._theme.scaled(6)))
        self._scrolls[number].setWidget(page)
        page.setAutoFillBackground(False)  # the scroll area has just switched it on
        return layout

    def _fill(self) -> None:
        info = self._info
        if info is None:
            return
        page = self._page(INFO)
        if info.summary:
            page.addWidget(self._words(info.summary))
            page.addWidget(self._line())
        if info.figures:
            figures = Figures(self._theme, info.figures, self)
            figures.explained.connect(self.explained)
            page.addWidget(figures)
            page.addWidget(self._line())
        if info.damages:
            first = next((v.name for v in info.damages if v.key.endswith(self._damage_by)), "")
            block = DamageBlock(self._theme, info, self._measure or first, self)
            block.explained.connect(self.explained)
            block.measured.connect(self._keep_measure)
            page.addWidget(block)
            page.addWidget(self._line())
        if info.strengths:
            page.addWidget(self._strengths(info))
        for shown in info.sets:
            page.addWidget(self._line())
            page.addWidget(SetBlock(self._theme, self._icons, shown, self))
        page.addStretch(1)
        self._fill_effects(info)
        self._fill_enhance(info)

    def _fill_effects(self, info: PowerInfo) -> None:
        page = self._page(EFFECTS)
        page.setSpacing(round(self._theme.scaled(2)))
        for block in info.effects:
            head = QLabel(block.title, self)
            head.setProperty("type", "caption")
            page.addWidget(head)
            for effect in block.effects:
                label = EffectLabel(self._theme, effect, self)
                label.explained.connect(self.explained)
                page.addWidget(label)
            page.addWidget(self._line())
        if not info.effects:
            page.addWidget(self._words(self.tr("This power has no effects of its own.")))
        page.addStretch(1)

    def _fill_enhance(self, info: PowerInfo) -> None:
        page = self._page(ENHANCE)
        if info.strengths:
            page.addWidget(self._strengths(info))
        else:
            page.addWidget(self._words(self.tr("Nothing is slotted here.")))
        page.addStretch(1)

    def _strengths(self, info: PowerInfo) -> StrengthTable:
        table = StrengthTable(self._theme, info.strengths, self)
        table.explained.connect(self.explained)
        return table

    def _keep_measure(self, name: str) -> None:
        """Damage of the next power is measured in the same way."""
        self._measure = name

    def _words(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setMinimumWidth(1)
        points = self._theme.points(self._theme.tokens.types["body"].px)
        color = self._theme.color("text.secondary").name()
        label.setStyleSheet(f"font-size: {points:.2f}pt; color: {color};")
        return label

    def _line(self) -> QFrame:
        line = QFrame(self)
        line.setFixedHeight(1)
        color = self._theme.color("line.subtle").name()
        line.setStyleSheet(f"background: {color}; border: none;")
        return line

    def _restyle(self) -> None:
        scaled = self._theme.scaled
        side = round(scaled(_SIDE))
        self.tabs.restyle()
        self.title.restyle()
        self._body.setContentsMargins(side, round(scaled(8)), round(scaled(6)), round(scaled(4)))
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(1, 1, 1, round(scaled(4)))
        points = self._theme.points(self._theme.tokens.types["body"].px)
        color = self._theme.color("text.muted").name()
        self.empty.setStyleSheet(
            f"font-size: {points:.2f}pt; color: {color}; padding: {side}px; background: none;"
        )
        self._fill()
        self.updateGeometry()
        self.update()
