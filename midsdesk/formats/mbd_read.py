"""From the JSON of a .mbd to a build: every age, every oddity, nothing dropped in silence.

Source: build files, sections 3.4 to 3.8 and 15.
"""

import json
from dataclasses import replace
from typing import Any

from midsdesk.errors import BuildFormatError
from midsdesk.formats.issues import Severity
from midsdesk.formats.mbd_words import APP, GRADES, RELATIVE_LEVELS
from midsdesk.formats.members import Members, Notes
from midsdesk.formats.uids import find_by_long_name, find_by_uid
from midsdesk.model.build import (
    MAX_SLOTS_IN_POWER,
    PLACES,
    Build,
    DataSetName,
    PowerEntry,
    Slot,
    SlottedEnhancement,
    SubPower,
)
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Archetype, Enhancement, Power
from midsdesk.model.ids import EnhancementId, PowerId, PowersetId
from midsdesk.model.vocab import (
    Alignment,
    ClassKind,
    EnhancementKind,
    Grade,
    PowersetKind,
    RelativeLevel,
)

_MOST_POWERSETS, _MOST_ENTRIES, _MOST_SUB_POWERS = 32, 512, 256
_TOP_LEVEL, _TOP_PIECE_LEVEL, _MOST_STACKS = 50, 52, 10_000
_NO_LEVEL = 1
_UNPICKED_KINDS = (
    PowersetKind.PRIMARY,
    PowersetKind.SECONDARY,
    PowersetKind.POOL,
    PowersetKind.ANCILLARY,
)


def read_build(value: dict[str, Any], catalog: Catalog, notes: Notes) -> Build:
    """Make a build of a parsed file.

    Raises:
        BuildFormatError: Not a build, too many entries, or an unknown archetype.
    """
    root = Members(value, "Build", notes)
    if "Class" not in root or "PowerEntries" not in root:
        raise BuildFormatError("This is JSON, but not a build: it names no class or no powers.")
    made_with, built_with = _read_made_with(root, catalog, notes)
    archetype = _read_archetype(root, catalog)
    root.take("Level")
    root.take("LastPower")
    root.take("DataChunk")
    origin = _read_origin(root, archetype, notes)
    alignment = _read_alignment(root, archetype, notes)
    name, comment = root.text("Name"), root.text("Comment", lines=True)
    powersets = _read_powersets(root, catalog, notes)
    entries = _EntryReader(catalog, notes).read(root.items("PowerEntries"))
    extras = root.rest()
    if built_with:
        extras = {"BuiltWith": built_with, **extras}
    return Build(
        archetype=archetype.id,
        origin=origin,
        alignment=alignment,
        name=name,
        comment=comment,
        powersets=powersets,
        entries=entries,
        pick_count=len(catalog.ruleset.pick_levels),
        made_with=made_with,
        extras=json.dumps(extras) if extras else "",
    )


def _read_made_with(
    root: Members, catalog: Catalog, notes: Notes
) -> tuple[DataSetName, dict[str, Any]]:
    built_with = root.child("BuiltWith")
    if built_with is None:
        notes.add("Build", "", "The file does not say which program and data made it.")
        return DataSetName(), {}
    made = DataSetName(built_with.text("Database"), built_with.text("DatabaseVersion"))
    if made.name.lower() != catalog.name.lower():
        notes.add(
            "Game data",
            made.name,
            f"is not the data in use ({catalog.name}); what fits was loaded. "
            "Switch the game data to open it fully.",
        )
    elif made.version != catalog.version:
        newer = _version(made.version) > _version(catalog.version)
        notes.add(
            "Game data",
            made.version,
            f"is {'newer' if newer else 'older'} than the data in use ({catalog.version}); "
            "powers may have changed.",
            Severity.WARNING if newer else Severity.INFO,
        )
    rest = built_with.rest()
    if rest.get("App") == APP:
        rest = {name: value for name, value in rest.items() if name not in ("App", "Version")}
    return made, rest


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".") if part.isdigit() and len(part) < 10)


def _read_archetype(root: Members, catalog: Catalog) -> Archetype:
    name = root.text("Class")
    archetype = catalog.archetype(name)
    if archetype is None:
        raise BuildFormatError(
            f"The game data in use have no archetype “{name[:60]}”. "
            "Open the build with the game data it was made for."
        )
    return archetype


def _read_origin(root: Members, archetype: Archetype, notes: Notes) -> str:
    origin = root.text("Origin")
    if origin in archetype.origins or not archetype.origins:
        return origin
    notes.add("Origin", origin, f"is unknown; {archetype.origins[0]} is taken.")
    return archetype.origins[0]


def _read_alignment(root: Members, archetype: Archetype, notes: Notes) -> Alignment:
    word = root.text("Alignment")
    for side in Alignment:
        if word.lower() in (side.name.lower(), str(int(side))):
            return side
    heroic = archetype.kind in (ClassKind.HERO, ClassKind.HERO_EPIC)
    default = Alignment.HERO if heroic else Alignment.VILLAIN
    notes.add("Alignment", word, f"is unknown; {default.name.capitalize()} is taken.")
    return default


def _read_powersets(root: Members, catalog: Catalog, notes: Notes) -> tuple[PowersetId, ...]:
    values = root.items("PowerSets")
    if len(values) > _MOST_POWERSETS:
        raise BuildFormatError(f"The file is damaged: it lists {len(values)} powersets.")
    names: list[PowersetId] = []
    for number, value in enumerate(values[:PLACES]):
        place = f"Powerset {number + 1}"
        name = Members({"Name": value}, place, notes).text("Name")
        known = catalog.powerset(name) if name else None
        if name and known is None:
            notes.add(place, name, "is unknown to the game data; its powers count for nothing.")
        exact = known is not None and known.id == name
        names.append(known.id if known is not None and not exact else PowersetId(name))
    if len(values) > PLACES:
        notes.add("Powersets", str(len(values)), f"are too many; the first {PLACES} are taken.")
    names += [PowersetId("")] * (PLACES - len(names))
    return tuple(names)


class _EntryReader:
    """Reads the list of entries: picks first, then what came by itself."""

    def __init__(self, catalog: Catalog, notes: Notes) -> None:
        self._catalog = catalog
        self._notes = notes
        self._levels = catalog.ruleset.pick_levels
        self._seen: set[str] = set()

    def read(self, values: list[Any]) -> tuple[PowerEntry, ...]:
        if len(values) > _MOST_ENTRIES:
            raise BuildFormatError(
                f"The file is damaged or no build: it lists {len(values)} powers."
            )
        picks = [
            self._pick(number, values[number] if number < len(values) else {})
            for number in range(len(self._levels))
        ]
        others = []
        for number, value in enumerate(values[len(self._levels) :], len(self._levels)):
            entry = self._entry(number, value, 0)
            if not entry.is_empty and self._is_placed(entry, number):
                others.append(entry)
        return tuple(_from_one(picks + others))

    def _pick(self, number: int, value: Any) -> PowerEntry:
        entry = self._entry(number, value, self._levels[number])
        if not entry.is_empty and entry.level < _NO_LEVEL:
            return replace(entry, level=self._levels[number])
        return entry

    def _is_placed(self, entry: PowerEntry, number: int) -> bool:
        """Whether an entry after the picks is something that may stand there."""
        power = self._catalog.power(entry.power)
        powerset = self._catalog.powerset(power.powerset) if power else None
        if power is None or powerset is None or power.include_flag:
            return True
        if powerset.kind not in _UNPICKED_KINDS:
            return True
        place = f"Entry {number + 1}"
        self._notes.add(place, entry.power, "stands after the last pick; it is left out.")
        return False

    def _entry(self, number: int, value: Any, pick_level: int) -> PowerEntry:
        empty = PowerEntry(PowerId(""), pick_level)
        if not isinstance(value, dict):
            self._notes.add(f"Entry {number + 1}", value, "is no power; it is left out.")
            return empty
        members = Members(value, f"Entry {number + 1}", self._notes)
        name = members.text("PowerName")
        if not name:
            for known in ("Level", "StatInclude", "ProcInclude", "VariableValue"):
                members.take(known)
            for known in ("InherentSlotsUsed", "SubPowerEntries", "SlotEntries"):
                members.take(known)
            return replace(empty, extras=members.extras())
        power = self._catalog.power(name)
        shown = power.display_name if power else name
        if name.lower() in self._seen:
            self._notes.add(f"Entry {number + 1}", name, "is in the build twice; the first stays.")
            return empty
        self._seen.add(name.lower())
        if power is None:
            self._notes.add(
                f"Entry {number + 1}", name, "is unknown to the game data; it counts for nothing."
            )
        members = Members(members.rest(), shown, self._notes)
        return self._filled(members, power, PowerId(power.id if power else name), shown)

    def _filled(
        self, members: Members, power: Power | None, name: PowerId, shown: str
    ) -> PowerEntry:
        level = members.number("Level", -1, -1, _TOP_LEVEL)
        return PowerEntry(
            power=name,
            level=self._grant_level(power, max(0, level)),
            included=members.flag("StatInclude"),
            procs_off=members.flag("ProcInclude"),
            stacks=self._stacks(members, power, shown),
            inherent_slots_used=members.number("InherentSlotsUsed", 0, 0, MAX_SLOTS_IN_POWER),
            sub_powers=self._sub_powers(members, shown),
            slots=self._slots(members, shown),
            extras=members.extras(),
        )

    def _grant_level(self, power: Power | None, level: int) -> int:
        """Accolades come at level 50, whatever an old file says."""
        if power is None or level >= _NO_LEVEL:
            return level
        is_accolade = power.powerset.lower() == "temporary_powers.accolades"
        return _TOP_LEVEL if is_accolade else level

    def _stacks(self, members: Members, power: Power | None, shown: str) -> int:
        stacks = members.number("VariableValue", 0, 0, _MOST_STACKS)
        if power is None:
            return stacks
        fitting = min(stacks, power.variable_max if power.has_variable else 0)
        if fitting != stacks:
            self._notes.add(f"{shown}, stacks", str(stacks), f"are impossible; {fitting} is taken.")
        return fitting

    def _sub_powers(self, members: Members, shown: str) -> tuple[SubPower, ...]:
        found = []
        for value in members.items("SubPowerEntries")[:_MOST_SUB_POWERS]:
            if not isinstance(value, dict):
                self._notes.add(shown, value, "is no power; it is left out.")
                continue
            sub = Members(value, shown, self._notes)
            name, included = sub.text("PowerName"), sub.flag("StatInclude")
            if name:
                found.append(SubPower(PowerId(name), included, sub.extras()))
        return tuple(found)

    def _slots(self, members: Members, shown: str) -> tuple[Slot, ...]:
        values = members.items("SlotEntries")
        if len(values) > MAX_SLOTS_IN_POWER:
            self._notes.add(
                shown,
                f"{len(values)} slots",
                f"are too many; the first {MAX_SLOTS_IN_POWER} are kept.",
            )
        slots = []
        for number, value in enumerate(values[:MAX_SLOTS_IN_POWER]):
            place = f"{shown}, slot {number + 1}"
            if isinstance(value, dict):
                slots.append(self._slot(Members(value, place, self._notes), place))
            else:
                self._notes.add(place, value, "is no slot; it is left out.")
        return tuple(slots)

    def _slot(self, members: Members, place: str) -> Slot:
        level = members.number("Level", _NO_LEVEL, 0, _TOP_LEVEL)
        inherent = members.flag("IsInherent")
        main, main_kept = self._piece(members.take("Enhancement"), place)
        other, other_kept = self._piece(members.take("FlippedEnhancement"), f"{place}, alternate")
        extras = members.rest()
        if main_kept is not None:
            extras["Enhancement"] = main_kept
        if other_kept is not None:
            extras["FlippedEnhancement"] = other_kept
        return Slot(level, main, other, inherent, json.dumps(extras) if extras else "")

    def _piece(
        self, value: Any, place: str
    ) -> tuple[SlottedEnhancement | None, dict[str, Any] | None]:
        """The piece, and what to write back where the game data do not know it."""
        if value is None:
            return None, None
        if not isinstance(value, dict):
            self._notes.add(place, value, "is no piece; the slot stays empty.")
            return None, None
        members = Members(value, place, self._notes)
        uid, long_name = members.text("Uid"), members.text("Enhancement")
        if not uid and not long_name:
            return None, None
        known = find_by_uid(self._catalog, uid) if uid else None
        if known is None and long_name:
            known = find_by_long_name(self._catalog, long_name)
        if known is None:
            self._notes.add(
                place, uid or long_name, "is unknown to the game data; the slot stays empty."
            )
            return None, value
        return self._known_piece(members, known, place), None

    def _known_piece(self, members: Members, known: Enhancement, place: str) -> SlottedEnhancement:
        levelled = known.kind in (EnhancementKind.INVENTION, EnhancementKind.SET)
        stored = members.number("IoLevel", _NO_LEVEL, 0, _TOP_PIECE_LEVEL)
        grade = self._word(members.text("Grade", "None"), GRADES, Grade.NONE, place)
        if known.kind == EnhancementKind.NORMAL and grade == Grade.NONE:
            grade = Grade.SINGLE
        relative = self._word(
            members.text("RelativeLevel", "Even"), RELATIVE_LEVELS, RelativeLevel.EVEN, place
        )
        obtained = members.flag("Obtained")
        extras = members.rest()
        if not levelled and stored != _NO_LEVEL:
            extras["IoLevel"] = stored
        return SlottedEnhancement(
            enhancement=EnhancementId(known.id),
            level=stored + 1 if levelled else _TOP_LEVEL,
            grade=grade,
            relative_level=relative,
            obtained=obtained,
            extras=json.dumps(extras) if extras else "",
        )

    def _word(self, word: str, known: dict[str, Any], default: Any, place: str) -> Any:
        if word.lower() in known:
            return known[word.lower()]
        shown = default.name.replace("_", " ").lower()
        self._notes.add(place, word, f"is an unknown word; {shown} is taken.")
        return default


def _from_one(entries: list[PowerEntry]) -> list[PowerEntry]:
    """Slot levels counted from 0 (the first release) become levels from 1.

    Told by the data: in every entry with slots the first slot is one below the entry's level.
    """
    filled = [entry for entry in entries if entry.slots and not entry.is_empty]
    if not filled or any(entry.slots[0].level != entry.level - 1 for entry in filled):
        return [_with_positive_levels(entry) for entry in entries]
    return [
        replace(entry, slots=tuple(replace(slot, level=slot.level + 1) for slot in entry.slots))
        for entry in entries
    ]


def _with_positive_levels(entry: PowerEntry) -> PowerEntry:
    if all(slot.level >= _NO_LEVEL for slot in entry.slots):
        return entry
    slots = tuple(replace(slot, level=max(_NO_LEVEL, slot.level)) for slot in entry.slots)
    return replace(entry, slots=slots)
