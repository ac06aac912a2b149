"""What all tests share."""

import os
import tempfile
from pathlib import Path

import pytest

COUNTS = "PIPTUI_TEST_COUNTS"
"""The variable that names the file in which tests count what they tried; those of all workers stand in it."""


def pytest_configure(config: pytest.Config) -> None:
    """One file for all workers, made before they start."""
    if not hasattr(config, "workerinput"):
        handle, os.environ[COUNTS] = tempfile.mkstemp(prefix="piptui-counts-")
        os.close(handle)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say what was counted: how many kills, cuts and flipped bits, and what became of them."""
    if hasattr(config, "workerinput"):
        return
    path = Path(os.environ[COUNTS])
    if lines := path.read_text(encoding="utf-8").splitlines():
        terminalreporter.section("what was tried")
        for line in sorted(lines):
            terminalreporter.write_line(line)
    path.unlink()


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Two workers a core for `-n auto`: tests of screens wait for the program more than they compute."""
    del config
    return 2 * (os.cpu_count() or 1)
