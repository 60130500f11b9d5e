"""How strong a slotted enhancement is: one piece, one aspect.

Source: calculation reference A, section 5.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from midsdesk.calc.quirks import Quirk
from midsdesk.model.build import SlottedEnhancement
from midsdesk.model.game import Enhancement, EnhancementLine
from midsdesk.model.ruleset import EnhancementTables
from midsdesk.model.vocab import (
    Attribute,
    BuffMode,
    EnhancedAspect,
    EnhancementKind,
    Grade,
    LineMode,
    RelativeLevel,
    Schedule,
    StatusEffect,
)

TOP_LEVEL: Final = 50
_LOWEST_INVENTION: Final = 10
# Enhancement classes by `EnhancementClass.index`: endurance modification, endurance reduction.
_RECOVERS, _SAVES = 7, 8
_WITH_HEAL: Final = frozenset(
    {EnhancedAspect.HIT_POINTS, EnhancedAspect.REGENERATION, EnhancedAspect.ABSORB}
)
_SUPERIOR: Final = 1.25
_SINGLE_ROW: Final = 2
_SPEEDS: Final = frozenset(
    {EnhancedAspect.SPEED_FLYING, EnhancedAspect.SPEED_JUMPING, EnhancedAspect.SPEED_RUNNING}
)
_KNOCK: Final = frozenset({int(StatusEffect.KNOCKBACK), int(StatusEffect.KNOCKUP)})
# A member of an enumeration is slow to reach, and each new piece is asked for all of these.
_SLOW: Final = int(EnhancedAspect.SLOW)
_BUFFS, _DEBUFFS = int(BuffMode.BUFF_ONLY), int(BuffMode.DEBUFF_ONLY)
_NORMAL, _SPECIAL = int(EnhancementKind.NORMAL), int(EnhancementKind.SPECIAL)
_STRENGTH: Final = int(LineMode.STRENGTH)
_LAST_SCHEDULE: Final = int(Schedule.D)

# The aspect that raises effects of an attribute. Source: calculation reference A, section 7.5.
ASPECT_OF: Final[dict[int, int]] = {
    int(attribute): int(aspect)
    for attribute, aspect in {
        Attribute.ACCURACY: EnhancedAspect.ACCURACY,
        Attribute.DAMAGE: EnhancedAspect.DAMAGE,
        Attribute.DEFENSE: EnhancedAspect.DEFENSE,
        Attribute.ENDURANCE_DISCOUNT: EnhancedAspect.ENDURANCE_DISCOUNT,
        Attribute.ENDURANCE: EnhancedAspect.ENDURANCE,
        Attribute.SPEED_FLYING: EnhancedAspect.SPEED_FLYING,
        Attribute.HEAL: EnhancedAspect.HEAL,
        Attribute.HIT_POINTS: EnhancedAspect.HIT_POINTS,
        Attribute.JUMP_HEIGHT: EnhancedAspect.JUMP_HEIGHT,
        Attribute.SPEED_JUMPING: EnhancedAspect.SPEED_JUMPING,
        Attribute.RANGE: EnhancedAspect.RANGE,
        Attribute.RECHARGE_TIME: EnhancedAspect.RECHARGE_TIME,
        Attribute.RECOVERY: EnhancedAspect.RECOVERY,
        Attribute.REGENERATION: EnhancedAspect.REGENERATION,
        Attribute.RESISTANCE: EnhancedAspect.RESISTANCE,
        Attribute.SPEED_RUNNING: EnhancedAspect.SPEED_RUNNING,
        Attribute.TO_HIT: EnhancedAspect.TO_HIT,
        Attribute.SLOW: EnhancedAspect.SLOW,
        Attribute.ABSORB: EnhancedAspect.ABSORB,
    }.items()
}


# (aspect, status or -1, buff mode, strength): what one placed piece gives.
Line = tuple[int, int, int, float]


def relative_factor(relative: int) -> float:
    """Return what the relative level does: 5 % for each level above, 10 % for each below.

    RelativeLevel.NONE makes the enhancement dead: 0.
    """
    if relative == RelativeLevel.NONE:
        return 0.0
    steps = relative - RelativeLevel.EVEN
    return 1 + 0.05 * steps if steps >= 0 else 1 + 0.10 * steps


def _base(
    piece: Enhancement,
    slotted: SlottedEnhancement,
    schedule: int,
    tables: EnhancementTables,
    combat_level: int,
) -> float:
    """Return the strength of an even-level piece with one aspect.

    Below level 50 inventions count as of the level fought at, and the others shrink as inventions
    do (our own choice for origin and special ones; the papers say nothing).
    """
    if piece.kind == _NORMAL:
        if slotted.grade == Grade.NONE:
            return 0.0
        return tables.grades[slotted.grade - 1][schedule] * _share(tables, schedule, combat_level)
    if piece.kind == _SPECIAL:
        return tables.grades[_SINGLE_ROW][schedule] * _share(tables, schedule, combat_level)
    level = slotted.level
    if combat_level < TOP_LEVEL:
        level = min(level, max(combat_level, _LOWEST_INVENTION))
    return tables.inventions[max(0, min(level, len(tables.inventions)) - 1)][schedule]


def _share(tables: EnhancementTables, schedule: int, combat_level: int) -> float:
    if combat_level >= TOP_LEVEL:
        return 1.0
    rows = tables.inventions
    row = rows[max(combat_level, _LOWEST_INVENTION) - 1]
    return row[schedule] / rows[TOP_LEVEL - 1][schedule]


def mended(piece: Enhancement) -> tuple[EnhancementLine, ...]:
    """Return the lines of a piece, with the known faults of special ones put right.

    Source: calculation reference A, section 11 item 4.
    """
    if piece.kind != _SPECIAL:
        return piece.lines
    heal = next((each for each in piece.lines if each.aspect == EnhancedAspect.HEAL), None)
    saves = _SAVES in piece.classes and _RECOVERS not in piece.classes
    found = []
    for line in piece.lines:
        if line.aspect == EnhancedAspect.ENDURANCE and saves:
            line = replace(line, aspect=int(EnhancedAspect.ENDURANCE_DISCOUNT))
        elif line.aspect in _WITH_HEAL and heal is not None:
            line = replace(line, multiplier=heal.multiplier)
        elif line.aspect == EnhancedAspect.DEFENSE and line.buff_mode == BuffMode.DEBUFF_ONLY:
            line = replace(line, schedule=int(Schedule.A))
        found.append(line)
    return tuple(found)


def lines_of(
    piece: Enhancement,
    slotted: SlottedEnhancement,
    tables: EnhancementTables,
    quirks: frozenset[Quirk],
    combat_level: int = TOP_LEVEL,
) -> tuple[Line, ...]:
    """Return the strengths one placed piece gives, each with what it applies to."""
    factor = relative_factor(slotted.relative_level)
    slows = any(line.aspect == _SLOW for line in piece.lines)
    found: list[Line] = []
    lines = piece.lines if Quirk.FAULTY_PIECE_RECORDS in quirks else mended(piece)
    for line in lines:
        if line.mode != _STRENGTH or not 0 <= line.schedule <= _LAST_SCHEDULE:
            continue
        strength = _base(piece, slotted, line.schedule, tables, combat_level) * factor
        if piece.superior:
            strength *= _SUPERIOR
        if abs(line.multiplier) > 0.01:
            strength *= line.multiplier
        mode = line.buff_mode
        if slows and line.aspect in _SPEEDS and Quirk.SLOW_RAISES_SPEED_BUFFS not in quirks:
            mode = _DEBUFFS
        found.append((line.aspect, line.status, mode, strength))
    return tuple(found)


class Slotted:
    """The strengths of all counting pieces of one power; `lines` are drawn when first needed."""

    __slots__ = ("_lines", "_source", "_sums")

    def __init__(self, lines: Iterable[Line]) -> None:
        self._source = lines
        self._lines: tuple[Line, ...] | None = None
        self._sums: dict[tuple[int, int, int], float] = {}

    @property
    def lines(self) -> tuple[Line, ...]:
        """What the pieces give, in slot order."""
        if self._lines is None:
            self._lines = tuple(self._source)
            self._source = ()
        return self._lines

    def strength(self, aspect: int, status: int = -1, sign: int = 1) -> float:
        """Sum the strength for one aspect.

        Args:
            status: `StatusEffect` where the aspect is STATUS; negative is any.
            sign: Of the effect to be raised: lines for buffs count only where it is not negative,
                lines for debuffs only where it is not positive.
        """
        key = (aspect, status, sign)
        total = self._sums.get(key)
        if total is None:
            total = 0.0
            for line_aspect, line_status, mode, value in self.lines:
                if line_aspect != aspect or (status >= 0 and line_status != status):
                    continue
                if (mode == _DEBUFFS and sign > 0) or (mode == _BUFFS and sign < 0):
                    continue
                total += value
            self._sums[key] = total
        return total

    @property
    def knocks_down(self) -> bool:
        """A piece turns knockback into knockdown."""
        return any(
            aspect == EnhancedAspect.STATUS and status in _KNOCK and value < 0
            for aspect, status, _, value in self.lines
        )


NOTHING: Final = Slotted(())
