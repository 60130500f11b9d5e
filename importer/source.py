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
class Source:
    """The content of a source; every tuple follows the layout of its kind (`importer.mhd.layout`).

    Attributes:
        name: Of the data set, such as the folder's name.
        files: All files in the order of their names.
        modifier_tables: id, base index, 55 rows (level) of columns (archetype); rows may be empty.
        texts: Parsed small tables: form -> JSON-able value (levels, maths, enhancement classes...).
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
