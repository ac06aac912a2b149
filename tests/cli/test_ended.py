"""A command that is ended from outside."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from piptui.desk import init_store

ENDED = """
import signal, time
from piptui.store import backup

# Whoever runs these tests may ignore them, as nohup and a shell's background do.
signal.signal(signal.SIGHUP, signal.SIG_DFL)
signal.signal(signal.SIGTERM, signal.SIG_DFL)
signal.signal(signal.SIGINT, signal.default_int_handler)

def half(place, head, fresh, named):
    fresh.write_bytes(b"half of every case")
    print("half", flush=True)
    until = time.monotonic() + 60
    while time.monotonic() < until:  # one long pause could begin behind the signal, and never end
        time.sleep(0.01)
    return 18, []

backup._write = half
from piptui.__main__ import main
main()
"""


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT])
def test_nothing_of_a_backup_that_was_ended_is_left(tmp_path: Path, number: signal.Signals) -> None:
    """A dropped line or a shutdown leaves no copy of the record beside its place."""
    init_store(tmp_path / "store", login="kim", new_id=lambda: "a" * 16)
    target = tmp_path / "to"
    target.mkdir()
    words = ["backup", str(target / "b.tgz"), "--store", str(tmp_path / "store")]
    env = {**os.environ, "HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path / "state")}
    with subprocess.Popen([sys.executable, "-c", ENDED, *words], env=env, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"half\n"
        assert len(list(target.iterdir())) == 1
        child.send_signal(number)
        try:
            assert child.wait(20) == 130
        finally:
            child.kill()
    assert list(target.iterdir()) == []


def test_an_ignored_hangup_stays_ignored(tmp_path: Path) -> None:
    """Under nohup the command goes on when the line is dropped."""
    script = ENDED.replace("until = time.monotonic() + 60", "signal.raise_signal(signal.SIGHUP); until = 0").replace(
        "signal.SIGHUP, signal.SIG_DFL", "signal.SIGHUP, signal.SIG_IGN"
    )
    init_store(tmp_path / "store", login="kim", new_id=lambda: "a" * 16)
    words = ["backup", str(tmp_path / "b.tgz"), "--store", str(tmp_path / "store")]
    env = {**os.environ, "HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path / "state")}
    subprocess.run([sys.executable, "-c", script, *words], env=env, check=True, capture_output=True)
    assert (tmp_path / "b.tgz").read_bytes() == b"half of every case"
