"""One labelled field of a form: label, editor, and beside it what was understood.

A field holds text as it was typed, whatever its kind: so it can be kept, compared and given back unchanged,
and what it means is for the desk to say. The focused field carries `>`, and brackets show where it can be
typed in, so that nothing depends on colour.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol, runtime_checkable

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, TextArea

from piptui.text import wrap
from screens.signs import shown
from screens.widgets.bars import in_ascii
from screens.widgets.editors import Choice, Editor, Line, Prose, Tick

Kind = Literal["line", "prose", "long", "number", "date", "when", "time", "choice", "yes/no", "list", "tick"]

YES_NO: Final = (("yes", "yes"), ("no", "no"))
SHORT: Final[dict[Kind, int]] = {"number": 14, "date": 20, "when": 20, "time": 12, "choice": 44, "yes/no": 12}
"""Cells of the editors that do not take the whole width."""
WORDS: Final[frozenset[Kind]] = frozenset({"line", "prose", "long", "list"})
"""Kinds that hold words: two texts can stand in them, one behind the other."""
MOST_ROWS: Final = 8
"""Rows to which a text grows before it scrolls."""


def cells(text: str, room: int, *, ascii: bool = False) -> str:  # noqa: A002 - the word that screens use
    """One line exactly `room` cells wide, its blanks kept: layout lives in them."""
    line = shown(text, ascii=ascii)
    if cell_len(line) > room > 0:
        line = set_cell_size(line, room - 1) + ("~" if ascii else "…")
    return set_cell_size(line, max(room, 0))


def told(note: str, room: int) -> str:
    """A note as far as there is room: what stands behind its first comma is left out before anything is cut."""
    return note if cell_len(note) <= room else note.partition(", ")[0]


_LEAD = re.compile(r"[ !?>]*")


def hanging(line: str, room: int) -> list[str]:
    """A line broken at blanks; what follows stands under the text behind its sign."""
    lead = (_LEAD.match(line) or [""])[0][: room // 2]
    first, *rest = wrap(line[len(lead) :], max(room - len(lead), 1))
    return [lead + first, *(" " * len(lead) + part for part in rest)]


@runtime_checkable
class Steps(Protocol):
    """A page that knows what comes after the last field."""

    def verb_next(self) -> None:
        """To the next field, or what follows the last one."""
        ...


@runtime_checkable
class Says(Protocol):
    """A page with a line for messages."""

    def say(self, text: str, *more: str) -> None:
        """Tell something."""
        ...


@dataclass(frozen=True)
class Spec:
    """What a form asks: `name` is the key of the input, `about` the sentence under the field, `choices` pairs of
    key and words, `text` what it begins with, `empty` whether a choice may be none."""

    name: str
    label: str
    kind: Kind = "line"
    about: str = ""
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    text: str = ""
    empty: bool = True


class Field(Widget):
    """A label, an editor, a note. `text` is what is typed; `explain` turns it into the note beside the editor."""

    DEFAULT_CSS = """
    Field { height: auto; layout: horizontal; }
    Field > Line, Field > Prose, Field > Choice { background: transparent; border: none; padding: 0; }
    Field > Line:focus, Field > Prose:focus { background-tint: transparent; border: none; }
    Field > Line { height: 1; width: 1fr; }
    Field > Prose { height: 1; width: 1fr; scrollbar-size-vertical: 1; }
    """

    class Changed(Message):
        """Something else is typed in a field."""

        def __init__(self, field: "Field") -> None:
            super().__init__()
            self.field = field

    def __init__(
        self,
        spec: Spec,
        *,
        label_width: int = 14,
        width: int = 0,
        explain: Callable[[str], str] | None = None,
    ) -> None:
        super().__init__()
        self.spec = spec
        self.explain = explain
        self.label = "" if spec.kind == "tick" else spec.label + (" *" if spec.required else "")
        self.label_width = label_width
        self.editor: Editor = self._editor(spec)
        self.kept_text = self.editor.raw
        self.note = self.told = ""
        width = width or SHORT.get(spec.kind, 0)
        if width:
            self.editor.styles.width = width
            self.editor.styles.max_width = "1fr"
        self.editor.styles.padding = 0
        self.editor.styles.margin = (0, 1, 0, label_width + 3)
        self._explain()

    def _editor(self, spec: Spec) -> Editor:
        match spec.kind:
            case "choice" | "yes/no":
                options = spec.choices if spec.kind == "choice" else YES_NO
                return Choice(self, options, spec.text, empty=spec.empty and not (spec.required and spec.text))
            case "tick":
                return Tick(self, spec.label, spec.text)
            case "prose" | "long" | "list":
                return Prose(self, spec.text, paragraphs=spec.kind != "prose")
            case _:
                return Line(self, spec.text, replace=spec.kind in SHORT)

    def compose(self) -> ComposeResult:
        """The editor alone: label and note are drawn."""
        yield self.editor

    @property
    def text(self) -> str:
        """What is typed."""
        return self.editor.raw

    def put(self, text: str) -> None:
        """Replace what is typed, without saying that somebody typed."""
        self.editor.raw = text
        self.kept_text = self.editor.raw
        self._explain()
        self._grow()
        self.refresh()

    def put_still(self, text: str) -> None:
        """Replace what is shown under a cursor that stays where it is, as far as the new text goes."""
        at = self.editor.place
        self.put(text)
        self.editor.place = at

    def focus_editor(self) -> None:
        """Put the cursor here."""
        self.editor.focus()

    def step(self, by: int) -> None:
        """To the field above or below."""
        if by < 0:
            self.screen.focus_previous()
        else:
            self.screen.focus_next()

    def enter(self) -> None:
        """To the next field, as Tab does."""
        page = self.screen
        if isinstance(page, Steps):
            page.verb_next()
        else:
            page.focus_next()

    def laid_out(self) -> None:
        """The text wraps anew: fit the height to it."""
        self._grow()

    def unfitting(self, char: str) -> None:
        """Say how one chooses here."""
        page, typed = self.screen, shown(char)
        if isinstance(page, Says):
            ways = "Space or x ticks this." if isinstance(self.editor, Tick) else "Left and Right go through them."
            page.say(f"“{typed}” begins no choice here. {ways}")

    def undone(self, told: str) -> None:
        """Say that a text was taken back; where it changed, once the page has heard of that."""
        self.told = told
        if self.text == self.kept_text and isinstance(self.screen, Says):
            self.screen.say(self.take_told())

    def take_told(self) -> str:
        """What is to be said of the last change, once."""
        told, self.told = self.told, ""
        return told

    def refresh_note(self) -> None:
        """Explain again: what it depends on has changed."""
        self._explain()
        self.refresh()

    def _explain(self) -> None:
        self.note = self.explain(self.text) if self.explain else ""

    def _grow(self) -> None:
        if isinstance(self.editor, Prose) and self.is_mounted:
            rows = max(1, min(self.editor.wrapped_document.height, MOST_ROWS))
            if self.editor.size.height != rows:
                self.editor.styles.height = rows

    def _typed(self) -> None:
        if self.text != self.kept_text:
            self.kept_text = self.text
            self._explain()
            self._grow()
            self.refresh()
            self.post_message(self.Changed(self))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Typed in a line."""
        event.stop()
        self._typed()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Typed in a text."""
        event.stop()
        self._typed()

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """Another choice."""
        event.stop()
        self._typed()

    def on_descendant_focus(self, _event: events.DescendantFocus) -> None:
        """Draw the cursor sign."""
        self.refresh()

    def on_descendant_blur(self, _event: events.DescendantBlur) -> None:
        """Take the cursor sign away."""
        self.refresh()

    def on_resize(self) -> None:
        """Text wraps anew: fit the height to it."""
        self.call_after_refresh(self._grow)

    def render_line(self, y: int) -> Strip:
        """The row behind the editor: sign, label, brackets, note."""
        style = self.rich_style
        ascii_only = in_ascii(self)
        left = self.label_width + 2
        inside = self.editor.region.width
        head = note = ""
        if y == 0:
            head = f"{'>' if self.has_focus_within else ' '}{self.label}"
            note = self.note
        brackets = "  " if isinstance(self.editor, Choice) else "[]" if self.editor.region.height <= 1 else "||"
        rest = max(self.size.width - left - inside - 2, 0)
        return (
            Strip(
                [
                    Segment(cells(head, left, ascii=ascii_only), Style(bold=self.has_focus_within)),
                    Segment(f"{brackets[0]}{' ' * inside}{brackets[1]}"),
                    Segment(cells(f" {told(note, rest - 1)}", rest, ascii=ascii_only)),
                ]
            )
            .adjust_cell_length(self.size.width)
            .apply_style(style)
        )


class Scroll(VerticalScroll, inherit_bindings=False, can_focus=False):
    """What scrolls to keep the cursor visible, and has no keys of its own: those belong to the page."""

    DEFAULT_CSS = "Scroll { scrollbar-size-vertical: 1; }"


class FormText(Widget):
    """Lines of plain text, their blanks kept; each is cut to the width, or with `wraps` goes on in the next row."""

    DEFAULT_CSS = "FormText { height: auto; width: 1fr; }"

    def __init__(
        self,
        lines: Sequence[str] = (),
        *,
        bold: bool = False,
        wraps: bool = False,
        id: str | None = None,  # noqa: A002 - the word of Textual
    ) -> None:
        super().__init__(id=id)
        self.lines = tuple(lines)
        self.bold = bold
        self.wraps = wraps

    def put(self, lines: Sequence[str]) -> None:
        """Show other lines."""
        if tuple(lines) != self.lines:
            changed = self.wraps or len(lines) != len(self.lines)
            self.lines = tuple(lines)
            self.refresh(layout=changed)

    def rows(self, width: int) -> list[tuple[str, str]]:
        """What stands in each row, beside the line that it belongs to."""
        if not self.wraps:
            return [(line, line) for line in self.lines]
        return [(row, line) for line in self.lines for row in hanging(line, width)]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One row for each line, or as many as it needs."""
        return len(self.rows(width))

    def render_line(self, y: int) -> Strip:
        """One of the rows; the one whose line starts with `>` is the cursor's, in reverse."""
        rows = self.rows(self.size.width)
        text, line = rows[y] if y < len(rows) else ("", "")
        hidden = len(rows) - self.size.height
        if hidden > 0 and y == self.size.height - 1 and self.wraps:
            text = f"  … {hidden + 1} more lines"
        style = Style(bold=self.bold or line.startswith("!"), reverse=line.startswith(">"))
        drawn = cells(text, self.size.width, ascii=in_ascii(self))
        return Strip([Segment(drawn, style)]).apply_style(self.rich_style)
