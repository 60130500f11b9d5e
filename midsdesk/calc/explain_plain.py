"""Numbers of a power that nothing or little changes, and those made of other numbers.

Cast time, reach and period have their base value alone; damage by the second is damage divided by
a time; a strength is a sum of shares.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from midsdesk.calc.describe_words import strength_name, type_name
from midsdesk.calc.entry import Worked
from midsdesk.calc.explain_chain import BASE, Chains, scaled
from midsdesk.calc.explain_strength import Share
from midsdesk.calc.explain_words import number
from midsdesk.calc.live import arcana_time
from midsdesk.calc.strengthen import ACCURACY, ENDURANCE, INTERRUPT, RANGE, RECHARGE, to_duration
from midsdesk.model.explanation import Contribution, Explanation, LeftOut, SourceKind
from midsdesk.model.game import Power
from midsdesk.model.totals import FinalEffect, PowerNumbers
from midsdesk.model.vocab import Activation, Attribute, StatusEffect

_TICKS: Final = "Whole server ticks of 0.132 s and one more"
_LONG_S: Final = 9999.0
_NO_TIME: Final = frozenset({Attribute.DAMAGE, Attribute.SUMMON, Attribute.GRANT_POWER})
_NO_TIME_STATUS: Final = frozenset({StatusEffect.KNOCKBACK, StatusEffect.KNOCKUP})
_ATTRIBUTES: Final = {
    "accuracy": ACCURACY,
    "endurance": ENDURANCE,
    "interrupt": INTERRUPT,
    "range": RANGE,
    "recharge": RECHARGE,
}


class Figures:
    """What the explanation of a figure needs."""

    def __init__(self, chains: Chains, entry: int, worked: Worked, numbers: PowerNumbers) -> None:
        self.chains = chains
        self.entry = entry
        self.worked = worked
        self.host = worked.prepared.host
        self.numbers = numbers
        self.context = chains.calculation.context

    def shares(self, which: int) -> tuple[Share, ...]:
        """Return the shares of an attribute's strength."""
        return self.chains.strengths(self.entry, self.worked).attribute(which)

    def head(self, value: float, detail: str = "") -> Contribution:
        """Return the power's own value."""
        return Contribution(SourceKind.BASE, BASE, value, detail, self.entry)

    def made(
        self,
        key: str,
        name: str,
        value: float,
        unit: str,
        parts: tuple[Contribution, ...],
        left_out: tuple[LeftOut, ...] = (),
    ) -> Explanation:
        """Return the explanation of a figure of this entry."""
        return Explanation(key, name, value, unit, parts, left_out, self.entry)


# Figure -> name, unit, value of the power as it is in force.
PLAIN: Final[dict[str, tuple[str, str, Callable[[Power], float]]]] = {
    "cast": ("Cast time", "s", lambda host: host.cast_time),
    "server_tick": ("Cast time in server ticks", "s", lambda host: arcana_time(host.cast_time)),
    "targets": ("Targets", "", lambda host: float(host.max_targets)),
    "radius": ("Radius", "ft", lambda host: host.radius),
    "arc": ("Arc", "°", lambda host: float(host.arc)),
    "period": ("Period", "s", lambda host: host.activate_period),
}


def plain(work: Figures, figure: str) -> Explanation:
    """Return a figure that nothing strengthens."""
    name, unit, value_of = PLAIN[figure]
    value = value_of(work.host)
    if figure == "server_tick":
        cast = work.host.cast_time
        rest = Contribution(SourceKind.RULE, _TICKS, value - cast)
        return work.made(figure, name, value, unit, (work.head(cast), rest))
    return work.made(figure, name, value, unit, (work.head(value, "nothing changes it"),))


def strength(work: Figures, figure: str) -> Explanation:
    """Return what a strength is made of, in percent: "strength.recharge", "strength.effect.3"."""
    _, kind, *rest = figure.split(".")
    strengths = work.chains.strengths(work.entry, work.worked)
    if kind == "effect":
        index = int(rest[0])
        lengthens = to_duration(work.worked.effects[index])
        shares = strengths.duration(index) if lengthens else strengths.magnitude(index)
        name = effect_name(work, index)
    else:
        shares = strengths.attribute(_ATTRIBUTES[kind])
        name = kind.capitalize()
    value = sum(share.value for share in shares) * 100
    return work.made(
        figure, f"{name} strength", value, "%", tuple(scaled(shares, 100.0, plain=True))
    )


def effect_name(work: Figures, index: int) -> str:
    """Return what an effect changes: "Fire damage", "Hold"."""
    each = work.worked.effects[index]
    if each.attribute == Attribute.DAMAGE:
        return f"{type_name(each.damage_type).capitalize()} damage"
    return strength_name(each.attribute, each.status, each.modifies)


def damage_rate(work: Figures, whole: Explanation, figure: str) -> Explanation:
    """Return damage by the second of the cycle or of the animation.

    Args:
        figure: "damage.second", "damage.animation", or one of them with "_arcana".
    """
    kind = figure.partition(".")[2]
    seconds, detail = _time_of(work, kind)
    if seconds <= 0:
        return replace(whole, key=figure)
    parts = tuple(_divided(each, seconds, detail) for each in whole.contributions)
    left_out = tuple(replace(each, value=each.value / seconds) for each in whole.left_out)
    name = "Damage a second" if kind.startswith("second") else "Damage a second of animation"
    return work.made(figure, name, whole.value / seconds, "/s", parts, left_out)


def _divided(each: Contribution, seconds: float, detail: str = "") -> Contribution:
    children = tuple(_divided(child, seconds) for child in each.children)
    said = ", ".join(part for part in (each.detail, detail) if part)
    return replace(each, value=each.value / seconds, detail=said, children=children)


def _time_of(work: Figures, kind: str) -> tuple[float, str]:
    """Return the seconds that damage is spread over, and where they come from."""
    host, figures = work.host, work.numbers.enhanced
    if host.activation == Activation.TOGGLE and host.activate_period > 0:
        return host.activate_period, f"every {number(host.activate_period, 2)} s"
    cast = arcana_time(host.cast_time) if kind.endswith("_arcana") else host.cast_time
    if kind.startswith("animation"):
        return cast, f"in {number(cast, 3)} s"
    seconds = figures.recharge + cast + figures.interrupt_time
    return seconds, f"in {number(seconds, 3)} s"


def longest_effect(effects: Sequence[FinalEffect]) -> int | None:
    """Return the number of the effect in force that lasts longest, None for none."""
    best: int | None = None
    for index, each in enumerate(effects):
        effect = each.effect
        if effect.attribute in _NO_TIME or each.from_enhancement:
            continue
        if effect.attribute == Attribute.STATUS and effect.status in _NO_TIME_STATUS:
            continue
        if not (each.conditions_met and each.fits_mode) or not 0 < each.duration < _LONG_S:
            continue
        if best is None or each.duration > effects[best].duration:
            best = index
    return best
