"""Taking over a plan that already runs on paper: it was reviewed, delivered and perhaps signed before this record."""

import datetime as dt
from typing import Annotated, Any

import msgspec

from piptui.cases.acts.base import Act, Change, Context, Input, Written
from piptui.cases.acts.launching import issued_plan
from piptui.cases.entries import Acknowledgement, Launch
from piptui.cases.file import CaseFile
from piptui.cases.parties import holders
from piptui.cases.plan import about
from piptui.cases.records import Ref
from piptui.errors import BadInput, Refused

LONGEST = 3650
"""The most days that the period of a plan may have."""


class Adopt(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Take over a plan that already runs on paper; the draft holds its text."""

    delivered_on: Annotated[dt.date, about("the day on which it was handed over, as the paper says")]
    end: Annotated[dt.date, about("the last day of its period, as the paper says")]
    document: Annotated[str, about("where the paper is: file, folder, reference")]
    start: Annotated[dt.date | None, about("the first day of its period; left out: the day of delivery")] = None
    acknowledged_on: Annotated[
        dt.date | None, about("the day on which the employee signed; left out: not signed")
    ] = None
    seen_by: Annotated[str, about("who saw the signature, by name")] = ""
    place: Annotated[str, about("where it was handed over: room or link")] = ""
    attendees: Annotated[tuple[str, ...], about("who was there")] = ()
    text: Annotated[str, about("what is to be known of its course so far")] = ""
    override: Annotated[str, about("why the warnings below were passed")] = ""


def adopt(file: CaseFile, data: Adopt, ctx: Context) -> Written:
    """Write the plan as `issue` does, with the days of the paper; nothing of it counts as late (S121)."""
    draft = file.working
    if draft is None:
        raise Refused("There is no draft. Enter what the paper says first.")
    if ctx.policy.approvals.second_person and not ctx.confidential:
        managers = holders(file.header.parties, "manager", ctx.today)
        if ctx.role != "hr" or ctx.actor in managers:
            # Nobody reviews an adopted plan here: whoever wrote it could otherwise put it into force alone.
            raise Refused("In a team store HR takes a plan over from paper, and not who manages the employee.")
    start = data.start or data.delivered_on
    _check(data, start, ctx)
    plan = issued_plan(file, draft, data.delivered_on, ctx, period=(start, data.end))
    plan = msgspec.structs.replace(plan, taken_over_on=ctx.today, source=data.document)
    key = ctx.new_id()
    header = msgspec.structs.replace(
        file.header, version=plan.version, plan=key, delivered_on=plan.delivered_on, start=start, end=plan.end
    )
    sentence = f"{ctx.name} took plan version {plan.version} over from paper, {start} to {plan.end}."
    launch = Launch(
        **_told(file, data.delivered_on, ctx),
        version=plan.version,
        place=data.place,
        attendees=data.attendees,
        text=data.text,
    )
    changes = [
        Change("plans", key, plan, sentence),
        Change("cases", file.id, header, "The dates of the period are in force."),
        Change("entries", ctx.new_id(), launch, f"Delivered on paper on {plan.delivered_on}."),
    ]
    if data.acknowledged_on is not None:
        # The signature stands on the paper and not on this text: there is no revision of it to name.
        signed = Acknowledgement(
            **_told(file, data.acknowledged_on, ctx) | {"on_behalf": file.header.of, "proof": "paper"},
            ref=Ref(table="plans", id=key, seq=0, digest=""),
            version=plan.version,
            seen_by=data.seen_by,
        )
        told = f"{file.employee} signed on paper on {data.acknowledged_on}, seen by {data.seen_by}."
        changes.append(Change("entries", ctx.new_id(), signed, told))
    dropped = Change("drafts", draft.id, None, f"The draft of version {plan.version} was closed by its adoption.")
    return Written(tuple(changes), sentence, item=key, then=(dropped,))


def _check(data: Adopt, start: dt.date, ctx: Context) -> None:
    if data.delivered_on > ctx.today:
        raise Refused("The day of delivery lies ahead: what was not handed over yet is submitted and issued here.")
    if data.end <= start:
        raise Refused(f"The period ends ({data.end}) before it has begun ({start}): give the year with it.")
    if (data.end - start).days > LONGEST:
        raise Refused(f"The period would last from {start} to {data.end}, more than ten years: is the year right?")
    signed = data.acknowledged_on
    if signed is None:
        return
    if not data.delivered_on <= signed <= ctx.today:
        raise Refused(
            f"It was signed between the delivery ({data.delivered_on}) and today ({ctx.today}), or not yet."
        )
    if not data.seen_by.strip():
        raise BadInput("seen_by is missing: say who saw the signature on the paper.")


def _told(file: CaseFile, day: dt.date, ctx: Context) -> dict[str, Any]:
    return {"of": file.id, "occurred_on": day, "by": ctx.actor, "role": ctx.role, "taken_over": True}


ACTS = (Act("adopt", "Take over a plan from paper", ("draft",), ("hr", "manager"), Adopt, adopt, "draft"),)
