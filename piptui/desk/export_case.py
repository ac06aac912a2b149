"""One case and one person as plain JSON, with nothing in it that the actor may not see."""

from dataclasses import dataclass, field
from typing import Any, Final

from piptui.cases.notebook import PersonNote
from piptui.cases.records import Case
from piptui.cases.words import EVERYTHING, Class
from piptui.desk.frozen import Found, Frozen
from piptui.desk.past import case_history
from piptui.desk.persons import note_classes, own_page
from piptui.desk.reading import case_file
from piptui.desk.session import Session, header_hidden
from piptui.documents import decode
from piptui.errors import PiptuiError

_PARTS: Final = {
    "drafts": "drafts",
    "plans": "plans",
    "checkins": "check_ins",
    "entries": "entries",
    "files": "files",
    "holds": "holds",
    "redactions": "redactions",
}
"""Table -> its name in case.json."""


@dataclass
class Exported:
    """A case as it is going to be written: `files` are the documents of attached bytes, `paths` where these were
    written, `named` the ids of everybody who stands in it, `policy` the digest of its policy."""

    id: str
    number: str
    policy: str
    body: dict[str, Any]
    files: dict[str, dict[str, Any]]
    named: set[str]
    paths: dict[str, str] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """The content of case.json."""
        for one in self.body["files"]:
            if one["id"] in self.paths:
                one["path"] = self.paths[one["id"]]
        return self.body


def one_case(session: Session, frozen: Frozen, key: str, names: dict[str, str]) -> Exported | None:
    """A case as it stood; None where there was none, or where the actor may not know of it."""
    own = frozen.get("cases", key)
    if own is None:
        return None
    documents = [own, *frozen.of(key)]
    classes, header = _classes(session, own)
    if header_hidden(classes):
        return None
    seen = [one for one in documents if one[2].get("class") in classes]
    body: dict[str, Any] = {
        "number": header.number if header else str(own[2].get("number", "")),
        "id": key,
        "stage": _stage(session, key, seen),
        "names": {},
        "case": _plain(own),
        **{name: [_plain(one) for one in seen if one[0] == table] for table, name in _PARTS.items()},
        "history": [],
    }
    body["history"] = case_history(session, key, classes, until=frozen.seq)
    named = {one for one in _texts(body) if one in names}
    body["names"] = {one: names[one] for one in sorted(named)}
    files = {one[1]: one[2] for one in seen if one[0] == "files" and one[2].get("digest")}
    return Exported(key, body["number"], str(own[2].get("policy", "")), body, files, named)


def _classes(session: Session, own: Found) -> tuple[frozenset[Class], Case | None]:
    try:
        header: Case = decode("cases", own[2])
    except PiptuiError:
        # A newer program may have written it. Who reads everything gets it as it is, others nothing.
        access = session.access()
        return (EVERYTHING if access.personal and access.chosen is None else frozenset()), None
    return session.classes(header.parties, header.zone, header.version), header


def _stage(session: Session, key: str, seen: list[Found]) -> str:
    """The stage as far as the actor can see it; "" where this program cannot read the case."""
    try:
        return session.stage(case_file(key, seen))
    except PiptuiError:
        return ""


def one_person(session: Session, frozen: Frozen, key: str) -> dict[str, Any] | None:
    """A person as they stood, with the notes about them that the actor may read; None where there was none, or
    where it is the actor's own page in a store that keeps people apart."""
    found = frozen.get("people", key)
    if found is None or own_page(session, key):
        return None
    person = decode("people", found[2])
    notes = []
    for one in frozen.of(key):
        if one[0] == "notebook":
            note: PersonNote = decode("notebook", one[2])
            if note.cls in note_classes(session, key, person, note):
                notes.append(_plain(one))
    return {**_plain(found), "notebook": notes}


def _plain(found: Found) -> dict[str, Any]:
    _, key, document, rev = found
    return {
        "id": key,
        "seq": rev.seq,
        "recorded_at": rev.created_at,
        "changed_at": rev.at,
        "digest": rev.digest,
        "document": document,
    }


def _texts(value: Any) -> set[str]:
    """Every text in plain data, keys and values."""
    found: set[str] = set()
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            found.add(part)
        elif isinstance(part, dict):
            waiting += part.keys()
            waiting += part.values()
        elif isinstance(part, list | tuple):
            waiting += part
    return found
