"""Notes of the notebook into a case: each is ticked, none comes by itself."""

from collections.abc import Iterable
from typing import Any

from textual.widget import Widget

from piptui.dates import show_date
from piptui.desk.api import NoteLine
from piptui.errors import PiptuiError
from screens.act_form import ActForm
from screens.person_form import told
from screens.widgets.fields import Field, FormText, Spec


class BringInPage(ActForm):
    """The notes about the employee that can come in, a box to tick for each."""

    def offered(self) -> tuple[NoteLine, ...]:
        """The notes that are neither struck nor in this case."""
        try:
            notes = self.desk.person(self.sheet.header.of).notes
        except PiptuiError:
            return ()
        return tuple(one for one in notes if not one.struck and self.sheet.line.case not in one.cases)

    def fields(self) -> Iterable[Widget]:
        """A box for each note."""
        today, found = self.app.me().today, self.offered()
        if not found:
            yield FormText(["", "  The notebook has nothing that you could bring in, or it is in this case already."])
        for one in found:
            label = f"{show_date(one.occurred_on, today)}  {told(one)}"
            yield Field(Spec(one.id, label, "tick", f"{one.text} (by {one.who})"), label_width=self.LABEL_WIDTH)

    def data(self) -> dict[str, Any]:
        """The notes that are ticked."""
        return {"notes": [field.spec.name for field in self.all_fields if field.text.strip()]}

    def look_ahead(self) -> None:
        """What would come in; before anything is ticked, how to."""
        if self.act.possible and not self.data()["notes"]:
            self.preview.put([" Space ticks a note that shall come into the case; nothing comes by itself."])
            return
        super().look_ahead()

    def typed(self, field: Field) -> None:
        """A tick is looked at when it is made."""
        super().typed(field)
        self.look_ahead()
