"""What every form shares: fields, the sentence beside them, keeping what was typed, saving, and conflicts.

A form never loses text. Whatever was typed and not saved is kept on the app under the form's key, and comes back
with the form; a refusal or a conflict leaves every field as it is.
"""

import uuid
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, ClassVar, Final

from msgspec.structs import replace
from rich.cells import cell_len
from textual import events
from textual.widget import Widget

from piptui.checks.base import Finding
from piptui.dates import in_zone, show_date, utc_now
from piptui.desk.api import Done, PersonLine
from piptui.errors import Conflict, PiptuiError
from screens.actions import PAGE_ACTIONS, Action, types_a_character
from screens.base import Page
from screens.form_actions import FIELD_KINDS, SAVE_ACTIONS
from screens.kept import Kept, KeptKey, kept_names
from screens.labels import in_words, named_first
from screens.merge import Difference
from screens.widgets.fields import Field, FormText, Scroll, Spec
from screens.widgets.person import PersonField

__all__ = ["FormPage", "Kept", "KeptKey", "chosen", "kept_names"]


UNKEPT: Final = "What you type cannot be written to the disk: it is kept only while piptui runs."


class FormPage(Page):
    """A page of fields. Subclasses give `fields`, `key`, and `save`."""

    TYPING = True
    ACTIONS: ClassVar[tuple[Action, ...]] = SAVE_ACTIONS
    HINTS: ClassVar[tuple[str, ...]] = ("form.save", "form.next")
    LABEL_WIDTH: ClassVar[int] = 14
    SAVE_WORD: ClassVar[str] = "save"
    """What ctrl+s does, in the footer."""
    DEFAULT_CSS = """
    FormPage #form { height: 1fr; }
    FormPage #about { height: auto; max-height: 2; }
    FormPage #findings { max-height: 40%; }
    FormPage.-short #about { max-height: 1; }
    FormPage.-short #findings { max-height: 2; }
    FormPage.-tiny #about, FormPage.-tiny #findings { display: none; }
    """

    def __init__(self, case: str = "") -> None:
        super().__init__()
        self.case = case
        self.findings: tuple[Finding, ...] = ()
        self.readers = ""
        self.base: Any = None
        self.base_texts: dict[str, str] = {}
        self._bases: tuple[Any, Any] = (None, None)
        """What a kept text rests on, and what was read when it came back."""
        self._asked_to_drop = False
        self._others_know = False
        self._token = ""
        self.refused: tuple[str, ...] = ()
        """The inputs that the desk said something about when it refused, first things first."""

    # -- for subclasses ----------------------------------------------------------------------------------

    def fields(self) -> Iterable[Widget]:
        """The fields, and what stands between them."""
        return ()

    def key(self) -> KeptKey:
        """Under which typed text is kept: case, form, item."""
        return (self.case, type(self).__name__, "")

    def save(self) -> None:
        """Do what the form is for. May raise the desk's errors."""
        raise NotImplementedError

    # -- layout ------------------------------------------------------------------------------------------

    def body(self) -> Iterable[Widget]:
        """The fields in a scroll, then what they are about, then what the checks say."""
        self.form = Scroll(*self.fields(), id="form")
        self.about = FormText([""], id="about")
        self.finding_lines = FormText(id="findings", wraps=True)
        return (self.form, self.about, self.finding_lines)

    def on_mount(self) -> None:
        """Begin: what was kept comes back, the cursor goes into the first field."""
        if self.app.ascii:
            self.form.styles.scrollbar_size_vertical = 0  # a scroll bar is drawn with signs of its own
        self.begin()
        self.begun()
        self.focus_first()

    @property
    def all_fields(self) -> list[Field]:
        """The fields in their order."""
        return list(self.form.query(Field))

    def field(self, name: str) -> Field | None:
        """A field by the name of its input."""
        return next((field for field in self.all_fields if field.spec.name == name), None)

    @property
    def texts(self) -> dict[str, str]:
        """What is typed, by name."""
        return {field.spec.name: field.text for field in self.all_fields}

    @property
    def changed(self) -> dict[str, str]:
        """What is typed otherwise than it was read; how an editor shows a text is no change of it."""
        was = self.base_texts
        return {
            field.spec.name: field.text
            for field in self.all_fields
            if field.text != field.editor.tidy(was.get(field.spec.name, ""))
        }

    def focus_first(self) -> None:
        """The cursor into the first field that is needed and empty, else into the first one."""
        fields = [field for field in self.all_fields if field.display]
        empty = [field for field in fields if field.spec.required and not field.text.strip()]
        if fields:
            (empty or fields)[0].focus_editor()

    # -- keeping -----------------------------------------------------------------------------------------

    def begin(self, *, quietly: bool = False) -> None:
        """Take what the fields show as read, then give back what was typed and not saved."""
        self.base_texts = self.as_texts()
        kept = self.app.kept.get(self.key())
        if not isinstance(kept, Kept):
            return
        for name, text in kept.texts.items():
            if field := self.field(name):
                field.put(text)
        self._bases = (kept.base, self.base)
        self.base = kept.base
        if quietly:
            return
        me = self.app.me()
        at = in_zone(kept.at, me.zone)
        day = "" if at.date() == me.today else f"{show_date(at.date(), me.today)}, "
        self.say(f"Kept from {day}{at:%H:%M}: what you typed is back. ctrl+s saves it, ctrl+x throws it away.")

    def begun(self) -> None:
        """The fields show what they begin with, kept texts among it."""

    def as_texts(self) -> dict[str, str]:
        """What the fields would show if nobody typed."""
        return self.texts

    def keep(self) -> None:
        """Remember what is typed, and let others see that somebody types here."""
        if self.gone:
            return
        self._tell_others(typing=bool(self.changed))
        if changed := self.changed:
            self.app.kept[self.key()] = Kept(utc_now(), changed, self.base)
        else:
            self.app.kept.pop(self.key(), None)

    def goes_with(self, cases: Collection[str]) -> bool:
        """A form rests on what it read: it closes whatever of its case was removed."""
        return self.case in cases

    def act_typed(self) -> str:
        """The act that this form is filled in for, as others may be told."""
        return ""

    def _tell_others(self, *, typing: bool) -> None:
        if typing != self._others_know and self.act_typed():
            self._others_know = typing
            with self.guard():
                self.desk.editing(self.case if typing else "", self.act_typed() if typing else "")

    def on_unmount(self) -> None:
        """Nobody types here any more."""
        self._tell_others(typing=False)

    def keep_typed(self) -> None:
        """The program ends: keep every letter that arrived."""
        if self.is_mounted and self.all_fields:
            self.keep()

    def forget(self) -> None:
        """It is saved: nothing is left to keep."""
        self._tell_others(typing=False)
        self.app.kept.pop(self.key(), None)
        self._token = ""

    def on_field_changed(self, event: Field.Changed) -> None:
        """Keep with every letter; another text is another save."""
        event.stop()
        self._token = ""
        self._asked_to_drop = False
        self.keep()
        if not self.refused or event.field.spec.name in self.refused:
            self.say("")
        if self.app.kept.refused:
            self.warn(UNKEPT, "Save it, or copy it elsewhere; piptui doctor says more.")
        if told := event.field.take_told():
            self.say(told)
        self.typed(event.field)

    def typed(self, field: Field) -> None:
        """Something was typed in a field."""

    @property
    def token(self) -> str:
        """The same for a save that is repeated, so that it is one save."""
        self._token = self._token or uuid.uuid4().hex
        return self._token

    # -- saving ------------------------------------------------------------------------------------------

    def verb_save(self) -> None:
        """Save; whatever goes wrong, the text stays."""
        self.try_save()

    def try_save(self) -> bool:
        """Save, and tell whether it worked."""
        if self.gone:
            return False
        try:
            self.save()
        except Conflict as error:
            self.conflict(error)
        except PiptuiError as error:
            self.trouble(error)
            self.point_at(str(error))
        else:
            return True
        return False

    def trouble(self, error: PiptuiError) -> None:
        """Say what the desk said, with the words of this form; F8 goes to the fields that it named."""
        told = dict.fromkeys([str(error), *getattr(error, "reasons", ())])
        self.refuse(told)
        self.warn(*(self.in_words(one) for one in told))

    def refuse(self, sentences: Iterable[str]) -> None:
        """Remember which fields the sentences name."""
        names = [name for one in sentences for name in self.names_of(one)]
        self.refused = tuple(name for name in dict.fromkeys(names) if self.field(name))
        if self.is_mounted:
            self.refresh_lines()

    def names_of(self, sentence: str) -> Sequence[str]:
        """The inputs that a sentence may be about, as "target" for "goals.g2.target: … is no number"."""
        name = named_first(sentence)
        people = [
            field.spec.name
            for field in self.query(PersonField)
            if field.text and any(repr(text) in sentence for text in (field.text, field.text.strip()))
        ]
        return (name, name.rpartition(".")[2], name.partition(".")[0], *people)

    def in_words(self, sentence: str) -> str:
        """A sentence of the desk with the labels of this form."""
        return in_words(sentence, {field.spec.name: field.spec.label for field in self.all_fields})

    def point_at(self, sentence: str) -> None:
        """The cursor into the field that a sentence names first, as in "target: … is no number"; somebody who is
        not known, or not clearly, is looked for at once."""
        field = next((field for name in self.names_of(sentence) if (field := self.field(name))), None)
        if field is not None:
            field.focus_editor()
        if isinstance(field, PersonField):
            field.list_matches()

    def saved(self, done: Done) -> None:
        """It is in the record: close, and let the page below say so."""
        self.forget()
        self.committed(done)

    def conflict(self, error: Conflict) -> None:
        """Somebody was faster: say so, keep every word, and let the next save rest on what is there now."""
        self.trouble(error)
        with self.guard():
            self.rebase()

    def rebase(self) -> None:
        """The record moved on: read again what the next save rests on."""

    def on_news(self, who: str) -> None:
        """Somebody else committed to this case: what is typed stays, and so does what it rests on. Saving tells
        whether both touched the same thing. Where nothing is typed, the form shows what is there now."""
        if not self.changed:
            told = self.catch_up()
            # What is shown under one's eyes is another text: that matters more than what was said before.
            if told or not self.message:
                now = "It is shown as it is now." if told else ""
                self.say(f"{who} changed {told or f'case {self.case}'} just now.", now)
        elif not self.message:
            self.say(f"{who} changed case {self.case} just now. What you type stays; saving compares.")

    def catch_up(self) -> str:
        """Nothing is typed: show what the record says now, the cursor where it is. What of it is changed, in words;
        "" where that cannot be told."""
        self.rebase()
        return ""

    # -- keys --------------------------------------------------------------------------------------------

    def verb_next(self) -> None:
        """Next field."""
        self._go(self.focus_next)

    def verb_previous(self) -> None:
        """The field before."""
        self._go(self.focus_previous)

    def _go(self, move: Callable[[], object]) -> None:
        before = self.focused
        move()
        if self.focused is before:
            self.say("This is the only field here.")

    def verb_go(self) -> None:
        """Enter outside every field."""
        if self.all_fields:
            self.verb_next()
        else:
            self.verb_save()

    def verb_drop(self) -> None:
        """What is typed here goes, asked once; the fields show again what they showed before."""
        if not self.changed:
            self.say("Nothing that is typed here waits to be saved.")
        elif not self._asked_to_drop:
            self.warn("Throw away what you typed here? ctrl+x once more does it; any other key keeps it.")
            self._asked_to_drop = True
        else:
            for name in self.changed:
                if field := self.field(name):
                    field.put(self.base_texts.get(name, ""))
            if self.base == self._bases[0]:
                self.base = self._bases[1]
            self.forget()
            self._asked_to_drop = False
            self.say("Thrown away.")

    def action_verb(self, name: str) -> None:
        """Any other key keeps what ctrl+x asked about."""
        if name != "form.drop":
            self._asked_to_drop = False
        super().action_verb(name)

    def targets(self) -> list[Field]:
        """The fields that something is to be said about, in the order in which it was said."""
        names = [*self.refused, *(name for one in self.findings for name in (one.where, one.where.partition(".")[0]))]
        fields = [self.field(name) for name in dict.fromkeys(names) if name]
        return [field for field in fields if field is not None and field.display]

    def verb_finding(self) -> None:
        """The cursor to the next field that something is to be said about; what no field mends is told."""
        named, here = self.targets(), self.current()
        after = named[named.index(here) + 1 :] if here in named else named
        if after or named:
            (after or named)[0].focus_editor()
        else:
            self.say(*([self.in_words(one.text) for one in self.findings] or ["Nothing is found here."]))

    def hint_ids(self) -> tuple[str, ...]:
        """F8 is offered where there is something to go to."""
        return (*self.HINTS, *(("form.finding",) if self.targets() else ()))

    def hint_word(self, action: Action) -> str:
        """What ctrl+s does here."""
        return self.SAVE_WORD if action.id == "form.save" else super().hint_word(action)

    def verb_help(self) -> None:
        """The keys that work while one types, and what the kinds of fields take."""
        keys = [(one, tuple(key for key in one.keys if not types_a_character(key))) for one in self.all_actions()]
        own = [replace(one, keys=free) for one, free in keys if free and one not in PAGE_ACTIONS]
        rest = [replace(one, keys=free) for one, free in keys if free and one in PAGE_ACTIONS]
        self.app.open_help(self.heading(), (*own, *FIELD_KINDS, *rest))

    def verb_escape(self) -> None:
        """Back one level; what is typed stays until you come back."""
        changed = bool(self.changed)
        self.verb_back()
        below = self.app.screen
        if changed and isinstance(below, Page):
            if self.app.kept.refused:
                below.warn(f"Not saved. {UNKEPT}")
            else:
                below.say("Not saved, but kept: open the form again and your text is there.")

    # -- the sentence beside the field -------------------------------------------------------------------

    def on_descendant_focus(self, _event: events.DescendantFocus) -> None:
        """Say what the field under the cursor is about, and who can read it."""
        self.tell_about()

    def current(self) -> Field | None:
        """The field with the cursor."""
        node = self.focused
        return node.parent if node is not None and isinstance(node.parent, Field) else None

    def tell_about(self) -> None:
        """The sentence of the current field."""
        field = self.current()
        if field is None or not self.is_mounted:
            return
        spec = field.spec
        parts = [self.about_of(spec), "one a line" if spec.kind == "list" else "", "needed" if spec.required else ""]
        about = "  " + " · ".join(part for part in parts if part)
        readers = f"read by {self.readers}" if self.readers else ""
        fits = cell_len(about) + cell_len(readers) + 4 <= self.size.width
        self.about.put([f"{about} · {readers}" if fits and readers else about, *([] if fits else [f"  {readers}"])])

    def about_of(self, spec: Spec) -> str:
        """The sentence of a field; a choice among few says what there is to choose."""
        options = " / ".join(text for _, text in spec.choices)
        if not spec.choices or cell_len(options) + 4 > self.size.width:
            return spec.about
        # Some sentences list the keys themselves; the words say it better.
        told = "" if spec.choices[0][0] in spec.about.partition(",")[0] else spec.about
        both = f"{told}: {options}" if told else options
        return both if cell_len(both) + 14 < self.size.width else spec.about or options

    def find(self, text: str) -> Sequence[PersonLine]:
        """People who match, for fields that name somebody."""
        with self.guard():
            return self.desk.lookup(text)
        return ()

    def show_findings(self, findings: Sequence[Finding], more: Sequence[str] = ()) -> None:
        """What the checks say, blocking ones first."""
        self.findings = tuple(sorted(findings, key=lambda one: one.severity != "block"))
        signs = [f"{'!' if one.severity == 'block' else '?'} {self.in_words(one.text)}" for one in self.findings]
        self.finding_lines.put([*signs, *more])
        if self.is_mounted:
            self.refresh_lines()


def chosen(rows: Sequence[Difference]) -> dict[str, str]:
    """The texts that shall be saved."""
    return {row.name: row.result for row in rows}
