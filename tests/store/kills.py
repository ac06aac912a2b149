"""Four writers on one record, and one of them killed at a random moment, a thousand times over.

`python -m tests.store.kills DIRECTORY KILLS SEED` prints what came of it. The writers are forked from one warm
process, so that a kill costs milliseconds. They count in shared documents, add texts of their own and remove some for
good; snapshots are made all the while; half of them write in pieces of 97 bytes, so that lines are torn.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import traceback
from collections import Counter
from contextlib import suppress
from pathlib import Path
from random import Random
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

from piptui.errors import Conflict
from piptui.store import create_store, maker, open_store, verify_store
from piptui.store.opening import open_journal
from piptui.store.redact import redact
from piptui.store.store import JournalStore

if TYPE_CHECKING:
    from typing_extensions import Buffer

WRITERS = 4
SHARED = ("one", "two", "three")
SECRET = "diagnosis"
PIECE = 97
PAUSE = 0.0002
LONGEST_WAIT = 0.05


def write_for_ever(where: str, name: str, out: int, seed: int) -> None:
    """One writer: says `seq actor` of each commit once it is acknowledged."""
    chance = Random(seed)
    if seed % 2:
        real = os.pwrite

        def piece(fd: int, data: Buffer, offset: int) -> int:
            sleep(PAUSE)
            return real(fd, memoryview(data)[:PIECE], offset)

        os.pwrite = piece
    maker.LEAST, maker.TAIL_LEAST = 60, 15
    store = open_journal(where, row=lambda held: {"n": {"seq": held[0][3].seq}}, row_version="w")
    number = 0
    while True:
        number += 1
        step = chance.random()
        if step < 0.4:
            seq = count(store, chance.choice(SHARED), name)
        elif step < 0.97:
            key = ("entries", f"{name}-{number % 3}")
            document = {"of": chance.choice(SHARED), "text": f"{SECRET} " * chance.randrange(1, 90)}
            seq = store.commit([(*key, document)], expect=standing(store, key), actor=name, act="put")
        else:
            seq = take_out(store, name) or 0
        if seq:
            os.write(out, f"{seq} {name}\n".encode())


def standing(store: JournalStore, key: tuple[str, str]) -> dict[tuple[str, str], int]:
    """What to expect of a key that nobody else writes."""
    entry = store.entry(key)
    return {key: 0 if entry is None else entry.rev.seq}


def count(store: JournalStore, case: str, name: str) -> int:
    """Count in a shared document."""
    while True:
        document, rev = store.get("cases", case)
        document["count"] += 1
        try:
            return store.commit(
                [("cases", case, document)], expect={("cases", case): rev.seq}, actor=name, act="count"
            )
        except Conflict:
            continue


def take_out(store: JournalStore, name: str) -> int | None:
    """Remove a text of one's own from the record."""
    key = ("entries", f"{name}-1")
    records = store.history(*key)
    left = [record.seq for record in records if not record.redacted and record.act == "put"]
    if not left:
        return None
    return redact(store, [(seq, 0) for seq in left], [(*key, None)], expect=standing(store, key), actor=name)


class Writer:
    """A forked writer and what it said."""

    def __init__(self, where: str, name: str, seed: int) -> None:
        self.name = name
        self.said: list[tuple[int, str]] = []
        self._rest = b""
        self.fd, out = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                os.close(self.fd)
                write_for_ever(where, name, out, seed)
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(3)
        os.close(out)

    def listen(self) -> bool:
        """Take in what it said; whether there may be more."""
        data = os.read(self.fd, 1 << 16)
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            seq, name = line.decode().split()
            self.said.append((int(seq), name))
        return bool(data)

    def kill(self) -> int:
        """Kill it, hear it out; how it ended, as `os.waitstatus_to_exitcode` says it."""
        os.kill(self.pid, signal.SIGKILL)
        _, status = os.waitpid(self.pid, 0)
        while self.listen():
            pass
        os.close(self.fd)
        return os.waitstatus_to_exitcode(status)


def go(where: str, kills: int, seed: int) -> dict[str, Any]:
    """Found a record, kill, and count what came of it."""
    chance = Random(seed)
    create_store(where)
    with open_store(where) as store:
        store.commit([("cases", case, {"count": 0}) for case in SHARED], expect={}, actor="p1", act="new")
    writers = [Writer(where, f"w{number}", number) for number in range(WRITERS)]
    said: list[tuple[int, str]] = []
    ends: Counter[int] = Counter()
    snapshots: set[tuple[str, int]] = set()
    for number in range(kills):
        until = monotonic() + chance.uniform(0, LONGEST_WAIT)
        while (left := until - monotonic()) > 0:
            ready, _, _ = select.select([each.fd for each in writers], [], [], left)
            if not [each for each in writers if each.fd in ready and each.listen()] and ready:
                break  # one has ended by itself: its kill tells
        victim = chance.randrange(WRITERS)
        ends[writers[victim].kill()] += 1
        snapshots |= finished(Path(where, "snapshot"))
        said += writers[victim].said
        writers[victim] = Writer(where, f"w{WRITERS + number}", number)
    for each in writers:
        ends[each.kill()] += 1
        said += each.said
    return judged(where, said) | {
        "snapshots seen": len(snapshots),
        "kills": ends[-signal.SIGKILL],
        "ended otherwise": kills + WRITERS - ends[-9],
    }


def finished(folder: Path) -> set[tuple[str, int]]:
    """The snapshots and tails that are there now."""
    with suppress(FileNotFoundError):
        return {(path.name, path.stat().st_mtime_ns) for path in folder.iterdir() if path.suffix in (".idx", ".tail")}
    return set()


def judged(where: str, said: list[tuple[int, str]]) -> dict[str, Any]:
    """What is in the record, against what was acknowledged."""
    with open_store(where) as store:  # the next writer settles what the dead ones left
        commits = store.changes(0)
        counted = Counter(commit.keys[0][1] for commit in commits if commit.act == "count")
        actors = {commit.seq: commit.actor for commit in commits}
        held = {case: store.get("cases", case)[0]["count"] for case in SHARED}
        removed = {commit.redacts for commit in commits if commit.redacts}
    report = verify_store(where)
    return {
        "commits": len(commits),
        "acknowledged": len(said),
        "acknowledged and lost": sum(actors.get(seq) != name for seq, name in said),
        "acknowledged twice": len(said) - len({seq for seq, _ in said}),
        "updates lost": sum(abs(held[case] - counted[case]) for case in SHARED),
        "texts removed": report.redactions,
        "removals unfinished": len(report.unfinished),
        "removals": len(removed),
        "torn tails set aside": len(report.torn),
        "verified": report.ok,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(go(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))) + "\n")
