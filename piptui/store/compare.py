"""Whether a snapshot says what the journal says; for `verify`, which has read all of the journal."""

from collections.abc import Mapping

from .api import Key
from .base import Base
from .entry import Outcome, Unknown, before
from .sections import entries
from .tip import KEY, NAME_BYTES, OWNER, key_hash, read_kept, short_hash


def agrees(base: Base, last: Mapping[Key, int], documents: Mapping[Key, Outcome]) -> bool:
    """Whether documents, the ways to find them and what belongs to whom are those of the journal at that commit.

    `last` holds the seq of the last change of every key, `documents` what became of each. Raises BadSnapshot.
    """
    if base.tip.lines != len(last):
        return False
    keys = _by_line(base)
    owned: dict[bytes, int] = {}
    for batch in base.batches(0, base.tip.lines):
        for number in range(batch.first, batch.first + len(batch.ends) - 1):
            kept = read_kept(batch.line(number))
            wanted = documents.get(kept.key)
            if last.get(kept.key) != kept.seq or keys[number] != key_hash(kept.key):
                return False
            # A text that was removed since cannot be compared.
            if not isinstance(wanted, Unknown) and wanted != before(kept.entry):
                return False
            if kept.entry is not None and kept.entry.of:
                name = short_hash(kept.entry.of)
                owned[name] = owned.get(name, 0) + 1
    return owned == _owned(base)


def _by_line(base: Base) -> list[bytes]:
    found = [bytes(NAME_BYTES)] * base.tip.lines
    for name, number in entries(base, "keys", KEY.size, KEY.iter_unpack):
        if number < len(found):
            found[number] = name
    return found


def _owned(base: Base) -> dict[bytes, int]:
    """How many current documents each owner has."""
    found = entries(base, "owners", OWNER.size, OWNER.iter_unpack)
    return {name: count for name, _, count, _, _ in found if count}
