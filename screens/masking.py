"""Names of employees as initials, wherever they are drawn: for a screen that others look at.

It changes what is drawn and nothing else: widths stay, what is typed stays, files, packets and the clipboard have the
names. Any word that is part of an employee's name is hidden, also where it means something else: better one too many.
"""

import re
from collections.abc import Iterable
from typing import Final

from rich.color import Color
from rich.segment import Segment
from textual.filter import LineFilter

from piptui.text import width

_WORD: Final = r"[^\W\d_][\w'’\-]*…?"
_WORDS: Final = re.compile(rf"{_WORD}(?: {_WORD})*")
_LEAST: Final = 2


class MaskedNames(LineFilter):
    """Draws initials in place of these names, cut ones too."""

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__()
        self._parts: set[str] = set()
        self._begun: set[str] = set()
        self.hide(names)

    def hide(self, names: Iterable[str]) -> None:
        """Draw initials in place of these names, too."""
        parts = {part.casefold() for name in names for part in name.split() if _telling(part)}
        self._parts |= parts
        self._begun |= {part[:end] for part in parts for end in range(_LEAST, len(part))}

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # type: ignore[override]  # rich's, or Textual's
        """The same line, as wide, with initials in it."""
        return [
            segment if segment.control else Segment(self.masked(segment.text), segment.style) for segment in segments
        ]

    def masked(self, text: str) -> str:
        """A text of the same width in which no part of a name stands."""
        return _WORDS.sub(lambda found: self._words(found[0]), text)

    def _words(self, text: str) -> str:
        """A run of words: names that stand together become initials that do."""
        found: list[str] = []
        run: list[str] = []
        for word in (*text.split(" "), ""):
            if word and self._hides(word):
                run.append(word)
                continue
            if run:
                initials = " ".join(f"{one[0]}." for one in run)
                found.append(_as_wide(initials, width(" ".join(run))))
                run.clear()
            if word:
                found.append(word)
        return " ".join(found)

    def _hides(self, word: str) -> bool:
        if word[0].islower():
            return False
        if word.endswith("…"):
            return word[:-1].casefold() in self._begun or word[:-1].casefold() in self._parts or len(word) <= _LEAST
        parts = re.split(r"['’]s$|-", word)
        return word.casefold() in self._parts or any(part.casefold() in self._parts for part in parts if part)


def _telling(part: str) -> bool:
    """Whether a part of a name says who it is: no initial, and no small word such as "de"."""
    return len(part) >= _LEAST and not part[0].islower()


def _as_wide(text: str, cells: int) -> str:
    while width(text) > cells:
        text = text[:-1]
    return text + " " * (cells - width(text))
