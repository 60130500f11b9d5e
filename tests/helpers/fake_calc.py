"""A calculator that answers zeros: enough to open, edit and show a document."""

from dataclasses import dataclass, fields

from midsdesk.model.build import Build
from midsdesk.model.settings import CalcSettings
from midsdesk.model.totals import ActiveSet, PowerNumbers, Statistic, Totals

_TYPES = ("smashing", "lethal", "fire", "cold", "energy", "negative", "toxic", "psionic")
_VECTOR_LENGTHS = {
    "defense": 16,
    "resistance": 16,
    "elusivity": 16,
    "status_protection": 20,
    "status_resistance": 20,
    "debuff_resistance": 86,
}


def zero_totals() -> Totals:
    """Totals of nothing."""
    values: dict[str, object] = {}
    for field in fields(Totals):
        if field.name in _VECTOR_LENGTHS:
            values[field.name] = (0.0,) * _VECTOR_LENGTHS[field.name]
        else:
            values[field.name] = False if field.name == "can_fly" else 0.0
    return Totals(**values)  # type: ignore[arg-type]


def zero_statistics() -> tuple[Statistic, ...]:
    """One statistic of each kind, of a naked character with plausible caps."""
    positions = ("melee", "ranged", "aoe")
    return (
        *(Statistic(f"defense.{k}", k, 0, 0, "%", soft_cap=45) for k in (*positions, *_TYPES)),
        *(Statistic(f"resistance.{k}", k, 0, 0, "%", cap=75) for k in _TYPES),
        Statistic("hit_points", "Hit points", 1204.8, 1204.8, "points", cap=1847.3, base=1204.8),
        Statistic(
            "regeneration.per_second", "Regeneration", 5.02, 5.02, "/s", cap=153.9, base=5.02
        ),
        Statistic("recovery.per_second", "Recovery", 1.67, 1.67, "/s", cap=8.33, base=1.67),
        Statistic("endurance_use", "Endurance use", 0, 0, "/s"),
        Statistic("endurance", "Maximum endurance", 100, 100, "points", base=100),
        Statistic("haste", "Haste", 100, 100, "%", cap=500, base=100),
        Statistic("damage", "Damage", 100, 100, "%", cap=500, base=100),
        Statistic("to_hit", "To-hit", 0, 0, "%"),
        Statistic("accuracy", "Accuracy", 0, 0, "%"),
        Statistic("run_speed", "Run", 14.3, 14.3, "mph", cap=92.5, base=14.3),
        Statistic("jump_speed", "Jump", 14.3, 14.3, "mph", cap=78, base=14.3),
    )


@dataclass(frozen=True)
class FakeCalculation:
    """Numbers of nothing, but one: hit points grow by one for each filled slot."""

    totals: Totals
    capped: Totals
    statistics: tuple[Statistic, ...]
    sets: tuple[ActiveSet, ...] = ()
    missing: tuple[str, ...] = ()

    def power(self, entry: int) -> PowerNumbers | None:
        """No numbers."""
        return None


class FakeCalculator:
    """Counts how often it was asked."""

    def __init__(self) -> None:
        self.calls = 0

    def calculate(self, build: Build, settings: CalcSettings) -> FakeCalculation:
        """Answer zeros."""
        self.calls += 1
        filled = sum(slot.enhancement is not None for e in build.entries for slot in e.slots)
        statistics = tuple(
            Statistic(
                s.key,
                s.label,
                s.value + filled * (s.key == "hit_points"),
                s.uncapped + filled * (s.key == "hit_points"),
                s.unit,
                s.cap,
                s.base,
                s.soft_cap,
            )
            for s in zero_statistics()
        )
        return FakeCalculation(zero_totals(), zero_totals(), statistics)
