"""A case sheet with something in every field, its free texts made by one function."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import msgspec

from piptui.cases.plan import (
    Evidence,
    Gap,
    Goal,
    Items,
    Link,
    Milestone,
    PlanText,
    Schedule,
    Standard,
    Support,
    Threshold,
    When,
)
from piptui.cases.records import (
    ActionItem,
    Case,
    CheckIn,
    Correction,
    Extension,
    GoalValue,
    Outcome,
    Party,
    Pause,
    Plan,
    PrintedHeader,
    Slot,
    Strike,
)
from piptui.desk.api import (
    ActionLine,
    CaseLine,
    CaseSheet,
    CheckInLine,
    EntryLine,
    FileLine,
    GoalLine,
    HistoryLine,
    MilestoneLine,
    SlotLine,
    SupportLine,
)

START = dt.date(2026, 3, 2)
END = dt.date(2026, 5, 1)
AT = dt.datetime(2026, 3, 2, 15, 30, tzinfo=dt.UTC)

Words = Callable[[str], str]


def plain(label: str) -> str:
    """A text that names its own field."""
    return f"the {label}"


def plan_text(t: Words) -> PlanText:
    """A plan with one or two items in every list."""
    return PlanText(
        category="sales",
        role_summary=t("role summary"),
        job_description=t("job description"),
        context=t("context"),
        root_cause=t("root cause"),
        days=60,
        days_reason=t("reason for the length"),
        start=START,
        standards=Items(
            items={"s1": Standard(statement=t("standard"), reference=t("scorecard"), edition=t("edition"))},
            order=("s1",),
        ),
        gaps=Items(
            items={
                "a1": Gap(statement=t("first gap"), standard="s1", impact=t("impact")),
                "a2": Gap(statement=t("second gap")),
            },
            order=("a1", "a2"),
        ),
        evidence=Items(
            items={
                "e1": Evidence(
                    gap="a1",
                    statement=t("later fact"),
                    on=dt.date(2026, 2, 10),
                    source="crm",
                    reference=t("ticket"),
                    unit=t("unit"),
                    value=Decimal(20),
                    expected=Decimal(50),
                    benchmark=Decimal("47.5"),
                ),
                "e2": Evidence(gap="a1", statement=t("earlier fact"), on=dt.date(2026, 1, 5)),
                "e3": Evidence(statement=t("loose fact"), since=dt.date(2025, 12, 1), until=dt.date(2026, 1, 31)),
            },
            order=("e1", "e2", "e3"),
        ),
        goals=Items(
            items={
                "g1": Goal(
                    statement=t("goal"),
                    metric=t("metric"),
                    unit=t("unit"),
                    baseline=Decimal(20),
                    target=Decimal(50),
                    achievable=t("why it can be reached"),
                    relevant=t("why it matters"),
                    due=When(week=6, on=dt.date(2026, 4, 12)),
                    gap="a1",
                    standard="s1",
                    proof=t("proof"),
                ),
                "g2": Goal(
                    statement=t("other goal"),
                    kind="qualitative",
                    criterion=t("criterion"),
                    due=When(day=30, on=dt.date(2026, 4, 1)),
                ),
            },
            order=("g1", "g2"),
        ),
        milestones=Items(
            items={
                "m1": Milestone(
                    goal="g1",
                    statement=t("milestone"),
                    first_week=3,
                    week=4,
                    on=dt.date(2026, 3, 29),
                    target=Decimal(35),
                ),
            },
            order=("m1",),
        ),
        support=Items(
            items={
                "p1": Support(
                    statement=t("promise"),
                    kind="training",
                    provider=t("provider"),
                    due=When(week=2, on=dt.date(2026, 3, 15)),
                ),
            },
            order=("p1",),
        ),
        thresholds=Items(
            items={"t1": Threshold(result="partial", criterion=t("threshold"), consequence=t("what then"))},
            order=("t1",),
        ),
        links=Items(items={"l1": Link(name=t("room"), location=t("place of the room"))}, order=("l1",)),
        schedule=Schedule(
            weekday=2, time="10:00", zone="Europe/Berlin", minutes=30, place=t("place"), format=t("format")
        ),
        statement=t("statement of support"),
        consequences=t("consequences"),
        employee_view=t("employee's view"),
    )


def plan(t: Words) -> Plan:
    """The issued plan."""
    return Plan(
        of="c1",
        version=1,
        text=plan_text(t),
        header=PrintedHeader(
            name=t("employee"),
            number=t("number"),
            title=t("title"),
            department=t("department"),
            location=t("location"),
            hired_on=dt.date(2020, 1, 7),
            manager=t("manager"),
            manager_title=t("manager's title"),
            second_manager=t("second manager"),
            second_manager_title=t("second manager's title"),
            hr_partner=t("HR partner"),
            legal_reviewer=t("legal reviewer"),
        ),
        delivered_on=START,
        start=START,
        end=END,
        slots=(
            Slot(id="w1", on=dt.date(2026, 3, 10), at="10:00"),
            Slot(id="w2", on=dt.date(2026, 3, 17), at="10:00"),
            Slot(id="end", on=END, kind="final_review"),
        ),
        zone="Europe/Berlin",
        policy=t("policy"),
        acknowledgement_text=t("acknowledgement text"),
    )


def check_ins(t: Words) -> tuple[CheckInLine, ...]:
    """One held, corrected and crossed out; one missed."""
    held = CheckIn(
        of="c1",
        version=1,
        slot="w1",
        held=True,
        by="x1",
        role="manager",
        planned=dt.date(2026, 3, 10),
        occurred_on=dt.date(2026, 3, 11),
        attendees=("x1", t("guest")),
        values={"g1": GoalValue(value=Decimal(31), note=t("value in words"))},
        helped=t("what helped"),
        hindered=t("what hindered"),
        asked_for=t("what was asked for"),
        own_words=t("own words"),
        recognised=t("recognition"),
        adjustment=t("adjustment"),
        decisions=t("decision"),
        note=t("note of the check-in"),
        actions={"1": ActionItem(who=t("doer"), text=t("action"), due=dt.date(2026, 3, 20))},
        late=True,
        corrections=(
            Correction(field="helped", was=t("what it said before"), at=AT, by="x1", reason=t("why corrected")),
        ),
        struck=Strike(at=AT, by="x1", reason=t("why crossed out")),
    )
    missed = CheckIn(
        of="c1",
        version=1,
        slot="w2",
        held=False,
        by="x1",
        role="manager",
        planned=dt.date(2026, 3, 17),
        cause="manager_missed",
        note=t("why missed"),
    )
    return (
        CheckInLine(id="k2", record=missed, who=t("manager"), recorded_at=AT),
        CheckInLine(id="k1", record=held, who=t("manager"), recorded_at=AT),
    )


def entry(t: Words, kind: str, on: dt.date, **more: object) -> EntryLine:
    """One entry of a kind."""
    fields: dict[str, object] = {
        "id": f"{kind}-{on}",
        "kind": kind,
        "cls": "shared",
        "occurred_on": on,
        "recorded_at": AT,
        "who": t("manager"),
        "role": "manager",
        "text": t(f"text of {kind}"),
        "details": ((t("label"), t(f"detail of {kind}")),),
    }
    return EntryLine(**(fields | more))  # type: ignore[arg-type]  # the fields are checked by the packets that read them


def entries(t: Words) -> tuple[EntryLine, ...]:
    """Every group of entries, in no order."""
    return (
        entry(t, "note", dt.date(2026, 3, 25), struck=t("why struck")),
        entry(t, "evidence", dt.date(2026, 3, 15), was=(t("earlier wording"),), late=True),
        entry(t, "note", dt.date(2026, 3, 5), cls="hr_only"),
        entry(t, "launch", START),
        entry(t, "acknowledgement", START),
        entry(t, "submission", dt.date(2026, 2, 20), cls="manager_hr"),
        entry(t, "return", dt.date(2026, 2, 21), cls="manager_hr"),
        entry(t, "findings", dt.date(2026, 2, 22), cls="manager_hr"),
        entry(t, "assessment", END),
        entry(t, "decision", END),
    )


def sheet(t: Words = plain, *, issued: bool = True) -> CaseSheet:
    """The whole case, closed; or as a draft."""
    header = Case(
        of="x0",
        number="0007",
        opened_on=dt.date(2026, 2, 1),
        parties=(
            Party(role="employee", person="x0", name=t("employee"), since=dt.date(2026, 2, 1)),
            Party(role="manager", person="x1", name=t("manager"), since=dt.date(2026, 2, 1)),
        ),
        zone="Europe/Berlin",
    )
    line = CaseLine(case="0007", id="c1", employee=t("employee"), about=t("about"), stage="draft")
    if not issued:
        return CaseSheet(
            line=line, header=header, stage="draft", phase="", names={}, draft=plan_text(t), draft_version=1
        )
    closed = Case(
        of="x0",
        number="0007",
        opened_on=header.opened_on,
        parties=header.parties,
        zone=header.zone,
        version=1,
        start=START,
        end=END,
        delivered_on=START,
        pauses=(Pause(id="z1", since=dt.date(2026, 3, 20), until=dt.date(2026, 3, 24)),),
        extensions=(Extension(id="x1", old_end=dt.date(2026, 4, 30), new_end=END),),
        review_opened_on=END,
        outcome=Outcome(
            result="partial", next_action="role_adjustment", decided_on=END, decider="x1", reason=t("outcome reason")
        ),
    )
    return CaseSheet(
        line=line,
        header=closed,
        stage="closed",
        phase="",
        names={"x1": t("manager")},
        plan=plan(t),
        goals=goal_lines(t),
        milestones=(
            MilestoneLine(
                id="m1", goal="g1", statement=t("milestone"), week=4, on=dt.date(2026, 3, 29), target=Decimal(35)
            ),
        ),
        slots=(
            SlotLine(id="w1", week=2, on=dt.date(2026, 3, 10), state="held"),
            SlotLine(id="w2", week=3, on=dt.date(2026, 3, 18), state="missed"),
            SlotLine(id="w3", week=4, on=dt.date(2026, 3, 24), state="overdue"),
            SlotLine(id="end", week=9, on=END, kind="final_review"),
        ),
        support=(
            SupportLine(
                id="p1",
                statement=t("promise"),
                kind="training",
                provider=t("provider"),
                due=dt.date(2026, 3, 15),
                state="partly",
                given_on=dt.date(2026, 3, 14),
                shown_by=t("certificate"),
            ),
        ),
        actions=(ActionLine(ref="w1/1", who=t("doer"), text=t("action"), due=None, open=True, late=True),),
        check_ins=check_ins(t),
        entries=entries(t),
        files=files(t),
        revision=44,
    )


def files(t: Words) -> tuple[FileLine, ...]:
    """A file with everything said of it, and one that was struck."""
    letter = FileLine(
        id="f1" * 8,
        name=t("file name"),
        kind="signature",
        cls="manager_hr",
        size=48_213,
        media="application/pdf",
        digest="cd" * 32,
        recorded_at=AT,
        who=t("manager"),
        role="manager",
        occurred_on=START,
        note=t("note of a file"),
        details=((t("label of a file"), t("detail of a file")),),
        was=(t("earlier name"),),
    )
    return (letter, msgspec.structs.replace(letter, id="f2" * 8, cls="shared", struck=t("why the file was struck")))


def goal_lines(t: Words) -> tuple[GoalLine, ...]:
    """The goals with a verdict on the first."""
    return (
        GoalLine(
            id="g1",
            statement=t("goal"),
            kind="numeric",
            metric=t("metric"),
            unit=t("unit"),
            criterion="",
            direction="higher",
            baseline=Decimal(20),
            target=Decimal(50),
            due=dt.date(2026, 4, 12),
            proof=t("proof"),
            verdict="partly",
            verdict_value=Decimal(44),
            verdict_text=t("remark on the verdict"),
            shown_by=t("what shows it"),
        ),
        GoalLine(
            id="g2",
            statement=t("other goal"),
            kind="qualitative",
            metric="",
            unit="",
            criterion=t("criterion"),
            direction="higher",
            baseline=None,
            target=None,
            due=None,
            proof="",
            last_note=t("last words"),
        ),
    )


def history(t: Words = plain) -> tuple[HistoryLine, ...]:
    """Two lines of history."""
    return tuple(
        HistoryLine(
            seq=seq, at=AT, who=t("manager"), role="manager", act="set", sentence=t("sentence"), reason=t("why")
        )
        for seq in (3, 4)
    )
