"""What a stranger stumbled over: corrections, dates, people, acts of no return, messages that outlive their cause."""

import importlib
import pkgutil
from collections import Counter
from pathlib import Path

import pytest
from textual.widget import Widget

import screens
from piptui.dates import utc_now
from screens.act_form import ActForm
from screens.app import PiptuiApp
from screens.correct_parts import parts_of
from screens.forms import Kept, kept_names
from screens.import_form import ImportPage
from screens.labels import in_words
from screens.plan import PlanPage
from screens.plan_outline import place_named
from screens.widgets.person import PersonField
from tests.screens.forms_kit import PEOPLE, Kit, fill, form, keys, letters, piloted, text_of
from tests.screens.screen_text import screen_text


@pytest.fixture
def kit(tmp_path: Path) -> Kit:
    """A running case with one check-in and one piece of evidence."""
    kit = Kit(tmp_path).running()
    kit.clock.day("2026-03-10")
    values = {"g1": {"value": "38"}, "g2": {"value": "16", "note": "a good week"}}
    actions = [{"who": "Dana", "text": "rework the script", "due": "2026-03-20"}]
    kit.desk.do("log_check_in", "1", {"slot": "w1", "values": values, "helped": "coaching", "actions": actions})
    kit.desk.do("note", "1", {"kind": "evidence", "text": "26 calls", "source": "crm", "value": "26"})
    return kit


def names_of_widgets(of: type[Widget]) -> list[str]:
    """The class names of all widgets under `of` that this program defines."""
    return [
        name
        for one in of.__subclasses__()
        for name in (*([one.__name__] if one.__module__.startswith("screens.") else []), *names_of_widgets(one))
    ]


def test_no_two_widgets_share_a_name() -> None:
    """Style sheets know widgets by their class names: a second one of a name would be styled as the first."""
    for module in pkgutil.walk_packages(screens.__path__, "screens."):
        importlib.import_module(module.name)
    names = Counter(names_of_widgets(Widget))
    assert len(names) > 20
    assert [name for name, count in names.items() if count > 1] == []


async def test_lists_show_all_rows_after_a_form_was_open(kit: Kit) -> None:
    """A form leaves nothing behind that changes how a list is drawn."""
    async with piloted(kit) as (app, pilot):
        await keys(pilot, "enter", "x")
        before = screen_text(app)
        await keys(pilot, "x", "n")
        assert isinstance(app.screen, ActForm)
        await keys(pilot, "escape", "x")
        assert screen_text(app) == before
        assert before.count("\n") > 10


def test_kept_forms_are_named_in_words() -> None:
    """What is not saved is named as a person would; a place that is only remembered is none."""
    kept: dict[tuple[str, str, str], object] = {
        ("0001", "act note", ""): Kept(utc_now(), {"text": "x"}),
        ("", "new case", ""): Kept(utc_now(), {"employee": "x"}),
        ("0001", "plan", "goals.g2"): Kept(utc_now(), {"statement": "x"}),
        ("0001", "plan", "goals"): Kept(utc_now(), {"statement": "x"}),
        ("0001", "plan", "context"): Kept(utc_now(), {"context": "x"}),
        ("0001", "act assess", "goal=g1"): Kept(utc_now(), {"text": "x"}),
        ("0001", "plan, left at", ""): "goals.g2",
    }
    assert kept_names(kept) == [
        "note in case 0001",
        "new case",
        "goal g2 of case 0001",
        "new goal in case 0001",
        "context of case 0001",
        "verdict in case 0001",
    ]


# -- corrections -------------------------------------------------------------------------------------------


async def test_a_value_of_a_check_in_is_corrected_by_choosing_it(kit: Kit) -> None:
    """The parts are offered in words, what is said stands there, and the value begins with it."""
    entry = kit.desk.view("1").check_ins[0].id
    async with piloted(kit) as (app, pilot):
        app.open_act("1", "correct", {"entry": entry})
        await pilot.pause()
        shown = screen_text(app)
        assert "check-in w1, Tue 10 Mar" in shown
        assert "Number of Goal 1, Make 40 outreach calls a day" in shown
        assert "It says: 38" in shown
        assert text_of(app, "value") == "38"
        await fill(pilot, value="39", reason="read again")
        await keys(pilot, "tab")
        assert "Will be recorded: Noor Haddad corrected" in screen_text(app)
        await keys(pilot, "ctrl+s")
        assert not isinstance(app.screen, ActForm), screen_text(app)
    record = kit.desk.view("1").check_ins[0].record
    assert record.values["g1"].value == 39
    assert record.corrections[0].was == "38"


@pytest.mark.slow
async def test_another_part_shows_what_it_says_and_gives_typed_text_back(kit: Kit) -> None:
    """What was typed for one part is there again when one comes back to it, and after leaving the page."""
    entry = kit.desk.view("1").check_ins[0].id
    async with piloted(kit) as (app, pilot):
        app.open_act("1", "correct", {"entry": entry})
        await pilot.pause()
        await fill(pilot, value="40")
        await fill(pilot, field="hel")
        assert text_of(app, "value") == "coaching"
        await fill(pilot, field="held")
        assert text_of(app, "value") == "2026-03-10"
        await keys(
            pilot, *["left"] * [part.name for part in parts_of(kit.desk.view("1"), entry)].index("occurred_on")
        )
        assert text_of(app, "value") == "40"
        await keys(pilot, "escape")
        assert kept_names(app.kept) == ["correction in case 0001"]
        app.open_act("1", "correct", {"entry": entry})
        await pilot.pause()
        assert (text_of(app, "field"), text_of(app, "value")) == ("values.g1", "40")


async def test_a_day_that_is_none_takes_the_cursor_to_the_value(kit: Kit) -> None:
    """What cannot be read is told with the label of its part, and stays typed."""
    entry = kit.desk.view("1").check_ins[0].id
    async with piloted(kit) as (app, pilot):
        app.open_act("1", "correct", {"entry": entry, "field": "occurred_on"})
        await pilot.pause()
        await fill(pilot, value="somewhen", reason="wrong day")
        await keys(pilot, "shift+tab", "ctrl+s")
        current = form(app).current()
        assert current is not None
        assert current.spec.name == "value"
        assert "occurred_on" not in form(app).message


@pytest.mark.slow
async def test_without_an_entry_one_is_chosen(kit: Kit) -> None:
    """Opened from a list of acts, the page offers what can be mended, each with its own parts."""
    async with piloted(kit) as (app, pilot):
        app.open_act("1", "correct")
        await pilot.pause()
        await fill(pilot, entry="evi")
        assert text_of(app, "value") == "26 calls"
        await fill(pilot, field="sou")
        await fill(pilot, value="att", reason="it was the log")
        await keys(pilot, "ctrl+s")
    evidence = next(one for one in kit.desk.view("1").entries if one.kind == "evidence")
    assert dict(evidence.details)["source"] == "attendance log"


def test_every_part_that_is_offered_can_be_corrected(kit: Kit) -> None:
    """The desk accepts each part of each entry and check-in that the page offers, said as it is."""
    sheet = kit.desk.view("1")
    for entry in (*(one.id for one in sheet.check_ins), *(one.id for one in sheet.entries)):
        for part in parts_of(sheet, entry):
            new = {"number": "7", "date": "2026-03-09", "yes/no": "no" if part.said == "yes" else "yes"}.get(
                part.kind
            )
            other = next((key for key, _ in part.choices if key != part.said), "other words")
            data = {"entry": entry, "field": part.name, "value": new or other, "reason": "test"}
            assert kit.desk.preview("correct", "1", data).sentences, part


# -- acts of no return, previews, footers ------------------------------------------------------------------


@pytest.mark.slow
async def test_an_act_of_no_return_is_asked_for_once_more(tmp_path: Path) -> None:
    """Issuing waits for a second ctrl+s; typing in between asks again."""
    kit = Kit(tmp_path).with_plan()
    for act in ("submit", "approve"):
        kit.desk.do(act, "1", {})
    async with piloted(kit) as (app, pilot):
        app.open_act("1", "issue")
        await pilot.pause()
        assert form(app).hints()[0] == ("ctrl+s", "issue")
        await fill(pilot, place="Room 4", attendees="Kim Lee", consequences_explained="y", override="agreed")
        await keys(pilot, "ctrl+s")
        assert form(app).message == "Press ctrl+s once more to issue the plan: it cannot be edited afterwards."
        assert "Will be recorded" in screen_text(app)
        await fill(pilot, place="Room 5")
        await keys(pilot, "ctrl+s")
        assert kit.desk.view("1").stage == "approved"
        await keys(pilot, "ctrl+s")
        assert kit.desk.view("1").stage == "issued"


async def test_an_early_review_asks_for_its_reason(kit: Kit) -> None:
    """Before the period ends the form insists on a reason, and says where."""
    async with piloted(kit) as (app, pilot):
        app.open_act("1", "open_review")
        await pilot.pause()
        await keys(pilot, "ctrl+s")
        current = form(app).current()
        assert current is not None
        assert current.spec.name == "text"
        assert "has not ended" in form(app).message
        await keys(pilot, "=All goals are met.", "ctrl+s")
    assert kit.desk.view("1").stage == "final_review"


# -- values, dates, weeks ----------------------------------------------------------------------------------


async def test_words_for_a_number_are_told_and_kept(kit: Kit) -> None:
    """A value of a numeric goal that is no number is said at the field, and saved as words."""
    async with piloted(kit) as (app, pilot):
        app.open_act("1", "log_check_in")
        await pilot.pause()
        await fill(pilot, goal__g1="much better")
        assert "? kept as words" in screen_text(app)
        assert "is no number: it is kept as words" in screen_text(app)
        await keys(pilot, "ctrl+s")
    record = kit.desk.view("1").check_ins[-1].record
    assert (record.values["g1"].value, record.values["g1"].note) == (None, "much better")


async def plan_at(app: PiptuiApp, place: str) -> PlanPage:
    """The plan editor, on its way to a place."""
    app.open_act("1", "put")
    page = app.screen
    assert isinstance(page, PlanPage)
    target = place_named(place, page.text)
    assert target is not None
    page.go(target)
    return page


@pytest.mark.parametrize(
    ("zone", "shown"), [("Europe/Berlin", "Thu 5 Feb 2026"), ("America/Denver", "Sat 2 May 2026")]
)
async def test_dates_of_evidence_are_read_as_the_desk_reads_them(tmp_path: Path, zone: str, shown: str) -> None:
    """5/2 is the fifth of February in Berlin and the second of May in Denver, and is echoed whole."""
    kit = Kit(tmp_path).with_plan()
    kit.desk.do("set", "1", {"field": "zone", "value": zone})
    async with piloted(kit) as (app, pilot):
        await plan_at(app, "evidence")
        await pilot.pause()
        await keys(pilot, "ctrl+n")
        await fill(pilot, on="5/2/2026")
        assert shown in screen_text(app)


async def test_evidence_without_a_year_lies_behind_us(tmp_path: Path) -> None:
    """A day without a year is the last one of its kind for evidence."""
    kit = Kit(tmp_path).with_plan()
    async with piloted(kit) as (app, pilot):
        await plan_at(app, "evidence")
        await pilot.pause()
        await keys(pilot, "ctrl+n")
        await fill(pilot, on="17 Nov")
        assert "Mon 17 Nov 2025" in screen_text(app)


async def test_a_milestone_takes_week_2_and_knows_goals_without_numbers(tmp_path: Path) -> None:
    """ "week 2" is week 2, and a value is questioned where the goal has none."""
    kit = Kit(tmp_path).with_plan()
    kit.desk.do("put", "1", {"collection": "goals", "item": {"statement": "Calmer", "kind": "qualitative"}})
    async with piloted(kit) as (app, pilot):
        await plan_at(app, "milestones")
        await pilot.pause()
        assert {"From week", "By week", "Target"} <= {one.spec.label for one in form(app).all_fields}
        await fill(pilot, statement="First step", goal="g3", week="week 2", target="4")
        assert "its goal has no number" in screen_text(app)
        await fill(pilot, goal="g1")
        assert "its goal has no number" not in screen_text(app)
        await keys(pilot, "ctrl+s")
    text = kit.desk.view("1").draft
    assert text is not None
    assert [one.week for _, one in text.milestones.listed()] == [2]


async def test_tab_behind_the_last_field_goes_on(tmp_path: Path) -> None:
    """Tab at the end of a section saves it and opens the next one."""
    kit = Kit(tmp_path).with_plan()
    async with piloted(kit) as (app, pilot):
        page = await plan_at(app, "role")
        await pilot.pause()
        await fill(pilot, job_description=", reprinted")
        await keys(pilot, "tab")
        assert page.place.name == "context"
    text = kit.desk.view("1").draft
    assert text is not None
    assert text.job_description.endswith(", reprinted")


# -- people ------------------------------------------------------------------------------------------------


async def test_typing_replaces_a_name_and_a_failed_save_lists_who_matches(tmp_path: Path) -> None:
    """The first letter takes the place of the name; nobody meant: the cursor is there, with the matches."""
    kit = Kit(tmp_path).with_case()
    async with piloted(kit) as (app, pilot):
        page = await plan_at(app, "role")
        await pilot.pause()
        page.go(next(place for place in [place_named("people", page.text)] if place))
        await pilot.pause()
        await fill(pilot, manager="")
        await letters(pilot, "a")
        field = page.field("manager")
        assert isinstance(field, PersonField)
        assert field.text == "a"
        other = page.field("zone")
        assert other is not None
        other.focus_editor()
        await pilot.pause()
        assert not field.list.display
        await keys(pilot, "ctrl+s")
        await pilot.pause()
        assert page.current() is field
        assert field.list.display
        assert any("Kim Lee" in line or "Patel" in line for line in field.list.lines)
        assert "piptui" not in page.message


# -- messages and labels -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("occurred_on: 'x_y' is no date.", "Happened on: 'x_y' is no date."),
        ("week: 'many' is no number.", "By week: 'many' is no number."),
        ("Nobody is called 'x'. `piptui people` lists everybody.", "Nobody is called 'x'."),
        ("Say when (copy_given_on)", "Say when"),
        (
            "one of these follows: regular_management.",
            "one of these follows: back to regular performance management.",
        ),
        ("say in employee_view_absence why.", 'say in "Why missing" why.'),
        ("g2: say by when.", "g2: say by when."),
        ("mend the foo_bar module", "mend the foo_bar module"),
    ],
)
def test_sentences_of_the_desk_use_the_words_of_forms(sentence: str, shown: str) -> None:
    """Labels and words instead of names and keys; what somebody typed stays as it is."""
    assert in_words(sentence, {"week": "By week"}) == shown


async def test_a_message_goes_when_its_field_is_mended(kit: Kit) -> None:
    """A refusal stays until its own field is typed in; F8 goes there."""
    async with piloted(kit) as (app, pilot):
        app.open_act("1", "note")
        await pilot.pause()
        await fill(pilot, text="a talk", occurred_on="somewhen")
        await keys(pilot, "ctrl+s")
        assert form(app).message.startswith('Happened on: "somewhen"')
        await fill(pilot, text="a long talk")
        assert "somewhen" in form(app).message
        assert ("F8", "next finding") in form(app).hints()
        await keys(pilot, "f8")
        current = form(app).current()
        assert current is not None
        assert current.spec.name == "occurred_on"
        await letters(pilot, "t")
        assert form(app).message == ""


async def test_f8_is_not_offered_where_there_is_nothing(kit: Kit) -> None:
    """A form without findings has no hint for them."""
    async with piloted(kit) as (app, pilot):
        app.open_act("1", "note")
        await pilot.pause()
        await fill(pilot, text="a talk")
        await keys(pilot, "tab")
        assert "next finding" not in [word for _, word in form(app).hints()]


async def test_findings_are_readable_to_their_end(kit: Kit) -> None:
    """What is said goes on in the next row instead of being cut."""
    async with piloted(kit, size=(40, 24)) as (app, pilot):
        app.open_act("1", "note")
        await pilot.pause()
        assert "words verbatim." in " ".join(screen_text(app).split())


# -- new case, import, long texts, help --------------------------------------------------------------------


@pytest.mark.slow
async def test_the_kind_of_shortfall_suggests_the_days(tmp_path: Path) -> None:
    """Choosing it fills the empty days and follows another choice, but leaves a length that was typed."""
    kit = Kit(tmp_path).with_people()
    async with piloted(kit) as (app, pilot):
        await keys(pilot, "n")
        await fill(pilot, category="com")
        first = text_of(app, "days")
        assert first.isdigit()
        assert f"{first} days" in form(app).message
        await fill(pilot, category="min")
        assert text_of(app, "days") not in ("", first)
        await fill(pilot, days="45")
        await fill(pilot, category="com")
        assert text_of(app, "days") == "45"


async def test_a_long_import_report_can_be_read_on(tmp_path: Path) -> None:
    """Page down reads the refused rows while the cursor stays in the path."""
    kit = Kit(tmp_path)
    bad = "".join(f"2{number:03},,x{number}@example.com,,,,\n" for number in range(30))
    kit.people.write_text(PEOPLE + bad, encoding="utf-8")
    async with piloted(kit) as (app, pilot):
        app.push_screen(ImportPage())
        await pilot.pause()
        await fill(pilot, path=str(kit.people))
        await keys(pilot, "enter")
        assert "line 36" not in screen_text(app)
        await keys(pilot, *["pagedown"] * 6)
        assert "line 36" in screen_text(app)


@pytest.mark.slow
async def test_enter_in_a_long_text_leaves_one_cursor(kit: Kit) -> None:
    """The rows grow with the text, all of it is shown, and one cell alone is in reverse."""
    async with piloted(kit) as (app, pilot):
        app.open_act("1", "note")
        await pilot.pause()
        await letters(pilot, "one")
        await keys(pilot, "enter", "enter")
        await letters(pilot, "two")
        field = form(app).field("text")
        assert field is not None
        assert field.editor.size.height == 3
        reverse = [
            segment
            for y in range(3)
            for segment in field.editor.render_line(y)
            if segment.style is not None and segment.style.reverse
        ]
        assert len(reverse) == 1
        await pilot.resize_terminal(30, 24)
        await keys(pilot, "=and more words than one row takes")
        assert field.editor.size.height > 4
        narrow = field.editor.size.height
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert field.editor.size.height < narrow


async def test_help_in_a_form_tells_what_fields_take(kit: Kit) -> None:
    """F1 lists the keys that work while one types, and each kind of field."""
    async with piloted(kit, size=(100, 50)) as (app, pilot):
        app.open_act("1", "note")
        await pilot.pause()
        await keys(pilot, "f1")
        shown = screen_text(app)
        for told in ("a choice", "a date", "a person", "a long text", "ctrl+s"):
            assert told in shown
        assert "List all acts on this case" not in shown
