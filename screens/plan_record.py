"""The draft behind the plan editor: one place of it as fields, what was there when typing began, and saving.

A place is saved with what it `was`; where somebody else changed it meanwhile, both texts stand side by side.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec
from textual.widget import Widget

from piptui.cases.plan import PlanText
from piptui.dates import date_order
from piptui.desk.api import CaseSheet
from piptui.errors import BadInput, Conflict, PiptuiError
from screens import plan_fields
from screens.conflict import ConflictPage
from screens.explain import Calendar, Explain, as_week, explain_for, number, week_number
from screens.forms import FormPage, KeptKey
from screens.merge import as_typed, differences
from screens.plan_fields import SECTIONS, Section, items_of
from screens.plan_outline import Place, later, place_named
from screens.widgets.fields import WORDS, Field, Spec
from screens.widgets.person import PersonField

WEEKS: Final = frozenset({"week", "first_week"})
"""Fields that count weeks: "week 2" is 2 there."""


def read_at(sheet: CaseSheet, text: PlanText, section: Section, item: str) -> Any:
    """A place of a draft as plain data; None where there is no such item."""
    if section.id == "people":
        return plan_fields.header_data(sheet)
    if not section.collection:
        return {name: msgspec.to_builtins(plan_fields.at(text, name)) for name in section.fields}
    found = items_of(text, section.collection).get(item)
    return None if found is None else msgspec.to_builtins(found)


def still_reads(sheet: CaseSheet, name: str, base: object) -> bool:
    """Whether a place of the draft says what it said when somebody began to type there."""
    part, _, item = name.partition(".")
    section = next((one for one in SECTIONS if part in (one.id, one.collection)), None)
    now = read_at(sheet, sheet.draft or PlanText(), section, item) if section is not None else None
    return bool(msgspec.json.decode(msgspec.json.encode(base)) == msgspec.json.decode(msgspec.json.encode(now)))


class PlanRecord(FormPage):
    """One place of the draft at a time."""

    def __init__(self, case: str) -> None:
        super().__init__(case)
        self.place = Place(SECTIONS[0])
        self.loading = False
        self.both = ("", "")
        """The field that holds two texts to make one of, and both of them."""
        self.readers = "manager and HR"
        self.sheet: CaseSheet
        self.text: PlanText
        self.read()
        self.case = self.sheet.line.case
        self.place = self.where_we_were()

    def draw(self) -> None:
        """Print what changed around the fields."""
        raise NotImplementedError

    def where_we_were(self) -> Place:
        """Where text is kept that is not saved, else where the editor was left."""
        names = [item for case, form, item in self.app.kept if (case, form) == (self.case, "plan")]
        names.append(str(self.app.kept.get((self.case, "plan, left at", ""), "")))
        found = [place for name in names if (place := place_named(name, self.text)) is not None]
        return found[0] if found else Place(SECTIONS[0])

    # -- what is there -----------------------------------------------------------------------------------

    @property
    def editable(self) -> bool:
        """Whether there is a draft."""
        return self.sheet.draft is not None

    def act_typed(self) -> str:
        """Editing the plan."""
        return "put"

    def key(self) -> KeptKey:
        """Text is kept for each item."""
        return (self.case, "plan", self.place.name)

    def read(self) -> None:
        """The case as it stands, and what the gate would say."""
        self.sheet = self.desk.view(self.case)
        self.text = self.sheet.draft or PlanText()
        try:
            found = self.desk.preview("submit", self.case, {}).findings
        except PiptuiError:
            found = ()  # not to be submitted now: then there is no gate to pass
        said = plan_fields.header_values(self.sheet) | {
            name: str(getattr(self.text, name)) for name in ("employee_view", "employee_view_absence")
        }
        self.findings = (*found, *later(said)) if self.editable else ()

    def fields(self) -> Iterable[Widget]:
        """The fields of the place."""
        if not self.editable:
            return
        start = self.text.start or self.app.me().today
        zone = self.sheet.header.zone
        past = self.place.section.collection == "evidence"
        calendar = Calendar(self.app.me().today, start, past=past, order=date_order(zone))
        values = self.as_texts() | self.suggested()
        for spec in plan_fields.specs(self.place.section, self.text, values):
            if spec.name in plan_fields.PARTIES:
                yield PersonField(spec, self.find, label_width=self.LABEL_WIDTH)
                continue
            yield Field(spec, explain=self.explain(spec, calendar), label_width=self.LABEL_WIDTH)

    def explain(self, spec: Spec, calendar: Calendar) -> Explain | None:
        """What stands beside a field; the value of a milestone says whether its goal has values at all."""
        if self.place.section.collection == "milestones" and spec.name == "target":
            return self.target_of_goal
        return week_number if spec.name in WEEKS else explain_for(spec.kind, calendar)

    def target_of_goal(self, text: str) -> str:
        """ "its goal has no number", where a value is typed for a milestone of a goal in words."""
        chosen = self.field("goal") if self.is_mounted else None
        goal = self.text.goals.items.get(chosen.text) if chosen else None
        if text.strip() and goal is not None and goal.kind == "qualitative":
            return "? its goal has no number"
        return number(text)

    def as_texts(self) -> dict[str, str]:
        """This place of the record, as it would be typed."""
        return self.texts_of(self.place.section, self.place.item)

    def texts_of(self, section: Section, item: str = "") -> dict[str, str]:
        """Any place of the record, as it would be typed."""
        if section.id == "people":
            return plan_fields.header_values(self.sheet)
        return plan_fields.values_of(section, self.text, item)

    def suggested(self) -> dict[str, str]:
        """What a new item begins with."""
        return {} if self.place.item else plan_fields.suggested(self.place.section, self.text)

    @property
    def changed(self) -> dict[str, str]:
        """What is typed otherwise than it was read; a suggestion alone is nothing typed."""
        changed = {} if self.loading else super().changed
        return {} if changed == self.suggested() else changed

    def unsaved(self) -> set[str]:
        """The sections with text that was typed and not saved."""
        names = [item for case, form, item in self.app.kept if (case, form) == (self.case, "plan")]
        found = [place_named(name, self.text) for name in names]
        return {place.section.id for place in found if place is not None and place != self.place}

    def keep(self) -> None:
        """While the fields change, what they hold belongs to no place."""
        if not self.loading:
            super().keep()

    def show_fitting(self) -> None:
        """A numeric goal has no criterion and a qualitative one no numbers; what is filled in stays visible."""
        kind = self.field("kind")
        absent = plan_fields.ABSENT.get(kind.text, frozenset()) if kind else frozenset()
        for field in self.all_fields:
            field.display = field.spec.name not in absent or (field.text != "" and field.spec.name != "direction")

    # -- saving ------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Save this item or section."""
        if not self.editable:
            self.warn("There is no draft to edit: an issued plan stays as it was delivered.")
            return
        changed = self.changed
        if not changed:
            self.say("Nothing is changed here.")
            return
        self.ask_of_both()
        act, data = self.what_to_do(changed)
        done = self.desk.do(act, self.case, data, token=self.token)
        self.forget()
        self.committed(done, stay=True)
        if self.place.section.collection and not self.place.item:
            self.place = Place(self.place.section, done.item)
        self.read()
        self.refill()

    def refill(self) -> None:
        """Show what the record says now, as the desk understood it."""
        for name, text in self.as_texts().items():
            field = self.field(name)
            if field is not None and field.text != text:
                field.put_still(text)
        self.base = self.as_read()
        self.base_texts = self.as_texts()
        self.draw()

    def on_changed(self) -> None:
        """Somebody else's change, or an act above: read again; what is typed stays typed."""
        changed = self.changed
        self.read()
        if changed:
            self.draw()
        elif self.is_gone():
            self.go_near()
        else:
            self.refill()

    def is_gone(self) -> bool:
        """Whether the item that is shown stands in the plan no more."""
        section, item = self.place.section, self.place.item
        return bool(item) and item not in items_of(self.text, section.collection)

    def go_near(self, at: int = 0) -> None:
        """To the item that stands in the place of one that is gone."""
        raise NotImplementedError

    def catch_up(self) -> str:
        """What somebody else saved stands here at once; what of it is changed, in words."""
        was, section, item = self.as_read(), self.place.section, self.place.item
        self.on_changed()
        here = f"{section.one} {item}" if item else section.title.lower()
        return here if self.as_read() != was else ""

    def as_read(self) -> Any:
        """This place of the record as plain data: what `was` there when typing began."""
        return read_at(self.sheet, self.text, self.place.section, self.place.item)

    def what_to_do(self, changed: dict[str, str]) -> tuple[str, dict[str, Any]]:
        """The act, and its input: only what was changed, beside what it was when it was read."""
        section, item = self.place.section, self.place.item
        people = {field.spec.name: field.value for field in self.all_fields if isinstance(field, PersonField)}
        changed = {name: as_week(text) if name in WEEKS else people.get(name, text) for name, text in changed.items()}
        if not section.collection:
            was = {name: self.base.get(name) for name in changed}
            if len(changed) == 1:
                ((name, text),) = changed.items()
                return "set", {"field": name, "value": text, "was": was[name] if was[name] is not None else ""}
            return "set", {"values": changed, "was": was}
        data: dict[str, Any] = {"collection": section.collection, "item": changed}
        return "put", data | ({"id": item, "was": self.base} if item else {})

    # -- two people --------------------------------------------------------------------------------------

    def conflict(self, error: Conflict) -> None:
        """Somebody saved the same thing: both stand side by side, and the result is saved on top of theirs."""
        section, item = self.place.section, self.place.item
        before, mine = self.before(), self.texts
        self.read()
        if item and item not in items_of(self.text, section.collection):
            self.removed_meanwhile(str(error))
            return
        theirs = self.as_texts()
        before = {name: before.get(name, "") for name in theirs}
        rows = differences(before, theirs, mine)
        labels = {field.spec.name: field.spec.label for field in self.all_fields}
        texts = {field.spec.name for field in self.all_fields if field.spec.kind in WORDS}
        page = ConflictPage(str(error), rows, labels, self.resolved, texts=texts, on_edit=self.edit_both)
        self.app.push_screen(page)

    def before(self) -> dict[str, str]:
        """What was there when typing began, as text; people by the names they had."""
        typed = as_typed(self.base)
        return typed | {name: self.base_texts.get(name, "") for name in typed if name in plan_fields.PARTIES}

    def removed_meanwhile(self, sentence: str) -> None:
        """What was typed becomes a new item, if it is saved."""
        section = self.place.section
        self.forget()
        self.place = Place(section)
        self.base, self.base_texts = None, self.as_texts()
        self.keep()
        self.draw()
        self.warn(sentence, f"Your text is here as a new {section.one}: ctrl+s adds it, Esc keeps it for later.")

    def edit_both(self, result: Mapping[str, str], name: str) -> None:
        """Both texts stand in the field, theirs first; nothing is saved until one was made of them."""
        self._put_chosen(result)
        if field := self.field(name):
            field.focus_editor()
            self.both = name, field.text
            self.say(f"Both texts are in {field.spec.label}, theirs first: make one of them, then ctrl+s saves it.")

    def ask_of_both(self) -> None:
        """Two texts that stand one below the other as they were taken over are saved as one only when asked twice."""
        name, text = self.both
        self.both = ("", "")
        field = self.field(name)
        if field is not None and field.text == text:
            raise BadInput(
                f"{name}: both texts stand in {field.spec.label} as they were, one below the other. "
                "ctrl+s once more saves them so."
            )

    def _put_chosen(self, result: Mapping[str, str]) -> None:
        self.base_texts = self.as_texts()
        self.base = self.as_read()
        for name, text in result.items():
            if field := self.field(name):
                field.put(text)
        self.keep()

    def resolved(self, result: Mapping[str, str]) -> None:
        """Put the chosen texts into the fields and save them on top of what is in the record now."""
        self._put_chosen(result)
        if self.changed:
            self.try_save()
        else:
            self.forget()
            self.draw()
            self.say("Theirs stays; nothing of yours had to be saved.")
