"""Gap to result, the final review, what both sides kept, the outcome, and the trail behind it (S071, S110-S11D)."""

from piptui.cases.parties import PART_WORDS
from piptui.cases.words import ROLES, words
from piptui.desk.api import CaseSheet, GoalLine, HistoryLine
from piptui.packets.goals_part import Planned
from piptui.packets.pieces import Paper, day, moment, number
from piptui.packets.record_part import WORKING_PAPERS, write_entries


def write_trace(paper: Paper, sheet: CaseSheet, plan: Planned) -> None:
    """The table from gap over goal and milestones to the result (S071)."""
    paper.heading(2, "From gap to result")
    lines = {goal.id: goal for goal in sheet.goals}
    steps: dict[str, list[str]] = {}
    for key, step in plan.text.milestones.listed():
        steps.setdefault(step.goal, []).append(key)
    rows = [
        (goal.gap or "none", key, ", ".join(steps.get(key, ())) or "none", _result(lines.get(key)))
        for key, goal in plan.text.goals.listed()
    ]
    closed = {goal.gap for goal in plan.text.goals.items.values()}
    rows += [(key, "none", "none", "") for key in plan.text.gaps.order if key not in closed]
    if rows:
        paper.table(("Gap", "Goal", "Milestones", "Result"), rows)
    else:
        paper.say("No gaps and no goals stated.")


def _result(goal: GoalLine | None) -> str:
    if goal is None:
        return "no value yet"
    if goal.verdict:
        return f"{words(goal.verdict)} {number(goal.verdict_value, goal.unit)}".rstrip()
    last = number(goal.last, goal.unit) or goal.last_note
    return f"{goal.state}, last {last}" if last else goal.state


def write_end(paper: Paper, sheet: CaseSheet) -> None:
    """Final review, what was kept on both sides, pauses and extensions, the outcome."""
    _review(paper, sheet)
    _kept(paper, sheet)
    _parties(paper, sheet)
    _clock(paper, sheet)
    _outcome(paper, sheet)


def _review(paper: Paper, sheet: CaseSheet) -> None:
    paper.heading(2, "Final review")
    opened = sheet.header.review_opened_on
    paper.say(f"Opened on {day(opened)}." if opened else "Not opened yet.")
    if any(goal.verdict for goal in sheet.goals):
        rows = [
            (
                goal.id,
                goal.statement,
                number(goal.baseline, goal.unit),
                number(goal.target, goal.unit) or goal.criterion,
                number(goal.verdict_value, goal.unit),
                words(goal.verdict) if goal.verdict else "no verdict",
                goal.shown_by,
                goal.verdict_text,
            )
            for goal in sheet.goals
        ]
        paper.table(("Goal", "Statement", "From", "To", "Reached", "Verdict", "Shown by", "Remarks"), rows)
    write_entries(paper, [one for one in sheet.entries if one.kind in {"review_opened", "assessment"}])


def _kept(paper: Paper, sheet: CaseSheet) -> None:
    paper.heading(2, "Kept on both sides")
    meetings = [slot for slot in sheet.slots if slot.kind != "final_review"]
    states = [slot.state for slot in meetings]
    paper.facts(
        (
            ("Check-ins planned", str(sum(slot.kind == "check_in" for slot in meetings))),
            ("Held", str(states.count("held"))),
            ("Missed", str(states.count("missed"))),
            ("Due and not recorded", str(states.count("overdue"))),
            ("Support promised", str(len(sheet.support))),
            ("Support given in full", str(sum(one.state == "given" for one in sheet.support))),
        )
    )
    if sheet.support:
        rows = [
            (one.id, one.statement, one.provider, day(one.due), words(one.state), day(one.given_on), one.shown_by)
            for one in sheet.support
        ]
        paper.table(("No.", "Promise", "Provided by", "By", "State", "Given on", "Shown by"), rows)
    if sheet.actions:
        actions = [
            (one.ref, one.who, one.text, day(one.due), "closed" if not one.open else "late" if one.late else "open")
            for one in sheet.actions
        ]
        paper.table(("Action", "Who", "What", "By", "State"), actions)


def _clock(paper: Paper, sheet: CaseSheet) -> None:
    header = sheet.header
    if not header.pauses and not header.extensions:
        return
    paper.heading(2, "Pauses and extensions")
    rows = [("Pause", day(one.since), day(one.until) or "still running") for one in header.pauses]
    rows += [("Extension", f"end was {day(one.old_end)}", f"is {day(one.new_end)}") for one in header.extensions]
    paper.table(("", "From", "To"), rows)


def _parties(paper: Paper, sheet: CaseSheet) -> None:
    """Who had which part when, once one of them passed on or was lent."""
    parties = sheet.header.parties
    if not any(one.until or one.deputy_for for one in parties):
        return
    names = {one.person: one.name for one in parties}
    paper.heading(2, "Who had which part")
    rows = [
        (
            PART_WORDS[one.role].capitalize() if one.role != "hr" else PART_WORDS["hr"],
            one.name,
            day(one.since),
            day(one.until),
            f"stood in for {names.get(one.deputy_for, '')}" if one.deputy_for else "",
        )
        for role in ROLES
        for one in parties
        if one.role == role
    ]
    paper.table(("Part", "Name", "From", "Until", ""), rows)


def _outcome(paper: Paper, sheet: CaseSheet) -> None:
    paper.heading(2, "Outcome")
    outcome = sheet.header.outcome
    ended = sheet.header.withdrawn or sheet.header.discarded
    if outcome is not None:
        paper.facts(
            (
                ("Result", words(outcome.result)),
                ("What follows", words(outcome.next_action)),
                ("Decided on", day(outcome.decided_on)),
                ("Decided by", sheet.names.get(outcome.decider, outcome.decider)),
            )
        )
        paper.quote(outcome.reason, "Reason")
    elif ended is not None:
        how = "Withdrawn" if sheet.header.withdrawn else "Discarded, because it was opened in error"
        paper.say(f"{how} on {day(ended.on)}, without a verdict.")
        paper.facts((("Cause", words(ended.cause) if sheet.header.withdrawn else ""),))
        paper.quote(ended.reason, "Reason")
    else:
        paper.say("Not decided.")
    write_entries(paper, [one for one in sheet.entries if one.kind in {"decision", "withdrawal"}])


def write_trail(paper: Paper, sheet: CaseSheet, history: tuple[HistoryLine, ...]) -> None:
    """Review rounds and the history: for everybody but the employee."""
    paper.heading(2, "Review before issue")
    rounds = [one for one in sheet.entries if one.kind in WORKING_PAPERS]
    if rounds:
        write_entries(paper, rounds)
    else:
        paper.say("No submission recorded.")
    paper.heading(2, "History")
    paper.table(
        ("Seq", "Time", "Who", "Role", "What", "Reason"),
        [
            (str(line.seq), moment(line.at), line.who, words(line.role), line.sentence, line.reason)
            for line in history
        ],
    )
