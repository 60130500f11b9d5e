"""After every edit: what comes by itself is there, what does not fit is gone.

Granted powers enter and leave, surplus slots and pieces that do not fit are removed, levels and
stacks are brought into range. Entries of powers the game data do not know stay untouched.
Source: calculation reference B, section 1.10.
"""

from dataclasses import replace

from midsdesk.model.build import (
    ANCILLARY,
    MAX_SLOTS_IN_POWER,
    Build,
    PowerEntry,
    Slot,
    SlottedEnhancement,
    SubPower,
)
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Enhancement, Power
from midsdesk.model.ids import PowersetId
from midsdesk.model.vocab import (
    Activation,
    EnhancementKind,
    Grade,
    InherentKind,
    PowersetKind,
)
from midsdesk.rules.levels import is_slottable
from midsdesk.rules.requirements import held_levels, meets
from midsdesk.rules.slotting import accepts

_TOP_LEVEL = 50
_BASICS = ("Brawl", "Sprint", "Rest", "Swift", "Hurdle", "Health", "Stamina")
_GRANTABLE = (
    PowersetKind.INHERENT,
    PowersetKind.PRIMARY,
    PowersetKind.SECONDARY,
    PowersetKind.POOL,
)
# Order of what was not picked. Source: build files, section 2.
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


def normalise(build: Build, catalog: Catalog) -> Build:
    """Return the build with everything in place that follows from its picks."""
    build = _with_legal_ancillary(build, catalog)
    entries = tuple(_clean_entry(entry, catalog) for entry in build.entries)
    if any(new is not old for new, old in zip(entries, build.entries, strict=True)):
        build = replace(build, entries=entries)
    return _with_grants(_without_revoked(build, catalog), catalog)


def starts_included(power: Power) -> bool:
    """Whether a power counts in the totals as soon as it is taken: autos always do."""
    if power.activation == Activation.AUTO:
        return True
    return power.activation == Activation.TOGGLE and power.always_toggle


def fresh_entry(power: Power, level: int, catalog: Catalog) -> PowerEntry:
    """The entry of a power just taken at a level (from 1), with its free slot."""
    slots = (Slot(level=max(1, level)),) if is_slottable(power, catalog) else ()
    return PowerEntry(
        power=power.id,
        level=level,
        slots=slots,
        included=starts_included(power),
        stacks=max(power.variable_min, power.variable_start) if power.has_variable else 0,
        sub_powers=tuple(SubPower(name, included=False) for name in power.sub_powers),
    )


def fitted_piece(
    piece: SlottedEnhancement, enhancement: Enhancement, catalog: Catalog
) -> SlottedEnhancement:
    """Bring level and grade of a piece into the range its enhancement allows."""
    level, grade = piece.level, piece.grade
    if enhancement.kind == EnhancementKind.SET:
        owner = catalog.enhancement_set(enhancement.set_id)
        low, high = (
            (owner.level_min, owner.level_max)
            if owner
            else (enhancement.level_min, enhancement.level_max)
        )
        level = min(max(level, low), high)
    elif enhancement.kind == EnhancementKind.INVENTION:
        level = min(max(level, enhancement.level_min), min(enhancement.level_max, _TOP_LEVEL))
        level = min(_TOP_LEVEL, (level * 2 + 5) // 10 * 5)
    elif enhancement.kind == EnhancementKind.NORMAL and grade == Grade.NONE:
        grade = Grade.SINGLE
    if (level, grade) == (piece.level, piece.grade):
        return piece
    return replace(piece, level=level, grade=grade)


def _with_legal_ancillary(build: Build, catalog: Catalog) -> Build:
    present = build.powersets[ANCILLARY]
    known = catalog.powerset(present) if present else None
    if known is None:
        return build
    offered = [
        powerset.id
        for powerset in catalog.powersets_of(build.archetype)
        if powerset.kind == PowersetKind.ANCILLARY
    ]
    if known.id in offered:
        return build
    chosen = offered[0] if offered else PowersetId("")
    return replace(build, powersets=(*build.powersets[:ANCILLARY], chosen))


def _clean_entry(entry: PowerEntry, catalog: Catalog) -> PowerEntry:
    if entry.is_empty:
        return replace(entry, slots=()) if entry.slots else entry
    power = catalog.power(entry.power)
    if power is None:
        return entry
    slots = _clean_slots(entry, power, catalog)
    stacks = 0
    if power.has_variable:
        # Below the minimum files hold 0; left as it is, so that no edit changes other entries.
        stacks = min(entry.stacks, power.variable_max)
    sub_powers = _clean_sub_powers(entry, power)
    cleaned = replace(entry, slots=slots, stacks=stacks, sub_powers=sub_powers)
    return entry if cleaned == entry else cleaned


def _clean_sub_powers(entry: PowerEntry, power: Power) -> tuple[SubPower, ...]:
    held = {sub.power: sub for sub in entry.sub_powers}
    if tuple(held) == power.sub_powers:
        return entry.sub_powers
    return tuple(held.get(name, SubPower(name, included=False)) for name in power.sub_powers)


def _clean_slots(entry: PowerEntry, power: Power, catalog: Catalog) -> tuple[Slot, ...]:
    if not is_slottable(power, catalog):
        return ()
    slots = entry.slots[:MAX_SLOTS_IN_POWER] or (Slot(level=max(1, entry.level)),)
    return tuple(_clean_slot(slot, power, catalog) for slot in slots)


def _clean_slot(slot: Slot, power: Power, catalog: Catalog) -> Slot:
    main = _clean_piece(slot.enhancement, power, catalog)
    alternate = _clean_piece(slot.alternate, power, catalog)
    if main is slot.enhancement and alternate is slot.alternate:
        return slot
    return replace(slot, enhancement=main, alternate=alternate)


def _clean_piece(
    piece: SlottedEnhancement | None, power: Power, catalog: Catalog
) -> SlottedEnhancement | None:
    if piece is None:
        return None
    enhancement = catalog.enhancement(piece.enhancement)
    if enhancement is None:
        return piece
    return (
        fitted_piece(piece, enhancement, catalog) if accepts(power, enhancement, catalog) else None
    )


def _without_revoked(build: Build, catalog: Catalog) -> Build:
    held = held_levels(build)
    kept = tuple(
        entry
        for entry in build.others
        if entry.is_empty or not _is_revoked(entry, build, catalog, held)
    )
    if len(kept) == len(build.others):
        return build
    return _without_revoked(replace(build, entries=(*build.picks, *kept)), catalog)


def _is_revoked(entry: PowerEntry, build: Build, catalog: Catalog, held: dict[str, int]) -> bool:
    power = catalog.power(entry.power)
    powerset = catalog.powerset(power.powerset) if power else None
    if power is None or powerset is None or powerset.kind not in _GRANTABLE:
        return False
    return not power.include_flag or not meets(power, build.archetype, _TOP_LEVEL, held)


def _with_grants(build: Build, catalog: Catalog) -> Build:
    held = held_levels(build)
    others = list(build.others)
    for power in _grantable(build, catalog):
        if power.id.lower() in held or not meets(power, build.archetype, _TOP_LEVEL, held):
            continue
        # The data say 0 of what is never picked; a character has it from the first level.
        level = max(1, power.level, _level_of_giver(power, held))
        rank = _rank(power)
        place = next(
            (
                number
                for number, entry in enumerate(others)
                if not entry.is_empty and _entry_rank(entry, catalog) > rank
            ),
            len(others),
        )
        others.insert(place, fresh_entry(power, level, catalog))
        held[power.id.lower()] = level
    refreshed = tuple(_with_level_of_giver(entry, catalog, held) for entry in others)
    if refreshed == build.others:
        return build
    return replace(build, entries=(*build.picks, *refreshed))


def _grantable(build: Build, catalog: Catalog) -> list[Power]:
    names = [name for name in build.powersets if name]
    names += [item.id for item in catalog.powersets() if item.kind == PowersetKind.INHERENT]
    return [
        power
        for name in dict.fromkeys(names)
        for power in catalog.powers(name)
        if power.include_flag and power.inherent_kind != InherentKind.PRESTIGE
    ]


def _level_of_giver(power: Power, held: dict[str, int]) -> int:
    """Level of the first required power that the build holds."""
    for pair in power.requirement.required_powers:
        for name in pair:
            if name.lower() in held:
                return held[name.lower()]
    return 0


def _with_level_of_giver(entry: PowerEntry, catalog: Catalog, held: dict[str, int]) -> PowerEntry:
    """Let what a pick brings follow it when it moves to another level."""
    power = catalog.power(entry.power) if not entry.is_empty else None
    if power is None or power.inherent_kind != InherentKind.POWER or not power.include_flag:
        return entry
    level = max(power.level, _level_of_giver(power, held))
    if level == entry.level or level <= 0:
        return entry
    free = entry.slots[:1]
    slots = (replace(free[0], level=level), *entry.slots[1:]) if free else ()
    return replace(entry, level=level, slots=slots)


def _entry_rank(entry: PowerEntry, catalog: Catalog) -> tuple[int, int]:
    power = catalog.power(entry.power)
    return _rank(power) if power else (len(_ORDER), 0)


def _rank(power: Power) -> tuple[int, int]:
    """Place among what was not picked: by kind, the seven basics in their own order."""
    if power.name in _BASICS:
        return (1, _BASICS.index(power.name))
    kinds = [int(kind) for kind in _ORDER]
    kind = power.inherent_kind
    last = _ORDER.index(InherentKind.POWER) if power.id.startswith("Inherent.") else len(kinds)
    return (kinds.index(kind) if kind in kinds else last, len(_BASICS))
