"""What a power is for, in a line: "Single target. Fire damage, then burns."."""

from collections.abc import Sequence
from typing import Final

from midsdesk.calc.describe import to_self
from midsdesk.calc.describe_groups import is_worth_a_line, target_of
from midsdesk.calc.describe_words import TYPED, plain_name, status_name, type_name
from midsdesk.calc.explain_words import number
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Power
from midsdesk.model.totals import FinalEffect
from midsdesk.model.vocab import Attribute, DamageType, EffectArea, Entities

_MOST: Final = 4
_INCARNATE: Final = "Incarnate."
_BURNS: Final = {
    DamageType.FIRE: "burns",
    DamageType.TOXIC: "poisons",
    DamageType.LETHAL: "bleeds",
}
_SOFT: Final = frozenset({Attribute.THREAT_LEVEL, Attribute.RAGE})


def summary(effects: Sequence[FinalEffect], host: Power, catalog: Catalog) -> str:
    """Return whom a power reaches and what it mainly does.

    Args:
        effects: As `PowerNumbers.effects`. host: the power in force.
    """
    inner = [
        final
        for final in effects
        if is_worth_a_line(final)
        and final.conditions_met
        and final.fits_mode
        and not final.from_enhancement
        and not _is_lent(final, host)
    ]
    parts = [part for part in (_damage(inner, host), *_rest(inner, host, catalog)) if part]
    said = ", ".join(parts[:_MOST])
    area = _area(host)
    return f"{area} {said[0].upper()}{said[1:]}." if said else area


def _is_lent(final: FinalEffect, host: Power) -> bool:
    """Return whether an incarnate power attached an effect to another power."""
    return final.source.startswith(_INCARNATE) and not host.id.startswith(_INCARNATE)


def _area(host: Power) -> str:
    own = host.entities_affected & ~Entities.LOCATION
    if own in (0, Entities.CASTER):
        return "Self."
    reach = f" of {number(host.radius, 1)} ft" if host.radius > 0 else ""
    match host.effect_area:
        case EffectArea.SPHERE:
            return f"Area{reach}."
        case EffectArea.CONE:
            return f"Cone{reach}."
        case EffectArea.LOCATION:
            return "Location."
        case EffectArea.MAP | EffectArea.VOLUME | EffectArea.ROOM:
            return "Wide area."
    return "Single target."


def _damage(effects: list[FinalEffect], host: Power) -> str:
    now: list[int] = []
    later: list[int] = []
    for final in effects:
        if final.effect.attribute != Attribute.DAMAGE or to_self(final, host):
            continue
        kinds = later if final.ticks > 1 else now
        if final.effect.damage_type not in kinds:
            kinds.append(final.effect.damage_type)
    if now and later:
        return f"{_types(now)} damage, then {_burning(later)}"
    if later:
        return f"{_types(later)} damage over time"
    return f"{_types(now)} damage" if now else ""


def _types(kinds: list[int]) -> str:
    names = [type_name(kind) for kind in kinds]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _burning(kinds: list[int]) -> str:
    if len(kinds) == 1 and kinds[0] in _BURNS:
        return _BURNS[DamageType(kinds[0])]
    return f"{_types(kinds)} damage over time"


def _rest(effects: list[FinalEffect], host: Power, catalog: Catalog) -> list[str]:
    """Return one word for each further kind of effect, in order."""
    found: dict[tuple[str, str], list[str]] = {}
    for final in effects:
        verb, what = _word(final, host, catalog)
        if what and what not in found.setdefault((verb, _side(final, host)), []):
            found[verb, _side(final, host)].append(what)
    return [_joined(verb, side, words) for (verb, side), words in found.items() if words]


def _side(final: FinalEffect, host: Power) -> str:
    return "self" if to_self(final, host) else "target"


def _joined(verb: str, side: str, words: list[str]) -> str:
    few = words[:3]
    named = few[0] if len(few) == 1 else f"{', '.join(few[:-1])} and {few[-1]}"
    if verb == "lowers" and side == "target":
        return f"lowers {named} of the target"
    return f"{verb} {named}".strip()


def _word(final: FinalEffect, host: Power, catalog: Catalog) -> tuple[str, str]:
    effect = final.effect
    attribute = effect.attribute
    up = "raises" if final.magnitude > 0 else "lowers"
    match attribute:
        case Attribute.DAMAGE:
            return "", ""
        case Attribute.STATUS:
            name = status_name(effect.status)
            return ("", name) if final.magnitude > 0 else ("protects against", name)
        case Attribute.HEAL:
            return ("heals", "self" if to_self(final, host) else "the target")
        case Attribute.SUMMON:
            entity = catalog.entity(effect.summon)
            return "summons", entity.display_name if entity else effect.summon.replace("_", " ")
        case Attribute.ENHANCEMENT:
            statuses = effect.modifies in (Attribute.STATUS, Attribute.STATUS_RESISTANCE)
            return up, "status effects" if statuses else plain_name(effect.modifies)
        case Attribute.DAMAGE_BUFF:
            return up, "damage"
        case Attribute.FLY:
            return ("lets", "fly") if final.magnitude > 0 else ("keeps from", "flying")
    if attribute in TYPED or (target_of(final) == "" and attribute not in _SOFT):
        return _plain(final, up)
    return "", ""


def _plain(final: FinalEffect, up: str) -> tuple[str, str]:
    attribute = final.effect.attribute
    if attribute in (Attribute.STATUS_RESISTANCE, Attribute.EFFECT_RESISTANCE):
        return "", ""
    return up, plain_name(attribute)
