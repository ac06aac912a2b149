"""The sheet to sign, from a real record: what it names, when there is one, and for whom."""

import re
from pathlib import Path

import pytest

from piptui.anchor import read_anchors
from piptui.cases.words import ROLES, Role
from piptui.desk.api import Target
from piptui.errors import NotFound, Refused
from tests.store.samples import lines

from .conftest import WorldIn
from .world import CASE, KINDS, SECRET, Kind, World


def sheet(world: World, role: Role | None = "hr") -> str:
    """The sheet as a role prints it."""
    return world.desk(role).packet(CASE, "sign_off").text


def named(text: str) -> tuple[int, str, str]:
    """Commit, document and digest that a sheet names."""
    found = re.search(r"in commit (\d+) as (\S+) \|\n\| Digest \(SHA-256\) \| ([0-9a-f ]+) \|", text)
    assert found
    return int(found[1]), found[2], found[3].replace(" ", "")


def in_journal(folder: Path, seq: int, document: str) -> str:
    """The hash of a document's payload in the chained header of a commit, as it lies on the disk."""
    header = next(line[0] for line in lines(folder) if line[0]["seq"] == seq)
    return next(str(one["sha"]) for one in header["ch"] if f"{one['t']}/{one['id']}" == document)


@pytest.mark.parametrize("state", ["issued", "active", "partial"])
def test_the_digest_is_that_of_the_line_in_the_journal(world_in: WorldIn, state: str) -> None:
    """Of exactly the plan in force, and of the decision once there is one."""
    world = world_in(state)
    seq, document, digest = named(sheet(world))
    assert document.startswith("entries/" if state == "partial" else "plans/")
    assert digest == in_journal(world.folder, seq, document)


def test_what_is_acknowledged_is_what_the_sheet_named(world_in: WorldIn) -> None:
    """The act that records the signed paper stores the same digest."""
    world = world_in("issued")
    seq, document, digest = named(sheet(world))
    world.do("acknowledge", "manager", text="Received.", proof="paper")
    ref = world.stored("acknowledgement")["ref"]
    assert (ref["seq"], f"plans/{ref['id']}", ref["digest"]) == (seq, document, digest)


def test_the_head_on_it_can_be_verified(world_in: WorldIn) -> None:
    """As that of any packet; a record that is another one is told."""
    world = world_in("issued")
    anchors = read_anchors(sheet(world))
    world.do("note", "hr", text="Later.")
    assert world.desk("hr").verify(anchors).ok
    (one,) = anchors
    forged = [type(one)(seq=one.seq, hash="00" * 8)]
    assert not world.desk("hr").verify(forged).ok


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("state", ["issued", "unsuccessful"])
def test_every_role_prints_the_same_sheet(world_in: WorldIn, kind: Kind, state: str) -> None:
    """But for who printed it: it holds what both sides may read, and nothing of manager and HR."""
    world = world_in(state, kind)
    found = {re.sub(r"by [^.]+\. Record", "by somebody. Record", sheet(world, role)) for role in ROLES}
    assert len(found) == 1
    assert SECRET not in found.pop()


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("draft", "the stage is draft. Next the draft is submitted"),
        ("in_review", "the stage is in review. Next the plan is approved"),
        ("approved", "the stage is approved. Next the plan is issued"),
        ("withdrawn", "it was withdrawn on 2026-03-18, without an outcome"),
        ("discarded", "it was discarded on 2026-03-02, without an outcome"),
    ],
)
def test_without_a_plan_in_force_there_is_nothing_to_sign(world_in: WorldIn, state: str, said: str) -> None:
    """The refusal says what is missing, and what comes next."""
    with pytest.raises(Refused) as refused:
        sheet(world_in(state))
    assert f"There is nothing to sign in case {CASE}:" in str(refused.value)
    assert said in str(refused.value)


def test_a_plan_that_was_removed_is_not_signed(world_in: WorldIn) -> None:
    """What is left of it says nothing that anybody could have received."""
    world = world_in("successful")
    world.desk("hr").redact(Target(case=CASE), "Kept long enough.")
    with pytest.raises(Refused, match="removed from the record"):
        sheet(world)


def test_before_the_issue_the_employee_learns_nothing(world_in: WorldIn) -> None:
    """The case answers as one that does not exist."""
    world = world_in("approved", "team")
    with pytest.raises(NotFound):
        sheet(world, "employee")
