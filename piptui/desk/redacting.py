"""Removing from the record for good: listed, checked against legal holds, committed, overwritten."""

from collections.abc import Iterable

from piptui.cases.records import Redaction, Removal
from piptui.cases.words import EVERYTHING, SEES
from piptui.desk import api
from piptui.desk.api import Redacted, RedactionLine, RemovalLine, Target
from piptui.desk.holds import refuse_held, standing
from piptui.desk.pieces import SHORT, Piece, Wanted, hr_or_legal, summed
from piptui.desk.registration import ensure_person
from piptui.desk.removal import collect
from piptui.desk.retention import check_due
from piptui.desk.session import Session
from piptui.documents import TYPES, check_document, decode, encode
from piptui.errors import BadInput, Conflict, Refused
from piptui.store import ANY, Change
from piptui.text import clean_line, fold, whole_words


def removal(session: Session, target: Target, reason: str) -> api.Removal:
    """See `api.Desk.removal`."""
    head = session.store.head()[0]
    wanted = collect(session, target, _mark(session, "", target.rule))
    _check_reason(clean_line(reason), wanted)
    texts, commits, files = summed(one for one in wanted.pieces if one.visible)
    return api.Removal(
        what=wanted.what,
        lines=_lines(wanted),
        texts=texts,
        commits=commits,
        files=files,
        head=head,
        case=wanted.case,
        person=wanted.person,
        cases=wanted.cases,
        documents=tuple(one.line.id for one in wanted.pieces if one.visible),
        names=wanted.names,
        elsewhere=wanted.elsewhere,
        perhaps=wanted.perhaps,
        stays=wanted.stays,
        also=wanted.also,
        empty=wanted.empty,
        shown=wanted.shown or wanted.what,
        holds=standing(session, wanted.owners),
    )


def _lines(wanted: Wanted) -> tuple[RemovalLine, ...]:
    return tuple(one.line for one in wanted.pieces if one.visible)


def _mark(session: Session, reason: str, rule: str) -> Removal:
    return Removal(at=session.clock(), by=session.person(), reason=reason, rule=rule)


def redact(session: Session, target: Target, reason: str, expect: int | None) -> Redacted:
    """See `api.Desk.redact`."""
    why = clean_line(reason)
    if not why:
        raise BadInput("reason is missing: say why, without anything of the person. It stays in the record for ever.")
    collect(session, target, _mark(session, why, target.rule))  # so that a refusal makes nobody a person
    ensure_person(session)
    with session.store.exclusive():
        wanted = collect(session, target, _mark(session, why, target.rule))
        refuse_held(standing(session, wanted.owners))
        if target.rule:
            check_due(session, target)
        _check_reason(why, wanted)
        _as_listed(session, wanted, expect)
        return written(session, wanted, why, target.rule)


def _check_reason(reason: str, wanted: Wanted) -> None:
    told = fold(reason)
    words = (name for name in (*wanted.names, *wanted.unsaid) if len(name) > SHORT)
    named = next((name for name in words if whole_words([fold(name)]).search(told)), "")
    if named:
        raise Refused(
            f"The reason names {named}, which tells who is meant, and it stays for ever: say it without the person, "
            "such as: asked for by the employee."
        )


def _as_listed(session: Session, wanted: Wanted, expect: int | None) -> None:
    """Raise Conflict where something came in that was not on the list."""
    if expect is not None and any(one.seq > expect for part in wanted.pieces for one in part.records):
        raise Conflict("Something was recorded after this was listed. Nothing was removed: look at the list again.")
    if expect is not None and expect > session.store.head()[0]:
        raise BadInput(f"There is no revision {expect} yet.")


def written(session: Session, wanted: Wanted, reason: str, rule: str, sentence: str = "") -> Redacted:
    """Commit the list and overwrite the texts; only while nobody else writes."""
    store, actor = session.store, session.person()
    texts, _, files = summed(one for one in wanted.pieces if one.visible)
    name = session.directory().name(actor)
    sentence = sentence or f"{name} removed {wanted.what} from the record."
    record = Redaction(
        of=wanted.of,
        cls=wanted.cls,
        what=wanted.kind,
        number=wanted.case,
        at=session.clock(),
        by=actor,
        role=wanted.role,
        reason=reason,
        rule=rule,
        texts=texts,
        files=files,
    )
    changes = [*_changes(wanted.pieces, sentence, reason)]
    changes.append(Change("redactions", session.new_id(), encode(record), sentence, reason))
    for change in changes:
        # Tables of scripts hold free documents.
        if change.document is not None and change.table in TYPES:
            check_document(change.table, dict(change.document))
    meta = {"role": wanted.role, "login": session.actor.login}
    words = [*wanted.names, *(one.line.id for one in wanted.pieces), *wanted.owners]
    seq = store.redact(
        [(one.seq, one.place) for part in wanted.pieces for one in part.records],
        changes,
        expect={(change.table, change.id): ANY for change in changes[:-1]},
        actor=actor,
        meta=meta,
        words=words,
    )
    return Redacted(seq=seq, sentence=sentence, texts=texts, files=files, case=wanted.case, person=wanted.person)


def _changes(pieces: Iterable[Piece], sentence: str, reason: str) -> Iterable[Change]:
    for one in pieces:
        yield Change(one.line.table, one.line.id, one.after, sentence, reason)


def redactions(session: Session) -> tuple[RedactionLine, ...]:
    """See `api.Desk.redactions`."""
    hr_or_legal(session, "What was removed from the record")
    name, access = session.directory().name, session.access()
    roles = access.dated if access.chosen is None else {access.chosen}
    reads = EVERYTHING if access.personal and access.chosen is None else {cls for role in roles for cls in SEES[role]}
    found = []
    for key, document, _ in session.store.list("redactions"):
        one: Redaction = decode("redactions", document)
        if one.number and one.what != "case" and one.cls not in session.classes_of(one.of):
            continue
        hidden = one.cls not in reads and (access.personal or one.by != session.person())
        if hidden and one.what == "document" and not one.number:
            continue  # a note of the notebook that is somebody's own
        found.append(
            RedactionLine(
                # A removal since may have taken a name out of this one, too.
                seq=session.store.history("redactions", key)[0].seq,
                at=one.at,
                who=name(one.by),
                what="notebook" if one.what == "document" and not one.number else one.what,
                case=one.number,
                reason=one.reason,
                texts=one.texts,
                files=one.files,
                rule=one.rule,
            )
        )
    return tuple(sorted(found, key=lambda one: one.seq))
