"""Who else is typing in a form of the case on the screen."""

from collections.abc import Sequence
from typing import Final

from piptui.desk.api import PresenceLine

_DOING: Final = {
    "put": "editing the plan",
    "log_check_in": "logging a check-in",
    "miss_check_in": "logging a check-in",
    "assess": "reviewing the outcome",
    "decide": "reviewing the outcome",
}


def who_types(lines: Sequence[PresenceLine]) -> str:
    """Everybody and what they are at, in a few words; "" for nobody."""
    told = (f"{'you, elsewhere,' if one.own else one.who} {_DOING.get(one.act, 'typing')}" for one in lines)
    return " · ".join(dict.fromkeys(told))


def in_person(who: str, own: str) -> str:
    """Somebody who changed something, to begin a sentence with; `own` is one's own name."""
    return "You, in another session," if who == own else who
