"""A desk of prepared structs: every stage, hostile text, and errors on demand."""

# ruff: noqa: D102 - the methods are those of the protocol `Desk`, where they are explained

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal

from piptui.cases.plan import Goal, Items, PlanText, Schedule, Standard, Support, When
from piptui.cases.records import ActionItem, Case, CheckIn, Correction, GoalValue, Outcome, Party, Plan, PrintedHeader
from piptui.cases.words import STAGES, Stage
from piptui.desk.api import (
    ActionLine,
    ActLine,
    Agenda,
    Anchor,
    BackupMade,
    CaseLine,
    CaseList,
    CaseSheet,
    CheckInLine,
    Done,
    DueLine,
    EntryLine,
    ExportMade,
    Fetched,
    FileLine,
    GoalLine,
    GoalValueLine,
    HistoryLine,
    Hit,
    ImportReport,
    InputLine,
    Me,
    MilestoneLine,
    News,
    NewsLine,
    Packet,
    PersonLine,
    PersonSheet,
    PresenceLine,
    Preview,
    Redacted,
    RedactionLine,
    Removal,
    Retention,
    SlotLine,
    SupportLine,
    Target,
    VerifyReport,
    Version,
)
from piptui.desk.query.completing import replacements
from piptui.errors import NotFound, PiptuiError
from piptui.text import fold

TODAY = dt.date(2026, 11, 20)
START = dt.date(2026, 10, 12)
NOON = dt.datetime(2026, 11, 20, 12, 0, tzinfo=dt.UTC)

_TEXT = InputLine(name="text", type="long text", required=True, about="what is to be noted")
_REASON = InputLine(name="reason", type="long text", required=True, about="why")
_ENTRY = InputLine(name="entry", type="text", required=True, about="the entry's id")

ACTS: tuple[ActLine, ...] = (
    ActLine(act="put", title="Add or change an item of the plan", when=("draft",), roles=("manager",), inputs=()),
    ActLine(act="submit", title="Submit the plan for review", when=("draft",), roles=("manager",), inputs=()),
    ActLine(act="approve", title="Approve the plan", when=("in_review",), roles=("hr",), inputs=()),
    ActLine(act="issue", title="Issue the plan to the employee", when=("approved",), roles=("hr",), inputs=()),
    ActLine(act="acknowledge", title="Record the acknowledgement", when=("issued",), roles=("hr",), inputs=()),
    ActLine(
        act="log_check_in", title="Log a check-in that was held", when=("active",), roles=("manager",), inputs=()
    ),
    ActLine(act="open_review", title="Open the final review", when=("active",), roles=("hr",), inputs=()),
    ActLine(act="decide", title="Decide the outcome", when=("final_review",), roles=("hr",), inputs=()),
    ActLine(act="note", title="Put a note on file", when=STAGES, roles=("manager", "hr"), inputs=(_TEXT,)),
    ActLine(
        act="correct", title="Correct an entry, in the open", when=STAGES, roles=("hr",), inputs=(_ENTRY, _REASON)
    ),
    ActLine(act="strike", title="Strike an entry, in the open", when=STAGES, roles=("hr",), inputs=(_ENTRY, _REASON)),
)


def case_line(number: int, employee: str = "Dana Okafor", stage: Stage = "active", **more: Any) -> CaseLine:
    """One row of the list."""
    running = stage in ("active", "final_review", "closed")
    facts: dict[str, Any] = {
        "about": "Sales quota",
        "version": 1 if running or stage == "issued" else 0,
        "day": 39 if running else None,
        "days": 60 if running else None,
        "goals": 4,
        "goals_met": 2 if running else 0,
        "next_on": dt.date(2026, 11, 17) if stage == "active" else None,
        "next_what": "check-in" if stage == "active" else "",
        "attention": ("Check-in of 17 Nov is not recorded",) if stage == "active" else (),
        "manager": "Kim Lee",
        "hr_partner": "Noor Haddad",
        "start": START if running else None,
        "end": dt.date(2026, 12, 11) if running else None,
        "result": "successful" if stage == "closed" else "",
        **more,
    }
    return CaseLine(case=f"{number:04}", id=f"c{number}", employee=employee, stage=stage, revision=9, **facts)


def plan_text(word: str = "") -> PlanText:
    """A plan of which most sections say something."""
    return PlanText(
        category="sales",
        role_summary=f"Sells to new customers in the North. {word}".strip(),
        context="Quota was reached in 2 of the last 8 months.",
        days=60,
        standards=Items(items={"s1": Standard(statement="80 % of quota", reference="Sales handbook")}, order=("s1",)),
        goals=Items(
            items={
                "g1": Goal(
                    statement="Daily outreach calls",
                    unit="calls a day",
                    baseline=Decimal(20),
                    target=Decimal(50),
                    due=When(week=9, on=dt.date(2026, 12, 11)),
                    proof="CRM export, read together every Tuesday; whoever is away gets the figures by mail",
                ),
                "g2": Goal(statement="Discovery training", kind="qualitative", criterion="certificate"),
            },
            order=("g1", "g2"),
        ),
        support=Items(items={"p1": Support(statement="Training, 2 days", kind="training")}, order=("p1",)),
        schedule=Schedule(weekday=2, time="10:00", zone="Europe/Berlin", minutes=30),
    )


def _goal(goal: str, statement: str, numbers: tuple[int, int, int] | None, state: str, unit: str = "") -> GoalLine:
    before, last, target = numbers or (None, None, None)
    steps = () if before is None or last is None else (before, (before + last) // 2, last)
    return GoalLine(
        id=goal,
        statement=statement,
        kind="numeric" if numbers else "qualitative",
        metric="",
        unit=unit,
        criterion="",
        direction="higher",
        baseline=None if before is None else Decimal(before),
        target=None if target is None else Decimal(target),
        due=dt.date(2026, 12, 11),
        proof="",
        values=tuple(GoalValueLine(slot=f"w{i}", on=None, value=Decimal(n)) for i, n in enumerate(steps, 1)),
        last=None if last is None else Decimal(last),
        state=state,
    )


def _slots() -> tuple[SlotLine, ...]:
    states = ("held", "held", "missed", "held", "held", "overdue", "planned", "planned")
    slots = [
        SlotLine(id=f"w{week}", week=week, on=START + dt.timedelta(days=7 * week - 6), at="10:00", state=state)  # type: ignore[arg-type]  # one of the literals
        for week, state in enumerate(states, 1)
    ]
    return (*slots, SlotLine(id="w9", week=9, on=dt.date(2026, 12, 11), kind="final_review"))


def _check_in(slot: str, word: str, **more: Any) -> CheckIn:
    return CheckIn(
        schema=1,
        of="p1",
        version=1,
        slot=slot,
        held=True,
        by="k1",
        role="manager",
        occurred_on=dt.date(2026, 11, 10),
        attendees=("Kim Lee", "Dana Okafor"),
        values={"g1": GoalValue(value=Decimal(44), note="three days in a row")},
        helped=f"The call list {word}".strip(),
        own_words="It gets easier.",
        actions={"1": ActionItem(who="Dana", text="rework the discovery script", due=dt.date(2026, 11, 13))},
        corrections=(Correction(field="helped", was="The list", at=NOON, by="k1", reason="said which"),),
        **more,
    )


def entry(name: str, text: str, **more: Any) -> EntryLine:
    """Something on file."""
    facts: dict[str, Any] = {"kind": "evidence", "cls": "shared", "who": "Kim Lee", "role": "manager", **more}
    return EntryLine(id=name, text=text, occurred_on=facts.pop("on", dt.date(2026, 11, 3)), recorded_at=NOON, **facts)


def file_line(name: str, called: str, **more: Any) -> FileLine:
    """An attached file."""
    facts: dict[str, Any] = {
        "cls": "shared",
        "size": 48_213,
        "media": "",
        "who": "Kim Lee",
        "role": "manager",
        **more,
    }
    return FileLine(
        id=name, name=called, digest="ab" * 32, occurred_on=dt.date(2026, 11, 3), recorded_at=NOON, **facts
    )


def sheet(line: CaseLine, word: str = "") -> CaseSheet:
    """A whole case for a line of the list; `word` is put into every text of it."""
    stage = line.stage
    early = stage in ("draft", "in_review", "approved")
    running = stage in ("active", "final_review", "closed")
    header = Case(
        of="p1",
        number=line.case,
        opened_on=dt.date(2026, 9, 28),
        parties=(Party(role="employee", person="p1", name=line.employee, since=dt.date(2026, 9, 28)),),
        zone="Europe/Berlin",
        version=line.version,
        start=line.start,
        end=line.end,
        outcome=None
        if stage != "closed"
        else Outcome(
            result="successful",
            next_action="regular_management",
            decided_on=dt.date(2026, 12, 14),
            decider="k1",
            reason=f"All goals were met. {word}".strip(),
        ),
    )
    plan = Plan(
        of="p1",
        version=1,
        text=plan_text(word),
        header=PrintedHeader(name=line.employee, title="Account Executive", department="Sales North"),
        delivered_on=START,
        start=START,
        end=dt.date(2026, 12, 11),
    )
    return CaseSheet(
        line=line,
        header=header,
        stage=stage,
        phase="",
        names={"k1": f"Kim Lee{word}", "p1": line.employee},
        draft=plan_text(word) if early else None,
        draft_version=1 if early else None,
        draft_state="being written" if stage == "draft" else "",
        plan=None if early else plan,
        plan_state="" if early else "acknowledged",
        goals=(
            _goal("g1", f"Daily outreach calls {word}".strip(), (20, 44, 50), "on track"),
            _goal("g2", "Qualified leads a week", (4, 7, 15), "behind"),
            _goal("g3", "Discovery training", None, "met"),
            _goal("g4", "Share of monthly quota", (40, 55, 80), "behind", "%"),
        )
        if running
        else (),
        milestones=(
            MilestoneLine(
                id="m1", goal="g1", statement="30", week=2, on=dt.date(2026, 10, 25), target=None, reached=True
            ),
            MilestoneLine(id="m2", goal="g1", statement="40", week=7, on=dt.date(2026, 11, 29), target=None),
        )
        if running
        else (),
        slots=_slots() if running else (),
        support=(
            SupportLine(
                id="p1",
                statement=f"Discovery training, 2 days {word}".strip(),
                kind="training",
                provider="Academy",
                due=dt.date(2026, 10, 23),
                state="given",
                given_on=dt.date(2026, 10, 22),
            ),
            SupportLine(
                id="p2", statement="Shadowing", kind="shadowing", provider="", due=dt.date(2026, 11, 6), state="late"
            ),
        )
        if running
        else (),
        actions=(
            ActionLine(
                ref="w5/1",
                who="Dana",
                text=f"call list {word}".strip(),
                due=dt.date(2026, 11, 13),
                open=True,
                late=True,
            ),
        )
        if running
        else (),
        check_ins=(
            CheckInLine(id="k5", record=_check_in("w5", word), who="Kim Lee", recorded_at=NOON),
            CheckInLine(
                id="k3",
                record=CheckIn(
                    of="p1", version=1, slot="w3", held=False, by="k1", role="manager", cause="manager_missed"
                ),
                who="Kim Lee",
                recorded_at=NOON,
            ),
        )
        if running
        else (),
        entries=(
            entry("e2", f"Two of three calls were prepared {word}".strip(), late=True, details=(("goal", "g1"),)),
            entry("e1", "Talk about the quota", kind="conversation", cls="manager_hr", on=dt.date(2026, 10, 1)),
            entry("e3", "Wrong person", kind="note", was=("Wrong preson",), struck="Kim Lee: another case", seq=3),
        ),
        files=(
            file_line(
                "f1", f"letter {word}.pdf".replace(" .", "."), kind="letter", note=f"Signed by both {word}".strip()
            ),
            file_line(
                "f2", "certificate.jpg", kind="certificate", cls="manager_hr", struck="Kim Lee: of another course"
            ),
        ),
        file_limit=10_000_000,
        revision=9,
    )


class FakeDesk:
    """A desk over prepared sheets. `errors` maps a method's name to what it raises; `done` collects acts."""

    def __init__(self, lines: tuple[CaseLine, ...] = (), *, word: str = "", people: bool = True) -> None:
        self.word = word
        self.people = people
        self.lines = lines
        self.errors: dict[str, PiptuiError | Exception] = {}
        self.printed: dict[str, str] = {}
        self.done: list[tuple[str, str, dict[str, Any]]] = []
        self.closed = False
        self.news: list[NewsLine] = []
        self.told: list[tuple[str, str]] = []
        self.unprepared = 0
        self.present: dict[str, tuple[PresenceLine, ...]] = {}
        self.dues: tuple[DueLine, ...] = ()
        self.hits: tuple[Hit, ...] = ()

    def _may(self, method: str) -> None:
        if method in self.errors:
            raise self.errors[method]

    def me(self) -> Me:
        self._may("me")
        return Me(
            person="k1",
            name=f"Kim Lee{self.word}",
            login="kim",
            role="manager",
            store="/srv/pip",
            kind="team",
            zone="Europe/Berlin",
            today=TODAY,
        )

    def list(self, query: str = "", *, sort: str = "", start: int = 0, count: int | None = None) -> CaseList:
        self._may("list")
        terms = fold(query).split()
        texts = {line.id: fold(f"{line.case} {line.employee} {line.about} stage:{line.stage}") for line in self.lines}
        found = tuple(line for line in self.lines if all(term in texts[line.id] for term in terms))
        return CaseList(
            lines=found[start : None if count is None else start + count],
            start=start,
            matching=len(found),
            needy=sum(bool(line.attention) for line in found),
            total=len(self.lines),
        )

    def complete(self, text: str) -> tuple[str, ...]:
        self._may("complete")
        return replacements(text, lambda: self.lines)

    def view(self, case: str) -> CaseSheet:
        self._may("view")
        for line in self.lines:
            if case in (line.case, line.id):
                return sheet(line, self.word)
        raise NotFound(f"There is no case {case}, or none that you may read.")

    def find(self, text: str) -> tuple[Hit, ...]:
        self._may("find")
        wanted = fold(text)
        return tuple(hit for hit in self.hits if wanted in fold(hit.snippet))

    def acts(self, case: str | None = None) -> tuple[ActLine, ...]:
        self._may("acts")
        if case is None:
            return ACTS
        stage = self.view(case).stage
        return tuple(
            act
            if stage in act.when
            else _impossible(act, f"The case is in stage {stage}; it comes later or is past.")
            for act in ACTS
        )

    def preview(self, act: str, case: str, data: Mapping[str, Any], *, expect: int | None = None) -> Preview:
        self._may("preview")
        return Preview(sentences=(), findings=(), readers="manager, HR")

    def do(
        self,
        act: str,
        case: str,
        data: Mapping[str, Any],
        *,
        expect: int | None = None,
        token: str | None = None,
    ) -> Done:
        self._may("do")
        self.done.append((act, case, dict(data)))
        return Done(case=case, act=act, seq=10, revision=10, sentence="It is in the record.")

    def attach(
        self,
        case: str,
        data: Mapping[str, Any],
        content: bytes,
        *,
        expect: int | None = None,
        token: str | None = None,
    ) -> Done:
        return self.do("attach", case, {**data, "content": content}, expect=expect, token=token)

    def fetch(self, case: str, file: str) -> Fetched:
        self._may("fetch")
        found = next((line for line in self.view(case).files if line.id == file), None)
        if found is None:
            raise NotFound(f"There is no file {file!r} in this case.")
        return Fetched(case=case, file=found, content=b"%PDF \x00\xff")

    def new(self, data: Mapping[str, Any], *, token: str | None = None) -> Done:
        self._may("new")
        return Done(case="0099", act="open", seq=1, revision=1, sentence="Case 0099 is open.")

    def new_inputs(self) -> tuple[InputLine, ...]:
        return (InputLine(name="employee", type="text", required=True, about="who the plan is for"),)

    def history(self, case: str) -> tuple[HistoryLine, ...]:
        self._may("history")
        told = f"Opened the case. {self.word}".strip()
        return (
            HistoryLine(
                seq=1, at=NOON - dt.timedelta(days=50), who="Kim Lee", role="manager", act="open", sentence=told
            ),
            HistoryLine(
                seq=2, at=NOON, who="Noor", role="hr", act="issue", sentence="Issued plan 1.", reason="agreed"
            ),
        )

    def version(self, case: str, number: int = 0, *, at: int | None = None) -> Version:
        return Version()

    def lookup(self, text: str = "") -> tuple[PersonLine, ...]:
        self._may("lookup")
        if not self.people:
            return ()
        person = PersonLine(id="p1", name="Dana Okafor", number="1", email="", title="", department="", manager="")
        return (person,)

    def person(self, who: str) -> PersonSheet:
        """The prepared person."""
        self._may("person")
        found = next((one for one in self.lookup("") if who in (one.id, one.number, one.name)), None)
        if found is None:
            raise NotFound(f"Nobody has the number, e-mail, login or name {who!r}.")
        return PersonSheet(line=found, revision=9)

    def person_acts(self, who: str | None = None) -> tuple[ActLine, ...]:
        """Acts on a person, one of them not possible."""
        self._may("person_acts")
        return PERSON_ACTS

    def preview_person(self, act: str, who: str, data: Mapping[str, Any], *, expect: int | None = None) -> Preview:
        """A sentence."""
        self._may("preview_person")
        return Preview(sentences=(), findings=(), readers="manager, HR")

    def do_person(
        self, act: str, who: str, data: Mapping[str, Any], *, expect: int | None = None, token: str | None = None
    ) -> Done:
        """Done."""
        self._may("do_person")
        self.done.append((act, who, dict(data)))
        return Done(case="", act=act, seq=10, revision=10, sentence="It is in the record.", person=who)

    def person_history(self, who: str) -> tuple[HistoryLine, ...]:
        """One line."""
        self._may("person_history")
        return (HistoryLine(seq=3, at=NOON, who="Noor", role="hr", act="note", sentence="Noted.", reason=""),)

    def import_people(
        self,
        path: str,
        *,
        mapping: Mapping[str, str] | None = None,
        key: str | None = None,
        order: Literal["mdy", "dmy"] | None = None,
        dry_run: bool = False,
        tell: Callable[[str], None] | None = None,
    ) -> ImportReport:
        return ImportReport(added=0, updated=0, unchanged=0, refused=(), columns={}, unused=(), key="", notes=())

    def agenda(self, whose: str = "", *, days: int = 7, most: int | None = None) -> Agenda:
        """What a test put here; without it, one thing for every case that needs attention."""
        self._may("agenda")
        lines = self.dues or tuple(
            DueLine(
                case=line.case,
                employee=line.employee,
                on=line.next_on,
                what="check-in",
                detail="w6 10:00",
                overdue=3,
                who=line.manager,
                about=line.about,
                at="10:00",
                zone="Europe/Berlin",
                group="overdue",
                act="log_check_in",
                data={"slot": "w6"},
            )
            for line in self.lines
            if line.attention
        )
        return Agenda(
            whose=whose or "me",
            today=TODAY,
            days=days,
            lines=lines,
            needs=sum(line.group in ("overdue", "today") for line in lines),
            waiting=sum(line.group == "waiting" for line in lines),
            open=sum(line.stage != "closed" for line in self.lines),
        )

    def packet(self, case: str, audience: str) -> Packet:
        self._may("packet")
        if audience in self.printed:
            return Packet(case=case, audience=audience, name=f"{case}-{audience}.md", text=self.printed[audience])
        rows = "\n".join(f"Line {number} {self.word}" for number in range(1, 60))
        return Packet(case=case, audience=audience, name=f"{case}-{audience}.md", text=f"# Packet\n\n{rows}\n")

    def verify(self, anchors: Sequence[Anchor] = ()) -> VerifyReport:
        return VerifyReport(ok=True, commits=1, head_seq=1, head_hash="")

    def anchor(self) -> Anchor:
        return Anchor(store="s", seq=1, hash="ab" * 32)

    def warning(self) -> str:
        return ""

    def accept(self) -> tuple[Anchor, ...]:
        return ()

    def backup(self, to: str) -> BackupMade:
        """A prepared answer."""
        self._may("backup")
        return BackupMade(file=to, size=1234, head_seq=7, head_hash="ab" * 32)

    def removal(self, target: Target, *, reason: str = "") -> Removal:
        """Nothing to remove."""
        self._may("removal")
        return Removal(what="case 0007", lines=(), texts=0, commits=0, files=0, head=7, case="0007")

    def redact(self, target: Target, reason: str, *, expect: int | None = None) -> Redacted:
        """Done."""
        self._may("redact")
        return Redacted(seq=15, sentence="Kim Lee removed a note.", texts=2, files=0, case=target.case)

    def retention(self) -> Retention:
        """Nothing is due."""
        self._may("retention")
        return Retention(today=TODAY, policy="house")

    def redactions(self) -> tuple[RedactionLine, ...]:
        """None."""
        self._may("redactions")
        return ()

    def export(self, to: str, case: str = "") -> ExportMade:
        """A prepared answer."""
        self._may("export")
        return ExportMade(
            folder=to, head_seq=7, head_hash="ab" * 32, cases=1, people=1, files=0, whole=True, reader="owner"
        )

    def prepare(self, most: int) -> int:
        """What a test left to do."""
        self._may("prepare")
        self.unprepared = max(0, self.unprepared - most)
        return self.unprepared

    def watch(self, since: int | None = None) -> News:
        """The news that a test put here."""
        self._may("watch")
        return News(seq=max([since or 0, *(line.seq for line in self.news)]), lines=tuple(self.news))

    def editing(self, case: str, act: str) -> None:
        """Note what was told."""
        self.told.append((case, act))

    def presence(self, case: str) -> tuple[PresenceLine, ...]:
        """Who a test says is there."""
        self._may("presence")
        return self.present.get(case, ())

    def close(self) -> None:
        self.closed = True


PERSON_ACTS = (
    ActLine(
        act="note",
        title="Note something about a person",
        when=(),
        roles=("manager", "hr"),
        inputs=(InputLine(name="text", type="long text", required=True, about="what was said"),),
    ),
    ActLine(
        act="rehired",
        title="Record that somebody was hired again",
        when=(),
        roles=("hr",),
        inputs=(InputLine(name="hired_on", type="date", required=True, about="the first day"),),
        possible=False,
        reason="They have not left by the record.",
    ),
)


def _impossible(act: ActLine, reason: str) -> ActLine:
    return ActLine(
        act=act.act, title=act.title, when=act.when, roles=act.roles, inputs=act.inputs, possible=False, reason=reason
    )


def full_desk(word: str = "") -> FakeDesk:
    """A desk with one case in every stage, the active one first."""
    stages: tuple[Stage, ...] = ("active", "draft", "in_review", "approved", "issued", "final_review", "closed")
    names = (
        *("Dana Okafor", "Priya Patel", "Tomás Silva", "Lars Berg", "Olga Ivanova"),
        *("Aisha Rahman", "渡辺 美咲"),
    )
    lines = [case_line(7 + i, name + word, stage) for i, (name, stage) in enumerate(zip(names, stages, strict=True))]
    return FakeDesk(tuple(lines), word=word)


def many_cases(count: int) -> FakeDesk:
    """A desk with a long list."""
    stages: tuple[Stage, ...] = STAGES
    lines = [case_line(i, f"Person {i}", stages[i % len(stages)]) for i in range(1, count + 1)]
    return FakeDesk(tuple(lines))
