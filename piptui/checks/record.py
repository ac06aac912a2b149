"""Checks on the case and its record: parties, the employee's view, the launch, what was promised and held."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from piptui.cases.acts.adopting import Adopt
from piptui.cases.acts.base import Context
from piptui.cases.acts.closing import Decide
from piptui.cases.acts.launching import Acknowledge, Issue
from piptui.cases.acts.running import LogCheckIn, slot_key
from piptui.cases.entries import Approval, Conversation, Feedback
from piptui.cases.file import CaseFile
from piptui.cases.plan import PlanText
from piptui.cases.words import words
from piptui.checks.base import Place
from piptui.checks.plan import text_of
from piptui.dates import period_end
from piptui.text import fold, sentence_list

FAR = 7
"""Days around its planned day within which a meeting that is the nearest needs no second look."""


def parties(file: CaseFile, data: Any, ctx: Context) -> Iterator[Place]:
    """Manager and HR partner are named before a plan is issued (S004)."""
    if file.party("manager", ctx.today) is None:
        yield "manager", "Name the manager: set manager."
    if file.party("hr", ctx.today) is None:
        yield "hr_partner", "Name the HR partner: set hr_partner."


def approvals(file: CaseFile, data: Any, ctx: Context) -> Iterator[Place]:
    """A change of who is who voids approvals, as any edit of the header does (S080)."""
    given = sentence_list([words(role) for role in sorted(file.approved_by())])
    if given:
        yield "", f"The approval of {given} is void with it: the plan has to be approved again."


def on_paper(file: CaseFile, data: Adopt, ctx: Context) -> Iterator[Place]:
    """A plan is taken over once its text is here: without a goal there is nothing to follow."""
    if not text_of(file).goals.items:
        yield "goals", "Enter what the paper says first: the plan has no goal here yet."


def paper_dates(file: CaseFile, data: Adopt, ctx: Context) -> Iterator[Place]:
    """What the paper dates by the day lies within its period, and it was signed by somebody (S063, S094)."""
    first = data.start or data.delivered_on
    if first > ctx.today:
        yield "start", f"The period begins on {first}, which lies ahead: does the plan run already?"
    yield from _outside(text_of(file), first, data.end)
    if data.acknowledged_on is None:
        yield "acknowledged_on", "No signature is named: record the acknowledgement or the refusal afterwards."


def no_surprise(file: CaseFile, data: Any, ctx: Context) -> Iterator[Place]:
    """Feedback was given before the plan, and is on record in the case (S028, S029)."""
    talks = (*file.of_kind(Conversation), *file.of_kind(Feedback))
    if not talks:
        yield (
            "context",
            "No talk or feedback before the plan is on record: bring notes of the notebook in, or note one.",
        )


def legal(file: CaseFile, data: Any, ctx: Context) -> Iterator[Place]:
    """Where legal review is required, a legal reviewer is named (S005)."""
    draft = file.working
    if draft and draft.record.legal_review and file.party("legal", ctx.today) is None:
        yield "legal_reviewer", "Legal review is required: name the legal reviewer."


def employee_view(file: CaseFile, data: Any, ctx: Context) -> Iterator[Place]:
    """The employee's own view is in the plan, or its absence is explained (S004, S05C)."""
    text = text_of(file)
    if not text.employee_view.strip() and not text.employee_view_absence.strip():
        yield "employee_view", "Record the employee's view, or say in employee_view_absence why it is missing."


def launch(file: CaseFile, data: Issue, ctx: Context) -> Iterator[Place]:
    """The meeting, the explained consequences and the copy are recorded (S090, S093, S099)."""
    if not data.place.strip():
        yield "place", "Say where the plan was handed over: room or link."
    if not data.attendees:
        yield "attendees", "Say who was there."
    if not data.consequences_explained:
        yield "consequences_explained", "Confirm that the consequences were explained in the meeting."


def due_dates(file: CaseFile, data: Issue, ctx: Context) -> Iterator[Place]:
    """Days that are given as such, not by week, lie within the period (S063)."""
    text, first = text_of(file), data.delivered_on or ctx.today
    if not text.days:
        return
    yield from _outside(text, first, period_end(first, text.days))


def _outside(text: PlanText, first: dt.date, last: dt.date) -> Iterator[Place]:
    fixed = [(f"goals.{key}.due", key, one.due.on) for key, one in text.goals.listed() if one.due and one.due.on]
    fixed += [
        (f"milestones.{key}.on", key, one.on) for key, one in text.milestones.listed() if one.on and not one.week
    ]
    for where, key, day in fixed:
        if not first <= day <= last:
            yield where, f"{key}: {day} lies outside the period, {first} to {last}."


def copy_given(file: CaseFile, data: Issue, ctx: Context) -> Iterator[Place]:
    """The employee has a copy on the day after the meeting at the latest (S093), and the meeting comes after the
    approval."""
    day = data.delivered_on or ctx.today
    approved = [held.record.occurred_on for held in file.of_kind(Approval)]
    if approved and day < max(approved):
        # Who has said why is not asked again; that it was so is still kept with the act.
        ask = "" if data.override.strip() else ": say why"
        yield "delivered_on", f"The plan was delivered on {day}, before its approval of {max(approved)}{ask}."
    if data.copy_given_on is None:
        yield "copy_given_on", "No copy to the employee is recorded: give one, and say when and how."
    elif (data.copy_given_on - day).days > 1:
        yield "copy_given_on", "The copy was given more than a day after the meeting."


def early_review(file: CaseFile, data: Any, ctx: Context) -> Iterator[Place]:
    """A final review before the period has ended, or before a check-in that was held."""
    end, day = file.header.end, data.occurred_on or ctx.today
    if end is not None and day < end and not data.text.strip():
        yield "occurred_on", f"The period runs until {end}: say why the final review begins earlier."
    yield from _overtaken(file, day, "occurred_on", "the final review is said to begin")


def _overtaken(file: CaseFile, day: dt.date, where: str, what: str) -> Iterator[Place]:
    """A day that lies before a check-in: what was said there could not be weighed."""
    held = [one.record for one in file.logged().values() if one.record.held and one.record.occurred_on is not None]
    last = max(held, key=lambda one: one.occurred_on or day, default=None)
    if last is not None and last.occurred_on is not None and day < last.occurred_on:
        yield where, f"Check-in {last.slot} was held on {last.occurred_on}, and {what} on {day}: is that right?"


def proof(file: CaseFile, data: Acknowledge, ctx: Context) -> Iterator[Place]:
    """What was typed in for the employee names how it arrived."""
    if ctx.role != "employee" and data.proof is None and ctx.proof is None:
        yield "proof", "No proof is named: say whether the employee was present, or wrote on paper or by e-mail."


def far_check_in(file: CaseFile, data: LogCheckIn, ctx: Context) -> Iterator[Place]:
    """A check-in that is logged for a slot which lies ahead, whose day is far, or beside a nearer one without a
    record: what was said in one meeting would stand in the record as that of another (S107)."""
    held_on, name = data.occurred_on or ctx.today, slot_key(data.slot)
    slots = [slot for slot in file.plan.record.slots if slot.kind == "check_in"] if file.plan else []
    meant = next((slot for slot in slots if slot.id == name), None)
    if meant is None:
        return
    if meant.on > ctx.today:
        yield "slot", f"{name} is planned for {meant.on}, which lies ahead: was it held already, on {held_on}?"
        return
    logged, off = file.logged(), abs((meant.on - held_on).days)
    others = [slot for slot in slots if slot.id != name and slot.id not in logged]
    nearer = min(others, key=lambda slot: abs((slot.on - held_on).days), default=None)
    if nearer is not None and abs((nearer.on - held_on).days) < off:
        yield (
            "slot",
            f"{name} is planned for {meant.on}. {held_on} is nearer to {nearer.id} ({nearer.on}), "
            "which has no record: is it the right one?",
        )
    elif off > FAR:
        yield "slot", f"{name} is planned for {meant.on}, and this one was held on {held_on}: is it the right one?"


def verdicts(file: CaseFile, data: Decide, ctx: Context) -> Iterator[Place]:
    """Every goal has its verdict before the outcome is decided (S110)."""
    given = {*file.assessments(), *data.verdicts}
    for key, goal in file.text.goals.listed() if file.text else ():
        if key not in given:
            yield f"verdicts.{key}", f"Goal {key} has no verdict: {goal.statement[:60]}"


def kept_support(file: CaseFile, data: Decide, ctx: Context) -> Iterator[Place]:
    """A promise that was not kept is explained (S079)."""
    if data.support_reason.strip() or file.text is None:
        return
    given = file.deliveries()
    for key, item in file.text.support.listed():
        if not any(held.record.complete for held in given.get(key, [])):
            part = "only in part" if key in given else "not"
            yield "support_reason", f"Support {key} was {part} given: {item.statement[:60]}. Say why."


def kept_check_ins(file: CaseFile, data: Decide, ctx: Context) -> Iterator[Place]:
    """A planned check-in without a record is explained (S107)."""
    if data.check_in_reason.strip() or file.plan is None:
        return
    logged = file.logged()
    open_ = [
        slot.id
        for slot in file.plan.record.slots
        if slot.kind == "check_in" and slot.id not in logged and slot.on <= ctx.today
    ]
    if open_:
        yield "check_in_reason", f"Check-ins without a record: {', '.join(open_)}. Log them, or say why."


def missed(file: CaseFile, data: Decide, ctx: Context) -> Iterator[Place]:
    """Missed check-ins are counted where the outcome is decided (S107)."""
    for slot, held in file.logged().items():
        if not held.record.held:
            cause = words(held.record.cause or "other")
            yield f"check_ins.{slot}", f"Check-in {slot} was missed: {cause}."


def odd_outcome(file: CaseFile, data: Decide, ctx: Context) -> Iterator[Place]:
    """A result that the verdicts do not suggest, a day before a check-in, and a decider who has no part in the case,
    or the employee's."""
    verdicts = {**file.verdicts(), **data.verdicts}
    met = [one.verdict == "met" for one in verdicts.values()]
    if met and all(met) and data.result == "unsuccessful":
        yield "result", "Every goal is met, and the result is unsuccessful: is that right?"
    if met and not any(met) and data.result == "successful":
        yield "result", "No goal is met, and the result is successful: is that right?"
    yield from _overtaken(file, data.decided_on or ctx.today, "decided_on", "the outcome is said to be decided")
    names = {fold(party.name) for party in file.header.parties} | {fold(ctx.name)}
    if fold(data.decider).strip() == fold(file.employee):
        yield "decider", f"{data.decider} is the employee of this plan: is that right?"
    elif data.decider and fold(data.decider).strip() not in names:
        yield "decider", f"{data.decider} has no part in this case."
