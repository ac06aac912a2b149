"""A case as one Markdown document for an audience: the plan, what happened, how it ended."""

import datetime as dt
from typing import Literal, get_args

from piptui.anchor import Anchor
from piptui.cases.plan import PlanText
from piptui.cases.words import words
from piptui.desk.api import CaseSheet, HistoryLine
from piptui.errors import BadInput
from piptui.packets.end_part import write_end, write_trace, write_trail
from piptui.packets.files_part import write_files
from piptui.packets.pieces import Paper, day, write_foot
from piptui.packets.plan_part import header_facts, header_of, planned, version_facts, write_plan
from piptui.packets.record_part import write_events

Audience = Literal["employee", "manager", "hr", "counsel"]
AUDIENCES: tuple[Audience, ...] = get_args(Audience)


def packet_markdown(
    sheet: CaseSheet,
    history: tuple[HistoryLine, ...],
    audience: str,
    *,
    head: Anchor,
    printed_on: dt.date,
    printed_by: str,
) -> str:
    """The documents of a case as Markdown (S05E, S120).

    `sheet` and `history` hold what the audience may see and nothing else: nobody filters after this. Only the
    review before issue and the history stay out of the employee's packet altogether. `head` is the record's
    last commit, which ties the print to the record; `printed_on` is the civil date in the case's zone.
    Raises BadInput for an unknown audience.
    """
    if audience not in AUDIENCES:
        raise BadInput(f"There is no packet for {audience!r}: it is for {', '.join(AUDIENCES)}.")
    paper = Paper()
    plan = planned(sheet)
    _title(paper, sheet, audience)
    if sheet.removed:
        paper.text(sheet.removed, "This case")
    if sheet.plan_removed:
        paper.text(sheet.plan_removed, "The text of the plan")
    if sheet.header_removed:
        paper.text(sheet.header_removed, "The head of the case")
    _holds(paper, sheet, audience)
    if plan is None:
        paper.say("There is no plan text here: none was issued.")
    else:
        write_plan(paper, sheet, plan)
        write_trace(paper, sheet, plan)
    if sheet.plan is not None or sheet.check_ins or sheet.entries:
        write_events(paper, sheet)
    write_files(paper, sheet)
    write_end(paper, sheet)
    if audience != "employee":
        write_trail(paper, sheet, history)
    write_foot(paper, head, printed_on, printed_by)
    return str(paper)


def _title(paper: Paper, sheet: CaseSheet, audience: str) -> None:
    header, case, plan = header_of(sheet), sheet.header, sheet.plan
    issued = plan is not None
    paper.heading(1, "Performance Improvement Plan" if issued else "Draft: not issued. Performance Improvement Plan")
    start, end = (case.start, case.end) if issued else (None, None)
    text = plan.text if plan else sheet.draft
    category = text.category if text else None
    paper.facts(
        (
            *header_facts(header),
            ("Case", case.number),
            ("Kind of shortfall", words(category) if category else ""),
            *(version_facts(plan) if plan else ()),
            ("Period", f"{day(start)} to {day(end)}" if start and end else ""),
            ("Length", _length(text)),
            ("Time zone", case.zone),
            ("Stage", words(sheet.stage)),
            ("Policy", plan.policy if plan else case.policy),
            ("Template", plan.template if plan else case.template),
            ("Printed for", audience if audience != "hr" else "HR"),
        )
    )
    if plan and sheet.draft is not None and audience != "employee":
        paper.say("A later version is being drafted; it is not part of this packet.")


def _holds(paper: Paper, sheet: CaseSheet, audience: str) -> None:
    """The legal holds that forbid to remove anything, for counsel and HR."""
    if audience not in ("counsel", "hr"):
        return
    for one in sheet.holds:
        paper.heading(2, f"Legal hold since {day(one.since)}")
        paper.facts((("Put on by", one.who), ("Custodian", one.custodian)))
        paper.text("kept for a matter of another case" if one.comparator else one.reason, "Reason")


def _length(text: PlanText | None) -> str:
    if text is None or text.days is None:
        return ""
    return f"{text.days} calendar days" + (f"; {text.days_reason}" if text.days_reason else "")
