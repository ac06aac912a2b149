"""A plan file put in again, dates of digits by the workplace, and messages that name the whole field."""

from typing import Any

import pytest

from piptui.errors import BadInput, Refused

from .conftest import WorldIn
from .plans import plan
from .world import CASE, World, decision


def text_of(world: World) -> Any:
    """The draft's text."""
    return world.desk("hr").view(CASE).draft


def test_a_plan_that_is_put_twice_doubles_nothing(world_in: WorldIn) -> None:
    """Items without ids that say just what the draft says already are those items."""
    world = world_in("draft")
    before = text_of(world)
    for _ in range(2):
        world.do("put", "manager", plan=plan())
    assert text_of(world) == before


def test_only_what_is_new_in_a_plan_is_added(world_in: WorldIn) -> None:
    """An item that differs in one field is another one; those beside it are left alone."""
    world = world_in("draft")
    changed = plan()
    changed["support"].append({"statement": "A quiet desk", "provider": "Max Berg"})
    changed["goals"][1]["proof"] = "two samples"
    world.do("put", "manager", plan=changed)
    text = text_of(world)
    assert (text.goals.order, text.support.order, text.gaps.order) == (
        ("g1", "g2", "g3"),
        ("p1", "p2"),
        ("a1", "a2", "a3"),
    )
    assert text.goals.items["g2"].proof == "sample"


def test_an_item_that_is_written_otherwise_is_the_same(world_in: WorldIn) -> None:
    """Numbers, choices and dues are compared by what they mean, not by how they are written."""
    world = world_in("draft")
    again = plan(evidence=None)
    again["goals"][0] |= {"baseline": 20, "target": "50.0", "due": "W8", "kind": "Numeric"}
    world.do("put", "manager", plan=again)
    assert text_of(world).goals.order == ("g1", "g2")


def test_a_single_item_that_is_put_twice_is_two(world_in: WorldIn) -> None:
    """Who adds an item by itself means a new one."""
    world = world_in("draft")
    item = {"name": "Room", "location": "4.12"}
    keys = [world.do("put", "manager", collection="links", item=item).item for _ in range(2)]
    assert keys == ["l2", "l3"]


def test_a_removed_item_comes_back_with_a_new_id(world_in: WorldIn) -> None:
    """A file put in after an item was removed brings it back, under an id of its own."""
    world = world_in("draft")
    world.do("remove", "manager", collection="goals", id="g2")
    world.do("put", "manager", plan=plan())
    assert text_of(world).goals.order == ("g1", "g3")


@pytest.mark.parametrize(
    ("zone", "month_first"),
    [
        ("America/New_York", True),
        ("America/Argentina/Buenos_Aires", True),
        ("US/Eastern", True),
        ("Etc/UTC", True),
        ("UTC", True),
        ("Europe/Berlin", False),
        ("Asia/Tokyo", False),
        ("Australia/Sydney", False),
        ("Africa/Nairobi", False),
    ],
)
def test_a_date_of_digits_is_read_as_at_the_workplace(world_in: WorldIn, zone: str, month_first: bool) -> None:
    """10/11 is in October in the Americas and where no place is named, else in November; in acts of every kind."""
    world = world_in("draft")
    world.clock.move(days=300)
    world.do("set", "hr", field="zone", value=zone)
    wanted = "2026-10-11" if month_first else "2026-11-10"
    world.do("note", "manager", text="A talk.", occurred_on="10/11/2026")
    assert world.stored("note")["occurred_on"] == wanted
    world.do("put", "manager", collection="evidence", id="e1", item={"on": "10/11/2026"})
    world.do("set", "manager", field="start", value="10/11/2027")
    key = world.line("note").id
    text = text_of(world)
    assert (str(text.evidence.items["e1"].on), str(text.start)) == (wanted, wanted.replace("2026", "2027"))
    world.do("correct", "manager", entry=key, field="occurred_on", value="9/8/2026", reason="y")
    assert world.stored("note")["occurred_on"] == ("2026-09-08" if month_first else "2026-08-09")


@pytest.mark.parametrize(
    ("state", "act", "data", "message"),
    [
        ("active", "log_check_in", {"values": {"g1": "many"}}, r"^values\.g1\.value: 'many' is no number"),
        ("active", "log_check_in", {"values": {"g1": {"value": "many"}}}, r"^values\.g1\.value: 'many' is no number"),
        (
            "active",
            "log_check_in",
            {"values": {"g1": {"note": ["x"]}}},
            r"^values\.g1\.note wants one text, not a list",
        ),
        ("active", "log_check_in", {"values": {"g1": {"valeu": 1}}}, r"no field called 'values\.g1\.valeu'"),
        ("active", "log_check_in", {"helped": ["x", "y"]}, r"^helped wants one text, not a list or table"),
        ("active", "log_check_in", {"actions": [{"text": "x", "due": "soonish"}]}, r"^actions\.due: .*soonish"),
        ("active", "note", {"text": {"a": "b"}}, r"^text wants one text, not a list or table"),
        ("active", "note", {"text": True}, r"^text wants one text, not yes or no"),
        ("active", "note", {"text": "x", "occurred_on": ["2026-03-01"]}, r"^occurred_on: "),
        (
            "final_review",
            "decide",
            decision("partial", "reassignment") | {"verdicts": {"g1": {"shown_by": "CRM"}}},
            r"^verdicts\.g1\.verdict is missing: say met, partly met",
        ),
        (
            "final_review",
            "decide",
            decision("partial", "reassignment") | {"verdicts": {"g1": {"verdict": "perhaps"}}},
            r"^verdicts\.g1\.verdict: 'perhaps' is none of met",
        ),
    ],
)
def test_a_message_names_the_whole_field(
    world_in: WorldIn, state: str, act: str, data: dict[str, Any], message: str
) -> None:
    """What cannot be read is named from the input down, to be found in a form or a file; nothing is written."""
    world = world_in(state)
    head = world.head()
    with pytest.raises(BadInput, match=message):
        world.do(act, "manager", **data)
    assert world.head() == head


def test_the_reasons_of_a_blocked_act_end_with_their_place(world_in: WorldIn) -> None:
    """Each reason says where it is mended, in words that `set` and `put` take."""
    world = world_in("draft")
    world.do("set", "manager", field="context", value="")
    world.do("put", "manager", collection="goals", id="g1", item={"proof": ""})
    with pytest.raises(Refused, match="2 things to mend first") as told:
        world.do("submit", "manager")
    assert [reason.rpartition(" ")[2] for reason in told.value.reasons] == ["(context)", "(goals.g1.proof)"]
    assert all(reason.partition(" (")[0].endswith((".", "?")) for reason in told.value.reasons)
