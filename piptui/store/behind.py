"""What lies behind the acknowledged end, for whoever checks a record while others write it."""

import os
from collections.abc import Iterator
from datetime import datetime

from piptui.errors import Corrupt

from .api import Problem
from .files import Head, Place, open_regular, pread_head
from .line import BadLine, read_line, read_time
from .scan import Raw, check_chain, is_whole, read_lines

_TRIES = 20


def misplaced(place: Place, head: Head, at: datetime, line: int) -> Problem | None:
    """The first place behind `head` that no writer leaves and every writer refuses; None where all is in order:
    commits that follow, a save under way, or one that was cut off.

    `at` is the instant of the commit at `head`, `line` its number in its segment. Where others keep writing, they
    have found it in order themselves.
    """
    for _ in range(_TRIES):
        before = acknowledged(place)
        found = _first(place, head, at, line)
        if found is None or before is None:
            return None
        if acknowledged(place) == before:
            return found
    return None


def listed_behind(place: Place, head: Head, at: datetime) -> set[tuple[int, int]]:
    """What the commits that follow behind `head` remove, as (seq, change).

    In a copy of a living record `head` may be older than a blank; the commit that lists it was copied later. `at` is
    the instant of the commit at `head`.
    """
    found: set[tuple[int, int]] = set()
    for number, raw in _lines(place, head):
        try:
            read = read_line(raw.text)
            check_chain(read, head, at)
        except BadLine:
            break
        if not is_whole(raw.text):
            break
        found.update(read.header.redacts)
        at = read_time(read.header.at)
        head = Head(read.header.seq, number, raw.offset + len(raw.text), read.hash)
    return found


def acknowledged(place: Place) -> Head | None:
    """The acknowledged end as it stands now; None where there is none or it is damaged."""
    try:
        fd = os.open(place.head, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        return pread_head(fd)[1]
    finally:
        os.close(fd)


def _first(place: Place, head: Head, at: datetime, line: int) -> Problem | None:
    end, count, segment = head, line, head.segment
    wrong: Problem | None = None
    for number, raw in _lines(place, head):
        if number != segment:
            segment, count = number, 0
        count += 1
        if wrong is not None:
            if is_whole(raw.text):
                return wrong
            continue
        whole = is_whole(raw.text)
        try:
            read = read_line(raw.text)
            check_chain(read, end, at)
            if not whole:
                raise BadLine("a text was changed")
        except BadLine as error:
            what = f"behind the acknowledged end: {error}"
            wrong = Problem(end.seq + 1, number, count, what, "chain" if whole else "line")
            if whole:
                return wrong
            continue
        at = read_time(read.header.at)
        end = Head(read.header.seq, number, raw.offset + len(raw.text), read.hash)
    return None


def _lines(place: Place, head: Head) -> Iterator[tuple[int, Raw]]:
    number, start = head.segment, head.end
    while True:
        try:
            fd = open_regular(place.segment(number))
        except (FileNotFoundError, Corrupt):
            return
        try:
            for raw in read_lines(fd, start, os.fstat(fd).st_size):
                yield number, raw
        finally:
            os.close(fd)
        number, start = number + 1, 0
