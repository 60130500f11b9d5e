"""The smallest shares in the two sums: one effect of one entry, or one set bonus in one place.

`midsdesk.calc.cells` says what the two sums are: G, the strength of all powers, and B, the
character. The shares of a cell add up to the calculator's own sum of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from midsdesk.calc import aggregate
from midsdesk.calc.assemble import Assembler
from midsdesk.calc.calculation import Calculation
from midsdesk.calc.context import Context
from midsdesk.calc.entry import Worked
from midsdesk.calc.explain_names import piece_title, power_title, set_title
from midsdesk.calc.facts import gather
from midsdesk.calc.live import Live
from midsdesk.calc.prepare import Prepared, Preparer
from midsdesk.calc.quirks import Quirk
from midsdesk.calc.set_bonus import RULE_OF_FIVE, SetInPower
from midsdesk.calc.strengthen import effect_factors, enhanced, raw_as_enhanced
from midsdesk.model.build import Build
from midsdesk.model.explanation import SourceKind
from midsdesk.model.vocab import InherentKind, PowersetKind

_BY_SET: Final[dict[int, SourceKind]] = {
    PowersetKind.INHERENT: SourceKind.INHERENT,
    PowersetKind.ACCOLADE: SourceKind.ACCOLADE,
    PowersetKind.TEMPORARY: SourceKind.TEMPORARY,
    PowersetKind.INCARNATE: SourceKind.INCARNATE,
}
_BY_INHERENT: Final[dict[int, SourceKind]] = {
    InherentKind.ACCOLADE: SourceKind.ACCOLADE,
    InherentKind.INCARNATE: SourceKind.INCARNATE,
    InherentKind.PRESTIGE: SourceKind.TEMPORARY,
    InherentKind.TEMP: SourceKind.TEMPORARY,
}


@dataclass(frozen=True, slots=True)
class Atom:
    """One share of a cell.

    Attributes:
        value: Fraction or points, as the cell has it.
        index: Of the effect in its entry, None for bonuses.
        times: What the effect's magnitude is multiplied with besides its strength.
        taken: What a rule takes away of it again; `value` is without it.
        detail: "set bonus in Fire Ball, 2 of 5".
    """

    cell: int
    value: float
    kind: SourceKind
    name: str
    entry: int
    detail: str = ""
    index: int | None = None
    times: float = 1.0
    live: Live | None = None
    taken: float = 0.0


@dataclass(frozen=True, slots=True)
class Bonus:
    """One occurrence of a bonus power: the `number`-th of `count`.

    Attributes:
        slotted: The set it comes from, in one power.
        tier: How many pieces it needs; 0 for the special of a piece.
    """

    kind: SourceKind
    name: str
    detail: str
    entry: int
    power: str
    number: int
    count: int
    for_pets: bool
    slotted: SetInPower
    tier: int

    @property
    def counts(self) -> bool:
        """The rule of five lets it through and it helps the character."""
        return self.number <= RULE_OF_FIVE and not self.for_pets


class Atoms:
    """All shares of a calculation, made when first asked for."""

    def __init__(self, calculation: Calculation) -> None:
        self._calculation = calculation
        self._context = calculation.context
        self._bonus_powers: dict[str, Prepared | None] = {}
        self._g: dict[int, list[Atom]] | None = None
        self._b: dict[int, list[Atom]] | None = None

    def to_powers(self, cell: int) -> list[Atom]:
        """Return the shares of a cell of G."""
        if self._g is None:
            self._g = _by_cell(self._strengths())
        return self._g.get(cell, [])

    def to_self(self, cell: int) -> list[Atom]:
        """Return the shares of a cell of B."""
        if self._b is None:
            self._b = _by_cell(self._own())
        return self._b.get(cell, [])

    # -- entries --------------------------------------------------------------------------------

    def counting(self) -> Iterator[tuple[int, Worked]]:
        """Yield the entries that take part in the sums."""
        for index, worked in enumerate(self._calculation.worked):
            if worked is not None and worked.counts:
                yield index, worked

    def _strengths(self) -> Iterator[Atom]:
        chances, context = self._calculation.chances, self._context
        for entry, worked in self.counting():
            silent = aggregate.is_silent(worked.prepared, context)
            for index, each in enumerate(worked.effects):
                if silent and not each.from_enhancement:
                    continue
                for cell, value in aggregate.global_contributions((each,), chances, context):
                    times = value / each.magnitude if each.magnitude else 1.0
                    yield self.atom(entry, worked, index, cell, value, times)
        for bonus, prepared in self._counted():
            slows = "Slow" in prepared.host.name
            for each in prepared.effects:
                for cell, value in aggregate.global_contributions(
                    (each,), chances, context, debuffs=slows
                ):
                    yield _of_bonus(bonus, cell, value)

    def _own(self) -> Iterator[Atom]:
        chances, context = self._calculation.chances, self._context
        points = self._calculation.facts.hit_points
        for entry, worked in self.counting():
            for item in aggregate.self_items(worked.prepared, worked.effects, context):
                each = worked.effects[item.place]
                if aggregate.chance_of(each, chances) <= 0:
                    continue
                times = item.times * (points if item.of_hit_points else 1.0)
                value = self.strengthened(worked, item.place) * times
                if item.neutral and Quirk.CLICK_NEUTRALISED_AT_BASE not in context.quirks:
                    continue
                taken = each.magnitude if item.neutral else 0.0
                atom = self.atom(entry, worked, item.place, item.cell, value - taken, times)
                yield replace(atom, taken=taken) if taken else atom
        for bonus, prepared in self._counted():
            for item in aggregate.self_items(prepared, prepared.effects, context):
                each = prepared.effects[item.place]
                if aggregate.chance_of(each, chances) > 0:
                    times = item.times * (points if item.of_hit_points else 1.0)
                    yield _of_bonus(bonus, item.cell, each.magnitude * times)

    def strengthened(self, worked: Worked, index: int) -> float:
        """Return the enhanced magnitude of one effect of an entry."""
        return enhanced(self.raw(worked, index), self.strength(worked, index), self._context.quirks)

    def strength(self, worked: Worked, index: int) -> float:
        """Return the factor of one effect's magnitude."""
        g = list(self._calculation.global_sums)
        each = worked.effects[index]
        return effect_factors(each, index, worked.strengths, g, self._context)[0]

    def raw(self, worked: Worked, index: int) -> float:
        """Return the magnitude of one effect before any strength."""
        g = list(self._calculation.global_sums)
        return raw_as_enhanced(
            worked.effects[index], worked.prepared, worked.strengths, g, self._context
        )

    def atom(
        self, entry: int, worked: Worked, index: int, cell: int, value: float, times: float
    ) -> Atom:
        """Return one effect's share of a cell."""
        each = worked.effects[index]
        kind, name = kind_of_entry(worked, self._context), ""
        detail = ""
        host = power_title(worked.prepared.taken.id, self._context.catalog)
        if each.from_enhancement:
            kind, name = SourceKind.PROC, _piece_of(worked, each, self._context)
            detail = f"in {host}"
        elif each.power.id not in (worked.prepared.host.id, worked.prepared.taken.id):
            detail = f"through {power_title(each.power.id, self._context.catalog)}"
        return Atom(cell, value, kind, name or host, entry, detail, index, times, each)

    # -- set bonuses ------------------------------------------------------------------------------

    def bonuses(self) -> Iterator[Bonus]:
        """Yield every occurrence of a bonus power, counted or not, in counting order."""
        calculation = self._calculation
        known = {each.power.lower(): each for each in calculation.counted}
        counter: dict[str, int] = {}
        for entry, sets in enumerate(calculation.sets_by_entry):
            for each in sets:
                for power in each.bonus_powers:
                    number = counter[power] = counter.get(power, 0) + 1
                    found = known.get(power.lower())
                    if found is None:
                        continue
                    kind, name, what, tier = self._named(each, power)
                    where = power_title(
                        calculation.build.entries[entry].power, self._context.catalog
                    )
                    detail = f"{what} in {where}"
                    yield Bonus(
                        kind,
                        name,
                        detail,
                        entry,
                        power,
                        number,
                        found.count,
                        found.for_pets,
                        each,
                        tier,
                    )

    def bonus_effects(self, name: str) -> Prepared | None:
        """Return a bonus power ready for the sums, None if the catalog lacks it."""
        if name not in self._bonus_powers:
            context = self._context
            power = context.catalog.power(name)
            made = None
            if power is not None:
                nobody = Build(context.archetype.id)
                facts = gather(nobody, context.archetype, context.settings, context.quirks)
                assembly = Assembler(context, facts).assemble(power, [])
                made = Preparer(context, facts).prepare(power, assembly, 0)
            self._bonus_powers[name] = made
        return self._bonus_powers[name]

    def _counted(self) -> Iterator[tuple[Bonus, Prepared]]:
        if self._context.settings.ignore_set_bonuses:
            return
        for bonus in self.bonuses():
            prepared = self.bonus_effects(bonus.power) if bonus.counts else None
            if prepared is not None:
                yield bonus, prepared

    def _named(self, slotted: SetInPower, power: str) -> tuple[SourceKind, str, str, int]:
        title = set_title(slotted.set_id, self._context.catalog)
        family = self._context.catalog.enhancement_set(slotted.set_id)
        for bonus in family.bonuses if family else ():
            if power in bonus.powers and bonus.slotted <= len(slotted.pieces):
                return (
                    SourceKind.SET_BONUS,
                    f"{title} ({bonus.slotted})",
                    "set bonus",
                    bonus.slotted,
                )
        return SourceKind.GLOBAL, title, "global", 0


def is_on(worked: Worked, context: Context) -> bool:
    """Return whether an entry is lit and can be used at the level fought at."""
    usable = context.can_use(worked.prepared.taken, worked.entry.level)
    return worked.entry.included and usable


def kind_of_entry(worked: Worked, context: Context) -> SourceKind:
    """Return what kind of source an entry is."""
    taken = worked.prepared.taken
    powerset = context.catalog.powerset(taken.powerset)
    by_set = _BY_SET.get(powerset.kind) if powerset is not None else None
    return _BY_INHERENT.get(taken.inherent_kind) or by_set or SourceKind.POWER


def _piece_of(worked: Worked, each: Live, context: Context) -> str:
    """Return the name of the slotted piece that brought an effect, itself or by a grant."""
    sources = {each.power.id.lower()}
    if each.absorbed_power is not None:
        sources.add(each.absorbed_power.id.lower())
    for slot in worked.entry.slots:
        if slot.enhancement is None:
            continue
        piece = context.catalog.enhancement(slot.enhancement.enhancement)
        attached = context.catalog.power(piece.power) if piece and piece.power else None
        if piece is None or attached is None:
            continue
        brings = {attached.id.lower()}
        brings |= {effect.summon.lower() for effect in attached.effects if effect.summon}
        if not brings.isdisjoint(sources):
            return piece_title(piece, context.catalog)
    return power_title(each.power.id, context.catalog)


def _of_bonus(bonus: Bonus, cell: int, value: float) -> Atom:
    detail = bonus.detail
    if bonus.count > 1:
        detail += f", {bonus.number} of {min(bonus.count, RULE_OF_FIVE)}"
    return Atom(cell, value, bonus.kind, bonus.name, bonus.entry, detail)


def _by_cell(atoms: Iterator[Atom]) -> dict[int, list[Atom]]:
    found: dict[int, list[Atom]] = {}
    for atom in atoms:
        found.setdefault(atom.cell, []).append(atom)
    return found
