"""Names of employees as initials, their numbers and e-mails as dots: for a screen that others look at.

It changes what is drawn and nothing else: lines stay as wide and columns where they are, what is typed stays, files,
packets and the clipboard have the names. Any word that is part of an employee's name is hidden, also where it means
something else: better one too many.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from rich.color import Color
from rich.segment import Segment
from textual.filter import LineFilter

from piptui.desk.api import PersonLine
from piptui.text import width

_WORD: Final = r"[^\W\d_][\w'’\-]*…?"
_WORDS: Final = re.compile(rf"{_WORD}(?: {_WORD})*")
_LEAST: Final = 2
_MARK: Final = re.compile(r"[^\s,;:()<>=#“”\"\[\]]+")
_LEAST_MARK: Final = 3
"""Characters of a number or e-mail that say who it is: a shorter number is a day, a week or a goal as well."""
_GAP: Final = re.compile(r"  +")
"""Blanks that part columns: what stands behind them stays in its place."""


def marks_of(people: Iterable[PersonLine], names: Collection[str]) -> Iterator[str]:
    """Numbers and e-mails of the people of these names."""
    for person in people:
        if person.name in names:
            yield from filter(None, (person.number, person.email))


class MaskedNames(LineFilter):
    """Draws initials in place of these names, cut ones too."""

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__()
        self._parts: set[str] = set()
        self._begun: set[str] = set()
        self._marks: set[str] = set()
        self._names: set[str] = set()
        self.hide(names)

    def knows(self, names: Iterable[str]) -> bool:
        """Whether all of these names are hidden already."""
        return set(names) <= self._names

    def hide(self, names: Iterable[str], marks: Iterable[str] = ()) -> None:
        """Draw initials in place of these names, too, and dots in place of these numbers and e-mails."""
        self._marks |= {mark.casefold() for mark in marks if len(mark) >= _LEAST_MARK}
        names = set(names)
        self._names |= names
        parts = {part.casefold() for name in names for part in name.split() if _telling(part)}
        self._parts |= parts
        self._begun |= {part[:end] for part in parts for end in range(_LEAST, len(part))}

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # type: ignore[override]  # rich's, or Textual's
        """The same line, as wide, with initials in it."""
        return [
            segment if segment.control else Segment(self.masked(segment.text), segment.style) for segment in segments
        ]

    def masked(self, text: str) -> str:
        """A text of the same width in which no part of a name stands. In running text no hole stays where a name was:
        what is missing is made up for where a column ends, or the text."""
        if self._marks:
            text = _MARK.sub(lambda found: self._mark(found[0]), text)
        found: list[str] = []
        end = missing = 0
        for run in _WORDS.finditer(text):
            between, missing = _made_up(text[end : run.start()], missing)
            drawn = self._words(run[0])
            missing += width(run[0]) - width(drawn)
            found += (between, drawn)
            end = run.end()
        rest, missing = _made_up(text[end:], missing)
        return "".join((*found, rest, " " * missing))

    def _mark(self, word: str) -> str:
        """A number or an e-mail of a person as dots, a cut one, too."""
        bare = word.rstrip(".!?'’…")
        key = bare.casefold()
        begun = ("@" in word or (word.endswith("…") and not bare[:1].isupper())) and len(key) >= _LEAST_MARK
        if key in self._marks or (begun and any(mark.startswith(key) for mark in self._marks)):
            return "." * width(bare) + word[len(bare) :]
        return word

    def _words(self, text: str) -> str:
        """A run of words: names that stand together become initials that do."""
        found: list[str] = []
        run: list[str] = []
        for word in (*text.split(" "), ""):
            if word and self._hides(word):
                run.append(word)
                continue
            if run:
                found.append(_no_wider(" ".join(f"{one[0]}." for one in run), width(" ".join(run))))
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


def _no_wider(text: str, cells: int) -> str:
    while width(text) > cells:
        text = text[:-1]
    return text


def _made_up(text: str, missing: int) -> tuple[str, int]:
    """The text with as many blanks more where its first column ends, and how many are missing still."""
    gap = _GAP.search(text) if missing else None
    if gap is None:
        return text, missing
    return f"{text[: gap.end()]}{' ' * missing}{text[gap.end() :]}", 0
