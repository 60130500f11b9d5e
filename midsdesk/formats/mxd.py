"""The .mxd family read: bare binary, file, data block. What it holds becomes the JSON of a .mbd.

One reader of builds, `mbd_read`, then does the rest: so every form treats an unknown power, an
impossible level or a doubled pick alike.

Source: build files, sections 4 and 5.
"""

import re
from collections import Counter
from typing import Any

from midsdesk.errors import BuildFormatError
from midsdesk.formats import mbd
from midsdesk.formats.aliases import (
    OLDEST,
    POWERSET_RENAMES,
    power_named,
    power_numbered,
    powerset_named,
)
from midsdesk.formats.blocks import find_block, unpack
from midsdesk.formats.detect import Form
from midsdesk.formats.forms import Reading, Source
from midsdesk.formats.issues import Issue, Severity
from midsdesk.formats.mbd_entries import UNKNOWN_NUMBER
from midsdesk.formats.mbd_words import APP, APP_VERSION, GRADE_WORDS, RELATIVE_WORDS
from midsdesk.formats.mxd_records import (
    PieceRecord,
    PowerRecord,
    Records,
    Ref,
    SlotRecord,
    read_records,
)
from midsdesk.formats.uids import find_by_number, find_by_uid
from midsdesk.model.build import Build
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Archetype, Enhancement, Power
from midsdesk.model.vocab import (
    Alignment,
    ClassKind,
    EnhancementKind,
    Grade,
    PowersetKind,
    RelativeLevel,
)

_TOP_STORED_LEVEL = 49
_COMMENT, _COMMENT_END = "<comment>", "</comment>"
_OBTAINED = re.compile(r"<enhobtained>([01\s]{0,8192})</enhobtained>", re.IGNORECASE)
_SIGNS = {"lt": "<", "gt": ">", "amp": "&"}
_ESCAPED = re.compile("&(lt|gt|amp);")
_MAIN_KINDS = (
    PowersetKind.PRIMARY,
    PowersetKind.SECONDARY,
    PowersetKind.POOL,
    PowersetKind.ANCILLARY,
)
_FEW_STRANGERS = 3
# Files older than this are saved again in the form that programs of their time read.
_OLD_BELOW = 3.05


def read(source: Source, catalog: Catalog) -> Reading:
    """Read a bare binary, a .mxd file, or a post with a data block.

    Raises:
        BuildFormatError: There is no whole, sound build in it.
    """
    if source.form == Form.MXD_BINARY:
        return read_binary(source.data, catalog, source.form)
    block = find_block(source.text)
    if block.kind == "MBD":
        raise BuildFormatError("The data block is damaged: its first line is not that of its kind.")
    extra: list[Issue] = []
    if block.others > 0:
        shown = f"{block.others + 1} data blocks"
        extra.append(Issue("Text", shown, "are in this text; the first was read."))
    return read_binary(unpack(block), catalog, source.form, text=source.text, issues=extra)


def read_binary(
    data: bytes,
    catalog: Catalog,
    form: Form,
    *,
    text: str = "",
    issues: list[Issue] | None = None,
) -> Reading:
    """Read the binary; `text` is what stood round it, with comment and obtained pieces.

    Raises:
        BuildFormatError: No build, damaged, impossible, or written by a newer program.
    """
    resolver = _Resolver(catalog)
    records = read_records(data, resolver.kind_of, resolver.name_of)
    resolver.meet(records)
    noted = [*(issues or []), *_about(records)]
    value = _value(records, resolver)
    _add_metadata(value, records, text)
    if form == Form.MXD and records.version < _OLD_BELOW:
        form = Form.MXD_101
    reading = mbd.reading_of(value, catalog, form)
    noted += resolver.issues
    noted += _strangers(reading.build, catalog)
    return Reading(reading.build, form, (*noted, *reading.issues), reading.choices)


class _Resolver:
    """Finds what numbers and names of a binary mean."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.archetype: Archetype | None = None
        self.issues: list[Issue] = []
        self._own: dict[int, Power] = {}
        self._powers: dict[Ref, Power | None] = {}
        self._pieces: dict[Ref, Enhancement | None] = {}

    def meet(self, records: Records) -> None:
        """Learn whose numbers these are: the archetype, and the powers of its powersets."""
        self.archetype = self.catalog.archetype(records.archetype)
        for name in records.powersets:
            known = powerset_named(self.catalog, name)
            for each in (known.trunk, known.id) if known else ():
                self._own |= {power.static_index: power for power in self.catalog.powers(each)}

    def power(self, ref: Ref) -> Power | None:
        if ref not in self._powers:
            self._powers[ref] = (
                power_named(self.catalog, ref.name, OLDEST)
                if ref.name
                else power_numbered(self.catalog, self.archetype, ref.number, self._own)
            )
        return self._powers[ref]

    def piece(self, ref: Ref) -> Enhancement | None:
        if not ref.name:
            return find_by_number(self.catalog, ref.number)
        if ref not in self._pieces:
            self._pieces[ref] = find_by_uid(self.catalog, ref.name)
        return self._pieces[ref]

    def kind_of(self, ref: Ref) -> bool | None:
        piece = self.piece(ref)
        if piece is None or piece.kind == EnhancementKind.NONE:
            return None
        return piece.kind in (EnhancementKind.INVENTION, EnhancementKind.SET)

    def name_of(self, ref: Ref) -> str:
        power = power_numbered(self.catalog, None, ref.number) if ref and not ref.name else None
        return power.name if power else ref.name.rpartition(".")[2]


def _about(records: Records) -> list[Issue]:
    found = []
    if records.lost:
        found.append(
            Issue(
                "Build",
                f"{records.lost} powers",
                "are lost: the data end early. The complete powers were kept.",
                Severity.LOST,
            )
        )
    if records.rest:
        shown = f"{records.rest} bytes"
        found.append(Issue("Build", shown, "after the last power were ignored.", Severity.INFO))
    if records.early:
        found.append(
            Issue(
                "Build",
                "",
                "It was written by one of the first programs of this form; stacks and free slots "
                "were put in their order.",
                Severity.INFO,
            )
        )
    return found


def _value(records: Records, resolver: _Resolver) -> dict[str, Any]:
    """What a .mbd of the same build would hold."""
    catalog = resolver.catalog
    return {
        "BuiltWith": {
            "App": APP,
            "Version": APP_VERSION,
            "Database": catalog.name,
            "DatabaseVersion": catalog.version,
        },
        "Class": records.archetype,
        "Origin": records.origin,
        "Alignment": _alignment(records, resolver.archetype),
        "Name": records.name,
        "PowerSets": [_powerset(name, catalog) for name in records.powersets],
        "PowerEntries": [_entry(power, resolver) for power in records.powers],
    }


def _powerset(name: str, catalog: Catalog) -> str:
    """Old files may mean a powerset's former self even where the data still have that, too."""
    renamed = POWERSET_RENAMES.get(name.lower())
    return renamed if renamed and catalog.powerset(renamed) is not None else name


def _alignment(records: Records, archetype: Archetype | None) -> int:
    if records.alignment is not None:
        return records.alignment
    villain = archetype is not None and archetype.kind in (
        ClassKind.VILLAIN,
        ClassKind.VILLAIN_EPIC,
    )
    return Alignment.VILLAIN if villain else Alignment.HERO


def _entry(record: PowerRecord, resolver: _Resolver) -> dict[str, Any]:
    if not record.ref:
        return {}
    power = resolver.power(record.ref)
    entry: dict[str, Any] = {
        "PowerName": power.id if power else record.ref.name,
        "Level": record.level + 1 if 0 <= record.level < 50 else -1,
        "StatInclude": record.included,
        "ProcInclude": record.procs_off,
        "VariableValue": record.stacks,
        "InherentSlotsUsed": record.free_slots,
        "SubPowerEntries": [
            {"PowerName": sub.id, "StatInclude": included}
            for ref, included in record.subs
            if ref and (sub := resolver.power(ref)) is not None
        ],
    }
    shown = power.display_name if power else f"Power {record.ref.name or record.ref.number}"
    entry["SlotEntries"] = [
        _slot(slot, f"{shown}, slot {number}", resolver)
        for number, slot in enumerate(record.slots, 1)
    ]
    if power is None and not record.ref.name:
        entry[UNKNOWN_NUMBER] = record.ref.number
    return entry


def _slot(record: SlotRecord, place: str, resolver: _Resolver) -> dict[str, Any]:
    return {
        "Level": max(0, record.level) + 1,
        "IsInherent": record.inherent,
        "Enhancement": _piece(record.piece, place, resolver),
        "FlippedEnhancement": _piece(record.alternate, f"{place}, alternate", resolver),
    }


def _piece(record: PieceRecord | None, place: str, resolver: _Resolver) -> dict[str, Any] | None:
    if record is None:
        return None
    if not record.known:
        if record.ref.name:
            return {"Uid": record.ref.name}
        shown = f"piece number {record.ref.number}"
        outcome = "is unknown to the game data; the slot stays empty."
        resolver.issues.append(Issue(place, shown, outcome, Severity.LOST))
        return None
    piece = resolver.piece(record.ref)
    if piece is None:
        return None
    relative = _word(record.relative_level, RELATIVE_WORDS, RelativeLevel)
    if resolver.kind_of(record.ref):
        stored = min(max(record.level, 0), _TOP_STORED_LEVEL)
        return {"Uid": piece.id, "IoLevel": stored, "RelativeLevel": relative}
    # Old files give special pieces grade none; they have no other than single.
    special = piece.kind == EnhancementKind.SPECIAL and record.grade == Grade.NONE
    grade = Grade.SINGLE if special else record.grade
    return {"Uid": piece.id, "Grade": _word(grade, GRADE_WORDS, Grade), "RelativeLevel": relative}


def _word(number: int, words: dict[Any, str], kind: Any) -> str:
    """The word a .mbd has for a number; an impossible number stands as it is."""
    try:
        return words[kind(number)]
    except ValueError:
        return str(number)


def _add_metadata(value: dict[str, Any], records: Records, text: str) -> None:
    """Comment and obtained pieces, from the lines above the block."""
    begin = text.find(_COMMENT)
    end = text.find(_COMMENT_END, begin) if begin >= 0 else -1
    if end >= 0:
        comment = text[begin + len(_COMMENT) : end]
        value["Comment"] = _ESCAPED.sub(lambda sign: _SIGNS[sign.group(1)], comment)
    obtained = _OBTAINED.search(text)
    if obtained is None:
        return
    bits = iter("".join(obtained.group(1).split()))
    for record, entry in zip(records.powers, value["PowerEntries"], strict=True):
        for slot in entry.get("SlotEntries", ()) if record.ref else ():
            piece = slot["Enhancement"] or slot["FlippedEnhancement"]
            if next(bits, "0") == "1" and piece is not None:
                piece["Obtained"] = True


def _strangers(build: Build, catalog: Catalog) -> list[Issue]:
    """Picks outside the powersets of the build: a sign that numbers are of other game data."""
    listed = {each.lower() for each in build.powersets if each}
    for name in tuple(listed):
        powerset = powerset_named(catalog, name)
        if powerset is not None:
            listed |= {powerset.trunk.lower(), powerset.linked_secondary.lower()}
    outside: Counter[str] = Counter()
    for entry in build.picks:
        powerset = catalog.powerset(entry.power.rpartition(".")[0]) if entry.power else None
        if powerset and powerset.kind in _MAIN_KINDS and powerset.id.lower() not in listed:
            outside[powerset.display_name] += 1
    if not outside:
        return []
    names = ", ".join(name for name, _ in outside.most_common(_FEW_STRANGERS))
    return [
        Issue(
            "Build",
            names,
            f"{outside.total()} picks are of powersets the build does not list; it may have been "
            "made with other game data.",
        )
    ]
