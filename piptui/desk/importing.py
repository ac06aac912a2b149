"""People from an HR export at the desk: read, planned against the directory, committed as one."""

import shlex
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Literal

from piptui.desk.api import ImportReport, RefusedRow
from piptui.desk.changes import case_notes
from piptui.desk.doing import TRIES
from piptui.desk.registration import ensure_person
from piptui.desk.session import Session
from piptui.documents import check_document, encode
from piptui.errors import Busy, Conflict, Denied
from piptui.people import Import, ImportPlan, plan_import, read_people
from piptui.people.columns import FIELDS
from piptui.people.records import Person
from piptui.store import Change
from piptui.text import fold

Tell = Callable[[str], None]
"""Hears how far an import is, in the thread in which it runs."""

STEP = 500
"""People after which it is told how many are prepared."""


def _silent(_text: str) -> None:
    """Nobody listens."""


def import_people(
    session: Session,
    path: str,
    *,
    mapping: Mapping[str, str] | None,
    key: str | None,
    order: Literal["mdy", "dmy"] | None,
    dry_run: bool,
    tell: Tell | None = None,
) -> ImportReport:
    """Bring people in; good rows go in as one commit, again from the directory as it stands if it moved. `tell` hears
    how far it is, and may raise to stop it before anything is written."""
    tell = tell or _silent
    access = session.access()
    if access.chosen not in (None, "hr") or not (session.personal or "hr" in access.dated):
        raise Denied("Import people: only HR may.")
    tell("Reading the file …")
    found = read_people(Path(path), mapping=mapping, key=key, order=order)
    if not dry_run:
        ensure_person(session)
    for _ in range(TRIES):
        head = session.store.head()[0]
        revs = {one: rev.seq for one, _, rev in session.store.list("people")}
        tell(f"Comparing {len(found.rows)} rows with the directory …")
        before = session.directory().people
        plan = plan_import(before, found, new_id=session.new_id, today=session.today())
        if not dry_run and (plan.adds or plan.updates):
            try:
                _commit(session, plan, revs, head, tell)
            except Conflict:
                continue
        notes = (*_namesakes(before, plan, dry_run=dry_run), *case_notes(session, before, plan))
        return _report(found, plan, notes, dry_run=dry_run)
    raise Busy("Others keep changing the directory. Nothing of yours was written; try again.")


def _namesakes(before: Mapping[str, Person], plan: ImportPlan, *, dry_run: bool) -> Iterator[str]:
    """Who is there twice, or would be: somebody who was entered without a number, as who made the store was, cannot
    be known again in a list."""
    bare = {fold(one.name): (key, one) for key, one in before.items() if not one.number and not one.email}
    for _, person in plan.adds:
        key, same = bare.get(fold(person.name), ("", None))
        if same is None:
            continue
        would = "would be there twice" if dry_run else "is there twice now"
        told = f"{person.name} is here already, without number and e-mail, and {would}."
        if not person.number:
            yield told
            continue
        give = "piptui do --person {} change_person --set {}"
        own = give.format(shlex.quote(same.logins[0] if same.logins else key), _number(person.number))
        if dry_run:
            yield f"{told} If it is one person, first: {own}"
        else:
            free = give.format(shlex.quote(person.number), _number(""))
            yield f"{told} If it is one person, take the number from the new one: {free} and give it on: {own}"


def _number(number: str) -> str:
    return shlex.quote(f"number={number}")


def _commit(session: Session, plan: ImportPlan, revs: Mapping[str, int], head: int, tell: Tell) -> None:
    changes: list[Change] = []
    whole = len(plan.adds) + len(plan.updates)
    for verb, group in (("added", plan.adds), ("updated", plan.updates)):
        for one, person in group:
            document = encode(person)
            check_document("people", document)
            if len(changes) % STEP == 0:
                tell(f"Preparing {len(changes)} of {whole} people …")
            changes.append(Change("people", one, document, f"{person.name} was {verb} by an import."))
    tell(f"Writing {whole} people …")
    with session.store.exclusive():
        # Of two imports at once, the second is planned again: otherwise both would add the same people.
        if any(table == "people" for one in session.store.changes(head) for table, _ in one.keys):
            raise Conflict("The directory moved in between.")
        session.store.commit(
            changes,
            expect={("people", one): revs[one] for one, _ in plan.updates},
            actor=session.person(),
            act="import",
            meta={"role": "hr", "login": session.actor.login},
        )


def _report(found: Import, plan: ImportPlan, cases: tuple[str, ...], *, dry_run: bool) -> ImportReport:
    return ImportReport(
        added=len(plan.adds),
        updated=len(plan.updates),
        unchanged=plan.unchanged,
        refused=tuple(RefusedRow(line=one.line, why=one.why) for one in plan.refused),
        columns=dict(found.columns),
        unused=tuple(found.unused),
        key=found.key,
        notes=(*plan.notes, *cases),
        dry_run=dry_run,
        headers=found.headers,
        sample=found.sample,
        fields=FIELDS,
    )
