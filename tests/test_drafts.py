"""What is typed and not saved outlives the program, and nobody else reads it."""

import datetime as dt
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from piptui.drafts import Draft, Drafts
from piptui.paths import drafts_dir, forget_store

ROOT = Path(__file__).parents[1]
STORE = "0123456789abcdef"
TYPE = """
import sys, datetime as dt, pathlib
from piptui.drafts import Draft, Drafts
kept = Drafts(pathlib.Path(sys.argv[1]), sys.argv[2])
at = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
kept.put(Draft(case="0001", form="act note", item="", at=at, texts={"text": "half a"}))
print("kept", flush=True)
sys.stdin.read()
"""


def draft(text: str = "half a sentence", *, form: str = "act note", minute: int = 0) -> Draft:
    """Something typed."""
    at = dt.datetime(2026, 3, 2, 10, minute, tzinfo=dt.UTC)
    return Draft(case="0001", form=form, item="", at=at, texts={"text": text}, base={"order": ["g1"], "n": 3})


def test_the_next_session_has_what_the_last_one_left(tmp_path: Path) -> None:
    """What was kept comes back as it was, once, oldest first."""
    first = Drafts(tmp_path, STORE)
    assert first.put(draft(minute=5))
    assert first.put(draft("other", form="act decide", minute=2))
    first.close()
    second = Drafts(tmp_path, STORE)
    assert second.left_over() == [draft("other", form="act decide", minute=2), draft(minute=5)]
    assert second.left_over() == []
    second.close()
    assert len(Drafts(tmp_path, STORE).left_over()) == 2


def test_what_is_saved_does_not_come_back(tmp_path: Path) -> None:
    """A dropped draft is gone, and no file or folder is left of the session."""
    kept = Drafts(tmp_path, STORE)
    kept.put(draft())
    kept.drop(draft().key)
    kept.close()
    assert Drafts(tmp_path, STORE).left_over() == []
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_session_that_runs_keeps_its_own(tmp_path: Path) -> None:
    """Nobody takes a draft away from a session that is still there; when it is killed, the next one has it."""
    command = [sys.executable, "-c", TYPE, str(tmp_path), STORE]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as typing:
        assert typing.stdout is not None
        assert typing.stdout.readline() == "kept\n"
        assert Drafts(tmp_path, STORE).left_over() == []
        typing.kill()
        typing.wait()
    found = Drafts(tmp_path, STORE).left_over()
    assert [one.texts for one in found] == [{"text": "half a"}]


def test_of_two_drafts_of_one_form_the_newer_comes_first_and_none_is_lost(tmp_path: Path) -> None:
    """Two sessions left the same form: the newer one comes now, the older one when that is done with."""
    first, second = Drafts(tmp_path, STORE), Drafts(tmp_path, STORE)
    first.put(draft("newer", minute=9))
    second.put(draft("older", minute=1))
    first.close()
    second.close()
    third = Drafts(tmp_path, STORE)
    assert [one.texts["text"] for one in third.left_over()] == ["newer"]
    third.drop(draft().key)
    third.close()
    assert [one.texts["text"] for one in Drafts(tmp_path, STORE).left_over()] == ["older"]


def test_only_the_owner_can_read_it(tmp_path: Path) -> None:
    """Files are 0600 and folders 0700, whatever the umask."""
    before = os.umask(0)
    try:
        kept = Drafts(tmp_path / "drafts", STORE)
        kept.put(draft())
    finally:
        os.umask(before)
    for path in (tmp_path / "drafts", *(tmp_path / "drafts").rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_a_disk_that_takes_nothing_stops_nobody(tmp_path: Path) -> None:
    """Where nothing can be written, that is told, and no error raised."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    kept = Drafts(tmp_path / "file", STORE)
    assert not kept.put(draft())
    kept.drop(draft().key)
    assert kept.left_over() == []
    kept.close()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"case": 1}'])
def test_a_file_that_is_no_draft_is_left_alone(tmp_path: Path, content: bytes) -> None:
    """What cannot be read is skipped, and not deleted."""
    kept = Drafts(tmp_path, STORE)
    kept.put(draft())
    kept.close()
    (path,) = tmp_path.rglob("*.json")
    path.write_bytes(content)
    assert Drafts(tmp_path, STORE).left_over() == []
    assert path.read_bytes() == content


def test_each_store_has_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A draft belongs to the store at which it was typed, and goes with it."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    tmp_path = drafts_dir()
    one, other = Drafts(tmp_path, STORE), Drafts(tmp_path, "../../etc")
    one.put(draft())
    other.put(draft("other"))
    one.close()
    other.close()
    forget_store(STORE)
    assert Drafts(tmp_path, STORE).left_over() == []
    assert [found.texts["text"] for found in Drafts(tmp_path, "../../etc").left_over()] == ["other"]
    assert all(path.is_relative_to(tmp_path) for path in tmp_path.rglob("*"))
