"""Files of a snapshot: written in pages with a check sum each, and no byte read without its page being checked.

They are read, not mapped: a file that somebody cuts short must be an error here, not the end of the process.
"""

import os
import zlib
from array import array
from collections.abc import Sequence

PAGE = 8192
_FLUSH = 1 << 20
_CACHED = 1024


class BadSnapshot(Exception):
    """A snapshot is not what was written, or not of this journal: nothing more of it may be served."""


class OtherSnapshot(BadSnapshot):
    """A snapshot that another version of the program made: in order, but not for us."""


class Pages:
    """A file opened for reading; `sums` holds the crc32 of each page."""

    def __init__(self, fd: int, size: int, sums: Sequence[int]) -> None:
        if len(sums) != pages_of(size):
            raise BadSnapshot("a list of check sums is too short or too long")
        self._fd = fd
        self._size = size
        self._sums = sums
        self._cache: dict[int, bytes] = {}

    def read(self, start: int, end: int) -> bytes:
        """The bytes between two offsets; raises BadSnapshot."""
        if not 0 <= start <= end <= self._size:
            raise BadSnapshot("an offset points out of a file")
        if self._fd < 0:
            raise BadSnapshot("it is not in use any more")
        if start == end:
            return b""
        first, last = start // PAGE, (end - 1) // PAGE
        origin = first * PAGE
        wanted = min((last + 1) * PAGE, self._size) - origin
        raw = os.pread(self._fd, wanted, origin)
        if len(raw) != wanted:
            raise BadSnapshot("a file is shorter than it was")
        view, sums, crc = memoryview(raw), self._sums, zlib.crc32
        for number in range(first, last + 1):
            place = (number - first) * PAGE
            if crc(view[place : place + PAGE]) != sums[number]:
                raise BadSnapshot(f"page {number} was changed")
        return raw[start - origin : end - origin]

    def take(self, start: int, size: int) -> bytes:
        """A few bytes, out of a page that may have been read and checked before."""
        number, place = divmod(start, PAGE)
        page = self._cache.get(number) or self._page(number)
        if place + size <= len(page):
            return page[place : place + size]
        return self.read(start, start + size)

    def _page(self, number: int) -> bytes:
        if len(self._cache) >= _CACHED:
            self._cache.clear()
        page = self._cache[number] = self.read(number * PAGE, min((number + 1) * PAGE, self._size))
        return page

    def check(self) -> None:
        """Compare every page with its check sum; raises BadSnapshot."""
        for start in range(0, self._size, _FLUSH):
            self.read(start, min(start + _FLUSH, self._size))

    def close(self) -> None:
        """Close the file; whoever still reads is told."""
        fd, self._fd = self._fd, -1
        if fd >= 0:
            os.close(fd)


class Sheet:
    """A file being written from its beginning to its end; `sums` and `size` describe what was written."""

    def __init__(self, fd: int) -> None:
        self.size = 0
        self.sums = array("I")
        self._fd = fd
        self._rest = bytearray()

    def write(self, data: bytes) -> None:
        """Add bytes."""
        self._rest += data
        self.size += len(data)
        if len(self._rest) >= _FLUSH:
            self._put(len(self._rest) // PAGE * PAGE)

    def finish(self) -> None:
        """Write what is left, and wait until all of it is on the disk."""
        self._put(len(self._rest))
        os.fsync(self._fd)

    def _put(self, size: int) -> None:
        data = bytes(self._rest[:size])
        del self._rest[:size]
        view = memoryview(data)
        self.sums.extend(zlib.crc32(view[place : place + PAGE]) for place in range(0, size, PAGE))
        while view:
            view = view[os.write(self._fd, view) :]


def pages_of(size: int) -> int:
    """How many pages so many bytes take."""
    return -(-size // PAGE)
