"""What the importer's tests share."""

from collections.abc import Callable
from pathlib import Path

import pytest

from importer import export
from importer.progress import Progress
from importer.source import Source
from tests.helpers import made_source


@pytest.fixture
def source() -> Source:
    return made_source.source()


@pytest.fixture
def written(tmp_path: Path) -> Callable[[Source], Path]:
    """Writes a source as a JSON export."""

    def write(content: Source) -> Path:
        path = tmp_path / "source.json"
        export.write_json(content, path, Progress())
        return path

    return write
