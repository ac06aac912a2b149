"""What an act touches, as it was read and as it stands: the rule for "changed by someone else" (exit 5).

An act that only appends never conflicts. Plan editing conflicts only if its own item or field changed; review
acts if the draft changed; the rest if the header changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from piptui.cases.acts import Act
from piptui.cases.acts.editing import DRAFT_FIELDS, HEADER_FIELDS, PARTIES, SINGULAR, Put, Remove, Set
from piptui.cases.file import CaseFile
from piptui.cases.parties import named_last
from piptui.cases.plan import COLLECTIONS, SCALARS
from piptui.cases.records import Case, Draft
from piptui.documents import decode, encode
from piptui.errors import BadInput, Conflict, NotFound
from piptui.store import Store

Part = tuple[str, ...]
"""("goals", "g1"), ("context",), ("schedule.time",) or ("header", "zone")."""


@dataclass(frozen=True)
class Seen:
    """Draft and header at one moment; None where there was none."""

    draft: Draft | None
    header: Case | None

    def part(self, part: Part) -> Any:
        """One item or field as plain data, None where it is absent or empty."""
        if part[0] == "header":
            return _field(self.header, part[1])
        if self.draft is None:
            return None
        if part[0] in DRAFT_FIELDS:
            return _plain(getattr(self.draft, part[0]))
        text = self.draft.text
        if len(part) == 2:
            item = getattr(text, part[0]).items.get(part[1])
            return None if item is None else encode(item)
        name, _, below = part[0].partition(".")
        value = getattr(text, name)
        return _plain(getattr(value, below) if below else value)


def _field(header: Case | None, name: str) -> Any:
    if header is None:
        return None
    if name in PARTIES:
        party = named_last(header.parties, PARTIES[name])
        return party.person if party else None
    return _plain(getattr(header, name))


def _plain(value: Any) -> Any:
    data = msgspec.to_builtins(value)
    return None if data == "" else data


def parts_of(act: Act, data: Any) -> tuple[Part, ...]:
    """The items and fields that an edit touches."""
    if isinstance(data, Put):
        if data.plan is not None:
            return _plan_parts(data.plan)
        return ((data.collection, data.id),) if data.collection and data.id else ()
    if isinstance(data, Remove):
        return ((data.collection, data.id),)
    if isinstance(data, Set):
        names = [*(data.values or {}), *([data.field] if data.field else [])]
        return tuple(_named(name) for name in names)
    return ()


def _named(name: str) -> Part:
    return ("header", name) if name in HEADER_FIELDS else (name,)


def _plan_parts(plan: Mapping[str, Any]) -> tuple[Part, ...]:
    found: list[Part] = [_named(name) for name in plan if name in (*SCALARS, *DRAFT_FIELDS, *HEADER_FIELDS)]
    schedule = plan.get("schedule")
    if isinstance(schedule, Mapping):
        found += [(f"schedule.{name}",) for name in schedule]
    for name in COLLECTIONS:
        rows = plan.get(name)
        for row in rows if isinstance(rows, list | tuple) else ():
            if isinstance(row, Mapping) and row.get("id"):
                found.append((name, str(row["id"])))
    return tuple(found)


def guard(store: Store, act: Act, file: CaseFile, data: Any, given: Any, expect: int | None, who: Any) -> None:
    """Raise Conflict if what the act touches has changed since it was read. `who(seq)` names the other person."""
    if act.touches == "nothing":
        return
    if act.touches == "item":
        _guard_items(store, act, file, data, given, expect, who)
    elif expect is not None:
        seen = [("the case", file.case.seq)]
        if act.touches == "draft" and file.working is not None:
            seen.append(("the draft", file.working.seq))
        for what, seq in seen:
            if seq > expect:
                raise Conflict(f"{who(seq)} changed {what} after you read it. Read it again.", yours=given)


def _guard_items(store: Store, act: Act, file: CaseFile, data: Any, given: Any, expect: int | None, who: Any) -> None:
    now = Seen(file.working.record if file.working else None, file.header)
    then = _seen_at(store, file, expect) if expect is not None else None
    for part in parts_of(act, data):
        known, before = _as_read(data, part, then)
        if not known:
            continue
        stands = now.part(part)
        if not _same(before, stands):
            seq = file.working.seq if file.working and part[0] != "header" else file.case.seq
            what = (
                part[-1] if len(part) == 1 or part[0] == "header" else f"{SINGULAR.get(part[0], part[0])} {part[1]}"
            )
            verb = "removed" if stands is None else "saved"
            raise Conflict(
                f"{who(seq)} {verb} {what} while you were typing. Nothing of yours is lost: choose what stays.",
                theirs=stands,
                yours=given,
                before=before,
            )


def _as_read(data: Any, part: Part, then: Seen | None) -> tuple[bool, Any]:
    """Whether it is known how a part stood when it was read, and how: from `was`, else from the revision."""
    if isinstance(data, Set) and data.values:
        if isinstance(data.was, Mapping) and part[-1] in data.was:
            return True, data.was[part[-1]]
    elif data.was is not None:
        return True, data.was
    return (True, then.part(part)) if then is not None else (False, None)


def _same(before: Any, stands: Any) -> bool:
    before = msgspec.to_builtins(before)
    if isinstance(before, Mapping) and isinstance(stands, Mapping):
        keys = {*before, *stands}
        return all(_bare(before.get(key)) == _bare(stands.get(key)) for key in keys)
    return bool(_bare(before) == _bare(stands))


def _bare(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _bare(one) for key, one in value.items() if one not in (None, "")}
    return None if value == "" else value


def _seen_at(store: Store, file: CaseFile, expect: int) -> Seen:
    head, _ = store.head()
    if not 0 < expect <= head:
        raise BadInput(f"There is no revision {expect}: the record stands at {head}.")
    draft: Draft | None = None
    header: Case | None = None
    if file.draft is not None:
        try:
            draft = decode("drafts", store.get("drafts", file.draft.id, at=expect)[0])
        except NotFound:
            draft = None
    try:
        header = decode("cases", store.get("cases", file.id, at=expect)[0])
    except NotFound:
        header = None
    return Seen(draft, header)
