"""Goals: totals the player wants to reach. They belong to the build and travel in its file."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Final

from midsdesk.app.document import Document
from midsdesk.app.history import Command
from midsdesk.app.members import member_of, with_member
from midsdesk.app.numbers import spoken, with_unit
from midsdesk.app.ports import Calculation
from midsdesk.app.totals_view import TotalName, total_names
from midsdesk.errors import RuleViolationError
from midsdesk.model.build import Build
from midsdesk.model.totals import Statistic

MEMBER: Final = "MidsdeskGoals"
MOST: Final = 6
_NEARLY: Final = 0.005
# A goal for a total without caps is a quarter above what is there.
_MORE: Final = 1.25


@dataclass(frozen=True, slots=True)
class Goal:
    """What a total shall reach, in the unit the total is shown in."""

    total: str
    target: float


@dataclass(frozen=True, slots=True)
class GoalView:
    """One goal as it is shown.

    Attributes:
        total, name: Which total. target: what it shall reach; unit: of both.
        text: "28.5 / 45 %", or "28.5 → 25.8 / 45 %" while something is pointed at.
        chip: "✓ met", "− 16.5", or the change while something is pointed at.
        tone: "ok", "warn", "better" or "worse" of the chip.
        fill, mark: Where the value and the goal stand on the bar, 0 to 1. after: of the preview.
        color: Token of the bar.
    """

    total: str
    name: str
    target: float
    unit: str
    text: str
    chip: str
    tone: str
    fill: float
    mark: float
    color: str
    spoken: str
    after: float | None = None


def goals_of(build: Build) -> tuple[Goal, ...]:
    """The goals of a build; rows that mean nothing are left out."""
    rows = member_of(build, MEMBER)
    found = []
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, dict) and isinstance(row.get("total"), str):
            target = row.get("target")
            if isinstance(target, int | float) and not isinstance(target, bool):
                found.append(Goal(row["total"], float(target)))
    return tuple(found)


def with_goals(build: Build, goals: Iterable[Goal]) -> Build:
    """The build with other goals; everything else in the members stays."""
    rows = [{"total": goal.total, "target": goal.target} for goal in goals]
    return with_member(build, MEMBER, rows)


def add_goal(document: Document, total: str, target: float | None = None) -> Command:
    """Add a goal; without a target its soft cap, its cap, or a quarter more than now.

    Raises:
        RuleViolationError: There is no such total.
    """
    known = _statistic(document.calculation, total)
    name = _name(total)
    if known is None or name is None:
        raise RuleViolationError("There is no such total.")
    wanted = target if target is not None else usual_target(known)
    edit = partial(_set, goal=Goal(total, wanted))
    return Command(f"Add the goal {name.full} {with_unit(wanted, known.unit)}", edit)


def set_target(document: Document, total: str, target: float) -> Command:
    """Change what a goal asks for; typed digits undo as one step."""
    known = _statistic(document.calculation, total)
    name = _name(total)
    text = with_unit(target, known.unit if known else "")
    label = f"Set the goal {name.full if name else total} to {text}"
    return Command(label, partial(_set, goal=Goal(total, target)), merge_key=("goal", total))


def remove_goal(document: Document, total: str) -> Command:
    """Remove a goal."""
    name = _name(total)
    return Command(
        f"Remove the goal {name.full if name else total}", partial(_without, total=total)
    )


def usual_target(known: Statistic) -> float:
    """What most want of a total: its soft cap, its cap, or a quarter more than there is."""
    if known.soft_cap:
        return known.soft_cap
    if known.cap is not None:
        return known.cap
    return round(known.value * _MORE or 10.0, 1)


def choices(document: Document) -> tuple[tuple[str, tuple[tuple[str, str, float, str], ...]], ...]:
    """Totals one can have a goal for: headings, each with key, name, usual target and unit."""
    known = {item.key: item for item in document.calculation.statistics}
    taken = {goal.total for goal in goals_of(document.build)}
    found: dict[str, list[tuple[str, str, float, str]]] = {}
    for name in total_names():
        item = known.get(name.key)
        if item is not None and name.key not in taken:
            row = (name.key, name.full, usual_target(item), item.unit)
            found.setdefault(name.group, []).append(row)
    return tuple((group, tuple(rows)) for group, rows in found.items())


def view(document: Document, preview: Calculation | None = None) -> tuple[GoalView, ...]:
    """The goals with where the build stands; with `preview` also where it would stand."""
    found = []
    for goal in goals_of(document.build):
        now, name = _statistic(document.calculation, goal.total), _name(goal.total)
        if now is not None and name is not None:
            then = _statistic(preview, goal.total) if preview is not None else None
            found.append(_view(goal, name, now, then))
    return tuple(found)


def _view(goal: Goal, name: TotalName, now: Statistic, then: Statistic | None) -> GoalView:
    target = goal.target
    full = max(target, now.value, then.value if then else 0.0) * 1.25 or 1.0
    met = _met(now.value, target, lower=name.lower_is_better)
    change = then.value - now.value if then is not None else 0.0
    goal_text = with_unit(target, now.unit, decimals=0 if target == int(target) else 1)
    value = _number(now.value, now.unit)
    missing = abs(target - now.value)
    if abs(change) >= _NEARLY and then is not None:
        chip = with_unit(change, "", sign=True, decimals=2 if abs(change) < 10 else 1)
        tone = "better" if (change > 0) != name.lower_is_better else "worse"
        value = f"{value} → {_number(then.value, now.unit)}"
    elif met:
        chip, tone = "✓ met", "ok"
    else:
        sign = "+" if name.lower_is_better else "−"
        chip, tone = f"{sign} {_number(missing, now.unit)}", "warn"
    said = f"Goal {name.full}, {spoken(_number(now.value, now.unit))} of {spoken(goal_text)}"
    said += ", met" if met else f", missing {_number(missing, now.unit)}"
    return GoalView(
        total=goal.total,
        name=name.full,
        target=target,
        unit=now.unit,
        text=f"{value} / {goal_text}",
        chip=chip,
        tone=tone,
        fill=_part(now.value, full),
        mark=_part(target, full),
        color=name.color,
        spoken=said,
        after=_part(then.value, full) if then is not None and abs(change) >= _NEARLY else None,
    )


def _number(value: float, unit: str) -> str:
    """A value as its unit has it, without the unit."""
    return with_unit(value, unit).removesuffix("/s").removesuffix(f" {unit}")


def _met(value: float, target: float, *, lower: bool) -> bool:
    return value <= target + _NEARLY if lower else value >= target - _NEARLY


def _part(value: float, full: float) -> float:
    return min(1.0, max(0.0, value / full))


def _set(build: Build, goal: Goal) -> Build:
    held = goals_of(build)
    if any(each.total == goal.total for each in held):
        return with_goals(build, (goal if each.total == goal.total else each for each in held))
    return with_goals(build, (*held, goal))


def _without(build: Build, total: str) -> Build:
    return with_goals(build, (each for each in goals_of(build) if each.total != total))


def _statistic(calculation: Calculation, key: str) -> Statistic | None:
    return next((item for item in calculation.statistics if item.key == key), None)


def _name(key: str) -> TotalName | None:
    return next((name for name in total_names() if name.key == key), None)
