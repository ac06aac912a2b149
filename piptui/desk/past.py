"""What happened to a case, as the sentences that were stored when it did."""

from collections.abc import Callable, Iterable

from piptui.cases.words import Class
from piptui.desk import api
from piptui.desk.session import Session
from piptui.store import Key, Record

ORDER = ("plans", "drafts", "checkins", "entries", "files", "cases", "keys", "policies")
"""Which sentence of a commit is told first: the one about the thing itself, then what followed for the case."""


def case_history(
    session: Session, key: str, classes: frozenset[Class], *, until: int | None = None
) -> tuple[api.HistoryLine, ...]:
    """Everything in these classes that happened to a case, oldest first, perhaps only up to a commit."""
    keys: Iterable[Key] = (("cases", key), *session.store.ever(key))
    name = session.directory().name
    lines: dict[tuple[int, str], api.HistoryLine] = {}
    for table, doc in sorted(keys, key=lambda one: ORDER.index(one[0])):
        for record in session.store.history(table, doc):
            told = record.cls in classes and (record.sentence or record.redacted)
            if told and (until is None or record.seq <= until):
                lines.setdefault((record.seq, record.sentence), history_line(record, name))
    return tuple(sorted(lines.values(), key=lambda line: line.seq))


def history_line(record: Record, name: Callable[[str], str]) -> api.HistoryLine:
    """One line of a history."""
    return api.HistoryLine(
        seq=record.seq,
        at=record.at,
        who=name(record.actor),
        role=record.role,
        act=record.act,
        sentence="(the text was removed)" if record.redacted else record.sentence,
        reason=record.reason,
        table=record.table,
        id=record.id,
    )
