"""Removing texts from the journal for good, without breaking its chain.

First a commit lists the texts, as (seq, change), beside the corrected documents or tombstones; only then they are
overwritten by blanks of equal length. Whoever dies in between has listed them, and the next writer goes on.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from piptui.errors import BadInput

from .api import Change, Expected, Key
from .journal import Journal
from .request import prepare
from .state import State
from .store import JournalStore

ACT = "redact"


def redact(
    store: JournalStore,
    targets: Sequence[tuple[int, int]],
    changes: Sequence[Change | tuple[Any, ...]],
    *,
    expect: Mapping[Key, Expected],
    actor: str,
    meta: Mapping[str, Any] | None = None,
) -> int:
    """Remove the texts of `targets`, each (seq, number of the change in it from 0); the seq of the commit.

    `changes` must hold every document that a target belongs to: what it shall be now, or None for a tombstone,
    which may stand for a deleted one, too. Raises BadInput where it does not, and what `commit` raises.
    """
    request = prepare(changes, expect, actor, ACT, None, meta)
    with store.exclusive() as state:
        given = {each.key for each in request.wanted}
        for seq, place in targets:
            if _key(store.journal, state, seq, place) not in given:
                raise BadInput(
                    f"Change {place} of commit {seq} is to be removed: say what its document shall be now."
                )
        if not targets:
            raise BadInput("A redaction names at least one text.")
        return store.write(request, tuple(sorted(set(targets))))


def _key(journal: Journal, state: State, seq: int, place: int) -> Key:
    if not 0 < seq <= state.end.seq:
        raise BadInput(f"There is no commit {seq}.")
    touches = journal.state.healed(lambda: journal.line(seq)).header.ch
    if not 0 <= place < len(touches):
        raise BadInput(f"There is no change {place} in commit {seq}.")
    return touches[place].t, touches[place].id
