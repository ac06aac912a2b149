"""Correct an entry, a check-in or a file in the open: which part, what it says, what it should say, and why."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from textual.widget import Widget

from screens.act_form import ENTRY_WIDTH, ActForm, told_entries
from screens.correct_parts import Part, parts_of
from screens.explain import explain_for
from screens.forms import Kept, KeptKey
from screens.widgets.editors import Choice
from screens.widgets.fields import Field, FormText, Spec


class CorrectPage(ActForm):
    """The part to correct is chosen; beside what it says stands a field that begins with the same."""

    def __init__(self, case: str, prefill: Mapping[str, Any] | None = None) -> None:
        super().__init__(case, "correct", prefill)
        kept = self.app.kept.get(self.key())
        texts = kept.texts if isinstance(kept, Kept) else {}
        entries = told_entries(self.sheet, self.app.me().today)
        self.names = dict(entries)
        self.entry = self.given_entry() or texts.get("entry", "") or (entries[0][0] if entries else "")
        self.parts = {part.name: part for part in parts_of(self.sheet, self.entry)}
        asked = texts.get("field") or str(self.prefill.get("field", ""))
        self.shown = asked if asked in self.parts else next(iter(self.parts), "")
        self.typed_before: dict[tuple[str, str], str] = {}

    def given_entry(self) -> str:
        """The entry that the page was opened for, a check-in by its id; "" where it is chosen here."""
        given = str(self.prefill.get("entry", ""))
        slots = {one.record.slot: one.id for one in self.sheet.check_ins if one.record.struck is None}
        return slots.get(given, given)

    def key(self) -> KeptKey:
        """One for each entry."""
        return (self.case, "act correct", self.given_entry())

    def above(self) -> Iterable[Widget]:
        """Which entry, in words."""
        self.told = FormText([self._about_entry()])
        return (self.told,)

    def _about_entry(self) -> str:
        line = self.sheet.line
        return f" {line.employee} · {line.case} · {self.names.get(self.entry, 'no such entry')}"

    @property
    def part(self) -> Part:
        """The part that is chosen."""
        return self.parts.get(self.shown) or Part("text", "Text", "prose")

    # -- fields ------------------------------------------------------------------------------------------

    def fields(self) -> Iterable[Widget]:
        """Entry, part, what it says, what it should say, why."""
        if not self.given_entry():
            entries = tuple(self.names.items())
            spec = Spec("entry", "Entry", "choice", "which one", required=True, choices=entries, text=self.entry)
            yield Field(spec, label_width=self.LABEL_WIDTH, width=ENTRY_WIDTH)
        options = tuple((part.name, part.label) for part in self.parts.values())
        spec = Spec("field", "Part", "choice", "which part of it", required=True, choices=options, text=self.shown)
        yield Field(spec, label_width=self.LABEL_WIDTH, width=ENTRY_WIDTH)
        self.says = FormText([self._says()], wraps=True)
        yield self.says
        yield self._value_field()
        yield Field(Spec("reason", "Why", "prose", "why it is corrected", required=True))

    def _says(self) -> str:
        part = self.part
        said = dict(part.choices).get(part.said, part.said).replace("\n", "; ")
        return f"  It says: {said or '-'}"

    def _value_field(self) -> Field:
        part = self.part
        about = "what it should say; what it said stays readable"
        spec = Spec("value", "Should say", part.kind, about, required=True, choices=part.choices, text=part.said)
        return Field(spec, explain=explain_for(part.kind, self.calendar()), label_width=self.LABEL_WIDTH)

    def focus_first(self) -> None:
        """The cursor on the first choice."""
        if self.all_fields:
            self.all_fields[0].focus_editor()

    @property
    def changed(self) -> dict[str, str]:
        """A part that was only looked at is nothing typed; with a text, its part belongs to it."""
        changed = super().changed
        if not changed.keys() & {"value", "reason"}:
            return {}
        return changed | {"field": self.shown, "entry": self.entry}

    # -- another part, another entry ---------------------------------------------------------------------

    def typed(self, field: Field) -> None:
        """Another part says something else; what was typed for the one before comes back with it."""
        super().typed(field)
        if field.spec.name == "field":
            self.call_later(self._show_part, field.text)
        elif field.spec.name == "entry":
            self.call_later(self._show_entry, field.text)

    async def _show_entry(self, entry: str) -> None:
        self._remember()
        self.entry = entry
        self.parts = {part.name: part for part in parts_of(self.sheet, entry)}
        choice = self.field("field")
        first = next(iter(self.parts), "")
        if choice is not None and isinstance(choice.editor, Choice):
            choice.editor.options = tuple((part.name, part.label) for part in self.parts.values())
            choice.put(first)
        self.told.put([self._about_entry()])
        await self._swap(first)

    async def _show_part(self, name: str) -> None:
        if name != self.shown:
            self._remember()
            await self._swap(name)

    def _remember(self) -> None:
        value = self.field("value")
        if value is not None and value.text != value.editor.tidy(self.part.said):
            self.typed_before[self.entry, self.shown] = value.text

    async def _swap(self, name: str) -> None:
        self.shown = name
        self.says.put([self._says()])
        old, new = self.field("value"), self._value_field()
        inside = old is not None and old.has_focus_within
        if old is not None:
            await old.remove()
        await self.form.mount(new, after=self.says)
        self.base_texts["value"] = self.part.said
        new.put(self.typed_before.get((self.entry, name), self.part.said))
        if inside:
            new.focus_editor()
        self.keep()
        self.look_ahead()

    # -- doing it ----------------------------------------------------------------------------------------

    def data(self) -> dict[str, Any]:
        """The entry is named by its id."""
        return super().data() | {"entry": self.entry, "field": self.shown}

    def catch_up(self) -> str:
        """What the entry says now; one that is struck by now says so."""
        now = self.desk.view(self.case)
        stands = self.entry in dict(told_entries(now, self.app.me().today))
        if not stands or self.shown not in {part.name for part in parts_of(now, self.entry)}:
            self.warn("This entry cannot be corrected any more: somebody struck it just now.")
            return ""
        was = self.part.said
        super().catch_up()
        value = self.field("value")
        if value is None or self.part.said == was:
            return ""
        value.put_still(self.part.said)
        self.base_texts["value"] = self.part.said
        return "what is shown here"

    def rebase(self) -> None:
        """Read again what the entry says."""
        super().rebase()
        self.parts = {part.name: part for part in parts_of(self.sheet, self.entry)}
        self.says.put([self._says()])

    def in_words(self, sentence: str) -> str:
        """Parts by their labels, too."""
        for name in sorted(self.parts, key=len, reverse=True):
            sentence = sentence.replace(f"corrected {name} of", f'corrected "{self.parts[name].label}" of')
            sentence = sentence.replace(f"{name} says that already", f'"{self.parts[name].label}" says that already')
        return super().in_words(sentence)

    def names_of(self, sentence: str) -> Sequence[str]:
        """What cannot be read stands in the field of the value, whatever the part is called."""
        names = super().names_of(sentence)
        return (*names, "value") if names[0] == self.shown or names[0].startswith(f"{self.shown}.") else names
