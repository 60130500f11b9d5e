"""The catalog over a game database file.

Opening reads what every click needs: archetypes, powersets and which powers are in them. Powers
with their effects, enhancements and modifier tables are read when first asked for and kept.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from midsdesk.errors import GameDatabaseError
from midsdesk.model.game import (
    Archetype,
    Effect,
    Enhancement,
    EnhancementClass,
    EnhancementSet,
    Entity,
    Power,
    Powerset,
    SetType,
    StaticIndexReplacement,
)
from midsdesk.model.ids import PowerId
from midsdesk.model.ruleset import Ruleset
from midsdesk.model.vocab import PowersetKind
from midsdesk.storage.gamedb import constants, pieces, rulesets, shapes
from midsdesk.storage.gamedb.connection import ReadConnection
from midsdesk.storage.gamedb.modifiers import ModifierTables
from midsdesk.storage.gamedb.rulesets import RulesetFolders
from midsdesk.storage.gamedb.search import Found, Terms, found_in

_NO_FOLDERS: Final = RulesetFolders()


class GameDatabase:
    """`midsdesk.model.catalog.Catalog` over one file. Nothing in it ever changes.

    Every method may raise GameDatabaseError if the file turns out to be damaged.
    """

    def __init__(self, path: Path, folders: RulesetFolders = _NO_FOLDERS) -> None:
        """Open the file.

        Args:
            path: Where it is.
            folders: Where ruleset files are looked for.

        Raises:
            GameDatabaseError: It is missing, none of ours, damaged, or of another version.
        """
        self._file = ReadConnection(path)
        self._folders = folders
        try:
            self._open()
        except (KeyError, TypeError, ValueError, IndexError) as cause:
            self._file.close()
            raise GameDatabaseError(
                f"The game database {path} is incomplete ({cause!r}). Import the game data again."
            ) from cause
        except BaseException:
            self._file.close()
            raise

    def _open(self) -> None:
        rows = self._file.rows
        self.meta: dict[str, str] = dict(rows("SELECT name, value FROM meta"))
        self._texts = {
            form: json.loads(value) for form, value in rows("SELECT form, value FROM texts")
        }
        rules = self._folders.chosen(self.meta).rules
        texts = self._texts if rules is None else rulesets.laid_over(self._texts, rules)
        self._ruleset = constants.ruleset(self.meta["realm"], texts)
        self._archetypes = tuple(
            Archetype(*shapes.ARCHETYPES.values(row))
            for row in rows(f"SELECT {shapes.ARCHETYPES.columns} FROM archetypes ORDER BY position")
        )
        self._archetype_named = _first_named(self._archetypes)
        self._read_members()
        self._powersets = self._read_powersets()
        self._powerset_named = _first_named(self._powersets)
        self._sets_in_group: dict[str, list[Powerset]] = defaultdict(list)
        self._sets_of_kind: dict[int, list[Powerset]] = defaultdict(list)
        for each in self._powerset_named.values():  # a second set of a name is not there
            self._sets_in_group[each.group.lower()].append(each)
            self._sets_of_kind[each.kind].append(each)
        self._powers: dict[int, Power] = {}
        self._offers: dict[str, tuple[Powerset, ...]] = {}
        self._modifiers = ModifierTables(self._file)

    def _read_members(self) -> None:
        """Find out which powers there are, by name, and which are in each set, in order."""
        self._position_named: dict[str, int] = {}
        self._members: dict[int | None, list[tuple[int, PowerId]]] = defaultdict(list)
        # The index gives set by set; two powers of one name are always in the same.
        first = self._position_named.setdefault
        query = "SELECT position, full_name, powerset FROM powers INDEXED BY powers_by_set"
        for position, name, powerset in self._file.rows(f"{query} ORDER BY powerset, position"):
            # Of two powers of one name the first counts.
            if first(name.lower(), position) == position:
                self._members[powerset].append((position, name))

    def _read_powersets(self) -> tuple[Powerset, ...]:
        query = f"SELECT {shapes.POWERSETS.columns} FROM powersets ORDER BY position"
        at = shapes.POWERSETS.names.index("position")
        found = []
        for row in self._file.rows(query):
            powers = tuple([name for _, name in self._members.get(row[at], ())])
            fields = [*shapes.POWERSETS.values(row), powers]
            found.append(Powerset(*fields))
        return tuple(found)

    @property
    def key(self) -> str:
        """Content hash."""
        return self.meta["content_hash"]

    @property
    def name(self) -> str:
        """Data set's name."""
        return self.meta["name"]

    @property
    def version(self) -> str:
        """Version the data set gives itself."""
        return self.meta["version"]

    @property
    def ruleset(self) -> Ruleset:
        """The realm's constants."""
        return self._ruleset

    def archetypes(self) -> tuple[Archetype, ...]:
        """All archetypes in file order."""
        return self._archetypes

    def archetype(self, name: str) -> Archetype | None:
        """By id."""
        return self._archetype_named.get(name.lower())

    def powersets(self) -> tuple[Powerset, ...]:
        """All powersets in file order."""
        return self._powersets

    def powerset(self, name: str) -> Powerset | None:
        """By full name, or by the one it had when its powers had other names."""
        found = self._powerset_named.get(name.lower())
        if found is None:
            found = self._powerset_named.get(self._powerset_aliases.get(name.lower(), ""))
        return found

    @cached_property
    def _powerset_aliases(self) -> dict[str, str]:
        """Sets that no longer are there to those that have their powers, in small letters."""
        found: dict[str, str] = {}
        for old, new in self.power_aliases().items():
            found.setdefault(old.rpartition(".")[0], new.rpartition(".")[0].lower())
        return found

    def powersets_of(self, archetype: str) -> tuple[Powerset, ...]:
        """Primary, secondary, pool and ancillary sets; by group, then display name."""
        key = archetype.lower()
        if key not in self._offers:
            found = self.archetype(archetype)
            offered = self._offered(found) if found else []
            self._offers[key] = tuple(
                sorted(offered, key=lambda each: (each.group.lower(), each.display_name.lower()))
            )
        return self._offers[key]

    def _offered(self, archetype: Archetype) -> list[Powerset]:
        groups = {archetype.primary_group.lower(), archetype.secondary_group.lower()}
        found = [each for group in groups for each in self._sets_in_group.get(group, ())]
        more = [
            *self._sets_of_kind[PowersetKind.POOL],
            *(
                each
                for each in self._sets_of_kind[PowersetKind.ANCILLARY]
                if self._is_ancillary_of(each, archetype)
            ),
        ]
        return found + [each for each in more if each.group.lower() not in groups]

    def _is_ancillary_of(self, powerset: Powerset, archetype: Archetype) -> bool:
        if powerset.archetype.lower() == archetype.id.lower():
            return True
        return archetype.id.lower() in self._first_power_accepts.get(powerset.position, ())

    @cached_property
    def _first_power_accepts(self) -> dict[int, frozenset[str]]:
        """For each ancillary set the archetypes that may take its first power."""
        everyone = frozenset(self._archetype_named)
        first_of = {
            self._members[each.position][0][0]: each.position
            for each in self._sets_of_kind[PowersetKind.ANCILLARY]
            if each.powers
        }
        query = f"SELECT {shapes.REQUIREMENTS.columns}, position FROM powers WHERE position IN"
        accepts = {}
        for *columns, position in self._file.rows(f"{query} ({_marks(first_of)})", first_of):
            needs = shapes.requirement_of(tuple(columns))
            wanted = frozenset(name.lower() for name in needs.required_classes) or everyone
            excluded = {name.lower() for name in needs.excluded_classes}
            accepts[first_of[position]] = wanted - excluded
        return accepts

    def power(self, name: str) -> Power | None:
        """By full name, with its effects."""
        position = self._position_named.get(name.lower())
        if position is None:
            return None
        if position not in self._powers:
            self._read_powers([position])
        return self._powers[position]

    def powers(self, powerset: str) -> tuple[Power, ...]:
        """The powers of a set in the game's order; a power's full name stands for it alone.

        Entities of the server's export have single powers of a set.
        """
        found = self.powerset(powerset)
        alone = None if found else self.power(powerset)
        if alone is not None:
            return (alone,)
        positions = [at for at, _ in self._members.get(found.position, ())] if found else []
        self._read_powers(positions)
        return tuple(self._powers[position] for position in positions)

    def power_by_static_index(self, number: int) -> Power | None:
        """By the number old files use; the first counts."""
        name = self._file.value(
            "SELECT full_name FROM powers WHERE static_index = ? ORDER BY position LIMIT 1",
            (number,),
        )
        return None if name is None else self.power(name)

    def power_aliases(self) -> Mapping[str, str]:
        """Full names other game data use, in small letters, to the names used here."""
        return self._aliases

    @cached_property
    def _aliases(self) -> dict[str, str]:
        return constants.power_aliases(self._texts)

    def former_names(self) -> Mapping[str, str]:
        """What was shown under another name once, by id in small letters."""
        return constants.former_names(self._texts)

    def exchanged_names(self, version: str) -> Mapping[str, str]:
        """Names that data of this version, or older, give to another power."""
        return constants.exchanged_names(self._texts, version)

    def static_index_replacements(self) -> tuple[StaticIndexReplacement, ...]:
        """Numbers of old files that have moved."""
        return constants.static_index_replacements(self._texts)

    def warm(self, powersets: Iterable[str]) -> None:
        """Load these powersets at once."""
        found = [each for each in map(self.powerset, powersets) if each]
        self._read_powers(
            [position for each in found for position, _ in self._members.get(each.position, ())]
        )

    def _read_powers(self, positions: Sequence[int]) -> None:
        missing = [position for position in positions if position not in self._powers]
        for start in range(0, len(missing), _AT_ONCE):
            part = missing[start : start + _AT_ONCE]
            effects = self._effects_of("power", part)
            query = (
                f"SELECT {shapes.POWERS.columns}, {shapes.REQUIREMENTS.columns} FROM powers"
                f" WHERE position IN ({_marks(part)})"
            )
            at = shapes.POWERS.names.index("position")
            for row in self._file.rows(query, part):
                self._powers[row[at]] = shapes.power(row, tuple(effects.get(row[at], ())))

    def _effects_of(self, column: str, owners: Sequence[int]) -> dict[int, list[Effect]]:
        shape = shapes.EFFECTS
        query = (
            f"SELECT {shape.columns}, {column} FROM effects"
            f" WHERE {column} IN ({_marks(owners)}) ORDER BY position"
        )
        found: dict[int, list[Effect]] = {}
        for row in self._file.rows(query, owners):
            *values, owner = shape.values(row)
            found.setdefault(owner, []).append(Effect(*values))
        return found

    def entity(self, name: str) -> Entity | None:
        """By id."""
        return self._entity_named.get(name.lower())

    @cached_property
    def _entity_named(self) -> dict[str, Entity]:
        query = f"SELECT {shapes.ENTITIES.columns} FROM entities ORDER BY position"
        return _first_named(
            tuple(Entity(*shapes.ENTITIES.values(row)) for row in self._file.rows(query))
        )

    def enhancements(self) -> tuple[Enhancement, ...]:
        """All enhancements in file order."""
        return self._pieces.enhancements

    def enhancement(self, name: str) -> Enhancement | None:
        """By id, exact but for case, or by another name the source knows it by."""
        found = self._enhancement_named.get(name.lower())
        if found is None:
            found = self._enhancement_named.get(self._enhancement_aliases.get(name.lower(), ""))
        return found

    def enhancement_sets(self) -> tuple[EnhancementSet, ...]:
        """All sets in file order."""
        return self._pieces.sets

    def enhancement_set(self, name: str) -> EnhancementSet | None:
        """By id."""
        return self._set_named.get(name.lower())

    @cached_property
    def _pieces(self) -> pieces.Pieces:
        with_effect = self._file.rows("SELECT line FROM effects WHERE line IS NOT NULL")
        effects = self._effects_of("line", [line for (line,) in with_effect])
        return pieces.read(
            self._file,
            effects={line: found[0] for line, found in effects.items()},
            class_indices=[each.index for each in self.enhancement_classes()],
            power_named=self._power_name,
        )

    def _power_name(self, name: str) -> str:
        """Return the power's name as it is written, "" if there is no such power."""
        position = self._position_named.get(name.lower())
        if position is None:
            return ""
        return str(self._file.value("SELECT full_name FROM powers WHERE position = ?", (position,)))

    @cached_property
    def _enhancement_named(self) -> dict[str, Enhancement]:
        return _first_named(self._pieces.enhancements)

    @cached_property
    def _enhancement_aliases(self) -> dict[str, str]:
        """Other names of enhancements (attuned forms, misspellings) to ids, in small letters."""
        found: dict[str, str] = {}
        query = "SELECT uid, extra FROM enhancements WHERE extra IS NOT NULL ORDER BY position"
        for uid, extra in self._file.rows(query):
            for other in json.loads(extra).get("also") or ():
                found.setdefault(other.lower(), uid.lower())
        return found

    @cached_property
    def _set_named(self) -> dict[str, EnhancementSet]:
        return _first_named(self._pieces.sets)

    @cached_property
    def _classes(self) -> tuple[EnhancementClass, ...]:
        return constants.enhancement_classes(self._texts)

    def enhancement_classes(self) -> tuple[EnhancementClass, ...]:
        """Classes of enhancements, in order."""
        return self._classes

    @cached_property
    def _set_types(self) -> tuple[SetType, ...]:
        return constants.set_types(self._texts, "set_types")

    def set_types(self) -> tuple[SetType, ...]:
        """Categories of sets."""
        return self._set_types

    @cached_property
    def _special_kinds(self) -> tuple[SetType, ...]:
        return constants.set_types(self._texts, "special_enhancement_types")

    def special_kinds(self) -> tuple[SetType, ...]:
        """Kinds of special enhancements."""
        return self._special_kinds

    def search(self, terms: Terms, limit: int) -> tuple[Found, ...]:
        """Return what the search index has for the terms, best first.

        Raises:
            GameDatabaseError: The file is damaged.
        """
        return found_in(self._file, terms, limit)

    def modifier(self, table: str, level: int, column: int) -> float:
        """Value of a modifier table at a level (from 1) and a column; 0 if unknown."""
        return self._modifiers.value(table, level, column)

    def has_modifier_table(self, table: str) -> bool:
        """Whether the table exists."""
        return self._modifiers.has(table)

    def close(self) -> None:
        """Close the file; what was read stays usable."""
        self._file.close()


_AT_ONCE = 500


def _marks(values: Iterable[Any]) -> str:
    return ", ".join("?" for _ in values)


def _first_named(things: Sequence[Any]) -> dict[str, Any]:
    """Return the things by id in small letters; of equal ones the first counts."""
    return {thing.id.lower(): thing for thing in reversed(things)}
