"""docs/format.md is enough: a script of 60 lines that knows nothing else reads a record, and says what is broken."""

import datetime as dt
import hashlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from piptui.store import open_store, verify_store
from piptui.store.redact import redact
from tests.demo import demo_store

from .reader import SCRIPT, read
from .samples import make, put, segment
from .snapshot_kit import lively

NAME = "a1" * 8


@pytest.fixture
def where(tmp_path: Path) -> Path:
    """A lively record with a removed text and an attached file."""
    lively(tmp_path / "s")
    with make(tmp_path / "s") as store:
        spot = (store.get("entries", "e4")[1].seq, 0)
        change = ("entries", "e4", {"of": "c2", "text": "corrected"})
        redact(store, [spot], [change], expect={("entries", "e4"): spot[0]}, actor="hr1")
        with store.keeping(NAME, b"bytes"):
            named = {"of": "c1", "size": 5, "digest": hashlib.sha256(b"bytes").hexdigest()}
            store.commit([("files", NAME, named)], expect={}, actor="p1", act="attach")
        put(store, "entries", "last", {"text": "the last"})
    return tmp_path / "s"


def held(where: Path) -> dict[tuple[str, str], object]:
    """The current documents as the store has them."""
    with open_store(where, readonly=True) as store:
        keys = {key for commit in store.changes(0) for key in commit.keys}
        return {(table, name): doc for table in {key[0] for key in keys} for name, doc, _ in store.list(table)}


def test_it_is_short_and_knows_nothing_of_us() -> None:
    """At most 60 lines, and nothing but the standard library."""
    text = SCRIPT.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 60
    assert set(re.findall(r"^(?:import|from) (\w+)", text, re.MULTILINE)) <= sys.stdlib_module_names


def test_it_reads_what_the_store_reads(where: Path) -> None:
    """Patches, deletes, odd letters, fractions, a removed text, an attached file: document by document."""
    found = read(where)
    assert (found.broken, found.documents) == ("", held(where))
    assert found.documents["_default", "7"] == {"fraction": 0.5, "none": None}


def as_a_command(where: Path, *witness: str) -> tuple[int, list[str], str]:
    """What a Python that has nothing installed says: exit code, lines, complaint."""
    command = [sys.executable, "-I", "-S", str(SCRIPT), str(where), *witness]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)
    return done.returncode, done.stdout.splitlines(), done.stderr


def test_as_a_command_it_needs_nothing_installed(where: Path) -> None:
    """A line for each document; or the complaint and exit code 1."""
    code, lines, complaint = as_a_command(where)
    assert (code, len(lines), complaint) == (0, len(held(where)), "")
    (where / "head").write_bytes(b"")
    code, lines, complaint = as_a_command(where)
    assert (code, lines, "head is damaged" in complaint) == (1, [], True)


@pytest.mark.slow
def test_it_reads_a_demo_record(tmp_path: Path) -> None:
    """A hundred people and their cases, document by document, and the commit that verify ends with."""
    demo_store(tmp_path / "s", dt.datetime(2026, 11, 16, 9, 30, tzinfo=dt.UTC))
    report = verify_store(tmp_path / "s")
    found = read(tmp_path / "s", report.head_seq, report.head_hash)
    assert (found.broken, found.documents) == ("", held(tmp_path / "s"))
    assert len(found.documents) > 300


def test_it_names_the_first_broken_line(where: Path) -> None:
    """A header, a text, the order, a blank that no redaction lists, a cut, another file."""
    data = segment(where).read_bytes()
    rows = data.splitlines(keepends=True)
    text = rows[3][:-1].split(b"\t")[2]
    cases = {
        data.replace(b'"act":"put"', b'"act":"cut"', 1): "segment 1, line 1: its header was changed",
        data.replace(text, text.replace(b"of", b"fo")): "segment 1, line 4: text 0 was changed",
        data.replace(text, b" " * len(text)): "['segment 1, line 4']: a blank that no commit lists",
        b"".join([rows[0], rows[2], *rows[1:]]): "segment 1, line 2: it does not follow",
        data[:-9]: f"lines are missing behind {len(rows) - 1}",
    }
    for spoiled, what in cases.items():
        segment(where).write_bytes(spoiled)
        assert what in read(where).broken, what
    segment(where).write_bytes(data)
    (where / "files" / NAME).write_bytes(b"other")
    assert f"files/{NAME}" in read(where).broken
    (where / "files" / NAME).unlink()
    assert "No such file" in read(where).broken


def test_it_holds_a_noted_commit_against_the_record(where: Path) -> None:
    """The same commit, another one, none any more."""
    with open_store(where, readonly=True) as store:
        noted = [(commit.seq, commit.hash) for commit in store.changes(0)]
    assert [read(where, *each).broken for each in (noted[0], noted[-1])] == ["", ""]
    for seq, digest in ((1, noted[1][1]), (len(noted) + 1, noted[0][1])):
        assert "another one, or gone" in read(where, seq, digest).broken


def test_it_reads_up_to_the_acknowledged_end(where: Path) -> None:
    """What lies behind `head` is not read."""
    with segment(where).open("ab") as file:
        file.write(b'{"seq":')
    assert not read(where).broken
