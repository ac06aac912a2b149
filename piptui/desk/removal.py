"""What a redaction would take out of the record: documents, their texts of all times, and what is left of each."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from piptui.cases.acts.mending import find_entry
from piptui.cases.file import CaseFile, Held
from piptui.cases.records import Document, FileRecord, Removal
from piptui.cases.removal import (
    REDACT,
    check_alone,
    cleared,
    header_parts,
    header_stub,
    header_without,
    label,
    stub,
    without,
)
from piptui.cases.words import EVERYTHING, Class, Role, words
from piptui.desk.api import RemovalLine, Target
from piptui.desk.past import CLASSES
from piptui.desk.past import REDACT as ACT
from piptui.desk.session import Session
from piptui.documents import encode
from piptui.errors import BadInput, NotFound, Refused
from piptui.store import Record

Mark = Callable[[], Removal]


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
    stays: tuple[str, ...] = field(default=())
    cls: Class = "manager_hr"


def collect(session: Session, target: Target, removed: Removal) -> Wanted:
    """What a target comprises. Raises NotFound (alike for missing and hidden), Denied, Refused, BadInput."""
    if bool(target.case) == bool(target.person):
        raise BadInput("Remove what? A case, a document of a case, or a person.")
    if target.fields and not target.entry:
        raise BadInput("Parts can be removed of one document: name it.")
    if target.person:
        from piptui.desk.person_removal import person

        return person(session, target, removed)
    whole, visible, classes = session.open_case(target.case)
    role = session.access().role_for(REDACT, whole.header.parties, session.today(whole.header.zone), {})
    if whole.header.removed is not None:
        raise Refused(f"Case {whole.header.number} was removed from the record already.")
    if target.entry:
        return _document(session, visible, role, target, removed)
    if target.only:
        from piptui.desk.removal_kinds import kind_of_case

        return kind_of_case(session, whole, role, target, removed, classes)
    ended(session, whole)
    pieces = tuple(whole_case(session, whole, removed, classes))
    header = whole.header
    return Wanted(
        kind="case",
        what=f"case {header.number}",
        role=role,
        of=whole.id,
        pieces=pieces,
        owners=(whole.id, header.of),
        names=tuple(party.name for party in header.parties),
        case=header.number,
        cases=(header.number,),
        stays=(
            "The number of the case, that it was removed, by whom, when and why.",
            "The days, the acts and who did them, by opaque ids, in the chain of the journal.",
            "What colleagues keep in it for themselves goes, too, and is not listed here.",
            "The directory and the notebook keep what they say of the employee: remove the person for that.",
        ),
    )


def ended(session: Session, whole: CaseFile) -> None:
    """Raise Refused for a case that has not ended."""
    if session.stage(whole) != "closed":
        act = "withdraw" if whole.header.version else "discard"
        raise Refused(f"Case {whole.header.number} is open: it can be removed once it has ended. Next: {act} it.")


def whole_case(session: Session, whole: CaseFile, removed: Removal, classes: frozenset[Class]) -> Iterator[Piece]:
    """Every document that a case ever had; keys hold no text, and earlier redactions name nobody."""
    number, store = whole.header.number, session.store
    now = {(table, held.id): held.record for table, held in whole.documents()}
    for table, key in dict.fromkeys((("cases", whole.id), *store.ever(whole.id))):
        if table in ("keys", "policies", "redactions"):
            continue
        record = now.get((table, key))
        if (table, key) == ("cases", whole.id):
            after: Document | None = header_stub(whole.header, session.zone, removed)
        else:
            after = stub(record, removed) if record is not None else None
        yield from piece(session, table, key, number, record, encode(after) if after else None, classes)


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
    what = label(record) if record is not None else f"{words(table.rstrip('s'))}, closed or deleted earlier"
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
    )
    yield Piece(line, left, after, cls in classes)


def _document(session: Session, file: CaseFile, role: Role, target: Target, removed: Removal) -> Wanted:
    table, held = _meant(file, target.entry)
    record: Any = held.record
    header = file.header
    check_alone(file, record, target.fields, ended=session.stage(session.whole(file.id)) == "closed")
    if table == "cases":
        after = header_parts(record, target.fields)
    elif target.fields:
        after = without(record, target.fields)
    else:
        after = record if table == "drafts" else cleared(record, removed)
    pieces = [*piece(session, table, held.id, header.number, record, encode(after), EVERYTHING)]
    repeated = header_without(header, held.id, after) if table != "cases" else header
    if repeated != header:
        first = session.store.history(table, held.id)[0].seq
        pieces += piece(
            session,
            "cases",
            file.id,
            header.number,
            header,
            encode(repeated),
            EVERYTHING,
            lambda one: one.seq >= first,
        )
    if not pieces:
        raise Refused("The record holds no text of this any more.")
    part = f"{', '.join(target.fields)} of the " if target.fields else ""
    earlier = "What the draft says now; approvals of it are void, as after any edit."
    return Wanted(
        kind="document",
        what=f"{part}{label(record)} in case {header.number}",
        role=role,
        of=file.id,
        pieces=tuple(pieces),
        owners=(file.id, header.of),
        names=tuple(party.name for party in header.parties),
        case=header.number,
        cases=(header.number,),
        stays=(
            *((earlier,) if table == "drafts" and not target.fields else ()),
            "That it was there, its day, who recorded it, and what the stage of the case rests on.",
            "Other documents of the case that say the same: piptui find looks for a text in all of them.",
        ),
        cls=record.cls,
    )


def _meant(file: CaseFile, wanted: str) -> tuple[str, Held[Any]]:
    """The document meant: an entry, a file, a check-in, a plan version such as v1, the draft, or the header."""
    key = wanted.strip().casefold()
    if key == "header":
        return "cases", file.case
    if key == "draft":
        if file.working is None:
            raise NotFound("There is no draft in this case.")
        return "drafts", file.working
    for plan in file.plans:
        if key in (f"v{plan.record.version}", plan.id):
            return "plans", plan
    return find_entry(file, wanted)


def summed(pieces: Iterable[Piece]) -> tuple[int, int, int]:
    """Texts, commits and attached files of pieces."""
    shown = [*pieces]
    commits = {record.seq for one in shown for record in one.records}
    return sum(one.line.texts for one in shown), len(commits), sum(bool(one.line.file) for one in shown)
