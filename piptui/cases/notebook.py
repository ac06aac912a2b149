"""The notebook: what managers and HR note about a person before there is a case, or beside one (S028, S029, S03B).

A note belongs to the person, not to a case. `bring_in` copies chosen notes into a case, with their days and class.
"""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal

from piptui.cases.entries import Conversation, EntryBase, EvidenceEntry, Feedback, Note
from piptui.cases.records import Correction, Document, Strike
from piptui.cases.words import Role, words
from piptui.errors import BadInput, NotFound

if TYPE_CHECKING:
    from piptui.cases.file import Held  # a start reads no case

NotebookKind = Literal["note", "coaching", "feedback", "recognition", "expectation_communicated", "concern"]
"""What a note of the notebook tells of: a coaching talk, feedback (also at the end of a project), recognition, an
expectation that was communicated (S03A), a concern."""

NotebookClass = Literal["manager_own", "manager_hr", "shared"]
"""Who may read a note: the manager alone, manager and HR, or the person, too."""


class PersonNote(Document, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A note about the person `of`. `occurred_on` is when it happened (civil date); when it was written is the
    store's stamp. `by` is the person id of who wrote it, `manager` that of who led the person at the time: they read
    it later, too."""

    occurred_on: dt.date
    by: str
    role: Role
    kind: NotebookKind = "note"
    topic: str = ""
    text: str = ""
    next_step: str = ""
    manager: str = ""
    corrections: tuple[Correction, ...] = ()
    struck: Strike | None = None


_ENTRIES: dict[str, type[EntryBase]] = {
    "coaching": Conversation,
    "feedback": Feedback,
    "recognition": Feedback,
    "expectation_communicated": EvidenceEntry,
}
"""Kind of note -> kind of entry that it becomes; a note, where it is none of these."""


def as_entry(held: "Held[PersonNote]", case: str, *, late: bool) -> EntryBase:
    """A note as an entry of a case: its day, author and class, and when it was first written."""
    note = held.record
    kind = _ENTRIES.get(note.kind, Note)
    more: dict[str, Any] = {"source": "expectation_communicated"} if kind is EvidenceEntry else {}
    return kind(
        of=case,
        cls=note.cls,
        occurred_on=note.occurred_on,
        by=note.by,
        role=note.role,
        text=in_one_text(note),
        taken_over=True,
        late=late,
        noted_as=held.id,
        noted_at=held.created_at,
        **more,
    )


def in_one_text(note: PersonNote) -> str:
    """A note as one text: what it is where the entry's kind does not say it, topic, text, agreed next step."""
    kind = words(note.kind).capitalize() if note.kind in ("coaching", "recognition", "concern") else ""
    lead = ": ".join(part for part in (kind, note.topic) if part)
    step = f"Agreed next step: {note.next_step}" if note.next_step else ""
    return "\n".join(part for part in (f"{lead}: {note.text}" if lead else note.text, step) if part)


def find_note(notes: "Iterable[Held[PersonNote]]", wanted: str) -> "Held[PersonNote]":
    """A note by id or at least four letters of its beginning. Raises NotFound, alike for hidden ones, or BadInput."""
    key = wanted.strip().casefold()
    found = [one for one in notes if one.id == key or (len(key) >= 4 and one.id.startswith(key))]
    if len(found) == 1:
        return found[0]
    if found:
        raise BadInput(f"{wanted!r} is the beginning of {len(found)} notes: give more of the id.")
    raise NotFound(f"There is no note {wanted!r} in this notebook. `piptui person` lists them with their ids.")
