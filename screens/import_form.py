"""Bring people in from an HR export: look first, then take."""

from collections.abc import Iterable
from os.path import expanduser
from typing import ClassVar, Literal

from textual.widget import Widget

from piptui.desk.api import ImportReport
from piptui.errors import PiptuiError
from screens.actions import Action
from screens.base import Page
from screens.form_actions import IMPORT_ACTIONS, SAVE_ACTIONS
from screens.forms import FormPage, KeptKey
from screens.widgets.fields import Field, FormText, Scroll, Spec

ORDERS = (("mdy", "month first: 4/15/26"), ("dmy", "day first: 15.4.26"))
READ_AS: dict[str, Literal["mdy", "dmy"]] = {"mdy": "mdy", "dmy": "dmy"}


class ImportPage(FormPage):
    """A path, what would happen, and Enter to let it happen."""

    ACTIONS = (*IMPORT_ACTIONS, *SAVE_ACTIONS)
    HINTS: ClassVar[tuple[str, ...]] = ("form.save", "import.further", "form.next")
    DEFAULT_CSS = """
    ImportPage #form { height: auto; max-height: 50%; }
    ImportPage #report { height: 1fr; }
    """

    def __init__(self, path: str = "") -> None:
        super().__init__()
        self.path = path
        self.looked_at: tuple[str, ...] = ()

    def heading(self) -> str:
        """What this is."""
        return "Import people"

    def key(self) -> KeptKey:
        """There is one at a time."""
        return ("", "import", "")

    def fields(self) -> Iterable[Widget]:
        """The path, and what an export does not tell by itself."""
        yield ImportField(
            Spec(
                "path", "File", "line", "a CSV file of the HR system, on this machine", required=True, text=self.path
            )
        )
        yield ImportField(
            Spec("key", "Key column", "line", "the column that tells people apart, where it is not found")
        )
        yield ImportField(Spec("order", "Dates", "choice", "how numeric dates are written", choices=ORDERS))

    def body(self) -> Iterable[Widget]:
        """The report stands under the fields."""
        form, about, findings = super().body()
        self.report = FormText(["", "  Enter shows what would be taken; nothing is written yet."], wraps=True)
        self.below = Scroll(self.report, id="report")
        return (form, about, self.below, findings)

    def hint_word(self, action: Action) -> str:
        """First it looks, then it imports."""
        if action.id == "form.save":
            return "import" if self.looked_at == self.asked else "look"
        return super().hint_word(action)

    def verb_further(self) -> None:
        """Further down in the report."""
        self.below.scroll_page_down(animate=False)

    def verb_nearer(self) -> None:
        """Back up in the report."""
        self.below.scroll_page_up(animate=False)

    @property
    def asked(self) -> tuple[str, ...]:
        """What is typed, as one value."""
        return tuple(self.texts.values())

    def typed(self, field: Field) -> None:
        """Another file has to be looked at again."""
        self.looked_at = ()
        self.refresh_lines()

    def verb_go(self) -> None:
        """Enter: look first, then take."""
        self.verb_save()

    def save(self) -> None:
        """Look, or take what was looked at."""
        texts = {name: text.strip() for name, text in self.texts.items()}
        looked = self.looked_at == self.asked
        path = expanduser(texts["path"])  # noqa: PTH111 - Path's own fails for ~nobody and makes "." of a blank
        report = self.desk.import_people(
            path, key=texts["key"] or None, order=READ_AS.get(texts["order"]), dry_run=not looked
        )
        if not looked:
            self.looked_at = self.asked
            self.report.put(described(report))
            self.below.scroll_home(animate=False)
            self.refresh_lines()
            self.say("Nothing is written yet. Enter once more imports these people; PgDn reads on; Esc leaves.")
            return
        self.forget()
        self.looked_at = ()
        below = self.app.screen_stack[-2]
        self.app.pop_screen()
        if isinstance(below, Page):
            self.tell_below(below, report)

    def tell_below(self, below: Page, report: ImportReport) -> None:
        """The page below reads again and says what came in."""
        try:
            below.on_changed()
        except PiptuiError as error:
            below.trouble(error)
        rows = len(report.refused)
        refused = f", {rows} {'row' if rows == 1 else 'rows'} refused" if rows else ""
        people = "person" if report.added == 1 else "people"
        below.say(f"{report.added} {people} added, {report.updated} updated, {report.unchanged} unchanged{refused}.")


class ImportField(Field):
    """Enter looks or imports, wherever the cursor is."""

    def enter(self) -> None:
        """Look, or import."""
        page = self.screen
        if isinstance(page, ImportPage):
            page.verb_save()


def described(report: ImportReport) -> list[str]:
    """An import as lines: counts, columns, what was not taken and why."""
    lines = [
        "",
        f"  {report.added} new, {report.updated} changed, {report.unchanged} as they are, "
        f"{len(report.refused)} refused. Told apart by: {report.key or '-'}",
        "",
        "  Columns",
        *(f"    {field:<16}from {column}" for field, column in report.columns.items()),
    ]
    if report.unused:
        lines.append(f"    not used        {', '.join(report.unused)}")
    if report.notes:
        lines += ["", *(f"  {note}" for note in report.notes)]
    if report.refused:
        lines += ["", "  Refused", *(f"    line {row.line:<6}{row.why}" for row in report.refused)]
    return lines
