"""What a document was: its past changes, found by following each one's pointer to the one before."""

import os
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from piptui.errors import BadInput, NotFound

from .api import Commit, Document, Key, Record, Rev, Said
from .entry import UNKNOWN, Outcome, Unknown, outcome
from .found import Found
from .journal import Journal
from .line import BadLine, Header, Payload, Touch, is_blank, read_payload, read_time, sha
from .scan import CHANGED, Damaged


class Step(NamedTuple):
    """One change of a document, number `place` in its commit; `header` is without changes, `payload` None where its
    text was removed."""

    header: Header
    touch: Touch
    place: int
    payload: Payload | None

    @property
    def at(self) -> datetime:
        """The instant of its commit."""
        return read_time(self.header.at)


def steps(journal: Journal, key: Key, until: int) -> list[Step]:
    """The changes of a key up to commit `until`, oldest first; raises Corrupt."""
    found: list[Step] = []
    seq = journal.state.last(key)
    while seq:
        step = _step(journal, key, seq)
        if seq <= until:
            found.append(step)
        seq = step.touch.prev
    return found[::-1]


def payloads(journal: Journal, key: Key) -> list[Said]:
    """See `Store.said`; raises Corrupt."""
    return [
        Said(step.header.seq, step.place, _content(step.payload), step.payload.sentence, step.payload.reason)
        for step in steps(journal, key, journal.state.end.seq)
        if step.payload is not None
    ]


def _content(payload: Payload) -> Document:
    raw = payload.doc if len(payload.doc) else payload.patch
    return msgspec.json.decode(raw) if len(raw) else {}


def _step(journal: Journal, key: Key, seq: int) -> Step:
    header, touch, place, spot = _found(journal, key, seq)
    if (seq, place) in journal.state.redacted:
        return Step(header, touch, place, None)
    raw = os.pread(journal.segment_fd(spot.segment), spot.size, spot.offset)
    if sha(raw) == touch.sha:
        return Step(header, touch, place, read_payload(raw))
    # Acknowledged by now, if a redaction is what happened here.
    journal.refresh()
    if (seq, place) in journal.state.redacted:
        return Step(header, touch, place, None)
    raise journal.corrupt(Damaged(seq, spot.segment, 0, CHANGED[is_blank(raw)]))


def _found(journal: Journal, key: Key, seq: int) -> Found:
    found = journal.found.get(seq, key) or journal.found.keep(journal.line(seq), journal.state.spot(seq), key)
    if found is None:
        raise journal.corrupt(Damaged(seq, journal.state.spot(seq).segment, 0, "a change is not where it should be"))
    return found


def _fold(journal: Journal, found: list[Step]) -> list[Outcome]:
    current: Outcome = None
    results: list[Outcome] = []
    for step in found:
        try:
            current = UNKNOWN if step.payload is None else outcome(current, step.payload)
        except BadLine as error:
            spot = journal.state.spot(step.header.seq)
            raise journal.corrupt(Damaged(step.header.seq, spot.segment, 0, str(error))) from None
        results.append(current)
    return results


def document_at(journal: Journal, key: Key, seq: int) -> tuple[Document, Rev]:
    """The document as of a commit; raises NotFound where there was none or its text was removed."""
    if seq < 0 or seq > journal.state.end.seq:
        raise BadInput(f"There is no commit {seq}: the record goes from 1 to {journal.state.end.seq}.")
    found = steps(journal, key, seq)
    results = _fold(journal, found)
    if not results or results[-1] is None:
        raise NotFound(f"There was no such document in {key[0]} at commit {seq}.")
    body = results[-1]
    if isinstance(body, Unknown):
        raise NotFound(f"The text of this document as of commit {seq} was removed from the record.")
    created = found[-1].at
    for step, result in zip(reversed(found), reversed(results), strict=True):
        if result is None:
            break
        created = step.at
    last = found[-1]
    return msgspec.json.decode(body), Rev(last.header.seq, last.at, last.header.actor, created, last.touch.sha)


def history(journal: Journal, key: Key) -> list[Record]:
    """Every change of a key, oldest first."""
    found = steps(journal, key, journal.state.end.seq)
    classes = _classes(_fold(journal, found))
    return [_record(step, cls) for step, cls in zip(found, classes, strict=True)]


def _classes(results: list[Outcome]) -> list[str]:
    """The class at each change; where it cannot be read, of the change before it, else of the one behind it."""
    known: list[str | None] = [_class(result) if isinstance(result, bytes) else None for result in results]
    for index in range(1, len(known)):
        if known[index] is None:
            known[index] = known[index - 1]
    for index in range(len(known) - 2, -1, -1):
        if known[index] is None:
            known[index] = known[index + 1]
    return [cls or "" for cls in known]


class _Class(msgspec.Struct):
    cls: Any = msgspec.field(default="", name="class")


def _class(body: bytes) -> str:
    cls = msgspec.json.decode(body, type=_Class).cls
    return cls if isinstance(cls, str) else ""


def _record(step: Step, cls: str) -> Record:
    header, touch, payload = step.header, step.touch, step.payload
    return Record(
        seq=header.seq,
        at=step.at,
        actor=header.actor,
        role=header.role,
        act=header.act,
        table=touch.t,
        id=touch.id,
        of=touch.of,
        cls=cls,
        sentence="" if payload is None else payload.sentence,
        reason="" if payload is None else payload.reason,
        by={} if payload is None else payload.by,
        deleted=payload is not None and payload.delete,
        redacted=payload is None,
        digest=touch.sha,
        token=header.token,
        place=step.place,
    )


def as_commit(header: Header, digest: str) -> Commit:
    """A header as callers see it."""
    return Commit(
        seq=header.seq,
        at=read_time(header.at),
        actor=header.actor,
        role=header.role,
        act=header.act,
        keys=tuple((touch.t, touch.id) for touch in header.ch),
        owners=tuple(touch.of for touch in header.ch),
        client=header.client,
        hash=digest,
        token=header.token,
        redacts=header.redacts,
    )
