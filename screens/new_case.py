"""Open a case: pick the employee by typing; the rest is suggested."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from textual.widget import Widget

from piptui.cases.words import words
from piptui.dates import date_order
from piptui.desk.api import InputLine, PersonLine
from piptui.errors import PiptuiError
from piptui.paths import data_dir
from piptui.policy import read_pack
from screens.act_form import KINDS
from screens.base import Page
from screens.explain import Calendar, explain_for
from screens.forms import FormPage, KeptKey
from screens.labels import label as named
from screens.widgets.fields import Field, Spec
from screens.widgets.person import PersonField

PEOPLE: Final = frozenset({"employee", "manager", "second_manager", "hr_partner", "legal_reviewer"})
"""Inputs of `new` that name a person."""


class NewCasePage(FormPage):
    """A new case, perhaps for somebody who was chosen already; ctrl+s opens it and goes there."""

    LABEL_WIDTH = 16
    SAVE_WORD = "open the case"

    def __init__(self, person: PersonLine | None = None) -> None:
        super().__init__()
        self._person = person
        self.inputs: Sequence[InputLine] = self.desk.new_inputs()
        self.usual: Mapping[str, int] = {}
        """Kind of shortfall -> the days that the policy suggests, read when the first one is chosen."""
        self.suggested = ""

    def heading(self) -> str:
        """What this is."""
        return "New case"

    def key(self) -> KeptKey:
        """There is one at a time."""
        return ("", "new case", "")

    def fields(self) -> Iterable[Widget]:
        """One field for each input of `new`."""
        me = self.app.me()
        calendar = Calendar(me.today, order=date_order(me.zone))
        for line in self.inputs:
            label = named(line.name)
            if line.name in PEOPLE:
                spec = Spec(line.name, label, "line", line.about, line.required, text=line.default)
                yield PersonField(spec, self.find, label_width=self.LABEL_WIDTH)
                continue
            choices = tuple((key, words(key)) for key in line.choices)
            kind = "choice" if choices else KINDS.get(line.type, "line")
            kind = "line" if kind == "prose" else kind
            text = line.default if kind != "choice" or line.default in line.choices else ""
            spec = Spec(line.name, label, kind, line.about, line.required, choices, text)
            yield Field(spec, explain=explain_for(kind, calendar), label_width=self.LABEL_WIDTH)

    def begin(self, *, quietly: bool = False) -> None:
        """Begin with the person whom this was opened for, if there is one."""
        super().begin(quietly=quietly)
        employee = self.field("employee")
        if self._person is not None and isinstance(employee, PersonField) and not employee.text:
            employee.put(self._person.name)
            employee.person = self._person
            self.suggest(self._person)
            self.keep()

    def typed(self, field: Field) -> None:
        """Who is taken, and what kind of shortfall it is, suggests other fields."""
        if isinstance(field, PersonField) and field.spec.name == "employee" and field.person is not None:
            self.suggest(field.person)
        elif field.spec.name == "category":
            self.suggest_days(field.text)

    def suggest_days(self, category: str) -> None:
        """The length that is usual for this kind of shortfall, where no other one was typed."""
        if not self.usual:
            policy, _ = read_pack(data_dir() / "policies")
            self.usual = {str(key): days for key, days in policy.period.suggested.items()}
        days = self.field("days")
        if days is None:
            return
        found = str(self.usual.get(category, ""))
        if days.text.strip() in ("", self.suggested):
            days.put(found)
            self.suggested = found
            self.keep()
        if found:
            self.say(f"Usual for {words(category)}: {found} days.")

    def suggest(self, person: PersonLine) -> None:
        """The employee is taken: the manager on file is suggested, and an open case is told at once."""
        self.say(f"{person.name} has an open case already: {person.open_case}." if person.open_case else "")
        manager = self.field("manager")
        if person.manager and manager is not None and not manager.text:
            known = [one for one in self.find(person.manager) if person.manager in (one.id, one.name)]
            manager.put(known[0].name if len(known) == 1 else person.manager)
            if isinstance(manager, PersonField) and len(known) == 1:
                manager.person = known[0]
            self.keep()

    def save(self) -> None:
        """Open the case and show it."""
        data: dict[str, Any] = {
            field.spec.name: field.value if isinstance(field, PersonField) else field.text
            for field in self.all_fields
            if field.text.strip()
        }
        done = self.desk.new(data, token=self.token)
        self.saved(done)
        try:
            number = self.desk.view(done.case).line.case
        except PiptuiError:
            return
        self.app.open_case(number)
        page, told = self.app.screen, [one.text for one in done.findings]
        if told and isinstance(page, Page):
            page.call_after_refresh(page.say, done.sentence, *told)
