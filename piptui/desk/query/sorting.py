"""In which order cases are listed."""

import datetime as dt
from collections.abc import Callable
from typing import Any, Final

from piptui.cases.words import STAGES
from piptui.desk.api import CaseLine
from piptui.errors import BadInput
from piptui.text import nearest, sentence_list, sort_form

Key = Callable[[CaseLine], Any]


def _dated(day: dt.date | None) -> tuple[bool, dt.date]:
    return (day is None, day or dt.date.max)


def attention(line: CaseLine) -> tuple[bool, bool, str]:
    """Those that need somebody first, ended ones last; among each by number."""
    return (line.stage == "closed", not line.attention, line.case)


SORTS: Final[dict[str, Key]] = {
    "attention": attention,
    "case": lambda line: line.case,
    "employee": lambda line: (sort_form(line.employee), line.case),
    "next": lambda line: (*_dated(line.next_on), line.case),
    "end": lambda line: (*_dated(line.end), line.case),
    "opened": lambda line: (*_dated(line.opened_on), line.case),
    "stage": lambda line: (STAGES.index(line.stage), line.case),
    "manager": lambda line: (not line.manager, sort_form(line.manager), line.case),
}
"""Every order by its name; with `-` before it the other way round."""


def sort_key(name: str) -> tuple[Key, bool]:
    """The key of an order, and whether it goes the other way round. Raises BadInput with what there is."""
    wanted, backwards = name.removeprefix("-"), name.startswith("-")
    if wanted in SORTS:
        return SORTS[wanted], backwards
    hint = nearest(wanted, list(SORTS))
    known = f"Did you mean {hint}?" if hint else f"Known: {sentence_list(list(SORTS))}."
    raise BadInput(f"Cases cannot be sorted by {wanted!r}. {known}")
