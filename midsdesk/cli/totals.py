"""midsdesk-cli totals: the numbers of builds, for people or as JSON."""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from midsdesk.app.files import open_document
from midsdesk.app.numbers import with_unit
from midsdesk.calc.calculation import Calculation
from midsdesk.calc.engine import Engine
from midsdesk.cli.catalog import open_catalog
from midsdesk.errors import StorageError, ValidationError
from midsdesk.model.build import Build
from midsdesk.model.catalog import Catalog
from midsdesk.model.settings import CalcSettings, Rules
from midsdesk.model.totals import Statistic
from midsdesk.report.full import full as everything

# Names of the settings in a file, as in the old planner's results, and our own.
_SETTINGS: Final = {
    "pvp": "pvp",
    "scaling_to_hit": "scaling_to_hit",
    "force_level": "exemplar_level",
    "suppression": "suppression",
    "team_size": "team_size",
    "use_arcana_time": "arcana_time",
    "ignore_enhancement_effects": "ignore_enhancement_effects",
    "ignore_set_bonus_effects": "ignore_set_bonuses",
    "restore_lights": "sliders_moved",
}


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("totals", help="print the totals of builds", description=__doc__)
    parser.add_argument("builds", nargs="+", type=Path, metavar="BUILD")
    parser.add_argument("--data", type=Path, metavar="DB", help="game database")
    parser.add_argument("--rules", choices=[rules.value for rules in Rules], default="game")
    parser.add_argument("--json", action="store_true", help="one JSON object a build")
    parser.add_argument("--full", action="store_true", help="everything, under the old names")
    parser.add_argument("--settings", type=Path, metavar="FILE", help="JSON with settings")
    parser.add_argument("--out", type=Path, metavar="DIR", help="write one JSON file a build")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print or write the totals of every build; one bad file does not stop the rest."""
    settings = settings_from(args.settings, Rules(args.rules))
    catalog = open_catalog(args.data)
    engine = Engine(catalog)
    worst = 0
    for path in args.builds:
        try:
            document, issues = open_document(path, catalog, engine, settings)
        except (StorageError, ValidationError) as error:
            if len(args.builds) == 1:
                raise
            sys.stderr.write(f"{path}: {error.user_message}\n")
            worst = max(worst, error.exit_code)
            continue
        for issue in issues:
            sys.stderr.write(f"{path.name}: {issue}\n")
        calculation = engine.calculate(document.build, settings)
        _deliver(args, path, document.build, catalog, calculation)
    return worst


def settings_from(path: Path | None, rules: Rules) -> CalcSettings:
    """Read settings from a JSON file; unknown names are refused.

    Raises:
        ValidationError: The file is no JSON object, or names something unknown.
        StorageError: It cannot be read.
    """
    if path is None:
        return CalcSettings(rules=rules)
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
    except OSError as cause:
        raise StorageError(f"{path} could not be read: {cause.strerror}.") from cause
    except ValueError as cause:
        raise ValidationError(f"{path} is no JSON: {cause}.") from cause
    if not isinstance(given, dict):
        raise ValidationError(f"{path} must hold one JSON object with settings.")
    values: dict[str, Any] = {}
    for name, value in given.items():
        if name == "team_members" and isinstance(value, dict):
            values["team_members"] = tuple(sorted(value.items()))
        elif name in _SETTINGS:
            values[_SETTINGS[name]] = value
        else:
            known = ", ".join([*_SETTINGS, "team_members"])
            raise ValidationError(f"{path}: no setting is called {name!r}. There are: {known}.")
    return CalcSettings(rules=rules, **values)


def _deliver(
    args: argparse.Namespace, path: Path, build: Build, catalog: Catalog, numbers: Calculation
) -> None:
    if args.out or args.json:
        value = _as_json(numbers, full=args.full)
        if args.out:
            args.out.mkdir(parents=True, exist_ok=True)
            target = args.out / f"{path.stem}.json"
            target.write_text(json.dumps(value, indent=1), encoding="utf-8")
        else:
            sys.stdout.write(json.dumps({"build": path.name, **value}) + "\n")
        return
    sys.stdout.write(table(build, catalog, numbers.statistics))


def _as_json(numbers: Calculation, *, full: bool) -> dict[str, Any]:
    if full:
        return everything(numbers)
    return {
        "totals": {each.key: each.value for each in numbers.statistics},
        "uncapped": {each.key: each.uncapped for each in numbers.statistics},
        "missing": list(numbers.missing),
    }


_GROUPS: Final = {
    "defense": "Defense",
    "elusivity": "Elusivity",
    "resistance": "Resistance",
    "protection": "Status protection",
    "status_resistance": "Status resistance",
    "debuff_resistance": "Debuff resistance",
}


def table(build: Build, catalog: Catalog, statistics: Sequence[Statistic]) -> str:
    """Return the totals as text; vectors show only what is not 0."""
    archetype = catalog.archetype(build.archetype)
    sets = [catalog.powerset(name) for name in build.powersets[:2] if name]
    lines = [
        f"{build.name or 'Unnamed'}: level {build.level} {build.origin}"
        f" {archetype.display_name if archetype else build.archetype}"
        f" ({' / '.join(each.display_name for each in sets if each)})"
    ]
    for group, rows in groupby(statistics, lambda each: each.key.partition(".")[0]):
        lines += _rows(group, list(rows))
    return "\n".join(lines) + "\n"


def _rows(group: str, rows: Iterable[Statistic]) -> list[str]:
    title = _GROUPS.get(group)
    shown = [each for each in rows if title is None or each.value]
    lines = [f"{title}:"] if title and shown else []
    for each in shown:
        over = ""
        if each.uncapped > each.value + 1e-9:
            over = f"   (capped, {with_unit(each.uncapped, each.unit)} without)"
        indent = "  " if title else ""
        lines.append(f"{indent + each.label:22}{with_unit(each.value, each.unit):>12}{over}")
    return lines
