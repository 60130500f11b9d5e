"""Made-up views values for window tests: the numbers of the design's pictures, no game data."""

from dataclasses import replace

from midsdesk.app.views import (
    DamageView,
    EffectBlock,
    EffectText,
    FigureRow,
    PieceView,
    PowerInfo,
    SetView,
    SlotFrame,
    SlotView,
    StrengthRow,
    TotalsGroup,
    TotalsRow,
)
from midsdesk.model.ids import EnhancementId, EnhancementSetId


def total(
    key: str,
    name: str,
    text: str,
    fill: float,
    *,
    cap: float | None = None,
    soft_cap: float | None = None,
    over: float | None = None,
    at_cap: bool = False,
    negative: bool = False,
    color: str = "",
    spoken: str = "",
) -> TotalsRow:
    """Return a row; its colour is that of the first part of its key."""
    return TotalsRow(
        key, name, text, color or f"stat.{key.split('.', maxsplit=1)[0]}", fill,
        cap=cap, soft_cap=soft_cap, over=over, at_cap=at_cap, negative=negative, spoken=spoken,
    )  # fmt: skip


def defense(name: str, value: float, key: str) -> TotalsRow:
    """Return a defense row on a track that ends at 60 %."""
    return total(
        f"defense.{key}", name, f"{value:.1f} %", value / 60, soft_cap=0.75,
        spoken=f"{name} defense {value:.1f} percent, soft cap 45",
    )  # fmt: skip


def resistance(name: str, value: float, key: str, over: float | None = None) -> TotalsRow:
    """Return a resistance row with its cap at 75 %."""
    return total(
        f"resistance.{key}", name, f"{value:.1f} %", value / 100, cap=0.75, over=over,
        at_cap=over is not None, spoken=f"{name} resistance {value:.1f} percent, cap 75",
    )  # fmt: skip


def groups() -> tuple[TotalsGroup, ...]:
    """Return the totals of the design's main picture."""
    return (
        TotalsGroup("defense", "Defense", "soft cap 45", (
            defense("Melee", 14.7, "melee"), defense("Ranged", 28.5, "ranged"),
            defense("AoE", 14.7, "aoe"), defense("Smash/Lethal", 14.7, "smash"),
            defense("Fire/Cold", 14.7, "fire"), defense("Energy/Neg.", 25.3, "energy"),
            defense("Psionic", 14.7, "psionic"),
        )),
        TotalsGroup("resistance", "Resistance", "cap 75", (
            resistance("Smash/Lethal", 75.0, "smash", 1.0),
            resistance("Fire/Cold", 75.0, "fire", 1.0),
            resistance("Energy/Neg.", 75.0, "energy", 0.877),
            resistance("Toxic", 65.0, "toxic"), resistance("Psionic", 43.5, "psionic"),
        )),
        TotalsGroup("health", "Health", "", (
            total("health.hp", "Hit points", "1,521", 0.77, cap=0.935,
                  spoken="Hit points 1,521, cap 1,847"),
            total("health.regen", "Regen.", "35.3/s", 0.278,
                  spoken="Regeneration 35.3 per second"),
        )),
        TotalsGroup("endurance", "Endurance", "", (
            total("endurance.recovery", "Recovery", "9.05/s", 0.755, cap=0.755, over=1.0),
            total("endurance.use", "End. use", "0.87/s", 0.07),
            total("endurance.max", "Maximum", "108.6", 0.724),
        )),
        TotalsGroup("offense", "Offense", "", (
            total("recharge.haste", "Haste", "342.5 %", 0.685, cap=1.0),
            total("damage.all", "Damage", "390.5 %", 0.781, cap=1.0),
            total("to_hit.all", "To-hit", "+151.1 %", 0.503, spoken="To-hit +151.1 percent"),
            total("accuracy.all", "Accuracy", "+54.0 %", 0.27),
        )),
        TotalsGroup("movement", "Movement", "", (
            total("movement.run", "Run", "25.7 mph", 0.27),
            total("movement.jump", "Jump", "44.1 mph", 0.47),
        )),
    )  # fmt: skip


def changed(key: str, **values: object) -> tuple[TotalsGroup, ...]:
    """Return the groups with one row exchanged."""
    return tuple(
        replace(
            group,
            rows=tuple(
                replace(row, **values) if row.key == key else row  # type: ignore[arg-type]
                for row in group.rows
            ),
        )
        for group in groups()
    )


def odd_groups() -> tuple[TotalsGroup, ...]:
    """Return the rows that strain the layout: negative, far over the cap, long."""
    return (
        TotalsGroup("odd", "Resistance", "cap 75", (
            total("resistance.toxic", "Toxic", "−12.5 %", 0.125, cap=0.75, negative=True),
            total("resistance.fire", "Fire/Cold", "+1,089 %", 0.75, cap=0.75, over=1.0,
                  at_cap=True),
            total("defense.zero", "Negative energy", "0.0 %", 0.0, soft_cap=0.75),
        )),
    )  # fmt: skip


def preview() -> tuple[TotalsGroup, ...]:
    """Return what slotting a better piece would give."""
    made = changed("defense.ranged", text="33.5 %", fill=0.558, delta="+5.00", delta_good=True)
    rows = {"defense.energy": ("+2.50", True, 0.463), "damage.all": ("−29.4", False, 0.72),
            "endurance.use": ("−0.34", True, 0.04)}  # fmt: skip
    return tuple(
        replace(
            group,
            rows=tuple(
                replace(row, delta=rows[row.key][0], delta_good=rows[row.key][1],
                        fill=rows[row.key][2])
                if row.key in rows else row
                for row in group.rows
            ),
        )
        for group in made
    )  # fmt: skip


def slot(
    frame: SlotFrame = SlotFrame.SET,
    color: str = "rarity.rare",
    letters: str = "",
    level: str = "50",
    *,
    glyph: str = "",
    relative: str = "",
    bought_at: int = 20,
    inactive: bool = False,
    name: str = "",
) -> SlotView:
    """Return a slot."""
    return SlotView(
        frame, color, letters, glyph, level, relative, bought_at, name,
        f"{name or letters or 'empty'}, level {level}", inactive,
    )  # fmt: skip


def piece(
    name: str,
    look: SlotView,
    detail: str = "",
    *,
    refused: str = "",
    group: str = "",
    deltas: tuple[tuple[str, bool], ...] = (),
) -> PieceView:
    """Return a piece; its id is its name without spaces."""
    identity = EnhancementId(name.replace(" ", "_"))
    return PieceView(identity, name, detail, look, refused, group, deltas)


_ASPECTS = (
    "Accuracy/Damage", "Damage/Recharge", "Damage/Endurance", "Accuracy/Recharge",
    "Accuracy/Damage/Recharge", "Chance of Damage",
)  # fmt: skip


def enhancement_set(
    name: str,
    letters: str,
    color: str = "rarity.rare",
    level: str = "50",
    slotted: int = 0,
    frame: SlotFrame = SlotFrame.SET,
) -> SetView:
    """Return a set of six pieces, the first `slotted` of them refused as in use."""
    look = slot(frame, color, letters, level, name=name)
    pieces = tuple(
        piece(f"{name}: {aspect}", look, "unique" if place == 5 else "",
              refused="Already in this power" if place < slotted else "")
        for place, aspect in enumerate(_ASPECTS)
    )  # fmt: skip
    bonuses = (
        (2, "+16 % regen.", slotted >= 2), (3, "+3 % HP", slotted >= 3),
        (4, "+4 % damage", slotted >= 4), (5, "+10 % recharge", slotted >= 5),
        (6, "+5 % ranged", slotted >= 6),
    )  # fmt: skip
    return SetView(
        EnhancementSetId(name.replace(" ", "_")), name, look, "range 10–50 · rare",
        slotted, pieces, bonuses,
    )  # fmt: skip


def info() -> PowerInfo:
    """Return the power of the design's info panel."""
    return PowerInfo(
        title="[20] Blaze",
        activation="click",
        summary="Single target. Short cast, heavy fire damage, then burns. "
        "Primary, from level 18.",
        figures=(
            FigureRow("endurance", "Endurance", "3.98", "10.4", True),
            FigureRow("recharge", "Recharge", "2.31 s", "10 s", True),
            FigureRow("hit", "Hit chance", "95.0 %", "75 %", True),
            FigureRow("cast", "Cast", "1.00 s", "1.00 s", None),
            FigureRow("range", "Range", "175.7 ft", "80 ft", True),
            FigureRow("tick", "Server tick", "1.188 s", "1.188 s", None),
            FigureRow("targets", "Targets", "1", "1", None),
            FigureRow("interrupt", "Interrupt", "2.00 s", "1.00 s", False),
        ),
        damages=(
            DamageView("damage", "Activation", 170.5, 221.9, 862.5),
            DamageView("damage.second", "Second", 14.2, 18.4, 160.3, "in server ticks 155.1/s"),
            DamageView("damage.animation", "Anim.", 170.5, 221.9, 862.5, "in server ticks 726/s"),
        ),
        damage_text="Fire 670.2 + 48.1 × 4 ticks in 3.1 s",
        strengths=(
            StrengthRow("Damage", "+127.9 %", "+99.3 %", "+405.9 %", 3, "strength.effect.0"),
            StrengthRow("Accuracy", "+72.6 %", "+72.6 %", "+126.6 %", 1),
            StrengthRow("Recharge", "+99.4 %", "+94.7 %", "+332.9 %", 2),
            StrengthRow("Endurance", "+26.5 %", "+26.5 %", "+161.3 %", 0),
        ),
        effects=(
            EffectBlock("Damage", (
                EffectText("670.2 fire damage to the target", "effect.0.magnitude", True, True),
                EffectText("48.1 fire damage, 4 times in 3.1 s, 80 % chance", "effect.1.magnitude"),
            )),
            EffectBlock("Buff and debuff", (
                EffectText(
                    "−20 % defense to the target for 10 s, if it has been hit before by a weapon",
                    "effect.2.magnitude", in_force=False,
                ),
            )),
        ),
        sets=(
            ("Apocalypse", 5, 6, (
                (2, "+16 % regeneration", True), (3, "+3 % hit points", True),
                (4, "+4 % damage", True), (5, "+10 % recharge", True),
                (6, "+5 % ranged defense", False),
            )),
        ),
    )  # fmt: skip
