"""What other processes do in the tests: `python workers.py FUNCTION ARGUMENT...`."""

import hashlib
import os
import resource
import signal
import sys
from itertools import count
from pathlib import Path

from piptui.errors import Conflict, Full, PiptuiError
from piptui.store import ANY, files, maker, open_store
from piptui.store.files import Place, new_file
from piptui.store.lock import Lock


def say(text: object) -> None:
    """One line to whoever started this process."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def count_up(where: str, name: str, times: str, enough: str = "") -> None:
    """Count in a shared document and add documents of one's own, `times` commits in all; say the conflicts.

    With `enough` it goes on behind these until there is a file of that name.
    """
    conflicts = 0
    with open_store(where) as store:
        for number in count():
            if number >= int(times) and (not enough or Path(enough).exists()):
                break
            while True:
                document, rev = store.get("cases", "shared")
                document["count"] += 1
                changes = [("cases", "shared", document), ("entries", f"{name}{number}", {"of": "shared"})]
                try:
                    store.commit(changes, expect={("cases", "shared"): rev.seq}, actor=name, act="count")
                    break
                except Conflict:
                    conflicts += 1
    say(conflicts)


def count_up_in_segments(where: str, name: str, times: str, enough: str, size: str) -> None:
    """As `count_up`, in segments of so many bytes."""
    files.SEGMENT_BYTES = int(size)
    count_up(where, name, times, enough)


def hold(where: str) -> None:
    """Take the lock, say so, and keep it until standard input ends."""
    lock = Lock(Place(where).lock, lambda path: new_file(path, "personal"))
    lock.acquire()
    say("held")
    sys.stdin.read()


def write_until_full(where: str, limit: str) -> None:
    """Write under a file-size limit until there is no room; say how many commits went in."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
    with open_store(where) as store:
        done = 0
        try:
            while True:
                store.commit([("entries", f"e{done}", {"text": "x" * 700})], expect={}, actor="p1", act="put")
                done += 1
        except Full:
            say(f"{done} {store.head()[0]} {len(store.list('entries'))}")


def put_one(where: str, name: str) -> None:
    """One commit; say its seq."""
    with open_store(where) as store:
        key = ("entries", name)
        say(store.commit([(*key, {"by": "worker"})], expect={key: ANY}, actor="p2", act="put"))


def snapshot_often(where: str, name: str) -> None:
    """Commit for ever, saying each seq once it is acknowledged; with a snapshot every few commits, a tail in between,
    and stores that open and close."""
    maker.LEAST, maker.TAIL_LEAST = 15, 4
    number = 0
    while True:
        with open_store(where, row=lambda held: {"n": {"seq": held[0][3].seq}}, row_version="w") as store:
            for _ in range(25):
                keys = [("cases", f"{name}-{number % 9}"), ("entries", f"{name}-{number % 13}")]
                changes = [(*key, {"of": f"{name}-{number % 9}", "n": number}) for key in keys]
                say(store.commit(changes, expect=dict.fromkeys(keys, ANY), actor=name, act="put"))
                number += 1
            store.rows()


def _naming(data: bytes) -> dict[str, object]:
    return {"of": "c1", "size": len(data), "digest": hashlib.sha256(data).hexdigest()}


def attach_and_die(where: str, name: str, named: str) -> None:
    """Keep bytes, name them in a commit or not, and be killed before the attach ends."""
    with open_store(where) as store, store.keeping(name, b"half"):
        if named:
            store.commit([("files", name, _naming(b"half"))], expect={}, actor="p1", act="attach")
        os.kill(os.getpid(), signal.SIGKILL)


def attach_without_room(where: str, name: str) -> None:
    """Attach more than the limit for files; say how it ended."""
    _attach_limited(where, name, b"x" * 50_000, 20_000)


def attach_with_room_for_the_bytes(where: str, name: str) -> None:
    """Attach little, where the journal may not grow any more; say how it ended."""
    _attach_limited(where, name, b"x" * 50, Place(where).segment(1).stat().st_size + 10)


def _attach_limited(where: str, name: str, data: bytes, limit: int) -> None:
    with open_store(where) as store:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
        try:
            with store.keeping(name, data):
                store.commit([("files", name, _naming(data))], expect={}, actor="p1", act="attach")
        except PiptuiError as error:
            say(type(error).__name__)


def attach_many(where: str, letter: str, times: str) -> None:
    """Attach small files one after the other; say their ids."""
    with open_store(where) as store:
        names = [f"{letter}{number:015x}" for number in range(int(times))]
        for name in names:
            with store.keeping(name, name.encode()):
                store.commit([("files", name, _naming(name.encode()))], expect={}, actor="p1", act="attach")
    say(" ".join(names))


def attach_for_ever(where: str, letter: str) -> None:
    """Attach files of some size for ever, saying each id once it is acknowledged."""
    with open_store(where) as store:
        number = 0
        while True:
            name = f"{letter}{number:015x}"
            data = name.encode() * 20_000
            with store.keeping(name, data):
                store.commit([("files", name, _naming(data))], expect={}, actor="p1", act="attach")
            say(name)
            number += 1


def umask_free(where: str, kind: str) -> None:
    """Create a store and write into it under umask 0."""
    from piptui.store import create_store

    os.umask(0)
    create_store(Path(where), kind="team" if kind == "team" else "personal")
    with open_store(where) as store:
        store.commit([("cases", "c1", {})], expect={}, actor="p1", act="put")


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
