"""What a redaction would take out of the record: documents, their texts of all times, and what is left of each."""

from typing import Any, Final

from piptui.cases.acts.mending import find_entry
from piptui.cases.acts.running import TEXTS
from piptui.cases.file import CaseFile, Held
from piptui.cases.records import Removal
from piptui.cases.removal import REDACT, check_alone, cleared, header_parts, header_without, label, without
from piptui.cases.words import EVERYTHING, Class, Role
from piptui.desk.api import Target
from piptui.desk.copies import PAPERS, copies, empty_now, same_words
from piptui.desk.person_removal import person
from piptui.desk.pieces import Wanted, ended, of_case, piece, whole_case
from piptui.desk.removal_kinds import drafts_of, kind_of_case
from piptui.desk.session import Session
from piptui.documents import encode
from piptui.errors import BadInput, NotFound, Refused


def collect(session: Session, target: Target, removed: Removal) -> Wanted:
    """What a target comprises. Raises NotFound (alike for missing and hidden), Denied, Refused, BadInput."""
    if bool(target.case) == bool(target.person):
        raise BadInput("Remove what? A case, a document of a case, or a person.")
    if target.fields and not target.entry:
        raise BadInput("Parts can be removed of one document: name it.")
    if target.person:
        return person(session, target, removed)
    whole, visible, classes = session.open_case(target.case)
    role = session.access().role_for(REDACT, whole.header.parties, session.today(whole.header.zone), {})
    if whole.header.removed is not None:
        raise Refused(f"Case {whole.header.number} was removed from the record already.")
    if target.entry:
        return _document(session, whole, visible, role, target, removed, classes)
    if target.only:
        return kind_of_case(session, whole, role, target, removed, classes)
    ended(session, whole)
    return of_case(
        session,
        whole,
        "case",
        f"case {whole.header.number}",
        role,
        whole_case(session, whole, removed, classes),
        stays=(
            "The number of the case, that it was removed, by whom, when and why.",
            "The days, the acts and who did them, by opaque ids, in the chain of the journal.",
            "The directory and the notebook keep what they say of the employee: remove the person for that.",
        ),
        also=("What colleagues keep in it for themselves goes, too, and is not listed here.",),
    )


WHOLE: Final = ("text", *TEXTS)
"""Of a document that is removed whole: the fields whose words are looked for in the others."""


def _document(
    session: Session,
    whole: CaseFile,
    file: CaseFile,
    role: Role,
    target: Target,
    removed: Removal,
    classes: frozenset[Class],
) -> Wanted:
    """One document of a case, or parts of it; `file` is the case as far as the actor sees it."""
    table, held = _meant(file, target.entry)
    record: Any = held.record
    header = file.header
    check_alone(file, record, target.fields, ended=session.stage(whole) == "closed")
    if table == "cases":
        after = header_parts(record, target.fields, removed)
    elif target.fields:
        after = without(record, target.fields, removed)
    else:
        after = record if table == "drafts" else cleared(record, removed)
    pieces = [*piece(session, table, held.id, header.number, record, encode(after), EVERYTHING)]
    repeated = header_without(header, held.id, after, removed) if table != "cases" else header
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
    if target.fields and table in PAPERS:
        pieces += copies(session, whole, held.id, target.fields, removed)
    same = same_words(session, whole, pieces, target.fields or WHOLE, classes)
    if not pieces:
        raise Refused("The record holds no text of this any more.")
    if table == "plans" and not target.fields:
        pieces += drafts_of(session, whole, record.version)
    part = f"{', '.join(target.fields)} of the " if target.fields else ""
    earlier = "What the draft says now; approvals of it are void, as after any edit."
    return of_case(
        session,
        file,
        "document",
        f"{part}{label(record)} in case {header.number}",
        role,
        pieces,
        stays=(
            *((earlier,) if table == "drafts" and not target.fields else ()),
            "That it was there, its day, who recorded it, and what the stage of the case rests on.",
            *(() if same else ("Other documents of the case that say the same: piptui find looks for a text.",)),
        ),
        cls=record.cls,
        elsewhere=same,
        empty=empty_now(session, table, held.id, target.fields),
    )


SHOWN: Final = 8
"""So much of an id is shown in lists."""


def _meant(file: CaseFile, wanted: str) -> tuple[str, Held[Any]]:
    """The document meant: an entry, a file, a check-in, a plan version such as v1, the draft, or the header."""
    key = wanted.strip().casefold()

    def is_it(held: Held[Any]) -> bool:
        return len(key) >= SHOWN and held.id.startswith(key)

    if key == "header" or is_it(file.case):
        return "cases", file.case
    if file.working is not None and (key == "draft" or is_it(file.working)):
        return "drafts", file.working
    if key == "draft":
        raise NotFound("There is no draft in this case.")
    for plan in file.plans:
        if key == f"v{plan.record.version}" or is_it(plan):
            return "plans", plan
    for check_in in file.check_ins:
        if is_it(check_in):
            return "checkins", check_in
    return find_entry(file, wanted)
