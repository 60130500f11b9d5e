"""When an effect counts: special cases (the older form) and conditions.

Source: calculation reference A, sections 2.6, 4.4 and 4.5.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from midsdesk.calc.facts import Asked
from midsdesk.calc.quirks import Quirk
from midsdesk.model.vocab import ClassKind, SpecialCase

Conditions = tuple[tuple[str, str], ...]
Quirks = frozenset[Quirk]

_TIER_2: Final = [
    "train_beasts",
    "enchant_demon",
    "equip_mercenary",
    "enchant_undead",
    "train_ninjas",
    "equip_robot",
    "equip_thugs",
]
_TIER_3: Final = [
    "tame_beasts",
    "abyssal_empowerment",
    "tactical_upgrade",
    "dark_empowerment",
    "kuji_in_zen",
    "upgrade_robot",
    "upgrade_equipment",
]

# The chance to hit that the special case of that name speaks of, percent.
_TO_HIT_97: Final = 97.0
_USUAL_TO_HIT: Final = 0.75

_Case = Callable[[Asked], bool]


def _lit(name: str) -> _Case:
    return lambda facts: bool(facts.ask("lit", name))


def _not_lit(name: str) -> _Case:
    return lambda facts: not facts.ask("lit", name)


def _present(name: str) -> _Case:
    return lambda facts: bool(facts.ask("present", name))


def _not_present(name: str) -> _Case:
    return lambda facts: not facts.ask("present", name)


def _stalker(facts: Asked) -> bool:
    return facts.ask("archetype") == "stalker"


def _combo(level: int) -> _Case:
    return lambda facts: facts.ask("combo") == level


def _body(level: int) -> _Case:
    def test(facts: Asked) -> bool:
        if _stalker(facts) or facts.ask("form") == "body":
            return facts.ask("combo") == level
        return level == 0

    return test


def _perfection(form: str, level: int) -> _Case:
    def test(facts: Asked) -> bool:
        if not _stalker(facts) and facts.ask("form") == form:
            return facts.ask("combo") == level
        return level == 0

    return test


def _any_lit(names: list[str]) -> _Case:
    return lambda facts: any(facts.ask("lit", name) for name in names)


def _team(over: int) -> _Case:
    return lambda facts: int(facts.ask("team")) > over


CASES: Final[dict[int, _Case]] = {
    SpecialCase.HIDDEN: lambda facts: (
        _stalker(facts) or facts.ask("kind") == ClassKind.VILLAIN_EPIC
    ),
    SpecialCase.CRITICAL_HIT: lambda facts: (
        bool(facts.ask("lit", "critical_hit")) or _stalker(facts)
    ),
    SpecialCase.CRITICAL_BOSS: _lit("critical_hit"),
    SpecialCase.ASSASSINATION: lambda facts: (
        _stalker(facts) and bool(facts.ask("lit", "assassination"))
    ),
    SpecialCase.NOT_ASSASSINATION: _not_lit("assassination"),
    SpecialCase.DOMINATION: _lit("domination"),
    SpecialCase.SCOURGE: _lit("scourge"),
    SpecialCase.CONTAINMENT: _lit("containment"),
    SpecialCase.DEFIANCE: _lit("defiance"),
    SpecialCase.TARGET_DRONE_ACTIVE: lambda facts: (
        facts.ask("archetype") == "blaster" and bool(facts.ask("lit", "targeting_drone"))
    ),
    SpecialCase.DISINTEGRATED: _lit("disintegrate"),
    SpecialCase.NOT_DISINTEGRATED: _not_lit("disintegrate"),
    SpecialCase.ACCELERATED: _lit("temporal_selection"),
    SpecialCase.NOT_ACCELERATED: _not_lit("temporal_selection"),
    SpecialCase.DELAYED: _lit("time_crawl"),
    SpecialCase.NOT_DELAYED: _not_lit("time_crawl"),
    SpecialCase.COMBO_LEVEL_0: _combo(0),
    SpecialCase.COMBO_LEVEL_1: _combo(1),
    SpecialCase.COMBO_LEVEL_2: _combo(2),
    SpecialCase.COMBO_LEVEL_3: _combo(3),
    SpecialCase.NOT_COMBO_LEVEL_3: lambda facts: facts.ask("combo") != 3,
    SpecialCase.PERFECTION_OF_BODY_0: _body(0),
    SpecialCase.PERFECTION_OF_BODY_1: _body(1),
    SpecialCase.PERFECTION_OF_BODY_2: _body(2),
    SpecialCase.PERFECTION_OF_BODY_3: _body(3),
    SpecialCase.PERFECTION_OF_MIND_0: _perfection("mind", 0),
    SpecialCase.PERFECTION_OF_MIND_1: _perfection("mind", 1),
    SpecialCase.PERFECTION_OF_MIND_2: _perfection("mind", 2),
    SpecialCase.PERFECTION_OF_MIND_3: _perfection("mind", 3),
    SpecialCase.PERFECTION_OF_SOUL_0: _perfection("soul", 0),
    SpecialCase.PERFECTION_OF_SOUL_1: _perfection("soul", 1),
    SpecialCase.PERFECTION_OF_SOUL_2: _perfection("soul", 2),
    SpecialCase.PERFECTION_OF_SOUL_3: _perfection("soul", 3),
    SpecialCase.FAST_MODE: _lit("fast_mode"),
    SpecialCase.TEAM_SIZE_1: _team(1),
    SpecialCase.TEAM_SIZE_2: _team(2),
    SpecialCase.TEAM_SIZE_3: _team(3),
    SpecialCase.DEFENSIVE_ADAPTATION: _lit("defensive_adaptation"),
    SpecialCase.EFFICIENT_ADAPTATION: _lit("efficient_adaptation"),
    SpecialCase.OFFENSIVE_ADAPTATION: _lit("offensive_adaptation"),
    SpecialCase.NOT_DEFENSIVE_ADAPTATION: _not_lit("defensive_adaptation"),
    SpecialCase.NOT_DEFENSIVE_NOR_OFFENSIVE_ADAPTATION: lambda facts: (
        not facts.ask("lit", "defensive_adaptation")
        and not facts.ask("lit", "offensive_adaptation")
    ),
    SpecialCase.BOXING_BUFF: _present("boxing"),
    SpecialCase.NOT_BOXING_BUFF: _not_present("boxing"),
    SpecialCase.KICK_BUFF: _present("kick"),
    SpecialCase.NOT_KICK_BUFF: _not_present("kick"),
    SpecialCase.CROSS_PUNCH_BUFF: _present("cross_punch"),
    SpecialCase.NOT_CROSS_PUNCH_BUFF: _not_present("cross_punch"),
    SpecialCase.SUPREMACY: lambda facts: (
        bool(facts.ask("lit", "supremacy")) and not facts.ask("lit", "pack_mentality")
    ),
    SpecialCase.SUPREMACY_AND_BUFF_PWR: lambda facts: (
        bool(facts.ask("lit", "supremacy")) and bool(facts.ask("lit", "pack_mentality"))
    ),
    SpecialCase.PACK_MENTALITY: _lit("pack_mentality"),
    SpecialCase.NOT_PACK_MENTALITY: _not_lit("pack_mentality"),
    SpecialCase.PET_TIER_2: _any_lit(_TIER_2),
    SpecialCase.PET_TIER_3: _any_lit(_TIER_3),
    SpecialCase.FAST_SNIPE: _lit("fast_snipe"),
    SpecialCase.NOT_FAST_SNIPE: _not_lit("fast_snipe"),
}


def _compare(value: int, test: str) -> bool | None:
    """Compare `value` with "= n", "> n" or "< n"; None for an unknown operator or number."""
    sign, _, number = test.partition(" ")
    try:
        wanted = int(number)
    except ValueError:
        return None
    match sign:
        case "=":
            return value == wanted
        case ">":
            return value > wanted
        case "<":
            return value < wanted
    return None


def _pair(kind: str, item: str, value: str, facts: Asked) -> bool | None:
    """Return whether one condition holds; None where the old planner keeps its last result."""
    name = item.lower()
    match kind:
        case "Active" | "Taken":
            return bool(facts.ask(kind.lower(), name)) is (value == "True")
        case "Stacks":
            return _compare(int(facts.ask("stacks", name)), value)
        case "Team":
            members = int(facts.ask("member", item))
            return members >= 0 and bool(_compare(members, value))
    return None


@lru_cache(maxsize=1 << 12)
def _read(key: str) -> tuple[str, str, str]:
    """Return the prefix, the kind and the item of a condition's key."""
    prefix, _, rest = key.rpartition(" ") if key.startswith(("AND ", "OR ")) else ("", "", key)
    kind, _, item = rest.partition(":")
    return prefix, kind, item


def _all_valid(conditions: Conditions, facts: Asked) -> bool:
    """AND binds before OR; the first pair's prefix is ignored, a missing one means AND."""
    alternatives: list[bool] = []
    together = True
    for index, (key, value) in enumerate(conditions):
        prefix, kind, item = _read(key)
        holds = bool(_pair(kind, item, value, facts))
        if index and prefix == "OR":
            alternatives.append(together)
            together = holds
        else:
            together = together and holds
    return together or any(alternatives)


def _hits_97(facts: Asked, quirks: Quirks) -> bool:
    """Return whether 97 % is reached; the old planner always begins with 75 %."""
    base = _USUAL_TO_HIT
    if Quirk.TO_HIT_97_FROM_75 not in quirks:
        base = float(facts.ask("base_to_hit"))
    return float(facts.ask("to_hit")) * 100 >= _TO_HIT_97 - base * 100


def counts(special_case: int, conditions: Conditions, facts: Asked, quirks: Quirks) -> bool:
    """Return whether an effect is in force: its special case holds, or all its conditions do."""
    return both(special_case, conditions, facts, quirks)[0]


def valid(conditions: Conditions, facts: Asked) -> bool:
    """Return whether the conditions alone hold; no conditions hold always."""
    return not conditions or _all_valid(conditions, facts)


def both(
    special_case: int, conditions: Conditions, facts: Asked, quirks: Quirks
) -> tuple[bool, bool]:
    """Return what `counts` and `valid` say; the conditions are gone through once."""
    holds = valid(conditions, facts)
    if special_case and (case := CASES.get(special_case)) and case(facts):
        return True, holds
    if special_case == SpecialCase.TO_HIT_97 and _hits_97(facts, quirks):
        return True, holds
    if not conditions:
        return not special_case, holds
    if Quirk.OR_CONDITIONS_STALE in quirks and any(key.startswith("OR ") for key, _ in conditions):
        return False, holds
    return holds, holds
