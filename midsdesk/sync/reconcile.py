"""Two sides of one build brought together: pure, and the one place where a build could get lost.

An edit beats a deletion. What does not fit together is kept twice: theirs stays, mine becomes a
copy. Nothing is ever asked and nothing thrown away.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from midsdesk.model.synced import SyncRecord
from midsdesk.sync.ports import Merger
from midsdesk.sync.protocol import revision_of


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The record as it shall be, and a conflict copy to be made."""

    record: SyncRecord
    copy: SyncRecord | None = None


@dataclass(frozen=True, slots=True)
class Theirs:
    """The server's side. `known`: the server knows the tag we agreed on before."""

    tag: str
    content: bytes | None
    known: bool = True


def reconcile(
    mine: SyncRecord,
    theirs: Theirs,
    merger: Merger,
    agreed_before: Callable[[bytes], bool],
    copy: Callable[[bytes], SyncRecord],
) -> Reconciled:
    """Bring a build together with what the server has.

    Args:
        mine: As this device knows it.
        theirs: As the server has it now.
        merger: Merges contents.
        agreed_before: Whether a content was once the base on this device.
        copy: Makes the record of a conflict copy of a content.
    """
    agreed = replace(mine, base=theirs.content, tag=theirs.tag, refused="")
    if theirs.content == mine.local:
        return Reconciled(agreed)
    if not _continues(mine, theirs):
        # The server went back in time: a backup was restored. What it has is either something we
        # once agreed on, then mine is newer; or somebody has written since, then both are new.
        if theirs.content is None or agreed_before(theirs.content):
            return Reconciled(agreed)
        return _both(mine, theirs, agreed, copy)
    if mine.local == mine.base:
        return Reconciled(replace(agreed, local=theirs.content))
    if theirs.content in (mine.base, None):
        return Reconciled(agreed)
    if mine.local is None:
        return Reconciled(replace(agreed, local=theirs.content))
    assert theirs.content is not None
    merged = merger.merge(mine.base, mine.local, theirs.content) if mine.base is not None else None
    if merged is not None:
        return Reconciled(replace(agreed, local=merged))
    return _both(mine, theirs, agreed, copy)


def lost(mine: SyncRecord) -> SyncRecord | None:
    """The server has nothing of a build: it starts anew; None if there is nothing here either."""
    return replace(mine, base=None, tag="", refused="") if mine.local is not None else None


def _continues(mine: SyncRecord, theirs: Theirs) -> bool:
    """Whether the server's revision comes after the one we agreed on."""
    if not mine.tag or theirs.tag == mine.tag:
        return True
    return theirs.known and revision_of(theirs.tag) > revision_of(mine.tag)


def _both(
    mine: SyncRecord, theirs: Theirs, agreed: SyncRecord, copy: Callable[[bytes], SyncRecord]
) -> Reconciled:
    kept = copy(mine.local) if mine.local is not None else None
    return Reconciled(replace(agreed, local=theirs.content), kept)
