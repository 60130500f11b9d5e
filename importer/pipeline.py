"""The nine stages of an import: read, schema, reference, rules, transform, insert, index, warm,
statistics.

Flaws are collected in a report. The new file grows beside its place as `<name>.partial`, is opened
and read as the window would, and only then gets its name; whatever goes wrong before, the old file
stays and the new one is gone.
"""

import filecmp
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from importer import attach, checks, references, schema, statistics, transform, warm
from importer.issues import Issue, Report, Severity
from importer.memory import no_collection
from importer.progress import Progress
from importer.readers import json_export, mhd_folder
from importer.readers.server_export import reader as server_export
from importer.source import Finding, Source
from midsdesk.errors import (
    ImportRefusedError,
    SourceFormatError,
    StorageError,
)
from midsdesk.storage.gamedb.columns import SCHEMA_VERSION
from midsdesk.storage.gamedb.rulesets import BRINGS_RULES
from midsdesk.storage.gamedb.writer import GameDatabaseWriter

_REALMS: Final = ("Homecoming", "Rebirth", "Generic")


@dataclass(frozen=True, slots=True)
class Options:
    """How to import.

    Attributes:
        name: What to call the data set; None: what the source calls itself.
        force: Import even with errors; records that do not fit are left out.
        attach: A Mids folder that brings what the server's export has no number for.
    """

    name: str | None = None
    force: bool = False
    progress: Progress = field(default_factory=Progress)
    attach: Path | None = None


def load(path: Path, options: Options, report: Report) -> Source:
    """Stage 1: read a Mids folder, a JSON export or the pack.

    Raises:
        SourceFormatError: It is none of them, or damaged.
        ImportCancelled: Asked to stop.
    """
    with statistics.stage("read", report, options.progress):
        source, findings = _read(path, options.progress)
        if options.name:
            source = replace(source, name=options.name)
    report.add(_issue_of(each) for each in findings)
    if options.attach:
        with statistics.stage("attach", report, options.progress):
            source = _attached(source, options.attach, options.progress, report)
    report.name, report.version = source.name, version_of(source)
    return source


def _read(path: Path, progress: Progress) -> tuple[Source, list[Finding]]:
    if server_export.looks_like(path):
        return server_export.read(path, progress)
    if path.is_dir():
        return mhd_folder.read(path, lambda done, total, _note: progress.step(done, total))
    if path.is_file():
        return json_export.read(path, progress), []
    raise SourceFormatError(
        f"There is no {path}. Choose a data folder of Mids Reborn or an exported file.",
        path=str(path),
    )


def _attached(source: Source, path: Path, progress: Progress, report: Report) -> Source:
    """Bring what the server's export lacks from a Mids folder.

    Raises:
        SourceFormatError: The folder is none, or damaged.
    """
    if not source.is_export:
        message = "Only the server's export needs something attached; nothing was."
        report.add([Issue(Severity.WARNING, "attach", path.name, "", "", message)])
        return source
    other, _ = mhd_folder.read(path, lambda done, total, _note: progress.step(done, total))
    source, findings = attach.attach(source, other, progress)
    report.add(replace(_issue_of(each), stage="attach") for each in findings)
    return source


def _issue_of(finding: Finding) -> Issue:
    severity = Severity(finding.severity)
    return Issue(
        severity, "read", finding.file, finding.place, "", finding.message, finding.suggestion
    )


def inspect(source: Source, options: Options, report: Report) -> Source:
    """Stages 2 to 4: look at every value, every name, every rule.

    Returns:
        The source without what does not fit its schema.

    Raises:
        ImportRefusedError: There are errors, and the import is not forced.
    """
    progress = options.progress
    with statistics.stage("schema", report, progress):
        source, issues = schema.check(source, progress)
        report.add(issues)
    with statistics.stage("reference", report, progress):
        report.add(references.check(source, progress))
    with statistics.stage("rules", report, progress):
        report.add(checks.check(source, progress))
    if source.is_export:
        report.issues = [_placed(issue) for issue in report.issues]
    report.counts = statistics.counts(source)
    errors = [issue for issue in report.issues if issue.severity is Severity.ERROR]
    if errors and not options.force:
        more = f" and {len(errors) - 1} more errors" if len(errors) > 1 else ""
        raise ImportRefusedError(
            f"{errors[0].place}: {errors[0].message}{more}. Nothing was imported;"
            " correct the data, or import it all the same with --force.",
            errors=len(errors),
        )
    return source


# Folders of the export for the files in which a Mids folder has the same.
_EXPORT_PLACES: Final = {
    "I12.mhd": "powers",
    "EnhDB.mhd": "boost_sets",
    "AttribMod.json": "tables",
    "NLevels.mhd": "rulesets",
    "RLevels.mhd": "rulesets",
    "Maths.mhd": "rulesets",
}


def _placed(issue: Issue) -> Issue:
    place = _EXPORT_PLACES.get(issue.file)
    return replace(issue, file=place) if place else issue


def check(path: Path, options: Options, report: Report) -> None:
    """Read and inspect, without writing.

    Raises:
        MidsdeskError: As `load` and `inspect`.
    """
    with no_collection():
        inspect(load(path, options, report), options, report)


def run(path: Path, out: Path, options: Options, report: Report) -> Path:
    """Import `path`.

    Args:
        path: A Mids folder, a JSON export or the pack.
        out: The database to write, or a folder: then the name comes from the content.
        options: How.
        report: Filled as far as the import comes, whatever happens.

    Returns:
        The new database.

    Raises:
        MidsdeskError: SourceFormatError, ImportRefusedError, StorageError, DiskFullError.
        ImportCancelled: Asked to stop; nothing is left behind.
    """
    _check_place(out)
    with no_collection():
        return _run(path, out, options, report)


def _run(path: Path, out: Path, options: Options, report: Report) -> Path:
    progress = options.progress
    source = inspect(load(path, options, report), options, report)
    with statistics.stage("transform", report, progress):
        report.content_hash = statistics.content_hash(source, progress)
        meta = meta_of(source, report)
    target = out / file_name(source, report.content_hash) if out.is_dir() else out
    with _partial(target, progress) as partial:
        _write(partial, source, meta, report, progress)
        del source
        with statistics.stage("warm", report, progress):
            warm.read_all(partial, progress)
        report.database_bytes = partial.stat().st_size
        progress.check()
        _put_in_place(partial, target)
    with statistics.stage("statistics", report, progress):
        report.database = str(target)
        progress.step(1, 1)
    return target


def _write(
    partial: Path, source: Source, meta: dict[str, str], report: Report, progress: Progress
) -> None:
    with _writer(partial, progress) as writer:
        with statistics.stage("insert", report, progress):
            total = transform.total_rows(source)
            done = 0
            for table, rows in transform.tables(source):
                before = done
                done += writer.insert(
                    table, _counted(rows, before, total, progress), progress.check
                )
            progress.step(total, total)
        with statistics.stage("index", report, progress):
            writer.index(progress.check)
            writer.finish(meta, progress.check)
            progress.step(1, 1)


def _counted(rows: Iterator[Any], before: int, total: int, progress: Progress) -> Iterator[Any]:
    for number, row in enumerate(rows):
        if number % 500 == 0:
            progress.step(min(before + number, total), total)
        yield row


@contextmanager
def _writer(partial: Path, progress: Progress) -> Iterator[GameDatabaseWriter]:
    """Open the writer; what a cancel interrupted is a cancel."""
    writer = GameDatabaseWriter(partial, stop=lambda: progress.cancelled)
    try:
        yield writer
    except StorageError:
        progress.check()
        raise
    finally:
        writer.close()


def _check_place(out: Path) -> None:
    """See at once, not after all the work, that nothing can be written there.

    Raises:
        StorageError: No such folder, or no permission.
    """
    folder = out if out.is_dir() else out.parent
    if not folder.is_dir():
        raise StorageError(f"There is no folder {folder}; make it or choose another.")
    if not os.access(folder, os.W_OK):
        raise StorageError(f"Cannot write in {folder} (Permission denied); choose another place.")


@contextmanager
def _partial(target: Path, progress: Progress) -> Iterator[Path]:
    """Give the file to grow in; whatever happens, it is gone at the end."""
    partial = target.with_name(target.name + ".partial")
    progress.check()
    try:
        yield partial
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def _put_in_place(partial: Path, target: Path) -> None:
    try:
        partial.replace(target)
    except OSError as cause:
        # Some systems refuse to replace an open file; the same content needs no replacing.
        if target.is_file() and filecmp.cmp(partial, target, shallow=False):
            return
        message = f"Cannot write {target} ({cause.strerror}); close what uses it."
        raise StorageError(message, path=str(target)) from cause


def meta_of(source: Source, report: Report) -> dict[str, str]:
    """Return what the database says about itself."""
    return {
        "content_hash": report.content_hash,
        "counts": transform.canonical_json(statistics.counts(source)),
        "date": date_of(source),
        "name": source.name,
        BRINGS_RULES: "no" if source.is_export else "yes",
        "realm": realm_of(source.name),
        "schema_version": str(SCHEMA_VERSION),
        "version": version_of(source),
    }


def realm_of(name: str) -> str:
    """Return whose rules a data set plays by: the realm its name begins with, or its name."""
    for realm in _REALMS:
        if name.lower().startswith(realm.lower()):
            return realm
    return name


def _powers_head(source: Source) -> dict[str, Any]:
    return next((dict(file.head) for file in source.files if file.form == "powers"), {})


def version_of(source: Source) -> str:
    """Return the version the data set gives itself."""
    return str(_powers_head(source).get("version", ""))


def date_of(source: Source) -> str:
    """Return the day the data set was saved, as YYYYMMDD; "" if it does not say."""
    head = _powers_head(source)
    try:
        if head.get("saved") is not None:
            days = (int(head["saved"]) & 0x3FFF_FFFF_FFFF_FFFF) // 864_000_000_000
            return (date(1, 1, 1) + timedelta(days=days)).strftime("%Y%m%d")
        return date(head["year"], head["month"], head["day"]).strftime("%Y%m%d")
    except (KeyError, ValueError, TypeError, OverflowError):
        return ""


def file_name(source: Source, content_hash: str) -> str:
    """Return `<name>-<date>-<hash8>.db`."""
    slug = re.sub(r"[^a-z0-9]+", "-", source.name.lower()).strip("-") or "game-data"
    return "-".join(part for part in (slug, date_of(source), content_hash[:8]) if part) + ".db"
