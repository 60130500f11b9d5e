"""midsdesk-cli quirks: where the old planner is wrong, and what that changes in a build."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from midsdesk.app.files import open_document
from midsdesk.app.quirks_view import QuirkRow, quirk_rows
from midsdesk.calc.engine import Engine
from midsdesk.cli.catalog import open_catalog
from midsdesk.model.settings import CalcSettings, Rules


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "quirks", help="list the old planner's faults and their effect", description=__doc__
    )
    parser.add_argument("build", type=Path, metavar="BUILD")
    parser.add_argument("--data", type=Path, metavar="DB", help="game database")
    parser.add_argument("--rules", choices=[rules.value for rules in Rules], default="game")
    parser.add_argument("--json", action="store_true", help="as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print every quirk; those that change this build come first."""
    catalog = open_catalog(args.data)
    engine = Engine(catalog)
    settings = CalcSettings(rules=Rules(args.rules))
    document, _ = open_document(args.build, catalog, engine, settings)
    rows = quirk_rows(document.build, engine, settings)
    if args.json:
        sys.stdout.write(json.dumps([asdict(row) for row in rows]) + "\n")
    else:
        sys.stdout.write("\n".join(_lines(row) for row in rows) + "\n")
    return 0


def _lines(row: QuirkRow) -> str:
    changes = [f"    {each.name}: {each.before} → {each.after}" for each in row.changes or ()]
    return "\n".join(
        [
            f"{row.name} ({row.id}; {row.source})",
            f"  the old planner: {row.old}",
            f"  the game here:   {row.ours}",
            *(changes or ["    changes no number of this build"]),
        ]
    )
