"""`u`: one's own last step in a case, taken back in the open."""

from screens.base import Page


class Undoing(Page):
    """A page about a case on which the last step can be undone; asked twice, for the record shows it for ever."""

    _undo_asked = False

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
        self.warn(f"Undo this? {step}", "u once more does it, and the record shows both; any other key leaves it.")
