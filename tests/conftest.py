"""What all tests share."""

import os

import pytest


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Two workers a core for `-n auto`: tests of screens wait for the program more than they compute."""
    del config
    return 2 * (os.cpu_count() or 1)
