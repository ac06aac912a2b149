"""What the cursor stands in: one line of text, growing text, or a choice; each tells its owner where to go next.

Textual's own editors bind most control keys. Here they keep the few that a terminal user expects in a text and
leave the rest to the page, so that ctrl+n, ctrl+d or ctrl+k mean one thing wherever the cursor is.
"""

import re
from collections.abc import Sequence
from typing import ClassVar, Protocol

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, TextArea

from piptui.text import clean, clean_line, fit, fold
from screens.widgets.bars import in_ascii

_ENDS = re.compile(r"\s*[\n\t]\s*")


def one_line(text: str) -> str:
    """Text as a field of one line takes it: line ends and tabs are spaces, every other blank stays."""
    return _ENDS.sub(" ", clean(text, limit=None))


class Owner(Protocol):
    """The field around an editor: decides what the arrows and Enter mean there."""

    def step(self, by: int) -> None:
        """Go up (-1) or down (1)."""
        ...

    def enter(self) -> None:
        """Enter was pressed where it is not part of the text."""
        ...

    def laid_out(self) -> None:
        """A text was broken into rows anew."""
        ...

    def unfitting(self, char: str) -> None:
        """A letter was typed that is the beginning of no choice."""
        ...

    def undone(self, told: str) -> None:
        """A text was taken back or brought back, or could not be: what is to be said of it."""
        ...


class Line(Input, inherit_bindings=False):
    """One line of text. Pasted lines are joined instead of cut off. With `replace` the first letter replaces what
    is there, as one wants it of a number, and never of a sentence."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "cursor_left", show=False),
        Binding("right", "cursor_right", show=False),
        Binding("shift+left", "cursor_left(True)", show=False),
        Binding("shift+right", "cursor_right(True)", show=False),
        Binding("ctrl+left", "cursor_left_word", show=False),
        Binding("ctrl+right", "cursor_right_word", show=False),
        Binding("home,ctrl+a", "home", show=False),
        Binding("end", "end", show=False),
        Binding("backspace", "delete_left", show=False),
        Binding("delete", "delete_right", show=False),
        Binding("ctrl+w", "delete_left_word", show=False),
        Binding("ctrl+u", "delete_left_all", show=False),
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("enter", "enter", show=False),
    ]

    def __init__(self, owner: Owner, text: str = "", *, replace: bool = False) -> None:
        self.owner = owner
        self._left_at = len(text)
        super().__init__(one_line(text), compact=True, select_on_focus=replace)
        self.cursor_blink = False

    def tidy(self, text: str) -> str:
        """A text as this editor shows it while nobody types."""
        return one_line(text)

    def on_blur(self) -> None:
        """While the cursor is elsewhere a long text shows its beginning."""
        self._left_at = self.cursor_position
        self.cursor_position = 0

    def on_focus(self) -> None:
        """Back: where one was."""
        if self.select_on_focus:
            return
        self.cursor_position = min(self._left_at, len(self.value))

    @property
    def raw(self) -> str:
        """The text as typed."""
        return self.value

    @raw.setter
    def raw(self, text: str) -> None:
        self.value = self.tidy(text)
        self._left_at = len(self.value)
        self.cursor_position = len(self.value) if self.has_focus else 0

    @property
    def place(self) -> tuple[int, int]:
        """Row and column of the cursor."""
        return 0, self.cursor_position

    @place.setter
    def place(self, at: tuple[int, int]) -> None:
        self.cursor_position = min(at[1], len(self.value))

    def action_step(self, by: int) -> None:
        """Up or down, as the field decides."""
        self.owner.step(by)

    def action_enter(self) -> None:
        """Enter, as the field decides."""
        self.owner.enter()

    def on_paste(self, event: events.Paste) -> None:
        """Take all of what was pasted, as one line: the stock editor keeps the first line and drops the rest."""
        event.prevent_default()
        event.stop()
        self.replace(one_line(event.text), *self.selection)


class Prose(TextArea, inherit_bindings=False):
    """Text that wraps and grows. With `paragraphs` Enter starts a new one; without, Enter goes on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "cursor_left", show=False),
        Binding("right", "cursor_right", show=False),
        Binding("shift+left", "cursor_left(True)", show=False),
        Binding("shift+right", "cursor_right(True)", show=False),
        Binding("shift+up", "cursor_up(True)", show=False),
        Binding("shift+down", "cursor_down(True)", show=False),
        Binding("ctrl+left", "cursor_word_left", show=False),
        Binding("ctrl+right", "cursor_word_right", show=False),
        Binding("home,ctrl+a", "cursor_line_start", show=False),
        Binding("end", "cursor_line_end", show=False),
        Binding("backspace", "delete_left", show=False),
        Binding("delete", "delete_right", show=False),
        Binding("ctrl+w", "delete_word_left", show=False),
        Binding("ctrl+u", "delete_to_start_of_line", show=False),
        Binding("ctrl+z", "undo", show=False),
        Binding("ctrl+y", "redo", show=False),
        Binding("up", "up", show=False),
        Binding("down", "down", show=False),
    ]

    def __init__(self, owner: Owner, text: str = "", *, paragraphs: bool) -> None:
        self.owner = owner
        self.paragraphs = paragraphs
        super().__init__(clean(text, limit=None), compact=True, highlight_cursor_line=False)
        self.cursor_blink = False

    def on_mount(self) -> None:
        """Go on where the text ends."""
        self.move_cursor(self.document.end)

    def on_resize(self) -> None:
        """Another width breaks the rows elsewhere: the field has to be as high as they are."""
        self.call_after_refresh(self.owner.laid_out)

    def tidy(self, text: str) -> str:
        """A text as this editor shows it while nobody types."""
        return clean(text, limit=None)

    @property
    def raw(self) -> str:
        """The text as typed."""
        return self.text

    @raw.setter
    def raw(self, text: str) -> None:
        self.load_text(self.tidy(text))
        self.move_cursor(self.document.end)

    def action_undo(self) -> None:
        """Take back, and say how it comes again: much may go at once."""
        before = self.text
        super().action_undo()
        self.owner.undone(
            "Nothing to undo in this text." if self.text == before else "Undone: ctrl+y brings it back."
        )

    def action_redo(self) -> None:
        """Bring back what was taken back."""
        before = self.text
        super().action_redo()
        self.owner.undone("Nothing was undone here." if self.text == before else "Brought back: ctrl+z undoes it.")

    @property
    def place(self) -> tuple[int, int]:
        """Row and column of the cursor."""
        return self.cursor_location

    @place.setter
    def place(self, at: tuple[int, int]) -> None:
        self.move_cursor(at)

    @property
    def _row(self) -> int:
        return self.wrapped_document.location_to_offset(self.cursor_location).y

    def action_up(self) -> None:
        """One row up; out of the field from the first row."""
        if self._row == 0:
            self.owner.step(-1)
        else:
            self.action_cursor_up()

    def action_down(self) -> None:
        """One row down; out of the field from the last row."""
        if self._row >= self.wrapped_document.height - 1:
            self.owner.step(1)
        else:
            self.action_cursor_down()

    def on_key(self, event: events.Key) -> None:
        """Enter goes on where the text is one paragraph."""
        if event.key == "enter" and not self.paragraphs:
            event.prevent_default()
            event.stop()
            self.owner.enter()

    def on_paste(self, event: events.Paste) -> None:
        """Paste without anything that a terminal would obey."""
        event.prevent_default()
        event.stop()
        text = clean(event.text, limit=None) if self.paragraphs else one_line(event.text)
        self.replace(text, *self.selection, maintain_selection_offset=False)


class Choice(Widget, can_focus=True):
    """One of a few words: arrows go round, letters pick by their beginning, backspace empties."""

    DEFAULT_CSS = "Choice { height: 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", show=False),
        Binding("right", "turn(1)", show=False),
        Binding("space", "turn(1)", show=False),
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("enter", "enter", show=False),
        Binding("backspace,delete", "empty", show=False),
    ]

    raw = reactive("")
    """The key of the choice; empty when none is made."""
    place: tuple[int, int] = (0, 0)
    """Row and column of the cursor, which a choice has none of."""

    class Changed(Message):
        """Another choice was made."""

    def __init__(self, owner: Owner, options: Sequence[tuple[str, str]], text: str = "", *, empty: bool) -> None:
        super().__init__()
        self.owner = owner
        self.options = tuple(options)
        self.may_be_empty = empty
        self._typed = ""
        self.set_reactive(Choice.raw, text)

    def tidy(self, text: str) -> str:
        """A choice is shown as it is."""
        return text

    @property
    def words(self) -> str:
        """The words of the choice, or its key where the key is none of the options."""
        return dict(self.options).get(self.raw, self.raw)

    def render_line(self, y: int) -> Strip:
        """Angle brackets say that the arrows do something."""
        text = fit(f"< {clean_line(self.words, limit=None) or '-'} >", self.size.width, ascii=in_ascii(self))
        return Strip([Segment(text, Style(reverse=self.has_focus))]).apply_style(self.rich_style)

    def watch_raw(self) -> None:
        """Tell the field."""
        self.post_message(self.Changed())

    def action_turn(self, by: int) -> None:
        """Next or previous choice, round and round."""
        keys = [key for key, _ in self.options]
        if self.may_be_empty:
            keys.insert(0, "")
        if keys:
            at = keys.index(self.raw) if self.raw in keys else (-1 if by > 0 else 0)
            self.raw = keys[(at + by) % len(keys)]
        self._typed = ""

    def action_empty(self) -> None:
        """No choice, where that is allowed."""
        self._typed = ""
        if self.may_be_empty:
            self.raw = ""

    def action_step(self, by: int) -> None:
        """Up or down, as the field decides."""
        self._typed = ""
        self.owner.step(by)

    def action_enter(self) -> None:
        """Enter, as the field decides."""
        self.owner.enter()

    def on_blur(self) -> None:
        """What was typed to find a choice is forgotten."""
        self._typed = ""

    def on_key(self, event: events.Key) -> None:
        """Letters pick: the longest beginning typed so far that fits a choice."""
        char = event.character
        if char is None or not char.isprintable() or char == " " or event.key == "question_mark":
            return
        event.stop()
        for typed in (self._typed + char, char):
            for key, text in self.options:
                if fold(text).startswith(fold(typed)) or fold(key).startswith(fold(typed)):
                    self._typed, self.raw = typed, key
                    return
        self.owner.unfitting(char)


class Tick(Choice):
    """A box to tick, with its text behind it; space and x tick it."""

    def __init__(self, owner: Owner, label: str, text: str = "") -> None:
        super().__init__(owner, (("yes", "yes"),), text, empty=True)
        self.label = label

    def render_line(self, y: int) -> Strip:
        """The box and the text."""
        text = fit(
            f"[{'x' if self.raw else ' '}] {clean_line(self.label, limit=None)}",
            self.size.width,
            ascii=in_ascii(self),
        )
        return Strip([Segment(text, Style(reverse=self.has_focus))]).apply_style(self.rich_style)

    def on_key(self, event: events.Key) -> None:
        """x ticks and unticks; other letters mean nothing here."""
        if event.character is not None and event.character.isprintable() and event.key != "question_mark":
            event.prevent_default()
            if event.key != "space":
                event.stop()
            if event.key == "x":
                self.raw = "" if self.raw else "yes"
            elif event.key != "space":
                self.owner.unfitting(event.character)


Editor = Line | Prose | Choice
