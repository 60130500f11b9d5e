"""What settings mean for the numbers, and the pages a player finds them on."""

from dataclasses import dataclass, replace
from typing import Any, Final

from midsdesk.app.settings import Settings
from midsdesk.model.settings import TO_HIT_BY_ENEMY, CalcSettings, Rules
from midsdesk.model.vocab import Suppression

CALCULATED: Final = frozenset({"rules", "pvp", "enemy_level", "suppression", "team"})
MOST_OF_A_KIND: Final = 7
_EVENTS: Final = (
    (Suppression.HELD, "Held"),
    (Suppression.SLEEP, "Asleep"),
    (Suppression.STUNNED, "Stunned"),
    (Suppression.IMMOBILIZED, "Immobilized"),
    (Suppression.TERRORIZED, "Terrorized"),
    (Suppression.CONFUSED, "Confused"),
    (Suppression.KNOCKED, "Knocked"),
    (Suppression.PHASED, "Phased"),
    (Suppression.ATTACKED, "Attacked"),
    (Suppression.HIT_BY_FOE, "Hit by a foe"),
    (Suppression.DAMAGED, "Damaged"),
    (Suppression.ACTIVATE_ATTACK_CLICK, "Attack clicked"),
    (Suppression.MISSION_OBJECT_CLICK, "Mission object clicked"),
)


@dataclass(frozen=True, slots=True)
class Preference:
    """One row of a page.

    Attributes:
        keys: Settings it changes: one, but for "checks", where each choice is a setting.
        kind: "segments" or "list" of choices, "slider", "switch", "checks", "members" (any of the
            choices) or "counts" (a number for each choice).
        choices: Values with their texts. unit: behind the number of a slider.
        zero: What the lowest value of a slider is called, "" where it is a number like the others.
    """

    title: str
    note: str
    keys: tuple[str, ...]
    kind: str
    choices: tuple[tuple[str, str], ...] = ()
    low: int = 0
    high: int = 0
    unit: str = ""
    zero: str = ""
    also: str = ""

    @property
    def key(self) -> str:
        """The setting, or the first of them."""
        return self.keys[0]

    def fits(self, text: str) -> bool:
        """Whether it holds all words of a text."""
        parts = (self.title, self.note, self.also, *(name for _, name in self.choices))
        whole = " ".join(parts).lower()
        return all(word in whole for word in text.lower().split())


@dataclass(frozen=True, slots=True)
class PreferencePage:
    """Rows about one thing."""

    title: str
    note: str
    rows: tuple[Preference, ...]


_THEMES: Final = (
    ("system", "As the system"),
    ("dark", "Dark"),
    ("light", "Light"),
    ("high-contrast", "High contrast"),
    ("dark-deuteranopia", "For weak green (deuteranopia)"),
    ("dark-protanopia", "For weak red (protanopia)"),
    ("dark-tritanopia", "For weak blue (tritanopia)"),
)
_APPEARANCE: Final = PreferencePage(
    "Appearance",
    "Changes show at once.",
    (
        Preference("Theme", "Every state also has a shape", ("theme",), "list", _THEMES,
                   also="palette colour blind dark light"),
        Preference("Alignment colours", "Heroes blue, villains red", ("accent",), "segments",
                   (("build", "By build"), ("hero", "Always blue"), ("villain", "Always red"))),
        Preference("Zoom", "Ctrl and +, −, 0", ("zoom",), "slider", low=75, high=250, unit=" %"),
        Preference("Text size", "8 to 32 points; the rest grows with it", ("text_size",), "slider",
                   low=7, high=32, unit=" pt", zero="System", also="font"),
        Preference("Columns of the grid", "As many as fit, or a number", ("columns",), "segments",
                   (("0", "By width"), *((str(n), str(n)) for n in range(2, 7)))),
        Preference("Numbers at slots", "", ("show_enhancement_levels", "show_slot_levels"),
                   "checks",
                   (("show_enhancement_levels", "Level of the piece"),
                    ("show_slot_levels", "Level of the slot"))),
        Preference("Relative levels at slots", "+3 or +++", ("relative_levels",), "segments",
                   (("numbers", "As numbers"), ("signs", "As signs"), ("none", "Not shown"))),
        Preference("System font", "Instead of the one that comes with midsdesk", ("system_font",),
                   "switch", also="font"),
        Preference("Reduce motion", "Nothing fades or flashes", ("reduce_motion",), "switch",
                   also="animation"),
    ),
)  # fmt: skip
_PIECES: Final = PreferencePage(
    "Slots and pieces",
    "How new pieces are slotted. Those in the build stay as they are.",
    (
        Preference("Level of new inventions", "A piece takes of it what it can", ("piece_level",),
                   "slider", low=10, high=50, also="IO default"),
        Preference("Relative level of new pieces", "Regular and special ones, not inventions",
                   ("piece_relative",), "slider", low=-3, high=5),
        Preference("Grade of new regular pieces", "", ("piece_grade",), "segments",
                   (("single", "Single"), ("dual", "Dual"), ("training", "Training"))),
    ),
)  # fmt: skip
_NUMBERS: Final = PreferencePage(
    "Effects and numbers",
    "What the numbers of all open builds are worked out with.",
    (
        Preference("Numbers as", "Differences are listed under Window", ("rules",), "segments",
                   (("game", "The game"), ("mids", "The old planner"))),
        Preference("Against", "Values against critters or players", ("pvp",), "segments",
                   (("no", "PvE"), ("yes", "PvP"))),
        Preference("Level of the enemy", "Against the character's own", ("enemy_level",), "slider",
                   low=-4, high=7),
        Preference("Damage by", "What the info panel shows first", ("damage_unit",), "segments",
                   (("activation", "Activation"), ("second", "Second"),
                    ("animation", "Animation"))),
        Preference("Just happened", "Effects that are suppressed by it do not count",
                   ("suppression",), "members",
                   tuple((str(int(bit)), name) for bit, name in _EVENTS), also="suppression"),
    ),
)  # fmt: skip


def pages(archetypes: tuple[str, ...]) -> tuple[PreferencePage, ...]:
    """All pages; archetypes by their names are those a team can have."""
    counts = tuple((name, name) for name in archetypes)
    team = PreferencePage(
        "Team",
        "Teammates beside the character, for powers that ask for them.",
        (Preference("Members", f"Up to {MOST_OF_A_KIND} in all", ("team",), "counts", counts),),
    )
    return (_APPEARANCE, _PIECES, _NUMBERS, team)


def calc_settings(settings: Settings, before: CalcSettings | None = None) -> CalcSettings:
    """Settings of the calculator as the user left them; what is not kept stays as `before`."""
    members = team_of(settings.get("team"))
    return replace(
        before or CalcSettings(),
        rules=Rules(settings.get("rules")),
        pvp=settings.get("pvp"),
        scaling_to_hit=TO_HIT_BY_ENEMY[settings.get("enemy_level")],
        suppression=_bits(settings.get("suppression")),
        team_members=members,
        team_size=1 + sum(count for _, count in members),
    )


def changed_settings(settings: Settings, key: str, before: CalcSettings) -> CalcSettings:
    """The calculator's settings after one of ours changed; the others stay as they are."""
    now = calc_settings(settings, before)
    match key:
        case "rules":
            return replace(before, rules=now.rules)
        case "pvp":
            return replace(before, pvp=now.pvp)
        case "enemy_level":
            return replace(before, scaling_to_hit=now.scaling_to_hit)
        case "suppression":
            return replace(before, suppression=now.suppression)
        case "team":
            return replace(before, team_members=now.team_members, team_size=now.team_size)
    return before


def team_of(stored: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    """Members of the team by archetype; never more than a team has room for."""
    found: dict[str, int] = {}
    room = MOST_OF_A_KIND
    for each in stored:
        name, _, number = each.partition("=")
        count = min(int(number), room) if number.isdecimal() else 0
        if name and count > 0:
            found[name] = found.get(name, 0) + count
            room -= count
    return tuple(found.items())


def with_member(stored: tuple[str, ...], name: str, count: int) -> tuple[str, ...]:
    """The stored team with so many of an archetype, as far as there is room."""
    others = [(each, number) for each, number in team_of(stored) if each != name]
    room = MOST_OF_A_KIND - sum(number for _, number in others)
    count = max(0, min(count, room))
    rows = [*others, (name, count)] if count else others
    return tuple(f"{each}={number}" for each, number in sorted(rows))


def shown_value(row: Preference, settings: Settings) -> Any:
    """The value of a row as its control has it."""
    value = settings.get(row.key)
    if row.key == "pvp":
        return "yes" if value else "no"
    if row.kind in ("segments", "list"):
        return str(value)
    return value


def stored_value(row: Preference, value: Any) -> Any:
    """The value of a control as it is stored."""
    if row.key == "pvp":
        return value == "yes"
    if row.key == "columns":
        return int(value)
    if row.key == "text_size":
        return 0 if int(value) < 8 else int(value)
    return value


def _bits(stored: tuple[str, ...]) -> int:
    known = {str(int(bit)): int(bit) for bit, _ in _EVENTS}
    return sum({known[each] for each in stored if each in known})
