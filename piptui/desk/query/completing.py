"""What the last term of a query could become: fields by their beginning, then the values of a field."""

from collections.abc import Callable, Iterable
from typing import Final

from piptui.cases.words import STAGES
from piptui.desk.api import CaseLine
from piptui.desk.query.terms import FIELDS, FLAGS, RESULTS
from piptui.text import fold

NAMED: Final[dict[str, Callable[[CaseLine], tuple[str, ...]]]] = {
    "manager": lambda line: (line.manager, line.manager_deputy),
    "hr": lambda line: (line.hr_partner, line.hr_deputy),
    "employee": lambda line: (line.employee,),
    "about": lambda line: (line.about,),
    "case": lambda line: (line.case,),
}
"""Fields whose values stand in the cases themselves."""


def replacements(text: str, lines: Callable[[], Iterable[CaseLine]]) -> tuple[str, ...]:
    """The whole query with its last term completed, once for each way; () where nothing fits or nothing was begun.

    `lines` gives the cases that the actor may see, and is asked only for values that stand in them.
    """
    before, last = _split(text, str.isspace)
    minus = "-" if last.startswith("-") else ""
    name, colon, values = last.removeprefix("-").partition(":")
    if not colon:
        fitting = (one for one in FIELDS if name and one.startswith(fold(name)))
        return tuple(f"{before}{minus}{one}:" for one in fitting)
    given, typed = _split(values, ",".__eq__)
    begun = fold(typed.replace('"', ""))
    known = dict.fromkeys(_values(fold(name), lines))
    return tuple(f"{before}{minus}{name}:{given}{_quoted(one)}" for one in known if _fits(fold(one), begun))


def _split(text: str, parts: Callable[[str], bool]) -> tuple[str, str]:
    """Up to and with the last sign outside quotes that parts, and the rest."""
    quoted, start = False, 0
    for at, letter in enumerate(text):
        if letter == '"':
            quoted = not quoted
        elif not quoted and parts(letter):
            start = at + 1
    return text[:start], text[start:]


def _values(field: str, lines: Callable[[], Iterable[CaseLine]]) -> Iterable[str]:
    if field == "stage":
        return (*STAGES, *RESULTS)
    if field == "is":
        return FLAGS
    if field in NAMED:
        read = NAMED[field]
        return sorted({one for line in lines() for one in read(line) if one and one.isprintable() and '"' not in one})
    return ()


def _fits(value: str, begun: str) -> bool:
    return value.startswith(begun) or any(word.startswith(begun) for word in value.split())


def _quoted(value: str) -> str:
    return f'"{value}"' if "," in value or any(map(str.isspace, value)) else value
