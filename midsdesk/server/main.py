"""midsdesk-server: serve, migrate, gc, doctor, openapi, reset-password."""

import argparse
import asyncio
import json
import logging
import os
import secrets
import sys
import tempfile
from collections.abc import Callable, Sequence

from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

_FINE, _BAD, _USAGE, _SYSTEM, _EXTERNAL, _CANCELLED = 0, 1, 2, 3, 4, 130
_RESET_HOURS = 24
_PROMETHEUS = "PROMETHEUS_MULTIPROC_DIR"


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; 0 fine, 1 something is wrong, 2 usage, 3 this machine, 4 another one."""
    parser = argparse.ArgumentParser(prog="midsdesk-server", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        words = (run.__doc__ or "").partition("\n")[0]
        command = commands.add_parser(name, help=words, description=words)
        command.set_defaults(run=run)
        return command

    add("serve", serve).add_argument("--fd", type=int, default=None, help="a listening socket")
    add("migrate", migrate)
    add("gc", gc)
    add("doctor", doctor)
    add("openapi", openapi)
    add("reset-password", reset_password).add_argument("login")
    args = parser.parse_args(argv)
    try:
        return int(args.run(args))
    except ValidationError as error:
        for flaw in error.errors(include_url=False, include_input=False):
            name = "_".join(("MIDSDESK", *(str(step).upper() for step in flaw["loc"])))
            sys.stderr.write(f"midsdesk-server: {name}: {flaw['msg']}\n")
        return _USAGE
    except SQLAlchemyError as error:
        sys.stderr.write(f"midsdesk-server: the database failed ({type(error).__name__})\n")
        return _EXTERNAL
    except KeyboardInterrupt:
        return _CANCELLED


def serve(args: argparse.Namespace) -> int:
    """Answer requests until told to stop."""
    import uvicorn  # noqa: PLC0415 - only this command needs it

    from midsdesk.server.settings import settings  # noqa: PLC0415

    chosen = settings()
    if chosen.workers > 1 and _PROMETHEUS not in os.environ:
        # Before anything is counted: the workers add their figures up in files.
        os.environ[_PROMETHEUS] = tempfile.mkdtemp(prefix="midsdesk-metrics-")
    if bad := _fatal():
        return bad
    from midsdesk.server.logs import start_logs  # noqa: PLC0415

    start_logs(chosen.log_level)
    uvicorn.run(
        "midsdesk.server.worker:make",
        factory=True,
        host=chosen.host,
        port=chosen.port,
        fd=args.fd,
        workers=chosen.workers,
        http="midsdesk.server.protocols:GuardedProtocol",
        ws_max_size=4096,
        ws_ping_interval=30,
        ws_ping_timeout=30,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=20,
        timeout_graceful_shutdown=10,
        h11_max_incomplete_event_size=16 * 1024,
        backlog=4096,
    )
    return _FINE


def migrate(_args: argparse.Namespace) -> int:
    """Bring the database to this version and the game data into it."""
    from midsdesk.server import gamedata  # noqa: PLC0415
    from midsdesk.server.db.migrate import migrate as upgrade  # noqa: PLC0415
    from midsdesk.server.settings import settings  # noqa: PLC0415

    version = upgrade(settings().database_url)
    pack = gamedata.packed_file(settings().gamedata)
    changed = gamedata.load(settings().database_url, pack) if pack else 0
    _say({"version": version, "game_data_changed": changed})
    return _FINE


def gc(_args: argparse.Namespace) -> int:
    """Delete what is over: sessions, links, files, tombstones, old versions."""
    from midsdesk.server.gc import sweep  # noqa: PLC0415
    from midsdesk.server.settings import settings  # noqa: PLC0415

    _say(sweep(settings()))
    return _FINE


def doctor(_args: argparse.Namespace) -> int:
    """Look at everything the server needs."""
    from midsdesk.server.doctor import examine  # noqa: PLC0415
    from midsdesk.server.settings import settings  # noqa: PLC0415

    findings = examine(settings())
    for finding in findings:
        sys.stdout.write(f"{'ok ' if finding.fine else 'BAD'} {finding.what}: {finding.said}\n")
    return _FINE if all(finding.fine for finding in findings) else _BAD


def openapi(_args: argparse.Namespace) -> int:
    """Print the description of the interface."""
    from midsdesk.server.app import create_app  # noqa: PLC0415
    from midsdesk.server.settings import Settings  # noqa: PLC0415

    app = create_app(Settings(secret=secrets.token_hex(32)))  # type: ignore[arg-type]
    _say(app.openapi())
    return _FINE


def reset_password(args: argparse.Namespace) -> int:
    """Print a token with which an account can set a new password, good for a day and once."""
    from midsdesk.server.db import accounts  # noqa: PLC0415
    from midsdesk.server.services import make_engine  # noqa: PLC0415
    from midsdesk.server.settings import settings  # noqa: PLC0415

    token = secrets.token_urlsafe(32)

    async def put() -> bool:
        engine = make_engine(settings())
        try:
            async with engine.begin() as db:
                return await accounts.put_reset(db, args.login, token, _RESET_HOURS)
        finally:
            await engine.dispose()

    if not asyncio.run(put()):
        sys.stderr.write("midsdesk-server: there is no such account\n")
        return _BAD
    sys.stdout.write(f"{token}\n")
    return _FINE


def _fatal() -> int:
    from midsdesk.server.doctor import examine  # noqa: PLC0415
    from midsdesk.server.settings import settings  # noqa: PLC0415

    bad = [finding for finding in examine(settings()) if finding.fatal]
    for finding in bad:
        sys.stderr.write(f"midsdesk-server: {finding.what} {finding.said}\n")
    logging.captureWarnings(True)
    return _EXTERNAL if bad else _FINE


def _say(value: object) -> None:
    json.dump(value, sys.stdout, indent=1, sort_keys=True)
    sys.stdout.write("\n")


if __name__ == "__main__":
    sys.exit(main())
