"""A desk that answers with prepared structs and remembers what it was asked."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from piptui.checks.base import Finding
from piptui.cli.session import Doors
from piptui.desk import api
from piptui.desk.query.completing import replacements

TODAY = dt.date(2026, 11, 20)
AT = dt.datetime(2026, 11, 17, 9, 30, tzinfo=dt.UTC)
HOSTILE = "O'\x1b[31mBrien\x1b]0;owned\x07 \x9b2J日本"
"""A name with everything a terminal would obey."""


def case_line(**more: Any) -> api.CaseLine:
    """A running case that needs attention."""
    fields: dict[str, Any] = {
        "case": "0007",
        "id": "c7",
        "employee": HOSTILE,
        "about": "sales",
        "stage": "active",
        "version": 1,
        "day": 39,
        "days": 60,
        "goals": 4,
        "goals_met": 2,
        "next_on": dt.date(2026, 11, 24),
        "next_what": "check-in",
        "attention": ("Check-in of 17 Nov has no record",),
        "revision": 12,
    }
    return api.CaseLine(**(fields | more))


def file_line(**more: Any) -> api.FileLine:
    """A letter."""
    fields: dict[str, Any] = {
        "id": "a1" * 8,
        "name": "letter.pdf",
        "kind": "letter",
        "cls": "manager_hr",
        "size": 7,
        "media": "application/pdf",
        "digest": "cd" * 32,
        "recorded_at": AT,
        "who": HOSTILE,
        "role": "hr",
    }
    return api.FileLine(**(fields | more))


@dataclass
class FakeDesk:
    """Implements `piptui.desk.api.Desk`. `error` is raised by every method instead of an answer."""

    error: Exception | None = None
    lines: tuple[api.CaseLine, ...] = (case_line(),)
    sheet: api.CaseSheet | None = None
    refused: tuple[api.RefusedRow, ...] = ()
    problems: tuple[api.Problem, ...] = ()
    people: tuple[api.PersonLine, ...] = ()
    one: api.PersonSheet | None = None
    dues: tuple[api.DueLine, ...] = ()
    warned: str = ""
    witnesses: tuple[api.WitnessLine, ...] = ()
    calls: list[tuple[str, Any]] = field(default_factory=list)
    closed: int = 0

    def _asked(self, name: str, *args: Any) -> None:
        self.calls.append((name, args))
        if self.error is not None:
            raise self.error

    def me(self) -> api.Me:
        """The actor."""
        return api.Me(
            person="x1", name="Kim Lee", login="kim", role="hr", store="s", kind="personal", zone="UTC", today=TODAY
        )

    def list(self, query: str = "", *, sort: str = "", start: int = 0, count: int | None = None) -> api.CaseList:
        """The prepared lines, none for the query "nothing"."""
        self._asked("list", query)
        found = () if query == "nothing" else self.lines
        return api.CaseList(lines=found, matching=len(found), total=len(self.lines))

    def complete(self, text: str) -> tuple[str, ...]:
        """The ways of the language over the prepared lines."""
        self._asked("complete", text)
        return replacements(text, lambda: self.lines)

    def view(self, case: str) -> api.CaseSheet:
        """The prepared sheet."""
        self._asked("view", case)
        assert self.sheet is not None
        return self.sheet

    def find(self, text: str) -> tuple[api.Hit, ...]:
        """One hit."""
        self._asked("find", text)
        return (api.Hit(case="0007", employee=HOSTILE, what="check-in", snippet=f"… {text} …"),)

    def acts(self, case: str | None = None) -> tuple[api.ActLine, ...]:
        """Three acts, one of them not possible."""
        self._asked("acts", case)
        note = api.InputLine(name="text", type="long text", required=True, about="what happened")
        return (
            api.ActLine(act="note", title="Keep a note", when=("active",), roles=("manager", "hr"), inputs=(note,)),
            api.ActLine(
                act="put",
                title="Add an item",
                when=("draft",),
                roles=("manager",),
                inputs=(),
                possible=False,
                reason="The plan is issued.",
            ),
            api.ActLine(act="set", title="Set a field", when=("draft",), roles=("manager",), inputs=()),
        )

    def preview(self, act: str, case: str, data: Mapping[str, Any], *, expect: int | None = None) -> api.Preview:
        """A sentence and a finding."""
        self._asked("preview", act, case, dict(data))
        found = Finding(check="G014", severity="warn", where="goals.g2", text="Target above the team's.")
        return api.Preview(sentences=("Kim Lee would note something.",), findings=(found,), readers="manager, HR")

    def do(
        self, act: str, case: str, data: Mapping[str, Any], *, expect: int | None = None, token: str | None = None
    ) -> api.Done:
        """Done."""
        self._asked("do", act, case, dict(data), expect, token)
        return api.Done(case=case, act=act, seq=13, revision=13, sentence=f"Kim Lee did {act}.", item="g1")

    def attach(
        self,
        case: str,
        data: Mapping[str, Any],
        content: bytes,
        *,
        expect: int | None = None,
        token: str | None = None,
    ) -> api.Done:
        """Done, by the act."""
        return self.do("attach", case, {**data, "content": content}, expect=expect, token=token)

    def fetch(self, case: str, file: str) -> api.Fetched:
        """A prepared file."""
        self._asked("fetch", case, file)
        return api.Fetched(case=case, file=file_line(), content=b"%PDF \x00\xff")

    def new(self, data: Mapping[str, Any], *, token: str | None = None) -> api.Done:
        """Case 0008."""
        self._asked("new", dict(data), token)
        return api.Done(case="0008", act="new", seq=14, revision=14, sentence="Kim Lee opened case 0008.")

    def new_inputs(self) -> tuple[api.InputLine, ...]:
        """None."""
        return ()

    def history(self, case: str) -> tuple[api.HistoryLine, ...]:
        """One line."""
        self._asked("history", case)
        return (
            api.HistoryLine(seq=3, at=AT, who=HOSTILE, role="manager", act="note", sentence="A note.", reason="late"),
        )

    def version(self, case: str, number: int = 0, *, at: int | None = None) -> api.Version:
        """Nothing."""
        return api.Version()

    def lookup(self, text: str = "") -> tuple[api.PersonLine, ...]:
        """The prepared people."""
        self._asked("lookup", text)
        return self.people

    def person(self, who: str) -> api.PersonSheet:
        """The prepared person."""
        self._asked("person", who)
        assert self.one is not None
        return self.one

    def person_acts(self, who: str | None = None) -> tuple[api.ActLine, ...]:
        """Acts on a person, one of them not possible."""
        self._asked("person_acts", who)
        text = api.InputLine(name="text", type="long text", required=True, about="what was said")
        return (
            api.ActLine(act="note", title="Note something", when=(), roles=("manager", "hr"), inputs=(text,)),
            api.ActLine(
                act="rehired",
                title="Hired again",
                when=(),
                roles=("hr",),
                inputs=(),
                possible=False,
                reason="They have not left.",
            ),
            api.ActLine(act="add_person", title="Add a person", when=(), roles=("hr",), inputs=()),
        )

    def preview_person(
        self, act: str, who: str, data: Mapping[str, Any], *, expect: int | None = None
    ) -> api.Preview:
        """A sentence."""
        self._asked("preview_person", act, who, dict(data))
        return api.Preview(sentences=("Kim Lee would note something.",), findings=(), readers="manager and HR")

    def do_person(
        self, act: str, who: str, data: Mapping[str, Any], *, expect: int | None = None, token: str | None = None
    ) -> api.Done:
        """Done."""
        self._asked("do_person", act, who, dict(data), expect, token)
        return api.Done(case="", act=act, seq=15, revision=15, sentence=f"Kim Lee did {act}.", person="p1")

    def person_history(self, who: str) -> tuple[api.HistoryLine, ...]:
        """One line."""
        self._asked("person_history", who)
        return (api.HistoryLine(seq=4, at=AT, who=HOSTILE, role="hr", act="note", sentence="A note.", reason=""),)

    def import_people(
        self,
        path: str,
        *,
        mapping: Mapping[str, str] | None = None,
        key: str | None = None,
        order: str | None = None,
        dry_run: bool = False,
        tell: Callable[[str], None] | None = None,
    ) -> api.ImportReport:
        """Two people, and the prepared refusals."""
        self._asked("import", path, dict(mapping or {}), key, order, dry_run)
        return api.ImportReport(
            added=2,
            updated=1,
            unchanged=0,
            refused=self.refused,
            columns={"number": "Nr", "name": "Name"},
            unused=("T-shirt",),
            key="Nr",
            notes=("Dates read month first.",),
            dry_run=dry_run,
        )

    def agenda(self, whose: str = "", *, days: int = 7, most: int | None = None) -> api.Agenda:
        """The prepared lines."""
        self._asked("agenda", whose, days)
        return api.Agenda(whose=whose, today=self.me().today, days=days, lines=self.dues)

    def packet(self, case: str, audience: str) -> api.Packet:
        """A short text."""
        self._asked("packet", case, audience)
        return api.Packet(case="0007", audience=audience, name=f"case-0007-{audience}.md", text="# Plan\n")

    def verify(self, anchors: Sequence[api.Anchor] = ()) -> api.VerifyReport:
        """Whole, unless there are prepared problems; the first of them is the first broken line if it has one."""
        self._asked("verify", *anchors)
        broken = next((one for one in self.problems if "line" in one.place), None)
        return api.VerifyReport(
            ok=not self.problems,
            commits=44,
            head_seq=44,
            head_hash="ab" * 32,
            broken=broken,
            problems=self.problems,
            witnesses=self.witnesses,
        )

    def anchor(self) -> api.Anchor:
        """The head of the report."""
        self._asked("anchor")
        return api.Anchor(store="s", seq=44, hash="ab" * 32, at=AT)

    def warning(self) -> str:
        """A prepared one."""
        return self.warned

    def accept(self) -> tuple[api.Anchor, ...]:
        """What was seen before."""
        self._asked("accept")
        self.warned = ""
        return (api.Anchor(store="s", seq=50, hash="cd" * 32, at=AT),)

    def backup(self, to: str) -> api.BackupMade:
        """A prepared answer."""
        self._asked("backup", to)
        return api.BackupMade(file=to, size=1234, head_seq=7, head_hash="ab" * 32)

    def removal(self, target: api.Target, *, reason: str = "") -> api.Removal:
        """Nothing to remove."""
        self._asked("removal", target, reason)
        return api.Removal(what="case 0007", lines=(), texts=0, commits=0, files=0, head=7, case="0007")

    def redact(self, target: api.Target, reason: str, *, expect: int | None = None) -> api.Redacted:
        """Done."""
        self._asked("redact", target, reason, expect)
        return api.Redacted(seq=15, sentence="Kim Lee removed a note.", texts=2, files=0, case=target.case)

    def retention(self) -> api.Retention:
        """Nothing is due."""
        self._asked("retention")
        return api.Retention(today=TODAY, policy="house")

    def redactions(self) -> tuple[api.RedactionLine, ...]:
        """None."""
        self._asked("redactions")
        return ()

    def export(self, to: str, case: str = "") -> api.ExportMade:
        """A prepared answer."""
        self._asked("export", to, case)
        return api.ExportMade(
            folder=to, head_seq=7, head_hash="ab" * 32, cases=2, people=3, files=1, whole=False, reader="manager"
        )

    def editing(self, case: str, act: str) -> None:
        """Nobody is told."""

    def presence(self, case: str) -> tuple[api.PresenceLine, ...]:
        """Nobody is there."""
        return ()

    def prepare(self, most: int) -> int:
        """Nothing is left to do."""
        return 0

    def watch(self, since: int | None = None) -> api.News:
        """Nothing ever happens."""
        return api.News(seq=since or 0)

    def close(self) -> None:
        """Count."""
        self.closed += 1


@dataclass
class Wired:
    """A fake desk behind doors, with what was asked of them."""

    desk: FakeDesk
    terminal: bool = False
    opened: list[tuple[Path, api.Actor]] = field(default_factory=list)
    made: list[tuple[Any, ...]] = field(default_factory=list)
    screens: int = 0
    tours: list[str] = field(default_factory=list)
    lasting: list[bool] = field(default_factory=list)
    health: tuple[api.HealthLine, ...] = ()

    def doors(self) -> Doors:
        """The doors for the command line."""
        return Doors(
            open_desk=self._open,
            found=lambda *given: self.made.append(given),
            run_screens=self._screens,
            demo=self._demo,
            restore=self._restore,
            health=lambda where: self.health,
            check=self._check,
            at_terminal=lambda: self.terminal,
            login=lambda: "kim",
        )

    def _open(self, where: Path, actor: api.Actor) -> api.Desk:
        self.opened.append((where, actor))
        return self.desk

    def _screens(self, _desk: api.Desk, tour: str = "", /, *, lasting: bool = True) -> int:
        self.screens += 1
        self.lasting.append(lasting)
        self.tours.append(tour)
        return 0

    def _restore(self, source: Path, where: Path) -> api.Restored:
        self.made.append((source, where))
        return api.Restored(report=api.VerifyReport(ok=True, commits=7, head_seq=7, head_hash="cd" * 32))

    def _check(self, where: Path, given: Sequence[api.Anchor], _named: bool) -> api.VerifyReport:
        self.made.append((where, *given))
        return self.desk.verify(given)

    def _demo(self, where: Path, login: str) -> None:
        where.mkdir(parents=True)
        self.made.append((where, login))


def goal_line(**more: Any) -> api.GoalLine:
    """A goal half way."""
    fields: dict[str, Any] = {
        "id": "g1",
        "statement": "50 calls a day",
        "kind": "numeric",
        "metric": "calls",
        "unit": "a day",
        "criterion": "",
        "direction": "higher",
        "baseline": Decimal(20),
        "target": Decimal(50),
        "due": dt.date(2026, 12, 11),
        "proof": "CRM",
        "last": Decimal("44.50"),
    }
    return api.GoalLine(**(fields | more))


def never(*_args: object) -> NoReturn:
    """For what must not be called."""
    raise AssertionError("must not be called")
