"""One made case for each quirk, both answers worked out by hand in the comment beside it."""

from midsdesk.calc.pets import pets
from midsdesk.calc.quirks import Quirk
from midsdesk.model.vocab import (
    Attribute,
    EnhancedAspect,
    Entities,
    SpecialCase,
    StatusEffect,
    Suppression,
    ToWho,
)
from tests.helpers.characters import io, piece
from tests.unit.calc.quirk_world import (
    BOOST,
    CLICK,
    EDICT,
    FAILS,
    HOST,
    LENT,
    LUCK,
    NESTED,
    OTHER,
    PET,
    PET_2,
    PROC_PIECE,
    Case,
    changed_recharge,
    damage,
    defense,
    effect,
    first,
    formula,
    hit,
    host,
    last_ticks,
    lending,
    magnitude,
    of_pet,
    power,
    proc,
    smashing_defense,
    strength_of,
    summoning,
)

CASES: dict[Quirk, Case] = {
    # A, E9: 0.848 on B is 0.5972, on A 0.8332.
    Quirk.DEFENSE_DEBUFF_ON_SCHEDULE_B: Case(
        magnitude,
        -0.3125 * 1.5972,
        -0.3125 * 1.8332,
        (power(HOST, defense(-0.3125, to_who=int(ToWho.TARGET))),),
        (io("Defense_DeBuff"),) * 2,
    ),
    # Three Heal: 1.272, on A 0.95 + 0.15 * 0.272 = 0.9908.
    Quirk.REGENERATION_RESISTANCE_WITHOUT_ED: Case(
        magnitude,
        2.272,
        1.9908,
        (power(HOST, effect(Attribute.EFFECT_RESISTANCE, modifies=int(Attribute.REGENERATION))),),
        (io("Heal"),) * 3,
    ),
    # A, E10: 2.975 * 1.8332.
    Quirk.SLOW_RAISES_SPEED_BUFFS: Case(
        magnitude,
        5.4538,
        2.975,
        (power(HOST, effect(Attribute.SPEED_RUNNING, 2.975)),),
        (io("Snare"),) * 2,
    ),
    # Hydra: three quarters of 0.333 that should save endurance.
    Quirk.FAULTY_PIECE_RECORDS: Case(
        lambda found: host(found).factors.endurance,
        1.0,
        1.24975,
        (power(HOST),),
        (piece("Hydra_Res_Damage_Endurance_Discount"),),
    ),
    # A, E8: the piece and one knockback invention.
    Quirk.KNOCKDOWN_AS_STRENGTH: Case(
        magnitude,
        10.3483,
        0.67,
        (
            power(
                HOST,
                effect(
                    Attribute.STATUS,
                    13.2936,
                    status=int(StatusEffect.KNOCKBACK),
                    to_who=int(ToWho.TARGET),
                ),
            ),
        ),
        (piece("Crafted_Sudden_Acceleration_F"), io("Knockback")),
    ),
    Quirk.RANGE_IGNORES_LISTS: Case(
        lambda found: host(found).factors.range,
        1.255,
        1.0,
        (power(HOST, ignored_enhancements=(int(EnhancedAspect.RANGE),)),),
        (io("Range"),),
    ),
    # An invention of level 50 gives 0.424, one of level 25 gives 0.320.
    Quirk.EXEMPLAR_DROPS_SLOTS_ONLY: Case(
        lambda found: host(found).factors.recharge,
        1.424,
        1.320,
        (power(HOST),),
        (io("Recharge"),),
        settings={"exemplar_level": 25},
    ),
    Quirk.NO_STRENGTH_FLOOR: Case(
        lambda found: host(found).factors.recharge,
        0.1,
        0.25,
        (power(HOST), power(OTHER, strength_of(Attribute.RECHARGE_TIME, -0.9))),
    ),
    Quirk.ZERO_REVERTS_TO_BASE: Case(
        magnitude,
        100.0,
        0.0,
        (
            power(HOST, effect(Attribute.HEAL, 100.0)),
            power(OTHER, strength_of(Attribute.HEAL, -1.0)),
        ),
    ),
    Quirk.DAMAGE_BOOST_RAISES_RESISTANCE: Case(
        magnitude,
        0.12,
        0.10,
        (
            power(HOST, effect(Attribute.RESISTANCE, 0.1, damage_type=1)),
            power(OTHER, effect(Attribute.DAMAGE_BUFF, 0.2, damage_type=1), activation=BOOST),
        ),
    ),
    # A, E33: 1 + floor(4.3 / 10) = 1 instead of 5.
    Quirk.INTERFACE_LOSES_TICKS: Case(last_ticks, 1, 5, (power(HOST), *lending(damage(ticks=5)))),
    Quirk.SLIDER_MULTIPLIES_LENT: Case(
        lambda found: host(found).effects[-1].magnitude,
        3.0,
        1.0,
        (
            power(HOST, has_variable=True, variable_max=5),
            *lending(effect(Attribute.HEAL, stacking=True)),
        ),
        stacks=3,
    ),
    # With 0.7 of haste: 10 / (1 - 0.7) + 1 s is over the ceiling; by itself 4.5 * 11 / 60.
    Quirk.PPM_SUBTRACTS_GLOBAL_RECHARGE: Case(
        lambda found: host(found).base.damage,
        90.0,
        82.5,
        (
            power(HOST, damage(ppm=4.5), activation=CLICK),
            power(OTHER, strength_of(Attribute.RECHARGE_TIME, 0.7)),
        ),
    ),
    # Once: 3 * 11 / 60. In 15 s of the patch twice: 2 * 3 * 10 / 60.
    Quirk.PSEUDO_PET_PROCS_ONCE: Case(
        hit,
        55.0,
        100.0,
        (summoning(), of_pet(PET, effect(Attribute.HEAL), activate_period=1.0), proc()),
        (PROC_PIECE,),
    ),
    # 3 * 10 / 60, then 2 s of the 10.
    Quirk.AUTO_PROCS_UNSCALED: Case(
        hit, 50.0, 10.0, (power(HOST, activate_period=2.0), proc()), (PROC_PIECE,)
    ),
    Quirk.EXECUTE_TAKES_LOWER_CHANCE: Case(
        lambda found: first(found).base_probability,
        0.5,
        0.4,
        (
            power(HOST, effect(Attribute.EXECUTE_POWER, summon=LENT, probability=0.5)),
            power(LENT, effect(Attribute.HEAL, probability=0.8), activation=BOOST),
        ),
    ),
    Quirk.CHANCE_SLIDER_WITHOUT_EFFECT: Case(
        lambda found: found.power(1).effects[0].probability,  # type: ignore[union-attr]
        1.0,
        0.1,
        (
            power(
                HOST,
                effect(Attribute.CHANCE_MODIFIER, reward="Crit"),
                has_variable=True,
                variable_max=1,
            ),
            power(OTHER, damage(effect_id="Crit", probability=0.1)),
        ),
    ),
    Quirk.OR_CONDITIONS_STALE: Case(
        smashing_defense,
        0.0,
        0.1,
        (power(HOST, defense(conditions=(*FAILS, (f"OR Taken:{HOST}", "True")))),),
    ),
    Quirk.STALE_WORDS: Case(
        magnitude, 0.0, 6.0, (power(HOST, formula("source>cur.kMeterAbs * 2")),), stacks=3
    ),
    # The character is of level 1, the table holds its own level.
    Quirk.TABLE_WORDS_MISREAD: Case(
        magnitude, 1.0, 50.0, (power(HOST, formula("modifier>By_Level")),)
    ),
    Quirk.PVP_WORDS_BY_EFFECT: Case(magnitude, 0.0, 5.0, (power(HOST, formula("ifPvE * 5")),)),
    Quirk.BLANK_FORMULA_WITHOUT_TABLE: Case(
        magnitude, 2.0, 100.0, (power(HOST, formula("", 2.0, modifier_table="By_Level")),)
    ),
    # 10 points, and 10 / 1.424 with one invention.
    Quirk.FORMULAS_READ_ENHANCED_POWER: Case(
        magnitude,
        10 / 1.424,
        10.0,
        (power(HOST, formula("power.base>endcost")),),
        (io("Endurance_Discount"),),
    ),
    Quirk.POSTFIX_IS_ZERO: Case(magnitude, 0.0, 5.0, (power(HOST, formula("2 3 +")),)),
    # 75 + 30 is more than 97; 65 + 30 is not.
    Quirk.TO_HIT_97_FROM_75: Case(
        smashing_defense,
        0.1,
        0.0,
        (
            power(HOST, defense(special_case=int(SpecialCase.TO_HIT_97))),
            power(OTHER, effect(Attribute.TO_HIT, 0.3)),
        ),
        settings={"scaling_to_hit": 0.65},
    ),
    Quirk.LAST_MODIFIER_WINS: Case(
        lambda found: host(found).enhanced.recharge,
        10.0,
        5.0,
        (
            power(
                HOST,
                *[
                    effect(
                        Attribute.MODIFY_POWER,
                        power_attribute=11,
                        original=changed_recharge(10.0),
                        modified=changed_recharge(5.0),
                        conditions=conditions,
                    )
                    for conditions in ((), FAILS)
                ],
            ),
        ),
    ),
    Quirk.STACKS_UNSET_ON_OPENING: Case(
        smashing_defense,
        0.0,
        0.1,
        (power(HOST, defense(conditions=((f"Stacks:{HOST}", "> 1"),))),),
        stacks=3,
    ),
    Quirk.LAST_PET_POWER_WINS: Case(
        lambda found: host(found).enhanced.radius,
        0.0,
        25.0,
        (
            summoning(absorbs_summon_effects=False, absorbs_summon_attributes=True),
            of_pet(PET, radius=25.0),
            of_pet(PET_2, entities_affected=int(Entities.CASTER)),
        ),
    ),
    # Column 0 of the outer pet's class, column 4 of its own; damage turns the sign.
    Quirk.NESTED_PET_USES_OUTER_CLASS: Case(
        lambda found: host(found).effects[-1].magnitude,
        10.0,
        14.0,
        (
            summoning(),
            of_pet(PET, effect(Attribute.SUMMON, summon="Nested", to_who=int(ToWho.TARGET))),
            of_pet(NESTED, damage(1.0, modifier_table="By_Class")),
        ),
    ),
    # Twice for two matching powers, and once more for the last.
    Quirk.PET_PIECE_ADDED_TWICE: Case(
        lambda found: sum(each.from_enhancement for each in host(found).effects),
        3,
        1,
        (
            summoning(absorbs_summon_effects=False),
            of_pet(PET, effect(Attribute.RESISTANCE)),
            of_pet(PET_2, effect(Attribute.RESISTANCE)),
            power(EDICT, effect(Attribute.RESISTANCE, reward="Set_Bonus.Set_Bonus.Made")),
        ),
        (piece("Crafted_Edict_of_the_Master_F"),),
    ),
    # 100 points; a boost of 0.3 makes 130 of them.
    Quirk.PETS_WITHOUT_ALPHA: Case(
        lambda found: pets(found, 0)[0].powers[0].numbers.enhanced.damage,
        100.0,
        130.0,
        (
            summoning(absorbs_summon_effects=False),
            of_pet(PET, damage(100.0)),
            power(OTHER, effect(Attribute.DAMAGE_BUFF, 0.3, damage_type=1), activation=BOOST),
        ),
    ),
    # In 15 s once at once and, every 5 s, three times more.
    Quirk.PET_CLICKS_COUNT_ONCE: Case(
        hit,
        10.0,
        40.0,
        (summoning(), of_pet(PET, damage(10.0), activation=CLICK, recharge_time=4.0)),
    ),
    # A 1.6: 15 / 0.2.
    Quirk.SINGLE_PRECISION_TICKS: Case(
        last_ticks,
        75,
        76,
        (summoning(), of_pet(PET, damage(), activate_period=0.20000000298023224)),
    ),
    # 1.424 * 0.75 * 1.424, or 1.424.
    Quirk.ACCURACY_COUNTED_TWICE: Case(
        lambda found: host(found).enhanced.accuracy_multiplier,
        1.520832,
        1.424,
        (power(HOST),),
        (io("Accuracy"),),
    ),
    # A, E7: 1.2 * 1.424 * 0.75.
    Quirk.HIT_CHANCE_UNBOUNDED: Case(
        lambda found: host(found).enhanced.accuracy,
        1.2816,
        0.95,
        (power(HOST, accuracy=1.2),),
        (io("Accuracy"),),
    ),
    Quirk.SLOTTED_CLICK_COUNTS: Case(
        smashing_defense, 0.1, 0.0, (power(HOST, defense(), activation=CLICK),)
    ),
    # 0.4 * 1.424 - 0.4.
    Quirk.CLICK_NEUTRALISED_AT_BASE: Case(
        lambda found: found.totals.regeneration,
        0.1696,
        0.0,
        (power(HOST, effect(Attribute.REGENERATION, 0.4), activation=CLICK),),
        (io("Heal"),),
    ),
    Quirk.UNTYPED_DEFENSE_LOST: Case(
        smashing_defense, 0.1, 0.15, (power(HOST, defense(), defense(0.05, damage_type=0)),)
    ),
    Quirk.GLOBALS_IGNORE_SUPPRESSION: Case(
        lambda found: found.totals.haste,
        0.5,
        0.0,
        (power(HOST, strength_of(Attribute.RECHARGE_TIME, 0.5, suppression=1)),),
        settings={"suppression": int(Suppression.HELD)},
    ),
    Quirk.CHANCE_MODIFIERS_UNCONDITIONAL: Case(
        lambda found: first(found).probability,
        1.0,
        0.1,
        (
            power(HOST, damage(effect_id="Crit", probability=0.1)),
            power(OTHER, effect(Attribute.CHANCE_MODIFIER, reward="Crit", conditions=FAILS)),
        ),
    ),
    Quirk.FLIGHT_UNCONDITIONAL: Case(
        lambda found: found.totals.can_fly,
        True,
        False,
        (power(HOST, effect(Attribute.FLY, conditions=FAILS)),),
    ),
    Quirk.BOOST_RANGE_IN_TOTALS: Case(
        lambda found: found.totals.range,
        0.2,
        0.0,
        lending(strength_of(Attribute.RANGE, 0.2)),
    ),
    # Two pieces give 10 % of regeneration; slots of "51" are impossible.
    Quirk.LATE_SLOTS_GIVE_SETS: Case(
        lambda found: found.totals.regeneration,
        0.1,
        0.0,
        (power(HOST),),
        tuple(piece(each) for each in LUCK),
        slot_level=51,
    ),
    Quirk.HASTE_SHOWN_TO_400: Case(
        lambda found: next(each.value for each in found.statistics if each.key == "haste"),
        400.0,
        450.0,
        (power(HOST, strength_of(Attribute.RECHARGE_TIME, 3.5)),),
    ),
    Quirk.SPEED_CAPS_NOT_COPIED: Case(
        lambda found: found.capped.max_run_speed, 0.0, 135.67, (power(HOST),)
    ),
    # 3 is the Scrapper's place.
    Quirk.CLASS_BY_STORED_NUMBER: Case(
        smashing_defense,
        0.1,
        0.0,
        (power(HOST, defense(only_class="Class_Tanker", only_class_index=3)),),
    ),
}
