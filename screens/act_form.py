"""A form made from an act's inputs: every act has one without anybody writing it."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, Final

from textual import events
from textual.widget import Widget

from piptui.cases.acts import ACTS
from piptui.cases.parties import PART_WORDS
from piptui.cases.words import words
from piptui.dates import date_order, show_date
from piptui.desk.api import ActLine, CaseSheet, Done, InputLine, Preview, SlotLine
from piptui.errors import Conflict, NotFound, PiptuiError
from screens.actions import Action
from screens.checkin_text import rows
from screens.explain import Calendar, explain_for
from screens.forms import FormPage, KeptKey
from screens.labels import label as named
from screens.widgets.editors import Choice
from screens.widgets.fields import Field, FormText, Kind, Spec
from screens.widgets.person import PersonField

KINDS: Final[dict[str, Kind]] = {
    "text": "prose",
    "long text": "long",
    "date": "date",
    "time": "time",
    "number": "number",
    "whole number": "number",
    "yes/no": "yes/no",
    "choice": "choice",
    "list": "list",
    "table": "list",
    "item": "list",
}
"""Type of an input -> kind of field."""

PEOPLE: Final = frozenset({"person"})
"""Inputs that name somebody of the directory."""

HIDDEN: Final = frozenset({"was", "verdicts"})
"""Inputs for which there is another way on the screens: what was read is known, verdicts are given one by one."""

ENTRY_WIDTH: Final = 60
"""Cells of a choice that names an entry."""

ONLY_EVIDENCE: Final = "for evidence"
"""Inputs of a note that are asked for evidence alone begin their sentence so."""


FINAL: Final[dict[str, str]] = {
    "adopt": "to take the plan over: it cannot be edited afterwards",
    "issue": "to issue the plan: it cannot be edited afterwards",
    "acknowledge": "to record the acknowledgement: it cannot be taken back",
    "refuse": "to record the refusal: it cannot be taken back",
    "decide": "to decide: the case is closed with it",
    "withdraw": "to withdraw the plan: the case ends without a verdict",
    "discard": "to discard the case: it ends here",
}
"""Acts of no return: what ctrl+s is pressed once more for."""

SAVE_WORDS: Final[dict[str, str]] = {
    **{name: name for name in ("submit", "return", "approve", "issue", "decide", "withdraw", "discard")},
    **{name: name for name in ("correct", "strike")},
    "open_review": "open",
    "adopt": "take over",
    "bring_in": "bring in",
    "assess": "give verdict",
}
"""What ctrl+s does, in the footer; every other act is recorded."""


class ActForm(FormPage):
    """Do an act: its inputs as fields, who will read it, what the gate says; ctrl+s does it."""

    def __init__(self, case: str, act: str, prefill: Mapping[str, Any] | None = None) -> None:
        super().__init__(case)
        self._sure = False
        self.before: tuple[str, ...] = ()
        """What has to be said before the act can be looked at."""
        self.act_name = act
        self.prefill = dict(prefill or {})
        self.sheet: CaseSheet = self.desk.view(case)
        self.case = self.sheet.line.case
        self.base = self.sheet.revision
        acts = {one.act: one for one in self.desk.acts(self.case)}
        if act not in acts:
            raise NotFound(f"There is no act called {act}.")
        self.act: ActLine = acts[act]

    def key(self) -> KeptKey:
        """One for each act and what it is done to, such as each goal's verdict."""
        return (self.case, f"act {self.act_name}", "/".join(f"{k}={v}" for k, v in sorted(self.prefill.items())))

    def act_typed(self) -> str:
        """The act."""
        return self.act_name

    def heading(self) -> str:
        """The act."""
        return self.act.title

    def above(self) -> Iterable[Widget]:
        """The case that it is done to."""
        line = self.sheet.line
        return (FormText([f" {line.employee} · {line.case} · {words(line.stage)}"]),)

    def body(self) -> Iterable[Widget]:
        """Sentences of the preview above the fields."""
        self.preview = FormText(wraps=True)
        return (self.preview, *super().body())

    def on_mount(self) -> None:
        """Why it is not possible."""
        if not self.act.possible:
            self.warn(self.act.reason or "This is not possible now.")

    def begun(self) -> None:
        """What it would do, with all that is typed already."""
        self.show_evidence_fields()
        self.look_ahead()

    def fields(self) -> Iterable[Widget]:
        """One field for each input."""
        for line in self.act.inputs:
            if line.name not in HIDDEN:
                yield self.field_of(line)

    def field_of(self, line: InputLine) -> Field:
        """The field of an input."""
        spec = self.spec(line)
        if spec.kind == "line":
            return PersonField(spec, self.find, label_width=self.LABEL_WIDTH)
        explain = explain_for(spec.kind, self.calendar())
        wide = ENTRY_WIDTH if line.name == "entry" else 0
        return Field(spec, explain=explain, label_width=self.LABEL_WIDTH, width=wide)

    def calendar(self) -> Calendar:
        """Dates as the desk reads them in an act: what is told lies behind us, what is planned ahead."""
        header, past = self.sheet.header, ACTS[self.act_name].past_dates
        return Calendar(self.app.me().today, header.start, header.end, past=past, order=date_order(header.zone))

    def hint_word(self, action: Action) -> str:
        """ctrl+s does the act."""
        return SAVE_WORDS.get(self.act_name, "record") if action.id == "form.save" else super().hint_word(action)

    def spec(self, line: InputLine) -> Spec:
        """A field for an input; inputs that name a part of the case offer what there is."""
        options = tuple((key, words(key)) for key in line.choices) or self.options(line.name)
        kind: Kind = "choice" if options else "line" if line.name in PEOPLE else KINDS.get(line.type, "prose")
        given = self.prefill.get(line.name, "")
        text = given if isinstance(given, str) else "\n".join(map(str, given)) if given else ""
        if not text and line.default and (kind != "choice" or line.default in dict(options)):
            text = line.default
        if kind == "yes/no":
            text = {"true": "yes", "false": "no"}.get(text.casefold(), text)
        about = line.about + (", a line each as name: value" if line.type in ("table", "item") else "")
        return Spec(line.name, named(line.name), kind, about, line.required or self.asked_now(line), options, text)

    def asked_now(self, line: InputLine) -> bool:
        """A final review before the end of the period is given a reason."""
        end = self.sheet.header.end
        early = end is not None and self.app.me().today < end
        return self.act_name == "open_review" and line.name == "text" and early

    def options(self, name: str) -> tuple[tuple[str, str], ...]:
        """The parts of the case that an input can name."""
        if name == "person" and self.act_name == "end_delegation":
            return told_deputies(self.sheet, self.app.me().today)
        if name == "goal":
            return tuple((goal.id, f"{goal.id} {goal.statement}") for goal in self.sheet.goals)
        if name == "entry":
            return told_entries(self.sheet, self.app.me().today)
        if name == "support":
            return tuple((one.id, f"{one.id} {one.statement}") for one in self.sheet.support)
        if name == "slot":
            logged = ("held", "missed")
            return tuple(slot_option(one) for one in self.sheet.slots if one.state not in logged)
        return ()

    # -- what it would do --------------------------------------------------------------------------------

    def data(self) -> dict[str, Any]:
        """The inputs as typed; empty ones are left out, so that their defaults hold."""
        given: dict[str, Any] = {}
        types = {line.name: line.type for line in self.act.inputs}
        for field in self.all_fields:
            text = field.text
            if text.strip() and field.display:
                name = field.spec.name
                known = field.value if isinstance(field, PersonField) else text
                given[name] = rows(text) if types.get(name) in ("table", "item") else known
        return given

    def on_descendant_blur(self, _event: events.DescendantBlur) -> None:
        """A field is left: look again at what the act would do."""
        if self.is_mounted and self.app.screen is self:
            self.look_ahead()

    def look_ahead(self) -> None:
        """Show the sentences, the findings and the readers; what is still missing is no trouble yet."""
        if not self.act.possible:
            return
        try:
            seen = self.seen_ahead()
        except PiptuiError as error:
            reasons = getattr(error, "reasons", ()) or (str(error),)
            self.preview.put(())
            self.refuse(reasons)
            self.before = tuple(reasons)
            self.show_before()
            return
        self.refused = self.before = ()
        self.readers = seen.readers.replace(": ", " (", 1) + ")" if seen.readers.count(":") == 1 else seen.readers
        blocked = any(one.severity == "block" for one in seen.findings) or any(map(self.wanting, self.all_fields))
        lead = "Once nothing is missing: " if blocked else self.lead()
        recorded = [f" {lead}{self.in_words(sentence)}" for sentence in seen.sentences[:4]]
        self.preview.put([*recorded, *([f" {seen.told}"] if seen.told else [])])
        self.show_findings(seen.findings)
        self.tell_about()

    def lead(self) -> str:
        """What stands before the sentences that the act would put on record."""
        return "Will be recorded: "

    def show_before(self) -> None:
        """What is still missing."""
        self.show_findings((), [f"  Before it can be done: {self.in_words(reason)}" for reason in self.before])

    def typed(self, field: Field) -> None:
        """Evidence asks for more than a note does; a choice is looked at when it is made, a text when it is left."""
        self._sure = False
        told = tuple(one for one in self.before if field.spec.name not in self.names_of(one))
        if told != self.before:
            self.before = told
            self.show_before()
        if isinstance(field, PersonField) and field.person is not None:
            self.look_ahead()
        if field.spec.name == "kind":
            self.show_evidence_fields()
        if isinstance(field.editor, Choice):
            self.look_ahead()

    def show_evidence_fields(self) -> None:
        """Fields that only evidence has are there for evidence."""
        kind = self.field("kind")
        for field in self.all_fields:
            if field.spec.about.startswith(ONLY_EVIDENCE):
                field.display = kind is None or kind.text == "evidence"

    # -- doing it ----------------------------------------------------------------------------------------

    def save(self) -> None:
        """Do the act; what cannot be taken back is asked for twice."""
        empty = next((one for one in self.all_fields if self.wanting(one)), None)
        if empty is not None:
            self.refused = (empty.spec.name,)
            self.warn(f"The period has not ended: say in {empty.spec.label} why the final review begins now.")
            empty.focus_editor()
            return
        self.look_ahead()
        if self.act_name in FINAL and not self._sure and self._would_pass():
            self._sure = True
            self.warn(f"Press ctrl+s once more {FINAL[self.act_name]}.")
            return
        self.saved(self.done_now())

    def seen_ahead(self) -> Preview:
        """What the desk says that the act would do."""
        return self.desk.preview(self.act_name, self.case, self.data())

    def done_now(self) -> Done:
        """The act, done."""
        return self.desk.do(self.act_name, self.case, self.data(), expect=self.base, token=self.token)

    def wanting(self, field: Field) -> bool:
        """Whether the form asks for more here than the desk insists on, and nothing is typed."""
        return self.act_name == "open_review" and field.spec.required and not field.text.strip()

    def _would_pass(self) -> bool:
        return not self.before and all(one.severity != "block" for one in self.findings)

    def conflict(self, error: Conflict) -> None:
        """The act rests on a state that is gone: the text stays, the next save rests on what is there now."""
        self._sure = False
        self.rebase()
        self.look_ahead()
        self.warn(str(error), "Your text is still here; ctrl+s does it on what is there now.")

    def catch_up(self) -> str:
        """What the act would do now, or why it is not possible any more."""
        self.rebase()
        self.act = next((one for one in self.desk.acts(self.case) if one.act == self.act_name), self.act)
        self.look_ahead()
        if not self.act.possible:
            self.warn(self.act.reason or "This is not possible any more.")
        return ""

    def rebase(self) -> None:
        """Read the case again."""
        self.sheet = self.desk.view(self.case)
        self.base = self.sheet.revision


def told_entries(sheet: CaseSheet, today: dt.date) -> tuple[tuple[str, str], ...]:
    """What can be mended, by id, in words: "check-in w3, Tue 17 Nov", "note, Fri 6 Nov: He said …"."""
    check_ins = [
        (one.id, f"check-in {one.record.slot}, {show_date(on, today)}" if on else f"check-in {one.record.slot}")
        for one in sheet.check_ins
        if one.record.struck is None
        for on in (one.record.occurred_on or one.record.planned,)
    ]
    entries = [
        (one.id, f"{words(one.kind)}, {show_date(one.occurred_on, today)}" + (f": {one.text}" if one.text else ""))
        for one in sorted(sheet.entries, key=lambda one: -one.seq)
        if not one.struck
    ]
    files = [
        (one.id, f"file {one.name}" + (f", {words(one.kind)}" if one.kind != "other" else ""))
        for one in sorted(sheet.files, key=lambda one: -one.seq)
        if not one.struck
    ]
    return (*check_ins, *entries, *files)


def told_deputies(sheet: CaseSheet, today: dt.date) -> tuple[tuple[str, str], ...]:
    """Who stands in now or is going to, by id: "Noor Haddad, manager, until Fri 4 Dec"."""
    return tuple(
        (one.person, f"{one.name}, {PART_WORDS[one.role]}, until {show_date(one.until, today)}")
        for one in sheet.header.parties
        if one.deputy_for and one.until is not None and one.until >= today
    )


def slot_option(slot: SlotLine) -> tuple[str, str]:
    """A check-in to choose: its id, and its week and day in words."""
    on = show_date(slot.on, slot.on) if slot.on else ""
    late = {"overdue": ", overdue", "due": ", due"}.get(slot.state, "")
    return slot.id, f"week {slot.week}, {on}{late}"
