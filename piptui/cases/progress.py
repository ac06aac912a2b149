"""How far goals have come, what should have been reached by a day, what was promised and held (S072, S105, S107)."""

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Literal

from piptui.cases.entries import GoalVerdict
from piptui.cases.file import CaseFile, Held
from piptui.cases.plan import Goal, PlanText
from piptui.cases.records import CheckIn, GoalValue

SlotState = Literal["planned", "due", "overdue", "held", "missed"]
SupportState = Literal["open", "late", "partly", "given"]


@dataclass(frozen=True)
class Progress:
    """One goal of the plan in force with its values in the order of their days, and its verdict if it has one."""

    id: str
    goal: Goal
    values: tuple[tuple[CheckIn, GoalValue], ...]
    verdict: GoalVerdict | None

    @property
    def due(self) -> dt.date | None:
        """The resolved day by which it is to be reached."""
        return self.goal.due.on if self.goal.due else None

    @property
    def last(self) -> Decimal | None:
        """The last number that was recorded."""
        return next((one.value for _, one in reversed(self.values) if one.value is not None), None)

    @property
    def met(self) -> bool:
        """Whether the verdict says so, or without one the last value reaches the target."""
        if self.verdict is not None:
            return self.verdict.verdict == "met"
        return reached(self.goal, self.last, self.goal.target)


def goal_progress(file: CaseFile) -> tuple[Progress, ...]:
    """All goals of the plan in force, in order."""
    if file.plan is None:
        return ()
    held = [one.record for one in sorted(file.check_ins, key=_when) if one.record.held and one.record.struck is None]
    verdicts = file.verdicts()
    found = []
    for key, goal in file.plan.record.text.goals.listed():
        values = tuple((record, record.values[key]) for record in held if key in record.values)
        found.append(Progress(key, goal, values, verdicts.get(key)))
    return tuple(found)


def _when(one: Held[CheckIn]) -> tuple[dt.date, dt.datetime]:
    return one.record.occurred_on or dt.date.min, one.created_at


def reached(goal: Goal, value: Decimal | None, target: Decimal | None) -> bool:
    """Whether a value is at or beyond a target, in the goal's direction."""
    if value is None or target is None:
        return False
    return value >= target if goal.direction == "higher" else value <= target


def should_be(text: PlanText, key: str, start: dt.date, today: dt.date) -> Decimal | None:
    """What a goal should stand at on a day: the straight line from start through its milestones to its due date.

    None where the goal is not numeric or the line has no ends. Before the start it is the baseline, after the
    due date the target.
    """
    goal = text.goals.items[key]
    due = goal.due.on if goal.due else None
    if goal.kind != "numeric" or goal.baseline is None or goal.target is None or due is None:
        return None
    steps = [
        (one.on, one.target)
        for one in text.milestones.items.values()
        if one.goal == key and one.on is not None and one.target is not None and start < one.on < due
    ]
    points = [(start, goal.baseline), *sorted(steps), (due, goal.target)]
    for (day, value), (next_day, next_value) in pairwise(points):
        if today <= day:
            return value
        if today < next_day:
            share = Decimal((today - day).days) / Decimal((next_day - day).days)
            return _rounded(value + (next_value - value) * share, value, next_value)
    return goal.target


def _rounded(value: Decimal, *like: Decimal) -> Decimal:
    exponents = (one.as_tuple().exponent for one in like)
    places = max((-one for one in exponents if isinstance(one, int)), default=0)
    return value.quantize(Decimal(1).scaleb(-max(places, 0)), ROUND_HALF_UP)


def goal_state(text: PlanText, one: Progress, start: dt.date, today: dt.date) -> str:
    """In words: met, partly met, not met (verdicts), met, on track, behind, or no value yet."""
    if one.verdict is not None:
        return one.verdict.verdict.replace("_", " ")
    if one.met:
        return "met"
    if one.last is None:
        return "noted" if one.values else "no value yet"
    return "on track" if reached(one.goal, one.last, should_be(text, one.id, start, today)) else "behind"


def slot_state(held: CheckIn | None, on: dt.date, today: dt.date) -> SlotState:
    """The state of a planned check-in on a day."""
    if held is not None:
        return "held" if held.held else "missed"
    if on == today:
        return "due"
    return "overdue" if on < today else "planned"
