"""What a redaction is made of: documents with the texts that they have left, and what is to be left of each."""

import datetime as dt
import re
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from piptui.cases.file import CaseFile
from piptui.cases.plan import Items
from piptui.cases.records import Document, FileRecord, Removal
from piptui.cases.removal import header_stub, label, stub
from piptui.cases.words import Class, Role, words
from piptui.desk.api import RemovalLine
from piptui.desk.holds import standing
from piptui.desk.past import CLASSES
from piptui.desk.past import REDACT as ACT
from piptui.desk.session import Session
from piptui.documents import encode
from piptui.errors import Denied, Refused
from piptui.store import Record
from piptui.text import clean_line, fit

_ONE: Final = {
    "entries": "entry",
    "people": "person",
    "checkins": "check-in",
    "notebook": "note of the notebook",
    "holds": "legal hold",
}
SHOWN: Final = 48
"""How many cells of a text are shown for somebody to know which one it is."""
SHORT: Final = 2
"""A word of so many letters, or less, tells nobody who is meant."""
_NOT_A_WORD: Final = re.compile(r"[\W_]+")


class Piece(NamedTuple):
    """A document whose texts go: those of `records`; `after` is what it shall be (None: gone)."""

    line: RemovalLine
    records: tuple[Record, ...]
    after: dict[str, Any] | None
    visible: bool = True


@dataclass(frozen=True)
class Wanted:
    """Everything that a redaction takes out. `what` names it without personal data, `owners` are the ids under whose
    holds it may stand, `names` words that the reason may not hold and that bytes set aside are searched for."""

    kind: Any
    what: str
    role: Role
    of: str
    pieces: tuple[Piece, ...]
    owners: tuple[str, ...]
    names: tuple[str, ...]
    case: str = ""
    person: str = ""
    cases: tuple[str, ...] = ()
    elsewhere: tuple[RemovalLine, ...] = ()
    perhaps: tuple[RemovalLine, ...] = ()
    stays: tuple[str, ...] = field(default=())
    cls: Class = "manager_hr"
    empty: tuple[str, ...] = ()
    """Fields that are to go and say nothing now."""
    shown: str = ""
    """What it is as a list names it to the actor, where `what` does not tell it: that stays in the record."""
    also: tuple[str, ...] = ()
    """What goes besides and is not listed, in sentences."""
    unsaid: tuple[str, ...] = ()
    """Words of the person that the reason may not hold: it stays for ever."""


def of_case(
    session: Session, whole: CaseFile, kind: Any, what: str, role: Role, pieces: Iterable[Piece], **more: Any
) -> Wanted:
    """What a redaction takes out of one case; `more` is what else there is to say of it."""
    header = whole.header
    return Wanted(
        kind=kind,
        what=what,
        role=role,
        of=whole.id,
        pieces=tuple(pieces),
        owners=(whole.id, header.of),
        names=tuple(party.name for party in header.parties),
        case=header.number,
        cases=(header.number,),
        unsaid=words_of(session, header.of, *(one.name for one in header.parties if one.role == "employee")),
        **more,
    )


def words_of(session: Session, person: str, *names: str) -> tuple[str, ...]:
    """What tells who somebody is: names and each part of them, number, e-mail, logins."""
    known = session.directory().get(person)
    told = [*names, *((known.name, known.number, known.email, *known.logins) if known is not None else ())]
    parts = [part for name in (*names, known.name if known else "") for part in _NOT_A_WORD.split(name)]
    return tuple(dict.fromkeys(one for one in (*told, *parts) if len(one) > SHORT))


def ended(session: Session, whole: CaseFile) -> None:
    """Raise Refused for a case that has not ended; first of all where a legal hold keeps it anyway."""
    if session.stage(whole) != "closed":
        if held := standing(session, (whole.id, whole.header.of)):
            why = f"Case {whole.header.number} cannot be removed: a legal hold keeps it, whatever becomes of it."
            raise Refused(why, tuple(one.told for one in held))
        act = "withdraw" if whole.header.version else "discard"
        raise Refused(f"Case {whole.header.number} is open: it can be removed once it has ended. Next: {act} it.")


def whole_case(session: Session, whole: CaseFile, removed: Removal, classes: frozenset[Class]) -> Iterator[Piece]:
    """What is to be removed of every document that a case ever had."""
    for table, key, record in ever(session, whole):
        if (table, key) == ("cases", whole.id):
            after: Document | None = header_stub(whole.header, session.zone, removed)
        else:
            after = stub(record, removed) if record is not None else None
        number = whole.header.number
        yield from piece(session, table, key, number, record, encode(after) if after else None, classes)


def ever(session: Session, whole: CaseFile) -> Iterator[tuple[str, str, Document | None]]:
    """Every document that a case ever had that may hold a text, as it stands (None: no more); keys hold none, and
    earlier redactions name nobody."""
    now = {(table, held.id): held.record for table, held in whole.documents()}
    for table, key in dict.fromkeys((("cases", whole.id), *session.store.ever(whole.id))):
        if table not in ("keys", "policies", "redactions"):
            yield table, key, now.get((table, key))


def piece(
    session: Session,
    table: str,
    key: str,
    number: str,
    record: Document | None,
    after: dict[str, Any] | None,
    classes: frozenset[Class],
    only: Callable[[Record], bool] = lambda _: True,
) -> Iterator[Piece]:
    """A document with the texts that it has left in the record; nothing where it has none."""
    records = session.store.history(table, key)
    # What an earlier redaction put in place of a document that is gone says nothing of anybody.
    left = tuple(one for one in records if not one.redacted and only(one) and not (one.deleted and one.act == ACT))
    if not left:
        return
    cls: Any = next((one.cls for one in reversed(records) if one.cls), CLASSES.get(table, "manager_hr"))
    day = getattr(record, "occurred_on", None) or getattr(record, "planned", None) or left[0].at.date()
    file = record if isinstance(record, FileRecord) else None
    what = label(record) if record is not None else f"{one_of(table)}, closed or deleted earlier"
    line = RemovalLine(
        table=table,
        id=key,
        case=number,
        what=what,
        on=day if isinstance(day, dt.date) else None,
        who=session.directory().name(left[0].actor),
        cls=cls,
        texts=len(left),
        commits=len({one.seq for one in left}),
        file=file.name if file and file.digest else "",
        size=file.size if file and file.digest else 0,
        begins=first_words(record or said_last(session, table, key)) if cls in classes else "",
        at=left[0].at,
    )
    yield Piece(line, left, after, cls in classes)


_SAYS: Final = (
    *("text", "context", "note", "helped", "hindered", "own_words", "asked_for", "recognised", "decisions", "topic"),
    *("statement", "goals", "reason", "shown_by", "place", "seen_by", "witness", "findings", "finding", "actions"),
)


def first_words(said: Any) -> str:
    """The first words of what a document says, for somebody to know which one it is; "" where it says nothing."""
    return fit(clean_line(_first_of(said)), SHOWN).rstrip()


def _first_of(said: Any) -> str:
    """The first text in a record, or in the plain data of one."""
    if isinstance(said, str):
        return said
    if isinstance(said, Items):
        said = said.items
    if isinstance(said, dict) and not {*said} & {*_SAYS}:
        return next(filter(None, map(_first_of, said.get("items", said).values())), "") if said else ""
    parts = (said.get(name) if isinstance(said, dict) else getattr(said, name, None) for name in _SAYS)
    return next(filter(None, (_first_of(part) for part in parts if part)), "")


def said_last(session: Session, table: str, key: str) -> Any:
    """What a document that is gone said last, as far as its texts are there."""
    return next((one.content for one in reversed(session.store.said(table, key)) if _first_of(one.content)), None)


def one_of(table: str) -> str:
    """What one document of a table is called."""
    return _ONE.get(table) or words(table.removesuffix("s"))


def at_spots(spots: Container[tuple[int, int]]) -> Callable[[Record], bool]:
    """Whether a text is one of these, each named by its commit and its number there."""
    return lambda one: (one.seq, one.place) in spots


def hr_or_legal(session: Session, what: str) -> None:
    """Raise Denied unless the actor is HR or legal for every case."""
    access = session.access()
    fit = access.personal or access.dated & {"hr", "legal"}
    if access.chosen not in (None, "hr", "legal") or not fit:
        raise Denied(f"{what}: only HR or the legal reviewer may see the list.")


def summed(pieces: Iterable[Piece]) -> tuple[int, int, int]:
    """Texts, commits and attached files of pieces."""
    shown = [*pieces]
    commits = {record.seq for one in shown for record in one.records}
    return sum(one.line.texts for one in shown), len(commits), sum(bool(one.line.file) for one in shown)
