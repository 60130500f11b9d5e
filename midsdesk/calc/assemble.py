"""Which effects a taken power really has: slotted specials, absorbed pets, grants, executes.

The result of `assemble` is a host power and its effects, before the stack slider and before any
number is computed; `midsdesk.calc.prepare` does the rest.

Source: calculation reference A, sections 7.1 to 7.4.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from midsdesk.calc import conditions, expression, procs
from midsdesk.calc.absorb import Absorber, duration_of
from midsdesk.calc.context import Context
from midsdesk.calc.expression import Scene, as_base
from midsdesk.calc.facts import Asked
from midsdesk.calc.live import Live, live
from midsdesk.calc.quirks import Quirk
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Effect, Enhancement, EnhancementSet, Power
from midsdesk.model.vocab import (
    Activation,
    Attribute,
    EffectClass,
    Entities,
    PowerAttribute,
    Scaling,
    ToWho,
)

_GRANT: Final = int(Attribute.GRANT_POWER)
_SUMMON: Final = int(Attribute.SUMMON)
_EXECUTE: Final = int(Attribute.EXECUTE_POWER)
_REDIRECT: Final = int(Attribute.POWER_REDIRECT)
_IGNORED: Final = int(EffectClass.IGNORED)
# What a pet repeats when it uses a click again.
_REPEATED: Final = (int(Attribute.DAMAGE), int(Attribute.HEAL))
_MODIFY: Final = int(Attribute.MODIFY_POWER)
_MAX_GRANT_ROUNDS: Final = 100
_MAX_EXECUTE_DEPTH: Final = 5
_CERTAIN: Final = 0.01
_STRENGTH_TABLES: Final = ("melee_boosts_", "ranged_boosts_")
_SET_BONUS: Final = "Set_Bonus"
_KEPT: Final = 4096


# Fields that a MODIFY_POWER effect sets, by `PowerAttribute`.
MODIFIED_FIELD: Final = {
    int(each): each.name.lower() for each in PowerAttribute if each is not PowerAttribute.NONE
}


@dataclass(frozen=True, slots=True)
class Assembly:
    """A host power with the effects it has in this build.

    Attributes:
        power: The power, or the one it is redirected to, with what absorbed pets changed.
        redirected: It is another power than the one taken.
    """

    power: Power
    effects: tuple[Live, ...]
    redirected: bool


def brings_something(piece: Enhancement, context: Context) -> bool:
    """Return whether a slotted piece could bring effects through its attached power."""
    found = context.special_pieces.get(piece.id)
    if found is None:
        if len(context.special_pieces) >= _KEPT:
            context.special_pieces.clear()
        attached = context.catalog.power(piece.power) if piece.power else None
        family = context.catalog.enhancement_set(piece.set_id) if piece.set_id else None
        found = False
        if attached is not None and family is not None:
            strength, effects = piece.has_strength, attached.effects
            found = (
                _is_special(piece, family)
                and not all(strength and _is_strength(effect) for effect in effects)
            ) or (
                _is_for_pets(family, context.catalog)
                and any(_SET_BONUS in effect.reward for effect in effects)
            )
        context.special_pieces[piece.id] = found
    return found


def _is_special(piece: Enhancement, family: EnhancementSet) -> bool:
    """Return whether what a piece brings is its own, not a bonus of its set."""
    return piece.piece >= len(family.specials) or not family.specials[piece.piece]


def _is_strength(effect: Effect) -> bool:
    """Return whether an effect of a piece that raises something says what it raises."""
    return effect.modifier_table.lower().startswith(_STRENGTH_TABLES)


def _is_for_pets(family: EnhancementSet, catalog: Catalog) -> bool:
    """Return whether a set goes into powers that summon."""
    types, index = catalog.set_types(), family.set_type
    return 0 <= index < len(types) and "Pet" in types[index].name


class Assembler:
    """Assembles one power; asks `facts` for everything the rest of the build decides."""

    def __init__(self, context: Context, facts: Asked) -> None:
        self._context = context
        self._catalog = context.catalog
        self._quirks = context.quirks
        self._facts = facts
        self._absorber = Absorber(context)

    def assemble(
        self, power: Power, pieces: Sequence[Enhancement], sub_powers: Iterable[Power] = ()
    ) -> Assembly:
        """Return `power` with everything it gathers.

        Args:
            pieces: Of the filled slots those whose special effects count, in slot order.
            sub_powers: The lit powers of a container.
        """
        power = self._modified(power)
        effects = [live(effect, power) for effect in power.effects]
        host = self._redirect(power, effects)
        if host is not power:
            effects = [live(effect, host) for effect in host.effects]
        for piece in pieces:
            effects += self._specials(piece, host, effects)
        changed = host
        if host.absorbs_summon_effects or host.absorbs_summon_attributes:
            changed = self._absorb_pets(host, effects)
        self._grants(changed, effects)
        if any(each.attribute == _EXECUTE for each in effects):
            effects = self._executed(effects, _MAX_EXECUTE_DEPTH)
        for sub in sub_powers:
            effects += [
                live(effect, sub).copy(
                    absorbed=True, absorbed_kind=sub.activation, absorbed_power=sub
                )
                for effect in sub.effects
            ]
        return Assembly(changed, tuple(effects), host is not power)

    def bare(self, power: Power) -> Assembly:
        """Return the power as displays show it beside the enhanced one: executes and pets only."""
        power = self._modified(power)
        effects = [live(effect, power) for effect in power.effects]
        if any(each.attribute == _EXECUTE for each in effects):
            effects = self._executed(effects, _MAX_EXECUTE_DEPTH)
        host = power
        if power.absorbs_summon_effects or power.absorbs_summon_attributes:
            host = self._absorb_pets(power, effects)
        return Assembly(host, tuple(effects), redirected=False)

    # -- one effect -------------------------------------------------------------------------

    def _gate(self, each: Live) -> bool:
        return conditions.counts(
            each.effect.special_case, each.conditions, self._facts, self._quirks
        )

    def _chance(self, each: Live) -> float:
        """Return its probability while powers are assembled: no chance modifier is known yet, and
        the effect still belongs to the power it was defined in.
        """
        if each.effect.probability_expression and each.effect.scaling == Scaling.EXPRESSION:
            scene = Scene(each, each.power, as_base(each.power), self._context, self._facts)
            return expression.chance(scene)
        if each.ppm <= 0:
            return min(1.0, max(0.0, each.probability))
        host = each.power
        return procs.ppm_chance(
            each.ppm,
            activation=host.activation,
            recharge=procs.own_recharge(
                host.recharge_time, host.base_recharge_time, 0.0, self._haste, self._quirks
            ),
            cast_time=host.cast_time,
            radius=host.radius,
            arc=host.arc,
            effect_area=host.effect_area,
        )

    def _haste(self) -> float:
        return float(self._facts.ask("haste"))

    def _modified(self, power: Power) -> Power:
        """Return the power with the attributes its conditional effects set."""
        changes: dict[str, float | int] = {}
        for effect in power.effects:
            if effect.attribute != _MODIFY or effect.original is None or effect.modified is None:
                continue
            name = MODIFIED_FIELD.get(effect.power_attribute)
            if name is None:
                continue
            holds = conditions.valid(effect.conditions, self._facts)
            if holds or Quirk.LAST_MODIFIER_WINS in self._quirks or name not in changes:
                changes[name] = getattr(effect.modified if holds else effect.original, name)
        return replace(power, **changes) if changes else power  # type: ignore[arg-type]

    # -- redirect and slotted specials ------------------------------------------------------

    def _redirect(self, power: Power, effects: list[Live]) -> Power:
        for each in effects:
            if each.attribute != _REDIRECT:
                continue
            target = self._catalog.power(each.effect.redirect)
            if target and abs(self._chance(each) - 1) < _CERTAIN and self._gate(each):
                return target
        return power

    def _specials(self, piece: Enhancement, host: Power, effects: list[Live]) -> list[Live]:
        """Return the effects a slotted piece brings through its attached power."""
        attached = self._catalog.power(piece.power) if piece.power else None
        family = self._catalog.enhancement_set(piece.set_id) if piece.set_id else None
        if attached is None or family is None:
            return []
        summons = any(each.attribute == _SUMMON for each in effects)
        to_pets = summons and _is_for_pets(family, self._catalog)
        special, strength = _is_special(piece, family), piece.has_strength
        found: list[Live] = []
        for effect in attached.effects:
            for_pets = to_pets and _SET_BONUS in effect.reward
            if not for_pets and not (special and not (strength and _is_strength(effect))):
                continue
            new = live(effect, attached)
            new.from_enhancement = new.absorbed = True
            new.absorbed_kind = int(Activation.AUTO)
            new.ignores_scaling = piece.is_proc
            new.buffable = False
            if for_pets:
                found += [new.copy() for _ in range(self._pet_copies(effect.attribute, effects))]
            else:
                found.append(new)
        return found

    def _pet_copies(self, attribute: int, effects: list[Live]) -> int:
        """Return how often a piece for pets is added: once, or as the old planner counts."""
        summon = next(each for each in effects if each.attribute == _SUMMON)
        entity = self._catalog.entity(summon.effect.summon)
        if entity is None or not entity.powersets:
            return 0
        matches = [
            any(effect.attribute == attribute for effect in power.effects)
            for power in self._catalog.powers(entity.powersets[0])
        ]
        if Quirk.PET_PIECE_ADDED_TWICE in self._quirks:
            return sum(matches) + (bool(matches) and matches[-1])
        return int(any(matches))

    # -- pets -------------------------------------------------------------------------------

    def _absorb_pets(self, host: Power, effects: list[Live]) -> Power:
        """Append what summoned entities do; return the host with the attributes they lend."""
        own_mask = host.entities_auto_hit
        for each in list(effects):
            if each.attribute != _SUMMON or abs(self._chance(each) - 1) >= _CERTAIN:
                continue
            entity = self._catalog.entity(each.effect.summon)
            if entity is None or not entity.powersets:
                continue
            if host.absorbs_summon_attributes:
                host = self._absorber.lent_attributes(host, entity, own_mask)
            if host.absorbs_summon_effects:
                effects += self._absorber.pet_effects(each, entity, host)
        return host

    # -- grants and executes ----------------------------------------------------------------

    def _grants(self, host: Power, effects: list[Live]) -> None:
        start = 0
        for _ in range(_MAX_GRANT_ROUNDS):
            granting = [each for each in effects[start:] if each.attribute == _GRANT]
            granted: list[Live] = []
            for each in granting:
                if each.effect_class != _IGNORED:
                    granted += self._granted(each, host)
            if not granted:
                return
            start = len(effects)
            effects += granted

    def _granted(self, grant: Live, host: Power) -> list[Live]:
        target = self._catalog.power(grant.effect.summon)
        if target is None or not self._gate(grant):
            return []
        grant.effect_class = _IGNORED
        who = grant.who
        if who == ToWho.ALL and not self._reaches_both(host):
            who = int(ToWho.TARGET)
        chance = self._chance(grant)
        found = self._absorber.absorbed(
            target, duration_of(grant, host, self._context), 0.0, -1, whole=True
        )
        for each in found:
            if grant.absorbed_power is not None:
                each.absorbed_kind = grant.absorbed_kind
            if each.attribute != _GRANT:
                each.who = who
            each.from_enhancement = grant.from_enhancement
            if chance < 1:
                each.probability = chance * self._chance(each)
        return found

    @staticmethod
    def _reaches_both(host: Power) -> bool:
        mask = host.entities_affected
        return bool(mask & Entities.CASTER) and bool(mask & (Entities.FRIEND | Entities.FOE))

    def _executed(self, effects: list[Live], depth: int) -> list[Live]:
        """Replace each ExecutePower effect by the effects of its target."""
        found: list[Live] = []
        for each in effects:
            if each.attribute != _EXECUTE:
                found.append(each)
                continue
            target = self._catalog.power(each.effect.summon) if depth else None
            if target is None:
                continue
            inner = self._executed([live(effect, target) for effect in target.effects], depth - 1)
            found += [self._called(each, effect) for effect in inner]
        return found

    def _called(self, caller: Live, inner: Live) -> Live:
        chance, ppm = caller.probability, inner.ppm
        certain = chance in (0.0, 1.0)
        probability = inner.probability * (1.0 if certain else chance)
        if Quirk.EXECUTE_TAKES_LOWER_CHANCE in self._quirks:
            limit = inner.probability if certain else chance
            probability, ppm = min(inner.probability, limit), caller.ppm
        return inner.copy(
            n_duration=caller.n_duration if caller.n_duration > 0 else inner.n_duration,
            delay=inner.delay + caller.delay,
            probability=probability,
            ppm=ppm,
            conditions=inner.conditions + caller.conditions,
            ticks=inner.ticks or caller.ticks,
        )
