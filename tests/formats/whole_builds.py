"""Whole builds for round trips: any archetype, sets, picks, slots and pieces the data have."""

import random
from dataclasses import replace
from functools import cache

from hypothesis import strategies as st

from midsdesk.edit import operations as ops
from midsdesk.formats.aliases import POWERSET_RENAMES
from midsdesk.model.build import (
    ANCILLARY,
    PRIMARY,
    SECONDARY,
    Build,
    DataSetName,
    PowerEntry,
    Slot,
    SlottedEnhancement,
    SubPower,
)
from midsdesk.model.game import Enhancement, Power
from midsdesk.model.ids import EnhancementId, PowerId
from midsdesk.model.vocab import Alignment, EnhancementKind, Grade, PowersetKind, RelativeLevel
from tests.helpers.gamedata import packed_catalog

CATALOG = packed_catalog()
ARCHETYPES = [item for item in CATALOG.archetypes() if item.playable]
_PIECES = [item for item in CATALOG.enhancements() if item.kind != EnhancementKind.NONE]
_PLACES = {
    PRIMARY: PowersetKind.PRIMARY,
    SECONDARY: PowersetKind.SECONDARY,
    3: PowersetKind.POOL,
    4: PowersetKind.POOL,
    5: PowersetKind.POOL,
    6: PowersetKind.POOL,
    ANCILLARY: PowersetKind.ANCILLARY,
}
_FREE = ("Inherent.Fitness.Health", "Inherent.Fitness.Stamina")
_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_SIGNS = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters=_BIDI)
NAMES = st.text(_SIGNS, max_size=30)
COMMENTS = st.text(st.one_of(_SIGNS, st.sampled_from("\n\t<>&;")), max_size=60)


@cache
def _started(archetype: str) -> Build:
    return ops.new_build(CATALOG, archetype)


@cache
def _sets(archetype: str, kind: PowersetKind) -> list[str]:
    """Without those whose numbers old files replace by others'."""
    found = [item.id for item in CATALOG.powersets_of(archetype) if item.kind == kind]
    return [name for name in found if name.lower() not in POWERSET_RENAMES]


@cache
def _extras() -> tuple[Power, ...]:
    names = ("Temporary_Powers.Accolades", "Incarnate.Judgement", "Incarnate.Alpha")
    return tuple(power for name in names for power in CATALOG.powers(name))


def make(seed: int, name: str = "", comment: str = "") -> Build:
    """A build that is different in everything a form may carry; the same for the same seed."""
    rng = random.Random(seed)
    archetype = rng.choice(ARCHETYPES)
    build = _started(archetype.id)
    places = list(build.powersets)
    for place, kind in _PLACES.items():
        options = _sets(archetype.id, kind)
        if options and (place in (PRIMARY, SECONDARY) or rng.random() < 0.8):
            places[place] = type(places[place])(rng.choice(options))
    powers = [
        power for each in dict.fromkeys(places) if each for power in CATALOG.powers(each)
        if power.level > 0
    ]  # fmt: skip
    rng.shuffle(powers)
    entries = [_pick(rng, level, powers) for level in CATALOG.ruleset.pick_levels]
    others = [_filled(rng, entry.power, entry.level) for entry in build.others]
    taken = {entry.power.lower() for entry in (*entries, *others)}
    some = rng.sample(_extras(), 5)
    others += [_filled(rng, each.id, 50) for each in some if each.id.lower() not in taken]
    return replace(
        build,
        name=name,
        comment=comment,
        origin=rng.choice(archetype.origins) if archetype.origins else "",
        alignment=rng.choice(list(Alignment)),
        powersets=tuple(places),
        entries=(*entries, *others),
        made_with=DataSetName(CATALOG.name, CATALOG.version),
    )


def _pick(rng: random.Random, level: int, powers: list[Power]) -> PowerEntry:
    for power in powers:
        if power.level <= level and rng.random() < 0.95:
            powers.remove(power)
            return _filled(rng, power.id, level)
    return PowerEntry(PowerId(""), level)


def _filled(rng: random.Random, name: PowerId, level: int) -> PowerEntry:
    power = CATALOG.power(name)
    assert power is not None
    free = power.id in _FREE
    slots = tuple(
        Slot(
            level if number == 0 else rng.randint(1, 50),
            _piece(rng, 0.8),
            _piece(rng, 0.2),
            inherent=free and number > 3,
        )
        for number in range(rng.randrange(7))
    )
    return PowerEntry(
        power=power.id,
        level=level,
        slots=slots,
        included=rng.random() < 0.5,
        procs_off=rng.random() < 0.2,
        stacks=rng.randint(0, power.variable_max) if power.has_variable else 0,
        inherent_slots_used=rng.randrange(3) if free else 0,
        sub_powers=_subs(rng) if rng.random() < 0.02 else (),
    )


def _subs(rng: random.Random) -> tuple[SubPower, ...]:
    return tuple(SubPower(each.id, rng.random() < 0.5) for each in rng.sample(_extras(), 2))


def _piece(rng: random.Random, chance: float) -> SlottedEnhancement | None:
    if rng.random() > chance:
        return None
    item: Enhancement = rng.choice(_PIECES)
    invention = item.kind in (EnhancementKind.INVENTION, EnhancementKind.SET)
    grade = Grade.NONE if invention else Grade.SINGLE
    if item.kind == EnhancementKind.NORMAL:
        grade = rng.choice((Grade.TRAINING, Grade.DUAL, Grade.SINGLE))
    return SlottedEnhancement(
        EnhancementId(item.id),
        level=rng.randint(1, 50) if invention else 50,
        grade=grade,
        relative_level=rng.choice(list(RelativeLevel)),
        obtained=rng.random() < 0.3,
    )


BUILDS = st.builds(make, st.integers(0, 2**32), NAMES, COMMENTS)
