"""The bonus powers of a build's sets under the rule of five, and what they add to the two sums.

Source: calculation reference B, section 5.
"""

from collections.abc import Sequence

from midsdesk.calc import aggregate
from midsdesk.calc.cells import Accumulator, Contributions
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
    """

    __slots__ = ("_counts", "_ignored", "_occurring", "chances")

    def __init__(self, occurring: Sequence[tuple[BonusPower, int]], *, ignored: bool) -> None:
        self._occurring = occurring
        self._ignored = ignored
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

    def add_to_powers(self, g: Accumulator, chances: Chances) -> bool:
        """Add to G what the bonuses give the strength of all powers.

        Args:
            chances: Equal tables must be the same object.

        Returns:
            Whether what they give the character depends on its hit points.
        """
        shares = False
        for bonus, times in self._counts:
            if bonus.chances is not chances:
                bonus.work_out(chances)
            for cell, value in bonus.to_powers:
                g[cell] += value * times
            if bonus.of_hit_points:
                shares = True
        return shares

    def add_to_self(self, b: Accumulator, hit_points: float) -> None:
        """Add to B what the bonuses give the character, after `add_to_powers`."""
        for bonus, times in self._counts:
            for cell, value in bonus.to_self:
                b[cell] += value * times
            for cell, value in bonus.of_hit_points:
                b[cell] += value * times * hit_points


NONE = Bonuses((), ignored=False)
