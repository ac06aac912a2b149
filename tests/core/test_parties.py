"""Parts in a case are dated intervals: who held one keeps it in the record, who has it now acts."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from piptui.cases.records import Party
from piptui.errors import NotFound

from .conftest import WorldIn
from .world import CASE, ISSUE, OUTSIDER, World

MANAGER: dict[str, Any] = {"field": "manager", "value": "1016"}


def managers(world: World) -> list[tuple[str, str, str]]:
    """Name, first and last day of everybody who was manager in the case."""
    parties = world.desk("hr").view(CASE).header.parties
    return [(one.name, str(one.since), str(one.until or "")) for one in parties if one.role == "manager"]


@pytest.mark.parametrize("value", ["1016", ""])
def test_who_hands_a_part_over_keeps_the_days_in_which_they_had_it(world_in: WorldIn, value: str) -> None:
    """The old interval ends yesterday, and a new one, if anybody is named, begins today."""
    world = world_in("draft")
    world.clock.move(days=7)
    world.do("set", "hr", field="manager", value=value)
    new = [("Olu Ray", "2026-03-09", "")] if value else []
    assert managers(world) == [("Max Berg", "2026-03-02", "2026-03-08"), *new]
    world.clock.move(days=1)
    world.do("set", "hr", field="manager", value="1001")
    ended = [("Olu Ray", "2026-03-09", "2026-03-09")] if value else []
    assert managers(world) == [
        ("Max Berg", "2026-03-02", "2026-03-08"),
        *ended,
        ("Vera Stone", "2026-03-10", ""),
    ]


def test_a_part_of_less_than_a_day_leaves_no_interval(world_in: WorldIn) -> None:
    """Who was named by mistake and replaced on the same day never held the part on any day."""
    world = world_in("draft")
    for value in ("1016", "1001", "1016"):
        world.do("set", "hr", field="manager", value=value)
    assert managers(world) == [("Olu Ray", "2026-03-02", "")]


def test_the_one_who_has_the_part_now_is_shown_and_printed(world_in: WorldIn) -> None:
    """Lists, what is due and the issued plan name the present manager, nobody who was it before."""
    world = world_in("draft")
    world.clock.move(days=7)
    world.do("set", "hr", **MANAGER)
    assert world.desk("hr").list().lines[0].manager == "Olu Ray"
    for act, role in (("submit", "manager"), ("approve", "hr")):
        world.do(act, role)  # type: ignore[arg-type]  # mypy joins the roles to str
    assert [line.who for line in world.desk("hr").agenda("all").lines] == ["Olu Ray"]
    world.do("issue", "manager", **ISSUE)
    plan = world.desk("hr").view(CASE).plan
    assert plan is not None
    assert plan.header.manager == "Olu Ray"


def test_what_is_due_is_no_longer_due_from_who_left(world_in: WorldIn) -> None:
    """With nobody in the part, what is due names nobody, and is not found under the former manager."""
    world = world_in("approved")
    world.clock.move(days=7)
    world.do("set", "hr", field="manager", value="")
    world.do("approve", "hr")
    assert [(line.what, line.who) for line in world.desk("hr").agenda("all").lines] == [("issue the plan", "")]
    assert world.desk("hr").agenda("max").lines == ()
    assert world.desk("hr").list().lines[0].manager == ""


def test_who_left_a_part_reads_no_more_and_who_came_reads_all(world_in: WorldIn) -> None:
    """Access follows the interval, a week after the case was opened as on its first day."""
    world = world_in("draft", "team")
    world.clock.move(days=7)
    world.do("set", "hr", **MANAGER)
    with pytest.raises(NotFound):
        world.desk("manager").view(CASE)
    assert world.desk(login=OUTSIDER).do("set", CASE, {"field": "context", "value": "x"}).seq


@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Honolulu", "Pacific/Kiritimati", "Europe/London"])
@pytest.mark.parametrize("hour", [0, 12, 23])
def test_a_change_of_zone_shuts_nobody_out(world_in: WorldIn, zone: str, hour: int) -> None:
    """Where it is still yesterday in the new zone, those named today have their part all the same."""
    world = world_in("founded", "team")
    world.clock.now = dt.datetime(2026, 3, 2, hour, 30, tzinfo=dt.UTC)
    world.desk("hr").new({"employee": "1014", "zone": "Europe/Berlin"})
    world.do("set", "manager", field="zone", value=zone)
    header = world.desk("manager").view(CASE).header
    assert header.zone == zone
    assert max(party.since for party in header.parties) <= header.opened_on
    assert world.do("set", "manager", field="context", value="Second quarter.").seq
    world.do("set", "manager", field="zone", value="Europe/Berlin")
    assert world.desk("manager").view(CASE).header.zone == "Europe/Berlin"


def test_of_two_intervals_on_one_day_the_later_counts(world_in: WorldIn) -> None:
    """A zone in which it is yesterday can make two intervals meet on a day: the one who was named last is it."""
    world = world_in("founded", "team")
    world.clock.now = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)
    world.desk("hr").new({"employee": "1014", "zone": "Europe/Berlin"})
    world.clock.now = dt.datetime(2026, 3, 10, 0, 30, tzinfo=dt.UTC)
    world.do("set", "hr", **MANAGER)
    world.do("set", "hr", field="zone", value="America/New_York")
    file = world.desk("hr").session.open_case(CASE)[0]
    on = dt.date(2026, 3, 9)
    held = file.party("manager", on)
    assert held == Party(role="manager", person=held.person if held else "", name="Olu Ray", since=on)


def sentences(world: World, role: Any, table: str) -> list[str]:
    """What history tells of one table, for a role."""
    return [line.sentence for line in world.desk(role).history(CASE) if line.table == table]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"manager": "1016"}, "manager to Olu Ray"),
        ({"second_manager": ""}, "second manager to nobody"),
        ({"hr_partner": "Vera Stone"}, "hr partner to Vera Stone"),
        ({"zone": "europe/london"}, "zone to Europe/London"),
        ({"language": "de"}, "language to de"),
        (
            {"manager": "1016", "zone": "UTC", "context": "Bad.", "legal_review": "yes"},
            "manager to Olu Ray, zone to UTC",
        ),
    ],
)
@pytest.mark.parametrize("act", ["set", "put"])
def test_the_header_tells_its_new_values_and_nothing_of_the_draft(
    world_in: WorldIn, act: str, values: dict[str, str], told: str
) -> None:
    """The header is shared and the draft is not: each has its own sentence, and a header's names what it says now."""
    world = world_in("draft")
    world.do(act, "hr", **({"values": values} if act == "set" else {"plan": values}))
    assert sentences(world, "hr", "cases")[-1] == f"Hana Ito set {told}."
    shared = " ".join(sentences(world, "hr", "cases"))
    assert not [word for word in ("context", "legal review", "required", "fields") if word in shared]


def test_the_draft_has_a_sentence_of_its_own(world_in: WorldIn) -> None:
    """Draft fields are told beside the header's, in the draft's history, and both in the answer."""
    world = world_in("draft")
    done = world.do("set", "hr", values={"context": "Bad.", "legal_review": "yes", "manager": "1016"})
    assert sentences(world, "hr", "drafts")[-1] == "Hana Ito set context, legal review to required."
    assert done.sentence == "Hana Ito set context, legal review to required. Hana Ito set manager to Olu Ray."


def test_a_draft_field_alone_leaves_the_header_as_it_was(world_in: WorldIn) -> None:
    """An edit of the draft writes nothing to the shared header, so that no revision moves for the employee."""
    world = world_in("draft")
    key = world.desk("hr").view(CASE).line.id
    before = world.store.get("cases", key)[1].seq
    world.do("set", "hr", values={"context": "Bad.", "schedule.time": "11:00"})
    assert world.store.get("cases", key)[1].seq == before


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("1041,Ada Fry,1002,", []),
        ("1041,Ada Fry,,", [("case.manager", "manager")]),
        ("1041,Ada Fry,1002,2026-02-27", [("case.left", "employee")]),
    ],
)
def test_what_looks_odd_about_a_new_case_is_said(
    world_in: WorldIn, tmp_path: Path, row: str, found: list[tuple[str, str]]
) -> None:
    """A case for somebody who left, or without a manager, is opened, and the answer says what to look at."""
    world = world_in("founded")
    csv = tmp_path / "more.csv"
    csv.write_text(f"Employee Number,Name,Manager Number,Termination Date\n{row}\n", encoding="utf-8")
    world.desk("hr").import_people(str(csv))
    done = world.desk("hr").new({"employee": "1041"})
    assert [(one.check, one.where) for one in done.findings] == found
    assert {one.severity for one in done.findings} <= {"warn"}
