"""Who has something open: told while they live, forgotten when they do not, and no part of the record."""

import os
import stat
from pathlib import Path
from typing import Literal

import pytest

from piptui.store import Present, create_store, open_store
from piptui.store.presence import Presence

KIM = Present("p-kim", "c1", "put")


@pytest.mark.parametrize("kind", ["personal", "team"])
def test_others_are_told_while_something_is_open(tmp_path: Path, kind: Literal["personal", "team"]) -> None:
    """Two open stores see each other, never themselves; files have the modes of the store."""
    create_store(tmp_path / "s", kind=kind)
    with open_store(tmp_path / "s") as mine, open_store(tmp_path / "s") as theirs:
        theirs.presence().tell(KIM)
        assert mine.presence().others() == (KIM,)
        assert theirs.presence().others() == ()
        (file,) = (tmp_path / "s" / "presence").iterdir()
        assert stat.S_IMODE(file.stat().st_mode) == (0o600 if kind == "personal" else 0o660)
        theirs.presence().tell(Present("p-kim", "c2", "decide"))
        assert [one.case for one in mine.presence().others()] == ["c2"]
        theirs.presence().tell(None)
        assert mine.presence().others() == ()


def test_whoever_closes_is_gone(tmp_path: Path) -> None:
    """Closing a store takes its file away."""
    create_store(tmp_path / "s")
    with open_store(tmp_path / "s") as mine:
        with open_store(tmp_path / "s") as theirs:
            theirs.presence().tell(KIM)
        assert mine.presence().others() == ()
        assert not [*(tmp_path / "s" / "presence").iterdir()]


def test_what_the_dead_left_behind_is_removed(tmp_path: Path) -> None:
    """A file that nobody holds is no presence; neither is what cannot be read."""
    create_store(tmp_path / "s")
    folder = tmp_path / "s" / "presence"
    if (child := os.fork()) == 0:
        Presence(folder, "personal", "dead").tell(KIM)
        os._exit(0)
    os.waitpid(child, 0)
    assert (folder / "dead.json").exists()
    with open_store(tmp_path / "s") as mine:
        assert mine.presence().others() == ()
        assert not (folder / "dead.json").exists()
        holder = Presence(folder, "personal", "odd")
        holder.tell(KIM)
        (folder / "odd.json").write_bytes(b"{not json")
        assert mine.presence().others() == ()


def test_a_folder_that_cannot_be_made_hurts_nobody(tmp_path: Path) -> None:
    """A file in its place: telling does nothing, asking finds nobody, and the record is whole."""
    create_store(tmp_path / "s")
    (tmp_path / "s" / "presence").write_text("in the way", encoding="utf-8")
    with open_store(tmp_path / "s") as store:
        store.presence().tell(KIM)
        assert store.presence().others() == ()
        assert store.verify().ok
