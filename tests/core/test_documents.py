"""Documents go in and out strictly: nothing absent is stored, nothing unknown is dropped, everything reads back."""

import datetime as dt
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from piptui.cases.entries import Assessment, Note
from piptui.cases.plan import Evidence, Goal, Items, PlanText, When
from piptui.cases.records import Case, CheckIn, Draft, GoalValue, Party, Ref
from piptui.desk.api import Target
from piptui.documents import TYPES, check_document, decode, encode
from piptui.errors import Refused

from .conftest import WorldIn
from .world import CASE, STATES

DAY = dt.date(2026, 3, 2)


def parts(data: Any) -> Iterator[Any]:
    """Every value in plain data."""
    yield data
    if isinstance(data, dict):
        for part in data.values():
            yield from parts(part)
    elif isinstance(data, list):
        for part in data:
            yield from parts(part)


@pytest.mark.parametrize("state", STATES)
def test_every_stored_document_is_strict(world_in: WorldIn, state: str) -> None:
    """In every state each document of the record decodes to its type and encodes to itself, without a null."""
    world = world_in(state)
    seen = set()
    for table in TYPES:
        for _, document, _ in world.store.list(table):
            seen.add(table)
            assert encode(decode(table, document)) == document
            assert not [part for part in parts(document) if part is None]
            assert not [part for part in parts(document) if isinstance(part, float)], "numbers are text"
            assert json.loads(json.dumps(document)) == document
    assert {"people", "cases", "entries", "policies", "keys"} <= seen


@pytest.mark.parametrize("table", TYPES)
def test_an_unknown_field_is_refused(world_in: WorldIn, table: str) -> None:
    """A field of a newer version is refused by table and name; it is never trimmed."""
    world = world_in("active" if table != "drafts" else "draft")
    world.do("attach", name="letter.pdf", content=b"%PDF")
    world.desk("hr").do_person("note", "1014", {"text": "Talked about calls per day."})
    if table == "redactions":
        world.desk("hr").redact(Target(case=CASE, entry="w1"), "Asked for.")
    if table == "holds":
        world.do("hold", "hr", reason="A claim.", custodian="Leo Grant")
    document = dict(world.store.list(table)[0][1])
    check_document(table, document)
    with pytest.raises(Refused, match=f"'{table}'.*colour"):
        check_document(table, document | {"colour": "blue"})


def test_an_unknown_field_inside_is_refused() -> None:
    """Strictness reaches the items of a plan and the parts of an entry."""
    document = encode(
        Draft(of="c", cls="manager_hr", version=1, text=PlanText(goals=Items(items={"g1": Goal()}, order=("g1",))))
    )
    document["text"]["goals"]["items"]["g1"]["colour"] = "blue"
    with pytest.raises(Refused, match="colour"):
        check_document("drafts", document)


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("cases", {"opened_on": "2026-02-30"}),
        ("cases", {"opened_on": "2026-03-02T00:00:00"}),
        ("cases", {"number": 7}),
        ("drafts", {"legal_review": None}),
        ("cases", {"legal_review": True}),
        ("cases", {"end": None}),
        ("cases", {"class": "secret"}),
        ("cases", {"version": "1"}),
        ("cases", {"parties": {}}),
    ],
)
def test_a_wrong_value_is_refused(world_in: WorldIn, table: str, change: dict[str, Any]) -> None:
    """Impossible dates, wrong types, stored nulls and unknown classes do not pass."""
    document = dict(world_in("draft").store.list(table)[0][1])
    with pytest.raises(Refused) as told:
        check_document(table, document | change)
    assert str(told.value).endswith(".")


def test_an_unknown_table_is_refused() -> None:
    """Only the tables of the record have types."""
    with pytest.raises(Refused, match="no record table"):
        decode("colours", {})


def test_dates_and_numbers_are_text() -> None:
    """A date is ISO text and a decimal keeps its digits: any language reads them alike."""
    assessment = Assessment(
        of="c", occurred_on=DAY, by="p", role="hr", version=1, goal="g1", verdict="met", value=Decimal("52.10")
    )
    document = encode(assessment)
    assert (document["occurred_on"], document["value"], document["kind"]) == ("2026-03-02", "52.10", "assessment")
    assert str(decode("entries", document).value) == "52.10"


def test_a_number_that_json_cannot_carry_does_not_pass() -> None:
    """NaN would come back as something else, and is refused before it is written."""
    broken = Evidence(value=Decimal("NaN"))
    draft = Draft(
        of="c", cls="manager_hr", version=1, text=PlanText(evidence=Items(items={"e1": broken}, order=("e1",)))
    )
    with pytest.raises(Refused, match="no number"):
        encode(draft)
    document = encode(Draft(of="c", cls="manager_hr", version=1, text=PlanText()))
    document["text"]["evidence"] = {"items": {"e1": {**encode(Evidence()), "value": "Infinity"}}, "order": ["e1"]}
    with pytest.raises(Refused, match="no number"):
        check_document("drafts", document)


def test_construction_without_checks_is_caught() -> None:
    """msgspec checks no construction: a wrong value that code put in is found before the commit."""
    wrong = Case(of="p", number="0001", opened_on="soon", parties=(), zone="UTC")  # type: ignore[arg-type]  # on purpose
    with pytest.raises(Refused):
        decode("cases", encode(wrong))


TEXTS = st.text(max_size=20)
DATES = st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2200, 1, 1))
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=4)
WHENS = st.builds(
    When, week=st.none() | st.integers(1, 520), day=st.none() | st.integers(0, 3650), on=st.none() | DATES
)
GOALS = st.builds(
    Goal,
    statement=TEXTS,
    kind=st.sampled_from(["numeric", "qualitative"]),
    baseline=st.none() | DECIMALS,
    target=st.none() | DECIMALS,
    due=st.none() | WHENS,
)
CHECK_INS = st.builds(
    CheckIn,
    of=TEXTS,
    version=st.integers(1, 9),
    slot=TEXTS,
    held=st.booleans(),
    by=TEXTS,
    role=st.sampled_from(["manager", "hr"]),
    occurred_on=st.none() | DATES,
    attendees=st.lists(TEXTS, max_size=3).map(tuple),
    values=st.dictionaries(TEXTS, st.builds(GoalValue, value=st.none() | DECIMALS, note=TEXTS), max_size=3),
    late=st.booleans(),
)
CASES = st.builds(
    Case,
    of=TEXTS,
    number=TEXTS,
    opened_on=DATES,
    parties=st.lists(
        st.builds(Party, role=st.sampled_from(["manager", "hr"]), person=TEXTS, name=TEXTS, since=DATES), max_size=3
    ).map(tuple),
    zone=TEXTS,
    end=st.none() | DATES,
)


@given(record=st.one_of(CHECK_INS.map(lambda one: ("checkins", one)), CASES.map(lambda one: ("cases", one))))
def test_every_record_reads_back(record: tuple[str, msgspec.Struct]) -> None:
    """What is encoded, written as JSON and read again is the same record."""
    table, one = record
    document = json.loads(json.dumps(encode(one)))
    assert decode(table, document) == one
    assert None not in list(parts(document))


@given(goals=st.lists(GOALS, max_size=4))
def test_every_draft_reads_back(goals: list[Goal]) -> None:
    """A draft with any goals reads back with the same ones in the same order."""
    items = {f"g{number}": goal for number, goal in enumerate(goals, 1)}
    text = PlanText(goals=Items(items=items, order=tuple(items)))
    draft = Draft(of="c", cls="manager_hr", version=1, text=text)
    assert decode("drafts", json.loads(json.dumps(encode(draft)))) == draft


def test_an_entry_is_told_by_its_kind() -> None:
    """One table holds all kinds of entries; the kind says which type reads it, an unknown one is refused."""
    document = encode(Note(of="c", occurred_on=DAY, by="p", role="hr", text="x"))
    assert isinstance(decode("entries", document), Note)
    with pytest.raises(Refused):
        decode("entries", document | {"kind": "gossip"})
    with pytest.raises(Refused):
        decode("entries", document | {"ref": encode(Ref(table="plans", id="x", seq=1, digest="d"))})
