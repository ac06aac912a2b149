"""What forms understand, without a terminal: actions, values, dates, differences, plan fields."""

import datetime as dt
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from piptui.cases.plan import SCHEDULE_FIELDS, Evidence, Gap, Goal, Items, PlanText, When
from piptui.cases.typed import Reading, build
from piptui.checks.base import Finding
from piptui.desk.api import SlotLine
from piptui.text import clean
from screens import plan_fields
from screens.checkin import split_value
from screens.checkin_text import as_rows, people, read_action, read_actions, rows
from screens.explain import Calendar, number, progress
from screens.forms import chosen
from screens.meeting import first_open
from screens.merge import as_typed, differences, typed
from screens.plan_fields import SECTIONS
from screens.plan_outline import Place, later, next_finding, outline, place_named, places

TODAY = dt.date(2026, 3, 12)
CALENDAR = Calendar(TODAY, dt.date(2026, 3, 2), dt.date(2026, 4, 1))


def dated(text: str) -> bool:
    """A few words that are days."""
    return text in {"fri", "17 Mar"}


@pytest.mark.parametrize(
    ("line", "who", "text", "due"),
    [
        ("Dana: rework the script, by fri", "Dana", "rework the script", "fri"),
        ("- Kim Lee: sit beside her by 17 Mar.", "Kim Lee", "sit beside her", "17 Mar"),
        ("call back", "", "call back", ""),
        ("Dana: stand by me", "Dana", "stand by me", ""),
        ("see https://example.com/x", "", "see https://example.com/x", ""),
        ("Dana: speak by phone, by fri", "Dana", "speak by phone", "fri"),
    ],
)
def test_an_action_is_read_as_people_write_it(line: str, who: str, text: str, due: str) -> None:
    """Who stands before the colon and a day after "by"; what is neither stays in the text."""
    found = read_actions(line, dated)[0]
    assert (found.who, found.text, found.due) == (who, text, due)


@given(st.text(alphabet=st.characters(categories=("L", "N", "P", "Zs"))))
def test_no_word_of_an_action_is_lost(line: str) -> None:
    """Whatever is typed, each of its letters is somewhere in what is understood."""
    found = read_action(line.strip(), dated)
    together = f"{found.who}{found.text}{found.due}by"
    assert all(char in together for char in line if char.isalpha())


def test_lines_without_words_are_no_actions() -> None:
    """Empty lines between actions do not count."""
    assert [action.text for action in read_actions("\n one\n\n  \n2. two", dated)] == ["one", "two"]


def test_names_may_be_parted_in_any_way() -> None:
    """Commas, semicolons and line ends part names."""
    assert people("Kim Lee, Dana Okafor; Noor\n") == ["Kim Lee", "Dana Okafor", "Noor"]


def test_rows_read_back_as_they_were_written() -> None:
    """A table typed as lines keeps its values, those of several lines too."""
    assert rows("g1: met\ng2: 4: 5\nmore of it\n") == {"g1": "met", "g2": "4: 5\nmore of it"}
    assert rows(as_rows([("g1", "a"), ("g2", "b")])) == {"g1": "a", "g2": "b"}


@pytest.mark.parametrize(
    ("text", "value", "note"),
    [
        ("44", "44", ""),
        ("1,200", "1,200", ""),
        ("55 %", "55 %", ""),
        ("44 two days sick", "44", "two days sick"),
        ("55 % and rising", "55 %", "and rising"),
        ("much calmer", "", "much calmer"),
        ("3rd attempt", "", "3rd attempt"),
    ],
)
def test_a_value_may_carry_words(text: str, value: str, note: str) -> None:
    """A number in front is the value, the words behind it the note."""
    assert split_value(text) == (value, note)


def test_the_first_due_check_in_is_chosen() -> None:
    """Overdue before planned, held ones never, and an extra one where nothing is left."""
    slot = SlotLine(id="w1", week=1, on=TODAY, state="held")
    due = SlotLine(id="w3", week=3, on=TODAY, state="overdue")
    coming = SlotLine(id="w2", week=2, on=TODAY, state="planned")
    assert first_open((slot, coming, due)) == "w3"
    assert first_open((slot, coming)) == "w2"
    assert first_open((slot,)) == "extra"


def test_dates_are_explained_beside_the_field() -> None:
    """The day that was understood, and its distance; a sign while it cannot be read."""
    assert CALENDAR.date("today") == "Thu 12 Mar 2026, today"
    assert CALENDAR.date("") == ""
    assert CALENDAR.date("somewhen") == "? no date yet"
    assert CALENDAR.when("week 6") == "Sun 12 Apr 2026"
    assert CALENDAR.when("day 30") == "Wed 1 Apr 2026"
    assert Calendar(TODAY).when("week 6") == ""
    assert number("4x") == "? no number"
    assert number("4.5") == ""


@pytest.mark.parametrize(
    ("text", "direction", "should", "target", "word"),
    [
        ("50", "higher", "42", "50", "target met"),
        ("43", "higher", "42", "50", "on track"),
        ("41", "higher", "42", "50", "behind"),
        ("3", "lower", "4", "2", "on track"),
        ("5", "lower", "4", "2", "behind"),
        ("x", "lower", "4", "2", "? no number"),
        ("", "lower", "4", "2", ""),
    ],
)
def test_progress_is_said_in_a_word(text: str, direction: str, should: str, target: str, word: str) -> None:
    """Which way is better decides what on track means."""
    assert progress(text, direction, Decimal(should), Decimal(target)) == word


def test_differences_keep_what_only_one_side_changed() -> None:
    """Their change alone is theirs, yours alone yours, and where both changed your text stands until you choose."""
    before = {"to": "15", "by": "week 6", "proof": "", "same": "x"}
    found = differences(before, before | {"to": "12", "proof": "CRM"}, before | {"to": "20", "by": "week 7"})
    assert {row.name: row.side for row in found} == {"to": "mine", "by": "mine", "proof": "theirs"}
    assert chosen(found) == {"to": "20", "by": "week 7", "proof": "CRM"}
    assert chosen([row.choose("theirs") for row in found]) == {"to": "12", "by": "week 6", "proof": "CRM"}


def test_plain_data_reads_as_it_was_typed() -> None:
    """A due date, a list and nothing at all become text again."""
    assert typed({"week": 6, "day": None, "on": "2026-04-12"}) == "week 6"
    assert typed({"week": None, "day": None, "on": "2026-04-12"}) == "2026-04-12"
    assert typed(["a", "b"]) == "a\nb"
    assert as_typed({"target": Decimal("4.50"), "due": None}) == {"target": "4.50", "due": ""}
    assert as_typed(None) == {}


texts = st.text(alphabet=st.characters(categories=("L", "N")), min_size=1, max_size=20).map(clean)
goals = st.builds(
    Goal,
    statement=texts,
    kind=st.sampled_from(["numeric", "qualitative"]),
    baseline=st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=0, max_value=10**6),
    direction=st.sampled_from(["higher", "lower"]),
    due=st.none()
    | st.builds(When, week=st.integers(1, 52))
    | st.builds(When, day=st.integers(1, 90))
    | st.builds(When, on=st.dates(dt.date(2020, 1, 1), dt.date(2039, 12, 31))),
)


@given(goals)
def test_a_goal_survives_being_shown_and_saved(goal: Goal) -> None:
    """What the fields show is read back as the same goal."""
    section = next(one for one in SECTIONS if one.id == "goals")
    shown = plan_fields.values_of(section, PlanText(goals=Items(items={"g1": goal}, order=("g1",))), "g1")
    assert build(Goal, shown, Reading(today=TODAY)) == goal


def text_with_goals() -> PlanText:
    """Two goals, nothing else."""
    return PlanText(goals=Items(items={"g1": Goal(statement="A"), "g2": Goal(statement="B")}, order=("g1", "g2")))


def test_every_field_of_a_plan_is_on_some_section() -> None:
    """No field of the plan can be filled by file alone."""
    held = {section.collection for section in SECTIONS} | {name for one in SECTIONS for name in one.fields}
    for name in PlanText.__struct_fields__:
        assert name in held or name == "schedule", name
    assert {name for name in held if name.startswith("schedule.")} == set(SCHEDULE_FIELDS)


def test_places_go_through_all_items_and_an_open_new_one() -> None:
    """Two goals are two places; a third is there only while it is being written."""
    text, goals_of = text_with_goals(), next(one for one in SECTIONS if one.id == "goals")
    names = [place.name for place in places(text, Place(SECTIONS[0]))]
    assert names[names.index("goals.g1") :][:3] == ["goals.g1", "goals.g2", "milestones"]
    assert [place.name for place in places(text, Place(goals_of))].count("goals") == 1
    assert place_named("goals.g2", text) == Place(goals_of, "g2")
    assert place_named("goals.g9", text) is None
    assert place_named("", text) is None


def test_findings_are_visited_in_the_order_of_the_plan() -> None:
    """From the cursor on, then again from the top."""
    text = text_with_goals()
    found = [finding("goals.g2.due"), finding("context"), finding("goals.g2.proof"), finding("links.l1.name")]
    place, field = next_finding(found, (0, -1, 0), text) or (None, "")
    assert (place and place.name, field) == ("context", "context")
    goals_at = next(n for n, one in enumerate(SECTIONS) if one.id == "goals")
    place, field = next_finding(found, (goals_at, 1, 8), text) or (None, "")
    assert (place and place.name, field) == ("goals.g2", "proof")
    place, field = next_finding(found, (len(SECTIONS), 0, 0), text) or (None, "")
    assert (place and place.name, field) == ("context", "context")
    assert next_finding([], (0, 0, 0), text) is None


def finding(where: str) -> Finding:
    """Something to mend at a place."""
    return Finding(check="x", severity="block", where=where, text=f"mend {where}")


def test_the_outline_marks_what_needs_work() -> None:
    """`!` for what blocks, the count of items, `~` for text that is not saved."""
    text = text_with_goals()
    lines = outline(text, Place(SECTIONS[0]), [finding("goals.g1.due")], {"context": {"context": "x"}}, {"links"})
    by_title = {section.id: line for section, line in zip(SECTIONS, lines, strict=True)}
    assert by_title["role"].startswith(">")
    assert by_title["goals"].split() == ["!", "Goals", "2"]
    assert by_title["context"].split()[0] == "✓"
    assert by_title["links"].endswith("~")


def test_what_issue_will_ask_for_is_said_while_editing() -> None:
    """The employee's view or its absence, manager and HR partner."""
    assert [one.where for one in later({})] == ["employee_view", "manager", "hr_partner"]
    assert list(later({"employee_view_absence": "ill", "manager": "Kim", "hr_partner": "Noor"})) == []


def test_new_items_belong_where_the_one_before_belongs() -> None:
    """Evidence for the same gap again; with one gap only, that one; with several and no item before, none."""
    facts = next(one for one in SECTIONS if one.id == "evidence")
    one = PlanText(gaps=Items(items={"a1": Gap()}, order=("a1",)))
    two = PlanText(gaps=Items(items={"a1": Gap(), "a2": Gap()}, order=("a1", "a2")))
    after = msgspec.structs.replace(two, evidence=Items(items={"e1": Evidence(gap="a2")}, order=("e1",)))
    assert plan_fields.suggested(facts, one) == {"gap": "a1"}
    assert plan_fields.suggested(facts, two) == {}
    assert plan_fields.suggested(facts, after) == {"gap": "a2"}
