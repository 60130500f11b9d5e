import csv
import io
import json
import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from midsdesk.errors import ValidationError
from midsdesk.model.build import Build, SlottedEnhancement
from midsdesk.model.ids import EnhancementId, PowerId
from midsdesk.model.totals import Statistic
from midsdesk.model.vocab import Alignment, Grade, RelativeLevel
from midsdesk.report.markup import Templates, templates_from
from midsdesk.report.names import piece_name, power_name, set_name
from midsdesk.report.numbers import shown, totals_csv, totals_json, totals_text
from midsdesk.report.post import Bonus, PostOptions, post
from tests.formats.whole_builds import CATALOG, make
from tests.helpers.gamedata import ROOT

TEXT = (ROOT / "resources" / "templates" / "forum.toml").read_text("utf-8")
TEMPLATES: Templates = templates_from(TEXT)
TOTALS = (
    Statistic("defense.ranged", "Ranged", 45.25, 46.0, "%"),
    Statistic("recovery", "Recovery", 3.456, 3.456, "/s", cap=5.0),
    Statistic("damage", "Damage", 0.0, 0.0, "%"),
)


def build(name: str = "Ash") -> Build:
    return make(3, name=name)


def written(markup: str, made: Build | None = None, **options: object) -> str:
    chosen = replace(PostOptions(markup=markup), **options)  # type: ignore[arg-type]
    return post(made or build(), CATALOG, TEMPLATES, chosen, TOTALS, [Bonus("+5 % x", 5, 1)])


@pytest.mark.parametrize("markup", TEMPLATES.markups)
@pytest.mark.parametrize("theme", TEMPLATES.themes)
def test_every_markup_in_every_theme(markup: str, theme: str) -> None:
    text = written(markup, theme=theme)
    colors = TEMPLATES.themes[theme]
    for color in (colors.title, colors.heading, colors.level, colors.slot):
        assert (color in text) == (TEMPLATES.markups[markup].color != "{text}")
    assert "{" not in re.sub(r"(?s)<style>.*</style>", "", text)
    for entry in build().picks:
        if not entry.is_empty:
            name = power_name(CATALOG, entry.power)
            assert TEMPLATES.markups[markup].safe(name) in text


def tags_of(text: str) -> set[str]:
    """The elements of a page, each of which is closed in its turn."""
    opened: list[str] = []
    seen = set()
    for end, name, alone in re.findall(r"<(/?)([a-zA-Z]+)[^<>]*?(/?)>", text):
        seen.add(name)
        if end:
            assert opened.pop() == name
        elif not alone:
            opened.append(name)
    assert opened == []
    return seen


@settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)
@given(name=st.text(max_size=30) | st.sampled_from(["<script>x</script>", '"><b>', "&lt;"]))
def test_names_are_harmless_in_html(name: str) -> None:
    assert tags_of(written("html", build(name))) <= {
        *("html", "head", "meta", "title", "style", "body"),
        *("p", "span", "strong", "hr", "ul", "li"),
    }


def test_names_are_harmless_in_bbcode_and_markdown() -> None:
    bad = build("[b]*x*\n# y <i>")
    assert "(b)*x* # y <i> - " in written("bbcode", bad)
    assert r"\[b\]\*x\* \# y \<i\> - " in written("markdown", bad)
    assert r"\[b\]\*x\* \# y &lt;i&gt; - " in written("markdown_html", bad)


def test_brackets_are_paired_in_bbcode() -> None:
    text = written("bbcode")
    for tag in ("b", "color", "size", "list"):
        assert len(re.findall(rf"\[{tag}\b", text)) == text.count(f"[/{tag}]")


def test_options() -> None:
    whole = make(3)
    accolade = "Temporary_Powers.Accolades.Portal_Jockey"
    alpha = "Incarnate.Alpha.Agility_Boost"
    others = [replace(whole.others[0], power=PowerId(each), slots=()) for each in (accolade, alpha)]
    whole = replace(whole, entries=(*whole.entries, *others))
    text = written("plain", whole)
    for heading in ("Inherents:", "Accolades:", "Incarnates:", "Totals:", "Set bonuses:"):
        assert heading in text
    bare = post(
        whole,
        CATALOG,
        TEMPLATES,
        PostOptions("plain", inherents=False, incarnates=False, accolades=False, code="MD1.1.x"),
    )
    for heading in ("Inherents:", "Accolades:", "Incarnates:", "Totals:", "Set bonuses:"):
        assert heading not in bare
    assert bare.endswith("MD1.1.x\n")


def test_numbers_stand_with_their_group_and_without_zeros() -> None:
    text = written("plain")
    assert "Defense, Ranged: 45.2 %" in text
    assert "Recovery: 3.46/s" in text
    assert "Damage" not in text.partition("Totals:")[2].partition("Set bonuses:")[0]
    assert "5 × +5 % x (1 over the five that count)" in text


@pytest.mark.parametrize(
    ("side", "word"), [(Alignment.HERO, "Epic powerset"), (Alignment.ROGUE, "Ancillary powerset")]
)
def test_the_last_powerset_has_two_names(side: Alignment, word: str) -> None:
    made = next(made for seed in range(40) if (made := make(seed)).powersets[7])
    assert word in written("plain", replace(made, alignment=side))


def test_no_such_markup_or_theme() -> None:
    with pytest.raises(ValidationError, match="No mark-up is called “rtf”"):
        written("rtf")
    with pytest.raises(ValidationError, match="No colour theme is called “beige”"):
        written("plain", theme="beige")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[words]", "[words", "no TOML"),
        ("[words]", "[wards]", "damaged"),
        ('escape = "html"', 'escape = "rtf"', "no known escape"),
        ('escape = "html"', 'escape = "html"\nblink = "x"', "damaged"),
        ("paragraphs = true", "paragraphs = 1", "wrong value for paragraphs"),
        ('"#0000cd"', '"red; }"', "a colour that is none"),
    ],
)
def test_damaged_templates(old: str, new: str, message: str) -> None:
    assert old in TEXT
    with pytest.raises(ValidationError, match=message):
        templates_from(TEXT.replace(old, new, 1))


@pytest.mark.parametrize(
    ("piece", "name"),
    [
        (SlottedEnhancement(EnhancementId("Crafted_Accuracy"), 35), "Accuracy IO (35)"),
        (
            SlottedEnhancement(
                EnhancementId("Crafted_Luck_of_the_Gambler_F"),
                50,
                relative_level=RelativeLevel.PLUS_5,
            ),
            "Luck of the Gambler: Defense/Increased Global Recharge Speed (50+5)",
        ),
        (
            SlottedEnhancement(
                EnhancementId("Magic_Accuracy"), 50, Grade.DUAL, RelativeLevel.MINUS_2
            ),
            "Accuracy dual origin (-2)",
        ),
        (
            SlottedEnhancement(EnhancementId("Hamidon_Damage_Accuracy"), 50, Grade.SINGLE),
            "Nucleolus Exposure",
        ),
        (SlottedEnhancement(EnhancementId("Nothing_Known")), "Nothing_Known"),
    ],
)
def test_names_of_pieces(piece: SlottedEnhancement, name: str) -> None:
    assert piece_name(CATALOG, piece) == name


def test_unknown_names_stay_as_they_are() -> None:
    assert power_name(CATALOG, "No.Such.Power") == "No.Such.Power"
    assert set_name(CATALOG, "No.Such") == "No.Such"


def test_csv_and_json_of_totals() -> None:
    rows = list(csv.reader(io.StringIO(totals_csv([(build("=HYPERLINK(1)"), TOTALS)]))))
    assert rows[0] == ["build", "key", "label", "value", "uncapped", "cap", "unit"]
    assert rows[1] == ["'=HYPERLINK(1)", "defense.ranged", "Ranged", "45.25", "46.0", "", "%"]
    assert rows[2][5] == "5.0"
    value = json.loads(totals_text(totals_json(build(), CATALOG, TOTALS)))
    assert value["totals"][0]["value"] == 45.25
    assert value["totals"][0]["cap"] is None
    assert value["data"]["name"] == CATALOG.name


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [(1606.4, "points", "1,606 points"), (3.5, "", "3.5"), (2.0, "mag", "2.00 mag")],
)
def test_numbers_in_texts(value: float, unit: str, text: str) -> None:
    assert shown(Statistic("x", "X", value, value, unit)) == text
