"""A clock that ran ahead once stamps what follows, and that is told."""

import datetime as dt
from pathlib import Path

from piptui.desk import health
from piptui.store import open_store

from .conftest import WorldIn
from .world import CASE


def test_a_record_that_lies_ahead_of_the_clock_says_so(world_in: WorldIn) -> None:
    """While every commit gets the instant of the one that came too early, whoever opens the record is told."""
    world = world_in("active")
    desk = world.desk("hr")
    assert desk.warning() == ""
    world.clock.move(days=400)
    world.do("note", "hr", text="Written with a clock that was wrong.")
    world.clock.move(days=-400)
    world.do("note", "hr", text="Written today.")
    assert "says 2027-04-22 09:14 UTC, which lies ahead" in desk.warning()
    assert desk.me().notice == desk.warning()
    assert {line.at.year for line in desk.history(CASE)[-2:]} == {2027}
    world.clock.move(days=401)
    assert desk.warning() == ""


def test_clocks_that_differ_by_a_little_are_nobodys_business(world_in: WorldIn) -> None:
    """A clock that was set back by some minutes is no news."""
    world = world_in("active")
    world.do("note", "hr", text="Written a little early.")
    world.clock.move(minutes=-5)
    assert world.desk("hr").warning() == ""


def test_the_doctor_tells_of_a_record_that_lies_ahead(world_in: WorldIn, tmp_path: Path) -> None:
    """It is something to look at, with the command that shows what time it is here."""
    folder = world_in("active").folder
    with open_store(folder, clock=lambda: dt.datetime.now(dt.UTC) + dt.timedelta(days=3)) as store:
        store.commit([("junk", "a", {"n": 1})], expect={}, actor="p1", act="raw")
    told = [line for line in health(folder, tmp_path) if line.what == "clock"]
    assert [line.level for line in told] == ["look"]
    assert told[0].cure.endswith("date -u")


def test_late_stays_late_where_a_clock_ran_ahead(world_in: WorldIn) -> None:
    """What came after the review had opened has its instant; a corrected day does not make it timely."""
    world = world_in("active")
    world.clock.move(days=1)
    world.do("note", "hr", text="Written with a clock that was wrong.")
    world.clock.move(days=-1)
    world.do("open_review", "manager", text="Agreed.")
    world.do("log_check_in", "manager", slot="w2", helped="The new list.")
    world.do(
        "correct", "manager", entry="w2", field="occurred_on", value="2026-03-17", reason="It was the day before."
    )
    record = next(one.record for one in world.desk("hr").view(CASE).check_ins if one.record.slot == "w2")
    assert (str(record.occurred_on), record.late) == ("2026-03-17", True)
