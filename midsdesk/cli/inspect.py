"""midsdesk-cli inspect: what is in build files, what of them was doubtful, and why."""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from midsdesk.app.import_rows import rows_of
from midsdesk.app.imports import Brought, Import
from midsdesk.cli.catalog import open_catalog
from midsdesk.cli.convert_files import Failures, each, expanded, load
from midsdesk.errors import MidsdeskError
from midsdesk.formats.forms import Choice, Reading
from midsdesk.model.build import Build, PowerEntry
from midsdesk.model.catalog import Catalog
from midsdesk.report.names import piece_name, power_name, set_name


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("inspect", help="show what is in builds", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="IN", help="builds or folders")
    parser.add_argument("--json", action="store_true", help="one JSON object a file and line")
    parser.add_argument("--report", action="store_true", help="every line or field")
    parser.add_argument("--data", type=Path, metavar="DB", help="game database")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Show every file; the exit code is that of the worst one."""
    catalog = open_catalog(args.data)
    files = expanded(args.files)
    failures = Failures()

    def show(path: Path) -> None:
        try:
            reading = load(path, catalog)
        except MidsdeskError as error:
            if args.json:
                _line({"file": str(path), "error": _error(error)})
            raise
        if args.json:
            _line({"file": str(path), **as_json(reading, catalog, rows=args.report)})
        elif args.report:
            made = Import(Brought(b"", str(path)), reading, catalog)
            sys.stdout.write("".join(f"{_shown(line)}\n" for line in made.text().splitlines()))
        else:
            sys.stdout.write("".join(f"{line}\n" for line in _words(path, reading, catalog)))

    each(files, show, failures)
    if len(files) > 1 and not args.json:
        good = len(files) - failures.count
        sys.stdout.write(f"{good} of {len(files)} files hold a build.\n")
    return failures.worst


def _line(value: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=True) + "\n")


def _error(error: MidsdeskError) -> dict[str, str]:
    return {"code": error.code, "message": error.user_message}


def as_json(reading: Reading, catalog: Catalog, *, rows: bool = False) -> dict[str, Any]:
    """What a reading holds, ready for `json.dumps`; `rows`: with every line or field."""
    build = reading.build
    report = {"report": [asdict(row) for row in rows_of(reading, catalog)]} if rows else {}
    return {
        **report,
        "form": str(reading.form),
        "name": build.name,
        "archetype": build.archetype,
        "origin": build.origin,
        "alignment": build.alignment.name.lower(),
        "level": build.level,
        "powersets": list(build.powersets),
        "comment": build.comment,
        "made_with": {"name": build.made_with.name, "version": build.made_with.version},
        "picks": [_entry(entry, catalog) for entry in build.picks],
        "others": [_entry(entry, catalog) for entry in build.others if not entry.is_empty],
        "slots_added": build.added_slots,
        "issues": [
            {
                "place": issue.place,
                "original": issue.original,
                "outcome": issue.outcome,
                "severity": str(issue.severity),
                "line": issue.line,
            }
            for issue in reading.issues
        ],
        "choices": [_choice(choice) for choice in reading.choices],
    }


def _choice(choice: Choice) -> dict[str, Any]:
    return {
        "place": choice.place,
        "original": choice.original,
        "outcome": choice.outcome,
        "part": str(choice.part),
        "candidates": [
            {"id": each.id, "name": each.name, "why": each.why} for each in choice.candidates
        ],
    }


def _entry(entry: PowerEntry, catalog: Catalog) -> dict[str, Any]:
    return {
        "power": entry.power,
        "name": power_name(catalog, entry.power) if entry.power else "",
        "level": entry.level,
        "included": entry.included,
        "slots": [
            {
                "level": slot.level,
                "piece": slot.enhancement.enhancement if slot.enhancement else None,
                "name": piece_name(catalog, slot.enhancement) if slot.enhancement else "",
                "alternate": slot.alternate.enhancement if slot.alternate else None,
            }
            for slot in entry.slots
        ],
    }


def _words(path: Path, reading: Reading, catalog: Catalog) -> Iterator[str]:
    build = reading.build
    yield f"{path}: {reading.form}"
    yield f"  {_who(build, catalog)}"
    sets = [set_name(catalog, each) for each in build.powersets if each]
    yield f"  {' / '.join(sets)}"
    taken = [entry for entry in build.picks if not entry.is_empty]
    yield (
        f"  {len(taken)} of {build.pick_count} picks, {build.added_slots} slots added, "
        f"made with {build.made_with.name or 'unknown data'} {build.made_with.version}".rstrip()
    )
    for issue in reading.issues:
        yield f"  {issue.severity}: {_shown(str(issue))}"
    for choice in reading.choices:
        names = ", ".join(each.name for each in choice.candidates)
        yield f"  doubtful: {_shown(choice.place)}: “{_shown(choice.original)}” may be {names}"


def _who(build: Build, catalog: Catalog) -> str:
    archetype = catalog.archetype(build.archetype)
    shown = archetype.display_name if archetype else build.archetype
    name = build.name or "Unnamed"
    return _shown(
        f"{name}: level {build.level} {build.alignment.name.lower()} {build.origin} {shown}"
    )


def _shown(text: str) -> str:
    """Text of a file, without what a terminal would obey."""
    return "".join(sign for sign in text if sign.isprintable())
