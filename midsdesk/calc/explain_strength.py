"""Which slots, Alphas and globals a power's strength comes from, and what diversification takes.

Nothing here knows which enhancement raises what: each source is asked alone, through
`midsdesk.calc.strengthen` itself, with its strength made so small that diversification lets it
pass. So an explanation cannot drift away from the numbers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from midsdesk.calc.calculation import Calculation
from midsdesk.calc.diversification import band, diversify, schedule_of
from midsdesk.calc.entry import Worked
from midsdesk.calc.explain_atoms import Atoms, is_on, kind_of_entry
from midsdesk.calc.explain_names import piece_title, power_title
from midsdesk.calc.live import Live
from midsdesk.calc.pieces import NOTHING, Line, Slotted, lines_of
from midsdesk.calc.strengthen import (
    Boosts,
    Local,
    Reach,
    attribute_strengths,
    effect_factors,
    to_duration,
)
from midsdesk.model.explanation import SourceKind
from midsdesk.model.game import Power
from midsdesk.model.vocab import Attribute, Schedule

# A power of two: scaling with it is exact.
_TINY: Final = 2.0**-30
_GLOBAL_ATTRIBUTES: Final = (
    Attribute.ACCURACY,
    Attribute.ENDURANCE_DISCOUNT,
    Attribute.INTERRUPT_TIME,
    Attribute.RANGE,
    Attribute.RECHARGE_TIME,
)
_ALMOST_NOTHING: Final = 1e-12


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a strength, a fraction. Attributes as those of `Contribution`."""

    kind: SourceKind
    name: str
    value: float
    detail: str = ""
    entry: int | None = None
    slot: int | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """What slots and Alpha give together before and after diversification.

    Attributes:
        band: How deep it lies, 0 for "nothing lost", to 3.
        schedule: 0 to 3, -1 where nothing tells.
    """

    raw: float
    after: float
    schedule: int
    band: int


@dataclass(frozen=True, slots=True)
class _Source:
    share: Share
    probe: Local


class Strengths:
    """The sources of all strengths of one entry."""

    def __init__(self, calculation: Calculation, entry: int, worked: Worked, atoms: Atoms) -> None:
        self._calculation = calculation
        self._context = calculation.context
        self._worked = worked
        self._atoms = atoms
        self._pieces = self._of_pieces(entry)
        self._boosts = self._of_boosts()

    # -- the two answers --------------------------------------------------------------------

    def attribute(self, which: int) -> tuple[Share, ...]:
        """Return the shares of one attribute (`strengthen.ACCURACY` ...); they sum to it."""
        strengths = self._worked.strengths
        found = [
            _with(source, source.probe.slotted[which] / _TINY)
            for source in (*self._pieces, *self._boosts)
        ]
        found.append(_lost(strengths.attributes[which] - strengths.slotted[which]))
        if not strengths.blocked[which]:
            found += self._global(int(_GLOBAL_ATTRIBUTES[which]))
        found += [_with(source, source.probe.late[which] / _TINY) for source in self._boosts]
        whole = attribute_strengths(strengths, list(self._calculation.global_sums), self._context)[
            which
        ]
        whole -= 1 if which else 0
        rest = whole - sum(share.value for share in found)
        name = "Cap of the archetype" if rest < 0 else "Lowest strength"
        found.append(Share(SourceKind.CAP, name, _snapped(rest)))
        return _present(found)

    def magnitude(self, index: int) -> tuple[Share, ...]:
        """Return the shares of one effect's magnitude strength; they sum to its factor - 1."""
        strengths = self._worked.strengths
        found = [
            _with(source, source.probe.effect(index)[0] / _TINY)
            for source in (*self._pieces, *self._boosts)
        ]
        late = [source.probe.late_effect(index)[0] / _TINY for source in self._boosts]
        return self._effect(index, 0, found, late, strengths.effect(index)[0])

    def duration(self, index: int) -> tuple[Share, ...]:
        """Return the shares of one effect's duration strength; they sum to its factor - 1."""
        strengths = self._worked.strengths
        found = [
            _with(source, source.probe.effect(index)[1] / _TINY)
            for source in (*self._pieces, *self._boosts)
        ]
        late = [source.probe.late_effect(index)[1] / _TINY for source in self._boosts]
        return self._effect(index, 1, found, late, strengths.effect(index)[1])

    # -- before and after diversification -----------------------------------------------------

    def attribute_sum(self, which: int) -> Sum:
        """Return what slots and Alpha give an attribute before and after diversification."""
        strengths = self._worked.strengths
        schedule = schedule_of(int(_GLOBAL_ATTRIBUTES[which]))
        return self._sum(strengths.slotted[which], strengths.attributes[which], schedule)

    def effect_sum(self, index: int, *, duration: bool) -> Sum:
        """Return the same for the magnitude or the duration of an effect."""
        strengths = self._worked.strengths
        sources = (*self._pieces, *self._boosts)
        raw = sum(source.probe.effect(index)[duration] / _TINY for source in sources)
        after = strengths.effect(index)[duration]
        each = self._worked.effects[index]
        attribute = each.attribute
        if attribute == Attribute.EFFECT_RESISTANCE:
            attribute = each.modifies
        return self._sum(raw, after, schedule_of(attribute, each.status))

    def slots_of(
        self, index: int | None, which: int | None, *, duration: bool = False
    ) -> dict[int, float]:
        """Return by slot what its piece gives an effect (`index`) or an attribute (`which`)."""
        found: dict[int, float] = {}
        for source in self._pieces:
            if index is not None:
                value = source.probe.effect(index)[duration] / _TINY
            else:
                value = source.probe.slotted[which or 0] / _TINY
            if abs(value) > _ALMOST_NOTHING and source.share.slot is not None:
                found[source.share.slot] = value
        return found

    def _sum(self, raw: float, after: float, likely: int) -> Sum:
        thresholds = self._context.ruleset.enhancements.ed_thresholds
        if abs(raw - after) < 1e-9:
            return Sum(raw, after, likely, 0)
        for schedule in (likely, *(int(each) for each in Schedule if 0 <= each <= Schedule.D)):
            if abs(diversify(raw, schedule, thresholds) - after) < 1e-9:
                return Sum(raw, after, schedule, band(raw, schedule, thresholds))
        return Sum(raw, after, -1, 0)

    # -- pieces of both -----------------------------------------------------------------------

    def _effect(
        self, index: int, which: int, found: list[Share], late: list[float], after: float
    ) -> tuple[Share, ...]:
        each, strengths = self._worked.effects[index], self._worked.strengths
        found.append(_lost(after - sum(share.value for share in found)))
        cell = strengths.cell(index)
        if cell >= 0 and to_duration(each) == bool(which):
            found += self._global(cell)
        found += [_with(source, value) for source, value in zip(self._boosts, late, strict=True)]
        factors = effect_factors(
            each, index, strengths, list(self._calculation.global_sums), self._context
        )
        rest = factors[which] - 1 - sum(share.value for share in found)
        if each.attribute == Attribute.DAMAGE:
            rule = Share(SourceKind.CAP, "Damage cap of the archetype", _snapped(rest))
        else:
            rule = Share(SourceKind.RULE, "Knockback becomes knockdown", _snapped(rest))
        found.append(rule)
        return _present(found)

    def _global(self, cell: int) -> list[Share]:
        return [
            Share(atom.kind, atom.name, atom.value, atom.detail, atom.entry)
            for atom in self._atoms.to_powers(cell)
        ]

    def _probe(self, lines: Sequence[Line], boosts: Boosts) -> Local:
        slotted = NOTHING
        if lines:
            slotted = Slotted(
                (aspect, status, mode, value * _TINY) for aspect, status, mode, value in lines
            )
        worked = self._worked
        return Local(Reach(worked.prepared, worked.lent, boosts, self._context), slotted)

    def _of_pieces(self, entry: int) -> tuple[_Source, ...]:
        context, found = self._context, []
        for number, slot in enumerate(self._worked.entry.slots):
            if slot.enhancement is None or slot.level > context.force_level:
                continue
            piece = context.catalog.enhancement(slot.enhancement.enhancement)
            if piece is None:
                continue
            tables, quirks = context.ruleset.enhancements, context.quirks
            lines = lines_of(piece, slot.enhancement, tables, quirks, context.combat_level)
            if lines:
                name = piece_title(piece, context.catalog)
                share = Share(SourceKind.ENHANCEMENT, name, 0.0, "", entry, number)
                found.append(_Source(share, self._probe(lines, ())))
        return tuple(found)

    def _boosters(self) -> Iterator[tuple[int | None, Worked]]:
        """Yield the entries that lend strengths to all others, with their place in this build."""
        if self._calculation.boosters is not None:
            yield from ((None, other) for other in self._calculation.boosters)
            return
        for index, other in enumerate(self._calculation.worked):
            if other is not None and other.prepared.boosts and is_on(other, self._context):
                yield index, other

    def _of_boosts(self) -> tuple[_Source, ...]:
        found = []
        for index, other in self._boosters():
            boosts: list[tuple[Live, Power]] = [
                (boost.copy(magnitude=boost.magnitude * _TINY), reach)
                for boost, reach in other.prepared.boosts
            ]
            name = power_title(other.prepared.taken.id, self._context.catalog)
            share = Share(kind_of_entry(other, self._context), name, 0.0, "", index)
            found.append(_Source(share, self._probe((), boosts)))
        return tuple(found)


def _with(source: _Source, value: float) -> Share:
    share = source.share
    return Share(share.kind, share.name, value, share.detail, share.entry, share.slot)


def _lost(value: float) -> Share:
    return Share(SourceKind.DIVERSIFICATION, "Lost to diversification", _snapped(value))


def _snapped(value: float) -> float:
    """Take a difference that is only rounding for nothing."""
    return 0.0 if abs(value) < 1e-9 else value


def _present(shares: list[Share]) -> tuple[Share, ...]:
    """Return the shares that give anything, alike ones of one place put together."""
    found: dict[tuple[SourceKind, str, str, int | None, int | None], list[Share]] = {}
    for share in shares:
        if abs(share.value) > _ALMOST_NOTHING:
            key = (share.kind, share.name, share.detail, share.entry, share.slot)
            found.setdefault(key, []).append(share)
    return tuple(
        replace(alike[0], value=sum(share.value for share in alike)) for alike in found.values()
    )
