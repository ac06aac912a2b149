"""Who is writing where: told to those who read the working papers of a case, and to nobody else.

Only acts whose being under way is no secret are told: a note for HR alone must not betray itself by being typed.
"""

from typing import Final

from piptui.desk.api import PresenceLine
from piptui.desk.session import Session
from piptui.errors import PiptuiError
from piptui.store import Presence, Present

TOLD: Final = frozenset({"put", "log_check_in", "miss_check_in", "assess", "decide"})
"""Acts that others may see being prepared."""


def editing(session: Session, presence: Presence, case: str, act: str) -> None:
    """See `api.Desk.editing`."""
    if act not in TOLD or not case:
        presence.tell(None)
        return
    whole, _, _ = session.open_case(case)
    presence.tell(Present(session.person() or session.actor.login, whole.id, act))


def present(session: Session, presence: Presence, case: str) -> tuple[PresenceLine, ...]:
    """See `api.Desk.presence`."""
    found = presence.others()
    if not found:
        return ()
    try:
        key = session.case_id(case)
        facts, _ = session.row(key)
    except PiptuiError:
        return ()
    shared = facts.shared
    if "manager_hr" not in session.classes(shared.parties, shared.zone, shared.version):
        return ()
    me, name = session.person() or session.actor.login, session.directory().name
    return tuple(
        PresenceLine(who=name(one.actor), act=one.act, own=one.actor == me)
        for one in found
        if one.case == key and one.act in TOLD
    )
