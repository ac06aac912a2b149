"""A list with a filter line above it: type to narrow, Enter or Down to the list, Esc clears."""

from collections.abc import Collection, Iterable, Sequence
from typing import ClassVar

from textual import events, on
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input

from screens.base import Page
from screens.widgets.bars import TextLine
from screens.widgets.lines import Lines


class FilteredPage(Page):
    """A subclass gives `lines`, `read`, and what its filter finds."""

    LISTS = True
    FINDS: ClassVar[str] = ""
    """What can be typed, in the empty filter."""
    COMPLETES: ClassVar[bool] = False
    """Whether Tab in the filter completes."""

    lines: Lines  # type: ignore[type-arg]  # of whatever the subclass lists

    def __init__(self, *, filtering: bool = False) -> None:
        super().__init__()
        self._filtering = filtering

    def read(self, *, tell: bool = True) -> None:
        """Read the list again, as far as the filter lets it through; `tell` says how the filter was understood, also
        in place of what is said now."""
        raise NotImplementedError

    def complete(self) -> bool:
        """Complete what is typed; whether Tab is used up by that."""
        return False

    def above(self) -> Iterable[Widget]:
        """The filter, and how much it leaves."""
        yield Horizontal(
            TextLine("/", id="filter-sign"),
            Input(placeholder=self.FINDS, compact=True, id="filter"),
            TextLine(id="counts"),
            id="filter-line",
        )

    @property
    def filter(self) -> Input:
        """The line in which one filters."""
        return self.query_one("#filter", Input)

    def show_count(self, told: str) -> None:
        """Say how much the filter leaves."""
        self.query_one("#counts", TextLine).show("", told)

    def begin(self) -> None:
        """Show the list for the first time; the cursor goes into it, or into the filter if that was asked for."""
        self.filter.cursor_blink = False
        self.main = self.lines
        (self.filter if self._filtering else self.lines).focus()
        self.read()

    def put_filter(self, text: str) -> None:
        """Another filter, without reading the list for each change of it."""
        with self.prevent(Input.Changed):
            self.filter.value = text

    def hints(self) -> Sequence[tuple[str, str]]:
        """While one types, letters are no verbs."""
        if self.filter.has_focus:
            tab = (("Tab", "complete"),) if self.COMPLETES else ()
            return (("Enter", "to the list"), *tab, ("F1", "help"), ("Esc", "clear"))
        return super().hints()

    def on_descendant_focus(self, _: events.DescendantFocus) -> None:
        """The keys mean something else in the filter."""
        self.refresh_lines()

    @on(Input.Changed, "#filter")
    def _filtered(self) -> None:
        self.read()

    @on(Input.Submitted, "#filter")
    def _filter_done(self) -> None:
        self.lines.focus()

    def on_key(self, event: events.Key) -> None:
        """From the filter down into the list; Tab completes first, and goes on where that had nothing to do."""
        if not self.filter.has_focus or event.key not in ("down", "tab"):
            return
        event.stop()
        event.prevent_default()
        if event.key == "down" or not self.complete():
            self.lines.focus()

    def verb_filter(self) -> None:
        """Into the filter line."""
        self.filter.focus()

    def release(self) -> bool:
        """Let go of something before Esc goes back; whether there was anything."""
        return False

    def verb_escape(self) -> None:
        """Out of the filter and clear it; outside of it, back one level."""
        if self.filter.value:
            self.filter.value = ""
        elif self.lines.has_focus:
            if not self.release():
                self.verb_back()
            return
        self.lines.focus()

    def goes_with(self, cases: Collection[str]) -> bool:
        """A list stays, whatever is under its cursor."""
        return False

    def on_changed(self) -> None:
        """Read the list again; what an act just said stays."""
        self.read(tell=False)

    def on_news(self, who: str) -> None:
        """In a list it is enough that it is right; who changed one of many stands in that one."""
        self.on_changed()
