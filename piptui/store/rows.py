"""One row of facts per case, folded by a function that the caller brings, kept until the case is touched."""

from piptui.errors import PiptuiError

from .api import Facts, Held, Row
from .state import CASES, State


class Rows:
    """The rows of one state."""

    def __init__(self, state: State, row: Row | None) -> None:
        self._state = state
        self._row = row
        self._rows: dict[str, Facts] = {}

    def current(self) -> dict[str, Facts]:
        """All rows, those of touched cases folded anew."""
        row = self._row
        if row is None:
            raise PiptuiError("This store was opened without a row function, so it has no rows.")
        touched = self._state.touched
        for case in list(touched):
            entry = self._state.copy((CASES, case))
            if entry is None:
                self._rows.pop(case, None)
            else:
                rest: list[Held] = [held for held in self._state.held(case) if held[:2] != (CASES, case)]
                self._rows[case] = row([(CASES, case, *entry), *rest])
            del touched[case]
        return dict(self._rows)
