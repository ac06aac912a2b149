"""The sections of NNN.dat, written one after the other; and read again, piece by piece."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

from .base import BATCH, Base
from .pages import Sheet

T = TypeVar("T")


class Sections:
    """Sections being written; `table` says where each one lies."""

    def __init__(self, sheet: Sheet, pause: Callable[[], None]) -> None:
        self.table: dict[str, tuple[int, int]] = {}
        self._sheet = sheet
        self._pause = pause

    def add(self, name: str, parts: Iterable[bytes]) -> None:
        """Write a section."""
        start = self._sheet.size
        following = iter(parts)
        while some := [*islice(following, BATCH)]:
            self._sheet.write(b"".join(some))
            self._pause()
        self.table[name] = (start, self._sheet.size - start)


def pieces(base: Base, name: str, width: int) -> Iterator[bytes]:
    """The bytes of a section in pieces of whole entries."""
    size = base.tip.sections[name][1]
    for start in range(0, size, BATCH * width):
        yield base.part(name, start, min(BATCH * width, size - start))


def entries(base: Base, name: str, width: int, unpack: Callable[[bytes], Iterator[T]]) -> Iterator[T]:
    """The entries of a section."""
    for piece in pieces(base, name, width):
        yield from unpack(piece)


def in_order(entries: Iterable[bytes]) -> Iterator[bytes]:
    """Entries sorted, a few at a time: nobody else can work while a list is sorted."""
    shelves: list[list[bytes]] = [[] for _ in range(256)]
    for entry in entries:
        shelves[entry[0]].append(entry)
    for shelf in shelves:
        yield from sorted(shelf)
