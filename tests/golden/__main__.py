"""Compute an index of builds with ruleset `mids`; print how we compare where results are given."""

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path

from midsdesk.calc.engine import Engine
from midsdesk.storage.gamedb.reader import GameDatabase
from tests.golden.compare import Tally, compare
from tests.golden.run import compute, result_name, theirs


def main(argv: list[str] | None = None) -> int:
    """Run; the exit code is 0 where everything given is equal."""
    parser = argparse.ArgumentParser(prog="python -m tests.golden", description=__doc__)
    parser.add_argument("index", type=Path, help="like the shared golden/index.json")
    parser.add_argument("--data", type=Path, help="game database; default: the packed one")
    parser.add_argument("--out", type=Path, help="folder for our results, one file a row")
    parser.add_argument("--misses", type=int, default=20, help="differences to print")
    args = parser.parse_args(argv)
    catalog = GameDatabase(args.data or _packed())
    engine = Engine(catalog)
    rows = json.loads(args.index.read_text(encoding="utf-8"))
    tallies: dict[str, Tally] = defaultdict(Tally)
    builds: dict[str, int] = defaultdict(int)
    for row in rows:
        ours = compute(engine, catalog, row, args.index.parent)
        if args.out:
            args.out.mkdir(parents=True, exist_ok=True)
            (args.out / result_name(row)).write_text(json.dumps(ours), encoding="utf-8")
        if row.get("result") and (args.index.parent / row["result"]).exists():
            tally = compare(ours, theirs(row, args.index.parent))
            tally.misses = [
                (part, f"{row['name']}.{row['variant']} {place}", a, b)
                for part, place, a, b in tally.misses
            ]
            tallies[_kind(row)].add(tally)
            builds[_kind(row)] += 1
    return _report(tallies, builds, args.misses)


def _packed() -> Path:
    from tests.helpers.gamedata import packed_path

    return packed_path()


def _kind(row: dict[str, str]) -> str:
    """Return the kind of probe: the first word of its name, or sample and random."""
    return f"probe {row['name'].split('-')[0]}" if row["kind"] == "probe" else row["kind"]


def _report(tallies: dict[str, Tally], builds: dict[str, int], most: int) -> int:
    if not tallies:
        return 0
    out = sys.stdout.write
    out(f"{'kind':24}{'results':>8}{'compared':>12}{'equal':>12}{'worst':>12}\n")
    whole = Tally()
    for kind in sorted(tallies):
        tally = tallies[kind]
        out(_line(kind, builds[kind], tally))
        whole.add(tally)
    out(_line("all", sum(builds.values()), whole))
    for part in sorted(whole.compared):
        part_line = f"  {part:22}{'':8}{whole.compared[part]:>12,}{whole.equal[part]:>12,}"
        out(f"{part_line}{whole.worst[part]:>12.1e}\n")
    for part, place, ours, wanted in whole.misses[:most]:
        out(f"{part}: {place}: ours {ours!r}, theirs {wanted!r}\n")
    return int(bool(whole.misses))


def _line(kind: str, builds: int, tally: Tally) -> str:
    compared, equal = sum(tally.compared.values()), sum(tally.equal.values())
    worst = max(tally.worst.values(), default=0.0)
    return f"{kind:24}{builds:>8,}{compared:>12,}{equal:>12,}{worst:>12.1e}\n"


if __name__ == "__main__":
    sys.exit(main())
