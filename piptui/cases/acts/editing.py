"""Plan editing: `put`, `remove` and `set`. Items and fields of the draft, and the parties before issue."""

import dataclasses
import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal, NamedTuple

import msgspec

from piptui.cases.acts.base import Act, Change, Context, Input, Written
from piptui.cases.acts.parties import may_name, somebody
from piptui.cases.file import CaseFile, Held
from piptui.cases.parties import handed_over, named_last
from piptui.cases.plan import COLLECTIONS, SCALARS, SCHEDULE_FIELDS, Items, PlanText, Schedule, about
from piptui.cases.records import Case, Draft
from piptui.cases.typed import Reading, build, field_types, value
from piptui.cases.words import Role, Stage, words
from piptui.dates import in_zone, period_end, read_time, zone_name
from piptui.errors import BadInput, NotFound, Refused
from piptui.text import nearest

Collection = Literal["standards", "gaps", "evidence", "goals", "milestones", "support", "thresholds", "links"]

SINGULAR: dict[str, str] = {
    "standards": "standard",
    "gaps": "gap",
    "evidence": "evidence",
    "goals": "goal",
    "milestones": "milestone",
    "support": "support",
    "thresholds": "threshold",
    "links": "link",
}

PARTIES: dict[str, Role] = {
    "manager": "manager",
    "second_manager": "second_manager",
    "hr_partner": "hr",
    "legal_reviewer": "legal",
}
"""Header fields that name a party -> the party's role."""

HEADER_FIELDS: tuple[str, ...] = (*PARTIES, "zone", "language")
DRAFT_FIELDS: tuple[str, ...] = ("legal_review",)
FIELDS: tuple[str, ...] = (*SCALARS, *SCHEDULE_FIELDS, *DRAFT_FIELDS, *HEADER_FIELDS)


class Put(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Add or change an item, or with `plan` many things at once."""

    collection: Annotated[Collection | None, about("which list of the plan")] = None
    id: Annotated[str, about("the item, such as g1; left out: a new one")] = ""
    item: Annotated[dict[str, Any] | None, about("its fields; those left out stay as they are")] = None
    at: Annotated[int | None, about("its place in the list, counted from 1")] = None
    was: Annotated[dict[str, Any] | None, about("the item as it was read")] = None
    plan: Annotated[dict[str, Any] | None, about("a whole plan: fields and lists of items")] = None


class Remove(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Take an item out of the draft."""

    collection: Annotated[Collection, about("which list of the plan")]
    id: Annotated[str, about("the item, such as g1")]
    was: Annotated[dict[str, Any] | None, about("the item as it was read")] = None


class Set(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Change single fields of the draft, of its schedule, or, before issue, of the header."""

    field: Annotated[str, about("the field, such as context, days, schedule.time or hr_partner")] = ""
    value: Annotated[Any, about("its new value; empty empties it")] = None
    values: Annotated[dict[str, Any] | None, about("several fields at once")] = None
    was: Annotated[Any, about("the value as it was read, or a table of them")] = None


def put(file: CaseFile, data: Put, ctx: Context) -> Written:
    """Write one item, or a whole plan."""
    draft = _draft(file)
    how = _reading(draft.record.text, ctx)
    if data.plan is not None:
        return _put_plan(file, draft, data.plan, how, ctx)
    if data.collection is None or data.item is None:
        raise BadInput("Say which collection and what item: for example collection=goals and item.statement.")
    text, key, new = put_item(draft.record.text, data.collection, data.id, data.item, how, data.at)
    verb = "added" if new else "changed"
    sentence = f"{ctx.name} {verb} {SINGULAR[data.collection]} {key}."
    return Written((_drafted(draft, text, sentence),), sentence, item=key)


def put_item(
    text: PlanText, name: str, key: str, given: Mapping[str, Any], how: Reading, at: int | None = None, row: str = ""
) -> tuple[PlanText, str, bool]:
    """The text with the item in it, its id, and whether it is new. A given id that was never used is taken.
    Messages name its fields after `row`, such as "goals.3."."""
    letter, kind = COLLECTIONS[name]
    held: Items[Any] = getattr(text, name)
    new = key not in held.items
    if new:
        key = _fresh(held, letter, key)
    item = build(kind, given, _in_the_past(name, how), base=held.items.get(key), at=row)
    order = [one for one in held.order if one != key] if at is not None else list(held.order)
    if at is not None:
        order.insert(min(max(at, 1) - 1, len(order)), key)
    elif new:
        order.append(key)
    changed: Items[Any] = msgspec.structs.replace(held, items={**held.items, key: item}, order=tuple(order))
    return msgspec.structs.replace(text, **{name: changed}), key, new


def _in_the_past(name: str, how: Reading) -> Reading:
    # Evidence tells of something that has happened: its dates without a year lie behind us.
    return dataclasses.replace(how, past=True) if name == "evidence" else how


def _fresh(held: Items[Any], letter: str, key: str) -> str:
    used = (*held.items, *held.retired)
    if not key:
        return f"{letter}{1 + max((int(one[1:]) for one in used), default=0)}"
    if not re.fullmatch(rf"{letter}[1-9]\d{{0,3}}", key):
        raise BadInput(f"{key!r} is no id of this list: ids look like {letter}1. Leave it out for a new item.")
    if key in held.retired:
        raise Refused(f"{key} was removed earlier, and ids are never used again. Leave the id out for a new item.")
    return key


def _put_plan(file: CaseFile, draft: Held[Draft], plan: Mapping[str, Any], how: Reading, ctx: Context) -> Written:
    now = Edit(draft.record, file.header)
    fields = {name: given for name, given in plan.items() if name not in COLLECTIONS}
    schedule = fields.pop("schedule", {})
    if not isinstance(schedule, Mapping):
        raise BadInput("schedule has fields of its own, such as schedule.weekday and schedule.time.")
    fields |= {f"schedule.{name}": given for name, given in schedule.items()}
    for name, given in fields.items():
        if name not in FIELDS:
            raise _unknown(name, (*FIELDS, *COLLECTIONS))
        now = _set_one(now, name, given, ctx)
    text = now.draft.text
    how = _reading(text, ctx)
    count = 0
    for name in COLLECTIONS:
        rows = plan.get(name, [])
        if not isinstance(rows, list | tuple):
            raise BadInput(f"{name} must be a list of items, such as [[{name}]] in TOML.")
        named = [str(row["id"]) for row in rows if isinstance(row, Mapping) and row.get("id")]
        if twice := next((one for one in named if named.count(one) > 1), ""):
            raise BadInput(f"{name}: {twice} stands there twice, and only one of the two could stay.")
        for number, row in enumerate(rows, 1):
            if not isinstance(row, Mapping):
                raise BadInput(f"Every item of {name} must have fields of its own.")
            given = {field: part for field, part in row.items() if field != "id"}
            where = f"{name}.{row.get('id') or number}."
            key = str(row.get("id", "")) or _same_item(text, name, given, how, where)
            text, _, _ = put_item(text, name, key, given, how, row=where)
            count += 1
    if not fields and not count:
        raise BadInput("This plan is empty: there is neither a field nor an item in it.")
    sentence = f"{ctx.name} entered a plan: {len(fields)} fields and {count} items."
    changed = msgspec.structs.replace(now.draft, text=text)
    changes = [Change("drafts", draft.id, changed, sentence)]
    if now.header != file.header:
        named = [name for name in fields if name in HEADER_FIELDS]
        changes.append(Change("cases", file.id, now.header, _header_sentence(now.header, named, ctx)))
    return Written(tuple(changes), sentence)


def _same_item(text: PlanText, name: str, given: Mapping[str, Any], how: Reading, row: str) -> str:
    """The id of an item that says just this already, so that a file put in twice doubles nothing."""
    _, kind = COLLECTIONS[name]
    item = build(kind, given, _in_the_past(name, how), at=row)
    held: Items[Any] = getattr(text, name)
    return next((key for key, one in held.items.items() if one == item), "")


def remove(file: CaseFile, data: Remove, ctx: Context) -> Written:
    """Take an item out; its id is retired."""
    draft = _draft(file)
    held: Items[Any] = getattr(draft.record.text, data.collection)
    if data.id not in held.items:
        raise NotFound(f"There is no {SINGULAR[data.collection]} {data.id} in the draft.")
    left: Items[Any] = msgspec.structs.replace(
        held,
        items={key: item for key, item in held.items.items() if key != data.id},
        order=tuple(key for key in held.order if key != data.id),
        retired=(*held.retired, data.id),
    )
    text = msgspec.structs.replace(draft.record.text, **{data.collection: left})
    sentence = f"{ctx.name} removed {SINGULAR[data.collection]} {data.id}."
    return Written((_drafted(draft, text, sentence),), sentence, item=data.id)


def set_(file: CaseFile, data: Set, ctx: Context) -> Written:
    """Write single fields."""
    values = dict(data.values or {})
    if data.field:
        values[data.field] = data.value
    if not values:
        raise BadInput(f"Say which field: one of {', '.join(FIELDS)}.")
    draft = _draft(file)
    now = Edit(draft.record, file.header)
    for name, given in values.items():
        now = _set_one(now, name, given, ctx)
    # Each document is written for its own fields, with its own sentence: the header is shared, the draft is not.
    inner = [name for name in values if name not in HEADER_FIELDS]
    outer = [name for name in values if name in HEADER_FIELDS]
    changes = []
    if inner:
        sentence = f"{ctx.name} set {', '.join(_told(name, now.draft) for name in inner)}."
        changes.append(Change("drafts", draft.id, now.draft, sentence))
    if outer:
        changes.append(Change("cases", file.id, now.header, _header_sentence(now.header, outer, ctx)))
    return Written(tuple(changes), " ".join(change.sentence for change in changes))


def _told(name: str, draft: Draft) -> str:
    if name == "legal_review":
        return f"legal review to {'required' if draft.legal_review else 'not required'}"
    return words(name)


def _header_sentence(header: Case, names: list[str], ctx: Context) -> str:
    """What header fields say now: who, which zone, which language."""
    parts = []
    for name in names:
        if name in PARTIES:
            now = named_last(header.parties, PARTIES[name])
            parts.append(f"{words(name)} to {now.name if now else 'nobody'}")
        else:
            parts.append(f"{words(name)} to {getattr(header, name)}")
    return f"{ctx.name} set {', '.join(parts)}."


class Edit(NamedTuple):
    """Draft and header while fields are set."""

    draft: Draft
    header: Case


def _set_one(now: Edit, name: str, given: Any, ctx: Context) -> Edit:
    text = now.draft.text
    how = _reading(text, ctx)
    if name in SCALARS:
        return _with_text(now, build(PlanText, {name: given}, how, base=text))
    if name in SCHEDULE_FIELDS:
        part = name.partition(".")[2]
        schedule = build(Schedule, {part: _schedule_value(part, given)}, how, base=text.schedule, at="schedule.")
        return _with_text(now, msgspec.structs.replace(text, schedule=schedule))
    if name in DRAFT_FIELDS:
        return _with_legal_review(now, bool(value(bool, given, how, name)), ctx)
    if name in PARTIES:
        return now._replace(header=_with_party(now.header, name, str(given or ""), ctx))
    if name == "zone":
        return now._replace(header=_with_zone(now.header, str(given or ""), ctx))
    if name in HEADER_FIELDS:
        return now._replace(header=msgspec.structs.replace(now.header, **{name: _header_value(name, given, how)}))
    raise _unknown(name, FIELDS)


def _with_text(now: Edit, text: PlanText) -> Edit:
    return now._replace(draft=msgspec.structs.replace(now.draft, text=text))


def _with_legal_review(now: Edit, required: bool, ctx: Context) -> Edit:  # noqa: FBT001  a value that was read
    if now.draft.legal_review and not required and ctx.role != "hr":
        raise Refused("Legal review is required here, and only HR can lift that.")
    return now._replace(draft=msgspec.structs.replace(now.draft, legal_review=required))


def _with_zone(header: Case, given: str, ctx: Context) -> Case:
    zone = zone_name(given)
    # A day that has not come yet in the new zone would shut its parties out of the case.
    today = in_zone(ctx.now, zone).date()
    parties = tuple(
        msgspec.structs.replace(party, since=min(party.since, today)) if party.since <= ctx.today else party
        for party in header.parties
    )
    return msgspec.structs.replace(header, zone=zone, parties=parties, opened_on=min(header.opened_on, today))


def _unknown(name: str, known: tuple[str, ...]) -> BadInput:
    hint = nearest(name, known)
    more = f"Did you mean {hint}?" if hint else f"Known: {', '.join(known)}."
    return BadInput(f"There is no field called {name!r}. {more}")


def _header_value(name: str, given: Any, how: Reading) -> Any:
    read = value(field_types(Case)[name], given, how, name)
    default = next(field.default for field in msgspec.structs.fields(Case) if field.name == name)
    return default if read in (None, "") else read


DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _schedule_value(part: str, given: Any) -> Any:
    text = str(given or "").strip()
    if not text:
        return given
    if part == "weekday" and not text.isdigit():
        found = [number for number, day in enumerate(DAYS, 1) if len(text) > 1 and day.startswith(text.casefold())]
        if len(found) != 1:
            raise BadInput(f"{text!r} is no day of the week. Examples: tuesday, tue, 2.")
        return found[0]
    if part == "time":
        return read_time(text)
    return zone_name(text) if part == "zone" else given


def _with_party(header: Case, name: str, given: str, ctx: Context) -> Case:
    """The header with somebody in a part; who held it before keeps the interval in which they did."""
    role = PARTIES[name]
    may_name(role, ctx)
    if not given.strip():
        return msgspec.structs.replace(header, parties=handed_over(header.parties, role, ctx.today))
    person = somebody(header, role, given, ctx)
    parties = handed_over(header.parties, role, ctx.today, person.id, person.name)
    return msgspec.structs.replace(header, parties=parties)


def _draft(file: CaseFile) -> Held[Draft]:
    draft = file.working
    if draft is None:
        raise Refused("There is no draft: the plan is issued, and an issued plan is never edited.")
    return draft


def _drafted(draft: Held[Draft], text: PlanText, sentence: str) -> Change:
    return Change("drafts", draft.id, msgspec.structs.replace(draft.record, text=text), sentence)


def _reading(text: PlanText, ctx: Context) -> Reading:
    start = text.start
    end = period_end(start, text.days) if start and text.days else None
    return Reading(today=ctx.today, start=start, end=end, order=ctx.order)


_EDITABLE: tuple[Stage, ...] = ("draft", "in_review", "approved")
_EDITORS: tuple[Role, ...] = ("manager", "hr", "second_manager")

ACTS = (
    Act("put", "Add or change an item of the plan", _EDITABLE, _EDITORS, Put, put, "item", past_dates=False),
    Act("remove", "Remove an item of the plan", _EDITABLE, _EDITORS, Remove, remove, "item", past_dates=False),
    Act("set", "Change fields of the plan", _EDITABLE, _EDITORS, Set, set_, "item", past_dates=False),
)
