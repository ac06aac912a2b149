"""One page to sign: the plan as it was given, or the outcome once it was decided (S05A, S094, S095, S11C).

It holds shared facts only, whoever prints it, and names by its digest exactly what is signed.
"""

import datetime as dt
from typing import Final

from piptui.anchor import Anchor
from piptui.cases.plan import Goal
from piptui.cases.records import Outcome, Plan, Ref
from piptui.cases.words import words
from piptui.desk.api import CaseSheet, GoalLine
from piptui.packets.pieces import Paper, day, due, moment, number, write_foot
from piptui.packets.plan_part import header_facts, receipt, signature_lines, version_facts
from piptui.text import fit

_TITLE: Final = 100
_GROUP: Final = 8


def sign_off_markdown(
    sheet: CaseSheet,
    plan: Plan,
    signed: Ref,
    *,
    head: Anchor,
    printed_on: dt.date,
    printed_by: str,
) -> str:
    """The sheet as Markdown, of the plan, or of the outcome where there is one.

    `sheet` holds what is shared and nothing else; `signed` is the document that is signed, as it stands: the plan, or
    the decision. `head` is the record's last commit, read at `head.at` (UTC); `printed_on` is the civil date in the
    case's zone.
    """
    paper = Paper()
    outcome = sheet.header.outcome
    paper.heading(1, f"Sign-off sheet: {'outcome of the ' if outcome else ''}Performance Improvement Plan")
    paper.facts(
        (
            *header_facts(plan.header),
            ("Case", sheet.header.number),
            *version_facts(plan),
            ("Period", _period(sheet, plan)),
            *(_decided(sheet, outcome) if outcome else ()),
        )
    )
    paper.text(sheet.plan_removed, "The text of the plan")
    _goals(paper, plan, {goal.id: goal for goal in sheet.goals} if outcome else {})
    paper.say(f"Support promised by the employer: {len(plan.text.support.order) or 'none'}, as listed in the plan.")
    paper.heading(2, "Signatures")
    if not outcome:
        paper.text(plan.acknowledgement_text)
    if outcome or not plan.acknowledgement_text.strip():
        paper.say(receipt("outcome" if outcome else "plan"))
    signature_lines(paper, plan.header)
    paper.table(("Comments of the employee", "Number of pages"), [("attached: yes / no", "")])
    paper.heading(2, "If the employee does not sign")
    paper.table(("", "Name", "Signature", "Date"), [("Refusal noted by", "", "", ""), ("Witness", "", "", "")])
    paper.heading(2, "What is signed")
    paper.facts(
        (
            ("Document", f"{_NAMED[signed.table]}, recorded in commit {signed.seq} as {signed.table}/{signed.id}"),
            ("Digest (SHA-256)", grouped(signed.digest)),
            ("Record read at", moment(head.at) if head.at else ""),
        )
    )
    paper.say(
        "The same digest stands in that line of the journal, and beside the document in what piptui export writes. "
        + _afterwards(sheet.header.number, outcome)
    )
    write_foot(paper, head, printed_on, printed_by)
    return str(paper)


_NAMED: Final = {"plans": "the plan", "entries": "the decision", "cases": "the head of the case with its outcome"}


def grouped(digest: str) -> str:
    """A digest in groups of eight, for two people to read to each other."""
    return " ".join(digest[start : start + _GROUP] for start in range(0, len(digest), _GROUP))


def _period(sheet: CaseSheet, plan: Plan) -> str:
    period, end = f"{day(plan.start)} to {day(plan.end)}", sheet.header.end
    return period if end in (None, plan.end) else f"{period}; it now ends on {day(end)}"


def _decided(sheet: CaseSheet, outcome: Outcome) -> tuple[tuple[str, str], ...]:
    return (
        ("Result", words(outcome.result)),
        ("What follows", words(outcome.next_action)),
        ("Decided on", day(outcome.decided_on)),
        ("Decided by", sheet.names.get(outcome.decider, outcome.decider)),
    )


def _goals(paper: Paper, plan: Plan, verdicts: dict[str, GoalLine]) -> None:
    """The titles of the goals, with the verdicts that were decided."""
    heads = ["No.", "Goal", "Target", "Due"]
    rows = [[key, _short(goal.statement), _target(goal), due(goal.due)] for key, goal in plan.text.goals.listed()]
    if verdicts:
        heads.append("Verdict")
        for row in rows:
            row.append(_verdict(verdicts.get(row[0])))
    if rows:
        paper.table(heads, rows)
    else:
        paper.say("The plan names no goals.")


def _target(goal: Goal) -> str:
    return number(goal.target, goal.unit) if goal.kind == "numeric" else _short(goal.criterion)


def _verdict(goal: GoalLine | None) -> str:
    if goal is None or not goal.verdict:
        return ""
    return f"{words(goal.verdict)} {number(goal.verdict_value, goal.unit)}".rstrip()


def _short(text: str) -> str:
    return fit(text, _TITLE).rstrip()


def _afterwards(number_: str, outcome: Outcome | None) -> str:
    keep = f"and a scan of this sheet is kept by piptui attach {number_} FILE --kind signature."
    if outcome:
        return f"Afterwards what was said is recorded by piptui do {number_} note --set text=…, {keep}"
    return (
        f"Afterwards the answer is recorded by piptui do {number_} acknowledge --set proof=paper, or by "
        f"piptui do {number_} refuse with witness and text, {keep}"
    )
