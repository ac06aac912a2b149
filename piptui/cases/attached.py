"""Attached files by name: what a name may be, what it suggests, and which one is meant."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from piptui.cases.words import words
from piptui.errors import BadInput, NotFound
from piptui.text import clean_line, clusters, fold

if TYPE_CHECKING:
    # Commands need names and sizes of files, and no case.
    from piptui.cases.file import CaseFile, Held
    from piptui.cases.records import FileRecord

LONGEST: Final = 120
"""Characters that the name of a file may have; together no more than `_BYTES`, so that any file system takes it."""

_BYTES: Final = 200
_ENDING: Final = 12

OCTETS: Final = "application/octet-stream"
MEDIA: Final = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "heic": "image/heic",
    "webp": "image/webp",
    "gif": "image/gif",
    "bmp": "image/bmp",
    "txt": "text/plain",
    "md": "text/markdown",
    "csv": "text/csv",
    "html": "text/html",
    "htm": "text/html",
    "eml": "message/rfc822",
    "msg": "application/vnd.ms-outlook",
    "ics": "text/calendar",
    "rtf": "application/rtf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "p7m": "application/pkcs7-mime",
    "p7s": "application/pkcs7-signature",
    "zip": "application/zip",
    "wav": "audio/wav",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "mp4": "video/mp4",
}
"""Ending of a name -> media type: the same on every machine, whatever is installed there."""


def media_of(name: str) -> str:
    """The media type that a name suggests; the bytes are never looked at."""
    return MEDIA.get(PurePosixPath(name).suffix[1:].casefold(), OCTETS)


def clean_name(given: str) -> str:
    """A file's name as it may be kept, and written into any folder: one line without control characters, direction
    overrides and path separators, not hidden, no option of a command, at most `LONGEST` characters, its ending kept.

    Raises BadInput where nothing is left.
    """
    name = clean_line(given, limit=None).replace("/", "-").replace("\\", "-").lstrip(".- ").rstrip(". ")
    if not name:
        raise BadInput("name is missing: nothing of what was given can be the name of a file. Give another name.")
    if _fits(name):
        return name
    ending = PurePosixPath(name).suffix
    ending = ending if len(ending) <= _ENDING else ""
    stem = name.removesuffix(ending)
    kept = ""
    for part, _ in clusters(stem):
        if not _fits(f"{kept}{part}…{ending}"):
            break
        kept += part
    return f"{kept.rstrip()}…{ending}"


def _fits(name: str) -> bool:
    return len(name) <= LONGEST and len(name.encode()) <= _BYTES


def told_size(size: int) -> str:
    """How big a file is, to read: "312 bytes", "48 kB", "2.4 MB" (of a million bytes)."""
    if size < 1000:
        return f"{size} byte{'' if size == 1 else 's'}"
    if size < 999_500:
        return f"{round(size / 1000)} kB"
    return f"{size / 1_000_000:.1f}".removesuffix(".0") + " MB"


def told_kind(kind: str) -> str:
    """What a file is, to read: "letter", "scan of a signature"; "file" for one of no kind."""
    return "file" if kind == "other" else words(kind)


def whole_size(size: int) -> str:
    """How big a file is to the byte: "312 bytes", "48,213 bytes (48 kB)"."""
    return told_size(size) if size < 1000 else f"{size:,} bytes ({told_size(size)})"


def too_big(name: str, size: int, limit: int) -> str:
    """The sentence that refuses a file of `size` bytes where the policy takes `limit`."""
    return (
        f"{name} has {whole_size(size)}; the policy of this case takes files of at most "
        f"{whole_size(limit)}. Scan it at a lower resolution, or attach it in parts."
    )


def find_file(file: CaseFile, wanted: str) -> Held[FileRecord]:
    """A file of a case by id, the beginning of it, or name. A hidden one answers like a missing one.

    Raises NotFound, BadInput where several are meant.
    """
    key = wanted.strip().casefold()
    found = [held for held in file.files if held.id == key]
    found = found or [held for held in file.files if fold(held.record.name) == fold(wanted).strip()]
    found = found or [held for held in file.files if len(key) >= 4 and held.id.startswith(key)]
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(held.id for held in found)
        raise BadInput(f"{wanted!r} is the name of {len(found)} files: give the id of one. Their ids: {ids}.")
    raise NotFound(f"There is no file {wanted!r} in this case. `piptui files` lists them with their ids.")
