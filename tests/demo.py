"""The demo organisation for tests: made once in each process for a day and a login, and copied."""

import atexit
import datetime as dt
import shutil
import tempfile
from functools import cache
from pathlib import Path

from piptui.desk.demo import make_demo


def demo_store(where: Path, now: dt.datetime, *, login: str = "noor") -> Path:
    """A store of its own at `where`, with the demo as it stands at an instant; gives `where`."""
    shutil.copytree(_made(now, login), where)
    return where


@cache
def _made(now: dt.datetime, login: str) -> Path:
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    make_demo(folder / "store", login=login, now=now)
    return folder / "store"
