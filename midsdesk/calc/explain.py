"""Where a number comes from: every total and every number of a power, down to effect and rule.

Computed only when somebody asks. Source: issue 4, item 5; calculation references A and B.
"""

from collections.abc import Iterable
from dataclasses import replace

from midsdesk.calc import explain_figures
from midsdesk.calc.calculation import Calculation
from midsdesk.calc.entry import Worked
from midsdesk.calc.explain_atoms import Atom
from midsdesk.calc.explain_chain import BASE, Chains, scaled
from midsdesk.calc.explain_left_out import left_out
from midsdesk.calc.explain_names import power_title
from midsdesk.calc.explain_totals import TO_POWERS, Plan, plan_of
from midsdesk.calc.strengthen import ENDURANCE
from midsdesk.model.explanation import Contribution, Explanation, SourceKind
from midsdesk.model.totals import Statistic


def explain(calculation: Calculation, key: str) -> Explanation:
    """Return what a displayed number is made of; see `Explainer.total`."""
    return Explainer(calculation).total(key)


def explain_power(calculation: Calculation, entry: int, figure: str) -> Explanation | None:
    """Return what a number of a power is made of; see `Explainer.figure`."""
    return Explainer(calculation).figure(entry, figure)


class Explainer:
    """Explains the numbers of one calculation; what was found for one helps the next."""

    def __init__(self, calculation: Calculation) -> None:
        self._calculation = calculation
        self._chains = Chains(calculation)

    def total(self, key: str) -> Explanation:
        """Return what a displayed number is made of.

        Args:
            key: Of one of `calculation.statistics`.

        Raises:
            KeyError: No number has this key.
        """
        statistic = _statistic(self._calculation, key)
        plan = plan_of(statistic, self._calculation)
        return Explanation(
            key=key,
            label=statistic.label,
            value=statistic.value,
            unit=statistic.unit,
            contributions=self._contributions(plan, statistic),
            left_out=left_out(self._chains, plan),
        )

    def contributions(self, key: str) -> tuple[Contribution, ...]:
        """Return what a displayed number is made of, without what was left out."""
        statistic = _statistic(self._calculation, key)
        return self._contributions(plan_of(statistic, self._calculation), statistic)

    def _contributions(self, plan: Plan, statistic: Statistic) -> tuple[Contribution, ...]:
        found = [*plan.fixed, *_gathered(self._chains, plan, statistic.unit)]
        if plan.costs:
            found += _costs(self._chains, plan.costs)
        return largest_first(found)

    def figure(self, entry: int, figure: str) -> Explanation | None:
        """Return what a number of a power is made of; None for an empty or unknown entry.

        Args:
            figure: "accuracy", "hit_chance", "endurance", "endurance_rate", "recharge", "range",
                "interrupt", "cast", "server_tick", "targets", "radius", "arc", "period",
                "duration"; "damage", "damage.second", "damage.animation", the latter two also
                with "_arcana"; "strength.recharge" and so on; "effect.N.magnitude",
                "effect.N.duration", "effect.N.chance", "strength.effect.N" with N the number of
                the effect in `PowerNumbers.effects`.

        Raises:
            KeyError: No figure has this name.
        """
        worked = self._calculation.worked[entry]
        if worked is None:
            return None
        found = explain_figures.explain_figure(self._chains, entry, worked, figure)
        return replace(found, contributions=largest_first(found.contributions))


def largest_first(found: Iterable[Contribution]) -> tuple[Contribution, ...]:
    """Return the contributions in order of size."""
    return tuple(sorted(found, key=lambda each: -abs(each.value)))


def _statistic(calculation: Calculation, key: str) -> Statistic:
    for each in calculation.statistics:
        if each.key == key:
            return each
    raise KeyError(key)


def _gathered(chains: Chains, plan: Plan, unit: str) -> list[Contribution]:
    """Return the shares of all cells, those of one source in one place put together."""
    groups: dict[tuple[SourceKind, str, int, str], list[Contribution]] = {}
    sign = unit if unit == "%" else ""
    for which, cell, factor in plan.terms:
        atoms = chains.atoms.to_powers(cell) if which == TO_POWERS else chains.atoms.to_self(cell)
        for atom in atoms:
            if atom.value:
                key = _group(atom)
                groups.setdefault(key, []).append(chains.of_atom(atom, factor, sign))
    return [_together(key, parts) for key, parts in groups.items()]


def _group(atom: Atom) -> tuple[SourceKind, str, int, str]:
    # Every set bonus stays a row of its own, the effects of one power do not.
    return atom.kind, atom.name, atom.entry, atom.detail if atom.live is None else ""


def _together(key: tuple[SourceKind, str, int, str], parts: list[Contribution]) -> Contribution:
    if len(parts) == 1:
        return parts[0]
    kind, name, entry, detail = key
    value = sum(part.value for part in parts)
    said = detail or f"{len(parts)} effects"
    return Contribution(kind, name, value, said, entry, None, tuple(parts))


def _costs(chains: Chains, factor: float) -> list[Contribution]:
    g = list(chains.calculation.global_sums)
    return [
        _cost(chains, entry, worked, worked.endurance_use(g) * factor, factor)
        for entry, worked in chains.atoms.counting()
        if worked.is_toggle and worked.prepared.host.endurance_cost
    ]


def _cost(chains: Chains, entry: int, worked: Worked, value: float, factor: float) -> Contribution:
    """Return a toggle's cost by the second; a discount divides, so each takes its part of it."""
    host = worked.prepared.host
    base = host.endurance_cost * factor
    base /= host.activate_period if host.activate_period > 0 else 1.0
    shares = chains.strengths(entry, worked).attribute(ENDURANCE)
    title = power_title(worked.prepared.taken.id, chains.calculation.context.catalog)
    head = Contribution(SourceKind.BASE, BASE, base, "", entry)
    children = (head, *scaled(shares, -value))
    return Contribution(SourceKind.POWER, title, value, "toggle", entry, None, children)
