"""A game database back to the source it came from: a folder of Mids files, or JSON."""

import json
import os
import tempfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from importer.expressions import parse
from importer.memory import no_collection
from importer.mhd import layout
from importer.mhd.folder_files import encode_file
from importer.mhd.layout import ListOf, Optional, Record
from importer.progress import Progress
from importer.readers import json_export
from importer.source import EffectExtra, Extras, Source, SourceFile, Values, tuples
from importer.transform import UNUSED_VALUES, from_json, singles
from midsdesk.errors import DiskFullError, StorageError, ValidationError
from midsdesk.storage.gamedb.dump import Dump

_NO_SPACE: Final = 28

Row = dict[str, Any]


def to_source(path: Path) -> Source:
    """Return all that was imported into a database.

    Raises:
        GameDatabaseError: The file is none, or damaged.
    """
    dump = Dump(path)
    try:
        with no_collection():
            return _source(dump)
    finally:
        dump.close()


def _source(dump: Dump) -> Source:
    return Source(
        name=dump.meta()["name"],
        files=tuple(
            SourceFile(
                row["name"],
                row["form"],
                json.loads(row["head"]) if row["head"] else {},
                None if row["raw"] is None else zlib.decompress(row["raw"]),
            )
            for row in dump.rows("source_files")
        ),
        archetypes=_records(layout.ARCHETYPE, dump.rows("archetypes")),
        powersets=_records(layout.POWERSET, dump.rows("powersets")),
        powers=_powers(dump),
        entities=_records(layout.ENTITY, dump.rows("entities")),
        enhancements=_enhancements(dump),
        enhancement_sets=_sets(dump),
        recipes=_recipes(dump),
        salvage=_records(layout.SALVAGE, dump.rows("salvage")),
        effect_ids=tuple(row["name"] for row in dump.rows("effect_ids")),
        comparisons=_records(layout.COMPARE_OVERRIDE, dump.rows("comparisons")),
        modifier_tables=tuple(_modifier_table(row) for row in dump.rows("modifier_tables")),
        texts={row["form"]: json.loads(row["value"]) for row in dump.rows("texts")},
        extras=_extras(dump),
    )


_EXTRA_KEYS: Final = {
    "archetypes": "class_name",
    "powersets": "full_name",
    "powers": "full_name",
    "entities": "uid",
    "enhancements": "uid",
    "enhancement_sets": "uid",
}


def _extras(dump: Dump) -> Extras:
    """Return what the columns beside the records hold."""
    records: dict[str, dict[str, Any]] = {}
    requirements: dict[str, Any] = {}
    names: dict[int, str] = {}
    for table, key in _EXTRA_KEYS.items():
        for row in dump.rows(table):
            name = row[key].lower()
            if row["extra"]:
                records.setdefault(table, {})[name] = json.loads(row["extra"])
            if table == "powers":
                names[row["position"]] = name
                if row["requirement_expression"]:
                    requirements[name] = parse(row["requirement_expression"])
    return Extras(records, requirements, _effect_extras(dump, names))


def _effect_extras(dump: Dump, names: Mapping[int, str]) -> dict[str, Any]:
    found: dict[str, list[EffectExtra | None]] = {}
    for row in dump.rows("effects"):
        if row["power"] is None:
            continue
        known = row["parsed_conditions"], row["parsed_expressions"], row["extra"]
        values = [json.loads(text) if text else None for text in known]
        extra = None
        if any(known):
            formulas = {form: tuples(tree) for form, tree in (values[1] or {}).items()}
            extra = EffectExtra(tuples(values[0]), formulas, values[2] or {})
        found.setdefault(names[row["power"]], []).append(extra)
    return {name: tuple(each) for name, each in found.items() if any(each)}


def _records(record: Record, rows: Iterable[Row]) -> tuple[Values, ...]:
    make = _maker(record)
    return tuple(make(row) for row in rows)


def _maker(record: Record) -> Callable[[Row], Values]:
    """Return what makes a record of a row: lists out of JSON, everything else as it is."""
    lists = [each.name for each in record.fields if isinstance(each.kind, ListOf)]
    values = [each.name for each in record.fields if isinstance(each.kind, Record)]
    names = record.names
    # Exact hit points stand where a record has whole ones.
    whole = "hit_points" if record is layout.ARCHETYPE else ""

    def make(row: Row) -> Values:
        for name in lists:
            found = row.get(name)
            if not isinstance(found, tuple):
                row[name] = from_json(found)
        if whole:
            row[whole] = round(row[whole])
        for name in values:
            row[name] = UNUSED_VALUES if row[name] is None else from_json(row[name])
        return tuple([row[name] for name in names])

    assert not any(isinstance(each.kind, Optional) for each in record.fields) or record is (
        layout.ENHANCEMENT_EFFECT
    )
    return make


def _effects(dump: Dump) -> Iterable[tuple[Row, Callable[[str], Values]]]:
    make = _maker(layout.EFFECT)
    for row in dump.rows("effects"):

        def effect(owner: str, row: Row = row) -> Values:
            row["power"] = owner if row["owner"] is None else row["owner"]
            return make(row)

        yield {"power": row["power"], "line": row["line"]}, effect


def _powers(dump: Dump) -> tuple[Values, ...]:
    effects: dict[int, list[Callable[[str], Values]]] = defaultdict(list)
    for owner, effect in _effects(dump):
        if owner["power"] is not None:
            effects[owner["power"]].append(effect)
    make = _maker(layout.POWER)
    found = []
    for row in dump.rows("powers"):
        row["effects"] = tuple(each(row["full_name"]) for each in effects.pop(row["position"], ()))
        found.append(make(row))
    return tuple(found)


def _enhancements(dump: Dump) -> tuple[Values, ...]:
    effects = {
        owner["line"]: effect("") for owner, effect in _effects(dump) if owner["line"] is not None
    }
    make_line = _maker(layout.ENHANCEMENT_EFFECT)
    lines: dict[int, list[Values]] = defaultdict(list)
    for row in dump.rows("enhancement_lines"):
        row["effect"] = effects.get(row["position"])
        lines[row["enhancement"]].append(make_line(row))
    make = _maker(layout.ENHANCEMENT)
    found = []
    for row in dump.rows("enhancements"):
        row["effects"] = tuple(lines.get(row["position"], ()))
        found.append(make(row))
    return tuple(found)


def _sets(dump: Dump) -> tuple[Values, ...]:
    bonuses: dict[tuple[int, bool], list[Values]] = defaultdict(list)
    makers = {True: _maker(layout.SPECIAL_BONUS), False: _maker(layout.SET_BONUS)}
    for row in dump.rows("set_bonuses"):
        of_piece = row["of_piece"]
        bonuses[row["enhancement_set"], of_piece].append(makers[of_piece](row))
    make = _maker(layout.ENHANCEMENT_SET)
    found = []
    for row in dump.rows("enhancement_sets"):
        row["bonuses"] = tuple(bonuses.get((row["position"], False), ()))
        row["special_bonuses"] = tuple(bonuses.get((row["position"], True), ()))
        found.append(make(row))
    return tuple(found)


def _recipes(dump: Dump) -> tuple[Values, ...]:
    levels: dict[int, list[Values]] = defaultdict(list)
    make_level = _maker(layout.RECIPE_LEVEL)
    for row in dump.rows("recipe_levels"):
        levels[row["recipe"]].append(make_level(row))
    make = _maker(layout.RECIPE)
    found = []
    for row in dump.rows("recipes"):
        row["levels"] = tuple(levels.get(row["position"], ()))
        found.append(make(row))
    return tuple(found)


def _modifier_table(row: Row) -> Values:
    numbers = singles(row["numbers"])
    rows = []
    start = 0
    for length in json.loads(row["row_lengths"]):
        rows.append(tuple(numbers[start : start + length]))
        start += length
    return row["id"], row["base_index"], tuple(rows)


def write_folder(source: Source, out: Path, progress: Progress) -> int:
    """Write the Mids files of a source into the folder `out`.

    Returns:
        How many there were.

    Raises:
        ValidationError: The source did not come from a Mids folder.
        StorageError: A file cannot be written.
    """
    if not _came_from_folder(source):
        raise ValidationError(
            "This game data did not come from a folder of Mids files; export it as json."
        )
    make_folder(out)
    for number, file in enumerate(source.files):
        progress.step(number, len(source.files))
        write_file(out / file.name, [encode_file(source, file)])
    progress.step(len(source.files), len(source.files))
    return len(source.files)


def _came_from_folder(source: Source) -> bool:
    """Whether every file can be written again; the pack, for one, keeps none of the texts."""
    forms = {file.form for file in source.files}
    if "server_data_binary" in forms:
        forms.add("server_data")
    safe = all(file.name == Path(file.name).name and file.name for file in source.files)
    return safe and "powers" in forms and forms.issuperset(source.texts)


def write_json(source: Source, out: Path, progress: Progress) -> None:
    """Write the JSON export.

    Raises:
        StorageError: The file cannot be written.
    """
    make_folder(out.parent)
    write_file(out, (part.encode() for part in json_export.write(source, progress)))
    progress.step(1, 1)


def make_folder(path: Path) -> None:
    """Make a folder and those above it.

    Raises:
        StorageError: It cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as cause:
        raise StorageError(f"Cannot make the folder {path} ({cause.strerror}).") from cause


def write_file(path: Path, parts: Iterable[bytes]) -> None:
    """Write a file beside its place, then put it there: never half a file.

    Raises:
        DiskFullError, StorageError: It cannot be written.
    """
    temporary = None
    try:
        with tempfile.NamedTemporaryFile(
            dir=path.parent, prefix=f"{path.name}.", suffix=".partial", delete=False
        ) as file:
            temporary = Path(file.name)
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as cause:
        if cause.errno == _NO_SPACE:
            raise DiskFullError(f"There is no room left on the disk for {path}.") from cause
        raise StorageError(f"Cannot write {path} ({cause.strerror}).") from cause
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
