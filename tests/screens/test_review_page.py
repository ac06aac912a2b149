"""The outcome review on a real desk: verdicts, what both sides kept, and a decision by a person."""

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from screens.act_form import ActForm
from screens.review import ReviewPage
from tests.screens.forms_kit import Kit, fill, form, keys, letters, piloted, text_of
from tests.screens.screen_text import screen_text


@pytest.fixture
def kit(tmp_path: Path) -> Kit:
    """A plan on its last day: one check-in held, one missed by the manager, the promised support not given."""
    kit = Kit(tmp_path).running()
    kit.clock.day("2026-03-10")
    kit.desk.do("log_check_in", "1", {"slot": "w1", "values": {"g1": {"value": "38"}, "g2": {"value": "16"}}})
    kit.desk.do("miss_check_in", "1", {"slot": "w2", "cause": "manager_missed"})
    kit.clock.day("2026-04-01")
    return kit


async def test_the_review_shows_both_sides_and_decides_nothing(kit: Kit, snapshot: SnapshotAssertion) -> None:
    """Goals, check-ins, support and thresholds, and what is missing before anybody can decide."""
    kit.desk.do("open_review", "1", {})
    kit.desk.do("assess", "1", {"goal": "g2", "verdict": "met", "value": "16", "shown_by": "CRM export"})
    async with piloted(kit) as (app, pilot):
        app.open_act("1", "decide")
        await pilot.pause()
        assert screen_text(app) == snapshot


@pytest.mark.slow
async def test_review_verdicts_and_decision_by_keys(kit: Kit) -> None:
    """o opens the review, v gives each goal its verdict with the last value, d decides with a reason."""
    async with piloted(kit) as (app, pilot):
        app.open_act("1", "assess")
        await pilot.pause()
        assert isinstance(app.screen, ReviewPage)
        await keys(pilot, "d")
        assert isinstance(app.screen, ReviewPage)
        assert "final review" in app.screen.message.casefold()
        await keys(pilot, "o", "ctrl+s", "v")
        assert isinstance(app.screen, ActForm)
        assert text_of(app, "value") == "38"
        await letters(pilot, "p")
        await keys(pilot, "ctrl+s", "j", "v")
        assert text_of(app, "goal") == "g2"
        await letters(pilot, "m")
        await keys(pilot, "ctrl+s")
        assert "partly met" in screen_text(app)
        assert "Support p1" in screen_text(app)
        await keys(pilot, "d")
        await fill(pilot, result="par", next_action="back", reason="Close, and support came late.")
        await keys(pilot, "ctrl+s")
        assert "to mend first" in form(app).message
        await fill(pilot, support_reason="the coach was ill", check_in_reason="see the notes")
        await keys(pilot, "ctrl+s")
        assert "once more" in form(app).message
        assert kit.desk.view("1").stage == "final_review"
        await keys(pilot, "ctrl+s")
        assert isinstance(app.screen, ReviewPage), screen_text(app)
        assert "Decided Wed 1 Apr: partial" in screen_text(app)
        await keys(pilot, "v")
        assert isinstance(app.screen, ReviewPage)
        assert app.screen.message
    assert kit.desk.view("1").stage == "closed"


async def test_a_case_without_goals_is_told_so(tmp_path: Path) -> None:
    """No key of the page fails on a draft."""
    kit = Kit(tmp_path).with_case()
    async with piloted(kit) as (app, pilot):
        app.open_act("1", "decide")
        await pilot.pause()
        for key in ("v", "d", "o", "j", "k", "enter"):
            await keys(pilot, key)
            assert isinstance(app.screen, ReviewPage), key
        assert "No goals" in screen_text(app)
