"""The documents as the journal left them: every current one as canonical JSON, and what is needed to go on.

`State` knows nothing of files; it is told one commit after the other.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, NamedTuple

import msgspec

from .api import Document, Held, Key, Rev
from .files import START, Head
from .line import BadLine, Header, Payload, Touch, sum_of
from .patch import apply
from .text import canonical

CASES = "cases"
_OFFSET_BITS = 44


class Unknown:
    """The type of `UNKNOWN`: a document whose text was removed and has not been written anew."""


UNKNOWN: Final = Unknown()
Outcome = bytes | Unknown | None
"""A document after a change: its canonical JSON, not to be known, or gone."""


@dataclass(slots=True)
class Entry:
    """A current document; `body` None where its text was removed."""

    rev: Rev
    body: bytes | None
    of: str


class Spot(NamedTuple):
    """Where a line lies."""

    segment: int
    offset: int
    size: int


def outcome(before: Outcome, payload: Payload) -> Outcome:
    """What a payload makes of a document; raises BadLine where the check sum disagrees."""
    if payload.delete:
        return None
    if len(payload.doc):
        body = bytes(payload.doc)
        if sum_of(body) != payload.sum:
            body = canonical(msgspec.json.decode(body))
    elif isinstance(before, Unknown):
        return UNKNOWN
    elif before is None:
        raise BadLine("it patches a document that does not exist")
    else:
        body = canonical(apply(msgspec.json.decode(before), msgspec.json.decode(payload.patch)))
    if sum_of(body) != payload.sum:
        raise BadLine("a document does not have the check sum it was written with")
    if not body.startswith(b"{"):
        raise BadLine("a document is not an object")
    return body


class State:
    """All current documents, and for each key the commit that last changed it."""

    def __init__(self) -> None:
        self.end: Head = START
        self.line = 0
        self.at = datetime.min.replace(tzinfo=UTC)
        self.tables: dict[str, dict[str, Entry]] = {}
        self.gone: dict[Key, int] = {}
        self.now_of: dict[str, dict[Key, None]] = {}
        self.ever_of: dict[str, dict[Key, None]] = {}
        self.tokens: dict[str, int] = {}
        self.redacted: set[tuple[int, int]] = set()
        self.touched: dict[str, None] = {}
        self.top: dict[str, int] = {}
        self._spots = array("Q")
        self._sizes = array("Q")

    def entry(self, key: Key) -> Entry | None:
        """The current document of a key, if there is one."""
        table = self.tables.get(key[0])
        return None if table is None else table.get(key[1])

    def last(self, key: Key) -> int:
        """The seq of the last change of a key, deletes included; 0 where it never existed."""
        entry = self.entry(key)
        return self.gone.get(key, 0) if entry is None else entry.rev.seq

    def current(self, key: Key) -> Outcome:
        """The document of a key as the next payload finds it."""
        entry = self.entry(key)
        if entry is None:
            return None
        return UNKNOWN if entry.body is None else entry.body

    def spot(self, seq: int) -> Spot:
        """Where the line of a commit lies."""
        packed = self._spots[seq - 1]
        return Spot(packed >> _OFFSET_BITS, packed & ((1 << _OFFSET_BITS) - 1), self._sizes[seq - 1])

    def held(self, of: str) -> Iterator[Held]:
        """The readable current documents with this `of`, each a private copy."""
        for key in self.now_of.get(of, ()):
            found = self.copy(key)
            if found is not None:
                yield (*key, *found)

    def copy(self, key: Key) -> tuple[Document, Rev] | None:
        """A private copy of a readable current document."""
        entry = self.entry(key)
        if entry is None or entry.body is None:
            return None
        return msgspec.json.decode(entry.body), entry.rev

    def follow(self, header: Header, digest: str, at: datetime, outcomes: Sequence[Outcome], spot: Spot) -> None:
        """Take in the commit that follows."""
        for touch, result in zip(header.ch, outcomes, strict=True):
            self._take(touch, Rev(header.seq, at, header.actor, at, touch.sha), result)
        self.redacted.update(header.redacts)
        if header.token is not None:
            self.tokens.setdefault(header.token, header.seq)
        self._spots.append(spot.segment << _OFFSET_BITS | spot.offset)
        self._sizes.append(spot.size)
        self.line = self.line + 1 if spot.segment == self.end.segment else 1
        self.end = Head(header.seq, spot.segment, spot.offset + spot.size, digest)
        self.at = at

    def _take(self, touch: Touch, rev: Rev, result: Outcome) -> None:
        key = (touch.t, touch.id)
        table = self.tables.setdefault(touch.t, {})
        entry = table.get(touch.id)
        if entry is not None:
            if result is None or entry.of != touch.of:
                self._forget_owner(entry.of, key)
            rev = Rev(rev.seq, rev.at, rev.actor, entry.rev.created_at, rev.digest)
        if result is None:
            table.pop(touch.id, None)
            self.gone[key] = rev.seq
        else:
            body = None if isinstance(result, Unknown) else result
            table[touch.id] = Entry(rev, body, touch.of)
            self.gone.pop(key, None)
        self._note_owner(touch, key, alive=result is not None)
        if touch.t == CASES:
            self.touched[touch.id] = None
        if touch.id.isdecimal() and touch.id.isascii():
            self.top[touch.t] = max(self.top.get(touch.t, 0), int(touch.id))

    def _forget_owner(self, of: str, key: Key) -> None:
        if of:
            self.touched[of] = None
            keys = self.now_of[of]
            del keys[key]
            if not keys:
                del self.now_of[of]

    def _note_owner(self, touch: Touch, key: Key, *, alive: bool) -> None:
        if touch.of:
            self.touched[touch.of] = None
            self.ever_of.setdefault(touch.of, {})[key] = None
            if alive:
                self.now_of.setdefault(touch.of, {})[key] = None
