"""Head of the powers column: who the character is."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

from midsdesk.app.views import Choice, Identity
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.widgets.selector import Selector

_VILLAINS = frozenset({"Rogue", "Villain", "Loyalist"})


class _Portrait(QWidget):
    """The archetype's sign on a soft square."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self.name = ""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw square and sign."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("accent_soft"))
        radius = self._theme.px("radius.m")
        painter.drawRoundedRect(self.rect(), radius, radius)
        if self.name:
            inset = round(self._theme.scaled(7))
            box = self.rect().adjusted(inset, inset, -inset, -inset).toRectF()
            self._icons.paint(painter, self.name, box, "accent")
        painter.end()


class IdentityBlock(QWidget):
    """Name, level, archetype, origin, alignment."""

    archetype_chosen = Signal(str)
    origin_chosen = Signal(str)
    alignment_chosen = Signal(str)
    renamed = Signal(str)

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._portrait = _Portrait(theme, icons, self)
        self._name = QLineEdit(self)
        self._name.setProperty("type", "title")
        self._name.setProperty("flat", True)
        self._name.setTextMargins(-2, 0, 0, 0)  # Qt insets the text; it shares a line with others
        self._name.setAccessibleName(self.tr("Character name"))
        self._name.setPlaceholderText(self.tr("Name the character"))
        self._name.textEdited.connect(self.renamed)
        self._level = QLabel(self)
        self._level.setProperty("type", "caption")
        self.archetype = Selector(theme, icons, self.tr("Archetype"), self, self._archetype_icon)
        self.origin = Selector(theme, icons, self.tr("Origin"), self, self._origin_icon)
        self.alignment = Selector(theme, icons, self.tr("Alignment"), self, self._alignment_icon)
        for selector in (self.archetype, self.origin, self.alignment):
            selector.setProperty("small", True)
        self.archetype.chosen.connect(self.archetype_chosen)
        self.origin.chosen.connect(self.origin_chosen)
        self.alignment.chosen.connect(self.alignment_chosen)
        self._grid = QGridLayout(self)
        head = QHBoxLayout()
        head.addWidget(self._name, 0)
        head.addWidget(self._level, 1)
        self._selectors = QHBoxLayout()
        for selector in (self.archetype, self.origin, self.alignment):
            self._selectors.addWidget(selector)
        self._grid.addWidget(self._portrait, 0, 0, 2, 1)
        self._grid.addLayout(head, 0, 1)
        self._grid.addLayout(self._selectors, 1, 1)
        self._grid.setColumnStretch(1, 1)
        theme.changed.connect(self._restyle)
        self._restyle()

    def choose_archetype(self) -> None:
        """Put the focus on the selector of the archetype."""
        self.archetype.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_identity(self, who: Identity) -> None:
        """Show who it is."""
        if self._name.text() != who.name:
            self._name.setText(who.name)
        self._level.setText(self.tr("level {0}").format(who.level))
        lock = self.tr("Remove all powers before changing the archetype.")
        reason = lock if who.archetype_locked else ""
        self.archetype.set_choices(who.archetypes, who.archetype, reason, self.tr("Archetype"))
        self.origin.set_choices(who.origins, who.origin, "", self.tr("Origin"))
        self.alignment.set_choices(who.alignments, who.alignment)
        self._portrait.name = self._archetype_file(who.archetype_name)
        self._portrait.update()
        self._fit_name()

    def set_compact(self, compact: bool) -> None:
        """In the small window the alignment has no room of its own."""
        self.alignment.setVisible(not compact)

    def _fit_name(self) -> None:
        text = self._name.text() or self._name.placeholderText()
        width = self._name.fontMetrics().horizontalAdvance(text)
        self._name.setFixedWidth(round(width + self._theme.scaled(18)))

    def _archetype_file(self, name: str) -> str:
        key = name.lower().replace(" ", "-")
        return f"archetype-{key}" if self._icons.has(f"archetype-{key}") else ""

    def _archetype_icon(self, choice: Choice) -> QIcon:
        name = self._archetype_file(choice.name)
        return self._icons.icon(name, "text.secondary") if name else QIcon()

    def _origin_icon(self, choice: Choice) -> QIcon:
        name = f"origin-{choice.name.lower()}"
        return self._icons.icon(name, "text.secondary") if self._icons.has(name) else QIcon()

    def _alignment_icon(self, choice: Choice) -> QIcon:
        accent = "villain" if choice.name in _VILLAINS else "hero"
        size = self._theme.ipx("space.m")
        pixmap = QPixmap(QSize(2 * size, 2 * size))
        pixmap.setDevicePixelRatio(2)
        pixmap.fill(QColor(0, 0, 0, 0))
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(f"{accent}.accent"))
        side = size * 0.7
        gap = (size - side) / 2
        painter.drawRoundedRect(round(gap), round(gap), round(side), round(side), 2, 2)
        painter.end()
        return QIcon(pixmap)

    def _restyle(self) -> None:
        theme = self._theme
        side = round(theme.scaled(40))
        self._portrait.setFixedSize(side, side)
        self._name.setFixedHeight(round(theme.scaled(20)))
        for selector in (self.archetype, self.origin, self.alignment):
            selector.setFixedHeight(theme.ipx("control_small"))
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(round(theme.scaled(10)))
        self._grid.setVerticalSpacing(round(theme.scaled(3)))
        self._selectors.setSpacing(round(theme.scaled(6)))
        self._fit_name()
