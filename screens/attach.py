"""Attach a file to a case, by its path on this machine."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from textual.widget import Widget

from piptui.carrying import read_file, whole_path
from piptui.cases.attached import clean_name, media_of, told_size
from piptui.cases.words import CLASSES, CONFIDENTIAL, SEES, Class, Role, readers, words
from piptui.desk.api import InputLine
from piptui.errors import PiptuiError
from screens.act_form import ActForm, told_entries
from screens.widgets.fields import Field, Spec
from screens.widgets.path import SAYS_WHERE, PathField


class AttachPage(ActForm):
    """Which file, what it is, who may read it; ctrl+s keeps it, byte for byte."""

    def fields(self) -> Iterable[Widget]:
        """The path instead of the bytes, then what is said of the file."""
        about = f"a file of at most {told_size(self.sheet.file_limit)}: {SAYS_WHERE}"
        spec = Spec("path", "File", "line", about, required=True, text=str(self.prefill.get("path", "")))
        yield PathField(spec, self.say, label_width=self.LABEL_WIDTH)
        lines = {line.name: line for line in self.act.inputs}
        for name in ("kind", "cls", "occurred_on", "note", "entry", "proof"):
            if name != "entry" or self.options("entry"):
                yield self.field_of(lines[name])
        about = "another name in the record; left out: the file's own"
        yield Field(Spec("name", "Name", "line", about), label_width=self.LABEL_WIDTH)

    def attaches_as(self) -> Role | None:
        """The role that decides who may read it: the chosen one, or that of the employee of the plan, who is nothing
        else in it; None where the desk chooses."""
        me = self.app.me()
        employee = any(one.role == "employee" and one.person == me.person for one in self.sheet.header.parties)
        return me.role or ("employee" if me.person and employee else None)

    def classes_offered(self) -> tuple[Class, ...]:
        """The classes that may be chosen: those that the role reads, and that this kind of store takes."""
        role, team = self.attaches_as(), self.app.me().kind == "team"
        return tuple(
            one for one in CLASSES if (role is None or one in SEES[role]) and not (team and one in CONFIDENTIAL)
        )

    def options(self, name: str) -> tuple[tuple[str, str], ...]:
        """A file belongs to an entry or a check-in, to no other file."""
        if name != "entry":
            return super().options(name)
        files = {one.id for one in self.sheet.files}
        return tuple(one for one in told_entries(self.sheet, self.app.me().today) if one[0] not in files)

    def spec(self, line: InputLine) -> Spec:
        """A file has a date of its own: it did not happen."""
        spec = super().spec(line)
        if line.name == "cls":
            preset: Class = "shared" if self.attaches_as() == "employee" else "manager_hr"
            choices = tuple((one, words(one)) for one in self.classes_offered())
            return replace(spec, about="who may read it", text=spec.text or preset, choices=choices, empty=False)
        return replace(spec, label="Dated") if line.name == "occurred_on" else spec

    def told_file(self, text: str) -> str:
        """What would be kept: name, media type, size; or that there is no such file yet."""
        if not text.strip():
            return ""
        try:
            path = whole_path(text)
            size = path.stat().st_size
            if path.is_dir():
                return "Not a file yet: that is a folder."
            name = self.kept_name()
        except (OSError, PiptuiError):
            return "There is no such file."
        over = f": too big, at most {told_size(self.sheet.file_limit)}" if size > self.sheet.file_limit else ""
        return f"Will be kept as: {name}, {media_of(name)}, {told_size(size)}{over}"

    def look_ahead(self) -> None:
        """Say who will read it, and under which name it is kept: the bytes are looked at when it is saved."""
        chosen = self.texts["cls"]
        self.readers = next((readers(one) for one in CLASSES if one == chosen), "")
        self.preview.put([f" {self.told_file(self.texts['path'])}"])
        self.tell_about()

    def kept_name(self) -> str:
        """The name under which it would be kept, "" while there is none."""
        texts = self.texts
        try:
            typed = texts["name"].strip() or (Path(texts["path"].strip()).name if texts["path"].strip() else "")
            return clean_name(typed) if typed else ""
        except PiptuiError:
            return ""

    def typed(self, field: Field) -> None:
        """Another name or class is told at once."""
        self.look_ahead()

    def verb_next(self) -> None:
        """Tab in the path completes it first."""
        field = self.current()
        if isinstance(field, PathField) and field.complete():
            self.keep()
            self.typed(field)
        else:
            super().verb_next()

    def data(self) -> dict[str, Any]:
        """What is said of the file."""
        given = super().data()
        given.pop("path", None)
        return {**given, "name": self.kept_name()}

    def save(self) -> None:
        """Read the file and attach it."""
        field = self.field("path")
        typed = field.text if field else ""
        if not typed.strip():
            self.mind_path("Say which file: type its path; Tab completes names.")
            return
        try:
            content = read_file(whole_path(typed), self.sheet.file_limit)
        except PiptuiError as error:
            self.mind_path(str(error))
            return
        self.saved(self.desk.attach(self.case, self.data(), content, token=self.token))

    def mind_path(self, sentence: str) -> None:
        """Say what is wrong with the path, with the cursor there."""
        self.refused = ("path",)
        self.warn(sentence)
        if field := self.field("path"):
            field.focus_editor()
