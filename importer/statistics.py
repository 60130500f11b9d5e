"""Figures of an import: counts, time and memory of the stages, a hash of the content."""

import hashlib
import marshal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from importer.issues import Report, StageFigures
from importer.progress import Progress
from importer.schema import LISTS
from importer.source import Source
from importer.transform import canonical_json
from midsdesk.storage.gamedb.columns import SCHEMA_VERSION

_AT_ONCE: Final = 500
# Version 2 of Python's own value format knows no back references: equal values, equal bytes.
_MARSHAL_VERSION: Final = 2


@contextmanager
def stage(name: str, report: Report, progress: Progress) -> Iterator[None]:
    """Run a stage: announce it, and write its time and memory down."""
    progress.begin(name)
    begun = time.perf_counter()
    yield
    report.stages.append(StageFigures(name, time.perf_counter() - begun, peak_mb()))


def peak_mb() -> float | None:
    """Return the most memory this process ever had, in megabytes; None where nobody knows.

    On Linux the kernel's own mark is read: the one of `getrusage` begins with the memory of the
    process that started this one.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1e3
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak / 1e3


def content_hash(source: Source, progress: Progress) -> str:
    """Return a hash of all values: the same for the folder, its export, and the database."""
    found = hashlib.sha256(f"{SCHEMA_VERSION} {source.name}".encode())
    total = sum(len(getattr(source, name)) for name in LISTS)
    done = 0
    for name in LISTS:
        records = getattr(source, name)
        found.update(f"{name} {len(records)}".encode())
        for start in range(0, len(records), _AT_ONCE):
            found.update(marshal.dumps(records[start : start + _AT_ONCE], _MARSHAL_VERSION))
            progress.step(done + start, total)
        done += len(records)
    found.update(canonical_json([source.effect_ids, dict(source.texts)]).encode())
    if source.extras:
        found.update(canonical_json(source.extras.as_json()).encode())
    for file in source.files:
        found.update(canonical_json([file.name, file.form, dict(file.head)]).encode())
        found.update(file.raw if file.raw is not None else b"none")
    progress.step(total, total)
    return found.hexdigest()


def counts(source: Source) -> dict[str, int]:
    """Return how many records of each kind there are."""
    effects_at = LISTS["powers"][0].position["effects"]
    found = {name: len(getattr(source, name)) for name in LISTS}
    effects = sum(len(values[effects_at]) for values in source.powers)
    order = ("archetypes", "powersets", "powers")
    return {
        **{name: found[name] for name in order},
        "effects": effects,
        **{name: number for name, number in found.items() if name not in order},
    }
