"""The desk is plain data in and out: behind an encode/decode loopback it answers exactly as it does directly."""

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest

from piptui.cases.words import ROLES, Role
from piptui.desk.api import Anchor, CaseSheet, Desk, Target
from piptui.errors import BadInput, Conflict, Denied, NotFound, PiptuiError, Refused

from .conftest import WorldIn
from .loopback import METHODS, LoopbackDesk
from .plans import plan
from .world import CASE, ISSUE, PATHS, STATES, Step, World, decision

PATH: tuple[Step, ...] = (
    *PATHS["draft"][1],
    Step("put", "manager", {"collection": "goals", "id": "g1", "item": {"target": Decimal("51")}, "at": 2}),
    Step("set", "hr", {"values": {"start": dt.date(2026, 3, 2), "context": "Third quarter."}}),
    Step("remove", "manager", {"collection": "links", "id": "l1"}),
    *PATHS["in_review"][1],
    *PATHS["returned"][1],
    *PATHS["in_review"][1],
    *PATHS["approved"][1],
    *PATHS["issued"][1],
    *PATHS["active"][1],
    Step("correct", "manager", {"entry": "w1", "field": "values.g1", "value": "26", "reason": "Counted again."}),
    Step("deliver", "manager", {"support": "p1", "occurred_on": dt.date(2026, 3, 17)}),
    Step("miss_check_in", "manager", {"slot": "w2", "cause": "public_holiday"}),
    *PATHS["final_review"][1],
    Step("assess", "manager", {"goal": "g2", "verdict": "partly", "shown_by": "sample"}),
    Step("decide", "hr", decision("partial", "role_adjustment")),
)
"""From the first draft to the outcome."""


def over_the_wire(world: World, role: Role | None) -> Desk:
    """A desk for a role behind the loopback."""
    return cast("Desk", LoopbackDesk(world.desk(role)))


def answers(desk: Desk) -> dict[str, Any]:
    """Everything that can be read, for one actor; an error counts as its kind and words."""

    def told(call: Any, *args: Any) -> Any:
        try:
            return call(*args)
        except PiptuiError as error:
            return type(error), error.args

    return {
        "me": told(desk.me),
        "list": told(desk.list, "dana"),
        "view": told(desk.view, CASE),
        "find": told(desk.find, "training"),
        "prepare": told(desk.prepare, 100),
        "complete": told(desk.complete, "employee:d"),
        "acts": told(desk.acts, CASE),
        "all acts": told(desk.acts),
        "inputs": told(desk.new_inputs),
        "history": told(desk.history, CASE),
        "version": told(desk.version, CASE, 1),
        "lookup": told(desk.lookup, "sales"),
        "person": told(desk.person, "1014"),
        "person acts": told(desk.person_acts, "1014"),
        "person preview": told(desk.preview_person, "left", "1014", {"left_on": "today"}),
        "person history": told(desk.person_history, "1014"),
        "agenda": told(desk.agenda, "max"),
        "packet": told(desk.packet, CASE, "employee"),
        "sign-off": told(desk.packet, CASE, "sign_off"),
        "preview": told(desk.preview, "note", CASE, {"text": "x"}),
        "removal": told(desk.removal, Target(case=CASE, entry="w1")),
        "redactions": told(desk.redactions),
        "retention": told(desk.retention),
        "verify": told(desk.verify, (Anchor(seq=1, hash="00" * 32),)),
        "anchor": told(desk.anchor),
        "warning": told(desk.warning),
        "accept": told(desk.accept),
        "watch": told(desk.watch, 1),
        "presence": told(desk.presence, CASE),
        "editing": told(desk.editing, CASE, "put"),
    }


@pytest.mark.parametrize("state", STATES)
def test_every_reading_is_the_same_on_both_sides(world_in: WorldIn, state: str) -> None:
    """In every state and role each answer comes back over the wire as it is, of the type that the protocol says."""
    world = world_in(state)
    for role in (*ROLES, None):
        direct, wired = answers(world.desk(role)), answers(over_the_wire(world, role))
        for name, answer in direct.items():
            assert wired[name] == answer, (role, name)
            assert type(wired[name]) is type(answer)


def walked(world: World, *, wired: bool) -> list[Any]:
    """The whole way of a case; what each act answered."""
    desks = {role: over_the_wire(world, role) if wired else world.desk(role) for role in ROLES}
    done: list[Any] = [desks["hr"].new({"employee": "1014", "legal_reviewer": "2002"}, token="new")]
    for number, step in enumerate(PATH):
        world.clock.move(days=step.days, minutes=1)
        desk = desks[step.role]
        done.append(desk.preview(step.act, CASE, step.data))
        done.append(desk.do(step.act, CASE, step.data, token=f"t{number}"))
    return done


def test_a_whole_case_goes_the_same_way_on_both_sides(world_in: WorldIn) -> None:
    """From opening to outcome every act answers alike, and both records read alike in the end."""
    direct, wired = world_in("founded"), world_in("founded")
    wired.new_id = direct.new_id = _ids()
    first = walked(direct, wired=False)
    wired.new_id = _ids()
    second = walked(wired, wired=True)
    assert [one for one in first if hasattr(one, "sentence")] == [one for one in second if hasattr(one, "sentence")]
    assert first == second
    for role in ROLES:
        assert unsalted(direct.desk(role).view(CASE)) == unsalted(wired.desk(role).view(CASE))
        assert [line.sentence for line in direct.desk(role).history(CASE)] == [
            line.sentence for line in wired.desk(role).history(CASE)
        ]


def unsalted(page: CaseSheet) -> str:
    """A sheet without the hashes of commits, which are salted and so differ from one record to the next."""
    text = msgspec.json.encode(page).decode()
    text, named = re.subn(r'"digest":"[0-9a-f]{64}"|(?<=commit )(\d+), [0-9a-f]{16}', r"\1", text)
    assert named
    return text


def _ids() -> Any:
    from .world import fresh_ids

    return fresh_ids("both sides")


FAILURES: tuple[tuple[str, Role, dict[str, Any], type[PiptuiError]], ...] = (
    ("put", "legal", {"collection": "goals", "item": {}}, Denied),
    ("issue", "manager", ISSUE, Refused),
    ("submit", "manager", {}, Refused),
    ("put", "manager", {"collection": "goals", "item": {"target": "many"}}, BadInput),
    ("strike", "hr", {"entry": "ffffffff", "reason": "x"}, NotFound),
    ("frobnicate", "hr", {}, NotFound),
)


@pytest.mark.parametrize(("act", "role", "data", "kind"), FAILURES)
def test_errors_are_the_same_on_both_sides(
    world_in: WorldIn, act: str, role: Role, data: dict[str, Any], kind: type[PiptuiError]
) -> None:
    """An error comes back as its own kind, with its words and its reasons."""
    world = world_in("draft")
    world.do("set", "manager", field="context", value="")
    told = []
    for desk in (world.desk(role), over_the_wire(world, role)):
        with pytest.raises(kind) as error:
            desk.do(act, CASE, data)
        told.append((str(error.value), getattr(error.value, "reasons", ())))
    assert told[0] == told[1]
    assert (act != "submit") or told[0][1]


def test_a_conflict_is_the_same_on_both_sides(world_in: WorldIn) -> None:
    """Theirs, yours and before cross the wire as plain data."""
    world = world_in("draft")
    seen = world.desk().view(CASE).revision
    world.do("put", "hr", collection="goals", id="g1", item={"target": "60"})
    data = {"collection": "goals", "id": "g1", "item": {"target": "40"}}
    told = []
    for desk in (world.desk("manager"), over_the_wire(world, "manager")):
        with pytest.raises(Conflict) as error:
            desk.do("put", CASE, data, expect=seen)
        told.append((str(error.value), error.value.theirs, error.value.yours, error.value.before))
    assert told[0] == told[1]
    assert told[0][2] == data


def test_people_come_in_over_the_wire(world_in: WorldIn, tmp_path: Path) -> None:
    """An import and its dry run report alike on both sides."""
    csv = tmp_path / "more.csv"
    csv.write_text("Employee Number,Name,Colour\n3001,Nia Okoye,blue\n,,\n", encoding="utf-8")
    world = world_in("founded")
    direct = world.desk("hr").import_people(str(csv), dry_run=True)
    wired = over_the_wire(world, "hr")
    assert wired.import_people(str(csv), dry_run=True) == direct
    assert wired.import_people(str(csv), mapping={"number": "Employee Number", "name": "Name"}).added == 1


def test_a_backup_is_asked_for_over_the_wire(world_in: WorldIn, tmp_path: Path) -> None:
    """The answer names the file and the head that it holds."""
    world = world_in("active")
    made = over_the_wire(world, "hr").backup(str(tmp_path / "b"))
    assert made.head_seq == world.desk("hr").verify().head_seq
    assert Path(made.file).stat().st_size == made.size


def test_an_export_is_asked_for_over_the_wire(world_in: WorldIn, tmp_path: Path) -> None:
    """The answer says what was written."""
    world = world_in("active")
    made = over_the_wire(world, "hr").export(str(tmp_path / "e"))
    assert (made.cases, made.head_seq) == (1, world.desk("hr").verify().head_seq)


def test_every_method_goes_over_the_wire(world_in: WorldIn) -> None:
    """The loopback has each method of the protocol, and the plain desk has no answer that JSON cannot carry."""
    world = world_in("active")
    desk = LoopbackDesk(world.desk("hr"))
    answers(cast("Desk", desk))
    cast("Desk", desk).close()
    used = {*desk.wire.calls, "do", "do_person", "new", "import_people", "backup", "export", "attach", "fetch"} | {
        "redact"
    }
    assert used == set(METHODS), "a method of the protocol is not tried behind the loopback"


def test_the_sample_plan_is_plain_data() -> None:
    """What the tests put in is what a script would: JSON carries all of it."""
    assert msgspec.json.decode(msgspec.json.encode(plan())) == plan()
