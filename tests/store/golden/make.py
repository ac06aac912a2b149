"""Makes the golden store of this format: `python tests/store/golden/make.py NEW-DIRECTORY`.

A golden store is never made again for a released format: it stands for what is on people's disks. The script is
kept to show what is in it, and to make the one of the next format. Clock, salts and ids are fixed, so that the
same code makes the same bytes.
"""

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from piptui.store import files
from piptui.store.files import create_store
from piptui.store.opening import open_journal
from piptui.store.redact import redact
from piptui.store.request import prepare
from piptui.store.store import JournalStore

CASE = "5f0c7a1e9b3d4c2f8a6e1d0b7c9f3a52"
GOALS = {
    f"g{n}": {"title": f"Goal {n}: answer tickets within a working day", "measure": "share in time", "target": "0.9"}
    for n in range(1, 4)
}


def clock() -> Callable[[], datetime]:
    """Mondays at nine, a quarter of an hour apart."""
    numbers = count()
    return lambda: datetime(2026, 3, 2, 9, tzinfo=UTC) + timedelta(minutes=15 * next(numbers))


def salt() -> Callable[[], str]:
    """No secret: 1, 2, 3 ... in hex."""
    numbers = count(1)
    return lambda: f"{next(numbers):032x}"


def make(where: Path) -> None:
    """Whole documents, patches, deletes, a re-creation, a redaction, a raw write, over two segments."""
    create_store(where, clock=clock(), zone="Europe/Berlin", new_id=lambda: "9d1f" * 8)
    files.SEGMENT_BYTES = 4000
    with open_journal(where, clock=clock(), salt=salt()) as store:
        _begin(store)
        _go_on(store)
    # Its text names the machine and the login of whoever ran this.
    (where / "lock").write_bytes(b"")
    found = {}
    with open_journal(where, readonly=True) as store:
        for table in sorted(store.tables()):
            for name, document, rev in store.list(table):
                found[f"{table} {name}"] = {"document": document, "seq": rev.seq, "digest": rev.digest}
        seq, digest = store.head()
    text = json.dumps({"head": [seq, digest], "documents": found}, ensure_ascii=False, indent=1)
    (where / "expected.json").write_text(text + "\n", encoding="utf-8")


def _begin(store: JournalStore) -> None:
    who = {"role": "hr", "login": "anna"}
    person = {"name": "Zoë Straße", "class": "hr", "logins": ["zoe"]}
    case = {"class": "shared", "of": "p2", "number": "0001", "starts": "2026-03-09", "ends": "2026-06-05"}
    changes = [
        ("people", "p2", person),
        ("cases", CASE, case, "Case 0001 was opened."),
        ("keys", "case.0001", {"of": CASE}),
    ]
    store.commit(changes, expect={}, actor="p1", act="new", token="first-save", meta=who)
    draft = {"of": CASE, "class": "manager", "goals": {"items": {**GOALS}, "order": ["g1", "g2", "g3"]}}
    store.commit(
        [("drafts", "d1", draft, "A draft was begun.")], expect={}, actor="p3", act="begin", meta={"role": "manager"}
    )
    goals = {"items": {**GOALS, "g4": {"title": "Weekly report"}}, "order": ["g4", "g1", "g2", "g3"]}
    change = ("drafts", "d1", {**draft, "goals": goals}, "A goal was put in front.", "agreed on\tMonday")
    store.commit(
        [change], expect={("drafts", "d1"): 2}, actor="p3", act="put", meta={"role": "manager", "on_behalf": "p4"}
    )
    notes = [
        (
            "entries",
            "e1",
            {"of": CASE, "class": "hr", "text": "Late three times.\n\u201eSorry\u201c, she said. \U0001f642"},
        ),
        ("entries", "e2", {"of": CASE, "class": "medical", "text": "A text that must go."}, "A note that must go."),
    ]
    store.commit(notes, expect={}, actor="p1", act="note", meta=who)
    store.commit(
        [("notebook", "n1", {"of": "p2", "class": "manager", "text": "First talk."})],
        expect={},
        actor="p3",
        act="note",
    )


def _go_on(store: JournalStore) -> None:
    store.commit(
        [("notebook", "n1", None, "A note was struck.")], expect={("notebook", "n1"): 5}, actor="p3", act="strike"
    )
    store.commit(
        [("notebook", "n1", {"of": "p2", "class": "manager", "text": "Again."})], expect={}, actor="p3", act="note"
    )
    free: dict[str, object] = {"n": 1, "x": 0.1, "minus": -0.0, "big": 9007199254740993, "null": None}
    free["list"] = [True, False, None, {}]
    raw = prepare([("_default", "1", free, "raw write by anna")], {}, "raw", "raw", None, {"login": "anna"})
    store.write(raw)
    key = ("entries", "e2")
    change = (
        *key,
        {"of": CASE, "class": "medical", "text": "[removed]"},
        "A text was removed.",
        "asked for on 2 March",
    )
    redact(store, [(4, 1)], [change], expect={key: 4}, actor="p1", meta={"role": "hr"})
    unruly = {"of": CASE, "class": "hr", "text": '\x1b[31m \x7f \x9b \u2028 \u202e \t " \\ \0'}
    store.commit([("entries", "e3", unruly)], expect={}, actor="p1", act="note", meta={"role": "hr"})


if __name__ == "__main__":
    make(Path(sys.argv[1]))
