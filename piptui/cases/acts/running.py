"""While the plan runs: check-ins held or missed, notes and evidence, promised support that was given."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any, Literal, get_args

from piptui.cases.acts.base import Act, Change, Context, Input, Written, late, marks
from piptui.cases.entries import NOTES, Delivery, EntryBase, EvidenceEntry
from piptui.cases.file import CaseFile
from piptui.cases.plan import about
from piptui.cases.records import ActionItem, CheckIn, GoalValue, Plan, Slot
from piptui.cases.words import (
    CLASSES,
    CONFIDENTIAL,
    SEES,
    STAGES,
    Class,
    MissCause,
    Proof,
    Role,
    Source,
    Stage,
    words,
)
from piptui.errors import BadInput, NotFound, Refused

NoteKind = Literal[
    "note",
    "evidence",
    "conversation",
    "feedback",
    "comment",
    "rebuttal",
    "self_assessment",
    "peer_input",
    "request",
]
OWN_WORDS = frozenset({"comment", "rebuttal", "self_assessment"})
"""Kinds that are the employee's own words: shared, verbatim, and not the manager's to change."""


class LogCheckIn(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A check-in that was held."""

    slot: Annotated[str, about("which one, such as w3; left out: the next one not yet logged")] = ""
    occurred_on: Annotated[dt.date | None, about("the day it was held")] = None
    attendees: Annotated[tuple[str, ...], about("who was there")] = ()
    values: Annotated[dict[str, GoalValue], about("per goal: where it stands, as number or in words")] = {}
    helped: Annotated[str, about("what helped")] = ""
    hindered: Annotated[str, about("what got in the way")] = ""
    asked_for: Annotated[str, about("support or guidance asked for")] = ""
    own_words: Annotated[str, about("what the employee said, in their own words")] = ""
    recognised: Annotated[str, about("progress that was recognised")] = ""
    adjustment: Annotated[str, about("tactics changed; targets stay as they are")] = ""
    decisions: Annotated[str, about("what was decided")] = ""
    note: Annotated[str, about("key points")] = ""
    actions: Annotated[tuple[ActionItem, ...], about("who does what by when until next time")] = ()
    done: Annotated[tuple[str, ...], about("earlier actions that are done, such as w2/1")] = ()


class MissCheckIn(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A check-in that did not take place."""

    slot: Annotated[str, about("which one, such as w3")]
    cause: Annotated[MissCause, about("who or what prevented it")]
    text: Annotated[str, about("what happened, and what was agreed instead")] = ""


class NoteIt(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something to be kept: a note, evidence, a conversation, the employee's comment …"""

    text: Annotated[str, about("what happened, in facts; the employee's words verbatim")]
    kind: Annotated[NoteKind, about("what it is")] = "note"
    cls: Annotated[Class | None, about("who may read it; left out: manager and HR, the employee's words shared")] = (
        None
    )
    occurred_on: Annotated[dt.date | None, about("the day it happened")] = None
    source: Annotated[Source | None, about("for evidence: where it comes from")] = None
    reference: Annotated[str, about("for evidence: ticket, report or file")] = ""
    goal: Annotated[str, about("for evidence: the goal it concerns, such as g1")] = ""
    unit: Annotated[str, about("for evidence: unit of the values")] = ""
    value: Annotated[Decimal | None, about("for evidence: measured value")] = None
    expected: Annotated[Decimal | None, about("for evidence: what the standard asks for")] = None
    proof: Annotated[Proof | None, about("how it reached you, if you type it in for somebody")] = None


class Deliver(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Promised support was given."""

    support: Annotated[str, about("the promise, such as p1")]
    occurred_on: Annotated[dt.date | None, about("the day it was given")] = None
    complete: Annotated[bool, about("given in full?")] = True
    text: Annotated[str, about("what was given")] = ""
    shown_by: Annotated[str, about("what shows it: certificate, calendar entry")] = ""


def log_check_in(file: CaseFile, data: LogCheckIn, ctx: Context) -> Written:
    """Record a check-in that was held (S104: a day, and at least one thing said or measured)."""
    day = data.occurred_on or ctx.today
    start = file.header.start
    if day > ctx.today or (start is not None and day < start):
        raise Refused(f"A check-in is logged once it was held: between {start} and today ({ctx.today}).")
    slot, planned = _slot(file, data.slot, day)
    plan = _plan(file)
    known = plan.text.goals.items
    for goal in data.values:
        if goal not in known:
            raise BadInput(f"There is no goal {goal} in the plan. Its goals: {', '.join(sorted(known))}.")
    still_open = file.open_actions()
    for ref in data.done:
        if ref not in still_open:
            raise BadInput(f"There is no open action {ref}. Open: {', '.join(still_open) or 'none'}.")
    first = _next_action(file, slot)
    record = CheckIn(
        of=file.id,
        version=plan.version,
        slot=slot,
        held=True,
        by=ctx.actor,
        role=ctx.role,
        planned=planned,
        occurred_on=day,
        attendees=data.attendees,
        values={key: one for key, one in data.values.items() if one.value is not None or one.note},
        helped=data.helped,
        hindered=data.hindered,
        asked_for=data.asked_for,
        own_words=data.own_words,
        recognised=data.recognised,
        adjustment=data.adjustment,
        decisions=data.decisions,
        note=data.note,
        actions={str(number): one for number, one in enumerate((a for a in data.actions if a.text), first)},
        done=data.done,
        **_marks(file, day, ctx),
        on_behalf=ctx.on_behalf,
        proof=ctx.proof,
    )
    if not (record.values or record.actions or any(getattr(record, name) for name in TEXTS)):
        raise Refused("A check-in needs at least one value or one sentence about what was said.")
    values = ", ".join(
        f"{key} {one.value:f}" if one.value is not None else f"{key} in words" for key, one in record.values.items()
    )
    told = (
        values,
        f"done: {', '.join(record.done)}" if record.done else "",
        f"agreed: {len(record.actions)} action{'' if len(record.actions) == 1 else 's'}" if record.actions else "",
    )
    said = "; ".join(part for part in told if part)
    return _check_in(record, f"{ctx.name} logged check-in {slot}, held on {day}{': ' * bool(said)}{said}.", ctx)


def _plan(file: CaseFile) -> Plan:
    if file.plan is None:
        raise Refused("There is no issued plan yet: check-ins and deliveries begin with one.")
    return file.plan.record


def _next_action(file: CaseFile, slot: str) -> int:
    # A later check-in names an action as done by slot and number: those of a struck one are never used again.
    same = (held.record for held in file.check_ins if held.record.slot == slot)
    return 1 + max((int(number) for record in same for number in record.actions), default=0)


def settle_slot(file: CaseFile, data: LogCheckIn, ctx: Context) -> dict[str, Any]:
    """Which check-in is meant where none is named."""
    if data.slot:
        return {}
    slot, planned = _slot(file, "", data.occurred_on or ctx.today)
    return {"slot": slot if planned else "extra"}


TEXTS = (
    "helped",
    "hindered",
    "asked_for",
    "own_words",
    "recognised",
    "adjustment",
    "decisions",
    "note",
)
"""The texts of a check-in, in the order of its agenda (S103)."""


def miss_check_in(file: CaseFile, data: MissCheckIn, ctx: Context) -> Written:
    """Record that a planned check-in did not take place, and why (S107)."""
    slot, planned = _slot(file, data.slot, ctx.today)
    if planned is None:
        raise Refused(f"{slot} was not planned, so it cannot have been missed.")
    if planned > ctx.today:
        raise Refused(f"{slot} is planned for {planned}. It can be recorded as missed from that day on.")
    record = CheckIn(
        of=file.id,
        version=_plan(file).version,
        slot=slot,
        held=False,
        by=ctx.actor,
        role=ctx.role,
        planned=planned,
        cause=data.cause,
        note=data.text,
        **_marks(file, planned, ctx),
        on_behalf=ctx.on_behalf,
        proof=ctx.proof,
    )
    if data.cause == "other" and not data.text.strip():
        raise BadInput("text is missing: say what prevented the check-in.")
    sentence = f"{ctx.name} recorded check-in {slot} of {planned} as missed: {words(data.cause)}."
    return _check_in(record, sentence, ctx)


def _check_in(record: CheckIn, sentence: str, ctx: Context) -> Written:
    key = ctx.new_id()
    return Written((Change("checkins", key, record, sentence),), sentence, item=key)


NEAR = {"weekly": 3, "biweekly": 7}
"""Days around a planned check-in within which a meeting is taken for it: half the way to the next one."""


def _slot(file: CaseFile, wanted: str, day: dt.date) -> tuple[str, dt.date | None]:
    """The slot to log: the named one; else the open one nearest to the day of the meeting, if it is near enough;
    else an extra one."""
    slots = _plan(file).slots
    planned: dict[str, Slot] = {slot.id: slot for slot in slots if slot.kind == "check_in"}
    logged = file.logged()
    if not wanted:
        near = NEAR[_plan(file).text.schedule.cadence]
        still = [slot for slot in planned.values() if slot.id not in logged and abs((slot.on - day).days) <= near]
        best = min(still, key=lambda slot: abs((slot.on - day).days), default=None)
        return (best.id, best.on) if best else (_extra(file), None)
    key = slot_key(wanted)
    if key in logged:
        raise Refused(f"Check-in {key} is recorded already. To mend it: correct it, or strike it and log it again.")
    if key == "extra":
        return _extra(file), None
    if key == "final":
        raise Refused("The final meeting is the outcome review: open_review, not a check-in.")
    if key not in planned:
        raise NotFound(
            f"There is no check-in {wanted!r} in this plan. Planned: {', '.join(planned)}. Unplanned: extra."
        )
    return key, planned[key].on


def slot_key(wanted: str) -> str:
    """The id of a check-in as typed: "w3", "W3" and "3" are one."""
    key = wanted.strip().casefold()
    return f"w{key}" if key.isdigit() else key


def _extra(file: CaseFile) -> str:
    return f"x{1 + sum(1 for held in file.check_ins if held.record.slot.startswith('x'))}"


def _marks(file: CaseFile, day: dt.date, ctx: Context) -> dict[str, Any]:
    # Once the final review has opened, check-ins and evidence come late whatever day they are of.
    return marks(file, day, ctx) if file.header.review_opened_on is None else {"late": True}


def note(file: CaseFile, data: NoteIt, ctx: Context) -> Written:
    """Write an entry of the wanted kind and class."""
    day = data.occurred_on or ctx.today
    if day > ctx.today:
        raise Refused(f"{day} lies ahead. An entry tells of something that has happened.")
    own = data.kind in OWN_WORDS
    told = ctx.role != "employee" and ctx.on_behalf == file.header.of
    default: Class = "shared" if own or told or ctx.role == "employee" else "manager_hr"
    cls: Class = data.cls or default
    check_class(cls, ctx)
    if own and cls not in ("shared", "employee_own"):
        raise Refused("The employee's own words are shared: they belong to both sides.")
    if told and cls not in SEES["employee"]:
        raise Refused(
            "What is recorded on the employee's behalf is shared: they read what they are said to have said."
        )
    fields = {
        name: given
        for name in ("source", "reference", "goal", "unit", "value", "expected")
        if (given := getattr(data, name)) not in (None, "")
    }
    if fields and data.kind != "evidence":
        raise BadInput(f"{', '.join(fields)}: only evidence has these. Use kind=evidence, or leave them out.")
    if data.kind == "evidence" and "source" not in fields:
        raise BadInput(f"Evidence needs its source: one of {', '.join(get_args(Source))}.")
    if data.goal and file.text is not None and data.goal not in file.text.goals.items:
        known = ", ".join(file.text.goals.items) or "none yet"
        raise BadInput(f"There is no goal {data.goal} in the plan. Its goals: {known}.")
    kind: type[EntryBase] = NOTES[data.kind]
    typed = own and ctx.role != "employee"
    if typed and ctx.on_behalf not in (None, file.header.of):
        raise Refused("The employee's own words can be recorded for nobody else.")
    if (told or typed) and not (data.proof or ctx.proof):
        raise BadInput(
            "proof is missing: these are the employee's own words, so say how they reached you: present, paper, "
            "email or scan."
        )
    behalf = ctx.on_behalf or (file.header.of if typed else None)
    entry = kind(
        of=file.id,
        cls=cls,
        occurred_on=day,
        by=ctx.actor,
        role=ctx.role,
        text=data.text,
        late=late(day, ctx) or (kind is EvidenceEntry and file.header.review_opened_on is not None),
        on_behalf=behalf,
        proof=data.proof or ctx.proof,
        **fields,
    )
    whose = f", in the words of {file.employee}" if own else ""
    sentence = f"{ctx.name} recorded {ARTICLES.get(data.kind, 'a ')}{words(data.kind)} of {day}{whose}."
    key = ctx.new_id()
    return Written((Change("entries", key, entry, sentence),), sentence, item=key)


ARTICLES = {"evidence": "", "feedback": "", "peer_input": ""}


def check_class(cls: Class, ctx: Context) -> None:
    """Refuse a class that this role cannot read, or that this kind of store must not hold."""
    if cls not in SEES[ctx.role]:
        mine = ", ".join(words(one) for one in CLASSES if one in SEES[ctx.role])
        raise Refused(f"As {words(ctx.role)} you cannot write what is {words(cls)}. You can write: {mine}.")
    if not ctx.confidential and cls in CONFIDENTIAL:
        raise Refused(
            f"This is a team store: every member can read its files, so it takes nothing that is {words(cls)}. "
            "Keep it in a personal store of HR, and note here only that it exists."
        )


def first_day(file: CaseFile) -> dt.date:
    """The first day on which support of this plan can have been given: a plan from paper is older than its case."""
    plan, opened = file.plan, file.header.opened_on
    return min(opened, plan.record.delivered_on) if plan else opened


def deliver(file: CaseFile, data: Deliver, ctx: Context) -> Written:
    """Record what was given of a promise (S079)."""
    known = _plan(file).text.support.items
    if data.support not in known:
        raise NotFound(
            f"There is no support {data.support!r} in the plan. Promised: {', '.join(known) or 'nothing'}."
        )
    day = data.occurred_on or ctx.today
    first = first_day(file)
    if not first <= day <= ctx.today:
        raise Refused(f"Support of this plan was given between {first} and today ({ctx.today}); {day} is not.")
    entry = Delivery(
        of=file.id,
        occurred_on=day,
        by=ctx.actor,
        role=ctx.role,
        version=_plan(file).version,
        support=data.support,
        complete=data.complete,
        text=data.text,
        shown_by=data.shown_by,
        **marks(file, day, ctx),
        on_behalf=ctx.on_behalf,
        proof=ctx.proof,
    )
    part = "given" if data.complete else "given in part"
    sentence = f"{ctx.name} recorded support {data.support} as {part} on {day}."
    key = ctx.new_id()
    return Written((Change("entries", key, entry, sentence),), sentence, item=key)


_RUNNING: tuple[Stage, ...] = ("issued", "active", "final_review")
_LOGGERS: tuple[Role, ...] = ("manager", "hr", "second_manager")

ACTS = (
    Act(
        "log_check_in",
        "Log a check-in that was held",
        _RUNNING,
        _LOGGERS,
        LogCheckIn,
        log_check_in,
        settle=settle_slot,
    ),
    Act("miss_check_in", "Record a missed check-in", _RUNNING, _LOGGERS, MissCheckIn, miss_check_in),
    Act(
        "note",
        "Add a note, evidence or a comment",
        STAGES,
        ("manager", "hr", "second_manager", "legal", "employee"),
        NoteIt,
        note,
        free=True,
    ),
    Act("deliver", "Record support that was given", _RUNNING, _LOGGERS, Deliver, deliver),
)
