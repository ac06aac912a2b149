"""Text that waits for a form which cannot be opened any more: to be read, put on file as a note, or thrown away."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import ClassVar

from textual.widget import Widget

from piptui.dates import in_zone, show_date
from piptui.desk.api import Done
from piptui.text import wrap
from screens.act_form import ActForm
from screens.actions import Action
from screens.base import Page, why_not
from screens.form_actions import LEFT_ACTIONS
from screens.kept import Kept, KeptKey, kept_name
from screens.labels import label
from screens.widgets.reader import Line, Reader


class LeftNote(ActForm):
    """A note of what was typed for something else, `of` which kept text; `then` is told that it is on file."""

    def __init__(self, case: str, of: KeptKey, given: Mapping[str, str], then: Callable[[], None]) -> None:
        super().__init__(case, "note", given)
        self._of, self._then = of, then

    def key(self) -> KeptKey:
        """One for each text that is left over."""
        return (self.case, "act note", " ".join(self._of[1:]))

    def saved(self, done: Done) -> None:
        """It is on file: the text need not be kept."""
        self._then()
        super().saved(done)


class LeftOverPage(Page):
    """One kept text, whole, and why its form does not open."""

    ACTIONS: ClassVar[tuple[Action, ...]] = LEFT_ACTIONS
    HINTS: ClassVar[tuple[str, ...]] = ("left.note", "left.copy", "left.drop")

    def __init__(self, key: KeptKey, told: Sequence[str] = ()) -> None:
        super().__init__()
        self._key = key
        self.case = key[0]
        self._told = told
        self._asked = False

    def heading(self) -> str:
        """What this is."""
        return f"Not saved: {kept_name(*self._key)}"

    def body(self) -> Iterable[Widget]:
        """The text."""
        self.reader = Reader(id="left")
        yield self.reader

    def on_mount(self) -> None:
        """Show it."""
        self.main = self.reader
        self.reader.show(self._lines)
        self.reader.focus()

    def _kept(self) -> Kept | None:
        found = self.app.kept.get(self._key)
        return found if isinstance(found, Kept) else None

    def _parts(self) -> list[tuple[str, str]]:
        kept = self._kept()
        return [(label(name), text.strip()) for name, text in kept.texts.items() if text.strip()] if kept else []

    def text(self) -> str:
        """All that is kept, label by label."""
        return "\n".join(f"{name}: {text}" for name, text in self._parts())

    def _lines(self, width: int) -> list[Line]:
        kept, me = self._kept(), self.app.me()
        if kept is None:
            return [Line("It is not there any more.")]
        at = in_zone(kept.at, me.zone)
        kept_at = f"Typed {show_date(at.date(), me.today)}, {at:%H:%M}, and kept on this machine for you alone."
        lines = [Line(part, "dim") for one in (*self._told, kept_at) for part in wrap(one, width)]
        for name, text in self._parts():
            lines += [Line(), Line(name, "bold"), *(Line(part) for part in wrap(text, width))]
        return lines

    def verb_note(self) -> None:
        """As a note in the case."""
        act = next((one for one in self.desk.acts(self.case) if one.act == "note"), None)
        if self._kept() is None or act is None or not act.possible:
            self.warn(*(why_not(act) if act else ("Your role has no notes here.",)))
            return
        said = f"Typed as {kept_name(*self._key)}, and not recorded as that.\n{self.text()}"
        self.app.push_screen(LeftNote(self.case, self._key, {"text": said}, self._forget))

    def _forget(self) -> None:
        self.app.kept.pop(self._key, None)

    def goes_with(self, cases: Collection[str]) -> bool:
        """Text that went shows no more."""
        return self.case in cases and self._kept() is None

    def on_changed(self) -> None:
        """It is a note now: there is nothing left to show."""
        if self._kept() is None:
            self._close("It is on file as a note; nothing of it waits any more.")

    def verb_copy(self) -> None:
        """The text, for somewhere else."""
        self.copy(self.text(), "The whole text:")

    def verb_drop(self) -> None:
        """It goes, asked once."""
        if not self._asked:
            self._asked = True
            self.warn("Throw this text away? ctrl+x once more does it; any other key keeps it.")
            return
        self._forget()
        self._close("Thrown away.")

    def action_verb(self, name: str) -> None:
        """Any other key keeps what ctrl+x asked about."""
        if name != "left.drop":
            self._asked = False
        super().action_verb(name)

    def moved(self, told: str) -> None:
        """Moving on is a key like any other."""
        self._asked = False
        super().moved(told)

    def _close(self, told: str) -> None:
        below = self.app.screen_stack[-2]
        if isinstance(below, Page):
            below._stale = True
        self.app.pop_screen()
        if isinstance(below, Page):
            below.say(told)
