"""What changed for a build between two data sets, as rows of a list."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from midsdesk.app.data_changes import DataChanges, NumberChange, PowerChange

_NONE: Final = "–"


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One row. `heading`: it stands above others, and has no sides."""

    name: str
    before: str = ""
    after: str = ""
    heading: bool = False

    @property
    def spoken(self) -> str:
        """As a screen reader says it."""
        if self.heading:
            return self.name
        return f"{self.name}: {self.before or _NONE} → {self.after or _NONE}"


def change_rows(changes: DataChanges) -> tuple[ChangeRow, ...]:
    """All that changed: totals first, then powers, sets, and what was not taken along."""
    totals = [_number(each) for each in changes.totals]
    powers = [row for each in changes.powers for row in _power(each)]
    sets = [
        ChangeRow(f"{family.name}, {slotted} pieces", old or _NONE, new or _NONE)
        for family in changes.sets
        for slotted, old, new in family.bonuses
    ]
    issues = [
        ChangeRow(issue.place, issue.original or _NONE, issue.outcome) for issue in changes.issues
    ]
    found: list[ChangeRow] = []
    for title, count, rows in (
        ("Totals", len(totals), totals),
        ("Powers", len(changes.powers), powers),
        ("Set bonuses", len(changes.sets), sets),
        ("Not taken along as it stood", len(issues), issues),
    ):
        if rows:
            found += [ChangeRow(f"{title} ({count})", heading=True), *rows]
    return tuple(found)


def summary(changes: DataChanges) -> str:
    """How much changed, in one line."""
    counts = (
        (len(changes.totals), "total", "totals"),
        (len(changes.powers), "power", "powers"),
        (len(changes.sets), "set", "sets"),
    )
    parts = [f"{count} {one if count == 1 else many}" for count, one, many in counts if count]
    single = sum(count for count, *_ in counts) == 1
    said = f"{_listed(parts)} {'differs' if single else 'differ'}." if parts else ""
    lost = len(changes.issues)
    if lost:
        what = "1 thing was" if lost == 1 else f"{lost} things were"
        said = f"{said} {what} not taken along as it stood.".strip()
    return said or "Nothing has changed for this build."


def _listed(parts: list[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def as_text(changes: DataChanges) -> str:
    """The same as lines, for the clipboard."""
    return "\n".join(row.spoken for row in change_rows(changes))


def _number(each: NumberChange, of: str = "") -> ChangeRow:
    name = f"{of}: {each.label}" if of else each.label
    return ChangeRow(name, _figure(each.before, each.unit), _figure(each.after, each.unit))


def _figure(value: float, unit: str) -> str:
    text = f"{value:,.2f}".rstrip("0").rstrip(".").replace("-", "−")
    return f"{text} {unit}".strip() if unit not in ("°",) else f"{text}{unit}"


def _power(change: PowerChange) -> Iterator[ChangeRow]:
    name = change.name
    if change.gone:
        yield ChangeRow(name, name, "is gone")
        return
    if change.former:
        yield ChangeRow(f"{name}: name", change.former, name)
    if change.level is not None:
        yield ChangeRow(f"{name}: level", str(change.level[0]), str(change.level[1]))
    for number in change.numbers:
        yield _number(number, name)
    for at in range(max(len(change.lost), len(change.gained))):
        lost, gained = (
            texts[at] if at < len(texts) else _NONE for texts in (change.lost, change.gained)
        )
        yield ChangeRow(name, lost, gained)
