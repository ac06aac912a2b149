"""What is due: from the facts of the cases to things to do, by the day and by whose move it is (S064, S107, S108)."""

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

from piptui.cases.parties import deputies, holders, holds, names_on, principal
from piptui.cases.records import Party
from piptui.cases.words import Role
from piptui.desk.api import Agenda, DueLine, Group
from piptui.desk.listing import dues
from piptui.desk.rows import Due, Facts
from piptui.desk.session import Session
from piptui.text import fold

ORDER: tuple[Group, ...] = ("overdue", "today", "ahead", "waiting")

Mine = Callable[[tuple[Party, ...], Role, dt.date], bool]
"""Whether a move of a role in a case with these parties is the one that was asked for."""


class _Item(NamedTuple):
    """Something due, not yet made into a line; the first four are its place among those of its group."""

    on: dt.date
    at: str
    case: str
    what: str
    nth: int
    """Tells apart what is alike so far, in the order of the cases: the rest has no order."""
    due: Due
    facts: Facts
    today: dt.date


def agenda(session: Session, whose: str, days: int, most: int | None) -> Agenda:
    """See `api.Desk.agenda`."""
    wanted = fold(whose).strip()
    told, mine, concerned = _whose(session, wanted)
    groups: dict[Group, list[_Item]] = {group: [] for group in ORDER}
    cases = 0
    for _, facts, stage in session.rows(ended=False):
        today = session.today(facts.shared.zone)
        if stage == "closed" or not concerned(facts.shared.parties, today):
            continue
        cases += 1
        for one in dues(session, facts, stage):
            ahead = (one.on - today).days if one.on else 0
            if one.quiet and ahead > 0:
                continue
            group = _group(ahead, days, mine=mine(facts.shared.parties, one.role, today))
            if group is not None:
                found = groups[group]
                place = (one.on or dt.date.min, one.at, facts.shared.number, one.what, len(found))
                found.append(_Item(*place, one, facts, today))
    me = session.person()
    lines: list[DueLine] = []
    for group, found in groups.items():
        found.sort()
        lines += [_line(one, group, me) for one in found[:most]]
    return Agenda(
        whose=told,
        today=session.today(),
        days=days,
        lines=tuple(lines),
        needs=len(groups["overdue"]) + len(groups["today"]),
        waiting=len(groups["waiting"]),
        open=cases,
        counts={group: len(found) for group, found in groups.items() if found},
    )


def _line(item: _Item, group: Group, me: str) -> DueLine:
    due, facts, today = item.due, item.facts, item.today
    shared = facts.shared
    names = names_on(shared.parties, today)
    return DueLine(
        case=shared.number,
        employee=names.get("employee", ""),
        on=due.on,
        what=due.what,
        detail=due.detail,
        overdue=max((today - due.on).days, 0) if due.on else 0,
        who=names.get(due.role, ""),
        about=shared.about or (facts.working.about if facts.working else ""),
        at=due.at,
        zone=shared.slot_zone or shared.zone,
        role=due.role,
        group=group,
        act=due.act,
        data=due.data,
        stands_for=_stands_for(me, shared.parties, due.role, today),
    )


def _group(ahead: int, days: int, *, mine: bool) -> Group | None:
    """The group of something due in so many days; None where it is no matter yet."""
    if not mine:
        return "waiting" if ahead <= 0 else None
    if ahead <= 0:
        return "overdue" if ahead < 0 else "today"
    return "ahead" if ahead <= days else None


def _stands_for(me: str, parties: tuple[Party, ...], role: Role, today: dt.date) -> str:
    if not me or me not in {party.person for party in deputies(parties, role, today)}:
        return ""
    held = principal(parties, role, today)
    return held.name if held else ""


def _whose(session: Session, wanted: str) -> tuple[str, Mine, Callable[[tuple[Party, ...], dt.date], bool]]:
    """Whose agenda it is in words, which moves are theirs, and which cases are looked at."""

    def every(_parties: tuple[Party, ...], _today: dt.date) -> bool:
        return True

    def but_the_employees(_parties: tuple[Party, ...], role: Role, _today: dt.date) -> bool:
        return role != "employee"

    if wanted in ("", "me"):
        return ("me", _own(session, but_the_employees), every)
    if wanted == "all":
        return ("everybody", but_the_employees, every)
    if wanted == "reports":
        me = session.person()
        theirs = {key for key, person in session.directory().people.items() if me and person.manager == me}
        return (
            "those who report to me",
            lambda parties, role, today: role != "employee" and bool(holders(parties, role, today) & theirs),
            lambda parties, today: any(
                party.person in theirs and party.role != "employee" for party in parties if holds(party, today)
            ),
        )
    return (
        wanted,
        but_the_employees,
        lambda parties, today: any(
            wanted in fold(party.name) for party in parties if party.role != "employee" and holds(party, today)
        ),
    )


def _own(session: Session, otherwise: Mine) -> Mine:
    """Which moves are the actor's own."""
    access = session.access()
    if access.chosen is not None and session.personal:
        return lambda _parties, role, _today: role == access.chosen
    if session.personal:
        return otherwise
    me, dated = access.person, access.dated

    def own(parties: tuple[Party, ...], role: Role, today: dt.date) -> bool:
        if access.chosen not in (None, role):
            return False
        held = holders(parties, role, today)
        # A part that nobody holds is the move of whoever has that role for all cases.
        return me in held or (not held and role in dated)

    return own
