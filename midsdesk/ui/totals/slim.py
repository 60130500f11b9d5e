"""Where room is short, rows that say the same become one."""

from dataclasses import replace
from itertools import groupby

from midsdesk.app.views import TotalsGroup, TotalsRow

# Two equal rows stay two: a name of its own says more than "Toxic … Psionic".
_FEWEST = 3


def merged(
    groups: tuple[TotalsGroup, ...], preview: tuple[TotalsGroup, ...] | None
) -> tuple[tuple[TotalsGroup, ...], tuple[TotalsGroup, ...] | None]:
    """Return groups and preview in which neighbours with equal looks are one row.

    Rows that a preview would change differently stay apart, so nothing is hidden.
    """
    ahead = {row.key: row for group in preview or () for row in group.rows}
    slim = tuple(replace(group, rows=tuple(_runs(group.rows, ahead))) for group in groups)
    if preview is None:
        return slim, None
    kept = {row.key for group in slim for row in group.rows}
    narrowed = tuple(
        replace(group, rows=tuple(row for row in group.rows if row.key in kept))
        for group in preview
    )
    return slim, narrowed


def _runs(rows: tuple[TotalsRow, ...], ahead: dict[str, TotalsRow]) -> list[TotalsRow]:
    made: list[TotalsRow] = []
    for _, found in groupby(rows, lambda row: (_look(row), _look(ahead.get(row.key)))):
        run = list(found)
        made += [_one(run)] if len(run) >= _FEWEST else run
    return made


def _look(row: TotalsRow | None) -> TotalsRow | None:
    """Return the row without what names it."""
    return replace(row, key="", name="", spoken="") if row is not None else None


def _one(run: list[TotalsRow]) -> TotalsRow:
    first, last = run[0].name.partition("/")[0], run[-1].name.rpartition("/")[2]
    spoken = "; ".join(row.spoken or f"{row.name} {row.text}" for row in run)
    return replace(run[0], name=f"{first} … {last}", spoken=spoken)
