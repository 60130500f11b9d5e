"""From a base value and the shares of a strength to contributions that add up."""

from collections.abc import Iterable

from midsdesk.calc.calculation import Calculation
from midsdesk.calc.entry import Worked
from midsdesk.calc.explain_atoms import Atom, Atoms
from midsdesk.calc.explain_strength import Share, Strengths
from midsdesk.calc.explain_words import number
from midsdesk.calc.live import Live
from midsdesk.model.explanation import Contribution, SourceKind
from midsdesk.model.vocab import Scaling

BASE = "Base value"


class Chains:
    """Makes chains; remembers the strengths of each entry while one number is explained."""

    def __init__(self, calculation: Calculation) -> None:
        self.calculation = calculation
        self.atoms = Atoms(calculation)
        self._strengths: dict[int, Strengths] = {}

    def strengths(self, entry: int, worked: Worked) -> Strengths:
        """Return the strengths of one entry."""
        found = self._strengths.get(entry)
        if found is None:
            found = Strengths(self.calculation, entry, worked, self.atoms)
            self._strengths[entry] = found
        return found

    def magnitude(
        self, entry: int, worked: Worked, index: int, unit: float, value: float
    ) -> tuple[Contribution, ...]:
        """Return the chain of an effect's magnitude.

        Args:
            unit: What turns a magnitude into the unit wanted.
            value: The result wanted; what the chain does not reach is a rule.
        """
        each = worked.effects[index]
        base = self.atoms.raw(worked, index) * unit
        shares = self.strengths(entry, worked).magnitude(index)
        head = Contribution(SourceKind.POWER, BASE, base, base_detail(each), entry)
        return closed((head, *scaled(shares, base)), value, "Raw value is taken away again")

    def of_atom(self, atom: Atom, factor: float) -> Contribution:
        """Return an atom as a contribution; with a strength, it has a chain."""
        value = atom.value * factor
        children: tuple[Contribution, ...] = ()
        worked = self.calculation.worked[atom.entry] if atom.live is not None else None
        detail = atom.detail
        if worked is not None and atom.live is not None and atom.index is not None:
            unit = factor * atom.times
            plain = abs(atom.value - atom.live.magnitude * atom.times) < 1e-12
            if not plain:
                children = self.magnitude(atom.entry, worked, atom.index, unit, value)
                base = atom.live.magnitude * unit
                if base:
                    detail = _joined(
                        f"{number(base, 2)} × {number(value / base, 3, keep=True)}", detail
                    )
            else:
                head = base_detail(atom.live)
                detail = _joined(head, detail)
        return Contribution(atom.kind, atom.name, value, detail, atom.entry, None, children)


def base_detail(each: Live) -> str:
    """Return where a raw magnitude comes from: "scale 0.35 × Melee_Buff_Def at 50"."""
    effect = each.effect
    if effect.scaling == Scaling.MAGNITUDE and effect.modifier_table:
        times = "" if abs(effect.magnitude - 1) < 1e-6 else f" × {number(effect.magnitude, 3)}"
        return f"scale {number(each.scale, 4)}{times} × {effect.modifier_table} at 50"
    if effect.scaling == Scaling.EXPRESSION and effect.magnitude_expression:
        return "by formula"
    return ""


def scaled(shares: Iterable[Share], unit: float) -> list[Contribution]:
    """Return shares of a strength as contributions in a unit, each with its percentage."""
    found: list[Contribution] = []
    for share in shares:
        percent = f"{number(share.value * 100, 2, sign=True)} %"
        detail = _joined(percent, share.detail)
        found.append(
            Contribution(
                share.kind, share.name, share.value * unit, detail, share.entry, share.slot
            )
        )
    return found


def closed(
    parts: Iterable[Contribution], value: float, name: str, kind: SourceKind = SourceKind.RULE
) -> tuple[Contribution, ...]:
    """Return the parts, and a last one for what a rule adds to reach `value`."""
    found = tuple(parts)
    rest = value - sum(part.value for part in found)
    if abs(rest) > 1e-9 * max(1.0, abs(value)):
        return (*found, Contribution(kind, name, rest))
    return found


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
