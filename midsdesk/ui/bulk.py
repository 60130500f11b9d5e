"""The commands of the Slots menu: what each name runs."""

from collections.abc import Callable
from functools import partial

from midsdesk.app import commands_all
from midsdesk.app.commands_all import Bound
from midsdesk.model.vocab import Grade, RelativeLevel
from midsdesk.ui.controller import Make

_TOP_LEVEL = 50


def bulk_runs(run: Callable[[Make], object]) -> dict[str, Callable[[], object]]:
    """Return what the actions of the Slots menu do."""
    makes: dict[str, Make] = {
        "levels_default": partial(commands_all.set_levels, level=_TOP_LEVEL),
        "levels_lowest": partial(commands_all.set_levels, level=Bound.LOWEST),
        "levels_highest": partial(commands_all.set_levels, level=Bound.HIGHEST),
        "grade_single": partial(commands_all.set_grades, grade=Grade.SINGLE),
        "grade_dual": partial(commands_all.set_grades, grade=Grade.DUAL),
        "grade_training": partial(commands_all.set_grades, grade=Grade.TRAINING),
        "relative_5": partial(commands_all.set_relative_levels, relative=RelativeLevel.PLUS_5),
        "relative_3": partial(commands_all.set_relative_levels, relative=RelativeLevel.PLUS_3),
        "relative_0": partial(commands_all.set_relative_levels, relative=RelativeLevel.EVEN),
        "relative_-3": partial(commands_all.set_relative_levels, relative=RelativeLevel.MINUS_3),
        "relative_none": partial(commands_all.set_relative_levels, relative=RelativeLevel.NONE),
        "flip_all": commands_all.flip_all,
        "clear_pieces": commands_all.clear_pieces,
        "remove_slots": commands_all.remove_slots,
        "arrange_slots": commands_all.arrange_slots,
    }
    return {name: partial(run, make) for name, make in makes.items()}
