"""Every role against every class and every way out: nothing hidden is ever told, counted or hinted at."""

from collections.abc import Callable
from typing import Any

import pytest

from piptui.cases.words import CLASSES, ROLES, SEES, Class, Role
from piptui.desk.desk import LocalDesk
from piptui.desk.printing import AUDIENCES, SIGN_OFF
from piptui.errors import Conflict, Denied, NotFound, PiptuiError

from .conftest import WorldIn
from .outlets import outlets, said
from .world import CASE, HIDDEN_FROM_EMPLOYEE, ISSUE, KINDS, OUTSIDER, Kind, World

MARKS: dict[Class, str] = {
    "shared": "Andromeda",
    "employee_own": "Betelgeuse",
    "manager_own": "Cassiopeia",
    "manager_hr": "Deneb",
    "hr_only": "Eridanus",
    "medical": "Fomalhaut",
    "privileged": "Ganymede",
}
WRITERS: dict[Class, Role] = {
    "shared": "manager",
    "employee_own": "employee",
    "manager_own": "manager",
    "manager_hr": "manager",
    "hr_only": "hr",
    "medical": "hr",
    "privileged": "hr",
}
TEAM_CLASSES: tuple[Class, ...] = ("shared", "employee_own", "manager_own", "manager_hr")


def classes_of(kind: Kind) -> tuple[Class, ...]:
    """The classes that such a store takes."""
    return CLASSES if kind == "personal" else TEAM_CLASSES


def plant(world: World, cls: Class) -> list[str]:
    """A mark of the class in a note, the notebook, evidence, a correction with its reason, the reason of a strike."""
    mark, role = MARKS[cls], WRITERS[cls]
    noted = world.do("note", role, text=f"{mark} in a note.", cls=cls).item
    proof = {"kind": "evidence", "source": "crm", "reference": f"{mark}-77", "goal": "g1", "value": "31"}
    fact = world.do("note", role, text=f"{mark} in evidence.", cls=cls, **proof).item
    mended = world.do("note", role, text=f"{mark} as it was.", cls=cls).item
    world.do("correct", role, entry=mended, value=f"{mark} mended.", reason=f"{mark} was misspelt.")
    struck = world.do("note", role, text="Plain words.", cls=cls).item
    world.do("strike", role, entry=struck, reason=f"{mark} belongs elsewhere.")
    content = f"{mark} as bytes".encode()
    more = {"cls": cls, "note": f"{mark} in the note of a file.", "kind": "letter", "entry": noted}
    if cls in ("manager_own", "manager_hr", "shared"):
        told = {"text": f"{mark} in the notebook.", "topic": mark, "next_step": mark, "cls": cls}
        world.desk("manager").do_person("note", "1014", told)
    filed = world.do("attach", role, name=f"{mark}.pdf", content=content, **more).item
    world.do("correct", role, entry=filed, field="name", value=f"{mark} signed.pdf", reason=f"{mark} has a name.")
    return [noted, fact, mended, struck, filed]


def launched(world: World) -> None:
    """From a submitted draft to a running plan, with the mark of manager and HR in all that is theirs."""
    mark = MARKS["manager_hr"]
    item = {"name": f"{mark} folder", "location": mark}
    link = world.do("put", "manager", collection="links", item=item).item
    world.do("return", "hr", text=f"{mark} is missing.")
    world.do("remove", "manager", collection="links", id=link)
    world.do("submit", "manager", text=f"{mark} is in it now.")
    world.do("approve", "hr", text=f"{mark}: fine.")
    world.do("issue", "manager", **ISSUE, override=f"{mark} is why.")
    world.clock.move(days=3)
    world.do("acknowledge", "employee", text="Received.")
    lent: dict[str, Any] = {"role": "manager", "person": "1015", "reason": f"{mark} is why he is away."}
    world.do("delegate", "hr", **lent, until="in 9 days")


@pytest.fixture(params=KINDS)
def planted(world_in: WorldIn, request: pytest.FixtureRequest) -> tuple[World, dict[Class, list[str]]]:
    """A running case with a mark of every class in it, and the ids of the entries of each class."""
    world = world_in("in_review", request.param)
    launched(world)
    return world, {cls: plant(world, cls) for cls in classes_of(request.param)}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_reads_its_classes_and_no_others(planted: tuple[World, dict[Class, list[str]]], role: Role) -> None:
    """A mark comes out where the role may read its class, and nowhere where it may not."""
    world, ids = planted
    desk = world.desk(role)
    entries = tuple(entry for group in ids.values() for entry in group)
    found = outlets(desk, tuple(MARKS.values()), entries)
    for cls, mark in MARKS.items():
        # The searched word itself is the caller's; an answer that holds it is not.
        told = {name for name, text in found.items() if mark in text}
        readable = cls in SEES[role] and cls in ids
        assert not told or readable, (cls, told)
        if readable:
            wanted = {"view", "history", f"find {mark}"}
            assert wanted <= told, (cls, wanted - told)
        assert found[f"list {mark}"] == "[]", "the list is filtered by facts of the case, not by texts of entries"


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("role", ROLES)
def test_a_packet_holds_what_actor_and_audience_may_both_read(
    planted: tuple[World, dict[Class, list[str]]], role: Role, audience: str
) -> None:
    """Nobody prints more than they may read, and nobody is handed more than their role may read."""
    world, ids = planted
    text = world.desk(role).packet(CASE, audience).text
    for cls, mark in MARKS.items():
        both = cls in SEES[role] and cls in SEES[AUDIENCES[audience]] and cls in ids
        assert (mark in text) is both, (cls, mark)


@pytest.mark.parametrize("role", ROLES)
def test_the_sheet_to_sign_holds_only_what_is_shared(
    planted: tuple[World, dict[Class, list[str]]], role: Role
) -> None:
    """Whoever prints it, it may lie open on the table."""
    world, _ = planted
    text = world.desk(role).packet(CASE, SIGN_OFF).text
    assert [cls for cls, mark in MARKS.items() if mark in text] == []


@pytest.mark.parametrize("role", ROLES)
def test_a_hidden_entry_answers_like_a_missing_one(planted: tuple[World, dict[Class, list[str]]], role: Role) -> None:
    """Mending an entry that is hidden is refused in the words for one that does not exist."""
    world, ids = planted
    desk, missing = world.desk(role), "f" * 16
    for act, more in (("correct", {"value": "x", "reason": "y"}), ("strike", {"reason": "y"})):
        with pytest.raises(NotFound) as unknown:
            desk.do(act, CASE, {"entry": missing, **more})
        for cls, entries in ids.items():
            for entry in () if cls in SEES[role] else entries:
                for given in (entry, entry[:8]):
                    with pytest.raises(NotFound) as hidden:
                        desk.do(act, CASE, {"entry": given, **more})
                    assert str(hidden.value).replace(given, missing) == str(unknown.value)


@pytest.mark.parametrize("role", ROLES)
def test_a_hidden_file_answers_like_a_missing_one(planted: tuple[World, dict[Class, list[str]]], role: Role) -> None:
    """By id, by its beginning and by name: the words are those for a file that does not exist."""
    world, ids = planted
    desk, missing = world.desk(role), "f" * 16
    with pytest.raises(NotFound) as unknown:
        desk.fetch(CASE, missing)
    for cls, entries in ids.items():
        for given in (entries[-1], entries[-1][:8], f"{MARKS[cls]} signed.pdf"):
            if cls in SEES[role]:
                assert desk.fetch(CASE, given).content == f"{MARKS[cls]} as bytes".encode()
                continue
            with pytest.raises(NotFound) as hidden:
                desk.fetch(CASE, given)
            assert str(hidden.value).replace(given, missing) == str(unknown.value)


@pytest.mark.parametrize("role", ROLES)
def test_verify_names_no_hidden_file(planted: tuple[World, dict[Class, list[str]]], role: Role) -> None:
    """That bytes are damaged is told to everybody, which file it is only to who sees it."""
    world, ids = planted
    for entries in ids.values():
        (world.folder / "files" / entries[-1]).write_bytes(b"?")
    report = world.desk(role).verify()
    assert len(report.problems) == len(ids)
    told = str(report)
    for cls, entries in ids.items():
        assert (entries[-1] in told) is (cls in SEES[role])
        assert (MARKS[cls] in told) is (cls in SEES[role])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("role", ROLES)
def test_what_is_hidden_changes_nothing_that_is_seen(world_in: WorldIn, role: Role, kind: Kind) -> None:
    """Revisions, counts, dates and attention stay as they are, to the letter, when something hidden is written."""
    world = world_in("active", kind)
    words = tuple(MARKS.values())
    before = outlets(world.desk(role), words)
    for cls in classes_of(kind):
        if cls not in SEES[role]:
            plant(world, cls)
    if role == "employee":
        world.do("note", "manager", text="For the file.")
    assert outlets(world.desk(role), words) == before


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("state", sorted(HIDDEN_FROM_EMPLOYEE))
def test_before_issue_there_is_no_case_for_the_employee(world_in: WorldIn, state: str, kind: Kind) -> None:
    """Every method answers the employee as if the case did not exist, in the very words for a missing one."""
    world = world_in(state, kind)
    assert_nothing_there(world, world.desk("employee"))


@pytest.mark.parametrize("state", ["draft", "active", "successful"])
def test_an_outsider_knows_of_no_case(world_in: WorldIn, state: str) -> None:
    """In a team store, whoever has no part in a case and no role for all cases sees nothing of it."""
    world = world_in(state, "team")
    assert_nothing_there(world, world.desk(login=OUTSIDER))
    assert_nothing_there(world, world.desk(login="stranger"))


def assert_nothing_there(world: World, desk: LocalDesk) -> None:
    """No trace of the case in any answer."""
    key = world.desk("hr").view(CASE).line.id
    listed = desk.list()
    assert (listed.lines, listed.total, listed.notes) == ((), 0, ())
    assert desk.agenda("all", days=400).lines == ()
    assert desk.find("calls") == ()
    calls: list[Callable[[str], Any]] = [
        desk.view,
        desk.acts,
        desk.history,
        lambda case: desk.version(case, 1),
        lambda case: desk.preview("note", case, {"text": "x"}),
        lambda case: desk.do("note", case, {"text": "x"}),
        lambda case: desk.do("submit", case, {}, expect=1),
        lambda case: desk.attach(case, {"name": "a.pdf"}, b"x"),
        lambda case: desk.fetch(case, "a.pdf"),
        lambda case: [desk.packet(case, audience) for audience in (SIGN_OFF, *AUDIENCES)],
    ]
    for call in calls:
        missing = said(call, "0099")
        assert missing.startswith('["NotFound"')
        for wanted in (CASE, "1", key):
            assert said(call, wanted).replace(f"'{wanted}'", "'0099'") == missing
    with pytest.raises(Denied):
        desk.lookup("dana")
    with pytest.raises(Denied):
        desk.new({"employee": "1014"})
    with pytest.raises(Denied):
        desk.import_people("/nowhere.csv")


def test_an_employee_cannot_look_people_up_by_errors(world_in: WorldIn) -> None:
    """The directory is closed to the employee, so that no error tells who fits a name or a number."""
    for kind in KINDS:
        opened = world_in("active", kind).desk("employee").new
        answers = {said(opened, {"employee": name}) for name in ("a", "1015", "Pat Doe", "zzz")}
        assert len(answers) == 1, answers


@pytest.mark.parametrize("kind", KINDS)
def test_a_conflict_shows_only_what_its_reader_may_see(world_in: WorldIn, kind: Kind) -> None:
    """A conflict carries the item of the draft that changed, and nothing of what else is in the case."""
    world = world_in("draft", kind)
    for cls in ("hr_only", "medical", "privileged") if kind == "personal" else ("manager_hr",):
        world.do("note", "hr", text=MARKS[cls], cls=cls)
    seen = world.desk("manager").view(CASE).revision
    world.do("put", "hr", collection="goals", id="g1", item={"target": "60"})
    with pytest.raises(Conflict) as told:
        world.desk("manager").do(
            "put", CASE, {"collection": "goals", "id": "g1", "item": {"target": "40"}}, expect=seen
        )
    assert told.value.theirs["target"] == "60"
    assert told.value.before["target"] == "50"
    carried = str((told.value.args, told.value.theirs, told.value.before))
    assert not [mark for mark in MARKS.values() if mark in carried]


def test_a_stale_employee_is_told_without_contents(world_in: WorldIn) -> None:
    """The employee who acts on an old state is told so in a sentence, with nothing of the header or the draft."""
    world = world_in("issued")
    with pytest.raises(Conflict) as told:
        world.desk("employee").do("acknowledge", CASE, {}, expect=1)
    assert (told.value.theirs, told.value.before) == (None, None)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_writes_only_what_it_can_read(world_in: WorldIn, role: Role) -> None:
    """A class that the role cannot read is refused, in a sentence that lists the ones it can."""
    world = world_in("active")
    for cls in CLASSES:
        if cls in SEES[role]:
            assert world.do("note", role, text="Something happened.", cls=cls).seq
        else:
            with pytest.raises(PiptuiError, match="You can write"):
                world.do("note", role, text="Something happened.", cls=cls)


@pytest.mark.parametrize("cls", ["hr_only", "medical", "privileged"])
def test_a_team_store_takes_nothing_that_must_be_kept_apart(world_in: WorldIn, cls: str) -> None:
    """Every member of a team can read its files: HR-only, medical and privileged entries are refused there."""
    world = world_in("active", "team")
    with pytest.raises(PiptuiError, match="team store"):
        world.do("note", "hr", text="Something happened.", cls=cls)


def test_the_draft_left_by_an_interrupted_issue_stays_hidden(world_in: WorldIn) -> None:
    """Nothing of the draft reaches the employee through its history or its deletion."""
    world = world_in("active")
    lines = world.desk("employee").history(CASE)
    assert not [line for line in lines if line.table == "drafts"]
    assert [line for line in world.desk("hr").history(CASE) if line.table == "drafts"]
