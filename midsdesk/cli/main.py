"""midsdesk-cli: what the window can do, from a shell."""

import argparse
import json
import sys
from collections.abc import Sequence

from midsdesk.cli import check, convert, data, inspect, quirks, totals
from midsdesk.errors import MidsdeskError

_CANCELLED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; the exit code follows the error tree (0 fine, 1 input, 3 system, 4 remote)."""
    parser = argparse.ArgumentParser(prog="midsdesk-cli", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    totals.add_to(commands)
    convert.add_to(commands)
    inspect.add_to(commands)
    check.add_to(commands)
    quirks.add_to(commands)
    data.add_to(commands)
    args = parser.parse_args(argv)
    try:
        return int(args.run(args))
    except MidsdeskError as error:
        if getattr(args, "json", False):
            sys.stdout.write(json.dumps({"error": error.for_support()}) + "\n")
        sys.stderr.write(f"midsdesk-cli: {error.user_message}\n")
        return error.exit_code
    except KeyboardInterrupt:
        return _CANCELLED


if __name__ == "__main__":
    sys.exit(main())
