"""What each displayed number of a character is made of: base values, cells of the sums, rules.

A plan names the cells with the factor that turns them into the number's unit. What rules and caps
change is read off the calculator's own stages (sums, raw totals, capped totals, number), never off
the shares, so that a forgotten share shows.

Source: calculation reference B, sections 3 and 4.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from midsdesk.calc import cells
from midsdesk.calc.calculation import Calculation
from midsdesk.calc.statistics import MPH, PER_SECOND
from midsdesk.model.explanation import Contribution, SourceKind
from midsdesk.model.totals import Statistic
from midsdesk.model.vocab import Attribute, DamageType, StatusEffect

TO_POWERS: Final = "g"
TO_SELF: Final = "b"

_ARCHETYPE_BASE: Final = "Base of the archetype"
_EVERYBODY: Final = "Base of every character"
_CAP: Final = "Lost to the cap"


@dataclass(slots=True)
class Plan:
    """How one number is made.

    Attributes:
        terms: (sum, cell, factor). costs: endurance costs of toggles count, with this factor.
        fixed: Base values, rules and caps.
    """

    terms: list[tuple[str, int, float]] = field(default_factory=list)
    fixed: list[Contribution] = field(default_factory=list)
    costs: float = 0.0
    needs_flight: bool = False

    def own(self, cell: int, factor: float) -> "Plan":
        """Add a cell of B."""
        self.terms.append((TO_SELF, cell, factor))
        return self

    def powers(self, cell: int, factor: float) -> "Plan":
        """Add a cell of G."""
        self.terms.append((TO_POWERS, cell, factor))
        return self

    def add(self, kind: SourceKind, name: str, value: float, detail: str = "") -> "Plan":
        """Add a base value, or what a rule changes; differences that are rounding are none."""
        if abs(value) > 1e-9:
            self.fixed.append(Contribution(kind, name, value, detail))
        return self


_Maker = Callable[[Calculation, str], Plan]


def plan_of(statistic: Statistic, calculation: Calculation) -> Plan:
    """Return how a displayed number is made.

    Raises:
        KeyError: A number nobody knows (a defect of the program).
    """
    group, _, item = statistic.key.partition(".")
    special = _SPECIAL.get(statistic.key)
    if special is not None:
        return special(calculation, statistic)
    plan = _PLAIN[group](calculation, item)
    return plan.add(SourceKind.CAP, _cap_name(statistic), statistic.value - statistic.uncapped)


def _cap_name(statistic: Statistic) -> str:
    return "Lost to maximum hit points" if statistic.key == "absorb" else _CAP


def _defense(calculation: Calculation, item: str) -> Plan:
    kind = DamageType[item.upper()]
    cell = cells.DEFENSE + kind
    untyped = cells.DEFENSE + DamageType.NONE
    sums = calculation.own_sums
    curve = (calculation.totals.defense[kind] - sums[cell] - sums[untyped]) * 100
    return (
        Plan()
        .own(cell, 100.0)
        .own(untyped, 100.0)
        .add(SourceKind.RULE, "Diminishing returns in PvP", curve)
    )


def _elusivity(calculation: Calculation, item: str) -> Plan:
    kind = DamageType[item.upper()]
    shown = next(each.value for each in calculation.statistics if each.key == f"elusivity.{item}")
    given = shown - calculation.totals.elusivity[kind] * 100
    return (
        Plan()
        .own(cells.ELUSIVITY + kind, 100.0)
        .add(SourceKind.SETTING, "Everybody has it in PvP", given)
    )


def _resistance(_: Calculation, item: str) -> Plan:
    return Plan().own(cells.RESISTANCE + DamageType[item.upper()], 100.0)


def _protection(calculation: Calculation, item: str) -> Plan:
    kind = StatusEffect[item.upper()]
    opened = max(0.0, calculation.totals.status_protection[kind])
    return Plan().own(cells.PROTECTION + kind, -1.0).add(SourceKind.RULE, "Never below 0", opened)


def _status_resistance(_: Calculation, item: str) -> Plan:
    return Plan().own(cells.OWN_STATUS_RESISTANCE + StatusEffect[item.upper()], 100.0)


def _debuff_resistance(_: Calculation, item: str) -> Plan:
    return Plan().own(cells.DEBUFF_RESISTANCE + Attribute[item.upper()], 100.0)


def _hit_points(calculation: Calculation, _: str) -> Plan:
    base = _base_hit_points(calculation)
    plan = Plan().add(SourceKind.ARCHETYPE, _ARCHETYPE_BASE, base)
    return plan.own(cells.EFFECT + Attribute.HIT_POINTS, 1.0)


def _base_hit_points(calculation: Calculation) -> float:
    added = calculation.own_sums[cells.EFFECT + Attribute.HIT_POINTS]
    return calculation.totals.hit_points - added


def _endurance(_: Calculation, __: str) -> Plan:
    return Plan().add(SourceKind.REALM, _EVERYBODY, 100.0).own(cells.ENDURANCE, 1.0)


def _bonus(attribute: Attribute) -> _Maker:
    """Return the plan of a number that is 100 % without anything."""

    def make(_: Calculation, __: str) -> Plan:
        plan = Plan().add(SourceKind.REALM, _EVERYBODY, 100.0)
        return plan.own(cells.EFFECT + attribute, 100.0)

    return make


def _haste(calculation: Calculation, _: str) -> Plan:
    cell = cells.EFFECT + Attribute.RECHARGE_TIME
    return _bonus(Attribute.RECHARGE_TIME)(calculation, "").powers(cell, 100.0)


def strongest_damage(calculation: Calculation) -> DamageType:
    """Return the type with the highest damage bonus: the one that is shown."""
    kinds = range(int(DamageType.SMASHING), int(DamageType.PSIONIC) + 1)
    sums = calculation.global_sums
    return DamageType(max(kinds, key=lambda kind: sums[cells.DAMAGE + kind]))


def _damage(calculation: Calculation, _: str) -> Plan:
    plan = Plan().add(SourceKind.REALM, _EVERYBODY, 100.0)
    return plan.powers(cells.DAMAGE + strongest_damage(calculation), 100.0)


def _plain(attribute: Attribute, factor: float = 100.0) -> _Maker:
    return lambda _, __: Plan().own(cells.EFFECT + attribute, factor)


def _accuracy(_: Calculation, __: str) -> Plan:
    cell = cells.EFFECT + Attribute.ACCURACY
    return Plan().own(cell, 100.0).powers(cell, 100.0)


def _discount(_: Calculation, __: str) -> Plan:
    return Plan().powers(cells.EFFECT + Attribute.ENDURANCE_DISCOUNT, 100.0)


def _threat(calculation: Calculation, _: str) -> Plan:
    base = calculation.context.archetype.base_threat * 100
    plan = Plan().add(SourceKind.ARCHETYPE, _ARCHETYPE_BASE, base)
    return plan.own(cells.EFFECT + Attribute.THREAT_LEVEL, 100.0)


def _moved(attribute: Attribute, base_name: str, raw_name: str, factor: float) -> _Maker:
    """Return the plan of a speed or a height: a base times 1 and a bonus, within hard limits."""

    def make(calculation: Calculation, _: str) -> Plan:
        if raw_name == "fly_speed" and not calculation.totals.can_fly:
            return Plan(needs_flight=True)
        base = float(getattr(calculation.context.ruleset, base_name)) * factor
        cell = cells.EFFECT + attribute
        raw = float(getattr(calculation.totals, raw_name)) * factor
        limit = raw - (1 + calculation.own_sums[cell]) * base
        plan = Plan().add(SourceKind.REALM, _EVERYBODY, base).own(cell, base)
        name = "Lowest speed" if limit > 0 else "Hard limit of every character"
        return plan.add(SourceKind.RULE, name, limit)

    return make


def _regeneration_rate(calculation: Calculation, _: Statistic) -> Plan:
    """Hit points count at the base rate, bonuses to the rate at the full hit points."""
    archetype, raw, capped = calculation.context.archetype, calculation.totals, calculation.capped
    base = archetype.base_regeneration * PER_SECOND / 100
    plan = Plan().add(SourceKind.ARCHETYPE, _ARCHETYPE_BASE, base * _base_hit_points(calculation))
    plan.own(cells.EFFECT + Attribute.HIT_POINTS, base)
    lost = (capped.hit_points - raw.hit_points) * base
    plan.add(SourceKind.CAP, "Lost to the cap of hit points", lost)
    full = base * capped.hit_points
    plan.own(cells.EFFECT + Attribute.REGENERATION, full)
    return plan.add(SourceKind.CAP, _CAP, (capped.regeneration - raw.regeneration) * full)


def _recovery_rate(calculation: Calculation, _: Statistic) -> Plan:
    raw, capped = calculation.totals, calculation.capped
    base = calculation.context.archetype.base_recovery * PER_SECOND
    plan = Plan().add(SourceKind.ARCHETYPE, _ARCHETYPE_BASE, base)
    plan.own(cells.ENDURANCE, base / 100)
    full = base * (100 + raw.endurance) / 100
    plan.own(cells.EFFECT + Attribute.RECOVERY, full)
    return plan.add(SourceKind.CAP, _CAP, (capped.recovery - raw.recovery) * full)


def _use(_: Calculation, __: Statistic) -> Plan:
    return Plan(costs=1.0)


def _net(calculation: Calculation, statistic: Statistic) -> Plan:
    plan = _recovery_rate(calculation, statistic)
    plan.costs = -1.0
    return plan


_SPECIAL: Final[dict[str, Callable[[Calculation, Statistic], Plan]]] = {
    "regeneration.per_second": _regeneration_rate,
    "recovery.per_second": _recovery_rate,
    "endurance_use": _use,
    "endurance_net": _net,
}
_PLAIN: Final[dict[str, _Maker]] = {
    "defense": _defense,
    "elusivity": _elusivity,
    "resistance": _resistance,
    "hit_points": _hit_points,
    "absorb": _plain(Attribute.ABSORB, 1.0),
    "regeneration": _bonus(Attribute.REGENERATION),
    "recovery": _bonus(Attribute.RECOVERY),
    "endurance": _endurance,
    "haste": _haste,
    "damage": _damage,
    "to_hit": _plain(Attribute.TO_HIT),
    "accuracy": _accuracy,
    "endurance_discount": _discount,
    "range": _plain(Attribute.RANGE),
    "threat": _threat,
    "run_speed": _moved(Attribute.SPEED_RUNNING, "base_run_speed", "run_speed", MPH),
    "jump_speed": _moved(Attribute.SPEED_JUMPING, "base_jump_speed", "jump_speed", MPH),
    "fly_speed": _moved(Attribute.SPEED_FLYING, "base_fly_speed", "fly_speed", MPH),
    "jump_height": _moved(Attribute.JUMP_HEIGHT, "base_jump_height", "jump_height_ft", 1.0),
    "perception": _moved(Attribute.PERCEPTION_RADIUS, "base_perception", "perception_ft", 1.0),
    "stealth_pve": _plain(Attribute.STEALTH_RADIUS, 1.0),
    "stealth_pvp": _plain(Attribute.STEALTH_RADIUS_PLAYER, 1.0),
    "protection": _protection,
    "status_resistance": _status_resistance,
    "debuff_resistance": _debuff_resistance,
}
