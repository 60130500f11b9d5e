"""What a device knows of a build that is kept equal on several."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SyncRecord:
    """One build, as this device and the server know it.

    Attributes:
        local: Content on this device; None: deleted here.
        base: Content both sides last agreed on; None: there was none, or a tombstone.
        tag: What the server called that revision; "" if it has none of it.
        refused: Why the server will not take `local` as it is; "" otherwise.
        conflict_of: The build this is a conflict copy of; "" otherwise.
    """

    build: str
    local: bytes | None
    base: bytes | None = None
    tag: str = ""
    refused: str = ""
    conflict_of: str = ""

    @property
    def differs(self) -> bool:
        """Something is here that the server does not have."""
        return self.local != self.base


@dataclass(frozen=True, slots=True)
class Operation:
    """A write under way: frozen, and sent again exactly like this until it is answered.

    Attributes:
        key: Makes it happen once, however often it is sent.
        expected: Tag the server must have, or "*" for none. payload: None deletes.
        attempts: How often it was sent. next_try: not before, in seconds since 1970.
    """

    key: str
    build: str
    expected: str
    payload: bytes | None
    attempts: int = 0
    next_try: float = 0.0
