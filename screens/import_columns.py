"""What the columns of an HR export mean, and which one tells people apart: as guessed, or as somebody says."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import ClassVar, Final, NamedTuple

from textual.widget import Widget

from piptui.cases.words import words
from piptui.desk.api import ImportReport
from screens.actions import Action
from screens.base import Page
from screens.form_actions import COLUMN_ACTIONS
from screens.palette import PickPage
from screens.widgets.lines import Column, Lines
from screens.widgets.options import Option

MEANINGS: Final[dict[str, str]] = {
    "given": "given name",
    "family": "family name",
    "hired_on": "hired on",
    "left_on": "left on",
    "name": "whole name",
}
"""Fields whose own names say too little."""


class Chosen(NamedTuple):
    """What was decided: field -> header ("" for none), and the header that tells people apart ("" as guessed)."""

    mapping: dict[str, str]
    key: str


class ColumnRow(NamedTuple):
    """A column of the file as it stands here."""

    header: str
    meaning: str
    key: bool
    cells: str


def meaning_of(field: str) -> str:
    """A field in words."""
    return MEANINGS.get(field) or words(field)


class ImportColumnsPage(Page):
    """A row for each column: Enter says what it means, t that it tells people apart. Going back takes it over."""

    ACTIONS: ClassVar[tuple[Action, ...]] = COLUMN_ACTIONS
    HINTS = ("list.choose", "columns.key", "columns.nothing", "columns.guess")

    def __init__(
        self, report: ImportReport, key: str, guess: Mapping[str, str], take: Callable[[Chosen], None]
    ) -> None:
        super().__init__()
        self._report, self._take = report, take
        self._guess = dict(guess)
        self._fields = {header: field for field, header in report.columns.items()}
        self._key = key

    def heading(self) -> str:
        """What this is."""
        return "Columns of the file"

    def hint_word(self, action: Action) -> str:
        """Enter says what a column means."""
        return "meaning" if action.id == "list.choose" else super().hint_word(action)

    def body(self) -> Iterable[Widget]:
        """The columns with the first cells of each."""
        self.lines: Lines[ColumnRow] = Lines(
            (
                Column("", 1),
                Column("Column", 16, grow=1, first=24),
                Column("Means", 14),
                Column("First rows", 16, grow=2, shown_from=50),
            ),
            lambda row: ("*" if row.key else " ", row.header, row.meaning, row.cells),
            lambda row: row.header,
            dim=lambda row: row.meaning == "not used" and not row.key,
            id="columns",
        )
        yield self.lines

    def on_mount(self) -> None:
        """Show them."""
        self.main, self.lines.when_chosen = self.lines, self._choose
        self._show()
        self.lines.focus()
        self.say("* tells people apart. Going back takes this over and looks at the file again.")

    def _show(self) -> None:
        key = self._key or self._report.key
        self.lines.show([self._row(at, header, key) for at, header in enumerate(self._report.headers)])

    def _row(self, at: int, header: str, key: str) -> ColumnRow:
        field = self._fields.get(header, "")
        cells = ", ".join(row[at] for row in self._report.sample if at < len(row) and row[at])
        return ColumnRow(header, meaning_of(field) if field else "not used", header == key, cells)

    def _choose(self) -> None:
        row = self.lines.current
        if row is None:
            return
        options = [Option("", "not used", "", partial(self._picked, row.header, ""))]
        for field in self._report.fields:
            held = next((header for header, one in self._fields.items() if one == field), "")
            beside = f"now {held}" if held and held != row.header else "as now" if held else ""
            options.append(Option(field, meaning_of(field), beside, partial(self._picked, row.header, field)))
        self.app.push_screen(PickPage(f"What is in the column {row.header}", options))

    def _picked(self, header: str, field: str) -> None:
        self.app.pop_screen()
        self._means(header, field)

    def _means(self, header: str, field: str) -> None:
        """A field is in one column: the one that had it is used no more."""
        self._fields = {one: held for one, held in self._fields.items() if held != field and one != header}
        if field:
            self._fields[header] = field
        self._show()

    def verb_key(self) -> None:
        """People are told apart by this column; once more on it: as guessed."""
        if row := self.lines.current:
            self._key = "" if self._key == row.header else row.header
            self._show()
            told = f"People are told apart by {row.header}." if self._key else "The key column is guessed again."
            self.say(told)

    def verb_nothing(self) -> None:
        """This column is not used."""
        if row := self.lines.current:
            self._means(row.header, "")

    def verb_guess(self) -> None:
        """Forget what was said here."""
        self._fields = {header: field for field, header in self._guess.items()}
        self._key = ""
        self._show()
        self.say("As it was guessed.")

    def verb_back(self) -> None:
        """Take it over."""
        headers = {field: header for header, field in self._fields.items()}
        # What was guessed and is not wanted is said as none: otherwise it would be guessed again.
        mapping = {field: headers.get(field, "") for field in self._report.fields}
        super().verb_back()
        same = headers == self._guess and not self._key
        self._take(Chosen({} if same else mapping, self._key))
