"""Attached files out of the record again, and what `verify` says of them to whom."""

from collections.abc import Sequence

from piptui.cases.attached import find_file
from piptui.desk.api import Anchor, Fetched, Problem, VerifyReport
from piptui.desk.proving import compared, named, report_of, unnamed
from piptui.desk.session import Session
from piptui.desk.sheet import file_line
from piptui.errors import Corrupt, NotFound, Refused
from piptui.store import Flaw
from piptui.witness import Seen


def fetch(session: Session, case: str, wanted: str) -> Fetched:
    """See `api.Desk.fetch`."""
    _, visible, _ = session.open_case(case)
    held, number = find_file(visible, wanted), visible.header.number
    name = held.record.name
    if not held.record.digest:
        raise NotFound(f"The content of {name} was removed from the record of case {number}.")
    try:
        content = session.store.content(held.id)
    except Corrupt as error:
        raise Corrupt(
            f"{name} of case {number} is not as it was attached: its bytes are missing or changed. Bring "
            f"files/{held.id} back from a backup, into the folder of the store; piptui verify looks at all files."
        ) from error
    return Fetched(case=number, file=file_line(visible, held, session.directory().name), content=content)


def verified(session: Session, given: Sequence[Anchor], seen: tuple[Seen | None, Seen | None]) -> VerifyReport:
    """See `api.Desk.verify`. A file that the actor may not see is not named."""

    def tell(flaw: Flaw) -> Problem:
        try:
            _, visible, _ = session.open_case(flaw.of)
        except (NotFound, Refused):
            return unnamed(flaw)
        known = any(held.id == flaw.id for held in visible.files)
        return named(session.store, flaw) if known else unnamed(flaw)

    store = session.store
    key = str(store.info.get("store", ""))
    found = store.verify(anchors=compared(key, given, seen[0]))
    kind = str(store.info.get("kind", ""))
    return report_of(found, store.notice, store=key, given=given, seen=seen, tell=tell, kind=kind)
