"""Doing an act on a person: access, what was typed, the pure function, strict encoding, commit; again from the start
if the directory or the notebook moved in between."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from piptui.cases.acts import Change
from piptui.cases.typed import Reading, build
from piptui.cases.words import SEES, Class, Role, readers, words
from piptui.checks import Finding
from piptui.dates import date_order
from piptui.desk.api import ActLine, Done, Preview
from piptui.desk.changes import case_notes
from piptui.desk.doing import TRIES, commit, token_for
from piptui.desk.holds import on_person
from piptui.desk.inputs import input_lines
from piptui.desk.persons import known_person, notes_about
from piptui.desk.registration import ensure_person
from piptui.desk.session import Session
from piptui.errors import BadInput, Busy, Conflict, Denied, PiptuiError
from piptui.naming import words_of_name
from piptui.people import ImportPlan
from piptui.people.acts import PERSON_ACTS, PersonAct, PersonContext, PersonFile, PersonWritten, person_act_named
from piptui.people.records import Person
from piptui.text import clean_data, clean_line, sentence_list


@dataclass(frozen=True)
class Ready:
    """An act on a person that passed access: what it will run on."""

    act: PersonAct
    file: PersonFile
    data: Any
    context: PersonContext
    head: int

    def run(self) -> PersonWritten:
        """The act itself."""
        return self.act.run(self.file, self.data, self.context)


def lines(session: Session, who: str | None) -> tuple[ActLine, ...]:
    """See `api.Desk.person_acts`."""
    file = _file(session, known_person(session, who)) if who is not None else None
    return tuple(
        ActLine(
            act=act.name,
            title=act.title,
            when=(),
            roles=act.roles,
            inputs=input_lines(act.inputs),
            possible=not (reason := _reason(session, act, file)),
            reason=reason,
            past_dates=act.past_dates,
        )
        for act in PERSON_ACTS.values()
        if file is None or not act.adds
    )


def _reason(session: Session, act: PersonAct, file: PersonFile | None) -> str:
    """Why an act is not possible; without a person that is known only of acts that are done on nobody yet."""
    if file is not None:
        return reason_against(session, act, file)
    if act.adds:
        try:
            _role(session, act, PersonFile(), {})
        except Denied as error:
            return str(error)
    return ""


def reason_against(session: Session, act: PersonAct, file: PersonFile) -> str:
    """Why an act is not possible on a person now, "" if it is."""
    try:
        _role(session, act, file, {})
    except Denied as error:
        return str(error)
    if session.store.readonly:
        return session.store.notice or "This store is open for reading only."
    return act.against(file, session.today()) if act.against is not None else ""


ONE_LINE: Final = ("name", "number", "email", "login", "title", "department", "location", "zone")
"""Inputs of one line: a line break in them is a slip, and would break every list that they stand in."""


def prepare(session: Session, name: str, who: str, given: Mapping[str, Any], expect: int | None) -> Ready:
    """Everything before the act itself. Raises Denied, BadInput, Conflict, NotFound."""
    act = person_act_named(name)
    head = session.store.head()[0]
    if act.adds:
        if who:
            raise BadInput(f"{act.title}: it is done on nobody yet; leave the person out.")
        file = PersonFile()
    else:
        if not who:
            raise BadInput(f"{act.title}: on whom? Give the number, e-mail or name.")
        file = _file(session, known_person(session, who))
    typed = clean_data(dict(given))
    typed |= {name: clean_line(text) for name in ONE_LINE if isinstance(text := typed.get(name), str)}
    role = _role(session, act, file, typed)
    directory, actor, order = session.directory(), session.person(), date_order(session.zone)
    context = PersonContext(
        now=session.clock(),
        today=session.today(),
        actor=actor,
        name=session.own_name(),
        role=role,
        new_id=session.new_id,
        resolve=directory.resolve,
        people=lambda: directory.people,
        order=order,
        personal=session.personal,
        login=session.actor.login,
    )
    data = build(act.inputs, typed, Reading(today=context.today, past=act.past_dates, order=order))
    if act.touches == "person" and expect is not None and file.seq > expect:
        raise Conflict(f"Somebody changed {file.known.name} after you read this. Read it again.", yours=dict(given))
    return Ready(act, file, data, context, head)


def do(
    session: Session, name: str, who: str, given: Mapping[str, Any], expect: int | None, token: str | None
) -> Done:
    """See `api.Desk.do_person`."""
    mark = token_for(session, f"person {name}", who, given, token)
    for _ in range(TRIES):
        if mark and (seq := session.store.done(mark)) is not None:
            sentence = "This was saved already; it was not saved twice."
            return Done(case="", act=name, seq=seq, revision=seq, sentence=sentence)
        prepare(session, name, who, given, expect)  # so that a refusal makes nobody a person
        ensure_person(session)
        ready = prepare(session, name, who, given, expect)
        written = ready.run()
        before = dict(session.directory().people) if _changes_person(written) and not ready.act.adds else {}
        try:
            seq = _commit_if_still(session, ready, written, mark)
        except Conflict:
            continue
        return Done(
            case="",
            act=name,
            seq=seq,
            revision=seq,
            sentence=written.sentence,
            item=written.item,
            findings=(*_doubts(written), *_looks(session, before, written)),
            person=written.person,
        )
    raise Busy("Others keep changing the directory. Nothing of yours was written; try again.")


def preview(session: Session, name: str, who: str, given: Mapping[str, Any], expect: int | None) -> Preview:
    """See `api.Desk.preview_person`. A refusal of the act's own rules is told as a finding."""
    ready = prepare(session, name, who, given, expect)
    try:
        written = ready.run()
    except PiptuiError as error:
        blocked = Finding(check=name, severity="block", where="", text=str(error))
        return Preview(sentences=(), findings=(blocked,), readers="")
    classes: set[Class] = {change.record.cls for change in written.changes}  # type: ignore[union-attr]  # documents
    # A person's document is manager and HR's; what a note says is read by fewer than the class names.
    who_reads = " · ".join(f"{words(cls)}: {_note_readers(cls, written)}" for cls in sorted(classes))
    return Preview(sentences=(written.sentence,), findings=_doubts(written), readers=who_reads)


def _note_readers(cls: Class, written: PersonWritten) -> str:
    if _changes_person(written):
        return readers(cls)
    own = {
        "manager_own": "who leads the person today",
        "manager_hr": "the person's manager, HR, legal reviewer",
        "shared": "the person, their manager, HR, legal reviewer",
    }
    return own.get(cls, readers(cls))


def _changes_person(written: PersonWritten) -> bool:
    return any(change.table == "people" for change in written.changes)


def _doubts(written: PersonWritten) -> tuple[Finding, ...]:
    return tuple(Finding(check="person", severity="warn", where="", text=one) for one in written.doubts)


def _looks(session: Session, before: Mapping[str, Person], written: PersonWritten) -> tuple[Finding, ...]:
    """Open cases that the change gives reason to look at, as an import tells them."""
    people = [change for change in written.changes if change.table == "people"]
    if not before or not people:
        return ()
    updates = tuple((one.id, one.record) for one in people if isinstance(one.record, Person))
    plan = ImportPlan(adds=(), updates=updates, unchanged=0, refused=(), notes=())
    return tuple(
        Finding(check="person.case", severity="warn", where="", text=text)
        for text in case_notes(session, before, plan)
    )


def _file(session: Session, key: str) -> PersonFile:
    _, rev = session.store.get("people", key)
    return PersonFile(key, session.directory().get(key), rev.seq, notes_about(session, key), on_person(session, key))


def _role(session: Session, act: PersonAct, file: PersonFile, data: Mapping[str, Any]) -> Role:
    """The role in which an act on a person is done. Raises Denied naming the roles that may."""
    access = session.access()
    order = list(act.roles)
    if access.personal:
        mine = frozenset(act.roles) if access.chosen is None else frozenset({access.chosen})
        # Whoever owns the store may be anything; what they are by their own record comes first.
        order.sort(key=lambda role: _doubt(session, file, role))
    else:
        mine = access.dated
        if file.person is not None and access.person and file.person.manager == access.person:
            mine = mine | {"manager"}
        if access.chosen is not None:
            mine = mine & {access.chosen}
        if file.id == access.person and act.name in ("note", "correct", "strike"):
            raise Denied(f"{act.title}: nobody keeps the notes about themselves.")
        if file.id == access.person and act.name in ("hold", "lift_hold"):
            # Said whether there is one or not: whoever it is on does not learn of it here.
            raise Denied(f"{act.title}: a hold on yourself is for somebody else of HR or legal.")
    fit = [role for role in order if role in mine]
    wanted = str(data.get("cls") or "")
    able = [role for role in fit if wanted in SEES[role]] or fit
    if able:
        return able[0]
    who = sentence_list([f"the person's {words(role)}" if role == "manager" else words(role) for role in act.roles])
    raise Denied(f"{act.title}: only {who} may.")


def _doubt(session: Session, file: PersonFile, role: Role) -> int:
    """Whether a role is the owner's by the record (0), perhaps (1), or not (2), such as where somebody else leads."""
    access = session.access()
    if role != "manager":
        return 0 if role in access.dated else 1
    leader = file.person.manager if file.person is not None else None
    if not leader:
        return 2 if access.dated else 1
    # Whoever made the store may stand in it twice: once from a list of the HR system.
    names = (words_of_name(one) for one in (session.directory().name(leader), session.own_name()))
    return 0 if leader == access.person or len({*names}) == 1 else 2


def _commit_if_still(session: Session, ready: Ready, written: PersonWritten, mark: str | None) -> int:
    """Commit under the lock, if directory and notebook stand as the act found them. Raises Conflict if not."""
    moved = {"people"} if _changes_person(written) or ready.act.adds else set()
    known: dict[tuple[str, str], int] = {("people", ready.file.id): ready.file.seq} if ready.file.id else {}
    known |= {("notebook", one.id): one.seq for one in ready.file.notes}
    known |= {("holds", one.id): one.seq for one in ready.file.holds}
    with session.store.exclusive():
        if mark and session.store.done(mark) is not None:
            raise Conflict("The same request came in by another way.")
        touched = [key for one in session.store.changes(ready.head) for key in one.keys]
        mine = {(change.table, change.id) for change in written.changes}
        if any(table in moved or (table, key) in mine for table, key in touched):
            raise Conflict("The directory moved in between.")
        changes: tuple[Change, ...] = written.changes
        return commit(session, None, ready.act.name, ready.context.role, changes, token=mark, known=known)
