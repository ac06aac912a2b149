"""Fetch a file of a case to a path on this machine. What is in it is never shown in the terminal."""

import os
from collections.abc import Iterable
from typing import ClassVar

from textual.widget import Widget

from piptui.carrying import fetch_line, whole_path, write_private
from piptui.cases.attached import clean_name, told_kind, told_size
from piptui.cases.words import readers, words
from piptui.desk.api import FileLine
from screens.base import Page
from screens.forms import FormPage, KeptKey
from screens.widgets.fields import FormText, Spec
from screens.widgets.path import SAYS_WHERE, PathField


class FetchField(PathField):
    """There is nothing else to fill in: Enter writes the file."""

    def enter(self) -> None:
        """Write it."""
        page = self.screen
        if isinstance(page, FetchPage):
            page.verb_save()


class FetchPage(FormPage):
    """Write a file of the record to a path on this machine, for its owner's eyes only."""

    SAVE_WORD: ClassVar[str] = "write"

    def __init__(self, case: str, file: FileLine) -> None:
        super().__init__(case)
        self.file = file

    def heading(self) -> str:
        """What this is."""
        return f"Fetch a file of case {self.case}"

    def key(self) -> KeptKey:
        """One for each file."""
        return (self.case, "fetch", self.file.id)

    def keep(self) -> None:
        """Where somebody thought of writing a file is nothing to come back to."""

    def above(self) -> Iterable[Widget]:
        """Which file."""
        one = self.file
        told = f" {one.name} · {told_kind(one.kind)} · {told_size(one.size)}"
        return (FormText([told, f" In the record it is {words(one.cls)}: read by {readers(one.cls)}"]),)

    def fields(self) -> Iterable[Widget]:
        """The path."""
        about = f"a new file that only you can read, or a folder: {SAYS_WHERE}"
        spec = Spec("path", "Write to", "line", about, required=True, text=clean_name(self.file.name))
        yield FetchField(spec, self.say, label_width=self.LABEL_WIDTH)

    def verb_next(self) -> None:
        """Tab in the path completes it first."""
        field = self.current()
        if not (isinstance(field, PathField) and field.complete()):
            super().verb_next()

    def save(self) -> None:
        """Fetch it, compared with its digest, and write it."""
        typed = self.texts["path"].strip()
        if not typed:
            self.warn("Say where to: type a path; Tab completes names.")
            return
        path = whole_path(typed)
        if path.is_dir():
            path /= clean_name(self.file.name)
        if os.path.lexists(path):
            self.warn(f"{path} exists already and was left as it is. Type another name.")
            return
        found = self.desk.fetch(self.case, self.file.id)
        try:
            write_private(path, found.content)
        except OSError as error:
            self.warn(f"{path} was not written: {error.strerror}. Type another path.")
            return
        line = fetch_line(path, self.app.me().login)
        told = (f"On your own machine: {line}",) if line else ()
        below = self.app.screen_stack[-2]
        self.app.pop_screen()
        if isinstance(below, Page):
            below.say(f"Written to {path}; only you can read it.", *told)

    def verb_escape(self) -> None:
        """Back; there is nothing to keep."""
        self.verb_back()
