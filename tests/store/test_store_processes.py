"""Several processes, threads and stores write one record: none overwrites another, none is lost."""

import os
import threading
from pathlib import Path

import pytest

from piptui.errors import Conflict
from piptui.store import Store, verify_store

from .samples import make, put, said, start


@pytest.mark.slow
def test_two_processes_write_a_thousand_commits(tmp_path: Path) -> None:
    """Each counts 500 times in the same document, retrying conflicts: 1 000 are counted, none is lost."""
    where = tmp_path / "s"
    with make(where) as store:
        put(store, "cases", "shared", {"count": 0})
        workers = [start("count_up", str(where), name, "500") for name in ("a", "b")]
        for worker in workers:
            said(worker)
        assert store.get("cases", "shared")[0] == {"count": 1000}
        assert len(store.list("entries")) == 1000
        assert {commit.actor for commit in store.changes(1)} == {"a", "b"}
    report = verify_store(where)
    assert (report.ok, report.commits) == (True, 1001)


def test_threads_share_a_store(tmp_path: Path) -> None:
    """Commits and reads from several threads of one store agree."""
    with make(tmp_path / "s") as store:
        put(store, "cases", "shared", {"count": 0})
        threads = [threading.Thread(target=_count_up, args=(store, 25)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert store.get("cases", "shared")[0] == {"count": 100}
        assert store.verify().ok


def _count_up(store: Store, times: int) -> None:
    for _ in range(times):
        while True:
            document, rev = store.get("cases", "shared")
            document["count"] += 1
            try:
                store.commit(
                    [("cases", "shared", document)], expect={("cases", "shared"): rev.seq}, actor="p1", act="x"
                )
                break
            except Conflict:
                continue


def test_two_stores_in_one_process_exclude_each_other(tmp_path: Path) -> None:
    """Each has its own lock: their commits alternate without losing any."""
    with make(tmp_path / "s") as one, make(tmp_path / "s") as two:
        for number in range(20):
            put(one if number % 2 else two, "cases", "c1", {"n": number}, expect={("cases", "c1"): number})
        assert one.head() == two.head()
        assert one.get("cases", "c1")[0] == {"n": 19}


def test_another_process_is_seen_at_once(tmp_path: Path) -> None:
    """A commit that a process reports is there for everybody else."""
    with make(tmp_path / "s") as store:
        put(store, "entries", "e1", {})
        assert said(start("put_one", str(tmp_path / "s"), "e2")) == "2"
        assert store.get("entries", "e2")[1].actor == "p2"
        assert put(store, "entries", "e3", {}) == 3


def test_a_forked_child_does_not_share_its_parents_lock(tmp_path: Path) -> None:
    """A child that inherits an open store waits for its parent's lock like any other process."""
    where = tmp_path / "s"
    with make(where) as store:
        put(store, "entries", "e1", {})
        with store.exclusive():
            child = os.fork()
            if child == 0:
                code = 1
                try:
                    code = 0 if put(store, "entries", "child", {}) == 3 else 2
                finally:
                    os._exit(code)
            # The child cannot be done before this commit: it waits for the lock.
            assert put(store, "entries", "parent", {}) == 2
        assert os.waitpid(child, 0)[1] == 0
        assert [name for name, _, _ in store.list("entries")] == ["e1", "parent", "child"]
    assert verify_store(where).ok
