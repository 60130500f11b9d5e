"""Name the functions, classes and imports that nothing uses, not even a test.

vulture finds them. Left to itself it also names every field of a dataclass and every member of a
vocabulary that is only ever written to a file; this keeps to what can be deleted on its word.
Settings: pyproject.toml, [tool.vulture].
"""

import sys
import tomllib
from pathlib import Path
from typing import Any, Final

from vulture import Vulture  # type: ignore[import-untyped]

ROOT: Final = Path(__file__).resolve().parent.parent
KINDS: Final = ("function", "class", "method", "property", "import", "unreachable_code")


def main() -> int:
    """Print what is dead, a line each; return 1 if there is any."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    dead = find_dead(settings["tool"]["vulture"])
    for line in dead:
        print(line)
    return 1 if dead else 0


def find_dead(settings: dict[str, Any]) -> list[str]:
    """Return one line for each dead thing: place, kind and name."""
    finder = Vulture(
        ignore_names=settings["ignore_names"], ignore_decorators=settings["ignore_decorators"]
    )
    finder.scavenge([str(ROOT / path) for path in settings["paths"]])
    found = finder.get_unused_code(min_confidence=settings["min_confidence"])
    return [
        f"{item.filename.relative_to(ROOT)}:{item.first_lineno}: unused {item.typ} {item.name}"
        for item in found
        if item.typ in KINDS
    ]


if __name__ == "__main__":
    sys.exit(main())
