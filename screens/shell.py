"""The app as pages know it."""

from collections.abc import Mapping, Sequence
from typing import Any

from piptui.desk.api import Desk, Hit, Me
from piptui.views import Views
from screens.actions import Action
from screens.kept import KeptTexts
from screens.textual_private import QuietApp


class Shell(QuietApp):
    """What pages may ask of the app. `days` is how far Today looks ahead, `busy` that a thread has
    the desk: until it is done, nothing else asks it. `kept` holds what was typed and not saved,
    per (case, form, item), `views` what the number keys of the list show."""

    desk: Desk
    ascii: bool
    days: int
    busy: bool
    kept: KeptTexts
    views: Views

    def me(self) -> Me:
        """Who is at the desk, and what day it is."""
        raise NotImplementedError

    def open_act(self, case: str, act: str, data: Mapping[str, Any] | None = None) -> None:
        """Open the page in which this act is done."""
        raise NotImplementedError

    def open_left_over(self, case: str, act: str, told: Sequence[str]) -> bool:
        """Show what is typed for an act that is not possible, and why it is not; whether there is anything."""
        raise NotImplementedError

    @property
    def in_demo(self) -> bool:
        """Whether this is the demo organisation."""
        return False

    def left_over(self) -> str:
        """What is typed and not saved, perhaps since the program ended last time, in a sentence; "" for nothing."""
        raise NotImplementedError

    def offer(self) -> str:
        """What else there is to say on the first page: in the demo, that there is a tour; otherwise ""."""
        return ""

    def open_cases(self, *, filtering: bool = False) -> None:
        """Open the list of cases, perhaps with the cursor in its filter."""
        raise NotImplementedError

    def open_people(self) -> None:
        """Open the list of people."""
        raise NotImplementedError

    def open_case(self, case: str) -> None:
        """Open a case by number or id."""
        raise NotImplementedError

    def open_person(self, who: str) -> None:
        """Open a person by id."""
        raise NotImplementedError

    def open_person_act(self, who: str, act: str, data: Mapping[str, Any] | None = None) -> None:
        """Open the form of an act on a person; `who` is "" for one that adds somebody."""
        raise NotImplementedError

    def open_person_acts(self, who: str) -> None:
        """List all acts on a person, with the reason where one is not possible."""
        raise NotImplementedError

    def open_hit(self, hit: Hit) -> None:
        """Open a case where a text was found in it."""
        raise NotImplementedError

    def open_find(self) -> None:
        """Open the search through all texts."""
        raise NotImplementedError

    def open_acts(self, case: str) -> None:
        """List all acts on a case, with the reason where one is not possible."""
        raise NotImplementedError

    def open_help(self, heading: str, actions: Sequence[Action]) -> None:
        """Show what every key does on the page of this heading."""
        raise NotImplementedError

    def open_palette(self) -> None:
        """Open the list of commands for the page that is shown."""
        raise NotImplementedError

    def committed_here(self, seq: int) -> None:
        """This commit was made here: it is no news."""
        raise NotImplementedError

    def close_gone(self) -> None:
        """Close the pages on top whose text was removed from the record, and let the one below say so."""
        raise NotImplementedError

    @property
    def masked(self) -> bool:
        """Whether names of employees are drawn as initials."""
        return False

    def mask_names(self, *, on: bool) -> None:
        """Draw names of employees as initials from now on, or as they are."""
        raise NotImplementedError

    def cover(self) -> None:
        """Put a cover over everything."""
        raise NotImplementedError

    def stop(self) -> None:
        """Leave piptui if this is the second ctrl+c within two seconds, else say so."""
        raise NotImplementedError

    def leave(self) -> None:
        """Leave piptui; while something typed is not saved, only when the very next key asks again."""
        raise NotImplementedError
