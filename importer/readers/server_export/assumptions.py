"""What a planner assumes of the moment a power is used, where the server asks.

The roll hits, the target is a healthy boss of even level beside the character, on the ground and
out of combat; the character is at level 50, healthy and has everything an account can own.
"""

from dataclasses import dataclass
from typing import Final

# Statuses of the target that Containment asks for.
_CONTAINED: Final = ("kheld", "ksleep", "kimmobilized", "kstunned", "kterrorized", "kimmobilize")
_LEVEL: Final = 50.0
_LONG_AGO: Final = 1e9


@dataclass(frozen=True, slots=True)
class View:
    """For whom a condition is looked at.

    Attributes:
        archetype: Class name in small letters without `class_`; "" for none in particular.
        pvp: Against players.
        foe: The power is used on foes.
        contained: The effect waits for a contained target.
        own: The effect reaches only whoever uses the power.
    """

    archetype: str = ""
    pvp: bool = False
    foe: bool = True
    contained: bool = False
    own: bool = False


OF_SOMEBODY: Final = frozenset(
    {
        "auth",
        "source.involume",
        "source.tokenval",
        "target.villainname",
        "target.eventcount",
        "source.eventcount",
        "target.tokentime",
    }
)


FLAGS: Final = {"always": True, "@forcehit": False, "generic": False}
# Questions whose answer a planner assumes.
ANSWERS: Final = {
    "hastag?": False,
    "tokenowned?": False,
    "owned?": True,
    "productowned?": True,
    "isvip?": True,
    "isaccountinventoryloaded?": True,
    "ismissionmap?": True,
    "isteammate?": False,
}
# What an account "owns" for some days of the year only.
EVENTS: Final = frozenset({"fourone"})
OWN_CLASS: Final = frozenset(
    {
        "source>arch",
        "char>arch",
        "source.owner>arch",
        "$archetype",
        "$archtype",
        "owner>arch",
        "source>archetype:",
    }
)
NEVER_SAME: Final = frozenset(
    {
        "target>group",
        "target>rank",
        "target>costume",
        "mapname",
        "mapname>",
        "@customfx",
        "power.base>powersetname",
    }
)
NEVER_ENDS: Final = (
    ">arch",
    ">curcostume",
    "mapname>",
    ">costume",
    ">group",
    ">rank",
    "villainname",
)


def archetype_of(name: str) -> str:
    """Return a class name in small letters, without what some texts put before it."""
    return name.lower().removeprefix("@").removeprefix("class_").replace(" ", "_")


class Facts:
    """Numbers of the moment a planner assumes: all is well, nothing happened lately."""

    def __init__(self, view: View) -> None:
        self._view = view

    def __call__(self, name: str) -> float | None:
        """Return the number a name stands for; None for one nobody assumes."""
        who, _, value = name.lower().rpartition(">")
        if value in ("level", "combatlevel"):
            return _LEVEL
        if ".eventtimesince" in name.lower():
            return self._since(who, value)
        if value.removesuffix("%").endswith(("khitpoints", "kendurance")):
            return 100.0
        if who.startswith("target") and value.rpartition(".")[2] in _CONTAINED:
            return 1.0 if self._view.contained else 0.0
        if value.startswith(("k", "cur.k", "mod.k", "str.k")):
            return 0.0
        return _NUMBERS.get(name.lower())

    def _since(self, who: str, event: str) -> float:
        if event == "nearground":
            return 0.0
        contained = self._view.contained and event == "sleep" and who.startswith("target")
        return 0.0 if contained else _LONG_AGO


_NUMBERS: Final = {
    "@tohitroll": 0.0,
    "@tohit": 1.0,
    "@forcehit": 0.0,
    "@chancemods": 0.0,
    "distance": 0.0,
    "prevdistance": 0.0,
    "char>accesslevel": 0.0,
    # Of the power a piece sits in: a click that takes its time.
    "power.base>activateperiod": 0.0,
    "power.base>activatetime": 1.0,
}
