"""Two people, one thing: what was there, what they saved, what you typed, side by side."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import ClassVar

from textual.widget import Widget

from piptui.text import fit, wrap
from screens.actions import Action
from screens.base import Page
from screens.form_actions import CONFLICT_ACTIONS
from screens.forms import chosen
from screens.merge import Difference, Side
from screens.widgets.fields import FormText, Scroll


class ConflictPage(Page):
    """Row by row theirs or yours; Enter saves the result, Esc goes back to your text with nothing decided."""

    ACTIONS: ClassVar[tuple[Action, ...]] = CONFLICT_ACTIONS
    HINTS: ClassVar[tuple[str, ...]] = (
        "conflict.theirs",
        "conflict.mine",
        "conflict.both",
        "conflict.save",
    )
    DEFAULT_CSS = """
    ConflictPage #rows { height: auto; max-height: 60%; }
    ConflictPage #whole { height: 1fr; }
    """

    def __init__(
        self,
        sentence: str,
        rows: Sequence[Difference],
        labels: Mapping[str, str],
        on_save: Callable[[Mapping[str, str]], None],
        *,
        texts: Collection[str] = (),
        on_edit: Callable[[Mapping[str, str], str], None] | None = None,
    ) -> None:
        super().__init__()
        self.sentence = sentence
        self.rows = list(rows)
        self.labels = labels
        self.on_save = on_save
        self.texts, self.on_edit = texts, on_edit
        self.cursor = 0

    def heading(self) -> str:
        """Who was here meanwhile is in the message; this is what the page is."""
        return "Changed by somebody else while you were typing"

    def above(self) -> Sequence[Widget]:
        """Who saved what, and that nothing is lost."""
        self.told = FormText([""])
        return (self.told,)

    def body(self) -> Sequence[Widget]:
        """The rows, then the whole texts of the row under the cursor."""
        self.list = FormText()
        self.whole = FormText()
        return (Scroll(self.list, id="rows"), Scroll(self.whole, id="whole"))

    def on_mount(self) -> None:
        """Show who and what."""
        self.draw()

    def on_resize(self) -> None:
        """Other widths."""
        self.draw()

    def draw(self) -> None:
        """Print the rows and the whole texts."""
        room = max(self.size.width, 40)
        label = min(14, room // 5)
        part = (room - label - 8) // 3
        head = "  " + " " * label + "".join(fit(name, part + 2) for name in ("before", "theirs", "you"))
        lines = [head]
        for number, row in enumerate(self.rows):
            cells = "".join(
                fit(f"{'*' if row.side == side else ' '}{text or '-'}", part) + "  "
                for side, text in (("", row.before), ("theirs", row.theirs), ("mine", row.mine))
            )
            name = fit(self.labels.get(row.name, row.name), label)
            lines.append(f"{'>' if number == self.cursor else ' '} {name}{cells}")
        self.told.put([f" {line}" for line in wrap(self.sentence, room - 2)])
        self.list.put(lines)
        self.whole.put(self._whole(room))

    def _whole(self, room: int) -> list[str]:
        if not self.rows:
            return ["", "  You both saved the same: nothing is left to choose. Enter saves, Esc goes back."]
        row = self.rows[self.cursor]
        lines = [""]
        for name, text in (("before", row.before), ("theirs", row.theirs), ("you", row.mine)):
            first, *rest = wrap(text or "-", max(room - 14, 20))
            lines += [f"  {fit(name, 9)}{first}", *(f"           {line}" for line in rest)]
        return [*lines, "", "  * is what will be saved"]

    def _choose(self, side: Side) -> None:
        if self.rows:
            self.rows[self.cursor] = self.rows[self.cursor].choose(side)
            self.cursor = min(self.cursor + 1, len(self.rows) - 1)
            self.draw()

    def verb_theirs(self) -> None:
        """Their text in this row."""
        self._choose("theirs")

    def verb_mine(self) -> None:
        """Your text in this row."""
        self._choose("mine")

    def verb_both(self) -> None:
        """Both texts of this row into the form, to make one of them there; what else was chosen goes with them."""
        row = self.rows[self.cursor] if self.rows else None
        if row is None or self.on_edit is None or row.name not in self.texts:
            self.say("This holds one value and no text: t takes theirs, m keeps yours.")
            return
        result = {**chosen(self.rows), row.name: row.both}
        self.app.pop_screen()
        self.on_edit(result, row.name)

    def verb_down(self) -> None:
        """Next row."""
        self.cursor = min(self.cursor + 1, max(len(self.rows) - 1, 0))
        self.draw()

    def verb_up(self) -> None:
        """The row before."""
        self.cursor = max(self.cursor - 1, 0)
        self.draw()

    def verb_save(self) -> None:
        """Back to the form with the result, which it saves."""
        result = chosen(self.rows)
        self.app.pop_screen()
        self.on_save(result)

    def verb_back(self) -> None:
        """Back to your text, as you typed it."""
        self.app.pop_screen()
        below = self.app.screen
        if isinstance(below, Page):
            below.say("Nothing is saved yet: your text is as you typed it. ctrl+s shows both again.")
