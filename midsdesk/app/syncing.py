"""Sync put together for the desktop: the user's database, the merger, the server, the keyring."""

import time
import uuid
from collections.abc import Callable
from datetime import datetime

from midsdesk.app.merging import BuildMerger
from midsdesk.host.secrets import Secret
from midsdesk.model.catalog import Catalog
from midsdesk.storage.userdb.database import UserDatabase
from midsdesk.storage.userdb.sync_store import UserSyncStore
from midsdesk.sync.client import Observer, SyncClient
from midsdesk.sync.engine import Engine
from midsdesk.sync.ports import TokenStore
from midsdesk.sync.socket import HintSocket
from midsdesk.sync.transport import HttpTransport


def make_client(
    database: UserDatabase,
    catalog: Catalog,
    server: str,
    device: str,
    observe: Observer,
    tokens: TokenStore | None = None,
    clock: Callable[[], float] = time.time,
) -> SyncClient:
    """A client for one server; run it on a thread of its own."""
    transport = HttpTransport(server, device)
    merger = BuildMerger(catalog)

    def copy_words() -> str:
        day = datetime.fromtimestamp(clock()).astimezone().date().isoformat()
        return f"copy from {device}, {day}"

    def bind(account: str) -> tuple[Engine, UserSyncStore]:
        store = UserSyncStore(database, account, merger.describe, clock)
        engine = Engine(store, transport, merger, new_id=new_id, copy_words=copy_words, clock=clock)
        return engine, store

    client = SyncClient(
        transport, tokens or Secret(f"refresh {server}"), bind, observe, clock=clock
    )
    client.listen_with(HintSocket(client.post))
    return client


def new_id() -> str:
    """A UUIDv7: made here, unique everywhere, sorted by time."""
    milliseconds = time.time_ns() // 1_000_000
    random = uuid.uuid4().int & ((1 << 74) - 1)
    value = (milliseconds & ((1 << 48) - 1)) << 80 | 0x7 << 76 | (random >> 62) << 64
    return str(uuid.UUID(int=value | 0b10 << 62 | random & ((1 << 62) - 1)))
