"""Writers are killed at any moment: what they were told stays, what they were not told is whole or gone."""

import json
from pathlib import Path

import pytest

from piptui.store import verify_store

from . import kills
from .reader import read
from .samples import run_module, say
from .snapshot_kit import opened, plain


@pytest.mark.parametrize(
    "times", [20, pytest.param(1100, marks=[pytest.mark.slow, pytest.mark.timeout(400)])], ids=["few", "many"]
)
def test_killing_one_of_four_writers_loses_nothing(tmp_path: Path, times: int) -> None:
    """While snapshots are made and texts removed: no acknowledged commit is lost, doubled or overwritten, every
    removal is finished, and no text that was removed is left in any file."""
    where = tmp_path / "s"
    found = json.loads(run_module("tests.store.kills", str(where), str(times), "7", timeout=380))
    say(f"killed writers: {found}")
    assert found["kills"] == times + kills.WRITERS
    assert found["ended otherwise"] == 0
    lost = ("acknowledged and lost", "acknowledged twice", "updates lost", "removals unfinished")
    assert {what: found[what] for what in lost} == dict.fromkeys(lost, 0)
    assert found["verified"]
    assert read(where).broken == ""
    if times > 1000:
        assert found["torn tails set aside"] > 0
        assert found["snapshots seen"] > 10
        assert found["texts removed"] > 50
    with opened(where, readonly=True) as store, plain(where, tmp_path / "copy", readonly=True) as bare:
        assert store.head() == bare.head()
        for table in ("cases", "entries"):
            assert store.list(table) == bare.list(table)
    assert verify_store(where).ok
