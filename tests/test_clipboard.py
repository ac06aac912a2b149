"""Which way a copied text goes, and what is sent there."""

import base64
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piptui.clipboard import MOST, Way, sequence, to_tmux, way


@pytest.mark.parametrize(
    ("env", "through"),
    [
        ({"TERM": "xterm-256color"}, "terminal"),
        ({"TERM": "tmux-256color", "TMUX": "/tmp/tmux-1/default,1,0"}, "tmux"),
        ({"TERM": "screen", "STY": "123.pts"}, "screen"),
        ({"TERM": "linux"}, "none"),
        ({}, "none"),
    ],
)
def test_the_way_follows_from_the_environment(env: dict[str, str], through: Way) -> None:
    """tmux and screen stand between; a console has none."""
    assert way(env) == through


@given(st.text(max_size=300))
def test_a_text_is_sent_whole_and_as_nothing_but_letters(text: str) -> None:
    """Whatever is in a text, a terminal gets letters of base64 between one beginning and one end."""
    found = sequence(text, "terminal")
    match = re.fullmatch(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07", found)
    assert match
    assert base64.b64decode(match[1]) == text.encode(errors="replace")
    assert sequence(text, "screen") == f"\x1bP{found}\x1b\\"


def test_too_much_is_not_sent_at_all() -> None:
    """A sequence that a terminal would drop in silence is not sent as if it arrived."""
    assert sequence("x" * MOST, "terminal") == ""
    assert sequence("x", "none") == ""


def test_tmux_gets_it_through_a_pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The text is no argument, which a list of processes would show; a failure is told."""
    tool = tmp_path / "tmux"
    tool.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/args\ncat > {tmp_path}/text\n', encoding="utf-8")
    tool.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    assert to_tmux("Zoë said so\n")
    assert (tmp_path / "args").read_text(encoding="utf-8") == "load-buffer -w -\n"
    assert (tmp_path / "text").read_text(encoding="utf-8") == "Zoë said so\n"
    tool.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    assert not to_tmux("x")
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    assert not to_tmux("x")
