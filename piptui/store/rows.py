"""One row of facts per case, folded by a function that the caller brings, kept until the case is touched."""

from collections.abc import Callable
from itertools import islice
from typing import Final, NamedTuple

from piptui.errors import PiptuiError

from .api import Facts, Held, Row
from .base import Base
from .rowview import Fresh, Kept, encoded
from .state import CASES, Ready, State

NO_ROW = b"null"


class RowPlan(NamedTuple):
    """Which rows to write: those of `base`, but for the cases in `fresh` (None there: no row) and in `stale`.

    `version` names the row function of all of them, "" for no rows at all. Stale ones (None: of every case) are
    folded by `row`; without it, or once `hurried` says so, they are left to whoever reads the snapshot.
    Rows in whose text `first` stands are written before the others.
    """

    version: str
    base: Base | None
    fresh: dict[str, Fresh]
    stale: list[str] | None
    row: Row | None
    first: str = ""
    hurried: Callable[[], bool] = lambda: False


LEFT_OUT: Final = 100
"""Rows that a snapshot may lack before another one is worth its price: each is folded again at every start."""


class Rows:
    """The rows of one state; `version` names the row function, "" for one whose rows are not kept on the disk.

    `folded` counts the rows that were folded since somebody wrote them to the disk.
    """

    def __init__(self, state: State, row: Row | None, version: str = "", first: bytes = b"") -> None:
        self.version = version
        self.first = first.decode()
        self.row = row
        self.folded = 0
        self._state = state
        self._begun = False
        self._known: object = None
        self._fresh: dict[str, Fresh] = {}

    def current(self) -> Kept:
        """All rows, those of touched cases folded anew. Raises BadSnapshot, and what the row function raises."""
        self.prepare(None)
        return self.kept()

    def prepare(self, most: int | None) -> int:
        """Fold the rows of touched cases, at most so many (None: all); how many are left. Raises as `current`."""
        if self.row is None:
            raise PiptuiError("This store was opened without a row function, so it has no rows.")
        if not self.begun:
            self._begin()
        for case in [*islice(self._state.touched, most)]:
            self._fresh[case] = self._kept_as(fold(self._state, self.row, case))
            del self._state.touched[case]
            self.folded += 1
        return len(self._state.touched)

    def _kept_as(self, facts: Facts | None) -> Fresh:
        # As text they take a tenth of the room; without a version they need not be JSON.
        return encoded(facts) if facts is not None and self.version else facts

    def _begin(self) -> None:
        """Once for each start of the state: everything that nobody has kept a row for is to be folded."""
        state, base, ready = self._state, self._state.base, self._state.ready
        self._fresh = {}
        if base is not None:
            missing = base.tip.stale if self.usable(base) else [*state.table(CASES)]
            state.touched.update(dict.fromkeys(missing))
        if self.version and ready.version == self.version:
            # Folded behind the snapshot by somebody else, and not touched since.
            self._fresh.update({case: None if row == NO_ROW else row for case, row in ready.rows.items()})
            for case in self._fresh:
                state.touched.pop(case, None)
        self._begun, self._known = True, state.born

    @property
    def begun(self) -> bool:
        """Whether rows were asked for since the state began: then all that it does not call touched are known."""
        return self._begun and self._known is self._state.born

    def usable(self, base: Base) -> bool:
        """Whether a snapshot's rows were folded by our row function."""
        return bool(self.version) and base.tip.rows == self.version

    def plan(self) -> RowPlan:
        """The rows for a snapshot: as far as they are known, and which have to be folded."""
        state, base = self._state, self._state.base
        if self.row is None or not self.version:
            # Not ours to fold: what nothing has touched is handed on.
            if base is None:
                return RowPlan("", None, {}, [], None)
            return RowPlan(base.tip.rows, base, {}, [*base.tip.stale, *state.stale], None, base.tip.first)
        if not self.begun:
            if base is not None and not self.usable(base):
                return RowPlan(self.version, None, {}, None, self.row, self.first)
            self._begin()
        kept = self.kept()
        return RowPlan(self.version, kept.base, kept.fresh, [*state.touched], self.row, self.first)

    def ready(self) -> Ready:
        """The rows that were folded behind the snapshot, as texts: for whoever opens the store next."""
        state = self._state
        if self.row is None or not self.version or not self.begun:
            return Ready(state.ready.version, dict(state.ready.rows))
        known = {case: row for case, row in self._fresh.items() if case not in state.touched}
        texts = {case: row for case, row in known.items() if isinstance(row, bytes)}
        return Ready(self.version, {case: texts.get(case, NO_ROW) for case in known})

    def outdated(self, limit: int) -> bool:
        """Whether the snapshot has too few rows: those of another row function, none for more than `limit`, or
        many that were left out because the program was about to end."""
        base = self._state.base
        if not self.version or not self.begun or base is None:
            return False
        return not self.usable(base) or len(self._fresh) > limit or len(base.tip.stale) > LEFT_OUT

    def kept(self) -> Kept:
        """What is known of the rows, unmoved by what comes."""
        base = self._state.base
        return Kept(base if base is not None and self.usable(base) else None, dict(self._fresh))


def fold(state: State, row: Row, case: str) -> Facts | None:
    """The row of a case, None where there is no such case or its text was removed; raises what `row` raises."""
    entry = state.copy((CASES, case))
    if entry is None:
        return None
    rest: list[Held] = [held for held in state.held(case) if held[:2] != (CASES, case)]
    return row([(CASES, case, *entry), *rest])
