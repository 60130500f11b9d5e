"""Read-only lookup over one game database.

The calculator, the rules and the window see only this protocol. Names are looked up without
regard to case; the first of several equal names counts; what is unknown is None, never an error.
"""

from collections.abc import Iterable, Mapping
from typing import Protocol

from midsdesk.model.game import (
    Archetype,
    Enhancement,
    EnhancementClass,
    EnhancementSet,
    Entity,
    Power,
    Powerset,
    SetType,
    StaticIndexReplacement,
)
from midsdesk.model.ruleset import Ruleset


class Catalog(Protocol):
    """One game database, opened for reading."""

    @property
    def key(self) -> str:
        """Content hash: two catalogs with the same key give the same answers."""

    @property
    def name(self) -> str:
        """Data set's name, such as "Homecoming"."""

    @property
    def version(self) -> str:
        """Version the data set gives itself."""

    @property
    def ruleset(self) -> Ruleset:
        """The realm's constants."""

    def archetypes(self) -> tuple[Archetype, ...]:
        """All archetypes in file order, playable or not."""

    def archetype(self, name: str) -> Archetype | None:
        """By id."""

    def powersets(self) -> tuple[Powerset, ...]:
        """All powersets in file order."""

    def powerset(self, name: str) -> Powerset | None:
        """By full name."""

    def powersets_of(self, archetype: str) -> tuple[Powerset, ...]:
        """What an archetype may choose: primary, secondary, pool and ancillary sets, sorted."""

    def power(self, name: str) -> Power | None:
        """By full name, with its effects."""

    def powers(self, powerset: str) -> tuple[Power, ...]:
        """The powers of a set in the game's order."""

    def power_by_static_index(self, number: int) -> Power | None:
        """By the number old files use."""

    def power_aliases(self) -> Mapping[str, str]:
        """Full names other game data use for a power, in small letters, to the names used here."""

    def former_names(self) -> Mapping[str, str]:
        """What was shown under another name once: id in small letters to that name.

        Ids of powers, powersets, enhancements and their sets; empty where nothing is known.
        """

    def exchanged_names(self, version: str) -> Mapping[str, str]:
        """Names of powers that data of a version, or older, give to another power than these do.

        Args:
            version: Of the data a file was made with ("2020.9.27").

        Returns:
            Full name in small letters to the name used here; empty for newer data.
        """

    def static_index_replacements(self) -> tuple[StaticIndexReplacement, ...]:
        """Numbers of old files that have moved, as the game data list them."""

    def entity(self, name: str) -> Entity | None:
        """By id."""

    def enhancements(self) -> tuple[Enhancement, ...]:
        """All enhancements in file order."""

    def enhancement(self, name: str) -> Enhancement | None:
        """By id, exact but for case."""

    def enhancement_sets(self) -> tuple[EnhancementSet, ...]:
        """All sets in file order."""

    def enhancement_set(self, name: str) -> EnhancementSet | None:
        """By id."""

    def enhancement_classes(self) -> tuple[EnhancementClass, ...]:
        """Classes of enhancements, in order."""

    def set_types(self) -> tuple[SetType, ...]:
        """Categories of sets; the position is the number powers and sets use."""

    def special_kinds(self) -> tuple[SetType, ...]:
        """Kinds of special enhancements (Hamidon ...); the position is the number."""

    def modifier(self, table: str, level: int, column: int) -> float:
        """Value of a modifier table at a level (from 1) and an archetype's column; 0 if unknown."""

    def has_modifier_table(self, table: str) -> bool:
        """Whether the table exists."""

    def warm(self, powersets: Iterable[str]) -> None:
        """Load these powersets at once, so that no click waits for the disk."""
