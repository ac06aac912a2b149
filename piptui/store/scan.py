"""Lines as they lie in a segment, and what makes one the next of a chain."""

import os
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from .files import Head
from .line import BadLine, Line, is_blank, read_line, read_time, sha

CHANGED = ("a text was changed", "a text was removed that no redaction lists")
_BLOCK = 1 << 20


class Damaged(Exception):
    """The journal does not say what was acknowledged; where, and what it means."""

    def __init__(self, seq: int, segment: int, line: int, what: str) -> None:
        at = f", line {line}" if line else ""
        super().__init__(f"commit {seq}, segment {segment}{at}: {what}")
        self.seq, self.segment, self.line, self.what = seq, segment, line, what


class Raw(NamedTuple):
    """A line as it lies in a segment; without its LF only where the bytes end before one."""

    offset: int
    text: bytes


def read_lines(fd: int, start: int, end: int) -> Iterator[Raw]:
    """The lines of a segment between two offsets."""
    offset, rest = start, b""
    position = start
    while position < end:
        block = os.pread(fd, min(_BLOCK, end - position), position)
        if not block:
            break
        position += len(block)
        lines = (rest + block).split(b"\n")
        rest = lines.pop()
        for line in lines:
            yield Raw(offset, line + b"\n")
            offset += len(line) + 1
    if rest:
        yield Raw(offset, rest)


def check_chain(line: Line, before: Head, earliest: datetime) -> None:
    """Raise BadLine unless the line follows the commit at `before`, and not before the instant `earliest`."""
    header = line.header
    if header.prev != before.hash or header.seq != before.seq + 1:
        raise BadLine("it does not follow the line before it")
    if read_time(header.at) < earliest:
        raise BadLine("its time is before that of the line before it")


def is_whole(raw: bytes) -> bool:
    """Whether bytes are a line as a writer finishes it, every payload right or blanked."""
    try:
        line = read_line(raw)
    except BadLine:
        return False
    pairs = zip(line.header.ch, line.payloads, strict=True)
    return all(sha(payload) == touch.sha or is_blank(payload) for touch, payload in pairs)
