"""The design tokens and the `Theme` that hands them out.

Names are roles ("word.available"), never hues. Colours of the accent (hero, villain) are asked for
as "accent.bar_top" or, shorter, "bar_top"; sizes without a prefix belong to the table `size`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication

from midsdesk.ui.immortal import keep_none_alive

RESOURCES = Path(__file__).resolve().parents[3] / "resources"
_META_TABLES = frozenset({"base"})
_DEFAULT_DPI = 96.0
_POINTS_PER_INCH = 72.0


@dataclass(frozen=True, slots=True)
class TypeStyle:
    """A text style: size in logical pixels at 100 % and weight."""

    px: float
    weight: int


@dataclass(frozen=True)
class Tokens:
    """The tokens file, base chains resolved.

    Attributes:
        colors: theme -> "group.name" -> "#RRGGBB" or "#RRGGBBAA".
        numbers: "size.bar_height", "space.s", "radius.m" -> logical pixels at 100 %.
        pairs: "picker" -> (width, height).
        placeholders: Colour written in an icon file -> role it stands for.
    """

    themes: tuple[str, ...]
    accents: tuple[str, ...]
    colors: Mapping[str, Mapping[str, str]]
    types: Mapping[str, TypeStyle]
    family: str
    features: tuple[str, ...]
    zoom: tuple[float, float, float]
    numbers: Mapping[str, float]
    pairs: Mapping[str, tuple[int, int]]
    durations: Mapping[str, int]
    placeholders: Mapping[str, str]


def load_tokens(path: Path) -> Tokens:
    """Read a tokens file and resolve what each theme takes from its base."""
    with path.open("rb") as file:
        raw = tomllib.load(file)
    themes = tuple(raw["meta"]["themes"])
    kind = raw["type"]
    numbers: dict[str, float] = {}
    pairs: dict[str, tuple[int, int]] = {}
    for table in ("size", "space", "radius"):
        for name, value in raw[table].items():
            if isinstance(value, list):
                pairs[name] = (int(value[0]), int(value[1]))
            else:
                numbers[f"{table}.{name}"] = float(value)
    zoom = kind["zoom"]
    return Tokens(
        themes=themes,
        accents=tuple(raw["meta"]["accents"]),
        colors={theme: _resolved(raw["theme"], theme) for theme in themes},
        types={
            name: TypeStyle(float(value["px"]), int(value["weight"]))
            for name, value in kind.items()
            if isinstance(value, dict) and "px" in value
        },
        family=kind["family"],
        features=tuple(kind["features"]),
        zoom=(float(zoom["min"]), float(zoom["max"]), float(zoom["step"])),
        numbers=numbers,
        pairs=pairs,
        durations={name: int(value) for name, value in raw["duration"].items()},
        placeholders=dict(raw["icon"]["placeholder"]),
    )


def _resolved(tables: Mapping[str, Any], theme: str) -> dict[str, str]:
    """Return the colours of a theme over those of its base."""
    own = tables[theme]
    colors = _resolved(tables, own["base"]) if "base" in own else {}
    for group, values in own.items():
        if group not in _META_TABLES:
            colors.update({f"{group}.{name}": value for name, value in values.items()})
    return colors


def to_qcolor(text: str) -> QColor:
    """Return the colour of "#RRGGBB" or "#RRGGBBAA" (Qt itself reads the alpha first)."""
    color = QColor(text[:7])
    if len(text) == 9:
        color.setAlpha(int(text[7:], 16))
    return color


def register_fonts(folder: Path = RESOURCES / "fonts") -> None:
    """Make the shipped fonts known to Qt; harmless when called twice."""
    if "Inter" in QFontDatabase.families():
        return
    for file in sorted(folder.glob("Inter-*.otf")):
        QFontDatabase.addApplicationFont(str(file))


class Theme(QObject):
    """Answers for colours, sizes, fonts and durations; `changed` says: ask again, repaint."""

    changed = Signal()

    def __init__(
        self,
        theme: str = "dark",
        accent: str = "hero",
        zoom: float = 1.0,
        *,
        system_scale: float = 1.0,
        tokens: Tokens | None = None,
    ) -> None:
        """Start with a theme of the tokens file; `system_scale` is system body size / 12."""
        super().__init__()
        keep_none_alive()
        self.tokens = tokens or load_tokens(RESOURCES / "themes" / "tokens.toml")
        self._theme, self._accent, self._zoom = theme, accent, zoom
        self._system_scale = self._given_scale = system_scale
        self._pinned = ""
        self._wanted_accent = accent
        self._system_font = False
        self._motion = True
        self._colors: dict[str, QColor] = {}
        self._fonts: dict[str, QFont] = {}

    @property
    def theme(self) -> str:
        """Name of the current theme."""
        return self._theme

    @property
    def accent(self) -> str:
        """Name of the current accent: "hero" or "villain"."""
        return self._accent

    @property
    def zoom(self) -> float:
        """The user's zoom, 1.0 for 100 %."""
        return self._zoom

    @property
    def scale(self) -> float:
        """Factor from logical pixels at 100 % to pixels."""
        return self._zoom * self._system_scale

    @property
    def is_light(self) -> bool:
        """The background is lighter than the text."""
        return self.color("bg.window").lightness() > self.color("text.primary").lightness()

    def hex(self, role: str) -> str:
        """Return the value of a colour role as written in the tokens file."""
        table = self.tokens.colors[self._theme]
        group, _, name = role.rpartition(".")
        key = f"{self._accent}.{name}" if group in ("", "accent") else role
        return table[key]

    def color(self, role: str) -> QColor:
        """Return a colour by role. Raises KeyError for a role nobody defined."""
        known = self._colors.get(role)
        if known is None:
            known = self._colors[role] = to_qcolor(self.hex(role))
        return QColor(known)

    def px(self, name: str) -> float:
        """Return a size ("bar_height", "space.s", "radius.m") in pixels, not rounded."""
        numbers = self.tokens.numbers
        value = numbers.get(name)
        if value is None:
            value = numbers[f"size.{name}"]
        return value * self.scale

    def ipx(self, name: str) -> int:
        """Return `px(name)` rounded: what widgets want as a fixed size."""
        return round(self.px(name))

    def pair(self, name: str) -> QSize:
        """Return a two-sided size ("picker")."""
        width, height = self.tokens.pairs[name]
        return QSize(round(width * self.scale), round(height * self.scale))

    def scaled(self, number: float) -> float:
        """Return a number of logical pixels at 100 % in pixels."""
        return number * self.scale

    def font(self, style: str) -> QFont:
        """Return a font by text style: micro, caption, body, strong, title or display."""
        known = self._fonts.get(style)
        if known is None:
            wanted = self.tokens.types[style]
            known = self._fonts[style] = self.font_of(wanted.px, wanted.weight)
        return QFont(known)

    def font_of(self, px: float, weight: int = 400) -> QFont:
        """Return a font of a size in logical pixels at 100 %, with digits of one width."""
        font = QFont(self.tokens.family)
        if self._system_font:
            font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        font.setPointSizeF(self.points(px))
        font.setWeight(QFont.Weight(weight))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        for feature in self.tokens.features:
            font.setFeature(QFont.Tag(feature), 1)
        return font

    def points(self, px: float) -> float:
        """Return the point size of logical pixels; points differ between systems."""
        screen = QGuiApplication.primaryScreen()
        dpi = screen.logicalDotsPerInch() if screen else _DEFAULT_DPI
        return px * self.scale * _POINTS_PER_INCH / dpi

    def duration(self, name: str) -> int:
        """Return milliseconds, 0 while motion is reduced. Times to read are not motion."""
        if not self._motion and name not in ("undo_bar", "what_if_delay", "hover_delay"):
            return 0
        return self.tokens.durations[name]

    def set_theme(self, theme: str) -> None:
        """Change the theme."""
        if theme not in self.tokens.themes:
            raise KeyError(theme)
        self._set("_theme", theme)

    def set_accent(self, accent: str) -> None:
        """Change the accent; follows the alignment of the build."""
        if accent not in self.tokens.accents:
            raise KeyError(accent)
        self._wanted_accent = accent
        self._set("_accent", self._pinned or accent)

    def pin_accent(self, accent: str) -> None:
        """Keep an accent whatever the build; "" follows the build again."""
        self._pinned = accent
        self.set_accent(self._wanted_accent)

    def set_text_size(self, points: int) -> None:
        """Change the size of body text, and of all with it; 0 takes that of the system."""
        body = self.tokens.types["body"].px * _POINTS_PER_INCH / _DEFAULT_DPI
        self._set("_system_scale", points / body if points else self._given_scale)

    def set_system_font(self, wanted: bool) -> None:
        """Use the font of the system, or the one that comes with the program."""
        self._set("_system_font", wanted)

    def set_zoom(self, zoom: float) -> None:
        """Change the zoom, kept within the limits of the tokens."""
        low, high, _ = self.tokens.zoom
        self._set("_zoom", min(high, max(low, round(zoom, 3))))

    def step_zoom(self, direction: int) -> None:
        """Zoom in (1), out (-1) or back to 100 % (0)."""
        self.set_zoom(self._zoom + direction * self.tokens.zoom[2] if direction else 1.0)

    def set_motion(self, allowed: bool) -> None:
        """Switch animations."""
        self._set("_motion", allowed)

    def _set(self, name: str, value: object) -> None:
        if getattr(self, name) == value:
            return
        setattr(self, name, value)
        self._colors.clear()
        self._fonts.clear()
        self.changed.emit()
