"""The filter of the case list: words and `field:value` terms; all of them must match."""

from collections.abc import Callable

from piptui.cases.words import STAGES, words
from piptui.desk.api import CaseLine
from piptui.errors import BadInput
from piptui.text import fold, nearest, sentence_list

Match = Callable[[CaseLine], bool]


def matcher(query: str) -> Match:
    """A test for case lines. Raises BadInput for a field or a stage that does not exist."""
    tests = [_term(term) for term in query.split()]
    return lambda line: all(test(line) for test in tests)


FIELDS: dict[str, Callable[[CaseLine], str]] = {
    "stage": lambda line: f"{line.stage} {words(line.stage)} {line.result}",
    "manager": lambda line: f"{line.manager} {line.manager_deputy}",
    "hr": lambda line: f"{line.hr_partner} {line.hr_deputy}",
    "employee": lambda line: line.employee,
    "case": lambda line: line.case,
    "about": lambda line: line.about,
}


def _term(term: str) -> Match:
    name, colon, wanted = term.partition(":")
    if not colon or not name:
        text = fold(term)
        return lambda line: text in _all(line)
    known = fold(name)
    if known not in FIELDS:
        hint = nearest(known, list(FIELDS))
        raise BadInput(
            f"The filter knows no field {name!r}." + (f" Did you mean {hint}:?" if hint else f" Known: {_known()}.")
        )
    value = fold(wanted)
    if known == "stage":
        return _stage(value.replace("-", "_"))
    read = FIELDS[known]
    return lambda line: value in fold(read(line))


def _stage(value: str) -> Match:
    named = value.replace("_", "")
    stages = [stage for stage in (*STAGES, "review") if stage.replace("_", "").startswith(named)]
    results = ("successful", "partial", "unsuccessful", "withdrawn", "discarded", "open")
    ends = [result for result in results if result.startswith(value)]
    if value and not stages and not ends:
        raise BadInput(f"There is no stage {value!r}. Stages: {sentence_list([*STAGES, *results])}.")

    wanted = {*stages, *(("in_review", "final_review") if "review" in stages else ())}

    def test(line: CaseLine) -> bool:
        open_too = "open" in ends and line.stage != "closed"
        return not value or line.stage in wanted or line.result in ends or open_too

    return test


def _known() -> str:
    return sentence_list([f"{name}:" for name in FIELDS])


def _all(line: CaseLine) -> str:
    parts = (
        line.case,
        line.employee,
        line.about,
        line.manager,
        line.hr_partner,
        line.manager_deputy,
        line.hr_deputy,
        words(line.stage),
        line.result,
        line.next_what,
    )
    return fold(" ".join(parts))
