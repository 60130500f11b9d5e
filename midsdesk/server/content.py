"""What the server reads in a build: that it is one, its name, archetype and level; never more.

Content of a newer program is kept as it is: an old server must not stand in a new client's way.
"""

import json
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from pydantic import ValidationError

from midsdesk.formats.native_shape import FORMAT, VERSION, BuildShape, FileShape
from midsdesk.server.problems import NOT_A_BUILD, ProblemError

_CONTROL: Final = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_LONGEST_NAME: Final = 200
_TOP_LEVEL: Final = 50
_DEEPEST: Final = 64


@dataclass(frozen=True, slots=True)
class Summary:
    """What lists show of a build."""

    name: str
    archetype: str
    level: int


def summary_of(content: bytes) -> Summary:
    """Check that bytes are a build, and summarise it.

    Raises:
        ProblemError: 422.
    """
    try:
        shape = FileShape.model_validate_json(content)
    except ValidationError as flaw:
        return _newer(content, flaw)
    except (ValueError, RecursionError) as flaw:
        raise ProblemError(NOT_A_BUILD) from flaw
    return Summary(_line(shape.build.name), _line(shape.build.archetype), level_of(shape.build))


def shape_of(content: bytes) -> BuildShape | None:
    """The build in stored content; None if this server cannot read it."""
    try:
        return FileShape.model_validate_json(content).build
    except (ValueError, RecursionError):
        return None


def level_of(build: BuildShape) -> int:
    """Highest level of any pick or slot that holds a power, from 1."""
    levels = [1]
    for entry in (*build.picks, *build.others):
        if entry.power:
            levels.append(entry.level)
            levels += [slot.level for slot in entry.slots]
    return min(_TOP_LEVEL, max(levels))


def sha_of(content: bytes) -> str:
    """Hash of content, as hexadecimal text."""
    return sha256(content).hexdigest()


def _line(text: str) -> str:
    return _CONTROL.sub("", text)[:_LONGEST_NAME]


def _newer(content: bytes, flaw: ValidationError) -> Summary:
    """The summary of a build of a newer program; of anything else the flaw."""
    try:
        value: Any = json.loads(content)
        is_newer = value["format"] == FORMAT and int(value["version"]) > VERSION
        build = value["build"]
        if is_newer and isinstance(build, dict) and _depth_is_fine(value):
            name, archetype = build.get("name", ""), build.get("archetype", "")
            return Summary(_line(str(name)), _line(str(archetype)), 1)
    except (ValueError, LookupError, TypeError, RecursionError):
        pass
    first = flaw.errors(include_url=False, include_input=False, include_context=False)[0]
    place = ".".join(str(step) for step in first["loc"])[:_LONGEST_NAME]
    detail = f"{place}: {first['msg']}"[:_LONGEST_NAME]
    raise ProblemError(NOT_A_BUILD, _line(detail)) from flaw


def _depth_is_fine(value: Any) -> bool:
    layer = [value]
    for _ in range(_DEEPEST):
        layer = [
            inner
            for each in layer
            for inner in (each.values() if isinstance(each, dict) else each)
            if isinstance(inner, (dict, list))
        ]
        if not layer:
            return True
    return False
