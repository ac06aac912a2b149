"""The end of a plan: open_review, assess, decide; and the ends without a verdict: withdraw, discard."""

import datetime as dt
from decimal import Decimal
from typing import Annotated

import msgspec

from piptui.cases.acts.base import Act, Change, Context, Input, Written, late
from piptui.cases.entries import Assessment, Decision, GoalVerdict, ReviewOpened, Withdrawal
from piptui.cases.file import CaseFile
from piptui.cases.plan import about
from piptui.cases.records import Ending, Outcome
from piptui.cases.words import NextAction, Result, Role, Verdict, WithdrawReason, words
from piptui.errors import NotFound, Refused

FOLLOWS: dict[Result, tuple[NextAction, ...]] = {
    "successful": ("regular_management",),
    "partial": ("regular_management", "role_adjustment", "reassignment"),
    "unsuccessful": ("role_adjustment", "reassignment", "demotion", "further_discipline", "termination"),
}
"""What may follow a result (S111-S113)."""


class OpenReview(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Begin the final review."""

    occurred_on: Annotated[dt.date | None, about("the day it begins")] = None
    text: Annotated[str, about("why now, where the period has not ended")] = ""


class Assess(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Give the verdict on one goal."""

    goal: Annotated[str, about("the goal, such as g1")]
    verdict: Annotated[Verdict, about("met, partly met, not met or not assessed")]
    value: Annotated[Decimal | None, about("the value reached, in the goal's unit")] = None
    shown_by: Annotated[str, about("what shows it: report, certificate, sample")] = ""
    text: Annotated[str, about("in words; needed where the goal could not be assessed")] = ""


class Decide(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Decide the outcome. A named person decides; the reason becomes part of the record."""

    result: Annotated[Result, about("successful, partial or unsuccessful")]
    next_action: Annotated[NextAction, about("what follows")]
    reason: Annotated[str, about("why, from goals, values and what was promised")]
    decider: Annotated[str, about("who decides, by name; left out: you")] = ""
    decided_on: Annotated[dt.date | None, about("the day of the decision")] = None
    verdicts: Annotated[dict[str, GoalVerdict], about("verdicts per goal not given yet, such as verdicts.g1")] = {}
    support_reason: Annotated[str, about("why promised support was not given, where that is so")] = ""
    check_in_reason: Annotated[str, about("why planned check-ins have no record, where that is so")] = ""


class Withdraw(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """End the case without a verdict."""

    cause: Annotated[WithdrawReason, about("what ended it")]
    text: Annotated[str, about("what happened, and who agreed")]
    occurred_on: Annotated[dt.date | None, about("the day it ended")] = None


class Discard(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """End a case that was opened in error."""

    text: Annotated[str, about("what the error was")]


def open_review(file: CaseFile, data: OpenReview, ctx: Context) -> Written:
    """Begin the final review; check-ins and evidence recorded from now on are marked late."""
    day = _past(file, data.occurred_on, ctx)
    header = msgspec.structs.replace(file.header, review_opened_on=day)
    sentence = f"{ctx.name} opened the final review on {day}."
    entry = ReviewOpened(
        of=file.id,
        occurred_on=day,
        by=ctx.actor,
        role=ctx.role,
        version=file.header.version,
        text=data.text,
        late=late(day, ctx),
    )
    key = ctx.new_id()
    return Written(
        (Change("cases", file.id, header, sentence), Change("entries", key, entry, sentence)), sentence, item=key
    )


def assess(file: CaseFile, data: Assess, ctx: Context) -> Written:
    """Record a verdict with its value and what shows it (S110); the employee reads it in the decision."""
    given = GoalVerdict(verdict=data.verdict, value=data.value, shown_by=data.shown_by, text=data.text)
    given = _checked(file, data.goal, given)
    entry = Assessment(
        of=file.id,
        cls="manager_hr",
        occurred_on=ctx.today,
        by=ctx.actor,
        role=ctx.role,
        version=file.header.version,
        goal=data.goal,
        verdict=given.verdict,
        value=given.value,
        shown_by=given.shown_by,
        text=given.text,
        on_behalf=ctx.on_behalf,
        proof=ctx.proof,
    )
    key = ctx.new_id()
    sentence = f"{ctx.name} assessed goal {data.goal}: {words(given.verdict)}."
    return Written((Change("entries", key, entry, sentence),), sentence, item=key)


def _checked(file: CaseFile, goal: str, given: GoalVerdict) -> GoalVerdict:
    """The verdict, if it says what it has to say."""
    goals = file.text.goals.items if file.text else {}
    if goal not in goals:
        raise NotFound(f"There is no goal {goal!r} in the plan. Its goals: {', '.join(goals)}.")
    if given.verdict == "not_assessed":
        if not given.text:
            raise Refused(f"{goal} could not be assessed: say why.")
    else:
        if goals[goal].kind == "numeric" and given.value is None:
            raise Refused(f"{goal} is measured: give the value reached, or the verdict not assessed with the reason.")
        if not given.shown_by:
            raise Refused(f"Say what shows the verdict on {goal}: report, system or sample.")
    return given


def decide(file: CaseFile, data: Decide, ctx: Context) -> Written:
    """Record the outcome with decider, day and reason, and close the case (S11C)."""
    if data.next_action not in FOLLOWS[data.result]:
        known = ", ".join(FOLLOWS[data.result])
        raise Refused(f"After a plan that was {words(data.result)}, one of these follows: {known}.")
    day = _past(file, data.decided_on, ctx)
    if file.header.review_opened_on and day < file.header.review_opened_on:
        raise Refused(f"The decision cannot lie before the final review, opened on {file.header.review_opened_on}.")
    if file.plan is None:
        raise Refused("There is no issued plan to decide on.")
    decider = data.decider or ctx.name
    given = {goal: _checked(file, goal, one) for goal, one in data.verdicts.items()}
    key = ctx.new_id()
    outcome = Outcome(
        result=data.result,
        next_action=data.next_action,
        decided_on=day,
        decider=decider,
        reason=data.reason,
        entry=key,
    )
    entry = Decision(
        of=file.id,
        occurred_on=day,
        by=ctx.actor,
        role=ctx.role,
        ref=file.plan.ref("plans"),
        version=file.header.version,
        text=data.reason,
        result=data.result,
        next_action=data.next_action,
        decider=decider,
        verdicts={**file.verdicts(), **given},
        support_reason=data.support_reason,
        check_in_reason=data.check_in_reason,
        late=late(day, ctx),
        on_behalf=ctx.on_behalf,
        proof=ctx.proof,
    )
    typed = "" if decider == ctx.name else f", recorded by {ctx.name}"
    sentence = f"{decider} decided: {words(data.result)}, {words(data.next_action)}{typed}."
    changes = (
        Change("cases", file.id, msgspec.structs.replace(file.header, outcome=outcome), sentence),
        Change("entries", key, entry, sentence),
        _freed(file),
    )
    return Written(changes, sentence, item=key)


def withdraw(file: CaseFile, data: Withdraw, ctx: Context) -> Written:
    """Close without a verdict, with the cause (S11D)."""
    day = _past(file, data.occurred_on, ctx)
    key = ctx.new_id()
    ended = Ending(on=day, reason=data.text, cause=data.cause, entry=key)
    sentence = f"{ctx.name} withdrew the plan: {words(data.cause)}."
    entry = Withdrawal(
        of=file.id,
        occurred_on=day,
        by=ctx.actor,
        role=ctx.role,
        text=data.text,
        cause=data.cause,
        late=late(day, ctx),
        on_behalf=ctx.on_behalf,
        proof=ctx.proof,
    )
    changes = (
        Change("cases", file.id, msgspec.structs.replace(file.header, withdrawn=ended), sentence),
        Change("entries", key, entry, sentence),
        _freed(file),
    )
    return Written(changes, sentence, item=key)


def discard(file: CaseFile, data: Discard, ctx: Context) -> Written:
    """Close a case that should not have been opened. Its number is not used again."""
    header = msgspec.structs.replace(file.header, discarded=Ending(on=ctx.today, reason=data.text))
    sentence = f"{ctx.name} discarded the case, opened in error."
    return Written((Change("cases", file.id, header, sentence), _freed(file)), sentence)


def _freed(file: CaseFile) -> Change:
    return Change("keys", f"open.{file.header.of}", None, "The employee has no open case any more.")


def _past(file: CaseFile, day: dt.date | None, ctx: Context) -> dt.date:
    day = day or ctx.today
    first = file.header.start or file.header.opened_on
    if not first <= day <= ctx.today:
        raise Refused(f"The day must lie between {first} and today ({ctx.today}).")
    return day


_DECIDERS: tuple[Role, ...] = ("manager", "hr", "second_manager")

ACTS = (
    Act("open_review", "Open the final review", ("active",), _DECIDERS, OpenReview, open_review, "header"),
    Act("assess", "Give the verdict on a goal", ("final_review",), _DECIDERS, Assess, assess, "nothing"),
    Act("decide", "Decide the outcome", ("final_review",), _DECIDERS, Decide, decide, "header"),
    Act(
        "withdraw",
        "End the plan without a verdict",
        ("issued", "active", "final_review"),
        ("hr", "manager"),
        Withdraw,
        withdraw,
        "header",
    ),
    Act(
        "discard",
        "Discard a case opened in error",
        ("draft", "in_review", "approved"),
        ("hr", "manager"),
        Discard,
        discard,
        "header",
    ),
)
