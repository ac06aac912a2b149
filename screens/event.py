"""One line of a case's history, whole: what, by whom, why, and exactly when."""

import datetime as dt
from collections.abc import Callable, Iterable

from textual.widget import Widget

from piptui.cases.words import words
from piptui.dates import in_zone, show_date
from piptui.desk.api import HistoryLine
from piptui.text import wrap
from screens.actions import Action
from screens.base import Page
from screens.case_file import Where
from screens.widgets.reader import Line, Reader


def event_lines(event: HistoryLine, where: Where, width: int) -> list[Line]:
    """Everything that the record says about one thing that happened."""
    there = in_zone(event.at, where.zone)
    offset = f"{there:%z}"
    exact = f"{show_date(there.date(), dt.date.min)}, {there:%H:%M:%S} in {where.zone or 'UTC'}"
    role = f" ({words(event.role)})" if event.role else ""
    parts = (
        ("What", event.sentence),
        ("Why", event.reason),
        ("Who", f"{event.who}{role}"),
        ("When", f"{exact} (UTC{offset[:3]}:{offset[3:]})"),
        ("", f"{event.at:%Y-%m-%d %H:%M:%S} UTC" if there.utcoffset() else ""),
        ("Commit", str(event.seq)),
    )
    lines: list[Line] = []
    for name, text in parts:
        for number, part in enumerate(wrap(text, max(width - 8, 12)) if text else ()):
            lines.append(Line(f"{name if number == 0 else '':<8}{part}"))
    return lines


class EventPage(Page):
    """One line of the history to read."""

    HINTS = ("list.choose", "list.page_down")

    def __init__(self, case: str, event: HistoryLine, where: Where, go: Callable[[], None]) -> None:
        super().__init__()
        self._go = go
        self.case = case
        self._event = event
        self._where = where

    def heading(self) -> str:
        """What this is."""
        return f"Case {self.case}, as it was recorded"

    def body(self) -> Iterable[Widget]:
        """The text."""
        self.reader = Reader(id="event")
        yield self.reader

    def on_mount(self) -> None:
        """Show it."""
        self.main, self.reader.when_chosen = self.reader, self._chosen
        self.reader.show(lambda width: event_lines(self._event, self._where, width))
        self.reader.focus()

    def hint_word(self, action: Action) -> str:
        """Enter goes to the case, to what was recorded."""
        return "go there" if action.id == "list.choose" else super().hint_word(action)

    def _chosen(self) -> None:
        self.app.pop_screen()
        self._go()
