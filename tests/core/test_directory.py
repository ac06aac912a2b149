"""People are found by what names them, never by what merely fits; and two imports at once add nobody twice."""

from pathlib import Path

import pytest

from piptui.desk.directory import Directory
from piptui.errors import BadInput, NotFound

from .conftest import WorldIn
from .meddling import meddled
from .world import CASE, PEOPLE, World

MORE = (
    PEOPLE
    + """\
1021,Kim Lee,kim@example.org,,Clerk,Finance,Berlin,2020-02-01,
1022,Kim Fox,fox@example.org,,Clerk,Finance,Berlin,2020-02-01,
"""
)


def imported(world: World, tmp_path: Path, text: str = MORE) -> str:
    """The path of an export that says so."""
    path = tmp_path / "more.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.fixture
def directory(world_in: WorldIn, tmp_path: Path) -> Directory:
    """The directory with two people who share a first name."""
    world = world_in("founded")
    world.desk("hr").import_people(imported(world, tmp_path))
    return world.desk("hr").session.directory()


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("1014", "Dana Cole"),
        (" 1014 ", "Dana Cole"),
        ("DANA@example.org", "Dana Cole"),
        ("dana", "Dana Cole"),
        ("Dana Cole", "Dana Cole"),
        ("cole  dana", "Dana Cole"),
        ("Cole", "Dana Cole"),
        ("berg", "Max Berg"),
        ("Kim Fox", "Kim Fox"),
        ("fox", "Kim Fox"),
    ],
)
def test_somebody_is_found_by_what_names_them(directory: Directory, wanted: str, name: str) -> None:
    """Number, e-mail, login, the name, or whole words of it in any order name one person."""
    assert directory.name(directory.resolve(wanted)) == name


def test_somebody_is_found_by_id(directory: Directory) -> None:
    """An id is itself; the beginning of one is nobody."""
    for key in directory.people:
        assert directory.resolve(key) == key
        with pytest.raises(NotFound):
            directory.resolve(key[:-1])


@pytest.mark.parametrize(
    ("wanted", "meant"),
    [
        ("Counsel", "Leo Grant (2002)"),
        ("Sales Lead", "Max Berg (1002)"),
        ("Finance", "Kim Fox (1022), Kim Lee (1021)"),
        ("Col", "Dana Cole (1014)"),
        ("Dana Col", "Dana Cole (1014)"),
        ("101", "Dana Cole (1014)"),
        ("dana@example", "Dana Cole (1014)"),
        ("Dana Account", "Dana Cole (1014)"),
    ],
)
def test_a_title_or_a_part_of_a_word_is_a_question(directory: Directory, wanted: str, meant: str) -> None:
    """What fits somebody without naming them is answered with whom it may mean, and names nobody."""
    with pytest.raises(NotFound) as told:
        directory.resolve(wanted)
    assert str(told.value).startswith(f"Nobody has the number, e-mail, login or name {wanted!r}. Did you mean ")
    assert all(one in str(told.value) for one in meant.split(", "))


def test_nobody_at_all_is_answered_with_the_list(directory: Directory) -> None:
    """What fits nobody says where everybody is listed."""
    with pytest.raises(NotFound, match="piptui people"):
        directory.resolve("Nemo")


@pytest.mark.parametrize("wanted", ["Kim", "kim", "", "  "])
def test_what_names_several_is_asked_back(directory: Directory, wanted: str) -> None:
    """Whoever shares a word of their name is told apart by the number; nothing names nobody in particular."""
    with pytest.raises(BadInput, match=r"fits \d+ people: .*Give the number\."):
        directory.resolve(wanted)


def test_a_login_outweighs_a_word_of_a_name(world_in: WorldIn, tmp_path: Path) -> None:
    """Somebody's own login is theirs, whoever else is called so."""
    world = world_in("founded")
    world.desk("hr").import_people(imported(world, tmp_path, "Employee Number,Name\n1031,Dana Fox\n"))
    directory = world.desk("hr").session.directory()
    assert directory.name(directory.resolve("dana")) == "Dana Cole"
    assert directory.name(directory.resolve("dana fox")) == "Dana Fox"


def test_nobody_gets_a_part_by_their_title(world_in: WorldIn) -> None:
    """What names nobody changes nothing in a case, and opens none."""
    world = world_in("draft")
    head = world.head()
    with pytest.raises(NotFound, match="Did you mean Leo Grant"):
        world.do("set", "hr", field="legal_reviewer", value="Counsel")
    with pytest.raises(NotFound, match="Did you mean"):
        world.desk("hr").new({"employee": "Analyst"})
    assert world.head() == head
    assert world.desk("hr").view(CASE).stage == "draft"


def test_two_imports_at_once_add_nobody_twice(world_in: WorldIn, tmp_path: Path) -> None:
    """The second of two imports of one export is planned anew, and finds that everybody is there."""
    world = world_in("founded")
    path = imported(world, tmp_path)
    first: list[int] = []
    desk = meddled(world, "hr", lambda: first.append(world.desk("hr").import_people(path).added))
    report = desk.import_people(path)
    assert (first, report.added, report.updated, report.unchanged) == ([2], 0, 0, 9)
    names = [line.name for line in world.desk("hr").lookup()]
    assert len(names) == len(set(names))
    assert world.desk("hr").verify().ok


def test_an_import_beside_another_change_of_the_directory_loses_nothing(world_in: WorldIn, tmp_path: Path) -> None:
    """Two exports that change one person at once are both taken in, one after the other."""
    world = world_in("founded")
    one = imported(world, tmp_path, "Employee Number,Name,Title\n1014,Dana Cole,Key Account\n")
    other = tmp_path / "other.csv"
    other.write_text("Employee Number,Name,Department\n1014,Dana Cole,Exports\n", encoding="utf-8")
    desk = meddled(world, "hr", lambda: world.desk("hr").import_people(str(other)))
    assert desk.import_people(one).updated == 1
    line = world.desk("hr").lookup("dana")[0]
    assert (line.title, line.department) == ("Key Account", "Exports")


def test_an_import_rests_on_nothing_but_people(world_in: WorldIn, tmp_path: Path) -> None:
    """What happens in cases meanwhile is no reason to plan an import anew: it goes in at the first try."""
    world = world_in("draft")
    path = imported(world, tmp_path)
    second: list[str] = []
    desk = meddled(world, "hr", lambda: world.do("note", "hr", text="x"), lambda: second.append("tried again"))
    assert desk.import_people(path).added == 2
    assert second == []


def test_a_person_has_the_open_cases_in_which_they_have_a_part(world_in: WorldIn) -> None:
    """Whom somebody manages is looked up with them; a part that passed on is no part, and one's own case is not."""
    world = world_in("draft")
    desk = world.desk("hr")
    assert [one.case for one in desk.person("max").handles] == [CASE]
    assert desk.person("dana").handles == ()
    world.do("set", "hr", field="manager", value="1016")
    assert desk.person("max").handles == ()
    assert [one.case for one in desk.person("olu").handles] == [CASE]
    world.do("discard", "hr", text="opened in error")
    assert desk.person("olu").handles == ()
