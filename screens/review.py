"""The outcome review: what was reached, what both sides kept, what the plan says, and a person's decision."""

from collections.abc import Iterable, Sequence
from typing import Any, Final, get_args

from textual.widget import Widget

from piptui.cases.words import Verdict, words
from piptui.dates import show_date
from piptui.desk.api import ActLine, CaseSheet, GoalLine
from piptui.errors import PiptuiError
from screens.act_form import ActForm
from screens.base import Page
from screens.form_actions import REVIEW_ACTIONS
from screens.forms import Kept
from screens.labels import in_words
from screens.merge import typed
from screens.widgets.fields import FormText, Scroll, cells

VERDICTS: Final[tuple[str, ...]] = get_args(Verdict)
ANY_DECISION: Final = {"result": "successful", "next_action": "regular_management", "reason": "-"}
REASONS: Final = frozenset({"support_reason", "check_in_reason"})
"""Inputs of a decision that the gate asks for whatever is decided."""


class ReviewPage(Page):
    """`v` gives the goal under the cursor its verdict, `d` decides; a person does both."""

    ACTIONS = REVIEW_ACTIONS
    DEFAULT_CSS = """
    ReviewPage #goals { height: auto; max-height: 50%; }
    ReviewPage #rest { height: 1fr; }
    """

    def __init__(self, case: str, act: str = "") -> None:
        super().__init__()
        self.case = case
        self.act = act
        """The act that the page was asked for: the form that opens the review comes up at once."""
        self.cursor = 0
        self.sheet: CaseSheet
        self.acts: dict[str, ActLine]
        self.read()

    def read(self) -> None:
        """The case as it stands."""
        self.sheet = self.desk.view(self.case)
        self.case = self.sheet.line.case
        self.acts = {act.act: act for act in self.desk.acts(self.case)}
        self.cursor = min(self.cursor, max(len(self.sheet.goals) - 1, 0))

    def heading(self) -> str:
        """Whose outcome."""
        return f"Outcome review · {self.sheet.line.employee} · {self.sheet.line.case}"

    def above(self) -> Iterable[Widget]:
        """How far the period has come."""
        self.period = FormText([""])
        return (self.period,)

    def when(self) -> str:
        """The day of the period, and its end."""
        line = self.sheet.line
        if line.day is None or line.end is None:
            return f" {words(self.sheet.stage)}"
        today = self.app.me().today
        return f" day {line.day} of {line.days}, ends {show_date(line.end, today)} · {words(self.sheet.stage)}"

    def body(self) -> Iterable[Widget]:
        """Goals above, the rest below."""
        self.goal_lines = FormText()
        self.rest = FormText()
        return (
            Scroll(self.goal_lines, id="goals"),
            Scroll(self.rest, id="rest"),
        )

    def on_mount(self) -> None:
        """Draw it, and go on to what was asked for."""
        self.draw()
        if self.act == "open_review" and self.possible("open_review"):
            self.call_later(self.verb_open)

    def possible(self, act: str) -> bool:
        """Whether an act can be done now."""
        line = self.acts.get(act)
        return line is not None and line.possible

    def hint_ids(self) -> tuple[str, ...]:
        """What can be done now: open the review, then verdicts and the decision, then nothing of it."""
        known = {"open_review": "review.open", "assess": "review.verdict", "decide": "review.decide"}
        return (*(verb for act, verb in known.items() if self.possible(act)), "page.acts")

    def on_resize(self) -> None:
        """Other widths."""
        self.draw()

    def on_changed(self) -> None:
        """A verdict or a decision is in the record."""
        self.read()
        self.draw()

    # -- drawing -----------------------------------------------------------------------------------------

    def draw(self) -> None:
        """Print everything."""
        self.period.put([self.when()])
        name = max(min(self.size.width - 54, 48), 12)
        head = f"   {cells('Goal', name)} {'from':>7} {'to':>7} {'reached':>9}  {cells('verdict', 13)}shown by"
        rows = [self._goal(number, goal, name) for number, goal in enumerate(self.sheet.goals)]
        self.goal_lines.put([head, *(rows or ["   No goals: there is nothing to assess yet."])])
        today = self.app.me().today
        lines = ["", *self.kept(), *self.said(), "", *self.before()]
        if self.sheet.header.outcome is not None:
            done = self.sheet.header.outcome
            lines = [
                "",
                f" Decided {show_date(done.decided_on, today)}: {words(done.result)}, {words(done.next_action)}",
                f" {done.reason}",
                *lines,
            ]
        self.rest.put(lines)
        self.refresh_lines()

    def _goal(self, number: int, goal: GoalLine, name: int) -> str:
        here = ">" if number == self.cursor else " "
        reached = typed(goal.verdict_value) or typed(goal.last) or ("noted" if goal.last_note else "-")
        verdict = words(goal.verdict) if goal.verdict else "?"
        return (
            f"{here}{number + 1:>2}{cells(' ' + (goal.statement or goal.id), name + 1)} "
            f"{typed(goal.baseline) or '-':>7} {typed(goal.target) or '-':>7} {reached:>9}  "
            f"{cells(verdict, 13)}{goal.shown_by or goal.verdict_text or '-'}"
        )

    def kept(self) -> Iterable[str]:
        """What both sides kept: check-ins held and missed, support given, late entries."""
        due = [one for one in self.sheet.slots if one.kind == "check_in" and one.state != "planned"]
        held = sum(one.state == "held" for one in due)
        missed = [line.record for line in self.sheet.check_ins if not line.record.held and not line.record.struck]
        by_manager = sum(record.cause == "manager_missed" for record in missed)
        open_ = sum(one.state in ("due", "overdue") for one in due)
        parts = [f"check-ins {held} of {len(due)} held"]
        if missed:
            parts.append(f"{len(missed)} missed" + (f", {by_manager} by the manager" if by_manager else ""))
        yield f" Kept on both sides   {' · '.join(parts)}"
        if open_:
            yield f"                      {open_} without a record"
        given = sum(one.state == "given" for one in self.sheet.support)
        late = sum(entry.late for entry in self.sheet.entries)
        support = (
            [f"support {given} of {len(self.sheet.support)} given"] if self.sheet.support else ["no support promised"]
        )
        if late:
            support.append(f"{late} late {'entry' if late == 1 else 'entries'}")
        yield f"                      {' · '.join(support)}"
        for one in self.sheet.support:
            if one.state != "given":
                yield f"                      {one.state}: {one.id} {one.statement}"

    def said(self) -> Iterable[str]:
        """What the plan says an end result means, and what that would suggest."""
        plan = self.sheet.plan
        rows = plan.text.thresholds.listed() if plan else ()
        for number, (_, one) in enumerate(rows):
            lead = " The plan says       " if number == 0 else " " * 21
            then = f", then {one.consequence}" if one.consequence else ""
            yield f"{lead} {one.criterion}: {words(one.result)}{then}"
        given = [goal.verdict for goal in self.sheet.goals if goal.verdict]
        if given:
            counts = [f"{given.count(one)} {words(one)}" for one in VERDICTS if one in given]
            total = len(self.sheet.goals)
            yield f" So far: {', '.join(counts)} of {total} {'goal' if total == 1 else 'goals'}."
        if self.sheet.stage != "closed":
            yield " You decide; your reason becomes part of the record."

    def before(self) -> Iterable[str]:
        """What is missing before somebody can decide."""
        decide = self.acts.get("decide")
        opening = self.acts.get("open_review")
        if self.sheet.stage == "closed":
            return
        if opening is not None and opening.possible:
            yield " The final review is not open yet: o opens it."
            return
        if decide is None or not decide.possible:
            yield f" Before you can decide: {decide.reason if decide else 'you may not'}"
            return
        for reason in self.missing():
            yield f"! Before you can decide: {in_words(reason)}"

    def missing(self) -> Sequence[str]:
        """What is open whatever is decided: verdicts, then reasons for what was not kept."""
        open_ = [
            f"goal {number} has no verdict" for number, goal in enumerate(self.sheet.goals, 1) if not goal.verdict
        ]
        if open_:
            return open_
        kept = self.app.kept.get((self.case, "act decide", ""))
        typed_before = kept.texts if isinstance(kept, Kept) else {}
        # The gate wants a whole decision to look at; what depends on the choice itself is left to its form.
        given = ANY_DECISION | {name: text for name, text in typed_before.items() if name in REASONS}
        try:
            found = self.desk.preview("decide", self.case, given).findings
        except PiptuiError as error:
            return tuple(getattr(error, "reasons", ())) or (str(error),)
        return [one.text for one in found if one.severity == "block" and one.where]

    # -- keys --------------------------------------------------------------------------------------------

    def verb_down(self) -> None:
        """Next goal."""
        self._to(self.cursor + 1, "This is the last goal.")

    def verb_up(self) -> None:
        """The goal before."""
        self._to(self.cursor - 1, "This is the first goal.")

    def _to(self, goal: int, otherwise: str) -> None:
        if not self.sheet.goals:
            self.moved("There is no goal to assess.")
            return
        inside = 0 <= goal < len(self.sheet.goals)
        self.moved("" if inside else otherwise)
        if inside:
            self.cursor = goal
            self.draw()

    def verb_verdict(self) -> None:
        """The verdict on the goal under the cursor."""
        if not self.sheet.goals:
            self.warn("There is no goal to assess.")
            return
        goal = self.sheet.goals[self.cursor]
        value = goal.verdict_value if goal.verdict_value is not None else goal.last
        self._open(
            "assess",
            {
                "goal": goal.id,
                "verdict": goal.verdict,
                "value": typed(value),
                "shown_by": goal.shown_by or goal.proof,
                "text": goal.verdict_text,
            },
        )

    def verb_decide(self) -> None:
        """Decide: the form says what is missing."""
        self._open("decide", {})

    def verb_open(self) -> None:
        """Open the final review."""
        self._open("open_review", {})

    def _open(self, act: str, data: dict[str, Any]) -> None:
        line = self.acts.get(act)
        if line is None:
            self.warn("This is not open to your role.")
        elif not line.possible:
            self.warn(line.reason or "This is not possible now.")
        else:
            self.app.push_screen(ActForm(self.case, act, data))
