"""What a problem is: its kind, its place, its reason, and the ways to mend it.

`Measured` and its parts are what only the calculator knows; `midsdesk.app.problems_view` fills
them in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from midsdesk.model.ids import EnhancementId, EnhancementSetId

RULE_OF_FIVE = 5


class Severity(IntEnum):
    """How bad it is."""

    ERROR = 0
    WARNING = 1
    HINT = 2


class ProblemGroup(StrEnum):
    """What kind of list it belongs to."""

    RULES = "rules"
    WASTE = "waste"
    UNFINISHED = "unfinished"


class ProblemKind(StrEnum):
    """What it is about."""

    ILLEGAL = "illegal"
    UNKNOWN = "unknown"
    WASTED_BONUS = "wasted_bonus"
    OVER_CAP = "over_cap"
    DIVERSIFICATION = "diversification"
    DEAD_PROC = "dead_proc"
    EMPTY_SLOT = "empty_slot"
    UNUSED_POWERSET = "unused_powerset"
    ONLY_REQUIREMENT = "only_requirement"
    MISSING_PICKS = "missing_picks"
    MISSING_SLOTS = "missing_slots"

    @property
    def group(self) -> ProblemGroup:
        """Rules are broken, something is wasted, or something is still to do."""
        if self in (ProblemKind.ILLEGAL, ProblemKind.UNKNOWN):
            return ProblemGroup.RULES
        wasted = (
            ProblemKind.WASTED_BONUS,
            ProblemKind.OVER_CAP,
            ProblemKind.DIVERSIFICATION,
            ProblemKind.DEAD_PROC,
        )
        return ProblemGroup.WASTE if self in wasted else ProblemGroup.UNFINISHED


class Action(StrEnum):
    """What a remedy does; `midsdesk.app.problems_view` turns it into a command."""

    GO_TO = "go_to"
    CHOOSE_PIECE = "choose_piece"
    CHOOSE_POWER = "choose_power"
    CLEAR_SLOT = "clear_slot"
    REMOVE_SLOT = "remove_slot"
    REMOVE_POWER = "remove_power"
    CHOOSE_POWERSET = "choose_powerset"
    CHOOSE_ARCHETYPE = "choose_archetype"
    SWITCH_ON = "switch_on"
    SWITCH_OFF = "switch_off"
    PROCS_ON = "procs_on"
    COUNT_EFFECTS = "count_effects"  # a setting, no step of the build
    TAKE_POWER = "take_power"
    SHOW_SOURCES = "show_sources"


@dataclass(frozen=True, slots=True)
class Remedy:
    """One way to mend it.

    Attributes:
        label: As the link says it: "Switch it off".
        entry, slot: What it changes. name: a power, the key of a number, or a powerset place.
    """

    label: str
    action: Action
    entry: int | None = None
    slot: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One row of the list.

    Attributes:
        title: One line. reason: one sentence with numbers.
        entry, slot: Where it is; None for the build as a whole.
    """

    kind: ProblemKind
    severity: Severity
    title: str
    reason: str
    entry: int | None = None
    slot: int | None = None
    remedies: tuple[Remedy, ...] = ()


@dataclass(frozen=True, slots=True)
class WastedBonus:
    """A bonus over the rule of five.

    Attributes:
        effect: In words. pieces: those that give nothing but this bonus.
        number: Which copy it is.
    """

    entry: int
    set_id: EnhancementSetId
    set_name: str
    effect: str
    number: int
    pieces: tuple[EnhancementId, ...]


@dataclass(frozen=True, slots=True)
class OverCap:
    """A number over its cap, as texts in its unit; entries: lit powers that raise it most."""

    key: str
    name: str
    lost: str
    cap: str
    entries: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DeepSlot:
    """A piece that diversification leaves little of; strengths are fractions.

    Attributes:
        strength: What is strengthened. slotted, left: sums before and after diversification.
        gives, adds: What the piece gives, and what of it arrives.
        for_set: The piece counts for a set bonus too.
    """

    entry: int
    slot: int
    strength: str
    slotted: float
    left: float
    gives: float
    adds: float
    for_set: bool


class DeadReason(StrEnum):
    """Why a proc cannot fire."""

    PROCS_OFF = "procs_off"
    NOT_LIT = "not_lit"
    NEVER_USED = "never_used"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class DeadProc:
    """A chance effect that cannot fire."""

    entry: int
    slot: int
    piece: str
    reason: DeadReason


@dataclass(frozen=True, slots=True)
class Measured:
    """What the calculator found."""

    wasted: Sequence[WastedBonus] = ()
    over_cap: Sequence[OverCap] = ()
    deep: Sequence[DeepSlot] = ()
    dead: Sequence[DeadProc] = ()
