"""midsdesk-cli data: the installed game data: list, add, check, repair, use, go back, compare."""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from midsdesk.app.data_changes import as_lines, data_changes
from midsdesk.app.datasets import DataSet, DataSets
from midsdesk.app.files import open_document
from midsdesk.app.gamedata import GameData, InstalledData
from midsdesk.app.settings import Settings
from midsdesk.calc.engine import Engine
from midsdesk.cli.catalog import ConsoleProgress, open_catalog
from midsdesk.errors import GameDatabaseError
from midsdesk.host.mids_folders import mids_folders
from midsdesk.host.paths import user_paths
from midsdesk.model.settings import CalcSettings


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("data", help="the installed game data", description=__doc__)
    actions = parser.add_subparsers(required=True, metavar="ACTION")

    def action(name: str, run: Callable[[argparse.Namespace], int], help_: str) -> Any:
        made = actions.add_parser(name, help=help_, description=help_)
        made.add_argument("--json", action="store_true", help="as JSON")
        made.set_defaults(run=run)
        return made

    action("list", _list, "list the installed data, and folders of Mids on this machine")
    added = action("add", _add, "import a file, folder or update package and use it")
    added.add_argument("source", type=Path, metavar="SOURCE")
    added.add_argument("--older", action="store_true", help="even if it is an older update")
    added.add_argument("--attach", type=Path, metavar="FOLDER", help="Mids folder for an export")
    for name, run, help_ in (
        ("check", _check, "hold a database against its note, and look through it"),
        ("repair", _repair, "set a database aside and write it again"),
        ("use", _use, "use other installed data"),
    ):
        action(name, run, help_).add_argument("name", nargs="?" if name != "use" else None)
    action("back", _back, "use again what was used before")
    compared = action("changes", _changes, "what differs for a build between two databases")
    compared.add_argument("build", type=Path, metavar="BUILD")
    compared.add_argument("--before", type=Path, metavar="DB", help="by default the data in use")
    compared.add_argument("--after", type=Path, metavar="DB", required=True)


def _sets() -> DataSets:
    paths = user_paths()
    settings = Settings.load(paths.settings)
    return DataSets(GameData(paths.game_databases, settings), settings)


def _named(sets: DataSets, name: str | None) -> InstalledData:
    if name is None:
        current = sets.data.current()
        if current is None:
            raise GameDatabaseError("No game data are installed yet.")
        return current
    for each in sets.data.installed():
        if each.name == name:
            return each
    raise GameDatabaseError(f"The game data {name} are not installed.")


def _say(args: argparse.Namespace, value: dict[str, Any], text: str) -> None:
    sys.stdout.write((json.dumps(value) if args.json else text) + "\n")


def _row(each: DataSet) -> dict[str, Any]:
    row = asdict(each)
    installed = row.pop("installed")
    return {"name": installed["name"], "bytes": installed["bytes"], **row}


def _told(each: DataSet) -> str:
    rules = f"rules: {each.rules}" if each.rules else ""
    return "".join(f"  {part}" for part in (rules, each.rules_fault, each.fault) if part)


def _list(args: argparse.Namespace) -> int:
    listed = _sets().listed()
    folders = [str(folder) for folder in mids_folders()]
    lines = [
        f"{'*' if each.in_use else ' '} {each.installed.name}  {each.title} {each.version}"
        f"  {each.installed.bytes / 1e6:.1f} MB{_told(each)}"
        for each in listed
    ]
    lines += [f"  to add: {folder}" for folder in folders]
    value = {"installed": [_row(each) for each in listed], "folders": folders}
    _say(args, value, "\n".join(lines) or "No game data are installed yet.")
    return 0


def _add(args: argparse.Namespace) -> int:
    sets = _sets()
    made = sets.add(args.source, ConsoleProgress(), args.attach, older=args.older)
    note = sets.note(made)
    signed = note.signed if note is not None else ""
    by = f", signed by {signed}" if signed else ""
    _say(args, {"added": made.name, "signed": signed}, f"{made.name} is in use now{by}.")
    return 0


def _check(args: argparse.Namespace) -> int:
    sets = _sets()
    item = _named(sets, args.name)
    verdict = sets.verify(item, ConsoleProgress())
    text = "\n".join(verdict.flaws) or f"{item.name} is whole."
    _say(args, {"name": item.name, "flaws": verdict.flaws, "noted": verdict.noted}, text)
    return 0 if verdict.whole else 1


def _repair(args: argparse.Namespace) -> int:
    sets = _sets()
    made = sets.repair(_named(sets, args.name), ConsoleProgress())
    _say(args, {"repaired": made.name}, f"{made.name} was written again and is in use.")
    return 0


def _use(args: argparse.Namespace) -> int:
    _sets().choose(args.name)
    _say(args, {"in_use": args.name}, f"{args.name} is in use now.")
    return 0


def _back(args: argparse.Namespace) -> int:
    found = _sets().roll_back()
    _say(args, {"in_use": found.name}, f"{found.name} is in use again.")
    return 0


def _changes(args: argparse.Namespace) -> int:
    before, after = open_catalog(args.before), open_catalog(args.after)
    engine = Engine(before)
    document, _ = open_document(args.build, before, engine)
    found = data_changes(document.build, (before, engine), (after, Engine(after)), CalcSettings())
    lines = [*(str(issue) for issue in found.issues), *as_lines(found)]
    value = {
        "issues": [str(issue) for issue in found.issues],
        "powers": [asdict(each) for each in found.powers],
        "sets": [asdict(each) for each in found.sets],
        "totals": [asdict(each) for each in found.totals],
    }
    _say(args, value, "\n".join(lines) or "Nothing has changed for this build.")
    return 0
