"""Reading small exports, and the real one once for all tests."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from importer.mhd import layout
from importer.mhd.layout import Record
from importer.progress import Progress
from importer.readers.server_export import reader
from importer.source import EffectExtra, Finding, Source, Values
from midsdesk.storage.gamedb.reader import GameDatabase
from tests.helpers.shared import HOMECOMING, SERVER_EXPORT
from tests.importer.server_export import made_export


@dataclass(frozen=True)
class Read:
    """What a small export became."""

    source: Source
    findings: list[Finding]

    def power(self, name: str) -> dict[str, Any]:
        """A power by full name."""
        return next(
            each
            for values in self.source.powers
            if (each := fields(layout.POWER, values))["full_name"] == name
        )

    def effects(self, name: str) -> list[dict[str, Any]]:
        """The effects of a power."""
        return [fields(layout.EFFECT, values) for values in self.power(name)["effects"]]

    def extras(self, name: str) -> tuple[EffectExtra | None, ...]:
        """What is known of the effects beside their records."""
        return self.source.extras.effects.get(name.lower(), ())

    def texts(self) -> str:
        """All findings as one text."""
        return "\n".join(
            f"{each.severity} {each.file} {each.place} {each.message}" for each in self.findings
        )


def fields(record: Record, values: Values) -> dict[str, Any]:
    """A record by field names."""
    return dict(zip(record.names, values, strict=True))


@pytest.fixture
def read(tmp_path: Path) -> Callable[[made_export.Files], Read]:
    """Reads the files of a small export."""

    def work(content: made_export.Files) -> Read:
        path = made_export.write_zip(tmp_path / "export.zip", content)
        return Read(*reader.read(path, Progress()))

    return work


@pytest.fixture
def with_power(read: Callable[[made_export.Files], Read]) -> Callable[..., Read]:
    """Reads a small export with one more power, `Blaster_Ranged.Fire.Test`."""

    def work(*more: dict[str, Any], **changes: Any) -> Read:
        test = made_export.power("Blaster_Ranged.Fire.Test", **changes)
        content = made_export.files()
        content |= made_export.powerset(
            "Blaster_Ranged.Fire",
            made_export.power("Blaster_Ranged.Fire.Flares"),
            test,
        )
        by_set: dict[str, list[dict[str, Any]]] = {}
        for each in more:
            by_set.setdefault(each["full_name"].rpartition(".")[0], []).append(each)
        for name, powers in by_set.items():
            content |= made_export.powerset(name, *powers)
        return read(content)

    return work


@dataclass(frozen=True)
class Imported:
    """The real import: the database, its report, and the processor's seconds it took."""

    path: Path
    report: dict[str, Any]
    cpu_s: float


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Imported:
    """The whole real export with the Mids folder attached, imported once in a process of its own:
    its memory is the import's alone.
    """
    folder = tmp_path_factory.mktemp("real")
    command = [sys.executable, "-m", "importer", "run", str(SERVER_EXPORT)]
    command += ["--out", str(folder / "hc.db"), "--report", str(folder / "report.json")]
    command += ["--attach", str(HOMECOMING)]
    before = os.times()
    subprocess.run(command, check=True, capture_output=True, timeout=280)
    after = os.times()
    used = after.children_user + after.children_system
    used -= before.children_user + before.children_system
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return Imported(folder / "hc.db", report, used)


@pytest.fixture(scope="session")
def catalog(imported: Imported) -> Iterator[GameDatabase]:
    """The real import, opened."""
    database = GameDatabase(imported.path)
    yield database
    database.close()


@pytest.fixture(scope="session")
def real() -> Read:
    """The records of the real export, nothing attached."""
    return Read(*reader.read(SERVER_EXPORT, Progress()))
