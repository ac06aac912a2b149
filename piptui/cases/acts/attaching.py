"""Files on record: a scan, a letter, a certificate, with the bytes kept beside the record."""

import datetime as dt
import hashlib
from typing import Annotated

from piptui.cases.acts.base import Act, Change, Context, Input, Written
from piptui.cases.acts.mending import find_entry
from piptui.cases.acts.running import check_class
from piptui.cases.attached import clean_name, media_of, told_size, too_big
from piptui.cases.file import CaseFile
from piptui.cases.plan import about
from piptui.cases.records import FileRecord
from piptui.cases.words import SEES, STAGES, Class, FileKind, Proof, words
from piptui.errors import BadInput, Refused


class Attach(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file to be kept with the case."""

    name: Annotated[str, about("what the file is called")]
    content: Annotated[bytes, about("the file itself")]
    kind: Annotated[FileKind, about("what it is")] = "other"
    cls: Annotated[
        Class | None, about("who may read it; left out: manager and HR, what the employee adds shared")
    ] = None
    occurred_on: Annotated[dt.date | None, about("the day of the letter or the signature")] = None
    entry: Annotated[str, about("the entry or check-in that it belongs to: an id or its beginning, or w3")] = ""
    note: Annotated[str, about("what it shows, in a few words")] = ""
    proof: Annotated[Proof | None, about("how it reached you, if you attach it for somebody")] = None


def attach(file: CaseFile, data: Attach, ctx: Context) -> Written:
    """Put a file on record with its bytes' digest; the bytes themselves go beside the record."""
    name = clean_name(data.name)
    _check_size(name, len(data.content), ctx)
    if data.occurred_on is not None and data.occurred_on > ctx.today:
        raise Refused(f"{data.occurred_on} lies ahead: the day of a file is the one on its letter or signature.")
    theirs = ctx.role == "employee" or ctx.on_behalf == file.header.of
    cls: Class = data.cls or ("shared" if theirs else "manager_hr")
    check_class(cls, ctx)
    if theirs and cls not in SEES["employee"]:
        raise Refused(
            "What is attached on the employee's behalf is shared: they see what they are said to have given."
        )
    digest = hashlib.sha256(data.content).hexdigest()
    same = next((held for held in file.files if _stands(held.record, digest, cls)), None)
    if same is not None:
        known = f"{same.record.name} ({same.id})"
        raise Refused(f"{name} is attached already, byte for byte, as {known}, and the same people read it.")
    record = FileRecord(
        of=file.id,
        cls=cls,
        name=name,
        size=len(data.content),
        digest=digest,
        media=media_of(name),
        kind=data.kind,
        by=ctx.actor,
        role=ctx.role,
        occurred_on=data.occurred_on,
        entry=_entry(file, data.entry),
        note=data.note,
        late=data.kind == "evidence" and file.header.review_opened_on is not None,
        on_behalf=ctx.on_behalf,
        proof=data.proof or ctx.proof,
    )
    what = "" if data.kind == "other" else f"{words(data.kind)}, "
    sentence = f"{ctx.name} attached {name} ({what}{told_size(record.size)})."
    key = ctx.new_id()
    return Written((Change("files", key, record, sentence),), sentence, item=key, content={key: data.content})


def _check_size(name: str, size: int, ctx: Context) -> None:
    if not size:
        raise BadInput(f"{name} is empty: there is nothing to keep.")
    limit = ctx.policy.records.file_limit
    if size > limit:
        raise Refused(too_big(name, size, limit))


def _stands(record: FileRecord, digest: str, cls: Class) -> bool:
    return record.digest == digest and record.cls == cls and record.struck is None


def _entry(file: CaseFile, wanted: str) -> str:
    """The id of the entry or check-in that is meant, "" for none."""
    if not wanted.strip():
        return ""
    table, held = find_entry(file, wanted)
    if table == "files":
        raise BadInput(f"entry: {wanted!r} is a file. A file belongs to an entry or a check-in.")
    return held.id


ACTS = (
    Act(
        "attach",
        "Attach a file",
        STAGES,
        ("manager", "hr", "second_manager", "legal", "employee"),
        Attach,
        attach,
        "nothing",
        free=True,
    ),
)
