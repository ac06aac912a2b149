"""The overview of a case, as lines: what needs somebody, the weeks, the goals, the promises, what is open."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Final

from piptui.cases.words import words
from piptui.dates import distance, show_date, week_of
from piptui.desk.api import ActLine, CaseSheet, GoalLine, MilestoneLine, SlotLine, SupportLine
from piptui.text import fit, wrap
from screens.figures import NOTHING, day, number
from screens.moves import next_steps
from screens.signs import DUE, FINAL, HELD, MISSED, OPEN, PLANNED, REACHED, sparkline
from screens.widgets.reader import Line

_LABEL: Final = 10
_WEEK: Final = 5
_BARS: Final = 8


def overview(sheet: CaseSheet, acts: Sequence[ActLine], today: dt.date, width: int) -> list[Line]:
    """Everything at a glance; what needs somebody comes first."""
    parts = (
        _removed(sheet, width),
        _holds(sheet, today, width),
        _attention(sheet, width),
        _earlier(sheet, today, width),
        _ending(sheet, today, width),
        _next_steps(sheet, acts),
        _weeks(sheet, today, width),
        _goals(sheet, today, width),
        _promises(sheet, today, width),
        _agreed(sheet, today, width),
    )
    lines: list[Line] = []
    for part in filter(None, parts):
        lines += [*([Line()] if lines else []), *part]
    return lines


def _removed(sheet: CaseSheet, width: int) -> list[Line]:
    """That nothing but the number of the case is left, and where the rest is told; or what of its texts is gone."""
    told = f"This case was {sheet.removed.rstrip('.')}." if sheet.removed else ""
    more = "Its history (6) tells that there was something, and when." if sheet.removed else ""
    plan = f"Text of the plan: {sheet.plan_removed}" if sheet.plan_removed and not sheet.removed else ""
    head = f"Head of the case: {sheet.header_removed}" if sheet.header_removed else ""
    return [Line(text) for sentence in (told, more, plan, head) if sentence for text in wrap(sentence, width)]


def _holds(sheet: CaseSheet, today: dt.date, width: int) -> list[Line]:
    """The legal holds: nothing may be removed, anything may be added."""
    lines: list[Line] = []
    for one in sheet.holds:
        keeps = f", custodian {one.custodian}" if one.custodian else ""
        why = "kept for a matter of another case" if one.comparator else one.reason
        told = f"Legal hold since {show_date(one.since, today)} by {one.who}{keeps}: {why}"
        lines += [Line(text) for text in wrap(told, width)]
    return lines


def _attention(sheet: CaseSheet, width: int) -> list[Line]:
    lines: list[Line] = []
    for sentence in sheet.line.attention:
        first, *rest = wrap(sentence, max(width - 2, 10))
        lines += [Line(f"{DUE} {first}", "bold"), *(Line(f"  {text}", "bold") for text in rest)]
    return lines


def _earlier(sheet: CaseSheet, today: dt.date, width: int) -> list[Line]:
    """Earlier plans of the same person, as far as they may be known."""
    told = (
        f"Earlier plan: case {one.case}, {words(one.result)}"
        + (f", ended {show_date(one.ended_on, today)}" if one.ended_on else "")
        for one in sheet.earlier
    )
    return [Line(part) for sentence in told for part in wrap(sentence, width)]


# -- weeks ------------------------------------------------------------------------------------------------


def slot_sign(slot: SlotLine) -> str:
    """The sign of a check-in."""
    if slot.state in ("held", "missed"):
        return HELD if slot.state == "held" else MISSED
    if slot.state in ("due", "overdue"):
        return DUE
    return FINAL if slot.kind == "final_review" else PLANNED


def _step_sign(step: MilestoneLine, today: dt.date) -> str:
    if step.reached:
        return REACHED
    if step.reached is False and step.on is not None and step.on < today:
        return MISSED
    return OPEN


def _weeks(sheet: CaseSheet, today: dt.date, width: int) -> list[Line]:
    if not sheet.slots:
        return []
    meetings: dict[int, str] = {}
    for slot in sheet.slots:
        meetings[slot.week] = meetings.get(slot.week, "") + slot_sign(slot)
    steps: dict[int, str] = {}
    for step in sheet.milestones:
        if step.week is not None:
            steps[step.week] = steps.get(step.week, "") + _step_sign(step, today)
    now = week_of(sheet.line.start, today) if sheet.line.start and sheet.stage == "active" else 0
    last = max((*meetings, *steps, 1))
    per_row = max((width - _LABEL) // _WEEK, 4)
    lines: list[Line] = []
    for first in range(1, last + 1, per_row):
        weeks = range(first, min(first + per_row, last + 1))
        lines.append(Line(_strip("week", weeks, lambda week: f">{week}" if week == now else str(week)), "dim"))
        lines.append(Line(_strip("check-in", weeks, lambda week: meetings.get(week, ""))))
        if any(week in steps for week in weeks):
            lines.append(Line(_strip("milestone", weeks, lambda week: steps.get(week, ""))))
    return [
        *lines,
        *(Line(text, "dim") for text in wrap(_legend("".join((*meetings.values(), *steps.values()))), width)),
    ]


def _strip(label: str, weeks: Sequence[int], sign: Callable[[int], str]) -> str:
    return fit(label, _LABEL) + "".join(f"{sign(week)[-4:]:>{_WEEK - 1}} " for week in weeks)


def _legend(used: str) -> str:
    meanings = {
        HELD: "held",
        MISSED: "missed",
        DUE: "due",
        PLANNED: "planned",
        FINAL: "final review",
        REACHED: "reached",
        OPEN: "to reach",
    }
    return " " * _LABEL + "  ".join(f"{sign} {meaning}" for sign, meaning in meanings.items() if sign in used)


# -- goals ------------------------------------------------------------------------------------------------


def _goals(sheet: CaseSheet, today: dt.date, width: int) -> list[Line]:
    if not sheet.goals:
        return _drafted(sheet, width)
    narrow = width < 60
    columns = (0, 0, 6, 6, 0, 12) if narrow else (0, 6, 6, 6, 6, 12)
    room = width - sum(columns) - sum(1 for cells in columns if cells) * 1 - (0 if narrow else _BARS + 1)
    head = _goal_row(("Goals", "from", "now", "to", "by", "" if narrow else " " * _BARS, "so far"), columns, room)
    return [
        Line(head, "bold"),
        *(Line(_goal_row(_goal(goal, today, narrow=narrow), columns, room)) for goal in sheet.goals),
    ]


def _drafted(sheet: CaseSheet, width: int) -> list[Line]:
    """What the draft promises so far, until there is something to measure."""
    if sheet.draft is None:
        return []
    goals = [goal.statement for _, goal in sheet.draft.goals.listed()]
    if not goals:
        return [Line("The plan has no goals yet", "bold"), Line("  e writes the plan", "dim")]
    return [Line("Goals in the draft", "bold"), *(Line(f"  {fit(text, width - 2).rstrip()}") for text in goals)]


def _goal(goal: GoalLine, today: dt.date, *, narrow: bool) -> tuple[str, ...]:
    values = [point.value for point in goal.values if point.value is not None]
    bars = ""
    if not narrow and values and goal.baseline is not None and goal.target is not None:
        bars = sparkline(values, goal.baseline, goal.target)
    verdict = words(goal.verdict) if goal.verdict else goal.state
    name = goal.id.removeprefix("g")
    if goal.kind == "qualitative":
        now = "done" if goal.state == "met" else NOTHING
        return (f"{name} {goal.statement}", "", now, "", day(goal.due, today), "", verdict)
    last = goal.verdict_value if goal.verdict_value is not None else goal.last
    numbers = (number(goal.baseline, goal.unit), number(last, goal.unit), number(goal.target, goal.unit))
    return (f"{name} {goal.statement}", *numbers, day(goal.due, today), bars, verdict)


def _goal_row(cells: Sequence[str], columns: Sequence[int], room: int) -> str:
    statement, before, now, to, by, bars, state = cells
    _, from_cells, now_cells, to_cells, by_cells, state_cells = columns
    parts = [fit(statement, max(room - 1, 8))]
    parts += [
        f"{fit(text, cells).strip():>{cells}}"
        for text, cells in ((before, from_cells), (now, now_cells), (to, to_cells))
        if cells
    ]
    if by_cells:
        parts.append(f"{by:>{by_cells}}")
    if bars or by_cells:
        parts.append(fit(f"{bars:<{_BARS}}", _BARS))
    return " ".join((*parts, fit(state, state_cells).rstrip()))


# -- promises and what was agreed -------------------------------------------------------------------------


def _promises(sheet: CaseSheet, today: dt.date, width: int) -> list[Line]:
    if not sheet.support:
        return []
    ordered = sorted(sheet.support, key=lambda promise: promise.state != "late")
    return [Line("We promised", "bold"), *(Line(_promise(promise, today, width)) for promise in ordered)]


def _promise(promise: SupportLine, today: dt.date, width: int) -> str:
    state = {"open": "open", "late": "late", "partly": "partly", "given": "given"}[promise.state]
    if promise.given_on is not None:
        state += f" {day(promise.given_on, today)}"
    sign = DUE if promise.state == "late" else " "
    by = day(promise.due, today) if promise.due else ""
    told = f"{promise.provider}: {promise.statement}" if promise.provider else promise.statement
    return f"{sign} {fit(told, max(width - 28, 10))} {by:>6}  {fit(state, 17).rstrip()}"


def _agreed(sheet: CaseSheet, today: dt.date, width: int) -> list[Line]:
    todo = sorted((item for item in sheet.actions if item.open), key=lambda item: not item.late)
    if not todo:
        return []
    lines = [Line("Agreed, still open", "bold")]
    for item in todo:
        due = f"by {day(item.due, today)}, {distance(item.due, today)}" if item.due else ""
        text = f"{item.who}: {item.text}" if item.who else item.text
        lines.append(Line(f"{DUE if item.late else ' '} {fit(text, max(width - 28, 10))}  {due}"))
    return lines


def _ending(sheet: CaseSheet, today: dt.date, width: int) -> list[Line]:
    header = sheet.header
    if header.outcome is not None:
        told = (
            f"Outcome: {words(header.outcome.result)}, decided {show_date(header.outcome.decided_on, today)} by "
            f"{sheet.names.get(header.outcome.decider, header.outcome.decider)}; {words(header.outcome.next_action)}."
        )
        reason = header.outcome.reason
    elif (ended := header.withdrawn or header.discarded) is not None:
        what = "Withdrawn" if header.withdrawn else "Discarded"
        told, reason = f"{what} {show_date(ended.on, today)}: {words(ended.cause)}.", ended.reason
    else:
        return [Line(text) for text in wrap(sheet.suggestion, width)] if sheet.suggestion else []
    return [
        *(Line(text, "bold") for text in wrap(told, width)),
        *(Line(text) for text in wrap(reason, width) if text),
    ]


def _next_steps(sheet: CaseSheet, acts: Sequence[ActLine]) -> list[Line]:
    """What moves the case on and is possible now, each with its act as key; an active case's weeks tell it."""
    steps = next_steps(acts)
    if sheet.stage == "active" or not steps:
        return []
    return [Line("Next steps: Enter opens one", "bold"), *(Line(f"  {act.title}", key=act.act) for act in steps)]
