"""The plan as it was promised: the first half of a packet (S050-S05C, S070-S07A)."""

import datetime as dt

from piptui.cases.acts.launching import resolved
from piptui.cases.parties import named_last
from piptui.cases.plan import Evidence, PlanText
from piptui.cases.records import Plan, PrintedHeader
from piptui.cases.words import ROLES, Role, words
from piptui.dates import period_end
from piptui.desk.api import CaseSheet
from piptui.packets.goals_part import Planned, write_goals
from piptui.packets.pieces import Paper, day, number


def receipt(what: str) -> str:
    """What a signature under it means (S094)."""
    return (
        f"Signing confirms that the {what} was received and understood. "
        "It is receipt and understanding, not agreement."
    )


def planned(sheet: CaseSheet) -> Planned | None:
    """The issued plan, else the draft, as far as the sheet holds one."""
    if sheet.plan is not None:
        return Planned(sheet.plan.text, sheet.plan.start, sheet.plan.end, issued=True)
    if sheet.draft is None:
        return None
    start, days = sheet.draft.start, sheet.draft.days
    if start is None or not days:
        return Planned(sheet.draft, start, None, issued=False)
    end = period_end(start, days)
    return Planned(resolved(sheet.draft, start, end), start, end, issued=False)


def header_of(sheet: CaseSheet) -> PrintedHeader:
    """Person and role as printed on the plan; before issue, what the case itself knows."""
    if sheet.plan is not None:
        return sheet.plan.header
    held: dict[Role, str] = {
        role: party.name for role in ROLES if (party := named_last(sheet.header.parties, role)) is not None
    }
    return PrintedHeader(
        name=held.get("employee", sheet.line.employee),
        manager=sheet.line.manager or held.get("manager", ""),
        second_manager=held.get("second_manager", ""),
        hr_partner=sheet.line.hr_partner or held.get("hr", ""),
        legal_reviewer=held.get("legal", ""),
    )


def header_facts(header: PrintedHeader) -> tuple[tuple[str, str], ...]:
    """Person and parties, each with its label."""
    return (
        ("Name", header.name),
        ("Number", header.number),
        ("Title", header.title),
        ("Department", header.department),
        ("Location", header.location),
        ("Hire date", day(header.hired_on)),
        ("Manager", header.manager),
        ("Second manager", header.second_manager),
        ("HR partner", header.hr_partner),
        ("Legal reviewer", header.legal_reviewer),
    )


def version_facts(plan: Plan) -> tuple[tuple[str, str], ...]:
    """Which version it is, and where it comes from."""
    return (
        ("Version", f"{plan.version}, delivered on {day(plan.delivered_on)}"),
        ("Taken over", f"from paper on {day(plan.taken_over_on)}: {plan.source}" if plan.source else ""),
    )


def write_plan(paper: Paper, sheet: CaseSheet, plan: Planned) -> None:
    """All sections of the plan, in the order of the standard form."""
    text = plan.text
    _role(paper, sheet, text)
    _section(paper, "Context", text.context)
    _standards(paper, text)
    _gaps(paper, text)
    _section(paper, "Root cause", text.root_cause)
    write_goals(paper, sheet, plan)
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
    paper.heading(2, "Signatures")
    paper.text(sheet.plan.acknowledgement_text if sheet.plan is not None else "")
    paper.say(receipt("plan"))
    signature_lines(paper, header_of(sheet))


def signature_lines(paper: Paper, header: PrintedHeader) -> None:
    """A line to sign on for each side."""
    people = (("Employee", header.name), ("Manager", header.manager), ("HR", header.hr_partner))
    paper.table(("", "Name", "Signature", "Date"), [(role, name, "", "") for role, name in people])
