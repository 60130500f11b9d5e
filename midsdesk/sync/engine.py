"""One cycle of sync: finish what is under way, send what differs, pull, merge, compare.

The server orders, this side merges. Every step leaves a state from which the next start of the
program goes on; what is sent is kept before it is sent.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from midsdesk.errors import ExternalError, RateLimitedError, RefusedError
from midsdesk.model.synced import Operation, SyncRecord
from midsdesk.sync.ports import Gone, Merger, Stale, SyncStore, Transport
from midsdesk.sync.protocol import BuildHead, digest_of
from midsdesk.sync.reconcile import Theirs, lost, reconcile

_ROUNDS: Final = 6
_FIRST_WAIT_S: Final = 1.0
_LONGEST_WAIT_S: Final = 300.0
# Where nothing moves, the digests are compared this often.
_COMPARE_S: Final = 3600.0


@dataclass(slots=True)
class Report:
    """What a cycle did, by build. `complete`: nothing is left to send, and the digests agree."""

    sent: list[str] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    copies: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    healed: bool = False
    complete: bool = False


class Engine:
    """Sync of one account on one device. One thread at a time."""

    def __init__(
        self,
        store: SyncStore,
        transport: Transport,
        merger: Merger,
        *,
        new_id: Callable[[], str],
        copy_words: Callable[[], str],
        clock: Callable[[], float],
    ) -> None:
        """`copy_words` says what a conflict copy's name ends with: device and date."""
        self._store = store
        self._transport = transport
        self._merger = merger
        self._new_id = new_id
        self._copy_words = copy_words
        self._clock = clock
        self._compared = float("-inf")

    def cycle(self) -> Report:
        """Do one cycle.

        Raises:
            ExternalError: The server could not be asked; what was done so far is kept.
            StorageError: This device's database failed.
        """
        report = Report()
        self._store.adopt()
        for operation in self._store.operations():
            self._send(operation, report)
        self._send_dirty(report)
        self._pull(report)
        for _ in range(_ROUNDS):
            if not self._store.dirty():
                break
            self._send_dirty(report)
        self._compare(report)
        return report

    def _send_dirty(self, report: Report) -> None:
        for build in self._store.dirty():
            record = self._store.record(build)
            if record is None or not record.differs:
                continue
            operation = Operation(self._new_id(), build, record.tag or "*", record.local)
            self._store.begin(operation)
            self._send(operation, report)

    def _send(self, operation: Operation, report: Report) -> None:
        transport = self._transport
        call = transport.delete if operation.payload is None else transport.put
        try:
            written = call(operation)
        except Stale as stale:
            self._stale(operation, stale.head, report)
        except RefusedError as error:
            self._store.refuse(operation, str(error.details.get("code", error.code)))
            report.refused.append(operation.build)
        except ExternalError as error:
            self._store.postpone(self._later(operation, error))
            raise
        else:
            self._store.acknowledge(operation, written.tag)
            report.sent.append(operation.build)

    def _later(self, operation: Operation, error: ExternalError) -> Operation:
        wait = back_off_s(operation.attempts)
        if isinstance(error, RateLimitedError):
            wait = max(wait, float(str(error.details.get("retry_after", 0))))
        attempts = operation.attempts + 1
        return replace(operation, attempts=attempts, next_try=self._clock() + wait)

    def _stale(self, operation: Operation, head: BuildHead | None, report: Report) -> None:
        if head is None:
            self._absent(operation.build, operation)
            return
        theirs = self._theirs(operation.build, head)
        if theirs is None:
            self._absent(operation.build, operation)
        elif theirs.content == operation.payload:
            # It was done before; only the answer was lost.
            self._store.acknowledge(operation, theirs.tag)
        else:
            self._merge(operation.build, theirs, report, operation)

    def _pull(self, report: Report) -> None:
        cursor = self._store.cursor()
        while True:
            try:
                page = self._transport.changes(cursor)
            except Gone:
                self._list_everything(report)
                return
            in_doubt = {operation.build for operation in self._store.operations()}
            held = False
            for head in page.changes:
                if str(head.id) in in_doubt:
                    held = True
                else:
                    self._take(head, report)
            if held:
                return
            cursor = page.cursor
            self._store.set_cursor(cursor)
            if not page.more:
                return

    def _list_everything(self, report: Report) -> None:
        """List all heads and still merge, never overwrite."""
        seen: set[str] = set()
        cursor, more = 0, True
        while more:
            page = self._transport.changes(cursor)
            cursor, more = page.cursor, page.more
            for head in page.changes:
                seen.add(str(head.id))
                self._take(head, report)
        for build, _ in self._store.tags():
            if build not in seen:
                self._absent(build)
        self._store.set_cursor(cursor)
        report.healed = True

    def _take(self, head: BuildHead, report: Report) -> None:
        build = str(head.id)
        record = self._store.record(build)
        if record is not None and record.tag == head.tag:
            return
        theirs = self._theirs(build, head)
        if theirs is None:
            self._absent(build)
        else:
            self._merge(build, theirs, report)

    def _theirs(self, build: str, head: BuildHead) -> Theirs | None:
        record = self._store.record(build)
        agreed = record.tag if record else ""
        if head.deleted and not agreed:
            return Theirs(head.tag, None)
        fetched = self._transport.fetch(build, agreed)
        return Theirs(fetched.tag, fetched.content, fetched.known) if fetched else None

    def _merge(
        self, build: str, theirs: Theirs, report: Report, drop: Operation | None = None
    ) -> None:
        while True:
            seen = self._store.record(build)
            done = reconcile(
                seen or SyncRecord(build, None),
                theirs,
                self._merger,
                lambda content: self._store.agreed_before(build, content),
                lambda content: self._copy(build, content),
            )
            if self._store.apply(seen, done.record, done.copy, drop):
                break
        report.taken.append(build)
        if done.copy is not None:
            report.copies.append(done.copy.build)

    def _absent(self, build: str, drop: Operation | None = None) -> None:
        while True:
            seen = self._store.record(build)
            mine = seen or SyncRecord(build, None)
            if self._store.apply(seen, lost(mine) or SyncRecord(build, None), None, drop):
                return

    def _copy(self, build: str, content: bytes) -> SyncRecord:
        renamed = self._merger.renamed(content, self._copy_words())
        return SyncRecord(self._new_id(), renamed, conflict_of=build)

    def _compare(self, report: Report) -> None:
        """A sanity check at the end: both sides know the same heads, or everything is listed."""
        if self._store.operations():
            return
        now = self._clock()
        moved = bool(report.sent or report.taken or report.refused or report.healed)
        if not moved and self._compared <= now < self._compared + _COMPARE_S:
            report.complete = not self._store.dirty()
            return
        self._compared = now
        if digest_of(self._store.tags()) != self._transport.digest():
            self._list_everything(report)
            self._send_dirty(report)
        report.complete = not self._store.dirty() and not self._store.operations()


def back_off_s(attempts: int, jitter: Callable[[], float] = random.random) -> float:
    """How long to wait after so many failures: doubling, with jitter, five minutes at most."""
    longest = min(_LONGEST_WAIT_S, _FIRST_WAIT_S * 2.0 ** min(attempts, 20))
    return longest * (0.5 + 0.5 * jitter())
