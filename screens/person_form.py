"""The form of an act on a person, made from its inputs as that of an act on a case is."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from textual.widget import Widget

from piptui.cases.words import words
from piptui.dates import date_order, show_date
from piptui.desk.api import ActLine, Done, InputLine, NoteLine, PersonSheet, Preview
from piptui.errors import NotFound
from screens.act_form import ActForm
from screens.base import Page
from screens.explain import Calendar
from screens.forms import FormPage, KeptKey
from screens.widgets.fields import Field, FormText, Spec
from screens.widgets.person import PersonField

SAVE_WORDS: Final[dict[str, str]] = {
    "add_person": "add",
    "change_person": "change",
    "set_logins": "set",
    "give_role": "give",
    "end_role": "end",
    "correct": "correct",
    "strike": "strike",
}
"""What ctrl+s does, in the footer; everything else is recorded."""

LABELS: Final = {"role": "Role", "entry": "Note", "field": "Which part", "value": "Should say"}


class PersonActForm(ActForm):
    """Do an act on a person: what is on record stands in the fields; ctrl+s does it."""

    def __init__(self, who: str, act: str, prefill: Mapping[str, Any] | None = None) -> None:
        FormPage.__init__(self)  # there is no case behind it
        self._sure = False
        self.before = ()
        self.act_name = act
        self.who: PersonSheet | None = self.desk.person(who) if who else None
        self.base = self.who.revision if self.who else None
        self.put_in = ""
        acts: dict[str, ActLine] = {one.act: one for one in self.desk.person_acts(self.who_id or None)}
        if act not in acts:
            raise NotFound(f"There is no act on a person called {act}.")
        self.act = acts[act]
        self.prefill = {**self.on_record(), **(prefill or {})}
        self.began = {name: str(text) for name, text in self.on_record().items()}

    @property
    def who_id(self) -> str:
        """The id of the person, "" while nobody is there yet."""
        return self.who.line.id if self.who else ""

    def on_record(self) -> dict[str, str]:
        """What the record says, for acts that say it anew."""
        if self.who is None:
            return {}
        line, spells = self.who.line, self.who.spells
        if self.act_name == "set_logins":
            return {"logins": "\n".join(self.who.logins)}
        if self.act_name != "change_person":
            return {}
        hired = spells[-1].hired_on if spells else None
        return {
            "name": line.name,
            "number": line.number,
            "email": line.email,
            "title": line.title,
            "department": line.department,
            "location": self.who.location,
            "zone": self.who.zone,
            "hired_on": hired.isoformat() if hired else "",
            "manager": line.manager,
        }

    def key(self) -> KeptKey:
        """One for each act and person."""
        return ("", f"person {self.act_name}", self.who_id)

    def above(self) -> Iterable[Widget]:
        """Whom it is about."""
        if self.who is None:
            return (FormText([" Somebody who is in no export of the HR system"]),)
        parts = (self.who.line.name, self.who.line.number, self.who.line.title)
        return (FormText([" " + " · ".join(part for part in parts if part)]),)

    def hint_word(self, action: Any) -> str:
        """What ctrl+s does."""
        if action.id == "form.save":
            return SAVE_WORDS.get(self.act_name, "record")
        return FormPage.hint_word(self, action)

    def calendar(self) -> Calendar:
        """Dates as the desk reads them in this act."""
        me = self.app.me()
        return Calendar(me.today, past=self.act.past_dates, order=date_order(me.zone))

    def spec(self, line: InputLine) -> Spec:
        """A manager is somebody of the directory."""
        spec = super().spec(line)
        spec = replace(spec, label=LABELS.get(line.name, spec.label))
        return replace(spec, kind="line") if line.name == "manager" else spec

    def field_of(self, line: InputLine) -> Field:
        """The manager on record is taken already."""
        field = super().field_of(line)
        if isinstance(field, PersonField) and self.who is not None and field.text == self.who.line.manager:
            found = [one for one in self.find(field.text) if one.id == self.who.manager_id] if field.text else []
            field.person = found[0] if found else None
        return field

    def asked_now(self, line: InputLine) -> bool:
        """Nothing beside what the desk asks."""
        return False

    def options(self, name: str) -> tuple[tuple[str, str], ...]:
        """The notes that can be mended."""
        if name != "entry" or self.who is None:
            return ()
        today = self.app.me().today
        notes = sorted((one for one in self.who.notes if not one.struck), key=lambda one: -one.seq)
        return tuple((one.id, f"{show_date(one.occurred_on, today)}, {told(one)}") for one in notes)

    def data(self) -> dict[str, Any]:
        """As typed; of what is on record only what was changed, and emptied too."""
        given = super().data()
        if self.act_name != "change_person":
            return given
        changed: dict[str, Any] = {}
        for field in self.all_fields:
            name = field.spec.name
            if field.text.strip() != self.began.get(name, "").strip():
                changed[name] = given.get(name, "")
        return changed

    def typed(self, field: Field) -> None:
        """The text that shall be corrected comes into the field where it is corrected."""
        super().typed(field)
        if self.act_name == "correct" and field.spec.name in ("entry", "field"):
            self.begin_with_old_text()

    def on_mount(self) -> None:
        """Why it is not possible, or what it would do; the old text, where one is corrected."""
        if self.act_name == "correct":
            self.begin_with_old_text()
        super().on_mount()

    def begin_with_old_text(self) -> None:
        """Put what the note says into the field for what it should say, unless something else was typed there."""
        entry, part, value = (self.field(name) for name in ("entry", "field", "value"))
        note = next((one for one in self.who.notes if entry and one.id == entry.text), None) if self.who else None
        if note is None or value is None or value.text.strip() not in ("", self.put_in.strip()):
            return
        old = getattr(note, (part.text if part else "") or "text", "")
        self.put_in = str(old)
        value.put(self.put_in)

    def seen_ahead(self) -> Preview:
        """What the desk says that the act would do."""
        return self.desk.preview_person(self.act_name, self.who_id, self.data())

    def done_now(self) -> Done:
        """The act, done."""
        return self.desk.do_person(self.act_name, self.who_id, self.data(), expect=self.base, token=self.token)

    def saved(self, done: Done) -> None:
        """It is in the record: the page below says so, with what is worth a look."""
        super().saved(done)
        below, looks = self.app.screen, [one.text for one in done.findings]
        if looks and isinstance(below, Page):
            below.say(done.sentence, *looks)

    def rebase(self) -> None:
        """Read the person again."""
        if self.who is not None:
            self.who = self.desk.person(self.who_id)
            self.base = self.who.revision


def told(note: NoteLine) -> str:
    """A note in one line, for a choice."""
    return f"{words(note.kind)}: {note.topic or note.text}"
