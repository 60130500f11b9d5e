"""The default game data: names, numbers and figures of a source, without its sentences.

What describes a power, a set or a bonus in words is left blank (the program makes such texts from
the effects), so are remarks, forum codes, pictures' files and whatever is kept only as bytes. All
that a calculation reads is kept.
"""

import hashlib
import json
import lzma
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from importer import statistics
from importer.export import make_folder, write_file
from importer.mhd import layout
from importer.mhd.layout import Record
from importer.pipeline import date_of, realm_of, version_of
from importer.progress import Progress
from importer.readers import json_export
from importer.source import EffectExtra, Extras, Source, Values

# List of `Source` -> its layout and the fields with sentences in them.
_SENTENCES: Final[dict[str, tuple[Record, tuple[str, ...]]]] = {
    "archetypes": (layout.ARCHETYPE, ("description", "short_description")),
    "powersets": (layout.POWERSET, ("description",)),
    "powers": (layout.POWER, ("description", "short_description")),
    "enhancements": (layout.ENHANCEMENT, ("description",)),
    "enhancement_sets": (layout.ENHANCEMENT_SET, ("description",)),
}
_TEXTS_LEFT_OUT: Final = ("forum_codes", "old_levels", "set_types")
_SENTENCE_MEMBERS: Final = ("remark", "description", "manifest_uri")
# The longest real display name has 89 characters; one set has a description for a name.
_LONGEST_NAME: Final = 120
_PRESET: Final = 6


def named(source: Source, name: str | None) -> Source:
    """Return the source called `name`; None: by its realm."""
    return replace(source, name=name or realm_of(source.name))


def without_sentences(source: Source) -> Source:
    """Return the source with every sentence blank and nothing kept as bytes."""
    blank: dict[str, Any] = {
        name: _blank(getattr(source, name), record, fields)
        for name, (record, fields) in _SENTENCES.items()
    }
    blank["powersets"] = _named(blank["powersets"], layout.POWERSET, "set_name")
    blank["entities"] = _named(source.entities, layout.ENTITY, "uid")
    blank["enhancement_sets"] = tuple(_bonuses(values) for values in blank["enhancement_sets"])
    return replace(
        source,
        files=tuple(
            replace(file, raw=None, head=_head(file.head))
            for file in source.files
            if file.form == "powers"
        ),
        comparisons=(),
        extras=_extras(source.extras),
        texts={
            form: _without(value)
            for form, value in source.texts.items()
            if form not in _TEXTS_LEFT_OUT
        },
        **blank,
    )


# What only explains or paints; all else of the extras is names and figures.
_LEFT_OUT: Final = frozenset({"icon", "groups", "applies", "min_slot_level"})


def _extras(extras: Extras) -> Extras:
    """Return the extras without what no calculation and no list needs."""
    return Extras(
        records={name: _trimmed(records) for name, records in extras.records.items()},
        requirements=extras.requirements,
        effects={
            name: tuple(
                each and EffectExtra(each.condition, each.formulas, _members(each.extra))
                for each in effects
            )
            for name, effects in extras.effects.items()
        },
    )


def _members(extra: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in extra.items() if name not in _LEFT_OUT}


def _trimmed(records: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    found = {key: _members(members) for key, members in records.items()}
    return {key: members for key, members in found.items() if members}


def _blank(
    records: Sequence[Values], record: Record, fields: tuple[str, ...]
) -> tuple[Values, ...]:
    places = [record.position[name] for name in fields]
    found = []
    for values in records:
        changed = list(values)
        for place in places:
            changed[place] = ""
        found.append(tuple(changed))
    return tuple(found)


def _named(records: Sequence[Values], record: Record, other: str) -> tuple[Values, ...]:
    """Give each record a name for its display name, even where the source has a sentence."""
    at, other_at = record.position["display_name"], record.position[other]
    found = []
    for values in records:
        changed = list(values)
        if len(changed[at]) > _LONGEST_NAME:
            changed[at] = changed[other_at].replace("_", " ")
        found.append(tuple(changed))
    return tuple(found)


def _bonuses(values: Values) -> Values:
    changed = list(values)
    for name in ("bonuses", "special_bonuses"):
        at = layout.ENHANCEMENT_SET.position[name]
        changed[at] = tuple((special, "", *rest) for special, _text, *rest in values[at])
    return tuple(changed)


def _head(head: Any) -> dict[str, Any]:
    return {name: value for name, value in head.items() if name != "header"}


def _without(value: Any) -> Any:
    """Return a JSON value with the members that hold sentences blank."""
    if isinstance(value, list):
        return [_without(each) for each in value]
    if isinstance(value, dict):
        return {
            name: "" if name in _SENTENCE_MEMBERS else _without(each)
            for name, each in value.items()
        }
    return value


def write(source: Source, out: Path, progress: Progress) -> Path:
    """Write the pack and its manifest into the folder `out`; same source, same bytes.

    Returns:
        The pack's file.

    Raises:
        StorageError: The folder cannot be written to.
    """
    source = without_sentences(source)
    squeeze = lzma.LZMACompressor(preset=_PRESET)
    parts = []
    for part in json_export.write(source, progress):
        progress.check()
        parts.append(squeeze.compress(part.encode()))
    parts.append(squeeze.flush())
    data = b"".join(parts)
    slug = re.sub(r"[^a-z0-9.]+", "-", f"{source.name}-{version_of(source)}".lower()).strip("-")
    make_folder(out)
    path = out / f"{slug}.json.xz"
    write_file(path, [data])
    manifest = {
        "file": path.name,
        "name": source.name,
        "version": version_of(source),
        "date": date_of(source),
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "content_hash": statistics.content_hash(source, Progress()),
        "counts": statistics.counts(source),
    }
    write_file(out / "manifest.json", [(json.dumps(manifest, indent=2) + "\n").encode()])
    return path
