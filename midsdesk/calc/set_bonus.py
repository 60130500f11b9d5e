"""Which set bonuses and globals a build has, and the rule of five.

Source: calculation reference B, section 5.
"""

from dataclasses import dataclass
from typing import Final

from midsdesk.calc.context import Context
from midsdesk.calc.quirks import Quirk
from midsdesk.model.build import PowerEntry, SlottedEnhancement
from midsdesk.model.game import Enhancement, Power
from midsdesk.model.ids import EnhancementId, EnhancementSetId, PowerId
from midsdesk.model.vocab import Entities, PvMode

RULE_OF_FIVE: Final = 5
_IMPOSSIBLE_LEVEL: Final = 51
_TOP_LEVEL: Final = 50
_LEVELS_BELOW: Final = 3
_MY_PET: Final = int(Entities.MY_PET)
_KEPT: Final = 4096


@dataclass(frozen=True, slots=True)
class SetInPower:
    """A set slotted in one power.

    Attributes:
        pieces: In slot order. bonus_powers: of bonuses, then of specials, in counting order.
    """

    set_id: EnhancementSetId
    pieces: tuple[EnhancementId, ...]
    bonus_powers: tuple[PowerId, ...]


Placed = list[tuple[SlottedEnhancement, Enhancement]]


def placed(entry: PowerEntry, context: Context) -> tuple[Placed, tuple[str, ...]]:
    """Return the pieces whose bonuses and special effects count, and those the catalog lacks.

    Both in slot order. The old planner counts those of slots no character can have ("51") too.
    """
    late = Quirk.LATE_SLOTS_GIVE_SETS in context.quirks
    found, missing = [], []
    for slot in entry.slots:
        slotted = slot.enhancement
        if slotted is None or (slot.level >= _IMPOSSIBLE_LEVEL and not late):
            continue
        piece = context.catalog.enhancement(slotted.enhancement)
        if piece is None:
            missing.append(str(slotted.enhancement))
        elif piece.set_id and (
            context.combat_level >= _TOP_LEVEL or _in_reach(piece, slotted, context)
        ):
            found.append((slotted, piece))
    return found, tuple(missing)


def _in_reach(piece: Enhancement, slotted: SlottedEnhancement, context: Context) -> bool:
    """Return whether bonuses and special effects of a piece work at the level fought at.

    Source: common knowledge of players, not in the papers: a piece works down to three levels
    below its own; attuned ones down to three below their set's lowest; very rare sets always.
    """
    level = slotted.level
    family = context.catalog.enhancement_set(piece.set_id)
    if family is not None:
        if family.level_min == family.level_max == _TOP_LEVEL:
            return True
        if "attuned_" in piece.id.lower():
            level = family.level_min
    return level <= context.combat_level + _LEVELS_BELOW


def sets_in(pieces_placed: Placed, context: Context) -> tuple[SetInPower, ...]:
    """Return the sets of one entry in order of first appearance."""
    pieces: dict[EnhancementSetId, list[EnhancementId]] = {}
    for _, piece in pieces_placed:
        pieces.setdefault(piece.set_id, []).append(piece.id)
    return tuple(
        [
            SetInPower(set_id, tuple(found), _bonus_powers(set_id, found, context))
            for set_id, found in pieces.items()
        ]
    )


def _bonus_powers(
    set_id: EnhancementSetId, pieces: list[EnhancementId], context: Context
) -> tuple[PowerId, ...]:
    key = (set_id, tuple(pieces))
    found = context.bonus_powers.get(key)
    if found is None:
        if len(context.bonus_powers) >= _KEPT:
            context.bonus_powers.clear()
        found = context.bonus_powers[key] = _listed(set_id, pieces, context)
    return found


def _listed(
    set_id: EnhancementSetId, pieces: list[EnhancementId], context: Context
) -> tuple[PowerId, ...]:
    family = context.catalog.enhancement_set(set_id)
    if family is None:
        return ()
    against = PvMode.PVE if context.settings.pvp else PvMode.PVP
    powers: list[PowerId] = []
    if len(pieces) > 1:
        for bonus in family.bonuses:
            if bonus.slotted <= len(pieces) and bonus.pv_mode != against:
                powers += bonus.powers
    for place, piece in enumerate(family.pieces):
        if place < len(family.specials):
            powers += family.specials[place] * pieces.count(piece)
    return tuple(power for power in powers if power)


def is_for_pets(power: Power) -> bool:
    """Return whether a bonus power helps only the character's pets."""
    return bool(power.entities_affected & power.target & _MY_PET)


@dataclass(frozen=True, slots=True)
class Counted:
    """A bonus power of the build: how often it occurs, how often it counts."""

    power: PowerId
    count: int
    counted: int
    for_pets: bool
