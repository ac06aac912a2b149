"""A snapshot that was opened: documents, rows and pointers of the past, each looked up on the disk when asked for.

Every method may raise BadSnapshot.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from struct import Struct
from typing import Any, Final, NamedTuple

import msgspec

from .api import Key
from .entry import Spot
from .pages import BadSnapshot, Pages
from .tip import (
    COMMIT,
    KEY,
    NAME_BYTES,
    OWNER,
    TOKEN,
    Kept,
    Tip,
    key_hash,
    numbers,
    read_kept,
    short_hash,
)

BATCH = 1000
_OFFSET_BITS: Final = 44
_OFFSETS: Final = (1 << _OFFSET_BITS) - 1


class Batch(NamedTuple):
    """Some neighbouring lines: the number of the first, where each begins in `text` and the last one ends."""

    first: int
    ends: "array[int]"
    text: bytes

    def line(self, number: int) -> bytes:
        """One line."""
        index = number - self.first
        return self.text[self.ends[index] : self.ends[index + 1]]


class Owned(NamedTuple):
    """The lines of the documents that belong to an owner now, and of those that ever did."""

    now: "array[int]"
    ever: "array[int]"


class Base:
    """A snapshot by its number; `tip` is what it says of itself."""

    def __init__(self, number: int, tip: Tip, text: Pages, data: Pages) -> None:
        self.number = number
        self.tip = tip
        self._text = text
        self._data = data
        self._odd: array[int] | None = None
        self._row_ids: list[str] | None = None
        self._row_at: dict[str, int] = {}

    def section(self, name: str) -> bytes:
        """A whole section."""
        offset, size = self.tip.sections[name]
        return self._data.read(offset, offset + size)

    def part(self, name: str, start: int, size: int) -> bytes:
        """Some bytes of a section."""
        offset, whole = self.tip.sections[name]
        if start + size > whole:
            raise BadSnapshot("a section is shorter than it was")
        return self._data.read(offset + start, offset + start + size)

    def _lookup(self, section: str, form: Struct, name: bytes) -> tuple[Any, ...] | None:
        """The fields behind `name` in a sorted section."""
        offset, size = self.tip.sections[section]
        width, take = form.size, self._data.take
        count = size // width
        index = bisect_left(range(count), name, key=lambda n: take(offset + n * width, NAME_BYTES))
        if index == count:
            return None
        found = form.unpack(take(offset + index * width, width))
        return found[1:] if found[0] == name else None

    def find(self, key: Key) -> tuple[int, Kept] | None:
        """The line of a key that ever existed: its number and what it says."""
        found = self._lookup("keys", KEY, key_hash(key))
        if found is None:
            return None
        kept = self.kept(found[0])
        if kept.key != key:
            raise BadSnapshot("a key points to another document")
        return found[0], kept

    def kept(self, number: int) -> Kept:
        """What a line says."""
        offset, _ = self.tip.sections["offsets"]
        pair = numbers("Q", self._data.take(offset + 8 * number, 16))
        return read_kept(self._text.read(pair[0], pair[1]))

    def batches(self, first: int, last: int) -> Iterator[Batch]:
        """The lines from `first` to the one before `last`."""
        offset, _ = self.tip.sections["offsets"]
        for number in range(first, last, BATCH):
            until = min(number + BATCH, last)
            ends = numbers("Q", self._data.read(offset + 8 * number, offset + 8 * (until + 1)))
            start = ends[0]
            text = self._text.read(start, ends[-1])
            yield Batch(number, array("Q", [end - start for end in ends]), text)

    def table(self, name: str) -> tuple[range, int]:
        """The lines of a table's current documents, and how many of these have no text any more."""
        first = 0
        for table, count, removed in self.tip.tables:
            if table == name:
                return range(first, first + count), removed
            first += count
        return range(0), 0

    def owned(self, of: str) -> Owned:
        """What belongs to an owner."""
        found = self._lookup("owners", OWNER, short_hash(of))
        return Owned(array("I"), array("I")) if found is None else self.lists(found)

    def lists(self, fields: tuple[int, int, int, int]) -> Owned:
        """The lists that the fields of an owner point to."""
        offset, size = self.tip.sections["lists"]
        parts = []
        for start, count in (fields[:2], fields[2:]):
            if 4 * (start + count) > size:
                raise BadSnapshot("a list points out of its section")
            begin = offset + 4 * start
            parts.append(numbers("I", self._data.take(begin, 4 * count) if count else b""))
        return Owned(*parts)

    def token(self, token: str) -> int | None:
        """The seq of the commit that carried this token."""
        found = self._lookup("tokens", TOKEN, short_hash(token))
        return None if found is None else int(found[0])

    def spot(self, seq: int) -> Spot:
        """Where the line of a commit lies."""
        place, size, _ = self._commit(seq)
        return unpack_spot(place, size)

    def chained(self, seq: int) -> bytes:
        """The first bytes of a commit's hash."""
        return self._commit(seq)[2]

    def _commit(self, seq: int) -> tuple[int, int, bytes]:
        offset, _ = self.tip.sections["commits"]
        place, size, digest = COMMIT.unpack(self._data.take(offset + COMMIT.size * (seq - 1), COMMIT.size))
        return place, size, digest

    def odd(self) -> "array[int]":
        """The numbers of the lines that a search has to read in full."""
        if self._odd is None:
            self._odd = numbers("I", self.section("odd"))
        return self._odd

    def row_ids(self) -> list[str]:
        """The cases that have a row here."""
        if self._row_ids is None:
            found = msgspec.json.decode(self.section("rowids"), type=list[str])
            self._row_at = {name: number for number, name in enumerate(found)}
            self._row_ids = found
        return self._row_ids

    def row(self, case: str) -> bytes | None:
        """The JSON text of the row of a case."""
        self.row_ids()
        number = self._row_at.get(case)
        if number is None:
            return None
        offset, _ = self.tip.sections["rowends"]
        pair = numbers("Q", self._data.take(offset + 8 * number, 16))
        start, _ = self.tip.sections["rows"]
        return self._data.read(start + pair[0], start + pair[1])

    def rows(self, most: int | None = None) -> Iterator[bytes]:
        """The JSON text of every row, or of the first ones, in the order of `row_ids`."""
        offset, _ = self.tip.sections["rowends"]
        start, _ = self.tip.sections["rows"]
        count = len(self.row_ids()) if most is None else most
        for number in range(0, count, BATCH):
            until = min(number + BATCH, count)
            ends = numbers("Q", self._data.read(offset + 8 * number, offset + 8 * (until + 1)))
            text = self._data.read(start + ends[0], start + ends[-1])
            for index in range(until - number):
                yield text[ends[index] - ends[0] : ends[index + 1] - ends[0]]

    def rows_having(self, mark: bytes) -> Iterator[tuple[str, bytes]]:
        """The cases in whose row these bytes stand, with the JSON text of the row."""
        if mark and mark == self.tip.first.encode():
            yield from zip(self.row_ids(), self.rows(self.tip.firsts), strict=False)
            return
        offset, _ = self.tip.sections["rowends"]
        start, _ = self.tip.sections["rows"]
        names = self.row_ids()
        for number in range(0, len(names), BATCH):
            until = min(number + BATCH, len(names))
            ends = numbers("Q", self._data.read(offset + 8 * number, offset + 8 * (until + 1)))
            first = ends[0]
            text = self._data.read(start + first, start + ends[-1])
            place = text.find(mark)
            while place >= 0:
                index = bisect_right(ends, first + place) - 1
                end = ends[index + 1] - first
                if place + len(mark) <= end:  # else it begins in one row and ends in the next
                    yield names[number + index], text[ends[index] - first : end]
                place = text.find(mark, end)

    def check(self) -> None:
        """Compare every page with its check sum; raises BadSnapshot."""
        self._text.check()
        self._data.check()

    def close(self) -> None:
        """Close its files."""
        self._text.close()
        self._data.close()


def pack_spot(spot: Spot) -> int:
    """Segment and offset in one number."""
    return spot.segment << _OFFSET_BITS | spot.offset


def unpack_spot(place: int, size: int) -> Spot:
    """What `pack_spot` made of a spot, which is `size` bytes long."""
    return Spot(place >> _OFFSET_BITS, place & _OFFSETS, size)
