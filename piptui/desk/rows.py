"""One row of facts per case, by class and without today, and what is due by it.

Stage, overdue, counts, sorting and the filter read only the facts of classes that the actor may see.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from piptui.cases.records import Party
from piptui.cases.stages import Standing, stage_of
from piptui.cases.terms import ReminderTerms
from piptui.cases.words import Class, Role, Stage, words
from piptui.text import fold as fold_text

if TYPE_CHECKING:
    from piptui.desk.reading import Found

VERSION = 3
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
    from piptui.desk.folding import folded  # rows are read at every start, and seldom folded

    return folded(documents)


class Part(msgspec.Struct, frozen=True):
    """What a row holds of one class: the highest seq of its documents, and facts that are decoded when needed."""

    revision: int = 0
    facts: msgspec.Raw = msgspec.Raw()


_ROW = msgspec.json.Decoder(dict[str, Part])
_SHARED = msgspec.json.Decoder(SharedFacts)
_WORKING = msgspec.json.Decoder(WorkingFacts)
STILL_OPEN = b'"ended":""'
"""Stands in the row of a case that has not ended, and in no other: no text of a person can hold these bytes, for a
quotation mark in it is escaped."""
UNREADABLE = b'{"unreadable"'
"""The row of a case that this program cannot read begins so, and these bytes stand nowhere else either."""


def is_open(text: bytes) -> bool:
    """Whether a row is that of a case that has not ended, from its JSON text alone."""
    return STILL_OPEN in text


def is_unreadable(text: bytes) -> bool:
    """Whether a row stands for a case that this program cannot read."""
    return text.startswith(UNREADABLE)


class _Numbered(msgspec.Struct, frozen=True):
    number: str


class _Brief(msgspec.Struct, frozen=True):
    facts: _Numbered


class _BriefRow(msgspec.Struct, frozen=True):
    shared: _Brief


_BRIEF = msgspec.json.Decoder(_BriefRow)


def number_of(text: bytes) -> str:
    """The case's number in a row; everything else in it is passed over."""
    return _BRIEF.decode(text).shared.facts.number


def shared_facts(parts: dict[str, Part]) -> SharedFacts:
    """The facts that everybody in the case may know."""
    return _SHARED.decode(parts["shared"].facts)


def parts_of(text: bytes) -> dict[str, Part]:
    """A row from its JSON text, by class."""
    return _ROW.decode(text)


def merged(parts: dict[str, Part], classes: frozenset[Class], shared: SharedFacts) -> Facts:
    """The facts that these classes may see; `shared` must be among them, and comes decoded."""
    seen = [part.revision for cls, part in parts.items() if cls in classes]
    inner = parts.get("manager_hr") if "manager_hr" in classes else None
    return Facts(
        shared=shared,
        working=_WORKING.decode(inner.facts) if inner is not None and inner.facts else None,
        revision=max(seen),
        inner="manager_hr" in classes,
    )


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
