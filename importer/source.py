"""What a reader hands to the pipeline: the whole content of one source, as plain records.

Every reader fills the same shape, so the stages after it do not know where the data came from.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Values: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A flaw that does not stop the reading.

    Attributes:
        severity: "error" (numbers will be wrong), "warning" (something is left out or guessed)
            or "info" (good to know).
        file: Its name; empty while only the codec knows of it.
        place: Where in the file, as a person would say it ("line 12"); may be empty.
        message: What is wrong.
        suggestion: What to do about it; may be empty.
    """

    severity: str
    file: str
    place: str
    message: str
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of the source.

    Attributes:
        name: As it is called in the folder.
        form: Which codec reads it ("powers", "levels", "raw" ...).
        head: What the file says beside its records (versions, dates), JSON-able.
        raw: The bytes, where the records alone cannot give them back (texts, JSON, opaque files).
    """

    name: str
    form: str
    head: Mapping[str, Any] = field(default_factory=dict)
    raw: bytes | None = None


@dataclass(frozen=True, slots=True)
class EffectExtra:
    """What a source knows of an effect beside its record; all JSON-able.

    Attributes:
        condition: Its condition as a tree (`importer.expressions`).
        formulas: "magnitude", "duration" -> tree.
        extra: Anything else: tags, kind of stacking, source of an attached value ...
    """

    condition: Any = None
    formulas: Mapping[str, Any] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Extras:
    """What a source knows beside its records, by name in small letters; all JSON-able.

    Attributes:
        records: List of `Source` -> key of a record -> more members.
        requirements: Power -> its requirement as a tree.
        effects: Power -> one for each of its effects, None where there is nothing.
    """

    records: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)
    requirements: Mapping[str, Any] = field(default_factory=dict)
    effects: Mapping[str, tuple[EffectExtra | None, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(any(self.records.values()) or self.requirements or self.effects)

    def of(self, name: str, key: str) -> Mapping[str, Any]:
        """Return the members of one record of a list."""
        return self.records.get(name, {}).get(key.lower(), {})

    def as_json(self) -> dict[str, Any]:
        """Return everything as one JSON-able value."""
        return {
            "records": {name: dict(each) for name, each in self.records.items() if each},
            "requirements": dict(self.requirements),
            "effects": {
                name: [
                    each and [each.condition, dict(each.formulas), dict(each.extra)]
                    for each in effects
                ]
                for name, effects in self.effects.items()
            },
        }

    @staticmethod
    def from_json(value: Mapping[str, Any]) -> "Extras":
        """Return what `as_json` made."""
        return Extras(
            records=value.get("records") or {},
            requirements={
                name: tuples(tree) for name, tree in (value.get("requirements") or {}).items()
            },
            effects={
                name: tuple(
                    each
                    and EffectExtra(
                        tuples(each[0]),
                        {form: tuples(tree) for form, tree in each[1].items()},
                        each[2],
                    )
                    for each in effects
                )
                for name, effects in (value.get("effects") or {}).items()
            },
        )


def tuples(value: Any) -> Any:
    """Return a JSON value with tuples for lists."""
    return tuple(tuples(each) for each in value) if isinstance(value, list) else value


@dataclass(frozen=True, slots=True)
class Source:
    """The content of a source; every tuple follows the layout of its kind (`importer.mhd.layout`).

    Attributes:
        name: Of the data set, such as the folder's name.
        files: All files in the order of their names.
        modifier_tables: id, base index, 55 rows (level) of columns (archetype); rows may be empty.
        texts: Parsed small tables: form -> JSON-able value (levels, maths, enhancement classes...).
        extras: What the records have no place for.
    """

    name: str
    files: tuple[SourceFile, ...]
    archetypes: tuple[Values, ...] = ()
    powersets: tuple[Values, ...] = ()
    powers: tuple[Values, ...] = ()
    entities: tuple[Values, ...] = ()
    enhancements: tuple[Values, ...] = ()
    enhancement_sets: tuple[Values, ...] = ()
    recipes: tuple[Values, ...] = ()
    salvage: tuple[Values, ...] = ()
    effect_ids: tuple[str, ...] = ()
    comparisons: tuple[Values, ...] = ()
    modifier_tables: tuple[Values, ...] = ()
    texts: Mapping[str, Any] = field(default_factory=dict)
    extras: Extras = field(default_factory=Extras)

    @property
    def is_export(self) -> bool:
        """Whether it comes from the server's own export."""
        return any(file.form == "powers" and "revision" in file.head for file in self.files)
