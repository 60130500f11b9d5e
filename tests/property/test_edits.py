"""Random edits: builds stay within the rules, undo leads back, files keep everything."""

import json
from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from midsdesk.app import commands as cmd
from midsdesk.app import commands_all, present
from midsdesk.app.document import Document
from midsdesk.app.history import Command
from midsdesk.errors import BuildFormatError, RuleViolationError
from midsdesk.formats import mbd
from midsdesk.model.build import Build
from midsdesk.model.vocab import Alignment, RelativeLevel
from midsdesk.rules.check import check
from tests.helpers.builds import document
from tests.helpers.gamedata import packed_catalog

CATALOG = packed_catalog()
ARCHETYPES = [item.id for item in CATALOG.archetypes() if item.playable]
PIECES = [item.id for item in CATALOG.enhancements()]
Make = Callable[[Document], Command]


def _powers(made: Document) -> list[str]:
    return [
        power.id
        for name in made.build.powersets
        if name
        for power in CATALOG.powers(name)
        if power.level > 0
    ]


def _sets(made: Document, place: int) -> list[str]:
    kinds = {0: 1, 1: 2, 7: 3}
    found = CATALOG.powersets_of(made.build.archetype)
    return [item.id for item in found if item.kind == kinds.get(place, 5)]


def _pick(options: list[str], number: int) -> str:
    return options[number % len(options)] if options else ""


NUMBERS = st.integers(0, 10_000)
ENTRIES = st.integers(0, 45)
SLOTS = st.integers(0, 6)


def _fitting(made: Document, entry: int, number: int) -> str:
    """A piece that the power of an entry accepts, or any."""
    if entry >= len(made.build.entries):
        return PIECES[number % len(PIECES)]
    power = CATALOG.power(made.build.entries[entry].power)
    options = [
        piece
        for kind in (power.set_types if power else ())
        for item in CATALOG.enhancement_sets()
        if item.set_type == kind
        for piece in item.pieces
    ]
    return _pick(list(options), number) if options else PIECES[number % len(PIECES)]


STEPS: st.SearchStrategy[Make] = st.one_of(
    st.builds(lambda n: lambda d: cmd.take_power(d, _pick(_powers(d), n)), NUMBERS),
    st.builds(lambda n: lambda d: cmd.take_power(d, _pick(_powers(d), n)), NUMBERS),
    st.builds(lambda e: lambda d: cmd.remove_power(d, e), ENTRIES),
    st.builds(lambda e: lambda d: cmd.add_slot(d, e), ENTRIES),
    st.builds(lambda e: lambda d: cmd.add_slot(d, e), ENTRIES),
    st.builds(lambda e, s: lambda d: cmd.remove_slot(d, e, s), ENTRIES, SLOTS),
    st.builds(
        lambda e, s, n: lambda d: cmd.slot_enhancement(d, e, s, _fitting(d, e, n), n % 53),
        ENTRIES,
        SLOTS,
        NUMBERS,
    ),
    st.builds(lambda e, s: lambda d: cmd.clear_slot(d, e, s), ENTRIES, SLOTS),
    st.builds(lambda e, s: lambda d: cmd.next_piece(d, e, s), ENTRIES, SLOTS),
    st.builds(lambda e, f: lambda d: commands_all.swap_picks(d, e, f), ENTRIES, ENTRIES),
    st.builds(lambda e, o: lambda d: cmd.set_included(d, e, o), ENTRIES, st.booleans()),
    st.builds(lambda e, o: lambda d: cmd.set_procs_off(d, e, o), ENTRIES, st.booleans()),
    st.builds(lambda e, n: lambda d: cmd.set_stacks(d, e, n), ENTRIES, NUMBERS),
    st.builds(
        lambda e, s, r: lambda d: cmd.set_piece_level(d, e, s, relative=r),
        ENTRIES,
        SLOTS,
        st.sampled_from(RelativeLevel),
    ),
    st.builds(lambda e: lambda d: cmd.flip(d, e), ENTRIES),
    st.builds(
        lambda p, n: lambda d: cmd.change_powerset(d, p, _pick(_sets(d, p), n)),
        st.sampled_from((0, 1, 3, 4, 5, 6, 7)),
        NUMBERS,
    ),
    st.builds(lambda t: lambda d: cmd.set_name(d, t), st.text(max_size=8)),
    st.builds(lambda a: lambda d: cmd.set_alignment(d, a), st.sampled_from(Alignment)),
)
MANY = st.lists(STEPS, max_size=25)
SLOW = settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None)


def started(archetype: str) -> Document:
    made = document()
    return document(cmd.change_archetype(made, archetype).edit(made.build))


def run(made: Document, steps: list[Make]) -> int:
    done = 0
    for make in steps:
        try:
            done += made.do(make(made)) is not None
        except RuleViolationError:
            continue
    return done


def invariants(build: Build) -> None:
    levels = CATALOG.ruleset.pick_levels
    assert build.pick_count == len(levels)
    assert tuple(entry.level for entry in build.picks) == levels
    assert build.added_slots <= CATALOG.ruleset.max_slots
    names = [entry.power for entry in build.entries if not entry.is_empty]
    assert len(set(names)) == len(names)
    for entry in build.entries:
        assert len(entry.slots) <= 6
        assert not (entry.is_empty and entry.slots)
    for entry in build.others:
        assert not entry.is_empty


@SLOW
@given(archetype=st.sampled_from(ARCHETYPES), steps=MANY)
def test_edits_keep_the_invariants_and_undo_leads_back(archetype: str, steps: list[Make]) -> None:
    made = started(archetype)
    first = made.build
    done = run(made, steps)
    last = made.build
    invariants(last)
    undone = 0
    while made.undo() is not None:
        undone += 1
    assert undone <= done
    assert made.build == first
    assert not made.modified
    while made.redo() is not None:
        pass
    assert made.build == last


@SLOW
@given(archetype=st.sampled_from(ARCHETYPES), steps=MANY)
def test_files_keep_everything(archetype: str, steps: list[Make]) -> None:
    made = started(archetype)
    run(made, steps)
    data = mbd.encode(made.build, CATALOG)
    again, issues = mbd.decode(data, CATALOG)
    assert [issue for issue in issues if "control characters" not in issue.outcome] == []
    assert again.entries == made.build.entries
    assert again.powersets == made.build.powersets
    assert mbd.encode(again, CATALOG) == mbd.encode(mbd.decode(data, CATALOG)[0], CATALOG)
    assert mbd.decode(mbd.encode(again, CATALOG), CATALOG)[0] == again


@SLOW
@given(steps=MANY)
def test_presenting_and_checking_never_fail(steps: list[Make]) -> None:
    made = document()
    for make in steps:
        try:
            made.do(make(made))
        except RuleViolationError:
            continue
        grid = present.grid(made)
        assert len(grid.picks) == 24
        assert len(present.word_lists(made)) == 7
        assert present.identity(made).name == made.build.name
    for violation in check(made.build, CATALOG):
        assert violation.reason
        assert violation.entry is None or violation.entry < len(made.build.entries)


@SLOW
@given(steps=MANY)
def test_cached_views_equal_fresh_ones(steps: list[Make]) -> None:
    made = document()
    for make in steps:
        try:
            made.do(make(made))
        except RuleViolationError:
            continue
        present.grid(made)
        present.word_lists(made)
    fresh = document(made.build)
    fresh.request_level(made.requested_level)
    assert present.grid(made) == present.grid(fresh)
    assert present.word_lists(made) == present.word_lists(fresh)


@given(data=st.binary(max_size=400))
def test_rubbish_is_refused_in_words(data: bytes) -> None:
    try:
        mbd.decode(data, CATALOG)
    except BuildFormatError as error:
        assert error.user_message


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)


@SLOW
@given(
    member=st.sampled_from(
        ["BuiltWith", "Level", "Origin", "Alignment", "Name", "Comment", "PowerSets", "LastPower"]
    ),
    entry=st.sampled_from(
        ["PowerName", "Level", "StatInclude", "VariableValue", "SubPowerEntries", "SlotEntries"]
    ),
    piece=JSON,
    value=JSON,
)
def test_any_value_anywhere_is_read_or_refused(
    member: str, entry: str, piece: object, value: object
) -> None:
    made = document()
    made.do(cmd.take_power(made, "Blaster_Ranged.Archery.Snap_Shot"))
    content = json.loads(mbd.encode(made.build, CATALOG))
    content[member] = value
    content["PowerEntries"][0][entry] = value
    content["PowerEntries"][30] = value
    if isinstance(content["PowerEntries"][0]["SlotEntries"], list):
        content["PowerEntries"][0]["SlotEntries"].append({"Level": 3, "Enhancement": piece})
    try:
        build, _ = mbd.decode(json.dumps(content).encode(), CATALOG)
    except BuildFormatError:
        return
    # Compared as written: a writer adds the basic inherents that a damaged file lacks.
    written = mbd.encode(build, CATALOG)
    assert mbd.encode(mbd.decode(written, CATALOG)[0], CATALOG) == written
