"""Whole legal builds for round trips: picked, slotted and filled as the rules allow."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache, partial

from midsdesk.edit import operations as ops
from midsdesk.edit.character import powersets_for
from midsdesk.errors import RuleViolationError
from midsdesk.formats.aliases import POWERSET_RENAMES
from midsdesk.model.build import ANCILLARY, PRIMARY, SECONDARY, Build, SlottedEnhancement
from midsdesk.model.game import Enhancement, Power, Powerset
from midsdesk.model.vocab import Alignment, EnhancementKind, Grade, RelativeLevel
from midsdesk.rules.check import check
from midsdesk.rules.slotting import accepts
from tests.formats.whole_builds import CATALOG

_ARCHETYPES = [each.id for each in CATALOG.archetypes() if each.playable]
_PLACES = (PRIMARY, SECONDARY, 3, 4, 5, 6, ANCILLARY)
_TRIES = 400


@cache
def _fitting(power: str) -> dict[str, list[Enhancement]]:
    """Pieces a power takes, by set; those of no set under ""."""
    known = CATALOG.power(power)
    found: dict[str, list[Enhancement]] = defaultdict(list)
    for each in CATALOG.enhancements() if known else ():
        if each.kind != EnhancementKind.NONE and known and accepts(known, each, CATALOG):
            found[each.set_id or ""].append(each)
    return dict(found)


def legal(seed: int, name: str = "", comment: str = "") -> Build:
    """A legal build; most are full level-50 ones. The same for the same seed."""
    rng = random.Random(seed)
    build = ops.new_build(CATALOG, rng.choice(_ARCHETYPES))
    for place in _PLACES:
        options = _of_today(powersets_for(CATALOG, build.archetype, place))
        if options and (place in (PRIMARY, SECONDARY) or rng.random() < 0.9):
            wanted = rng.choice(options).id
            change = partial(ops.change_powerset, catalog=CATALOG, place=place, powerset=wanted)
            build = _try(build, change, checked=True)
    build = _picked(build, rng)
    build = _slotted(build, rng)
    build = _filled(build, rng)
    build = _switched(build, rng)
    return replace(build, name=name, comment=comment, alignment=rng.choice(list(Alignment)))


def _of_today(sets: Iterable[Powerset]) -> list[Powerset]:
    """Without the unused twins that the data keep of some sets: old files mean their heirs."""
    return [each for each in sets if each.id.lower() not in POWERSET_RENAMES]


def _try(build: Build, edit: Callable[[Build], Build], *, checked: bool = False) -> Build:
    """The build after an edit, if the rules allow it; `checked`: and all of it is still legal."""
    try:
        after = edit(build)
    except RuleViolationError:
        return build
    return build if checked and check(after, CATALOG) else after


def _powers(build: Build) -> list[Power]:
    sets = dict.fromkeys(each for each in build.powersets if each)
    return [power for each in sets for power in CATALOG.powers(each) if power.level > 0]


def _picked(build: Build, rng: random.Random) -> Build:
    wanted = rng.choice((24, 24, 24, rng.randrange(2, 24)))
    powers = _powers(build)
    for _ in range(_TRIES):
        taken = sum(not entry.is_empty for entry in build.picks)
        if taken >= wanted or not powers:
            break
        power = rng.choice(powers[: 12 + taken * 3])
        take = partial(ops.take_power, catalog=CATALOG, power=power.id)
        build = _try(build, take, checked=True)
    return build


def _slotted(build: Build, rng: random.Random) -> Build:
    filled = [n for n, entry in enumerate(build.entries) if entry.slots]
    for _ in range(_TRIES):
        if build.added_slots >= 67 or not filled:
            break
        index = rng.choice(filled)
        build = _try(build, partial(ops.add_slot, catalog=CATALOG, index=index))
    return build


def _filled(build: Build, rng: random.Random) -> Build:
    for index, entry in enumerate(build.entries):
        groups = _fitting(entry.power) if entry.slots else {}
        if not groups:
            continue
        group = groups[rng.choice(sorted(groups))]
        for number in range(len(entry.slots)):
            if rng.random() < 0.3:
                group = groups[rng.choice(sorted(groups))]
            piece = _piece(rng.choice(group), rng)
            put = partial(ops.slot_enhancement, index=index, number=number, piece=piece)
            build = _try(build, partial(put, catalog=CATALOG))
    return build


def _piece(known: Enhancement, rng: random.Random) -> SlottedEnhancement:
    low, high = ops.relative_range(known)
    relative = RelativeLevel(rng.randint(int(low), int(high)))
    levelled = known.kind in (EnhancementKind.INVENTION, EnhancementKind.SET)
    grade = Grade.NONE if levelled else Grade.SINGLE
    if known.kind == EnhancementKind.NORMAL:
        grade = rng.choice((Grade.TRAINING, Grade.DUAL, Grade.SINGLE))
    return SlottedEnhancement(known.id, rng.randint(1, 50) if levelled else 50, grade, relative)


def _switched(build: Build, rng: random.Random) -> Build:
    for index, entry in enumerate(build.entries):
        power = CATALOG.power(entry.power) if not entry.is_empty else None
        if power is None:
            continue
        on = rng.random() < 0.7
        switch = partial(ops.set_included, catalog=CATALOG, index=index, included=on)
        build = _try(build, switch)
        if power.has_variable:
            stacks = rng.randint(power.variable_min, power.variable_max)
            stack = partial(ops.set_stacks, catalog=CATALOG, index=index, stacks=stacks)
            build = _try(build, stack)
    return build
