"""One actor in one store: what reads and acts both need."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from piptui.cases.records import Party
from piptui.cases.terms import Policy
from piptui.cases.words import Class, Role, Stage
from piptui.dates import today_in
from piptui.desk.access import Access
from piptui.desk.api import Actor, CaseLine
from piptui.desk.directory import Directory
from piptui.desk.kept import KeptLines
from piptui.desk.rows import (
    STILL_OPEN,
    UNREADABLE,
    Facts,
    is_open,
    is_unreadable,
    legal_review,
    merged,
    number_of,
    parts_of,
    shared_facts,
    stage_in,
)
from piptui.errors import NotFound
from piptui.policy import parse_pack
from piptui.store import Store

if TYPE_CHECKING:
    from piptui.cases.file import CaseFile

_FEW = 50
"""Commits after which lines are made anew one by one."""
_FOR_ALL = frozenset({"people", "policies", "holds"})
"""Tables that lines of any case may rest on."""


def random_id() -> str:
    """A new id: 16 hex digits from the system, that say nothing."""
    return os.urandom(8).hex()


@dataclass
class Session:
    """The store, the actor and the clock, with caches that follow the head of the record."""

    store: Store
    actor: Actor
    clock: Callable[[], dt.datetime]
    zone: str
    new_id: Callable[[], str] = random_id
    _policies: dict[str, Policy] = field(default_factory=dict)
    _directory: tuple[int, Directory] | None = None
    _minute: dt.datetime | None = None
    _days: dict[str, dt.date] = field(default_factory=dict)
    _lines: tuple[int, Access, dict[str, dt.date], KeptLines] | None = None
    _under_hold: tuple[int, frozenset[str]] = (-1, frozenset())
    _unreadable: tuple[int, int] = (-1, 0)
    _stages: dict[tuple[str, bool], tuple[Role, ...]] = field(default_factory=dict)

    @property
    def personal(self) -> bool:
        """Whether the store is one person's own."""
        return self.store.info.get("kind") != "team"

    def today(self, zone: str | None = None) -> dt.date:
        """The civil date in a zone, by default the desk's."""
        now = self.clock()
        minute = now.replace(second=0, microsecond=0)
        if minute != self._minute:
            # Days change on the minute everywhere; a list asks for the same few zones thousands of times.
            self._minute = minute
            self._days.clear()
        wanted = zone or self.zone
        if wanted not in self._days:
            self._days[wanted] = today_in(wanted, now)
        return self._days[wanted]

    def directory(self) -> Directory:
        """The people, read again when the record has moved."""
        seq = self.store.head()[0]
        if self._directory is None or self._people_changed(self._directory[0]):
            self._directory = (seq, Directory(self.store))
        else:
            self._directory = (seq, self._directory[1])
        return self._directory[1]

    def under_hold(self) -> frozenset[str]:
        """The ids of the cases and persons that are under a legal hold; read again when the record has moved."""
        seq = self.store.head()[0]
        if self._under_hold[0] != seq:
            held = (document for _, document, _ in self.store.list("holds"))
            self._under_hold = seq, frozenset(str(one["of"]) for one in held if "lifted" not in one)
        return self._under_hold[1]

    def left(self) -> Mapping[str, dt.date]:
        """Who has left, or is about to, with the last day: by the directory as it was last read here, so that a list
        of many cases asks the store once. Whoever reads rows has read it just before."""
        directory = self._directory[1] if self._directory else self.directory()
        return directory.left

    def _people_changed(self, since: int) -> bool:
        if self.store.head()[0] == since:
            return False
        return any(table == "people" for commit in self.store.changes(since) for table, _ in commit.keys)

    def person(self) -> str:
        """The actor's person id, "" while the record does not know the login."""
        return self.directory().by_login(self.actor.login) or ""

    def own_name(self) -> str:
        """What the actor is called: the name, or the login while the record does not know it."""
        person = self.person()
        return self.directory().name(person) if person else self.actor.login

    def access(self) -> Access:
        """What the actor may do and see."""
        directory = self.directory()
        key = directory.by_login(self.actor.login) or ""
        person = directory.get(key)
        today = self.today()
        dated: frozenset[Role] = frozenset(
            one.role
            for one in (person.roles if person else ())
            if one.since <= today and (one.until is None or today <= one.until)
        )
        return Access(self.personal, key, self.actor.role, dated)

    def directory_open(self) -> bool:
        """Whether the actor may look people up: all but the employee role. In a team store it takes a role for
        every case, somebody to lead, or a part in a case other than the employee's."""
        access = self.access()
        if access.chosen == "employee" or self.personal:
            return access.chosen != "employee"
        me = access.person
        if not me or access.dated:
            return bool(me)
        if any(person.manager == me for person in self.directory().people.values()):
            return True
        parties = (party for _, facts, _ in self.rows() for party in facts.shared.parties)
        return any(party.person == me and party.role != "employee" for party in parties)

    def policy(self, digest: str) -> Policy:
        """The pack that a case refers to."""
        if digest not in self._policies:
            document, _ = self.store.get("policies", digest)
            self._policies[digest] = parse_pack(document["text"], f"the policy text {digest} of this record")
        return self._policies[digest]

    def case_id(self, wanted: str) -> str:
        """The id of a case, by number or id. Raises NotFound."""
        text = str(wanted).strip()
        # Ids are longer than any number, and may by chance be all digits.
        number = f"case.{text.zfill(4)}" if text.isascii() and text.isdigit() and len(text) <= 8 else ""
        try:
            return str(self.store.get("keys", number)[0]["of"]) if number else self._known(text)
        except NotFound:
            raise no_case(wanted) from None

    def _known(self, key: str) -> str:
        self.store.get("cases", key)
        return key

    def whole(self, key: str) -> CaseFile:
        """A case with everything in it, hidden documents included: for the desk's own use."""
        from piptui.desk.reading import case_file

        document, rev = self.store.get("cases", key)
        return case_file(key, [("cases", key, document, rev), *self.store.case_documents(key)])

    def classes(self, parties: tuple[Party, ...], zone: str, version: int) -> frozenset[Class]:
        """What the actor reads in a case; nothing: it does not exist for them."""
        return self.access().classes(parties, self.today(zone), issued=version > 0)

    def open_case(self, wanted: str) -> tuple[CaseFile, CaseFile, frozenset[Class]]:
        """A case whole, its visible part, and the classes. Raises NotFound, alike for missing and hidden ones."""
        key = self.case_id(wanted)
        whole = self.whole(key)
        header = whole.header
        classes = self.classes(header.parties, header.zone, header.version)
        if header_hidden(classes):
            raise no_case(wanted)
        return whole, whole.visible_to(classes), classes

    def stage(self, file: CaseFile) -> Stage:
        """The stage of a whole case."""
        from piptui.cases.stages import stage_of, standing

        legal = file.working is not None and file.working.record.legal_review
        return stage_of(standing(file), self.needed(file.header.policy, legal_review=legal))

    def needed(self, policy: str, *, legal_review: bool) -> tuple[Role, ...]:
        """The approvals that a case's policy asks for."""
        asked = (policy, legal_review)
        if asked not in self._stages:
            self._stages[asked] = self.policy(policy).needed(legal_review=legal_review)
        return self._stages[asked]

    def rows(self, *, ended: bool = True) -> Iterator[tuple[str, Facts, Stage]]:
        """The facts of every case that the actor may know of, with the stage; without `ended` of the open ones, and
        the others are not even decoded."""
        access = self.access()
        rows = self.store.rows()
        for key, text in rows.texts() if ended else rows.having(STILL_OPEN):
            seen = self._seen(text, access)
            if seen is not None:
                yield key, *seen

    def kept_lines(self, make: Callable[[str, Facts, Stage], CaseLine]) -> KeptLines:
        """All cases as lines, made once for as long as no day begins: a filter asks with every letter. After a
        commit the lines of the cases that it touched are made anew; after one of people, all."""
        access, seq = self.access(), self.store.head()[0]
        kept = self.known_lines(make)
        if kept is None:
            kept = KeptLines([make(*row) for row in self.rows()])
        self._lines = seq, access, dict(self._days), kept
        return kept

    def known_lines(self, make: Callable[[str, Facts, Stage], CaseLine]) -> KeptLines | None:
        """The lines if they are kept, as they are now; None where all would have to be made."""
        if self._lines is None:
            return None
        at, whose, days, lines = self._lines
        if whose != self.access() or any(self.today(zone) != day for zone, day in days.items()):
            return None
        return lines if at == self.store.head()[0] else self._moved(lines, at, make)

    def _moved(self, lines: KeptLines, since: int, make: Callable[[str, Facts, Stage], CaseLine]) -> KeptLines | None:
        """The lines as they are after the commits since; None where these concern more than a few cases."""
        commits = self.store.changes(since)
        if len(commits) > _FEW or any(table in _FOR_ALL for commit in commits for table, _ in commit.keys):
            return None
        touched = {
            key if table == "cases" else owner
            for commit in commits
            for (table, key), owner in zip(commit.keys, commit.owners, strict=True)
        }
        changed: dict[str, CaseLine | None] = {}
        for key in touched - {""}:
            try:
                changed[key] = make(key, *self.row(key))
            except NotFound:
                changed[key] = None
        return lines.with_changes(changed)

    def ended(self) -> list[tuple[str, str]]:
        """Number and id of every ended case that the actor may know of."""
        access = self.access()
        everything = access.personal and access.chosen is None
        found = []
        for key, text in self.store.rows().texts():
            if is_open(text) or is_unreadable(text):
                continue
            if everything:
                found.append((number_of(text), key))
            elif seen := self._seen(text, access):
                found.append((seen[0].shared.number, key))
        return found

    def facts(self, key: str, classes: frozenset[Class]) -> Facts:
        """The facts of a case that these classes may see. Raises NotFound."""
        text = self.store.rows().text(key)
        if text is None or is_unreadable(text):
            raise no_case(key)
        parts = parts_of(text)
        return merged(parts, classes, shared_facts(parts))

    def classes_of(self, key: str) -> frozenset[Class]:
        """What the actor reads in a case, by its id; nothing: it does not exist for them."""
        text = self.store.rows().text(key)
        if text is None or is_unreadable(text):
            return frozenset()
        shared = shared_facts(parts_of(text))
        return self.classes(shared.parties, shared.zone, shared.version)

    def row(self, key: str) -> tuple[Facts, Stage]:
        """The facts of one case that the actor may know of, with the stage. Raises NotFound."""
        text = self.store.rows().text(key)
        seen = self._seen(text, self.access()) if text else None
        if seen is None:
            raise no_case(key)
        return seen

    def _seen(self, text: bytes, access: Access) -> tuple[Facts, Stage] | None:
        if is_unreadable(text):
            return None
        parts = parts_of(text)
        shared = shared_facts(parts)
        classes = access.classes(shared.parties, self.today(shared.zone), issued=shared.version > 0)
        if header_hidden(classes):
            return None
        facts = merged(parts, classes, shared)
        return facts, stage_in(facts, self.needed(shared.policy, legal_review=legal_review(facts)))

    def unreadable(self) -> int:
        """Cases that this version of piptui cannot read, told to those who read everything."""
        hr = self.actor.role in (None, "hr") and (self.personal or "hr" in self.access().dated)
        if not hr:
            return 0
        seq = self.store.head()[0]
        if self._unreadable[0] != seq:
            self._unreadable = seq, len(self.store.rows().having(UNREADABLE))
        return self._unreadable[1]


def header_hidden(classes: frozenset[Class]) -> bool:
    """Whether the case itself is hidden: its header is shared."""
    return "shared" not in classes


def no_case(wanted: Any) -> NotFound:
    """The answer for a missing case, and for a hidden one."""
    return NotFound(f"There is no case {str(wanted)[:40]!r}. `piptui cases` lists those you may see.")
