"""Bring people in from an HR export: look first, then take."""

import threading
from collections.abc import Callable, Iterable
from functools import partial
from os.path import expanduser
from typing import Any, ClassVar, Final, Literal

from textual.widget import Widget

from piptui.desk.api import ImportReport
from piptui.errors import PiptuiError, Refused
from screens.actions import Action
from screens.base import Page
from screens.form_actions import IMPORT_ACTIONS, SAVE_ACTIONS
from screens.forms import FormPage, KeptKey
from screens.import_columns import Chosen, ImportColumnsPage
from screens.widgets.fields import Field, FormText, Scroll, Spec
from screens.widgets.fields import cells as whole_cells
from screens.widgets.path import SAYS_WHERE, PathField

ORDERS = (("mdy", "month first: 4/15/26"), ("dmy", "day first: 15.4.26"))
_ROOM: Final = 74
"""Cells that a line of columns may take: a broken one would lose its place under the others."""
_SHOWN: Final = 3
"""Rows of which the report shows the cells."""
READ_AS: dict[str, Literal["mdy", "dmy"]] = {"mdy": "mdy", "dmy": "dmy"}


class Stopped(Refused):
    """Somebody pressed Esc while an import ran."""


class ImportPage(FormPage):
    """A path, what would happen, and Enter to let it happen. Both run in a thread, so that Esc is heard."""

    ACTIONS = (*IMPORT_ACTIONS, *SAVE_ACTIONS)
    HINTS: ClassVar[tuple[str, ...]] = ("form.save", "import.columns", "import.further", "form.next")
    DEFAULT_CSS = """
    ImportPage #form { height: auto; max-height: 50%; }
    ImportPage #report { height: 1fr; }
    """

    def __init__(self, path: str = "") -> None:
        super().__init__()
        self.path = path
        self.looked_at: tuple[str, ...] = ()
        self.found: ImportReport | None = None
        self.guess: dict[str, str] = {}
        self.chosen = Chosen({}, "")
        self._stop = threading.Event()
        self._cursor: Field | None = None

    def heading(self) -> str:
        """What this is."""
        return "Import people"

    def key(self) -> KeptKey:
        """There is one at a time."""
        return ("", "import", "")

    def fields(self) -> Iterable[Widget]:
        """The path, and what an export does not tell by itself."""
        about = f"a CSV file of the HR system: {SAYS_WHERE}"
        yield ImportPathField(
            Spec("path", "File", "line", about, required=True, text=self.path),
            self.say,
            label_width=self.LABEL_WIDTH,
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

    def hint_ids(self) -> tuple[str, ...]:
        """Columns are there once a file was read."""
        ids = super().hint_ids()
        return ids if self.found is not None else tuple(one for one in ids if one != "import.columns")

    def verb_further(self) -> None:
        """Further down in the report."""
        self._scroll(self.below.scroll_page_down, "This is the end of what was found.")

    def verb_nearer(self) -> None:
        """Back up in the report."""
        self._scroll(self.below.scroll_page_up, "This is the beginning of what was found.")

    def _scroll(self, move: Callable[..., object], edge: str) -> None:
        before = self.below.scroll_offset.y
        move(animate=False)
        self.moved(edge if self.below.scroll_offset.y == before else "")

    def verb_next(self) -> None:
        """Tab in the path completes it first."""
        field = self.current()
        if isinstance(field, ImportPathField) and field.complete():
            self.keep()
            self.typed(field)
        else:
            super().verb_next()

    def verb_columns(self) -> None:
        """What each column means."""
        if self.found is None or self.looked_at != self.asked:
            self.warn("Enter looks at the file first; then its columns are there.")
            return
        self.app.push_screen(ImportColumnsPage(self.found, self.chosen.key, self.guess, self.take_columns))

    def take_columns(self, chosen: Chosen) -> None:
        """What was decided about the columns: look at the file again with it."""
        key = self.field("key")
        if key is not None and chosen.key != self.chosen.key:
            key.put(chosen.key)
        self.chosen = chosen
        self.looked_at = ()
        self.verb_save()

    @property
    def asked(self) -> tuple[str, ...]:
        """What is typed, as one value."""
        return tuple(self.texts.values())

    def typed(self, field: Field) -> None:
        """Another file has to be looked at again, and has columns of its own."""
        self.looked_at = ()
        if field.spec.name == "path":
            self.chosen, self.found = Chosen({}, ""), None
        self.refresh_lines()

    def verb_go(self) -> None:
        """Enter: look first, then take."""
        self.verb_save()

    # -- the work, in a thread ---------------------------------------------------------------------------

    def action_verb(self, name: str) -> None:
        """While it runs, Esc stops it and nothing else is done."""
        if not self.app.busy:
            super().action_verb(name)
        elif name in ("page.escape", "page.back", "app.stop"):
            self._stop.set()
            self.say("Stopping …")

    def save(self) -> None:
        """Look, or take what was looked at."""
        texts = {name: text.strip() for name, text in self.texts.items()}
        if not texts["path"]:
            self.refuse(["path: "])
            self.warn("Say which file: type its path; Tab completes names.")
            return
        dry = self.looked_at != self.asked
        path = expanduser(texts["path"])  # noqa: PTH111 - Path's own fails for ~nobody and makes "." of a blank
        how = {"key": texts["key"] or None, "order": READ_AS.get(texts["order"]), "mapping": self.chosen.mapping}
        self._stop.clear()
        self._cursor = self.current()
        self.app.busy, self.form.disabled = True, True
        self.run_worker(partial(self._work, path, how, dry=dry), thread=True, exit_on_error=True)

    def _work(self, path: str, how: dict[str, Any], *, dry: bool) -> None:
        """In the thread: ask the desk, tell how far it is."""

        def tell(text: str) -> None:
            if self._stop.is_set():
                raise Stopped("Stopped: nothing was written.")
            self.app.call_from_thread(self.say, f"{text} Esc stops it.")

        try:
            report = self.desk.import_people(path, dry_run=dry, tell=tell, **how)
        except PiptuiError as error:
            self.app.call_from_thread(self._ended, partial(self._failed, error))
        except BaseException:
            self.app.busy = False
            raise
        else:
            self.app.call_from_thread(self._ended, partial(self._looked if dry else self._taken, report))

    def _ended(self, then: Callable[[], None]) -> None:
        self.app.busy, self.form.disabled = False, False
        (self._cursor.focus_editor if self._cursor is not None else self.focus_first)()
        then()

    def _failed(self, error: PiptuiError) -> None:
        self.trouble(error)
        if not isinstance(error, Stopped):
            self.point_at(str(error))

    def _looked(self, report: ImportReport) -> None:
        self.looked_at, self.found = self.asked, report
        if not self.chosen.mapping:
            self.guess = dict(report.columns)
        self.report.put(described(report))
        self.below.scroll_home(animate=False)
        self.refresh_lines()
        self.say("Nothing is written yet. Enter once more imports these people; PgDn reads on; Esc leaves.")

    def _taken(self, report: ImportReport) -> None:
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


class ImportPathField(PathField):
    """Enter looks or imports, Tab completes."""

    def enter(self) -> None:
        """Look, or import."""
        page = self.screen
        if isinstance(page, ImportPage):
            page.verb_save()


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
        *(_column(report, field, column) for field, column in report.columns.items()),
    ]
    if report.unused:
        lines.append(f"    not used        {', '.join(report.unused)}")
    if report.refused:
        lines += ["", "  Refused", *(f"    line {row.line:<6}{row.why}" for row in report.refused)]
    if report.notes:
        lines += ["", *(f"  {note}" for note in report.notes)]
    return lines


def _column(report: ImportReport, field: str, header: str) -> str:
    """A field, the column that it comes from, and what stands there in the first rows."""
    at = report.headers.index(header) if header in report.headers else -1
    cells = ", ".join(row[at] for row in report.sample[:_SHOWN] if 0 <= at < len(row) and row[at])
    return whole_cells(f"    {field:<16}from {header}" + (f": {cells}" if cells else ""), _ROOM).rstrip()
