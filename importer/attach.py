"""Numbers of no game: what players' files and pages need and the server's export does not have.

Old files name powers by numbers, pages name sets by short names, a planner shows sliders of
stacks. A Mids folder has them; they are attached by full name, after the list of renames, and each
record says what was attached to it and from where.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from importer import attach_names
from importer.curated import tables
from importer.mhd import layout
from importer.mhd.layout import Record
from importer.progress import Progress
from importer.source import Extras, Finding, Source, Values

_POWER_FIELDS: Final = (
    "static_index",
    "click_buff",
    "always_toggle",
    "allow_front_loading",
    "variable_enabled",
    "variable_override",
    "variable_name",
    "variable_min",
    "variable_max",
    "variable_start",
    "skip_max",
    "display_location",
    "exclusive_auto",
    "exclusive_ignored",
    "sort_override",
)
_PIECE_FIELDS: Final = ("static_index", "short_name", "recipe", "image")
_SET_FIELDS: Final = ("short_name", "image")
_POWERSET_FIELDS: Final = ("image", "sub_name")
# Of a lost power everything but its name comes from the other data.
_KEPT_OF_LOST: Final = frozenset({"full_name", "group_name", "set_name", "power_name"})
_PLAYED: Final = ("pool.", "epic.", "inherent.", "incarnate.")


@dataclass(slots=True)
class _Marks:
    """What was attached: list -> key -> names of fields."""

    origin: str
    found: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    def add(self, name: str, key: str, fields: Iterable[str]) -> None:
        """Note that `fields` of a record come from the other data."""
        self.found.setdefault(name, {})[key.lower()] = list(fields)


def attach(source: Source, other: Source, progress: Progress) -> tuple[Source, list[Finding]]:
    """Return the source with what `other` knows beside the game's numbers.

    Args:
        source: Of the server's export.
        other: Of a Mids folder.
        progress: Told to stop.

    Returns:
        The source, and what found no place.
    """
    progress.check()
    marks = _Marks(f"{other.name} {_version(other)}".strip())
    findings: list[Finding] = []
    aliases = _aliases(source, other)
    powers, brought = _powers(source, other, aliases, marks, findings)
    progress.check()
    pieces = {old.lower(): new for old, new, _ in tables.read("piece_renames.tsv")}
    renamed = _renamed(other.enhancements, pieces)
    enhancements = _joined(
        "enhancements",
        source.enhancements,
        renamed,
        _PIECE_FIELDS,
        "uid",
        marks,
    )
    attached = replace(
        source,
        powers=powers,
        powersets=_joined(
            "powersets", source.powersets, other.powersets, _POWERSET_FIELDS, "full_name", marks
        ),
        enhancements=_renumbered(enhancements, layout.ENHANCEMENT, marks, "enhancements", "uid"),
        enhancement_sets=_joined(
            "enhancement_sets",
            source.enhancement_sets,
            other.enhancement_sets,
            _SET_FIELDS,
            "uid",
            marks,
        ),
        recipes=other.recipes,
        salvage=other.salvage,
        texts={
            **_texts(source, other, aliases, powers),
            **attach_names.texts(source, other, aliases, renamed, _version(other)),
        },
        extras=_marked(source, marks, brought),
        files=tuple(
            replace(file, head={**file.head, "attached": marks.origin})
            if file.form == "powers"
            else file
            for file in source.files
        ),
    )
    findings += _unmatched(source, other, aliases)
    return attached, findings


def _version(source: Source) -> str:
    heads = (file.head for file in source.files if file.form == "powers")
    return next((str(head.get("version", "")) for head in heads), "")


def renames() -> dict[str, str]:
    """Return old name in small letters -> the server's name."""
    return {old.lower(): new for old, new, _ in tables.read("renames.tsv")}


def _aliases(source: Source, other: Source) -> dict[str, str]:
    """Return the server's name in small letters -> the other data's name in small letters."""
    at = layout.POWER.position["full_name"]
    here = {values[at].lower() for values in source.powers}
    there = {values[at].lower() for values in other.powers}
    listed = renames()
    # Two names for one power: what has the server's name goes before its second name.
    moved = {
        old: new.lower()
        for old, new in listed.items()
        if old in there and (new.lower() not in there or new.lower() in listed)
    }
    found = {name: name for name in here & there if name not in moved}
    return found | {new: old for old, new in moved.items() if new in here}


def _powers(
    source: Source,
    other: Source,
    aliases: Mapping[str, str],
    marks: _Marks,
    findings: list[Finding],
) -> tuple[tuple[Values, ...], set[str]]:
    """Return the powers, and which of them are whole from the other data."""
    position = layout.POWER.position
    at = position["full_name"]
    known = _by_key(other.powers, at)
    places = [(position[name], name) for name in _POWER_FIELDS]
    found = []
    whole: set[str] = set()
    for values in source.powers:
        key = values[at].lower()
        theirs = known.get(aliases.get(key, ""))
        if theirs is None:
            found.append(values)
            continue
        if source.extras.of("powers", key).get("lost"):
            whole.add(key)
            marks.add("powers", key, ["everything"])
            message = "Its numbers are those of the attached folder, not the server's."
            findings.append(Finding("warning", "attach", f"power {values[at]}", message))
            found.append(_brought_back(values, theirs))
            continue
        changed = list(values)
        for place, _ in places:
            changed[place] = theirs[place]
        if theirs[position["variable_enabled"]] is False and values[position["variable_enabled"]]:
            for name in _POWER_FIELDS:
                if name.startswith("variable_"):
                    changed[position[name]] = values[position[name]]
        marks.add(
            "powers", key, [name for place, name in places if changed[place] != values[place]]
        )
        found.append(tuple(changed))
    return _renumbered(found, layout.POWER, marks, "powers", "full_name"), whole


def _by_key(records: Iterable[Values], at: int) -> dict[str, Values]:
    """Return the records by a key in small letters; of equal ones the first counts."""
    found: dict[str, Values] = {}
    for values in records:
        found.setdefault(values[at].lower(), values)
    return found


def _brought_back(values: Values, theirs: Values) -> Values:
    position = layout.POWER.position
    name_at = layout.EFFECT.position["power"]
    changed = list(theirs)
    for name in _KEPT_OF_LOST:
        changed[position[name]] = values[position[name]]
    level = values[position["level"]]
    if level:
        changed[position["level"]] = level
    changed[position["effects"]] = tuple(
        (*effect[:name_at], values[position["full_name"]], *effect[name_at + 1 :])
        for effect in theirs[position["effects"]]
    )
    return tuple(changed)


def _renamed(records: Iterable[Values], names: Mapping[str, str]) -> list[Values]:
    """Return enhancements under the server's names."""
    at = layout.ENHANCEMENT.position["uid"]
    return [
        (*values[:at], names.get(values[at].lower(), values[at]), *values[at + 1 :])
        for values in records
    ]


def _joined(
    name: str,
    records: Sequence[Values],
    others: Sequence[Values],
    fields: Sequence[str],
    key: str,
    marks: _Marks,
) -> tuple[Values, ...]:
    """Take `fields` from the record of the same key, where there is one and it says something."""
    record = _RECORDS[name]
    at = record.position[key]
    known = _by_key(others, at)
    places = [(record.position[each], each) for each in fields]
    found = []
    for values in records:
        theirs = known.get(values[at].lower())
        if theirs is None:
            found.append(values)
            continue
        changed = list(values)
        taken = []
        for place, field_name in places:
            if theirs[place] not in ("", changed[place]):
                changed[place] = theirs[place]
                taken.append(field_name)
        marks.add(name, values[at], taken)
        found.append(tuple(changed))
    return tuple(found)


_RECORDS: Final[dict[str, Record]] = {
    "powersets": layout.POWERSET,
    "enhancements": layout.ENHANCEMENT,
    "enhancement_sets": layout.ENHANCEMENT_SET,
}


def _renumbered(
    records: Sequence[Values], record: Record, marks: _Marks, name: str, key: str
) -> tuple[Values, ...]:
    """Give a number that two records have to the first only; the rest get new ones."""
    at, key_at = record.position["static_index"], record.position[key]
    taken: set[int] = set()
    free = 1 + max((values[at] for values in records), default=0)
    found = []
    attached = marks.found.get(name, {})
    # A number that was attached goes before one that was only counted up.
    for values in sorted(records, key=lambda each: each[key_at].lower() not in attached):
        if values[at] in taken:
            values = (*values[:at], free, *values[at + 1 :])
            free += 1
        taken.add(values[at])
        found.append(values)
    order = {values[key_at]: number for number, values in enumerate(records)}
    return tuple(sorted(found, key=lambda each: order[each[key_at]]))


def _texts(
    source: Source, other: Source, aliases: Mapping[str, str], powers: Sequence[Values]
) -> dict[str, Any]:
    """Return the small tables with old names and numbers of powers."""
    at, number_at = (layout.POWER.position[name] for name in ("full_name", "static_index"))
    spelled = {values[at].lower(): values[at] for values in powers}
    old = {values[at].lower(): values[at] for values in other.powers}
    texts = dict(source.texts)
    names = [
        {"name": spelled[here], "other": old[there]}
        for here, there in sorted(aliases.items())
        if here != there
    ]
    met = {each["other"].lower() for each in names}
    names += [
        {"name": new, "other": old[second]}
        for second, new in sorted(renames().items())
        if second in old and second not in met | spelled.keys() and new.lower() in spelled
    ]
    # What the other data list leads on, if its first name is a power here.
    names += [
        each
        for each in other.texts.get("cryptic_names") or ()
        if each["name"].lower() in spelled and each.get("other", "").lower() not in spelled
    ]
    texts["cryptic_names"] = names
    numbers = {values[number_at] for values in powers}
    texts["replacements"] = [
        each for each in other.texts.get("replacements") or () if each["new"] in numbers
    ]
    if other.texts.get("origins"):
        texts["origins"] = other.texts["origins"]
    return texts


def _marked(source: Source, marks: _Marks, brought: Collection[str]) -> Extras:
    extras = source.extras
    records = {name: dict(each) for name, each in extras.records.items()}
    for name, keys in marks.found.items():
        for key, fields in keys.items():
            if fields:
                marked = {**records.setdefault(name, {}).get(key, {}), "attached": fields}
                records[name][key] = marked
    at = layout.ENHANCEMENT.position["uid"]
    here = {values[at].lower() for values in source.enhancements}
    pieces = records.setdefault("enhancements", {})
    for old, new, _ in tables.read("piece_renames.tsv"):
        if new.lower() in here:
            known = pieces.get(new.lower(), {})
            pieces[new.lower()] = {**known, "also": [*known.get("also", ()), old]}
    effects = {name: each for name, each in extras.effects.items() if name not in brought}
    return Extras(records, extras.requirements, effects)


def _unmatched(source: Source, other: Source, aliases: Mapping[str, str]) -> list[Finding]:
    """Return one finding: powers a player could have that nothing was attached to."""
    at = layout.POWER.position["full_name"]
    groups = {
        values[layout.ARCHETYPE.position[name]].lower() + "."
        for values in source.archetypes
        if values[layout.ARCHETYPE.position["playable"]]
        for name in ("primary_group", "secondary_group")
    }
    played = (*_PLAYED, *groups)
    names = [values[at] for values in source.powers if values[at].lower().startswith(played)]
    alone = sum(name.lower() not in aliases for name in names)
    met = set(aliases.values())
    theirs = [values[at].lower() for values in other.powers]
    gone = sum(name.startswith(played) and name not in met for name in theirs)
    message = (
        f"{len(names) - alone} of {len(names)} powers of players are in {other.name} too;"
        f" {alone} are new, {gone} of its own are gone."
    )
    return [Finding("info", "attach", "", message)]
