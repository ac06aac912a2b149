"""The words in which people write dates, and the way from what was typed to plain words for `reader`.

Months are known in English and, by their full names, in German, French and Spanish: HR files hold them.
Everything else is English.
"""

import re
from typing import Final

from piptui.text import clean_line, fold

MONTH_NAMES: Final = (
    ("january", "jan", "januar", "jänner", "janvier", "enero"),
    ("february", "feb", "februar", "février", "fevrier", "febrero"),
    ("march", "mar", "märz", "maerz", "mär", "mars", "marzo"),
    ("april", "apr", "avril", "abril"),
    ("may", "mai", "mayo"),
    ("june", "jun", "juni", "juin", "junio"),
    ("july", "jul", "juli", "juillet", "julio"),
    ("august", "aug", "août", "aout", "agosto"),
    ("september", "sep", "sept", "septembre", "septiembre"),
    ("october", "oct", "oktober", "okt", "octobre", "octubre"),
    ("november", "nov", "novembre", "noviembre"),
    ("december", "dec", "dezember", "dez", "décembre", "decembre", "diciembre"),
)
WEEKDAY_NAMES: Final = (
    ("monday", "mon"),
    ("tuesday", "tues", "tue"),
    ("wednesday", "weds", "wed"),
    ("thursday", "thurs", "thur", "thu"),
    ("friday", "fri"),
    ("saturday", "sat"),
    ("sunday", "sun"),
)
MONTHS: Final = {name: number for number, names in enumerate(MONTH_NAMES, 1) for name in names}
WEEKDAYS: Final = {name: number for number, names in enumerate(WEEKDAY_NAMES) for name in names}


# fmt: off
_CARDINALS: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)
_ORDINALS: Final = (
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
    "nineteenth",
)
_TENS: Final = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}
# fmt: on


def _numerals() -> dict[str, str]:
    words = {word: str(number) for number, word in enumerate(_CARDINALS)}
    words |= {word: f"{number}th" for number, word in enumerate(_ORDINALS)}
    for ten, value in _TENS.items():
        words |= {ten: str(value), ten.removesuffix("y") + "ieth": f"{value}th"}
        words |= {f"{ten}-{_CARDINALS[unit]}": str(value + unit) for unit in range(1, 10)}
        words |= {f"{ten}-{_ORDINALS[unit]}": f"{value + unit}th" for unit in range(1, 10)}
    return words


def any_of(words: dict[str, int]) -> str:
    """Give the pattern that matches any of the words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_NUMERALS: Final = _numerals()
_NUMERAL = re.compile(rf"\b(?:{'|'.join(sorted(_NUMERALS, key=len, reverse=True)).replace('-', '[ -]')})\b")
_TYPOGRAPHIC: Final = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys("‘’ʼ", "'"))

# A day may come with a time; the civil date is as written, whatever the zone beside it.
_TIME = re.compile(
    r"(?:\b(?:at|by) |@ ?)?"
    r"(?:\b\d{1,2}(?:[:.]\d{2})? ?[ap]\.?m\b\.?|\b\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?|\b(?:noon|midday)\b)"
    r"(?: ?(?:z|utc|gmt|[ecmp][sd]?t|cest|bst)\b)?(?: ?[+-]\d{2}:?\d{2}\b)?"
)
_PART_OF_DAY = re.compile(r"\b(?:in the )?(?:morning|afternoon|evening)\b")
_END_OF_DAY = re.compile(
    r"\b(?:by )?(?:(?:the )?end of (?:the )?(?:business |working |work )?day|close of (?:business|play)"
    r"|eod|cob|eob)\b(?! ?\d)"
)
_LEAD = re.compile(
    r"^(?:(?:due|by|on|at|the|until|till|deadline|(?:no|not) later than|meeting|review|call|check-?in)\b[ :]*)+"
)
_SHORT: Final = {"eow": "end of week", "eom": "end of month", "eoq": "end of quarter", "eoy": "end of year"}

_REWRITES: Final = (
    (re.compile(r"^(\d{4}-\d{2}-\d{2})t(?=\d)"), r"\1 "),  # the T of a timestamp
    (re.compile(r"(?<=\d) ?([/.]) ?(?=\d)"), r"\1"),
    (re.compile(r"\b(\d+) ?\(\1\)"), r"\1"),  # contracts say a number twice: twelve (12)
    (re.compile(r"\ban? (?=(?:(?:calendar|business|working) )?(?:day|week|fortnight|month|quarter|year)\b)"), "1 "),
    (re.compile(r"\b(?:a )?couple of\b"), "2"),
    (re.compile(r"^(?:the )?day (after|before) "), r"1 day \1 "),
    (re.compile(r"^this (?:morning|afternoon|evening)$|^tonight$"), "today"),
)


def plain(text: str) -> str:
    """Bring what was typed into the plain form that `reader` knows: lower case, numerals for number words,
    single spaces, no time of day, no "due by" in front. Empty when nothing of a day is left.
    """
    s = fold(clean_line(text)).translate(_TYPOGRAPHIC).strip(" ,;!?")
    s = _NUMERAL.sub(lambda m: _NUMERALS[m[0].replace(" ", "-")], s)
    for pattern, replacement in _REWRITES:
        s = pattern.sub(replacement, s)
    if not re.search(r"\d\.\d{1,2}\.$", s):
        s = s.rstrip(".")
    s = _squeeze(_PART_OF_DAY.sub("", _TIME.sub("", s)))
    s = _squeeze(_LEAD.sub("", s))
    without = _LEAD.sub("", _squeeze(_END_OF_DAY.sub("", s)))
    if without != s:
        s = without or "today"
    return _SHORT.get(s, s)


def _squeeze(s: str) -> str:
    return " ".join(s.split()).strip(" ,")
