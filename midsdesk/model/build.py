"""A build: the immutable plan of a character.

Every level counts from 1, as players see it. Members that a file held and we do not know travel
along as JSON text in `extras` and are written back.
"""

from dataclasses import dataclass, field, replace

from midsdesk.model.ids import ArchetypeId, EnhancementId, PowerId, PowersetId
from midsdesk.model.vocab import Alignment, Grade, RelativeLevel

PRIMARY, SECONDARY, UNUSED_PLACE, FIRST_POOL, ANCILLARY = 0, 1, 2, 3, 7
PLACES = 8
POOL_PLACES = (3, 4, 5, 6)
MAX_SLOTS_IN_POWER = 6


@dataclass(frozen=True, slots=True)
class SlottedEnhancement:
    """An enhancement in a slot.

    Attributes:
        level: Invention level from 1; without meaning for origin and special enhancements.
        relative_level: Against the character's level; on inventions the number of boosters.
        obtained: The player owns it.
    """

    enhancement: EnhancementId
    level: int = 50
    grade: Grade = Grade.NONE
    relative_level: RelativeLevel = RelativeLevel.EVEN
    obtained: bool = False
    extras: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for one enhancement, bought at `level`; `alternate` is the other build's piece."""

    level: int
    enhancement: SlottedEnhancement | None = None
    alternate: SlottedEnhancement | None = None
    inherent: bool = False
    extras: str = ""


@dataclass(frozen=True, slots=True)
class SubPower:
    """A power held by a container power, with its own light."""

    power: PowerId
    included: bool
    extras: str = ""


@dataclass(frozen=True, slots=True)
class PowerEntry:
    """A power as taken in a build, or an empty pick.

    Attributes:
        power: "" for an empty pick.
        level: Level of the pick or of the grant, from 1; 0 for powers without one.
        included: Counts in the totals.
        procs_off: Chance effects of the pieces in it do not count.
        stacks: How many times a variable effect is assumed.
    """

    power: PowerId
    level: int
    slots: tuple[Slot, ...] = ()
    included: bool = False
    procs_off: bool = False
    stacks: int = 0
    inherent_slots_used: int = 0
    sub_powers: tuple[SubPower, ...] = ()
    extras: str = ""

    @property
    def is_empty(self) -> bool:
        """No power is picked here."""
        return not self.power


@dataclass(frozen=True, slots=True)
class DataSetName:
    """Which game data a build was made with; "" where unknown."""

    name: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Build:
    """The plan.

    Attributes:
        powersets: Eight places: primary, secondary, unused, four pools, ancillary; "" is none.
        entries: First the picks, empty ones too, in the order of their levels; then everything
            that was not picked (inherents, incarnates, accolades, temporary powers).
        pick_count: How many of the entries are picks.
    """

    archetype: ArchetypeId
    origin: str = ""
    alignment: Alignment = Alignment.HERO
    name: str = ""
    comment: str = ""
    powersets: tuple[PowersetId, ...] = (PowersetId(""),) * PLACES
    entries: tuple[PowerEntry, ...] = ()
    pick_count: int = 24
    made_with: DataSetName = field(default_factory=DataSetName)
    extras: str = ""

    @property
    def picks(self) -> tuple[PowerEntry, ...]:
        """The entries a player chose or may still choose."""
        return self.entries[: self.pick_count]

    @property
    def others(self) -> tuple[PowerEntry, ...]:
        """The entries that came by themselves or through a window of their own."""
        return self.entries[self.pick_count :]

    @property
    def added_slots(self) -> int:
        """Slots bought: all but the one that comes free with each power."""
        return sum(
            max(0, sum(not slot.inherent for slot in entry.slots) - 1)
            for entry in self.entries
            if not entry.is_empty
        )

    @property
    def level(self) -> int:
        """Highest level of any entry or slot that holds a power, from 1."""
        levels = [1]
        for entry in self.entries:
            if not entry.is_empty:
                levels.append(entry.level)
                levels += [slot.level for slot in entry.slots]
        return min(50, max(levels))

    def find(self, power: str) -> int | None:
        """Return the index of the entry that holds `power` (case ignored), or None."""
        wanted = power.lower()
        for index, entry in enumerate(self.entries):
            if entry.power.lower() == wanted:
                return index
        return None

    def with_entry(self, index: int, entry: PowerEntry) -> "Build":
        """Return the build with one entry exchanged."""
        return replace(self, entries=(*self.entries[:index], entry, *self.entries[index + 1 :]))
