"""The tour of the demo: a line on the ordinary pages says what to try next, and goes on when it was done.

It belongs to the demo alone. It takes no key from any page but its own three, and asks nothing of the desk.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from screens.actions import TOUR_ACTIONS, key_word
from screens.base import Page
from screens.widgets.bars import Message

if TYPE_CHECKING:
    from textual.screen import Screen

Wanted = Literal["", "offered", "on"]
"""Whether there is a tour: not at all, for whoever asks for it, or from the start."""


def _on(name: str, tab: int | None = None) -> "Callable[[Screen[object]], bool]":
    """Whether a page of this class is on top, and shows that tab. By name: pages are loaded when first opened."""

    def there(screen: "Screen[object]") -> bool:
        return type(screen).__name__ == name and tab in (None, getattr(screen, "tab", None))

    return there


def _filtered(screen: "Screen[object]") -> bool:
    there = _on("CasesPage")(screen)
    return there and bool(screen.query_one("#filter").value)  # type: ignore[attr-defined]  # an Input


class Stop(msgspec.Struct, frozen=True):
    """One step: what to try, and how to know that it was done."""

    text: str
    done: "Callable[[Screen[object]], bool]"


STOPS: Final = (
    Stop("This is Today: what needs somebody. Enter opens the case under the cursor.", _on("CasePage")),
    Stop("The overview says how a case stands. 2 shows its plan, PgDn reads on.", _on("CasePage", 1)),
    Stop("c opens the check-in that is due, or says why there is none: then F9 goes on.", _on("CheckInPage")),
    Stop("Tab goes from field to field. ctrl+s records; Esc leaves, and keeps what you typed.", _on("CasePage")),
    Stop("6 shows a case's history: every act, who did it and when. Out of a form: Esc first.", _on("CasePage", 5)),
    Stop("x lists every act, and why one is not possible now.", _on("ActsPage")),
    Stop("q goes back one level: go back to Today. There 2 lists all cases.", _on("CasesPage")),
    Stop("/ filters while you type: part of a name, or stage:active. Enter goes to the list.", _filtered),
    Stop("f searches all texts, : finds commands. F1, or ? outside of text, explains any page.", _on("HelpPage")),
    Stop("That is all. Look around as you like: q on Today leaves, and nothing here counts.", lambda _: False),
)


class Tour:
    """Where somebody is on the tour."""

    def __init__(self, wanted: Wanted) -> None:
        self.on = wanted == "on"
        self.at = 0
        self._open = True

    def offer(self) -> str:
        """What the first page says while the tour has not begun."""
        key = key_word(TOUR_ACTIONS[0].keys[0])
        told = "" if self.on else f" {key} begins a tour of five minutes."
        return f"This is a demo: try anything, nothing you do here counts.{told}"

    def press(self, key: str) -> bool:
        """Take one of the tour's own keys; False for any other key, or where it means nothing now."""
        wanted = next((action.id for action in TOUR_ACTIONS if key in action.keys), "")
        if not wanted or not (self.on or wanted == "tour.next"):
            return False
        last = self.at == len(STOPS) - 1
        if wanted == "tour.end" or (wanted == "tour.next" and self.on and last):
            self.on, self.at, self._open = False, 0, True
            return True
        if self.on:
            self.at = max(self.at - 1, 0) if wanted == "tour.back" else self.at + 1
            self._open = False
        self.on = True
        return True

    def look(self, screen: "Screen[object]") -> None:
        """Go on if what was to be tried is done, and print the step on the page that is on top."""
        done = self.on and STOPS[self.at].done(screen)
        # A step that somebody went to by key waits until it is done anew, even where all is as it asks for.
        self._open = self._open or not done
        if done and self._open:
            self.at += 1
        if isinstance(screen, Page) and screen.is_attached:
            self._print(screen)

    def _print(self, page: Page) -> None:
        line = next(iter(page.query("#tour").results(Message)), None)
        if not self.on:
            if line is not None:
                line.show(())
                line.display = False
            return
        if line is None:
            line = Message(id="tour")
            page.mount(line, before="#message")
        line.display = True
        last = self.at == len(STOPS) - 1
        keys = ", ".join(
            f"{key_word(action.keys[0])} {'end' if last and action.id == 'tour.next' else action.short}"
            for action in (TOUR_ACTIONS[:-1] if last else TOUR_ACTIONS)
        )
        line.show([f"Tour {self.at + 1}/{len(STOPS)}: {STOPS[self.at].text} ({keys})"])
