"""The demo: real acts on days that lie behind today, for whoever opens it, on whatever day."""

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from piptui.desk import Actor, open_desk
from piptui.desk.demo import make_demo
from tests.demo import demo_store

MONDAY = dt.datetime(2026, 11, 16, 9, 30, tzinfo=dt.UTC)


@pytest.mark.slow
@pytest.mark.parametrize("later", [0, *(pytest.param(day, marks=pytest.mark.slow) for day in range(1, 7))])
def test_the_demo_holds_on_every_day_of_the_week(tmp_path: Path, later: int) -> None:
    """Cases in every stage and with every result, something due for each group of Today, a record that is whole."""
    now = MONDAY + dt.timedelta(days=later)
    demo_store(tmp_path / "s", now)
    desk = open_desk(tmp_path / "s", Actor("noor"), clock=lambda: now, zone="UTC")
    lines = {line.employee: line for line in desk.list().lines}
    counted = Counter(line.result or line.stage for line in lines.values())
    assert counted == {
        "draft": 6,
        "in_review": 4,
        "approved": 2,
        "issued": 3,
        "active": 12,
        "final_review": 3,
        "successful": 5,
        "partial": 2,
        "unsuccessful": 2,
        "withdrawn": 1,
        "discarded": 1,
    }
    assert len(desk.lookup()) == 119
    assert {line.group for line in desk.agenda().lines} >= {"overdue", "ahead", "waiting"}
    assert any("Check-in w5" in text for text in lines["Dana Okafor"].attention)
    assert desk.verify().ok
    desk.close()


@pytest.mark.slow
@pytest.mark.parametrize("login", ["root", pytest.param("demo", marks=pytest.mark.slow)])
def test_the_demo_opens_for_any_login(tmp_path: Path, login: str) -> None:
    """Whoever opens it is the HR partner of its cases."""
    make_demo(tmp_path / "s", login=login, now=MONDAY)
    desk = open_desk(tmp_path / "s", Actor(login), clock=lambda: MONDAY, zone="UTC")
    assert desk.me().name == "Noor Haddad"
    assert {line.hr_partner for line in desk.list().lines} == {"Noor Haddad"}
    desk.close()


def test_nothing_in_the_demo_happens_later_or_out_of_order(tmp_path: Path) -> None:
    """Every case tells its story from first to last, and none of it lies ahead."""
    demo_store(tmp_path / "s", MONDAY)
    desk = open_desk(tmp_path / "s", Actor("noor"), clock=lambda: MONDAY, zone="UTC")
    for line in desk.list().lines:
        events = desk.history(line.case)
        told = [event.at for event in events]
        assert told == sorted(told), line.case
        assert told[-1] <= MONDAY, line.case
        assert events[0].act == "new", line.case
    desk.close()


def test_a_plan_of_the_demo_is_filled_in(tmp_path: Path) -> None:
    """No placeholder of a story's plan is left in what a person reads."""
    demo_store(tmp_path / "s", MONDAY)
    desk = open_desk(tmp_path / "s", Actor("noor"), clock=lambda: MONDAY, zone="UTC")
    for placeholder in ("{base}", "{manager}", "{zone}"):
        assert desk.find(placeholder) == ()
    desk.close()


def test_the_sample_plan_has_the_figures_of_its_story(tmp_path: Path) -> None:
    """60 days, 40 % against 90 %, 20 calls against 50, 15 leads by week 6, 80 % by week 8, Tuesdays (S132)."""
    demo_store(tmp_path / "s", MONDAY)
    desk = open_desk(tmp_path / "s", Actor("noor"), clock=lambda: MONDAY, zone="UTC")
    sheet = desk.view(next(line.case for line in desk.list("okafor").lines))
    plan = sheet.plan
    assert plan is not None
    assert (plan.end - plan.start).days == 60
    first = plan.text.evidence.items[plan.text.evidence.order[0]]
    assert (str(first.value), str(first.expected)) == ("40", "90")
    told = {key: (str(goal.baseline), str(goal.target), goal.due) for key, goal in plan.text.goals.items.items()}
    assert told["g2"][:2] == ("20", "50")
    assert [(told[key][1], due.week if (due := told[key][2]) else None) for key in ("g3", "g4")] == [
        ("15", 6),
        ("80", 8),
    ]
    assert {slot.on.isoweekday() for slot in plan.slots if slot.kind == "check_in"} == {2}
    desk.close()
