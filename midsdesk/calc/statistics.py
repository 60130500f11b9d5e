"""The numbers a player sees, made from the totals: percent, points, points a second.

Source: calculation reference B, section 3.3.
"""

from collections.abc import Iterator
from typing import Final

from midsdesk.calc.context import Context
from midsdesk.calc.quirks import Quirk
from midsdesk.model.totals import Statistic, Totals
from midsdesk.model.vocab import Attribute, DamageType, StatusEffect

# At 100 % a character regains 5/3 of its base share a second: full in 240 s, or 60 s of endurance.
PER_SECOND: Final = 5 / 3
MPH: Final = 0.6818182
SOFT_CAP_DEFENSE: Final = 45.0
PVP_ELUSIVITY: Final = 0.4
_HASTE_SHOWN: Final = 400.0

_TYPES: Final = (
    DamageType.SMASHING,
    DamageType.LETHAL,
    DamageType.FIRE,
    DamageType.COLD,
    DamageType.ENERGY,
    DamageType.NEGATIVE,
    DamageType.TOXIC,
    DamageType.PSIONIC,
)
_POSITIONS: Final = (DamageType.MELEE, DamageType.RANGED, DamageType.AOE)
_STATUS: Final = (
    StatusEffect.HELD,
    StatusEffect.STUNNED,
    StatusEffect.SLEEP,
    StatusEffect.IMMOBILIZED,
    StatusEffect.KNOCKBACK,
    StatusEffect.REPEL,
    StatusEffect.CONFUSED,
    StatusEffect.TERRORIZED,
    StatusEffect.TAUNT,
    StatusEffect.PLACATE,
    StatusEffect.TELEPORT,
)
_DEBUFFS: Final = (
    Attribute.DEFENSE,
    Attribute.ENDURANCE,
    Attribute.RECOVERY,
    Attribute.PERCEPTION_RADIUS,
    Attribute.TO_HIT,
    Attribute.RECHARGE_TIME,
    Attribute.SPEED_RUNNING,
    Attribute.REGENERATION,
)


def statistics(raw: Totals, capped: Totals, context: Context) -> tuple[Statistic, ...]:
    """Return every displayed number, in the order of the totals panel."""
    return (
        *_defense(raw, context),
        *_resistance(raw, capped, context),
        *_health(raw, capped, context),
        *_endurance(raw, capped, context),
        *_offense(raw, capped, context),
        *_movement(raw, capped, context),
        *_status(raw),
        *_debuffs(raw),
    )


def _name(kind: DamageType | StatusEffect | Attribute) -> str:
    return kind.name.lower()


def _label(kind: DamageType | StatusEffect | Attribute) -> str:
    return "AoE" if kind is DamageType.AOE else kind.name.replace("_", " ").capitalize()


def _defense(raw: Totals, context: Context) -> Iterator[Statistic]:
    for kind in (*_POSITIONS, *_TYPES):
        value = raw.defense[kind] * 100
        yield Statistic(
            f"defense.{_name(kind)}", _label(kind), value, value, "%", soft_cap=SOFT_CAP_DEFENSE
        )
    share = PVP_ELUSIVITY if context.settings.pvp else 0.0
    for kind in (*_POSITIONS, *_TYPES):
        value = (raw.elusivity[kind] + share) * 100
        yield Statistic(f"elusivity.{_name(kind)}", _label(kind), value, value, "%")


def _resistance(raw: Totals, capped: Totals, context: Context) -> Iterator[Statistic]:
    for kind in _TYPES:
        yield Statistic(
            f"resistance.{_name(kind)}",
            _label(kind),
            capped.resistance[kind] * 100,
            raw.resistance[kind] * 100,
            "%",
            cap=context.archetype.resistance_cap * 100,
        )


def _health(raw: Totals, capped: Totals, context: Context) -> Iterator[Statistic]:
    archetype = context.archetype
    cap = archetype.hit_points_cap or None
    yield Statistic(
        "hit_points",
        "Hit points",
        capped.hit_points,
        raw.hit_points,
        "points",
        cap,
        archetype.hit_points,
    )
    yield Statistic("absorb", "Absorb", capped.absorb, raw.absorb, "points")
    base = archetype.base_regeneration * PER_SECOND
    yield Statistic(
        "regeneration",
        "Regeneration",
        (1 + capped.regeneration) * 100,
        (1 + raw.regeneration) * 100,
        "%",
        archetype.regeneration_cap * 100,
        100.0,
    )
    yield Statistic(
        "regeneration.per_second",
        "Regeneration",
        (1 + capped.regeneration) * base * capped.hit_points / 100,
        (1 + raw.regeneration) * base * raw.hit_points / 100,
        "/s",
        archetype.regeneration_cap * base * (cap or capped.hit_points) / 100,
        base * archetype.hit_points / 100,
    )


def _endurance(raw: Totals, capped: Totals, context: Context) -> Iterator[Statistic]:
    archetype = context.archetype
    maximum = 100 + raw.endurance
    base = archetype.base_recovery * PER_SECOND
    yield Statistic(
        "recovery",
        "Recovery",
        (1 + capped.recovery) * 100,
        (1 + raw.recovery) * 100,
        "%",
        archetype.recovery_cap * 100,
        100.0,
    )
    recovery = (1 + capped.recovery) * base * maximum / 100
    yield Statistic(
        "recovery.per_second",
        "Recovery",
        recovery,
        (1 + raw.recovery) * base * maximum / 100,
        "/s",
        archetype.recovery_cap * base * maximum / 100,
        base,
    )
    yield Statistic("endurance_use", "End. use", raw.endurance_use, raw.endurance_use, "/s")
    net = recovery - raw.endurance_use
    yield Statistic("endurance_net", "Net", net, net, "/s")
    yield Statistic("endurance", "Maximum", maximum, maximum, "points", None, 100.0)


def _offense(raw: Totals, capped: Totals, context: Context) -> Iterator[Statistic]:
    archetype = context.archetype
    haste = (1 + capped.haste) * 100
    if Quirk.HASTE_SHOWN_TO_400 in context.quirks:
        haste = min(_HASTE_SHOWN, haste)
    yield Statistic(
        "haste",
        "Haste",
        haste,
        (1 + raw.haste) * 100,
        "%",
        archetype.recharge_cap * 100,
        100.0,
    )
    yield Statistic(
        "damage",
        "Damage",
        (1 + capped.damage) * 100,
        (1 + raw.damage) * 100,
        "%",
        archetype.damage_cap * 100,
        100.0,
    )
    for key, label, value in (
        ("to_hit", "To-hit", raw.to_hit),
        ("accuracy", "Accuracy", raw.accuracy),
        ("endurance_discount", "End. discount", raw.endurance_discount),
        ("range", "Range", raw.range),
    ):
        yield Statistic(key, label, value * 100, value * 100, "%")
    threat = (raw.threat + archetype.base_threat) * 100
    yield Statistic("threat", "Threat", threat, threat, "", None, archetype.base_threat * 100)


def _movement(raw: Totals, capped: Totals, context: Context) -> Iterator[Statistic]:
    rules = context.ruleset
    for key, label, base in (
        ("run_speed", "Run", rules.base_run_speed),
        ("jump_speed", "Jump", rules.base_jump_speed),
        ("fly_speed", "Fly", 0.0),
    ):
        value, uncapped = getattr(capped, key), getattr(raw, key)
        cap = getattr(raw, f"max_{key}")
        yield Statistic(key, label, value * MPH, uncapped * MPH, "mph", cap * MPH, base * MPH)
    yield Statistic(
        "jump_height",
        "Jump height",
        capped.jump_height_ft,
        raw.jump_height_ft,
        "ft",
        rules.max_jump_height,
        rules.base_jump_height,
    )
    for key, label in (("stealth_pve", "Stealth PvE"), ("stealth_pvp", "Stealth PvP")):
        value = getattr(raw, f"{key}_ft")
        yield Statistic(key, label, value, value, "ft")
    yield Statistic(
        "perception",
        "Perception",
        capped.perception_ft,
        raw.perception_ft,
        "ft",
        context.archetype.perception_cap,
        rules.base_perception,
    )


def _status(raw: Totals) -> Iterator[Statistic]:
    for kind in _STATUS:
        value = max(0.0, -raw.status_protection[kind])
        yield Statistic(f"protection.{_name(kind)}", _label(kind), value, value, "mag")
    for kind in _STATUS:
        value = raw.status_resistance[kind] * 100
        yield Statistic(f"status_resistance.{_name(kind)}", _label(kind), value, value, "%")


def _debuffs(raw: Totals) -> Iterator[Statistic]:
    for kind in _DEBUFFS:
        value = raw.debuff_resistance[kind] * 100
        cap = 95.0 if kind is Attribute.DEFENSE else 100.0
        yield Statistic(
            f"debuff_resistance.{_name(kind)}", _label(kind), min(cap, value), value, "%", cap
        )
