"""The app as pages know it."""

from collections.abc import Mapping
from typing import Any

from piptui.desk.api import Desk, Me
from screens.textual_private import QuietApp


class Shell(QuietApp):
    """What pages may ask of the app. `kept` holds what was typed and not saved, per (case, form, item)."""

    desk: Desk
    ascii: bool
    kept: dict[Any, Any]

    def me(self) -> Me:
        """Who is at the desk, and what day it is."""
        raise NotImplementedError

    def open_act(self, case: str, act: str, data: Mapping[str, Any] | None = None) -> None:
        """Open the page in which this act is done."""
        raise NotImplementedError

    def open_case(self, case: str) -> None:
        """Open a case by number or id."""
        raise NotImplementedError

    def stop(self) -> None:
        """Leave piptui if this is the second ctrl+c within two seconds, else say so."""
        raise NotImplementedError
