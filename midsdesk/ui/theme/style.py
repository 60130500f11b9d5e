"""Style sheet and palette of the whole application, filled from the tokens."""

import re
from pathlib import Path

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from midsdesk.ui.theme.tokens import RESOURCES, Theme

TEMPLATE = RESOURCES / "themes" / "style.qss.template"
_FIELD = re.compile(r"\$\{(?:(px|pt|icon):)?([a-z0-9_.\-]+)\}")
_Role = QPalette.ColorRole

_PALETTE = {
    _Role.Window: "bg.window",
    _Role.WindowText: "text.primary",
    _Role.Base: "bg.input",
    _Role.AlternateBase: "bg.panel",
    _Role.Text: "text.primary",
    _Role.Button: "bg.raised",
    _Role.ButtonText: "text.primary",
    _Role.BrightText: "text.primary",
    _Role.ToolTipBase: "bg.overlay",
    _Role.ToolTipText: "text.primary",
    _Role.PlaceholderText: "text.muted",
    _Role.Highlight: "accent_fill",
    _Role.HighlightedText: "text.on_accent",
    _Role.Link: "text.link",
    _Role.LinkVisited: "text.link",
    _Role.Light: "line.strong",
    _Role.Midlight: "bg.hover",
    _Role.Mid: "line.strong",
    _Role.Dark: "line.control",
    _Role.Shadow: "line.strong",
    _Role.Accent: "accent",
}
_OFF = (_Role.WindowText, _Role.Text, _Role.ButtonText)


def fill(template: str, theme: Theme) -> str:
    """Fill `${role}`, `${px:size}` (whole pixels) and `${pt:style}` (points) from the theme."""

    def value(match: re.Match[str]) -> str:
        kind, name = match.groups()
        if kind == "px":
            plain = name.replace(".", "", 1).isdigit()
            return f"{round(theme.scaled(float(name)) if plain else theme.px(name))}px"
        if kind == "pt":
            return f"{theme.points(theme.tokens.types[name].px):.2f}pt"
        color = theme.color(name)
        return f"rgba({color.red()},{color.green()},{color.blue()},{color.alpha()})"

    return _FIELD.sub(value, template)


def palette(theme: Theme) -> QPalette:
    """Return the palette that matches the style sheet."""
    made = QPalette()
    for role, token in _PALETTE.items():
        made.setColor(role, theme.color(token))
    for role in _OFF:
        made.setColor(QPalette.ColorGroup.Disabled, role, theme.color("text.disabled"))
    return made


def apply(app: QApplication, theme: Theme, template: Path = TEMPLATE) -> None:
    """Dress the application; call again whenever the theme changed."""
    if app.style().objectName().lower() != "fusion":
        app.setStyle(QStyleFactory.create("Fusion"))
    app.setPalette(palette(theme))
    app.setFont(theme.font("body"))
    app.setStyleSheet(fill(template.read_text("utf-8"), theme))
