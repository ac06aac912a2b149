"""Doing an act: access, stage, gate, the pure function, strict encoding, commit; again from the start if the store
moved in between and nothing that this act touches changed."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from piptui.cases.acts import Act, Change, Context, Written, act_named
from piptui.cases.entries import Findings, Override
from piptui.cases.file import CaseFile
from piptui.cases.typed import Reading, bare_type, build, field_types
from piptui.cases.words import ROLES, Class, Role, Stage, readers, words
from piptui.checks import Finding
from piptui.checks.gate import gate
from piptui.dates import date_order
from piptui.desk.api import Done, Preview
from piptui.desk.holds import of_matter
from piptui.desk.persons import notes_about
from piptui.desk.registration import ensure_person
from piptui.desk.session import Session
from piptui.desk.touched import guard
from piptui.desk.undoing import last_step
from piptui.documents import check_document, encode
from piptui.errors import BadInput, Busy, Conflict, Denied, NotFound, PiptuiError, Refused
from piptui.store import ANY, Commit
from piptui.store import Change as Stored
from piptui.text import clean_data, fold, sentence_list

TRIES = 40
"""How often a commit is tried again after others came first; each try reads and checks everything anew."""


@dataclass(frozen=True)
class Ready:
    """An act that passed access and stage: what it will run on."""

    act: Act
    whole: CaseFile
    visible: CaseFile
    data: Any
    context: Context
    stage: Stage
    findings: tuple[Finding, ...]
    head: int
    """Seq of the record's head before anything was read."""

    @property
    def blocks(self) -> tuple[Finding, ...]:
        """Findings that stop the act."""
        return tuple(one for one in self.findings if one.severity == "block")

    def run(self) -> Written:
        """The act itself, and with it the warnings that it passes, word for word."""
        written = self.act.run(self.visible, self.data, self.context)
        passed = tuple(one for one in self.findings if one.severity == "warn")
        if self.act.name not in KEPT or not passed:
            return written
        reason = getattr(self.data, "override", "") or getattr(self.data, "text", "")
        entry = Findings(
            of=self.whole.id,
            cls="manager_hr",
            occurred_on=self.context.today,
            by=self.context.actor,
            role=self.context.role,
            act=self.act.name,
            text=reason,
            findings=tuple(Override(check=one.check, finding=one.text, reason=reason) for one in passed),
        )
        sentence = f"{self.act.title}: passed with {len(passed)} warning{'s' if len(passed) > 1 else ''}."
        more = Change("entries", self.context.new_id(), entry, sentence)
        return replace(written, changes=(*written.changes, more))


KEPT = frozenset({"issue", "adopt", "open_review", "decide"})
"""Acts whose passed warnings are kept: after them nothing can be mended in the draft."""


def prepare(session: Session, name: str, case: str, given: Mapping[str, Any], expect: int | None = None) -> Ready:
    """Everything before the act itself. Raises Denied, Refused, BadInput, Conflict, NotFound."""
    act = act_named(name)
    head = session.store.head()[0]
    whole, visible, _ = session.open_case(case)
    header = whole.header
    today = session.today(header.zone)
    role = session.access().role_for(act, header.parties, today, given)
    stage = session.stage(whole)
    if header.removed is not None:
        raise Refused(_gone(header.number, header.removed.at))
    if stage not in act.when:
        raise Refused(why_not(act, stage))
    context = _context(session, whole, role, stage, act)
    order = date_order(header.zone)
    how = Reading(today=today, start=header.start, end=header.end, past=act.past_dates, order=order)
    data = build(act.inputs, _cleaned(act, given), how)
    guard(session.store, act, whole, data, dict(given), expect, lambda seq: _who(session, whole, seq))
    return Ready(act, whole, visible, data, context, stage, gate(name, visible, data, context), head)


def _cleaned(act: Act, given: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, cleaned; the bytes of a file are no text, in whatever form they come."""
    kinds = field_types(act.inputs)
    content = {name for name in given if name in kinds and bare_type(kinds[name]) is bytes}
    texts = clean_data({name: value for name, value in given.items() if name not in content})
    return {**texts, **{name: given[name] for name in content}}


def _context(session: Session, whole: CaseFile, role: Role, stage: Stage, act: Act) -> Context:
    directory = session.directory()
    actor = session.person()
    return Context(
        now=session.clock(),
        today=session.today(whole.header.zone),
        actor=actor,
        name=session.own_name(),
        role=role,
        policy=session.policy(whole.header.policy),
        new_id=session.new_id,
        person=directory.known,
        on_behalf=_behalf(session, whole, role, act),
        proof=session.actor.proof,
        order=date_order(whole.header.zone),
        confidential=session.personal,
        notebook=lambda: notes_about(session, whole.header.of),
        case_id=lambda number: session.open_case(number)[0].id,
        matter=lambda one: of_matter(session, one),
        numbers=lambda ids: _numbers(session, ids),
        # Of what the actor may see: a hidden step is none.
        last=lambda step: last_step(session, session.open_case(whole.id)[1], stage, step),
    )


def _numbers(session: Session, ids: Iterable[str]) -> tuple[str, ...]:
    found = []
    for key in ids:
        with suppress(NotFound):
            found.append(session.open_case(key)[0].header.number)
    return tuple(sorted(found))


def _behalf(session: Session, whole: CaseFile, role: Role, act: Act) -> str | None:
    """The party of the case for whom something is typed in; nobody else, so that no name is found out by asking. They
    might do it themselves: no employee decides their own outcome by somebody else's hand."""
    wanted = fold(session.actor.on_behalf or "").strip()
    if not wanted:
        return None
    if role == "employee":
        raise Denied("The employee speaks for themselves: nothing is recorded on somebody else's behalf.")
    today = session.today(whole.header.zone)
    held = [one for part in ROLES if (one := whole.party(part, today)) is not None]
    for party in (*held, *whole.header.parties):
        if wanted in (party.person, fold(party.name), party.role, fold(words(party.role))):
            if not any(one.person == party.person and one.role in act.roles for one in whole.header.parties):
                raise Refused(f"{act.title}: the {words(party.role)} never does this, so nobody does it for them.")
            return party.person
    names = sentence_list([party.name for party in whole.header.parties], word="or")
    raise BadInput(f"{session.actor.on_behalf!r} is no party of this case. On behalf of {names}.")


def _gone(number: str, at: dt.datetime) -> str:
    return f"Case {number} was removed from the record on {at:%Y-%m-%d}: nothing is done in it any more."


def why_not(act: Act, stage: Stage) -> str:
    """Why an act is not possible in a stage, in one sentence."""
    when = sentence_list([words(one) for one in act.when])
    hint = HINTS.get((act.name, stage), "")
    return f"{act.title}: possible in stage {when}; the stage now is {words(stage)}.{' ' + hint if hint else ''}"


HINTS: dict[tuple[str, Stage], str] = {
    ("issue", "draft"): "Submit it for review first.",
    ("adopt", "in_review"): "Return it first.",
    ("issue", "in_review"): "It needs its approvals first.",
    ("approve", "draft"): "It has to be submitted first.",
    ("acknowledge", "active"): "The version in force is answered already.",
    ("open_review", "issued"): "Record the acknowledgement or the refusal first.",
    ("assess", "active"): "Open the final review first.",
    ("decide", "active"): "Open the final review first.",
    ("decide", "issued"): "Record the acknowledgement or the refusal first.",
    ("put", "issued"): "An issued plan is never edited.",
    ("put", "active"): "An issued plan is never edited.",
    ("set", "active"): "An issued plan is never edited.",
    ("discard", "active"): "An issued plan is withdrawn instead.",
    ("log_check_in", "draft"): "Check-ins begin when the plan is issued.",
}


def do(
    session: Session, name: str, case: str, given: Mapping[str, Any], expect: int | None, token: str | None
) -> Done:
    """Do an act and commit it, again from the start where somebody else committed in between."""
    mark = token_for(session, name, case, given, token)
    for _ in range(TRIES):
        # Asked at every try: the same request may have come in by another way since the last one.
        if mark and (seq := session.store.done(mark)) is not None:
            return _repeated(session, name, case, seq)
        ready = prepare(session, name, case, given, expect)
        if ready.blocks:
            raise Refused(
                f"{ready.act.title}: {len(ready.blocks)} thing{'s' if len(ready.blocks) > 1 else ''} to mend first.",
                tuple(f"{one.text} ({one.where})" if one.where else one.text for one in ready.blocks),
            )
        if ready.act.settle is not None:
            given = {**given, **ready.act.settle(ready.visible, ready.data, ready.context)}
        actor = ensure_person(session)
        written = ready.run() if actor == ready.context.actor else _with_actor(session, ready).run()
        try:
            with ExitStack() as kept:
                for key, content in written.content.items():
                    kept.enter_context(session.store.keeping(key, content))
                seq = _commit_if_still(session, ready, written, mark)
        except Conflict:
            continue
        _afterwards(session, ready, name, written.then)
        return Done(
            case=ready.whole.header.number,
            act=name,
            seq=seq,
            revision=_revision(session, case),
            sentence=" ".join(filter(None, (written.sentence, written.told))),
            item=written.item,
            findings=ready.findings,
        )
    raise Busy("Others keep committing to this case. Nothing of yours was written; try again.")


def token_for(session: Session, act: str, case: str, given: Mapping[str, Any], token: str | None) -> str | None:
    """What is stored of a token: a digest of it with who, what and the input, so that a token used again for
    something else never swallows it, and nothing that somebody put into a token stands in a header."""
    if token is None:
        return None
    told = msgspec.json.encode(
        [token, session.actor.login, act, case, msgspec.to_builtins(dict(given), str_keys=True)],
        order="deterministic",
    )
    return hashlib.sha256(told).hexdigest()[:32]


def _commit_if_still(session: Session, ready: Ready, written: Written, mark: str | None) -> int:
    """Commit under the lock, if the case still stands as the act found it. Raises Conflict if it does not."""
    with session.store.exclusive():
        case = ready.whole.id
        since = session.store.changes(ready.head)
        if mark and session.store.done(mark) is not None:
            raise Conflict("The same request came in by another way.")
        moved = any(case in one.owners or ("cases", case) in one.keys for one in since)
        if moved and not (ready.act.free and _only_entries(since, case)):
            raise Conflict("The case moved in between.")
        stale = ready.whole.draft if ready.whole.working is None else None
        gone = [Change("drafts", stale.id, None, "A draft left behind was closed.")] if stale else []
        changes = [*written.changes, *gone]
        role = ready.context.role
        return commit(session, ready.whole, ready.act.name, role, changes, token=mark, known=written.known)


def _only_entries(commits: Iterable[Commit], case: str) -> bool:
    """Whether nothing but entries and check-ins of the case came in."""
    own = (
        key
        for one in commits
        for key, owner in zip(one.keys, one.owners, strict=True)
        if owner == case or key == ("cases", case)
    )
    return all(table in ("entries", "checkins") for table, _ in own)


def _with_actor(session: Session, ready: Ready) -> Ready:
    return replace(ready, context=_context(session, ready.whole, ready.context.role, ready.stage, ready.act))


def _repeated(session: Session, name: str, case: str, seq: int) -> Done:
    whole, _, _ = session.open_case(case)
    sentence = "This was saved already; it was not saved twice."
    return Done(case=whole.header.number, act=name, seq=seq, revision=_revision(session, case), sentence=sentence)


def _revision(session: Session, case: str) -> int:
    try:
        return session.open_case(case)[1].revision
    except NotFound:
        return 0


def _afterwards(session: Session, ready: Ready, name: str, changes: tuple[Change, ...]) -> None:
    # The plan is issued whatever happens to this second commit: a draft left behind is none any more.
    # The next act on the case closes it.
    from piptui.desk.erasing import erase, erases  # most policies keep working papers
    from piptui.desk.removal_kinds import leftover

    try:
        key = ready.whole.id
        if erases(session, ready.whole) and leftover(session, key) and erase(session, key, ready.context.role):
            return
        if changes:
            commit(session, session.whole(ready.whole.id), name, ready.context.role, changes)
    except (PiptuiError, OSError):
        return


def commit(
    session: Session,
    file: CaseFile | None,
    act: str,
    role: Role,
    changes: Iterable[Change],
    *,
    token: str | None = None,
    known: Mapping[tuple[str, str], int] | None = None,
) -> int:
    """Encode each document, decode it strictly, and commit all with the revisions that were read: those of the file,
    and those `known`."""
    stored: list[Stored] = []
    expect: dict[tuple[str, str], Any] = {}
    read = dict(known or {})
    read |= {(table, held.id): held.seq for table, held in file.documents()} if file else {}
    for change in changes:
        key = (change.table, change.id)
        if change.record is not None:
            document = encode(change.record)
            check_document(change.table, document)
        else:
            document = None
        if key in read:
            expect[key] = read[key]
        elif document is None:
            expect[key] = ANY
        stored.append(Stored(change.table, change.id, document, change.sentence, change.reason))
    actor = session.actor
    meta = {"role": role, "login": actor.login, "on_behalf": actor.on_behalf, "proof": actor.proof}
    return session.store.commit(
        [one for one in stored if one.document is not None or exists(session, one.table, one.id)],
        expect=expect,
        actor=session.person() or actor.login,
        act=act,
        token=token,
        meta={key: value for key, value in meta.items() if value is not None},
    )


def exists(session: Session, table: str, key: str) -> bool:
    """Whether there is such a document now."""
    try:
        session.store.get(table, key)
    except NotFound:
        return False
    return True


def preview(session: Session, name: str, case: str, given: Mapping[str, Any], expect: int | None = None) -> Preview:
    """What an act would do. A refusal of the act's own rules is told as a finding."""
    ready = prepare(session, name, case, given, expect)
    findings = ready.findings
    sentences: tuple[str, ...] = ()
    classes: set[Class] = set()
    told = ""
    try:
        written = ready.run()
    except Refused as error:
        findings = (Finding(check=name, severity="block", where="", text=str(error)), *findings)
    else:
        sentences = tuple(dict.fromkeys(one.sentence for one in written.changes if one.sentence))
        told = written.told
        records = [one.record for one in written.changes if isinstance(one.record, msgspec.Struct)]
        classes = {cls for record in records if (cls := getattr(record, "cls", None))}
    who = " · ".join(f"{words(cls)}: {readers(cls)}" for cls in sorted(classes))
    return Preview(sentences=sentences, findings=findings, readers=who, told=told)


def reason_against(session: Session, act: Act, whole: CaseFile) -> str:
    """Why an act is not possible on a case now, "" if it is."""
    stage = session.stage(whole)
    if (removed := whole.header.removed) is not None:
        return _gone(whole.header.number, removed.at)
    if stage not in act.when:
        return why_not(act, stage)
    try:
        role = session.access().role_for(act, whole.header.parties, session.today(whole.header.zone), {})
    except Denied as error:
        return str(error)
    if session.store.readonly:
        return session.store.notice or "This store is open for reading only."
    return act.against(whole, _context(session, whole, role, stage, act)) if act.against is not None else ""


def _who(session: Session, whole: CaseFile, seq: int) -> str:
    by = next((rev.actor for rev in _revs(session, whole) if rev.seq == seq), "")
    name = session.directory().name(by) if by else "Somebody"
    return "You, in another session," if by and by == session.person() else name


def _revs(session: Session, whole: CaseFile) -> list[Any]:
    documents = session.store.case_documents(whole.id)
    return [session.store.get("cases", whole.id)[1], *(rev for _, _, _, rev in documents)]
