"""The packets of several marked cases for one audience, a file for each, in a folder of this machine."""

from collections.abc import Iterable
from typing import ClassVar

from textual.widget import Widget

from piptui.carrying import whole_path, write_private
from piptui.cases.words import words
from piptui.errors import BadInput, Busy, Corrupt, Full, Unreachable
from screens.base import Page
from screens.forms import FormPage, KeptKey
from screens.marked_form import named
from screens.marks import Marks, counted, done_in_each
from screens.packet import AUDIENCES
from screens.widgets.fields import Field, FormText, Spec
from screens.widgets.path import SAYS_WHERE, PathField


class MarkedPacketsPage(FormPage):
    """For whom, and into which folder. Nothing is written over."""

    SAVE_WORD: ClassVar[str] = "write"

    def __init__(self, marks: Marks) -> None:
        super().__init__()
        self._marks = marks
        self._cases = [line.case for line in marks]

    def heading(self) -> str:
        """What this is."""
        return "Packets of the marked cases"

    def key(self) -> KeptKey:
        """There is one."""
        return ("", "packets for marked cases", "")

    def keep(self) -> None:
        """Where somebody thought of writing files is nothing to come back to."""

    def above(self) -> Iterable[Widget]:
        """Of which cases."""
        return (FormText([f" Of {counted(len(self._cases))}: {named(self._cases)}"]),)

    def fields(self) -> Iterable[Widget]:
        """For whom, and where to."""
        choices = tuple((key, words(key)) for key, _, _ in AUDIENCES)
        audience = Spec(
            "audience", "For", "choice", "who reads them", required=True, choices=choices, text=AUDIENCES[0][0]
        )
        yield Field(audience, label_width=self.LABEL_WIDTH)
        folder = Spec("folder", "Folder", "line", f"a folder that is there: {SAYS_WHERE}", required=True)
        yield PathField(folder, self.say, label_width=self.LABEL_WIDTH)

    def verb_next(self) -> None:
        """Tab in the folder completes it first."""
        field = self.current()
        if not (isinstance(field, PathField) and field.complete()):
            super().verb_next()

    def save(self) -> None:
        """Write each of them."""
        typed = self.texts["folder"].strip()
        if not typed:
            self.warn("Say where to: type a folder; Tab completes names.")
            return
        folder, audience = whole_path(typed), self.texts["audience"]
        if not folder.is_dir():
            self.warn(f"{folder} is no folder. Make it first, or type another one.")
            return

        def write(case: str) -> None:
            packet = self.desk.packet(case, audience)
            path = folder / packet.name
            try:
                write_private(path, packet.text.encode())
            except OSError as error:
                raise BadInput(f"{path} was not written: {error.strerror}.") from None

        done, failed = done_in_each(self._cases, write, (Busy, Full, Unreachable, Corrupt))
        for case in done:
            self._marks.drop(case)
        if failed:
            self._cases = [case for case, _ in failed]
            self.warn(
                f"Written for {counted(len(done))}, not for {len(failed)}; these stay marked.",
                *(f"{case}: {reason}" for case, reason in failed),
            )
            return
        below = self.app.screen_stack[-2]
        self.app.pop_screen()
        if isinstance(below, Page):
            below.on_changed()
            whom = words(audience) if audience == "sign_off" else f"the {words(audience)}"
            below.say(f"Written for {whom}: {len(done)} files in {folder}; only you can read them.")

    def verb_escape(self) -> None:
        """Back; there is nothing to keep."""
        self.verb_back()
