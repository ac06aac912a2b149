"""What lies on this machine beside a record, for this login: drafts and views that hold what is removed from it, and
where backups were written. No store here, and nothing that others keep."""

import datetime as dt
import os
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, NamedTuple

import msgspec

from piptui.carrying import write_private
from piptui.drafts import Draft
from piptui.paths import backups_dir, drafts_dir, folder_of, make_private, views_dir
from piptui.text import fold, whole_words

PLAN: Final = "plan"
"""The form in which a plan is typed."""


class Trace(NamedTuple):
    """A file of this login's that holds something of what is removed; `told` is which one it is, without a text.
    `stays`: it is no part of what is removed, and may say the same: a person has to look."""

    kind: Literal["draft", "view"]
    path: Path
    told: str = ""
    stays: bool = False


@dataclass(frozen=True)
class Sought:
    """What is removed, as far as drafts and views can be told by it: cases removed whole and all that are concerned
    (numbers), ids of documents, check-ins as (number, slot), cases whose plan is concerned, and which fields of it
    (all where none is named); `names` of a person who is removed, and whether they go from what is told of others;
    `parts` are single words of these names, by which saved views are found."""

    whole: Container[str] = ()
    concerned: Container[str] = ()
    ids: Collection[str] = ()
    slots: Collection[tuple[str, str]] = ()
    plans: Container[str] = ()
    fields: Sequence[str] = ()
    names: Collection[str] = ()
    parts: Collection[str] = ()
    everywhere: bool = False


class KnownBackup(msgspec.Struct, frozen=True, kw_only=True):
    """A backup that was written from here: the file, when (UTC), and up to which commit."""

    file: str
    at: dt.datetime
    head_seq: int


def traces(store: str, sought: Sought) -> list[Trace]:
    """The drafts and views that go with what is removed, and the drafts that stay and may say the same: in a case
    that is concerned, or naming the person in a case of somebody else. A draft that cannot be read goes if it holds
    an id or a name."""
    ids, names = [fold(one) for one in sought.ids], [fold(one) for one in sought.names]
    parts = whole_words([fold(one) for one in (*sought.names, *sought.parts)]) if sought.names else None
    found: list[Trace] = []
    for path, raw in _read(drafts_dir(), store):
        draft = _draft(raw)
        if _holds(raw, ids) or (_holds(raw, names) if draft is None else _goes(draft, raw, sought)):
            found.append(Trace("draft", path, _told(draft)))
        elif draft is not None and (draft.case in sought.concerned or _holds(raw, names)):
            found.append(Trace("draft", path, _told(draft), stays=True))
    return found + [
        Trace("view", path, path.stem)
        for path, raw in _read(views_dir(), store)
        if parts is not None and parts.search(fold(raw.decode("utf-8", "replace")))
    ]


def goes(draft: Draft, sought: Sought) -> bool:
    """Whether a draft is of what is removed."""
    raw = msgspec.json.encode(draft)
    return _holds(raw, [fold(one) for one in sought.ids]) or _goes(draft, raw, sought)


def _goes(draft: Draft, raw: bytes, sought: Sought) -> bool:
    """Whether a draft is of what is removed, and of nothing else: text of other cases is other people's."""
    alone = not draft.case or sought.everywhere
    if draft.case in sought.whole or (alone and _holds(raw, [fold(one) for one in sought.names])):
        return True
    if draft.form == PLAN and draft.case in sought.plans and _of_fields(draft, sought.fields):
        return True
    slots = [slot for case, slot in sought.slots if case == draft.case]
    return any(draft.item == slot or f'"{slot}"'.encode() in raw for slot in slots)


def _of_fields(draft: Draft, fields: Sequence[str]) -> bool:
    """Whether a draft of a plan shows one of the fields: an item is typed whole, other places by their fields."""
    shown = {*draft.texts, *(draft.base if isinstance(draft.base, dict) else ())}
    for field in fields:
        parts = field.removeprefix("header.").split(".")
        if parts[0] in shown or draft.item in (field, ".".join(parts[:2])) or draft.item.startswith(f"{field}."):
            return True
    return not fields


def _draft(raw: bytes) -> Draft | None:
    try:
        return msgspec.json.decode(raw, type=Draft)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _told(draft: Draft | None) -> str:
    if draft is None:
        return "one that cannot be read"
    form = draft.form.removeprefix("act ").replace("_", " ")
    of = f" of case {draft.case}" if draft.case else ""
    return f"{f'{form} {draft.item}'.strip()}{of}, typed {draft.at:%Y-%m-%d %H:%M} UTC"


def _read(base: Path, store: str) -> Iterator[tuple[Path, bytes]]:
    """Every file of a store's that can be read, with what is in it."""
    for path in sorted(folder_of(base, store).rglob("*")):
        if not path.is_file() or path.name == "lock":
            continue
        try:
            raw = path.read_bytes()
        except OSError:
            continue
        yield path, raw


def _holds(raw: bytes, words: list[str]) -> bool:
    text = fold(raw.decode("utf-8", "replace"))
    return any(word in text or msgspec.json.encode(word)[1:-1].decode() in text for word in words)


def remove(found: Iterable[Trace]) -> None:
    """Overwrite and unlink what goes. Raises OSError where one cannot be removed."""
    for one in found:
        if one.stays:
            continue
        try:
            fd = os.open(one.path, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
        except FileNotFoundError:
            continue
        try:
            os.pwrite(fd, bytes(os.fstat(fd).st_size), 0)
            os.fsync(fd)
        finally:
            os.close(fd)
        one.path.unlink(missing_ok=True)


def note_backup(store: str, made: KnownBackup) -> None:
    """Remember where a backup was written, so that a later redaction can name it. A disk that takes no note stops
    nobody."""
    try:
        path = _notes(store)
        make_private(path.parent)
        kept = [one for one in _noted(path) if one.file != made.file]
        write_private(path, msgspec.json.encode([*kept, made]), force=True)
    except OSError:
        return


def known_backups(store: str) -> list[KnownBackup]:
    """The backups that were written from here and are still where they were, oldest first."""
    return [one for one in _noted(_notes(store)) if Path(one.file).exists()]


def _notes(store: str) -> Path:
    return folder_of(backups_dir(), store) / "known.json"


def _noted(path: Path) -> list[KnownBackup]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=list[KnownBackup])
    except (OSError, msgspec.DecodeError):
        return []
