"""What a snapshot says of itself, and the line that it holds for each document.

Numbers in binary sections are little-endian; docs/format.md says what each section holds.
"""

import hashlib
import struct
import sys
from array import array
from datetime import datetime
from typing import NamedTuple

import msgspec

from .api import Key, Rev
from .entry import Entry
from .files import Head
from .pages import BadSnapshot, OtherSnapshot
from .text import tame

SNAPSHOT_FORMAT = 2
NAME_BYTES = 12
KEY = struct.Struct("<12sI")
OWNER = struct.Struct("<12sIIII")
TOKEN = struct.Struct("<12sI")
COMMIT = struct.Struct("<QQ16s")
CHAIN_BYTES = 16


class Tip(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The head of a snapshot, the first line of NNN.idx.

    `seq`, `segment`, `start`, `end`, `hash`, `at`, `line`: the last commit it covers, where its line lies, its
    instant and its number in the segment. `lengths`: bytes of the segments before. `tables`: name, current
    documents and how many of these have no text any more, in the order of the lines. `lines` counts those and
    the deleted ones behind them. `top`: the highest whole number that was an id. `redactor`: the last commit that
    removed texts, 0 for none. `rows` names the row function; `stale` are the cases without a row; the first
    `firsts` rows are those in whose text `first` stands, where it is not empty. `sections`: name -> offset and
    size in NNN.dat. `sums`: sha256 of the check sums behind this line.
    """

    format: int
    client: str
    seq: int
    segment: int
    start: int
    end: int
    hash: str
    at: datetime
    line: int
    lengths: tuple[int, ...]
    tables: tuple[tuple[str, int, int], ...]
    lines: int
    top: dict[str, int]
    redacted: tuple[tuple[int, int], ...]
    redactor: int
    unfinished: tuple[tuple[int, int], ...]
    rows: str
    stale: tuple[str, ...]
    first: str
    firsts: int
    text_bytes: int
    data_bytes: int
    sections: dict[str, tuple[int, int]]
    sums: str

    @property
    def head(self) -> Head:
        """The journal's end as the snapshot knows it."""
        return Head(self.seq, self.segment, self.end, self.hash)

    @property
    def documents(self) -> int:
        """How many lines hold current documents."""
        return sum(count for _, count, _ in self.tables)


class _Format(msgspec.Struct):
    format: int


def write_tip(tip: Tip, sums: bytes) -> bytes:
    """The bytes of NNN.idx."""
    head = tame(msgspec.json.encode(tip))
    return b'%s\t"%s"\n%s' % (head, hashlib.sha256(head).hexdigest().encode(), sums)


def read_tip(raw: bytes) -> tuple[Tip, bytes]:
    """What `write_tip` wrote: the tip and the check sums of all pages; raises BadSnapshot."""
    line, _, sums = raw.partition(b"\n")
    head, _, digest = line.partition(b"\t")
    if digest != b'"%s"' % hashlib.sha256(head).hexdigest().encode():
        raise BadSnapshot("its head was changed")
    try:
        if msgspec.json.decode(head, type=_Format).format != SNAPSHOT_FORMAT:
            raise OtherSnapshot("it is of another version")
        tip = msgspec.json.decode(head, type=Tip)
    except msgspec.DecodeError as error:
        raise BadSnapshot(f"its head cannot be read ({error})") from None
    if hashlib.sha256(sums).hexdigest() != tip.sums:
        raise BadSnapshot("its check sums were changed")
    return tip, sums


class _Stand(msgspec.Struct, kw_only=True, omit_defaults=True):
    """The first part of a line: a document's key, owner and revision; `state` is "gone", "removed" or ""."""

    t: str
    id: str
    of: str = ""
    seq: int
    at: datetime | None = None
    actor: str = ""
    created: datetime | None = None
    sha: str = ""
    state: str = ""


class Kept(NamedTuple):
    """One line: `entry` None for a deleted document, `seq` of the last change."""

    key: Key
    seq: int
    entry: Entry | None


_STAND = msgspec.json.Decoder(_Stand)
_ENCODER = msgspec.json.Encoder()


def write_kept(key: Key, seq: int, entry: Entry | None) -> bytes:
    """The line of a document, with its LF."""
    if entry is None:
        stand, body = _Stand(t=key[0], id=key[1], seq=seq, state="gone"), b"null"
    else:
        rev = entry.rev
        stand = _Stand(
            t=key[0],
            id=key[1],
            of=entry.of,
            seq=rev.seq,
            at=rev.at,
            actor=rev.actor,
            created=rev.created_at,
            sha=rev.digest,
            state="" if entry.body is not None else "removed",
        )
        body = b"null" if entry.body is None else entry.body
    return b"%s\t%s\n" % (tame(_ENCODER.encode(stand)), body)


def read_kept(raw: bytes) -> Kept:
    """What `write_kept` wrote; raises BadSnapshot."""
    head, _, body = raw.partition(b"\t")
    try:
        stand = _STAND.decode(head)
    except msgspec.DecodeError as error:
        raise BadSnapshot(f"a line cannot be read ({error})") from None
    key = (stand.t, stand.id)
    if stand.at is None or stand.created is None:
        return Kept(key, stand.seq, None)
    rev = Rev(stand.seq, stand.at, stand.actor, stand.created, stand.sha)
    return Kept(key, stand.seq, Entry(rev, None if stand.state else body[:-1], stand.of))


def short_hash(text: str) -> bytes:
    """By what an owner or a token is looked up."""
    return hashlib.sha256(text.encode(errors="surrogatepass")).digest()[:NAME_BYTES]


def key_hash(key: Key) -> bytes:
    """By what a key is looked up."""
    return short_hash(f"{len(key[0])} {key[0]}{key[1]}")


def little(values: "array[int]") -> bytes:
    """The little-endian bytes of an array of numbers."""
    if sys.byteorder == "big":
        values = values[:]
        values.byteswap()
    return values.tobytes()


def numbers(code: str, raw: bytes) -> "array[int]":
    """What `little` wrote."""
    values: array[int] = array(code)
    values.frombytes(raw)
    if sys.byteorder == "big":
        values.byteswap()
    return values
