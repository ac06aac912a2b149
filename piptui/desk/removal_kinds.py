"""What a redaction takes out of a case where it takes one kind of documents: drafts, medical documents, files."""

from collections.abc import Iterator

from piptui.cases.file import CaseFile
from piptui.cases.records import Removal
from piptui.cases.removal import cleared
from piptui.cases.words import EVERYTHING, Class, Role, words
from piptui.desk.api import Target
from piptui.desk.pieces import Piece, Wanted, ended, of_case, piece
from piptui.desk.session import Session
from piptui.documents import encode
from piptui.errors import Refused


def kind_of_case(
    session: Session,
    whole: CaseFile,
    role: Role,
    target: Target,
    removed: Removal,
    classes: frozenset[Class],
) -> Wanted:
    """One kind of documents of a case that has ended, as a rule of retention names it."""
    if target.only != "working_papers" or not whole.header.version:
        ended(session, whole)
    pieces = tuple(one for one in of_kind(session, whole, target.only, classes, removed) if one.records)
    if not pieces:
        raise Refused(f"Case {whole.header.number} holds no {words(target.only)} any more.")
    return of_case(
        session,
        whole,
        "working_papers" if target.only == "working_papers" else "document",
        f"{words(target.only)} of case {whole.header.number}",
        role,
        pieces,
        cls="medical" if target.only == "medical" else "manager_hr",
    )


def of_kind(
    session: Session, whole: CaseFile, only: str, classes: frozenset[Class], removed: Removal | None = None
) -> Iterator[Piece]:
    """The documents of one kind that have a text left; what is left of each, if `removed` says how they go."""
    number = whole.header.number
    if only == "working_papers":
        yield from working_papers(session, whole)
        return
    for table, held in whole.documents():
        record = held.record
        meant = record.cls == "medical" if only == "medical" else table == "files"
        if meant and record.removed is None and record.cls in classes:
            after = encode(cleared(record, removed)) if removed else None
            yield from piece(session, table, held.id, number, record, after, classes)


def working_papers(session: Session, whole: CaseFile) -> Iterator[Piece]:
    """The drafts that no version is being made of any more."""
    alive = whole.working.id if whole.working and not whole.header.discarded else ""
    for table, key in session.store.ever(whole.id):
        if table == "drafts" and key != alive:
            held = whole.draft.record if whole.draft and whole.draft.id == key else None
            yield from piece(session, table, key, whole.header.number, held, None, EVERYTHING)


def drafts_of(session: Session, whole: CaseFile, version: int) -> Iterator[Piece]:
    """The drafts that a plan version was made from, word for word."""
    for one in working_papers(session, whole):
        said = (each.content.get("version", 0) for each in session.store.said("drafts", one.line.id))
        if max(said, default=0) in (0, version):
            yield one


def leftover(session: Session, key: str) -> bool:
    """Whether an issued case still holds drafts that no version is being made of any more."""
    return any(working_papers(session, session.whole(key)))
