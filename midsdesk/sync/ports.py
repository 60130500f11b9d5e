"""What sync needs from others: a store, a merger, a place for the token. `app` plugs them in."""

from typing import Protocol

from midsdesk.model.synced import Operation, SyncRecord
from midsdesk.sync.protocol import BuildHead, Changes, Written


class SyncStore(Protocol):
    """Builds and what sync knows of them, of one account. Each call is one transaction."""

    def adopt(self) -> None:
        """Builds of no account belong to this one from now on."""

    def dirty(self) -> tuple[str, ...]:
        """Builds that differ from their base, are not refused and have no operation."""

    def record(self, build: str) -> SyncRecord | None:
        """What is known of a build."""

    def tags(self) -> tuple[tuple[str, str], ...]:
        """Build and tag of everything the server has, as far as known here."""

    def agreed_before(self, build: str, content: bytes) -> bool:
        """Whether this content was once what both sides agreed on."""

    def operations(self) -> tuple[Operation, ...]:
        """Writes under way, oldest first."""

    def begin(self, operation: Operation) -> None:
        """Keep a write before it is sent."""

    def postpone(self, operation: Operation) -> None:
        """Keep a new number of attempts and time of the next."""

    def acknowledge(self, operation: Operation, tag: str) -> None:
        """The server has it: its payload is the base. An empty tag: the server has nothing."""

    def refuse(self, operation: Operation, code: str) -> None:
        """The server will not take it; it is not sent again until the build changes."""

    def apply(
        self,
        seen: SyncRecord | None,
        record: SyncRecord,
        copy: SyncRecord | None = None,
        drop: Operation | None = None,
    ) -> bool:
        """Put a record, its build and a conflict copy in place, and drop an operation.

        Returns:
            False, and nothing done, if the build has changed since it was `seen`.
        """

    def cursor(self) -> int:
        """Up to which change this device has pulled."""

    def set_cursor(self, cursor: int) -> None:
        """Pulled up to here."""


class Merger(Protocol):
    """Knows builds; sync itself sees only bytes."""

    def merge(self, base: bytes, mine: bytes, theirs: bytes) -> bytes | None:
        """Both sides' changes in one build; None if they do not fit together."""

    def renamed(self, content: bytes, words: str) -> bytes:
        """The build with words added to its name."""


class Stale(Exception):  # noqa: N818 - an answer, not an error
    """The server stands elsewhere; `head` None: it has nothing of the build."""

    def __init__(self, head: BuildHead | None) -> None:
        super().__init__("stale")
        self.head = head


class Gone(Exception):  # noqa: N818 - an answer, not an error
    """The cursor is of no use to the server."""


class Fetched(Protocol):
    """A build as fetched. `known`: the server knows the tag that was asked with."""

    @property
    def tag(self) -> str:
        """Its tag."""

    @property
    def content(self) -> bytes | None:
        """Its content; None for a tombstone."""

    @property
    def known(self) -> bool:
        """Whether the server knows the base."""


class Transport(Protocol):
    """The server, for one signed-in account. Everything may raise `ExternalError`."""

    def put(self, operation: Operation) -> Written:
        """Write. Raises Stale, RefusedError."""

    def delete(self, operation: Operation) -> Written:
        """Delete. Raises Stale, RefusedError."""

    def fetch(self, build: str, base: str) -> Fetched | None:
        """The head of a build; None if the server has none of it."""

    def changes(self, since: int) -> Changes:
        """A page of changes. Raises Gone."""

    def digest(self) -> str:
        """Hash over everything the server has."""


class TokenStore(Protocol):
    """Keeps one secret for the next start of the program, where the machine can."""

    @property
    def lasting(self) -> bool:
        """Whether it will still be there after the program has ended."""

    def read(self) -> str | None:
        """The secret."""

    def write(self, secret: str) -> None:
        """Keep a secret; has done so when it returns."""

    def forget(self) -> None:
        """Keep none."""
