"""Tab in a line that one types: how far it can only go on, and what there is where several ways fit."""

from collections.abc import Sequence
from typing import Final

from piptui.text import clean_line

MOST: Final = 12
"""Ways that are told; more than these are counted."""


def told(ways: Sequence[str], start: int = 0) -> str:
    """The ways to go on, without the first `start` characters that they share."""
    names = "  ".join(clean_line(one[start:], limit=None) for one in ways[:MOST])
    return names + (f"  … {len(ways)} in all" if len(ways) > MOST else "")


class Asked:
    """What was asked last: the same question is not answered twice, so that Tab always gets on."""

    def __init__(self) -> None:
        self._last = ""

    def tells(self, typed: str, longer: str, ways: Sequence[str]) -> bool:
        """Whether the ways are to be told now; `longer` is what became of what was typed."""
        asked, self._last = self._last, longer
        return len(ways) > 1 and (longer != typed or asked != typed)
