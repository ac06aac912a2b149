"""Writing: one line per commit, durable before anyone hears of it; and settling what a dead writer left.

A commit is: lock, catch up, settle, check, append, fdatasync, `head`, unlock. Whatever fails in between is cut
off again.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import RLock
from typing import NamedTuple

import msgspec

from piptui.errors import BadInput, Unreachable

from . import files
from .api import Clock
from .attached import Attached
from .entry import Outcome, Spot
from .files import Head, new_file, write_head
from .handles import Handles, explain, write_all
from .journal import Journal
from .line import (
    CLIENT,
    SCHEMA,
    Header,
    Touch,
    read_time,
    sha,
    sum_of,
    write_line,
    write_payload,
    write_time,
)
from .lock import Lock
from .pages import BadSnapshot
from .patch import shorter
from .recovery import Recovery
from .request import Request, Wanted, check_expected
from .shelf import Shelf

Targets = tuple[tuple[int, int], ...]


class Made(NamedTuple):
    """A commit ready to be written, and what it makes of each document."""

    header: Header
    payloads: list[bytes]
    outcomes: list[Outcome]


def new_salt() -> str:
    """128 random bits in hex."""
    return os.urandom(16).hex()


def utc_now() -> datetime:
    """The present instant."""
    return datetime.now(UTC)


class Writer:
    """The one who appends. `reading` guards the journal's state among the threads of this process."""

    def __init__(
        self,
        journal: Journal,
        kind: str,
        reading: RLock,
        clock: Clock,
        salt: Callable[[], str],
        shelf: Shelf,
    ) -> None:
        self._journal = journal
        self._reading = reading
        self._clock = clock
        self._salt = salt
        self._lock = Lock(journal.place.lock, lambda path: new_file(path, kind))
        self._handles = Handles(journal.place, kind)
        self._recovery = Recovery(journal, self._handles, reading, clock, shelf, Attached(journal.place, kind))
        self._writing = RLock()
        self._depth = 0

    @property
    def notice(self) -> str:
        """What recovery found, for a person, or ""."""
        return self._recovery.notice

    @contextmanager
    def exclusive(self, patience: float | None = None) -> Iterator[None]:
        """Be the only writer, of all threads and processes, and know all that was committed; raises Busy."""
        with self._writing:
            outermost = self._depth == 0
            self._depth += 1
            try:
                if outermost:
                    self._take(patience)
                yield
            finally:
                self._depth -= 1
                if outermost:
                    self._lock.release()

    @contextmanager
    def still(self, patience: float) -> Iterator[bool]:
        """Whether no thread of this process is writing, for as long as it lasts; waits up to `patience` seconds."""
        still = self._writing.acquire(timeout=patience)
        try:
            yield still
        finally:
            if still:
                self._writing.release()

    def _take(self, patience: float | None) -> None:
        try:
            self._lock.acquire(patience)
        except OSError as error:
            raise explain(error, self._journal.place.path) from error
        self._recovery.settle()

    def commit(self, request: Request, redacts: Targets = ()) -> int:
        """Write the request as one line; raises Conflict, Busy, Full. The seq of the commit."""
        with self.exclusive():
            state = self._journal.state
            with self._reading:
                made = state.healed(lambda: self._make(request, redacts))
                if isinstance(made, int):
                    return made
            line, digest = write_line(made.header, made.payloads)
            seq = made.header.seq
            spot = self._append(line, seq, digest)
            with self._reading:
                # Another thread may have read it from the disk by now.
                if state.end.seq < seq:
                    self._follow(made, digest, spot)
                self._journal.unfinished.update(redacts)
            self._recovery.finish_redactions()
            return seq

    def _make(self, request: Request, redacts: Targets) -> Made | int:
        """The commit, or the seq of an earlier one with the same token."""
        state = self._journal.state
        if request.token is not None:
            done = state.token(request.token)
            if done is not None:
                return done
        check_expected(state, request, tombstones=bool(redacts))
        return self._build(request, redacts)

    def _follow(self, made: Made, digest: str, spot: Spot) -> None:
        """The commit stands: nothing may fail any more."""
        state, header = self._journal.state, made.header
        try:
            state.follow(header, digest, read_time(header.at), made.outcomes, spot)
        except BadSnapshot as damage:
            self._journal.heal(damage)
        except BaseException:
            # Interrupted: it stands, and will be read like what others wrote.
            self._journal.reopen()
            raise
        else:
            self._journal.written(write_head(state.end))

    def _now(self) -> datetime:
        now = self._clock()
        if now.tzinfo is None:
            raise BadInput("The clock of this store gives a time without a zone: it has to give one, such as UTC.")
        return now

    def _build(self, request: Request, redacts: Targets) -> Made:
        state = self._journal.state
        touches, payloads = [], []
        standing = self._journal.confirmed(each.key for each in request.wanted)
        for each in request.wanted:
            last, entry = standing[each.key]
            # What a redaction leaves must be readable without what it removes: whole documents only.
            payload = self._payload(each, None if entry is None or redacts else entry.body)
            of = each.of if each.body is not None or entry is None else entry.of
            table, name = each.key
            touches.append(Touch(t=table, id=name, of=of, prev=last, sha=sha(payload)))
            payloads.append(payload)
        header = Header(
            seq=state.end.seq + 1,
            at=write_time(max(self._now(), state.at)),
            actor=request.actor,
            role=request.role,
            act=request.act,
            token=request.token,
            client=CLIENT,
            schema=SCHEMA,
            prev=state.end.hash,
            ch=tuple(touches),
            redacts=redacts,
        )
        return Made(header, payloads, [each.body for each in request.wanted])

    def _payload(self, each: Wanted, old: bytes | None) -> bytes:
        if each.body is None or each.document is None:
            return write_payload(self._salt(), "del", b"true", "", each.tail)
        patch = None
        if old is not None:
            patch = shorter(msgspec.json.decode(old), each.document, each.body)
        kind, body = ("doc", each.body) if patch is None else ("patch", patch)
        return write_payload(self._salt(), kind, body, sum_of(each.body), each.tail)

    def _append(self, line: bytes, seq: int, digest: str) -> Spot:
        end = self._journal.state.end
        segment, offset = end.segment, end.end
        if offset >= files.SEGMENT_BYTES:
            segment, offset = segment + 1, 0
        head = Head(seq, segment, offset + len(line), digest)
        try:
            fd = self._handles.segment(segment)
            self._append_to(fd, line, offset, head, end)
        except OSError as error:
            raise explain(error, self._journal.place.path) from error
        return Spot(segment, offset, len(line))

    def _append_to(self, fd: int, line: bytes, offset: int, head: Head, before: Head) -> None:
        try:
            write_all(fd, line, offset)
            os.fdatasync(fd)
            self._handles.put_head(head)
        except BaseException:
            # Interrupted behind the last step: others have seen it, so it stays.
            if not self._handles.head_is(head):
                self._undo(fd, offset, before)
            raise

    def _undo(self, fd: int, offset: int, before: Head) -> None:
        try:
            os.ftruncate(fd, offset)
            os.fdatasync(fd)
            self._handles.put_head(before)
        except OSError as error:
            raise Unreachable(
                f"The record in {self._journal.place.path} could not be written ({error.strerror}), and it is not "
                "sure whether this save is in it. Open it again and look before you repeat it."
            ) from error

    def close(self) -> None:
        """Close all files, which also releases the lock."""
        self._lock.close()
        self._handles.close()
