"""What inputs are called on forms, where the words of their names do not read well with a capital."""

from typing import Final

from piptui.cases.words import words

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
}


def label(name: str) -> str:
    """The label of an input."""
    return LABELS.get(name) or words(name)[:1].upper() + words(name)[1:]
