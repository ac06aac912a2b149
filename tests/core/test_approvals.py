"""An approval is of exactly one draft under one header in one round, and by somebody else than who submitted it."""

from pathlib import Path
from typing import Any

import pytest

from piptui.errors import Conflict, Refused
from piptui.paths import data_dir

from .conftest import WorldIn
from .plans import plan
from .world import CASE, ISSUE, World, found

Change = tuple[str, dict[str, Any]]
EDITS: dict[str, Change] = {
    "field": ("set", {"field": "context", "value": "Third quarter."}),
    "item": ("put", {"collection": "goals", "id": "g1", "item": {"target": "60"}}),
    "removal": ("remove", {"collection": "links", "id": "l1"}),
    "party": ("set", {"field": "second_manager", "value": "1016"}),
    "language": ("set", {"field": "language", "value": "de"}),
}


def stage(world: World) -> str:
    """Where the case stands."""
    return world.desk("hr").view(CASE).stage


@pytest.mark.parametrize(
    ("kind", "state"), [("submission", "in_review"), ("return", "returned"), ("approval", "approved")]
)
def test_a_step_of_the_review_names_draft_and_header_as_read(world_in: WorldIn, kind: str, state: str) -> None:
    """Submission, return and approval say which text of the draft and of the header they mean, by commit and hash."""
    world = world_in(state)
    told = world.stored(kind)
    for field, table in (("ref", "drafts"), ("header", "cases")):
        key, _, rev = world.store.list(table)[0]
        assert told[field] == {"table": table, "id": key, "seq": rev.seq, "digest": rev.digest}
    assert told["version"] == 1


def test_an_approval_names_its_round(world_in: WorldIn) -> None:
    """An approval answers one submission, the last one."""
    world = world_in("returned")
    second = world.do("submit", "manager").item
    world.do("approve", "hr")
    assert world.stored("approval")["round"] == second


@pytest.mark.parametrize("edit", EDITS)
def test_any_edit_voids_an_approval(world_in: WorldIn, edit: str) -> None:
    """Draft or header, one field or one item: an approved plan that is edited is in review again, not issued."""
    world = world_in("approved")
    act, data = EDITS[edit]
    world.do(act, "manager", **data)
    assert stage(world) == "in_review"
    with pytest.raises(Refused, match="needs its approvals first"):
        world.do("issue", "manager", **ISSUE)
    world.do("approve", "hr")
    assert stage(world) == "approved"


def test_an_edit_that_is_taken_back_revives_no_approval(world_in: WorldIn) -> None:
    """The text may read as before: it is another one than was approved."""
    world = world_in("approved")
    draft = world.desk("hr").view(CASE).draft
    assert draft is not None
    for value in ("Something else.", draft.context):
        world.do("set", "manager", field="context", value=value)
    assert stage(world) == "in_review"


def test_a_return_voids_the_approvals_of_its_round(world_in: WorldIn) -> None:
    """What was returned and comes back without an edit needs its approval anew."""
    world = world_in("in_review")
    world.do("set", "hr", field="legal_review", value="yes")
    world.do("approve", "hr")
    world.do("return", "legal", text="Say what follows.")
    world.do("submit", "manager")
    assert [line.detail for line in world.desk().agenda().lines if line.what == "approval"] == [
        "HR",
        "legal reviewer",
    ]
    world.do("approve", "legal")
    assert stage(world) == "in_review"
    world.do("approve", "hr")
    assert stage(world) == "approved"


def test_an_approval_that_was_taken_back_does_not_count(world_in: WorldIn) -> None:
    """Who approved can strike that until the plan is issued, and approve again."""
    world = world_in("approved", "team")
    world.do("strike", "hr", entry=world.line("approval").id, reason="Read the wrong draft.")
    assert stage(world) == "in_review"
    world.do("approve", "hr")
    assert stage(world) == "approved"


def test_nobody_approves_what_they_submitted_in_a_team(world_in: WorldIn) -> None:
    """In a team store a login is a person: it takes a second one to approve; a personal store keeps all papers."""
    for kind, refused in (("team", True), ("personal", False)):
        world = world_in("draft", kind)
        world.do("submit", "hr")
        if not refused:
            assert world.do("approve", "hr").seq
            continue
        with pytest.raises(Refused, match="second person"):
            world.do("approve", "hr")
        assert stage(world) == "in_review"


def test_a_submission_by_another_lets_them_approve(world_in: WorldIn) -> None:
    """It is the submission of this round that counts, not an earlier one."""
    world = world_in("draft", "team")
    world.do("submit", "hr")
    world.do("return", "second_manager", text="More evidence.")
    world.do("submit", "manager")
    assert world.do("approve", "hr").seq


def test_nobody_approves_a_plan_for_whom_they_manage_in_a_team(world_in: WorldIn) -> None:
    """Somebody of HR who manages the employee does not approve that plan, whoever submitted it."""
    world = world_in("in_review", "team")
    world.do("set", "hr", field="manager", value="2001")
    with pytest.raises(Refused, match="second person"):
        world.do("approve", "hr")
    world.do("set", "hr", field="manager", value="1016")
    assert world.do("approve", "hr").seq


def test_the_policy_may_do_without_a_second_person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether it takes a second person is the policy's word."""
    text = (data_dir() / "policies" / "generic.toml").read_text(encoding="utf-8")
    pack = tmp_path / "data" / "policies" / "generic.toml"
    pack.parent.mkdir(parents=True)
    pack.write_text(text.replace("second_person = true", "second_person = false"), encoding="utf-8")
    monkeypatch.setattr("piptui.desk.opening.data_dir", lambda: tmp_path / "data")
    world = found(tmp_path / "store", "team")
    world.desk("hr").new({"employee": "1014"})
    for act, data in (("put", {"plan": plan()}), ("submit", {}), ("approve", {})):
        world.do(act, "hr", **data)
    assert stage(world) == "approved"
    world.close()


REVIEWS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("submit", "draft", {}),
    ("return", "in_review", {"text": "More evidence."}),
    ("approve", "in_review", {}),
    ("issue", "approved", ISSUE),
)


@pytest.mark.parametrize(("edit", "what"), [("item", "the draft"), ("party", "the case")])
@pytest.mark.parametrize(("act", "state", "data"), REVIEWS)
def test_a_review_of_an_old_reading_is_a_conflict(
    world_in: WorldIn, act: str, state: str, data: dict[str, Any], edit: str, what: str
) -> None:
    """Nobody submits, returns, approves or issues a draft, or a header, that moved since they read it."""
    world = world_in(state)
    seen = world.desk("hr").view(CASE).revision
    changed, given = EDITS[edit]
    world.do(changed, "manager", **given)
    if state == "approved":
        world.do("approve", "hr")
    head = world.head()
    with pytest.raises(Conflict, match=f"changed {what} after you read it"):
        world.desk("hr").do(act, CASE, data, expect=seen)
    assert world.head() == head
    assert world.desk("hr").do(act, CASE, data, expect=world.desk("hr").view(CASE).revision).seq


@pytest.mark.parametrize(("act", "state", "data"), REVIEWS)
def test_a_note_meanwhile_is_no_conflict(world_in: WorldIn, act: str, state: str, data: dict[str, Any]) -> None:
    """What was read still stands when only a note came in."""
    world = world_in(state)
    seen = world.desk("hr").view(CASE).revision
    world.do("note", "manager", text="Spoke with Dana.")
    assert world.desk("hr").do(act, CASE, data, expect=seen).seq
