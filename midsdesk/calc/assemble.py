"""Which effects a taken power really has: slotted specials, absorbed pets, grants, executes.

The result of `assemble` is a host power and its effects, before the stack slider and before any
number is computed; `midsdesk.calc.prepare` does the rest.

Source: calculation reference A, sections 7.1 to 7.4.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from midsdesk.calc import conditions, expression, procs
from midsdesk.calc.context import Context
from midsdesk.calc.expression import Scene, as_base
from midsdesk.calc.facts import Asked
from midsdesk.calc.live import Live, live, table_duration, tick_count
from midsdesk.calc.quirks import Quirk
from midsdesk.model.game import Enhancement, Entity, Power, Powerset
from midsdesk.model.vocab import (
    Activation,
    Attribute,
    EffectClass,
    Entities,
    PowerAttribute,
    PowersetKind,
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


class Assembler:
    """Assembles one power; asks `facts` for everything the rest of the build decides."""

    def __init__(self, context: Context, facts: Asked) -> None:
        self._context = context
        self._catalog = context.catalog
        self._quirks = context.quirks
        self._facts = facts

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

    def _duration(self, each: Live, host: Power) -> float:
        modifier = 0.0
        if each.effect.scaling == Scaling.DURATION:
            modifier = self._context.modifier(each.effect.modifier_table, host, each.class_column)
        return table_duration(each, modifier)

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
        has_special = piece.piece < len(family.specials) and bool(family.specials[piece.piece])
        found: list[Live] = []
        for effect in attached.effects:
            new = live(effect, attached)
            new.from_enhancement = new.absorbed = True
            new.absorbed_kind = int(Activation.AUTO)
            new.ignores_scaling = piece.is_proc
            new.buffable = False
            if summons and self._for_pets_only(effect.reward, family.set_type):
                found += [new.copy() for _ in range(self._pet_copies(effect.attribute, effects))]
            elif not has_special and (
                not piece.has_strength
                or not effect.modifier_table.lower().startswith(_STRENGTH_TABLES)
            ):
                found.append(new)
        return found

    def _for_pets_only(self, reward: str, set_type: int) -> bool:
        types = self._catalog.set_types()
        return (
            "Set_Bonus" in reward and 0 <= set_type < len(types) and "Pet" in types[set_type].name
        )

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
                host = self._lent_attributes(host, entity, own_mask)
            if host.absorbs_summon_effects:
                effects += self._pet_effects(each, entity, host)
        return host

    def _lent_attributes(self, host: Power, entity: Entity, own_mask: int) -> Power:
        reaches_only_self = own_mask in (0, Entities.CASTER)
        for power in self._catalog.powers(entity.powersets[0]):
            last_wins = Quirk.LAST_PET_POWER_WINS in self._quirks
            if reaches_only_self and not last_wins and power.entities_affected == Entities.CASTER:
                continue
            host = replace(
                host,
                attack_types=power.attack_types,
                effect_area=power.effect_area,
                entities_affected=power.entities_affected,
                ignored_buffs=power.ignored_buffs,
                ignored_enhancements=power.ignored_enhancements,
                max_targets=power.max_targets,
                radius=power.radius,
                target=power.target,
                entities_auto_hit=power.entities_auto_hit if host.entities_auto_hit else 0,
            )
            if not reaches_only_self:
                return replace(host, accuracy=power.accuracy)
            if not last_wins:
                return host
        return host

    def _pet_effects(self, summon: Live, entity: Entity, host: Power) -> list[Live]:
        life = self._duration(summon, host)
        column = self._context.column_of(entity.archetype)
        found: list[Live] = []
        for powerset in entity.powersets:
            for power in self._catalog.powers(powerset):
                found += self._absorbed(power, life, summon.delay, column)
        for inner in [each for each in found if each.attribute == _SUMMON]:
            nested = self._catalog.entity(inner.effect.summon)
            if nested is None or not nested.powersets:
                continue
            if Quirk.NESTED_PET_USES_OUTER_CLASS not in self._quirks:
                column = self._context.column_of(nested.archetype)
            for power in self._catalog.powers(nested.powersets[0]):
                found += self._absorbed(power, life, summon.delay, column)
        return found

    def _absorbed(
        self, source: Power, life: float, delay: float, column: int, *, whole: bool = False
    ) -> list[Live]:
        """Return copies of a power's effects as another power's.

        Args:
            life: Seconds the pet or the grant lasts.
            column: Of the modifier tables; -1 for the character's own.
            whole: Take powers that reach only their caster too (grants).
        """
        kill = self._kill_delay(source)
        if kill > 0 and (life < 0.01 or life > kill):
            life = kill
        running = source.activation in (Activation.AUTO, Activation.TOGGLE)
        uses = 1 if whole or running else self._uses(source, life)
        aims_at = self._aims_elsewhere(source)
        found: list[Live] = []
        for effect in source.effects:
            if (
                not whole
                and source.entities_affected == Entities.CASTER
                and effect.attribute != _SUMMON
            ):
                continue
            new = live(effect, source)
            new.absorbed = True
            new.absorbed_kind = source.activation
            new.absorbed_power = source
            new.class_column = column
            new.life = life
            if running:
                new.ticks = tick_count(
                    life,
                    source.activate_period,
                    single_precision=Quirk.SINGLE_PRECISION_TICKS in self._quirks,
                )
            if uses > 1 and effect.attribute in _REPEATED and not effect.cancel_on_miss:
                new.ticks = max(1, new.ticks) * uses
            if aims_at:
                new.who = int(ToWho.TARGET)
            if delay > 0:
                new.delay = delay
            if life > 0 and kill > 0:
                new.n_duration = life
            found.append(new)
        return found

    def _uses(self, source: Power, life: float) -> int:
        """Return how often a pet uses a click in its life; the old planner counts it once."""
        period = source.recharge_time + source.cast_time
        if Quirk.PET_CLICKS_COUNT_ONCE in self._quirks or life <= 0 or source.recharge_time <= 0:
            return 1
        return tick_count(life, period, single_precision=False)

    @staticmethod
    def _aims_elsewhere(source: Power) -> bool:
        mask = source.entities_auto_hit
        return not mask & Entities.CASTER and bool(mask & (Entities.FRIEND | Entities.MY_PET))

    def _kill_delay(self, source: Power) -> float:
        """Return after how many seconds a pet removes itself, 0 if it does not."""
        powerset = self._catalog.powerset(source.powerset)
        if powerset is None or powerset.kind != PowersetKind.PET:
            return 0.0
        kill = 0.0
        for power in self._catalog.powers(powerset.id):
            for effect in power.effects:
                if (
                    effect.attribute == Attribute.SILENT_KILL
                    and effect.to_who == ToWho.SELF
                    and effect.delay > 0
                ):
                    kill = effect.delay
        return kill

    # -- grants and executes ----------------------------------------------------------------

    def _grants(self, host: Power, effects: list[Live]) -> None:
        start = 0
        for _ in range(_MAX_GRANT_ROUNDS):
            granted: list[Live] = []
            for each in effects[start:]:
                if each.attribute == _GRANT and each.effect_class != _IGNORED:
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
        found = self._absorbed(target, self._duration(grant, host), 0.0, -1, whole=True)
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


def is_variable(each: Live, host: Power, powerset: Powerset | None, *, playable: bool) -> bool:
    """Return whether the slider of stacks multiplies an effect.

    Args:
        powerset: Of the host. playable: whether the class it belongs to (if any) is playable.

    Source: calculation reference A, section 4.8.
    """
    if each.effect.ignores_variable or powerset is None:
        return False
    if powerset.archetype:
        if not playable:
            return False
    elif powerset.kind in (
        PowersetKind.NONE,
        PowersetKind.ACCOLADE,
        PowersetKind.PET,
        PowersetKind.SET_BONUS,
        PowersetKind.TEMPORARY,
    ):
        return False
    stacks_on_target = each.who == ToWho.TARGET and each.stacking
    if (
        each.attribute in (_SUMMON, Attribute.DAMAGE_BUFF)
        and stacks_on_target
        and not each.ignores_scaling
    ):
        return True
    if any(
        effect.attribute == _SUMMON and effect.to_who == ToWho.TARGET and effect.stacking
        for effect in host.effects
    ):
        return False
    return each.who == ToWho.SELF and each.stacking
