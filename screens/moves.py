"""In which order acts are offered: what moves the case on first, editing the plan last."""

from collections.abc import Iterable, Sequence
from typing import Final

from piptui.desk.api import ActLine

MOVES: Final = (
    *("submit", "approve", "return", "issue", "acknowledge", "refuse", "log_check_in", "miss_check_in"),
    *("open_review", "assess", "decide"),
)
"""Acts that move a case on, in the order of a case's life."""

_MEETINGS: Final = frozenset({"log_check_in", "miss_check_in"})
_EDITS: Final = ("set", "put", "move", "remove")


def in_order(acts: Iterable[ActLine]) -> list[ActLine]:
    """Acts as a list offers them: the possible ones before the others; among each, what moves the case on comes
    first and editing the plan last."""

    def rank(act: ActLine) -> tuple[bool, int, int]:
        if act.act in MOVES:
            return (not act.possible, 0, MOVES.index(act.act))
        if act.act in _EDITS:
            return (not act.possible, 2, _EDITS.index(act.act))
        return (not act.possible, 1, 0)

    return sorted(acts, key=rank)


def next_steps(acts: Sequence[ActLine]) -> list[ActLine]:
    """The acts that are possible now and bring the case to its next stage, or nearer to it."""
    return [act for act in in_order(acts) if act.possible and act.act in MOVES and act.act not in _MEETINGS]
