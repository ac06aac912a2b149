"""The list of processes shows which command runs, and not on whom."""

import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
def test_a_running_command_hides_its_arguments(tmp_path: Path) -> None:
    """While it waits for standard input: program and command can be seen, names and texts cannot; and it has them."""
    words = ["do", "1", "note", "--set", "source=Dana Okafor", "--set", "text=-", "--store", str(tmp_path / "none")]
    command = [sys.executable, "-m", "piptui", *words]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        shown = Path(f"/proc/{process.pid}/cmdline")
        until = monotonic() + 20
        while b"Dana" in (told := shown.read_bytes()) or b"piptui" not in told:
            assert monotonic() < until, told
            sleep(0.02)
        assert told.split(b"\0")[2:4][0] == b"piptui"
        assert b"do" in told
        for word in (b"Okafor", b"note", b"none"):
            assert word not in told
        _, error = process.communicate(b"words", timeout=30)
    assert process.returncode == 2
    assert str(tmp_path / "none") in error.decode()
