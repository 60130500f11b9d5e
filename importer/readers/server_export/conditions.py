"""A condition of the export as the planner's own: pairs that a build answers.

Much of what the server asks is a fact of the moment (the roll, the distance, the target's rank).
A planner assumes one: the roll hits, the target is a healthy boss of even level beside the
character, on the ground, out of combat. What the player decides (which powers are lit, how many
stacks) stays a condition: alternatives of pairs, all of a pair's alternative needed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final, TypeAlias

from importer import expressions
from importer.curated import tables
from importer.expressions import Tree
from importer.readers.server_export import assumptions
from importer.readers.server_export.assumptions import View

Literal: TypeAlias = tuple[str, str]
# Alternatives of pairs; no alternative is never, one without pairs is always.
Choice: TypeAlias = frozenset[frozenset[Literal]]

ALWAYS: Final[Choice] = frozenset((frozenset(),))
NEVER: Final[Choice] = frozenset()
_MOST_ALTERNATIVES: Final = 48
_MOST_SETTERS: Final = 24
_NAME_POINTS: Final = 2  # of a power's full name
SCOURGE: Final = "Inherent.Inherent.Scourge"
HIDDEN: Final = "Inherent.Inherent.Assassination"


@dataclass(frozen=True, slots=True)
class KnownPower:
    """What a condition needs to know of a power."""

    name: str
    picked: bool
    archetypes: frozenset[str] = frozenset()


@dataclass(slots=True)
class World:
    """All powers by name in small letters, and which set a mode.

    Attributes:
        powers: Full name -> the power.
        setters: Mode in small letters -> full names.
        unknown: Kinds of questions nobody could decide.
    """

    powers: Mapping[str, KnownPower]
    setters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)


def _any(choices: Iterable[Choice]) -> Choice:
    found: set[frozenset[Literal]] = set()
    for each in choices:
        found |= each
    return _shortened(found)


def _all(left: Choice, right: Choice) -> Choice:
    if left == ALWAYS:
        return right
    found = {one | other for one in left for other in right if not _clash(one, other)}
    return _shortened(found)


def _clash(one: frozenset[Literal], other: frozenset[Literal]) -> bool:
    opposite = {"True": "False", "False": "True"}
    return any((key, opposite.get(value, "")) in other for key, value in one)


def _shortened(found: set[frozenset[Literal]]) -> Choice:
    """Leave out alternatives that another one contains; too many become never."""
    kept = {each for each in found if not any(other < each for other in found)}
    return NEVER if len(kept) > _MOST_ALTERNATIVES else frozenset(kept)


def _truth(value: bool) -> Choice:
    return ALWAYS if value else NEVER


def _one(key: str, value: str) -> Choice:
    return frozenset((frozenset(((key, value),)),))


def lit(name: str, *, yes: bool = True) -> Choice:
    """Return the choice "this power is lit"."""
    return _one(f"Active:{name}", str(yes))


_COMPARES: Final[dict[str, Callable[[float, float], bool]]] = {
    "==": lambda left, right: left == right,
    "eq": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}
_OPPOSITE: Final = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_TURNED: Final = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


class Reader:
    """Turns trees into choices."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._seen: dict[tuple[Tree, View], Choice] = {}
        self._modes = {row[0].lower(): row[1] for row in tables.read("modes.tsv")}

    def read(self, tree: Tree | None, view: View) -> Choice:
        """Return when the condition holds."""
        if tree is None:
            return ALWAYS
        key = (tree, view)
        if key not in self._seen:
            self._seen[key] = self._read(tree, view, yes=True)
        return self._seen[key]

    def _read(self, tree: Tree, view: View, *, yes: bool) -> Choice:
        match tree:
            case ("not", inner):
                return self._read(inner, view, yes=not yes)
            case ("&&" | "||" as sign, left, right):
                first = self._read(left, view, yes=yes)
                second = self._read(right, view, yes=yes)
                return _all(first, second) if (sign == "&&") is yes else _any((first, second))
            case ("num", value):
                return _truth(bool(value) is yes)
            case ("name", name):
                return self._named(name, view, yes=yes)
            case ("call", name, *arguments):
                return self._asked(name, tuple(arguments), view, yes=yes)
            case (sign, left, right) if sign in _COMPARES:
                return self._compared(sign, left, right, view, yes=yes)
        return self._undecided("a formula", yes=yes)

    def _undecided(self, kind: str, *, yes: bool) -> Choice:
        # Of whom or of what it asks makes no other kind.
        short = (
            kind.partition(">")[0] if kind.partition(">")[0] in assumptions.OF_SOMEBODY else kind
        )
        self._world.unknown.add(short)
        return _truth(not yes)

    # -- names and questions ----------------------------------------------------------------

    def _named(self, name: str, view: View, *, yes: bool) -> Choice:
        folded = name.lower()
        if folded.endswith("?"):
            return self._asked(name, (), view, yes=yes)
        if folded in assumptions.FLAGS:
            return _truth(assumptions.FLAGS[folded] is yes)
        if folded.count(".") == _NAME_POINTS:
            return self._owned(name, yes=yes)
        if folded.count(".") == 1 and ">" not in folded:
            return _one(f"Powerset:{name}", str(yes))
        return self._undecided(folded, yes=yes)

    def _asked(self, name: str, arguments: tuple[Tree, ...], view: View, *, yes: bool) -> Choice:
        who, _, question = name.lower().rpartition(".")
        what = str(arguments[0][1]) if arguments and arguments[0][0] in ("name", "str") else ""
        if question == "ownpower?":
            return self._owned(what, yes=yes)
        if question == "mode?":
            return self._in_mode(what, view, yes=yes)
        if question == "ne":
            return self._differs(arguments, view, yes=yes)
        if question == "isfriend?":
            return _truth((not view.foe) is yes)
        if question == "ispvpmap?":
            return _truth(view.pvp is yes)
        if question == "hastag?" and what == "IncarnateBoss" and view.contained:
            return _truth(yes)
        if question == "owned?" and what.lower() in assumptions.EVENTS:
            return _truth(not yes)
        if question in assumptions.ANSWERS:
            return _truth(assumptions.ANSWERS[question] is yes)
        return self._undecided(f"{who}.{question}", yes=yes)

    def _owned(self, name: str, *, yes: bool) -> Choice:
        power = self._world.powers.get(name.lower())
        if power is None:
            return _truth(not yes)
        kind = "Taken" if power.picked else "Active"
        return _one(f"{kind}:{power.name}", str(yes))

    def _in_mode(self, mode: str, view: View, *, yes: bool) -> Choice:
        name = mode.removeprefix("k").lower()
        chosen = self._modes.get(name, "-")
        setters = [chosen] if chosen != "-" else list(self._world.setters.get(name, ()))
        powers = [
            self._world.powers[each.lower()]
            for each in setters
            if each.lower() in self._world.powers
        ]
        own = [each for each in powers if view.archetype and view.archetype in each.archetypes]
        shared = [each for each in powers if not each.archetypes]
        powers = own or shared or powers
        if not powers or len(powers) > _MOST_SETTERS:
            return _truth(not yes)
        if yes:
            return _any(lit(each.name) for each in powers)
        return frozenset((frozenset((f"Active:{each.name}", "False") for each in powers),))

    def _differs(self, arguments: tuple[Tree, ...], view: View, *, yes: bool) -> Choice:
        if len(arguments) != 2:
            return self._undecided("ne", yes=yes)
        return self._compared("==", arguments[0], arguments[1], view, yes=not yes)

    # -- comparisons ------------------------------------------------------------------------

    def _compared(self, sign: str, left: Tree, right: Tree, view: View, *, yes: bool) -> Choice:
        sign = "==" if sign == "eq" else sign
        if "rand()" in expressions.to_text(left) + expressions.to_text(right):
            return self._by_chance(left, right, yes=yes)
        if left[0] == "num" and right[0] != "num":
            left, right, sign = right, left, _TURNED.get(sign, sign)
        names = _sum_of_powers(left)
        if names and right[0] == "num" and sign in (">", ">="):
            return self._so_many(names, int(right[1]) + (sign == ">"), yes=yes)
        subject = str(left[1]).lower() if left[0] in ("name", "call") else ""
        if left[0] == "call" and subject.endswith("ownpowernum?"):
            return self._stacked(left, sign, right, yes=yes)
        if right[0] in ("str", "name") and sign in ("==", "!="):
            same = self._same(subject, str(right[1]).lower(), view)
            if same is not None:
                return _truth((same is (sign == "==")) is yes)
        if subject in ("source>kmeter", "auto>kmeter"):
            return self._hidden(sign, right, view, yes=yes)
        known = assumptions.Facts(view)
        first, second = expressions.number(left, known), expressions.number(right, known)
        if first is None or second is None:
            return self._undecided(subject or sign, yes=yes)
        return _truth(_COMPARES[sign](first, second) is yes)

    def _so_many(self, names: Sequence[str], number: int, *, yes: bool) -> Choice:
        """At least `number` of the powers are owned; if not, one more than the rest is not."""
        needed = number if yes else len(names) - number + 1
        if needed <= 0:
            return ALWAYS
        found = []
        for part in combinations(names, needed):
            choice = ALWAYS
            for name in part:
                choice = _all(choice, self._owned(name, yes=yes))
            found.append(choice)
        return _any(found)

    def _by_chance(self, left: Tree, right: Tree, *, yes: bool) -> Choice:
        text = (expressions.to_text(left) + expressions.to_text(right)).lower()
        if "target>khitpoints%" in text and "minmax" in text:
            return lit(SCOURGE, yes=yes)
        return self._undecided("rand()", yes=yes)

    def _hidden(self, sign: str, right: Tree, view: View, *, yes: bool) -> Choice:
        """A Stalker's meter is full while hidden; of others it is 0."""
        value = expressions.number(right, lambda _: None)
        if value is None:
            return self._undecided("source>kmeter", yes=yes)
        at_rest = _COMPARES[sign](0.0, value)
        when_full = _COMPARES[sign](1.0, value)
        if at_rest == when_full or view.archetype == "dominator":
            return _truth(at_rest is yes)
        return lit(HIDDEN, yes=when_full is yes)

    def _stacked(self, left: Tree, sign: str, right: Tree, *, yes: bool) -> Choice:
        number = expressions.number(right, lambda _: None)
        subject = str(left[2][1]) if len(left) > 2 else ""
        power = self._world.powers.get(subject.lower())
        if number is None or (power is None and subject.count(".") == _NAME_POINTS):
            return self._undecided("ownpowernum?", yes=yes)
        key = f"Stacks:{power.name}" if power else f"Count:{subject}"
        count = int(number)
        tests = {
            "==": (f"= {count}",),
            "!=": (f"< {count}", f"> {count}"),
            "<": (f"< {count}",),
            "<=": (f"< {count + 1}",),
            ">": (f"> {count}",),
            ">=": (f"> {count - 1}",),
        }[sign if yes else _OPPOSITE[sign]]
        return _any(_one(key, test) for test in tests)

    @staticmethod
    def _same(subject: str, value: str, view: View) -> bool | None:
        """Whether a thing of the moment is what a text says; None if it is no such thing."""
        if subject in ("target>enttype", "maintarget>enttype"):
            return (value == "player") is view.pvp
        if subject in assumptions.OWN_CLASS:
            return assumptions.archetype_of(value) == view.archetype
        if subject.endswith("enttype"):
            return value == "player"
        if subject.endswith("entref") and value.endswith("entref"):
            return subject == value or view.own
        if subject in assumptions.NEVER_SAME or subject.endswith(assumptions.NEVER_ENDS):
            return False
        return None


def _sum_of_powers(tree: Tree) -> list[str]:
    """Return the powers of "A + B + C"; [] for anything else."""
    if tree[0] == "+":
        left, right = _sum_of_powers(tree[1]), _sum_of_powers(tree[2])
        return left + right if left and right else []
    owned = tree[0] == "name" and tree[1].count(".") == _NAME_POINTS and ">" not in tree[1]
    return [tree[1]] if owned else []


def pairs(choice: Choice) -> tuple[Literal, ...]:
    """Return a choice as the planner writes it: AND binds before OR, the first has no prefix."""
    if choice == ALWAYS:
        return ()
    if not choice:
        return (("Never:", "True"),)
    found: list[Literal] = []
    for alternative in sorted(tuple(sorted(each)) for each in choice):
        for index, (key, value) in enumerate(alternative):
            prefix = "" if not found else "AND " if index else "OR "
            found.append((prefix + key, value))
    return tuple(found)
