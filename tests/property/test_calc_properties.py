"""What must hold for the calculator whatever is edited: no history, no surprises."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from midsdesk.calc.calculation import Calculation
from midsdesk.calc.engine import Engine
from midsdesk.model.build import Build, PowerEntry, Slot, SlottedEnhancement
from midsdesk.model.game import Power
from midsdesk.model.ids import EnhancementId, PowerId
from midsdesk.model.settings import CalcSettings, Rules
from midsdesk.model.vocab import Grade, PowersetKind, RelativeLevel, ToWho
from tests.helpers.characters import Piece, calculate, character, io, numbers_of, piece
from tests.helpers.gamedata import packed_catalog

CATALOG = packed_catalog()
FEW = settings(max_examples=25, deadline=None)

# Pieces of every kind: globals, procs, purples, origin and special ones, a knockdown, set pieces.
PIECES = [
    "Crafted_Luck_of_the_Gambler_F",
    "Crafted_Luck_of_the_Gambler_A",
    "Crafted_Apocalypse_F",
    "Crafted_Apocalypse_B",
    "Crafted_Miracle_F",
    "Crafted_Kismet_E",
    "Crafted_Steadfast_Protection_B",
    "Crafted_Gladiators_Armor_F",
    "Crafted_Eradication_F",
    "Crafted_Sudden_Acceleration_F",
    "Crafted_Positrons_Blast_A",
    "Crafted_Positrons_Blast_B",
    "Crafted_Force_Feedback_F",
    "Crafted_Recharge",
    "Crafted_Damage",
    "Crafted_Defense_Buff",
    "Magic_Accuracy",
    "Magic_Endurance_Discount",
    "Hamidon_Damage_Accuracy",
    "Nobody_Knows_This",
]
Edit = Callable[[Build], Build]


BIO = "Scrapper_Defense.Bio_Organic_Armor"
ENERGY = "Scrapper_Melee.Energy_Melee"
# Powers whose effects ask for lights, presence, stacks and results of one another.
POWERS = [
    *(f"Pool.Fighting.{name}" for name in ("Boxing", "Kick", "Cross_Punch", "Weave")),
    *(f"{ENERGY}.{name}" for name in ("Barrage", "Power_Crash", "Energy_Transfer")),
    *(f"{BIO}.{name}" for name in ("Adaptation", "Inexhaustible", "Parasitic_Aura")),
    f"{BIO}.Ablative_Carapace",
    *(f"{BIO}.{name}_Adaptation" for name in ("Defensive", "Efficient", "Offensive")),
    *(
        f"Inherent.Inherent.{name}"
        for name in ("Brawl", "Critical_Hit", "Energy_Focus", "Containment", "Scourge")
    ),
    "Scrapper_Melee.Dark_Melee.Soul_Drain",
    "Pool.Leadership.Tactics",
    "Pool.Speed.Hasten",
    "Inherent.Fitness.Health",
    "Incarnate.Alpha.Musculature_Core_Paragon",
    "Incarnate.Interface.Reactive_Radial_Flawless_Interface",
    "Temporary_Powers.Accolades.Portal_Jockey",
]


@cache
def sample() -> Build:
    """A character whose powers depend on one another, with some pieces in each."""
    slots: list[Piece | None] = [piece(uid) for uid in PIECES[:4]]
    powers = {name: [*slots[: place % 4], None] for place, name in enumerate(POWERS)}
    return character("Class_Scrapper", powers, stacks=dict.fromkeys(POWERS, 1))


def _at(build: Build, place: int, change: Callable[[PowerEntry], PowerEntry]) -> Build:
    index = place % len(build.entries)
    return build.with_entry(index, change(build.entries[index]))


def _slotted(entry: PowerEntry, slot: int, change: Callable[[Slot], Slot]) -> PowerEntry:
    if not entry.slots:
        return entry
    index = slot % len(entry.slots)
    slots = entry.slots
    return replace(entry, slots=(*slots[:index], change(slots[index]), *slots[index + 1 :]))


def put(place: int, slot: int, uid: str) -> Edit:
    placed = SlottedEnhancement(EnhancementId(uid), grade=Grade.SINGLE)
    return lambda build: _at(
        build, place, lambda each: _slotted(each, slot, lambda s: replace(s, enhancement=placed))
    )


def clear(place: int, slot: int) -> Edit:
    return lambda build: _at(
        build, place, lambda each: _slotted(each, slot, lambda s: replace(s, enhancement=None))
    )


def level(place: int, slot: int, value: int, relative: RelativeLevel) -> Edit:
    def change(each: Slot) -> Slot:
        if each.enhancement is None:
            return each
        changed = replace(each.enhancement, level=value, relative_level=relative)
        return replace(each, enhancement=changed)

    return lambda build: _at(build, place, lambda entry: _slotted(entry, slot, change))


def toggle(place: int) -> Edit:
    return lambda build: _at(build, place, lambda each: replace(each, included=not each.included))


def procs(place: int) -> Edit:
    return lambda build: _at(build, place, lambda each: replace(each, procs_off=not each.procs_off))


def stacks(place: int, value: int) -> Edit:
    return lambda build: _at(build, place, lambda each: replace(each, stacks=value))


def add_slot(place: int, at: int) -> Edit:
    return lambda build: _at(
        build, place, lambda each: replace(each, slots=(*each.slots, Slot(at))[:6])
    )


def remove_slot(place: int) -> Edit:
    return lambda build: _at(build, place, lambda each: replace(each, slots=each.slots[:-1]))


def other_power(place: int, name: str) -> Edit:
    return lambda build: _at(build, place, lambda each: replace(each, power=PowerId(name)))


PLACES = st.integers(0, 30)
SLOTS = st.integers(0, 5)
EDITS = st.one_of(
    st.builds(put, PLACES, SLOTS, st.sampled_from(PIECES)),
    st.builds(put, PLACES, SLOTS, st.sampled_from(PIECES)),
    st.builds(clear, PLACES, SLOTS),
    st.builds(level, PLACES, SLOTS, st.integers(1, 53), st.sampled_from(RelativeLevel)),
    st.builds(toggle, PLACES),
    st.builds(toggle, PLACES),
    st.builds(other_power, PLACES, st.sampled_from(["", "Nobody.Knows.This", *POWERS])),
    st.builds(procs, PLACES),
    st.builds(stacks, PLACES, st.integers(0, 10)),
    st.builds(add_slot, PLACES, st.integers(1, 51)),
    st.builds(remove_slot, PLACES),
)
MANY = st.lists(EDITS, min_size=1, max_size=12)
RULES = st.builds(
    CalcSettings,
    rules=st.sampled_from(Rules),
    pvp=st.booleans(),
    suppression=st.sampled_from([0, 192]),
    exemplar_level=st.sampled_from([50, 50, 30]),
)


Numbers = dict[str, str]


def everything(calculation: Calculation) -> Numbers:
    """All numbers in a form in which each bit shows, the sign of a zero too."""
    parts: dict[str, object] = {
        "totals": calculation.totals,
        "capped": calculation.capped,
        "statistics": calculation.statistics,
        "global sums": calculation.global_sums,
        "own sums": calculation.own_sums,
        "chances": sorted(calculation.chances.items()),
        "counted": calculation.counted,
        "sets": calculation.sets,
        "missing": calculation.missing,
    }
    for index in range(len(calculation.build.entries)):
        numbers = calculation.power(index)
        if numbers is not None:
            parts[f"power {index}"] = (numbers.base, numbers.enhanced, numbers.factors)
            parts[f"effects {index}"] = [
                (e.magnitude, e.duration, e.probability, e.ticks, e.counted, e.conditions_met)
                for e in numbers.effects
            ]
    return {name: repr(part) for name, part in parts.items()}


def differing(one: Numbers, other: Numbers) -> list[str]:
    """Names of the parts that are not the same."""
    return [name for name in one.keys() | other.keys() if one.get(name) != other.get(name)]


@FEW
@given(edits=MANY, rules=RULES)
def test_cached_equals_fresh_bit_for_bit(edits: list[Edit], rules: CalcSettings) -> None:
    engine = Engine(CATALOG)
    build = sample()
    engine.calculate(build, rules)
    for edit in edits:
        build = edit(build)
        cached = engine.calculate(build, rules)
    fresh = Engine(CATALOG).calculate(build, rules)
    assert differing(everything(cached), everything(fresh)) == []


@settings(max_examples=10, deadline=None)
@given(edits=st.lists(EDITS, min_size=1, max_size=6), rules=RULES)
def test_undo_gives_the_same_numbers_again(edits: list[Edit], rules: CalcSettings) -> None:
    engine = Engine(CATALOG)
    builds = [sample()]
    for edit in edits:
        builds.append(edit(builds[-1]))
    before = [everything(engine.calculate(build, rules)) for build in builds]
    # Equal builds, not the very objects: a file read again.
    again = [replace(build, entries=tuple(map(replace, build.entries))) for build in builds]
    for build, copy, numbers in reversed(list(zip(builds, again, before, strict=True))):
        for each in (build, copy):
            assert differing(everything(engine.calculate(each, rules)), numbers) == []


@FEW
@given(first=EDITS, second=EDITS, rules=RULES)
def test_the_order_of_independent_edits_does_not_matter(
    first: Edit, second: Edit, rules: CalcSettings
) -> None:
    start = sample()
    one, other = second(first(start)), first(second(start))
    assume(one == other)
    numbers: list[Numbers] = []
    for steps in ((first, second), (second, first)):
        engine, build = Engine(CATALOG), start
        for step in steps:
            build = step(build)
            engine.calculate(build, rules)
        numbers.append(everything(engine.calculate(build, rules)))
    assert differing(*numbers) == []


@FEW
@given(edits=MANY, others=MANY, rules=RULES, later=RULES)
def test_what_was_asked_before_does_not_matter(
    edits: list[Edit], others: list[Edit], rules: CalcSettings, later: CalcSettings
) -> None:
    """Another build, other settings, another archetype: all on the same engine in between."""
    engine = Engine(CATALOG)
    build = sample()
    for edit in others:
        build = edit(build)
        engine.calculate(build, later)
    engine.calculate(replace(build, archetype=character("Class_Tanker").archetype), rules)
    wanted = sample()
    for edit in edits:
        wanted = edit(wanted)
    asked = engine.calculate(wanted, rules)
    fresh = Engine(CATALOG).calculate(wanted, rules)
    assert differing(everything(asked), everything(fresh)) == []


# What common inventions fit which class of enhancement, by the catalog.
_COMMON = {
    each.classes[0]: each.id.removeprefix("Crafted_")
    for each in CATALOG.enhancements()
    if each.id.startswith("Crafted_") and each.classes and not each.set_id
}


@cache
def _hosts() -> tuple[Power, ...]:
    """Powers that take enhancements, of all archetypes and pools, a spread of them."""
    kinds = (PowersetKind.PRIMARY, PowersetKind.SECONDARY, PowersetKind.POOL)
    names = [
        name
        for powerset in CATALOG.powersets()
        if powerset.kind in kinds
        for name in powerset.powers
    ]
    found = [CATALOG.power(name) for name in names[::9]]
    return tuple(each for each in found if each is not None and each.enhancement_classes)


@cache
def _archetype_of(power: Power) -> str:
    powerset = CATALOG.powerset(power.powerset)
    owner = powerset.archetype if powerset else ""
    playable = CATALOG.archetype(owner) if owner else None
    return owner if playable is not None and playable.playable else "Class_Scrapper"


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_more_enhancement_never_hurts(data: st.DataObject) -> None:
    power = data.draw(st.sampled_from(_hosts()))
    names = [_COMMON[each] for each in power.enhancement_classes if each in _COMMON]
    assume(names)
    levels = st.sampled_from(range(10, 55, 5))
    picked = data.draw(st.lists(st.tuples(st.sampled_from(names), levels), min_size=1, max_size=6))
    raised = data.draw(st.integers(0, len(picked) - 1))
    name, low = picked[raised]
    better = [*picked[:raised], (name, data.draw(st.integers(low, 53))), *picked[raised + 1 :]]
    weak, strong = (
        calculate(
            character(
                _archetype_of(power),
                {power.id: [io(*each) for each in pieces]},
                stacks={power.id: power.variable_max},
            ),
            Rules.GAME,
        )
        for pieces in (picked, better)
    )
    less, more = numbers_of(weak, power.id), numbers_of(strong, power.id)
    assert more.enhanced.recharge <= less.enhanced.recharge + 1e-9
    assert more.enhanced.endurance_cost <= less.enhanced.endurance_cost + 1e-9
    assert more.enhanced.interrupt_time <= less.enhanced.interrupt_time + 1e-9
    assert more.enhanced.accuracy >= less.enhanced.accuracy - 1e-9
    assert more.enhanced.range >= less.enhanced.range - 1e-9
    for before, after in zip(less.effects, more.effects, strict=True):
        assert abs(after.magnitude) >= abs(before.magnitude) - 1e-9
        assert after.duration >= before.duration - 1e-9
    helps = all(
        each.base_magnitude >= 0 for each in less.effects if each.to_who in (ToWho.SELF, ToWho.ALL)
    )
    if helps:
        for vector in ("defense", "resistance", "elusivity"):
            pairs = zip(getattr(weak.totals, vector), getattr(strong.totals, vector), strict=True)
            assert all(after >= before - 1e-9 for before, after in pairs)
        for total in ("hit_points", "regeneration", "recovery", "to_hit", "haste", "damage"):
            assert getattr(strong.totals, total) >= getattr(weak.totals, total) - 1e-9
