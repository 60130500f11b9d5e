"""Why a number is what it is: its contributions, largest first, and what was left out.

The values of an explanation's contributions add up to the number shown. What a rule or a cap takes
away is a contribution of its own, with a negative value.
"""

from dataclasses import dataclass
from enum import StrEnum


class SourceKind(StrEnum):
    """Where a contribution comes from."""

    ARCHETYPE = "archetype"  # base value of the archetype
    REALM = "realm"  # base value everybody has
    SETTING = "setting"
    BASE = "base"  # a power's own value, before anything strengthens it
    POWER = "power"
    INHERENT = "inherent"
    ACCOLADE = "accolade"
    TEMPORARY = "temporary"
    INCARNATE = "incarnate"
    ENHANCEMENT = "enhancement"  # strength of a slotted enhancement
    PROC = "proc"  # effect of a slotted enhancement
    SET_BONUS = "set_bonus"
    GLOBAL = "global"
    DIVERSIFICATION = "diversification"
    CAP = "cap"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Contribution:
    """One share of a number.

    Attributes:
        name: Of the power, the set, the enhancement or the rule, as players know it.
        entry: Index of the entry it sits in, None for none.
        slot: Number of the slot, None for none.
        detail: In words: "3.50 % × 1.159", "set bonus for 6 in Fire Ball, 2 of 5".
        value: In the unit of the explanation.
        children: Shares of this one, in the order they are computed; they add up to `value`.
    """

    kind: SourceKind
    name: str
    value: float
    detail: str = ""
    entry: int | None = None
    slot: int | None = None
    children: tuple["Contribution", ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that could have counted and did not. `value`: what it would have added."""

    kind: SourceKind
    name: str
    value: float
    reason: str
    entry: int | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """One number with everything it is made of.

    Attributes:
        key: Of the statistic, or the figure of a power.
        unit: As `Statistic.unit`; "s", "ft", "points", "%" for figures.
        contributions: Largest first; their values add up to `value`.
        left_out: What was not counted, largest first.
    """

    key: str
    label: str
    value: float
    unit: str
    contributions: tuple[Contribution, ...]
    left_out: tuple[LeftOut, ...] = ()
    entry: int | None = None
