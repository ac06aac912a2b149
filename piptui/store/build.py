"""Writing a snapshot: the documents of a state that does not move any more, and everything by which to find them.

What the snapshot before held and nothing has touched since is copied as it is. `pause` is called every now and
then: it lets others work, and ends the writing by an exception.
"""

import hashlib
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from heapq import merge
from typing import NamedTuple

from .api import Key
from .base import BATCH, Base, Batch
from .buildowners import write_owners
from .buildrows import write_rows
from .entry import Entry
from .find import is_odd
from .line import CLIENT
from .pages import Sheet
from .rows import RowPlan
from .sections import Sections, entries, in_order, pieces
from .state import State
from .tip import (
    CHAIN_BYTES,
    COMMIT,
    KEY,
    SNAPSHOT_FORMAT,
    TOKEN,
    Tip,
    key_hash,
    little,
    short_hash,
    write_kept,
    write_tip,
)

Pause = Callable[[], None]
_REMOVED = b'"state":"removed"}'


class Around(NamedTuple):
    """What a state does not know: the bytes of each segment before the last, and redactions not yet finished."""

    lengths: tuple[int, ...]
    unfinished: tuple[tuple[int, int], ...]


def build(state: State, around: Around, plan: RowPlan, text: Sheet, data: Sheet, pause: Pause) -> bytes:
    """Write the documents into `text` and the sections into `data`; the bytes of the index.

    `state` must be frozen. Raises BadSnapshot where the snapshot before is damaged, OSError, and what `pause` does.
    """
    lines = Lines(state, text, pause)
    lines.write()
    text.finish()
    sections = Sections(data, pause)
    sections.add("offsets", [little(lines.ends)])
    sections.add("odd", [little(lines.odd)])
    sections.add("keys", _keys(state, lines))
    write_owners(state, lines, sections)
    sections.add("tokens", _tokens(state))
    sections.add("commits", _commits(state))
    written = write_rows(plan, state, sections, pause)
    data.finish()
    sums = little(text.sums + data.sums)
    end = state.end
    tip = Tip(
        format=SNAPSHOT_FORMAT,
        client=CLIENT,
        seq=end.seq,
        segment=end.segment,
        start=state.spot(end.seq).offset,
        end=end.end,
        hash=end.hash,
        at=state.at,
        line=state.line,
        lengths=around.lengths,
        tables=tuple(lines.tables),
        lines=len(lines.ends) - 1,
        top=state.top,
        redacted=tuple(sorted(state.redacted)),
        redactor=state.redactor,
        unfinished=around.unfinished,
        rows=plan.version,
        stale=tuple(written.left),
        first=plan.first,
        firsts=written.firsts,
        text_bytes=text.size,
        data_bytes=data.size,
        sections=sections.table,
        sums=hashlib.sha256(sums).hexdigest(),
    )
    return write_tip(tip, sums)


class Lines:
    """The documents, line by line: `ends` where each begins and the last one ends, `odd` those that a search reads
    in full, `where` the lines of the state's own keys, `moved` the new number of each line of the old snapshot.
    """

    def __init__(self, state: State, text: Sheet, pause: Pause) -> None:
        self.ends = array("Q", [0])
        self.odd = array("I")
        self.where: dict[Key, int] = {}
        self.moved = array("I")
        self.tables: list[tuple[str, int, int]] = []
        self._state = state
        self._text = text
        self._pause = pause
        self._order = sorted(state.covered)

    def write(self) -> None:
        """Write all of them: tables one after the other, what was deleted behind them."""
        state = self._state
        for name in state.table_names():
            first, removed = len(self.ends) - 1, self._copied(name)
            for own, entry in state.own.get(name, {}).items():
                removed += entry.body is None
                if (name, own) not in state.placed:
                    self._put((name, own), entry)
            self.tables.append((name, len(self.ends) - 1 - first, removed))
        if state.base is not None:
            for batch in state.base.batches(state.base.tip.documents, state.base.tip.lines):
                self._copy(batch)
        for key, seq in state.gone.items():
            self._add(key, write_kept(key, seq, None))
        for number, key in state.covered.items():
            self.moved[number] = self.where[key]

    def _copied(self, name: str) -> int:
        """Copy what the old snapshot holds of a table; how many of these documents have no text any more."""
        base, removed = self._state.base, 0
        if base is None:
            return 0
        lines, doubtful = base.table(name)
        for batch in base.batches(lines.start, lines.stop):
            self._copy(batch)
            if doubtful:
                numbers = range(batch.first, batch.first + len(batch.ends) - 1)
                free = (number for number in numbers if number not in self._state.covered)
                removed += sum(batch.line(number).partition(b"\t")[0].endswith(_REMOVED) for number in free)
        return removed

    def _copy(self, batch: Batch) -> None:
        order, last = self._order, batch.first + len(batch.ends) - 1
        start = batch.first
        for number in order[bisect_left(order, start) : bisect_left(order, last)]:
            self._span(batch, start, number)
            key = self._state.covered[number]
            self.moved.append(0)
            if key in self._state.placed:
                self._put(key, self._state.own[key[0]][key[1]])
            start = number + 1
        self._span(batch, start, last)
        self._pause()

    def _span(self, batch: Batch, start: int, stop: int) -> None:
        """Copy neighbouring lines."""
        base = self._state.base
        if base is None or start == stop:
            return
        ends = batch.ends[start - batch.first : stop - batch.first + 1]
        new, shift = len(self.ends) - 1, self._text.size - ends[0]
        self.ends.extend(array("Q", [end + shift for end in ends[1:]]))
        self.moved.extend(range(new, new + stop - start))
        odd = base.odd()
        old = odd[bisect_left(odd, start) : bisect_left(odd, stop)]
        self.odd.extend(array("I", [number - start + new for number in old]))
        self._text.write(batch.text[ends[0] : ends[-1]])

    def _put(self, key: Key, entry: Entry) -> None:
        if entry.body is not None and is_odd(entry.body):
            self.odd.append(len(self.ends) - 1)
        self._add(key, write_kept(key, entry.rev.seq, entry))

    def _add(self, key: Key, line: bytes) -> None:
        self.where[key] = len(self.ends) - 1
        self._text.write(line)
        self.ends.append(self._text.size)
        if not len(self.ends) % BATCH:
            self._pause()


def _keys(state: State, lines: Lines) -> Iterator[bytes]:
    """Where the line of each key is, in the order of their hashes."""
    known = set(state.covered.values())
    fresh = ((key_hash(key), line) for key, line in lines.where.items() if key not in known)
    old: Iterable[bytes] = ()
    if state.base is not None:
        moved = lines.moved
        old = (KEY.pack(name, moved[line]) for name, line in entries(state.base, "keys", KEY.size, KEY.iter_unpack))
    return merge(old, in_order(KEY.pack(*pair) for pair in fresh))


def _tokens(state: State) -> Iterator[bytes]:
    base = state.base
    fresh = (TOKEN.pack(short_hash(token), seq) for token, seq in state.tokens.items() if not _has(base, token))
    old: Iterable[bytes] = ()
    if base is not None:
        old = (TOKEN.pack(*pair) for pair in entries(base, "tokens", TOKEN.size, TOKEN.iter_unpack))
    return merge(old, in_order(fresh))


def _has(base: Base | None, token: str) -> bool:
    return base is not None and base.token(token) is not None


def _commits(state: State) -> Iterator[bytes]:
    if state.base is not None:
        yield from pieces(state.base, "commits", COMMIT.size)
    for index in range(len(state.spots)):
        digest = bytes(state.chain[index * CHAIN_BYTES : (index + 1) * CHAIN_BYTES])
        yield COMMIT.pack(state.spots[index], state.sizes[index], digest)
