"""Removing texts from the journal for good, without breaking its chain.

First a commit lists the texts, as (seq, change), beside the corrected documents or tombstones; only then they are
overwritten by blanks of equal length. Whoever dies in between has listed them, and the next writer goes on.
"""

import os
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from piptui.errors import BadInput

from .api import Change, Expected, Key
from .files import Place, sync_folder
from .handles import explain, write_all
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


def forget_torn(place: Place, words: Sequence[str]) -> int:
    """Remove the files with bytes that were set aside and hold one of `words`; how many. Nothing in them was ever
    acknowledged. One that may not be opened stays. Raises Full, PiptuiError where one cannot be removed."""
    wanted = [msgspec.json.encode(word)[1:-1].lower() for word in words if word]
    gone = 0
    for name in place.torn():
        path = place.path / name
        try:
            data = path.read_bytes()
            if not any(word in data.lower() for word in wanted):
                continue
            fd = os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
            try:
                write_all(fd, bytes(len(data)), 0)
                os.fsync(fd)
            finally:
                os.close(fd)
            path.unlink()
        except PermissionError:
            continue  # somebody else's, in a team store: theirs to remove
        except OSError as error:
            raise explain(error, path) from error
        gone += 1
    if gone:
        sync_folder(place.path)
    return gone
