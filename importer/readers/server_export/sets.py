"""Enhancements and their sets: pieces, bonuses by number, globals of single pieces."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from importer.curated import tables
from importer.mhd import layout
from importer.progress import Progress
from importer.readers.server_export import lists, pieces
from importer.readers.server_export.files import Export
from importer.readers.server_export.powers import class_numbers
from importer.source import Finding, Values
from midsdesk.errors import SourceFormatError
from midsdesk.model.vocab import EnhancementKind, PvMode

_SLOTTED: Final = re.compile(r"BoostsSlotted>(\w+)", re.IGNORECASE)
_FIRST_NUMBER: Final = 100_000
_COMMON_LEVELS: Final = (9, 49)
_ANY_LEVEL: Final = (0, 52)
_ATTUNED_LEVELS: Final = (0, 49)
_TOP_LEVELS: Final = (49, 49)
_PIECES: Final = 6

Powers = Mapping[str, Mapping[str, Any]]


@dataclass(slots=True)
class Collected:
    """All enhancements and sets, and what the records have no place for."""

    enhancements: list[Values] = field(default_factory=list)
    sets: list[Values] = field(default_factory=list)
    enhancement_extras: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    set_extras: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def read(
    export: Export, powers: Powers, specials: Mapping[str, int], progress: Progress
) -> Collected:
    """Read all enhancements: origin, invention and special ones, then the sets' pieces.

    Args:
        export: Its folder of sets.
        powers: Full name in small letters -> power.
        specials: First word of special enhancements -> kind.
        progress: Told to stop.
    """
    found = Collected()
    boosts = {
        key.rpartition(".")[2]: values
        for key, values in powers.items()
        if key.startswith("boosts.")
    }
    _singles(boosts, specials, found)
    files = export.members("boost_sets")
    if not files:
        message = "There are no enhancement sets."
        found.findings.append(Finding("error", "boost_sets", "", message, "Fetch the export again"))
    for file in files:
        progress.check()
        try:
            _set(export.load(file), powers, found)
        except (SourceFormatError, KeyError, TypeError, AttributeError) as cause:
            message = f"The set cannot be read ({cause!r}) and was left out."
            found.findings.append(Finding("error", file, "", message, "Fetch the export again."))
    return found


def _add(found: Collected, values: Values, extra: Mapping[str, Any]) -> None:
    found.enhancements.append(values)
    if extra:
        uid = values[layout.ENHANCEMENT.position["uid"]]
        found.enhancement_extras[uid.lower()] = extra


def _singles(boosts: Powers, specials: Mapping[str, int], found: Collected) -> None:
    for kind, prefix, levels in (
        (EnhancementKind.NORMAL, "magic_", _ANY_LEVEL),
        (EnhancementKind.INVENTION, "crafted_", _COMMON_LEVELS),
    ):
        for row, power in _by_class(boosts, prefix):
            made = pieces.lines(power, kind=kind, superior=False)
            values = pieces.record(
                uid=power["name"],
                name=row[1],
                short_name=row[2],
                description=power.get("display_help") or "",
                kind=int(kind),
                number=_FIRST_NUMBER + len(found.enhancements),
                power=power,
                made=made,
                levels=levels,
            )
            _add(found, values, {})
    for key, power in sorted(boosts.items()):
        special = specials.get(key.partition("_")[0])
        if special is None or key.startswith("synthetic"):
            continue
        kind = EnhancementKind.SPECIAL
        shown = re.sub(r"\s*\([^)]*\)$", "", power["display_name"])
        values = pieces.record(
            uid=power["name"],
            name=shown,
            short_name="".join(word[:3] for word in shown.split()),
            description=power.get("display_help") or "",
            kind=int(kind),
            number=_FIRST_NUMBER + len(found.enhancements),
            power=power,
            made=pieces.lines(power, kind=kind, superior=False),
            special_kind=special,
        )
        _add(found, values, {})


def _by_class(boosts: Powers, prefix: str) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    """Yield each enhancement class with the one power that raises it alone.

    A name counts that origins and inventions share; the others are relics of old schedules.
    """
    shared = sorted(
        key[len("crafted_") :]
        for key in boosts
        if key.startswith("crafted_") and f"magic_{key[len('crafted_') :]}" in boosts
    )
    for row in tables.read("enhancement_classes.tsv"):
        for name in shared:
            power = boosts[prefix + name]
            if class_numbers(power.get("boosts_allowed") or ()) == (int(row[0]),):
                yield row, power
                break


# -- sets ----------------------------------------------------------------------------------------


def _set(values: Mapping[str, Any], powers: Powers, found: Collected) -> None:
    uid = values["name"]
    infos = (values.get("computed") or {}).get("boost_infos") or {}
    number = len(found.sets)
    places: list[list[str]] = values["boost_lists"]
    levels = _levels(values, infos)
    indices = []
    also: dict[str, str] = {}
    for place, names in enumerate(places):
        known = [powers[name.lower()] for name in names if name.lower() in powers]
        for name in names:
            if name.lower() not in powers:
                message = f"There is no power {name}."
                record = f"enhancement set {uid}"
                found.findings.append(Finding("error", "boost_sets", record, message))
        if not known:
            continue
        info = infos.get(known[0]["name"].lower()) or known[0].get("boost_info") or {}
        indices.append(len(found.enhancements))
        _piece(uid, number, place, known, info, levels, found)
        also.update((each["name"], known[0]["name"]) for each in known[1:])
    numbers = lists.set_type_numbers()
    group = values.get("group_name") or ""
    if group not in numbers:
        message = f"The group {group!r} is unknown; the set fits nowhere."
        found.findings.append(Finding("warning", "boost_sets", f"enhancement set {uid}", message))
    bonuses, singles, closed = _bonuses(values, places, powers)
    fields = {
        "display_name": values.get("display_name") or uid,
        "short_name": _short(values.get("display_name") or uid),
        "uid": uid,
        "description": "",
        "set_type": numbers.get(group, 0),
        "image": "",
        "level_min": levels[0],
        "level_max": levels[1],
        "enhancement_indices": tuple(indices),
        "bonuses": bonuses,
        "special_bonuses": singles,
    }
    found.sets.append(tuple(fields[each] for each in layout.ENHANCEMENT_SET.names))
    extra: dict[str, Any] = {"groups": values.get("conversion_groups") or []}
    if also:
        extra["also"] = also
    if closed:
        extra["unread_bonuses"] = closed
    found.set_extras[uid.lower()] = extra


def _levels(values: Mapping[str, Any], infos: Mapping[str, Any]) -> tuple[int, int]:
    """Return levels from 0; sets that exist attuned only say 1 to 1."""
    low, high = int(values["min_level"]) - 1, int(values["max_level"]) - 1
    if high > 0:
        return low, high
    superior = any(info.get("only_at_50") for info in infos.values())
    return _TOP_LEVELS if superior else _ATTUNED_LEVELS


def _piece(
    set_uid: str,
    set_index: int,
    place: int,
    known: Sequence[Mapping[str, Any]],
    info: Mapping[str, Any],
    levels: tuple[int, int],
    found: Collected,
) -> None:
    power = known[0]
    superior = bool(info.get("superior_scales"))
    group = info.get("unique_group") or ()
    shown = power["display_name"].partition(": ")[2] or power["display_name"]
    stems = {_stem(name) for name in group}
    values = pieces.record(
        uid=power["name"],
        name=shown,
        short_name=shown,
        description=power.get("display_help") or "",
        kind=int(EnhancementKind.SET),
        number=_FIRST_NUMBER + len(found.enhancements),
        power=power,
        made=pieces.lines(power, kind=int(EnhancementKind.SET), superior=superior),
        set_index=set_index,
        set_uid=set_uid,
        levels=levels,
        unique=bool(group),
        group=pieces.exclusive_group(
            sorted(stems), place, of_archetype=bool(info.get("restricted_ats"))
        ),
        superior=superior,
        is_proc=bool(info.get("is_proc")),
    )
    extra: dict[str, Any] = {}
    if len(known) > 1:
        extra["also"] = [each["name"] for each in known[1:]]
    for name in ("unique_group", "restricted_ats", "min_slot_level", "only_at_50", "attuned"):
        if info.get(name):
            extra[name] = info[name]
    _add(found, values, extra)


def _stem(name: str) -> str:
    """Return a piece's name without how it is made: superior and plain form keep apart."""
    for prefix in ("superior_attuned_", "crafted_", "attuned_"):
        if name.startswith(prefix):
            superior = prefix.startswith("superior") and not name.startswith(prefix + "superior_")
            return ("superior_" if superior else "") + name[len(prefix) :]
    return name


def _short(name: str) -> str:
    """Return three letters of each word; a Mids folder knows the names people use."""
    words = re.findall(r"[A-Za-z]+", name.replace("'", ""))
    return "".join(word[:3] for word in words if word.lower() not in ("of", "the"))


def _bonuses(
    values: Mapping[str, Any], places: Sequence[Sequence[str]], powers: Powers
) -> tuple[tuple[Values, ...], tuple[Values, ...], list[str]]:
    """Return bonuses by number, those of single pieces, and conditions nobody could read."""
    counted: list[Values] = []
    singles: list[tuple[str, ...]] = [() for _ in range(max(_PIECES, len(places)))]
    closed = []
    for bonus in values.get("bonuses") or ():
        names = tuple(
            str(powers[name.lower()]["full_name"]) if name.lower() in powers else name
            for name in bonus.get("auto_powers") or ()
        )
        requires = bonus.get("requires") or ""
        place = _place(requires, places)
        if place is not None:
            singles[place] += names
            continue
        pvp = "ispvpmap?" in requires.lower() and "!ispvpmap?" not in requires.lower()
        if requires and not pvp:
            closed.append(requires)
            continue
        mode = PvMode.PVP if pvp else PvMode.ANY
        record = (-1, "", int(mode), int(bonus["min_boosts"]), _named(names))
        counted.append(record)
    return (
        tuple(counted),
        tuple((place if names else -1, "", _named(names)) for place, names in enumerate(singles)),
        closed,
    )


def _named(names: Sequence[str]) -> tuple[tuple[str, int], ...]:
    return tuple((name, -1) for name in names)


def _place(requires: str, places: Sequence[Sequence[str]]) -> int | None:
    """Return the place of the piece that a bonus asks for; None if it asks for none."""
    asked = {name.lower() for name in _SLOTTED.findall(requires)}
    for place, names in enumerate(places):
        if asked & {name.rpartition(".")[2].lower() for name in names}:
            return place
    return None
