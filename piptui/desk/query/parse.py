"""From the text of a query to a test of case lines; half-typed terms are no error."""

import re
from dataclasses import dataclass
from typing import Final

from piptui.desk.api import CaseLine
from piptui.desk.query.terms import FIELDS, Ground, Match, Sign, Term, term, word
from piptui.text import fold

_TOKEN: Final = re.compile(
    r"""\s*(?P<minus>-(?=[^\W\d_]|"))?(?:(?P<field>[^\W\d_]+)(?P<sign><=|>=|[:<>]))?(?P<value>(?:"[^"]*"?|[^\s"])*)"""
)
_PARTS: Final = re.compile(r'"([^"]*)"?|([^",]+)|(,)')


@dataclass(frozen=True)
class Query:
    """A query that was understood: `told` says how, in words; "" for one that lets everything pass."""

    groups: tuple[tuple[Term, ...], ...]
    told: str = ""

    def match(self, line: CaseLine) -> bool:
        """Whether a case is meant."""
        return self.test()(line)

    def test(self) -> Match:
        """The test of whether a case is meant, no dearer than its terms: it is asked of every case."""
        tests = [_all_of([one.match for one in group]) for group in self.groups]
        if len(tests) == 1:
            return tests[0]
        return lambda line: not tests or any(one(line) for one in tests)


def _all_of(tests: list[Match]) -> Match:
    if len(tests) == 1:
        return tests[0]
    return lambda line: all(one(line) for one in tests)


def parse(text: str, ground: Ground) -> Query:
    """Understand a query. Raises BadInput naming a field or value that does not exist, and what there is."""
    groups: list[list[Term]] = [[]]
    negated = False
    for found in _TOKEN.finditer(text):
        if not found[0].strip():
            continue
        bare = found["value"] if not found["field"] and not found["minus"] else ""
        if fold(bare) == "or":
            groups.append([])
            negated = False
            continue
        if fold(bare) == "not":
            negated = not negated
            continue
        one = _term(found, ground)
        if one.told:
            groups[-1].append(_without(one) if negated != bool(found["minus"]) else one)
        negated = False
    kept = tuple(tuple(group) for group in groups if group)
    told = ", or ".join(" and ".join(one.told for one in group) for group in kept)
    return Query(kept, told)


def _term(found: "re.Match[str]", ground: Ground) -> Term:
    name, sign, value = found["field"], found["sign"], found["value"]
    if name is not None and (sign == ":" or fold(name) in FIELDS):
        signs: dict[str, Sign] = {":": ":", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
        return term(name, signs[sign], _values(value), ground)
    text = f"{name or ''}{sign or ''}{value}"
    text = text.replace('"', "") if '"' in text else text
    return word(text, ground) if text else Term(lambda _: True, "")


def _values(text: str) -> list[str]:
    """The values between commas; a comma inside quotes is part of the value."""
    values = [""]
    for quoted, plain, comma in _PARTS.findall(text):
        if comma:
            values.append("")
        else:
            values[-1] += quoted or plain
    return values


def _without(one: Term) -> Term:
    return Term(lambda line: not one.match(line), f"not {one.told}")
