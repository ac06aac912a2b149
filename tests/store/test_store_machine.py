"""A store against a plain dict: two clients, crashes between any two file operations, removals, attached files.

Whatever is done, and wherever the one who does it dies: what was acknowledged is there, what was not is whole or
gone, a removal that was listed is finished by whoever writes next, and both clients see the same.
"""

import hashlib
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from piptui.errors import NotFound
from piptui.store import open_store, verify_store
from piptui.store.attached import names_bytes
from piptui.store.files import create_store
from piptui.store.redact import redact
from piptui.store.store import JournalStore

from .reader import read
from .samples import say, ticking
from .snapshot_kit import opened, save_tail

CHANGING = ("pwrite", "write", "fdatasync", "fsync", "ftruncate", "link", "rename", "unlink", "mkdir")
KEYS = [("cases", "c1"), ("entries", "e1"), ("entries", "e2"), ("free", "1")]
clients = st.integers(0, 1)
keys = st.sampled_from(KEYS)
crashes = st.none() | st.tuples(st.integers(0, 24), st.integers(0, 400))
"""At which operation that changes a file the process dies, and how many bytes of that write are on the disk."""


class Killed(BaseException):
    """Stands for the end of the process."""


@contextmanager
def dying(crash: tuple[int, int] | None) -> Iterator[list[str]]:
    """From one operation on nothing changes the disk any more; what the process did until then."""
    done: list[str] = []
    real = {name: getattr(os, name) for name in CHANGING}

    def deadly(name: str) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            if crash is not None and len(done) >= crash[0]:
                if len(done) == crash[0] and name in ("pwrite", "write"):
                    done.append(name)
                    real[name](arguments[0], memoryview(arguments[1])[: crash[1]], *arguments[2:])
                raise Killed
            done.append(name)
            return real[name](*arguments, **options)

        return call

    try:
        for name in CHANGING:
            setattr(os, name, deadly(name))
        yield done
    finally:
        for name, function in real.items():
            setattr(os, name, function)


def let_go(folder: Path) -> None:
    """Close what is open in a folder: the kernel does that for whoever is killed, and frees the locks on it."""
    for link in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            if link.readlink().parent == folder:
                os.close(int(link.name))


class StoreMachine(RuleBasedStateMachine):
    """The steps, and what has to hold after each of them."""

    seen: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.where = self.folder / "s"
        create_store(self.where, clock=ticking())
        self.clients = [self.open(), self.open()]
        self.model: dict[tuple[str, str], dict[str, Any]] = {}
        self.versions: list[tuple[tuple[str, str], dict[str, Any] | None]] = []
        self.removed: set[int] = set()
        self.number = 0

    def open(self) -> JournalStore:
        """A client."""
        return opened(self.where, clock=ticking())

    def fresh(self, pad: int) -> dict[str, Any]:
        """A document with a text that no other one has; long ones are patched later."""
        self.number += 1
        return {"of": "c1", "class": "shared", "text": f"secret-{self.number}-end", "pad": "x" * pad}

    def did(self, client: int, crash: tuple[int, int] | None, again: int | None, work: Callable[[], object]) -> bool:
        """Do something that may die in the middle, and let somebody settle it; whether a commit is there."""
        before = self.clients[client].head()[0]
        try:
            with dying(crash):
                work()
            died = False
        except Killed:
            died = True
        if died:
            self.seen["crashes"] += 1
            self.clients[client].close()
            let_go(self.where / "files")
            with open_store(self.where, readonly=True) as reader:  # whoever looks now sees all or nothing
                assert reader.head()[0] in (before, before + 1)
                assert self.held(reader) == self.model or reader.head()[0] == before + 1
            if again is not None:
                with suppress(Killed), dying((again, 9)):
                    self.open().close()
                self.seen["crashes while settling"] += 1
            if crash is not None and crash[1] % 2:
                with self.clients[1 - client].exclusive():  # the other one settles it, not the next to open
                    pass
            self.clients[client] = self.open()
        with self.clients[1 - client].exclusive():
            pass
        return self.clients[1 - client].head()[0] == before + 1

    def held(self, store: Any) -> dict[tuple[str, str], Any]:
        """All documents, as a store has them."""
        return {
            (table, name): doc
            for table in ("cases", "entries", "free", "files")
            for name, doc, _ in store.list(table)
        }

    def took(self, key: tuple[str, str], document: dict[str, Any] | None) -> None:
        """It is in the record: the dict follows."""
        self.versions.append((key, document))
        self.model = {k: v for k, v in self.model.items() if k != key} | ({} if document is None else {key: document})

    def standing(self, key: tuple[str, str]) -> int:
        """The seq that a client has read of a key; 0 where it is not there."""
        last = max((seq for seq, (each, _) in enumerate(self.versions, 1) if each == key), default=0)
        return last if key in self.model else 0

    @rule(client=clients, key=keys, pad=st.sampled_from([0, 300]), crash=crashes, again=st.none() | st.integers(0, 9))
    def put(self, client: int, key: tuple[str, str], pad: int, crash: Any, again: int | None) -> None:
        """One document, new or changed."""
        document = self.fresh(pad)
        change, expect = [(*key, document)], {key: self.standing(key)}
        store = self.clients[client]
        if self.did(client, crash, again, lambda: store.commit(change, expect=expect, actor="p1", act="put")):
            self.took(key, document)
        else:
            assert crash is not None

    @rule(client=clients, key=keys, crash=crashes)
    def delete(self, client: int, key: tuple[str, str], crash: Any) -> None:
        """One document, if it is there."""
        if key in self.model:
            expect, store = {key: self.standing(key)}, self.clients[client]
            if self.did(
                client, crash, None, lambda: store.commit([(*key, None)], expect=expect, actor="p1", act="x")
            ):
                self.took(key, None)
            else:
                assert crash is not None

    @rule(client=clients, crash=crashes, again=st.none() | st.integers(0, 9))
    def attach(self, client: int, crash: Any, again: int | None) -> None:
        """Bytes and the document that names them."""
        self.number += 1
        name, data = f"{self.number:016x}", f"secret-{self.number}-end".encode()
        key = ("files", name)
        document = {"of": "c1", "size": len(data), "digest": hashlib.sha256(data).hexdigest()}
        store = self.clients[client]

        def work() -> None:
            with store.keeping(name, data):
                store.commit([(*key, document)], expect={}, actor="p1", act="attach")

        if self.did(client, crash, again, work):
            self.took(key, document)
        else:
            assert crash is not None
            store = self.clients[client]
            store._sweep()  # what attaches next does it, too
            assert not (self.where / "files" / name).exists()

    @precondition(lambda self: any(document for _, document in self.versions))
    @rule(
        client=clients,
        chosen=st.integers(0, 1000),
        keep=st.booleans(),
        crash=crashes,
        again=st.none() | st.integers(0, 9),
    )
    def remove(self, client: int, chosen: int, keep: bool, crash: Any, again: int | None) -> None:
        """The text of one version for good, with what shall stand now: a text of its own, or nothing."""
        live = [seq for seq, (_, document) in enumerate(self.versions, 1) if document and seq not in self.removed]
        if not live:
            return
        seq = live[chosen % len(live)]
        key = self.versions[seq - 1][0]
        document = self.fresh(0) if keep and key in self.model and key[0] != "files" else None
        expect, store = {key: self.standing(key)}, self.clients[client]
        work = lambda: redact(store, [(seq, 0)], [(*key, document)], expect=expect, actor="hr1")  # noqa: E731
        if self.did(client, crash, again, work):
            self.took(key, document)
            self.removed.add(seq)
            self.seen["removals"] += 1
        else:
            assert crash is not None
        self.nothing_left()

    def nothing_left(self) -> None:
        """Of what was removed: no text in any file, no attached bytes, nothing unfinished."""
        everything = b"".join(path.read_bytes() for path in self.where.rglob("*") if path.is_file())
        for seq in self.removed:
            (_, name), document = self.versions[seq - 1]
            assert document is not None
            assert str(document.get("text", name)).encode() not in everything or "text" not in document
            assert "text" in document or not (self.where / "files" / name).exists()
        report = verify_store(self.where)
        assert (report.problems, report.unfinished, report.flaws) == ([], [], [])
        assert report.redactions == len(self.removed)

    @rule(client=clients, tail=st.booleans(), crash=crashes)
    def snapshot(self, client: int, tail: bool, crash: Any) -> None:
        """A snapshot, or what came behind it."""
        store = self.clients[client]
        if self.versions:
            store.rows()
            assert not self.did(client, crash, None, lambda: save_tail(store) if tail else store.snapshot())

    @rule(client=clients)
    def reopen(self, client: int) -> None:
        """A client leaves and comes back."""
        self.clients[client].close()
        self.clients[client] = self.open()

    @invariant()
    def both_see_the_same(self) -> None:
        """The dict, whichever client is asked."""
        self.seen["steps"] += 1
        for store in self.clients:
            assert self.held(store) == self.model
            assert store.head()[0] == len(self.versions)

    def teardown(self) -> None:
        """The past, the whole record, and what a reader of another kind makes of it."""
        try:
            self.judge()
        finally:
            for store in self.clients:
                store.close()
            shutil.rmtree(self.folder)

    def judge(self) -> None:
        """Everything that was ever said, against what the record says."""
        states: dict[tuple[str, str], Any] = {}
        touched: set[tuple[str, str]] = set()
        for seq, (key, document) in enumerate(self.versions, 1):
            states[key] = document
            touched |= {key} if seq in self.removed else set()
            for each, wanted in states.items():
                try:
                    found = self.clients[0].get(*each, at=seq)[0]
                except NotFound:
                    assert wanted is None or each in touched
                else:
                    assert found == wanted
        for (_, name), document in self.model.items():
            if names_bytes(document):
                assert hashlib.sha256(self.clients[0].content(name)).hexdigest() == document["digest"]
        report = verify_store(self.where)
        assert (report.ok, report.commits, report.derived) == (True, len(self.versions), [])
        self.nothing_left()
        other = read(self.where, report.head_seq, report.head_hash)
        assert (other.broken, other.documents) == ("", self.model)


_CALM = settings(deadline=None, database=None, suppress_health_check=[*HealthCheck])


class TestSome(StoreMachine.TestCase):  # type: ignore[valid-type,misc]  # hypothesis makes it
    """A few runs, always the same."""

    settings = settings(_CALM, max_examples=6, stateful_step_count=12, derandomize=True)


@pytest.mark.slow
@pytest.mark.timeout(600)
class TestMany(StoreMachine.TestCase):  # type: ignore[valid-type,misc]  # hypothesis makes it
    """Many, and longer ones."""

    settings = settings(_CALM, max_examples=150, stateful_step_count=30)

    def tearDown(self) -> None:
        """What was tried."""
        say(f"state machine: {dict(StoreMachine.seen)}")
