"""Who may mend what: the employee's words, the steps of a review, and everything else."""

import datetime as dt
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from piptui.cases.acts.mending import correct
from piptui.cases.words import Role
from piptui.desk.doing import prepare
from piptui.errors import BadInput, Denied, NotFound, Refused

from .conftest import WorldIn
from .outlets import said
from .samples import SAMPLES
from .world import CASE, ISSUE, World

MENDS: tuple[tuple[str, dict[str, Any]], ...] = (("correct", {"value": "In other words."}), ("strike", {}))


def allowed(world: World, role: Role, entry: str, act: str, more: dict[str, Any]) -> bool:
    """Whether a role may mend an entry; a refusal is one of whose words they are."""
    told = said(world.desk(role).do, act, CASE, {"entry": entry, "reason": "y", **more})
    refused = told.startswith('["Refused"')
    assert not refused or any(why in told for why in ("Only who recorded it", "own words", "said yourself")), told
    assert refused or '"seq"' in told, told
    return not refused


@pytest.mark.parametrize(("act", "more"), MENDS)
@pytest.mark.parametrize(
    ("writer", "menders"),
    [
        ("manager", {"manager", "hr"}),
        ("second_manager", {"second_manager", "hr"}),
        ("hr", {"hr"}),
        ("legal", {"legal", "hr"}),
        ("employee", {"employee"}),
    ],
)
@pytest.mark.parametrize("mender", ["manager", "second_manager", "hr", "legal", "employee"])
def test_a_note_is_mended_by_its_writer_or_hr(
    world_in: WorldIn, writer: Role, menders: set[Role], mender: Role, act: str, more: dict[str, Any]
) -> None:
    """What one person recorded is theirs or HR's to mend; what the employee recorded is the employee's alone."""
    world = world_in("active", "team")
    entry = world.do("note", writer, text="As I saw it.", cls="shared").item
    assert allowed(world, mender, entry, act, more) is (mender in menders)


@pytest.mark.parametrize(("act", "more"), MENDS)
@pytest.mark.parametrize("mender", ["manager", "second_manager", "hr"])
def test_a_check_in_is_mended_by_who_logged_it_or_hr(
    world_in: WorldIn, mender: Role, act: str, more: dict[str, Any]
) -> None:
    """Others answer a check-in with a note."""
    world = world_in("active", "team")  # w1 was logged by the manager
    more = {**more, "field": "helped"} if act == "correct" else more
    assert allowed(world, mender, "w1", act, more) is (mender != "second_manager")


@pytest.mark.parametrize(
    ("kind", "state", "by", "others"),
    [
        ("submission", "in_review", "manager", ("hr", "second_manager", "legal")),
        ("return", "returned", "hr", ("manager", "second_manager", "legal")),
        ("approval", "approved", "hr", ("manager", "second_manager", "legal")),
    ],
)
def test_a_step_of_a_review_is_mended_by_who_took_it(
    world_in: WorldIn, kind: str, state: str, by: Role, others: tuple[Role, ...]
) -> None:
    """What somebody said in a review is nobody else's to change, not even HR's."""
    world = world_in(state, "team")
    key = world.line(kind).id
    for role in others:
        with pytest.raises(Refused, match="Only who recorded it"):
            world.do("correct", role, entry=key, value="In other words.", reason="y")
    world.do("correct", by, entry=key, value="In other words.", reason="y")
    assert world.line(kind).text == "In other words."


def test_an_approval_is_struck_by_nobody_else(world_in: WorldIn) -> None:
    """Nobody voids somebody else's approval in silence: an edit or a return does it in the open."""
    world = world_in("approved", "team")
    for role in ("manager", "second_manager", "legal"):
        with pytest.raises(Refused, match="Only who recorded it"):
            world.do("strike", role, entry=world.line("approval").id, reason="y")


def test_findings_are_mended_by_who_passed_them(world_in: WorldIn) -> None:
    """Which warnings somebody passed, and why, HR does not reword; and nobody strikes it."""
    world = world_in("approved", "team")
    world.do("issue", "manager", **(ISSUE | {"copy_given_on": ""}), override="Sent tomorrow.")
    key = world.line("findings").id
    with pytest.raises(Refused, match="Only who recorded it"):
        world.do("correct", "hr", entry=key, value="x", reason="y")
    with pytest.raises(Refused, match="not struck"):
        world.do("strike", "manager", entry=key, reason="y")
    world.do("correct", "manager", entry=key, value="Sent on Monday.", reason="y")


OWN: tuple[dict[str, Any], ...] = (
    {"kind": "comment"},
    {"kind": "rebuttal"},
    {"kind": "self_assessment"},
)


@pytest.mark.parametrize(("act", "more"), MENDS)
@pytest.mark.parametrize(("mender", "may"), [("manager", True), ("employee", True), ("hr", False), ("legal", False)])
@pytest.mark.parametrize("own", OWN, ids=lambda own: str(own["kind"]))
def test_own_words_are_mended_by_the_employee_or_who_typed_them(
    world_in: WorldIn, own: dict[str, Any], mender: Role, may: bool, act: str, more: dict[str, Any]
) -> None:
    """Words of the employee that the manager typed in are the employee's and the manager's to mend, not HR's."""
    world = world_in("active", "team")
    entry = world.do("note", "manager", text="I object.", proof="paper", **own).item
    assert allowed(world, mender, entry, act, more) is may


@pytest.mark.parametrize(("mender", "may"), [("manager", True), ("employee", True), ("hr", False)])
def test_what_was_typed_on_behalf_of_the_employee_is_theirs(world_in: WorldIn, mender: Role, may: bool) -> None:
    """Any entry on the employee's behalf is the employee's words, whatever its kind."""
    world = world_in("active", "team")
    typing = world.desk("manager", on_behalf="Dana Cole", proof="email")
    entry = typing.do("note", CASE, {"text": "Please send a copy.", "kind": "request", "cls": "shared"}).item
    assert allowed(world, mender, entry, "correct", {"value": "Please send two."}) is may


@pytest.mark.parametrize("own", OWN, ids=lambda own: str(own["kind"]))
def test_own_words_need_proof_where_somebody_else_types_them(world_in: WorldIn, own: dict[str, Any]) -> None:
    """How they arrived is asked of whoever types them in, by the act or by the actor, and not of the employee."""
    world = world_in("active", "team")
    head = world.head()
    with pytest.raises(BadInput, match="proof is missing"):
        world.do("note", "manager", text="I object.", **own)
    assert world.head() == head
    world.do("note", "manager", text="I object.", proof="scan", **own)
    world.desk("manager", proof="email").do("note", CASE, {"text": "I object.", **own})
    told = [document for _, document, _ in world.store.list("entries")][-2:]
    assert [(one["proof"], one["on_behalf"]) for one in told] == [
        ("scan", world.desk("employee").me().person),
        ("email", world.desk("employee").me().person),
    ]
    world.do("note", "employee", text="I object.", **own)
    assert "proof" not in world.store.list("entries")[-1][1]


@pytest.mark.parametrize("named", ["Pat Doe", "1015", "1002", "olu", "nobody", "legal counsel"])
def test_nobody_outside_the_case_is_acted_for(world_in: WorldIn, named: str) -> None:
    """On whose behalf is one of the case's parties by name or part; any other word is answered alike."""
    world = world_in("active")
    for act, data in (("note", {"text": "x"}), ("deliver", {"support": "p1"}), ("log_check_in", {"helped": "x"})):
        with pytest.raises(BadInput) as told:
            world.desk("hr", on_behalf=named).do(act, CASE, data)
        known = "Dana Cole, Max Berg, Vera Stone, Hana Ito or Leo Grant"
        assert str(told.value) == f"{named!r} is no party of this case. On behalf of {known}."


@pytest.mark.parametrize("named", ["Dana Cole", "Max Berg", "hr"])
def test_the_employee_acts_for_nobody(world_in: WorldIn, named: str) -> None:
    """The employee speaks for themselves, in any act that they may do."""
    world = world_in("issued")
    for act in ("note", "acknowledge"):
        with pytest.raises(Denied, match="speaks for themselves"):
            world.desk("employee", on_behalf=named).do(act, CASE, SAMPLES[act](world, "issued", "employee"))


@pytest.mark.parametrize(
    ("act", "state"),
    [
        ("approve", "in_review"),
        ("issue", "approved"),
        ("log_check_in", "active"),
        ("withdraw", "active"),
        ("assess", "final_review"),
        ("decide", "final_review"),
    ],
)
def test_nobody_decides_on_the_employees_behalf(world_in: WorldIn, act: str, state: str) -> None:
    """What the employee never does is done by nobody for them."""
    world = world_in(state)
    head = world.head()
    with pytest.raises(Refused, match="the employee never does this"):
        world.desk("hr", on_behalf="employee").do(act, CASE, SAMPLES[act](world, state, "hr"))
    assert world.head() == head


@pytest.mark.parametrize(
    ("act", "data"),
    [
        ("note", {"text": "I admit everything."}),
        ("note", {"text": "I admit everything.", "kind": "evidence", "source": "chat"}),
        ("attach", {"name": "letter.pdf", "content": b"I admit everything."}),
    ],
)
def test_the_employee_reads_what_is_recorded_on_their_behalf(
    world_in: WorldIn, act: str, data: dict[str, Any]
) -> None:
    """It is shared unless somebody says otherwise, and nothing otherwise is taken."""
    world = world_in("active")
    typing = world.desk("manager", on_behalf="Dana Cole", proof="email")
    for cls in ("manager_hr", "manager_own"):
        with pytest.raises(Refused, match="behalf is shared"):
            typing.do(act, CASE, {**data, "cls": cls})
    item = typing.do(act, CASE, data).item
    sheet = world.desk("employee").view(CASE)
    assert item in (*(one.id for one in sheet.entries), *(one.id for one in sheet.files))


def test_whatever_is_told_on_the_employees_behalf_needs_proof(world_in: WorldIn) -> None:
    """Also a plain note: how it reached whoever types it in is said."""
    world = world_in("active")
    with pytest.raises(BadInput, match="proof is missing"):
        world.desk("manager", on_behalf="Dana Cole").do("note", CASE, {"text": "I admit everything."})


def test_an_acknowledgement_is_the_employees(world_in: WorldIn) -> None:
    """Nobody acknowledges for the manager, and the employee's own words are nobody else's."""
    world = world_in("issued")
    desk = world.desk("hr", on_behalf="Max Berg", proof="paper")
    with pytest.raises(Refused, match="for nobody else"):
        desk.do("acknowledge", CASE, {"text": "Received."})
    for own in OWN:
        with pytest.raises(Refused, match="for nobody else"):
            desk.do("note", CASE, {"text": "I object.", **own})
    assert world.desk("hr", on_behalf="Dana Cole").do("acknowledge", CASE, {"proof": "paper"}).seq


@pytest.mark.parametrize(
    ("role", "data", "warned"), [("hr", {}, True), ("hr", {"proof": "paper"}, False), ("employee", {}, False)]
)
def test_a_proof_is_asked_for_and_never_invented(
    world_in: WorldIn, role: Role, data: dict[str, Any], warned: bool
) -> None:
    """An acknowledgement without proof is recorded as one without, with a warning; with proof, or by the employee
    themselves, without."""
    world = world_in("issued")
    done = world.do("acknowledge", role, **data)
    found = [(one.check, one.severity, one.where) for one in done.findings]
    assert found == [("acknowledgement.proof", "warn", "proof")] * warned
    assert world.stored("acknowledgement").get("proof") == data.get("proof")


BOUNDS: tuple[tuple[str, str, str, str], ...] = (
    ("active", "w1", "2026-03-01", "2026-03-02"),
    ("active", "acknowledgement", "2026-03-01", "2026-03-02"),
    ("active", "delivery", "2026-03-01", "2026-03-02"),
    ("issued", "refusal", "2026-03-01", "2026-03-02"),
    ("final_review", "review_opened", "2026-03-01", "2026-03-02"),
    ("final_review", "assessment", "2026-05-16", ""),
    ("successful", "decision", "2026-05-16", ""),
    ("withdrawn", "withdrawal", "2026-03-01", "2026-03-02"),
)
"""State, what is corrected, a day before the first one possible, and the first one ("": the day it has)."""


@pytest.mark.parametrize(("state", "kind", "before", "first"), BOUNDS)
def test_a_corrected_day_keeps_the_bounds_of_its_kind(
    world_in: WorldIn, state: str, kind: str, before: str, first: str
) -> None:
    """A correction brings no day into the record that the act itself would have refused."""
    world = world_in(state)
    if kind in ("delivery", "refusal", "assessment"):
        act = {"delivery": "deliver", "refusal": "refuse", "assessment": "assess"}[kind]
        world.do(act, "manager", **SAMPLES[act](world, state, "manager"))
    key = kind if kind == "w1" else world.line(kind).id
    head = world.head()
    for day in (before, "2027-01-01"):
        with pytest.raises(Refused, match="The day must lie"):
            world.do("correct", "hr", entry=key, field="occurred_on", value=day, reason="y")
    assert world.head() == head
    if first:
        world.do("correct", "hr", entry=key, field="occurred_on", value=first, reason="y")


def test_the_review_stays_before_its_decision(world_in: WorldIn) -> None:
    """The day on which the review began is not corrected to one after the outcome was decided."""
    world = world_in("successful")
    world.clock.move(days=5)
    with pytest.raises(Refused, match=r"and the decision \(2026-05-17\)"):
        world.do(
            "correct", "hr", entry=world.line("review_opened").id, field="occurred_on", value="2026-05-18", reason="y"
        )


@pytest.mark.parametrize("value", ["2026-03-01", "2026-03-19", "2027-01-01"])
def test_the_day_of_the_copy_keeps_its_bounds(world_in: WorldIn, value: str) -> None:
    """The employee got the copy between the delivery and today, in a correction, too."""
    world = world_in("issued")  # 18 March
    key = world.line("launch").id
    with pytest.raises(Refused, match="The copy was given between"):
        world.do("correct", "hr", entry=key, field="copy_given_on", value=value, reason="y")
    world.do("correct", "hr", entry=key, field="copy_given_on", value="2026-03-04", reason="y")


@pytest.mark.parametrize("kind", ["note", "check-in"])
def test_late_follows_from_the_day_of_first_recording(world_in: WorldIn, kind: str) -> None:
    """A corrected day makes an entry late, or not, by when it was first recorded, however long ago that is."""
    world = world_in("active")  # 18 March
    if kind == "note":
        key = world.do("note", "manager", text="A call.").item
    else:
        key = world.do("log_check_in", "manager", helped="x").item
    world.clock.move(days=20)

    def late_after(day: str) -> bool:
        world.do("correct", "manager", entry=key, field="occurred_on", value=day, reason="y")
        table = "entries" if kind == "note" else "checkins"
        return bool(world.store.get(table, key)[0]["late"])

    assert [late_after(day) for day in ("2026-03-15", "2026-03-16", "2026-03-10", "2026-03-17")] == [
        True,
        False,
        True,
        False,
    ]


def test_what_came_after_the_review_opened_stays_late(world_in: WorldIn) -> None:
    """No corrected day makes a check-in timely that was recorded once the review was open."""
    world = world_in("final_review")
    world.do("log_check_in", "manager", slot="w9", occurred_on="2026-04-28", helped="x")
    world.do("correct", "manager", entry="w9", field="occurred_on", value="2026-05-17", reason="y")
    record = next(line.record for line in world.desk().view(CASE).check_ins if line.record.slot == "w9")
    assert (record.occurred_on, record.late) == (dt.date(2026, 5, 17), True)


CORRECTIONS: tuple[tuple[str, str, str, str, str], ...] = (
    ("active", "w1", "attendees", "Max Berg; Dana Cole", ""),
    ("active", "w1", "actions.1.who", "Max", "Dana"),
    ("active", "w1", "actions.1.text", "list of visits", "list of calls"),
    ("active", "w1", "actions.1", "list of visits", "list of calls"),
    ("active", "w1", "actions.1.due", "2026-03-12", "2026-03-10"),
    ("active", "w2", "cause", "the manager missed it", "public_holiday"),
    ("issued", "launch", "attendees", "Max Berg", "Max Berg; Dana Cole"),
    ("issued", "launch", "consequences_explained", "no", "yes"),
    ("active", "delivery", "complete", "no", "yes"),
    ("active", "acknowledgement", "proof", "email", "paper"),
    ("active", "evidence", "source", "QA score", "crm"),
    ("active", "evidence", "value", "32", "31"),
    ("final_review", "assessment", "verdict", "not met", "met"),
    ("successful", "assessment", "value", "53", "51"),
)
"""State, what is corrected, its field, the new value as typed and what it said before."""


@pytest.mark.parametrize(("state", "kind", "field", "typed", "was"), CORRECTIONS)
def test_whatever_was_typed_can_be_corrected(
    world_in: WorldIn, state: str, kind: str, field: str, typed: str, was: str
) -> None:
    """Lists, choices, yes and no, numbers and the parts of an action are put right as they were typed; the old value
    stays behind the new one."""
    world = world_in(state)
    if kind == "w2":
        world.do("miss_check_in", "manager", slot="w2", cause="public_holiday")
    elif kind == "evidence":
        world.do("note", "manager", kind="evidence", text="A report.", source="crm", value="31")
    elif kind == "delivery" or (kind, state) == ("assessment", "final_review"):
        act = {"delivery": "deliver", "assessment": "assess"}[kind]
        world.do(act, "manager", **SAMPLES[act](world, state, "manager"))
    key = kind if kind in ("w1", "w2") else world.line(kind).id
    done = world.do("correct", "hr", entry=key, field=field, value=typed, reason="A slip.")
    table = "checkins" if kind in ("w1", "w2") else "entries"
    behind = world.store.get(table, done.item)[0]["corrections"]
    assert [(one["field"], one["was"], one["reason"]) for one in behind] == [(field, was, "A slip.")]
    with pytest.raises(BadInput, match="says that already"):
        world.do("correct", "hr", entry=key, field=field, value=typed, reason="y")


@pytest.mark.parametrize("field", ["actions.7", "actions.1.colour", "actions.", "actions.x.who"])
def test_an_action_that_is_not_there_is_not_corrected(world_in: WorldIn, field: str) -> None:
    """Actions are named by number and part; the answer lists those that there are."""
    with pytest.raises(BadInput, match=r"Actions of this check-in: actions\.1; parts: who, text, due"):
        world_in("active").do("correct", "manager", entry="w1", field=field, value="x", reason="y")


def test_a_verdict_is_fixed_by_the_decision(world_in: WorldIn) -> None:
    """Once the outcome rests on it, a verdict is no slip of the pen any more."""
    world = world_in("successful")
    with pytest.raises(BadInput, match="'verdict' cannot be corrected"):
        world.do("correct", "hr", entry=world.line("assessment").id, field="verdict", value="not met", reason="y")


@pytest.mark.parametrize(
    ("state", "kind", "part", "field"),
    [("successful", "decision", "outcome", "text"), ("withdrawn", "withdrawal", "withdrawn", "occurred_on")],
)
def test_the_header_follows_only_the_entry_that_it_names(
    world_in: WorldIn, state: str, kind: str, part: str, field: str
) -> None:
    """An outcome, or an end, that rests on another entry is not changed by the correction of this one."""
    world = world_in(state)
    given = {"entry": world.line(kind).id, "field": field, "reason": "y"}
    given["value"] = "In other words." if field == "text" else "2026-03-10"
    ready = prepare(world.desk("hr").session, "correct", CASE, given)
    assert {one.table for one in correct(ready.visible, ready.data, ready.context).changes} == {"entries", "cases"}
    header = ready.visible.header
    other = msgspec.structs.replace(getattr(header, part), entry="0" * 16)
    case = msgspec.structs.replace(header, **{part: other})
    moved = replace(ready.visible, case=replace(ready.visible.case, record=case))
    assert {one.table for one in correct(moved, ready.data, ready.context).changes} == {"entries"}


def test_an_entry_that_the_employee_may_not_read_is_not_found(world_in: WorldIn) -> None:
    """Before it says whose words they are, the answer says whether there is such an entry for this reader."""
    world = world_in("successful")
    for kind in ("assessment", "approval", "submission"):
        with pytest.raises(NotFound):
            world.do("strike", "employee", entry=world.line(kind).id, reason="y")
