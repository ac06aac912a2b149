"""What was typed for one meeting is never the record of another, and a meeting has the day on which it was."""

import re
from pathlib import Path

import pytest

from piptui.dates import utc_now
from piptui.drafts import Drafts
from screens.act_form import ActForm
from screens.app import PiptuiApp
from screens.checkin import CheckInPage
from screens.forms import Kept
from tests.screens.forms_kit import Kit, fill, form, keys, piloted, text_of
from tests.screens.screen_text import screen_text


@pytest.fixture
def kit(tmp_path: Path) -> Kit:
    """A plan in its third week: the first check-in is held, the second is eight days late, the third is due."""
    kit = Kit(tmp_path).running()
    kit.clock.day("2026-03-17")
    kit.desk.do("log_check_in", "1", {"slot": "w1", "occurred_on": "2026-03-03", "helped": "coaching"})
    return kit


def _logged_elsewhere(kit: Kit, slot: str = "w2") -> None:
    kit.open().do("log_check_in", "1", {"slot": slot, "helped": "theirs"})


def _slots(kit: Kit) -> dict[str, str]:
    return {one.record.slot: one.record.helped for one in kit.desk.view("1").check_ins}


@pytest.mark.slow
async def test_the_text_of_a_meeting_that_was_recorded_meanwhile_stays_its_own(kit: Kit) -> None:
    """Opened again the form is of that meeting, says who recorded it, and records nothing."""
    async with piloted(kit) as (app, pilot):
        await keys(pilot, "c")
        await fill(pilot, helped="mine")
        _logged_elsewhere(kit)
        await keys(pilot, "ctrl+s", "escape", "c")
        assert (text_of(app, "slot"), text_of(app, "helped")) == ("w2", "mine")
        told = form(app).message.replace("\n", " ")
        assert "The check-in of week 2 is recorded already" in told
        assert "F5 makes a note of it, ctrl+x throws it away" in told
        assert screen_text(app).splitlines()[-1].split()[:2] == ["F5", "to"]
        await keys(pilot, "ctrl+s")
        assert isinstance(app.screen, CheckInPage)
    assert _slots(kit) == {"w1": "coaching", "w2": "theirs"}


@pytest.mark.slow
async def test_it_stays_its_own_after_the_program_was_killed(kit: Kit, tmp_path: Path) -> None:
    """The slot is kept on the disk, too: the next start gives the text back for that meeting alone."""
    for step in (1, 2):
        app = PiptuiApp(kit.desk, drafts=Drafts(tmp_path / "drafts", "store"))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            await keys(pilot, "c")
            if step == 1:
                await fill(pilot, helped="mine")
            else:
                assert (text_of(app, "slot"), text_of(app, "helped")) == ("w3", "")
                assert "waits for week 2, too" in form(app).message.replace("\n", " ")
                field = form(app).field("slot")
                assert field is not None
                field.focus_editor()
                await keys(pilot, "left")
                assert (text_of(app, "slot"), text_of(app, "helped")) == ("w2", "mine")
                assert "is recorded already" in form(app).message.replace("\n", " ")
        if step == 1:
            _logged_elsewhere(kit)


@pytest.mark.slow
async def test_what_is_left_over_becomes_a_note(kit: Kit) -> None:
    """F5 opens a note with the text and the day; saved, nothing is kept and the next check-in is up."""
    async with piloted(kit) as (app, pilot):
        await keys(pilot, "c")
        await fill(pilot, goal__g1="34", helped="mine")
        _logged_elsewhere(kit)
        await keys(pilot, "ctrl+s", "f5")
        assert isinstance(app.screen, ActForm)
        assert text_of(app, "occurred_on") == "2026-03-10"
        await keys(pilot, "ctrl+s")
        assert isinstance(app.screen, CheckInPage), screen_text(app)
        assert (text_of(app, "slot"), text_of(app, "helped")) == ("w3", "")
        assert not [key for key, text in app.kept.items() if isinstance(text, Kept)]
    note = kit.desk.view("1").entries[-1]
    assert note.text.splitlines() == [
        "Typed for the check-in of week 2, which Noor Haddad recorded meanwhile.",
        "Make 40 outreach calls a day: 34",
        "Helped: mine",
    ]


async def test_news_of_the_record_comes_while_one_types(kit: Kit) -> None:
    """Whoever still types for a meeting that is recorded just now learns it then, and not with ctrl+s."""
    async with piloted(kit) as (app, pilot):
        await keys(pilot, "c")
        await fill(pilot, helped="mine")
        app.listen()
        _logged_elsewhere(kit)
        app.listen()
        await pilot.pause()
        assert "you put it on record as held" in form(app).message.replace("\n", " ")


async def test_an_empty_form_goes_on_to_the_next_one_by_itself(kit: Kit) -> None:
    """Where nothing is typed, news that the meeting is recorded opens the next one, and says so."""
    async with piloted(kit) as (app, pilot):
        await keys(pilot, "c")
        app.listen()
        _logged_elsewhere(kit)
        app.listen()
        await pilot.pause()
        await pilot.pause()
        assert text_of(app, "slot") == "w3"
        assert "recorded that check-in just now" in form(app).message.replace("\n", " ")


async def test_kept_texts_of_earlier_versions_ask_for_which_one(kit: Kit) -> None:
    """A text that was kept without its slot comes back, and is saved only once somebody said of which meeting."""
    async with piloted(kit) as (app, pilot):
        app.kept["0001", "check-in", ""] = Kept(utc_now(), {"helped": "mine"}, kit.desk.view("1").revision)
        await keys(pilot, "c")
        assert (text_of(app, "slot"), text_of(app, "helped")) == ("", "mine")
        await keys(pilot, "ctrl+s")
        assert "for which one this was typed" in form(app).message.replace("\n", " ")
        await keys(pilot, "right", "ctrl+s")
        assert not isinstance(app.screen, CheckInPage), screen_text(app)
    assert _slots(kit) == {"w1": "coaching", "w2": "mine"}


@pytest.mark.slow
async def test_the_case_says_what_is_kept_as_long_as_it_is(kit: Kit) -> None:
    """A line of the case's page names the check-in, the time and the key; keys and tabs leave it there."""
    async with piloted(kit) as (app, pilot):
        app.open_case("1")
        await pilot.pause()
        assert "kept:" not in screen_text(app)
        await keys(pilot, "c")
        await fill(pilot, helped="mine")
        await keys(pilot, "escape", "2", "j", "1")
        assert re.search(r"kept: check-in of week 2, .*\d\d:\d\d; c opens it", screen_text(app)), screen_text(app)
        await keys(pilot, "n")
        await fill(pilot, text="a note")
        await keys(pilot, "escape")
        assert re.search(r"kept: note, [^·]*\(n\) · check-in of week 2, [^·]*\(c\)", screen_text(app)), screen_text(
            app
        )
        for key in ("n", "c"):
            await keys(pilot, key, "ctrl+x", "ctrl+x", "escape")
        assert "kept:" not in screen_text(app)


async def test_each_meeting_has_a_text_of_its_own(kit: Kit) -> None:
    """What waits for one check-in does not show in the form of another, which Today opens by its slot."""
    async with piloted(kit) as (app, pilot):
        await keys(pilot, "c")
        await fill(pilot, helped="mine")
        await keys(pilot, "escape")
        app.open_act("1", "log_check_in", {"slot": "w3"})
        await pilot.pause()
        assert (text_of(app, "slot"), text_of(app, "helped")) == ("w3", "")


@pytest.mark.slow
async def test_the_choice_of_another_meeting_takes_the_text_along(kit: Kit) -> None:
    """Who says that it was another meeting is believed, and text that waits there already is not written over."""
    async with piloted(kit) as (app, pilot):
        await keys(pilot, "c")
        await fill(pilot, helped="mine")
        field = form(app).field("slot")
        assert field is not None
        field.focus_editor()
        await keys(pilot, "right")
        kept = {key[2]: text for key, text in app.kept.items() if isinstance(text, Kept)}
        assert [*kept] == ["w3"]
        await keys(pilot, "escape")
        app.open_act("1", "log_check_in", {"slot": "w2"})
        await pilot.pause()
        await fill(pilot, helped="another")
        field = form(app).field("slot")
        assert field is not None
        field.focus_editor()
        await keys(pilot, "right")
        assert (text_of(app, "slot"), text_of(app, "helped")) == ("w2", "another")
        assert "other text is typed" in form(app).message.replace("\n", " ")
        assert app.kept["0001", "check-in", "w3"].texts["helped"] == "mine"


async def test_a_meeting_that_is_late_is_of_the_day_it_was_planned_for(kit: Kit) -> None:
    """The day that is proposed is the planned one where that lies behind; today where it is today."""
    async with piloted(kit) as (app, pilot):
        await keys(pilot, "c")
        assert text_of(app, "occurred_on") == "2026-03-10"
        field = form(app).field("slot")
        assert field is not None
        field.focus_editor()
        await keys(pilot, "right")
        assert (text_of(app, "slot"), text_of(app, "occurred_on")) == ("w3", "today")


async def test_a_meeting_that_lies_ahead_is_recorded_only_when_asked_for_twice(kit: Kit) -> None:
    """The form says that its day is still to come, and the first ctrl+s asks."""
    async with piloted(kit) as (app, pilot):
        app.open_act("1", "log_check_in", {"slot": "w4"})
        await pilot.pause()
        assert "it lies ahead" in screen_text(app)
        await fill(pilot, helped="mine")
        await keys(pilot, "ctrl+s")
        assert "planned for 2026-03-24, which lies ahead: was it held already" in form(app).message.replace("\n", " ")
        assert "w4" not in _slots(kit)
        await keys(pilot, "ctrl+s")
    assert _slots(kit)["w4"] == "mine"


@pytest.mark.slow
async def test_a_day_nearer_to_another_meeting_is_asked_about(kit: Kit) -> None:
    """A day that belongs to another week is asked about once, with the cursor on it; another day is asked anew."""
    async with piloted(kit) as (app, pilot):
        app.open_act("1", "log_check_in", {"slot": "w3"})
        await pilot.pause()
        await fill(pilot, helped="mine", occurred_on="2026-03-10")
        await keys(pilot, "ctrl+s")
        assert "is nearer to w2 (2026-03-10)" in form(app).message.replace("\n", " ")
        here = form(app).current()
        assert here is not None
        assert here.spec.name == "occurred_on"
        await keys(pilot, "ctrl+u")
        await fill(pilot, occurred_on="2026-03-09")
        await keys(pilot, "ctrl+s")
        assert "2026-03-09 is nearer to w2" in form(app).message.replace("\n", " ")
        assert "w3" not in _slots(kit)
        await keys(pilot, "ctrl+s")
    assert _slots(kit)["w3"] == "mine"
