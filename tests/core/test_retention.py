"""How long things are kept: by rules of the policy pack, listed as due, removed by a person, kept by a legal hold."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from piptui.cases.retention import Days, due
from piptui.cases.terms import Policy
from piptui.desk.api import Retention, Target
from piptui.errors import BadInput, Denied, Refused
from piptui.paths import data_dir
from piptui.policy import parse_pack

from .conftest import WorldIn
from .world import CASE, SECRET, World

TEXT = (data_dir() / "policies" / "generic.toml").read_text(encoding="utf-8")
WHY = "Its time is over."


def pack(rules: str) -> Policy:
    """The shipped pack with other rules of retention."""
    return parse_pack(TEXT[: TEXT.index("# How long an ended case")] + rules)


def rule(period: int, unit: str, anchor: str = "closed", results: str = '["successful"]', what: str = "case") -> str:
    """A rule as a pack holds it."""
    return (
        f'[[retention]]\nname = "{what} {period} {unit}"\nresults = {results}\nwhat = "{what}"\n'
        f'period = {period}\nunit = "{unit}"\nanchor = "{anchor}"\n'
    )


def day(text: str) -> dt.date:
    """A civil date."""
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("period", "unit", "closed", "first"),
    [
        (10, "days", "2026-03-01", "2026-03-12"),
        (1, "months", "2026-01-31", "2026-03-01"),
        (6, "months", "2026-08-31", "2027-03-01"),
        (1, "years", "2024-02-29", "2025-03-01"),
        (4, "years", "2026-05-17", "2030-05-18"),
    ],
)
def test_it_may_go_on_the_day_after_the_whole_period(period: int, unit: str, closed: str, first: str) -> None:
    """A month that has no such day ends with its last."""
    found = due(pack(rule(period, unit)), "successful", "case", Days(day(closed), None, None))
    assert found is not None
    assert found.on == day(first)


def test_a_period_counts_from_the_day_that_the_rule_names() -> None:
    """While that day has not come, nothing is due; the end of the period falls back to the day of closing."""
    days = Days(day("2026-05-17"), day("2026-05-01"), None)
    assert due(pack(rule(1, "days", "left")), "successful", "case", days) is None
    left = days._replace(left=day("2026-06-01"))
    for anchor, first in (("closed", "2026-05-19"), ("period_end", "2026-05-03"), ("left", "2026-06-03")):
        found = due(pack(rule(1, "days", anchor)), "successful", "case", left)
        assert found is not None
        assert found.on == day(first)
    assert due(pack(rule(1, "days")), "withdrawn", "case", left) is None
    assert due(pack(rule(1, "days")), "successful", "files", left) is None


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        (rule(0, "years"), "period"),
        (rule(1, "weeks"), "weeks"),
        (rule(1, "years", "birthday"), "birthday"),
        (rule(1, "years", results="[]"), "results"),
        (rule(1, "years", results='["fired"]'), "fired"),
        (rule(1, "years", what="everything"), "everything"),
        (rule(1, "years") + "colour = 1\n", "colour"),
        (rule(1, "years") * 2, "two are called 'case 1 years'"),
        (rule(1, "years") + rule(2, "years"), "speak of the same"),
    ],
)
def test_a_rule_that_does_not_fit_is_refused(rules: str, message: str) -> None:
    """By the field that is wrong, or by the two rules that say the same."""
    with pytest.raises(BadInput, match=message):
        pack(rules)


def test_the_shipped_rules_are_examples_for_every_ending() -> None:
    """Each way to end has its rule, and the pack says what it is worth."""
    policy = parse_pack(TEXT)
    assert policy.label == "example policy"
    ruled = {result for one in policy.retention if one.what == "case" for result in one.results}
    assert ruled == {"successful", "partial", "unsuccessful", "withdrawn", "discarded"}


@pytest.fixture
def packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Puts another pack in force, from now on."""
    folder = tmp_path / "data"

    def put(text: str) -> None:
        (folder / "policies").mkdir(parents=True, exist_ok=True)
        (folder / "policies" / "generic.toml").write_text(text, encoding="utf-8")
        for module in ("retention", "opening"):
            monkeypatch.setattr(f"piptui.desk.{module}.data_dir", lambda: folder)

    return put


def listed(world: World, years: int = 0) -> Retention:
    """What is due after some years."""
    world.clock.move(days=round(365.25 * years) + (years > 0))
    return world.desk("hr").retention()


def test_what_is_due_is_listed_with_rule_day_and_policy(world_in: WorldIn) -> None:
    """First the drafts and medical documents, after the whole period the case; an open case never."""
    world = world_in("successful")
    world.do("note", "hr", text="A doctor's words.", cls="medical")
    assert not listed(world).lines
    found = listed(world, 1)
    assert [(one.case, one.what, one.rule) for one in found.lines] == [
        (CASE, "working_papers", "drafts"),
        (CASE, "medical", "medical documents"),
    ]
    (line,) = listed(world, 2).lines
    assert (line.case, line.employee, line.result, line.what) == (CASE, "Dana Cole", "successful", "case")
    assert (line.anchor, line.anchored_on, line.due_on) == ("closed", day("2026-05-17"), day("2029-05-18"))
    assert line.policy == "generic 2026-11 (example policy)"
    assert not listed(world_in("active"), 90).lines


def test_only_what_a_rule_says_goes(world_in: WorldIn) -> None:
    """Drafts go with every version of them, the plan that was issued stays; then there is nothing due any more."""
    world = world_in("successful")
    listed(world, 1)
    desk = world.desk("hr")
    done = desk.redact(Target(case=CASE, only="working_papers", rule="drafts"), WHY)
    assert done.texts >= 2
    sheet = desk.view(CASE)
    assert sheet.plan is not None
    assert sheet.goals
    assert sheet.stage == "closed"
    assert desk.verify().ok
    assert not desk.retention().lines
    with pytest.raises(Refused, match="holds no working papers any more"):
        desk.removal(Target(case=CASE, only="working_papers"))


def test_an_employment_that_ended_before_the_case_says_nothing_of_it(
    world_in: WorldIn, packs: Callable[[str], None]
) -> None:
    """A last day of an earlier employment, or one that was mistyped, makes nothing due."""
    packs(TEXT[: TEXT.index("# How long an ended case")] + rule(1, "years", "left", '["discarded"]'))
    world = world_in("founded")
    desk = world.desk("hr")
    desk.new({"employee": "1014"})
    world.do("discard", "hr", text="Wrong person.")
    desk.do_person("left", "1014", {"left_on": "2022-03-31"})
    assert not listed(world).lines
    desk.do_person("left", "1014", {"left_on": "2026-03-02"})
    assert not listed(world).lines
    assert [line.due_on for line in listed(world, 2).lines] == [day("2027-03-03")]


def test_a_rule_that_is_not_due_removes_nothing(world_in: WorldIn) -> None:
    """A redaction that names a rule is held to it."""
    world = world_in("successful")
    for name in ("successful plans", "no such rule"):
        with pytest.raises(Refused, match="nothing of case 0001 is due"):
            world.desk("hr").redact(Target(case=CASE, rule=name), WHY)
    listed(world, 4)
    world.desk("hr").redact(Target(case=CASE, rule="successful plans"), WHY)
    assert world.desk("hr").redactions()[0].rule == "successful plans"


def test_a_hold_keeps_what_is_due(world_in: WorldIn) -> None:
    """It is listed with the hold, and refused; lifted, it goes."""
    world = world_in("unsuccessful")
    world.do("hold", "hr", reason="A claim.")
    (line,) = listed(world, 5).lines
    assert [one.reason for one in line.holds] == ["A claim."]
    target = Target(case=CASE, rule=line.rule)
    with pytest.raises(Refused, match="legal hold"):
        world.desk("hr").redact(target, WHY)
    world.do("lift_hold", "hr", reason="Settled.")
    assert world.desk("hr").redact(target, WHY).texts


def test_the_pack_in_force_decides_and_the_case_s_own_can_only_make_it_later(
    world_in: WorldIn, packs: Callable[[str], None]
) -> None:
    """A shorter period in a new pack takes nothing earlier that was promised longer; a longer one keeps longer."""
    world = world_in("successful")
    packs(TEXT.replace("period = 3\n", "period = 1\n", 1))
    assert [one.what for one in listed(world, 2).lines] == ["working_papers"]
    assert [one.what for one in listed(world, 2).lines] == ["case"]
    packs(TEXT.replace("period = 3\n", "period = 10\n", 1))
    assert [one.what for one in listed(world).lines] == ["working_papers"]
    packs(TEXT[: TEXT.index("# How long an ended case")])
    found = listed(world, 50)
    assert (found.lines, found.kept, found.unruled) == ((), 1, 1)


def test_what_is_due_next_is_told_whatever_is_due_today(world_in: WorldIn) -> None:
    """Parts of a case before the case, a case after its parts, and a note of the notebook; those that are kept are
    counted, too."""
    world = world_in("successful")
    desk = world.desk("hr")
    desk.do_person("note", "1016", {"text": "Talked."})
    told = []
    for days in (0, 400, 400, 400, 4000):
        world.clock.move(days=days)
        found = desk.retention()
        told.append((len(found.lines), found.kept, found.kept_notes, found.next_what, str(found.next_on)))
    assert told == [
        (0, 1, 1, "working_papers", "2027-05-18"),
        (1, 0, 1, "notebook", "2028-05-18"),
        (2, 0, 0, "case", "2029-05-18"),
        (2, 0, 0, "", "None"),
        (2, 0, 0, "", "None"),
    ]
    assert desk.retention().next_case == ""


def test_only_hr_and_legal_see_what_is_due(world_in: WorldIn) -> None:
    """Others are told who may."""
    world = world_in("successful", "team")
    assert world.desk("hr").retention().kept == 1
    for role in ("employee", "manager", "second_manager"):
        with pytest.raises(Denied, match="only HR or the legal reviewer may"):
            world.desk(role).retention()


ERASING = TEXT.replace("erase_working_papers = false", "erase_working_papers = true")


@pytest.fixture
def erasing(world_in: WorldIn, packs: Callable[[str], None]) -> World:
    """A case under a policy that erases working papers, approved and not issued yet."""
    from .world import PATHS

    packs(ERASING)
    world = world_in("founded")
    world.desk("hr").new({"employee": "1014", "legal_reviewer": "2002"})
    for state in ("draft", "in_review", "approved"):
        for step in PATHS[state][1]:
            world.clock.move(days=step.days, minutes=1)
            world.desk(step.role).do(step.act, CASE, step.data)
            if step.act == "put":
                world.do("set", "manager", field="root_cause", value="Bad attitude.")
                world.do("set", "manager", field="root_cause", value="No training since the change of tools.")
    return world


def issue(world: World) -> None:
    """Issue the plan."""
    from .world import ISSUE

    world.do("issue", "manager", **ISSUE)


def holding(world: World, text: str) -> bool:
    """Whether a text stands in any file of the store."""
    return any(text.encode() in path.read_bytes() for path in world.folder.rglob("*") if path.is_file())


def test_working_papers_go_with_the_issue_where_the_policy_says_so(erasing: World) -> None:
    """Every word that was not issued is gone; the plan, its approval and what it names stand, and verify is clean."""
    world = erasing
    approval = world.line("approval")
    assert holding(world, "Bad attitude.")
    issue(world)
    assert not holding(world, "Bad attitude.")
    sheet = world.desk("hr").view(CASE)
    assert sheet.plan is not None
    assert sheet.plan.text.root_cause == "No training since the change of tools."
    assert world.line("approval").details == approval.details
    assert sheet.plan.draft is not None
    ref = world.stored("approval")["ref"]
    assert (ref["seq"], ref["digest"]) == (sheet.plan.draft.seq, sheet.plan.draft.digest)
    record = next(one for one in world.store.history("drafts", ref["id"]) if one.seq == ref["seq"])
    assert (record.digest, record.redacted) == (ref["digest"], True)
    assert world.desk().verify().ok
    told = world.desk("hr").history(CASE)
    assert any("erases working papers at issue" in one.sentence for one in told)
    assert holding(world, SECRET), "notes are no working papers"
    assert any(one.table == "drafts" for one in told)
    assert not any(one.table == "drafts" for one in world.desk("employee").history(CASE)), "a draft is not theirs"
    assert not world.desk("hr").retention().lines
    assert [one.what for one in world.desk("hr").redactions()] == ["working_papers"]


def test_a_policy_that_keeps_working_papers_keeps_them(world_in: WorldIn) -> None:
    """They can still be read as they stood when they were approved."""
    world = world_in("issued")
    seq = world.stored("approval")["ref"]["seq"]
    assert world.desk("hr").version(CASE, at=seq).draft is not None
    assert world.desk("hr").redactions() == ()


def test_a_hold_keeps_working_papers_and_not_the_issue(erasing: World) -> None:
    """Afterwards they are listed as due, and go once it is lifted."""
    world = erasing
    world.do("hold", "hr", reason="A claim.")
    issue(world)
    assert world.desk("hr").view(CASE).stage == "issued"
    assert holding(world, "Bad attitude.")
    (line,) = world.desk("hr").retention().lines
    assert (line.what, line.rule, len(line.holds)) == ("working_papers", "erased at issue", 1)
    world.do("note", "hr", text="Under the hold.")
    assert holding(world, "Bad attitude.")
    world.do("lift_hold", "hr", reason="Settled.")
    assert not holding(world, "Bad attitude."), "the next act takes them"
    assert not world.desk("hr").retention().lines


def test_an_erasure_that_was_cut_off_is_finished_later(erasing: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the next act on the case, or as something that is due; between the two commits the plan is issued."""
    world = erasing
    with monkeypatch.context() as patch:
        patch.setattr("piptui.desk.erasing.erase", _cut_off)
        issue(world)
    assert world.desk("hr").view(CASE).stage == "issued"
    assert holding(world, "Bad attitude.")
    (line,) = world.desk("hr").retention().lines
    assert line.rule == "erased at issue"
    world.do("note", "hr", text="The next act.")
    assert not holding(world, "Bad attitude.")
    assert world.desk().verify().ok


def test_working_papers_that_were_left_can_be_removed_by_hand(
    erasing: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As retention lists them, while the case is open."""
    world = erasing
    with monkeypatch.context() as patch:
        patch.setattr("piptui.desk.erasing.erase", _cut_off)
        issue(world)
    target = Target(case=CASE, only="working_papers", rule="erased at issue")
    assert world.desk("hr").redact(target, WHY).texts
    assert not holding(world, "Bad attitude.")
    assert world.desk("hr").view(CASE).stage == "issued"


def _cut_off(*_args: object) -> bool:
    """Whoever erases is killed before it."""
    raise OSError("killed")
