"""From the draft to a plan in force: submit, return, approve, issue, acknowledge, refuse."""

import datetime as dt
from typing import Annotated, Any

import msgspec

from piptui.cases.acts.base import Act, Change, Context, Input, Written, marks
from piptui.cases.entries import (
    Acknowledgement,
    Approval,
    Launch,
    Refusal,
    Return,
    Submission,
)
from piptui.cases.file import CaseFile, Held
from piptui.cases.parties import holders
from piptui.cases.plan import Goal, Items, Milestone, PlanText, Support, When, about
from piptui.cases.records import Draft, Plan, PrintedHeader, Slot
from piptui.cases.words import Proof, Role, words
from piptui.dates import period_end, slot_dates, week_of, week_span
from piptui.errors import Refused
from piptui.text import fold


class Submit(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Hand the draft to its reviewers."""

    text: Annotated[str, about("a word to the reviewers")] = ""


class ReturnIt(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Send the draft back."""

    text: Annotated[str, about("what has to change, and why")]


class Approve(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Approve the draft exactly as it stands."""

    text: Annotated[str, about("a note on the approval")] = ""


class Issue(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Give the plan to the employee: the meeting, and the copy handed over."""

    delivered_on: Annotated[dt.date | None, about("the day of the meeting; the period starts then")] = None
    place: Annotated[str, about("room or link of the meeting")] = ""
    attendees: Annotated[tuple[str, ...], about("who was there")] = ()
    consequences_explained: Annotated[bool, about("were the consequences explained?")] = False
    copy_given_on: Annotated[dt.date | None, about("the day the employee got a copy")] = None
    copy_given_how: Annotated[str, about("how: on paper, by e-mail")] = ""
    text: Annotated[str, about("what was said, in short")] = ""
    override: Annotated[str, about("why the warnings below were passed")] = ""


class Acknowledge(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The employee confirms receipt and understanding, not agreement."""

    occurred_on: Annotated[dt.date | None, about("the day of the acknowledgement")] = None
    text: Annotated[str, about("the employee's comment, word for word")] = ""
    proof: Annotated[Proof | None, about("how it reached you, if you type it in for the employee")] = None


class Refuse(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The employee does not sign; the plan proceeds."""

    text: Annotated[str, about("what the employee said, and what HR was told")]
    witness: Annotated[str, about("who else was there, by name")]
    occurred_on: Annotated[dt.date | None, about("the day of the refusal")] = None


def submit(file: CaseFile, data: Submit, ctx: Context) -> Written:
    """Record the submission of exactly this text."""
    draft = _working(file)
    sentence = f"{ctx.name} submitted plan version {draft.record.version} for review."
    return _entry(file, ctx, Submission, sentence, text=data.text, **_named(file, draft))


def return_(file: CaseFile, data: ReturnIt, ctx: Context) -> Written:
    """Record the return and its comments, which stay. Approvals of this round are void with it."""
    draft = _working(file)
    sentence = f"{ctx.name} returned plan version {draft.record.version} with comments."
    return _entry(file, ctx, Return, sentence, text=data.text, **_named(file, draft))


def approved_already(file: CaseFile, ctx: Context) -> str:
    """Why this role cannot approve once more, "" where it can."""
    return f"This text has the approval of {words(ctx.role)} already." if ctx.role in file.approved_by() else ""


def approve(file: CaseFile, data: Approve, ctx: Context) -> Written:
    """Record one approval; the version is approved when the policy's set is complete."""
    draft = _working(file)
    if already := approved_already(file, ctx):
        raise Refused(already)
    round_ = file.rounds()[-1]
    if ctx.policy.approvals.second_person and not ctx.confidential:
        manages = holders(file.header.parties, "manager", ctx.today)
        if ctx.actor == round_.record.by or ctx.actor in manages:
            raise Refused("Who submitted a plan or manages the employee cannot approve it: it takes a second person.")
    sentence = f"{ctx.name} approved plan version {draft.record.version} as {words(ctx.role)}."
    return _entry(file, ctx, Approval, sentence, text=data.text, round=round_.id, **_named(file, draft))


def _named(file: CaseFile, draft: Held[Draft]) -> dict[str, Any]:
    return {
        "cls": "manager_hr",
        "ref": draft.ref("drafts"),
        "header": file.case.ref("cases"),
        "version": draft.record.version,
    }


def _working(file: CaseFile) -> Held[Draft]:
    if file.working is None:
        raise Refused("There is no draft to review.")
    return file.working


def _entry(file: CaseFile, ctx: Context, kind: type[Any], sentence: str, **fields: Any) -> Written:
    occurred_on = fields.pop("occurred_on", None) or ctx.today
    entry = kind(
        of=file.id,
        occurred_on=occurred_on,
        by=ctx.actor,
        role=ctx.role,
        **marks(file, occurred_on, ctx),
        on_behalf=fields.pop("on_behalf", ctx.on_behalf),
        proof=fields.pop("proof", ctx.proof),
        **fields,
    )
    key = ctx.new_id()
    return Written((Change("entries", key, entry, sentence),), sentence, item=key)


def issue(file: CaseFile, data: Issue, ctx: Context) -> Written:
    """Write the plan once and whole, the header's dates and the launch; then drop the draft."""
    draft = _working(file)
    day = data.delivered_on or ctx.today
    if day > ctx.today:
        raise Refused("The day of delivery lies ahead. Record the issue once the meeting has taken place.")
    if day < file.header.opened_on and not data.override:
        raise Refused(
            f"override is missing: the day of delivery lies before the case was opened ({file.header.opened_on}). "
            "If that is right, say why."
        )
    copied = data.copy_given_on
    if copied is not None and not day <= copied <= ctx.today:
        raise Refused(f"The copy was given between the delivery ({day}) and today ({ctx.today}), or not yet.")
    plan = issued_plan(file, draft, day, ctx)
    key = ctx.new_id()
    header = msgspec.structs.replace(
        file.header, version=plan.version, plan=key, delivered_on=day, start=plan.start, end=plan.end
    )
    sentence = f"{ctx.name} issued plan version {plan.version}, {plan.start} to {plan.end}."
    launch = _entry(
        file,
        ctx,
        Launch,
        f"Launch meeting on {day}.",
        occurred_on=day,
        version=plan.version,
        place=data.place,
        attendees=data.attendees,
        copy_given_on=copied,
        copy_given_how=data.copy_given_how,
        consequences_explained=data.consequences_explained,
        text=data.text,
    )
    changes = (
        Change("plans", key, plan, sentence),
        Change("cases", file.id, header, "The dates of the period are in force."),
        *launch.changes,
    )
    dropped = Change("drafts", draft.id, None, f"The draft of version {plan.version} was closed by its issue.")
    return Written(changes, sentence, item=key, then=(dropped,))


def issued_plan(
    file: CaseFile, held: Held[Draft], day: dt.date, ctx: Context, *, period: tuple[dt.date, dt.date] | None = None
) -> Plan:
    """The plan as it would be issued on `day`: every rule beside its resolved date (S060, S063, S066). The period
    begins on that day, unless a paper says otherwise."""
    draft = held.record
    start, end = period or (day, period_end(day, draft.text.days or 0))
    text = resolved(draft.text, start, end)
    if period is not None:
        text = msgspec.structs.replace(text, days=(end - start).days)
    return Plan(
        of=file.id,
        version=draft.version,
        text=text,
        header=printed_header(file, ctx, day),
        delivered_on=day,
        start=start,
        end=end,
        slots=slots(text, start, end),
        language=file.header.language,
        zone=file.header.zone,
        policy=file.header.policy,
        template=file.header.template,
        acknowledgement_text=ctx.policy.texts.acknowledgement,
        draft=held.ref("drafts"),
    )


def resolve(due: When | None, start: dt.date, end: dt.date) -> When | None:
    """A due date with its day: the last day of the week, or the day counted from the start."""
    if due is None:
        return None
    if due.week is not None:
        first, last = week_span(start, due.week)
        # A period that is no whole number of weeks ends within its last week, which is then due with the period.
        return msgspec.structs.replace(due, on=end if first <= end < last else last)
    if due.day is not None:
        return msgspec.structs.replace(due, on=start + dt.timedelta(days=due.day))
    return due


def resolved(text: PlanText, start: dt.date, end: dt.date) -> PlanText:
    """The text with every rule resolved against the day of delivery."""

    def dated(items: Items[Any], change: Any) -> Items[Any]:
        return msgspec.structs.replace(items, items={key: change(item) for key, item in items.items.items()})

    def due(item: Goal | Support) -> Goal | Support:
        return msgspec.structs.replace(item, due=resolve(item.due, start, end))

    def step(item: Milestone) -> Milestone:
        if item.week is None:
            return item
        when = resolve(When(week=item.week), start, end)
        return msgspec.structs.replace(item, on=when.on if when else None)

    return msgspec.structs.replace(
        text,
        start=start,
        goals=dated(text.goals, due),
        support=dated(text.support, due),
        milestones=dated(text.milestones, step),
    )


EVERY_WEEKS = {"weekly": 1, "biweekly": 2}


def slots(text: PlanText, start: dt.date, end: dt.date) -> tuple[Slot, ...]:
    """The planned check-ins by the schedule, and the final review on the last day (S066, S100)."""
    schedule = text.schedule
    weekday = schedule.weekday or start.isoweekday()
    days = slot_dates(start, end, every_weeks=EVERY_WEEKS[schedule.cadence], weekday=weekday)
    planned = tuple(Slot(id=f"w{week_of(start, day)}", on=day, at=schedule.time) for day in days)
    return (*planned, Slot(id="final", on=end, at=schedule.time, kind="final_review"))


def printed_header(file: CaseFile, ctx: Context, day: dt.date) -> PrintedHeader:
    """Person, role and reporting line as printed on the plan (S002, S003)."""
    employee = ctx.person(file.header.of)
    # A plan that was delivered before its parties were named here is printed with those named since.
    roles: tuple[Role, ...] = ("manager", "second_manager", "hr", "legal")
    held = {role: file.party(role, day) or file.party(role, ctx.today) for role in roles}
    titles = {role: ctx.person(party.person).title if party else "" for role, party in held.items()}
    names = {role: party.name if party else "" for role, party in held.items()}
    return PrintedHeader(
        name=employee.name,
        number=employee.number,
        title=employee.title,
        department=employee.department,
        location=employee.location,
        hired_on=employee.hired_on,
        manager=names["manager"],
        manager_title=titles["manager"],
        second_manager=names["second_manager"],
        second_manager_title=titles["second_manager"],
        hr_partner=names["hr"],
        legal_reviewer=names["legal"],
    )


def acknowledge(file: CaseFile, data: Acknowledge, ctx: Context) -> Written:
    """Record the acknowledgement of exactly the issued text."""
    plan = _issued(file, data.occurred_on, ctx)
    if file.answered() is not None:
        raise Refused("The version in force is answered already: see the evidence and the history.")
    behalf: dict[str, Any] = {}
    typed = ""
    if ctx.role != "employee":
        if ctx.on_behalf not in (None, file.header.of):
            raise Refused("An acknowledgement is the employee's: it can be recorded for nobody else.")
        behalf = {"on_behalf": file.header.of, "proof": data.proof or ctx.proof}
        typed = f", recorded by {ctx.name}"
    sentence = f"{file.employee} acknowledged plan version {plan.record.version}{typed}."
    return _entry(
        file,
        ctx,
        Acknowledgement,
        sentence,
        occurred_on=data.occurred_on,
        text=data.text,
        ref=plan.ref("plans"),
        version=plan.record.version,
        **behalf,
    )


def check_witness(file: CaseFile, witness: str, by: str) -> None:
    """Raise Refused for a witness who is the employee, or who notes the refusal."""
    if fold(witness).strip() in (fold(file.employee), fold(by)):
        raise Refused("The witness is somebody else than the employee and whoever notes the refusal.")


def refuse(file: CaseFile, data: Refuse, ctx: Context) -> Written:
    """Record that the employee did not sign, who noted it and who saw it (S095)."""
    plan = _issued(file, data.occurred_on, ctx)
    check_witness(file, data.witness, ctx.name)
    sentence = f"{file.employee} did not sign plan version {plan.record.version}; noted by {ctx.name}."
    return _entry(
        file,
        ctx,
        Refusal,
        sentence,
        occurred_on=data.occurred_on,
        text=data.text,
        witness=data.witness,
        ref=plan.ref("plans"),
        version=plan.record.version,
    )


def _issued(file: CaseFile, on: dt.date | None, ctx: Context) -> Held[Plan]:
    plan = file.plan
    if plan is None:
        raise Refused("There is no issued plan to answer.")
    if on is not None and not plan.record.delivered_on <= on <= ctx.today:
        raise Refused(f"The day must lie between the delivery ({plan.record.delivered_on}) and today ({ctx.today}).")
    return plan


_REVIEWERS: tuple[Role, ...] = ("hr", "legal")

ACTS = (
    Act("submit", "Submit the plan for review", ("draft",), ("manager", "hr"), Submit, submit, "draft"),
    Act(
        "return",
        "Return the plan with comments",
        ("in_review", "approved"),
        ("hr", "legal", "second_manager"),
        ReturnIt,
        return_,
        "draft",
    ),
    Act(
        "approve",
        "Approve the plan",
        ("in_review", "approved"),
        _REVIEWERS,
        Approve,
        approve,
        "draft",
        against=approved_already,
    ),
    Act("issue", "Issue the plan to the employee", ("approved",), ("manager", "hr"), Issue, issue, "draft"),
    Act(
        "acknowledge",
        "Record the employee's acknowledgement",
        ("issued",),
        ("hr", "manager", "employee"),
        Acknowledge,
        acknowledge,
        "header",
    ),
    Act("refuse", "Record a refusal to sign", ("issued",), ("hr", "manager"), Refuse, refuse, "header"),
)
