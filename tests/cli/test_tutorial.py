"""The tutorial does what it says."""

from pathlib import Path

import pytest

from . import tutorial


@pytest.fixture
def played(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[list[tutorial.Step], str]:
    """The document, run in a fresh home."""
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "PIPTUI_STORE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tutorial.play(tutorial.DOCUMENT.read_text(encoding="utf-8"), tmp_path)


def test_every_command_ends_as_written(played: tuple[list[tutorial.Step], str], tmp_path: Path) -> None:
    """Exit codes and output are those of the document, and the packets are on disk.

    After a change on purpose: PYTHONPATH=tests python -m cli.tutorial
    """
    steps, text = played
    assert len(steps) > 30
    assert [(one.command, one.really_code) for one in steps] == [(one.command, one.code) for one in steps]
    assert text == tutorial.DOCUMENT.read_text(encoding="utf-8")
    mine = (tmp_path / "dana.md").read_text(encoding="utf-8")
    theirs = (tmp_path / "counsel.md").read_text(encoding="utf-8")
    assert "Checked against the policy" in theirs
    assert "Checked against the policy" not in mine
    assert "two points short and rising" in mine
