"""From a base value and the shares of a strength to contributions that add up."""

from collections.abc import Iterable

from midsdesk.calc.calculation import Calculation
from midsdesk.calc.entry import Worked
from midsdesk.calc.explain_atoms import Atom, Atoms
from midsdesk.calc.explain_strength import Share, Strengths
from midsdesk.calc.explain_words import number
from midsdesk.calc.live import Live
from midsdesk.calc.quirks import Quirk
from midsdesk.model.explanation import Contribution, SourceKind
from midsdesk.model.vocab import Scaling

BASE = "Base value"
REVERTED = "A result of 0 counts as none"
TAKEN_AGAIN = "The raw value of a click is taken away"


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
        self, entry: int, worked: Worked, index: int, unit: float
    ) -> tuple[Contribution, ...]:
        """Return the chain of an effect's magnitude.

        Args:
            unit: What turns a magnitude into the unit wanted.
        """
        each = worked.effects[index]
        base = self.atoms.raw(worked, index) * unit
        shares = self.strengths(entry, worked).magnitude(index)
        head = Contribution(SourceKind.BASE, BASE, base, base_detail(each), entry)
        chain = (head, *scaled(shares, base))
        if base and self.atoms.strength(worked, index) == 0 and self._reverts:
            return (*chain, Contribution(SourceKind.RULE, REVERTED, base))
        return chain

    @property
    def _reverts(self) -> bool:
        return Quirk.ZERO_REVERTS_TO_BASE in self.calculation.context.quirks

    def of_atom(self, atom: Atom, factor: float, sign: str = "") -> Contribution:
        """Return an atom as a contribution; with a strength, it has a chain.

        Args:
            factor: What turns the value into the unit wanted. sign: that of the unit, "%".
        """
        value = atom.value * factor
        children: tuple[Contribution, ...] = ()
        worked = self.calculation.worked[atom.entry] if atom.live is not None else None
        detail = atom.detail
        if worked is not None and atom.live is not None and atom.index is not None:
            unit = factor * atom.times
            plain = abs(atom.value - atom.live.magnitude * atom.times) < 1e-12
            if not plain:
                children = self.magnitude(atom.entry, worked, atom.index, unit)
                if atom.taken:
                    again = Contribution(SourceKind.RULE, TAKEN_AGAIN, -atom.taken * factor)
                    children = (*children, again)
                base = self.atoms.raw(worked, atom.index) * unit
                if base and not atom.taken:
                    times = f"{number(base, 2, keep=True)}{sign and ' '}{sign}"
                    detail = _joined(f"{times} × {number(value / base, 3, keep=True)}", detail)
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


def scaled(shares: Iterable[Share], unit: float, *, plain: bool = False) -> list[Contribution]:
    """Return shares of a strength as contributions in a unit, each with its percentage.

    Args:
        plain: The unit is percent, so it need not be said again.
    """
    found: list[Contribution] = []
    for share in shares:
        percent = "" if plain else f"{number(share.value * 100, 2, sign=True)} %"
        detail = _joined(percent, share.detail)
        found.append(
            Contribution(
                share.kind, share.name, share.value * unit, detail, share.entry, share.slot
            )
        )
    return found


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
