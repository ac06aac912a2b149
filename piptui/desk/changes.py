"""People who left, moved or came back, as far as a case is concerned: what the directory says beside a case.

An import re-points no open case. What it changes is said instead, to those who may know both.
"""

import datetime as dt
from collections.abc import Iterator, Mapping

from piptui.cases.parties import PART_WORDS, holds, named_last
from piptui.cases.words import Stage, words
from piptui.dates import show_date
from piptui.desk.api import EarlierCase
from piptui.desk.rows import Due, Facts
from piptui.desk.session import Session
from piptui.errors import NotFound
from piptui.people import ImportPlan
from piptui.people.records import Person


def departures(session: Session, facts: Facts, stage: Stage) -> Iterator[Due]:
    """Parties of an open case who left: told to managers and HR, since the directory is not the employee's."""
    left = session.left()
    if not left or stage == "closed" or not facts.inner:
        return
    gone = [party for party in facts.shared.parties if party.person in left]
    today = session.today(facts.shared.zone) if gone else None
    for party in gone:
        on = left[party.person]
        if today is None or on >= today or not holds(party, today):
            continue
        part = PART_WORDS[party.role]
        cure, act = f"reassign the {part}", "reassign"
        if party.deputy_for:
            cure, act = f"end the delegation of the {part}", "end_delegation"
        elif party.role == "employee":
            cure, act = ("withdraw the plan", "withdraw") if facts.shared.version else ("discard the case", "discard")
        told = f"{party.name} left on {show_date(on, today)}"
        begun: dict[str, str] = {"role": party.role} if party.role != "employee" else {}
        yield Due(on, cure, told, "hr", act, begun, sentence=f"{told}: {cure}.")


def earlier_cases(session: Session, person: str, but: str = "") -> tuple[EarlierCase, ...]:
    """The closed cases of somebody that the actor may see, by number (S116); `but` is left out."""
    found = []
    for key, _, _ in session.store.list("cases", of=person):
        if key == but:
            continue
        try:
            facts, stage = session.row(key)
        except NotFound:
            continue
        shared = facts.shared
        if stage == "closed":
            found.append(EarlierCase(case=shared.number, result=shared.ended, ended_on=shared.ended_on))
    return tuple(sorted(found, key=lambda one: one.case))


def told_earlier(one: EarlierCase, today: dt.date) -> str:
    """An earlier case in a sentence."""
    on = f", ended on {show_date(one.ended_on, today)}" if one.ended_on else ""
    return f"There is an earlier case {one.case}: {words(one.result)}{on}."


def case_notes(session: Session, before: Mapping[str, Person], plan: ImportPlan) -> Iterator[str]:
    """Which open cases an import gives reason to look at, of those that the actor may see."""
    after = {**before, **dict(plan.adds), **dict(plan.updates)}
    changed = {key for key, person in plan.updates if key in before and before[key] != person}
    if not changed:
        return
    for _, facts, stage in session.rows():
        shared = facts.shared
        if stage == "closed" or not facts.inner:
            continue
        employee, manager = after.get(shared.of), named_last(shared.parties, "manager")
        was = before.get(shared.of)
        if employee and was and manager and employee.manager not in (None, was.manager, manager.person):
            new = after[str(employee.manager)].name if employee.manager in after else "somebody else"
            stays = f"{manager.name} stays the manager in the case until the part is reassigned"
            yield f"Case {shared.number}: {employee.name} reports to {new} now; {stays}."
        for party in shared.parties:
            if party.person in changed and party.until is None and _left(after[party.person], before[party.person]):
                on = after[party.person].spells[-1].left_on
                yield f"Case {shared.number}: {party.name}, {PART_WORDS[party.role]}, left on {on}."


def _left(now: Person, was: Person) -> bool:
    then = was.spells[-1].left_on if was.spells else None
    return bool(now.spells) and now.spells[-1].left_on not in (None, then)
