"""Read a data folder of Mids Reborn (`Data/<Server>`) into a `Source`.

Knows which files there must be and what to tell a person about each; what stands in them is
`importer.mhd`'s business.
"""

import gc
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, TypeAlias

from importer.mhd import binary, older_texts
from importer.mhd.errors import OlderFormatError
from importer.mhd.folder_files import (
    KINDS,
    SNIFFED_BYTES,
    STAND_INS,
    Content,
    Need,
    decode_file,
    identify,
)
from importer.source import Finding, Source
from midsdesk.errors import SourceFormatError

Progress: TypeAlias = Callable[[int, int, str], None]

MAX_FILE_BYTES: Final = 256 << 20
_OLDER_FORMS: Final = frozenset(STAND_INS.values())
_FINDINGS_A_FILE: Final = 100
_CHOOSE: Final = "Choose the folder Data/<Server> of Mids Reborn."
_COPY_AGAIN: Final = "Copy the file again from the Data folder of Mids Reborn."
_UPDATE: Final = "Update this database in Mids Reborn, then choose its folder again."


@dataclass(frozen=True, slots=True)
class _Entry:
    path: Path
    size: int
    form: str
    unused: bool = False


def looks_like(path: Path) -> bool:
    """Tell whether `path` is a folder with a power database: the file every data folder has."""
    try:
        return path.is_dir() and any(_form(each) == "powers" for each in path.iterdir())
    except (OSError, SourceFormatError):
        return False


def read(
    path: Path, progress: Progress = lambda _done, _total, _note: None
) -> tuple[Source, list[Finding]]:
    """Read every file of the data folder `path`.

    Args:
        path: The folder; file names are compared without case.
        progress: Called with bytes done, bytes in all and the file's name, every few milliseconds
            of work. What it raises passes through: that is how to cancel.

    Returns:
        The content, and what a person should know: missing, unknown and unused files, and
        whatever in them was repaired or left out.

    Raises:
        SourceFormatError: No data folder, a file that must be there is missing, or a file cannot
            be read. The message names the file, the place and the remedy.
    """
    entries, findings = _survey(path)
    findings += _check_missing(path, entries)
    total = sum(each.size for each in entries)
    contents: list[Content] = []
    done = 0
    # Reading makes a million tuples and no cycles; looking for cycles would take a fifth longer.
    collecting = gc.isenabled()
    gc.disable()
    try:
        for entry in entries:
            content = _read_entry(entry, done, total, progress)
            done += entry.size
            contents.append(content)
            findings += _named(content.findings, entry.path.name)
    finally:
        if collecting:
            gc.enable()
        binary.forget_texts()
    progress(total, total, "")
    source = _assemble(path.resolve().name, contents)
    texts, more = older_texts.completed(source.texts)
    return replace(source, texts=texts), findings + more


def _assemble(name: str, contents: Iterable[Content]) -> Source:
    lists: dict[str, Any] = {}
    texts: dict[str, Any] = {}
    for content in contents:
        lists |= content.lists
        texts |= content.texts
    return Source(name, tuple(content.file for content in contents), **lists, texts=texts)


def _survey(path: Path) -> tuple[list[_Entry], list[Finding]]:
    """Find out what each file is; one file for each form, the rest become findings."""
    chosen: dict[str, Path] = {}
    findings: list[Finding] = []
    for each in _files(path):
        form = _form(each)
        if form is None:
            message = "It is not part of a data folder and was left out"
            findings.append(Finding("info", each.name, "", message))
        elif form in chosen:
            message = f"It is of the same kind as {chosen[form].name} and was left out"
            findings.append(Finding("warning", each.name, "", message, "Keep one of the two."))
        else:
            chosen[form] = each
            if each.suffix.casefold() == ".mhd" and not _is_called(each, form):
                message = f"By its content it is a {KINDS[form].name} and was read as one"
                findings.append(Finding("info", each.name, "", message))
    unused = {form for form in chosen if KINDS[form].need is Need.UNUSED}
    unused -= {old for new, old in STAND_INS.items() if new not in chosen}
    entries = [
        _Entry(each, each.stat().st_size, form, form in unused) for form, each in chosen.items()
    ]
    return sorted(entries, key=lambda entry: entry.path.name.casefold()), findings


def _files(path: Path) -> list[Path]:
    """Return the folder's files, those with their usual names first."""
    if not path.is_dir():
        what = "is a file, no folder" if path.is_file() else "does not exist"
        raise SourceFormatError(f"{path} {what}. {_CHOOSE}", path=str(path))
    try:
        files = [each for each in path.iterdir() if each.is_file()]
    except OSError as cause:
        raise _unreadable(path, cause) from cause
    usual = {kind.name.casefold() for kind in KINDS.values()}
    return sorted(files, key=lambda each: (each.name.casefold() not in usual, each.name))


def _form(path: Path) -> str | None:
    if path.suffix.casefold() not in (".mhd", ".json"):
        return identify(path.name, b"")
    try:
        with path.open("rb") as file:
            return identify(path.name, file.read(SNIFFED_BYTES))
    except OSError as cause:
        raise _unreadable(path, cause) from cause


def _is_called(path: Path, form: str) -> bool:
    return path.stem.casefold() == Path(KINDS[form].name).stem.casefold()


def _check_missing(path: Path, entries: list[_Entry]) -> list[Finding]:
    """Return a finding for each optional file that is missing.

    Raises:
        SourceFormatError: A file is missing that must be there.
    """
    there = {entry.form for entry in entries}
    if "powers" not in there:
        raise SourceFormatError(f"{path} is no data folder: I12.mhd is missing. {_CHOOSE}")
    stand_ins = {new: old for new, old in STAND_INS.items() if new not in there and old in there}
    there |= stand_ins.keys()
    there |= older_texts.covered({entry.form for entry in entries})
    absent = [kind for form, kind in KINDS.items() if form not in there]
    required = [kind.name for kind in absent if kind.need is Need.REQUIRED]
    if required:
        names = ", ".join(required)
        remedy = "Copy what is missing from the Data folder of Mids Reborn."
        raise SourceFormatError(f"{path} lacks {names}. {remedy}", missing=required)
    missing = [
        Finding(kind.severity, kind.name, "", f"The file is missing: {kind.without}", _COPY_AGAIN)
        for kind in absent
        if kind.severity
    ]
    return missing + [
        Finding("info", KINDS[new].name, "", f"The file is missing; {KINDS[old].name} is used")
        for new, old in stand_ins.items()
    ]


def _read_entry(entry: _Entry, before: int, total: int, progress: Progress) -> Content:
    name = entry.path.name
    progress(before, total, name)
    data = _bytes(entry)
    try:
        content = decode_file(name, entry.form, data, lambda at: progress(before + at, total, name))
    except SourceFormatError as cause:
        if entry.unused:
            message = f"{cause.user_message}; the import does not need the file"
            return replace(
                decode_file(name, "raw", data),
                findings=(Finding("warning", "", "", message, _COPY_AGAIN),),
            )
        remedy = _UPDATE if isinstance(cause, OlderFormatError) else _COPY_AGAIN
        message = f"{name}: {cause.user_message}. {remedy}"
        raise SourceFormatError(message, path=str(entry.path), place=cause.details) from cause
    return _pushed_out(content, data) if entry.unused and entry.form in _OLDER_FORMS else content


def _pushed_out(content: Content, data: bytes) -> Content:
    """Keep an older form only as a file: what it says stands in the newer one too."""
    raw = data if content.lists else None
    message = "A newer form of the file is there; this one is not used"
    return Content(replace(content.file, raw=raw), findings=(Finding("info", "", "", message),))


def _bytes(entry: _Entry) -> bytes:
    if entry.size > MAX_FILE_BYTES:
        message = f"{entry.path.name} has {entry.size >> 20} MB; no data file has more than 256"
        raise SourceFormatError(f"{message}. {_COPY_AGAIN}", path=str(entry.path))
    try:
        return entry.path.read_bytes()
    except OSError as cause:
        raise _unreadable(entry.path, cause) from cause


def _unreadable(path: Path, cause: OSError) -> SourceFormatError:
    reason = cause.strerror or "unknown reason"
    remedy = "Allow reading it, or copy the data folder to a place of your own."
    return SourceFormatError(f"{path.name} cannot be read ({reason}). {remedy}", path=str(path))


def _named(findings: tuple[Finding, ...], name: str) -> list[Finding]:
    named = [replace(each, file=name) for each in findings[:_FINDINGS_A_FILE]]
    if len(findings) > len(named):
        more = f"There are {len(findings) - len(named)} more of this kind"
        named.append(Finding("warning", name, "", more))
    return named
