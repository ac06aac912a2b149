"""What inputs are called on forms, and sentences of the desk with these names in them instead of its own."""

import re
from collections.abc import Mapping
from typing import Final

from piptui.cases.words import WORDS, words

LABELS: Final[dict[str, str]] = {
    "hr_partner": "HR partner",
    "occurred_on": "Happened on",
    "delivered_on": "Delivered on",
    "decided_on": "Decided on",
    "cls": "Who reads it",
    "text": "Text",
    "next_action": "What follows",
    "support_reason": "Support: why",
    "check_in_reason": "Check-ins: why",
    "consequences_explained": "Explained",
    "copy_given_on": "Copy given on",
    "copy_given_how": "Copy given how",
    "override": "Passed because",
    "shown_by": "Shown by",
    "slot": "Check-in",
    "acknowledged_on": "Signed on",
    "seen_by": "Seen by",
    "like": "Begins like",
    "role": "Part",
    "since": "From",
    "until": "Last day",
    "employee_view": "Their view",
    "employee_view_absence": "Why missing",
    "days_reason": "Why this long",
    "first_week": "From week",
    "own_words": "In their words",
    "hired_on": "Hired on",
    "left_on": "Last day",
    "next_step": "Next step",
    "none": "Take all away",
    "email": "E-mail",
}
"""Names whose words do not read well with a capital."""

_COMMAND: Final = re.compile(r"\s*`piptui\b[^`]*`[^.]*\.?")
_PLACE: Final = re.compile(r"\s*\(([a-z][\w.]*)\)$")
_QUOTED_OR_NAME: Final = re.compile(r"'[^']*'|\"[^\"]*\"|“[^”]*”|(?<![\w.])[a-z]+(?:_[a-z]+)+(?!\w|\.\w)")
_FIRST: Final = re.compile(r"([a-z][\w.]*)(?=: | is missing\b| says that already\b| does not fit\b| wants )")


def label(name: str) -> str:
    """The label of an input."""
    return LABELS.get(name) or words(name)[:1].upper() + words(name)[1:]


def named_first(sentence: str) -> str:
    """The input that a sentence of the desk is about, as the desk calls it; "" where it names none."""
    if found := _PLACE.search(sentence):
        return found[1]
    found = _FIRST.match(sentence)
    return found[1] if found else ""


def in_words(sentence: str, labels: Mapping[str, str] | None = None) -> str:
    """A sentence of the desk as a form says it: inputs by their labels (`labels`, else `LABELS`), choices in words,
    no commands to type at a prompt. What stands in quotation marks was typed by somebody and stays as it is."""
    own = labels or {}

    def named(found: re.Match[str]) -> str:
        name = found[0]
        if name in own or name in LABELS:
            return f'"{own.get(name) or LABELS[name]}"'
        return words(name) if name in WORDS else name

    sentence = _PLACE.sub("", _COMMAND.sub("", sentence))
    begins = _FIRST.match(sentence)
    if begins is None:
        return _QUOTED_OR_NAME.sub(named, sentence)
    name, rest = begins[1], sentence[begins.end() :]
    last = name.rpartition(".")[2]
    shown = own.get(name) or own.get(last) or (label(last) if "." in name or last in LABELS else name)
    return shown + _QUOTED_OR_NAME.sub(named, rest)
