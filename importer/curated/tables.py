"""Reading the curated lists."""

from functools import cache
from importlib.resources import files


@cache
def read(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a curated list without comments, empty lines and the row of heads.

    Args:
        name: Of the file, without its folder.

    Raises:
        ValueError: A row has another number of cells than the first one.
    """
    text = files("importer.curated").joinpath(name).read_text(encoding="utf-8")
    rows = [
        tuple(cell.strip() for cell in line.split("\t"))
        for line in text.splitlines()
        if line.strip() and not line.startswith("#")
    ]
    for row in rows:
        if len(row) != len(rows[0]):
            raise ValueError(f"{name}: {row} has {len(row)} cells, not {len(rows[0])}")
    return tuple(rows[1:])
