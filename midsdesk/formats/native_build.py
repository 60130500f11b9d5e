"""Between a build and the shape of a .mdbuild."""

import json
from typing import Any, Final, TypeVar

from midsdesk.formats.aliases import named_by, names_from, power_named, powerset_named
from midsdesk.formats.issues import Severity
from midsdesk.formats.members import Notes, clean
from midsdesk.formats.native_shape import (
    BuildShape,
    DataShape,
    EntryShape,
    PieceShape,
    Shape,
    SlotShape,
    SubPowerShape,
)
from midsdesk.formats.uids import find_by_uid
from midsdesk.model.build import (
    PLACES,
    Build,
    DataSetName,
    PowerEntry,
    Slot,
    SlottedEnhancement,
    SubPower,
)
from midsdesk.model.catalog import Catalog
from midsdesk.model.ids import ArchetypeId, EnhancementId, PowerId, PowersetId
from midsdesk.model.vocab import Alignment, Grade, RelativeLevel

# Under this member our own unknown members travel in `extras`, and so through other forms.
OWN: Final = "mdbuild"
_S = TypeVar("_S", bound=Shape)


def shape_of(build: Build) -> BuildShape:
    """The shape of a build."""
    return _with_extras(
        BuildShape(
            name=build.name,
            archetype=build.archetype,
            origin=build.origin,
            alignment=build.alignment.name.lower(),
            comment=build.comment,
            made_with=DataShape(name=build.made_with.name, version=build.made_with.version),
            powersets=list(build.powersets),
            picks=[_entry_shape(entry) for entry in build.picks],
            others=[_entry_shape(entry) for entry in build.others],
        ),
        build.extras,
    )


def _entry_shape(entry: PowerEntry) -> EntryShape:
    return _with_extras(
        EntryShape(
            power=entry.power,
            level=entry.level,
            included=entry.included,
            procs_off=entry.procs_off,
            stacks=entry.stacks,
            inherent_slots=entry.inherent_slots_used,
            slots=[_slot_shape(slot) for slot in entry.slots],
            sub_powers=[
                _with_extras(SubPowerShape(power=sub.power, included=sub.included), sub.extras)
                for sub in entry.sub_powers
            ],
        ),
        entry.extras,
    )


def _slot_shape(slot: Slot) -> SlotShape:
    return _with_extras(
        SlotShape(
            level=slot.level,
            piece=_piece_shape(slot.enhancement) if slot.enhancement else None,
            alternate=_piece_shape(slot.alternate) if slot.alternate else None,
            inherent=slot.inherent,
        ),
        slot.extras,
    )


def _piece_shape(piece: SlottedEnhancement) -> PieceShape:
    return _with_extras(
        PieceShape(
            enhancement=piece.enhancement,
            level=piece.level,
            grade=piece.grade.name.lower(),
            relative=int(piece.relative_level) - int(RelativeLevel.EVEN),
            obtained=piece.obtained,
        ),
        piece.extras,
    )


def _with_extras(shape: _S, extras: str) -> _S:
    value = _loads(extras)
    own = value.pop(OWN, {})
    kept = {"kept": value} if value else {}
    added = own if isinstance(own, dict) else {}
    known = type(shape).model_fields
    unknown = {name: member for name, member in added.items() if name not in known}
    return shape.model_copy(update={**kept, **unknown})


def _loads(extras: str) -> dict[str, Any]:
    try:
        value = json.loads(extras) if extras.strip() else {}
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


class BuildMaker:
    """Makes builds of shapes, with what the catalog knows of their names."""

    def __init__(self, catalog: Catalog, notes: Notes) -> None:
        self._catalog = catalog
        self._notes = notes
        self._version = ""

    def build(self, shape: BuildShape, place: str) -> Build:
        """The build of a shape; what the game data lack is kept and noted."""
        archetype = self._catalog.archetype(shape.archetype)
        made_with = DataSetName(
            self._text(shape.made_with.name, "Game data"),
            self._text(shape.made_with.version, "Game data"),
        )
        self._version = names_from(self._catalog, made_with)
        sets = [self._powerset(name, place) for name in shape.powersets[:PLACES]]
        sets += [PowersetId("")] * (PLACES - len(sets))
        picks = [self._entry(each) for each in shape.picks]
        others = [self._entry(each) for each in shape.others]
        return Build(
            archetype=archetype.id if archetype else ArchetypeId(shape.archetype),
            origin=self._text(shape.origin, "Origin"),
            alignment=Alignment[shape.alignment.upper()],
            name=self._text(shape.name, "Name"),
            comment=self._text(shape.comment, "Comment", lines=True),
            powersets=tuple(sets),
            entries=(*picks, *others),
            pick_count=len(picks),
            made_with=named_by(self._catalog, made_with),
            extras=_extras(shape),
        )

    def _text(self, text: str, place: str, *, lines: bool = False) -> str:
        cleaned = clean(text, lines=lines)
        if cleaned != text:
            self._notes.add(place, text, "held control characters; they were removed.")
        return cleaned

    def _powerset(self, name: str, place: str) -> PowersetId:
        known = powerset_named(self._catalog, name) if name else None
        if name and known is None:
            outcome = "is unknown to the game data; its powers count for nothing."
            self._notes.add(place, name, outcome, Severity.LOST)
        return known.id if known else PowersetId(self._text(name, place))

    def _entry(self, shape: EntryShape) -> PowerEntry:
        known = power_named(self._catalog, shape.power, self._version) if shape.power else None
        shown = known.display_name if known else shape.power
        if shape.power and known is None:
            outcome = "is unknown to the game data; it counts for nothing."
            self._notes.add(f"Level {shape.level}", shape.power, outcome, Severity.LOST)
        return PowerEntry(
            power=known.id if known else PowerId(self._text(shape.power, "Powers")),
            level=shape.level,
            slots=tuple(self._slot(each, shown) for each in shape.slots),
            included=shape.included,
            procs_off=shape.procs_off,
            stacks=shape.stacks,
            inherent_slots_used=shape.inherent_slots,
            sub_powers=tuple(
                SubPower(PowerId(self._text(sub.power, shown)), sub.included, _extras(sub))
                for sub in shape.sub_powers
            ),
            extras=_extras(shape),
        )

    def _slot(self, shape: SlotShape, shown: str) -> Slot:
        return Slot(
            level=shape.level,
            enhancement=self._piece(shape.piece, shown) if shape.piece else None,
            alternate=self._piece(shape.alternate, shown) if shape.alternate else None,
            inherent=shape.inherent,
            extras=_extras(shape),
        )

    def _piece(self, shape: PieceShape, shown: str) -> SlottedEnhancement:
        known = find_by_uid(self._catalog, shape.enhancement)
        if known is None:
            outcome = "is unknown to the game data; it counts for nothing."
            self._notes.add(shown, shape.enhancement, outcome, Severity.LOST)
        name = known.id if known else EnhancementId(self._text(shape.enhancement, shown))
        return SlottedEnhancement(
            enhancement=name,
            level=shape.level,
            grade=Grade[shape.grade.upper()],
            relative_level=RelativeLevel(shape.relative + int(RelativeLevel.EVEN)),
            obtained=shape.obtained,
            extras=_extras(shape),
        )


def _extras(shape: Any) -> str:
    """What goes into `extras`: the kept members, and those this program does not know."""
    value: dict[str, Any] = dict(getattr(shape, "kept", {}))
    if shape.model_extra:
        value[OWN] = shape.model_extra
    return json.dumps(value) if value else ""
