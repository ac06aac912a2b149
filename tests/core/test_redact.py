"""Removing from the record for good, at the desk: who may, what goes, what stays, and how it is told afterwards."""

import itertools
from pathlib import Path

import pytest

from piptui.cases.words import ROLES
from piptui.desk.api import Target
from piptui.errors import BadInput, Conflict, Denied, NotFound, Refused

from .conftest import WorldIn
from .world import CASE, COMMENT, SECRET, World

MARK = "Quinquagesima"
WHY = "Asked for by the person, ticket 12."


def anywhere(world: World, text: str) -> list[str]:
    """The files under the store in which a text stands, whatever its case."""
    wanted = text.lower().encode()
    return [path.name for path in world.folder.rglob("*") if path.is_file() and wanted in path.read_bytes().lower()]


def noted(world: World, **more: str) -> str:
    """A note with the mark in it, corrected once; its id."""
    entry = world.do("note", "hr", text=f"{MARK} in a note.", **more).item
    world.do("correct", "hr", entry=entry, value=f"{MARK} mended.", reason=f"{MARK} misspelt.")
    return entry


def test_a_removed_entry_is_told_and_never_an_error(world_in: WorldIn) -> None:
    """In the sheet, the history and the packet it says when, by whom and why; its text is in no file."""
    world = world_in("active")
    entry = noted(world, cls="manager_hr")
    desk = world.desk("hr")
    assert desk.find(MARK)
    done = desk.redact(Target(case=CASE, entry=entry), WHY)
    assert done.texts == 2
    assert not anywhere(world, MARK)
    assert desk.verify().ok
    assert not desk.find(MARK)
    assert not desk.find("ticket")
    line = next(one for one in desk.view(CASE).entries if one.id == entry)
    assert (line.text, line.was, line.cls) == ("", (), "manager_hr")
    assert line.removed == f"removed on 2026-03-18 by Hana Ito: {WHY}"
    told = [one for one in desk.history(CASE) if one.id == entry]
    assert [one.act for one in told] == ["note", "correct", "redact"]
    assert [one.removed for one in told] == [True, True, False]
    assert all(one.sentence == f"Removed on 2026-03-18 by Hana Ito: {WHY}" for one in told[:2])
    assert f"Hana Ito: {WHY}" in desk.packet(CASE, "hr").text
    with pytest.raises(Refused, match="removed from the record already"):
        desk.redact(Target(case=CASE, entry=entry), WHY)
    for act, more in (("correct", {"value": "x"}), ("strike", {})):
        with pytest.raises(Refused, match="nothing left to mend"):
            world.do(act, "hr", entry=entry, reason="y", **more)


def test_what_is_listed_is_what_goes(world_in: WorldIn) -> None:
    """The list names kind, day, author, class, texts and commits, and changes nothing."""
    world = world_in("active")
    entry = noted(world)
    head = world.head()
    found = world.desk("hr").removal(Target(case=CASE, entry=entry))
    assert world.head() == head == found.head
    (line,) = found.lines
    assert (line.table, line.id, line.case, line.cls) == ("entries", entry, CASE, "manager_hr")
    assert (line.what, line.who, line.texts, line.commits) == ("note of 2026-03-18", "Hana Ito", 2, 2)
    assert (found.texts, found.commits, found.files) == (2, 2, 0)


def test_only_hr_and_legal_may(world_in: WorldIn) -> None:
    """Others are told who may; what they cannot see answers like what does not exist."""
    world = world_in("active", "team")
    entry = noted(world)
    for role in ROLES:
        desk = world.desk(role)
        for target in (Target(case=CASE), Target(case=CASE, entry=entry), Target(person="1015")):
            if role in ("hr", "legal"):
                if target.entry:
                    assert desk.removal(target).lines
                continue
            with pytest.raises(Denied, match=r"only HR (and|or the) legal reviewer may|not for the employee"):
                desk.removal(target)
        if role not in ("hr", "legal"):
            with pytest.raises(Denied):
                desk.redactions()
    with pytest.raises(NotFound):
        world.desk(None).removal(Target(case=CASE))
    hidden = world.do("note", "manager", text="Mine.", cls="manager_own").item
    with pytest.raises(NotFound, match="There is no entry"):
        world.desk("hr").redact(Target(case=CASE, entry=hidden), WHY)


def test_a_reason_that_names_the_person_is_refused(world_in: WorldIn) -> None:
    """It stays for ever; an empty one is asked for."""
    world = world_in("active")
    entry = noted(world)
    for reason, kind in (("Dana Cole asked for it.", Refused), ("", BadInput)):
        with pytest.raises(kind):
            world.desk("hr").redact(Target(case=CASE, entry=entry), reason)
    with pytest.raises(Refused, match="names Dana Cole"):
        world.desk("hr").removal(Target(case=CASE, entry=entry), reason="dana cole")
    assert anywhere(world, MARK)


def test_what_came_in_after_the_list_stops_it(world_in: WorldIn) -> None:
    """Nobody removes what they have not been shown."""
    world = world_in("active")
    entry = noted(world)
    head = world.desk("hr").removal(Target(case=CASE, entry=entry)).head
    world.do("correct", "hr", entry=entry, value="Another text.", reason="Again.")
    with pytest.raises(Conflict, match="look at the list again"):
        world.desk("hr").redact(Target(case=CASE, entry=entry), WHY, expect=head)


def test_a_part_of_a_check_in_can_go_alone(world_in: WorldIn) -> None:
    """Its other words and its values stay, and the slot stays held; earlier versions of it go."""
    world = world_in("active")
    world.do("correct", "manager", entry="w1", field="note", value=f"{MARK}.", reason="Added.")
    desk = world.desk("hr")
    desk.redact(Target(case=CASE, entry="w1", fields=("note",)), WHY)
    assert not anywhere(world, MARK)
    record = desk.view(CASE).check_ins[0].record
    assert (record.note, record.helped, record.held, str(record.values["g1"].value)) == (
        "",
        "The new list.",
        True,
        "25",
    )
    desk.redact(Target(case=CASE, entry="w1"), WHY)
    sheet = desk.view(CASE)
    record = sheet.check_ins[0].record
    assert (record.helped, record.values, record.held, record.slot) == ("", {}, True, "w1")
    assert sheet.check_ins[0].removed.startswith("removed on 2026-03-18 by Hana Ito")
    assert next(one for one in sheet.slots if one.id == "w1").state == "held"
    assert sheet.stage == "active"
    with pytest.raises(BadInput, match="no field 'noet'"):
        desk.redact(Target(case=CASE, entry="w1", fields=("noet",)), WHY)
    with pytest.raises(BadInput, match="no field 'slot'"):
        desk.redact(Target(case=CASE, entry="w1", fields=("slot",)), WHY)


@pytest.mark.parametrize(
    ("name", "path", "kept"),
    [
        ("helped", "helped", ()),
        ("values.g1.note", "values.g1.note", ("values.g1",)),
        ("values.g1.note", "values.g1", ()),
        ("actions.1", "actions.1.text", ("values.g1",)),
        ("actions.1.who", "actions", ("values.g1",)),
    ],
)
def test_what_a_part_said_before_it_was_corrected_goes_with_it(
    world_in: WorldIn, name: str, path: str, kept: tuple[str, ...]
) -> None:
    """Neither the journal nor the check-in holds the earlier words; corrections of other parts stay, and that there
    were corrections is told of all."""
    world = world_in("active")
    for field, value in ((name, f"{MARK} one"), (name, "Two."), *((one, "26") for one in kept)):
        world.do("correct", "manager", entry="w1", field=field, value=value, reason=f"{field}, looked up.")
    desk = world.desk("hr")
    desk.redact(Target(case=CASE, entry="w1", fields=(path,)), WHY)
    assert not anywhere(world, MARK)
    record = desk.view(CASE).check_ins[0].record
    assert tuple(one.field for one in record.corrections) == (name, name, *kept)
    assert tuple(one.field for one in record.corrections if one.was or one.reason) == kept


def test_a_part_that_is_empty_by_now_is_said_to_be(world_in: WorldIn) -> None:
    """What goes is what earlier versions said, and whoever removes it is told so; of a part that says something
    nothing is told."""
    world = world_in("draft")
    for value in (f"{MARK}.", ""):
        world.do("set", "manager", field="context", value=value)
    desk = world.desk("hr")
    target = Target(case=CASE, entry="draft", fields=("context", "role_summary"))
    assert desk.removal(target).empty == ("context",)
    desk.redact(target, WHY)
    assert not anywhere(world, MARK)


def test_removals_are_listed_in_the_order_in_which_they_were_done(world_in: WorldIn) -> None:
    """Whatever was written first, and whatever a removal since has taken out of one; a note of the notebook is called
    one, a document of a case with its number."""
    world = world_in("active")
    desk = world.desk("hr")
    first, second = noted(world), noted(world)
    note = desk.do_person("note", "1014", {"text": "Talked."}).item
    for target in (
        Target(case=CASE, entry=second),
        Target(person="1014", entry=note),
        Target(case=CASE, entry=first),
    ):
        world.clock.move(days=1)
        desk.redact(target, WHY)
    desk.redact(Target(person="1015", everywhere=True), WHY)
    listed = desk.redactions()
    assert [one.seq for one in listed] == sorted(one.seq for one in listed)
    assert [(one.what, one.case) for one in listed] == [
        ("document", CASE),
        ("notebook", ""),
        ("document", CASE),
        ("person", ""),
    ]


def test_what_a_note_said_before_it_was_corrected_goes_with_its_text(world_in: WorldIn) -> None:
    """In a case and in the notebook: the earlier words and the reason of the correction are in no file."""
    world = world_in("active")
    desk, entry = world.desk("hr"), noted(world)
    desk.redact(Target(case=CASE, entry=entry, fields=("text",)), WHY)
    (told,) = next(one for one in desk.view(CASE).entries if one.id == entry).was
    assert told == "text was: (removed) (corrected 2026-03-18 by Hana Ito)"
    note = desk.do_person("note", "1014", {"text": f"{MARK} in the notebook."}).item
    desk.do_person("correct", "1014", {"entry": note, "value": "Plain.", "reason": f"{MARK} misspelt."})
    desk.redact(Target(person="1014", entry=note, fields=("text",)), WHY)
    assert not anywhere(world, MARK)


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("note", "struck.at"),
        ("note", "removed"),
        ("approval", "header.digest"),
        ("launch", "consequences_explained"),
        ("file", "size"),
    ],
)
def test_what_a_document_states_is_no_text_that_goes(world_in: WorldIn, kind: str, path: str) -> None:
    """When it was struck, what was approved, that consequences were explained: otherwise the record would say that
    it was not so."""
    world = world_in("active")
    desk = world.desk("hr")
    entry = world.do("note", "hr", text="Struck soon.").item
    world.do("strike", "hr", entry=entry, reason="It was another day.")
    if kind == "file":
        entry = world.do("attach", "hr", name="letter.pdf", content=b"signed").item
    elif kind != "note":
        entry = next(one.id for one in desk.view(CASE).entries if one.kind == kind)
    with pytest.raises(BadInput, match="no field"):
        desk.redact(Target(case=CASE, entry=entry, fields=(path,)), WHY)


def test_a_field_of_the_plan_in_force_can_go(world_in: WorldIn) -> None:
    """A whole plan in force cannot; its goals and days stay, and acknowledgements name the same commit."""
    world = world_in("active")
    desk = world.desk("hr")
    before = desk.view(CASE)
    assert before.plan is not None
    assert before.plan.text.context
    with pytest.raises(Refused, match="in force"):
        desk.redact(Target(case=CASE, entry="v1"), WHY)
    desk.redact(Target(case=CASE, entry="v1", fields=("context", "goals.g1.statement")), WHY)
    after = desk.view(CASE)
    assert after.plan is not None
    gone = "(removed from the record on 2026-03-18)"
    assert (after.plan.text.context, after.plan.text.goals.items["g1"].statement) == (gone, gone)
    assert after.plan.slots == before.plan.slots
    assert after.stage == "active"
    assert (
        world.line("acknowledgement").details
        == next(one for one in before.entries if one.kind == "acknowledgement").details
    )
    with pytest.raises(BadInput, match=r"name one of them, such as goals.g1"):
        desk.redact(Target(case=CASE, entry="v1", fields=("goals",)), WHY)


@pytest.mark.parametrize(("state", "entry"), [("active", "v1"), ("draft", "draft")])
def test_an_item_of_a_plan_goes_by_its_parts(world_in: WorldIn, state: str, entry: str) -> None:
    """What names it would point to nothing: the message says which part could go, and that part can."""
    world = world_in(state)
    desk = world.desk("hr")
    head = world.head()
    for path in ("goals", "goals.g1", "support.p1"):
        with pytest.raises(BadInput, match=rf"{path}' has parts: name one of them, such as {path}\.\w+"):
            desk.redact(Target(case=CASE, entry=entry, fields=(path,)), WHY)
    assert world.head() == head
    desk.redact(Target(case=CASE, entry=entry, fields=("goals.g1.statement",)), WHY)
    assert desk.view(CASE).stage == state


@pytest.mark.parametrize("path", ["support.p1.provider", "goals.g1.proof", "header.manager"])
def test_words_of_a_plan_go_whatever_their_field_is_called(world_in: WorldIn, path: str) -> None:
    """Elsewhere a support, a proof and a manager are keys on which a case rests; in a plan they are words."""
    world = world_in("active")
    desk = world.desk("hr")
    name = path.partition(".")[0]

    def said() -> object:
        plan = desk.view(CASE).plan
        assert plan is not None
        if name == "header":
            return plan.header.manager
        return plan.text.support.items["p1"].provider if name == "support" else plan.text.goals.items["g1"].proof

    assert said() in ("Maria Lopez", "CRM report", "Max Berg")
    desk.redact(Target(case=CASE, entry="v1", fields=(path,)), WHY)
    assert said() not in ("Maria Lopez", "CRM report", "Max Berg")


@pytest.mark.parametrize("path", ["verdicts", "verdicts.g1"])
def test_the_verdicts_of_an_outcome_stay_without_their_words(world_in: WorldIn, path: str) -> None:
    """The outcome rests on them: what was reached, and what shows it, goes; that the goal was met does not."""
    world = world_in("successful")
    desk = world.desk("hr")
    entry = next(one.id for one in desk.view(CASE).entries if one.kind == "decision")
    desk.redact(Target(case=CASE, entry=entry, fields=(path,)), WHY)
    stored = world.stored("decision")["verdicts"]
    assert {goal: one["verdict"] for goal, one in stored.items()} == {"g1": "met", "g2": "partly"}
    assert not any(said for part, said in stored["g1"].items() if part != "verdict")


def test_earlier_words_of_a_draft_can_go(world_in: WorldIn) -> None:
    """What was edited out of a draft is in no file afterwards; what it says now stays."""
    world = world_in("draft")
    world.do("set", "manager", field="context", value=f"{MARK} as typed first.")
    world.do("set", "manager", field="context", value="As it reads now.")
    assert anywhere(world, MARK)
    world.desk("hr").redact(Target(case=CASE, entry="draft"), WHY)
    assert not anywhere(world, MARK)
    sheet = world.desk("hr").view(CASE)
    assert sheet.draft is not None
    assert sheet.draft.context == "As it reads now."
    assert world.desk().verify().ok


def test_a_decision_goes_with_what_the_header_repeats_of_it(world_in: WorldIn) -> None:
    """Reason and decider go from both; result and day, on which the case rests, stay."""
    world = world_in("successful")
    entry = world.line("decision").id
    world.do("correct", "manager", entry=entry, value=f"{MARK}: met.", reason="Clearer.")
    world.desk("hr").redact(Target(case=CASE, entry=entry), WHY)
    assert not anywhere(world, MARK)
    assert not anywhere(world, "As the goals show.")
    sheet = world.desk("hr").view(CASE)
    assert sheet.header.outcome is not None
    assert sheet.header.outcome.result == "successful"
    assert sheet.header.outcome.reason == "(removed from the record on 2026-05-17)"
    assert sheet.header_removed.startswith("outcome.reason and outcome.decider removed on 2026-05-17 by Hana Ito")
    assert sheet.stage == "closed"
    assert world.desk().verify().ok


def test_a_rebuttal_goes_with_its_case_only(world_in: WorldIn) -> None:
    """It answers a plan, and stays as long as that."""
    world = world_in("active")
    entry = world.do("note", "employee", text="I disagree.", kind="rebuttal").item
    with pytest.raises(Refused, match="goes with the whole case only"):
        world.desk("hr").redact(Target(case=CASE, entry=entry), WHY)


def test_an_attached_file_goes_with_its_bytes(world_in: WorldIn) -> None:
    """Name, note and bytes; that there was a file stays."""
    world = world_in("active")
    entry = world.do("attach", "hr", name=f"{MARK}.pdf", content=MARK.encode(), note=MARK).item
    found = world.desk("hr").removal(Target(case=CASE, entry=entry))
    assert (found.files, found.lines[0].file, found.lines[0].size) == (1, f"{MARK}.pdf", len(MARK))
    world.desk("hr").redact(Target(case=CASE, entry=entry), WHY)
    assert not anywhere(world, MARK)
    assert not (world.folder / "files" / entry).exists()
    assert world.desk("hr").view(CASE).files[0].removed
    assert world.desk().verify().ok
    with pytest.raises(NotFound, match="removed"):
        world.desk("hr").fetch(CASE, entry)


@pytest.mark.parametrize("state", ["draft", "issued", "active"])
def test_an_open_case_is_not_removed(world_in: WorldIn, state: str) -> None:
    """It has to end first, and the refusal says how."""
    world = world_in(state)
    with pytest.raises(Refused, match="is open: it can be removed once it has ended"):
        world.desk("hr").redact(Target(case=CASE), WHY)
    with pytest.raises(Refused, match="is open"):
        world.desk("hr").redact(Target(person="1014"), WHY)


@pytest.mark.parametrize("state", ["successful", "unsuccessful", "withdrawn", "discarded"])
def test_a_removed_case_keeps_its_number_and_that_it_was_removed(world_in: WorldIn, state: str) -> None:
    """Nothing of the employee stands in any view of it; number, shape of the history, who, when and why do."""
    world = world_in(state)
    desk = world.desk("hr")
    world.do("attach", "hr", name="letter.pdf", content=MARK.encode())
    world.do("note", "manager", text=f"{MARK}: mine.", cls="manager_own")
    before = desk.history(CASE)
    desk.redact(Target(case=CASE), WHY)
    assert not anywhere(world, MARK)
    (line,) = desk.list().lines
    assert (line.case, line.employee, line.about, line.stage, line.result) == (
        CASE,
        "(removed)",
        "",
        "closed",
        "removed",
    )
    sheet = desk.view(CASE)
    assert sheet.removed == f"removed on {world.clock.now:%Y-%m-%d} by Hana Ito: {WHY}"
    assert (sheet.plan, sheet.entries, sheet.files, sheet.names) == (None, (), (), {})
    told = desk.history(CASE)
    assert {one.seq for one in told[:-1]} == {one.seq for one in before}
    assert all(one.removed for one in told[:-1] if one.table != "keys")
    assert told[-1].sentence == f"Hana Ito removed case {CASE} from the record."
    assert told[-1].reason == WHY
    for text in (repr(told), repr(sheet), desk.packet(CASE, "counsel").text, repr(desk.person("1014"))):
        assert "Max Berg decided" not in text
        assert MARK not in text
    assert "Dana" not in repr((told, sheet)) + desk.packet(CASE, "counsel").text
    assert desk.person("1014").cases == ()
    assert not desk.find("Training")
    assert desk.verify().ok
    with pytest.raises(Refused, match="nothing is done in it any more"):
        world.do("note", "hr", text="More.")
    assert not any(one.possible for one in desk.acts(CASE))
    assert desk.new({"employee": "1014"}).case == "0002", "a number is given once"
    assert [one.what for one in desk.redactions()] == ["case"]


def test_every_line_of_a_removed_case_says_why(world_in: WorldIn) -> None:
    """Also of what was removed by itself before: the sentence that said why has gone with the case, and the line says
    by which removal."""
    world = world_in("successful")
    desk = world.desk("hr")
    entry = noted(world)
    desk.redact(Target(case=CASE, entry=entry), "Too much.")
    world.clock.move(days=1)
    desk.redact(Target(case=CASE), WHY)
    told = [one for one in desk.history(CASE) if one.removed]
    assert all(one.sentence.endswith(f": {WHY}") for one in told)
    assert next(one.sentence for one in told if one.id == entry) == (
        f"Removed on 2026-05-17 by Hana Ito; the reason was removed on 2026-05-18 by Hana Ito: {WHY}"
    )


def test_a_removed_case_does_not_exist_for_those_who_had_a_part(world_in: WorldIn) -> None:
    """Who it was about is not known any more, so only those with a role for every case see its
    number."""
    world = world_in("successful", "team")
    world.desk("hr").redact(Target(case=CASE), WHY)
    assert world.desk("hr").view(CASE).removed
    for role in ("employee", "manager", "second_manager", "legal"):
        with pytest.raises(NotFound):
            world.desk(role).view(CASE)


def test_a_person_goes_with_cases_and_notebook(world_in: WorldIn) -> None:
    """The directory, the notebook, every case of theirs: in no file; others stay."""
    world = world_in("unsuccessful")
    desk = world.desk("hr")
    desk.do_person("note", "1014", {"text": f"{MARK}."})
    found = desk.removal(Target(person="1014"))
    assert found.cases == (CASE,)
    assert {one.table for one in found.lines} >= {"people", "notebook", "cases", "plans", "entries", "checkins"}
    done = desk.redact(Target(person="1014"), WHY, expect=found.head)
    assert done.texts == found.texts
    for gone in ("Dana Cole", "dana@example.org", MARK, "Room 4"):
        assert not anywhere(world, gone), gone
    assert desk.verify().ok
    assert [one.name for one in desk.lookup("pat")] == ["Pat Doe"]
    with pytest.raises(NotFound):
        desk.person("1014")
    assert desk.list().lines[0].employee == "(removed)"
    assert [one.what for one in desk.redactions()] == ["person"]


def test_who_holds_a_part_in_an_open_case_stays(world_in: WorldIn) -> None:
    """The part is passed on first; nobody removes themselves."""
    world = world_in("active")
    with pytest.raises(Refused, match="manager in case 0001, which is open"):
        world.desk("hr").redact(Target(person="1002"), WHY)
    with pytest.raises(Denied, match="Nobody removes themselves"):
        world.desk("hr").redact(Target(person="2001"), WHY)


def test_a_name_in_what_is_told_of_others_is_listed_and_goes_if_wanted(world_in: WorldIn) -> None:
    """The manager of a closed case stays named in it, unless the name shall go everywhere."""
    world = world_in("successful")
    desk = world.desk("hr")
    assert desk.removal(Target(person="1002")).elsewhere
    desk.redact(Target(person="1002"), WHY)
    assert anywhere(world, "Max Berg")
    assert desk.view(CASE).header.parties[1].name == "Max Berg"
    world = world_in("successful")
    desk = world.desk("hr")
    script = [("tallies", "1", {"text": "Max Berg: 3"})]
    world.store.commit(script, expect={}, actor="script", act="raw")
    desk.redact(Target(person="1002", everywhere=True), WHY)
    assert world.store.get("tallies", "1")[0] == {"text": "(removed): 3"}
    assert not anywhere(world, "Max Berg")
    assert not anywhere(world, "max@example.org")
    sheet = desk.view(CASE)
    assert sheet.header.parties[1].name == "(removed)"
    assert sheet.stage == "closed"
    assert sheet.line.employee == "Dana Cole"
    assert desk.verify().ok


def test_a_name_that_the_person_had_before_goes_everywhere_too(world_in: WorldIn) -> None:
    """The directory had another name, address and login of them once; what it says now is not all that names them."""
    world = world_in("successful")
    desk = world.desk("hr")
    desk.do_person("change_person", "1002", {"name": "Max Adler", "email": "adler@example.org"})
    desk.do_person("set_logins", "1002", {"logins": "adler"})
    world.do("note", "hr", text="Adler, max.adler: nobody. Max Adler said so.")
    listed = desk.removal(Target(person="1002", everywhere=True))
    assert {"Max Adler", "Max Berg", "adler@example.org", "max@example.org"} <= {*listed.names}
    with pytest.raises(Refused, match="names Berg"):
        desk.redact(Target(person="1002", everywhere=True), "Asked for by Berg.")
    desk.redact(Target(person="1002", everywhere=True), WHY)
    for name in ("Max Adler", "Max Berg", "max@example.org", "adler@example.org"):
        assert not anywhere(world, name), name
    assert desk.verify().ok


def test_somebody_whose_name_is_too_short_to_look_for_goes_all_the_same(world_in: WorldIn) -> None:
    """What they recorded of others stays to the letter; only that their login did so goes."""
    world = world_in("active", "team")
    desk = world.desk("hr")
    desk.do_person("add_person", "", {"name": "Al", "number": "78", "login": "al"})
    desk.do_person("give_role", "78", {"role": "hr"})
    entry = world.desk(login="al").do("note", CASE, {"text": "Calls were late."}).item
    desk.do_person("end_role", "78", {"role": "hr"})
    assert anywhere(world, '"login":"al"')
    desk.redact(Target(person="78", everywhere=True), WHY)
    assert not anywhere(world, '"login":"al"')
    assert next(one.text for one in desk.view(CASE).entries if one.id == entry) == "Calls were late."


def test_bytes_that_were_set_aside_go_too(world_in: WorldIn, tmp_path: Path) -> None:
    """A save that was cut off long ago may hold what is removed now."""
    world = world_in("active")
    entry = noted(world)
    for name, text in (("torn-1.bin", f'"id":"{entry}" {MARK}'), ("torn-2.bin", "of another case")):
        (world.folder / name).write_text(text, encoding="utf-8")
    world.desk("hr").redact(Target(case=CASE, entry=entry), WHY)
    assert not (world.folder / "torn-1.bin").exists()
    assert (world.folder / "torn-2.bin").exists()


def test_a_note_of_the_notebook_can_go_alone(world_in: WorldIn) -> None:
    """With its topic, next step and what it was before it was corrected; its day, kind and author stay."""
    world = world_in("founded")
    desk = world.desk("hr")
    told = {"text": f"{MARK}.", "topic": MARK, "next_step": MARK, "kind": "coaching"}
    note = desk.do_person("note", "1014", told).item
    desk.do_person("correct", "1014", {"entry": note, "value": f"{MARK} again.", "reason": MARK})
    done = desk.redact(Target(person="1014", entry=note[:8], fields=("topic",)), WHY)
    assert "names" not in done.sentence
    assert desk.person("1014").notes[0].text == f"{MARK} again."
    desk.redact(Target(person="1014", entry=note), WHY)
    assert not anywhere(world, MARK)
    (line,) = desk.person("1014").notes
    assert (line.text, line.topic, line.next_step, line.was, line.kind) == ("", "", "", (), "coaching")
    assert line.removed == f"removed on 2026-03-02 by Hana Ito: {WHY}"
    assert any(one.removed for one in desk.person_history("1014"))
    assert desk.verify().ok
    with pytest.raises(Refused, match="nothing left to mend"):
        desk.do_person("strike", "1014", {"entry": note, "reason": "x"})
    assert [one.what for one in desk.redactions()] == ["notebook", "notebook"]


def test_the_list_for_a_person_betrays_nothing_hidden(world_in: WorldIn) -> None:
    """What a manager keeps for themselves goes, and is neither listed nor counted."""
    world = world_in("successful", "team")
    desk = world.desk("hr")
    before = desk.removal(Target(person="1014"))
    secret = {"text": "Mine, on Dana Cole.", "cls": "manager_own"}
    world.desk("manager").do_person("note", "1014", secret)
    world.desk("manager").do_person("note", "1015", {"text": "As with Dana Cole.", "cls": "manager_own"})
    world.do("note", "manager", **secret)
    after = desk.removal(Target(person="1014"))
    assert (after.lines, after.texts, after.commits) == (before.lines, before.texts, before.commits)
    assert after.elsewhere == before.elsewhere
    done = desk.redact(Target(person="1014", everywhere=True), WHY)
    assert done.texts >= before.texts
    assert not anywhere(world, "Dana Cole")
    assert desk.verify().ok


@pytest.mark.parametrize(
    "state", ["in_review", "approved", "issued", "active", "final_review", "successful", "withdrawn"]
)
def test_no_removal_of_a_document_moves_the_case(world_in: WorldIn, state: str) -> None:
    """Whatever single entry or check-in goes: stage, result, slots, promises and verdicts stay as they were, and no
    text of it is left."""
    world = world_in(state)
    world.do("attach", "hr", name="letter.pdf", content=b"%PDF")
    if state in ("active", "final_review"):
        world.do("deliver", "manager", support="p1", shown_by="list")
    desk = world.desk()
    before = desk.view(CASE)
    ids = [[one.id for one in before.entries], [one.id for one in before.check_ins], [one.id for one in before.files]]
    for entry in itertools.chain(*ids):
        desk.redact(Target(case=CASE, entry=entry), WHY)
    after = desk.view(CASE)
    for name in ("stage", "draft_state", "plan_state"):
        assert getattr(after, name) == getattr(before, name)
    assert after.line.result == before.line.result
    assert [(one.id, one.state) for one in after.slots] == [(one.id, one.state) for one in before.slots]
    assert [(one.id, one.state) for one in after.support] == [(one.id, one.state) for one in before.support]
    assert [one.verdict for one in after.goals] == [one.verdict for one in before.goals]
    assert [(one.id, one.kind, one.cls, one.occurred_on) for one in after.entries] == [
        (one.id, one.kind, one.cls, one.occurred_on) for one in before.entries
    ]
    assert all(one.removed and not one.text for one in after.entries)
    for gone in (SECRET, COMMENT, "As the goals show.", "Room 4", "The new list.", "Received."):
        assert not anywhere(world, gone), gone
    assert desk.verify().ok


def test_a_reason_in_the_header_can_go(world_in: WorldIn) -> None:
    """Why a case was discarded stands nowhere else; what the case rests on cannot go from there."""
    world = world_in("discarded")
    desk = world.desk("hr")
    desk.redact(Target(case=CASE, entry="header", fields=("discarded.reason",)), WHY)
    assert not anywhere(world, "Wrong person.")
    sheet = desk.view(CASE)
    assert sheet.header.discarded is not None
    assert sheet.header.discarded.reason == "(removed from the record on 2026-03-02)"
    assert (sheet.line.employee, sheet.stage) == ("Dana Cole", "closed")
    for fields in ((), ("parties",), ("number",), ("outcome.result",)):
        with pytest.raises(BadInput, match="Of the header only this"):
            desk.redact(Target(case=CASE, entry="header", fields=fields), WHY)
