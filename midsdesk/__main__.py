"""Start the planner; without a display it says so and shows on paper what the window would show."""
# ruff: noqa: PLC0415 - the window is imported only where there can be one

import os
import sys
from collections.abc import Sequence
from pathlib import Path

PREVIEW = Path("build") / "preview.png"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the window; returns the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if has_display() or not arguments or arguments[0] != "--sample":
        from midsdesk.desktop import main as window

        return window(arguments)
    return _without_display(arguments)


def has_display() -> bool:
    """Return whether a window could be seen."""
    if not sys.platform.startswith("linux"):
        return True
    if os.environ.get("QT_QPA_PLATFORM") in ("offscreen", "minimal"):
        return False
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _without_display(arguments: list[str]) -> int:
    """Print the totals of the sample build and save a picture of the real window."""
    from midsdesk.cli.main import main as command
    from midsdesk.host.resources import resource

    sys.stdout.write(
        "There is no display, so no window can be shown. The totals of the sample build:\n\n"
    )
    sys.stdout.flush()
    sample = next(iter(sorted(resource("samples").glob("*.mbd"))))
    code = command(["totals", str(sample)])
    if code:
        return code
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from midsdesk.desktop import main as window

    PREVIEW.parent.mkdir(parents=True, exist_ok=True)
    code = window([*arguments, "--screenshot", str(PREVIEW), "--size", "1440x900"])
    if code == 0:
        sys.stdout.write(f"\nA picture of the window is in {PREVIEW}.\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
