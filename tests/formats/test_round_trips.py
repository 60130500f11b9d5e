from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from midsdesk.errors import BuildFormatError
from midsdesk.formats import forms, mxd_write
from midsdesk.formats.forms import Facet, Form, carries, losses, reduced
from midsdesk.formats.issues import Severity
from midsdesk.model.build import Build, Slot
from midsdesk.model.ids import PowerId
from midsdesk.rules.check import check
from tests.formats.legal_builds import legal
from tests.formats.whole_builds import BUILDS, CATALOG, COMMENTS, NAMES, make
from tests.helpers.builds import BUILDS as FOLDER
from tests.helpers.builds import SAMPLES, sample
from tests.helpers.shared import needs_shared

EXACT = (
    Form.MBD,
    Form.MBD_CHUNK,
    Form.SHARE_TEXT,
    Form.MXD,
    Form.MXD_101,
    Form.MXD_BINARY,
    Form.MXD_BLOCK,
    Form.LINK,
    Form.NATIVE,
    Form.SHARE_CODE,
)
SEEDS = st.integers(0, 2**32)
READABLE = (*EXACT, Form.REPORT, Form.GAME_TEXT)
# A legal build takes a third of a second, and a smaller seed is no smaller build: no shrinking.
FEW = settings(
    max_examples=12,
    suppress_health_check=list(HealthCheck),
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
SOME = settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None)


def one_mark_a_slot(build: Build) -> Build:
    """A .mxd has one mark of what is owned for both pieces of a slot."""

    def marked(slot: Slot) -> Slot:
        main, other = slot.enhancement, slot.alternate
        if main is None or other is None:
            return slot
        both = main.obtained or other.obtained
        return replace(
            slot,
            enhancement=replace(main, obtained=both),
            alternate=replace(other, obtained=False),
        )

    entries = tuple(
        replace(entry, slots=tuple(map(marked, entry.slots))) for entry in build.entries
    )
    return replace(build, entries=entries)


def expected(build: Build, form: Form) -> Build:
    kept = reduced(build, form, CATALOG)
    return one_mark_a_slot(kept) if form == Form.MXD else kept


def there_and_back(build: Build, form: Form) -> Build:
    """Write and read; a build too large for a link stays as a link would have it."""
    try:
        data = forms.write(build, form, CATALOG)
    except BuildFormatError:
        assert form == Form.LINK
        return expected(build, form)
    reading = forms.read(data, CATALOG)
    assert [issue for issue in reading.issues if issue.severity != Severity.INFO] == []
    assert reading.choices == ()
    return reading.build


@SOME
@given(build=BUILDS, form=st.sampled_from(EXACT))
def test_what_a_form_carries_comes_back(build: Build, form: Form) -> None:
    assert there_and_back(build, form) == expected(build, form)


@SOME
@given(seed=st.integers(0, 2**32), first=st.sampled_from(EXACT), second=st.sampled_from(EXACT))
def test_through_any_two_forms(seed: int, first: Form, second: Form) -> None:
    build = make(seed, name="Ash & Söhne", comment="a <b>\r\n|MxDz;1;2;3;HEX;|\n&lt;")
    one = there_and_back(build, first)
    two = there_and_back(one, second)
    assert two == expected(expected(build, first), second)


@FEW
@given(seed=SEEDS, name=NAMES, comment=COMMENTS)
def test_a_legal_build_stays_the_same_and_legal_in_every_form(
    seed: int, name: str, comment: str
) -> None:
    build = legal(seed, name, comment)
    assert check(build, CATALOG) == ()
    for form in EXACT:
        again = there_and_back(build, form)
        assert again == expected(build, form)
        assert check(again, CATALOG) == ()


@FEW
@given(seed=SEEDS)
def test_a_legal_build_comes_back_from_texts_as_far_as_they_tell(seed: int) -> None:
    build = legal(seed, "Ash")
    for form in (Form.REPORT, Form.GAME_TEXT):
        data = forms.write(build, form, CATALOG)
        reading = forms.read(data, CATALOG)
        again = reading.build
        assert [entry.power for entry in again.picks] == [entry.power for entry in build.picks]
        # A short code of a report may mean several pieces; then a person is asked.
        asked = {
            (each.index, each.slot): {candidate.id for candidate in each.candidates}
            for each in reading.choices
        }
        for index, (mine, other) in enumerate(zip(again.picks, build.picks, strict=True)):
            for number, (slot, meant) in enumerate(zip(mine.slots, other.slots, strict=True)):
                offered = asked.get((index, number), set())
                assert piece_of(slot) == piece_of(meant) or piece_of(meant) in offered
        written = forms.write(again, form, CATALOG)
        assert forms.write(forms.read(written, CATALOG).build, form, CATALOG) == written
        assert check(again, CATALOG) == ()


def piece_of(slot: Slot) -> str:
    return slot.enhancement.enhancement if slot.enhancement else ""


@FEW
@given(seed=SEEDS, first=st.sampled_from(READABLE), second=st.sampled_from(READABLE))
def test_picks_survive_any_two_forms(seed: int, first: Form, second: Form) -> None:
    build = legal(seed)
    for form in (first, second):
        try:
            build_again = forms.read(forms.write(build, form, CATALOG), CATALOG).build
        except BuildFormatError:
            assert form == Form.LINK
            continue
        assert [entry.power for entry in build_again.picks] == [
            entry.power for entry in build.picks
        ]
        build = build_again


@SOME
@given(seed=st.integers(0, 2**32), form=st.sampled_from(EXACT))
def test_writing_again_gives_the_same_bytes(seed: int, form: Form) -> None:
    build = make(seed)
    try:
        data = forms.write(build, form, CATALOG)
    except BuildFormatError:
        return
    assert forms.write(forms.read(data, CATALOG).build, form, CATALOG) == data


@needs_shared
@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize(
    ("form", "ending"),
    [
        (Form.MXD, "-3.20.mxd"),
        (Form.MXD_101, "-1.01.mxd"),
        (Form.MXD_BLOCK, ".mxd-chunk.txt"),
        (Form.LINK, ".link.txt"),
        (Form.MBD_CHUNK, ".mbd-chunk.txt"),
    ],
)
def test_samples_are_written_byte_for_byte(name: str, form: Form, ending: str) -> None:
    data = (FOLDER / f"{name}{ending}").read_bytes()
    build = sample(name)
    options = {}
    if form in (Form.MXD, Form.MXD_101):
        top = data.decode().partition("<comment>")[0].partition("|  ")[0]
        options["report"] = top.partition("<enhobtained>")[0]
    written = forms.write(build, form, CATALOG, **options)
    assert written == (data.removesuffix(b"\n") if form == Form.LINK else data)


@needs_shared
@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("form", EXACT)
def test_samples_come_back(name: str, form: Form) -> None:
    build = sample(name)
    assert there_and_back(build, form) == expected(build, form)


def test_every_form_says_what_it_carries() -> None:
    for form in Form:
        row = carries(form)
        assert row.form == form
        assert (form in forms.READERS) == row.read or form == Form.MXD_101
        assert set(row.missing).isdisjoint(row.facets)
    assert carries(Form.NATIVE).missing == ()
    assert carries(Form.MBD).missing == (Facet.COMPANIONS,)


def test_losses_name_what_the_build_really_has() -> None:
    build = make(5, comment="x")
    assert Facet.COMMENT in losses(build, Form.LINK, CATALOG)
    assert Facet.COMMENT not in losses(replace(build, comment=""), Form.LINK, CATALOG)
    assert losses(build, Form.MBD, CATALOG) == ()
    for form in Form:
        kept = reduced(build, form, CATALOG)
        assert reduced(kept, form, CATALOG) == kept
        assert losses(kept, form, CATALOG) == ()


def test_what_the_data_do_not_know_is_lost_in_numbers_only() -> None:
    build = make(5)
    first = replace(build.entries[0], power=PowerId("Blaster_Ranged.Fudge.Soft"))
    odd = build.with_entry(0, first)
    assert losses(odd, Form.MXD, CATALOG) == (Facet.UNKNOWN,)
    assert losses(odd, Form.MBD, CATALOG) == ()
    again = there_and_back(odd, Form.MXD)
    assert again.entries[0].is_empty
    assert again.entries[1:] == one_mark_a_slot(build).entries[1:]


def test_a_form_nobody_writes_is_refused() -> None:
    with pytest.raises(BuildFormatError, match="does not write"):
        forms.write(make(1), Form.OLD_BLOCK, CATALOG)


def test_a_file_for_old_programs_ends_its_lines_their_way() -> None:
    text = mxd_write.encode_101(make(1), CATALOG, "a\nb").decode()
    assert text.startswith("a\r\nb\r\n\r\n\r\n\r\n|  ")
    assert "\r" not in text[text.index("|  ") :]
