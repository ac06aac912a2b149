"""One person at the desk: who they are, their cases, and the notes about them that the actor may read."""

from collections.abc import Iterator

from piptui.cases.file import Held
from piptui.cases.notebook import PersonNote
from piptui.cases.parties import holds
from piptui.cases.words import EVERYTHING, SEES, Class, Role
from piptui.desk import api, listing
from piptui.desk.holds import standing
from piptui.desk.past import history_lines, in_order, told_removal
from piptui.desk.reading import held
from piptui.desk.session import Session
from piptui.desk.sheet import earlier_texts, told_strike
from piptui.errors import Denied, NotFound, Refused
from piptui.people.records import Person

OWN: frozenset[Class] = frozenset({"shared"})
"""What a person reads of the notes about themselves, whatever other roles they have."""


def known_person(session: Session, who: str) -> str:
    """The id of the person meant, as far as the actor may look people up; "me" is the actor. Raises Denied,
    NotFound, BadInput."""
    me = session.person()
    if me and (who == me or who.strip().casefold() == "me"):
        return me
    if not session.directory_open():
        raise Denied("The directory of people is not for the employee role.")
    return session.directory().resolve(who)


def own_page(session: Session, key: str) -> bool:
    """Whether this is the actor's own page, in a store that keeps people apart or under the employee's role."""
    access = session.access()
    if access.personal:
        return access.chosen == "employee"
    return access.person == key


def note_classes(session: Session, key: str, person: Person, note: PersonNote | None) -> frozenset[Class]:
    """The classes in which the actor reads this note about `key` (None: whatever else is kept of them); nothing: it
    does not exist for them.

    HR and legal read theirs of everybody. A manager reads notes about who reports to them now, or did when the note
    was written; what is the manager's own stays with who led the person then. Nobody reads more about themselves
    than what is shared with them.
    """
    access = session.access()
    if access.personal:
        return EVERYTHING if access.chosen is None else OWN if access.chosen == "employee" else SEES[access.chosen]
    me = access.person
    if not me:
        return frozenset()
    if me == key:
        return OWN if access.chosen in (None, "employee") else frozenset()
    found: dict[Role, frozenset[Class]] = {role: SEES[role] for role in access.dated}
    if note is not None and me == note.manager:
        found["manager"] = SEES["manager"]
    elif me == person.manager:
        found["manager"] = SEES["manager"] - {"manager_own"}
    chosen = found.values() if access.chosen is None else [found.get(access.chosen, frozenset[Class]())]
    return frozenset[Class]().union(*chosen)


def holds_seen(session: Session, key: str, person: Person | None) -> bool:
    """Whether the actor may know of legal holds on somebody: HR, legal, and who leads them; not every manager."""
    return (
        person is not None and not own_page(session, key) and "manager_hr" in note_classes(session, key, person, None)
    )


def notes_about(session: Session, key: str) -> tuple[Held[PersonNote], ...]:
    """The notes about somebody that the actor may read, as they were written."""
    person = session.directory().get(key)
    if person is None:
        return ()
    found = [held("notebook", one, document, rev) for one, document, rev in session.store.list("notebook", of=key)]
    readable = [one for one in found if one.record.cls in note_classes(session, key, person, one.record)]
    return tuple(sorted(readable, key=lambda one: one.created_at))


def person_sheet(session: Session, who: str) -> api.PersonSheet:
    """See `api.Desk.person`."""
    key = known_person(session, who)
    directory = session.directory()
    person = directory.get(key)
    if person is None:
        raise NotFound(f"There is nobody with the id {key!r}.")
    cases = tuple(_cases(session, key))
    notes = notes_about(session, key)
    brought = _brought(session, [one.id for one in cases]) if notes else {}
    open_case = next((one.case for one in cases if one.stage != "closed"), "")
    own, today = own_page(session, key), session.today()
    seq = session.store.get("people", key)[1].seq
    manager = directory.get(person.manager) if person.manager else None
    return api.PersonSheet(
        line=api.PersonLine(
            id=key,
            name=person.name,
            number=person.number,
            email=person.email,
            title=person.title,
            department=person.department,
            manager=manager.name if manager else "",
            left_on=person.spells[-1].left_on if person.spells else None,
            open_case=open_case,
        ),
        manager_id=person.manager if manager and person.manager else "",
        logins=person.logins,
        location=person.location,
        zone=person.zone,
        status="" if own else person.status,
        spells=tuple(api.SpellLine(hired_on=one.hired_on, left_on=one.left_on) for one in person.spells),
        roles=tuple(
            api.RoleLine(
                role=one.role,
                since=one.since,
                until=one.until,
                holds=one.since <= today and (one.until is None or today <= one.until),
            )
            for one in person.roles
        ),
        cases=cases,
        handles=() if own else tuple(_handled(session, key)),
        notes=tuple(
            _note_line(session, one, tuple(brought.get(one.id, ())))
            for one in sorted(notes, key=lambda one: (one.record.occurred_on, one.created_at))
        ),
        holds=standing(session, (key,)) if holds_seen(session, key, person) else (),
        own=own,
        revision=max((seq, *(one.seq for one in notes))),
    )


def history(session: Session, who: str) -> tuple[api.HistoryLine, ...]:
    """See `api.Desk.person_history`; of the notebook only the notes that the actor may read."""
    key = known_person(session, who)
    # What the directory says is of the class manager and HR: it is not told to the person by their own page.
    documents = [] if own_page(session, key) else [("people", key)]
    if holds_seen(session, key, session.directory().get(key)):
        documents += [("holds", one) for one, _, _ in session.store.list("holds", of=key)]
    documents += [("notebook", one.id) for one in notes_about(session, key)]
    return in_order(line for one in documents for line in history_lines(session, session.store.history(*one)))


def _cases(session: Session, key: str) -> Iterator[api.CaseLine]:
    """The cases of somebody that the actor may see, by number."""
    seen = []
    for case, _, _ in session.store.list("cases", of=key):
        try:
            seen.append((case, *session.row(case)))
        except NotFound:
            continue
    for case, facts, stage in sorted(seen, key=lambda one: one[1].shared.number):
        yield listing.case_line(session, case, facts, stage)


def _handled(session: Session, key: str) -> Iterator[api.CaseLine]:
    """The open cases in which somebody has a part other than the employee's, by number."""
    found = []
    for case, facts, stage in session.rows(ended=False):
        today = session.today(facts.shared.zone)
        if any(one.person == key and one.role != "employee" and holds(one, today) for one in facts.shared.parties):
            found.append(listing.case_line(session, case, facts, stage))
    yield from sorted(found, key=lambda one: one.case)


def _brought(session: Session, cases: list[str]) -> dict[str, list[str]]:
    """Id of a note -> numbers of the cases that it was brought into."""
    found: dict[str, list[str]] = {}
    for case in cases:
        try:
            _, visible, _ = session.open_case(case)
        except (NotFound, Refused):
            continue
        for one in visible.entries:
            if one.record.noted_as and one.record.struck is None:
                found.setdefault(one.record.noted_as, []).append(visible.header.number)
    return found


def _note_line(session: Session, one: Held[PersonNote], cases: tuple[str, ...]) -> api.NoteLine:
    record, name = one.record, session.directory().name
    return api.NoteLine(
        id=one.id,
        kind=record.kind,
        cls=record.cls,
        occurred_on=record.occurred_on,
        recorded_at=one.created_at,
        who=name(record.by),
        role=record.role,
        topic=record.topic,
        text=record.text,
        next_step=record.next_step,
        cases=cases,
        was=earlier_texts(record.corrections, name),
        struck=told_strike(record.struck, name),
        seq=one.seq,
        removed=told_removal(record, name),
    )
