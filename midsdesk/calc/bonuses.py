"""The bonus powers of a build's sets under the rule of five, and what they add to the two sums.

Source: calculation reference B, section 5.
"""

from collections.abc import Sequence

from midsdesk.calc import aggregate
from midsdesk.calc.cells import Contribution, Contributions
from midsdesk.calc.context import Context
from midsdesk.calc.entry import Chances
from midsdesk.calc.prepare import Prepared
from midsdesk.calc.set_bonus import RULE_OF_FIVE, Counted, is_for_pets


class BonusPower:
    """A bonus power with what one occurrence adds; worked out once for all builds that have it.

    Attributes:
        chances: Those that the following were worked out with.
        to_powers, to_self: What it adds to G and to B.
        of_hit_points: The same for B, as shares of the maximum hit points.
    """

    __slots__ = (
        "_context",
        "_heard",
        "_slows",
        "_tags",
        "chances",
        "for_pets",
        "modifies_chances",
        "of_hit_points",
        "prepared",
        "to_powers",
        "to_self",
    )

    def __init__(self, prepared: Prepared, context: Context) -> None:
        self.prepared = prepared
        self.for_pets = is_for_pets(prepared.host)
        self.modifies_chances = bool(prepared.chances)
        self._context = context
        self._slows = "Slow" in prepared.host.name
        self._tags = {each.effect.effect_id for each in prepared.effects}
        self._heard: Chances | None = None
        self.chances: Chances | None = None
        self.to_powers: Contributions = ()
        self.to_self: Contributions = ()
        self.of_hit_points: Contributions = ()

    def work_out(self, chances: Chances) -> None:
        """Work out what it adds under `chances`."""
        self.chances = chances
        # Tables come and go with each piece tried; few powers have an effect with a tag in them.
        heard = tuple([pair for pair in chances if pair[0] in self._tags])
        if heard == self._heard:
            return
        self._heard = heard
        table, prepared = dict(heard), self.prepared
        self.to_powers = aggregate.global_contributions(
            prepared.effects, table, self._context, debuffs=self._slows
        )
        plain: dict[int, float] = {}
        shares: dict[int, float] = {}
        items = aggregate.self_items(prepared, prepared.effects, self._context)
        for place, cell, times, _, of_hit_points in items:
            effect = prepared.effects[place]
            if aggregate.chance_of(effect, table) > 0:
                sums = shares if of_hit_points else plain
                sums[cell] = sums.get(cell, 0.0) + effect.magnitude * times
        self.to_self, self.of_hit_points = tuple(plain.items()), tuple(shares.items())


class Bonuses:
    """The bonus powers of one build, in counting order.

    Attributes:
        chances: What they add to the chances of effects with a tag.
        to_powers, to_self: What `work_out` found that they add to G and to B, in counting order.
        asks_hit_points: Some of it depends on the character's hit points.
    """

    __slots__ = (
        "_counts",
        "_ignored",
        "_known",
        "_occurring",
        "asks_hit_points",
        "chances",
        "to_powers",
        "to_self",
    )

    def __init__(self, occurring: Sequence[tuple[BonusPower, int]], *, ignored: bool) -> None:
        self._occurring = occurring
        self._ignored = ignored
        self._known: tuple[Chances, float] | None = None
        self.to_powers: Sequence[Contribution] = ()
        self.to_self: Sequence[Contribution] = ()
        self.asks_hit_points = False
        self._counts: list[tuple[BonusPower, int]] = []
        if not ignored:
            self._counts = [
                (bonus, times if times < RULE_OF_FIVE else RULE_OF_FIVE)
                for bonus, times in occurring
                if not bonus.for_pets
            ]
        self.chances = tuple(
            [
                (tag, value * times)
                for bonus, times in self._counts
                if bonus.modifies_chances
                for tag, value in bonus.prepared.chances
            ]
        )

    @property
    def counted(self) -> tuple[Counted, ...]:
        """Every bonus power with how often it occurs and counts."""
        return tuple(
            Counted(
                bonus.prepared.host.id,
                times,
                0 if self._ignored else min(times, RULE_OF_FIVE),
                bonus.for_pets,
            )
            for bonus, times in self._occurring
        )

    def work_out(self, chances: Chances, hit_points: float) -> None:
        """Work out what they add under `chances` to a character of so many hit points.

        Args:
            chances: Equal tables must be the same object.
        """
        if self._known is not None and self._known[0] is chances and self._known[1] == hit_points:
            return
        self._known = chances, hit_points
        self.asks_hit_points = False
        to_powers: list[Contribution] = []
        to_self: list[Contribution] = []
        for bonus, times in self._counts:
            if bonus.chances is not chances:
                bonus.work_out(chances)
            to_powers += [(cell, value * times) for cell, value in bonus.to_powers]
            to_self += [(cell, value * times) for cell, value in bonus.to_self]
            if bonus.of_hit_points:
                self.asks_hit_points = True
                to_self += [
                    (cell, value * times * hit_points) for cell, value in bonus.of_hit_points
                ]
        self.to_powers, self.to_self = to_powers, to_self


NONE = Bonuses((), ignored=False)
