"""The shape of a check and of what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import msgspec

if TYPE_CHECKING:
    from piptui.cases.acts.base import Context
    from piptui.cases.file import CaseFile


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What a check says. `where` names the place, such as "goals.g2.due"; `text` says what and how to mend it."""

    check: str
    severity: Literal["block", "warn"]
    where: str
    text: str


Place = tuple[str, str]
"""Where and what: one thing that a check found."""


class Check(NamedTuple):
    """A named check: a pure function of the case, the act's input and the context."""

    name: str
    severity: Literal["block", "warn"]
    run: Callable[[CaseFile, Any, Context], Iterator[Place]]
