"""Vector icons in the colours of the theme.

Icon files use `currentColor` and fixed placeholder colours. The module QtSvg knows no variables,
so both are replaced in the text before a `QSvgRenderer` reads it.
"""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from midsdesk.ui.theme.tokens import RESOURCES, Theme

_CURRENT = "currentColor"
Paint = str | QColor | None
Swaps = Mapping[str, str]
_NO_SWAPS: Swaps = {}


class Icons:
    """Draws and keeps icons by (name, size, colours, scale)."""

    def __init__(self, theme: Theme, folder: Path = RESOURCES / "icons") -> None:
        """Read icons from `folder`; forget the drawn ones when the theme changes."""
        self._theme = theme
        self._folder = folder
        self._texts: dict[str, str] = {}
        self._renderers: dict[str, QSvgRenderer] = {}
        self._pixmaps: dict[tuple[str, float, str, float], QPixmap] = {}
        theme.changed.connect(self._forget)

    def has(self, name: str) -> bool:
        """There is a file of this name."""
        return name in self._texts or (self._folder / f"{name}.svg").is_file()

    def pixmap(
        self,
        name: str,
        size_px: float,
        color: Paint = None,
        dpr: float | None = None,
        swaps: Swaps = _NO_SWAPS,
    ) -> QPixmap:
        """Return an icon `size_px` wide, in pixels of the widget.

        Args:
            name: File name without its ending.
            size_px: Width and height; scale it with the theme first.
            color: Role or colour of `currentColor`; the token's default when None.
            dpr: Device pixels of a pixel; the application's when None.
            swaps: Role of a placeholder -> role to draw it in ("rarity.rare" -> "rarity.common").
        """
        ratio = dpr or _application_ratio()
        text = self._colored(name, color, swaps)
        key = (name, size_px, text, ratio)
        known = self._pixmaps.get(key)
        if known is None:
            known = self._pixmaps[key] = self._draw(text, size_px, ratio)
        return known

    def icon(
        self,
        name: str,
        color: Paint = None,
        size_px: float | None = None,
        disabled: Paint = "text.disabled",
    ) -> QIcon:
        """Return an icon for buttons and menus, with a disabled form."""
        size = size_px or self._theme.scaled(16)
        icon = QIcon()
        for ratio in (1.0, 2.0):
            icon.addPixmap(self.pixmap(name, size, color, ratio))
            off = self.pixmap(name, size, disabled, ratio)
            icon.addPixmap(off, QIcon.Mode.Disabled)
        return icon

    def paint(
        self,
        painter: QPainter,
        name: str,
        rect: QRectF,
        color: Paint = None,
        swaps: Swaps = _NO_SWAPS,
    ) -> None:
        """Draw an icon into a rectangle; parts may stand out of it, as in the file."""
        self._renderer(self._colored(name, color, swaps)).render(painter, rect)

    def _draw(self, text: str, size_px: float, ratio: float) -> QPixmap:
        pixels = max(1, round(size_px * ratio))
        pixmap = QPixmap(QSize(pixels, pixels))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._renderer(text).render(painter, QRectF(0, 0, pixels, pixels))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def _renderer(self, text: str) -> QSvgRenderer:
        known = self._renderers.get(text)
        if known is None:
            known = self._renderers[text] = QSvgRenderer(QByteArray(text.encode()))
        return known

    def _colored(self, name: str, color: Paint, swaps: Swaps) -> str:
        text = self._texts.get(name)
        if text is None:
            text = self._texts[name] = (self._folder / f"{name}.svg").read_text("utf-8")
        for placeholder, role in self._theme.tokens.placeholders.items():
            if placeholder in text:
                wanted: Paint = swaps.get(role, role)
                if placeholder == _CURRENT and color is not None:
                    wanted = color
                text = text.replace(placeholder, self._name(wanted))
        return text

    def _name(self, color: Paint) -> str:
        value = color if isinstance(color, QColor) else self._theme.color(color or "text.primary")
        return value.name()

    def _forget(self) -> None:
        self._pixmaps.clear()
        self._renderers.clear()


def _application_ratio() -> float:
    app = QGuiApplication.instance()
    return app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
