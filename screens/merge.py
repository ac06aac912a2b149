"""Two people changed one thing: what was there, what they saved, what you typed, and what shall be saved."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

Side = Literal["theirs", "mine"]


@dataclass(frozen=True)
class Difference:
    """One field on which the two differ, all as text; `side` is which one shall be saved."""

    name: str
    before: str
    theirs: str
    mine: str
    side: Side = "mine"

    @property
    def result(self) -> str:
        """What shall be saved."""
        return self.mine if self.side == "mine" else self.theirs

    @property
    def both(self) -> str:
        """Theirs and yours, one below the other."""
        return "\n".join(text for text in (self.theirs, self.mine) if text)

    def choose(self, side: Side) -> "Difference":
        """The same with a side chosen."""
        return replace(self, side=side)


def differences(
    before: Mapping[str, str], theirs: Mapping[str, str], mine: Mapping[str, str]
) -> tuple[Difference, ...]:
    """The fields that they changed or you changed and that now differ. Who alone changed a field is right at
    first; where both did, your text stands until you choose."""
    rows = []
    for name in dict.fromkeys([*mine, *theirs]):
        was, his, own = (side.get(name, "") for side in (before, theirs, mine))
        if his != own:
            rows.append(Difference(name, was, his, own, "theirs" if own == was else "mine"))
    return tuple(rows)


def typed(value: object) -> str:
    """Plain data as somebody would type it: a due date as "week 6", a list as lines, a table as "key: value"."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Decimal():
            return format(value, "f")
        case dt.date():
            return value.isoformat()
        case {"week": int() as week}:
            return f"week {week}"
        case {"day": int() as day}:
            return f"day {day}"
        case {"on": on, **others} if not any(others.values()):
            return typed(on)
        case {}:
            return "\n".join(f"{key}: {typed(part)}" for key, part in value.items())
        case list() | tuple():
            return "\n".join(typed(part) for part in value)
        case _:
            return str(value)


def as_typed(value: object) -> dict[str, str]:
    """The fields of an item, given as plain data, as text; nothing where there is no item."""
    return {str(key): typed(part) for key, part in value.items()} if isinstance(value, Mapping) else {}
