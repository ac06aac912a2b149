"""What a redaction takes out of the record of one person: all that it holds about them."""

from collections.abc import Iterator, Sequence
from contextlib import suppress

import msgspec

from piptui.cases.notebook import find_note
from piptui.cases.parties import holds
from piptui.cases.records import Removal
from piptui.cases.removal import REDACT, cleared, without
from piptui.cases.words import EVERYTHING, SEES, Class, Role, words
from piptui.desk.api import Target
from piptui.desk.called import called
from piptui.desk.copies import empty_now
from piptui.desk.everywhere import as_perhaps, mentioned
from piptui.desk.persons import known_person, notes_about
from piptui.desk.pieces import SHORT, Piece, Wanted, ended, piece, whole_case, words_of
from piptui.desk.session import Session
from piptui.documents import decode, encode
from piptui.errors import Denied, NotFound, Refused
from piptui.people.records import Person
from piptui.text import sentence_list


def person(session: Session, target: Target, removed: Removal) -> Wanted:
    """The person, their notebook and every case of theirs, and if wanted their name in what is told of others."""
    key = known_person(session, target.person)
    access, store = session.access(), session.store
    mine: frozenset[Role] = frozenset({"hr", "legal"}) if access.personal else access.dated
    mine = mine if access.chosen is None else mine & {access.chosen}
    role: Role | None = next((one for one in REDACT.roles if one in mine), None)
    if role is None:
        raise Denied("Remove a person from the record: only HR or the legal reviewer may.")
    if key == session.person():
        raise Denied("Nobody removes themselves: who did it could not be told any more. Ask somebody else of HR.")
    known = session.directory().get(key)
    reads = EVERYTHING if access.personal and access.chosen is None else SEES[role]
    if known is not None and target.entry:
        return _note(session, key, known.name, role, target, removed)
    if known is None:
        raise NotFound(f"There is nobody with the id {key!r}.")
    _no_part(session, key)
    pieces = [*_person_pieces(session, key, reads)]
    numbers: list[str] = []
    for case, _, _ in store.list("cases", of=key):
        whole, _, classes = session.open_case(case)
        access.role_for(REDACT, whole.header.parties, session.today(whole.header.zone), {})
        ended(session, whole)
        numbers.append(whole.header.number)
        pieces += whole_case(session, whole, removed, classes)
    own = {(one.line.table, one.line.id) for one in pieces}
    owners = [key, *(one for table, one in own if table == "cases")]
    names = called(session, key, known)
    others = [*mentioned(session, names.lookout(), known.logins, own)]
    seen = [one for one in others if one.line.cls in (session.classes_of(one.of) if one.line.case else reads)]
    surely = [one for one in others if one.records]
    if target.everywhere:
        pieces += [Piece(one.line, one.records, one.after, one in seen) for one in surely]
        owners += dict.fromkeys(one.of for one in surely if one.of)
    told = [one.line for one in seen if one.records]
    sought = "; ".join(names.sure) or "nothing that means them alone"
    stays: tuple[str, ...] = (
        "The ids: opaque numbers that name nobody, with days and acts, in the chain of the journal.",
        "That a person was removed, by whom, when and why.",
        f"Looked for as whole words, in any spelling of Unicode: {sought}. {_alone(names.parts)}",
        "An import of a list that still has the person brings them back: take the row out of it.",
    )
    if told and not target.everywhere:
        stays = (
            "What the record says of others and names the person in. --everywhere takes the name out, now or never: "
            "once the person is removed, nothing here knows whom to look for.",
            *stays,
        )
    return Wanted(
        kind="person",
        what="a person",
        shown=session.directory().named(key, "a person"),
        role=role,
        of=key,
        pieces=tuple(pieces),
        owners=tuple(owners),
        names=tuple(dict.fromkeys((*names.sure, *_own(known)))),
        person=key,
        cases=tuple(sorted(numbers)),
        elsewhere=() if target.everywhere else tuple(told),
        perhaps=tuple(as_perhaps(one) for one in seen if one.perhaps and one.line.table != "people"),
        stays=stays,
        also=("What colleagues keep for themselves about the person goes, too, and is not listed here.",),
        unsaid=words_of(session, key, known.name, *names.names),
    )


def _own(known: Person) -> Iterator[str]:
    """What tells who is meant to whoever reads the reason, however short."""
    yield from (part for part in (known.name, known.email, known.number, *known.logins) if len(part) > SHORT)


def _alone(parts: Sequence[str]) -> str:
    alone = f"{sentence_list(parts, word='or')} alone is listed and never removed by itself" if parts else ""
    return f"{alone}; a nickname is not found." if alone else "A part of it alone, or a nickname, is not found."


def _note(session: Session, key: str, name: str, role: Role, target: Target, removed: Removal) -> Wanted:
    """One note of the notebook, of those that the actor may read."""
    held = find_note(notes_about(session, key), target.entry)
    record = held.record
    if record.removed is not None and not target.fields:
        raise Refused("What this note said was removed from the record already.")
    after = encode(without(record, target.fields, removed) if target.fields else cleared(record, removed))
    part = f"{', '.join(target.fields)} of a" if target.fields else "a"
    what = f"{part} note of the notebook of {record.occurred_on}"
    return Wanted(
        kind="document",
        what=what,
        shown=f"{what}, about {session.directory().named(key, 'a person')}",
        role=role,
        of=key,
        pieces=tuple(piece(session, "notebook", held.id, "", record, after, EVERYTHING)),
        owners=(key,),
        names=(name,),
        stays=(
            "That it was there, its day and kind, and who wrote it.",
            "Entries of cases that it was brought into: piptui find looks for a text in all of them.",
        ),
        cls=record.cls,
        unsaid=words_of(session, key, name),
        empty=empty_now(session, "notebook", held.id, target.fields),
    )


def _no_part(session: Session, key: str) -> None:
    for _, facts, _ in session.rows(ended=False):
        today = session.today(facts.shared.zone)
        for party in facts.shared.parties:
            if party.person == key and party.role != "employee" and holds(party, today):
                what = f"{words(party.role)} in case {facts.shared.number}, which is open"
                raise Refused(f"The person is {what}: pass the part on first, with reassign.")


def _person_pieces(session: Session, key: str, reads: frozenset[Class]) -> Iterator[Piece]:
    documents = [("people", key), *(one for one in session.store.ever(key) if one[0] in ("notebook", "holds"))]
    for table, one in dict.fromkeys(documents):
        record = None
        with suppress(NotFound):
            record = decode(table, session.store.get(table, one)[0])
        for found in piece(session, table, one, "", record, None, reads):
            line = found.line
            what = "person of the directory" if table == "people" else line.what
            yield found._replace(line=msgspec.structs.replace(line, what=what))
