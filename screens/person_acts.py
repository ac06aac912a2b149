"""All acts on a person, with the reason where one is not possible now."""

from collections.abc import Collection, Sequence

from piptui.desk.api import ActLine, PersonSheet
from screens.acts import ActsPage


class PersonActsPage(ActsPage):
    """As the acts on a case: what is possible first. What is opened from here comes back to here."""

    def __init__(self, sheet: PersonSheet, acts: Sequence[ActLine]) -> None:
        super().__init__("", acts)
        self.sheet = sheet

    def heading(self) -> str:
        """Whom it is about."""
        return f"What can be done for {self.sheet.line.name}"

    def redaction(self) -> str:
        """The command that removes the person."""
        return f"piptui redact --person {self.sheet.line.number or self.sheet.line.id}"

    def read_acts(self) -> Sequence[ActLine]:
        """What can be done now."""
        return self.desk.person_acts(self.sheet.line.id)

    def open(self, act: ActLine) -> None:
        """Open the form of an act."""
        self.app.open_person_act(self.sheet.line.id, act.act)

    def concerns(self, cases: Collection[str]) -> bool:
        """News of people."""
        return "" in cases
