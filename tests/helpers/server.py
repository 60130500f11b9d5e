"""The server and its real parts for tests: started once a run, each part in a folder of its own."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import requests

from midsdesk.server.db.migrate import migrate
from midsdesk.server.embedded import Postgres, Storage, Valkey, free_ports

ROOT = Path(__file__).parents[2]
SECRET = "a secret for tests that is long enough"
PASSWORD = "correct horse battery"
CHEAP = {
    "MIDSDESK_SECRET": SECRET,
    "MIDSDESK_PASSWORD_MEMORY_KIB": "64",
    "MIDSDESK_PASSWORD_TIME": "1",
    "MIDSDESK_REQUESTS_PER_MINUTE": "1000000",
    "MIDSDESK_ANONYMOUS_PER_MINUTE": "1000000",
    "MIDSDESK_SIGN_INS_PER_MINUTE": "100000",
    "MIDSDESK_REGISTRATIONS_PER_HOUR": "1000000",
    "MIDSDESK_LOG_LEVEL": "WARNING",
}
_WAIT_S = 30.0


class Parts:
    """PostgreSQL, Valkey and S3, made when they are first asked for."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="mdsrv"))
        self.folder.chmod(0o755)
        self._postgres: Postgres | None = None
        self._valkey: Valkey | None = None
        self._storage: Storage | None = None
        self._databases = 0

    @property
    def postgres(self) -> Postgres:
        if self._postgres is None:
            self._postgres = Postgres(self.folder / "pg", fast=True)
            migrate(self._postgres.make("midsdesk_template"))
        return self._postgres

    @property
    def valkey(self) -> Valkey:
        if self._valkey is None:
            self._valkey = Valkey(self.folder / "vk")
        return self._valkey

    @property
    def storage(self) -> Storage:
        if self._storage is None:
            self._storage = Storage(self.folder / "s3")
        return self._storage

    def database(self) -> str:
        """A fresh, migrated database."""
        self._databases += 1
        return self.postgres.make(f"midsdesk_{self._databases}", "midsdesk_template")

    def stop(self) -> None:
        for part in (self._postgres, self._valkey, self._storage):
            if part is not None:
                part.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


class Server:
    """One midsdesk-server process (with `workers`, several) on a port of its own."""

    def __init__(self, settings: Mapping[str, str], port: int = 0) -> None:
        self.port = port or free_ports(1)[0]
        self.url = f"http://127.0.0.1:{self.port}"
        self._settings = {"MIDSDESK_PUBLIC_URL": self.url, **CHEAP, **settings}
        self.log = Path(tempfile.mkstemp(prefix="mdsrv-log")[1])
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, **self._settings, "MIDSDESK_PORT": str(self.port)}

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "midsdesk.server", "serve"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        end = time.monotonic() + _WAIT_S
        while time.monotonic() < end:
            if self._process.poll() is not None:
                break
            try:
                urllib.request.urlopen(f"{self.url}/healthz", timeout=1).close()
            except (OSError, urllib.error.URLError):
                time.sleep(0.03)
            else:
                return
        self.kill()
        raise RuntimeError(f"the server did not start: {self.log.read_text()[-2000:]}")

    def kill(self) -> None:
        """End it at once, its workers too."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def stop(self) -> int:
        """Ask it to stop; returns its exit code."""
        assert self._process is not None
        self._process.terminate()
        code = self._process.wait(20)
        self._process = None
        return code

    def command(self, *words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "midsdesk.server", *words],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def close(self) -> None:
        self.kill()
        self.log.unlink(missing_ok=True)


class Account:
    """A signed-in session, spoken to with plain requests."""

    def __init__(
        self, url: str, login: str, *, register: bool = True, device: str = "test"
    ) -> None:
        self.url = url
        self.login = login
        self.http = requests.Session()
        self.http.trust_env = False
        call = "register" if register else "sign-in"
        body = {"login": login, "password": PASSWORD, "device": device}
        answer = self.http.post(f"{url}/v1/auth/{call}", json=body)
        assert answer.ok, answer.text
        self.take(answer.json())

    def take(self, tokens: dict[str, Any]) -> None:
        self.tokens = tokens
        self.http.headers["Authorization"] = f"Bearer {tokens['access']}"

    def call(self, method: str, path: str, **more: Any) -> requests.Response:
        return self.http.request(method, f"{self.url}{path}", timeout=30, **more)

    def close(self) -> None:
        self.http.close()
