"""Issuing a plan: the copy, the warnings that were passed, the draft that goes away and what is left of it."""

from collections.abc import Callable
from typing import Any

import pytest

from piptui.cases.words import Role
from piptui.errors import BadInput, NotFound, Refused

from .conftest import WorldIn
from .meddling import Killed, broken, full, killed, meddled, nothing
from .world import CASE, ISSUE, KINDS, Kind, decision

Breaking = Callable[[], None]


@pytest.mark.parametrize("copied", ["2026-03-01", "2026-03-03", "2026-03-06", "2027-01-01"])
def test_a_copy_is_given_between_delivery_and_today(world_in: WorldIn, copied: str) -> None:
    """A copy before the meeting, or one that is yet to be given, is none."""
    world = world_in("approved")
    world.clock.move(days=3)
    head = world.head()
    with pytest.raises(Refused, match=r"between the delivery \(2026-03-04\) and today \(2026-03-05\)"):
        world.do("issue", "manager", **(ISSUE | {"delivered_on": "2026-03-04", "copy_given_on": copied}))
    assert world.head() == head
    assert world.do("issue", "manager", **(ISSUE | {"delivered_on": "2026-03-04", "copy_given_on": "2026-03-04"})).seq


def test_the_plan_names_the_approved_draft(world_in: WorldIn) -> None:
    """An issued plan says which commit of the draft it was made from: the one that was approved."""
    world = world_in("issued")
    plan = world.desk("hr").view(CASE).plan
    assert plan is not None
    assert plan.draft is not None
    assert {name: getattr(plan.draft, name) for name in ("table", "id", "seq", "digest")} == world.stored("approval")[
        "ref"
    ]


PASSED: tuple[tuple[str, str, dict[str, Any], str, str], ...] = (
    (
        "approved",
        "issue",
        ISSUE | {"copy_given_on": "", "override": "Sent tomorrow."},
        "launch.copy",
        "Sent tomorrow.",
    ),
    ("active", "open_review", {}, "review.early", ""),
    ("final_review", "decide", decision("unsuccessful", "demotion") | {"decider": "Olu Ray"}, "outcome.odd", ""),
)


@pytest.mark.parametrize(("state", "act", "data", "check", "reason"), PASSED)
def test_passed_warnings_are_kept_word_for_word(
    world_in: WorldIn, state: str, act: str, data: dict[str, Any], check: str, reason: str
) -> None:
    """What issue, review and decision went over is in the same commit, with the reason, for manager and HR alone."""
    world = world_in(state)
    done = world.do(act, "manager", **data)
    kept = world.stored("findings")
    assert (kept["act"], kept["class"], kept["text"]) == (act, "manager_hr", reason)
    assert [(one["check"], one["finding"], one["reason"]) for one in kept["findings"]] == [
        (check, one.text, reason) for one in done.findings
    ]
    assert world.line("findings").seq == done.seq
    lines = [line for line in world.desk("manager").history(CASE) if line.seq == done.seq]
    assert "passed with 1 warning." in [line.sentence.partition(": ")[2] for line in lines]
    if act != "issue":
        assert "findings" not in {line.kind for line in world.desk("employee").view(CASE).entries}
        assert "warning" not in str(world.desk("employee").history(CASE))


@pytest.mark.parametrize(
    ("state", "act", "data"),
    [
        ("approved", "issue", ISSUE),
        ("final_review", "decide", decision("partial", "reassignment")),
        ("issued", "acknowledge", {}),
        ("active", "log_check_in", {"slot": "w1", "helped": "x"}),
    ],
)
def test_without_warnings_nothing_is_kept(world_in: WorldIn, state: str, act: str, data: dict[str, Any]) -> None:
    """Acts that pass no warning, and warnings that can be mended afterwards, leave no such entry."""
    world = world_in(state)
    if act == "log_check_in":
        world.do("strike", "manager", entry="w1", reason="y")
    world.do(act, "manager", **data)
    assert "findings" not in {line.kind for line in world.desk("hr").view(CASE).entries}


@pytest.mark.parametrize("trouble", [full, broken])
def test_an_issue_whose_draft_cannot_be_closed_is_done(world_in: WorldIn, trouble: Breaking) -> None:
    """The plan is issued by one commit; if the draft cannot be dropped after it, the answer is that of an issue."""
    world = world_in("approved")
    done = meddled(world, "manager", nothing, trouble).do("issue", CASE, ISSUE)
    assert done.seq == world.head()
    assert done.sentence == "Hana Ito issued plan version 1, 2026-03-02 to 2026-05-01."
    page = world.desk("hr").view(CASE)
    assert (page.stage, page.draft) == ("issued", None)
    assert len(world.store.list("drafts")) == 1


NEXT: tuple[tuple[str, Role, dict[str, Any]], ...] = (
    ("acknowledge", "employee", {}),
    ("note", "employee", {"text": "I have a question.", "kind": "comment"}),
    ("refuse", "hr", {"text": "Did not sign.", "witness": "Vera Stone"}),
    ("log_check_in", "manager", {"helped": "x"}),
)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("act", "role", "data"), NEXT)
def test_the_next_act_closes_a_draft_that_was_left_behind(
    world_in: WorldIn, act: str, role: Role, data: dict[str, Any], kind: Kind
) -> None:
    """Whoever acts next, in whatever role, drops it in the same commit; the employee is told nothing of it."""
    world = world_in("approved", kind)
    meddled(world, "manager", nothing, broken).do("issue", CASE, ISSUE)
    world.clock.move(minutes=1)
    done = world.do(act, role, **data)
    assert world.store.list("drafts") == []
    gone = [line for line in world.desk("hr").history(CASE) if line.table == "drafts"][-1]
    assert (gone.seq, gone.sentence) == (done.seq, "A draft left behind was closed.")
    assert "draft" not in str(world.desk("employee").history(CASE))
    assert world.desk("hr").verify().ok


def test_a_draft_that_another_closed_first_troubles_nobody(world_in: WorldIn) -> None:
    """Where the next act comes between the issue and the dropping of its draft, both are done."""
    world = world_in("approved")
    desk = meddled(world, "manager", nothing, lambda: world.do("note", "hr", text="At once."))
    assert desk.do("issue", CASE, ISSUE).seq
    assert world.store.list("drafts") == []
    page = world.desk("hr").view(CASE)
    assert (page.stage, "At once." in [line.text for line in page.entries]) == ("issued", True)


def test_a_draft_is_read_as_of_a_commit(world_in: WorldIn) -> None:
    """What an approval names can be read again, after edits and after the issue that closed the draft."""
    world = world_in("approved")
    first = world.stored("approval")["ref"]
    before = world.desk("hr").view(CASE).draft
    world.do("set", "manager", field="context", value="Third quarter.")
    world.do("approve", "hr")
    second = world.stored("approval")["ref"]
    world.do("issue", "manager", **ISSUE)
    told = world.desk("manager").version(CASE, at=first["seq"])
    assert (told.draft, told.seq, told.digest) == (before, first["seq"], first["digest"])
    later = world.desk("legal").version(CASE, at=second["seq"]).draft
    assert later is not None
    assert later.context == "Third quarter."
    for at in (1, world.head()):
        with pytest.raises(NotFound, match=f"no draft of this plan at commit {at}"):
            world.desk("hr").version(CASE, at=at)
    with pytest.raises(BadInput, match="no commit 999"):
        world.desk("hr").version(CASE, at=999)


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_of_the_past_is_for_those_who_read_drafts(world_in: WorldIn, kind: Kind) -> None:
    """The employee asks for a commit at which there was a draft, and is answered as if there was none."""
    world = world_in("active", kind)
    seq = world.stored("approval")["ref"]["seq"]
    answers: dict[int, str] = {}
    for at in (seq, 1, 999):
        with pytest.raises(NotFound) as told:
            world.desk("employee").version(CASE, at=at)
        answers[at] = str(told.value)
    assert {text.replace(str(at), "N") for at, text in answers.items()} == {
        "There was no draft of this plan at commit N."
    }
    for role in ("manager", "second_manager", "hr", "legal"):
        assert world.desk(role).version(CASE, at=seq).draft is not None


def test_a_killed_issue_is_closed_by_the_next_act(world_in: WorldIn) -> None:
    """The same holds where the process ended between the two commits."""
    world = world_in("approved")
    with pytest.raises(Killed):
        meddled(world, "manager", nothing, killed).do("issue", CASE, ISSUE)
    assert len(world.store.list("drafts")) == 1
    world.do("note", "hr", text="Next.")
    assert world.store.list("drafts") == []
