"""What of an export is to be read by people: each case as a packet, and an index of all."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from piptui.anchor import Anchor
from piptui.cases.words import words
from piptui.desk.frozen import Frozen
from piptui.desk.printing import packet
from piptui.desk.session import Session
from piptui.errors import PiptuiError
from piptui.packets.pieces import Paper

_AUDIENCE: Final = {"employee": "employee", "manager": "manager", "second_manager": "manager", "legal": "counsel"}


class CaseEntry(NamedTuple):
    """A case in the index: number, who it is about, stage, and its folder."""

    number: str
    employee: str
    stage: str
    folder: str


class PersonEntry(NamedTuple):
    """A person in the index: name, number in the organisation, and the file."""

    name: str
    number: str
    file: str


def case_page(session: Session, frozen: Frozen, key: str, reader: str | None) -> str:
    """A case as the packet for its reader, with the head of the export; "" where it was changed since that commit,
    or where there is no packet of it."""
    anchor = Anchor(store=str(session.store.info.get("store", "")), seq=frozen.seq, hash=frozen.hash, at=frozen.at)
    try:
        text = packet(session, key, _AUDIENCE.get(reader or "", "hr"), lambda: anchor, session.own_name()).text
        now = [session.store.get("cases", key)[1].seq, *(rev.seq for *_, rev in session.store.case_documents(key))]
    except PiptuiError:
        return ""
    return text if max(now) <= frozen.seq else ""


def employee_of(header: dict[str, Any]) -> str:
    """Who a case is about, by its header."""
    parties = header.get("parties") or ()
    return next((str(one.get("name", "")) for one in parties if one.get("role") == "employee"), "")


def index_page(cases: Sequence[CaseEntry], people: Sequence[PersonEntry], shows: str) -> str:
    """What lies where, by number and name."""
    paper = Paper()
    paper.heading(1, "Performance Improvement Plans")
    paper.say(f"An export of piptui. It shows {shows}. README.txt says what the files hold.")
    if cases:
        paper.heading(2, "Cases")
        rows = [(one.number, one.employee, words(one.stage), one.folder) for one in sorted(cases)]
        paper.table(("Case", "Employee", "Stage", "Folder"), rows)
    if people:
        paper.heading(2, "People")
        paper.table(("Name", "Number", "File"), sorted(people))
    return str(paper)
