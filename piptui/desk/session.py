"""One actor in one store: what reads and acts both need."""

import datetime as dt
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from piptui.cases.file import CaseFile
from piptui.cases.records import Party
from piptui.cases.stages import stage_of, standing
from piptui.cases.terms import Policy
from piptui.cases.words import Class, Role, Stage
from piptui.dates import today_in
from piptui.desk.access import Access
from piptui.desk.api import Actor
from piptui.desk.directory import Directory
from piptui.desk.reading import case_file
from piptui.desk.rows import Facts, legal_review, merged, stage_in
from piptui.errors import NotFound
from piptui.policy import parse_pack
from piptui.store import Store


@dataclass
class Session:
    """The store, the actor and the clock, with caches that follow the head of the record."""

    store: Store
    actor: Actor
    clock: Callable[[], dt.datetime]
    zone: str
    new_id: Callable[[], str] = field(default=lambda: secrets.token_hex(8))
    _policies: dict[str, Policy] = field(default_factory=dict)
    _directory: tuple[int, Directory] | None = None
    _numbers: dict[str, str] = field(default_factory=dict)

    @property
    def personal(self) -> bool:
        """Whether the store is one person's own."""
        return self.store.info.get("kind") != "team"

    def today(self, zone: str | None = None) -> dt.date:
        """The civil date in a zone, by default the desk's."""
        return today_in(zone or self.zone, self.clock())

    def directory(self) -> Directory:
        """The people, read again when the record has moved."""
        seq = self.store.head()[0]
        if self._directory is None or self._people_changed(self._directory[0]):
            self._directory = (seq, Directory(self.store.list("people")))
        else:
            self._directory = (seq, self._directory[1])
        return self._directory[1]

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

    def access(self) -> Access:
        """What the actor may do and see."""
        directory = self.directory()
        key = self.person()
        person = directory.people.get(key)
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
        legal = file.working is not None and file.working.record.legal_review
        return stage_of(standing(file), self.needed(file.header.policy, legal_review=legal))

    def needed(self, policy: str, *, legal_review: bool) -> tuple[Role, ...]:
        """The approvals that a case's policy asks for."""
        return self.policy(policy).needed(legal_review=legal_review)

    def rows(self) -> list[tuple[str, Facts, Stage]]:
        """The facts of every case that the actor may know of, with the stage."""
        access = self.access()
        found = ((key, self._seen(row, access)) for key, row in self.store.rows().items())
        return [(key, *seen) for key, seen in found if seen is not None]

    def row(self, key: str) -> tuple[Facts, Stage]:
        """The facts of one case that the actor may know of, with the stage. Raises NotFound."""
        row = self.store.rows().get(key)
        seen = self._seen(row, self.access()) if row else None
        if seen is None:
            raise no_case(key)
        return seen

    def _seen(self, row: dict[str, dict[str, Any]], access: Access) -> tuple[Facts, Stage] | None:
        if "facts" not in row.get("shared", {}):
            return None
        shared = merged(row, frozenset({"shared"})).shared
        classes = access.classes(shared.parties, self.today(shared.zone), issued=shared.version > 0)
        if header_hidden(classes):
            return None
        facts = merged(row, classes)
        return facts, stage_in(facts, self.needed(shared.policy, legal_review=legal_review(facts)))

    def unreadable(self) -> int:
        """Cases that this version of piptui cannot read, told to those who read everything."""
        hr = self.actor.role in (None, "hr") and (self.personal or "hr" in self.access().dated)
        if not hr:
            return 0
        return sum("unreadable" in row for row in self.store.rows().values())


def header_hidden(classes: frozenset[Class]) -> bool:
    """Whether the case itself is hidden: its header is shared."""
    return "shared" not in classes


def no_case(wanted: Any) -> NotFound:
    """The answer for a missing case, and for a hidden one."""
    return NotFound(f"There is no case {str(wanted)[:40]!r}. `piptui cases` lists those you may see.")
