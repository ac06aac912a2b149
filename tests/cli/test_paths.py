"""Where things are: XDG variables, modes, the files that ship."""

import datetime as dt
import os
from pathlib import Path

import pytest

from piptui import beside, paths
from piptui.views import View, Views
from piptui.witness import Witness


def test_the_default_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PIPTUI_STORE wins over XDG_DATA_HOME, which wins over the home directory."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    assert paths.default_store() == tmp_path / ".local/share/piptui/store"
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    assert paths.default_store() == Path("/data/piptui/store")
    monkeypatch.setenv("PIPTUI_STORE", "~/mine")
    assert paths.default_store() == tmp_path / "mine"


def test_a_relative_xdg_value_is_ignored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """XDG wants absolute paths: the record must not depend on the current directory."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", "data")
    assert paths.default_store() == tmp_path / ".local/share/piptui/store"


def test_the_state_folder_is_private() -> None:
    """It is made with mode 0700, and closed again if somebody opened it."""
    folder = paths.state_dir()
    assert folder.stat().st_mode & 0o777 == 0o700
    folder.chmod(0o755)
    assert paths.state_dir().stat().st_mode & 0o777 == 0o700


def test_folders_above_the_state_folder_are_the_owners(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever may write in one of them can put another witness there: they are 0700, whatever the umask."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    before = os.umask(0)
    try:
        made = paths.state_dir()
    finally:
        os.umask(before)
    assert {made.parents[up].stat().st_mode & 0o777 for up in (0, 1)} == {0o700}


def test_what_is_kept_beside_a_store_is_private(tmp_path: Path) -> None:
    """Notes of backups, views and witnesses name stores and people: they are 0700, whatever the umask."""
    before = os.umask(0)
    try:
        when = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
        beside.note_backup("s", beside.KnownBackup(file=str(tmp_path / "b"), at=when, head_seq=1))
        Views(paths.views_dir(), "s").keep(5, View(query="kim"))
        Witness(paths.witness_dir(), "s", tmp_path).note(1, "0" * 64, when)
    finally:
        os.umask(before)
    inside = [*paths.state_dir().rglob("*")]
    assert len(inside) == 9
    assert all(path.stat().st_mode & 0o077 == 0 for path in (paths.state_dir(), *inside))


def test_shipped_files_are_found() -> None:
    """The folder of shipped files is there, in a checkout as in a wheel."""
    assert (paths.data_dir() / "policies").is_dir()
