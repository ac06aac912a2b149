"""Notes of the notebook that have been kept long enough: nobody took them into a case, and nobody needs them for one.

Only what the actor may read is looked at: what managers keep for themselves is proposed, and counted, to nobody else.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from piptui.cases.file import Held
from piptui.cases.notebook import PersonNote, find_note
from piptui.cases.retention import first_day
from piptui.cases.terms import KeepRule, Policy
from piptui.dates import in_zone
from piptui.desk.api import RetentionLine, Target
from piptui.desk.holds import standing
from piptui.desk.persons import known_person, notes_about
from piptui.desk.session import Session
from piptui.errors import NotFound


class Notes(NamedTuple):
    """The notes that the actor may read: what is due of them, how many others there are, and which is due next."""

    due: tuple[RetentionLine, ...]
    kept: int
    next_on: dt.date | None = None
    next_person: str = ""


def kept_notes(session: Session, policy: Policy, named: str) -> Notes:
    """What is due of the notebook, and what is not; `named` is the policy in words."""
    owners = dict.fromkeys(str(document.get("of", "")) for _, document, _ in session.store.list("notebook"))
    lines: list[RetentionLine] = []
    coming: list[tuple[dt.date, str, str]] = []
    kept, today = 0, session.today()
    for owner in sorted(owners):
        found = [] if policy.notebook is None else [*_due_of(session, owner, policy.notebook, named)]
        lines += found
        left = [one for one in notes_about(session, owner) if one.record.removed is None]
        kept += len(left) - len(found)
        if policy.notebook is not None:
            days = ((first_day(_last_day(session, one), policy.notebook), one.id) for one in left)
            coming += [(on, owner, entry) for on, entry in days if on > today]
    free: dict[str, set[str] | None] = {}
    for on, owner, entry in sorted(coming):
        if owner not in free:
            free[owner] = _taken_of(session, owner)
        taken = free[owner]
        if taken is not None and entry not in taken:
            return Notes(tuple(lines), kept, on, owner)
    return Notes(tuple(lines), kept)


def note_is_due(session: Session, target: Target, policy: Policy) -> bool:
    """Whether the note that a redaction names is due by the rule that it names. Raises NotFound, BadInput."""
    owner = known_person(session, target.person)
    wanted = find_note(notes_about(session, owner), target.entry).id
    rule = policy.notebook
    if rule is None or rule.name != target.rule:
        return False
    return any(one.entry == wanted for one in _due_of(session, owner, rule, ""))


def _due_of(session: Session, owner: str, rule: KeepRule, named: str) -> Iterator[RetentionLine]:
    """The notes about one person; none while somebody may still need them, and none about the actor."""
    today = session.today()
    old = [one for one in notes_about(session, owner) if first_day(_last_day(session, one), rule) <= today]
    taken = _taken_of(session, owner) if old else None
    if taken is None:
        return
    for one in old:
        if one.id in taken or one.record.removed is not None:
            continue
        anchored = _last_day(session, one)
        yield RetentionLine(
            case="",
            employee=session.directory().name(owner),
            result="",
            rule=rule.name,
            what="notebook",
            anchor="last written to on",
            anchored_on=anchored,
            due_on=first_day(anchored, rule),
            policy=named,
            person=owner,
            entry=one.id,
        )


def _taken_of(session: Session, owner: str) -> set[str] | None:
    """The notes about somebody that stand in a case; None where all are kept: for an open case, by a hold, or because
    they are about the actor."""
    if owner == session.person() or _is_open(session, owner):
        return None
    cases = [case for case, _, _ in session.store.list("cases", of=owner)]
    return None if standing(session, (owner, *cases)) else _taken(session, cases)


def _last_day(session: Session, one: Held[PersonNote]) -> dt.date:
    """The day on which a note was last written to, or the later one that it tells of."""
    return max(one.record.occurred_on, in_zone(one.changed_at, session.zone).date())


def _is_open(session: Session, owner: str) -> bool:
    """Whether somebody has a case that has not ended, by the record itself."""
    try:
        session.store.get("keys", f"open.{owner}")
    except NotFound:
        return any(facts.shared.of == owner for _, facts, _ in session.rows(ended=False))
    return True


def _taken(session: Session, cases: Iterable[str]) -> set[str]:
    """The ids of the notes that stand in one of these cases, whoever may read it there."""
    listed = (document for case in cases for _, document, _ in session.store.list("entries", of=case))
    return {str(document["noted_as"]) for document in listed if document.get("noted_as")}
