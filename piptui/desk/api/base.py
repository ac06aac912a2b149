"""Who is at the desk, and what every value that crosses the door has in common."""

import datetime as dt
from typing import Literal

import msgspec

from piptui.cases.words import Proof, Role


class Plain(msgspec.Struct, frozen=True, kw_only=True):
    """A value that crosses the door."""


class Actor(msgspec.Struct, frozen=True):
    """Who acts: the login, the chosen role (None: the party's own role, or all in a personal store), for whom
    somebody else's act is typed in, and with what proof."""

    login: str
    role: Role | None = None
    on_behalf: str | None = None
    proof: Proof | None = None


class Me(Plain, frozen=True):
    """The actor as the store knows them. `notice` is a sentence to show once, such as why it is read-only; `alarm`
    one to show as long as it holds: that the record is not the one that was seen before."""

    person: str
    name: str
    login: str
    role: Role | None
    store: str
    kind: Literal["personal", "team"]
    zone: str
    today: dt.date
    notice: str = ""
    alarm: str = ""
