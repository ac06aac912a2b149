"""Documents for one audience: choose it, read the text, save it to a file that only its owner can read."""

import os
from collections.abc import Iterable, Sequence
from functools import partial
from typing import ClassVar, Final

from textual import events, on
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input

from piptui.carrying import fetch_line, whole_path, write_private
from piptui.cases.words import words
from piptui.desk.api import Packet
from piptui.errors import BadInput, Refused
from piptui.text import wrap
from screens.actions import PAGER_ACTIONS, Action
from screens.base import Page
from screens.palette import PickPage
from screens.shell import Shell
from screens.widgets.bars import TextLine
from screens.widgets.options import Option
from screens.widgets.reader import Line, Reader

AUDIENCES: Final = (
    ("employee", "For the employee", "what is shared, nothing else"),
    ("manager", "For the manager", "shared, manager's own, manager and HR"),
    ("hr", "For HR", "all but what is the employee's own"),
    ("counsel", "For counsel", "what the legal reviewer reads"),
    ("sign_off", "To sign: one page", "shared facts: of the plan, or of the decided outcome"),
)

_PRINTING: Final = "Markdown: open it in any editor, or turn it into a document with pandoc."


def pick_audience(app: Shell, case: str) -> None:
    """Ask for whom, then show the packet."""

    def show(audience: str) -> None:
        packet = app.desk.packet(case, audience)
        app.pop_screen()
        app.push_screen(PacketPage(packet))

    options = [Option(key, text, about, partial(show, key)) for key, text, about in AUDIENCES]
    app.push_screen(PickPage(f"Packet of case {case}: for whom?", options))


class PacketPage(Page):
    """A packet to read."""

    ACTIONS: ClassVar[tuple[Action, ...]] = PAGER_ACTIONS
    HINTS = ("pager.save", "list.page_down")

    def __init__(self, packet: Packet) -> None:
        super().__init__()
        self.packet = packet
        self.case = packet.case
        self._line = ""

    def heading(self) -> str:
        """What this is."""
        if self.packet.audience == "sign_off":
            return f"Sign-off sheet of case {self.packet.case}"
        return f"Packet of case {self.packet.case} for {words(self.packet.audience)}"

    def body(self) -> Iterable[Widget]:
        """The text, and the line in which a file is named."""
        self.reader = Reader(id="packet")
        yield self.reader
        self.name_line = Input(placeholder="name of the file", compact=True, id="file-name")
        self.name_line.cursor_blink = False
        self.prompt = Horizontal(
            TextLine("Save as: [", id="file-before"), self.name_line, TextLine("]", id="file-after"), id="file-prompt"
        )
        self.prompt.display = False
        yield self.prompt

    def on_mount(self) -> None:
        """Show it from its beginning."""
        self.main = self.reader
        self.reader.show(self._lines, keep=False)
        self.reader.focus()
        self.say(_PRINTING)

    def hints(self) -> Sequence[tuple[str, str]]:
        """While a name is typed, letters are no verbs."""
        if self.name_line.has_focus:
            return (("Enter", "save"), ("F1", "help"), ("Esc", "back to the text"))
        return super().hints()

    def on_descendant_focus(self, _: events.DescendantFocus) -> None:
        """The keys mean something else in the name of a file."""
        self.refresh_lines()

    def _lines(self, width: int) -> list[Line]:
        return [
            Line(part, "bold" if row.startswith("#") else "")
            for row in self.packet.text.split("\n")
            for part in wrap(row, width)
        ]

    def verb_save(self) -> None:
        """Ask for the name of a file; the same key in the name saves."""
        if self.name_line.has_focus:
            self._named()
            return
        self.name_line.value = self.name_line.value or self.packet.name
        self.prompt.display = True
        self.name_line.focus()
        self.say("A new file that only you can read; without a folder it goes to where piptui was started.")

    @on(Input.Submitted, "#file-name")
    def _named(self) -> None:
        typed = self.name_line.value.strip()
        if not typed:
            self.warn("Type a name for the file, or Esc goes back to the text.")
            return
        try:
            path = whole_path(typed)
            if os.path.lexists(path):
                self.warn(f"{path} exists already and was left as it is. Type another name.")
                return
            write_private(path, self.packet.text.encode())
        except (BadInput, Refused) as error:
            self.warn(str(error))
        except OSError as error:
            self.warn(f"{typed} was not written: {error.strerror}. Type another name.")
        else:
            self._close_name()
            self._line = fetch_line(path, self.app.me().login)
            self.say(
                f"Saved to {path}; only you can read it.",
                f"On your own machine (y copies it): {self._line}" if self._line else _PRINTING,
            )

    def verb_copy(self) -> None:
        """The line that fetches what was saved; before that, the whole text."""
        self.copy(self._line or self.packet.text, self._line or "The whole text:")

    def _close_name(self) -> None:
        self.prompt.display = False
        self.reader.focus()

    def verb_escape(self) -> None:
        """Out of the file name, else back one level."""
        if self.name_line.has_focus:
            self._close_name()
        else:
            self.verb_back()
