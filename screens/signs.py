"""The signs that screens print, their ASCII twins, and the last cleaning before the terminal.

Pages write the typographic sign; where the terminal cannot show it, each sign is replaced cell for cell on its
way out, so that no page needs to know.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from piptui.text import clean

HELD: Final = "●"
MISSED: Final = "✗"
DUE: Final = "!"
PLANNED: Final = "·"
FINAL: Final = "◎"
REACHED: Final = "✓"
OPEN: Final = "□"
CURSOR: Final = ">"
RULE: Final = "─"
BAR: Final = "│"

_BARS: Final = "▁▂▃▄▅▆▇█"
_TWINS: Final = str.maketrans(
    {
        HELD: "*",
        MISSED: "x",
        PLANNED: ".",
        FINAL: "@",
        REACHED: "+",
        OPEN: "o",
        RULE: "-",
        BAR: "|",
        "┴": "-",
        "┬": "-",
        "→": ">",
        "←": "<",
        "↑": "^",
        "↓": "v",
        "–": "-",
        "—": "-",
        "…": "~",
        "’": "'",
        "“": '"',
        "”": '"',
        "•": "*",
        **dict(zip(_BARS, "_.,:-=+#", strict=True)),
    }
)
_CONTROLS: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def shown(text: str, *, ascii: bool = False) -> str:  # noqa: A002 - the word of the environment variable
    """Give one line as it may reach the terminal: no sequence, no control character; ASCII twins where asked."""
    line = clean(text, limit=None)
    if not line.isprintable():
        line = _CONTROLS.sub(" ", line)
    return line.translate(_TWINS) if ascii else line


def sparkline(values: Sequence[Decimal], low: Decimal, high: Decimal) -> str:
    """Draw values as bars between two bounds, the last eight at most: a value that falls is a bar that falls."""
    if not values:
        return ""
    bottom = min(low, high, *values)
    span = max(low, high, *values) - bottom
    if not span:
        return _BARS[3] * len(values[-8:])
    parts = [(value - bottom) / span for value in values[-8:]]
    return "".join(_BARS[round(part * (len(_BARS) - 1))] for part in parts)


class Fence(LineFilter):
    """The last fence before the terminal: no control character leaves in a line, whatever drew it."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Replace what a terminal would obey by spaces."""
        if all(segment.text.isprintable() for segment in segments):
            return segments
        return [
            segment
            if segment.text.isprintable() or segment.control
            else Segment(_CONTROLS.sub(" ", segment.text), segment.style)
            for segment in segments
        ]
