"""What each form carries of a build, as a table: for warnings before saving, and for the docs.

Source: build files, section 1.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from midsdesk.formats.detect import Form
from midsdesk.model.build import Build, DataSetName, PowerEntry, Slot, SlottedEnhancement
from midsdesk.model.catalog import Catalog
from midsdesk.model.vocab import Alignment, EnhancementKind, Grade, RelativeLevel

_TOP = 50


class Facet(StrEnum):
    """One side of a build that a form may carry or not; the value is the player's word for it."""

    POWERS = "powers and where they are picked"
    PIECES = "enhancements"
    SLOT_LEVELS = "levels of slots"
    PIECE_LEVELS = "levels of invention enhancements"
    BOOSTERS = "boosters of invention enhancements"
    GRADES = "grades of origin enhancements"
    RELATIVE_LEVELS = "relative levels of origin and special enhancements"
    INCLUDED = "which powers count in the totals"
    PROCS = "which powers' procs count"
    STACKS = "assumed stacks"
    SECOND_BUILD = "enhancements of the second build"
    OBTAINED = "which enhancements you own"
    COMMENT = "the comment"
    NAME = "the name"
    ALIGNMENT = "the alignment"
    INHERENT_SLOTS = "free slots of inherent powers"
    SUB_POWERS = "lights of powers inside other powers"
    UNKNOWN = "powers and data this program does not know"
    DATA_SET = "the name of the game data"
    COMPANIONS = "variants and notes of the file"


@dataclass(frozen=True, slots=True)
class Carried:
    """What a form carries. `read`, `written`: what this program does with it."""

    form: Form
    facets: frozenset[Facet]
    read: bool = True
    written: bool = True
    remark: str = ""

    def __contains__(self, facet: Facet) -> bool:
        return facet in self.facets

    @property
    def missing(self) -> tuple[Facet, ...]:
        """What it does not carry, in the order of the facets."""
        return tuple(facet for facet in Facet if facet not in self.facets)


_NATIVE: Final = frozenset(Facet)
_ALL: Final = _NATIVE - {Facet.COMPANIONS}
_MXD: Final = _ALL - {Facet.UNKNOWN, Facet.DATA_SET}
_OLD_MXD: Final = _MXD - {Facet.PROCS, Facet.COMMENT, Facet.OBTAINED, Facet.INHERENT_SLOTS}
_POSTED: Final = _MXD - {Facet.SECOND_BUILD, Facet.OBTAINED, Facet.COMMENT}
_REPORT: Final = frozenset(
    {
        Facet.POWERS,
        Facet.PIECES,
        Facet.SLOT_LEVELS,
        Facet.PIECE_LEVELS,
        Facet.NAME,
        Facet.ALIGNMENT,
    }
)
_GAME: Final = frozenset(
    {
        Facet.POWERS,
        Facet.PIECES,
        Facet.PIECE_LEVELS,
        Facet.BOOSTERS,
        Facet.GRADES,
        Facet.RELATIVE_LEVELS,
        Facet.NAME,
    }
)

_TABLE: Final[Mapping[Form, Carried]] = MappingProxyType(
    {
        row.form: row
        for row in (
            Carried(Form.NATIVE, _NATIVE, remark="our own file"),
            Carried(Form.MBD, _ALL, remark="the file of Mids Reborn"),
            Carried(Form.MBD_CHUNK, _ALL, remark="the .mbd in a post"),
            Carried(Form.SHARE_TEXT, _ALL, remark="the .mbd in one line"),
            Carried(Form.SHARE_CODE, _ALL, remark="one line, no server, also as link and QR code"),
            Carried(Form.MXD, _MXD, remark="3.20; one “owned” mark for both pieces of a slot"),
            Carried(Form.MXD_101, _OLD_MXD, remark="for programs before 2021"),
            Carried(Form.MXD_BINARY, _MXD - {Facet.COMMENT, Facet.OBTAINED}),
            Carried(Form.MXD_BLOCK, _POSTED, remark="for posts"),
            Carried(Form.LINK, _POSTED, remark="only up to 2,048 characters"),
            Carried(Form.REPORT, _REPORT, remark="read back as a reconstruction"),
            Carried(
                Form.GAME_TEXT,
                _GAME,
                remark="slots are dealt out again; of relative levels only those above even",
            ),
            Carried(Form.FORUM_POST, _REPORT, read=False, remark="for people"),
            Carried(Form.POPMENU, frozenset({Facet.PIECES, Facet.PIECE_LEVELS}), read=False),
            Carried(Form.OLD_BLOCK, frozenset(), read=False, written=False, remark="too old"),
            Carried(
                Form.SHARE_LINK, frozenset(), read=False, written=False, remark="holds no build"
            ),
        )
    }
)


def carries(form: Form) -> Carried:
    """What a form carries of a build."""
    return _TABLE[form]


def losses(build: Build, form: Form, catalog: Catalog) -> tuple[Facet, ...]:
    """What of this very build would be lost by writing it in a form; () if nothing.

    Which program wrote the file that the build came from is no part of the build.
    """
    build = replace(build, extras=_without_maker(build.extras))
    return tuple(
        facet
        for facet in carries(form).missing
        if facet in _DROPS and _DROPS[facet](build, catalog) != build
    )


def _without_maker(extras: str) -> str:
    try:
        value = json.loads(extras) if extras else {}
    except ValueError:
        return extras
    if not isinstance(value, dict) or "BuiltWith" not in value:
        return extras
    rest = {name: member for name, member in value.items() if name != "BuiltWith"}
    return json.dumps(rest) if rest else ""


def reduced(build: Build, form: Form, catalog: Catalog) -> Build:
    """The build without what a form does not carry."""
    for facet in carries(form).missing:
        if facet in _DROPS:
            build = _DROPS[facet](build, catalog)
    return build


_OnEntry = Callable[[PowerEntry], PowerEntry]
_OnPiece = Callable[[SlottedEnhancement], SlottedEnhancement | None]
_Drop = Callable[[Build, Catalog], Build]


def _each_entry(change: _OnEntry) -> _Drop:
    def drop(build: Build, _: Catalog) -> Build:
        return replace(build, entries=tuple(change(entry) for entry in build.entries))

    return drop


def _each_slot(build: Build, change: Callable[[Slot], Slot]) -> Build:
    entries = tuple(
        replace(entry, slots=tuple(change(slot) for slot in entry.slots)) for entry in build.entries
    )
    return replace(build, entries=entries)


def _each_piece(build: Build, change: _OnPiece) -> Build:
    def in_slot(slot: Slot) -> Slot:
        return replace(
            slot,
            enhancement=slot.enhancement and change(slot.enhancement),
            alternate=slot.alternate and change(slot.alternate),
        )

    return _each_slot(build, in_slot)


def _is_invention(piece: SlottedEnhancement, catalog: Catalog) -> bool:
    known = catalog.enhancement(piece.enhancement)
    return known is not None and known.kind in (EnhancementKind.INVENTION, EnhancementKind.SET)


def _no_piece_levels(build: Build, catalog: Catalog) -> Build:
    def change(piece: SlottedEnhancement) -> SlottedEnhancement:
        return replace(piece, level=_TOP) if _is_invention(piece, catalog) else piece

    return _each_piece(build, change)


def _no_boosters(build: Build, catalog: Catalog) -> Build:
    return _even(build, catalog, invention=True)


def _no_relative_levels(build: Build, catalog: Catalog) -> Build:
    return _even(build, catalog, invention=False)


def _even(build: Build, catalog: Catalog, *, invention: bool) -> Build:
    def change(piece: SlottedEnhancement) -> SlottedEnhancement:
        if _is_invention(piece, catalog) != invention:
            return piece
        return replace(piece, relative_level=RelativeLevel.EVEN)

    return _each_piece(build, change)


def _no_grades(build: Build, catalog: Catalog) -> Build:
    def change(piece: SlottedEnhancement) -> SlottedEnhancement:
        return piece if _is_invention(piece, catalog) else replace(piece, grade=Grade.SINGLE)

    return _each_piece(build, change)


def _no_unknown(build: Build, catalog: Catalog) -> Build:
    def change(piece: SlottedEnhancement) -> SlottedEnhancement | None:
        known = catalog.enhancement(piece.enhancement)
        return None if known is None else replace(piece, extras="")

    entries = tuple(
        replace(
            entry,
            extras="",
            sub_powers=tuple(
                replace(sub, extras="") for sub in entry.sub_powers if catalog.power(sub.power)
            ),
        )
        if entry.is_empty or catalog.power(entry.power)
        else PowerEntry(type(entry.power)(""), entry.level)
        for entry in build.entries
    )
    count = build.pick_count
    kept = (*entries[:count], *(entry for entry in entries[count:] if not entry.is_empty))
    bare = replace(build, entries=kept, extras="")
    return _each_piece(_each_slot(bare, lambda slot: replace(slot, extras="")), change)


_DROPS: Final[Mapping[Facet, _Drop]] = MappingProxyType(
    {
        Facet.UNKNOWN: _no_unknown,
        Facet.DATA_SET: lambda build, catalog: replace(
            build, made_with=DataSetName(catalog.name, catalog.version)
        ),
        Facet.PIECES: lambda build, _: _each_piece(build, lambda _piece: None),
        Facet.SLOT_LEVELS: _each_entry(
            lambda entry: replace(
                entry, slots=tuple(replace(slot, level=entry.level) for slot in entry.slots)
            )
        ),
        Facet.PIECE_LEVELS: _no_piece_levels,
        Facet.BOOSTERS: _no_boosters,
        Facet.GRADES: _no_grades,
        Facet.RELATIVE_LEVELS: _no_relative_levels,
        Facet.INCLUDED: _each_entry(lambda entry: replace(entry, included=False)),
        Facet.PROCS: _each_entry(lambda entry: replace(entry, procs_off=False)),
        Facet.STACKS: _each_entry(lambda entry: replace(entry, stacks=0)),
        Facet.SECOND_BUILD: lambda build, _: _each_slot(
            build, lambda slot: replace(slot, alternate=None)
        ),
        Facet.OBTAINED: lambda build, _: _each_piece(
            build, lambda piece: replace(piece, obtained=False)
        ),
        Facet.COMMENT: lambda build, _: replace(build, comment=""),
        Facet.NAME: lambda build, _: replace(build, name=""),
        Facet.ALIGNMENT: lambda build, _: replace(build, alignment=Alignment.HERO),
        Facet.INHERENT_SLOTS: lambda build, _: _each_slot(
            _each_entry(lambda entry: replace(entry, inherent_slots_used=0))(build, _),
            lambda slot: replace(slot, inherent=False),
        ),
        Facet.SUB_POWERS: _each_entry(lambda entry: replace(entry, sub_powers=())),
    }
)
