"""One bit turned at any byte of any file: nothing wrong is served, and `verify` tells.

Its only blind spot is the comment in `lock`, which names who wrote last and means nothing else. What is derived and
damaged is told, too, though nothing is lost with it: the record itself is whole then.
"""

import hashlib
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from piptui.errors import Corrupt, PiptuiError
from piptui.store import files, verify_store
from piptui.store.redact import redact

from .reader import read
from .samples import put, say, ticking
from .snapshot_kit import everything, opened, save_tail

NAME = "a1" * 8
FILES = {
    "store.json": "store.json",
    "journal": "journal/000001.jsonl",
    "head": "head",
    "lock": "lock",
    "attached file": f"files/{NAME}",
    "documents": "snapshot/000001.jsonl",
    "pointers": "snapshot/000001.dat",
    "index": "snapshot/000001.idx",
    "tail": "snapshot/000001.tail",
}


@pytest.fixture
def where(tmp_path: Path) -> Path:
    """A small store with everything that there can be: a removed text, an attached file, snapshot and tail."""
    with opened(tmp_path / "s", clock=ticking()) as store:
        put(store, "cases", "c1", {"of": "p1", "class": "shared", "t": "needle " + "x" * 60})
        put(store, "entries", "e1", {"of": "c1", "text": "to be removed"})
        redact(store, [(2, 0)], [("entries", "e1", {"of": "c1"})], expect={("entries", "e1"): 2}, actor="hr1")
        with store.keeping(NAME, b"attached bytes"):
            named = {"of": "c1", "size": 14, "digest": hashlib.sha256(b"attached bytes").hexdigest()}
            store.commit([("files", NAME, named)], expect={}, actor="p1", act="attach", token="t1")
        store.rows()
        assert store.snapshot()
        put(store, "cases", "c1", {"of": "p1", "class": "shared", "t": "needle " + "x" * 60, "n": 1})
        store.rows()
        assert save_tail(store)
        put(store, "entries", "e2", {"of": "c1", "text": "behind"})
    return tmp_path / "s"


def test_there_is_no_other_file(where: Path) -> None:
    """All bytes of a store are in the files that are looked at here; the other lock is empty."""
    there = {path.relative_to(where).as_posix(): path.stat().st_size for path in where.rglob("*") if path.is_file()}
    assert there.keys() == {*FILES.values(), "snapshot/lock"}
    assert there["snapshot/lock"] == 0
    report = verify_store(where)
    assert (report.ok, report.derived, report.redactions) == (True, [], 1)


def served(where: Path) -> dict[str, Any]:
    """Everything that a reader is told, the attached bytes included; raises where it is refused."""
    with opened(where, clock=ticking(), readonly=True) as store:
        found = everything(store)
        with suppress(Corrupt):
            found["content"] = store.content(NAME)
        found["info"] = store.info
        return found


def told(where: Path) -> bool:
    """Whether `verify` tells that something is not as it was."""
    try:
        report = verify_store(where)
    except PiptuiError:
        return True
    return not report.ok or bool(report.derived)


@pytest.mark.parametrize(
    "step", [97, pytest.param(1, marks=[pytest.mark.slow, pytest.mark.timeout(400)])], ids=["some", "all"]
)
@pytest.mark.parametrize("what", FILES)
def test_a_flipped_bit_is_never_served_and_always_told(
    where: Path, monkeypatch: pytest.MonkeyPatch, what: str, step: int
) -> None:
    """Whoever reads gets what was written, or is refused; verify tells, but for the comment in the lock."""
    monkeypatch.setattr(files, "_HEAD_TRIES", 2)  # nobody is half way through writing it
    path = where / FILES[what]
    data, wanted = path.read_bytes(), served(where)
    count: Counter[str] = Counter()
    for place in range(0, len(data), step):
        path.write_bytes(data[:place] + bytes([data[place] ^ 1 << place % 8]) + data[place + 1 :])
        try:
            found = served(where)
            refused = what == "attached file" and "content" not in found
            right = found | ({"content": wanted["content"]} if refused else {}) == wanted
            count["served as it was" if right else "served wrong"] += 1
        except PiptuiError:
            count["refused"] += 1
        count["told by verify" if told(where) else "not told"] += 1
        if what in ("journal", "head", "attached file"):
            assert read(where).broken
    path.write_bytes(data)
    assert not told(where)
    assert served(where) == wanted
    say(f"bits flipped in {what}: {len(range(0, len(data), step))}, {dict(count)}")
    assert count["served wrong"] == 0
    assert (count["told by verify"] == 0) if what == "lock" else (count["not told"] == 0)
