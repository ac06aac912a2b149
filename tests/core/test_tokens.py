"""A token marks one request: the identical one is one save, anything else is another."""

from typing import Any

import pytest

from piptui.desk import Actor, open_desk
from piptui.errors import Refused

from .conftest import WorldIn
from .meddling import meddled
from .world import CASE, World

TOKEN = "Mara-private-token"
NOTE: dict[str, Any] = {"text": "Once."}


def texts(world: World, case: str = CASE) -> list[str]:
    """What the notes of a case say."""
    return [line.text for line in world.desk("hr").view(case).entries if line.kind == "note"]


def test_a_token_is_one_save_only_for_the_same_input(world_in: WorldIn) -> None:
    """A token that is used again for other words does not swallow them."""
    world = world_in("draft")
    desk = world.desk("hr")
    first = desk.do("note", CASE, NOTE, token=TOKEN)
    second = desk.do("note", CASE, {"text": "Other words."}, token=TOKEN)
    assert second.seq > first.seq
    assert desk.do("note", CASE, NOTE, token=TOKEN).seq == first.seq
    assert [texts(world).count(text) for text in ("Once.", "Other words.")] == [1, 1]


def test_a_token_is_one_save_only_for_the_same_act(world_in: WorldIn) -> None:
    """Another act with the same token and the same input is done."""
    world = world_in("final_review")
    world.desk("hr").do("note", CASE, {"text": "Resigned."}, token=TOKEN)
    data = {"cause": "resignation", "text": "Resigned."}
    done = world.desk("hr").do("withdraw", CASE, data, token=TOKEN)
    assert done.sentence == "Hana Ito withdrew the plan: resignation."
    world = world_in("in_review")
    assert world.desk("hr").do("approve", CASE, {}, token=TOKEN).seq == world.head()
    with pytest.raises(Refused, match="to mend first"):
        world.desk("hr").do("issue", CASE, {}, token=TOKEN)


def test_a_token_is_one_save_only_for_the_same_case(world_in: WorldIn) -> None:
    """The same words with the same token for another case are another save."""
    world = world_in("draft")
    other = world.desk("hr").new({"employee": "1015"}).case
    for case in (CASE, other):
        world.desk("hr").do("note", case, NOTE, token=TOKEN)
    assert (texts(world).count("Once."), texts(world, other)) == (1, ["Once."])


def test_a_token_is_one_save_only_for_the_same_login(world_in: WorldIn) -> None:
    """Somebody else who happens to use the same token saves what they typed."""
    world = world_in("active", "team")
    for role in ("manager", "hr"):
        world.desk(role).do("note", CASE, NOTE, token=TOKEN)
    assert texts(world).count("Once.") == 2


def test_a_case_is_opened_once_for_one_token_and_employee(world_in: WorldIn) -> None:
    """A token used for one employee opens the case of another all the same."""
    world = world_in("founded")
    cases = [world.desk("hr").new({"employee": who}, token=TOKEN).case for who in ("1014", "1015", "1014")]
    assert cases == ["0001", "0002", "0001"]


def test_a_token_lies_in_the_record_as_a_digest(world_in: WorldIn) -> None:
    """Nothing that somebody put into a token stands in the record for others to read or to use again."""
    world = world_in("draft")
    world.desk("hr").do("note", CASE, NOTE, token=TOKEN)
    journal = b"".join(path.read_bytes() for path in sorted(world.folder.rglob("*")) if path.is_file())
    assert TOKEN.encode() not in journal
    assert world.store.done(TOKEN) is None


@pytest.mark.parametrize(
    ("state", "act", "data"),
    [
        ("active", "log_check_in", {"helped": "Once."}),
        ("active", "deliver", {"support": "p1"}),
        ("active", "note", {"text": "Once."}),
        ("issued", "acknowledge", {"text": "Once."}),
        ("draft", "put", {"collection": "goals", "item": {"statement": "Third"}}),
        ("draft", "submit", {}),
        ("approved", "discard", {"text": "Once."}),
    ],
)
def test_the_identical_request_sent_twice_at_once_is_one_save(
    world_in: WorldIn, state: str, act: str, data: dict[str, Any]
) -> None:
    """Where the first send commits while the second is on its way, the second is told that it was saved already."""
    world = world_in(state)
    first: list[int] = []
    desk = meddled(world, "hr", lambda: first.append(world.desk("hr").do(act, CASE, data, token=TOKEN).seq))
    done = desk.do(act, CASE, data, token=TOKEN)
    assert ([done.seq], done.seq) == (first, world.head())
    assert (done.sentence, done.item) == ("This was saved already; it was not saved twice.", "")


def test_a_case_opened_twice_at_once_is_one_case(world_in: WorldIn) -> None:
    """The second send of one opening names the case that the first one opened."""
    world = world_in("founded")
    data = {"employee": "1014"}
    desk = meddled(world, "hr", lambda: world.desk("hr").new(data, token=TOKEN))
    assert desk.new(data, token=TOKEN).case == CASE
    assert world.desk("hr").list().total == 1


def test_a_token_is_the_same_from_another_process(world_in: WorldIn) -> None:
    """What a token stands for does not depend on the process, or on the order of the fields."""
    world = world_in("active")
    one = {"helped": "x", "slot": "w2", "occurred_on": "2026-03-10"}
    first = world.desk("hr").do("log_check_in", CASE, one, token=TOKEN)
    desk = open_desk(world.folder, Actor("hana", role="hr"), clock=world.clock, zone="UTC")
    again = desk.do("log_check_in", CASE, dict(reversed(one.items())), token=TOKEN)
    desk.close()
    assert again.seq == first.seq
