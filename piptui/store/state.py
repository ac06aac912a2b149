"""The documents as the journal left them: those of a snapshot, and on top of them what came behind it.

`State` knows nothing of files; it is told one commit after the other. Whatever looks into the snapshot may raise
BadSnapshot; `State.healed` does such work again on a state without it.
"""

from array import array
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple, TypeVar

import msgspec

from .api import Document, Held, Key, Rev
from .base import Base, pack_spot, unpack_spot
from .entry import Entry, Outcome, Spot, Unknown
from .files import START, Head
from .line import Header, Touch
from .owners import Owners
from .pages import BadSnapshot
from .table import Table
from .tip import CHAIN_BYTES, Kept

__all__ = ["CASES", "Ready", "Spot", "Standing", "State"]

CASES = "cases"
Standing = tuple[int, Entry | None]
"""The seq of the last change of a key, deletes included (0: it never existed), and its document."""

_MEMORY = 256
_NEVER = datetime.min.replace(tzinfo=UTC)
T = TypeVar("T")


class Ready(NamedTuple):
    """Rows that were folded before and are as good as new: by which row function, and the JSON text of each."""

    version: str
    rows: dict[str, bytes]


class State:
    """All current documents, and for each key the commit that last changed it.

    `own` holds the entries that came behind the snapshot `base`, by table and id, `gone` the seq of each delete.
    `covered` names the keys whose lines in the snapshot hold no longer; of these, `placed` are those that were
    edited and keep their place. `born` changes when the state begins again. `stale` are the cases whose row may
    have changed since the snapshot, `touched` those of them that nobody has folded again. `changes` counts what
    came behind the snapshot, `saved` how much of it a file beside the snapshot holds.
    """

    def __init__(self) -> None:
        self.heal: Callable[[BadSnapshot], None] | None = None
        self._begin(None)

    def _begin(self, base: Base | None) -> None:
        self.base = base
        self.born = object()
        self.ready = Ready("", {})
        self.end: Head = START
        self.line = 0
        self.at = _NEVER
        self.own: dict[str, dict[str, Entry]] = {}
        self.gone: dict[Key, int] = {}
        self.covered: dict[int, Key] = {}
        self.placed: set[Key] = set()
        self.owners = Owners()
        self.tokens: dict[str, int] = {}
        self.redacted: set[tuple[int, int]] = set()
        self.redactor = 0
        self.touched: dict[str, None] = {}
        self.stale: dict[str, None] = {}
        self.top: dict[str, int] = {}
        self.counts = array("I")
        self.changes = 0
        self.saved = 0
        self.spots = array("Q")
        self.sizes = array("Q")
        self.chain = bytearray()
        self._seen: dict[Key, tuple[int, Kept] | None] = {}

    def restart(self, base: Base | None = None) -> None:
        """Begin again, at a snapshot or at nothing."""
        self._begin(base)
        if base is not None:
            tip = base.tip
            self.end, self.line, self.at = tip.head, tip.line, tip.at
            self.redacted.update(tip.redacted)
            self.top.update(tip.top)
            self.redactor = tip.redactor

    def frozen(self) -> "State":
        """The same state, unmoved by what comes; it does not heal."""
        same = State()
        same.base, same.end, same.line, same.at = self.base, self.end, self.line, self.at
        same.own = {table: dict(entries) for table, entries in self.own.items()}
        same.gone, same.covered, same.placed = dict(self.gone), dict(self.covered), set(self.placed)
        same.owners = self.owners.copy()
        same.tokens, same.redacted, same.top = dict(self.tokens), set(self.redacted), dict(self.top)
        same.redactor, same.changes, same.stale = self.redactor, self.changes, dict(self.stale)
        same.counts, same.spots, same.sizes = self.counts[:], self.spots[:], self.sizes[:]
        same.chain = self.chain[:]
        return same

    def last(self, key: Key) -> int:
        """The seq of the last change of a key, deletes included; 0 where it never existed."""
        return self.standing(key)[0]

    def healed(self, work: Callable[[], T]) -> T:
        """What `work` returns; done again where it met a snapshot that is damaged."""
        while True:
            try:
                return work()
            except BadSnapshot as damage:
                if self.heal is None:
                    raise
                self.heal(damage)

    @property
    def since(self) -> int:
        """The commit up to which the snapshot goes."""
        return 0 if self.base is None else self.base.tip.seq

    def behind(self, seq: int) -> int:
        """How many changes came after commit `seq`, as far as this state has read them."""
        return sum(self.counts[max(seq - self.since, 0) :])

    def roughly(self, table: str) -> int:
        """About how many documents a table holds."""
        below = 0 if self.base is None else len(self.base.table(table)[0])
        return below + len(self.own.get(table, ()))

    def standing(self, key: Key) -> Standing:
        """How a key stands."""
        entry = self.own.get(key[0], {}).get(key[1])
        if entry is not None:
            return entry.rev.seq, entry
        if key in self.gone:
            return self.gone[key], None
        found = self._below(key)
        return (0, None) if found is None else (found[1].seq, found[1].entry)

    def _below(self, key: Key) -> tuple[int, Kept] | None:
        """What the snapshot holds of a key, whatever came behind."""
        if self.base is None:
            return None
        if key not in self._seen:
            if len(self._seen) >= _MEMORY:
                self._seen.clear()
            self._seen[key] = self.base.find(key)
        return self._seen[key]

    def entry(self, key: Key) -> Entry | None:
        """The current document of a key, if there is one."""
        return self.standing(key)[1]

    def is_own(self, key: Key) -> bool:
        """Whether a key stands as the journal says, and not only as the snapshot does."""
        return key[1] in self.own.get(key[0], {}) or key in self.gone or self._below(key) is None

    def copy(self, key: Key) -> tuple[Document, Rev] | None:
        """A private copy of a readable current document."""
        entry = self.entry(key)
        if entry is None or entry.body is None:
            return None
        return msgspec.json.decode(entry.body), entry.rev

    def held(self, of: str) -> list[Held]:
        """The readable current documents with this `of`, each a private copy."""
        copies = ((key, self.copy(key)) for key in self.owned(of))
        return [(*key, *found) for key, found in copies if found is not None]

    def owned(self, of: str) -> list[Key]:
        """The keys of the current documents with this `of`."""
        removed = self.owners.removed.get(of, ())
        keys = [] if self.base is None else self._keys(self.base, self.base.owned(of).now)
        return [*(key for key in keys if key not in removed), *self.owners.added.get(of, ())]

    def ever(self, of: str) -> list[Key]:
        """All keys that ever had this `of`, in order of first appearance."""
        keys = {} if self.base is None else dict.fromkeys(self._keys(self.base, self.base.owned(of).ever))
        return [*(keys | self.owners.ever.get(of, {}))]

    def _keys(self, base: Base, lines: Sequence[int]) -> list[Key]:
        keys = []
        for number in lines:
            kept = base.kept(number)
            if len(self._seen) >= _MEMORY:
                self._seen.clear()
            self._seen[kept.key] = (number, kept)
            keys.append(kept.key)
        return keys

    def table_names(self) -> list[str]:
        """Every table that ever held a document, in order of first appearance."""
        names = () if self.base is None else (name for name, _, _ in self.base.tip.tables)
        return [*dict.fromkeys([*names, *self.own])]

    def table(self, name: str) -> Table:
        """The documents of a table as they stand now."""
        return Table(self, name)

    def token(self, token: str) -> int | None:
        """The seq of the commit that carried this token."""
        found = None if self.base is None else self.base.token(token)
        return self.tokens.get(token) if found is None else found

    def spot(self, seq: int) -> Spot:
        """Where the line of a commit lies."""
        if self.base is not None and seq <= self.since:
            return self.base.spot(seq)
        index = seq - 1 - self.since
        return unpack_spot(self.spots[index], self.sizes[index])

    def chained(self, seq: int) -> bytes:
        """The first bytes of the hash that a commit had when it was taken in."""
        if self.base is not None and seq <= self.since:
            return self.base.chained(seq)
        start = (seq - 1 - self.since) * CHAIN_BYTES
        return bytes(self.chain[start : start + CHAIN_BYTES])

    def follow(self, header: Header, digest: str, at: datetime, outcomes: Sequence[Outcome], spot: Spot) -> None:
        """Take in the commit that follows."""
        for touch, result in zip(header.ch, outcomes, strict=True):
            self._take(touch, Rev(header.seq, at, header.actor, at, touch.sha), result)
        if header.redacts:
            self.redacted.update(header.redacts)
            self.redactor = header.seq
        if header.token is not None:
            self.tokens.setdefault(header.token, header.seq)
        self.counts.append(len(header.ch))
        self.changes += len(header.ch)
        self.spots.append(pack_spot(spot))
        self.sizes.append(spot.size)
        self.chain += bytes.fromhex(digest)[:CHAIN_BYTES]
        self.line = self.line + 1 if spot.segment == self.end.segment else 1
        self.end = Head(header.seq, spot.segment, spot.offset + spot.size, digest)
        self.at = at

    def _take(self, touch: Touch, rev: Rev, result: Outcome) -> None:
        key = (touch.t, touch.id)
        _, entry = self.standing(key)
        self._cover(key, keep=entry is not None and result is not None)
        if entry is not None:
            rev = Rev(rev.seq, rev.at, rev.actor, entry.rev.created_at, rev.digest)
            if entry.of and (result is None or entry.of != touch.of):
                self._touch(entry.of)
                self.owners.leave(entry.of, key)
        table = self.own.setdefault(touch.t, {})
        if result is None:
            table.pop(touch.id, None)
            self.gone[key] = rev.seq
        else:
            table[touch.id] = Entry(rev, None if isinstance(result, Unknown) else result, touch.of)
            self.gone.pop(key, None)
        if touch.of:
            self._touch(touch.of)
            if entry is None or entry.of != touch.of:
                self.owners.note(touch.of, key)
                if result is not None:
                    self.owners.join(touch.of, key)
        if touch.t == CASES:
            self._touch(touch.id)
        if touch.id.isdecimal() and touch.id.isascii():
            self.top[touch.t] = max(self.top.get(touch.t, 0), int(touch.id))

    def _touch(self, case: str) -> None:
        self.touched[case] = self.stale[case] = None
        self.ready.rows.pop(case, None)

    def _cover(self, key: Key, *, keep: bool) -> None:
        """From now on a key stands here and no longer in the snapshot; `keep`: in its place there."""
        below = None if key[1] in self.own.get(key[0], {}) or key in self.gone else self._below(key)
        if below is not None:
            self.covered[below[0]] = key
            if keep:
                self.placed.add(key)
        if not keep:
            self.placed.discard(key)
