"""Every form there is, told by content and read by one `read`."""

import tracemalloc
from dataclasses import replace
from time import process_time

import pytest

from midsdesk.errors import BuildFormatError
from midsdesk.formats import bson, chunk, forms, links, mbd, mxd_write
from midsdesk.formats.blocks import from_base64
from midsdesk.formats.forms import Choice, Form, Part, decided, read
from midsdesk.formats.issues import Severity
from midsdesk.model.build import Build
from midsdesk.model.ids import PowerId, PowersetId
from midsdesk.model.vocab import Alignment
from tests.formats.whole_builds import CATALOG, make
from tests.fuzz.builds import run
from tests.helpers.builds import BUILDS, SNAP_SHOT, empty_blaster, sample, taken
from tests.helpers.shared import needs_shared

QUIRKS = {
    "early-3.20-order.mxd": "tanker-invuln-ss",
    "version-1.00.mxd": "scrapper-claws-wp",
    "version-3.10.mxd": "tanker-invuln-ss",
    "qualified-names.mxd": "scrapper-claws-wp",
    "old-printable-coding.txt": "sentinel-energy-sr",
    "lower-case-hex.txt": "sentinel-energy-sr",
    "one-line.txt": "sentinel-energy-sr",
    "no-pipes.txt": "sentinel-energy-sr",
    "uncompressed-hex.txt": "sentinel-energy-sr",
    "forum-html.txt": "peacebringer-triform",
    "old-link-bbcode.txt": "controller-ill-rad",
    "old-link-markdown.txt": "controller-ill-rad",
    "bare-binary.mxd": "sentinel-energy-sr",
    "share-3.5.2.txt": "blaster-fire-energy",
    "share-base64.txt": "blaster-fire-energy",
    "share-base64-lines.txt": "blaster-fire-energy",
}
REFUSED = {
    "20-wrong-block-magic.txt": "no build",
    "21-wrong-inner-magic.mxd": "intact, but they hold no build",
    "22-bad-hex-digit.mxd": "“G”, character 301 of 1558",
    "23-odd-hex.mxd": "odd number of hexadecimal digits",
    "24-missing-lines.mxd": "737 of 1558 characters",
    "25-cut-stream.mxd": "end early",
    "26-flipped-byte.mxd": "checksum does not fit",
    "27-size-field-bomb.mxd": "999,999,999 bytes",
    "28-zip-bomb.mxd": "beyond the 2,000 bytes",
    "29-power-count.mxd": "2,147,483,648 powers",
    "30-negative-count.mxd": "-6 powers",
    "31-newer-format.mxd": r"newer program \(form 9.90",
    "32-nan-version.mxd": "impossible version",
    "33-unknown-class.mxd": "Class_Plumber",
    "35-string-length.mxd": "2,147,483,647 bytes",
    "37-bad-base64.txt": "“[*]”, character 378 of 2268",
    "38-chunk-size.txt": "1699 bytes",
    "39-not-brotli.txt": "cannot be expanded",
    "40-brotli-bomb.txt": "beyond the 20,000 bytes",
    "41-link-without-data.txt": "carries no data",
    "42-link-cut.txt": "827 of 1504",
    "43-share-link.txt": "kept on a server",
    "44-oldest-form.txt": "too old",
    "48-plain-text.txt": "no build",
}
POSTS = {
    "bane-1.01-flipped-block.txt": (Form.MXD_BLOCK, "Class_Arachnos_Soldier", 24, 0),
    "blaster-1.01-incomplete-link.txt": (Form.LINK, "Class_Blaster", 2, 0),
    "blaster-3.1-block.txt": (Form.MXD_BLOCK, "Class_Blaster", 24, 2),
    "brute-1.01-single-line.txt": (Form.MXD_BLOCK, "Class_Brute", 24, 0),
    "corruptor-mbd-chunk.txt": (Form.MBD_CHUNK, "Class_Corruptor", 23, 2),
    "sentinel-3.2.mxd": (Form.MXD, "Class_Sentinel", 24, 1),
    "tanker-1.01-accolades-block.txt": (Form.MXD_BLOCK, "Class_Tanker", 24, 0),
    "tanker-1.01-link.txt": (Form.LINK, "Class_Tanker", 24, 0),
}


def shape(build: Build) -> list[object]:
    return [
        (entry.power, entry.level, entry.stacks, [(s.level, s.enhancement) for s in entry.slots])
        for entry in build.entries
    ]


@needs_shared
@pytest.mark.parametrize("name", QUIRKS)
def test_oddities_come_out_as_the_sample(name: str) -> None:
    reading = read((BUILDS / "quirks" / name).read_bytes(), CATALOG, name)
    assert all(issue.severity == Severity.INFO for issue in reading.issues)
    assert reading.choices == ()
    like = sample(QUIRKS[name])
    assert reading.build.powersets == like.powersets
    if reading.form != Form.SHARE_TEXT:  # a block has no mark of what is owned
        like = forms.reduced(like, Form.MXD_BLOCK, CATALOG)
    assert shape(reading.build) == shape(like)


@needs_shared
@pytest.mark.parametrize("name", REFUSED)
def test_bad_files_are_refused_in_words_soon_and_small(name: str) -> None:
    data = (BUILDS / "bad" / name).read_bytes()
    CATALOG.enhancements()
    tracemalloc.start()
    begin = process_time()
    try:
        with pytest.raises(BuildFormatError, match=REFUSED[name]):
            read(data, CATALOG, name)
        assert tracemalloc.get_traced_memory()[1] < 16 * 1024 * 1024
    finally:
        tracemalloc.stop()
    assert process_time() - begin < 1


@needs_shared
def test_unknown_numbers_are_skipped_and_named() -> None:
    reading = read((BUILDS / "bad" / "34-unknown-indices.mxd").read_bytes(), CATALOG)
    said = " ".join(map(str, reading.issues))
    assert "power number 60000" in said
    assert "piece number 50000" in said
    assert "Hasten, slot 1" in said
    like = sample("blaster-fire-energy")
    known = [
        (a.power, b.power) for a, b in zip(reading.build.entries, like.entries, strict=True)
        if a.power != b.power
    ]  # fmt: skip
    assert len(known) == 1
    (choice,) = reading.choices
    assert known[0][1] in [each.id for each in choice.candidates]
    restored = decided(reading.build, choice, known[0][1])
    assert shape(restored)[choice.index] == shape(like)[choice.index]


@needs_shared
def test_of_data_that_end_early_the_complete_powers_are_kept() -> None:
    reading = read((BUILDS / "bad" / "36-data-ends-early.mxd").read_bytes(), CATALOG)
    assert "25 powers" in str(reading.issues[0])
    assert not reading.build.entries[0].is_empty


@needs_shared
@pytest.mark.parametrize("name", POSTS)
def test_what_people_posted_opens(name: str) -> None:
    form, archetype, picks, doubts = POSTS[name]
    reading = read((BUILDS / "posts" / name).read_bytes(), CATALOG)
    assert reading.form == form
    assert reading.build.archetype == archetype
    assert sum(not entry.is_empty for entry in reading.build.picks) == picks
    assert len([i for i in reading.issues if i.place != "Game data"]) == doubts


def test_a_name_of_the_file_does_not_matter() -> None:
    data = mbd.encode(taken(SNAP_SHOT), CATALOG)
    assert read(data, CATALOG, "odd.mhd").form == Form.MBD


def test_the_old_fitness_pool_frees_its_picks() -> None:
    build = make(3)
    value = mbd.value_of(build, CATALOG)
    value["PowerEntries"][4] = dict(
        value["PowerEntries"][0], PowerName="Pool.Fitness.Swift", Level=6
    )
    value["PowerEntries"] = [
        e for e in value["PowerEntries"] if e["PowerName"] != "Inherent.Fitness.Swift"
    ]
    reading = mbd.reading_of(value, CATALOG, Form.MBD)
    assert reading.build.entries[4].is_empty
    assert reading.build.entries[3] == build.entries[3]
    assert reading.build.entries[5] == build.entries[5]
    index = reading.build.find("Inherent.Fitness.Swift")
    assert index is not None
    moved = reading.build.entries[index]
    assert index >= 24
    assert [s.enhancement for s in moved.slots] == [s.enhancement for s in build.entries[0].slots]
    assert "free" in " ".join(map(str, reading.issues))


def test_renamed_powers_and_powersets_are_found() -> None:
    value = mbd.value_of(taken(SNAP_SHOT), CATALOG)
    value["PowerSets"][1] = "Blaster_Support.Atomic_Manipulation"
    value["PowerEntries"][1]["PowerName"] = "Blaster_Support.Time_Manipulation.Time_Wall"
    value["PowerEntries"][1]["Level"] = 1
    reading = mbd.reading_of(value, CATALOG, Form.MBD)
    assert reading.build.powersets[1] == "Blaster_Support.Radiation_Manipulation"
    assert reading.build.entries[1].power == "Blaster_Support.Temporal_Manipulation.Time_Wall"
    assert all(issue.severity == Severity.INFO for issue in reading.issues)


def test_moved_numbers_are_followed() -> None:
    leadership = PowersetId("Pool.Leadership_beta")
    build = replace(
        empty_blaster(),
        powersets=(*empty_blaster().powersets[:3], leadership, *[PowersetId("")] * 4),
    )
    entry = replace(build.entries[5], power=CATALOG.powers(leadership)[0].id)
    data = mxd_write.binary(build.with_entry(5, entry), CATALOG)
    reading = read(data, CATALOG)
    assert reading.build.powersets[3] == "Pool.Leadership"
    assert reading.build.entries[5].power == "Pool.Leadership.Defense"


def _only_choice(**members: object) -> tuple[Build, Choice]:
    value = mbd.value_of(taken(SNAP_SHOT), CATALOG)
    first = value["PowerEntries"][0]
    first["SlotEntries"][0]["Enhancement"] = {"Uid": "Crafted_Accuracy", "IoLevel": 9}
    for name, change in members.items():
        if name == "PowerSets":
            value[name][0] = change
        elif name == "PowerName":
            first[name] = change
        else:
            first["SlotEntries"][0][name] = {"Uid": change, "IoLevel": 24, "Obtained": True}
    reading = mbd.reading_of(value, CATALOG, Form.MBD)
    (choice,) = reading.choices
    return reading.build, choice


def test_a_misspelt_power_may_be_chosen() -> None:
    build, choice = _only_choice(PowerName="Blaster_Ranged.Archery.Snapp_Shot")
    assert (choice.part, choice.index) == (Part.POWER, 0)
    assert build.entries[0].is_empty
    assert (choice.candidates[0].id, choice.candidates[0].name) == (SNAP_SHOT, "Snap Shot")
    done = decided(build, choice, SNAP_SHOT)
    known = mbd.reading_of(mbd.value_of(done, CATALOG), CATALOG, Form.MBD)
    assert known.issues == ()
    assert known.build == done
    first = done.entries[0]
    assert (first.power, first.level, len(first.slots)) == (SNAP_SHOT, 1, 1)
    assert first.slots[0].enhancement is not None
    assert first.slots[0].enhancement.enhancement == "Crafted_Accuracy"


@pytest.mark.parametrize("member", ["Enhancement", "FlippedEnhancement"])
def test_a_misspelt_piece_may_be_chosen(member: str) -> None:
    build, choice = _only_choice(**{member: "Crafted_Acuracy"})
    assert choice.part == Part.PIECE
    assert choice.alternate == (member == "FlippedEnhancement")
    assert "Crafted_Accuracy" in [each.id for each in choice.candidates]
    slot = decided(build, choice, "Crafted_Accuracy").entries[0].slots[0]
    piece = slot.alternate if choice.alternate else slot.enhancement
    assert piece is not None
    assert (piece.enhancement, piece.level, piece.obtained) == ("Crafted_Accuracy", 25, True)


def test_a_misspelt_powerset_may_be_chosen() -> None:
    build, choice = _only_choice(PowerSets="Blaster_Ranged.Archerie")
    assert choice.key == "powerset:blaster_ranged.archerie"
    assert decided(build, choice, "Blaster_Ranged.Archery").powersets[0] == "Blaster_Ranged.Archery"


def test_a_choice_for_a_place_that_is_gone_changes_nothing() -> None:
    build, choice = _only_choice(Enhancement="Crafted_Acuracy")
    assert decided(build, replace(choice, index=999), "Crafted_Accuracy") == build
    assert decided(build, replace(choice, slot=9), "Crafted_Accuracy") == build


def test_picks_outside_the_listed_powersets_are_told() -> None:
    build = taken(SNAP_SHOT)
    sets = (PowersetId("Blaster_Ranged.Fire_Blast"), *build.powersets[1:])
    reading = read(mxd_write.binary(replace(build, powersets=sets), CATALOG), CATALOG)
    assert "other game data" in str(reading.issues[-1])


@pytest.mark.parametrize(
    ("archetype", "side"),
    [("Class_Blaster", Alignment.HERO), ("Class_Stalker", Alignment.VILLAIN)],
)
def test_in_the_first_format_the_archetype_tells_the_side(archetype: str, side: Alignment) -> None:
    def text(value: str) -> bytes:
        return bytes([len(value)]) + value.encode()

    one, picks, none = b"\x00\x00\x00\x00", b"\x18\x00\x00\x00", b"\xff\xff\xff\xff"
    head = b"MxD\x0c\x00\x00\x80\x3f\x00\x01" + text(archetype) + text("Magic") + text("Ash")
    reading = read(head + one + text("") + picks + none, CATALOG)
    assert reading.build.alignment == side
    assert reading.build.name == "Ash"


def test_several_blocks_are_told() -> None:
    one, two = make(1), make(2)
    text = mxd_write.block(one, CATALOG) + "\n\n" + mxd_write.block(two, CATALOG)
    reading = read(text.encode(), CATALOG)
    assert "2 data blocks" in str(reading.issues[0])
    assert shape(reading.build) == shape(forms.reduced(one, Form.MXD_BLOCK, CATALOG))
    both = chunk.encode(one, CATALOG) + "\n" + chunk.encode(two, CATALOG)
    assert "2 data blocks" in str(read(both.encode(), CATALOG).issues[0])


def test_what_stands_behind_the_last_power_is_ignored_aloud() -> None:
    data = mxd_write.binary(make(1), CATALOG) + b"\x00" * 7
    assert "7 bytes" in str(read(data, CATALOG).issues[0])


def test_of_two_powers_of_one_number_the_build_has_its_own() -> None:
    energy, earth = (f"Dominator_Assault.{name}" for name in ("Energy_Assault", "Earth_Assault"))
    for powerset in (energy, earth):
        build = make(1)
        sets = (build.powersets[0], PowersetId(powerset), *build.powersets[2:])
        entry = replace(build.entries[5], power=PowerId(f"{powerset}.Power_Boost"), slots=())
        build = replace(build, powersets=sets).with_entry(5, entry)
        again = read(mxd_write.binary(build, CATALOG), CATALOG).build
        assert again.entries[5].power == entry.power


def test_a_share_text_is_the_chunk_without_its_frame() -> None:
    digits = chunk.share_text(make(1), CATALOG)
    framed = chunk.encode(make(1), CATALOG).split("BASE64;|")[1]
    assert "".join(framed.replace("|", "").split()) == digits


def test_share_texts_may_be_gzip() -> None:
    import base64
    import gzip

    packed = gzip.compress(mbd.encode_compact(make(1), CATALOG))
    assert read(base64.b64encode(packed), CATALOG).build == make(1)
    with pytest.raises(BuildFormatError, match="early"):
        read(base64.b64encode(packed[:-100]), CATALOG)
    with pytest.raises(BuildFormatError, match="cannot"):
        chunk.expand(b"\x1f\x8b" + b"x" * 90, 100)


def test_a_link_too_long_is_not_made() -> None:
    builds = [make(seed) for seed in range(12)]
    made = [links.encode(build, CATALOG) for build in builds]
    assert all(len(link) <= links.LONGEST for link in made)
    with pytest.raises(BuildFormatError, match="too large for a link"):
        forms.write(builds[made.index("")], Form.LINK, CATALOG)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x05\x00\x00\x00\x01",
        b"\x06\x00\x00\x00\x00\x00",
        b"\x0d\x00\x00\x00\x02a\x00\xff\xff\xff\x7f\x00\x00",
        b"\x0b\x00\x00\x00\x09a\x00\x00\x00\x00\x00",
        b"\x08\x00\x00\x00\x0aa\x00\x00\x00",
        b"\x08\x00\x00\x00\x0aa",
    ],
)
def test_broken_bson_is_refused(data: bytes) -> None:
    with pytest.raises(BuildFormatError):
        bson.loads(data)


def test_bson_too_deep_is_refused() -> None:
    data = b"\x05\x00\x00\x00\x00"
    for _ in range(60):
        size = (len(data) + 8).to_bytes(4, "little")
        data = size + b"\x03a\x00" + data + b"\x00"
    with pytest.raises(BuildFormatError, match="deep"):
        bson.loads(data)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("|MxDz;0;10;20;HEX;|", "declare 0 bytes"),
        ("|MxDz;1;2|", "first line is incomplete"),
        ("|MxDz;1;2;x|", "first line is incomplete"),
        ("|MxDu;5;5;10;HEX;|\n|0011223344|", "hold no build"),
        ("|MxDu;5;5;8;HEX;|\n|00112233|", "promises 5"),
        ("|MxDz;9;9;12;|\n|AAAA~AAAAAAA|", "“~”, character 5 of 12"),
        ("|MxDz;9;9;12;|\n|AAAA|", "4 of 12"),
        ("http://x/download.php?c=2&a=4&f=HEX&dc=0011", "“uc=”"),
        ("http://x/download.php?uc=9&c=3&a=4&f=HEX&dc=0011", "promises 3"),
        ("http://x/download.php?uc=9&c=2&a=4&f=HEX&dc=001x", "“x”, character 4"),
        ("HEX;" + "00" * 40 + ";MBD", "cannot be expanded"),
        ("A" * 81, "Base64 text is incomplete"),
    ],
)
def test_damaged_texts_are_refused_in_words(text: str, said: str) -> None:
    with pytest.raises(BuildFormatError, match=said):
        read(text.encode(), CATALOG)


def test_base64_names_the_place() -> None:
    with pytest.raises(BuildFormatError, match="U\\+0007"):
        from_base64("AAAA\x07AAA")


_FULL = 4 * 1024 * 1024 - 100
_POST = 1024 * 1024 - 100


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b'{"a":' + b"[" * _FULL, id="deep"),
        pytest.param(b'{"a":[' + b"[]," * (_FULL // 3) + b"[]]}", id="wide"),
        pytest.param(b"x midsdesk://a" * (_POST // 14), id="addresses"),
        pytest.param(b"cohplanner.com/" * (_POST // 15), id="hosts"),
        pytest.param(b"|MxDz;9;9;18;HEX;|" + b"<comment>" * (_POST // 9), id="comments"),
        pytest.param(b"<" * _POST, id="tags"),
        pytest.param(b"MBD;" + b"1" * _POST, id="digits"),
        pytest.param(b"http://a?dc=" * (_POST // 12), id="links"),
        pytest.param(b"&amp;" * (_POST // 5), id="entities"),
        pytest.param(b"A" * _POST, id="letters"),
        pytest.param(b"MxD\x0c" + b"\x00" * _FULL, id="zeros"),
        pytest.param(b"MxD\x0c" + b"\x00" * 2 * _FULL, id="too large"),
        pytest.param(b"a" * 2 * _POST, id="too long"),
    ],
)
def test_large_hostile_inputs_end_soon(data: bytes) -> None:
    begin = process_time()
    with pytest.raises(BuildFormatError):
        read(data, CATALOG)
    assert process_time() - begin < 4  # 2 s on a machine that does nothing else


# Together with the codec's 100,000 and the 4,000 texts: 200,000.
@pytest.mark.parametrize("seed", range(16))
def test_damaged_builds(seed: int) -> None:
    assert run(6000, seed=seed).failures == []
