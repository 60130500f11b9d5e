"""What a pet or a granted power brings: copies of its effects, and the reach it lends.

Source: calculation reference A, sections 4.8 and 7.2.
"""

from dataclasses import replace
from typing import Final

from midsdesk.calc.context import Context
from midsdesk.calc.live import Live, live, table_duration, tick_count
from midsdesk.calc.quirks import Quirk
from midsdesk.model.game import Entity, Power, Powerset
from midsdesk.model.vocab import (
    Activation,
    Attribute,
    Entities,
    PowersetKind,
    Scaling,
    ToWho,
)

_SUMMON: Final = int(Attribute.SUMMON)
_SILENT_KILL: Final = int(Attribute.SILENT_KILL)
_ALWAYS_ON: Final = (int(Activation.AUTO), int(Activation.TOGGLE))
_CASTER: Final = int(Entities.CASTER)
_FRIENDS: Final = int(Entities.FRIEND | Entities.MY_PET)
_AT_TARGET: Final = int(ToWho.TARGET)
_AT_SELF: Final = int(ToWho.SELF)
# What a pet repeats when it uses a click again.
_REPEATED: Final = (int(Attribute.DAMAGE), int(Attribute.HEAL))


def duration_of(each: Live, host: Power, context: Context) -> float:
    """Return how long an effect lasts in `host`, seconds."""
    modifier = 0.0
    if each.effect.scaling == Scaling.DURATION:
        modifier = context.modifier(each.effect.modifier_table, host, each.class_column)
    return table_duration(each, modifier)


class Absorber:
    """Copies effects of other powers into a host."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._catalog = context.catalog
        self._quirks = context.quirks

    def lent_attributes(self, host: Power, entity: Entity, own_mask: int) -> Power:
        """Return the host with the reach its pet's powers have.

        Args:
            own_mask: Whom the host itself reaches without a roll (`Entities`).
        """
        reaches_only_self = own_mask in (0, _CASTER)
        for power in self._catalog.powers(entity.powersets[0]):
            last_wins = Quirk.LAST_PET_POWER_WINS in self._quirks
            if reaches_only_self and not last_wins and power.entities_affected == _CASTER:
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
                accuracy=host.accuracy if reaches_only_self else power.accuracy,
            )
            if not reaches_only_self or not last_wins:
                return host
        return host

    def pet_effects(self, summon: Live, entity: Entity, host: Power) -> list[Live]:
        """Return copies of all effects of a pet, and of what it summons in turn."""
        life = duration_of(summon, host, self._context)
        column = self._context.column_of(entity.archetype)
        found: list[Live] = []
        for powerset in entity.powersets:
            for power in self._catalog.powers(powerset):
                found += self.absorbed(power, life, summon.delay, column)
        for inner in [each for each in found if each.attribute == _SUMMON]:
            nested = self._catalog.entity(inner.effect.summon)
            if nested is None or not nested.powersets:
                continue
            if Quirk.NESTED_PET_USES_OUTER_CLASS not in self._quirks:
                column = self._context.column_of(nested.archetype)
            for power in self._catalog.powers(nested.powersets[0]):
                found += self.absorbed(power, life, summon.delay, column)
        return found

    def absorbed(
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
        running = source.activation in _ALWAYS_ON
        ticks = 0
        if running:
            precisely = Quirk.SINGLE_PRECISION_TICKS in self._quirks
            ticks = tick_count(life, source.activate_period, single_precision=precisely)
        only_summons = not whole and source.entities_affected == _CASTER
        uses = 1 if whole or running else self._uses(source, life)
        aims_at = self._aims_elsewhere(source)
        found: list[Live] = []
        for effect in source.effects:
            if only_summons and effect.attribute != _SUMMON:
                continue
            new = live(effect, source)
            new.absorbed = True
            new.absorbed_kind = source.activation
            new.absorbed_power = source
            new.class_column = column
            new.life = life
            if running:
                new.ticks = ticks
            if uses > 1 and effect.attribute in _REPEATED and not effect.cancel_on_miss:
                new.ticks = max(1, new.ticks) * uses
            if aims_at:
                new.who = _AT_TARGET
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
        if self._acts_once(source):
            return 1
        return tick_count(life, period, single_precision=False)

    def _acts_once(self, source: Power) -> bool:
        """Return whether a pet goes with its deed, as a mine does: a click of its own ends it."""
        return any(
            power.activation == Activation.CLICK
            and effect.attribute == Attribute.SILENT_KILL
            and effect.to_who == ToWho.SELF
            and effect.delay <= 0
            for power in self._catalog.powers(source.powerset)
            for effect in power.effects
        )

    @staticmethod
    def _aims_elsewhere(source: Power) -> bool:
        mask = source.entities_auto_hit
        return not mask & _CASTER and bool(mask & _FRIENDS)

    def _kill_delay(self, source: Power) -> float:
        """Return after how many seconds a pet removes itself, 0 if it does not."""
        known = self._context.kill_delays
        kill = known.get(source.powerset)
        if kill is None:
            kill = known[source.powerset] = self._kill_delay_in(source.powerset)
        return kill

    def _kill_delay_in(self, name: str) -> float:
        powerset = self._catalog.powerset(name)
        if powerset is None or powerset.kind != PowersetKind.PET:
            return 0.0
        kill = 0.0
        for power in self._catalog.powers(powerset.id):
            for effect in power.effects:
                if (
                    effect.attribute == _SILENT_KILL
                    and effect.to_who == _AT_SELF
                    and effect.delay > 0
                ):
                    kill = effect.delay
        return kill


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
