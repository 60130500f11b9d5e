"""Effect groups are trees; a child inherits all its parents have. Here they are laid flat."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from importer import expressions
from importer.expressions import FALSE, Tree, both

Group = Mapping[str, Any]

_DEEPEST: Final = 32


@dataclass(frozen=True, slots=True)
class Frame:
    """What holds for the templates of one group, its parents' share included.

    Attributes:
        condition: All conditions together; None for none.
        chance: Product. delay: sum, seconds. tags: own ones last.
        scope: EITHER, PVE_ONLY or PVP_ONLY.
        ppm: Of the nearest group that has one.
        flags: Of all of them.
        ring: Inner and outer radius; None as the power.
    """

    condition: Tree | None = None
    chance: float = 1.0
    delay: float = 0.0
    tags: tuple[str, ...] = ()
    scope: str = "EITHER"
    ppm: float = 0.0
    flags: frozenset[str] = frozenset()
    ring: tuple[float, float] | None = None


def condition_of(text: str) -> Tree | None:
    """Return the tree of a condition; None for an empty text."""
    return expressions.parse(text) if text.strip() else None


def flat(
    groups: Sequence[Group], frame: Frame | None = None, depth: int = 0
) -> Iterator[tuple[Frame, Mapping[str, Any]]]:
    """Yield every template with the frame it stands in, in file order."""
    frame = frame or Frame()
    for index, group in enumerate(groups):
        inner = _inside(frame, group, groups[:index])
        for template in group.get("templates") or ():
            yield inner, template
        if depth < _DEEPEST:
            yield from flat(group.get("child_effects") or (), inner, depth + 1)


def _inside(outer: Frame, group: Group, before: Sequence[Group]) -> Frame:
    flags = frozenset(group.get("flags") or ())
    condition = both(outer.condition, condition_of(group.get("requires_expression") or ""))
    if "Fallback" in flags:
        condition = both(condition, _none_of(before))
    if "HitRollFail" in flags:
        condition = FALSE  # a planner's rolls hit
    if "HideFromInfo" in flags and any(_is_shown_instead(each) for each in before):
        condition = FALSE
    scope = group.get("is_pvp") or "EITHER"
    inner, outer_radius = group.get("radius_inner", -1.0), group.get("radius_outer", -1.0)
    return replace(
        outer,
        condition=condition,
        chance=outer.chance * float(group.get("chance", 1.0)),
        delay=outer.delay + float(group.get("delay", 0.0)),
        tags=(*outer.tags, *(tag for tag in group.get("tags") or () if tag not in outer.tags)),
        scope=outer.scope if scope == "EITHER" else scope,
        ppm=float(group.get("ppm") or 0.0) or outer.ppm,
        flags=outer.flags | flags,
        ring=(inner, outer_radius) if inner >= 0 or outer_radius >= 0 else outer.ring,
    )


def _is_shown_instead(group: Group) -> bool:
    """Whether the game shows this group for its hidden sibling: one of both applies, and which is
    decided behind the scenes (a grazing beam, a raid's boss).
    """
    return "Fallback" in (group.get("flags") or ()) and not group.get("requires_expression")


def _none_of(groups: Sequence[Group]) -> Tree | None:
    """Return "none of the groups before applied"; one of uncertain chance may always fail."""
    found: Tree | None = None
    for group in groups:
        if float(group.get("chance", 1.0)) < 1.0:
            continue
        condition = condition_of(group.get("requires_expression") or "")
        found = both(found, FALSE if condition is None else ("not", condition))
    return found
