"""Damage in the info panel: a switch of how it is measured, a bar, the values under it."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from midsdesk.app.views import DamageView, PowerInfo
from midsdesk.ui.info.blocks import LinkBlock
from midsdesk.ui.theme.paint import CENTER, RIGHT, draw_text, inner_ring, text_width
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.totals.bars import dotted
from midsdesk.ui.widgets.segments import Segments

_BAR, _LINE = 16, 18


class DamageBar(LinkBlock):
    """Base damage, what own slots and everything else add; a link to the explanation."""

    def __init__(self, theme: Theme, info: PowerInfo, parent: QWidget) -> None:
        """Show the damage of `info`."""
        super().__init__(theme, parent)
        self._info = info
        self._view = info.damages[0]
        self.show_view(self._view)

    @property
    def view(self) -> DamageView:
        """What is shown."""
        return self._view

    def show_view(self, view: DamageView) -> None:
        """Show damage measured in one way."""
        self._view = view
        said = self.tr("Damage {0} {1}, own slots {2}, base {3}")
        values = (_number(view.final), _number(view.slotted), _number(view.base))
        self.setAccessibleName(said.format(view.name.lower(), *values))
        self.setAccessibleDescription(" ".join((self._info.damage_text, view.note)).strip())
        self.setToolTip(self._info.damage_text)
        self.updateGeometry()
        self.update()

    def height_px(self) -> float:
        """See `Block`."""
        lines = 1 + bool(self._view.note) + bool(self._info.damage_text)
        return 2 + _BAR + _LINE * lines

    def key(self) -> str:
        """See `LinkBlock`."""
        return self._view.key

    def paintEvent(self, event: QPaintEvent) -> None:
        """See Qt."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, scaled = self._theme, self._theme.scaled
        bar = QRectF(0, scaled(2), self.width(), scaled(_BAR))
        self._paint_bar(painter, bar)
        line = QRectF(0, bar.bottom(), self.width(), scaled(_LINE))
        self._paint_values(painter, line)
        for text in (self._view.note, self._info.damage_text):
            if text:
                line = line.translated(0, scaled(_LINE))
                draw_text(painter, line, text, theme.font("body"), theme.color("text.secondary"))
        if self.hasFocus():
            width = theme.px("focus_ring")
            inner_ring(painter, QRectF(self.rect()), theme.color("line.focus"), width, scaled(3))
        painter.end()

    def _paint_values(self, painter: QPainter, line: QRectF) -> None:
        theme, view = self._theme, self._view
        caption, muted = theme.font("caption"), theme.color("text.muted")
        base = f"{self.tr('base')} {_number(view.base)}"
        draw_text(painter, line, base, caption, muted)
        own = f"{self.tr('own slots')} {_number(view.slotted)}"
        strong = theme.font("strong")
        strong.setUnderline(self.underMouse())
        final = _number(view.final)
        room = line.width() - text_width(caption, base) - text_width(strong, final)
        if view.slotted > view.base + 0.05 and text_width(caption, own) < room - theme.scaled(16):
            draw_text(painter, line, own, caption, muted, CENTER)
        role = "num.enhanced" if view.final > view.base + 0.05 else "text.primary"
        draw_text(painter, line, final, strong, theme.color(role), RIGHT)

    def _paint_bar(self, painter: QPainter, bar: QRectF) -> None:
        theme, view = self._theme, self._view
        clip = QPainterPath()
        clip.addRoundedRect(bar, theme.scaled(2), theme.scaled(2))
        painter.save()
        painter.setClipPath(clip)
        painter.fillRect(bar, theme.color("stat.track"))
        # An eighth stays free, so that a what-if has where to grow.
        whole = max(view.final, view.base, view.slotted, 1e-9) * 8 / 7
        for value, role in ((view.final, "stat.damage"), (view.base, "stat.damage_base")):
            part = QRectF(bar.left(), bar.top(), bar.width() * value / whole, bar.height())
            painter.fillRect(part, theme.color(role))
        painter.restore()
        if view.slotted > view.base + 0.05:
            unit = theme.scaled(1)
            x = round(bar.left() + bar.width() * view.slotted / whole - unit)
            mark = QRectF(x, bar.top(), 2 * unit, bar.height())
            dotted(painter, mark, theme.color("stat.mark_cap"), unit)


class DamageBlock(QWidget):
    """The bar under a switch: for an activation, by the second, by the second of animation.

    Signals:
        measured: Name of the way that was chosen. explained: key of the number asked about.
    """

    explained = Signal(str)
    measured = Signal(str)

    def __init__(self, theme: Theme, info: PowerInfo, wanted: str, parent: QWidget) -> None:
        """Show the damage of `info`, measured as `wanted` where it can be."""
        super().__init__(parent)
        self._views = {view.name: view for view in info.damages}
        self.bar = DamageBar(theme, info, self)
        head = QLabel(self.tr("Damage"), self)
        head.setProperty("type", "strong")
        self.switch = Segments(
            self.tr("Damage"), [(name, name) for name in self._views], self, narrow=True
        )
        top = QHBoxLayout()
        top.addWidget(head)
        top.addStretch(1)
        top.addWidget(self.switch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(theme.scaled(4)))
        column.addLayout(top)
        column.addWidget(self.bar)
        self.bar.explained.connect(self.explained)
        self.switch.chosen.connect(self._choose)
        shown = wanted if wanted in self._views else next(iter(self._views))
        self.switch.set_current(shown)
        self.bar.show_view(self._views[shown])

    def _choose(self, name: str) -> None:
        self.bar.show_view(self._views[name])
        self.measured.emit(name)


def _number(value: float) -> str:
    return f"{value:,.1f}"
