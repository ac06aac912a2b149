"""All acts on a case, with the reason where one is not possible now."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Final

from textual import events, on
from textual.widget import Widget

from piptui.desk.api import ActLine
from piptui.text import wrap
from screens.actions import Action
from screens.base import Page, why_not
from screens.kept import KeptKey, kept_for, kept_name
from screens.moves import in_order
from screens.widgets.bars import Message
from screens.widgets.lines import Column, Lines
from screens.widgets.options import Option, option_lines

_REASON_LINES: Final = 4
"""The lines that the reason of the row under the cursor may take."""


class ActsPage(Page):
    """All acts on a case: the possible ones first, the others with the reason why not now. What is opened from
    here comes back to here."""

    HINTS = ("list.choose",)

    def __init__(self, case: str, acts: Sequence[ActLine]) -> None:
        super().__init__()
        self.case = case
        self._acts = in_order(acts)

    def heading(self) -> str:
        """What this is."""
        return f"What can be done in case {self.case}"

    def body(self) -> Iterable[Widget]:
        """The acts, and the whole reason of the one under the cursor."""
        self.lines = option_lines("acts", Column("", 30, grow=1, first=44), Column("", 20, grow=1))
        self.reason = Message(id="reason")
        yield self.lines
        yield self.reason

    def on_mount(self) -> None:
        """Show them."""
        self.main, self.lines.when_chosen = self.lines, self._chosen
        self._list()
        self.lines.focus()

    def _list(self) -> None:
        can, cannot = ([self._option(act) for act in self._acts if act.possible is is_so] for is_so in (True, False))
        self.lines.show([*can, *self._left(), *cannot, self._elsewhere()], blank=("Nothing can be done here.",))

    def on_changed(self) -> None:
        """Read again what is possible; the cursor leaves an act that is done."""
        self._acts = in_order(self.read_acts())
        self._list()
        if self.lines.current is not None and self.lines.current.dim:
            self.lines.verb_first()

    def read_acts(self) -> Sequence[ActLine]:
        """What can be done now."""
        return self.desk.acts(self.case)

    def open(self, act: ActLine) -> None:
        """Open the page of an act."""
        self.app.open_act(self.case, act.act)

    def on_resize(self, event: events.Resize) -> None:
        """Give the reasons the lines that the longest one needs, so that no row comes and goes with them."""
        room = max(event.size.width - 2, 10)
        needed = max((len(wrap(self._option(act).beside, room)) for act in self._acts), default=1)
        self.reason.styles.height = min(max(needed, 1), _REASON_LINES)

    def _option(self, act: ActLine) -> Option:
        return Option(
            act.act, act.title, "" if act.possible else why_not(act)[1], partial(self._do, act), not act.possible
        )

    def _left(self) -> Iterable[Option]:
        """What is typed for this case and not saved, whether its form still opens or not."""
        for key in kept_for(self.app.kept, self.case) if self.case else ():
            told = f"Typed, not saved: {kept_name(*key).removesuffix(f' in case {self.case}')}"
            beside = "read it, make a note of it, or throw it away"
            yield Option(" ".join(key), told, beside, partial(self._show, key))

    def _show(self, key: KeptKey) -> None:
        from screens.left_over import LeftOverPage

        self.app.push_screen(LeftOverPage(key))

    def _elsewhere(self) -> Option:
        """What is done by command, after a list that has to be read first."""
        where = f"by HR or legal, by command: {self.redaction()}"
        return Option(
            "redact", "Remove from the record for good", where, lambda: self.warn(f"This is done {where}."), dim=True
        )

    def redaction(self) -> str:
        """The command that removes what this page is about."""
        return f"piptui redact {self.case} [ENTRY]"

    def _do(self, act: ActLine) -> None:
        if not act.possible:
            self.not_now(act.act, why_not(act))
            return
        self.open(act)

    @on(Lines.Moved)
    def _moved(self) -> None:
        option = self.lines.current
        self.reason.show([option.beside] if option else [])

    def hint_word(self, action: Action) -> str:
        """Enter does it."""
        return "do it" if action.id == "list.choose" else super().hint_word(action)

    def _chosen(self) -> None:
        with self.guard():
            if option := self.lines.current:
                option.chosen()

    def verb_acts(self) -> None:
        """The same key closes it."""
        self.verb_back()
