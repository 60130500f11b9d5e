"""Everything computed of a build as one JSON-able value, under the old planner's own keys.

Numbers that are not finite become null. Source: the README of the golden results.
"""

import math
from typing import Any

from midsdesk.calc import cells
from midsdesk.calc.calculation import Calculation
from midsdesk.calc.live import arcana_time, single
from midsdesk.model.build import Slot
from midsdesk.model.game import Archetype, Power
from midsdesk.model.totals import FinalEffect, PowerFigures, PowerNumbers, Totals, Vector
from midsdesk.model.vocab import Activation, Attribute, DamageType, EnhancementKind
from midsdesk.report import full_displayed
from midsdesk.report.full_names import (
    ACTIVATIONS,
    ASPECTS,
    CLASSES,
    DAMAGE,
    GRADES,
    MODES,
    RELATIVE,
    SCALINGS,
    STATUS,
    TARGETS,
    TYPE_KEYS,
    TYPES,
    name_of,
)
from midsdesk.rules import listing

_DISPLAYED_DEBUFFS = (
    Attribute.DEFENSE,
    Attribute.ENDURANCE,
    Attribute.PERCEPTION_RADIUS,
    Attribute.RECHARGE_TIME,
    Attribute.RECOVERY,
    Attribute.REGENERATION,
    Attribute.SPEED_RUNNING,
    Attribute.TO_HIT,
)


def full(calculation: Calculation) -> dict[str, Any]:
    """Return the whole result of one build."""
    build, context = calculation.build, calculation.context
    archetype = context.archetype
    settings = context.settings
    found = {
        "archetype": archetype.id.removeprefix("Class_"),
        "archetype_name": archetype.display_name,
        "alignment": build.alignment.name.capitalize(),
        "level": listing.character_level(build),
        "powersets": list(build.powersets),
        "archetype_values": _archetype(archetype),
        "settings": {
            "rules": settings.rules.value,
            "pvp": settings.pvp,
            "scaling_to_hit": settings.scaling_to_hit,
            "force_level": settings.exemplar_level,
            "team_size": settings.team_size,
            "suppression": settings.suppression,
            "use_arcana_time": settings.arcana_time,
            "ignore_enhancement_effects": settings.ignore_enhancement_effects,
            "ignore_set_bonus_effects": settings.ignore_set_bonuses,
        },
        "totals": _totals(calculation.totals),
        "totals_capped": _totals(calculation.capped),
        "displayed": full_displayed.displayed(calculation),
        "accumulators": {
            "global": _sums(calculation.global_sums),
            "self": _sums(calculation.own_sums),
        },
        "chance_modifiers": dict(sorted(calculation.chances.items())),
        "powers": [
            _power(calculation, index)
            for index in range(len(build.entries))
            if calculation.power(index) is not None
        ],
        "set_bonuses": _sets(calculation),
        "active_set_bonus_powers": [
            {
                "power": each.power,
                "count": each.count,
                "counted": each.counted,
                **({"pets_only": True} if each.for_pets else {}),
            }
            for each in calculation.counted
        ],
        "validity": [
            {
                "entry": state.entry,
                "power": build.entries[state.entry].power,
                "state": state.state,
                "meets_requirement": state.meets_requirement,
            }
            for state in listing.states(build, context.catalog)
        ],
        "slots_placed": build.added_slots,
        "powers_placed": sum(not entry.is_empty for entry in build.picks),
        "missing": list(calculation.missing),
    }
    return dict(_finite(found))


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _finite(each) for key, each in value.items()}
    return [_finite(each) for each in value] if isinstance(value, list) else value


def _archetype(archetype: Archetype) -> dict[str, float]:
    return {
        "hitpoints": archetype.hit_points,
        "hp_cap": archetype.hit_points_cap,
        "res_cap": archetype.resistance_cap,
        "damage_cap": archetype.damage_cap,
        "recharge_cap": archetype.recharge_cap,
        "regen_cap": archetype.regeneration_cap,
        "recovery_cap": archetype.recovery_cap,
        "perception_cap": archetype.perception_cap,
        "base_regen": archetype.base_regeneration,
        "base_recovery": archetype.base_recovery,
        "base_threat": archetype.base_threat,
    }


def _by(names: dict[int, str], vector: Vector, factor: float = 1.0) -> dict[str, float]:
    return {name: vector[number] * factor for number, name in names.items()}


def _totals(totals: Totals) -> dict[str, Any]:
    return {
        "hp_max": totals.hit_points,
        "hp_regen": totals.regeneration,
        "absorb": totals.absorb,
        "end_max": totals.endurance,
        "end_recovery": totals.recovery,
        "end_use": totals.endurance_use,
        "end_reduction": totals.endurance_discount,
        "to_hit": totals.to_hit,
        "accuracy": totals.accuracy,
        "damage_buff": totals.damage,
        "haste": totals.haste,
        "range": totals.range,
        "perception": totals.perception_ft,
        "stealth_pve": totals.stealth_pve_ft,
        "stealth_pvp": totals.stealth_pvp_ft,
        "threat": totals.threat,
        "run_speed": totals.run_speed,
        "max_run_speed": totals.max_run_speed,
        "jump_speed": totals.jump_speed,
        "max_jump_speed": totals.max_jump_speed,
        "jump_height": totals.jump_height_ft,
        "fly_speed": totals.fly_speed,
        "max_fly_speed": totals.max_fly_speed,
        "elusivity_max": max(totals.elusivity),
        "defense": _by(DAMAGE, totals.defense),
        "resistance": _by(DAMAGE, totals.resistance),
        "elusivity": _by(DAMAGE, totals.elusivity),
        "mez_protection": _by(STATUS, totals.status_protection),
        "mez_resistance": _by(STATUS, totals.status_resistance, 100),
        "debuff_resistance": {
            TYPE_KEYS[each]: value * 100
            for each, value in enumerate(totals.debuff_resistance)
            if value or each in _DISPLAYED_DEBUFFS
        },
    }


def _part(sums: tuple[float, ...], offset: int, names: dict[int, str]) -> dict[str, float]:
    return {name: sums[offset + number] for number, name in names.items() if sums[offset + number]}


def _sums(sums: tuple[float, ...]) -> dict[str, Any]:
    return {
        "effect": _part(sums, cells.EFFECT, TYPE_KEYS),
        "effect_aux": _part(sums, cells.DEBUFF_EFFECT, TYPE_KEYS),
        "damage": _part(sums, cells.DAMAGE, DAMAGE),
        "defense": _part(sums, cells.DEFENSE, DAMAGE),
        "resistance": _part(sums, cells.RESISTANCE, DAMAGE),
        "elusivity": _part(sums, cells.ELUSIVITY, DAMAGE),
        "mez": _part(sums, cells.STATUS, STATUS),
        "mez_resistance": _part(sums, cells.STATUS_RESISTANCE, STATUS),
        "status_protection": _part(sums, cells.PROTECTION, STATUS),
        "status_resistance": _part(sums, cells.OWN_STATUS_RESISTANCE, STATUS),
        "debuff_resistance": _part(sums, cells.DEBUFF_RESISTANCE, TYPE_KEYS),
        "max_end": sums[cells.ENDURANCE],
    }


def _power(calculation: Calculation, index: int) -> dict[str, Any]:
    entry = calculation.build.entries[index]
    numbers = calculation.power(index)
    worked = calculation.worked[index]
    assert numbers is not None
    assert worked is not None
    power = worked.prepared.taken
    found: dict[str, Any] = {
        "entry": index,
        "power": power.id,
        "display_name": power.display_name,
        "level": entry.level,
        "chosen": index < calculation.build.pick_count,
        "included": entry.included,
        "proc_included": entry.procs_off,
        "stacks": entry.stacks,
        "power_type": name_of(ACTIVATIONS, power.activation),
        "click_buff": power.click_buff,
        "slottable": worked.prepared.slottable,
        "slots": [_slot(calculation, slot) for slot in entry.slots],
        "base": _figures(numbers.base, power),
        "enhanced": _figures(numbers.enhanced, power),
        "factors": {
            "accuracy_sum": numbers.factors.accuracy,
            "end_cost": numbers.factors.endurance,
            "recharge": numbers.factors.recharge,
            "range": numbers.factors.range,
            "interrupt": numbers.factors.interrupt,
        },
        "effects": [_effect(each, numbers) for each in numbers.effects],
    }
    if numbers.redirected_to:
        found["redirected_to"] = numbers.redirected_to
    return found


def _slot(calculation: Calculation, slot: Slot) -> dict[str, Any]:
    found: dict[str, Any] = {"level": slot.level}
    if slot.enhancement is not None:
        piece = slot.enhancement
        known = calculation.context.catalog.enhancement(piece.enhancement)
        leveled = known and known.kind in (EnhancementKind.INVENTION, EnhancementKind.SET)
        found["enhancement"] = {
            "uid": known.id if known else piece.enhancement,
            "grade": GRADES[piece.grade],
            "io_level": piece.level if leveled else 2,
            "relative_level": RELATIVE[piece.relative_level],
        }
    return found


def _figures(figures: PowerFigures, power: Power) -> dict[str, Any]:
    period = figures.activate_period
    per_second = power.activation == Activation.TOGGLE and period > 0
    return {
        "accuracy": figures.accuracy,
        "accuracy_mult": figures.accuracy_multiplier,
        "end_cost": figures.endurance_cost,
        "toggle_cost": figures.endurance_cost / period if per_second else figures.endurance_cost,
        "recharge": figures.recharge,
        "base_recharge": figures.base_recharge,
        "cast_time": figures.cast_time,
        "arcana_time": single(arcana_time(figures.cast_time)),
        "interrupt": figures.interrupt_time,
        "activate_period": period,
        "range": figures.range,
        "range_secondary": figures.range_secondary,
        "radius": figures.radius,
        "arc": figures.arc,
        "max_targets": figures.max_targets,
        "aoe_factor": figures.area_factor,
        "damage": figures.damage,
        "damage_minimum": figures.damage_minimum,
        "damage_maximum": figures.damage_maximum,
    }


def _effect(each: FinalEffect, numbers: PowerNumbers) -> dict[str, Any]:
    effect = each.effect
    found: dict[str, Any] = {
        "type": name_of(TYPES, effect.attribute),
        "aspect": name_of(ASPECTS, effect.aspect),
        "to_who": name_of(TARGETS, each.to_who),
        "magnitude": each.magnitude,
        "base_magnitude": each.base_magnitude,
        "duration": each.duration,
        "base_duration": each.base_duration,
        "mag_factor": each.magnitude_factor,
        "duration_factor": each.duration_factor,
        "ticks": each.ticks,
        "probability": each.probability,
        "base_probability": each.base_probability,
        "delayed_time": each.delay,
        "pv_mode": name_of(MODES, effect.pv_mode),
        "attrib_type": name_of(SCALINGS, effect.scaling),
        "effect_class": name_of(CLASSES, each.effect_class),
        "stacking": "Yes" if effect.stacking else "No",
        "scale": each.scale,
        "n_magnitude": effect.magnitude,
        "modifier_table": effect.modifier_table,
        "buffable": each.buffable,
        "source_power": numbers.power,
        "conditions_met": each.conditions_met,
        "pvx_ok": each.fits_mode,
        "percent": each.percent,
        "included_in_totals": each.counted,
    }
    if effect.damage_type != DamageType.NONE:
        found["damage_type"] = name_of(DAMAGE, effect.damage_type)
    if effect.status:
        found["mez_type"] = name_of(STATUS, effect.status)
    if effect.modifies:
        found["et_modifies"] = name_of(TYPES, effect.modifies)
    return found


def _sets(calculation: Calculation) -> list[dict[str, Any]]:
    catalog = calculation.context.catalog
    found = []
    for each in calculation.sets:
        family = catalog.enhancement_set(each.set_id)
        found.append(
            {
                "set": family.id if family else each.set_id,
                "name": family.display_name if family else each.set_id,
                "pieces": len(each.pieces),
                "power": calculation.build.entries[each.entry].power,
                "entry": each.entry,
                "enhancements": list(each.pieces),
                "bonus_powers": list(each.bonus_powers),
                "suppressed_by_rule_of_five": list(each.over_five),
            }
        )
    return found
