"""What the actor did last in a case, as `undo` needs it."""

from collections.abc import Mapping

from piptui.cases.acts import act_named
from piptui.cases.acts.base import LastStep, StepChange
from piptui.cases.acts.undoing import DRAFTED
from piptui.cases.file import CaseFile
from piptui.cases.words import Stage, words
from piptui.desk.session import Session
from piptui.documents import decode
from piptui.errors import NotFound, Refused
from piptui.store import Key

NONE = "You did nothing in this case that could be undone."


def last_step(session: Session, visible: CaseFile, stage: Stage, wanted: int = 0) -> LastStep:
    """The newest commit of the actor on documents of the case. Raises Refused where there is none, where it is not
    `wanted` (0: any), and where somebody has changed since what it changed."""
    me = session.person() or session.actor.login
    now = {(table, held.id): held.seq for table, held in visible.documents()}
    newest = 0
    for key, seq in sorted(now.items(), key=lambda one: one[1], reverse=True):
        if seq <= newest:
            break
        if session.store.get(*key)[1].actor == me:
            newest = seq
            break
        # What others changed since may be what the actor did last: no older step stands in for it.
        newest = max(newest, *(one.seq for one in session.store.history(*key) if one.actor == me), 0)
    if not newest:
        raise Refused(NONE)
    return _step(session, visible.id, stage, now, newest, wanted)


def _step(session: Session, case: str, stage: Stage, now: Mapping[Key, int], seq: int, wanted: int) -> LastStep:
    if wanted not in (0, seq):
        raise Refused(f"Step {wanted} is not your last one in this case: step {seq} is. Undo that one first.")
    commit = session.store.changes(seq - 1, 1)[0]
    for key, owner in zip(commit.keys, commit.owners, strict=True):
        if owner != case and key != ("cases", case):
            raise Refused("Your last step here went beyond this case: it cannot be undone.")
        if now.get(key) != seq:
            raise Refused("What your last step changed was changed again since: it cannot be undone.")
    if commit.act in DRAFTED and stage not in act_named(commit.act).when:
        raise Refused(f"The draft is {words(stage)} by now: your last step in it cannot be undone.")
    told = [session.store.history(*key)[-1].sentence for key in commit.keys]
    changes = tuple(
        StepChange(*key, _before(session, key, seq), sentence)
        for key, sentence in zip(commit.keys, told, strict=True)
    )
    return LastStep(seq, commit.act, told[0], changes)


def _before(session: Session, key: Key, seq: int) -> object | None:
    try:
        document, _ = session.store.get(*key, at=seq - 1)
    except NotFound:
        return None
    found: object = decode(key[0], document)
    return found
