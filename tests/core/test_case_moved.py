"""A commit rests on the case as it was read: whatever came in between, the act is judged anew on what stands now."""

from collections.abc import Callable
from typing import Any

import pytest

from piptui.cases.acts import ACTS
from piptui.cases.words import Role
from piptui.desk.desk import LocalDesk
from piptui.errors import PiptuiError, Refused

from .conftest import WorldIn
from .meddling import Meddler, meddled
from .world import CASE, ISSUE, Step, World, decision

LOG: dict[str, Any] = {"slot": "w2", "helped": "The list."}
MET: dict[str, Any] = {"goal": "g1", "verdict": "met", "value": "52", "shown_by": "CRM"}
DECISION = decision("partial", "reassignment")


def struck(kind: str) -> Callable[[World], Step]:
    """The strike of the last entry of a kind."""
    return lambda world: Step("strike", "hr", {"entry": world.line(kind).id, "reason": "y"})


def step(act: str, role: Role, **data: Any) -> Callable[[World], Step]:
    """An act that needs to know nothing of the world."""
    return lambda world: Step(act, role, data)


EDIT = step("put", "hr", collection="goals", id="g1", item={"target": "60"})
MOVES: tuple[tuple[str, Callable[[World], Step], Callable[[World], Step], str], ...] = (
    ("approved", step("issue", "manager", **ISSUE), step("return", "hr", text="Not yet."), "stage now is draft"),
    ("approved", step("issue", "manager", **ISSUE), struck("approval"), "stage now is in review"),
    ("approved", step("issue", "manager", **ISSUE), EDIT, "stage now is in review"),
    (
        "approved",
        step("issue", "manager", **ISSUE),
        step("set", "hr", field="second_manager", value=""),
        "stage now is in review",
    ),
    (
        "approved",
        step("issue", "manager", **ISSUE),
        step("set", "hr", field="legal_review", value="yes"),
        "stage now is in review",
    ),
    ("approved", step("issue", "manager", **ISSUE), step("discard", "hr", text="In error."), "stage now is closed"),
    ("approved", EDIT, step("issue", "manager", **ISSUE), "stage now is issued"),
    ("in_review", step("approve", "hr"), step("return", "hr", text="Not yet."), "stage now is draft"),
    ("in_review", step("return", "hr", text="x"), step("return", "legal", text="Not yet."), "stage now is draft"),
    ("draft", step("submit", "manager"), step("remove", "hr", collection="support", id="p1"), "1 thing to mend"),
    ("issued", step("acknowledge", "employee"), step("withdraw", "hr", cause="other", text="x"), "now is closed"),
    ("active", step("log_check_in", "manager", **LOG), step("log_check_in", "hr", **LOG), "recorded already"),
    (
        "active",
        step("log_check_in", "manager", **LOG),
        step("miss_check_in", "hr", slot="w2", cause="public_holiday"),
        "recorded already",
    ),
    (
        "active",
        step("log_check_in", "manager", helped="x", done=["w1/1"]),
        lambda world: Step("strike", "hr", {"entry": "w1", "reason": "y"}),
        "no open action w1/1",
    ),
    ("final_review", step("assess", "manager", **MET), step("decide", "hr", **DECISION), "stage now is closed"),
    ("final_review", step("decide", "manager", **DECISION), step("decide", "hr", **DECISION), "stage now is closed"),
    (
        "final_review",
        step("deliver", "manager", support="p1"),
        step("withdraw", "hr", cause="other", text="x"),
        "stage now is closed",
    ),
    ("active", struck("acknowledgement"), struck("acknowledgement"), "struck already"),
    (
        "active",
        lambda world: Step("correct", "hr", {"entry": "w1", "field": "helped", "value": "x", "reason": "y"}),
        lambda world: Step("strike", "hr", {"entry": "w1", "reason": "y"}),
        "no entry 'w1'",
    ),
)
"""State, what is done, what somebody else does between its reading and its commit, and why it is refused then."""


@pytest.mark.parametrize(("state", "mine", "theirs", "message"), MOVES)
def test_what_no_longer_holds_is_refused(
    world_in: WorldIn, state: str, mine: Callable[[World], Step], theirs: Callable[[World], Step], message: str
) -> None:
    """An act that was possible when it was read, and no longer is when it would be committed, writes nothing."""
    world = world_in(state)
    act, role, data, _ = mine(world)
    other = theirs(world)
    desk = meddled(world, role, lambda: world.do(other.act, other.role, **other.data))
    before = world.head()
    with pytest.raises(PiptuiError, match=message):
        desk.do(act, CASE, data)
    lines = [line for line in world.desk().history(CASE) if line.seq > before]
    assert {line.act for line in lines} == {other.act}
    assert len({line.seq for line in lines}) == (2 if other.act == "issue" else 1)


def test_a_decision_counts_the_verdicts_that_stand(world_in: WorldIn) -> None:
    """A verdict that is given while the decision is on its way is in the decision."""
    world = world_in("final_review")
    world.do("assess", "manager", **MET)
    bare = {**DECISION, "verdicts": {"g2": {"verdict": "met", "shown_by": "sample"}}}
    worse = MET | {"verdict": "not met", "value": "31"}
    meddled(world, "manager", lambda: world.do("assess", "hr", **worse)).do("decide", CASE, bare)
    assert world.stored("decision")["verdicts"]["g1"] == {
        "verdict": "not_met",
        "value": "31",
        "shown_by": "CRM",
        "text": "",
    }


def test_a_decision_without_a_verdict_that_was_struck_is_refused(world_in: WorldIn) -> None:
    """A verdict that is struck while the decision is on its way is missing then."""
    world = world_in("final_review")
    key = world.do("assess", "manager", **MET).item
    bare = {**DECISION, "verdicts": {"g2": {"verdict": "met", "shown_by": "sample"}}}
    desk = meddled(world, "manager", lambda: world.do("strike", "hr", entry=key, reason="y"))
    with pytest.raises(Refused) as told:
        desk.do("decide", CASE, bare)
    assert told.value.reasons == ("Goal g1 has no verdict: 50 calls a day (verdicts.g1)",)


def test_an_outcome_meets_the_warnings_of_its_moment(world_in: WorldIn) -> None:
    """A check-in that is recorded as missed meanwhile is among the warnings that the decision keeps."""
    world = world_in("final_review")
    desk = meddled(world, "manager", lambda: world.do("miss_check_in", "hr", slot="w2", cause="manager_missed"))
    done = desk.do("decide", CASE, DECISION)
    assert [one.check for one in done.findings] == ["outcome.missed"]
    assert world.stored("findings")["findings"][0]["check"] == "outcome.missed"


def test_a_check_in_after_the_review_opened_meanwhile_is_late(world_in: WorldIn) -> None:
    """Whether something is late follows from the case as it is committed to."""
    world = world_in("active")
    world.clock.move(days=1)
    desk = meddled(world, "manager", lambda: world.do("open_review", "hr", text="Agreed."))
    desk.do("log_check_in", CASE, {"helped": "x"})
    assert world.desk().view(CASE).check_ins[-1].record.late


@pytest.mark.parametrize("act", ["log_check_in", "deliver", "miss_check_in"])
def test_what_still_holds_goes_in(world_in: WorldIn, act: str) -> None:
    """An act that the other commit does not touch is tried again and done, and both are in the record."""
    world = world_in("active")
    data: dict[str, Any] = {
        "log_check_in": {"slot": "w3", "helped": "x"},
        "deliver": {"support": "p1"},
        "miss_check_in": {"slot": "w3", "cause": "public_holiday"},
    }[act]
    done = meddled(world, "manager", lambda: world.do("log_check_in", "hr", **LOG)).do(act, CASE, data)
    acts = [line.act for line in world.desk().history(CASE)]
    assert acts[-2:] == ["log_check_in", act]
    assert done.seq == world.head()


def counted(desk: LocalDesk) -> list[str]:
    """The ids that the desk makes from now on: one for each try of an act that writes one entry."""
    made: list[str] = []
    fresh = desk.session.new_id

    def new_id() -> str:
        made.append(fresh())
        return made[-1]

    desk.session.new_id = new_id
    return made


def test_only_notes_and_files_go_beside_other_entries() -> None:
    """Whatever else rests on entries and check-ins is judged anew when one comes in; these rest on none."""
    assert {act.name for act in ACTS.values() if act.free} == {"note", "attach"}


@pytest.mark.parametrize(
    ("theirs", "tries"),
    [
        (step("note", "hr", text="y"), 1),
        (step("log_check_in", "hr", **LOG), 1),
        (step("open_review", "hr", text="Agreed."), 2),
        (step("withdraw", "hr", cause="other", text="x"), 2),
    ],
)
def test_a_note_is_judged_anew_only_where_the_case_itself_moved(
    world_in: WorldIn, theirs: Callable[[World], Step], tries: int
) -> None:
    """Beside entries and check-ins a note is committed at once; after a change of the header it is tried again."""
    world = world_in("active")
    other = theirs(world)
    desk = meddled(world, "manager", lambda: world.do(other.act, other.role, **other.data))
    made = counted(desk)
    desk.do("note", CASE, {"text": "Spoke with Dana."})
    assert len(made) == tries
    assert "Spoke with Dana." in [line.text for line in world.desk().view(CASE).entries]


def test_what_happens_to_other_cases_is_no_reason_to_try_again(world_in: WorldIn) -> None:
    """A commit to another case, or to the directory, moves nothing that an act rests on."""
    world = world_in("active")
    desk = meddled(world, "manager", lambda: world.desk("hr").new({"employee": "1015"}))
    made = counted(desk)
    desk.do("deliver", CASE, {"support": "p1"})
    assert len(made) == 1


@pytest.mark.parametrize("act", ["note", "deliver", "set"])
def test_the_last_look_and_the_commit_are_under_one_lock(world_in: WorldIn, act: str) -> None:
    """Nobody comes between the last look at the case and the commit."""
    world = world_in("draft" if act == "set" else "active")
    desk = meddled(world, "hr")
    store = desk.session.store
    assert isinstance(store, Meddler)
    data = {"note": {"text": "x"}, "deliver": {"support": "p1"}, "set": {"field": "context", "value": "x"}}[act]
    desk.do(act, CASE, data)
    assert store.looked == [("changes", True), ("commit", True)]
