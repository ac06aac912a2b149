"""What may be removed by the rules of retention, as of today, and what a legal hold forbids."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, Final, get_args

from piptui.cases.retention import Days, Due, due
from piptui.cases.terms import Policy, Retained
from piptui.cases.words import words
from piptui.desk.api import Retention, RetentionLine, RuleLine, Target
from piptui.desk.holds import standing
from piptui.desk.keeping_notes import Notes, kept_notes, note_is_due
from piptui.desk.pieces import hr_or_legal
from piptui.desk.removal_kinds import leftover, of_kind
from piptui.desk.rows import Facts
from piptui.desk.session import Session
from piptui.errors import Refused
from piptui.paths import data_dir
from piptui.policy import read_pack

KINDS: Final[tuple[Retained, ...]] = get_args(Retained)
AT_ISSUE: Final = "erased at issue"
"""The name of the rule by which working papers go that a hold kept when the plan was issued."""


def retention(session: Session) -> Retention:
    """See `api.Desk.retention`."""
    hr_or_legal(session, "What is due to be removed")
    policy, _ = read_pack(data_dir() / "policies")
    lines: list[RetentionLine] = []
    kept = unruled = 0
    coming: list[tuple[dt.date, str, int, str]] = []
    for key, facts, stage in session.rows():
        if facts.shared.ended == "removed":
            continue
        found = [*_lines(session, key, facts, policy)]
        lines += found
        if stage == "closed":
            kept += not found
            unruled += not _ruled(policy, facts.shared.ended, "case")
            if not any(one.what == "case" for one in found):
                coming += _coming(session, key, facts, policy)
    notes = kept_notes(session, policy, _named(policy))
    lines += notes.due
    lines.sort(key=lambda one: (one.due_on, one.case, one.person, one.entry))
    return Retention(
        today=session.today(),
        policy=_named(policy),
        lines=tuple(lines),
        kept=kept,
        unruled=unruled,
        kept_notes=notes.kept,
        rules=tuple(_rules(policy)),
        **_next(session, coming, notes),
    )


def _coming(session: Session, key: str, facts: Facts, policy: Policy) -> Iterator[tuple[dt.date, str, int, str]]:
    """What of a case is due later: day, number, which kind, id."""
    today = session.today(facts.shared.zone)
    for nth, what in enumerate(KINDS):
        found = _due(session, facts, policy, what)
        if found is not None and found.on > today:
            yield found.on, facts.shared.number, nth, key


def _next(session: Session, coming: Iterable[tuple[dt.date, str, int, str]], notes: Notes) -> dict[str, Any]:
    """What is due first of what is not due yet: of a case, as far as it holds such documents, or a note."""
    by = ((on, case, KINDS[nth]) for on, case, nth, key in sorted(coming) if _holds(session, key, KINDS[nth]))
    on, case, what = next(by, (None, "", ""))
    if notes.next_on is not None and (on is None or notes.next_on < on):
        name = session.directory().name(notes.next_person)
        return {
            "next_on": notes.next_on,
            "next_what": "notebook",
            "next_person": notes.next_person,
            "next_employee": name,
        }
    return {"next_on": on, "next_case": case, "next_what": what}


def _holds(session: Session, key: str, what: Retained) -> bool:
    return what == "case" or _is_there(session, key, what)


def _rules(policy: Policy) -> Iterator[RuleLine]:
    for one in policy.retention:
        yield RuleLine(
            name=one.name, what=one.what, period=one.period, unit=one.unit, anchor=one.anchor, results=one.results
        )
    if (note := policy.notebook) is not None:
        yield RuleLine(name=note.name, what="notebook", period=note.period, unit=note.unit)


def check_due(session: Session, target: Target) -> None:
    """Raise Refused unless the rule that a redaction names is due for the case, or the note of the notebook."""
    policy, _ = read_pack(data_dir() / "policies")
    if target.person:
        if not (target.entry and note_is_due(session, target, policy)):
            raise Refused(f"By the rule {target.rule!r} nothing of this notebook is due to be removed.")
        return
    key = session.case_id(target.case)
    facts, _ = session.row(key)
    wanted = (target.rule, target.only or "case")
    if not any((one.rule, one.what) == wanted for one in _lines(session, key, facts, policy)):
        raise Refused(f"By the rule {target.rule!r} nothing of case {facts.shared.number} is due to be removed.")


def _named(policy: Policy) -> str:
    return f"{policy.name} {policy.edition} ({policy.label})"


def _lines(session: Session, key: str, facts: Facts, policy: Policy) -> Iterator[RetentionLine]:
    """What is due of one case: the case itself, or parts of it that there still are."""
    shared = facts.shared
    today, drafts = session.today(shared.zone), True
    if shared.ended:
        for what in KINDS:
            found = _due(session, facts, policy, what)
            if found is None or found.on > today or (what != "case" and not _is_there(session, key, what)):
                continue
            yield _line(session, key, facts, policy, what, found)
            if what == "case":
                return
            drafts = drafts and what != "working_papers"
    own = session.policy(shared.policy)
    on = shared.delivered_on
    if drafts and on and own.records.erase_working_papers and leftover(session, key):
        yield RetentionLine(
            case=shared.number,
            employee=_employee(facts),
            result=shared.ended,
            rule=AT_ISSUE,
            what="working_papers",
            anchor="the day of delivery",
            anchored_on=on,
            due_on=on,
            policy=_named(own),
            holds=standing(session, (key, shared.of)),
        )


def _line(session: Session, key: str, facts: Facts, policy: Policy, what: Retained, found: Due) -> RetentionLine:
    shared = facts.shared
    return RetentionLine(
        case=shared.number,
        employee=_employee(facts),
        result=shared.ended,
        rule=found.rule.name,
        what=what,
        anchor=words(found.rule.anchor),
        anchored_on=found.anchored_on,
        due_on=found.on,
        policy=_named(policy),
        holds=standing(session, (key, shared.of)),
    )


def _employee(facts: Facts) -> str:
    return next((one.name for one in facts.shared.parties if one.role == "employee"), "")


def _due(session: Session, facts: Facts, policy: Policy, what: Retained) -> Due | None:
    """By the pack that is in force today; the case's own pack can only make it later."""
    shared = facts.shared
    left = session.directory().left.get(shared.of)
    if left is not None and left < min(shared.opened_on, shared.start or shared.opened_on):
        left = None  # of an employment before, or mistyped: not the one that this case is of
    days = Days(shared.ended_on, shared.end, left)
    now = due(policy, shared.ended, what, days)
    own = session.policy(shared.policy)
    if now is None or not _ruled(own, shared.ended, what):
        return now
    then = due(own, shared.ended, what, days)
    return None if then is None else now._replace(on=max(now.on, then.on))


def _ruled(policy: Policy, result: str, what: Retained) -> bool:
    return any(one.what == what and result in one.results for one in policy.retention)


def _is_there(session: Session, key: str, what: Retained) -> bool:
    """Whether the case holds something of a kind that the actor may see."""
    whole, _, classes = session.open_case(key)
    return any(of_kind(session, whole, what, classes))
