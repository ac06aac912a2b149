"""The desk as a protocol: everything that screens and commands may ask for."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, Protocol

from piptui.anchor import Anchor
from piptui.desk.api.acts import ActLine, Done, InputLine, Preview
from piptui.desk.api.agenda import Agenda
from piptui.desk.api.base import Me
from piptui.desk.api.cases import CaseList, CaseSheet, Fetched, Hit
from piptui.desk.api.people import ImportReport, PersonLine, PersonSheet
from piptui.desk.api.record import BackupMade, ExportMade, HistoryLine, Packet, VerifyReport, Version
from piptui.desk.api.removal import Redacted, RedactionLine, Removal, Retention, Target
from piptui.desk.api.watching import News, PresenceLine


class Desk(Protocol):
    """One door to the record for one actor.

    All methods raise errors of `piptui.errors`: NotFound for what does not exist or is hidden, Denied where the
    role may not, Refused where a rule says no (its `reasons` list each), BadInput for what cannot be read,
    Conflict where somebody else changed it, Busy, Full, Corrupt from the store.
    """

    def me(self) -> Me:
        """Who is at the desk, in which store, and what day it is."""
        ...

    def list(self, query: str = "", *, sort: str = "", start: int = 0, count: int | None = None) -> CaseList:
        """The cases that match a query, of them `count` (None: all) from `start` on in the order of `sort`."""
        ...

    def prepare(self, most: int) -> int:
        """Do some of what the first list would have to do, at most so many pieces, and tell how many are left: none
        or few, but for the first start after a new version of the program, or after a script's commits."""
        ...

    def complete(self, text: str) -> tuple[str, ...]:
        """Whole queries that `text` could become by completing its last term: fields, stages and results, and names
        and subjects of the cases that the actor may see; () where nothing fits."""
        ...

    def view(self, case: str) -> CaseSheet:
        """One case, by number (7, 0007) or id."""
        ...

    def find(self, text: str) -> tuple[Hit, ...]:
        """Text anywhere in the cases, on current documents the actor may see."""
        ...

    def acts(self, case: str | None = None) -> tuple[ActLine, ...]:
        """All acts; with a case, whether each is possible now and if not why."""
        ...

    def preview(self, act: str, case: str, data: Mapping[str, Any], *, expect: int | None = None) -> Preview:
        """What an act would do, without doing it; `expect` as in `do`."""
        ...

    def do(
        self,
        act: str,
        case: str,
        data: Mapping[str, Any],
        *,
        expect: int | None = None,
        token: str | None = None,
    ) -> Done:
        """Do an act. `data` are its inputs as plain data; dates and numbers may be as typed. `expect` is the
        revision at which the case was read: a Conflict is raised only if what this act touches has changed
        since. A repeated `token` makes a repeated save one save."""
        ...

    def attach(
        self,
        case: str,
        data: Mapping[str, Any],
        content: bytes,
        *,
        expect: int | None = None,
        token: str | None = None,
    ) -> Done:
        """Attach a file: the act `attach` with its bytes beside its other inputs (`name`, and if wanted `kind`,
        `cls`, `occurred_on`, `entry`, `note`, `proof`). They are on the disk before the commit that names them."""
        ...

    def fetch(self, case: str, file: str) -> Fetched:
        """A file of a case, by id, the beginning of it, or name, compared with its digest.

        Raises NotFound for a missing and for a hidden one, Corrupt where its bytes are missing or changed.
        """
        ...

    def new(self, data: Mapping[str, Any], *, token: str | None = None) -> Done:
        """Open a case: `employee` (id, number, e-mail or name), and if wanted `manager`, `second_manager`,
        `hr_partner`, `legal_reviewer`, `category`, `days`, `zone`, `language`, `legal_review`."""
        ...

    def new_inputs(self) -> tuple[InputLine, ...]:
        """The inputs of `new`, for forms and help."""
        ...

    def history(self, case: str) -> tuple[HistoryLine, ...]:
        """Everything that happened to a case, oldest first, as far as the actor may see."""
        ...

    def version(self, case: str, number: int = 0, *, at: int | None = None) -> Version:
        """An issued plan version; or with `at`, the draft as it stood at that commit, such as the one that an
        approval names, with the hash that the approval names, too. Raises NotFound."""
        ...

    def lookup(self, text: str = "") -> tuple[PersonLine, ...]:
        """People whose name, number, e-mail, login, title or department match all words."""
        ...

    def person(self, who: str) -> PersonSheet:
        """One person by id, number, e-mail, login or name, with cases and notebook; "me" is the actor, who reads of
        themselves what is shared with them."""
        ...

    def person_acts(self, who: str | None = None) -> tuple[ActLine, ...]:
        """All acts on people; with a person, whether each is possible now and if not why."""
        ...

    def preview_person(self, act: str, who: str, data: Mapping[str, Any], *, expect: int | None = None) -> Preview:
        """What an act on a person would do, without doing it; `who` is "" for one that adds somebody."""
        ...

    def do_person(
        self, act: str, who: str, data: Mapping[str, Any], *, expect: int | None = None, token: str | None = None
    ) -> Done:
        """Do an act on a person, as `do` does one on a case; `who` is "" for one that adds somebody."""
        ...

    def person_history(self, who: str) -> tuple[HistoryLine, ...]:
        """Everything that happened to a person's record and notebook, oldest first, as far as the actor may see."""
        ...

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
        """People from an HR export, good rows as one commit; never deletes. `tell` hears sentences on how far it is,
        in the calling thread; what it raises stops the import before anything is written."""
        ...

    def agenda(self, whose: str = "", *, days: int = 7, most: int | None = None) -> Agenda:
        """What is overdue, due today or within `days`, and what waits for others, by each case's own today.

        `whose`: "" or "me" for what is the actor's own move (in a personal store without a chosen role: everything
        but what only the employee can do), with that of whom they stand in for; "reports" for what those owe who
        report to the actor; "all" for everybody; or a name: all cases in which that person has a part. `most` cuts
        the lines of each group.
        """
        ...

    def packet(self, case: str, audience: str) -> Packet:
        """The documents of a case for employee, manager, hr or counsel, as Markdown; for "sign_off" the sheet that
        both sides sign, which holds shared facts only: of the plan, or of the outcome once it was decided.

        The order in which things are asked is that of any reading: raises NotFound, Denied; Refused where there is
        nothing to sign."""
        ...

    def verify(self, anchors: Sequence[Anchor] = ()) -> VerifyReport:
        """Check the whole record, against what this login saw of it and what others noted: `anchors`. Those of
        other records say nothing of this one."""
        ...

    def anchor(self) -> Anchor:
        """The last commit and its hash, for somebody to note somewhere else."""
        ...

    def warning(self) -> str:
        """What somebody should know of the record before anything else: that it is not the one that this login saw
        before, why it is open for reading only, what was set aside; a line each, "" where there is nothing."""
        ...

    def accept(self) -> tuple[Anchor, ...]:
        """From now on the record counts as it is, whatever was seen of it before; what that was, if it differs."""
        ...

    def backup(self, to: str) -> BackupMade:
        """Write the whole record into a new file, while others go on writing. Denied to who does not read all of it;
        raises Refused where the file exists, Full, Corrupt."""
        ...

    def removal(self, target: Target, *, reason: str = "") -> Removal:
        """What `redact` would remove, and what forbids it; nothing is changed. A `reason` is looked at as `redact`
        does. Raises Denied, NotFound, Refused."""
        ...

    def redact(self, target: Target, reason: str, *, expect: int | None = None) -> Redacted:
        """Remove texts from the record for good: the commit that lists them says why, then they are overwritten, with
        attached bytes and all that was derived. `expect` is the `head` of the list that somebody read: a Conflict is
        raised if something came in since. What is typed on people's machines is not the desk's to remove.

        Raises Denied to all but HR and legal, Refused under a legal hold or where the reason names the person."""
        ...

    def retention(self) -> Retention:
        """What may be removed as of today by the rules of the policy pack, and what a legal hold forbids. Nothing
        goes by itself: `redact` with the rule's name removes it."""
        ...

    def redactions(self) -> tuple[RedactionLine, ...]:
        """What was removed from this record so far, oldest first, as far as the actor may know of it."""
        ...

    def export(self, to: str, case: str = "") -> ExportMade:
        """Write all cases, or one, as readable JSON into a new or empty folder, as they stood at one commit while
        others go on writing; only what the actor may see. Raises Refused where the folder is not empty or lies in
        a store, NotFound for a missing and for a hidden case, Full, Denied, Busy where redactions keep coming."""
        ...

    def watch(self, since: int | None = None) -> News:
        """What was committed after `since`, by whom and in which case, as far as the actor may see it; None asks
        only where the record stands. Cheap where nothing happened: screens ask twice a second."""
        ...

    def editing(self, case: str, act: str) -> None:
        """Tell others that the actor is typing in the form of this act; "" for both: no longer. Nothing of it is
        kept. Raises NotFound for a hidden or missing case."""
        ...

    def presence(self, case: str) -> tuple[PresenceLine, ...]:
        """Who else is typing in a form of this case now, as far as the actor reads its working papers; cheap, to be
        asked twice a second. Empty for a hidden or missing case."""
        ...

    def close(self) -> None:
        """Let go of the store."""
        ...
