"""Editing the draft: items, their ids and order, single fields, whole plans."""

import datetime as dt
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from piptui.cases.acts.editing import put_item
from piptui.cases.acts.launching import resolve, resolved, slots
from piptui.cases.plan import COLLECTIONS, PlanText, When
from piptui.cases.typed import Reading
from piptui.dates import period_end
from piptui.errors import BadInput, NotFound, PiptuiError, Refused

from .conftest import WorldIn
from .plans import plan
from .world import CASE, ISSUE, World

TODAY = dt.date(2026, 3, 2)
HOW = Reading(today=TODAY)


def draft_of(world: World) -> PlanText:
    """The draft as HR sees it."""
    draft = world.desk("hr").view(CASE).draft
    assert draft is not None
    return draft


def put(world: World, collection: str, **more: Any) -> str:
    """Put an item; its id."""
    return world.do("put", "manager", collection=collection, **more).item


@pytest.mark.parametrize("name", COLLECTIONS)
def test_every_list_takes_an_item_and_numbers_it(world_in: WorldIn, name: str) -> None:
    """A new item gets the letter of its list and the next number, and comes last."""
    world = world_in("draft")
    letter, kind = COLLECTIONS[name]
    field = kind.__struct_fields__[1 if name == "thresholds" else 0]
    before = len(getattr(draft_of(world), name).items)
    key = put(world, name, item={field: "something"})
    held = getattr(draft_of(world), name)
    assert key == f"{letter}{before + 1}" == held.order[-1]
    assert set(held.order) == set(held.items)


def test_fields_left_out_stay(world_in: WorldIn) -> None:
    """A change names the fields it changes; the others stay, and an empty one is emptied."""
    world = world_in("draft")
    put(world, "goals", id="g1", item={"target": "55", "unit": "", "due": ""})
    goal = draft_of(world).goals.items["g1"]
    assert (goal.target, goal.unit, goal.due) == (Decimal(55), "", None)
    assert (goal.statement, goal.metric, goal.baseline) == ("50 calls a day", "calls", Decimal(20))


@pytest.mark.parametrize("empty", ["", "  ", None])
def test_an_emptied_field_is_as_if_never_filled(world_in: WorldIn, empty: str | None) -> None:
    """Choices fall back to their default when emptied; numbers, dates and texts become absent."""
    world = world_in("draft")
    put(world, "evidence", id="e1", item={"source": empty, "value": empty, "on": empty, "statement": empty})
    fact = draft_of(world).evidence.items["e1"]
    assert (fact.source, fact.value, fact.on, fact.statement.strip()) == ("other", None, None, "")
    assert fact.expected == Decimal(50)


@pytest.mark.parametrize(
    ("at", "order"),
    [
        (1, ["g3", "g1", "g2"]),
        (2, ["g1", "g3", "g2"]),
        (3, ["g1", "g2", "g3"]),
        (99, ["g1", "g2", "g3"]),
        (10**30, ["g1", "g2", "g3"]),
        (0, ["g3", "g1", "g2"]),
        (-5, ["g3", "g1", "g2"]),
        (None, ["g1", "g2", "g3"]),
    ],
)
def test_an_item_goes_to_its_place(world_in: WorldIn, at: int | None, order: list[str]) -> None:
    """Places count from 1; beyond either end is the end."""
    world = world_in("draft")
    put(world, "goals", item={"statement": "Third"}, at=at)
    assert list(draft_of(world).goals.order) == order


def test_an_item_is_moved_without_other_changes(world_in: WorldIn) -> None:
    """A place alone moves an item; what it says stays."""
    world = world_in("draft")
    before = draft_of(world).goals.items
    put(world, "goals", id="g2", item={}, at=1)
    after = draft_of(world).goals
    assert (after.order, after.items) == (("g2", "g1"), before)


def test_ids_are_never_used_again(world_in: WorldIn) -> None:
    """The id of a removed item stays retired: a new one gets the next, and asking for it is refused."""
    world = world_in("draft")
    world.do("remove", "manager", collection="goals", id="g2")
    assert draft_of(world).goals.order == ("g1",)
    with pytest.raises(Refused, match="removed earlier"):
        put(world, "goals", id="g2", item={"statement": "Again"})
    assert put(world, "goals", item={"statement": "Third"}) == "g3"
    with pytest.raises(NotFound, match="no goal g2"):
        world.do("remove", "manager", collection="goals", id="g2")


def test_a_free_id_can_be_chosen(world_in: WorldIn) -> None:
    """A given id that was never used is taken, and the next new item counts on from it."""
    world = world_in("draft")
    assert put(world, "goals", id="g7", item={"statement": "Seventh"}) == "g7"
    assert put(world, "goals", item={"statement": "Eighth"}) == "g8"


@pytest.mark.parametrize("key", ["x1", "g0", "g01", "G1", "g", "1", "g99999", "g1 ", "a1", "../g1", "g-1"])
def test_an_id_of_another_shape_is_refused(world_in: WorldIn, key: str) -> None:
    """Ids look like g1; anything else is refused before it enters the record."""
    world = world_in("draft")
    if key.strip() == "g1":
        assert put(world, "goals", id=key, item={}) == "g1"  # typed text is trimmed first
        return
    with pytest.raises(BadInput, match="is no id of this list"):
        put(world, "goals", id=key, item={"statement": "x"})


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "which collection and what item"),
        ({"collection": "goals"}, "which collection and what item"),
        ({"item": {"statement": "x"}}, "which collection and what item"),
        ({"collection": "colours", "item": {}}, "none of standards"),
        ({"collection": "goals", "item": {"statment": "x"}}, "Did you mean statement"),
        ({"collection": "goals", "item": {"id": "g1"}}, "no field called 'id'"),
        ({"collection": "goals", "item": "text"}, "fields of its own"),
        ({"collection": "goals", "item": {"target": "many"}}, "target: 'many' is no number"),
        ({"collection": "goals", "item": {"target": Decimal("NaN")}}, "not a number that can be kept"),
        ({"collection": "goals", "item": {"target": float("inf")}}, "not a number that can be kept"),
        ({"collection": "goals", "item": {"kind": "big"}}, "none of numeric, qualitative"),
        ({"collection": "goals", "item": {"due": "week 0"}}, "count from 1"),
        ({"collection": "goals", "item": {"due": "week 9999"}}, r"^due\.week: must be at most 520\.$"),
        ({"collection": "goals", "item": {"due": {"week": -2}}}, r"^due\.week: must be at least 1\.$"),
        ({"collection": "goals", "item": {"due": {"weak": 2}}}, r"no field called 'due\.weak'"),
        ({"collection": "goals", "item": {"due": "soonish"}}, "soonish"),
        ({"collection": "milestones", "item": {"week": 0}}, r"^week: must be at least 1\.$"),
        ({"collection": "milestones", "item": {"week": "2.5"}}, "not a whole number"),
        ({"collection": "evidence", "item": {"on": "31.02.2026"}}, "31.02.2026"),
        ({"plan": {}}, "empty"),
        ({"plan": {"goal": []}}, "Did you mean"),
        ({"plan": {"goals": {"g1": {}}}}, "must be a list"),
        ({"plan": {"goals": ["text"]}}, "fields of its own"),
        ({"plan": {"schedule": "tuesday"}}, "schedule has fields"),
        ({"plan": {"days": 0}}, r"^days: must be at least 1\.$"),
        ({"plan": {"schedule": {"minutes": 0}}}, r"^schedule\.minutes: must be at least 1\.$"),
        ({"plan": {"goals": [{"target": 1}, {"target": "many"}]}}, r"^goals\.2\.target: 'many' is no number"),
        ({"plan": {"goals": [{"id": "g1", "due": "week 999"}]}}, r"^goals\.g1\.due\.week: must be at most 520\.$"),
        ({"plan": {"context": ["a", "b"]}}, r"^context wants one text, not a list"),
        ({"collection": "goals", "item": {"statement": True}}, r"^statement wants one text, not yes or no"),
        ({"collection": "goals", "item": {"statement": {"a": 1}}}, r"^statement wants one text, not a list or table"),
    ],
)
def test_what_cannot_be_read_is_named_and_nothing_written(
    world_in: WorldIn, data: dict[str, Any], message: str
) -> None:
    """A bad input says which field and what would do; the draft stays as it was."""
    world = world_in("draft")
    head = world.head()
    with pytest.raises(BadInput, match=message) as told:
        world.do("put", "manager", **data)
    assert str(told.value).endswith((".", "?"))
    assert world.head() == head


def test_a_whole_plan_is_one_commit(world_in: WorldIn) -> None:
    """A plan file is entered as one commit: fields, schedule, items, and the header where it names parties."""
    world = world_in("founded")
    world.desk("hr").new({"employee": "1014"})
    done = world.do("put", "manager", plan=plan(legal_review="yes", legal_reviewer="2002"))
    assert done.seq == world.head()
    page = world.desk().view(CASE)
    assert page.draft is not None
    assert page.legal_review
    assert page.draft.schedule.weekday == 2
    assert page.draft.goals.items["g2"].due == When(day=45)
    assert page.draft.evidence.items["e1"].on == dt.date(2026, 2, 20)
    assert "22 items" not in done.sentence
    assert done.sentence == f"Hana Ito entered a plan: {page_fields()} fields and {page_items()} items."


def page_fields() -> int:
    """Fields of the sample plan, those of the schedule counted each, and the two of the header."""
    whole = plan()
    return (
        sum(len(value) if name == "schedule" else 1 for name, value in whole.items() if name not in COLLECTIONS) + 2
    )


def page_items() -> int:
    """Items of the sample plan."""
    return sum(len(value) for name, value in plan().items() if name in COLLECTIONS)


def test_a_plan_with_one_bad_row_enters_nothing(world_in: WorldIn) -> None:
    """All of a plan file or nothing of it."""
    world = world_in("founded")
    world.desk("hr").new({"employee": "1014"})
    head = world.head()
    whole = plan()
    whole["goals"].append({"statement": "Third", "target": "lots"})
    with pytest.raises(BadInput, match="lots"):
        world.do("put", "manager", plan=whole)
    assert world.head() == head


def test_a_plan_that_names_an_item_twice_enters_nothing(world_in: WorldIn) -> None:
    """Of two rows with one id one would be lost without a word."""
    world = world_in("draft")
    head = world.head()
    rows = [{"id": "g1", "statement": "The one"}, {"statement": "A new one"}, {"id": "g1", "statement": "The other"}]
    with pytest.raises(BadInput, match="goals: g1 stands there twice"):
        world.do("put", "manager", plan={"goals": rows})
    assert world.head() == head


def test_a_plan_with_ids_changes_those_items(world_in: WorldIn) -> None:
    """Rows with an id change that item, rows without are new."""
    world = world_in("draft")
    world.do("put", "manager", plan={"goals": [{"id": "g1", "target": "60"}, {"statement": "Third"}]})
    goals = draft_of(world).goals
    assert (goals.items["g1"].target, goals.items["g1"].metric) == (Decimal(60), "calls")
    assert goals.order == ("g1", "g2", "g3")


@pytest.mark.parametrize(
    ("field", "typed", "stored"),
    [
        ("days", "90", 90),
        ("category", "complex sales underperformance", "sales"),
        ("category", "attend", "attendance"),
        ("start", "Mar 9", dt.date(2026, 3, 9)),
        ("context", "  two words  ", "  two words"),
        ("context", "", ""),
        ("days", "", None),
        ("schedule.weekday", "thu", 4),
        ("schedule.weekday", "5", 5),
        ("schedule.weekday", "", None),
        ("schedule.time", "2.30pm", "14:30"),
        ("schedule.zone", "europe/berlin", "Europe/Berlin"),
        ("schedule.zone", "", ""),
        ("schedule.cadence", "biweekly", "biweekly"),
        ("schedule.cadence", "", "weekly"),
        ("schedule.minutes", "45", 45),
    ],
)
def test_a_field_of_the_draft_is_set(world_in: WorldIn, field: str, typed: str, stored: Any) -> None:
    """Each field of the draft and its schedule is read as typed, and emptied by nothing."""
    world = world_in("draft")
    world.do("set", "manager", field=field, value=typed)
    value: Any = draft_of(world)
    for part in field.split("."):
        value = getattr(value, part)
    assert value == stored


@pytest.mark.parametrize(
    ("field", "typed", "stored"),
    [
        ("zone", "america/new_york", "America/New_York"),
        ("language", "de", "de"),
        ("language", "", "en"),
    ],
)
def test_a_field_of_the_header_is_set(world_in: WorldIn, field: str, typed: str, stored: Any) -> None:
    """Header fields are set like those of the draft; an emptied one takes its default again."""
    world = world_in("draft")
    world.do("set", "hr", field=field, value=typed)
    assert getattr(world.desk().view(CASE).header, field) == stored


@pytest.mark.parametrize(("typed", "required"), [("yes", True), ("", False), ("no", False)])
def test_legal_review_is_set_in_the_draft(world_in: WorldIn, typed: str, required: bool) -> None:
    """It is a working matter of managers and HR: neither header, nor history, nor revision tells of it."""
    world = world_in("draft")
    key = world.desk().view(CASE).line.id
    before = world.store.get("cases", key)
    done = world.do("set", "hr", field="legal_review", value=typed)
    assert world.desk().view(CASE).legal_review is required
    assert done.sentence == f"Hana Ito set legal review to {'required' if required else 'not required'}."
    assert world.store.get("cases", key) == before
    assert "legal_review" not in before[0]


def test_only_hr_lifts_the_legal_review(world_in: WorldIn) -> None:
    """A manager may ask for legal review, and cannot lift it, alone or within a plan file; HR can (S005)."""
    world = world_in("draft")
    world.do("set", "manager", field="legal_review", value="yes")
    head = world.head()
    for act, data in (
        ("set", {"field": "legal_review", "value": "no"}),
        ("set", {"values": {"context": "x", "legal_review": ""}}),
        ("put", {"plan": {"legal_review": False}}),
    ):
        with pytest.raises(Refused, match="only HR can lift"):
            world.do(act, "manager", **data)
    assert world.head() == head
    world.do("set", "manager", field="legal_review", value="yes")
    world.do("set", "hr", field="legal_review", value="no")
    assert not world.desk().view(CASE).legal_review


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("", "x", "Say which field"),
        ("colour", "blue", "no field called 'colour'"),
        ("contxt", "x", "Did you mean context"),
        ("goals", "x", "no field called 'goals'"),
        ("schedule", "x", "no field called 'schedule'"),
        ("days", "0", r"^days: must be at least 1\.$"),
        ("context", ["a"], "^context wants one text"),
        ("days", "many", "days: 'many'"),
        ("start", "someday", "someday"),
        ("zone", "", "no time zone"),
        ("zone", "Atlantis", "no time zone"),
        ("schedule.weekday", "t", "no day of the week"),
        ("schedule.weekday", "8", r"^schedule\.weekday: must be at most 7\.$"),
        ("schedule.time", "25:00", "no time of day"),
        ("schedule.minutes", "9999", r"^schedule\.minutes: must be at most 480\.$"),
        ("legal_review", "maybe", "neither yes nor no"),
    ],
)
def test_a_field_that_cannot_be_read_is_refused(world_in: WorldIn, field: str, typed: Any, message: str) -> None:
    """A bad value, or a field that does not exist, is named; nothing is written."""
    world = world_in("draft")
    head = world.head()
    with pytest.raises(BadInput, match=message):
        world.do("set", "hr", field=field, value=typed)
    assert world.head() == head


@pytest.mark.parametrize("field", ["manager", "second_manager", "hr_partner", "legal_reviewer"])
def test_parties_are_named_changed_and_taken_out(world_in: WorldIn, field: str) -> None:
    """A party is found by number, e-mail, name or a word of it, replaced by another, and taken out by nothing."""
    world = world_in("draft")
    role = {"hr_partner": "hr", "legal_reviewer": "legal"}.get(field, field)

    def named() -> list[str]:
        return [party.name for party in world.desk().view(CASE).header.parties if party.role == role]

    for typed in ("1016", "olu@example.org", "Olu Ray", "olu"):
        world.do("set", "hr", field=field, value=typed)
        assert named() == ["Olu Ray"]
    with pytest.raises(Refused, match="Dana Cole is the employee of this plan"):
        world.do("set", "hr", field=field, value="1014")
    with pytest.raises(NotFound, match="Nobody"):
        world.do("set", "hr", field=field, value="Nemo")
    with pytest.raises(NotFound, match="Did you mean"):
        world.do("set", "hr", field=field, value="a")
    world.do("set", "hr", field=field, value="")
    assert named() == []


def test_in_a_team_only_hr_names_the_reviewers(world_in: WorldIn) -> None:
    """A manager in a team store cannot make themselves, or a friend, the HR partner who approves the plan."""
    world = world_in("draft", "team")
    for field in ("hr_partner", "legal_reviewer"):
        for value in ("1002", "1016", ""):
            with pytest.raises(Refused, match="HR names"):
                world.do("set", "manager", field=field, value=value)
    world.do("set", "manager", field="second_manager", value="1016")
    world.do("set", "hr", field="legal_reviewer", value="1016")


def test_an_issued_plan_is_never_edited(world_in: WorldIn) -> None:
    """After issue there is nothing to edit: the issued text stays as it was given to the employee."""
    world = world_in("issued")
    before = world.desk().view(CASE).plan
    for act, data in (("put", {"collection": "goals", "item": {}}), ("set", {"field": "days", "value": "1"})):
        with pytest.raises(Refused):
            world.do(act, "hr", **data)
    assert world.desk().view(CASE).plan == before


def test_issue_resolves_every_rule_and_keeps_it(world_in: WorldIn) -> None:
    """The issued plan has the rule (week 8) beside its day, counted from the day of delivery (S060, S063)."""
    world = world_in("approved")
    world.do("issue", "manager", **ISSUE, delivered_on="2026-03-02")
    issued = world.desk("employee").view(CASE).plan
    assert issued is not None
    text = issued.text
    assert (issued.start, issued.end) == (dt.date(2026, 3, 2), dt.date(2026, 5, 1))
    assert text.goals.items["g1"].due == When(week=8, on=dt.date(2026, 4, 26))
    assert text.goals.items["g2"].due == When(day=45, on=dt.date(2026, 4, 16))
    assert text.support.items["p1"].due == When(week=2, on=dt.date(2026, 3, 15))
    assert [step.on for _, step in text.milestones.listed()] == [
        dt.date(2026, 3, 22),
        dt.date(2026, 4, 12),
        dt.date(2026, 5, 1),
    ]
    assert [slot.on.isoweekday() for slot in issued.slots[:-1]] == [2] * 9
    assert (issued.slots[-1].id, issued.slots[-1].on) == ("final", issued.end)


def test_a_plan_delivered_before_it_was_opened_prints_its_parties(world_in: WorldIn) -> None:
    """A day of delivery before the case was opened needs a reason, and the plan still names the manager."""
    world = world_in("approved")
    with pytest.raises(Refused, match=r"override is missing: .* say why"):
        world.do("issue", "manager", **ISSUE, delivered_on="2026-02-27")
    world.do("issue", "manager", **ISSUE, delivered_on="2026-02-27", override="Typed in later.")
    issued = world.desk().view(CASE).plan
    assert issued is not None
    assert (issued.header.manager, issued.header.hr_partner) == ("Max Berg", "Hana Ito")


DAYS = st.integers(min_value=1, max_value=400)
STARTS = st.dates(min_value=dt.date(2000, 1, 1), max_value=dt.date(2100, 1, 1))


@given(start=STARTS, days=DAYS, week=st.integers(min_value=1, max_value=520))
def test_a_week_of_the_plan_is_due_on_its_last_day(start: dt.date, days: int, week: int) -> None:
    """A week within the period is due on its seventh day, the last one with the period."""
    end = period_end(start, days)
    due = resolve(When(week=week), start, end)
    assert due is not None
    assert due.on is not None
    assert due.week == week
    last = start + dt.timedelta(days=7 * week - 1)
    first = last - dt.timedelta(days=6)
    assert due.on == (end if first <= end < last else last)


@given(start=STARTS, days=DAYS, weekday=st.integers(1, 7), cadence=st.sampled_from(["weekly", "biweekly"]))
def test_check_ins_lie_within_the_period(start: dt.date, days: int, weekday: int, cadence: Any) -> None:
    """Check-ins fall on their weekday after the start and before the end, a week or two apart, each id once."""
    text = PlanText(days=days)
    schedule = type(text.schedule)(cadence=cadence, weekday=weekday)
    planned = slots(type(text)(days=days, schedule=schedule), start, period_end(start, days))
    *check_ins, final = planned
    assert final.kind == "final_review"
    assert final.on == period_end(start, days)
    assert all(start < slot.on < final.on and slot.on.isoweekday() == weekday for slot in check_ins)
    step = 7 if cadence == "weekly" else 14
    gaps = {(later.on - sooner.on).days for sooner, later in pairwise(check_ins)}
    assert gaps <= {step}
    assert len({slot.id for slot in planned}) == len(planned)
    if check_ins:
        assert (check_ins[0].on - start).days <= 7
        assert (final.on - check_ins[-1].on).days <= step
    assert all(slot.id == f"w{((slot.on - start).days // 7) + 1}" for slot in check_ins)


OPERATIONS = st.lists(
    st.tuples(st.sampled_from(["new", "move", "remove"]), st.integers(0, 12), st.integers(-1, 12)), max_size=25
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(operations=OPERATIONS)
def test_order_and_items_always_agree(operations: list[tuple[str, int, int]]) -> None:
    """Whatever is put and moved, the order names each item once and no id comes twice."""
    text = PlanText()
    seen: list[str] = []
    for what, which, at in operations:
        if what == "new" or not text.goals.order:
            text, key, new = put_item(text, "goals", "", {"statement": "x"}, HOW, at)
            assert new
            assert key not in seen
            seen.append(key)
        elif what == "move":
            key = text.goals.order[which % len(text.goals.order)]
            text, same, new = put_item(text, "goals", key, {}, HOW, at)
            assert (same, new) == (key, False)
            assert text.goals.order.index(key) == min(max(at, 1) - 1, len(text.goals.order) - 1)
    assert sorted(text.goals.order) == sorted(text.goals.items) == sorted(seen)


def test_resolving_twice_gives_the_same(world_in: WorldIn) -> None:
    """A text that has its days already gets the same days again from the same start."""
    text = draft_of(world_in("draft"))
    end = period_end(TODAY, 60)
    once = resolved(text, TODAY, end)
    assert resolved(once, TODAY, end) == once


def test_errors_of_editing_name_roles(world_in: WorldIn) -> None:
    """Who may not edit is told who may."""
    world = world_in("draft")
    with pytest.raises(PiptuiError, match="only manager, HR and second manager may"):
        world.do("put", "legal", collection="goals", item={})
