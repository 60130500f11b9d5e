"""What the old planner holds after it opened a file: grants, automatic lights, lost entries.

Our own program keeps a build as it was saved; the golden results were made by the old one, so the
comparing runner takes the same steps first.

Source: build files, section 3.4; calculation reference B, sections 1.10 to 1.12; the README of
the golden results.
"""

from collections.abc import Iterable
from dataclasses import replace

from midsdesk.edit.normalise import fitted_piece
from midsdesk.model.build import Build, PowerEntry, Slot, SlottedEnhancement, SubPower
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Enhancement, Power
from midsdesk.model.ids import PowerId
from midsdesk.model.vocab import Activation, EnhancementKind, Grade, InherentKind, PowersetKind
from midsdesk.rules.levels import is_slottable
from midsdesk.rules.requirements import held_levels, meets
from midsdesk.rules.slotting import accepts

_TOP = 50
_BASICS = ("brawl", "sprint", "rest", "swift", "hurdle", "health", "stamina")
_ORDER = (
    InherentKind.CLASS,
    InherentKind.INHERENT,
    InherentKind.POWERSET,
    InherentKind.POWER,
    InherentKind.PRESTIGE,
    InherentKind.INCARNATE,
    InherentKind.ACCOLADE,
    InherentKind.PET,
    InherentKind.TEMP,
)


def open_build(saved: Build, catalog: Catalog, *, restore_lights: bool = False) -> Build:
    """Return `saved` as the old planner has it after opening.

    Args:
        restore_lights: Lights, sliders and accolades are then set by hand to what the file says.
    """
    picks = [_placed(entry, catalog) for entry in saved.picks]
    others = _others(saved.others, catalog)
    build = replace(saved, entries=(*picks, *others))
    build = _with_grants(build, catalog)
    entries = [_lit(entry, catalog) for entry in build.entries]
    if restore_lights:
        entries = [_lit(entry, catalog) for entry in _restored(entries, saved, catalog)]
    return replace(build, entries=tuple(entries))


def _placed(entry: PowerEntry, catalog: Catalog) -> PowerEntry:
    """Clean one entry as the old planner's validation does."""
    power = catalog.power(entry.power) if entry.power else None
    if power is None:
        return replace(entry, power=PowerId(""), slots=(), included=False)
    slots = _slots(entry, power, catalog)
    stacks = 0
    if power.has_variable:
        stacks = max(power.variable_min, min(entry.stacks, power.variable_max))
    return replace(entry, power=power.id, slots=slots, stacks=stacks)


def _slots(entry: PowerEntry, power: Power, catalog: Catalog) -> tuple[Slot, ...]:
    if not is_slottable(power, catalog):
        return ()
    slots = entry.slots[:6] or (Slot(max(1, entry.level)),)
    return tuple(
        replace(slot, enhancement=_piece(slot.enhancement, power, catalog)) for slot in slots
    )


def _piece(
    piece: SlottedEnhancement | None, power: Power, catalog: Catalog
) -> SlottedEnhancement | None:
    known = _first_containing(piece.enhancement, catalog) if piece else None
    if piece is None or known is None or not accepts(power, known, catalog):
        return None
    piece = fitted_piece(replace(piece, enhancement=known.id), known, catalog)
    if known.kind == EnhancementKind.NORMAL and piece.grade == Grade.NONE:
        piece = replace(piece, grade=Grade.SINGLE)
    return piece


def _first_containing(uid: str, catalog: Catalog) -> Enhancement | None:
    """Return the first enhancement whose id contains the text, as the old planner looks it up."""
    return next((each for each in catalog.enhancements() if uid in each.id), None)


def _others(saved: Iterable[PowerEntry], catalog: Catalog) -> list[PowerEntry]:
    """Keep what has a place of its own among the powers nobody picks, in the planner's order."""
    kept: list[tuple[tuple[int, int], PowerEntry]] = []
    for entry in saved:
        placed = _placed(entry, catalog)
        power = catalog.power(placed.power) if placed.power else None
        if power is None or power.inherent_kind == InherentKind.NONE:
            continue
        kept.append((_rank(power), placed))
    return [entry for _, entry in sorted(kept, key=lambda pair: pair[0])]


def _rank(power: Power) -> tuple[int, int]:
    if power.name.lower() in _BASICS:
        return 1, _BASICS.index(power.name.lower())
    kinds = [int(kind) for kind in _ORDER]
    return (kinds.index(power.inherent_kind), 0) if power.inherent_kind in kinds else (9, 0)


def _with_grants(build: Build, catalog: Catalog) -> Build:
    """Add the powers that come by themselves; drop those whose requirement fails."""
    held = held_levels(build)
    kept = []
    for index, entry in enumerate(build.entries):
        power = catalog.power(entry.power) if entry.power else None
        if index >= build.pick_count and power is not None and _is_granted(power, catalog):
            if not power.include_flag or not meets(power, build.archetype, _TOP, held):
                continue
            entry = replace(entry, level=max(entry.level, power.level))
        kept.append(entry)
    places = [name for name in build.powersets if name]
    places += [each.id for each in catalog.powersets() if each.kind == PowersetKind.INHERENT]
    for name in dict.fromkeys(places):
        kept += [
            _granted(power, build, catalog)
            for power in catalog.powers(name)
            if power.include_flag
            and power.inherent_kind != InherentKind.PRESTIGE
            and power.id.lower() not in held
            and meets(power, build.archetype, _TOP, held)
        ]
    return replace(build, entries=tuple(kept))


def _is_granted(power: Power, catalog: Catalog) -> bool:
    powerset = catalog.powerset(power.powerset)
    return powerset is not None and powerset.kind in (
        PowersetKind.INHERENT,
        PowersetKind.PRIMARY,
        PowersetKind.SECONDARY,
        PowersetKind.POOL,
    )


def _granted(power: Power, build: Build, catalog: Catalog) -> PowerEntry:
    held = held_levels(build)
    giver = 0
    for pair in power.requirement.required_powers:
        giver = held.get(pair[0].lower(), 0) if pair[0] else 0
        break
    level = max(power.level, giver)
    switchable = power.activation in (Activation.AUTO, Activation.TOGGLE)
    return PowerEntry(
        power.id,
        level,
        slots=(Slot(level),) if is_slottable(power, catalog) else (),
        included=switchable and power.always_toggle,
        stacks=max(power.variable_min, power.variable_start) if power.has_variable else 0,
        sub_powers=tuple(SubPower(name, included=False) for name in power.sub_powers),
    )


def _lit(entry: PowerEntry, catalog: Catalog) -> PowerEntry:
    """A click that is no click buff is lit as soon as a piece sits in it."""
    power = catalog.power(entry.power) if entry.power else None
    if power is None or power.activation != Activation.CLICK or power.click_buff:
        return entry
    return replace(entry, included=entry.included or any(slot.enhancement for slot in entry.slots))


def _restored(entries: list[PowerEntry], saved: Build, catalog: Catalog) -> list[PowerEntry]:
    wanted = {entry.power.lower(): entry for entry in saved.entries if entry.power}
    restored = []
    for entry in entries:
        file_entry = wanted.get(entry.power.lower())
        if file_entry is not None:
            entry = replace(entry, included=file_entry.included)
            power = catalog.power(entry.power)
            if power is not None and power.has_variable:
                stacks = max(power.variable_min, min(file_entry.stacks, power.variable_max))
                entry = replace(entry, stacks=stacks)
        restored.append(entry)
    present = {entry.power.lower() for entry in restored}
    for entry in saved.others:
        power = catalog.power(entry.power) if entry.power else None
        powerset = catalog.powerset(power.powerset) if power else None
        if (
            power is not None
            and powerset is not None
            and powerset.kind == PowersetKind.ACCOLADE
            and power.id.lower() not in present
        ):
            restored.append(_placed(entry, catalog))
    return restored
