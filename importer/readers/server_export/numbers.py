"""The numbers of a template as a planner counts them (reference, A.5: formulas)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from importer import expressions
from importer.expressions import Tree
from midsdesk.model.vocab import Scaling

_SECONDS: Final = re.compile(r"\s*([-+\d.eE]+)\s+seconds?\s*")


def seconds(text: str) -> float | None:
    """Return a duration; None for one without an end."""
    match = _SECONDS.fullmatch(text or "0 seconds")
    return float(match.group(1)) if match else None


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a template as a planner counts them."""

    scale: float
    magnitude: float
    duration: float = 0.0
    scaling: int = int(Scaling.MAGNITUDE)
    magnitude_text: str = ""
    duration_text: str = ""
    formulas: Mapping[str, Tree] = field(default_factory=dict)
    endless: bool = False


def numbers(own: Mapping[str, float], template: Mapping[str, Any]) -> Numbers:
    """Return the numbers of a template of a power whose own numbers are `own`."""
    kind = template["type"]
    scale, magnitude = float(template["scale"]), float(template["magnitude"])
    lasts = seconds(template.get("duration") or "")
    duration = 0.0 if lasts is None or kind == "Duration" else lasts
    if kind == "Expression":
        return _formula(own, template, scale, magnitude, duration)
    scaling = {"Duration": Scaling.DURATION, "Constant": Scaling.EXPRESSION}.get(
        kind, Scaling.MAGNITUDE
    )
    return Numbers(scale, magnitude, duration, int(scaling), endless=lasts is None)


def _formula(
    own: Mapping[str, float],
    template: Mapping[str, Any],
    scale: float,
    magnitude: float,
    duration: float,
) -> Numbers:
    """Count a formula out where it follows from the power alone; else keep its text."""
    formulas: dict[str, Tree] = {}
    length = template.get("duration_expression") or ""
    if length:
        formulas["duration"] = expressions.parse(length)
        found = expressions.fold(formulas["duration"], own)
        if found is not None and not found[1]:
            duration, length = found[0], ""
    text = template.get("magnitude_expression") or ""
    if not text:
        return Numbers(scale, magnitude, duration, int(Scaling.EXPRESSION), "", length, formulas)
    formulas["magnitude"] = expressions.parse(text)
    found = expressions.fold(formulas["magnitude"], own)
    if found is not None and not found[1]:
        return Numbers(found[0], 1.0, duration, int(Scaling.EXPRESSION), "", length, formulas)
    if found is not None and not found[0] and not length:
        return Numbers(
            scale * found[1], magnitude, duration, int(Scaling.MAGNITUDE), "", "", formulas
        )
    return Numbers(scale, magnitude, duration, int(Scaling.EXPRESSION), text, length, formulas)
