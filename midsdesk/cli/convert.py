"""midsdesk-cli convert: builds of any form, one or a thousand, into another form."""

import argparse
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from midsdesk.app.exports import TARGETS, Context, Target, target_for, target_named
from midsdesk.cli.catalog import open_catalog
from midsdesk.cli.convert_files import (
    STANDARD,
    Failures,
    Targets,
    complain,
    each,
    expanded,
    load,
    write_beside,
)
from midsdesk.errors import ValidationError
from midsdesk.formats.forms import losses
from midsdesk.formats.issues import Severity
from midsdesk.model.build import Build
from midsdesk.report.post import PostOptions

_DEFAULT: Final = "mbd"


@dataclass(frozen=True, slots=True)
class _Job:
    """What is done with every file."""

    context: Context
    target: Target
    targets: Targets | None
    quiet: bool


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("convert", help="convert builds", description=__doc__)
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="IN... OUT",
        help="builds or folders of builds, then a file or folder to write to; - is the console",
    )
    parser.add_argument("--to", metavar="FORM", help=f"one of: {', '.join(TARGETS)}")
    parser.add_argument("--data", type=Path, metavar="DB", help="game database")
    parser.add_argument("--force", action="store_true", help="write over files that are there")
    parser.add_argument("--quiet", action="store_true", help="say only what failed")
    about = parser.add_argument_group("posts and reports")
    about.add_argument("--markup", default="bbcode", help="kind of mark-up of a post")
    about.add_argument("--theme", default="navy", help="colours of a post")
    about.add_argument("--totals", action="store_true", help="end a post with the totals")
    about.add_argument("--bonuses", action="store_true", help="end a post with the set bonuses")
    about.add_argument("--code", action="store_true", help="end a post with a share link")
    about.add_argument("--no-incarnates", action="store_true", help="leave incarnates out")
    about.add_argument("--no-accolades", action="store_true", help="leave accolades out")
    about.add_argument("--no-levels", action="store_true", help="no levels of inventions")
    about.add_argument("--no-date", action="store_true", help="no date in a menu")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Convert; the exit code is that of the worst file, 0 if all went well."""
    if len(args.files) < 2:
        raise ValidationError("Name the builds to convert, and then where to write them.")
    *named, out = args.files
    sources = expanded(named)
    if not sources:
        raise ValidationError("There are no files in what was named.")
    on_console = str(out) == STANDARD
    target = _target(args, out, on_console=on_console)
    targets = None if on_console else Targets(out, sources, force=args.force)
    context = _context(args)
    job = _Job(context, target, targets, args.quiet)
    failures = Failures()
    each(sources, lambda path: _convert(job, path), failures)
    if len(sources) > 1:
        done = len(sources) - failures.count
        complain(f"{done} of {len(sources)} files converted, {failures.count} failed.")
    return failures.worst


def _target(args: argparse.Namespace, out: Path, *, on_console: bool) -> Target:
    if args.to:
        return target_named(args.to)
    found = None if on_console or out.is_dir() else target_for(out.name)
    if found is None and not on_console and out.suffix and not out.is_dir():
        raise ValidationError(
            f"The ending of {out.name} means no form; name one with --to: {', '.join(TARGETS)}."
        )
    return found or target_named(_DEFAULT)


def _context(args: argparse.Namespace) -> Context:
    return Context(
        catalog=open_catalog(args.data),
        post=PostOptions(
            markup=args.markup,
            theme=args.theme,
            incarnates=not args.no_incarnates,
            accolades=not args.no_accolades,
        ),
        levels=not args.no_levels,
        totals=args.totals,
        bonuses=args.bonuses,
        code=args.code,
        made_at=None if args.no_date else datetime.now().astimezone(),
    )


def _convert(job: _Job, path: Path) -> None:
    reading = load(path, job.context.catalog)
    if not job.quiet:
        for issue in reading.issues:
            if issue.severity != Severity.INFO:
                complain(f"{path.name}: {issue}")
        _warn_of_losses(job, path, reading.build)
    data = job.target.write(reading.build, job.context)
    if job.targets is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    write_beside(job.targets.path(path, job.target.ending), data)


def _warn_of_losses(job: _Job, path: Path, build: Build) -> None:
    if job.target.form is None:
        return
    lost = losses(build, job.target.form, job.context.catalog)
    if lost:
        complain(f"{path.name}: a {job.target.form} does not hold {', '.join(lost)}.")
