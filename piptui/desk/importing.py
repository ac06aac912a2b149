"""People from an HR export at the desk: read, planned against the directory, committed as one."""

from collections.abc import Mapping
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
from piptui.store import Change


def import_people(
    session: Session,
    path: str,
    *,
    mapping: Mapping[str, str] | None,
    key: str | None,
    order: Literal["mdy", "dmy"] | None,
    dry_run: bool,
) -> ImportReport:
    """Bring people in; good rows go in as one commit, again from the directory as it stands if it moved."""
    access = session.access()
    if access.chosen not in (None, "hr") or not (session.personal or "hr" in access.dated):
        raise Denied("Import people: only HR may.")
    found = read_people(Path(path), mapping=mapping, key=key, order=order)
    if not dry_run:
        ensure_person(session)
    for _ in range(TRIES):
        head = session.store.head()[0]
        revs = {one: rev.seq for one, _, rev in session.store.list("people")}
        before = session.directory().people
        plan = plan_import(before, found, new_id=session.new_id, today=session.today())
        if not dry_run and (plan.adds or plan.updates):
            try:
                _commit(session, plan, revs, head)
            except Conflict:
                continue
        return _report(found, plan, tuple(case_notes(session, before, plan)), dry_run=dry_run)
    raise Busy("Others keep changing the directory. Nothing of yours was written; try again.")


def _commit(session: Session, plan: ImportPlan, revs: Mapping[str, int], head: int) -> None:
    changes = []
    for verb, group in (("added", plan.adds), ("updated", plan.updates)):
        for one, person in group:
            document = encode(person)
            check_document("people", document)
            changes.append(Change("people", one, document, f"{person.name} was {verb} by an import."))
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
    )
