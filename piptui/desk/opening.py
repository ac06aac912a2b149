"""Opening a case at the desk: who is meant, which number is free, one open case a person."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from piptui.cases.acts import Change, Context
from piptui.cases.acts.opening import NEW, New, first_text, opened
from piptui.cases.likeness import Likeness, like
from piptui.cases.records import Party
from piptui.cases.terms import Policy
from piptui.cases.typed import Reading, build
from piptui.cases.words import Role
from piptui.checks import Finding
from piptui.dates import local_zone, zone_name
from piptui.desk.api import Done
from piptui.desk.changes import earlier_cases, told_earlier
from piptui.desk.directory import Directory
from piptui.desk.doing import TRIES, commit, exists, token_for
from piptui.desk.persons import notes_about
from piptui.desk.registration import ensure_person
from piptui.desk.session import Session
from piptui.documents import Key, PolicyText
from piptui.errors import Busy, Conflict, Denied, Refused
from piptui.paths import data_dir
from piptui.people.records import Person
from piptui.policy import read_pack
from piptui.text import clean_data


def new_case(session: Session, given: Mapping[str, Any], token: str | None) -> Done:
    """Open a case. Two at once for one person: the second is refused; two at once at all: the next number."""
    token = token_for(session, "new", "", given, token)
    if not session.directory_open():
        raise Denied("Open a case: only HR or the employee's own managers may.")
    for _ in range(TRIES):
        if token and (seq := session.store.done(token)) is not None:
            return _repeated(session, seq)
        data = build(New, clean_data(dict(given)), Reading(today=session.today()))
        zone = zone_name(data.zone) if data.zone else (session.zone or local_zone())
        today = session.today(zone)
        directory = session.directory()
        parties = _parties(session, directory, data, today)
        role = _role(session, directory, parties, today)
        number = _next_number(session)
        _only_one(session, parties[0])
        actor = ensure_person(session)
        policy, text = read_pack(data_dir() / "policies")
        context = _context(session, actor, role, today, policy)
        likeness = _like(session, data, parties[0].person, zone, policy) if data.like.strip() else None
        key, written = opened(data, parties, zone, number, context, likeness.text if likeness else None)
        changes = [
            *written.changes,
            Change("keys", f"case.{number}", Key(of=key)),
            Change("keys", f"open.{parties[0].person}", Key(of=key)),
        ]
        if not exists(session, "policies", policy.digest):
            stored = PolicyText(name=f"{policy.name} {policy.edition} ({policy.label})", text=text)
            changes.append(Change("policies", policy.digest, stored, "The policy text was kept at its first use."))
        try:
            with session.store.exclusive():
                if token and session.store.done(token) is not None:
                    raise Conflict("The same request came in by another way.")
                seq = commit(session, None, "new", role, changes, token=token)
        except Conflict:
            if token and (seq := session.store.done(token)) is not None:
                return _repeated(session, seq)
            continue
        return Done(
            case=number,
            act="new",
            seq=seq,
            revision=session.open_case(key)[1].revision,
            sentence=written.sentence,
            item=key,
            findings=(
                *_doubts(directory, parties, today),
                *_earlier(session, parties[0].person, key, today),
                *_noted(session, parties[0]),
                *_left_out(likeness),
            ),
        )
    raise Busy("Others keep opening cases. Nothing of yours was written; try again.")


def _doubts(directory: Directory, parties: tuple[Party, ...], today: dt.date) -> Iterator[Finding]:
    """What looks odd about a new case: said, not forbidden."""
    for party in parties:
        spells = directory.people[party.person].spells
        left = spells[-1].left_on if spells else None
        if left is not None and left < today:
            text = f"{party.name} left on {left} by the directory: is this the right person?"
            yield Finding(check="case.left", severity="warn", where=party.role, text=text)
    if not any(party.role == "manager" for party in parties):
        text = "No manager is named: set manager before the plan is issued."
        yield Finding(check="case.manager", severity="warn", where="manager", text=text)


def _like(session: Session, data: New, employee: str, zone: str, policy: Policy) -> Likeness:
    """The draft as it begins, like the plan of a case that the actor may read. Nothing that is kept names that case:
    whoever reads the new one learns of no other employee."""
    _, file, _ = session.open_case(data.like)
    if file.text is None:
        raise Refused(f"Case {file.header.number} has no plan that you may read: leave like out.")
    people = session.directory().people
    named = [*(party.name for party in file.header.parties), *(person.name for person in people.values())]
    if file.header.of != employee:
        named += _names_of(file.employee, people.get(file.header.of))
    return like(first_text(data, zone, policy), file.text, named)


def _noted(session: Session, employee: Party) -> Iterator[Finding]:
    """How many notes of the notebook could be brought in (S029): nothing of them comes into a case by itself."""
    count = sum(1 for one in notes_about(session, employee.person) if one.record.struck is None)
    if count:
        notes = f"{count} notes" if count > 1 else "one note"
        text = f"The notebook has {notes} about {employee.name} that you can read: bring_in takes the chosen ones in."
        yield Finding(check="case.notebook", severity="warn", where="", text=text)


def _left_out(likeness: Likeness | None) -> Iterator[Finding]:
    for note in likeness.notes if likeness else ():
        yield Finding(check="case.like", severity="warn", where="like", text=note)


def _names_of(name: str, person: Person | None) -> tuple[str, ...]:
    """The words that name somebody; an initial says nothing."""
    keys = (person.number, person.email, *person.logins) if person else ()
    return (*(word for word in name.split() if len(word) > 1), *(key for key in keys if len(key) > 1))


def _earlier(session: Session, employee: str, key: str, today: dt.date) -> Iterator[Finding]:
    """Earlier plans of the same person, of those that the actor may see (S116)."""
    for one in earlier_cases(session, employee, key):
        yield Finding(check="case.earlier", severity="warn", where="employee", text=told_earlier(one, today))


def _repeated(session: Session, seq: int) -> Done:
    for key, facts, _ in session.rows():
        if session.store.history("cases", key)[0].seq == seq:
            sentence = "This case was opened already; it was not opened twice."
            return Done(
                case=facts.shared.number, act="new", seq=seq, revision=facts.revision, sentence=sentence, item=key
            )
    raise Refused("This was saved already.")


def _context(session: Session, actor: str, role: Role, today: dt.date, policy: Policy) -> Context:
    directory = session.directory()
    return Context(
        now=session.clock(),
        today=today,
        actor=actor,
        name=directory.name(actor),
        role=role,
        policy=policy,
        new_id=session.new_id,
        person=directory.known,
    )


FIELDS: tuple[tuple[str, Role], ...] = (
    ("manager", "manager"),
    ("second_manager", "second_manager"),
    ("hr_partner", "hr"),
    ("legal_reviewer", "legal"),
)


def _parties(session: Session, directory: Directory, data: New, today: dt.date) -> tuple[Party, ...]:
    employee = directory.resolve(data.employee)
    given: dict[str, str] = {name: getattr(data, name) for name, _ in FIELDS}
    chosen = {name: directory.resolve(text) for name, text in given.items() if text}
    record = directory.people[employee]
    if "manager" not in chosen and record.manager in directory.people:
        chosen["manager"] = str(record.manager)
    above = directory.people[chosen["manager"]].manager if "manager" in chosen else None
    if "second_manager" not in chosen and above in directory.people and above != employee:
        chosen["second_manager"] = str(above)
    me = session.person()
    if "hr_partner" not in chosen and me and me not in (employee, *chosen.values()) and _is_hr(session):
        chosen["hr_partner"] = me
    found = [Party(role="employee", person=employee, name=directory.name(employee), since=today)]
    for name, role in FIELDS:
        if name in chosen:
            person = chosen[name]
            found.append(Party(role=role, person=person, name=directory.name(person), since=today))
    return tuple(found)


def _is_hr(session: Session) -> bool:
    access = session.access()
    return "hr" in access.dated or (session.personal and access.chosen in (None, "hr"))


def _role(session: Session, directory: Directory, parties: tuple[Party, ...], today: dt.date) -> Role:
    """The role in which a case is opened. In a team store the directory says who leads the employee: a part in
    the case that somebody just gave themselves says nothing."""
    access = session.access()
    if session.personal:
        return access.role_for(NEW, parties, today, {})
    employee = parties[0]
    lead = directory.people[employee.person].manager
    above = directory.people[lead].manager if lead in directory.people else None
    leads: tuple[tuple[Role, str | None], ...] = (("manager", lead), ("second_manager", above))
    line = [Party(role=role, person=key, name="", since=today) for role, key in leads if key]
    role = access.role_for(NEW, (employee, *line), today, {})
    if role != "hr" and any(party.role in ("hr", "legal") for party in parties):
        raise Refused("In a team store HR names the HR partner and the legal reviewer: leave them out, HR sets them.")
    return role


def _next_number(session: Session) -> str:
    """The number after the last one: found by halving, since numbers have no gaps and are never given again."""

    def given(number: int) -> bool:
        return bool(session.store.history("keys", f"case.{number:04d}"))

    above = 1
    while given(above):
        above *= 2
    last = above // 2
    while above - last > 1:
        middle = (last + above) // 2
        last, above = (middle, above) if given(middle) else (last, middle)
    return f"{above:04d}"


def _only_one(session: Session, employee: Party) -> None:
    if not exists(session, "keys", f"open.{employee.person}"):
        return
    key = str(session.store.get("keys", f"open.{employee.person}")[0]["of"])
    seen = next((facts.shared.number for case, facts, _ in session.rows() if case == key), "")
    where = f": {seen}" if seen else ". You may not see it; ask HR"
    raise Refused(f"{employee.name} has an open case already{where}. One plan at a time.")
