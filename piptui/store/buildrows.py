"""The part of a snapshot that holds one row of facts per case."""

from array import array
from collections.abc import Callable, Iterator
from typing import NamedTuple

import msgspec

from .base import BATCH
from .pages import BadSnapshot
from .rows import RowPlan, fold
from .rowview import encoded
from .sections import Sections
from .state import CASES, State
from .tip import little


class Written(NamedTuple):
    """The cases that were left without a row, and how many rows stand first."""

    left: list[str]
    firsts: int


def write_rows(plan: RowPlan, state: State, sections: Sections, pause: Callable[[], None]) -> Written:
    """Write the rows, those with the mark of the plan before the others."""
    ids: list[str] = []
    ends = array("Q", [0])
    left: list[str] = []
    firsts = 0

    def texts() -> Iterator[bytes]:
        nonlocal firsts
        mark, later = plan.first.encode(), list[tuple[str, bytes]]()
        for case, text in _kept(plan, state):
            if mark in text:
                yield add(case, text)
        for case, made in _made(plan, state):
            if made is None:
                left.append(case)
            elif mark in made:
                yield add(case, made)
            else:
                later.append((case, made))
        firsts = len(ids) if mark else 0
        if mark:
            # Read a second time, instead of holding most of a large store's rows in memory.
            yield from (add(case, text) for case, text in _kept(plan, state) if mark not in text)
        yield from (add(case, text) for case, text in later)

    def add(case: str, text: bytes) -> bytes:
        ids.append(case)
        ends.append(ends[-1] + len(text))
        if not len(ids) % BATCH:
            pause()
        return text

    sections.add("rows", texts() if plan.version else ())
    sections.add("rowids", [msgspec.json.encode(ids)])
    sections.add("rowends", [little(ends)])
    return Written(left, firsts)


def _stale(plan: RowPlan, state: State) -> dict[str, None]:
    return dict.fromkeys([*state.table(CASES)] if plan.stale is None else plan.stale)


def _kept(plan: RowPlan, state: State) -> Iterator[tuple[str, bytes]]:
    """The rows that the snapshot before holds and that still hold."""
    if plan.base is None:
        return
    stale = _stale(plan, state)
    for case, text in zip(plan.base.row_ids(), plan.base.rows(), strict=True):
        if case not in stale and case not in plan.fresh:
            yield case, text


def _made(plan: RowPlan, state: State) -> Iterator[tuple[str, bytes | None]]:
    """Every other case with the text of its row, None where nobody folded it."""
    stale = _stale(plan, state)
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
