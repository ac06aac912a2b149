"""The part of a snapshot that holds one row of facts per case."""

from array import array
from collections.abc import Callable, Iterator

import msgspec

from .base import BATCH
from .pages import BadSnapshot
from .rows import RowPlan, fold
from .rowview import encoded
from .sections import Sections
from .state import CASES, State
from .tip import little


def write_rows(plan: RowPlan, state: State, sections: Sections, pause: Callable[[], None]) -> list[str]:
    """Write the rows; the cases that were left without one."""
    ids: list[str] = []
    ends = array("Q", [0])
    left: list[str] = []

    def texts() -> Iterator[bytes]:
        for case, text in _rows(plan, state):
            if text is None:
                left.append(case)
                continue
            ids.append(case)
            ends.append(ends[-1] + len(text))
            yield text
            if not len(ids) % BATCH:
                pause()

    sections.add("rows", texts() if plan.version else ())
    sections.add("rowids", [msgspec.json.encode(ids)])
    sections.add("rowends", [little(ends)])
    return left


def _rows(plan: RowPlan, state: State) -> Iterator[tuple[str, bytes | None]]:
    """Every case with the text of its row, None where nobody folded it."""
    stale = dict.fromkeys([*state.table(CASES)] if plan.stale is None else plan.stale)
    if plan.base is not None:
        for case, text in zip(plan.base.row_ids(), plan.base.rows(), strict=True):
            if case not in stale and case not in plan.fresh:
                yield case, text
    for case, facts in plan.fresh.items():
        if case not in stale and facts is not None:
            yield case, facts if isinstance(facts, bytes) else encoded(facts)
    for case in stale:
        yield from _folded(case, plan, state)


def _folded(case: str, plan: RowPlan, state: State) -> Iterator[tuple[str, bytes | None]]:
    if plan.row is None or plan.hurried():
        yield case, None
        return
    try:
        facts = fold(state, plan.row, case)
        text = None if facts is None else encoded(facts)
    except BadSnapshot:
        raise
    except Exception:
        # The caller's function failed: whoever asks for the rows shall see the error.
        yield case, None
        return
    if text is not None:
        yield case, text
