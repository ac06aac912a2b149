"""The plan editor: sections on the left, the fields of one item on the right, filled by keyboard alone."""

from collections.abc import Iterable
from typing import Any, ClassVar, Final

import msgspec
from textual import events
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from piptui.errors import Conflict
from screens import plan_fields
from screens.form_actions import PLAN_ACTIONS, SAVE_ACTIONS
from screens.plan_fields import SECTIONS, Section, items_of
from screens.plan_outline import (
    Place,
    finding_lines,
    keys_of,
    names_of,
    next_finding,
    outline,
    place_line,
    places,
    position,
)
from screens.plan_record import PlanRecord
from screens.widgets.editors import Choice
from screens.widgets.fields import Field, FormText

NARROW: Final = 72
"""Below this width the list of sections gives its place to the fields."""


class PlanPage(PlanRecord):
    """The draft of one case."""

    ACTIONS = (*PLAN_ACTIONS, *SAVE_ACTIONS)
    HINTS: ClassVar[tuple[str, ...]] = ("form.save", "plan.forward", "plan.new", "form.finding")
    DEFAULT_CSS = """
    PlanPage #sections { width: 23; height: 1fr; }
    PlanPage #right { width: 1fr; }
    PlanPage #split { height: 1fr; }
    PlanPage #place { height: 1; }
    """

    def __init__(self, case: str) -> None:
        super().__init__(case)
        self.typed_ahead = ""
        self.asked_to_remove = ""
        self.warned_about = ""

    # -- what is there -----------------------------------------------------------------------------------

    def heading(self) -> str:
        """Whose plan, which case, which version."""
        line = self.sheet.line
        state = self.sheet.draft_state or "draft" if self.editable else "no draft"
        return f"Plan of {line.employee} · {line.case} · {state}"

    def body(self) -> Iterable[Widget]:
        """Sections left, fields right, findings below."""
        self.section_lines = FormText(id="sections")
        self.place_line = FormText([""], bold=True, id="place")
        form, about, findings = super().body()
        right = Vertical(self.place_line, form, id="right")
        return (Horizontal(self.section_lines, right, id="split"), about, findings)

    def on_mount(self) -> None:
        """Where we were last time, with what the checks say."""
        self.base = self.as_read()
        self.show_fitting()
        if not self.editable:
            self.warn("There is no draft to edit: an issued plan stays as it was delivered.")
        self.draw()

    def on_resize(self, event: events.Resize) -> None:
        """A narrow terminal shows the fields alone."""
        self.section_lines.display = event.size.width >= NARROW
        self.call_after_refresh(self.draw)

    def draw(self) -> None:
        """Sections, the line above the fields, and the findings of this place."""
        said = {section.id: self.texts_of(section) for section in SECTIONS if not section.collection}
        lines = outline(self.text, self.place, self.findings, said, self.unsaved())
        first = max(SECTIONS.index(self.place.section) + 2 - (self.section_lines.size.height or len(lines)), 0)
        self.section_lines.put(lines[first:])
        self.place_line.put([place_line(self.text, self.place)])
        self.finding_lines.put(finding_lines(self.findings, self.place))

    # -- moving ------------------------------------------------------------------------------------------

    def go(self, place: Place, field: str = "") -> None:
        """Show another place; letters typed meanwhile go into its first field."""
        self.asked_to_remove = self.warned_about = ""
        self.place = place
        self.app.kept[self.case, "plan, left at", ""] = place.name
        self.loading = True
        self.call_later(self._load, field)

    async def _load(self, field: str = "") -> None:
        await self.form.remove_children()
        await self.form.mount_all(self.fields())
        self.base = self.as_read()
        self.loading = False
        self.begin()
        self.show_fitting()
        self.draw()
        target = self.field(field) or next(iter(self.all_fields), None)
        if target is not None:
            self.set_focus(target.editor)
            if self.typed_ahead and not isinstance(target.editor, Choice):
                target.editor.insert(self.typed_ahead, *self._end(target))
        self.typed_ahead = ""

    @staticmethod
    def _end(field: Field) -> tuple[Any, ...]:
        # One line counts characters, growing text has a cursor of its own.
        return (len(field.text),) if hasattr(field.editor, "value") else ()

    def on_key(self, event: events.Key) -> None:
        """Letters typed while the fields change are kept for the field that comes."""
        if self.loading and event.character is not None and event.is_printable:
            event.stop()
            event.prevent_default()
            self.typed_ahead += event.character

    def hint_ids(self) -> tuple[str, ...]:
        """F8 goes through the whole plan."""
        return self.HINTS

    def verb_next(self) -> None:
        """The next field; behind the last one the next item or section."""
        fields = [field for field in self.all_fields if field.display]
        if fields and self.current() is fields[-1]:
            self.step_by(1)
        else:
            self.focus_next()

    def step_by(self, by: int) -> None:
        """To the next or previous place; what is typed here is saved first."""
        every = places(self.text, self.place)
        at = every.index(self.place) if self.place in every else 0
        target = every[(at + by) % len(every)]
        if self.leave():
            self.go(target)

    def leave(self) -> bool:
        """Save what is typed here; where that fails, stay once and say so, then go and keep the text."""
        if not self.changed:
            return True
        place = self.place.name
        if self.warned_about == place:
            self.keep()
            return True
        if self.try_save():
            return True
        self.warned_about = place
        return False

    def verb_forward(self) -> None:
        """On."""
        self.step_by(1)

    def verb_backward(self) -> None:
        """Back."""
        self.step_by(-1)

    def verb_finding(self) -> None:
        """To the next finding, through the whole plan."""
        names = list(names_of(self.place.section))
        field = self.current()
        at = names.index(field.spec.name) if field is not None else -1
        number, item, _ = position(self.place.name, self.text)
        target = next_finding(self.findings, (number, item, at), self.text)
        if target is None:
            self.say("The checks find nothing in this plan.")
        elif self.leave():
            self.go(*target)

    # -- changing ----------------------------------------------------------------------------------------

    def verb_new(self) -> None:
        """A new item in this list."""
        section = self.place.section
        if not section.collection:
            self.say("This part has no list. ctrl+n adds to standards, gaps, evidence, goals and so on.")
        elif self.place.item or self.changed:
            if self.leave():
                self.go(Place(section))
        else:
            self.say(f"This is a new {section.one} already: type, then ctrl+s.")

    def verb_remove(self) -> None:
        """Remove this item, asked once."""
        section, item = self.place.section, self.place.item
        if not section.collection:
            self.say("There is no item here to remove. Empty the field instead.")
        elif not item:
            self.forget()
            items = keys_of(self.text, section)
            self.go(Place(section, items[-1] if items else ""))
        elif self.asked_to_remove != item:
            self.asked_to_remove = item
            named = plan_fields.named(item, items_of(self.text, section.collection)[item])
            self.warn(f"Remove {named}? ctrl+d once more removes it; any other key keeps it.")
        else:
            self._remove(section, item)

    def _remove(self, section: Section, item: str) -> None:
        items = items_of(self.text, section.collection)
        keys = list(items)
        at = keys.index(item)
        data = {"collection": section.collection, "id": item, "was": msgspec.to_builtins(items[item])}
        try:
            done = self.desk.do("remove", self.case, data, token=self.token)
        except Conflict as error:
            self._changed_before_removal(error, at)
            return
        self.forget()
        self.committed(done, stay=True)
        self.read()
        self.go_near(at)

    def _changed_before_removal(self, error: Conflict, at: int) -> None:
        item, who = self.place.item, str(error).partition(" Nothing of yours")[0]
        changed = self.changed
        self.read()
        if self.is_gone() and changed:
            self.removed_meanwhile(who)
        elif self.is_gone():
            self.go_near(at)
            self.say(who)
        else:
            if not changed:
                self.refill()
            self._token = ""
            self.asked_to_remove = item
            shown = "What you typed here goes with it." if changed else "It stands here as it is now."
            self.warn(f"{who} {shown}", f"Remove {item} all the same? ctrl+d once more removes it.")

    def go_near(self, at: int = 0) -> None:
        """To the item that stands in the place of one that is gone."""
        section = self.place.section
        left = keys_of(self.text, section)
        self.go(Place(section, left[min(at, len(left) - 1)] if left else ""))

    def catch_up(self) -> str:
        """What is asked about is another text by now."""
        self.asked_to_remove = ""
        return super().catch_up()

    def action_verb(self, name: str) -> None:
        """Any other key keeps what ctrl+d asked about."""
        if name != "plan.remove":
            self.asked_to_remove = ""
        super().action_verb(name)

    def typed(self, field: Field) -> None:
        """Typing is an answer, too; another kind of goal asks for other things."""
        self.asked_to_remove = self.warned_about = ""
        if field.spec.name == "kind":
            self.show_fitting()
        elif field.spec.name == "goal" and (target := self.field("target")):
            target.refresh_note()
