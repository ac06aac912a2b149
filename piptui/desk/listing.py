"""The list of cases: from the rows of facts that the actor may see to lines, matched, sorted and cut to a window."""

from collections.abc import Callable, Iterator, Sequence

from piptui.cases.parties import deputy_names, names_on
from piptui.cases.words import Stage
from piptui.desk import rows
from piptui.desk.api import CaseLine, CaseList
from piptui.desk.changes import departures
from piptui.desk.kept import KeptLines
from piptui.desk.session import Session

REMOVED = "(removed)"
"""Stands in the list where the name of the employee stood."""


def case_list(session: Session, query: str, sort: str, start: int, count: int | None) -> CaseList:
    """See `api.Desk.list`."""
    stop = None if count is None else start + count
    notes: tuple[str, ...] = ()
    if unreadable := session.unreadable():
        notes = (f"{unreadable} cases were written by a newer piptui and cannot be shown by this one.",)
    usual = not query.strip() and sort in ("", "attention")
    if usual and count is not None and session.known_lines(_maker(session)) is None:
        return _window(session, start, start + count, notes)
    from piptui.dates import date_order
    from piptui.desk.query import parse  # a start filters nothing
    from piptui.desk.query.terms import Ground

    me = session.person()
    name = session.directory().name(me) if me else ""
    kept = _kept(session)
    asked = parse(query, Ground(session.today(), name, date_order(session.zone), kept.text()))
    lines = kept.in_order(sort or "attention")
    matching = list(filter(asked.test(), lines))
    return CaseList(
        lines=tuple(matching[start:stop]),
        start=start,
        matching=len(matching),
        needy=sum(bool(line.attention) for line in matching),
        total=len(lines),
        understood=asked.told,
        notes=notes,
    )


def all_lines(session: Session) -> Sequence[CaseLine]:
    """Every case that the actor may see, kept until something changes."""
    return _kept(session).lines


def _kept(session: Session) -> KeptLines:
    return session.kept_lines(_maker(session))


def _maker(session: Session) -> Callable[[str, rows.Facts, Stage], CaseLine]:
    return lambda key, facts, stage: case_line(session, key, facts, stage)


def _window(session: Session, start: int, stop: int, notes: tuple[str, ...]) -> CaseList:
    """Some of all cases: ended ones, of which there may be many, are made into lines only if they are among them."""
    from piptui.desk.query.sorting import attention

    lines = [case_line(session, key, facts, stage) for key, facts, stage in session.rows(ended=False)]
    lines.sort(key=attention)
    ended = sorted(session.ended())
    total = len(lines) + len(ended)
    shown = lines[start:stop]
    for _, key in ended[max(start - len(lines), 0) : max(stop - len(lines), 0)]:
        shown.append(case_line(session, key, *session.row(key)))
    needy = sum(bool(line.attention) for line in lines)
    return CaseList(lines=tuple(shown), start=start, matching=total, needy=needy, total=total, notes=notes)


def case_line(session: Session, key: str, facts: rows.Facts, stage: Stage) -> CaseLine:
    """One case as a list shows it, with today applied."""
    shared, working = facts.shared, facts.working
    today = session.today(shared.zone)
    told = (one for one in dues(session, facts, stage) if not (one.quiet and one.on and one.on > today))
    waiting = sorted(told, key=lambda one: one.on or today)
    first = waiting[0] if waiting else None
    names, acting = names_on(shared.parties, today), deputy_names(shared.parties, today)
    days = (shared.end - shared.start).days if shared.start and shared.end else working.days if working else None
    return CaseLine(
        case=shared.number,
        id=key,
        employee=names.get("employee", REMOVED if shared.ended == "removed" else ""),
        about=shared.about or (working.about if working else ""),
        stage=stage,
        result=shared.ended,
        version=shared.version,
        day=(today - shared.start).days if shared.start and not shared.ended else None,
        days=days,
        goals=len(shared.goals) or (working.goals if working else 0),
        goals_met=sum(goal.met for goal in shared.goals),
        next_on=first.on if first else None,
        next_what=first.what if first else "",
        attention=tuple(text for one in waiting if (text := rows.attention(one, today))),
        manager=names.get("manager", ""),
        hr_partner=names.get("hr", ""),
        manager_deputy=acting.get("manager", ""),
        hr_deputy=acting.get("hr", ""),
        start=shared.start,
        end=shared.end,
        opened_on=shared.opened_on,
        held=facts.inner and not session.under_hold().isdisjoint((key, shared.of)),
        revision=facts.revision,
    )


def dues(session: Session, facts: rows.Facts, stage: Stage) -> Iterator[rows.Due]:
    """Everything that a case waits for, as far as the actor may know."""
    policy = session.policy(facts.shared.policy)
    needed = policy.needed(legal_review=rows.legal_review(facts))
    yield from rows.dues(facts, stage, needed, policy.reminders)
    yield from departures(session, facts, stage)
