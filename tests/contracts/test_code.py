"""What must hold of the code as a whole."""

import importlib
import pkgutil
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import importer
import midsdesk
from midsdesk.errors import MidsdeskError
from tests.contracts.checkout import ROOT

CODE = re.compile(r"MD-(000|(VAL|BUS|SYS|EXT)-\d{3})")


def test_import_contracts_hold() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [lint, "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_error_has_a_code_of_its_own() -> None:
    _import_everything()
    errors: list[type[MidsdeskError]] = [MidsdeskError, *_below(MidsdeskError)]
    assert [error.__name__ for error in errors if "code" not in vars(error)] == []
    codes = Counter(error.code for error in errors)
    assert [code for code, times in codes.items() if times > 1] == []
    assert [code for code in codes if not CODE.fullmatch(code)] == []


def test_packages_hold_nothing_but_a_docstring() -> None:
    """So importing a module costs that module alone."""
    full = [
        path.relative_to(ROOT).as_posix()
        for package in ("midsdesk", "importer")
        for path in (ROOT / package).rglob("__init__.py")
        if not re.fullmatch(r'""".*?"""\s*', path.read_text(encoding="utf-8"), re.DOTALL)
    ]
    assert full == []


def test_nothing_but_sync_and_server_reaches_a_network() -> None:
    """So nothing is fetched without being asked: what cannot speak, does not."""
    speaks = re.compile(
        r"^\s*(?:import|from)\s+(requests|socket|ssl|http|ftplib|urllib\.request|websockets"
        r"|PySide6\.QtNetwork)\b",
        re.MULTILINE,
    )
    quiet = [
        path
        for package in ("midsdesk", "importer")
        for path in (ROOT / package).rglob("*.py")
        if path.relative_to(ROOT).parts[:2] not in (("midsdesk", "sync"), ("midsdesk", "server"))
    ]
    assert len(quiet) > 300
    assert [path.name for path in quiet if speaks.search(path.read_text(encoding="utf-8"))] == []


def _import_everything() -> None:
    for package in (midsdesk, importer):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__") and ".migrations." not in module.name:
                importlib.import_module(module.name)


def _below(error: type[MidsdeskError]) -> Iterator[type[MidsdeskError]]:
    for child in error.__subclasses__():
        if child.__module__.partition(".")[0] in ("midsdesk", "importer"):
            yield child
        yield from _below(child)
