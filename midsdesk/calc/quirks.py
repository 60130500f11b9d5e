"""The old planner's faults, each with a name: what it does, and what we do instead.

Ruleset `mids` has all of them, ruleset `game` none. A quirk acts in one line, where the code asks
`Quirk.X in quirks`; there is no second code path beyond that.

Source: calculation references A section 11 and B section 11, cited by number.
"""

from enum import StrEnum
from typing import Final

from midsdesk.model.settings import Rules


class Quirk(StrEnum):
    """One deterministic difference between the old planner and the game."""

    DEFENSE_DEBUFF_ON_SCHEDULE_B = "defense-debuff-on-schedule-b"
    REGENERATION_RESISTANCE_WITHOUT_ED = "regeneration-resistance-without-ed"
    SLOW_RAISES_SPEED_BUFFS = "slow-raises-speed-buffs"
    KNOCKDOWN_AS_STRENGTH = "knockdown-as-strength"
    RANGE_IGNORES_LISTS = "range-ignores-lists"
    NO_STRENGTH_FLOOR = "no-strength-floor"
    ZERO_REVERTS_TO_BASE = "zero-reverts-to-base"
    DAMAGE_BOOST_RAISES_RESISTANCE = "damage-boost-raises-resistance"
    INTERFACE_LOSES_TICKS = "interface-loses-ticks"
    SLIDER_MULTIPLIES_LENT = "slider-multiplies-lent"
    PPM_SUBTRACTS_GLOBAL_RECHARGE = "ppm-subtracts-global-recharge"
    EXECUTE_TAKES_LOWER_CHANCE = "execute-takes-lower-chance"
    CLASS_BY_STORED_NUMBER = "class-by-stored-number"
    OR_CONDITIONS_STALE = "or-conditions-stale"
    POSTFIX_IS_ZERO = "postfix-is-zero"
    STACKS_UNSET_ON_OPENING = "stacks-unset-on-opening"
    LAST_PET_POWER_WINS = "last-pet-power-wins"
    NESTED_PET_USES_OUTER_CLASS = "nested-pet-uses-outer-class"
    LAST_MODIFIER_WINS = "last-modifier-wins"
    PET_PIECE_ADDED_TWICE = "pet-piece-added-twice"
    SINGLE_PRECISION_TICKS = "single-precision-ticks"
    ACCURACY_COUNTED_TWICE = "accuracy-counted-twice"
    HIT_CHANCE_UNBOUNDED = "hit-chance-unbounded"
    CLICK_NEUTRALISED_AT_BASE = "click-neutralised-at-base"
    GLOBALS_IGNORE_SUPPRESSION = "globals-ignore-suppression"
    CHANCE_MODIFIERS_UNCONDITIONAL = "chance-modifiers-unconditional"
    FLIGHT_UNCONDITIONAL = "flight-unconditional"
    BOOST_RANGE_IN_TOTALS = "boost-range-in-totals"
    LATE_SLOTS_GIVE_SETS = "late-slots-give-sets"
    HASTE_SHOWN_TO_400 = "haste-shown-to-400"
    SPEED_CAPS_NOT_COPIED = "speed-caps-not-copied"
    EXEMPLAR_DROPS_SLOTS_ONLY = "exemplar-drops-slots-only"
    FAULTY_PIECE_RECORDS = "faulty-piece-records"
    PSEUDO_PET_PROCS_ONCE = "pseudo-pet-procs-once"
    AUTO_PROCS_UNSCALED = "auto-procs-unscaled"
    CHANCE_SLIDER_WITHOUT_EFFECT = "chance-slider-without-effect"
    STALE_WORDS = "stale-words"
    TABLE_WORDS_MISREAD = "table-words-misread"
    PVP_WORDS_BY_EFFECT = "pvp-words-by-effect"
    BLANK_FORMULA_WITHOUT_TABLE = "blank-formula-without-table"
    FORMULAS_READ_ENHANCED_POWER = "formulas-read-enhanced-power"
    TO_HIT_97_FROM_75 = "to-hit-97-from-75"
    PET_CLICKS_COUNT_ONCE = "pet-clicks-count-once"
    PETS_WITHOUT_ALPHA = "pets-without-alpha"
    SLOTTED_CLICK_COUNTS = "slotted-click-counts"
    UNTYPED_DEFENSE_LOST = "untyped-defense-lost"


ALL: Final = frozenset(Quirk)


def quirks_of(rules: Rules) -> frozenset[Quirk]:
    """Return the quirks a ruleset has."""
    return ALL if rules is Rules.MIDS else frozenset()
