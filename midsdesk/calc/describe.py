"""What a power does, effect by effect, in plain words, sorted into groups.

Effects that differ in type only are one line; each of them is tested, so a line never speaks for
an effect that is not in force. Source: calculation reference A, sections 8.7 and 8.8, put right.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from midsdesk.calc.describe_groups import GROUPS, WITH_STATUS, Group, is_worth_a_line, target_of
from midsdesk.calc.describe_text import ALL, SELF, TARGET, Phrase, chance_text, text
from midsdesk.calc.describe_words import SPEEDS, TYPED, WEAKENED, suppression_in_words
from midsdesk.calc.explain_conditions import gate_in_words
from midsdesk.calc.explain_words import number
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Power
from midsdesk.model.totals import FinalEffect
from midsdesk.model.vocab import (
    Activation,
    Attribute,
    Entities,
    PowerAttribute,
    PvMode,
    ToWho,
)


@dataclass(frozen=True, slots=True)
class EffectLine:
    """One line.

    Attributes:
        text: The whole sentence.
        effects: Numbers of its effects in `PowerNumbers.effects`.
        magnitude, base_magnitude, duration, base_duration: Of its members, as computed.
        in_force: Its conditions hold and it works in the present mode.
        from_enhancement: A slotted piece brought it.
        entity: What it summons, "" for nothing.
    """

    group: Group
    text: str
    effects: tuple[int, ...]
    magnitude: float
    base_magnitude: float
    duration: float
    base_duration: float
    in_force: bool
    from_enhancement: bool
    entity: str = ""

    @property
    def enhanced(self) -> bool:
        """Slots or globals change it."""
        changed = abs(self.magnitude - self.base_magnitude) > 1e-9
        return changed or abs(self.duration - self.base_duration) > 1e-9


@dataclass(frozen=True, slots=True)
class EffectGroup:
    """A heading with its lines."""

    group: Group
    lines: tuple[EffectLine, ...]


def describe(
    effects: Sequence[FinalEffect], host: Power, catalog: Catalog
) -> tuple[EffectGroup, ...]:
    """Return the lines of a power's effects by group; empty groups are left out.

    Args:
        effects: As `PowerNumbers.effects`. host: the power in force.
    """
    lines = lines_of(effects, host, catalog)
    found = []
    for group in Group:
        members = tuple(line for line in lines if line.group is group)
        if members:
            found.append(EffectGroup(group, members))
    return tuple(found)


def lines_of(
    effects: Sequence[FinalEffect], host: Power, catalog: Catalog
) -> tuple[EffectLine, ...]:
    """Return one line for each group of like effects, in the order of their first members."""
    buckets: dict[_Key, list[_Member]] = {}
    for index, final in enumerate(effects):
        if is_worth_a_line(final):
            member = _member(index, final, host, catalog)
            buckets.setdefault(member.key, []).append(member)
    merged = _without_twins(buckets)
    found: dict[tuple[str, bool], tuple[EffectLine, int]] = {}
    for key, members in merged.items():
        line, count = _line(key, members, catalog)
        same = found.get((line.text, line.in_force))
        if same is not None:
            line = replace(same[0], effects=same[0].effects + line.effects)
            count += same[1]
        found[line.text, line.in_force] = (line, count)
    return tuple(
        replace(line, text=f"{count} × {line.text}") if count > 1 else line
        for line, count in found.values()
    )


_WITHOUT_END_S: Final = 9999.0


@dataclass(frozen=True, slots=True)
class _Key:
    """What members of one line have in common."""

    attribute: int
    modifies: int
    aspect: int
    magnitude: float
    percent: bool
    duration: float
    ticks: int
    chance: float
    ppm: float
    stops: bool
    delay: float
    whom: str
    lasting: bool
    pv_mode: int
    gate: str
    in_force: bool
    from_enhancement: bool
    target: str
    power_attribute: int
    set_to: float
    suppression: int
    irresistible: bool
    once: bool


@dataclass(frozen=True, slots=True)
class _Member:
    key: _Key
    index: int
    final: FinalEffect


def to_self(final: FinalEffect, host: Power) -> bool:
    """Return whether an effect changes the caster, and nobody else."""
    if final.to_who == ToWho.SELF:
        return True
    own = host.entities_affected & ~Entities.LOCATION
    return final.to_who in (ToWho.ALL, ToWho.UNSPECIFIED) and own in (0, Entities.CASTER)


def _whom(final: FinalEffect, host: Power) -> str:
    if to_self(final, host):
        return SELF
    if final.to_who == ToWho.ALL and host.entities_affected & Entities.CASTER:
        return ALL
    return TARGET


def _lasts_with_power(final: FinalEffect, host: Power) -> bool:
    """Return whether a running power renews an effect before it ends."""
    if final.duration >= _WITHOUT_END_S:
        return True
    if host.activation not in (Activation.AUTO, Activation.TOGGLE) or final.delay > 0:
        return False
    if final.ppm > 0 or final.probability < 1:
        return False
    return final.duration <= 1.6 * max(host.activate_period, 0.5) + 1.0


def _member(index: int, final: FinalEffect, host: Power, catalog: Catalog) -> _Member:
    effect = final.effect
    attribute = effect.attribute
    duration = final.duration
    if attribute == Attribute.SILENT_KILL:
        duration = max(duration, final.delay)
    key = _Key(
        attribute=SPEEDS[0] if attribute in SPEEDS and final.percent else attribute,
        modifies=effect.modifies,
        aspect=effect.aspect if attribute in (*SPEEDS, Attribute.ENDURANCE) else 0,
        magnitude=round(final.magnitude, 4),
        percent=final.percent,
        duration=round(duration, 2),
        ticks=final.ticks if final.ticks > 1 else 0,
        chance=round(final.probability, 3),
        ppm=final.ppm,
        stops=effect.cancel_on_miss and final.ticks > 1,
        delay=round(final.delay, 2) if attribute != Attribute.SILENT_KILL else 0.0,
        whom=_whom(final, host),
        lasting=_lasts_with_power(final, host),
        pv_mode=effect.pv_mode,
        gate=gate_in_words(effect.special_case, effect.conditions, catalog),
        in_force=final.conditions_met and final.fits_mode,
        from_enhancement=final.from_enhancement,
        target=target_of(final),
        power_attribute=effect.power_attribute if attribute == Attribute.MODIFY_POWER else 0,
        set_to=_set_to(final),
        suppression=effect.suppression,
        irresistible=_is_irresistible(final, host),
        once=_is_once(final, host),
    )
    if attribute == Attribute.DAMAGE:
        # Each type of damage is a line of its own.
        key = replace(key, target=str(effect.damage_type))
    return _Member(key, index, final)


def _set_to(final: FinalEffect) -> float:
    """Return what a number of the power becomes, -1 where the effect sets none."""
    effect = final.effect
    if effect.attribute != Attribute.MODIFY_POWER or effect.modified is None:
        return -1.0
    name = PowerAttribute(effect.power_attribute).name.lower()
    return float(getattr(effect.modified, name, -1.0))


def _is_irresistible(final: FinalEffect, host: Power) -> bool:
    """Return whether it harms somebody whose resistance does not help."""
    if final.effect.resistible or to_self(final, host):
        return False
    attribute = final.effect.attribute
    if attribute in (Attribute.DAMAGE, Attribute.STATUS):
        return final.magnitude > 0
    return attribute in WEAKENED and final.magnitude < 0


def _is_once(final: FinalEffect, host: Power) -> bool:
    """Return whether a second use before the end adds nothing, where a second use is possible."""
    effect = final.effect
    if effect.stacking or host.activation != Activation.CLICK or final.from_enhancement:
        return False
    if effect.attribute not in WEAKENED and effect.attribute != Attribute.STATUS:
        return False
    return host.recharge_time + host.cast_time < final.duration < _WITHOUT_END_S


def _without_twins(buckets: dict[_Key, list[_Member]]) -> dict[_Key, list[_Member]]:
    """Put a line for PvE and its equal for PvP together, whatever suppresses each of them."""
    found = dict(buckets)
    for key, members in buckets.items():
        if key.pv_mode != PvMode.PVE or key not in found:
            continue
        alike = {replace(each, suppression=key.suppression): each for each in found}
        for in_force in (not key.in_force, key.in_force):
            wanted = replace(key, pv_mode=int(PvMode.PVP), in_force=in_force)
            twin = alike.get(wanted)
            if twin is not None and _kinds(found[twin]) == _kinds(members):
                shown = twin if in_force and not key.in_force else key
                both = replace(
                    key,
                    pv_mode=int(PvMode.ANY),
                    in_force=key.in_force or in_force,
                    suppression=shown.suppression,
                )
                order = {
                    (both if each == key else each): value
                    for each, value in found.items()
                    if each != twin
                }
                found = order
                break
    return found


def _kinds(members: Iterable[_Member]) -> list[tuple[int, int, int]]:
    return sorted(
        (each.final.effect.damage_type, each.final.effect.status, each.final.effect.attribute)
        for each in members
    )


def _line(key: _Key, members: list[_Member], catalog: Catalog) -> tuple[EffectLine, int]:
    """Return the line of one occurrence, and how many there are."""
    final = members[0].final
    phrase = _phrase(key, members)
    said = text(phrase, catalog) + _tail(key, phrase)
    line = EffectLine(
        group=GROUPS.get(key.attribute, Group.OTHER),
        text=said,
        effects=tuple(each.index for each in members),
        magnitude=final.magnitude,
        base_magnitude=final.base_magnitude,
        duration=final.duration,
        base_duration=final.base_duration,
        in_force=key.in_force,
        from_enhancement=key.from_enhancement,
        entity=key.target if key.attribute == Attribute.SUMMON else "",
    )
    return line, 1 if key.attribute == Attribute.SUMMON else phrase.count


def _phrase(key: _Key, members: list[_Member]) -> Phrase:
    types = _types(key, members)
    speeds = tuple(
        each for each in SPEEDS if any(m.final.effect.attribute == each for m in members)
    )
    kinds = max(1, len(types) if key.attribute != Attribute.DAMAGE else 1, len(speeds))
    return Phrase(
        attribute=key.attribute,
        modifies=key.modifies,
        aspect=key.aspect,
        magnitude=key.magnitude,
        percent=key.percent,
        duration=key.duration,
        ticks=key.ticks,
        chance=key.chance,
        stops_at_miss=key.stops,
        whom=key.whom,
        lasting=key.lasting,
        types=types,
        speeds=speeds,
        target=key.target,
        power_attribute=key.power_attribute,
        set_to=key.set_to,
        count=max(1, len(members) // kinds),
    )


def _types(key: _Key, members: list[_Member]) -> tuple[int, ...]:
    inner = (
        key.modifies
        if key.attribute
        in (
            Attribute.ENHANCEMENT,
            Attribute.EFFECT_RESISTANCE,
        )
        else key.attribute
    )
    if inner in WITH_STATUS:
        found = [each.final.effect.status for each in members]
    elif inner in TYPED or inner == Attribute.DAMAGE:
        found = [each.final.effect.damage_type for each in members]
    else:
        return ()
    return tuple(dict.fromkeys(kind for kind in found if kind))


def _tail(key: _Key, phrase: Phrase) -> str:
    """Return chance, delay, mode, conditions, and what else limits it."""
    parts = []
    if key.ppm > 0:
        parts.append(f"{number(key.ppm, 2)} procs a minute ({chance_text(key.chance)} chance)")
    elif key.chance < 1 and not (phrase.attribute == Attribute.DAMAGE and phrase.ticks > 1):
        parts.append(f"{chance_text(key.chance)} chance")
    # Ticks begin a moment after the hit; only a real delay is worth a word.
    if key.delay >= 1.0:
        parts.append(f"after {number(key.delay, 1)} s")
    if key.pv_mode == PvMode.PVP:
        parts.append("in PvP only")
    elif key.pv_mode == PvMode.PVE and not key.in_force and not key.gate:
        parts.append("in PvE only")
    if key.gate:
        parts.append(key.gate)
    if key.irresistible:
        parts.append("irresistible")
    if key.once:
        parts.append("does not stack")
    if key.suppression:
        parts.append(suppression_in_words(key.suppression))
    return "".join(f", {part}" for part in parts)
