"""A whole case by keys alone: from the new case to the decision, on a real desk."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from screens.act_form import ActForm
from screens.checkin import CheckInPage
from screens.plan import PlanPage
from screens.review import ReviewPage
from tests.screens.forms_kit import Kit, fill, keys, letters, piloted
from tests.screens.screen_text import screen_text


async def write_plan(pilot: Pilot[None]) -> None:
    """Every section of the plan in one walk: type, page down, type."""
    walk: tuple[tuple[str, ...], ...] = (
        ("=Sells to mid-size accounts", "tab", "=Account Executive, 2025"),
        ("=Good results until August, 26 calls a day since.",),
        ("=40 calls a day", "tab", "=Sales scorecard 2026"),
        ("=26 calls a day on average", "tab", "tab", "=pipeline too thin"),
        ("=26 calls a day in January", "tab", "tab", "=2026-01-01", "tab", "=2026-01-31", "tab", "c", "r"),
        ("=No routine for prospecting",),
    )
    for section in walk:
        await keys(pilot, *section, "pagedown")
    for statement, metric, start, end, due in (
        ("Make 40 calls a day", "calls a day", "26", "40", "week 4"),
        ("Win 15 leads a week", "leads a week", "4", "15", "day 30"),
    ):
        given = {"statement": statement, "metric": metric, "unit": metric, "baseline": start, "target": end}
        await fill(pilot, **given, due=due, proof="CRM export")
        await keys(pilot, "ctrl+s", "ctrl+n")
    await keys(pilot, "ctrl+d", "pagedown", "pagedown")
    await fill(pilot, statement="Two hours of coaching a week", kind="coa", provider="Kim Lee", due="week 4")
    await keys(pilot, "pagedown")
    await fill(pilot, schedule__weekday="tue", schedule__time="10:00")
    await keys(pilot, "pagedown")
    await fill(pilot, criterion="both goals met", consequence="back to normal")
    await keys(pilot, "pagedown", "pagedown")
    await fill(pilot, category="com", days="30", days_reason="the quarter ends then")
    await keys(pilot, "pagedown", "pagedown")
    await fill(pilot, employee_view="The new tool slows me down")
    await keys(pilot, "ctrl+s")


@pytest.mark.slow
async def test_a_whole_case_by_keys(tmp_path: Path) -> None:
    """New, plan with two goals, submit, approve, issue, acknowledge, three check-ins, review, decision."""
    kit = Kit(tmp_path).with_people()
    async with piloted(kit) as (app, pilot):
        await keys(pilot, "n")
        await letters(pilot, "dana")
        await keys(pilot, "enter")
        await fill(pilot, hr_partner="")
        await letters(pilot, "noor")
        await keys(pilot, "enter", "ctrl+s", "e")
        assert isinstance(app.screen, PlanPage), screen_text(app)
        await write_plan(pilot)
        assert [one.text for one in app.screen.findings if one.severity == "block"] == []
        await keys(pilot, "escape")
        for act in ("submit", "approve"):
            app.open_act("1", act)
            await pilot.pause()
            await keys(pilot, "ctrl+s")
            assert not isinstance(app.screen, ActForm), screen_text(app)
        app.open_act("1", "issue")
        await pilot.pause()
        await fill(pilot, place="Room 4", attendees="Kim Lee\nDana Okafor", consequences_explained="y")
        await fill(pilot, copy_given_on="today", copy_given_how="on paper", override="agreed")
        await keys(pilot, "ctrl+s", "ctrl+s")
        app.open_act("1", "acknowledge")
        await pilot.pause()
        await keys(pilot, "ctrl+s", "ctrl+s")
        assert kit.desk.view("1").stage == "active", screen_text(app)
        for day, calls, leads in (("2026-03-03", "28", "6"), ("2026-03-10", "34", "11"), ("2026-03-17", "41", "15")):
            kit.clock.day(day)
            await keys(pilot, "c")
            assert isinstance(app.screen, CheckInPage)
            await letters(pilot, calls)
            await keys(pilot, "tab")
            await letters(pilot, leads)
            await fill(pilot, helped="coaching", asked_for="a second screen")
            await keys(pilot, "ctrl+s")
        kit.clock.day("2026-04-01")
        for slot in ("w4", "w5"):
            kit.desk.do("miss_check_in", "1", {"slot": slot, "cause": "public_holiday"})
        await keys(pilot, "o")
        assert isinstance(app.screen, ReviewPage)
        await keys(pilot, "o", "ctrl+s")
        for verdict in ("m", "m"):
            await keys(pilot, "v")
            await letters(pilot, verdict)
            await keys(pilot, "ctrl+s")
            assert isinstance(app.screen, ReviewPage), screen_text(app)
            await keys(pilot, "j")
        await keys(pilot, "d")
        await fill(pilot, result="suc", next_action="back", reason="Both reached.", support_reason="given, not noted")
        await keys(pilot, "ctrl+s", "ctrl+s")
        assert isinstance(app.screen, ReviewPage), screen_text(app)
    sheet = kit.desk.view("1")
    assert (sheet.stage, sheet.header.outcome.result if sheet.header.outcome else "") == ("closed", "successful")
    assert [line.record.slot for line in sheet.check_ins if line.record.held] == ["w1", "w2", "w3"]
    assert [goal.verdict for goal in sheet.goals] == ["met", "met"]
