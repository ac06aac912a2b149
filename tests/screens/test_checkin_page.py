"""The check-in on a real desk: what a manager does once a week."""

import datetime as dt
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from piptui.cases.progress import should_be
from screens.act_form import ActForm
from screens.checkin import CheckInPage
from screens.merge import typed as as_text
from screens.widgets.fields import FormText
from tests.screens.forms_kit import Kit, fill, form, keys, letters, piloted, text_of
from tests.screens.screen_text import screen_text


@pytest.fixture
def kit(tmp_path: Path) -> Kit:
    """A plan in its second week, with one check-in held and an action open."""
    kit = Kit(tmp_path).running()
    kit.clock.day("2026-03-10")
    action = {"who": "Dana", "text": "rework the script", "due": "2026-03-09"}
    given = {"slot": "w1", "occurred_on": "2026-03-03", "values": {"g1": {"value": "28"}}, "actions": [action]}
    kit.desk.do("log_check_in", "1", given)
    return kit


async def test_the_page_knows_what_is_due(kit: Kit, snapshot: SnapshotAssertion) -> None:
    """Slot, people, open actions, last values and where they should be are there before a key is pressed."""
    async with piloted(kit) as (app, pilot):
        await keys(pilot, "c")
        assert screen_text(app) == snapshot


async def test_a_check_in_is_recorded_by_few_keys(kit: Kit) -> None:
    """Tick, two values, what helped, what comes next: all of it is in the record as it was meant."""
    async with piloted(kit) as (app, pilot):
        await keys(pilot, "c", "space", "tab")
        await letters(pilot, "34")
        await keys(pilot, "tab", "=7 two from referrals", "tab", "=Shadowing calls")
        await fill(pilot, actions="Dana: call list for the quarter, by fri\nKim: second session by 17 Mar")
        assert "Tue 17 Mar" in screen_text(app)
        await keys(pilot, "ctrl+s")
        assert not isinstance(app.screen, CheckInPage), screen_text(app)
    record = next(line.record for line in kit.desk.view("1").check_ins if line.record.slot == "w2")
    assert (str(record.values["g1"].value), str(record.values["g2"].value)) == ("34", "7")
    assert record.values["g2"].note == "two from referrals"
    assert record.helped == "Shadowing calls"
    assert record.done == ("w1/1",)
    assert record.attendees == ("Kim Lee", "Dana Okafor")
    assert str(record.occurred_on) == "2026-03-10"
    assert [(one.who, one.text, str(one.due)) for one in record.actions.values()] == [
        ("Dana", "call list for the quarter", "2026-03-13"),
        ("Kim", "second session", "2026-03-17"),
    ]


@pytest.mark.slow
async def test_a_word_says_how_a_value_stands(kit: Kit) -> None:
    """Behind, on track and met appear while the value is typed."""
    async with piloted(kit) as (app, pilot):
        await keys(pilot, "c", "tab")
        for value, word in (("20", "behind"), ("39", "on track"), ("40", "target met")):
            await keys(pilot, "ctrl+u")
            await letters(pilot, value)
            assert word in screen_text(app)


async def test_nothing_said_is_refused_and_the_form_stays(kit: Kit) -> None:
    """An empty check-in says what it needs."""
    async with piloted(kit) as (app, pilot):
        await keys(pilot, "c", "ctrl+s")
        assert "at least one value or one sentence" in form(app).message.replace("\n", " ")
        assert isinstance(app.screen, CheckInPage)


@pytest.mark.slow
async def test_a_missed_one_needs_a_cause(kit: Kit) -> None:
    """F2 asks who missed it; what was typed stays with that meeting, and once it is thrown away the next is up."""
    async with piloted(kit) as (app, pilot):
        await keys(pilot, "c")
        await fill(pilot, helped="nothing yet")
        await keys(pilot, "f2")
        assert isinstance(app.screen, ActForm)
        assert text_of(app, "slot") == "w2"
        await keys(pilot, "ctrl+s")
        assert "Cause is missing" in form(app).message
        await letters(pilot, "the m")
        await keys(pilot, "ctrl+s")
        assert isinstance(app.screen, CheckInPage)
        assert (text_of(app, "slot"), text_of(app, "helped")) == ("w2", "nothing yet")
        assert "recorded already: you put it on record as missed" in form(app).message.replace("\n", " ")
        await keys(pilot, "ctrl+x", "ctrl+x")
        assert (text_of(app, "slot"), text_of(app, "helped")) == ("w3", "")
    record = next(line.record for line in kit.desk.view("1").check_ins if line.record.slot == "w2")
    assert (record.held, record.cause) == (False, "manager_missed")


async def test_somebody_logged_it_meanwhile(kit: Kit) -> None:
    """The second of two is told, and every word stays."""
    async with piloted(kit) as (app, pilot):
        await keys(pilot, "c")
        await fill(pilot, helped="coaching")
        kit.open().do("log_check_in", "1", {"slot": "w2", "helped": "theirs"})
        await keys(pilot, "ctrl+s")
        assert "recorded already" in form(app).message.replace("\n", " ")
        assert text_of(app, "helped") == "coaching"


async def test_before_the_plan_is_issued_there_is_nothing_to_log(tmp_path: Path) -> None:
    """The page opens, says so, and saving says why not."""
    kit = Kit(tmp_path).with_plan()
    async with piloted(kit) as (app, pilot):
        app.open_act("1", "log_check_in")
        await pilot.pause()
        assert "Not planned" in screen_text(app) or "No plan is issued" in screen_text(app)
        await keys(pilot, "ctrl+s")
        assert "stage now is draft" in form(app).message.replace("\n", " ")


async def test_a_small_terminal_shows_the_field_in_use(kit: Kit) -> None:
    """At 40 by 10 the cursor's row is visible."""
    async with piloted(kit, size=(40, 10)) as (app, pilot):
        await keys(pilot, "c")
        await fill(pilot, note="seen here")
        assert "seen here" in screen_text(app)


async def test_an_action_that_is_nobodys_is_asked_about_once(kit: Kit) -> None:
    """What is agreed belongs to somebody: the form asks, and records it as it is when asked again."""
    async with piloted(kit) as (app, pilot):
        await keys(pilot, "c", "tab", "=34")
        await fill(pilot, actions="Kim sends the new list by 17 Mar")
        await keys(pilot, "ctrl+s")
        assert isinstance(app.screen, CheckInPage)
        assert "Whose is “Kim sends the new list”?" in app.screen.message
        await keys(pilot, "ctrl+s")
        assert not isinstance(app.screen, CheckInPage), screen_text(app)
    record = next(line.record for line in kit.desk.view("1").check_ins if line.record.slot == "w2")
    assert [(one.who, one.text) for one in record.actions.values()] == [("", "Kim sends the new list")]


async def test_what_comes_then_is_the_next_one_without_a_record(kit: Kit) -> None:
    """A check-in that is overdue as well comes before those that lie ahead."""
    kit.clock.day("2026-03-18")
    async with piloted(kit) as (app, pilot):
        app.open_act("1", "log_check_in")
        await pilot.pause()
        assert isinstance(app.screen, CheckInPage)
        assert any("overdue, not recorded yet" in line for text in app.screen.query(FormText) for line in text.lines)


async def test_a_long_line_shows_its_beginning_while_the_cursor_is_elsewhere(kit: Kit) -> None:
    """What was typed can be read again; back in the field the cursor is where it was."""
    long = "7 two from referrals and one from the fair in Cologne"
    async with piloted(kit) as (app, pilot):
        await keys(pilot, "c", "tab", "tab", f"={long}", "tab")
        assert "[7 two from refe" in screen_text(app)
        await keys(pilot, "shift+tab", "=!")
        assert text_of(app, "goal.g2") == f"{long}!"


async def test_a_letter_that_begins_no_choice_says_how_one_chooses(kit: Kit) -> None:
    """In a field with a choice, and on a box to tick, other letters are answered, too."""
    async with piloted(kit) as (app, pilot):
        await keys(pilot, "c", "z")
        assert "Space or x ticks this" in form(app).message
        field = form(app).field("slot")
        assert field is not None
        field.focus_editor()
        await keys(pilot, "z")
        assert "Left and Right go through them" in form(app).message
        assert text_of(app, "slot") == "w2"


@pytest.mark.slow
async def test_what_a_goal_should_be_at_is_told_for_the_day_of_the_meeting(kit: Kit) -> None:
    """A meeting that is logged later is measured by its own day; another day there tells another value at once."""
    kit.clock.day("2026-03-24")
    plan = kit.desk.view("1").plan
    assert plan is not None
    async with piloted(kit) as (app, pilot):
        app.open_act("1", "log_check_in", {"slot": "w2"})
        await pilot.pause()
        for day in ("2026-03-03", "2026-03-17"):
            await fill(pilot, **{"goal.g1": "", "occurred_on": ""})
            await keys(pilot, "ctrl+u")
            await fill(pilot, occurred_on=day)
            should = should_be(plan.text, "g1", plan.start, dt.date.fromisoformat(day))
            field = form(app).field("goal.g1")
            assert field is not None
            assert field.note.split() == [as_text(should)]
