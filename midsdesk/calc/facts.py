"""What the rest of the build tells a power: which lights are on, who is there, how many.

Effects carry conditions; a condition asks for facts. Each stage that asks writes down what it
asked and what it heard, so its answer can be used again as long as the same questions get the
same answers (`midsdesk.calc.memo`). Nothing can be forgotten that way, and an edit that does not
touch a fact costs nothing.
"""

from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol

from midsdesk.calc.quirks import Quirk, quirks_of
from midsdesk.model.build import Build
from midsdesk.model.game import Archetype
from midsdesk.model.settings import CalcSettings

Question = tuple[str, Hashable]
Answer = bool | int | float | str

# Questions whose answers are results of an earlier round.
_RESULTS: Final = frozenset({"to_hit", "hit_points", "endurance", "haste", "chance", "magnitude"})
# Powers whose mere presence counts, lit or not. Source: calculation reference B, section 1.16.
_PRESENCE: Final = frozenset({"boxing", "kick", "cross_punch"})
_COMBO_LEVELS: Final = {"combo_level_1": 1, "combo_level_2": 2, "combo_level_3": 3}
_FORMS: Final = {"form_of_the_body": "body", "form_of_the_mind": "mind", "form_of_the_soul": "soul"}


class Asked(Protocol):
    """Somebody who answers questions."""

    def ask(self, kind: str, item: Hashable = "") -> Answer:
        """Answer one question; see `Facts.ask`."""


class Counting(Asked, Protocol):
    """Somebody who also counts the questions about results of an earlier round."""

    @property
    def results_asked(self) -> int:
        """How many there were; 0 where nobody counts."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Answers of one build under one set of settings.

    Attributes:
        lit: Last names (lower case) of the included powers; active: their full names.
        taken: Full names (lower case) of all powers in the build.
        stacks: Slider of each power by full name, as conditions know it; sliders: as it stands.
        level: Of the character, from 1.
        to_hit: Total to-hit buff of the previous round, a fraction.
        chances: Added probability by tag, of the previous round.
        magnitudes: Answers with the enhanced magnitude of an effect of the previous round.
    """

    archetype: Archetype
    settings: CalcSettings
    lit: frozenset[str]
    active: frozenset[str]
    taken: frozenset[str]
    present: frozenset[str]
    stacks: Mapping[str, int]
    combo_level: int
    form: str
    to_hit: float = 0.0
    hit_points: float = 0.0
    endurance: float = 100.0
    haste: float = 0.0
    level: int = 50
    sliders: Mapping[str, int] = field(default_factory=dict)
    chances: Mapping[str, float] = field(default_factory=dict)
    magnitudes: Callable[[str, int], float] | None = None

    @property
    def results_asked(self) -> int:
        """Facts do not count."""
        return 0

    def ask(self, kind: str, item: Hashable = "") -> Answer:
        """Answer one question.

        Args:
            kind: "lit", "present", "active", "taken", "stacks", "combo", "form", "archetype",
                "kind", "team", "member", "to_hit", "hit_points", "endurance", "haste", "level",
                "base_to_hit", "slider", "chance", "magnitude" (of a pair of power and index).
            item: What it is about: a name in lower case, where there is one.

        Raises:
            KeyError: A kind that nobody knows (a defect of the program).
        """
        match kind:
            case "lit":
                return item in self.lit
            case "present":
                return item in self.present
            case "active":
                return item in self.active
            case "taken":
                return item in self.taken
            case "stacks":
                return self.stacks.get(str(item), 0)
        return self._more(kind, item)

    def _more(self, kind: str, item: Hashable) -> Answer:
        """Answer what is asked less often."""
        match kind:
            case "combo":
                return self.combo_level
            case "form":
                return self.form
            case "archetype":
                return self.archetype.display_name.lower()
            case "kind":
                return self.archetype.kind
            case "team":
                return self.settings.team_size
            case "member":
                return dict(self.settings.team_members).get(str(item), -1)
            case "base_to_hit":
                return self.settings.scaling_to_hit
            case "slider":
                return self.sliders.get(str(item), 0)
            case "chance":
                return self.chances.get(str(item), 0.0)
            case "magnitude":
                return self._magnitude(item)
        return float(getattr(self, kind))

    def _magnitude(self, item: Hashable) -> float:
        if self.magnitudes is None or not isinstance(item, tuple):
            return 0.0
        power, index = item
        return self.magnitudes(str(power), int(index))


class Listening:
    """Passes questions on to `facts` and remembers what was asked and heard."""

    __slots__ = ("_facts", "heard", "results_asked")

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self.heard: dict[Question, Answer] = {}
        self.results_asked = 0

    def ask(self, kind: str, item: Hashable = "") -> Answer:
        """Answer as `Facts.ask` does."""
        question = (kind, item)
        if kind in _RESULTS:
            self.results_asked += 1
        answer = self.heard.get(question)
        if answer is None:
            answer = self.heard[question] = self._facts.ask(kind, item)
        return answer


def gather(
    build: Build,
    archetype: Archetype,
    settings: CalcSettings,
    quirks: frozenset[Quirk] | None = None,
    idle: Collection[int] = (),
) -> Facts:
    """Read the facts off a build.

    Numbers of an earlier round are 0 until the next round sets them.

    Args:
        quirks: Those in force; None for those of the settings' ruleset.
        idle: Indices of entries that are out of force whatever their light says.
    """
    quirks = quirks_of(settings.rules) if quirks is None else quirks
    lit, active, taken, present = set(), set(), set(), set()
    stacks: dict[str, int] = {}
    combo_level, form, level = 0, "", 1
    for index, entry in enumerate(build.entries):
        if not entry.power:
            continue
        full = entry.power.lower()
        last = full.rpartition(".")[2]
        taken.add(full)
        stacks.setdefault(full, entry.stacks)
        level = max(level, entry.level)
        if last in _PRESENCE:
            present.add(last)
        if entry.included and index not in idle:
            lit.add(last)
            active.add(full)
            combo_level = _COMBO_LEVELS.get(last, combo_level)
            form = _FORMS.get(last, form)
    unset = Quirk.STACKS_UNSET_ON_OPENING in quirks and not settings.sliders_moved
    return Facts(
        archetype=archetype,
        settings=settings,
        lit=frozenset(lit),
        active=frozenset(active),
        taken=frozenset(taken),
        present=frozenset(present),
        stacks={} if unset else stacks,
        combo_level=combo_level,
        form=form,
        level=min(level, 50),
        sliders=stacks,
    )
