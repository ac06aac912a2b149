"""Taking a person out of what is told of others: by which names they are found, and what may mean somebody else."""

import pytest

from piptui.desk.api import Removal, RemovalLine, Target

from .conftest import WorldIn
from .world import CASE, KINDS, Kind, World

WHY = "Asked for by the person, ticket 12."
FOUND = (
    "Doe, Pat",
    "DOE,  PAT",
    "pat doe",
    "Pa\u0301t\nDoé",
    "see 1015",
    "pat@example.org",
    "patdoe7",
    "Pat Finch",
    "old-1015",
    "Finch, Pat",
)
PERHAPS = ("Ms Doe", "Pat came", "Pat Doe-Ray", "Finch again")
NEITHER = ("Patrick Doeller", "1015.50 EUR", "2026-1015", "Robin Doe and Doe, Robin", "Nobody of that name")


@pytest.fixture(params=KINDS)
def world(world_in: WorldIn, request: pytest.FixtureRequest) -> World:
    """A case of Dana Cole in whose notes Pat Doe is named in many ways; Pat was Pat Finch with another number and
    login once, and there is a Robin Doe."""
    kind: Kind = request.param
    world = world_in("active", kind)
    desk = world.desk("hr")
    desk.do_person("add_person", "", {"name": "Robin Doe", "number": "1999"})
    desk.do_person("change_person", "1015", {"name": "Pat Finch", "number": "old-1015"})
    desk.do_person("set_logins", "Pat Finch", {"logins": ["patdoe7"]})
    desk.do_person("change_person", "Pat Finch", {"name": "Pat Doe", "number": "1015"})
    desk.do_person("set_logins", "1015", {"logins": ["pat"]})
    for text in (*FOUND, *PERHAPS, *NEITHER):
        world.do("note", "hr", text=f"{text}: told.")
    return world


def said(lines: tuple[RemovalLine, ...]) -> set[str]:
    """How the documents of a list begin, of those that are notes of the fixture."""
    return {one.begins.removesuffix(": told.") for one in lines if one.begins.endswith(": told.")}


def listed(world: World) -> Removal:
    """What HR is told of the removal of Pat."""
    return world.desk("hr").removal(Target(person="1015"))


def flat(texts: tuple[str, ...]) -> set[str]:
    """Texts as a list shows them."""
    return {" ".join(text.replace("a\u0301", "á").split()) for text in texts}


def test_every_name_key_and_login_of_any_time_counts(world: World) -> None:
    """Also those that the person had once; each line says by what it was found."""
    found = listed(world)
    assert said(found.elsewhere) == flat(FOUND)
    assert {"Pat Doe", "Doe, Pat", "1015", "pat@example.org", "patdoe7", "old-1015", "Finch, Pat"} <= {*found.names}
    assert next(one.words for one in found.elsewhere if one.begins.startswith("see 1015")) == ("1015",)


def test_a_part_of_the_name_alone_is_listed_with_case_id_and_kind(world: World) -> None:
    """So that somebody can look at each; colleagues by their own names are not."""
    desk = world.desk("hr")
    note = desk.do_person("note", "1016", {"text": "As with Finch: told."}).item
    found = listed(world)
    assert said(found.perhaps) == {*PERHAPS, "As with Finch"}
    assert {one.case for one in found.perhaps if one.id != note} == {CASE}
    assert next(one for one in found.perhaps if one.id == note).what == (
        f"note of the notebook of {world.clock.now:%Y-%m-%d}, about Olu Ray (1016)"
    )
    assert {one.begins for one in found.perhaps if one.table == "drafts"} != {""}, "a draft that is gone by now"
    for one in (one for one in found.perhaps if one.table != "drafts" and one.begins.endswith(": told.")):
        target = Target(person="1016", entry=one.id) if one.id == note else Target(case=CASE, entry=one.id[:8])
        assert desk.redact(target, WHY).texts
    assert not said(listed(world).perhaps)


def test_everywhere_takes_what_names_them_and_no_part(world: World) -> None:
    """Of a text that holds both the full name goes and the part stays, and is listed."""
    world.do("note", "hr", text="Pat Doe and Ms Doe: told.")
    desk = world.desk("hr")
    assert "Pat Doe and Ms Doe" in said(listed(world).perhaps)
    desk.redact(Target(person="1015", everywhere=True), WHY)
    now = {one.text.removesuffix(": told.") for one in desk.view(CASE).entries if one.text.endswith(": told.")}
    assert {*PERHAPS, *NEITHER, "(removed) and Ms Doe", "see (removed)", "(removed)"} == now
    assert desk.verify().ok
    assert any(one.name == "Robin Doe" for one in desk.lookup("Robin"))


def test_what_the_actor_may_not_see_is_not_told(world_in: WorldIn) -> None:
    """A part of the name in what somebody keeps for themselves is neither listed nor counted."""
    world = world_in("active", "team")
    before = listed(world)
    world.do("note", "manager", text="Ms Doe again.", cls="manager_own")
    world.desk("manager").do_person("note", "1014", {"text": "Ms Doe again.", "cls": "manager_own"})
    after = listed(world)
    assert (after.perhaps, after.elsewhere, after.texts) == (before.perhaps, before.elsewhere, before.texts)


def test_a_name_that_two_have_is_never_taken_out_by_itself(world_in: WorldIn) -> None:
    """Of namesakes, and of somebody with a name of one word that others have in theirs: it is listed, no more."""
    world = world_in("active")
    desk = world.desk("hr")
    for name, number in (("Pat Doe", "1998"), ("Sukarno", "1997"), ("Ana Sukarno", "1996"), ("Suharto", "1995")):
        desk.do_person("add_person", "", {"name": name, "number": number})
    for text in ("With Pat Doe", "With Doe, Pat", "With Sukarno", "With Suharto", "Number 1015"):
        world.do("note", "hr", text=f"{text}: told.")
    for number, sure, perhaps in (
        ("1015", {"Number 1015"}, {"With Pat Doe", "With Doe, Pat"}),
        ("1997", set(), {"With Sukarno"}),
        ("1995", {"With Suharto"}, set()),
    ):
        found = desk.removal(Target(person=number))
        assert (said(found.elsewhere), said(found.perhaps)) == (sure, perhaps)
    assert any("Unicode: 1015; pat@example.org." in one for one in desk.removal(Target(person="1015")).stays)
    desk.redact(Target(person="1015", everywhere=True), WHY)
    assert [one.name for one in desk.lookup("1998")] == ["Pat Doe"]


def test_a_login_that_is_a_word_of_a_colleagues_name_is_no_name(world_in: WorldIn) -> None:
    """Alone it may mean either; in the colleague's name it is theirs, whatever goes everywhere."""
    world = world_in("active")
    desk = world.desk("hr")
    for name, number, login in (("Kim Lo", "1999", "anna"), ("Anna Cole", "1998", "acole")):
        desk.do_person("add_person", "", {"name": name, "number": number, "login": login})
    for text in ("With Anna Cole", "With anna"):
        world.do("note", "hr", text=f"{text}: told.")
    found = desk.removal(Target(person="1999"))
    assert (said(found.elsewhere), said(found.perhaps)) == (set(), {"With anna"})
    desk.redact(Target(person="1999", everywhere=True), WHY)
    assert [one.name for one in desk.lookup("1998")] == ["Anna Cole"]


def test_numbers_and_vocabulary_of_the_record_are_nobodys_name(world_in: WorldIn) -> None:
    """Somebody whose number is a year, and whose login is a word of the record: what rests on such words stays."""
    world = world_in("active")
    desk = world.desk("hr")
    desk.do_person("add_person", "", {"name": "Kim Lo", "number": "2026", "login": "note"})
    world.do("note", "hr", text="Number 2026: told.")
    before = desk.view(CASE)
    assert said(desk.removal(Target(person="2026")).elsewhere) == {"Number 2026"}
    desk.redact(Target(person="2026", everywhere=True), WHY)
    after = desk.view(CASE)
    assert (after.stage, after.slots, len(after.entries)) == (before.stage, before.slots, len(before.entries))
    assert desk.verify().ok
