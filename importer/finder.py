"""What there is of a source by name, and the collecting of names that lead nowhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from importer.issues import Issue, Severity
from importer.mhd import layout
from importer.mhd.layout import Record
from importer.names import Names
from importer.source import Source, Values

# A dozen suggestions help; hundreds only cost time.
_SUGGESTIONS: Final = 200


@dataclass(frozen=True, slots=True)
class Known:
    """All names of a source."""

    archetypes: Names
    powersets: Names
    powers: Names
    entities: Names
    sets: Names
    recipes: Names
    salvage: Names
    tables: Names
    effect_ids: Names


def _key(record: Record, records: Iterable[Values]) -> Names:
    assert record.key
    at = record.position[record.key]
    return Names(values[at] for values in records)


def known_of(source: Source) -> Known:
    """Return all names of a source."""
    return Known(
        archetypes=_key(layout.ARCHETYPE, source.archetypes),
        powersets=_key(layout.POWERSET, source.powersets),
        powers=_key(layout.POWER, source.powers),
        entities=_key(layout.ENTITY, source.entities),
        sets=_key(layout.ENHANCEMENT_SET, source.enhancement_sets),
        recipes=_key(layout.RECIPE, source.recipes),
        salvage=_key(layout.SALVAGE, source.salvage),
        tables=_key(layout.MODIFIER_TABLE, source.modifier_tables),
        effect_ids=Names(source.effect_ids),
    )


class Finder:
    """Collects what leads nowhere.

    Attributes:
        played: Groups of powers a player has, in small letters, where the source claims to be
            whole: there a name that leads nowhere is an error.
    """

    def __init__(self, known: Known, played: frozenset[str] = frozenset()) -> None:
        self.known = known
        self.played = played
        self.issues: list[Issue] = []
        self._suggested = 0

    def miss(
        self,
        what: str,
        name: str,
        among: Names,
        *,
        file: str,
        record: str,
        field: str,
        severity: Severity = Severity.WARNING,
    ) -> None:
        """Report that `name` is no `what`."""
        hint = ""
        if self._suggested < _SUGGESTIONS and len(among):
            self._suggested += 1
            hint = among.suggest(name)
        self.issues.append(
            Issue(severity, "reference", file, record, field, f"There is no {what} {name}.", hint)
        )

    def warn(self, file: str, record: str, field: str, message: str, suggestion: str = "") -> None:
        """Report anything else."""
        self.issues.append(
            Issue(Severity.WARNING, "reference", file, record, field, message, suggestion)
        )

    def names(
        self, what: str, names: Iterable[str], among: Names, file: str, record: str, field: str
    ) -> None:
        """Report each of `names` that is not among those of its kind; empty ones are none."""
        for name in names:
            if name and name not in among:
                self.miss(what, name, among, file=file, record=record, field=field)


def fields_of(record: Record, values: Values, names: str) -> list[Any]:
    """Return the values of some fields."""
    return [values[record.position[name]] for name in names.split()]
