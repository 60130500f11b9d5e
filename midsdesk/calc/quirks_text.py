"""What each quirk is, in words for the player: what the old planner does, and what we do.

The window shows these texts beside what the quirk changes in the open build; the table of all
items of both references, these and the others, is docs/quirks.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from midsdesk.calc.quirks import Quirk


@dataclass(frozen=True, slots=True)
class QuirkText:
    """A quirk in words.

    Attributes:
        name: A few words for a list. old: what the old planner does. ours: what we do.
        source: Where it is known from: item of a calculation reference, section 11 of A or B.
    """

    name: str
    old: str
    ours: str
    source: str


TEXTS: Final[Mapping[Quirk, QuirkText]] = MappingProxyType(
    {
        Quirk.DEFENSE_DEBUFF_ON_SCHEDULE_B: QuirkText(
            "Defense debuffs diversified too early",
            "Enhancements of defense debuffs have the strong schedule A and are diversified on the "
            "weaker schedule B.",
            "Defense debuffs are diversified on schedule A, like the enhancements for them.",
            "A 1",
        ),
        Quirk.REGENERATION_RESISTANCE_WITHOUT_ED: QuirkText(
            "Regeneration resistance not diversified",
            "Heal enhancements raise resistance to regeneration debuffs without diversification.",
            "They are diversified on schedule A, as everywhere.",
            "A 2",
        ),
        Quirk.SLOW_RAISES_SPEED_BUFFS: QuirkText(
            "Slow enhancements raise speed",
            "A plain Slow enhancement also raises the speed a power gives its owner.",
            "Slow enhancements deepen debuffs only.",
            "A 3",
        ),
        Quirk.FAULTY_PIECE_RECORDS: QuirkText(
            "Wrong records of special enhancements",
            "Records are used as they stand: some Hydra pieces raise endurance instead of saving "
            "it, some heal pieces raise absorption at full strength, some defense debuffs have the "
            "weak schedule.",
            "The lines are put right: endurance is saved, all that Heal raises is raised alike, "
            "defense debuffs are on schedule A.",
            "A 4",
        ),
        Quirk.KNOCKDOWN_AS_STRENGTH: QuirkText(
            "Knockback to knockdown as a number",
            "The piece takes 129 % of a strength away; with one more knockback enhancement foes "
            "fly again.",
            "The piece makes every knockback of its power a knockdown of magnitude 0.67.",
            "A 5",
        ),
        Quirk.RANGE_IGNORES_LISTS: QuirkText(
            "Range raised where it must not be",
            "Range and interrupt strengths reach powers that forbid them; an Alpha lengthens "
            "melee attacks.",
            "What a power forbids is forbidden for every attribute.",
            "A 6",
        ),
        Quirk.EXEMPLAR_DROPS_SLOTS_ONLY: QuirkText(
            "No exemplar rules",
            "The level played at drops later slots and the sets of later powers, and nothing else.",
            "Powers up to five levels above stay, inventions count as of that level, pieces of "
            "sets work down to three levels below their own, tables are read at that level.",
            "A 7, A 8, B 20",
        ),
        Quirk.NO_STRENGTH_FLOOR: QuirkText(
            "Debuffs without end",
            "Strong debuffs of recharge or endurance make times endless or negative.",
            "No such strength falls below 25 %.",
            "A 10",
        ),
        Quirk.ZERO_REVERTS_TO_BASE: QuirkText(
            "Exactly nothing becomes the base value",
            "A result of exactly 0 is taken for none, and the unenhanced value is used.",
            "Nothing is nothing.",
            "A 11",
        ),
        Quirk.DAMAGE_BOOST_RAISES_RESISTANCE: QuirkText(
            "Alpha damage raises resistance",
            "A damage boost of the Alpha also raises resistance effects of the same type.",
            "It raises damage only.",
            "A 13",
        ),
        Quirk.INTERFACE_LOSES_TICKS: QuirkText(
            "Interface loses ticks",
            "Damage over time of an Interface counts as often as the Interface power itself acts: "
            "usually once.",
            "It keeps its own ticks.",
            "A 14",
        ),
        Quirk.SLIDER_MULTIPLIES_LENT: QuirkText(
            "Slider multiplies what others attach",
            "The slider of a power multiplies effects that an Interface attaches to it.",
            "A slider moves its own power's effects only.",
            "A 7.1, steps 7 and 8",
        ),
        Quirk.PPM_SUBTRACTS_GLOBAL_RECHARGE: QuirkText(
            "Procs a minute from the wrong recharge",
            "The global recharge bonus of the last calculation is taken off again, even where it "
            "was never added; the recharge of a bare power then grows without limit.",
            "The chance comes from the recharge that the power's own slots and Alpha give.",
            "A 16, A 17, A 18",
        ),
        Quirk.PSEUDO_PET_PROCS_ONCE: QuirkText(
            "Procs of patches roll once",
            "A chance effect slotted in a power that lays a patch or a rain rolls once a cast.",
            "It rolls once in ten seconds of the patch's life.",
            "A 19",
        ),
        Quirk.AUTO_PROCS_UNSCALED: QuirkText(
            "Procs of autos count fully",
            "A damage proc in an auto counts whole in every period of the power, one in a toggle "
            "by the share of ten seconds.",
            "Both count by the share of ten seconds.",
            "A 20",
        ),
        Quirk.EXECUTE_TAKES_LOWER_CHANCE: QuirkText(
            "Chains of chances",
            "Where a chance effect sets off another one, the lower chance counts and procs a "
            "minute are lost.",
            "Both must happen: the chances are multiplied; procs a minute stay.",
            "A 21",
        ),
        Quirk.CHANCE_SLIDER_WITHOUT_EFFECT: QuirkText(
            "Sliders of criticals move nothing",
            "The lit Critical Hit or Scourge makes every such hit certain, whatever its slider.",
            "The slider says how much: at 0 the game's own chance, at its end every hit.",
            "A 23",
        ),
        Quirk.OR_CONDITIONS_STALE: QuirkText(
            "Conditions joined by OR",
            "An effect with alternatives among its conditions never counts.",
            "It counts if one of them holds; AND binds before OR.",
            "A 25",
        ),
        Quirk.STALE_WORDS: QuirkText(
            "Two words of formulas destroyed",
            "Replacing shorter words first breaks the stack counter and one form of to-hit in "
            "formulas: the effect is 0.",
            "Both words are read.",
            "A 26",
        ),
        Quirk.TABLE_WORDS_MISREAD: QuirkText(
            "Tables in formulas misread",
            "Tables named in formulas are read in the row of the character's level, or in the "
            "column of another class.",
            "They are read like all tables.",
            "A 27",
        ),
        Quirk.PVP_WORDS_BY_EFFECT: QuirkText(
            "PvE and PvP in formulas",
            "The words for PvE and PvP look at the effect; one that works in both is in neither.",
            "They say which mode is played.",
            "A 29",
        ),
        Quirk.BLANK_FORMULA_WITHOUT_TABLE: QuirkText(
            "Empty formulas lose the table",
            "An effect marked as a formula but without one does without its modifier table.",
            "It uses the table, like an effect with plain numbers.",
            "A 31",
        ),
        Quirk.FORMULAS_READ_ENHANCED_POWER: QuirkText(
            "Formulas read enhanced powers",
            "Formulas that ask for the power's base cost, range or recharge get the enhanced ones.",
            "Base means base.",
            "A 32",
        ),
        Quirk.POSTFIX_IS_ZERO: QuirkText(
            "Formulas of the game are not read",
            "Formulas in the game's own language give 0, but for one text that is built in, with a "
            "wrong lower limit.",
            "They are worked out; what a plan cannot know takes a neutral value.",
            "A 33, A 2.5",
        ),
        Quirk.TO_HIT_97_FROM_75: QuirkText(
            "97 % to hit from 75 %",
            "The bonus for 97 % to hit needs 22 % more, whatever the base chance to hit is set to.",
            "Base chance and bonus together must make 97 %.",
            "A 34",
        ),
        Quirk.LAST_MODIFIER_WINS: QuirkText(
            "The last change of an attribute wins",
            "Of several conditional changes of one attribute the last decides, even where its "
            "condition fails.",
            "A change whose condition holds decides.",
            "A 35",
        ),
        Quirk.STACKS_UNSET_ON_OPENING: QuirkText(
            "Stacks unknown after opening",
            "Conditions on stacks see 0 until a slider is moved.",
            "They see the sliders as they stand.",
            "A 36",
        ),
        Quirk.LAST_PET_POWER_WINS: QuirkText(
            "A pet's last power lends its reach",
            "A summoning power takes area and targets from the pet's last power, often a helper.",
            "It takes them from the first that reaches others.",
            "A 37",
        ),
        Quirk.NESTED_PET_USES_OUTER_CLASS: QuirkText(
            "Pets of pets use the wrong class",
            "What a pet summons is reckoned with the tables of the outer pet's class.",
            "It is reckoned with its own.",
            "A 38",
        ),
        Quirk.PET_PIECE_ADDED_TWICE: QuirkText(
            "Pieces for pets added several times",
            "A piece for pets counts once for each matching power of the pet, and once more.",
            "It counts once.",
            "A 39, B 19",
        ),
        Quirk.PETS_WITHOUT_ALPHA: QuirkText(
            "Alpha does not reach pets",
            "A pet's powers are taken for powers without slots, so Alpha does not strengthen them.",
            "Alpha strengthens what a pet does like an enhancement in the power that summons it.",
            "A 9.4",
        ),
        Quirk.PET_CLICKS_COUNT_ONCE: QuirkText(
            "A pet's clicks count once",
            "A click of a patch or a trap counts once, however long it lives.",
            "It counts as often as its recharge and its life allow.",
            "A 41",
        ),
        Quirk.SINGLE_PRECISION_TICKS: QuirkText(
            "A tick lost to rounding",
            "15 seconds hold 75 periods of 0.2 seconds, because 0.2 is not exact.",
            "They hold 76: one at once, and 75 more.",
            "A 42",
        ),
        Quirk.ACCURACY_COUNTED_TWICE: QuirkText(
            "Accuracy multiplier counted twice",
            "The accuracy multiplier holds the bonuses twice, and to-hit.",
            "It holds them once.",
            "A 43, B 2",
        ),
        Quirk.HIT_CHANCE_UNBOUNDED: QuirkText(
            "Hit chance without limits",
            "Chances to hit may be above 100 %.",
            "They stay from 5 % to 95 %.",
            "A 44",
        ),
        Quirk.SLOTTED_CLICK_COUNTS: QuirkText(
            "Clicks count as soon as they are slotted",
            "A piece in a click switches it on, and defense, resistance, to-hit, haste and damage "
            "it gives count as if it ran for ever.",
            "Only what the pieces give counts.",
            "B 5, A 55",
        ),
        Quirk.CLICK_NEUTRALISED_AT_BASE: QuirkText(
            "Clicks taken away unenhanced",
            "Other effects of such a click are added enhanced and taken away unenhanced; the "
            "difference stays.",
            "Nothing is added and nothing taken away.",
            "B 6, A 55",
        ),
        Quirk.UNTYPED_DEFENSE_LOST: QuirkText(
            "Untyped defense lost",
            "Defense without a type goes where nothing reads it.",
            "It works against every type and position.",
            "B 11",
        ),
        Quirk.GLOBALS_IGNORE_SUPPRESSION: QuirkText(
            "Global strengths ignore suppression",
            "Bonuses to the strength of powers count while suppressed or delayed.",
            "The same test holds for them as for all others.",
            "B 13",
        ),
        Quirk.CHANCE_MODIFIERS_UNCONDITIONAL: QuirkText(
            "Chance modifiers without conditions",
            "A chance modifier counts even where its conditions fail or the mode is another.",
            "It counts where it is in force.",
            "B 14",
        ),
        Quirk.FLIGHT_UNCONDITIONAL: QuirkText(
            "Flight without conditions",
            "A power lets one fly even where its conditions fail.",
            "It does where they hold.",
            "B 15",
        ),
        Quirk.BOOST_RANGE_IN_TOTALS: QuirkText(
            "Alpha range in the totals",
            "Range of an Alpha is added to the total of range, unlike all else it gives.",
            "It raises powers only.",
            "B 16",
        ),
        Quirk.LATE_SLOTS_GIVE_SETS: QuirkText(
            "Impossible slots give bonuses",
            "A slot no character can have enhances nothing, yet its piece gives set bonuses, "
            "globals and procs.",
            "Its piece gives nothing.",
            "B 21",
        ),
        Quirk.HASTE_SHOWN_TO_400: QuirkText(
            "Haste shown up to 400 %",
            "The display ends at 400 %, the cap of the archetypes is 500 %.",
            "Haste is shown up to the cap.",
            "B 10",
        ),
        Quirk.SPEED_CAPS_NOT_COPIED: QuirkText(
            "Maximum speeds missing among capped totals",
            "Among the capped totals the maximum speeds are 0.",
            "They are the same as among the raw ones.",
            "B 3.2",
        ),
        Quirk.CLASS_BY_STORED_NUMBER: QuirkText(
            "Effects of one archetype by number",
            "An effect for one archetype goes by the number stored with it, which may be wrong.",
            "It goes by the archetype's name.",
            "A 4.2",
        ),
    }
)
