"""From a document to its type and back, strictly.

Encoding leaves out absent values, so stored records hold no null; decoding refuses unknown fields, wrong types
and impossible dates instead of trimming them. msgspec checks neither construction nor `replace`: therefore
every document passes through `encode` and `decode` before it is committed.
"""

from decimal import Decimal
from typing import Any

import msgspec

from piptui.cases.entries import Entry
from piptui.cases.notebook import PersonNote
from piptui.cases.records import Case, CheckIn, Draft, FileRecord, Hold, Plan, Redaction
from piptui.errors import Refused
from piptui.people.records import Person


class PolicyText(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The text of a policy pack, kept under its digest at first use: a file that changes later changes no case."""

    schema: int = 1
    of: str = ""
    cls: str = msgspec.field(name="class", default="shared")
    name: str
    text: str


class Key(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something that must be unique, by its id: `case.0007`, `open.<person id>`."""

    schema: int = 1
    of: str = ""
    cls: str = msgspec.field(name="class", default="manager_hr")


TYPES: dict[str, Any] = {
    "people": Person,
    "cases": Case,
    "drafts": Draft,
    "plans": Plan,
    "checkins": CheckIn,
    "entries": Entry,
    "files": FileRecord,
    "notebook": PersonNote,
    "policies": PolicyText,
    "keys": Key,
    "holds": Hold,
    "redactions": Redaction,
}
"""Record table -> type of its documents."""


def encode(record: msgspec.Struct) -> dict[str, Any]:
    """The document as plain JSON data, without nulls; dates as ISO text, decimals as text.

    Raises Refused for a number that is none: NaN and infinities compare with nothing.
    """
    data = _stored(msgspec.to_builtins(record, builtin_types=(Decimal,)))
    assert isinstance(data, dict)  # noqa: S101  a Struct always becomes a mapping
    return data


def decode(table: str, document: Any) -> Any:
    """The record behind a document of `table`.

    Raises Refused where the table is no record table or the document does not fit its type exactly: an unknown
    field is refused, not trimmed.
    """
    if table not in TYPES:
        raise Refused(f"There is no record table called {table!r}.")
    try:
        record = msgspec.convert(document, TYPES[table])
    except msgspec.ValidationError as error:
        raise Refused(f"A document of {table!r} does not fit this version of piptui: {error}.") from error
    return record


def check_document(table: str, document: dict[str, Any]) -> None:
    """Raise Refused unless `document` is a well-formed record of `table` that reads back as it is written."""
    if encode(decode(table, document)) != document:
        raise Refused(f"A document of {table!r} would not read back as it was written.")


def _stored(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _stored(value) for key, value in data.items() if value is not None}
    if isinstance(data, list | tuple):
        return [_stored(value) for value in data]
    if isinstance(data, Decimal):
        if not data.is_finite():
            raise Refused(f"{data} is no number that can be kept.")
        return str(data)
    return data
