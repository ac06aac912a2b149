"""What an import changes on record: matched, merged, never erased."""

import datetime as dt
import itertools
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from piptui.people import ImportPlan, plan_import, read_people
from piptui.people.merge import merge_spells
from piptui.people.records import DatedRole, Person, Spell

TODAY = dt.date(2026, 7, 30)
HEADER = "Employee ID,Name,Email,Username,Title,Manager,Hire Date,Termination Date"
Run = Callable[..., ImportPlan]


def d(text: str) -> dt.date:
    """A day from ISO."""
    return dt.date.fromisoformat(text)


def maybe(text: str | None) -> dt.date | None:
    """A day from ISO, or none."""
    return None if text is None else d(text)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Plan an import of rows, given as text, over persons on record; new ids are new1, new2, …"""

    def plan(
        *rows: str, on: Mapping[str, Person] | None = None, header: str = HEADER, key: str | None = None
    ) -> ImportPlan:
        path = tmp_path / "people.csv"
        path.write_text("\n".join((header, *rows)), encoding="utf-8")
        numbers = itertools.count(1)
        found = read_people(path, key=key)
        return plan_import(on or {}, found, new_id=lambda: f"new{next(numbers)}", today=TODAY)

    return plan


KIM = "7,Kim Lee,Kim@example.org,klee,Analyst,,2020-01-01,"
ANA = '8,"Diaz, Ana",ana@example.org,adiaz,Lead,,2019-01-01,'


def test_new_persons(run: Run) -> None:
    """A row nobody on record fits becomes a person, with keys to be found by again and a random id."""
    plan = run(KIM)
    assert plan.adds == (
        (
            "new1",
            Person(
                name="Kim Lee",
                number="7",
                email="Kim@example.org",
                logins=("klee",),
                title="Analyst",
                spells=(Spell(hired_on=d("2020-01-01")),),
                keys={"number": "7", "email": "kim@example.org", "login": "klee"},
            ),
        ),
    )
    assert (plan.updates, plan.unchanged, plan.refused, plan.notes) == ((), 0, (), ())


def test_the_same_file_again_changes_nothing(run: Run) -> None:
    """A second import of an export is silent."""
    first = run(KIM, ANA, "9,Bo,,,,8,,2024-01-01")
    again = run(KIM, ANA, "9,Bo,,,,8,,2024-01-01", on=dict(first.adds))
    assert (again.adds, again.updates, again.unchanged) == ((), (), 3)


def test_a_second_import_updates_and_never_erases(run: Run) -> None:
    """New words replace old ones; blanks, rows that are gone and roles leave the record as it was."""
    role = DatedRole(role="hr", since=d("2020-01-01"))
    on = {id_: msgspec.structs.replace(person, roles=(role,)) for id_, person in run(KIM, ANA).adds}
    plan = run("7,Kim Park,,kpark,,8,,", on=on)
    assert plan.adds == ()
    assert plan.updates == (
        (
            "new1",
            msgspec.structs.replace(
                on["new1"],
                name="Kim Park",
                logins=("klee", "kpark"),
                manager="new2",
                keys={"number": "7", "email": "kim@example.org", "login": "kpark"},
            ),
        ),
    )


def test_a_new_name_leaves_no_stale_parts(run: Run) -> None:
    """A whole name that changes without its parts takes the old parts away."""
    ((_, person),) = run("8,Ana Ruiz,,,,,,", on=dict(run(ANA).adds)).updates
    assert (person.name, person.given, person.family) == ("Ana Ruiz", "", "")


@pytest.mark.parametrize(
    "owner",
    [
        Person(name="K", logins=("KLEE",)),
        Person(name="K", email="kim@EXAMPLE.org"),
        Person(name="K", keys={"login": "klee"}),
    ],
)
def test_the_owner_of_a_store_meets_their_row(run: Run, owner: Person) -> None:
    """Somebody who came without a number is found by login or address, and gets the number."""
    plan = run(KIM, on={"owner": owner})
    assert [(id_, person.number, person.name) for id_, person in plan.updates] == [("owner", "7", "Kim Lee")]
    assert len(plan.updates[0][1].logins) == 1


def test_a_person_with_another_number_is_another_person(run: Run) -> None:
    """A shared login does not make one person of two numbers, and the login stays with its owner."""
    plan = run(KIM, on={"p": Person(name="Old Kim", number="6", logins=("klee",))})
    ((_, person),) = plan.adds
    assert person.logins == ()
    assert "login" not in person.keys
    assert plan.notes == ('Line 2: login "klee" belongs to Old Kim; not given to Kim Lee.',)


def test_a_login_on_two_rows_opens_to_nobody(run: Run) -> None:
    """Where a login could be either person's, neither gets it."""
    plan = run("1,Kim,,desk,,,,", "2,Ana,,DESK,,,,")
    assert [person.logins for _, person in plan.adds] == [(), ()]
    assert len(plan.notes) == 2


def test_two_rows_for_one_person_on_record_are_both_refused(run: Run) -> None:
    """One row fits by login, another by address: nobody can say which is theirs."""
    owner = Person(name="Kim", logins=("klee",), email="kim@example.org")
    plan = run("7,Kim Lee,,klee,,,,", "8,Kim Low,kim@example.org,,,,,", on={"p": owner})
    assert (plan.adds, plan.updates) == ((), ())
    assert [refusal.line for refusal in plan.refused] == [2, 3]
    assert plan.refused[0].why == "this is Kim on record, and so is line 3"


def test_a_key_that_two_persons_on_record_have(run: Run) -> None:
    """A row is refused rather than given to either."""
    twins = {"a": Person(name="A", number="7"), "b": Person(name="B", keys={"number": "7"})}
    plan = run(KIM, on=twins)
    assert [refusal.why for refusal in plan.refused] == ['Employee ID "7" stands for 2 persons on record']


def test_two_persons_who_look_alike_are_not_guessed_between(run: Run) -> None:
    """A row that fits two numberless persons is added as a new one, with a remark."""
    on = {"a": Person(name="A", logins=("klee",)), "b": Person(name="B", email="kim@example.org")}
    plan = run(KIM, on=on)
    assert len(plan.adds) == 1
    assert any("of 2 persons; added as a new one" in note for note in plan.notes)


def test_other_keys_match_too(run: Run) -> None:
    """A file by address or by name finds the persons that an earlier file brought."""
    (_, kim), (_, ana) = run(KIM, ANA).adds
    on = {"kim": kim, "ana": ana}
    by_mail = run("KIM@example.org,Clerk", on=on, header="Email,Title")
    assert [(id_, person.title) for id_, person in by_mail.updates] == [("kim", "Clerk")]
    by_name = run('"DIAZ, Ana",Clerk', on=on, header="Name,Title", key="Name")
    assert [id_ for id_, _ in by_name.updates] == ["ana"]
    badge = run("B1,7,Kim Lee", "B2,9,Bo", header="Badge,ID,Name", key="Badge", on=on)
    assert [(id_, person.keys["badge"]) for id_, person in (*badge.updates, *badge.adds)] == [
        ("kim", "B1"),
        ("new1", "B2"),
    ]


def test_without_names_only_known_persons(run: Run) -> None:
    """A file of numbers and titles updates whom it knows and refuses the others."""
    plan = run("7,Clerk", "99,Clerk", on=dict(run(KIM).adds), header="ID,Title")
    assert len(plan.updates) == 1
    assert [(refusal.line, refusal.why) for refusal in plan.refused] == [(3, "new, and the file has no name")]


@pytest.mark.parametrize(
    "reference", ["8", "8.0", "ana@EXAMPLE.org", "adiaz", "Ana Diaz", '"Diaz, Ana"', "Ana Diaz (8)", "ana  diaz"]
)
def test_managers_are_found_however_they_are_named(run: Run, reference: str) -> None:
    """Number, address, login and name all lead to the person, in this file or on record."""
    row = f"7,Kim Lee,,,,{reference},,"
    assert dict(run(row, ANA).adds)["new1"].manager == "new2"
    assert run(row, on={"ana": run(ANA).adds[0][1]}).adds[0][1].manager == "ana"


@pytest.mark.parametrize(
    ("reference", "why"),
    [
        ("77", 'manager "77" is nobody in this file or on record; the manager on record stays'),
        ("7", 'manager "7" is the person\'s own row; the manager on record stays'),
        ("Bo Ek", 'manager "Bo Ek" may be any of 2 persons; the manager on record stays'),
    ],
)
def test_a_manager_that_cannot_be_taken_costs_no_row(run: Run, reference: str, why: str) -> None:
    """The row is taken, the manager stays as it was, and a note says why."""
    on = {"kim": Person(name="Kim Lee", number="7", manager="boss"), "boss": Person(name="Boss")}
    plan = run(f"7,Kim Lee,,,New,{reference},,", "1,Bo Ek,,,,,,", "2,Bo Ek,,,,,,", on=on)
    assert [(person.title, person.manager) for _, person in plan.updates] == [("New", "boss")]
    assert plan.notes == (f"Line 2: {why}.",)


def test_a_circle_of_managers_is_noted_once(run: Run) -> None:
    """Persons who manage each other are taken as the file says, with one note for the circle."""
    plan = run("1,Ann,,,,2,,", "2,Bob,,,,3,,", "3,Cy,,,,1,,", "4,Di,,,,1,,")
    assert len(plan.adds) == 4
    assert plan.notes == (
        "Managers in a circle: Ann → Bob → Cy → Ann (lines 2, 3, 4). Correct it in the HR system and import again.",
    )


def test_refusals_and_notes_of_the_file_are_in_the_plan(run: Run) -> None:
    """One list names every row that was not taken, in the order of lines."""
    plan = run("7,Kim,04/05/2020,", ",Ana,04/05/2020,", header="ID,Name,Hire Date,Termination Date")
    assert [refusal.line for refusal in plan.refused] == [3]
    assert len(plan.notes) == 1
    assert "Hire Date" in plan.notes[0]


def test_a_hire_date_far_ahead_is_remarked(run: Run) -> None:
    """A day years from now is taken, but somebody should look."""
    plan = run("7,Kim,,,,,2062-01-01,", "8,Ana,,,,,2026-09-01,")
    assert len(plan.adds) == 2
    assert [note[:6] for note in plan.notes] == ["Line 2"]


OLD = Spell(hired_on=d("2010-01-01"), left_on=d("2015-12-31"))
NEW = Spell(hired_on=d("2020-01-01"))


@pytest.mark.parametrize(
    ("before", "hired", "left", "after"),
    [
        ((), "2020-01-01", None, (NEW,)),
        ((NEW,), None, None, (NEW,)),
        ((NEW,), "2020-02-01", None, (Spell(hired_on=d("2020-02-01")),)),
        ((NEW,), None, "2024-05-31", (Spell(hired_on=d("2020-01-01"), left_on=d("2024-05-31")),)),
        ((OLD,), "2020-01-01", None, (OLD, NEW)),
        ((OLD,), "2009-12-01", None, (Spell(hired_on=d("2009-12-01"), left_on=d("2015-12-31")),)),
        ((OLD,), "2010-01-01", "2015-11-30", (Spell(hired_on=d("2010-01-01"), left_on=d("2015-11-30")),)),
        ((OLD, NEW), "2010-01-01", None, (OLD, NEW)),
        ((OLD, NEW), "2020-01-01", "2026-01-31", (OLD, Spell(hired_on=d("2020-01-01"), left_on=d("2026-01-31")))),
    ],
)
def test_spells(before: tuple[Spell, ...], hired: str | None, left: str | None, after: tuple[Spell, ...]) -> None:
    """A hire after the end is a rehire, other days correct the last spell, blanks change nothing."""
    assert merge_spells(before, maybe(hired), maybe(left)) == (after, "")


@pytest.mark.parametrize(
    ("before", "hired", "left", "why"),
    [
        ((NEW,), None, "2019-01-01", "before the hire date on record"),
        ((OLD, NEW), "2012-01-01", None, "lies in an earlier spell"),
    ],
)
def test_spells_that_cannot_be(before: tuple[Spell, ...], hired: str | None, left: str | None, why: str) -> None:
    """Days that contradict the record are left out, with the reason."""
    spells, reason = merge_spells(before, maybe(hired), maybe(left))
    assert spells == before
    assert why in reason


def test_days_that_contradict_the_record_cost_no_row(run: Run) -> None:
    """The rest of the row is taken."""
    plan = run("7,Kim Lee,,,Clerk,,,2019-01-01", on=dict(run(KIM).adds))
    assert [(person.title, person.spells) for _, person in plan.updates] == [("Clerk", (NEW,))]
    assert "days of employment stay as they were" in plan.notes[0]


_DAYS = st.none() | st.dates(dt.date(2000, 1, 1), dt.date(2003, 1, 1))


@given(st.lists(st.tuples(_DAYS, _DAYS).filter(lambda p: not (p[0] and p[1]) or p[0] <= p[1])))
def test_spells_stay_in_order_and_settle(days: list[tuple[dt.date | None, dt.date | None]]) -> None:
    """Whatever is imported in whatever order, spells follow each other, and the same row again changes nothing."""
    spells: tuple[Spell, ...] = ()
    for hired, left in days:
        spells, _ = merge_spells(spells, hired, left)
        assert merge_spells(spells, hired, left)[0] == spells
        for spell in spells:
            assert not spell.hired_on or not spell.left_on or spell.hired_on <= spell.left_on
        for one, two in itertools.pairwise(spells):
            assert one.left_on
            assert two.hired_on
            assert one.left_on < two.hired_on


@pytest.mark.slow
def test_ten_thousand_rows(tmp_path: Path) -> None:
    """A large company is read and planned in seconds, managers and all."""
    path = tmp_path / "big.csv"
    rows = (
        f'{n},"Läst{n}, First{n}",u{n}@example.org,u{n},Job,{n // 7 or ""},1/{1 + n % 28}/2020,'
        for n in range(1, 10_001)
    )
    path.write_text("\n".join((HEADER, *rows)), encoding="utf-8")
    numbers = itertools.count()
    plan = plan_import({}, read_people(path), new_id=lambda: f"p{next(numbers)}", today=TODAY)
    assert len(plan.adds) == 10_000
    assert plan.notes == ()
    assert sum(person.manager is None for _, person in plan.adds) == 6
