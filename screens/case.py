"""One case: six tabs over the same sheet, and the verbs that work on it."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import ClassVar, Final

from textual.widget import Widget

from piptui.cases.words import words
from piptui.dates import show_date
from piptui.desk.api import ActLine, CaseSheet, HistoryLine, Hit
from screens.actions import CASE_ACTIONS, Action, key_word
from screens.case_documents import documents
from screens.case_file import Where, check_ins, evidence, history
from screens.case_overview import overview
from screens.event import EventPage
from screens.figures import day
from screens.kept import kept_here
from screens.plan_print import plan_lines
from screens.undoing import Undoing
from screens.widgets.bars import TextLine
from screens.widgets.reader import Line, Reader
from screens.widgets.tabs import TabLine

TABS: Final = ("Overview", "Plan", "Check-ins", "Evidence", "Documents", "History")
_CHECK_INS: Final = 2
_EVIDENCE: Final = 3
_DOCUMENTS: Final = 4
_HISTORY: Final = 5
_WIDE: Final = 110
_HINTS: Final = {
    "draft": ("case.edit", "page.acts", "case.note", "case.next_tab"),
    "in_review": ("page.acts", "case.edit", "case.note", "case.next_tab"),
    "approved": ("page.acts", "case.packet", "case.note", "case.next_tab"),
    "issued": ("page.acts", "case.note", "case.packet", "case.next_tab"),
    "active": ("case.check_in", "case.note", "case.outcome", "page.acts"),
    "final_review": ("case.outcome", "case.note", "case.packet", "page.acts"),
    "closed": ("case.packet", "case.note", "page.acts", "case.next_tab"),
}


TAB_OF: Final = {"plans": 1, "drafts": 1, "checkins": 2, "entries": 3, "files": 4}
"""On which tab a document of a table is read."""


class CasePage(Undoing):
    """A case, read again whenever something was committed above; with a hit it opens where that stands."""

    ACTIONS: ClassVar[tuple[Action, ...]] = CASE_ACTIONS

    def __init__(self, sheet: CaseSheet, hit: Hit | None = None) -> None:
        super().__init__()
        self.sheet = sheet
        self.case = sheet.line.case
        self.tab = TAB_OF.get(hit.table, 0) if hit is not None else 0
        self._acts: Sequence[ActLine] = ()
        self._events: Sequence[HistoryLine] = ()
        due = next((slot.id for slot in sheet.slots if slot.state in ("due", "overdue")), "")
        self._places: dict[int, str] = {_CHECK_INS: due}
        if hit is not None:
            self._places[self.tab] = hit.place
        # Overview and plan are texts without entries: there the words themselves are the place.
        self._sought = hit.snippet if hit is not None and self.tab in (0, 1) else ""

    # -- what it looks like ------------------------------------------------------------------------------

    def heading(self) -> str:
        """Number, name, where the case stands; with room also the role that the plan prints."""
        parts = [f"{self.case} {self.sheet.line.employee}", self.standing()]
        if self.sheet.plan is not None and self.app.size.width >= _WIDE:
            parts += [self.sheet.plan.header.title, self.sheet.plan.header.department]
        return " · ".join(filter(None, parts))

    def hint_ids(self) -> tuple[str, ...]:
        """What matters most in the case's stage, or on the tab."""
        if self.tab == _EVIDENCE and self.sheet.entries:
            return ("case.note", "case.correct", "case.strike", "page.acts")
        if self.tab == _DOCUMENTS:
            files = ("list.choose", "case.correct", "case.strike") if self.sheet.files else ("page.acts",)
            return ("case.attach", *files)
        return _HINTS[self.sheet.stage]

    def above(self) -> Iterable[Widget]:
        """Parties and dates, where the case stands, and the tabs."""
        yield TextLine(id="facts")
        yield TextLine(id="kept")
        yield TabLine(TABS, id="tabs")

    def body(self) -> Iterable[Widget]:
        """One long text for each tab."""
        self.reader = Reader(id="sheet")
        yield self.reader

    def hint_word(self, action: Action) -> str:
        """Enter on a file fetches it."""
        fetches = action.id == "list.choose" and self.tab == _DOCUMENTS
        return "fetch" if fetches else super().hint_word(action)

    def on_mount(self) -> None:
        """Show the overview."""
        self.main, self.reader.when_chosen = self.reader, self._chosen
        self.reader.focus()
        with self.guard():
            self._acts = self.desk.acts(self.case)
        self._show()
        if self._sought:
            self.reader.look_for(self._sought)

    def facts(self) -> tuple[str, str]:
        """Who; and when, which version."""
        line, today = self.sheet.line, self._where().today
        period = f"{day(line.start, today)} to {day(line.end, today)}" if line.start and line.end else ""
        version = f"plan v{line.version}" + (f", {self.sheet.plan_state}" if self.sheet.plan_state else "")
        who = (
            f"{line.manager} manages" if line.manager else "",
            f"{line.manager_deputy} stands in" if line.manager_deputy else "",
            f"{line.hr_partner}, HR" if line.hr_partner else "",
        )
        what = (
            period,
            version if line.version else "",
            f"draft v{self.sheet.draft_version}{self.draft_state()}" if self.sheet.draft_version else "",
        )
        return " · ".join(filter(None, who)), " · ".join(filter(None, what))

    def draft_state(self) -> str:
        """What is to be said of the draft, beside that it is one."""
        return f", {self.sheet.draft_state}" if self.sheet.draft_state not in ("", "draft") else ""

    def standing(self) -> str:
        """Stage, and how much time is left."""
        line = self.sheet.line
        stage = words(line.stage) + (f", {words(line.result)}" if line.result else "")
        if line.day is None or not line.days or line.stage in ("closed", "final_review"):
            return stage
        left = line.days - line.day
        days = f"{abs(left)} day{'' if abs(left) == 1 else 's'}"
        return f"{stage}, {days} {'left' if left >= 0 else 'over'}"

    def _where(self) -> Where:
        me = self.app.me()
        return Where(me.zone, me.today)

    def _show(self, *, keep: bool = True) -> None:
        with self.guard():
            self.refresh_lines()
            self.query_one("#facts", TextLine).show(*self.facts())
            self._show_kept()
            self.query_one("#tabs", TabLine).show(self.tab)
            self.reader.show(self._writer(), key=self._places.get(self.tab), keep=keep)

    def _show_kept(self) -> None:
        """What is typed for this case and not saved, and the key that opens it, as long as there is any."""
        weeks = {slot.id: f"week {slot.week}" for slot in self.sheet.slots if slot.kind == "check_in"}
        keys = {action.id: key_word(action.keys[0]) for action in self.all_actions()}
        found = [(told, keys[action]) for told, action in kept_here(self.app.kept, self.case, weeks, self.app.me())]
        told = f"kept: {found[0][0]}; {found[0][1]} opens it" if len(found) == 1 else ""
        told = told or "kept: " + " · ".join(f"{what} ({key})" for what, key in found)
        line = self.query_one("#kept", TextLine)
        line.display = bool(found)
        line.show(told)

    def on_screen_resume(self) -> None:
        """A form that was left may have kept something."""
        super().on_screen_resume()
        if self._ready:
            with self.guard():
                self._show_kept()

    def _writer(self) -> Callable[[int], Sequence[Line]]:
        where, sheet = self._where(), self.sheet
        if self.tab == 0:
            return lambda width: overview(sheet, self._acts, where.today, width)
        if sheet.removed and self.tab <= _DOCUMENTS:
            return lambda _: [Line("It was removed with the case. 1 says when and why, 6 what there was.")]
        if self.tab == 1:
            return lambda width: self._plan(where, width)
        if self.tab == _CHECK_INS:
            return lambda width: check_ins(sheet, where, width)
        if self.tab == _EVIDENCE:
            return lambda width: evidence(sheet, where, width)
        if self.tab == _DOCUMENTS:
            return lambda width: documents(sheet, where, width)
        events = self._events = self.desk.history(self.case)
        return lambda width: history(events, where, width)

    def _plan(self, where: Where, width: int) -> list[Line]:
        sheet, lines = self.sheet, []
        if sheet.plan is not None:
            plan = sheet.plan
            dates = f"{show_date(plan.start, where.today)} to {show_date(plan.end, where.today)}"
            state = f", {sheet.plan_state}" if sheet.plan_state else ""
            lines += [Line(f"Version {plan.version} in force, {dates}{state}", "bold"), Line()]
            lines += plan_lines(plan.text, where.today, width)
        if sheet.draft is not None:
            lines += [
                *([Line()] if lines else []),
                Line(f"Draft of version {sheet.draft_version or 1}{self.draft_state()}", "bold"),
                Line(),
            ]
            lines += plan_lines(sheet.draft, where.today, width)
        return lines or [Line("There is no plan that you may read.")]

    # -- reading again -----------------------------------------------------------------------------------

    def on_changed(self) -> None:
        """Read the case again, on the same tab and place."""
        self.sheet = self.desk.view(self.case)
        self._acts = self.desk.acts(self.case)
        self._show()

    def _to_tab(self, number: int) -> None:
        if number == self.tab:
            self.reader.verb_first()
            self.say(f"{TABS[number]}, from the top.")
            return
        self._places[self.tab] = self.reader.current
        self.tab = number
        self._show(keep=False)

    def verb_tab_1(self) -> None:
        """Overview."""
        self._to_tab(0)

    def verb_tab_2(self) -> None:
        """Plan."""
        self._to_tab(1)

    def verb_tab_3(self) -> None:
        """Check-ins."""
        self._to_tab(_CHECK_INS)

    def verb_tab_4(self) -> None:
        """Evidence."""
        self._to_tab(_EVIDENCE)

    def verb_tab_5(self) -> None:
        """Documents."""
        self._to_tab(_DOCUMENTS)

    def verb_tab_6(self) -> None:
        """History."""
        self._to_tab(_HISTORY)

    def verb_next_tab(self) -> None:
        """The tab to the right, from the last one to the first."""
        self._to_tab((self.tab + 1) % len(TABS))

    def verb_previous_tab(self) -> None:
        """The tab to the left."""
        self._to_tab((self.tab - 1) % len(TABS))

    # -- verbs -------------------------------------------------------------------------------------------

    def _chosen(self) -> None:
        key = self.reader.current
        if self.tab == 0 and key:
            self.do_act(key)
        elif self.tab == _EVIDENCE and key:
            self.say("K corrects this entry, D strikes it; both stay in the open.")
        elif self.tab == _DOCUMENTS and key:
            self._fetch(key)
        elif self.tab == _HISTORY and key:
            event = self._events[int(key)]
            self.app.push_screen(EventPage(self.case, event, self._where(), partial(self._go_to, event)))
        else:
            self.say("There is nothing to open here: x lists what can be done.")

    def _go_to(self, event: HistoryLine) -> None:
        """To where what an event put on record stands now."""
        tab = TAB_OF.get(event.table, 0)
        self._places[self.tab] = self.reader.current
        self._places[tab] = event.id
        self.tab = tab
        self._show(keep=False)
        self.say(f"{TABS[tab]}: as it stands now.")

    def _fetch(self, key: str) -> None:
        from screens.fetch import FetchPage

        file = next(one for one in self.sheet.files if one.id == key)
        if file.digest:
            self.app.push_screen(FetchPage(self.case, file))
        else:
            self.say(f"The content of {file.name} was removed from the record.")

    def verb_attach(self) -> None:
        """A letter, a scan, a certificate; it belongs to the entry or check-in under the cursor, if there is one."""
        said = {one.id for one in self.sheet.check_ins if one.record.struck is None}
        said |= {one.id for one in self.sheet.entries if not one.struck}
        here = self.reader.current if self.tab in (_CHECK_INS, _EVIDENCE) else ""
        self.do_act("attach", {"entry": here} if here in said else None)

    def verb_check_in(self) -> None:
        """The check-in that is due."""
        self.do_act("log_check_in")

    def verb_edit(self) -> None:
        """The plan editor."""
        self.do_act("put")

    def verb_outcome(self) -> None:
        """The outcome review."""
        if self.sheet.stage == "active":
            # The page says what was reached so far; `o` there opens the review.
            self.app.open_act(self.case, "decide")
        else:
            self.do_act("decide")

    def verb_note(self) -> None:
        """A note, evidence or a talk."""
        self.do_act("note")

    def verb_packet(self) -> None:
        """The documents for one audience."""
        from screens.packet import pick_audience

        pick_audience(self.app, self.case)

    def verb_correct(self) -> None:
        """Correct the entry, check-in or file under the cursor."""
        self._mend("correct")

    def verb_strike(self) -> None:
        """Strike the entry, check-in or file under the cursor."""
        self._mend("strike")

    def _mend(self, act: str) -> None:
        if self.tab not in (_CHECK_INS, _EVIDENCE, _DOCUMENTS) or not self.reader.current:
            self.warn("Put the cursor on an entry (tab 4), a check-in (tab 3) or a file (tab 5) first.")
        elif self.tab == _CHECK_INS and self.reader.current not in {line.id for line in self.sheet.check_ins}:
            self.warn("That check-in is only planned: there is nothing to mend yet.")
        else:
            self.do_act(act, {"entry": self.reader.current})

    def verb_copy(self) -> None:
        """Copy what the cursor is on, a sentence of the history, an entry, a file's id; elsewhere the number."""
        key = self.reader.current
        if self.tab == _HISTORY and key:
            self.copy(self._events[int(key)].sentence)
        elif self.tab == _DOCUMENTS and key:
            name = next(one.name for one in self.sheet.files if one.id == key)
            self.copy(key, f"{name}: {key}")
        elif text := next((one.text for one in self.sheet.entries if self.tab == _EVIDENCE and one.id == key), ""):
            self.copy(text)
        else:
            self.copy(self.case, f"{self.case} {self.sheet.line.employee}")

    def verb_reload(self) -> None:
        """Read the case again."""
        self.on_changed()
        self.say("Read again.")
