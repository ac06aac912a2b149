"""What the tests of the store share: a clock that ticks, salts that count, small stores, other processes."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import msgspec

from piptui.errors import NotFound
from piptui.store import Store
from piptui.store.files import create_store, info_sum
from piptui.store.opening import open_journal
from piptui.store.store import JournalStore
from tests.conftest import COUNTS

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
WORKERS = Path(__file__).with_name("workers.py")
ROOT = Path(__file__).parents[2]


def ticking(start: datetime = START) -> Callable[[], datetime]:
    """A clock that goes on by one second at each look."""
    seconds = count()
    return lambda: start + timedelta(seconds=next(seconds))


def counting() -> Callable[[], str]:
    """Salts that are no secret: 1, 2, 3 ..."""
    numbers = count(1)
    return lambda: f"{next(numbers):032x}"


def make(where: Path, **options: Any) -> JournalStore:
    """An open store at `where`, created if need be, with fixed clock and salts."""
    if not (where / "store.json").exists():
        create_store(where, clock=ticking(), new_id=lambda: "a" * 32)
    return open_journal(where, **{"clock": ticking(), "salt": counting(), **options})


def put(store: Store, table: str, name: str, document: dict[str, Any] | None, **options: Any) -> int:
    """One commit of one document as it comes, whatever stood there."""
    try:
        expect = {(table, name): store.get(table, name)[1].seq}
    except NotFound:
        expect = {}
    return store.commit([(table, name, document)], **{"expect": expect, "actor": "p1", "act": "put", **options})


def say_in_info(where: Path, **members: object) -> None:
    """Change members of store.json, with a sum that is right, as another version of the program would."""
    info = json.loads((where / "store.json").read_text(encoding="utf-8")) | members
    (where / "store.json").write_text(json.dumps(info | {"sum": info_sum(info)}), encoding="utf-8")


def segment(where: Path, number: int = 1) -> Path:
    """A segment's path."""
    return where / "journal" / f"{number:06d}.jsonl"


def lines(where: Path, number: int = 1) -> list[list[Any]]:
    """The JSON texts of each line of a segment, decoded; blanked ones as None."""
    texts = segment(where, number).read_bytes().splitlines()
    return [[msgspec.json.decode(part) if part.strip() else None for part in text.split(b"\t")] for text in texts]


def say(text: str) -> None:
    """A count that stands at the end of the run, for whoever wants to quote it."""
    with Path(os.environ[COUNTS]).open("a", encoding="utf-8") as file:
        file.write(f"{text}\n")


def start(*arguments: str, **options: Any) -> "subprocess.Popen[str]":
    """Another process that runs a function of workers.py."""
    return subprocess.Popen(
        [sys.executable, "-B", str(WORKERS), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        **options,
    )


def said(process: "subprocess.Popen[str]") -> str:
    """What a worker says before it ends, which must be well."""
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    return out.strip()


def run_module(name: str, *arguments: str, timeout: float = 60) -> str:
    """Run a module of the tests in a process of its own, which must end well; what it says."""
    command = [sys.executable, "-B", "-m", name, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=timeout, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
