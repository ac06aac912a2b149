"""The plan as it was promised: the first half of a packet (S050-S05C, S070-S07A)."""

import datetime as dt
from dataclasses import dataclass
from itertools import zip_longest

from piptui.cases.plan import Evidence, PlanText
from piptui.cases.records import PrintedHeader
from piptui.cases.words import words
from piptui.desk.api import CaseSheet
from piptui.packets.pieces import Paper, day, due, number, reckoned

_WEEKDAYS = ("", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_RECEIPT = (
    "Signing confirms that the plan was received and understood. It is receipt and understanding, not agreement."
)


@dataclass(frozen=True)
class Planned:
    """The plan text that a sheet shows, with the day its rules count from (None: not known yet)."""

    text: PlanText
    start: dt.date | None
    end: dt.date | None
    issued: bool


def planned(sheet: CaseSheet) -> Planned | None:
    """The issued plan, else the draft, as far as the sheet holds one."""
    if sheet.plan is not None:
        return Planned(sheet.plan.text, sheet.plan.start, sheet.plan.end, issued=True)
    if sheet.draft is None:
        return None
    start, days = sheet.draft.start, sheet.draft.days
    end = start + dt.timedelta(days=days) if start and days else None
    return Planned(sheet.draft, start, end, issued=False)


def header_of(sheet: CaseSheet) -> PrintedHeader:
    """Person and role as printed on the plan; before issue, what the case itself knows."""
    if sheet.plan is not None:
        return sheet.plan.header
    held = {party.role: party.name for party in sheet.header.parties if party.until is None}
    return PrintedHeader(
        name=held.get("employee", sheet.line.employee),
        manager=held.get("manager", sheet.line.manager),
        second_manager=held.get("second_manager", ""),
        hr_partner=held.get("hr", sheet.line.hr_partner),
        legal_reviewer=held.get("legal", ""),
    )


def write_plan(paper: Paper, sheet: CaseSheet, plan: Planned) -> None:
    """All sections of the plan, in the order of the standard form."""
    text = plan.text
    _role(paper, sheet, text)
    _section(paper, "Context", text.context)
    _standards(paper, text)
    _gaps(paper, text)
    _section(paper, "Root cause", text.root_cause)
    _goals(paper, plan)
    _milestones(paper, plan)
    _support(paper, plan)
    _obligations(paper, text)
    _schedule(paper, sheet, text)
    _links(paper, text)
    _thresholds(paper, text)
    _section(paper, "Statement of support", text.statement)
    _section(paper, "Consequences and possible outcomes", text.consequences)
    _employee_view(paper, text)
    _signatures(paper, sheet)


def _section(paper: Paper, title: str, text: str) -> None:
    paper.heading(2, title)
    if text.strip():
        paper.text(text)
    else:
        paper.say("Not stated.")


def _role(paper: Paper, sheet: CaseSheet, text: PlanText) -> None:
    header = header_of(sheet)
    paper.heading(2, "Role and reporting")
    paper.facts(
        (
            ("Reports to", _with_title(header.manager, header.manager_title)),
            ("Manager's manager", _with_title(header.second_manager, header.second_manager_title)),
            ("Job description", text.job_description),
        )
    )
    paper.text(text.role_summary)


def _with_title(name: str, title: str) -> str:
    return f"{name}, {title}" if name and title else name


def _standards(paper: Paper, text: PlanText) -> None:
    paper.heading(2, "Expectations and standards")
    rows = [(key, one.statement, one.reference, one.edition) for key, one in text.standards.listed()]
    if rows:
        paper.table(("No.", "Expectation", "Reference", "Edition"), rows)
    else:
        paper.say("None stated.")


def _gaps(paper: Paper, text: PlanText) -> None:
    paper.heading(2, "Areas for improvement")
    if not text.gaps.order:
        paper.say("None stated.")
    for key, gap in text.gaps.listed():
        paper.heading(3, f"Area {key}")
        paper.text(gap.statement)
        paper.facts((("Falls short of", _named_standard(text, gap.standard)), ("Impact", gap.impact)))
        _evidence(paper, [one for one in text.evidence.listed() if one[1].gap == key])
    loose = [one for one in text.evidence.listed() if one[1].gap not in text.gaps.items]
    if loose:
        paper.heading(3, "Further evidence")
        _evidence(paper, loose)


def _named_standard(text: PlanText, key: str) -> str:
    standard = text.standards.items.get(key)
    return f"{key}: {standard.statement}" if standard else key


def _evidence(paper: Paper, listed: list[tuple[str, Evidence]]) -> None:
    """Facts in order of their dates; undated ones last."""
    if not listed:
        return
    listed = sorted(listed, key=lambda one: one[1].on or one[1].since or one[1].until or dt.date.max)
    paper.table(
        ("No.", "When", "Fact", "Measured", "Standard", "Benchmark", "Source", "Reference"),
        [
            (
                key,
                _period(one),
                one.statement,
                number(one.value, one.unit),
                number(one.expected, one.unit),
                number(one.benchmark, one.unit),
                words(one.source),
                one.reference,
            )
            for key, one in listed
        ],
    )


def _period(one: Evidence) -> str:
    if one.on is not None:
        return day(one.on)
    if one.since and one.until:
        return f"{day(one.since)} to {day(one.until)}"
    return f"since {day(one.since)}" if one.since else f"until {day(one.until)}" if one.until else "not dated"


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
                ("Due", due(goal.due, plan.start)),
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
                day(one.on or reckoned(one.week, None, plan.start)),
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
        (key, one.statement, words(one.kind), one.provider, due(one.due, plan.start))
        for key, one in plan.text.support.listed()
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


def _employee_view(paper: Paper, text: PlanText) -> None:
    paper.heading(2, "The employee's view")
    if text.employee_view.strip():
        paper.quote(text.employee_view)
    else:
        paper.text(
            text.employee_view_absence or "Not recorded.",
            "Not recorded, because" if text.employee_view_absence else "",
        )


def _signatures(paper: Paper, sheet: CaseSheet) -> None:
    header = header_of(sheet)
    paper.heading(2, "Signatures")
    paper.text(sheet.plan.acknowledgement_text if sheet.plan is not None else "")
    paper.say(_RECEIPT)
    people = (("Employee", header.name), ("Manager", header.manager), ("HR", header.hr_partner))
    paper.table(("", "Name", "Signature", "Date"), [(role, name, "", "") for role, name in people])
