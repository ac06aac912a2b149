"""Where single changes lie in their lines, so that a long line is read once and not for every document in it.

What is kept holds no text: the headers that were read, and where each payload lies. A payload is read from the disk
each time and has to match its hash, so that a text that was removed since, or changed, is never served from here.
"""

from array import array
from typing import Final, NamedTuple

import msgspec

from .api import Key
from .entry import Spot
from .line import Header, Line, Touch

KEPT: Final = 1 << 15
"""How many changes are kept at most; one takes some 500 bytes."""

_LINE: Final = 8
"""What a line takes beside its changes, in changes."""


class Found(NamedTuple):
    """A change; `header` is that of its commit without the changes, `place` its number in it, `raw` where its payload
    lies."""

    header: Header
    touch: Touch
    place: int
    raw: Spot


class _Part(NamedTuple):
    """A line, or of one with more changes than are kept those from number `first` on."""

    header: Header
    first: int
    touches: tuple[Touch, ...]
    places: dict[Key, int]
    segment: int
    ends: "array[int]"

    @property
    def weight(self) -> int:
        return _LINE + len(self.touches)

    def get(self, key: Key) -> Found | None:
        index = self.places.get(key)
        if index is None:
            return None
        start, end = self.ends[index] + 1, self.ends[index + 1]
        place = self.first + index
        return Found(self.header, self.touches[index], place, Spot(self.segment, start, end - start))


class FoundChanges:
    """The changes that were asked for last, and those that lie beside them."""

    def __init__(self, most: int = KEPT) -> None:
        self._most = most
        self._parts: dict[int, _Part] = {}
        self._weight = 0

    def clear(self) -> None:
        """Forget everything: the files may be others."""
        self._parts.clear()
        self._weight = 0

    def get(self, seq: int, key: Key) -> Found | None:
        """The change of a key in a commit, as far as it is kept."""
        part = self._parts.get(seq)
        if part is None:
            return None
        self._parts[seq] = self._parts.pop(seq)
        return part.get(key)

    def keep(self, line: Line, spot: Spot, key: Key) -> Found | None:
        """The change of a key in a line that was read from `spot`; None where it is not in there."""
        seq = line.header.seq
        part = _part(line, spot, key, max(self._most - _LINE, 1))
        self._drop(seq)
        while self._parts and self._weight + part.weight > self._most:
            self._drop(next(iter(self._parts)))
        self._parts[seq] = part
        self._weight += part.weight
        return part.get(key)

    def _drop(self, seq: int) -> None:
        part = self._parts.pop(seq, None)
        self._weight -= part.weight if part else 0


def _part(line: Line, spot: Spot, key: Key, most: int) -> _Part:
    touches = line.header.ch
    first = 0
    if len(touches) > most:
        # Whoever reads many documents reads them in the order in which they were written.
        first = next((number for number, touch in enumerate(touches) if (touch.t, touch.id) == key), 0)
        touches = touches[first : first + most]
    places: dict[Key, int] = {}
    for index, touch in enumerate(touches):
        places.setdefault((touch.t, touch.id), index)
    # From the end of the line, since a header is as long as whoever wrote it made it.
    end = spot.offset + spot.size - 1 - sum(len(raw) + 1 for raw in line.payloads[first:])
    ends = array("Q", [end])
    for raw in line.payloads[first : first + len(touches)]:
        end += len(raw) + 1
        ends.append(end)
    return _Part(msgspec.structs.replace(line.header, ch=()), first, touches, places, spot.segment, ends)
