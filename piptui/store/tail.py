"""What came behind a snapshot, in one file beside it, so that opening need not read it from the journal again.

NNN.tail belongs to snapshot NNN, 000000.tail to none: then it holds everything up to its commit. Its first line is
the sha256 of all that follows, which is one JSON text.
"""

import hashlib
from array import array
from datetime import datetime

import msgspec

from .api import Key, Rev
from .base import Base
from .entry import Entry, Spot
from .files import Head
from .pages import BadSnapshot, OtherSnapshot
from .state import Ready, State
from .text import tame
from .tip import CHAIN_BYTES

TAIL_FORMAT = 1
Pairs = list[Key]
Owned = dict[str, Pairs]


class Line(msgspec.Struct, array_like=True):
    """A document; `body` is its JSON, null where its text was removed."""

    id: str
    seq: int
    at: datetime
    actor: str
    created: datetime
    sha: str
    of: str
    body: msgspec.Raw


class Saved(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A state without what its snapshot holds (see `State`), and the rows that were folded since.

    `base_hash` is that of the snapshot's last commit. `rows` names the row function, "" for no rows; a row is null
    where a case has none.
    """

    format: int
    base_hash: str
    end: tuple[int, int, int, str]
    line: int
    at: datetime
    own: dict[str, list[Line]]
    gone: list[tuple[str, str, int]]
    covered: list[tuple[int, str, str]]
    placed: Pairs
    added: Owned
    removed: Owned
    ever: Owned
    tokens: dict[str, int]
    redacted: list[tuple[int, int]]
    redactor: int
    unfinished: list[tuple[int, int]]
    top: dict[str, int]
    stale: list[str]
    counts: list[int]
    spots: list[int]
    sizes: list[int]
    chain: str
    rows: str
    fresh: dict[str, msgspec.Raw]

    @property
    def head(self) -> Head:
        """The last commit in it."""
        return Head(*self.end)


class _Format(msgspec.Struct):
    format: int


def save(state: State, unfinished: tuple[tuple[int, int], ...], ready: Ready) -> bytes:
    """The bytes of a tail: what `state`, which does not move any more, knows beside its snapshot."""
    saved = Saved(
        format=TAIL_FORMAT,
        base_hash="" if state.base is None else state.base.tip.hash,
        end=(state.end.seq, state.end.segment, state.end.end, state.end.hash),
        line=state.line,
        at=state.at,
        own={table: [_line(name, entry) for name, entry in own.items()] for table, own in state.own.items()},
        gone=[(*key, seq) for key, seq in state.gone.items()],
        covered=[(number, *key) for number, key in state.covered.items()],
        placed=[*state.placed],
        added={of: [*keys] for of, keys in state.owners.added.items()},
        removed={of: [*keys] for of, keys in state.owners.removed.items()},
        ever={of: [*keys] for of, keys in state.owners.ever.items()},
        tokens=state.tokens,
        redacted=[*state.redacted],
        redactor=state.redactor,
        unfinished=[*unfinished],
        top=state.top,
        stale=[*state.stale],
        counts=state.counts.tolist(),
        spots=state.spots.tolist(),
        sizes=state.sizes.tolist(),
        chain=state.chain.hex(),
        rows=ready.version,
        fresh={case: msgspec.Raw(text) for case, text in ready.rows.items()},
    )
    body = tame(msgspec.json.encode(saved))
    return b"%s\n%s\n" % (hashlib.sha256(body).hexdigest().encode(), body)


def _line(name: str, entry: Entry) -> Line:
    rev = entry.rev
    body = msgspec.Raw(b"null" if entry.body is None else entry.body)
    return Line(name, rev.seq, rev.at, rev.actor, rev.created_at, rev.digest, entry.of, body)


def read(raw: bytes) -> Saved:
    """What `save` wrote; raises BadSnapshot."""
    digest, _, rest = raw.partition(b"\n")
    body = rest[:-1]
    if digest != hashlib.sha256(body).hexdigest().encode() or rest[-1:] != b"\n":
        raise BadSnapshot("its tail was changed")
    try:
        if msgspec.json.decode(body, type=_Format).format != TAIL_FORMAT:
            raise OtherSnapshot("its tail is of another version")
        return msgspec.json.decode(body, type=Saved)
    except msgspec.DecodeError as error:
        raise BadSnapshot(f"its tail cannot be read ({error})") from None


def last_spot(saved: Saved, since: int) -> Spot:
    """Where the line of its last commit lies; raises BadSnapshot where its parts do not fit together."""
    count = saved.head.seq - since
    lengths = {len(saved.counts), len(saved.spots), len(saved.sizes), len(saved.chain) // (2 * CHAIN_BYTES)}
    if count < 1 or lengths != {count}:
        raise BadSnapshot("its tail does not fit together")
    size = saved.sizes[-1]
    return Spot(saved.head.segment, saved.head.end - size, size)


def load(state: State, saved: Saved, base: Base | None) -> None:
    """Put a state where the tail ends."""
    state.restart(base)
    state.end, state.line, state.at = saved.head, saved.line, saved.at
    state.own = {table: {line.id: _entry(line) for line in lines} for table, lines in saved.own.items()}
    state.gone = {(table, name): seq for table, name, seq in saved.gone}
    state.covered = {number: (table, name) for number, table, name in saved.covered}
    state.placed = set(saved.placed)
    state.owners.added = {of: dict.fromkeys(keys) for of, keys in saved.added.items()}
    state.owners.removed = {of: set(keys) for of, keys in saved.removed.items()}
    state.owners.ever = {of: dict.fromkeys(keys) for of, keys in saved.ever.items()}
    state.tokens, state.redacted, state.redactor = saved.tokens, set(saved.redacted), saved.redactor
    state.top, state.stale = saved.top, dict.fromkeys(saved.stale)
    state.counts, state.changes = array("I", saved.counts), sum(saved.counts)
    state.saved = state.changes
    state.spots, state.sizes = array("Q", saved.spots), array("Q", saved.sizes)
    state.chain = bytearray.fromhex(saved.chain)
    state.touched = dict.fromkeys(saved.stale)
    state.ready = Ready(saved.rows, {case: bytes(text) for case, text in saved.fresh.items()})


def _entry(line: Line) -> Entry:
    body = bytes(line.body)
    return Entry(
        Rev(line.seq, line.at, line.actor, line.created, line.sha), None if body == b"null" else body, line.of
    )
