"""What is left of a document whose text is removed from the record for good: what the rest of its case rests on.

Pure: which texts are overwritten is the desk's business, and how it is done the store's.
"""

from collections.abc import Callable
from typing import Any, Final, TypeVar

import msgspec

from piptui.cases.acts.base import Act, Input, Written
from piptui.cases.entries import Decision, EntryBase, GoalVerdict, Note, Withdrawal, kind_of
from piptui.cases.file import CaseFile
from piptui.cases.notebook import PersonNote
from piptui.cases.plan import Goal, Items, PlanText
from piptui.cases.records import (
    Case,
    CheckIn,
    Correction,
    Document,
    Draft,
    FileRecord,
    Hold,
    Plan,
    PrintedHeader,
    Ref,
    Removal,
)
from piptui.cases.words import STAGES, words
from piptui.errors import BadInput, Refused

D = TypeVar("D", bound=Document)

KEPT: Final = frozenset(
    {
        *("schema", "of", "cls", "by", "role", "occurred_on", "late", "taken_over", "noted_as", "noted_at"),
        *("on_behalf", "proof", "version", "ref", "round", "support", "complete", "goal", "verdict", "result"),
        *("next_action", "cause", "act", "part", "since", "until", "slot", "held", "planned", "done", "kind"),
        *("delivered_on", "start", "end", "slots", "language", "zone", "policy", "template", "draft"),
        *("taken_over_on", "based_on", "legal_review", "manager", "entry"),
    }
)
"""Days, roles, opaque ids and keys of the vocabularies, on which stage, counts and proofs rest: nobody's text."""

WORDS_ALL_THE_SAME: Final[dict[type, frozenset[str]]] = {
    PlanText: frozenset({"support"}),
    Goal: frozenset({"proof"}),
    PrintedHeader: frozenset({"manager"}),
}
"""Where a name of these stands for somebody's words: what is promised in a plan, who is printed on it."""

SAYS_SO: Final = frozenset({"at", "consequences_explained", "size"})
"""What a document states beside anybody's words: without it the record would state something else."""

MARKS: Final = frozenset({"removed", "removed_parts", "corrections", "struck"})
"""What was done to a document in the open: that it was done stays told, whatever becomes of the texts in it."""

HEADER_PARTS: Final = frozenset({"outcome.reason", "outcome.decider", "withdrawn.reason", "discarded.reason"})
"""What somebody typed and the header of a case holds."""

WITH_ITS_CASE: Final = frozenset({"rebuttal"})
"""Kinds of entries that are removed with their whole case or not at all: a statement of disagreement stays with the
plan that it disagrees with."""


def _never(_file: CaseFile, _data: Any, _ctx: Any) -> Written:
    raise NotImplementedError


REDACT: Final = Act("redact", "Remove from the record", STAGES, ("hr", "legal"), Input, _never)
"""For the access check: it is no act of the registry, since nothing that it writes may hold what it removes."""


def cleared(record: D, removed: Removal) -> D:
    """The document without its texts, numbers and lists; what stage, counts and proofs rest on stays."""
    new: dict[str, Any] = {"removed": removed}
    for field in msgspec.structs.fields(type(record)):
        now = getattr(record, field.name)
        if field.name == "struck" and now is not None:
            new["struck"] = msgspec.structs.replace(now, reason="")
        elif field.name == "verdicts":
            new["verdicts"] = {goal: GoalVerdict(verdict=one.verdict) for goal, one in now.items()}
        elif isinstance(now, PrintedHeader):
            new[field.name] = PrintedHeader(name="")
        elif field.name not in (*KEPT, "header", "removed"):
            new[field.name] = _empty(field, now)
    return msgspec.structs.replace(record, **new)


def _empty(field: Any, now: Any) -> Any:
    if field.default is not msgspec.NODEFAULT:
        return field.default
    return field.default_factory() if field.default_factory is not msgspec.NODEFAULT else type(now)()


def without(record: D, paths: tuple[str, ...], removed: Removal) -> D:
    """The document without some of its parts: `note`, `values.g1`, `goals.g2.statement`; those of a plan are named
    without its `text`. What a correction keeps of such a part goes with it, and the document says what is gone.
    `corrections` are the earlier texts behind all of them and why, `struck` why it was crossed out.
    Raises BadInput for a part that there is not, or that has to stay."""
    changes: dict[str, Any] = {}
    for path in paths:
        if path == "struck" and getattr(record, path, None) is not None:
            changes[path] = msgspec.structs.replace(getattr(record, path), reason="")
        elif path != "corrections" or not getattr(record, path, ()):
            record = _without(record, _parts(record, path), path)
    if mended := getattr(record, "corrections", ()):
        changes["corrections"] = tuple(_forgotten(one, paths) for one in mended)
    mark = msgspec.structs.replace(removed, fields=paths)
    return msgspec.structs.replace(record, **changes, removed_parts=(*(record.removed_parts or ()), mark))


def _parts(record: Document, path: str) -> list[str]:
    whole = isinstance(record, Plan | Draft) and path.partition(".")[0] != "header"
    return [*(("text",) if whole else ()), *path.split(".")]


def _forgotten(one: Correction, paths: tuple[str, ...]) -> Correction:
    """A correction without what was there before, and why it was mended, where that part is removed."""
    theirs = any(path == "corrections" or f"{_whole_name(one.field)}.".startswith(f"{path}.") for path in paths)
    return msgspec.structs.replace(one, was="", reason="") if theirs else one


def _whole_name(corrected: str) -> str:
    """The part that a correction names; of a value or an action it may leave out the part that is mostly meant."""
    kind, _, rest = corrected.partition(".")
    meant = {"values": "value", "actions": "text"}.get(kind, "")
    return f"{corrected}.{meant}" if meant and rest and "." not in rest else corrected


def marked(record: D, told: Callable[[Removal], str]) -> D:
    """The document as it is shown: where a text was removed stands what is `told` of it, not a blank. For reading
    alone: it is never stored."""
    for one in record.removed_parts or ():
        for path in one.fields or ():
            record = _filled(record, _parts(record, path), told(one))
    return record


def _filled(value: Any, parts: list[str], text: str) -> Any:
    """The value with a text where these parts lead to an empty one; as it is where they lead to none."""
    if not parts:
        return text if value == "" else value
    name, *rest = parts
    if isinstance(value, Items):
        return msgspec.structs.replace(value, items=_filled(value.items, parts, text))
    if isinstance(value, dict):
        return {**value, name: _filled(value[name], rest, text)} if name in value else value
    if isinstance(value, msgspec.Struct) and hasattr(value, name):
        return msgspec.structs.replace(value, **{name: _filled(getattr(value, name), rest, text)})
    return value


def _without(value: Any, parts: list[str], path: str) -> Any:
    name, *rest = parts
    if isinstance(value, Items):
        if not rest and name in value.items:
            # Its place in the order, and whatever names it, would point to nothing.
            raise _has_parts(path, value.items[name])
        return msgspec.structs.replace(value, items=_without(value.items, parts, path))
    if isinstance(value, dict):
        if name not in value:
            raise _no_part(path)
        if rest:
            return {**value, name: _without(value[name], rest, path)}
        if isinstance(value[name], GoalVerdict):
            return {**value, name: GoalVerdict(verdict=value[name].verdict)}
        return {key: one for key, one in value.items() if key != name}
    fixed = (KEPT - WORDS_ALL_THE_SAME.get(type(value), frozenset())) | MARKS | SAYS_SO
    if not isinstance(value, msgspec.Struct) or isinstance(value, Ref | Removal) or name in fixed:
        raise _no_part(path)
    field = next((one for one in msgspec.structs.fields(type(value)) if one.name == name), None)
    if field is None:
        raise _no_part(path)
    now = getattr(value, name)
    if not rest and isinstance(now, Items | msgspec.Struct):
        raise _has_parts(path, now)
    new = _without(now, rest, path) if rest else _empty(field, now)
    if name == "verdicts" and not rest:
        # The outcome rests on them; what was said of each goes.
        new = {goal: GoalVerdict(verdict=one.verdict) for goal, one in now.items()}
    return msgspec.structs.replace(value, **{name: new})


def _first(value: Any) -> str:
    names = [*value.items] if isinstance(value, Items) else [*value.__struct_fields__]
    return names[0] if names else "ID"


def _has_parts(path: str, value: Any) -> BadInput:
    return BadInput(f"field {path!r} has parts: name one of them, such as {path}.{_first(value)}.")


def _no_part(path: str) -> BadInput:
    return BadInput(f"There is no field {path!r} in this document whose text could be removed.")


def stub(record: Document, removed: Removal) -> Document | None:
    """What stands for a document of a case that is removed whole: that somebody recorded something of this class, or
    nothing where the table alone says the class."""
    if isinstance(record, EntryBase):
        by, role, day = record.by, record.role, record.occurred_on
        return Note(of=record.of, cls=record.cls, by=by, role=role, occurred_on=day, removed=removed)
    if isinstance(record, FileRecord):
        by, role = record.by, record.role
        return FileRecord(of=record.of, cls=record.cls, name="", size=0, digest="", by=by, role=role, removed=removed)
    return None


def header_stub(header: Case, zone: str, removed: Removal) -> Case:
    """The header of a case that is removed whole: its number, that it was there, and that it was removed."""
    return Case(
        number=header.number, opened_on=header.opened_on, parties=(), zone=zone, policy=header.policy, removed=removed
    )


def header_parts(header: Case, fields: tuple[str, ...], removed: Removal) -> Case:
    """The header without some of its reasons. Raises BadInput for anything else: the case rests on it."""
    if not fields or not {*fields} <= HEADER_PARTS:
        raise BadInput(f"Of the header only this can be removed, with --field: {', '.join(sorted(HEADER_PARTS))}.")
    return without(header, fields, removed)


def header_without(header: Case, key: str, record: Document, removed: Removal) -> Case:
    """The header without what it repeats of an entry whose text is removed."""
    outcome, ended = header.outcome, header.withdrawn
    gone: list[str] = []
    if isinstance(record, Decision) and outcome is not None and outcome.entry == key:
        gone += ["outcome.reason"] * (outcome.reason != record.text)
        gone += ["outcome.decider"] * (outcome.decider != record.decider)
    elif isinstance(record, Withdrawal) and ended is not None and ended.entry == key:
        gone += ["withdrawn.reason"] * (ended.reason != record.text)
    return without(header, tuple(gone), removed) if gone else header


def check_alone(file: CaseFile, record: Document, fields: tuple[str, ...], *, ended: bool) -> None:
    """Raise Refused where a document cannot be removed by itself."""
    if record.removed is not None and not fields:
        raise Refused("What this said was removed from the record already.")
    if isinstance(record, EntryBase) and kind_of(record) in WITH_ITS_CASE:
        raise Refused(
            "A statement of disagreement stays as long as the plan that it answers: it goes with the whole case only."
        )
    if isinstance(record, Plan) and not fields and not ended and record.version == file.header.version:
        raise Refused("This plan is in force: name the field whose text is to go, such as --field context.")


def label(record: Document) -> str:
    """What a document is, without anything that it says."""
    if isinstance(record, CheckIn):
        return f"check-in {record.slot}"
    if isinstance(record, FileRecord):
        return "attached file"
    if isinstance(record, Plan):
        return f"plan version {record.version}"
    if isinstance(record, Draft):
        return f"draft of version {record.version}"
    if isinstance(record, Hold):
        return "legal hold, lifted" if record.lifted else "legal hold"
    if isinstance(record, Case):
        return "header of the case"
    if isinstance(record, EntryBase):
        return f"{words(kind_of(record))} of {record.occurred_on}"
    if isinstance(record, PersonNote):
        return f"note of the notebook of {record.occurred_on}"
    return "document"
