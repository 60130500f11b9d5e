"""midsdesk-cli check: are builds legal?  Exit code 1 if one is not."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any, Final

from midsdesk.cli.catalog import open_catalog
from midsdesk.cli.convert_files import Failures, each, expanded, load
from midsdesk.errors import MidsdeskError
from midsdesk.formats.issues import Severity
from midsdesk.model.build import Build
from midsdesk.model.catalog import Catalog
from midsdesk.report.names import power_name
from midsdesk.rules.check import Violation
from midsdesk.rules.check import check as violations_of

_ILLEGAL: Final = 1


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("check", help="say whether builds are legal", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="IN", help="builds or folders")
    parser.add_argument("--json", action="store_true", help="one JSON object a file and line")
    parser.add_argument("--data", type=Path, metavar="DB", help="game database")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Check every file; 1 if one is illegal or no build, 0 if all are legal."""
    catalog = open_catalog(args.data)
    files = expanded(args.files)
    failures = Failures()
    illegal: list[Path] = []

    def one(path: Path) -> None:
        try:
            reading = load(path, catalog)
        except MidsdeskError as error:
            if args.json:
                _line({"file": str(path), "error": error.user_message})
            raise
        found = violations_of(reading.build, catalog)
        doubts = [str(each) for each in reading.issues if each.severity != Severity.INFO]
        if found:
            illegal.append(path)
        if args.json:
            shown = [_as_json(each, reading.build) for each in found]
            _line({"file": str(path), "legal": not found, "violations": shown, "doubts": doubts})
        else:
            _tell(path, reading.build, found, doubts, catalog)

    each(files, one, failures)
    if len(files) > 1 and not args.json:
        legal = len(files) - failures.count - len(illegal)
        sys.stdout.write(
            f"{legal} of {len(files)} legal, {len(illegal)} illegal, {failures.count} unreadable.\n"
        )
    return max(failures.worst, _ILLEGAL if illegal else 0)


def _line(value: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=True) + "\n")


def _as_json(violation: Violation, build: Build) -> dict[str, Any]:
    entry = violation.entry
    power = "" if entry is None else build.entries[entry].power
    return {"reason": violation.reason, "power": power, "slot": violation.slot}


def _tell(
    path: Path,
    build: Build,
    found: tuple[Violation, ...],
    doubts: list[str],
    catalog: Catalog,
) -> None:
    lines = [f"{path}: {'illegal' if found else 'legal'}"]
    lines += [f"  {_where(each, build, catalog)}{each.reason}" for each in found]
    lines += [f"  doubtful: {text}" for text in doubts]
    shown = ("".join(sign for sign in line if sign.isprintable()) for line in lines)
    sys.stdout.write("".join(f"{line}\n" for line in shown))


def _where(violation: Violation, build: Build, catalog: Catalog) -> str:
    if violation.entry is None:
        return ""
    name = power_name(catalog, build.entries[violation.entry].power)
    slot = "" if violation.slot is None else f", slot {violation.slot + 1}"
    return f"{name}{slot}: "
