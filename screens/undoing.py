"""`u`: one's own last step in a case, taken back in the open."""

from typing import Final

from piptui.dates import in_zone, show_date
from piptui.text import clean_line, fit
from screens.base import Page

_BEGINS: Final = 40
"""Cells of an entry's text that say which one it is."""


class Undoing(Page):
    """A page about a case on which the last step can be undone; asked twice, for the record shows it for ever."""

    _undo_asked = False

    def _which(self, step: str) -> str:
        """When the step was recorded and how its entry begins: notes of one day are told apart by that."""
        lines = reversed(self.desk.history(self.case))
        last = next((one for one in lines if one.sentence.rstrip(".") == step.rstrip(".")), None)
        if last is None:
            return ""
        me = self.app.me()
        at = in_zone(last.at, me.zone)
        day = "" if at.date() == me.today else f"{show_date(at.date(), me.today)} "
        entry = next((one for one in self.desk.view(self.case).entries if one.seq == last.seq), None)
        begins = (
            f": “{fit(clean_line(entry.text, limit=None), _BEGINS).rstrip()}”"
            if entry is not None and entry.text
            else ""
        )
        return f" Recorded {day}{at:%H:%M}{begins}"

    def action_verb(self, name: str) -> None:
        """Any other key leaves things as they are."""
        if name != "case.undo":
            self._undo_asked = False
        super().action_verb(name)

    def verb_undo(self) -> None:
        """Say what would be undone; with the second press, do it."""
        if self._undo_asked:
            self._undo_asked = False
            self.committed(self.desk.do("undo", self.case, {}), stay=True)
            self.on_changed()
            return
        found = self.desk.preview("undo", self.case, {})
        if not found.sentences:
            self.warn(*([one.text for one in found.findings] or ["There is nothing to undo."]))
            return
        self._undo_asked = True
        step = found.sentences[0].partition(" undid: ")[2]
        self.warn(
            f"Undo this? {step}{self._which(step)}",
            "u once more does it, and the record shows both; any other key leaves it.",
        )
