"""What the plan asks and promises: goals, milestones, support, check-ins, and what results mean (S054-S058, S114)."""

import datetime as dt
from dataclasses import dataclass
from itertools import zip_longest

from piptui.cases.plan import PlanText
from piptui.cases.words import words
from piptui.desk.api import CaseSheet
from piptui.packets.pieces import Paper, day, due, number

_WEEKDAYS = ("", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Planned:
    """The plan text that a sheet shows, with the day its rules count from (None: not known yet)."""

    text: PlanText
    start: dt.date | None
    end: dt.date | None
    issued: bool


def write_goals(paper: Paper, sheet: CaseSheet, plan: Planned) -> None:
    """These sections of the plan, in the order of the standard form."""
    _goals(paper, plan)
    _milestones(paper, plan)
    _support(paper, plan)
    _obligations(paper, plan.text)
    _schedule(paper, sheet, plan.text)
    _links(paper, plan.text)
    _thresholds(paper, plan.text)


def _goals(paper: Paper, plan: Planned) -> None:
    paper.heading(2, "Goals")
    if not plan.text.goals.order:
        paper.say("None stated.")
    for key, goal in plan.text.goals.listed():
        numeric = goal.kind == "numeric"
        steps = f"{number(goal.baseline) or 'not known'} to {number(goal.target, goal.unit) or 'not stated'}"
        paper.heading(3, f"Goal {key}")
        paper.text(goal.statement)
        paper.facts(
            (
                ("Measure", f"{goal.metric} ({goal.unit})" if goal.unit else goal.metric),
                ("Baseline to target", steps if numeric else ""),
                ("Direction", f"{goal.direction} is better" if numeric else ""),
                ("Criterion", goal.criterion),
                ("Due", due(goal.due)),
                ("Why it can be reached", goal.achievable),
                ("Why it matters", goal.relevant),
                ("Closes gap", goal.gap),
                ("Serves standard", goal.standard),
                ("Shown by", goal.proof),
            )
        )


def _milestones(paper: Paper, plan: Planned) -> None:
    paper.heading(2, "Milestones by week")
    listed = sorted(plan.text.milestones.listed(), key=lambda one: (one[1].week or 9999, one[1].on or dt.date.max))
    if not listed:
        paper.say("None stated.")
        return
    paper.table(
        ("No.", "Week", "By", "Goal", "Step", "Target"),
        [
            (
                key,
                f"{one.first_week}-{one.week}" if one.first_week and one.week else str(one.week or ""),
                day(one.on),
                one.goal,
                one.statement,
                number(one.target),
            )
            for key, one in listed
        ],
    )


def _support(paper: Paper, plan: Planned) -> None:
    paper.heading(2, "Support promised by the employer")
    rows = [
        (key, one.statement, words(one.kind), one.provider, due(one.due)) for key, one in plan.text.support.listed()
    ]
    if rows:
        paper.table(("No.", "What", "Kind", "Provided by", "By when"), rows)
    else:
        paper.say("None stated.")


def _obligations(paper: Paper, text: PlanText) -> None:
    """Both sides' obligations, side by side (S07A)."""
    owed = [f"{key}: {goal.statement}" for key, goal in text.goals.listed()]
    promised = [f"{key}: {one.statement}" for key, one in text.support.listed()]
    if owed or promised:
        paper.heading(2, "What each side owes")
        paper.table(("Employee", "Employer"), list(zip_longest(owed, promised, fillvalue="")))


def _schedule(paper: Paper, sheet: CaseSheet, text: PlanText) -> None:
    paper.heading(2, "Check-ins")
    how = text.schedule
    anchor = " ".join(part for part in (_WEEKDAYS[how.weekday or 0], how.time, how.zone) if part)
    paper.facts(
        (
            ("Every", {"weekly": "week", "biweekly": "two weeks"}[how.cadence]),
            ("At", anchor),
            ("Length", f"{how.minutes} minutes" if how.minutes else ""),
            ("Place", how.place),
            ("Format", how.format),
        )
    )
    slots = sheet.plan.slots if sheet.plan is not None else sheet.slots
    in_force = {slot.id: slot.on for slot in sheet.slots}
    rows = [
        (
            slot.id,
            words(slot.kind).replace("check in", "check-in"),
            day(slot.on),
            slot.at,
            _moved(slot.on, in_force.get(slot.id)),
        )
        for slot in slots
    ]
    if rows:
        paper.table(("No.", "Meeting", "Date", "At", "Now on"), rows)


def _moved(planned_on: dt.date | None, now_on: dt.date | None) -> str:
    return day(now_on) if now_on != planned_on else ""


def _links(paper: Paper, text: PlanText) -> None:
    if text.links.order:
        paper.heading(2, "Rooms, documents and tools")
        paper.table(("Name", "Where"), [(one.name, one.location) for _, one in text.links.listed()])


def _thresholds(paper: Paper, text: PlanText) -> None:
    paper.heading(2, "What the result will mean")
    rows = [(words(one.result), one.criterion, one.consequence) for _, one in text.thresholds.listed()]
    if rows:
        paper.table(("Result", "If", "Then"), rows)
    else:
        paper.say("No thresholds stated.")
