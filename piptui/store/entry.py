"""What a document is at one moment: its canonical JSON and where it stands."""

from typing import Final, NamedTuple

import msgspec

from .api import Rev
from .line import BadLine, Payload, is_blank, read_payload, sum_of
from .patch import apply
from .text import canonical


class Unknown:
    """The type of `UNKNOWN`: a document whose text was removed and has not been written anew."""


UNKNOWN: Final = Unknown()
Outcome = bytes | Unknown | None
"""A document after a change: its canonical JSON, not to be known, or gone."""


class Entry(msgspec.Struct):
    """A current document; `body` None where its text was removed."""

    rev: Rev
    body: bytes | None
    of: str


class Spot(NamedTuple):
    """Where a line lies."""

    segment: int
    offset: int
    size: int


def before(entry: Entry | None) -> Outcome:
    """A document as the next payload finds it."""
    if entry is None:
        return None
    return UNKNOWN if entry.body is None else entry.body


def outcome(before: Outcome, payload: Payload) -> Outcome:
    """What a payload makes of a document; raises BadLine where the check sum disagrees."""
    if payload.delete:
        return None
    if len(payload.doc):
        body = bytes(payload.doc)
        if sum_of(body) != payload.sum:
            body = canonical(msgspec.json.decode(body))
    elif isinstance(before, Unknown):
        return UNKNOWN
    elif before is None:
        raise BadLine("it patches a document that does not exist")
    else:
        body = canonical(apply(msgspec.json.decode(before), msgspec.json.decode(payload.patch)))
    if sum_of(body) != payload.sum:
        raise BadLine("a document does not have the check sum it was written with")
    if not body.startswith(b"{"):
        raise BadLine("a document is not an object")
    return body


def is_made_by(entry: Entry | None, payload: bytes) -> bool:
    """Whether a document is what its last payload says it became; one whose text was removed says nothing."""
    if is_blank(payload):
        return True
    try:
        last = read_payload(payload)
    except BadLine:
        return False
    if entry is None or last.delete:
        return entry is None and last.delete
    return entry.body is None or sum_of(entry.body) == last.sum
