"""Which page opens for what: a case, a person, an act. Each is loaded when it is opened first."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from textual.screen import Screen

from piptui.desk.api import Hit
from piptui.errors import PiptuiError
from screens.actions import Action
from screens.base import Page
from screens.kept import kept_for
from screens.shell import Shell

_CHECK_IN: Final = frozenset({"log_check_in", "miss_check_in"})
_REVIEW: Final = frozenset({"open_review", "assess", "decide"})
_PLAN: Final = frozenset({"put", "remove", "move", "set"})


class Opener(Shell):
    """The app as far as it opens pages; what cannot be opened is said on the page below."""

    def open_cases(self, *, filtering: bool = False) -> None:
        """Open the list of cases, perhaps with the cursor in its filter."""
        from screens.cases import CasesPage

        self.push_screen(CasesPage(filtering=filtering))

    def open_people(self) -> None:
        """Open the list of people."""
        from screens.people import PeoplePage

        self._push(PeoplePage)

    def open_case(self, case: str) -> None:
        """Open a case; a hidden or missing one is said on the page below."""
        from screens.case import CasePage

        self._push(lambda: CasePage(self.desk.view(case)))

    def open_person(self, who: str) -> None:
        """Open a person; a closed directory is said on the page below."""
        from screens.person import PersonPage

        self._push(lambda: PersonPage(self.desk.person(who)))

    def open_person_act(self, who: str, act: str, data: Mapping[str, Any] | None = None) -> None:
        """Open the form of an act on a person; `who` is "" for one that adds somebody."""
        from screens.person_form import PersonActForm

        self._push(lambda: PersonActForm(who, act, data))

    def open_person_acts(self, who: str) -> None:
        """List all acts on a person, with the reason where one is not possible."""
        from screens.person_acts import PersonActsPage

        self._push(lambda: PersonActsPage(self.desk.person(who), self.desk.person_acts(who)))

    def open_hit(self, hit: Hit) -> None:
        """Open a case where a text was found in it."""
        from screens.case import CasePage

        self._push(lambda: CasePage(self.desk.view(hit.case), hit))

    def open_find(self) -> None:
        """Open the search through all texts."""
        from screens.find import FindPage

        self.push_screen(FindPage())

    def open_act(self, case: str, act: str, data: Mapping[str, Any] | None = None) -> None:
        """Open the page in which an act is done: its own screen, or the form made from its inputs."""
        self._push(lambda: self._page_of(case, act, data))

    def _page_of(self, case: str, act: str, data: Mapping[str, Any] | None) -> Screen[None]:
        if act in _PLAN:
            from screens.plan import PlanPage

            return PlanPage(case)
        if act in _CHECK_IN:
            from screens.checkin import CheckInPage

            return CheckInPage(case, str((data or {}).get("slot", "")))
        if act in _REVIEW:
            from screens.review import ReviewPage

            return ReviewPage(case, act)
        if act == "correct":
            from screens.correct import CorrectPage

            return CorrectPage(case, data)
        if act == "bring_in":
            from screens.bring_in import BringInPage

            return BringInPage(case, act, data)
        if act == "attach":
            from screens.attach import AttachPage

            return AttachPage(case, act, data)
        from screens.act_form import ActForm

        return ActForm(case, act, data)

    def open_left_over(self, case: str, act: str, told: Sequence[str]) -> bool:
        """Show what is typed for an act that is not possible, the newest first; whether there is anything."""
        from screens.left_over import LeftOverPage

        keys = kept_for(self.kept, case, act)
        if keys:
            self.push_screen(LeftOverPage(keys[0], told))
        return bool(keys)

    def open_acts(self, case: str) -> None:
        """List all acts on a case, with the reason where one is not possible."""
        from screens.acts import ActsPage

        self._push(lambda: ActsPage(case, self.desk.acts(case)))

    def open_help(self, heading: str, actions: Sequence[Action]) -> None:
        """Show what every key does on the page of this heading."""
        from screens.help import HelpPage

        self.push_screen(HelpPage(heading, actions))

    def open_palette(self) -> None:
        """Open the list of commands for the page that is shown."""
        from screens.palette import Palette

        if isinstance(self.screen, Page):
            self.push_screen(Palette(self.screen))

    def _push(self, make: Callable[[], Screen[None]]) -> None:
        try:
            self.push_screen(make())
        except PiptuiError as error:
            if not isinstance(self.screen, Page):
                raise
            self.screen.trouble(error)
