"""The whole key card, pressed in real terminals: every key of every page does something there."""

from pathlib import Path

import pytest

from screens.actions import Action
from screens.keymap import PAGES, _groups
from tests.pty.terminal import Terminal
from tests.screens.test_key_codes import ALIKE, NAMES, TERMINALS

TYPES = {"xterm": "xterm-256color", "tmux": "tmux-256color", "linux": "linux"}
"""What the terminal is called in TERM, by the name under which its codes are known."""

WAYS = {
    "Today": ("", "Overdue"),
    "the list of cases": ("2", "/ finds"),
    "the people": ("3", "Department"),
    "a person": ("3 enter", "Notebook"),
    "a case": ("2 enter", "[1 Overview]"),
    "the views": ("2 v", "The list shows: all cases"),
    "a text to read": ("2 enter p enter", "Packet of case 0007"),
    "the outcome review": ("2 enter o", "Outcome"),
    "a form": ("2 enter n", "Text"),
    "the plan editor": ("2 enter e", "ctrl+s save"),
    "a check-in": ("2 enter c", "Held"),
    "the import": ("i", "File"),
}
"""Page -> the keys that lead there from the first screen, and words that only it shows."""

ELSEWHERE = {
    "app.quit": "ends the program",
    "page.redraw": "shows the same once more",
    "page.cover": "hides the page, and Enter alone brings it back",
    "page.pause": "needs a shell; in a text it takes back what was typed",
}
UNUSED = {("a text to read", "list.choose"): "there is nothing in a text to open"}
NOT_HERE = "does nothing here"


def code(key: str, terminal: str) -> bytes:
    """What this terminal sends for a key."""
    known = {**ALIKE, **TERMINALS[terminal], **{name: sign for sign, name in NAMES.items()}}
    if key.startswith("ctrl+"):
        return bytes([ord(key[-1]) - 96])
    return known.get(key, key).encode()


class Pressed:
    """One page in one terminal; opened again whenever a key led somewhere that Esc does not lead back from."""

    def __init__(self, page: str, terminal: str, tmp_path: Path) -> None:
        self.way, self.words = WAYS[page]
        self.terminal, self._tmp_path = terminal, tmp_path
        self.open()

    def open(self) -> None:
        """Start the program and go to the page."""
        kind = "draft" if self.words == "ctrl+s save" else "plain"
        self.shown = Terminal(kind, self._tmp_path, TERM=TYPES[self.terminal])
        self.shown.wait_for("q quit")
        for key in self.way.split():
            self.shown.press(code(key, self.terminal))
            self.shown.settle()
        self.shown.wait_for(self.words)
        self.first = self.shown.text

    def press(self, key: str) -> str:
        """What the screen shows after a key, pressed on the page as it was first; "" where nothing changed."""
        self.shown.press(code(key, self.terminal))
        found = self.shown.changed(self.first, 3.0)
        self.shown.settle()
        return found

    def back(self) -> None:
        """To the page as it was."""
        for _ in range(3):
            if self.shown.text == self.first:
                return
            self.shown.press(b"\x1b")
            self.shown.settle()
        if self.shown.text != self.first:
            self.close()
            self.open()

    def close(self) -> None:
        """End the program."""
        self.shown.__exit__(None, None, None)


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("terminal", TYPES)
@pytest.mark.parametrize("page", WAYS)
def test_every_key_of_the_page_is_answered(page: str, terminal: str, tmp_path: Path) -> None:
    """Pressed as this terminal sends it, each key changes what the screen shows, and none is said to mean nothing.

    What another terminal sends as xterm does is pressed in xterm alone.
    """
    groups = _groups()
    actions: list[Action] = [action for name in PAGES[page] for action in groups[name] if name != "TOUR_ACTIONS"]
    on = Pressed(page, terminal, tmp_path)
    silent, unknown = [], []
    try:
        for action in actions:
            if action.id in ELSEWHERE or (page == "Today" and action.id == "page.back"):
                continue
            for key in action.keys:
                if terminal != "xterm" and code(key, terminal) == code(key, "xterm"):
                    continue
                found = on.press(key)
                if not found:
                    silent.append((action.id, key))
                if (NOT_HERE in found) != ((page, action.id) in UNUSED):
                    unknown.append((action.id, key))
                on.back()
    finally:
        on.close()
    assert (silent, unknown) == ([], [])
