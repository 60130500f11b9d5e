"""`make load`: what the server does on this machine, as a table.

Everything runs here: PostgreSQL (as an operator has it: synchronous), Valkey, the server, and the
clients that load it. The clients are plain asyncio sockets that write ready-made requests, so that
their own cost stays small; it is measured all the same.
"""

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import psycopg

ROOT: Final = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from midsdesk.formats import native  # noqa: E402
from midsdesk.server.db.migrate import migrate  # noqa: E402
from midsdesk.server.embedded import Postgres, Valkey  # noqa: E402
from midsdesk.sync.protocol import tag_of  # noqa: E402
from tests.helpers.devices import small_build  # noqa: E402
from tests.helpers.server import Account, Server  # noqa: E402


@dataclass
class Times:
    """Times of requests in milliseconds, and what they took of the processors."""

    name: str
    ms: list[float] = field(default_factory=list)
    bad: int = 0
    seconds: float = 0.0

    def row(self) -> str:
        """One line of the table."""
        ordered = sorted(self.ms) or [0.0]
        p50, p99 = statistics.median(ordered), ordered[int(len(ordered) * 0.99)]
        rate = len(self.ms) / max(self.seconds, 1e-9)
        return f"| {self.name} | {rate:,.0f} | {p50:.1f} | {p99:.1f} | {self.bad} |"


class Client:
    """One connection that asks, waits, and asks again."""

    def __init__(self, port: int, access: str) -> None:
        self.port, self.access = port, access
        self.tags: dict[str, int] = {}

    async def open(self) -> None:
        """Connect."""
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)

    async def ask(self, method: str, path: str, headers: str = "", body: bytes = b"") -> int:
        """Ask and wait; returns the status."""
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: load\r\nAuthorization: Bearer {self.access}\r\n"
            f"{headers}Content-Length: {len(body)}\r\n\r\n"
        )
        self.writer.write(head.encode() + body)
        answer = await self.reader.readuntil(b"\r\n\r\n")
        lower = answer.lower()
        if b"content-length: " in lower:
            size = int(lower.split(b"content-length: ")[1].split(b"\r\n")[0])
            await self.reader.readexactly(size)
        return int(answer[9:12])

    async def put(self, build: str, content: bytes) -> int:
        """Write a build under the tag it has."""
        revision = self.tags.get(build, 0)
        known = f'If-Match: "{tag_of(revision, content)}"' if revision else "If-None-Match: *"
        headers = (
            f"{known}\r\nIdempotency-Key: {uuid.uuid4().hex}\r\n"
            "Content-Type: application/vnd.midsdesk.build+json\r\n"
        )
        status = await self.ask("PUT", f"/v1/builds/{build}", headers, content)
        if status in (200, 201):
            self.tags[build] = revision + 1
        return status


async def measured(
    name: str, clients: list[Client], seconds: float, work: Callable[[Client, int], Awaitable[int]]
) -> Times:
    """Let all clients work for so long."""
    times = Times(name)
    end = time.perf_counter() + seconds

    async def run(client: Client) -> None:
        number = 0
        while (began := time.perf_counter()) < end:
            status = await work(client, number)
            times.ms.append((time.perf_counter() - began) * 1000)
            times.bad += status >= 300
            number += 1

    began = time.perf_counter()
    await asyncio.gather(*(run(each) for each in clients))
    times.seconds = time.perf_counter() - began
    return times


async def load(server: Server, accounts: list[Account], args: argparse.Namespace) -> list[Times]:
    """All measurements over HTTP."""
    content = native.encode_build(small_build("Load")) + b" " * args.padding
    clients = [
        Client(server.port, accounts[n % len(accounts)].tokens["access"])
        for n in range(args.clients)
    ]
    for client in clients:
        await client.open()
    ids = [[str(uuid.uuid4()) for _ in range(20)] for _ in clients]
    place = {id(client): number for number, client in enumerate(clients)}
    results = [
        await measured(
            f"PUT ({len(content):,} bytes)",
            clients,
            args.seconds,
            lambda client, n: client.put(ids[place[id(client)]][n % 20], content),
        ),
        await measured(
            "pull (changes, nothing new)",
            clients,
            args.seconds,
            lambda client, _n: client.ask("GET", "/v1/changes?since=1&limit=1"),
        ),
        await measured(
            "GET build",
            clients,
            args.seconds,
            lambda client, n: client.ask("GET", f"/v1/builds/{written(client, n)}"),
        ),
        await measured(
            "GET /healthz (the floor)", clients, args.seconds / 2,
            lambda client, _n: client.ask("GET", "/healthz"),
        ),
    ]  # fmt: skip
    for client in clients:
        client.writer.close()
    return results


async def sockets(server: Server, accounts: list[Account], count: int) -> tuple[int, float]:
    """Open sockets and keep them; returns how many stand, and kilobytes of the server for each."""
    before = memory_kib(server.pid)
    held = []
    tickets = [each.call("POST", "/v1/socket-tickets").json()["ticket"] for each in accounts]
    for number in range(count):
        account = accounts[number % len(accounts)]
        if number and number % len(accounts) == 0:
            tickets = [
                each.call("POST", "/v1/socket-tickets").json()["ticket"] for each in accounts
            ]
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(
            f"GET /v1/socket?ticket={tickets[accounts.index(account)]} HTTP/1.1\r\nHost: load\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
        )
        answer = await reader.readuntil(b"\r\n\r\n")
        if answer[9:12] == b"101":
            held.append(writer)
    used = memory_kib(server.pid) - before
    for writer in held:
        writer.close()
    return len(held), used / max(1, len(held))


def written(client: Client, number: int) -> str:
    """One of the builds that a client has written."""
    known = list(client.tags)
    return known[number % len(known)]


def memory_kib(pid: int) -> int:
    """Resident memory of a process."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1])
    return 0


def grow(url: str, rows: int) -> float:
    """Fill the table of builds with rows of other accounts."""
    began = time.perf_counter()
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as db:
        db.execute(
            "INSERT INTO accounts (id, login, password, seq, live) SELECT gen_random_uuid(), "
            "'grown-' || n || '-' || random(), 'x', 20, 20 FROM generate_series(1, %s) n",
            (rows // 20,),
        )
        db.execute(
            "INSERT INTO builds (account, id, revision, tag, seq, deleted, name, archetype, level,"
            " size) SELECT a.id, gen_random_uuid(), 1, '1-0123456789abcdef', n, false, 'Grown',"
            " 'Class_Blaster', 50, 0 FROM accounts a, generate_series(1, 20) n"
            " WHERE a.login LIKE 'grown-%'"
        )
        db.execute("ANALYZE")
    return time.perf_counter() - began


def plans(url: str) -> list[str]:
    """How PostgreSQL answers the two questions that every client asks."""
    questions = {
        "changes": "SELECT * FROM builds WHERE account = a.id AND seq > 5 ORDER BY seq LIMIT 500",
        "content": "SELECT v.content FROM builds b JOIN build_versions v ON v.account = b.account "
        "AND v.build = b.id AND v.revision = b.revision WHERE b.account = a.id AND b.id = a.id",
    }
    lines = []
    with psycopg.connect(url.replace("+psycopg", "")) as db:
        (account,) = db.execute("SELECT id FROM accounts LIMIT 1").fetchone() or ("",)
        for name, question in questions.items():
            lines.append(f"-- {name}")
            sql = f"EXPLAIN (COSTS OFF) {question.replace('a.id', '%(a)s')}"
            lines += [row[0] for row in db.execute(sql, {"a": account})]
    return lines


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accounts", type=int, default=1000)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--padding", type=int, default=8000, help="bytes added to each build")
    parser.add_argument("--sockets", type=int, default=5000)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--workers", type=int, default=1)
    args = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="mdload"))
    folder.chmod(0o755)
    postgres, valkey = Postgres(folder / "pg"), Valkey(folder / "vk")
    url = postgres.make("midsdesk")
    migrate(url)
    server = Server(
        {
            "MIDSDESK_DATABASE_URL": url,
            "MIDSDESK_REDIS_URL": valkey.url,
            "MIDSDESK_WORKERS": str(args.workers),
            "MIDSDESK_MAX_SOCKETS_PER_ACCOUNT": "100",
        }
    )
    try:
        accounts = [Account(server.url, f"load-{n}-{os.getpid()}") for n in range(args.accounts)]
        print("| what | a second | p50 ms | p99 ms | failed |\n|---|---|---|---|---|")
        for times in asyncio.run(load(server, accounts, args)):
            print(times.row(), flush=True)
        if args.sockets:
            held, kib = asyncio.run(sockets(server, accounts[:200], args.sockets))
            print(f"\nsockets held: {held:,}, {kib:.0f} KiB of the server for each")
        if args.rows:
            print(
                f"\n{args.rows:,} rows of builds made in {grow(url, args.rows):.0f} s; then again:"
            )
            for times in asyncio.run(load(server, accounts, args)):
                print(times.row(), flush=True)
            print("\n".join(plans(url)))
    finally:
        server.close()
        valkey.stop()
        postgres.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
