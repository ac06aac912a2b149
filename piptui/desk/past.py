"""What happened, as lines: the sentences of the record, and of a text that was removed, by whom and why."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeVar

from piptui.cases.records import Document, Removal
from piptui.cases.removal import marked
from piptui.cases.words import Class
from piptui.desk import api
from piptui.desk.session import Session
from piptui.store import Record
from piptui.text import sentence_list

D = TypeVar("D", bound=Document)

ORDER: Final = (
    *("plans", "drafts", "checkins", "entries", "files", "holds", "cases", "keys", "policies", "redactions"),
)
"""Which sentence of a commit is told first: the one about the thing itself, then what followed for the case."""

REDACT: Final = "redact"
CLASSES: Final[dict[str, Class]] = {
    "cases": "shared",
    "plans": "shared",
    "checkins": "shared",
    "drafts": "manager_hr",
    "keys": "manager_hr",
    "holds": "manager_hr",
    "people": "manager_hr",
}
"""The class of all documents of a table, for those that say nothing of it any more."""


def case_history(
    session: Session, key: str, classes: frozenset[Class], *, until: int | None = None
) -> tuple[api.HistoryLine, ...]:
    """Everything in these classes that happened to a case, oldest first, perhaps only up to a commit."""
    lines: dict[tuple[int, str], api.HistoryLine] = {}
    keys = (one for one in session.store.ever(key) if one[0] in ORDER)
    for table, doc in sorted((("cases", key), *keys), key=lambda one: ORDER.index(one[0])):
        records = session.store.history(table, doc)
        for record, line in zip(records, history_lines(session, records), strict=True):
            cls = record.cls or CLASSES.get(table, "")
            if cls in classes and line.sentence and (until is None or line.seq <= until):
                lines.setdefault((line.seq, line.sentence), line)
    return tuple(sorted(lines.values(), key=lambda line: line.seq))


def history_lines(session: Session, records: Sequence[Record]) -> list[api.HistoryLine]:
    """The history of one document, oldest first."""
    name = session.directory().name
    removers = _removers(records)
    return [_line(record, remover, name) for record, remover in zip(records, removers, strict=True)]


def _removers(records: Sequence[Record]) -> list[tuple[Record, ...]]:
    """For each text that was removed the commit that did it: the next redaction of the same document; where what that
    one said was removed, too, those behind it up to one that says why."""
    found: list[tuple[Record, ...]] = []
    last: tuple[Record, ...] = ()
    for record in reversed(records):
        found.append(last if record.redacted else ())
        if record.act == REDACT:
            last = (record, *last) if record.redacted else (record,)
    return found[::-1]


def _line(record: Record, removers: Sequence[Record], name: Callable[[str], str]) -> api.HistoryLine:
    sentence = record.sentence
    if record.redacted:
        sentence = "; the reason was ".join(_told_remover(one, name) for one in removers) or "removed"
        sentence = sentence[0].upper() + sentence[1:]
        sentence += f": {removers[-1].reason}" if removers and removers[-1].reason else "."
    return api.HistoryLine(
        seq=record.seq,
        at=record.at,
        who=name(record.actor),
        role=record.role,
        act=record.act,
        sentence=sentence,
        reason=record.reason,
        table=record.table,
        id=record.id,
        removed=record.redacted,
    )


def _told_remover(one: Record, name: Callable[[str], str]) -> str:
    return f"removed on {one.at:%Y-%m-%d} by {name(one.actor)}"


def shown(record: D) -> D:
    """A document as it is read: where a part of its text was removed, that is said in its place."""
    return marked(record, lambda one: f"(removed from the record on {one.at:%Y-%m-%d})")


def told_removal(record: Document, name: Callable[[str], str]) -> str:
    """That a document's text was removed, or parts of it, when, by whom and why; "" where none was."""
    found = (*(record.removed_parts or ()), *((record.removed,) if record.removed else ()))
    return "; ".join(_told(one, name) for one in found)


def _told(one: Removal, name: Callable[[str], str]) -> str:
    parts = f"{sentence_list(one.fields)} " if one.fields else ""
    return f"{parts}removed on {one.at:%Y-%m-%d} by {name(one.by)}: {one.reason}"


def in_order(lines: Iterable[api.HistoryLine]) -> tuple[api.HistoryLine, ...]:
    """Lines of several documents as one history: those that say something, oldest first."""
    return tuple(sorted((line for line in lines if line.sentence), key=lambda line: line.seq))
