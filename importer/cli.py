"""The command `midsdesk-import`: run, check, stats, export, diff, pack, keygen, sign.

Exit codes: 0 fine, 1 the data is at fault, 2 wrong usage, 3 this machine is at fault, 130
cancelled. What goes wrong is one line on stderr.
"""

import argparse
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from importer import diff, export, pack, pipeline
from importer.issues import Report
from importer.pipeline import Options
from importer.progress import ImportCancelled, Progress, Sink, bar, json_lines
from importer.source import Source
from midsdesk.errors import InternalError, MidsdeskError
from midsdesk.storage.gamedb.dump import Dump

CANCELLED: Final = 130
_SINKS: Final[dict[str, Callable[[], Sink | None]]] = {
    "json": lambda: json_lines(sys.stdout),
    "bar": lambda: bar(sys.stderr),
    "none": lambda: None,
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code. Wrong usage raises SystemExit(2), as argparse does."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    arguments = _parser().parse_args(argv)
    progress = Progress(_SINKS[arguments.progress]())
    try:
        with _signals(progress):
            arguments.work(arguments, progress)
    except (ImportCancelled, KeyboardInterrupt, BrokenPipeError):
        # A reader that went away wants no more either.
        _complain(arguments, "MD-CANCELLED", "Cancelled; nothing has changed.")
        if argv is None:
            # We are the program: taking millions of values apart would only delay the end.
            os._exit(CANCELLED)
        return CANCELLED
    except MidsdeskError as error:
        _complain(arguments, error.code, error.user_message)
        return error.exit_code
    except Exception as error:  # noqa: BLE001 - the top of the program, the last place to tell
        fault = InternalError(f"Something unforeseen happened ({error!r}); please report this.")
        _complain(arguments, fault.code, fault.user_message)
        return fault.exit_code
    return 0


def _complain(arguments: argparse.Namespace, code: str, message: str) -> None:
    line = " ".join(message.split())
    if arguments.progress == "json":
        line = json.dumps({"error": {"code": code, "message": line}}, ensure_ascii=False)
    try:
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()
    except (BrokenPipeError, ValueError):
        pass


@contextmanager
def _signals(progress: Progress) -> Iterator[None]:
    """Let Ctrl+C and the window's "stop" end the work at its next step."""

    def stop(*_: Any) -> None:
        progress.cancel()

    try:
        before = {number: signal.signal(number, stop) for number in _stopping()}
    except ValueError:  # not in the main thread: whoever runs us there cancels in another way
        before = {}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stopping() -> list[int]:
    return [signal.SIGINT, signal.SIGTERM]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="midsdesk-import",
        description="Turn the data folder of Mids Reborn into a game database of midsdesk.",
    )
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--progress", choices=sorted(_SINKS), default="none", help="how to show progress"
    )
    common.add_argument("--json", action="store_true", help="print the outcome as JSON")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, work: Callable[..., None], help_: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, parents=[common], help=help_, description=help_)
        added.set_defaults(work=work)
        return added

    run = command("run", _run, "Import a Mids data folder, the server's export or the pack.")
    check = command("check", _check, "Read and check a source without writing anything.")
    what = "Mids data folder, the server's export (zip or folder), JSON export or pack"
    for each in (run, check):
        each.add_argument("source", type=Path, help=what)
        each.add_argument("--name", help="what to call the data set")
        each.add_argument("--report", type=Path, metavar="FILE", help="write the report as JSON")
        each.add_argument("--force", action="store_true", help="go on in spite of errors")
    run.add_argument(
        "--out", type=Path, required=True, help="database, or a folder (named by the content)"
    )
    stats = command("stats", _stats, "Show what is in a game database.")
    stats.add_argument("database", type=Path)
    exported = command("export", _export, "Write a game database back as Mids files or as JSON.")
    exported.add_argument("database", type=Path)
    exported.add_argument("--format", choices=["mhd", "json"], default="json")
    exported.add_argument("out", type=Path, help="folder for mhd, file for json")
    differ = command("diff", _diff, "Tell two game databases or sources apart, in words.")
    differ.add_argument("before", type=Path, help="game database or any source of `run`")
    differ.add_argument("after", type=Path, help="the same, the newer one")
    differ.add_argument("--texts", action="store_true", help="compare descriptions too")
    packed = command("pack", _pack, "Make the default game data: names and numbers only.")
    packed.add_argument("source", type=Path, help="game database or any source of `run`")
    packed.add_argument("--out", type=Path, default=Path("resources/gamedata"))
    packed.add_argument("--name", help="what to call the data set; by default its realm")
    _add_signing(command)
    for each in (run, check, packed):
        help_ = "Mids folder: short names, old numbers, sliders, recipes for the server's export"
        each.add_argument("--attach", type=Path, metavar="FOLDER", help=help_)
    return parser


def _add_signing(command: Callable[..., argparse.ArgumentParser]) -> None:
    keygen = command("keygen", _keygen, "Make a pair of keys for update packages.")
    keygen.add_argument("name", help="such as release-2027")
    keygen.add_argument("--out", type=Path, required=True, help="folder outside of any checkout")
    signed = command("sign", _sign, "Make a signed update package of a packed data set.")
    signed.add_argument("pack", type=Path, help="what `pack` wrote, a .json.xz")
    signed.add_argument("--key", type=Path, required=True, help="the .key of `keygen`")
    signed.add_argument("--out", type=Path, default=Path(), help="file, or folder")
    for each in (keygen, signed):
        help_ = "file whose first line locks the signing key"
        each.add_argument("--passphrase-file", type=Path, metavar="FILE", help=help_)


def _run(arguments: argparse.Namespace, progress: Progress) -> None:
    with _report(arguments) as report:
        options = Options(arguments.name, arguments.force, progress, arguments.attach)
        pipeline.run(arguments.source, arguments.out, options, report)


def _check(arguments: argparse.Namespace, progress: Progress) -> None:
    with _report(arguments) as report:
        options = Options(arguments.name, arguments.force, progress, arguments.attach)
        pipeline.check(arguments.source, options, report)


@contextmanager
def _report(arguments: argparse.Namespace) -> Iterator[Report]:
    """Give a report, write it whatever happens, and print it if all went well."""
    report = Report(str(arguments.source))
    try:
        yield report
    finally:
        if arguments.report:
            text = json.dumps(report.as_json(), indent=2, ensure_ascii=False)
            export.write_file(arguments.report, [text.encode(), b"\n"])
    if arguments.json or arguments.progress == "json":
        _print_json(arguments, report.as_json())
    else:
        _print(report.as_text())


def _print_json(arguments: argparse.Namespace, outcome: dict[str, Any]) -> None:
    """Print the outcome; among progress lines on one line, and without the many issues."""
    if arguments.progress == "json":
        short = {name: value for name, value in outcome.items() if name != "issues"}
        _print(json.dumps({"result": short}, ensure_ascii=False))
    else:
        _print(json.dumps(outcome, indent=2, ensure_ascii=False))


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _stats(arguments: argparse.Namespace, _progress: Progress) -> None:
    dump = Dump(arguments.database)
    try:
        meta, counts = dump.meta(), dump.counts()
    finally:
        dump.close()
    meta["counts"] = json.loads(meta.get("counts", "{}"))
    if arguments.json or arguments.progress == "json":
        _print_json(arguments, {"meta": meta, "tables": counts})
        return
    lines = [f"{name:<18}{meta[name]}" for name in meta if name != "counts"]
    lines += ["", *(f"{name:<18}{number:>9,}" for name, number in counts.items())]
    _print("\n".join(lines))


def _export(arguments: argparse.Namespace, progress: Progress) -> None:
    progress.begin("read")
    source = export.to_source(arguments.database)
    progress.begin("export")
    if arguments.format == "json":
        export.write_json(source, arguments.out, progress)
    else:
        export.write_folder(source, arguments.out, progress)
    if arguments.json or arguments.progress == "json":
        _print_json(arguments, {"out": str(arguments.out)})


def _is_database(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(15) == b"SQLite format 3"
    except OSError:  # a folder, or what the readers will complain about
        return False


def _source(path: Path, options: Options) -> Source:
    """Return the content of a game database or of a source."""
    if _is_database(path):
        return export.to_source(path)
    return pipeline.load(path, options, Report(str(path)))


def _pack(arguments: argparse.Namespace, progress: Progress) -> None:
    options = Options(arguments.name, progress=progress, attach=arguments.attach)
    source = _source(arguments.source, options)
    source = pack.named(source, arguments.name)
    progress.begin("pack")
    path = pack.write(source, arguments.out, progress)
    if arguments.json or arguments.progress == "json":
        _print_json(arguments, {"out": str(path), "bytes": path.stat().st_size})
    else:
        _print(f"{path} ({path.stat().st_size / 1e6:.2f} MB)")


def _keygen(arguments: argparse.Namespace, _progress: Progress) -> None:
    from importer import signing  # noqa: PLC0415 - its library is not for every import

    secret = signing.passphrase(arguments.passphrase_file)
    private, public = signing.keygen(arguments.name, arguments.out, secret)
    if arguments.json or arguments.progress == "json":
        _print_json(arguments, {"private": str(private), "public": str(public)})
    else:
        _print(f"{private} signs and stays secret; {public} goes to resources/keys.")


def _sign(arguments: argparse.Namespace, progress: Progress) -> None:
    from importer import signing  # noqa: PLC0415 - its library is not for every import

    secret = signing.passphrase(arguments.passphrase_file)
    options = Options(progress=progress)
    path = signing.sign(arguments.pack, arguments.key, arguments.out, options, secret)
    if arguments.json or arguments.progress == "json":
        _print_json(arguments, {"out": str(path), "bytes": path.stat().st_size})
    else:
        _print(f"{path} ({path.stat().st_size / 1e6:.2f} MB)")


def _diff(arguments: argparse.Namespace, progress: Progress) -> None:
    options = Options(progress=progress)
    before, after = _source(arguments.before, options), _source(arguments.after, options)
    changes = diff.compare(before, after, progress, texts=arguments.texts)
    if arguments.json or arguments.progress == "json":
        found = [change.as_json() for change in changes]
        counts = diff.summary(changes)
        _print_json(arguments, {"summary": counts, "changes": found})
    else:
        names = (str(arguments.before), str(arguments.after))
        _print(diff.as_text(changes, names).rstrip("\n"))
