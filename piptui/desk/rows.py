"""One row of facts per case, folded once per commit, by class and without today; and the line made from it.

Stage, overdue, counts, sorting and the filter read only the facts of classes that the actor may see.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import msgspec

from piptui.cases.file import CaseFile
from piptui.cases.progress import goal_progress
from piptui.cases.records import Party
from piptui.cases.stages import Standing, ended_on, ending, stage_of, standing
from piptui.cases.terms import ReminderTerms
from piptui.cases.words import CLASSES, Class, Role, Stage, words
from piptui.dates import in_zone
from piptui.desk.reading import Found, case_file
from piptui.errors import PiptuiError
from piptui.text import fold as fold_text

VERSION = 2
"""Counts up when the facts change their meaning, so that a stored index is rebuilt."""


class GoalFact(msgspec.Struct, frozen=True):
    """A goal: id, day it is due, whether its last value or verdict reaches it."""

    id: str
    due: dt.date | None
    met: bool


class SlotFact(msgspec.Struct, frozen=True):
    """A planned meeting that has no record yet."""

    id: str
    on: dt.date
    at: str
    kind: str


class SupportFact(msgspec.Struct, frozen=True):
    """A promise that is not wholly kept yet."""

    id: str
    due: dt.date
    statement: str


class ActionFact(msgspec.Struct, frozen=True):
    """Something agreed at a check-in that has a day and is not done yet; `who` as it was typed."""

    ref: str
    who: str
    text: str
    due: dt.date


class SharedFacts(msgspec.Struct, frozen=True):
    """What everybody with access to the case may know. `open_*` hold only what is still to come."""

    number: str
    of: str
    zone: str
    policy: str
    opened_on: dt.date
    parties: tuple[Party, ...]
    version: int
    start: dt.date | None
    end: dt.date | None
    delivered_on: dt.date | None
    review_opened_on: dt.date | None
    ended: str
    ended_on: dt.date | None
    answered: bool
    about: str
    goals: tuple[GoalFact, ...] = ()
    open_slots: tuple[SlotFact, ...] = ()
    open_support: tuple[SupportFact, ...] = ()
    open_actions: tuple[ActionFact, ...] = ()
    slot_zone: str = ""
    """The zone in which the times of meetings are meant, where it is not the case's."""


class WorkingFacts(msgspec.Struct, frozen=True):
    """What managers and HR know besides: the draft and its reviews."""

    version: int | None = None
    days: int | None = None
    goals: int = 0
    about: str = ""
    submitted: bool = False
    submitted_on: dt.date | None = None
    approved_by: tuple[Role, ...] = ()
    returned: bool = False
    legal_review: bool = False
    unassessed: int = 0
    changed_on: dt.date | None = None


class Facts(msgspec.Struct, frozen=True):
    """The facts of one case that an actor may see, merged."""

    shared: SharedFacts
    working: WorkingFacts | None
    revision: int
    inner: bool = False
    """Whether the actor reads what managers and HR read, and with it what the directory says of people."""

    def standing(self) -> Standing:
        """What the stage follows from, as far as it is visible."""
        working = self.working or WorkingFacts()
        return Standing(
            version=self.shared.version,
            submitted=working.submitted,
            approved_by=frozenset(working.approved_by),
            answered=self.shared.answered,
            review_opened=self.shared.review_opened_on is not None,
            ended=self.shared.ended,
        )


def fold(documents: list[Found]) -> dict[str, dict[str, Any]]:
    """The row of a case: class -> its facts as plain data, each read from documents of that class alone."""
    key = documents[0][1]
    try:
        file = case_file(key, documents)
    except (PiptuiError, IndexError):
        return {"unreadable": {"case": key}}
    row: dict[str, dict[str, Any]] = {}
    for cls in CLASSES:
        part = file.visible_to(frozenset({cls}))
        seqs = [held.seq for _, held in part.documents() if held.record.cls == cls]
        if seqs:
            row[cls] = {"revision": max(seqs)}
    row["shared"]["facts"] = msgspec.to_builtins(_shared(file.visible_to(frozenset({"shared"}))))
    if "manager_hr" in row:
        # The draft's state follows from documents of this class and shared ones; who reads it reads both.
        part = file.visible_to(frozenset({"shared", "manager_hr"}))
        row["manager_hr"]["facts"] = msgspec.to_builtins(_working(part))
    return row


def merged(row: dict[str, dict[str, Any]], classes: frozenset[Class]) -> Facts:
    """The facts that these classes may see. `shared` must be among them."""
    seen = [part["revision"] for cls, part in row.items() if cls in classes]
    working = row.get("manager_hr", {}) if "manager_hr" in classes else {}
    return Facts(
        shared=msgspec.convert(row["shared"]["facts"], SharedFacts),
        working=msgspec.convert(working["facts"], WorkingFacts) if "facts" in working else None,
        revision=max(seen),
        inner="manager_hr" in classes,
    )


def _shared(file: CaseFile) -> SharedFacts:
    header, text = file.header, file.plan.record.text if file.plan else None
    logged, given = file.logged(), file.deliveries()
    slots = file.plan.record.slots if file.plan else ()
    progress = goal_progress(file) if text else ()
    return SharedFacts(
        number=header.number,
        of=header.of,
        zone=header.zone,
        policy=header.policy,
        opened_on=header.opened_on,
        parties=header.parties,
        version=header.version,
        start=header.start,
        end=header.end,
        delivered_on=header.delivered_on,
        review_opened_on=header.review_opened_on,
        ended=ending(file),
        ended_on=ended_on(header),
        answered=standing(file).answered,
        about=_about(file),
        goals=tuple(GoalFact(one.id, one.due, one.met) for one in progress),
        open_slots=tuple(
            SlotFact(slot.id, slot.on, slot.at, slot.kind)
            for slot in slots
            if slot.id not in logged and not (slot.kind == "final_review" and header.review_opened_on)
        ),
        open_support=tuple(
            SupportFact(key, item.due.on, item.statement)
            for key, item in (text.support.listed() if text else ())
            if item.due and item.due.on and not any(one.record.complete for one in given.get(key, []))
        ),
        open_actions=tuple(
            ActionFact(ref, action.who, action.text, action.due)
            for ref, (record, number) in file.open_actions().items()
            if record.version == header.version and (action := record.actions[number]).due
        ),
        slot_zone=text.schedule.zone if text else "",
    )


def _working(file: CaseFile) -> WorkingFacts:
    draft = file.working
    if draft is None:
        goals = set(file.plan.record.text.goals.items) if file.plan else set()
        return WorkingFacts(unassessed=len(goals - set(file.assessments())))
    rounds = file.rounds()
    return WorkingFacts(
        version=draft.record.version,
        days=draft.record.text.days,
        goals=len(draft.record.text.goals.items),
        about=_about(file),
        submitted=file.submitted(),
        submitted_on=rounds[-1].record.occurred_on if rounds else None,
        approved_by=tuple(sorted(file.approved_by())),
        returned=bool(rounds) and not file.submitted(),
        legal_review=draft.record.legal_review,
        changed_on=in_zone(draft.changed_at, file.header.zone).date(),
    )


def _about(file: CaseFile) -> str:
    text = file.text
    if text is None:
        return ""
    metric = next((goal.metric for _, goal in text.goals.listed() if goal.metric), "")
    return metric or (words(text.category) if text.category else "")


class Due(msgspec.Struct, frozen=True):
    """Something to be done: the day (None: as soon as possible), what, a detail, and by which role; the act that
    settles it and what it begins with; `at` is HH:MM where a time is agreed. `sentence` is what a list says of it,
    where that does not follow from the rest."""

    on: dt.date | None
    what: str
    detail: str
    role: Role
    act: str = ""
    data: dict[str, str] = {}
    at: str = ""
    quiet: bool = False
    """A reminder: no matter before its day."""
    sentence: str = ""


def dues(facts: Facts, stage: Stage, needed: tuple[Role, ...], terms: ReminderTerms) -> Iterator[Due]:
    """Everything that a case waits for, from the facts that are visible."""
    working = facts.working
    if stage == "in_review" and working:
        for role in needed:
            if role not in working.approved_by:
                yield Due(working.submitted_on, "approval", words(role), role, "approve")
    if stage == "draft" and working:
        if working.returned:
            yield Due(working.submitted_on, "draft returned", "mend and submit again", "manager", "put")
        elif working.changed_on:
            on = working.changed_on + dt.timedelta(days=terms.idle_days)
            yield Due(on, "draft", "untouched: go on, or discard it", "manager", "put", quiet=True)
    if stage == "approved":
        yield Due(None, "issue the plan", "approved", "manager", "issue")
    if stage == "issued":
        yield from _unanswered(facts.shared, terms)
    if stage in ("issued", "active", "final_review"):
        yield from _running(facts.shared)
    if stage == "final_review":
        # Who reads no verdicts before the decision is not told how many there are.
        missing = working.unassessed if working else 0
        count = f"{missing} goal{'s' if missing > 1 else ''} without verdict" if missing else "all goals assessed"
        act = "assess" if missing else "decide"
        yield Due(facts.shared.end, "decide the outcome", count if working else "", "manager", act)


def _unanswered(shared: SharedFacts, terms: ReminderTerms) -> Iterator[Due]:
    """The employee's answer to a plan; once it has taken long, somebody has to ask, or to record a refusal (S095)."""
    on, version = shared.delivered_on, f"plan version {shared.version}"
    yield Due(on, "acknowledgement", version, "employee", "acknowledge")
    if on is not None:
        later = on + dt.timedelta(days=terms.answer_days)
        told = f"ask, or record a refusal: {version}"
        yield Due(later, "no answer yet", told, "manager", "acknowledge", quiet=True)


def _running(shared: SharedFacts) -> Iterator[Due]:
    for slot in shared.open_slots:
        final = slot.kind == "final_review"
        detail = " ".join(part for part in (slot.id, slot.at) if part)
        if final:
            yield Due(slot.on, "final review", detail, "manager", "open_review", at=slot.at)
        else:
            yield Due(slot.on, "check-in", detail, "manager", "log_check_in", {"slot": slot.id}, slot.at)
    for item in shared.open_support:
        yield Due(item.due, "support", f"{item.id} {item.statement}", "manager", "deliver", {"support": item.id})
    employee = next((fold_text(one.name) for one in shared.parties if one.role == "employee"), "")
    for action in shared.open_actions:
        # Whose move an action is stands there as somebody typed it: "Dana" is enough for Dana Okafor.
        theirs = bool(action.who) and set(fold_text(action.who).split()) <= set(employee.split())
        told = ": ".join(part for part in (f"{action.ref} {action.who}".strip(), action.text) if part)
        yield Due(action.due, "action", told, "employee" if theirs else "manager", "log_check_in")


DATED = frozenset({"check-in", "final review", "support", "action"})
"""What was agreed for a day; everything else just waits."""


def attention(due: Due, today: dt.date) -> str:
    """The sentence behind the `!` of a due thing, "" while it lies ahead."""
    if due.on is None or due.on > today:
        return ""
    if due.sentence:
        return due.sentence
    days = (today - due.on).days
    counted = f"{days} day{'s' if days > 1 else ''}"
    label = due.what.capitalize()
    if due.what in DATED:
        when = f"due {counted} ago." if days else "due today."
    else:
        when = f"waiting for {counted}." if days else "waiting since today."
    return " ".join(part for part in (label, due.detail, when) if part)


def legal_review(facts: Facts) -> bool:
    """Whether legal has to approve the draft, as far as the actor may know."""
    return facts.working is not None and facts.working.legal_review


def stage_in(facts: Facts, needed: tuple[Role, ...]) -> Stage:
    """The stage as far as the actor may know it."""
    return stage_of(facts.standing(), needed)
