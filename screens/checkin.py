"""A check-in in a minute: what was agreed last time, where each goal stands, what was said, what comes next."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import partial
from typing import Any, ClassVar, Final

from textual.widget import Widget

from piptui.cases.parties import deputy_names, names_on
from piptui.cases.progress import should_be
from piptui.cases.typed import read_number
from piptui.checks.base import Finding
from piptui.dates import date_order, show_date
from piptui.desk.api import ActionLine, CaseSheet, GoalLine
from piptui.errors import BadInput, Refused
from screens.act_form import ActForm
from screens.checkin_text import NextAction, people, read_actions
from screens.explain import Calendar, progress
from screens.form_actions import CHECKIN_ACTIONS, SAVE_ACTIONS
from screens.meeting import MeetingForm, held_proposal, kept_slots, recorded, slot_choices, slot_to_open
from screens.merge import typed as as_text
from screens.widgets.fields import Field, FormText, Kind, Spec

TEXTS: Final[tuple[tuple[str, str, Kind, str], ...]] = (
    ("helped", "Helped", "prose", "what helped"),
    ("hindered", "Hindered", "prose", "what got in the way"),
    ("asked_for", "Asked for", "prose", "support or guidance asked for"),
    ("own_words", "In their words", "long", "what the employee said, word for word"),
    ("recognised", "Recognised", "prose", "progress that was recognised"),
    ("adjustment", "Adjusted", "prose", "tactics that change; targets stay as they are"),
    ("decisions", "Decided", "prose", "what was decided"),
)
"""Name, label, kind and sentence of the texts of a check-in, in the order of its agenda."""

KEPT_AS_WORDS: Final = "? kept as words"
"""Beside a value that is none: it can be saved, and it does not count."""

GOAL: Final = "goal."
DONE: Final = "done."
NUMBER: Final = re.compile(r"^([-+]?[\d.,\u00a0\u202f']*\d\s*%?)(?:\s+|$)(.*)$", re.DOTALL)


class CheckInPage(MeetingForm):
    """Record the check-in that is due; the shared part is read by the employee, too."""

    ACTIONS = (*CHECKIN_ACTIONS, *SAVE_ACTIONS)
    HINTS: ClassVar[tuple[str, ...]] = ("form.save", "form.next", "checkin.missed")
    SAVE_WORD = "record"

    def __init__(self, case: str, slot: str = "") -> None:
        super().__init__(case)
        self.sheet: CaseSheet = self.desk.view(case)
        self.case = self.sheet.line.case
        self.base = self.sheet.revision
        self.readers = "everybody in the case"
        self.today = self.app.me().today
        self.chosen = slot_to_open(self.app.kept, self.sheet, slot)
        self._asked_whose = ""

    def heading(self) -> str:
        """Which check-in, of whom."""
        line = self.sheet.line
        planned = [slot for slot in self.sheet.slots if slot.kind == "check_in"]
        slot = self.slot()
        other = "extra" if self.chosen else "of which week?"
        which = f"{planned.index(slot) + 1} of {len(planned)}" if slot in planned else other
        return f"Check-in {which} · {line.employee} · {line.case}"

    def above(self) -> Iterable[Widget]:
        """When it was planned, or why there is none."""
        self.planned_line = FormText(self.planned(), wraps=True)
        return (self.planned_line,)

    # -- fields ------------------------------------------------------------------------------------------

    def fields(self) -> Iterable[Widget]:
        """In the order of the talk."""
        past = self._past()
        waiting = {self.chosen, *kept_slots(self.app.kept, self.case)}
        options = slot_choices(self.sheet.slots, waiting)
        yield Field(Spec("slot", "Check-in", "choice", "which one", required=True, choices=options, text=self.chosen))
        held = held_proposal(self.slot(), self.today)
        yield Field(Spec("occurred_on", "Held", "date", "the day it was held", text=held), explain=past.date)
        yield Field(Spec("attendees", "With", "line", "who was there, parted by commas", text=self.attendees()))
        yield from self._last_time()
        yield from self._goals()
        yield FormText([""])
        for name, label, kind, about in TEXTS:
            yield Field(Spec(name, label, kind, about))
        about = 'one a line: who, what, by when, such as "Dana: rework the script, by fri"'
        yield Field(Spec("actions", "Next", "long", about))
        yield Field(Spec("note", "Note", "long", "key points that have no other place"))
        yield FormText([self._then()])

    def attendees(self) -> str:
        """The manager, or who stands in for them, and the employee, by name."""
        parties, today = self.sheet.header.parties, self.app.me().today
        there = names_on(parties, today) | deputy_names(parties, today)
        return ", ".join(there[role] for role in ("manager", "employee") if role in there)

    def _last_time(self) -> Iterable[Widget]:
        pending = [action for action in self.sheet.actions if action.open]
        if pending:
            yield FormText(["", " From last time: space ticks what is done"])
        for action in pending:
            spec = Spec(DONE + action.ref, self._action(action), "tick", "agreed before; ticked: it is done now")
            yield Field(spec, label_width=0)

    def _action(self, action: ActionLine) -> str:
        who = f"{action.who}: " if action.who else ""
        by = f", by {show_date(action.due, self.today)}" if action.due else ""
        return f"{who}{action.text}{by}{', late' if action.late else ''}"

    def _goals(self) -> Iterable[Widget]:
        if not self.sheet.goals:
            return
        # A terminal too narrow for all of it keeps the box to type in, and says less of the goal.
        wide = max(18, min(40, self.app.size.width - 20))
        yield FormText(["", f" {'Goal':<{wide - 8}}{'last':>8}  {'now':<17}{'should be':>8}"])
        for number, goal in enumerate(self.sheet.goals, 1):
            label = f"{number} {goal.statement or goal.id}"
            last = as_text(goal.last) or (goal.last_note and "noted") or "-"
            spec = Spec(GOAL + goal.id, goal_label(label, last, wide), "line", about_goal(goal))
            numeric = goal.kind == "numeric"
            explain = partial(self._standing, goal) if numeric else None
            yield Field(spec, label_width=wide, width=16 if numeric else 0, explain=explain)

    def _should_be(self, goal: GoalLine) -> Decimal | None:
        """Where the goal should have been on the day of the meeting."""
        plan = self.sheet.plan
        if plan is None or goal.id not in plan.text.goals.items:
            return goal.should_be
        return should_be(plan.text, goal.id, plan.start, self.held_on())

    def held_on(self) -> dt.date:
        """The day of the meeting as typed; where that is no day yet, the planned one if it is past, else today."""
        typed = self.field("occurred_on") if self.is_mounted else None
        proposed = held_proposal(self.slot(), self.today)
        for text in (typed.text if typed else "", proposed):
            try:
                return self._past().reading.date(text)
            except BadInput:
                continue
        return self.today

    def _past(self) -> Calendar:
        header = self.sheet.header
        return Calendar(self.today, header.start, header.end, past=True, order=date_order(header.zone))

    def _standing(self, goal: GoalLine, text: str) -> str:
        expected = self._should_be(goal)
        should = as_text(expected)
        value, _ = split_value(text)
        if text.strip() and not value and goal.kind == "numeric":
            return KEPT_AS_WORDS
        word = progress(value, goal.direction, expected, goal.target) if value else ""
        return f"{should:>7} {word}"

    def _then(self) -> str:
        open_ = ("due", "overdue", "planned")
        coming = [one for one in self.sheet.slots if one.state in open_ and one.id != self.chosen and one.on]
        first = coming[0] if coming else None
        if first is None or first.on is None:
            return "  Then            nothing more is planned"
        at = f" {first.at}" if first.at else ""
        what = "the final review" if first.kind == "final_review" else "as planned"
        told = {"overdue": "overdue, not recorded yet", "due": "today, not recorded yet"}.get(first.state, what)
        return f"  Then            {show_date(first.on, self.today)}{at}, {told}"

    def focus_first(self) -> None:
        """The cursor where the talk begins: what was agreed, else the first goal; the rest is filled in already."""
        first = next((one for one in self.all_fields if one.spec.name.startswith((DONE, GOAL))), None)
        if first is None:
            super().focus_first()
        else:
            first.focus_editor()

    # -- typing ------------------------------------------------------------------------------------------

    def typed(self, field: Field) -> None:
        """Another slot has another day; what is read of the next actions is shown while they are typed."""
        if field.note == KEPT_AS_WORDS:
            self.about.put(
                [f"  {field.text.strip()} is no number: it is kept as words, and does not count as a value."]
            )
        elif field.spec.name == "slot":
            self.another(field)
            self._stand_anew()
        elif field.spec.name == "occurred_on":
            self._stand_anew()
        elif field.spec.name == "actions":
            lines = self.actions()
            if lines:
                last = lines[-1]
                due = f"by {last.due}: {self._calendar().date(last.due)}" if last.due else "no day"
                self.about.put([f"  {last.who or 'nobody named'} · {last.text} · {due}"])

    def _stand_anew(self) -> None:
        """Another day: other values are expected then."""
        for field in self.all_fields:
            if field.spec.name.startswith(GOAL):
                field.refresh_note()

    def _calendar(self) -> Calendar:
        header = self.sheet.header
        return Calendar(self.today, header.start, header.end, order=date_order(header.zone))

    def actions(self) -> tuple[NextAction, ...]:
        """The next actions as they are understood."""
        field = self.field("actions")
        return read_actions(field.text, self._is_date) if field else ()

    def _is_date(self, text: str) -> bool:
        try:
            self._calendar().reading.date(text)
        except BadInput:
            return False
        return True

    # -- saving ------------------------------------------------------------------------------------------

    def act_typed(self) -> str:
        """The check-in."""
        return "log_check_in"

    def data(self) -> dict[str, Any]:
        """The check-in as the desk takes it."""
        texts = self.texts
        values = {}
        for name, text in texts.items():
            if name.startswith(GOAL) and text.strip():
                value, note = split_value(text)
                values[name.removeprefix(GOAL)] = {"value": value, "note": note}
        plain = ("slot", "occurred_on", "note", *(name for name, *_ in TEXTS))
        data: dict[str, Any] = {name: texts[name] for name in plain if texts[name].strip()}
        data["attendees"] = people(texts["attendees"])
        data["values"] = values
        data["actions"] = [self._dated(action) for action in self.actions()]
        data["done"] = [name.removeprefix(DONE) for name, text in texts.items() if name.startswith(DONE) and text]
        return data

    def _dated(self, action: NextAction) -> dict[str, str]:
        # A check-in lies behind us, what was agreed there lies ahead: "fri" has to be read that way.
        due: dt.date | None = self._calendar().reading.date(action.due) if action.due else None
        return {"who": action.who, "text": action.text} | ({"due": due.isoformat()} if due else {})

    def save(self) -> None:
        """Record it; an action that is nobody's, and what the gate remarks on, are asked about once."""
        if self.chosen and not recorded(self.sheet, self.chosen):
            if not self._asks_whose():
                self._record()
        elif self.chosen:
            self.say_taken()
        else:
            self.refuse(("slot: which check-in is it?",))
            self.warn("Say in Check-in for which one this was typed: it came from an earlier version.")
            if (field := self.field("slot")) is not None:
                field.focus_editor()

    def looked_at(self) -> Sequence[Finding]:
        """What the gate says of the check-in as it is typed."""
        return self.desk.preview("log_check_in", self.case, self.data()).findings

    def _record(self) -> None:
        try:
            if self.asks_first():
                return
            done = self.desk.do("log_check_in", self.case, self.data(), expect=self.base, token=self.token)
        except Refused:
            self.rebase()
            if not recorded(self.sheet, self.chosen):
                raise
            self.say_taken()
        else:
            self.saved(done)

    def told_fields(self) -> Iterable[tuple[str, str, str]]:
        """What was said: not which check-in it was, and not the day, which a note has, too."""
        goals = {GOAL + goal.id: goal.statement or goal.id for goal in self.sheet.goals}
        for field in self.all_fields:
            name, text = field.spec.name, field.text
            if name not in ("slot", "occurred_on"):
                yield name, goals.get(name, field.spec.label), "done" if name.startswith(DONE) and text else text

    def _asks_whose(self) -> bool:
        nobody = next((one for one in self.actions() if not one.who), None)
        if nobody is None or nobody.text == self._asked_whose:
            return False
        self._asked_whose = nobody.text
        if (field := self.field("actions")) is not None:
            field.focus_editor()
        self.warn(
            f"Whose is “{nobody.text}”? Write it as “Dana: {nobody.text}”.",
            "ctrl+s once more records it as it is, as nobody's.",
        )
        return True

    def verb_missed(self) -> None:
        """Say that it was missed, and why."""
        slot = self.slot()
        if slot is None:
            self.warn("An extra check-in was not planned, so it cannot have been missed.")
            return
        if recorded(self.sheet, self.chosen):
            self.say_taken()
            return
        self.app.push_screen(ActForm(self.case, "miss_check_in", {"slot": slot.id}))


def about_goal(goal: GoalLine) -> str:
    """The whole goal, how it is measured, and what can be typed."""
    said = f"noted last time: {goal.last_note}" if goal.last_note and goal.last is None else ""
    if goal.kind == "numeric":
        measured = f"in {goal.metric}" if goal.metric and goal.metric != goal.statement else ""
        parts = (goal.statement, measured, "a number, words, or both", said)
    else:
        parts = (goal.statement, f"met when: {goal.criterion}" if goal.criterion else "", "in words", said)
    return " · ".join(part for part in parts if part)


def goal_label(statement: str, last: str, wide: int = 40) -> str:
    """A goal and its last value in the label's columns, so many."""
    from screens.widgets.fields import cells

    return f"{cells(statement, wide - 9)} {last[:8]:>8}"


def split_value(text: str) -> tuple[str, str]:
    """ "44 two days sick" as number and note; words alone are a note."""
    text = text.strip()
    try:
        read_number(text, "")
    except BadInput:
        pass
    else:
        return text, ""
    found = NUMBER.match(text)
    return (found[1].strip(), found[2].strip()) if found else ("", text)
