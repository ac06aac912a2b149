"""Somebody of the directory, found by typing: the people who match stand under the field."""

from collections.abc import Callable, Sequence

from textual import events
from textual.app import ComposeResult

from piptui.desk.api import PersonLine
from screens.widgets.editors import Editor, Line
from screens.widgets.fields import Field, FormText, Spec

SHOWN = 6
"""People shown under the field."""


class PersonField(Field):
    """Typing finds, arrows choose, Enter takes. `person` is who is taken; without one the text stands for them."""

    DEFAULT_CSS = """
    PersonField { layout: vertical; }
    PersonField > FormText { display: none; }
    """

    def __init__(
        self,
        spec: Spec,
        find: Callable[[str], Sequence[PersonLine]],
        *,
        label_width: int = 14,
    ) -> None:
        self.person: PersonLine | None = None
        self.found: tuple[PersonLine, ...] = ()
        self.at = 0
        super().__init__(spec, label_width=label_width)
        self.find = find
        self.list = FormText()
        self.list.styles.margin = (0, 0, 0, label_width + 2)

    def _editor(self, spec: Spec) -> Editor:
        # A name is replaced as a whole: the first letter typed takes the place of the one that stands there.
        return Line(self, spec.text, replace=True)

    def compose(self) -> ComposeResult:
        """The line, and the list under it."""
        yield from super().compose()
        yield self.list

    @property
    def value(self) -> str:
        """What the desk gets: the person's id, or the text where nobody is taken."""
        return self.person.id if self.person else self.text

    def on_field_changed(self, event: Field.Changed) -> None:
        """Another text may mean another person."""
        if event.field is self:
            self.search()

    def search(self) -> None:
        """Show who matches."""
        text = self.text.strip()
        if self.person and self.person.name == text:
            return
        self.list_matches()

    def list_matches(self) -> None:
        """Show who matches what is typed, and that nobody does; until one is taken, nobody is meant."""
        text = self.text.strip()
        self.person, self.at = None, 0
        self.found = tuple(self.find(text))[:SHOWN] if text else ()
        self.show_found(nobody=bool(text))

    def show_found(self, *, nobody: bool = False) -> None:
        """Print the list."""
        lines = [f"{'>' if number == self.at else ' '} {described(one)}" for number, one in enumerate(self.found)]
        if nobody and not lines:
            lines = ["  Nobody matches. Part of a name, a number or an e-mail finds people."]
        self.list.put(lines)
        self.list.display = bool(lines)

    def take(self) -> None:
        """Take the person under the cursor."""
        if not self.found:
            return
        person = self.found[self.at]
        self.person, self.found = person, ()
        self.put(person.name)
        self.show_found()
        self.post_message(self.Changed(self))

    def step(self, by: int) -> None:
        """Up and down the list while there is one."""
        if self.found and 0 <= self.at + by < len(self.found):
            self.at += by
            self.show_found()
        else:
            super().step(by)

    def enter(self) -> None:
        """Take and go on."""
        self.take()
        super().enter()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Whoever is the only one meant is taken; the list closes."""
        if len(self.found) == 1:
            self.take()
        self.found = ()
        self.show_found()


def described(person: PersonLine) -> str:
    """A person in a line: name, title, department, number, and an open case."""
    case = f"has case {person.open_case}" if person.open_case else ""
    left = f"left {person.left_on}" if person.left_on else ""
    return " · ".join(filter(None, (person.name, person.title, person.department, person.number, case, left)))
