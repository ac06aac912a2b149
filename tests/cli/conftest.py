"""Fixtures: the command line over a fake desk."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from piptui.cli.root import build

from .fake import FakeDesk, Wired

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the user's own files or line."""
    for name in ("DATA", "STATE", "CONFIG"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    monkeypatch.delenv("PIPTUI_STORE", raising=False)
    monkeypatch.delenv("SSH_CONNECTION", raising=False)


@pytest.fixture
def wired() -> Wired:
    """A fake desk behind doors."""
    return Wired(FakeDesk())


@pytest.fixture
def run(wired: Wired) -> Run:
    """Run one command over the fake desk."""

    def call(*args: str, stdin: str | None = None) -> Result:
        return CliRunner().invoke(build(wired.doors()), list(args), input=stdin)

    return call
