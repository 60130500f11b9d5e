"""What the words of a formula mean: two vocabularies, the old planner's and the game's.

A word that depends on a fight nobody has planned (the target's hit points, how often one was hit)
takes a neutral value from `ASSUMED`, each with its reason.

Source: calculation reference A, sections 2.2 and 2.3; City of Data, section A.10.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from midsdesk.calc.context import TOP_LEVEL, Context
from midsdesk.calc.expression_tree import Answer, ExpressionError, Word
from midsdesk.calc.facts import Asked
from midsdesk.calc.live import Live, arcana_time, area_factor
from midsdesk.calc.quirks import Quirk
from midsdesk.model.game import Power
from midsdesk.model.vocab import AttackVector, PvMode


class Current(NamedTuple):
    """The attributes of a power as they stand when its formula is read.

    Attributes:
        endurance_cost: points. recharge: seconds. range: feet.
    """

    endurance_cost: float
    recharge: float
    range: float


@dataclass(frozen=True, slots=True)
class Scene:
    """Whom a formula asks: one effect in one power of one build."""

    each: Live
    host: Power
    current: Current
    context: Context
    facts: Asked


_Meaning = Callable[[Scene, str], Answer]
Vocabulary = Mapping[str, _Meaning]


@dataclass(frozen=True, slots=True)
class Assumption:
    """A neutral value for something a plan cannot know, and why that one."""

    value: Answer
    reason: str


_UNHURT = "A plan shows the character as it stands: unhurt and rested."
_SOUND_FOE = "The usual foe of a plan is fresh: full hit points, full endurance, no state on it."
_QUIET = "Nothing has happened yet in a plan: nobody was hit, nothing was used."
_EVEN = "Foes are taken at the character's own level, so nothing is weakened or raised by level."

# Words of the game in lower case. Our own choice, not from a paper; shown by the window.
ASSUMED: Final[Mapping[str, Assumption]] = {
    "source>khitpoints%": Assumption(100.0, _UNHURT),
    "source>kendurance%": Assumption(100.0, _UNHURT),
    "auto>khitpoints%": Assumption(100.0, _UNHURT),
    "target>khitpoints%": Assumption(100.0, _SOUND_FOE),
    "target>kendurance%": Assumption(100.0, _SOUND_FOE),
    "target>kheld": Assumption(0.0, _SOUND_FOE),
    "target>kstunned": Assumption(0.0, _SOUND_FOE),
    "target>ksleep": Assumption(0.0, _SOUND_FOE),
    "target>kimmobilized": Assumption(0.0, _SOUND_FOE),
    "target>kterrorized": Assumption(0.0, _SOUND_FOE),
    "target>kconfused": Assumption(0.0, _SOUND_FOE),
    "target.ownpower?": Assumption(0.0, _SOUND_FOE),
    "target.mode?": Assumption(0.0, _SOUND_FOE),
    "target.hastag?": Assumption(0.0, _SOUND_FOE),
    "target.tokenowned?": Assumption(0.0, _SOUND_FOE),
    "source.mode?": Assumption(0.0, _QUIET),
    "mode?": Assumption(0.0, _QUIET),
    "source.tokenowned?": Assumption(0.0, _QUIET),
    "target.eventcount>": Assumption(0.0, _QUIET),
    "source.eventcount>": Assumption(0.0, _QUIET),
    "target.eventtimesince>": Assumption(9999.0, _QUIET),
    "source.eventtimesince>": Assumption(9999.0, _QUIET),
    "source>mod.kstun": Assumption(0.0, "Nobody has stunned the character."),
    "source>mod.ksleep": Assumption(0.0, "Nobody has put the character to sleep."),
    "source>mod.kimmobilize": Assumption(0.0, "Nobody has immobilized the character."),
    "source>mod.kheld": Assumption(0.0, "Nobody holds the character."),
    "source>mod.kconfused": Assumption(0.0, "Nobody has confused the character."),
    "source>mod.kterrorized": Assumption(0.0, "Nobody has terrorized the character."),
    "source>str.krage": Assumption(1.0, "No power changes how fast the meter of rage fills."),
    "target.isfriend?": Assumption(0.0, "Attacks go at foes; friends have effects of their own."),
    "isvip?": Assumption(1.0, "Every account of today's realms has all of it."),
    "rand": Assumption(0.5, "Its mean; a comparison with it gives the chance that it holds."),
    "rand()": Assumption(0.5, "Its mean; a comparison with it gives the chance that it holds."),
    "@tohitroll": Assumption(0.0, "The roll hit: effects are shown as when they land."),
    "@tohit": Assumption(0.95, "The roll hit: effects are shown as when they land."),
    "@forcehit": Assumption(0.0, "No roll is forced."),
    "@effectiveness": Assumption(1.0, _EVEN),
    "@chainjump": Assumption(0.0, "The first target of a chain; the others get less."),
    "distance": Assumption(0.0, "The target is as near as can be."),
    "prevdistance": Assumption(0.0, "The target is as near as can be."),
    "source>cur.kendurance": Assumption(100.0, _UNHURT),
}


def _modifier(scene: Scene) -> float:
    table = scene.each.effect.modifier_table
    return scene.context.modifier(table, scene.host, scene.each.class_column)


def _standard(scene: Scene) -> float:
    return scene.each.scale * scene.each.effect.magnitude * _modifier(scene)


def _own_table(scene: Scene, table: str) -> float:
    """Return the table for the class of the character; the old planner misreads two words.

    `modifier>TABLE` reads the row of the character's level, `caster>modifier...` the column of the
    class's place among the playable ones; everything else reads level 50 and the class's column.
    """
    kind, _, name = table.partition(" ")
    archetype = scene.context.archetype
    row, column = scene.context.combat_level, archetype.column
    if Quirk.TABLE_WORDS_MISREAD in scene.context.quirks:
        misread = kind == "level"
        row = int(scene.facts.ask("level")) if misread else TOP_LEVEL
        column = archetype.column if misread else archetype.position
    return scene.context.catalog.modifier(name, row, column)


def _cast_time(scene: Scene) -> float:
    cast = scene.host.cast_time
    return arcana_time(cast) if scene.context.settings.arcana_time else cast


def _mode(scene: Scene, wanted: int) -> float:
    """Return whether it is PvE (or PvP); the old planner looks at the effect, not at the mode."""
    if Quirk.PVP_WORDS_BY_EFFECT in scene.context.quirks:
        return float(scene.each.effect.pv_mode == wanted)
    return float(scene.context.settings.pvp is (wanted == PvMode.PVP))


def _meter(scene: Scene) -> float:
    stacks = float(scene.facts.ask("slider", scene.host.id.lower()))
    return stacks * scene.host.variable_max / 100


def _stale(value: _Meaning) -> _Meaning:
    """Return the meaning of a word the old planner's text replacement destroys."""

    def meaning(scene: Scene, about: str) -> Answer:
        if Quirk.STALE_WORDS in scene.context.quirks:
            raise ExpressionError("the old planner destroys this word before it reads it")
        return value(scene, about)

    return meaning


def _vectors(scene: Scene, name: str) -> float:
    vector = AttackVector.__members__.get(name.upper())
    return float(vector is not None and bool(scene.host.attack_types & vector))


def _magnitude_of(scene: Scene, about: str) -> float:
    name, _, index = about.rpartition(" ")
    found = float(scene.facts.ask("magnitude", (name.lower(), int(index))))
    if found != 0:
        return found
    power = scene.context.catalog.power(name)
    if power is None or int(index) >= len(power.effects):
        return 0.0
    effect = power.effects[int(index)]
    modifier = scene.context.modifier(effect.modifier_table, power, -1)
    return effect.scale * effect.magnitude * modifier


def _archetype(scene: Scene) -> str:
    return str(scene.facts.ask("archetype"))


def _archetype_in(scene: Scene, names: str) -> float:
    wanted = {name.strip().lower().replace(" ", "") for name in names.split(",")}
    return float(_archetype(scene).replace(" ", "") in wanted)


def _owned(scene: Scene, name: str) -> float:
    return float(bool(scene.facts.ask("taken", name.lower())))


def _owned_times(scene: Scene, name: str) -> float:
    stacks = float(scene.facts.ask("slider", name.lower()))
    return max(stacks, 1.0) if _owned(scene, name) else 0.0


# What both languages share. Source: calculation reference A, sections 2.2 and 2.3.
_COMMON: Final[Vocabulary] = {
    "power.base>activateperiod": lambda s, _: s.host.activate_period,
    "power.base>activatetime": lambda s, _: _cast_time(s),
    "power.base>areafactor": lambda s, _: area_factor(
        s.host.radius, s.host.arc, s.host.effect_area
    ),
    "power.base>rechargetime": lambda s, _: s.host.base_recharge_time,
    "power.base>endcost": lambda s, _: s.current.endurance_cost,
    "power.base>range": lambda s, _: s.current.range,
    "effect>scale": lambda s, _: s.each.scale,
    "@Strength": lambda s, _: s.each.scale,
    "ifPvE": lambda s, _: _mode(s, PvMode.PVE),
    "ifPvP": lambda s, _: _mode(s, PvMode.PVP),
    "caster>modifier>current": lambda s, _: _own_table(s, f"place {s.each.effect.modifier_table}"),
    "caster>modifier": lambda s, table: _own_table(s, f"place {table}"),
    "modifier>current": lambda s, _: _modifier(s),
    "maxEndurance": lambda s, _: float(s.facts.ask("endurance")),
    "rand()": lambda _, __: 0.5,
    "cur.kToHit": lambda s, _: 100 * float(s.facts.ask("to_hit")),
    "source>cur.kToHit": _stale(lambda s, _: 100 * float(s.facts.ask("to_hit"))),
    "base.kToHit": lambda s, _: s.context.settings.scaling_to_hit,
    "source>Max.kHitPoints": lambda s, _: float(s.facts.ask("hit_points")),
    "source>Base.kHitPoints": lambda s, _: s.context.archetype.hit_points,
    "source>cur.kMeter": lambda s, _: _meter(s),
    "source>cur.kMeterAbs": _stale(lambda s, _: float(s.facts.ask("slider", s.host.id.lower()))),
    "source.ownPower?": _owned,
    ">variableVal": lambda s, name: float(s.facts.ask("slider", name.lower())),
    ">mag": _magnitude_of,
    "powerGroupIn": lambda s, name: float(s.host.id.startswith(name)),
    "powerGroupNotIn": lambda s, name: float(not s.host.id.startswith(name)),
    "powerIs": lambda s, name: float(s.host.id.lower() == name.lower()),
    "powerIsNot": lambda s, name: float(s.host.id.lower() != name.lower()),
    "powerVectorsContains": _vectors,
    "source.owner>arch": lambda s, name: float(_archetype(s) == name.lower()),
    "source.owner>archIn": _archetype_in,
    "GCMActive": lambda s, tag: float(float(s.facts.ask("chance", tag)) != 0),
    "GCMScale": lambda s, tag: float(s.facts.ask("chance", tag)),
    "powerActive": lambda s, name: float(bool(s.facts.ask("active", name.lower()))),
}
MIDS: Final[Vocabulary] = {
    **_COMMON,
    "@StdResult": lambda s, _: s.each.scale,
    "source.ownPowerNum?": _owned,
}
_GAME: Final[Vocabulary] = {
    **_COMMON,
    "@StdResult": lambda s, _: _standard(s),
    "@Value": lambda s, _: _standard(s),
    "@Scale": lambda s, _: s.each.scale,
    "source.ownPowerNum?": _owned_times,
    "ownPower?": _owned,
    "ownPowerNum?": _owned_times,
    "Owned?": _owned,
    "source.owned?": _owned,
    "source.TeamSize>": lambda s, _: float(s.facts.ask("team")),
    "isPVPMap?": lambda s, _: float(s.context.settings.pvp),
    "source>cur.kHitPoints": lambda s, _: float(s.facts.ask("hit_points")),
    # A friend like oneself, a foe as tough as oneself: nothing else is known of a target.
    "target>Max.kHitPoints": lambda s, _: float(s.facts.ask("hit_points")),
    "target>cur.kHitPoints": lambda s, _: float(s.facts.ask("hit_points")),
    "source>Max.kEndurance": lambda s, _: float(s.facts.ask("endurance")),
    "source>kMeter": lambda s, _: _meter(s),
    "source>kRage": lambda s, _: float(s.facts.ask("slider", s.host.id.lower())),
    "kMeter": lambda s, _: _meter(s),
    "target>enttype": lambda s, _: "player" if s.context.settings.pvp else "critter",
    "source>arch": lambda s, _: s.context.archetype.id,
    "char>arch": lambda s, _: s.context.archetype.id,
    "$archetype": lambda s, _: s.context.archetype.id,
    "char>level": lambda s, _: float(s.facts.ask("level")),
    "char>combatlevel": lambda s, _: float(s.context.combat_level),
    "source>combatlevel": lambda s, _: float(s.context.combat_level),
    "power.base>PowerSetName": lambda s, _: s.host.powerset,
}
GAME: Final[Vocabulary] = {name.lower(): meaning for name, meaning in _GAME.items()}
_CLASS: Final = "@class_"


def planner_word(scene: Scene, word: Word) -> Answer:
    """Answer a word as the old planner spells it: upper and lower case matter.

    Raises:
        ExpressionError: A word it does not know.
    """
    meaning = MIDS.get(word.key)
    if meaning is not None:
        return meaning(scene, word.argument)
    if word.key.startswith("modifier>"):
        return _own_table(scene, f"level {word.key.removeprefix('modifier>')}")
    raise ExpressionError(f"unknown word {word.key!r}")


def game_word(scene: Scene, word: Word) -> Answer:
    """Answer a word of the game, or of the planner, in any spelling.

    Raises:
        ExpressionError: A word nobody knows.
    """
    key = word.key.lower()
    meaning = GAME.get(key)
    if meaning is not None:
        return meaning(scene, word.argument)
    assumed = ASSUMED.get(key)
    if assumed is not None:
        return assumed.value
    if key.startswith("modifier>"):
        return _own_table(scene, f"level {word.key[len('modifier>') :]}")
    if key.startswith(_CLASS):
        return word.key[1:]
    raise ExpressionError(f"unknown word {word.key!r}")
