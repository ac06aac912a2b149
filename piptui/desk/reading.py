"""From the store's documents to a case: decoded strictly, with revisions."""

from collections.abc import Iterable
from typing import Any

from piptui.cases.entries import EntryBase
from piptui.cases.file import CaseFile, Held
from piptui.cases.records import Case, CheckIn, Draft, FileRecord, Hold, Plan
from piptui.documents import decode
from piptui.store import Rev

Found = tuple[str, str, dict[str, Any], Rev]
"""Table, id, document, revision: a document as the store hands it out."""

PARTS = ("cases", "drafts", "plans", "checkins", "entries", "files", "holds")


def held(table: str, key: str, document: dict[str, Any], rev: Rev) -> Held[Any]:
    """One document decoded. Raises Refused where it does not fit its type exactly."""
    return Held(key, decode(table, document), rev.seq, rev.digest, rev.created_at, rev.at)


def case_file(key: str, documents: Iterable[Found]) -> CaseFile:
    """A case from its own document and all that are of it."""
    parts: dict[str, list[Held[Any]]] = {table: [] for table in PARTS}
    for table, doc_id, document, rev in documents:
        if table in parts:
            parts[table].append(held(table, doc_id, document, rev))
    cases: list[Held[Case]] = [one for one in parts["cases"] if one.id == key]
    drafts: list[Held[Draft]] = sorted(parts["drafts"], key=lambda one: one.record.version)
    plans: list[Held[Plan]] = sorted(parts["plans"], key=lambda one: one.record.version)
    # The store hands documents out as they were created; sorting keeps that order within one instant.
    check_ins: list[Held[CheckIn]] = sorted(parts["checkins"], key=lambda one: one.created_at)
    entries: list[Held[EntryBase]] = sorted(parts["entries"], key=lambda one: one.created_at)
    files: list[Held[FileRecord]] = sorted(parts["files"], key=lambda one: one.created_at)
    holds: list[Held[Hold]] = sorted(parts["holds"], key=lambda one: one.created_at)
    return CaseFile(
        key,
        cases[0],
        drafts[-1] if drafts else None,
        tuple(plans),
        tuple(check_ins),
        tuple(entries),
        tuple(files),
        tuple(holds),
    )
