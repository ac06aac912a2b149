"""What is due: from the facts of the cases to things to do, by the day and by whose move it is (S064, S107, S108)."""

import datetime as dt
from collections.abc import Callable, Iterator

from piptui.cases.parties import deputies, holders, holds, names_on, principal
from piptui.cases.records import Party
from piptui.cases.words import Role, Stage
from piptui.desk.api import Agenda, DueLine, Group
from piptui.desk.listing import dues
from piptui.desk.rows import Facts
from piptui.desk.session import Session
from piptui.text import fold

ORDER: tuple[Group, ...] = ("overdue", "today", "ahead", "waiting")

Mine = Callable[[tuple[Party, ...], Role, dt.date], bool]
"""Whether a move of a role in a case with these parties is the one that was asked for."""


def agenda(session: Session, whose: str, days: int) -> Agenda:
    """See `api.Desk.agenda`."""
    wanted = fold(whose).strip()
    told, mine, concerned = _whose(session, wanted)
    lines: list[DueLine] = []
    cases = 0
    me = session.person()
    for _, facts, stage in session.rows(ended=False):
        if stage == "closed" or not concerned(facts.shared.parties, session.today(facts.shared.zone)):
            continue
        cases += 1
        lines += _lines(session, facts, stage, mine, days, me)
    lines.sort(key=lambda line: (ORDER.index(line.group), line.on or dt.date.min, line.at, line.case, line.what))
    return Agenda(
        whose=told,
        today=session.today(),
        days=days,
        lines=tuple(lines),
        needs=sum(line.group in ("overdue", "today") for line in lines),
        waiting=sum(line.group == "waiting" for line in lines),
        open=cases,
    )


def _lines(session: Session, facts: Facts, stage: Stage, mine: Mine, days: int, me: str) -> Iterator[DueLine]:
    shared = facts.shared
    today = session.today(shared.zone)
    names = names_on(shared.parties, today)
    for one in dues(session, facts, stage):
        ahead = (one.on - today).days if one.on else 0
        if one.quiet and ahead > 0:
            continue
        group = _group(ahead, days, mine=mine(shared.parties, one.role, today))
        if group is None:
            continue
        yield DueLine(
            case=shared.number,
            employee=names.get("employee", ""),
            on=one.on,
            what=one.what,
            detail=one.detail,
            overdue=max(-ahead, 0),
            who=names.get(one.role, ""),
            about=shared.about or (facts.working.about if facts.working else ""),
            at=one.at,
            zone=shared.slot_zone or shared.zone,
            role=one.role,
            group=group,
            act=one.act,
            data=one.data,
            stands_for=_stands_for(me, shared.parties, one.role, today),
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
