"""The record as readable JSON, for whoever has nothing but that: a folder per case, people, policies, files.

No name of a person stands in a path. Everything is as of one commit; what the actor may not see is not there.
"""

import hashlib
import os
import re
import secrets
import shutil
from pathlib import Path
from typing import Any, Final

import msgspec

from piptui import __version__
from piptui.cases.attached import MEDIA
from piptui.cases.words import words
from piptui.desk.api import ExportMade
from piptui.desk.export_case import Exported, one_case, one_person
from piptui.desk.export_pages import CaseEntry, PersonEntry, case_page, employee_of, index_page
from piptui.desk.frozen import Frozen
from piptui.desk.session import Session
from piptui.errors import Busy, PiptuiError, Refused
from piptui.store.files import make_folders, sync_folder, unwritten
from piptui.store.text import tame

_TRIES: Final = 5
_README: Final = """\
This folder was written by piptui. It holds cases of Performance Improvement Plans as JSON (UTF-8): confidential.

index.md               what lies where, by number and name.
manifest.json          what this is: the record, the commit that it shows, who exported it and what that person may
                       see, and the sha256 of every file here. Without it the export is not finished.
cases/NUMBER-ID/       one case
  case.json            "case" is its header with the parties; "drafts" and "plans" hold the plan, "check_ins" what was
                       held and missed, "entries" notes, evidence, launch, acknowledgement, decision and the rest,
                       "files" what is attached, "holds" the legal holds, "redactions" what was removed, "history"
                       what happened in sentences, oldest first.
  case.md              the same case to be read, as the packet for this reader; only where nobody changed the case
                       while it was exported. What is the employee's own is in no packet for others.
  files/ID             the bytes of an attached file; case.json names it.
people/ID.json         one person, with the notes of the notebook.
policies/DIGEST.json   the text of a policy that cases refer to.

Every document stands as {"id", "seq", "recorded_at", "changed_at", "digest", "document"}: "seq" is the commit that
last changed it, "digest" the hash of its text in that commit. Texts that were corrected are kept inside the
documents; the state before every commit is in the record itself, not here. People stand as ids; "names" in case.json
says who they are. Days are civil dates in the case's "zone", instants end in Z (UTC), numbers with decimals are text.
"""


def export(session: Session, to: Path, case: str) -> ExportMade:
    """See `api.Desk.export`."""
    target = to.expanduser().absolute()
    _fit(target)
    wanted = session.open_case(case)[0].id if case else ""
    stage = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        for _ in range(_TRIES):
            frozen = Frozen(session.store)
            made = _Writer(session, frozen, stage, target).run(wanted)
            frozen.look()
            if not frozen.redacted:
                _put(stage, target)
                return made
            shutil.rmtree(stage)
    except OSError as error:
        raise unwritten(error, target) from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    raise Busy("Texts are being removed from the record right now. Nothing was written; try again.")


def _fit(target: Path) -> None:
    if any((above / "store.json").exists() for above in (target.resolve(), *target.resolve().parents)):
        raise Refused(f"{target} lies inside a store, where only the record may lie. Name another place.")
    if target.is_symlink() or (target.exists() and (not target.is_dir() or any(target.iterdir()))):
        raise Refused(f"{target} is not empty. An export goes into an empty or a new folder.")


def _put(stage: Path, target: Path) -> None:
    if target.exists():
        target.rmdir()
    stage.rename(target)
    sync_folder(target.parent)


class _Writer:
    """One export under way; it is written beside its place, and has its name once it is whole."""

    def __init__(self, session: Session, frozen: Frozen, stage: Path, target: Path) -> None:
        self._session = session
        self._frozen = frozen
        self._stage = stage
        self._target = target
        self._sums: dict[str, str] = {}
        self._missing: list[str] = []
        self._named: set[str] = set()
        self._policies: set[str] = set()
        self._cases: list[CaseEntry] = []
        self._people: list[PersonEntry] = []
        access = session.access()
        self._whole = access.personal and access.chosen is None
        self._reader = words(access.chosen) if access.chosen else "owner" if self._whole else _role(access.dated)
        self._role = access.chosen or ("hr" if self._whole else min(access.dated, default=None))
        self._everybody = session.directory_open() and (access.personal or bool(access.dated))

    def run(self, wanted: str) -> ExportMade:
        make_folders(self._stage.parent)
        self._stage.mkdir(mode=0o700)
        frozen, session = self._frozen, self._session
        people = {key: document for _, key, document, _ in frozen.table("people")}
        names = {key: str(document.get("name", "")) for key, document in people.items()}
        cases = files = persons = 0
        for key in [wanted] if wanted else [key for _, key, _, _ in frozen.table("cases")]:
            exported = one_case(session, frozen, key, names)
            if exported is not None:
                files += self._case(exported)
                cases += 1
        for key in people:
            if session.directory_open() and ((self._everybody and not wanted) or key in self._named):
                persons += self._person(key)
        for digest in sorted(self._policies):
            if (found := frozen.get("policies", digest)) is not None:
                self._json(f"policies/{_plain(digest)}.json", {"digest": digest, "document": found[2]})
        self._manifest(wanted, cases, persons, files)
        return ExportMade(
            folder=str(self._target),
            head_seq=frozen.seq,
            head_hash=frozen.hash,
            cases=cases,
            people=persons,
            files=files,
            whole=self._whole and not wanted,
            reader=self._reader,
            missing=tuple(self._missing),
        )

    def _case(self, exported: Exported) -> int:
        folder = f"cases/{_plain(exported.number)}-{_plain(exported.id)}"
        written = 0
        for key, document in exported.files.items():
            ending = Path(str(document.get("name", ""))).suffix[1:].casefold()
            # Of the name only an ending that is known: what stands behind another dot may be anything.
            path = f"{folder}/files/{_plain(key)}{f'.{ending}' if ending in MEDIA else ''}"
            content = self._content(key)
            if content is None:
                self._missing.append(path)
                continue
            self._write(path, content)
            exported.paths[key] = path
            written += 1
        self._json(f"{folder}/case.json", exported.plain())
        if page := case_page(self._session, self._frozen, exported.id, self._role):
            self._write(f"{folder}/case.md", page.encode())
        employee = employee_of(exported.body["case"]["document"])
        self._cases.append(CaseEntry(exported.number, employee, exported.body["stage"], folder))
        self._named |= exported.named
        self._policies.add(exported.policy)
        return written

    def _content(self, key: str) -> bytes | None:
        try:
            return self._session.store.content(key)
        except PiptuiError:
            return None

    def _person(self, key: str) -> int:
        found = one_person(self._session, self._frozen, key)
        if found is None:
            return 0
        file = f"people/{_plain(key)}.json"
        self._json(file, found)
        document = found["document"]
        self._people.append(PersonEntry(str(document.get("name", "")), str(document.get("number", "")), file))
        return 1

    def _manifest(self, wanted: str, cases: int, people: int, files: int) -> None:
        self._write("README.txt", _README.encode())
        frozen, session = self._frozen, self._session
        whole = self._whole and not wanted
        by = session.directory().name(session.person()) if session.person() else ""
        shows = "everything" if whole else f"what {session.own_name()} may see as {self._reader}"
        self._write("index.md", index_page(self._cases, self._people, shows).encode())
        manifest = {
            "what": "piptui export",
            "format": 1,
            "program": f"piptui {__version__}",
            "store": session.store.info.get("store", ""),
            "kind": "personal" if session.personal else "team",
            "seq": frozen.seq,
            "hash": frozen.hash,
            "at": frozen.at,
            "exported_at": session.clock(),
            "exported_by": session.actor.login,
            "exported_by_name": by,
            "whole": whole,
            "shows": shows,
            "cases": cases,
            "people": people,
            "files": files,
            "missing": self._missing,
            "sha256": dict(sorted(self._sums.items())),
        }
        self._json("manifest.json", manifest)

    def _json(self, name: str, value: Any) -> None:
        text = msgspec.json.format(msgspec.json.encode(value), indent=2)
        self._write(name, tame(text) + b"\n")

    def _write(self, name: str, data: bytes) -> None:
        path = self._stage / name
        for folder in reversed(path.relative_to(self._stage).parents[:-1]):
            (self._stage / folder).mkdir(mode=0o700, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        self._sums[name] = hashlib.sha256(data).hexdigest()


def _role(dated: Any) -> str:
    return words(sorted(dated)[0]) if dated else "a party of the cases"


def _plain(name: str) -> str:
    """A number or an id as a part of a path; ids that others wrote may hold anything."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]{1,80}", name) else hashlib.sha256(name.encode()).hexdigest()[:32]
