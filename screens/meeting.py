"""Which meeting a check-in form is for: what was typed for one of them never becomes the record of another."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from piptui.checks.base import Finding
from piptui.dates import distance, in_zone, show_date
from piptui.desk.api import CaseSheet, CheckInLine, Me, SlotLine
from screens.act_form import slot_option
from screens.forms import FormPage, Kept, KeptKey
from screens.kept import KeptTexts
from screens.left_over import LeftNote
from screens.widgets.fields import Field, FormText

FORM: Final = "check-in"
"""The form's name among kept texts; the item is the slot, "" in texts of versions that did not keep it."""

_LOGGED: Final = ("held", "missed")
_UNRECORDED: Final = ("due", "overdue", "planned")


def first_open(slots: Iterable[SlotLine]) -> str:
    """The first check-in that is due or overdue and not recorded, else the next planned one, else an extra one."""
    open_ = [slot for slot in slots if slot.kind == "check_in" and slot.state in _UNRECORDED]
    due = [slot for slot in open_ if slot.state != "planned"]
    return (due or open_)[0].id if open_ else "extra"


def kept_slots(kept: KeptTexts, case: str) -> dict[str, Kept]:
    """What is typed and not saved for check-ins of a case, by slot, the oldest first."""
    found = {item: text for (of, form, item), text in _texts(kept) if (of, form) == (case, FORM)}
    return dict(sorted(found.items(), key=lambda one: one[1].at))


def _texts(kept: KeptTexts) -> list[tuple[KeptKey, Kept]]:
    return [(key, text) for key, text in kept.items() if isinstance(text, Kept)]


def slot_to_open(kept: KeptTexts, sheet: CaseSheet, wanted: str = "") -> str:
    """The wanted one; else where text waits, the newest first; else the first one without a record. Text that came
    without its slot asks first of all for which one it is."""
    case = sheet.line.case
    waiting = kept_slots(kept, case)
    if "" in waiting:
        chosen = waiting[""].texts.get("slot", "")
        return chosen if chosen and move_kept(kept, case, "", chosen) else ""
    return wanted or (list(waiting)[-1] if waiting else first_open(sheet.slots))


def move_kept(kept: KeptTexts, case: str, old: str, new: str) -> bool:
    """What was typed is of another slot, as somebody said; False where other text waits there already."""
    if (case, FORM, new) in kept:
        return False
    if (case, FORM, old) in kept:
        # Written there before it goes here, so that no moment is without it.
        kept[case, FORM, new] = kept[case, FORM, old]
        kept.pop((case, FORM, old))
    return True


def recorded(sheet: CaseSheet, slot: str) -> CheckInLine | None:
    """The record of a slot, None while there is none that stands."""
    return next((one for one in sheet.check_ins if one.record.slot == slot and one.record.struck is None), None)


def told_slot(slot: SlotLine | None, name: str) -> str:
    """A slot in words: "week 3"."""
    return f"week {slot.week}" if slot is not None and slot.kind == "check_in" else name


def told_record(line: CheckInLine, slot: str, me: Me) -> str:
    """Who recorded a check-in, as what and when: "The check-in of week 3 is recorded already: Kim Lee …"."""
    at = in_zone(line.recorded_at, me.zone)
    day = "" if at.date() == me.today else f" {show_date(at.date(), me.today)}"
    state = "held" if line.record.held else "missed"
    who = "you" if line.who == me.name else line.who
    return f"The check-in of {slot} is recorded already: {who} put it on record as {state},{day} {at:%H:%M}."


def held_proposal(slot: SlotLine | None, today: dt.date) -> str:
    """The day to begin with: the planned one where it lies behind, else today."""
    return slot.on.isoformat() if slot is not None and slot.on is not None and slot.on < today else "today"


def as_note(typed: Sequence[tuple[str, str]], slot: str, by: str) -> str:
    """What was typed for a check-in, label by label, as the text of a note."""
    parts = [f"{label}: {text.strip()}" for label, text in typed if text.strip()]
    return "\n".join([f"Typed for the check-in of {slot}, which {by} recorded meanwhile.", *parts])


def lies_ahead(slot: SlotLine | None, today: dt.date) -> bool:
    """Whether the planned day of a slot is still to come."""
    return slot is not None and slot.on is not None and slot.on > today


def slot_choices(slots: Iterable[SlotLine], waiting: Collection[str]) -> tuple[tuple[str, str], ...]:
    """What can be chosen: check-ins without a record, recorded ones for which text is `waiting`, an extra one."""
    shown = [
        (slot.id, f"{told_slot(slot, slot.id)}, {slot.state} already") if slot.state in _LOGGED else slot_option(slot)
        for slot in slots
        if slot.kind == "check_in" and (slot.state not in _LOGGED or slot.id in waiting)
    ]
    return (*shown, ("extra", "an extra one, not planned"))


class MeetingForm(FormPage):
    """A form for one check-in of a case, and what becomes of its text where that is recorded meanwhile."""

    chosen: str
    """The slot that it is for; "" while nobody said for which one a text of an earlier version was typed."""
    sheet: CaseSheet
    today: dt.date
    planned_line: FormText
    _asked_about: tuple[str, ...] = ()
    _noted: bool = False

    def told_fields(self) -> Iterable[tuple[str, str, str]]:
        """Name, label and text of what is worth a note."""
        return ()

    def planned(self) -> tuple[str, ...]:
        """The plan for this one, and whether it is recorded already."""
        slot = self.slot()
        if not self.sheet.goals and self.sheet.plan is None:
            return (" No plan is issued yet: check-ins begin with the plan.",)
        if not self.chosen:
            return (" Typed in an earlier version, which did not keep for which one: choose it in Check-in.",)
        if slot is None or slot.on is None:
            return (" Not planned: it is recorded as an extra check-in.",)
        at = f" {slot.at}" if slot.at else ""
        ahead = ": it lies ahead" if lies_ahead(slot, self.today) else ""
        line = f" planned {show_date(slot.on, self.today)}{at}, {distance(slot.on, self.today)}{ahead}"
        taken = recorded(self.sheet, self.chosen)
        return (line, f" {self._told(taken)}") if taken else (line,)

    def slot(self) -> SlotLine | None:
        """The check-in that is chosen."""
        return next((slot for slot in self.sheet.slots if slot.id == self.chosen), None)

    def key(self) -> KeptKey:
        """One for each check-in of the case."""
        return (self.case, FORM, self.chosen)

    def begun(self) -> None:
        """What was typed for a slot that has been recorded since is shown as that, and goes nowhere by itself."""
        others = [slot for slot in kept_slots(self.app.kept, self.case) if slot != self.chosen]
        if self.chosen and recorded(self.sheet, self.chosen):
            self.say_taken()
        elif others and not self.message:
            names = [told_slot(slot, slot.id) for slot in self.sheet.slots if slot.id in others] or others
            self.say(f"Text that is not saved waits for {' and '.join(names)}, too: choose it in Check-in to go on.")

    def another(self, field: Field) -> None:
        """Somebody says that it is the check-in of another slot: what is typed is kept for that one from now on."""
        new, old = field.text, self.chosen
        if new == old:
            return
        if not move_kept(self.app.kept, self.case, old, new):
            if set(self.changed) <= {"slot"}:
                self.forget()
                self.call_later(self._reload, new)
                return
            field.put(old)
            self.keep()
            self.warn(
                "For that check-in other text is typed and not saved. Save this one, or throw it away with ctrl+x;",
                "then the other one can be opened here.",
            )
            return
        self.chosen = new
        held, proposed = self.field("occurred_on"), held_proposal(self.slot(), self.today)
        if held is not None and held.text == self.base_texts.get("occurred_on"):
            held.put(proposed)
            self.base_texts["occurred_on"] = proposed
        self.planned_line.put(self.planned())
        self.refresh_lines()

    def asks_first(self) -> bool:
        """Ask once about what the gate remarks on, such as a meeting that lies ahead; tells whether it asked."""
        told = tuple(one.text for one in self.looked_at() if one.severity == "warn")
        if not told or told == self._asked_about:
            return False
        self._asked_about = told
        if (field := self.field("occurred_on")) is not None:
            field.focus_editor()
        self.warn(*told, "ctrl+s once more records it as it is.")
        return True

    def looked_at(self) -> Sequence[Finding]:
        """What the gate says of the check-in as it is typed."""
        return ()

    def rebase(self) -> None:
        """Read the case again."""
        self.sheet = self.desk.view(self.case)
        self.base = self.sheet.revision

    # -- recorded by somebody else meanwhile ---------------------------------------------------------------

    def _told(self, taken: CheckInLine) -> str:
        return told_record(taken, told_slot(self.slot(), self.chosen), self.app.me())

    def say_taken(self) -> None:
        """Who recorded it, and the ways out: nothing that was typed for this meeting goes to another by itself."""
        taken = recorded(self.sheet, self.chosen)
        if taken is None:
            return
        self.planned_line.put(self.planned())
        self.refresh_lines()
        self.warn(self._told(taken), "What you typed is kept: F5 makes a note of it, ctrl+x throws it away.")

    def hint_ids(self) -> tuple[str, ...]:
        """Where it is recorded already, the ways out."""
        taken = recorded(self.sheet, self.chosen)
        return ("checkin.note", "form.drop", "form.next") if taken else super().hint_ids()

    def on_news(self, who: str) -> None:
        """Somebody recorded this very check-in, or something else in the case."""
        before = recorded(self.sheet, self.chosen)
        self.sheet = self.desk.view(self.case)
        if before or not recorded(self.sheet, self.chosen):
            super().on_news(who)
            if not self.changed:
                self.call_later(self._reload, self.chosen)
        elif self.changed:
            self.say_taken()
        else:
            self.say(f"{who} recorded that check-in just now: this is another one.")
            self._go_on()

    def verb_note(self) -> None:
        """What is typed for a check-in that is recorded already, as a note."""
        taken = recorded(self.sheet, self.chosen)
        if taken is None or not self.changed:
            self.warn(
                "This is for text that is left over where the check-in is recorded already: here ctrl+s records."
            )
            return
        slot, changed = told_slot(self.slot(), self.chosen), self.changed
        typed = [(label, text) for name, label, text in self.told_fields() if name in changed]
        held = self.field("occurred_on")
        given = {"text": as_note(typed, slot, taken.who), "occurred_on": held.text if held else ""}
        self.app.push_screen(LeftNote(self.case, self.key(), given, self._is_noted))

    def _is_noted(self) -> None:
        self._noted = True

    def verb_drop(self) -> None:
        """What is thrown away where it was recorded already leaves the form to the next one."""
        super().verb_drop()
        if not self.changed and recorded(self.sheet, self.chosen):
            self._go_on()

    def on_changed(self) -> None:
        """One was missed, or what was left over is a note now: the next one is up. What is typed stays its own."""
        self.rebase()
        if self._noted:
            self._noted = False
            self.forget()
            self._go_on()
        elif not recorded(self.sheet, self.chosen):
            self.call_later(self._reload, self.chosen)
        elif self.changed:
            self.say_taken()
        else:
            self._go_on()

    def _go_on(self) -> None:
        """The next check-in, with what may be typed for it already."""
        self.call_later(self._reload, slot_to_open(self.app.kept, self.sheet))

    async def _reload(self, slot: str) -> None:
        here = self.current()
        at = here.spec.name if here is not None and slot == self.chosen else ""
        self.chosen, self._token = slot, ""
        await self.form.remove_children()
        await self.form.mount_all(self.fields())
        self.begin(quietly=bool(self.message))
        self.begun()
        self.planned_line.put(self.planned())
        self.refresh_lines()
        field = self.field(at)
        if field is None:
            self.focus_first()
        else:
            field.focus_editor()
