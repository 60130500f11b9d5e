"""One effect, or several that differ in type only, as a phrase: "+3.5 % defense (all) to self".

The phrases are made here from the numbers; no text comes from anywhere else.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from midsdesk.calc.describe_words import (
    PLAIN,
    STRENGTHS,
    TYPED,
    plain_name,
    spaced,
    status_list,
    tag_in_words,
    type_list,
    type_name,
)
from midsdesk.calc.explain_names import power_title
from midsdesk.calc.explain_words import number
from midsdesk.calc.statistics import MPH
from midsdesk.model.catalog import Catalog
from midsdesk.model.vocab import Aspect, Attribute, PowerAttribute, StatusEffect, label

_INSTANT: Final[frozenset[int]] = frozenset(
    {
        StatusEffect.KNOCKBACK,
        StatusEffect.KNOCKUP,
        StatusEffect.REPEL,
        StatusEffect.TELEPORT,
        StatusEffect.TOGGLE_DROP,
    }
)
_POINTS: Final[frozenset[int]] = frozenset(
    {Attribute.STEALTH_RADIUS, Attribute.STEALTH_RADIUS_PLAYER}
)
# A maximum speed is changed by so many base speeds. Source: calculation reference B, section 3.2.
_BASE_SPEED: Final[dict[int, str]] = {
    Attribute.SPEED_RUNNING: "base_run_speed",
    Attribute.SPEED_JUMPING: "base_jump_speed",
    Attribute.SPEED_FLYING: "base_fly_speed",
    Attribute.MAX_RUN_SPEED: "base_run_speed",
    Attribute.MAX_JUMP_SPEED: "base_jump_speed",
    Attribute.MAX_FLY_SPEED: "base_fly_speed",
}
_KNOCKDOWN: Final = 0.75
# Whom a phrase speaks of, as it stands in the sentence.
SELF: Final = " to self"
TARGET: Final = " on the target"
ALL: Final = " to self and allies"


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a phrase is made of.

    Attributes:
        types: Damage types or status effects of the members. speeds: attributes, for movement.
        magnitude: As the calculator has it. percent: it is a fraction.
        whom: SELF, TARGET or ALL. lasting: it lasts as long as the power runs.
        set_to: What a number of the power becomes, -1 for none. count: how often it occurs.
    """

    attribute: int
    modifies: int
    aspect: int
    magnitude: float
    percent: bool
    duration: float
    ticks: int
    chance: float
    stops_at_miss: bool
    whom: str
    lasting: bool
    types: tuple[int, ...]
    speeds: tuple[int, ...]
    target: str
    power_attribute: int
    set_to: float
    count: int


def text(phrase: Phrase, catalog: Catalog) -> str:
    """Return the phrase, with whom it changes and how long, without chance and conditions."""
    special = _SPECIAL.get(phrase.attribute)
    if special is not None:
        return special(phrase, catalog)
    return _changed(phrase, catalog)


def _whom(phrase: Phrase) -> str:
    return phrase.whom


def _time(phrase: Phrase) -> str:
    if phrase.lasting or phrase.duration <= 0:
        return ""
    return f" for {number(phrase.duration, 1)} s"


def _amount(phrase: Phrase, *, sign: bool = True) -> str:
    if phrase.percent:
        return f"{number(phrase.magnitude * 100, 1, sign=sign)} %"
    return number(phrase.magnitude, 2, sign=sign)


def _changed(phrase: Phrase, catalog: Catalog) -> str:
    """Return "+10 % <what> to self for 5 s"."""
    return f"{_amount_of(phrase, catalog)} {_what(phrase)}{_whom(phrase)}{_time(phrase)}"


def _amount_of(phrase: Phrase, catalog: Catalog) -> str:
    if not phrase.percent and phrase.attribute in _POINTS:
        return f"{number(phrase.magnitude, 1, sign=True)} ft"
    if not phrase.percent and phrase.attribute in _BASE_SPEED:
        kinds = phrase.speeds or (phrase.attribute,)
        base = float(getattr(catalog.ruleset, _BASE_SPEED[kinds[0]]))
        return f"{number(phrase.magnitude * base * MPH, 1, sign=True)} mph"
    return _amount(phrase)


def _what(phrase: Phrase) -> str:
    attribute = phrase.attribute
    if phrase.speeds:
        return _speed_names(phrase)
    name = plain_name(attribute)
    if attribute in TYPED:
        types = type_list(phrase.types, attribute)
        return f"{name} ({types})" if types else name
    return name


def _speed_names(phrase: Phrase) -> str:
    if len(phrase.speeds) == 3:
        name = "movement speed"
    else:
        name = ", ".join(plain_name(each) for each in phrase.speeds)
    return f"maximum {name}" if phrase.aspect == Aspect.MAXIMUM else name


def _damage(phrase: Phrase, _: Catalog) -> str:
    kinds = ", ".join(type_name(kind) for kind in phrase.types if kind)
    if phrase.percent and phrase.magnitude < 0:  # some data write a damage debuff this way
        return f"{_amount(phrase)} {kinds} damage{_whom(phrase)}{_time(phrase)}"
    amount = number(phrase.magnitude, 1)
    if phrase.percent:
        amount = f"{number(phrase.magnitude * 100, 1)} % of hit points as"
    said = f"{amount} {kinds} damage".replace("  ", " ")
    if phrase.whom == SELF:
        said += SELF
    if phrase.ticks > 1:
        said += _ticking(phrase)
        if phrase.chance < 1:
            stops = ", stops at a miss" if phrase.stops_at_miss else ""
            said += f" ({chance_text(phrase.chance)} each{stops})"
    return said


def chance_text(chance: float) -> str:
    """Return a chance: whole percent, tenths where it is nearly certain or nearly nothing."""
    exact = chance >= 0.975 or chance < 0.01
    return f"{number(chance * 100, 1 if exact else 0)} %"


def _status(phrase: Phrase, _: Catalog) -> str:
    names = status_list(phrase.types)
    strength = number(abs(phrase.magnitude), 2)
    if phrase.magnitude < 0:
        said = f"protection against {names} (magnitude {strength})"
        return f"{said}{_whom(phrase)}{_time(phrase)}"
    if set(phrase.types) <= _INSTANT:
        if phrase.types == (StatusEffect.KNOCKBACK,) and phrase.magnitude <= _KNOCKDOWN:
            names = "knockdown"
        return f"{names} (magnitude {strength}){_whom(phrase)}"
    time = "" if phrase.lasting or phrase.duration <= 0 else f"{number(phrase.duration, 1)} s "
    return f"{time}{names} (magnitude {strength}){_whom(phrase)}"


def _status_resistance(phrase: Phrase, _: Catalog) -> str:
    names = status_list(phrase.types)
    return f"{_amount(phrase)} resistance to {names}{_whom(phrase)}{_time(phrase)}"


def _debuff_resistance(phrase: Phrase, _: Catalog) -> str:
    what = plain_name(phrase.modifies)
    if phrase.modifies in (Attribute.STATUS, Attribute.STATUS_RESISTANCE):
        what = status_list(phrase.types)
    elif phrase.modifies == Attribute.DAMAGE:
        what = "damage"
    return f"{_amount(phrase)} resistance to {what} debuffs{_whom(phrase)}{_time(phrase)}"


def _strength(phrase: Phrase, _: Catalog) -> str:
    modified = phrase.modifies
    if modified in STRENGTHS:
        what = PLAIN[modified]
    elif modified in (Attribute.STATUS, Attribute.STATUS_RESISTANCE):
        what = f"strength of {status_list(phrase.types)}"
    else:
        what = f"strength of {plain_name(modified)}"
        types = type_list(phrase.types, modified)
        what += f" ({types})" if types else ""
    return f"{_amount(phrase)} {what}{_whom(phrase)}{_time(phrase)}"


def _heal(phrase: Phrase, _: Catalog) -> str:
    """Return "heals the target for 669.3 hit points"."""
    amount = f"{number(abs(phrase.magnitude), 1)} hit points"
    if phrase.percent:
        amount = f"{number(abs(phrase.magnitude) * 100, 1)} % of the hit points"
    whom = _HEALED[phrase.whom]
    said = f"heals {whom} for {amount}" if phrase.magnitude > 0 else f"takes {amount} from {whom}"
    return said + _ticking(phrase)


_HEALED: Final = {SELF: "self", TARGET: "the target", ALL: "self and allies"}
_ENDLESS: Final = 500


def _ticking(phrase: Phrase) -> str:
    if phrase.ticks <= 1:
        return ""
    if phrase.ticks > _ENDLESS:
        return ", again and again"
    within = f" in {number(phrase.duration, 1)} s" if phrase.duration > 0 else ""
    return f", {phrase.ticks} times{within}"


def _absorb(phrase: Phrase, _: Catalog) -> str:
    amount = f"{number(phrase.magnitude, 1)} points"
    if phrase.percent:
        amount = f"{number(phrase.magnitude * 100, 1)} % of the hit points"
    return f"shield that absorbs {amount}{_whom(phrase)}{_time(phrase)}"


def _endurance(phrase: Phrase, _: Catalog) -> str:
    name = "maximum endurance" if phrase.aspect == Aspect.MAXIMUM else "endurance"
    return f"{_amount(phrase)} {name}{_whom(phrase)}{_ticking(phrase) or _time(phrase)}"


def _summon(phrase: Phrase, catalog: Catalog) -> str:
    entity = catalog.entity(phrase.target)
    name = entity.display_name if entity else ""
    name = spaced(name or phrase.target).removeprefix("Pets ").removeprefix("V ")
    many = f"{phrase.count} × " if phrase.count > 1 else ""
    return f"summons {many}{name}{_time(phrase)}"


def _naming(verb: str) -> Callable[[Phrase, Catalog], str]:
    def make(phrase: Phrase, catalog: Catalog) -> str:
        return f"{verb} {spaced(power_title(phrase.target, catalog))}{_time(phrase)}"

    return make


def _level_shift(phrase: Phrase, _: Catalog) -> str:
    return f"level shift of {number(phrase.magnitude, 0, sign=True)}{_whom(phrase)}{_time(phrase)}"


def _flight(phrase: Phrase, _: Catalog) -> str:
    if phrase.magnitude > 0:
        return f"flight{_whom(phrase)}{_time(phrase)}"
    return f"no flight{_whom(phrase)}{_time(phrase)}"


def _lifespan(phrase: Phrase, _: Catalog) -> str:
    return f"ends after {number(phrase.duration, 1)} s" if phrase.duration > 0 else "ends at once"


def _chance_modifier(phrase: Phrase, _: Catalog) -> str:
    amount = number(phrase.magnitude * 100, 1, sign=True)
    return f"{amount} % chance of {tag_in_words(phrase.target)}"


def _modified(phrase: Phrase, _: Catalog) -> str:
    said = f"changes its {label(PowerAttribute, phrase.power_attribute)}"
    if phrase.set_to < 0 or phrase.power_attribute == PowerAttribute.EFFECT_AREA:
        return said
    unit = _UNITS.get(phrase.power_attribute, "")
    return f"{said} to {number(phrase.set_to, 2)}{unit and ' '}{unit}"


_UNITS: Final[dict[int, str]] = {
    PowerAttribute.ACTIVATE_PERIOD: "s",
    PowerAttribute.ARC: "degrees",
    PowerAttribute.CAST_TIME: "s",
    PowerAttribute.INTERRUPT_TIME: "s",
    PowerAttribute.RADIUS: "ft",
    PowerAttribute.RANGE: "ft",
    PowerAttribute.RANGE_SECONDARY: "ft",
    PowerAttribute.RECHARGE_TIME: "s",
}


def _mode(phrase: Phrase, _: Catalog) -> str:
    return f"{label(Attribute, phrase.attribute)}{_whom(phrase)}{_time(phrase)}"


_SPECIAL: Final[dict[int, Callable[[Phrase, Catalog], str]]] = {
    Attribute.DAMAGE: _damage,
    Attribute.STATUS: _status,
    Attribute.STATUS_RESISTANCE: _status_resistance,
    Attribute.EFFECT_RESISTANCE: _debuff_resistance,
    Attribute.ENHANCEMENT: _strength,
    Attribute.HEAL: _heal,
    Attribute.ABSORB: _absorb,
    Attribute.ENDURANCE: _endurance,
    Attribute.SUMMON: _summon,
    Attribute.GRANT_POWER: _naming("grants"),
    Attribute.REVOKE_POWER: _naming("takes away"),
    Attribute.EXECUTE_POWER: _naming("uses"),
    Attribute.POWER_REDIRECT: _naming("becomes"),
    Attribute.RECHARGE_POWER: _naming("recharges"),
    Attribute.FLY: _flight,
    Attribute.LEVEL_SHIFT: _level_shift,
    Attribute.SILENT_KILL: _lifespan,
    Attribute.CHANCE_MODIFIER: _chance_modifier,
    Attribute.MODIFY_POWER: _modified,
    Attribute.COMBAT_PHASE: _mode,
    Attribute.VISION_PHASE: _mode,
    Attribute.DROP_TOGGLES: _mode,
}
