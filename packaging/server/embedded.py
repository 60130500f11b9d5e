"""`make server`: PostgreSQL, Valkey, S3 and the server on this machine, data in one folder.

For trying out and for players on one machine; not for strangers.
"""

import argparse
import json
import os
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Final

from midsdesk.server.embedded import EmbeddedError, Postgres, Storage, Valkey

ROOT: Final = Path(__file__).resolve().parents[2]
_DATABASE: Final = "midsdesk"
# Sockets in the file system have a limit of 107 bytes for their names.
_LONGEST_FOLDER: Final = 80


def main() -> int:
    """Start everything, print the address, stop everything on Ctrl-C."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT / "build" / "server")
    parser.add_argument("--port", type=int, default=8765)
    args = parser.parse_args()
    folder = args.data.resolve()
    if len(str(folder)) > _LONGEST_FOLDER:
        print(f"{folder} is too long a name for sockets; choose another with --data.")
        return 2
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return run(folder, args.port)
    except EmbeddedError as error:
        print(f"{error}: run make setup")
        return 3


def run(folder: Path, port: int) -> int:
    """Run all parts until the server ends."""
    postgres = Postgres(folder / "postgres")
    valkey = Valkey(folder / "valkey")
    storage = Storage(folder / "s3")
    try:
        url = postgres.url(_DATABASE)
        if not postgres.has(_DATABASE):
            postgres.make(_DATABASE)
        address = f"http://127.0.0.1:{port}"
        environment = {
            **os.environ,
            "MIDSDESK_DATABASE_URL": url,
            "MIDSDESK_REDIS_URL": valkey.url,
            "MIDSDESK_SECRET": kept_secret(folder / "secret.json"),
            "MIDSDESK_PUBLIC_URL": address,
            "MIDSDESK_PORT": str(port),
            "MIDSDESK_LOG_LEVEL": "WARNING",
            **storage.environment,
        }
        command = [sys.executable, "-m", "midsdesk.server"]
        subprocess.run([*command, "migrate"], env=environment, cwd=ROOT, check=True)
        print(f"midsdesk server: {address}   (data in {folder}; Ctrl-C stops it)", flush=True)
        try:
            return subprocess.run([*command, "serve"], env=environment, cwd=ROOT).returncode
        except KeyboardInterrupt:
            return 0
    finally:
        storage.stop()
        valkey.stop()
        postgres.stop()


def kept_secret(path: Path) -> str:
    """The secret of this folder, made at the first start."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(json.dumps({"secret": secrets.token_hex(32)}), encoding="utf-8")
    return str(json.loads(path.read_text(encoding="utf-8"))["secret"])


if __name__ == "__main__":
    sys.exit(main())
