"""Conditions of effects in words: "while hidden", "with Domination on", "without Fast Mode".

Source: calculation reference A, sections 4.4 and 4.5.
"""

from typing import Final

from midsdesk.calc.describe_words import spaced
from midsdesk.calc.explain_names import power_title
from midsdesk.calc.live import Live
from midsdesk.model.catalog import Catalog
from midsdesk.model.vocab import SpecialCase, label

_CASES: Final[dict[int, str]] = {
    SpecialCase.HIDDEN: "while hidden",
    SpecialCase.DOMINATION: "with Domination on",
    SpecialCase.SCOURGE: "with Scourge on",
    SpecialCase.HELD_TARGET: "on a held target",
    SpecialCase.CRITICAL_HIT: "on a critical hit",
    SpecialCase.CRITICAL_BOSS: "on a critical hit against a boss",
    SpecialCase.CRITICAL_MINION: "on a critical hit against a minion",
    SpecialCase.ROBOT: "on a robot",
    SpecialCase.ASSASSINATION: "with Assassination on",
    SpecialCase.NOT_ASSASSINATION: "without Assassination",
    SpecialCase.CONTAINMENT: "with Containment on",
    SpecialCase.DEFIANCE: "with Defiance on",
    SpecialCase.TARGET_DRONE_ACTIVE: "with Targeting Drone on",
    SpecialCase.COMBO: "in a combo",
    SpecialCase.VERSUS_SPECIAL: "against special foes",
    SpecialCase.DISINTEGRATED: "with Disintegrate on",
    SpecialCase.NOT_DISINTEGRATED: "without Disintegrate",
    SpecialCase.ACCELERATED: "with Temporal Selection on",
    SpecialCase.NOT_ACCELERATED: "without Temporal Selection",
    SpecialCase.DELAYED: "with Time Crawl on",
    SpecialCase.NOT_DELAYED: "without Time Crawl",
    SpecialCase.NOT_COMBO_LEVEL_3: "below combo level 3",
    SpecialCase.FAST_MODE: "in fast mode",
    SpecialCase.TEAM_SIZE_1: "in a team of 2 or more",
    SpecialCase.TEAM_SIZE_2: "in a team of 3 or more",
    SpecialCase.TEAM_SIZE_3: "in a team of 4 or more",
    SpecialCase.TO_HIT_97: "from 22 % to-hit on",
    SpecialCase.NOT_DEFENSIVE_ADAPTATION: "without Defensive Adaptation",
    SpecialCase.NOT_DEFENSIVE_NOR_OFFENSIVE_ADAPTATION: (
        "without Defensive and Offensive Adaptation"
    ),
    SpecialCase.BOXING_BUFF: "with Boxing in the build",
    SpecialCase.KICK_BUFF: "with Kick in the build",
    SpecialCase.CROSS_PUNCH_BUFF: "with Cross Punch in the build",
    SpecialCase.NOT_BOXING_BUFF: "without Boxing in the build",
    SpecialCase.NOT_KICK_BUFF: "without Kick in the build",
    SpecialCase.NOT_CROSS_PUNCH_BUFF: "without Cross Punch in the build",
    SpecialCase.SUPREMACY: "with Supremacy on",
    SpecialCase.SUPREMACY_AND_BUFF_PWR: "with Supremacy and Pack Mentality on",
    SpecialCase.NOT_PACK_MENTALITY: "without Pack Mentality",
    SpecialCase.PET_TIER_2: "with the first upgrade on",
    SpecialCase.PET_TIER_3: "with the second upgrade on",
    SpecialCase.NOT_FAST_SNIPE: "without Fast Snipe",
}
_SIGNS: Final = {"=": "", ">": "more than ", "<": "fewer than "}
_IS_TEAM: Final = "any"


def case_in_words(special_case: int) -> str:
    """Return a special case in words, "" for none."""
    if not special_case:
        return ""
    known = _CASES.get(special_case)
    if known:
        return known
    return f"with {label(SpecialCase, special_case).title()} on"


def conditions_in_words(conditions: tuple[tuple[str, str], ...], catalog: Catalog) -> str:
    """Return the conditions of an effect in words, "" for none."""
    text = ""
    for key, value in conditions:
        prefix, _, rest = key.rpartition(" ") if key.startswith(("AND ", "OR ")) else ("", "", key)
        kind, _, item = rest.partition(":")
        phrase = _pair(kind, item, value, catalog)
        if text:
            text += f"{' or ' if prefix == 'OR' else ' and '}{phrase}"
        else:
            text = phrase
    return text


def in_words(each: Live, catalog: Catalog) -> str:
    """Return what must hold for an effect, "" for nothing."""
    return gate_in_words(each.effect.special_case, each.conditions, catalog)


def gate_in_words(
    special_case: int, conditions: tuple[tuple[str, str], ...], catalog: Catalog
) -> str:
    """Return what must hold: the special case, or else the conditions."""
    parts = (case_in_words(special_case), conditions_in_words(conditions, catalog))
    return " or ".join(part for part in parts if part)


def reason_unmet(each: Live, catalog: Catalog) -> str:
    """Return why an effect's gate is shut: "only with Domination on"."""
    words = in_words(each, catalog)
    return f"only {words}" if words else "its conditions do not hold"


def _pair(kind: str, item: str, value: str, catalog: Catalog) -> str:
    name = spaced(power_title(item, catalog))
    wanted = value == "True"
    match kind:
        case "Active":
            return f"with {name} on" if wanted else f"without {name}"
        case "Taken":
            return f"with {name} in the build" if wanted else f"without {name} in the build"
        case "Stacks":
            return f"with {_count(value)} of {name}"
        case "Team":
            whom = "teammates" if item.lower() == _IS_TEAM else f"{item} in the team"
            return f"with {_count(value)} {whom}"
        case "Never":  # the reader found a condition on what no plan knows
            return "in cases that a plan cannot foresee"
    return f"{kind} {name} {value}".strip()


def _count(text: str) -> str:
    sign, _, amount = text.partition(" ")
    return f"{_SIGNS.get(sign, sign)}{amount}"
