"""Tokens, contrast (design, section 7), icons, style sheet and the shipped font."""

import pytest
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF
from PySide6.QtWidgets import QApplication

from midsdesk.ui.theme import style
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import RESOURCES, Theme, load_tokens, to_qcolor

TOKENS = load_tokens(RESOURCES / "themes" / "tokens.toml")
TEXT_PAIRS = (
    ("text.primary", "bg.panel"),
    ("text.primary", "bg.window"),
    ("text.primary", "bg.raised"),
    ("text.secondary", "bg.panel"),
    ("text.secondary", "bg.raised"),
    ("text.muted", "bg.panel"),
    ("text.muted", "bg.raised"),
    ("word.available", "bg.panel"),
    ("word.unavailable", "bg.panel"),
    ("word.taken", "bg.panel"),
    ("word.taken_late", "bg.panel"),
    ("word.illegal", "bg.panel"),
    ("hero.bar_text", "hero.bar_top"),
    ("villain.bar_text", "villain.bar_top"),
    ("bar.excluded_text", "bar.excluded_top"),
    ("bar.empty_text", "bar.empty"),
    ("text.primary", "bar.inherent_top"),
    ("slot.text", "slot.fill"),
    ("num.invention", "slot.fill"),
    ("num.slot_level", "bg.window"),
    ("state.better", "state.ok_bg"),
    ("state.worse", "state.error_bg"),
    ("state.warn", "state.warn_bg"),
    ("text.primary", "state.warn_bg"),
    ("text.primary", "state.error_bg"),
    ("text.primary", "state.info_bg"),
    ("text.primary", "state.ok_bg"),
    ("text.on_accent", "hero.accent_fill"),
    ("text.on_accent", "villain.accent_fill"),
)
SHAPE_PAIRS = (
    ("line.control", "bg.panel"),
    ("line.focus", "bg.window"),
    ("stat.defense", "stat.track"),
    ("stat.resistance", "stat.track"),
    ("lamp.off_rim", "bar.excluded_top"),
    ("bar.next_line", "bar.empty"),
)


def luminance(color: QColor) -> float:
    parts = (color.redF(), color.greenF(), color.blueF())
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(theme: str, first: str, second: str) -> float:
    colors = TOKENS.colors[theme]
    one, two = sorted(luminance(to_qcolor(colors[role])) for role in (first, second))
    return (two + 0.05) / (one + 0.05)


@pytest.mark.parametrize("name", TOKENS.themes)
@pytest.mark.parametrize(("text", "back"), TEXT_PAIRS)
def test_text_can_be_read(name, text, back):
    assert contrast(name, text, back) >= (7.0 if name == "high-contrast" else 4.5)


@pytest.mark.parametrize("name", TOKENS.themes)
@pytest.mark.parametrize(("shape", "back"), SHAPE_PAIRS)
def test_shapes_can_be_seen(name, shape, back):
    assert contrast(name, shape, back) >= 2.95


def test_a_theme_takes_from_its_base_what_it_does_not_say():
    assert TOKENS.colors["dark-protanopia"]["state.ok"] == "#5AB4FF"
    assert TOKENS.colors["dark-protanopia"]["bg.window"] == TOKENS.colors["dark"]["bg.window"]


def test_the_alpha_stands_last():
    color = to_qcolor("#0B1017B8")
    assert (color.red(), color.alpha()) == (0x0B, 0xB8)


def test_accent_roles_follow_the_alignment(theme):
    before = theme.color("bar_top")
    theme.set_accent("villain")
    assert theme.color("accent.bar_top") != before
    assert theme.color("accent") == theme.color("villain.accent")


def test_sizes_follow_the_zoom_within_limits(theme):
    theme.set_zoom(9)
    assert theme.zoom == 2.5
    assert theme.px("bar_height") == 60
    theme.step_zoom(0)
    assert theme.ipx("space.s") == 8


def test_reduced_motion_keeps_times_to_read(theme):
    theme.set_motion(False)
    assert theme.duration("fast") == 0
    assert theme.duration("undo_bar") == 8000


@pytest.mark.parametrize("weight", [400, 500, 600, 700])
def test_the_shipped_font_has_its_weights_and_even_digits(theme, weight):
    font = theme.font_of(12, weight)
    info = QFontInfo(font)
    assert (info.family(), info.weight()) == ("Inter", weight)
    metrics = QFontMetricsF(font)
    assert metrics.horizontalAdvance("1111") == metrics.horizontalAdvance("8888")


def test_every_icon_draws_something(theme):
    icons = Icons(theme)
    for file in sorted((RESOURCES / "icons").glob("*.svg")):
        image = icons.pixmap(file.stem, 24, dpr=1.0).toImage()
        drawn = any(image.pixelColor(x, y).alpha() for x in range(24) for y in range(24))
        assert drawn, file.stem


def test_icons_take_the_colours_of_the_theme(theme):
    icons = Icons(theme)
    dark = icons.pixmap("state-taken", 20, "word.taken", 1.0).toImage()
    assert dark.pixelColor(10, 10).name() == theme.color("word.taken").name()
    theme.set_theme("light")
    light = icons.pixmap("state-taken", 20, "word.taken", 1.0).toImage()
    assert light.pixelColor(10, 10).name() == theme.color("word.taken").name()


@pytest.mark.parametrize("name", TOKENS.themes)
def test_the_style_sheet_is_filled_for_every_theme(qapp, name):
    template = style.TEMPLATE.read_text("utf-8")
    filled = style.fill(template, Theme(name))
    assert "${" not in filled
    assert "#" not in filled.split("*/", 1)[1].replace("/*", "")


def test_the_style_is_fusion(theme):
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    assert app.palette().window().color() == theme.color("bg.window")
