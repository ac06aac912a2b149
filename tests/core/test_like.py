"""A case that begins like another has what is asked of the role in it, and nothing of the other person."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from piptui.cases.likeness import like
from piptui.cases.plan import Goal, Items, PlanText, Standard
from piptui.errors import NotFound

from .conftest import WorldIn
from .world import CASE, World


def second(world: World, **more: Any) -> Any:
    """Open a case for Pat like Dana's."""
    return world.desk("hr").new({"employee": "1015", "like": CASE} | more)


def test_the_shape_of_the_plan_comes_along(world_in: WorldIn) -> None:
    """Standards, goals, steps, support, rhythm, thresholds and consequences; category and length as well."""
    world = world_in("active")
    done = second(world)
    mine, theirs = world.desk("hr").view(done.case).draft, world.desk("hr").view(CASE).plan
    assert mine is not None
    assert theirs is not None
    text = theirs.text
    assert (mine.category, mine.days, mine.consequences) == (text.category, text.days, text.consequences)
    assert mine.standards == msgspec.structs.replace(text.standards, retired=())
    assert (mine.schedule.weekday, mine.schedule.time) == (text.schedule.weekday, text.schedule.time)
    goal = mine.goals.items["g1"]
    assert (goal.statement, goal.target, goal.standard) == ("50 calls a day", text.goals.items["g1"].target, "s1")
    assert goal.due is not None
    assert (goal.due.week, goal.due.on) == (8, None)
    assert [one.goal for one in mine.milestones.items.values()]
    assert mine.thresholds.items.keys() == text.thresholds.items.keys()


def test_nothing_of_the_person_comes_along(world_in: WorldIn) -> None:
    """No gap, no evidence, no baseline, no cause, no view, no name, and no word of the case it came from."""
    world = world_in("active")
    done = second(world)
    draft = world.desk("hr").view(done.case).draft
    assert draft is not None
    assert not draft.gaps.items
    assert not draft.evidence.items
    assert {goal.baseline for goal in draft.goals.items.values()} == {None}
    assert {(goal.achievable, goal.gap) for goal in draft.goals.items.values()} == {("", "")}
    assert {item.provider for item in draft.support.items.values()} == {""}
    assert {step.target for step in draft.milestones.items.values()} == {None}
    assert (draft.context, draft.root_cause, draft.employee_view, draft.days_reason) == ("", "", "", "")
    key = world.desk("hr").view(done.case).line.id
    stored = [world.store.get("cases", key)[0], *(document for _, _, document, _ in world.store.case_documents(key))]
    first = world.desk("hr").view(CASE).line.id
    for told in ("Dana", "Cole", CASE, first):
        assert told not in repr(stored)
        assert told not in repr(world.desk("hr").history(done.case))


def test_the_answer_says_what_was_left_out(world_in: WorldIn) -> None:
    """What came, what did not, and which texts were emptied because somebody is named in them."""
    world = world_in("draft")
    world.do("put", "hr", collection="standards", id="s1", item={"statement": "Dana's team makes 50 calls."})
    world.do("put", "hr", collection="support", item={"statement": "Coaching by Max Berg, weekly."})
    told = [one.text for one in second(world).findings if one.check == "case.like"]
    assert told[0].startswith("Taken over: 1 standard,")
    assert "baselines" in told[1]
    assert "s1 statement" in told[2]
    assert "p2 statement" in told[2]


def test_what_is_given_goes_before_what_the_other_plan_says(world_in: WorldIn) -> None:
    """Category and length of the new case are those that were typed."""
    world = world_in("draft")
    done = second(world, category="sales")
    draft = world.desk("hr").view(done.case).draft
    assert draft is not None
    assert (draft.category, draft.days) == ("sales", 90)


def test_only_a_case_that_one_may_read(world_in: WorldIn) -> None:
    """A hidden case answers as a missing one, and nothing is opened."""
    world = world_in("draft", "team")
    other = world.desk("hr").new({"employee": "1016"}).case
    before = world.head()
    told = []
    for like_case in (other, "0999"):
        with pytest.raises(NotFound) as refusal:
            world.desk("manager").new({"employee": "1015", "like": like_case})
        told.append(str(refusal.value).replace(like_case, "N"))
    assert told[0] == told[1]
    assert world.head() == before
    assert world.desk("manager").new({"employee": "1015", "like": CASE}).seq


def test_an_empty_plan_is_no_pattern(world_in: WorldIn) -> None:
    """A case that was only opened has nothing to begin with, and says so by taking over nothing."""
    world = world_in("founded")
    world.desk("hr").new({"employee": "1014"})
    told = [one.text for one in second(world).findings if one.check == "case.like"]
    assert told[0].startswith("Taken over: no items")


def test_the_new_employee_reads_nothing_of_the_other(world_in: WorldIn) -> None:
    """Once the new plan is issued, its employee finds no trace of where it came from."""
    world = world_in("active", "team")
    done = second(world)
    desk = world.desk(login="pat")
    with pytest.raises(NotFound):
        desk.view(done.case)
    assert not desk.find("Dana")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Fifty calls, as DANA did.", False),
        ("dana-cole@example.org has the list", False),
        ("Danang is a town; coleslaw is a dish.", True),
        ("田中さんのように", False),
        ("Josés list", True),
        ("as JOSE\u0301 does", False),
        ("Ask Ann Lee-Smith.", False),
        ("Ask Ann.", True),
    ],
)
def test_names_are_found_as_whole_words(text: str, kept: bool) -> None:
    """Whatever their case, accents and hyphens; a part of another word is no name, nor half of a full name."""
    other = PlanText(standards=Items(items={"s7": Standard(statement=text)}, order=("s7",)))
    found = like(PlanText(), other, ["Dana", "Cole", "José", "田中", "Ann Lee-Smith"])
    assert (found.text.standards.items["s1"].statement == text) is kept


@given(st.text(max_size=30), st.text(min_size=1, max_size=10, alphabet="abcdeé 'XYZ"))
def test_a_name_between_blanks_is_always_found(before: str, name: str) -> None:
    """Whatever stands around it."""
    if not any(letter.isalpha() for letter in name):
        return
    other = PlanText(goals=Items(items={"g1": Goal(statement=f"{before} {name} ")}, order=("g1",)))
    assert like(PlanText(), other, [name]).text.goals.items["g1"].statement == ""


def test_references_follow_the_new_ids() -> None:
    """Goals name their standard and steps their goal by the ids that they have now."""
    standards = Items(items={"s4": Standard(statement="A"), "s2": Standard(statement="B")}, order=("s4", "s2"))
    goals = Items(items={"g9": Goal(statement="x", standard="s2")}, order=("g9",), retired=("g1",))
    found = like(PlanText(), PlanText(standards=standards, goals=goals), [])
    assert found.text.goals.items == {"g1": Goal(statement="x", standard="s2")}
    assert found.text.standards.items["s2"].statement == "B"
