"""The desk in this process: the `Desk` of `api` over a store.

What the first screen does not need is imported by the methods that do: a start costs what it shows.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from piptui.cases.words import Class
from piptui.dates import local_zone, utc_now
from piptui.desk import agenda, api, listing, rows, watching
from piptui.desk.ahead import told_ahead
from piptui.desk.session import Session
from piptui.desk.witnessing import Memory
from piptui.errors import Denied, NotFound
from piptui.store import Store, open_store
from piptui.witness import Witness


def open_desk(
    where: str | Path | Store,
    actor: api.Actor,
    *,
    clock: Callable[[], dt.datetime] | None = None,
    zone: str | None = None,
    new_id: Callable[[], str] | None = None,
    witnesses: Path | None = None,
    network: Callable[[], bool] | None = None,
) -> "LocalDesk":
    """A desk for one actor, on a store's folder or on an open store.

    `clock` gives the present instant with a zone; `zone` is where today is read while no case says otherwise,
    by default the store's own zone, else the machine's. `witnesses` is the folder of what this login saw of records:
    it is compared, and kept. `network`: see `open_store`.
    Raises NotFound where there is no store, Refused where its format is newer, Corrupt, Busy.
    """
    now = clock or utc_now
    store = (
        open_store(
            where,
            clock=clock,
            row=rows.fold,
            row_version=f"desk {rows.VERSION}",
            row_first=rows.STILL_OPEN,
            network=network,
        )
        if isinstance(where, str | Path)
        else where
    )
    session = Session(store, actor, now, zone or str(store.info.get("zone", "")) or local_zone())
    if new_id is not None:
        session.new_id = new_id
    witness = None
    if witnesses is not None and isinstance(where, str | Path):
        witness = Witness(witnesses, str(store.info.get("store", "")), Path(where))
    return LocalDesk(session, Memory(store, witness, now))


class LocalDesk:
    """See `api.Desk` for what each method means."""

    def __init__(self, session: Session, memory: Memory | None = None) -> None:
        self.session = session
        self.memory = memory or Memory(session.store, None, session.clock)

    def me(self) -> api.Me:
        session = self.session
        person = session.person()
        return api.Me(
            person=person,
            name=session.own_name(),
            login=session.actor.login,
            role=session.actor.role,
            store=str(session.store.info.get("store", "")),
            kind="personal" if session.personal else "team",
            zone=session.zone,
            today=session.today(),
            notice=" ".join(filter(None, self._notices())),
            alarm=self.memory.warning,
        )

    def list(self, query: str = "", *, sort: str = "", start: int = 0, count: int | None = None) -> api.CaseList:
        return listing.case_list(self.session, query, sort, start, count)

    def prepare(self, most: int) -> int:
        return self.session.store.prepare_rows(most)

    def complete(self, text: str) -> tuple[str, ...]:
        from piptui.desk.query.completing import replacements

        return replacements(text, lambda: listing.all_lines(self.session))

    def view(self, case: str) -> api.CaseSheet:
        session = self.session
        whole, visible, classes = session.open_case(case)
        key = whole.id
        facts, stage = session.row(key)
        line = listing.case_line(session, key, facts, stage)
        from piptui.desk import changes
        from piptui.desk.sheet import sheet

        earlier = changes.earlier_cases(session, whole.header.of, key)
        limit = session.policy(whole.header.policy).records.file_limit
        today = session.today(whole.header.zone)
        held = self._holds(whole.id, whole.header.of, classes)
        return sheet(visible, line, stage, today, session.directory().name, earlier, limit, held)

    def _holds(self, key: str, person: str, classes: frozenset[Class]) -> tuple[api.HoldLine, ...]:
        from piptui.desk.holds import standing

        return standing(self.session, (key, person)) if "manager_hr" in classes else ()

    def find(self, text: str) -> tuple[api.Hit, ...]:
        from piptui.desk.finding import find

        return find(self.session, text)

    def acts(self, case: str | None = None) -> tuple[api.ActLine, ...]:
        from piptui.cases.acts import ACTS
        from piptui.desk.doing import reason_against
        from piptui.desk.inputs import act_line, all_lines

        if case is None:
            return all_lines()
        whole, _, _ = self.session.open_case(case)
        return tuple(act_line(act, reason_against(self.session, act, whole)) for act in ACTS.values())

    def preview(self, act: str, case: str, data: Mapping[str, Any], *, expect: int | None = None) -> api.Preview:
        from piptui.desk import doing

        return doing.preview(self.session, act, case, data, expect)

    def do(
        self, act: str, case: str, data: Mapping[str, Any], *, expect: int | None = None, token: str | None = None
    ) -> api.Done:
        from piptui.desk import doing

        return doing.do(self.session, act, case, data, expect, token)

    def attach(
        self,
        case: str,
        data: Mapping[str, Any],
        content: bytes,
        *,
        expect: int | None = None,
        token: str | None = None,
    ) -> api.Done:
        return self.do("attach", case, {**data, "content": content}, expect=expect, token=token)

    def fetch(self, case: str, file: str) -> api.Fetched:
        from piptui.desk.fetching import fetch

        return fetch(self.session, case, file)

    def new(self, data: Mapping[str, Any], *, token: str | None = None) -> api.Done:
        from piptui.desk import opening

        return opening.new_case(self.session, data, token)

    def new_inputs(self) -> tuple[api.InputLine, ...]:
        from piptui.cases.acts.opening import New
        from piptui.desk.inputs import input_lines

        return input_lines(New)

    def history(self, case: str) -> tuple[api.HistoryLine, ...]:
        from piptui.desk.past import case_history

        whole, _, classes = self.session.open_case(case)
        return case_history(self.session, whole.id, classes)

    def version(self, case: str, number: int = 0, *, at: int | None = None) -> api.Version:
        from piptui.desk.past import shown

        whole, visible, classes = self.session.open_case(case)
        if at is not None:
            return self._draft_at(whole.id, at, classes)
        held = next((held for held in visible.plans if held.record.version == number), None)
        if held is None:
            raise NotFound(f"There is no issued version {number} of this plan.")
        return api.Version(plan=shown(held.record), seq=held.seq, digest=held.digest)

    def _draft_at(self, key: str, at: int, classes: frozenset[Class]) -> api.Version:
        from piptui.documents import decode

        store = self.session.store
        for table, draft in store.ever(key):
            if table != "drafts" or "manager_hr" not in classes:
                continue
            try:
                document, rev = store.get(table, draft, at=at)
            except NotFound:
                continue
            return api.Version(draft=decode(table, document).text, seq=rev.seq, digest=rev.digest)
        raise NotFound(f"There was no draft of this plan at commit {at}.")

    def lookup(self, text: str = "") -> tuple[api.PersonLine, ...]:
        self._directory_open()
        cases = {facts.shared.of: facts.shared.number for _, facts, stage in self.session.rows() if stage != "closed"}
        return self.session.directory().lines(text, cases)

    def _directory_open(self) -> None:
        if not self.session.directory_open():
            raise Denied("The directory of people is not for the employee role.")

    def person(self, who: str) -> api.PersonSheet:
        from piptui.desk import persons

        return persons.person_sheet(self.session, who)

    def person_acts(self, who: str | None = None) -> tuple[api.ActLine, ...]:
        from piptui.desk import person_doing

        return person_doing.lines(self.session, who)

    def preview_person(
        self, act: str, who: str, data: Mapping[str, Any], *, expect: int | None = None
    ) -> api.Preview:
        from piptui.desk import person_doing

        return person_doing.preview(self.session, act, who, data, expect)

    def do_person(
        self, act: str, who: str, data: Mapping[str, Any], *, expect: int | None = None, token: str | None = None
    ) -> api.Done:
        from piptui.desk import person_doing

        return person_doing.do(self.session, act, who, data, expect, token)

    def person_history(self, who: str) -> tuple[api.HistoryLine, ...]:
        from piptui.desk import persons

        return persons.history(self.session, who)

    def import_people(
        self,
        path: str,
        *,
        mapping: Mapping[str, str] | None = None,
        key: str | None = None,
        order: Literal["mdy", "dmy"] | None = None,
        dry_run: bool = False,
        tell: Callable[[str], None] | None = None,
    ) -> api.ImportReport:
        from piptui.desk.importing import import_people

        return import_people(self.session, path, mapping=mapping, key=key, order=order, dry_run=dry_run, tell=tell)

    def agenda(self, whose: str = "", *, days: int = 7, most: int | None = None) -> api.Agenda:
        return agenda.agenda(self.session, whose, days, most)

    def packet(self, case: str, audience: str) -> api.Packet:
        from piptui.desk import printing

        return printing.packet(self.session, case, audience, self.anchor, self.me().name)

    def verify(self, anchors: Sequence[api.Anchor] = ()) -> api.VerifyReport:
        from piptui.desk.fetching import verified

        return verified(self.session, anchors, self.memory.seen())

    def anchor(self) -> api.Anchor:
        session = self.session
        seq, digest = session.store.head()
        return api.Anchor(store=str(session.store.info.get("store", "")), seq=seq, hash=digest, at=session.clock())

    def warning(self) -> str:
        return "\n".join(filter(None, (self.memory.warning, *self._notices())))

    def _notices(self) -> tuple[str, ...]:
        store = self.session.store
        return self.memory.remark, store.notice, told_ahead(store, self.session.clock())

    def accept(self) -> tuple[api.Anchor, ...]:
        return tuple(
            api.Anchor(store=one.store, seq=one.seq, hash=one.hash, at=one.at) for one in self.memory.accept()
        )

    def backup(self, to: str) -> api.BackupMade:
        from piptui.desk import backing

        return backing.backup(self.session, to)

    def removal(self, target: api.Target, *, reason: str = "") -> api.Removal:
        from piptui.desk import redacting

        return redacting.removal(self.session, target, reason)

    def redact(self, target: api.Target, reason: str, *, expect: int | None = None) -> api.Redacted:
        from piptui.desk import redacting

        return redacting.redact(self.session, target, reason, expect)

    def retention(self) -> api.Retention:
        from piptui.desk.retention import retention

        return retention(self.session)

    def redactions(self) -> tuple[api.RedactionLine, ...]:
        from piptui.desk import redacting

        return redacting.redactions(self.session)

    def export(self, to: str, case: str = "") -> api.ExportMade:
        from piptui.desk.exporting import export

        return export(self.session, Path(to), case)

    def watch(self, since: int | None = None) -> api.News:
        self.memory.now_and_then()
        return watching.watch(self.session, since)

    def editing(self, case: str, act: str) -> None:
        from piptui.desk import present  # a start shows no form

        present.editing(self.session, self.session.store.presence(), case, act)

    def presence(self, case: str) -> tuple[api.PresenceLine, ...]:
        from piptui.desk import present

        return present.present(self.session, self.session.store.presence(), case)

    def close(self) -> None:
        self.memory.note()
        self.session.store.close()
