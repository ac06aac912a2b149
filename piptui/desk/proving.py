"""What `verify` found, in words: where, what it means, and what to do next; and what witnesses say."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final, Literal

import msgspec

from piptui.anchor import Anchor
from piptui.desk.api import Problem, VerifyReport, WitnessLine
from piptui.desk.meanings import MEANINGS
from piptui.errors import NotFound
from piptui.store import Flaw, Report, Store, verify_store
from piptui.store import Problem as Found
from piptui.witness import Seen, Witness


def explained(kind: str | None, seq: int, place: str, what: str) -> Problem:
    """A problem with what it means."""
    means, following = MEANINGS.get(kind or "", ("", ""))
    return Problem(seq=seq, place=place, what=what, means=means, next=following, kind=kind or "")


def unnamed(flaw: Flaw) -> Problem:
    """What is wrong with an attached file, to those who may not know which one it is."""
    return explained("file", 0, "attached files", f"the bytes of a file {flaw.what}")


def as_read(flaw: Flaw) -> Problem:
    """What is wrong with an attached file, by what the record itself says of it."""
    if not flaw.name:
        return unnamed(flaw)
    case = f"case {flaw.number}, " if flaw.number else ""
    return explained("file", flaw.seq, f"{case}{flaw.name} (files/{flaw.id})", f"its bytes {flaw.what}")


def check(
    where: Path, given: Sequence[Anchor] = (), base: Path | None = None, *, named: bool = False
) -> VerifyReport:
    """As `Desk.verify`, of a store that cannot be opened. Nobody knows who asks: with `named` files of cases are
    named, in a personal store, whose owner may read everything. `base` is the folder of witnesses. Raises NotFound,
    Corrupt where store.json is damaged."""
    from piptui.store.files import Place

    info = Place(where).read_info()
    store = str(info.get("store", ""))
    witness = None if base is None else Witness(base, store, where)
    seen = (None, None) if witness is None else (witness.seen(), witness.other())
    anchors = compared(store, given, seen[0])
    found = verify_store(where, anchors=anchors)
    kind = str(info.get("kind", ""))
    tell = as_read if named and kind == "personal" else unnamed
    return report_of(found, store=store, given=given, seen=seen, tell=tell, kind=kind)


def compared(store: str, given: Sequence[Anchor], own: Seen | None) -> list[tuple[int, str]]:
    """What the store shall be asked for: each witness that is of this record."""
    found = [(one.seq, one.hash) for one in given if one.store in ("", store)]
    return [(own.seq, own.hash), *found] if own is not None else found


def report_of(
    found: Report,
    *notices: str,
    store: str = "",
    given: Sequence[Anchor] = (),
    seen: tuple[Seen | None, Seen | None] = (None, None),
    tell: Callable[[Flaw], Problem] = unnamed,
    kind: str = "",
) -> VerifyReport:
    """The report of a store, as plain data. `tell` names an attached file; `seen` is what this login saw of this
    record, and of another one in its place."""
    in_order = _in_order(found.problems)
    lines = [_placed(one) for one in in_order]
    broken = next((_placed(one) for one in in_order if one.line), None)
    touched = min((one.seq for one in found.problems if one.kind in ("text", "blank")), default=0)
    witnesses = tuple(_witnesses(found, store, given, seen[0], touched))
    apart = [*_apart(found, witnesses), *_others(store, given, seen[1])]
    unfinished = [
        explained("unfinished", seq, "", f"the text of change {index} was removed and is still there")
        for seq, index in found.unfinished
    ]
    # That the end is gone explains blanks and a missing head; of a line that was edited it says nothing.
    explains = [one for one in apart if one.kind == "back" and {line.kind for line in in_order} <= _FOLLOW]
    rest = [*lines, *unfinished, *(one for one in apart if one not in explains)]
    problems = (*explains, *rest, *(tell(flaw) for flaw in found.flaws))
    return VerifyReport(
        ok=found.ok and not problems,
        store=store,
        commits=found.commits,
        head_seq=found.head_seq,
        head_hash=found.head_hash,
        broken=broken,
        problems=problems,
        witnesses=witnesses,
        raw=tuple(found.raw),
        redactions=found.redactions,
        notices=tuple(part for part in (*notices, *_noticed(found), *_between(witnesses)) if part),
        flaws=len(found.flaws),
        astray=seen[1] is not None or any(one.source == "own" and not one.agrees for one in witnesses),
        kind=kind,
    )


_FOLLOW: Final = frozenset({"missing", "head", "blank"})
"""Kinds of problems that a lost end brings with it: the redaction that explains a blank may have been in it."""


def _in_order(found: Sequence[Found]) -> list[Found]:
    """What is wrong with the journal itself: first what explains the rest, then by where it stands."""
    problems = [one for one in found if one.kind not in ("back", "rewritten")]
    if not any(one.kind == "missing" for one in problems):
        return problems
    broken = [one for one in problems if one.kind not in _FOLLOW]
    cut = [one for one in problems if one.kind == "missing"]
    where = sorted(cut, key=lambda one: not one.line)
    return [*broken, *where, *(one for one in problems if one not in broken and one not in cut)]


def _placed(one: Found) -> Problem:
    place = f"journal/{one.segment:06}.jsonl" if one.segment else ""
    if one.line:
        place += f", line {one.line}"
    return explained(one.kind, one.seq, place, one.what)


def _witnesses(
    found: Report, store: str, given: Sequence[Anchor], own: Seen | None, touched: int
) -> Iterator[WitnessLine]:
    """What each witness says; `touched` is the first commit in which a text was changed, 0 for none."""
    astray = set(found.astray)

    def line(one: Seen | Anchor, source: Literal["own", "given"]) -> WitnessLine:
        agrees, texts = (one.seq, one.hash) not in astray, not 0 < touched <= one.seq
        typed = source == "given" and not one.store
        return WitnessLine(
            seq=one.seq, hash=one.hash, at=one.at, source=source, agrees=agrees, texts=texts, typed=typed
        )

    if own is not None:
        yield line(own, "own")
    for one in given:
        if one.store in ("", store):
            yield line(one, "given")


def _apart(found: Report, witnesses: Sequence[WitnessLine]) -> Iterator[Problem]:
    """What the witnesses saw and the record does not hold."""
    for one in witnesses:
        if one.agrees:
            continue
        who = "you saw it from this machine" if one.source == "own" else "a witness that was given names it"
        when = f" ({one.at:%Y-%m-%d %H:%M} UTC)" if one.at else ""
        if one.seq > found.head_seq:
            what = (
                f"rolled back: commit {one.seq} is not there, and {who}{when}; the record ends with {found.head_seq}"
            )
            meant = "back" if one.source == "own" else "back.given"
            yield _doubted(msgspec.structs.replace(explained(meant, one.seq, "", what), kind="back"), one)
        else:
            what = f"rewritten: commit {one.seq} has another hash than before; {who}{when}"
            yield _doubted(explained("rewritten", one.seq, "", what), one)


def _doubted(problem: Problem, witness: WitnessLine) -> Problem:
    """A witness that was typed may itself be what is wrong: a number and digits say nothing of what they are of."""
    if not witness.typed:
        return problem
    means = f"If seq and hash were typed: one digit that is mistyped looks just like this. {problem.means}"
    following = f"Compare every digit with what was noted first. {problem.next}"
    return msgspec.structs.replace(problem, means=means, next=following)


def _others(store: str, given: Sequence[Anchor], other: Seen | None) -> Iterator[Problem]:
    strangers = [one for one in given if one.store not in ("", store)]
    if strangers and len(strangers) == len(given):
        what = (
            f"none of the witnesses that were given is of this record, {store}: they are of {strangers[0].store}, "
            "so that nothing was compared with them"
        )
        yield msgspec.structs.replace(explained("stranger", 0, "", what), kind="other")
    if other is not None:
        what = f"on {other.at:%Y-%m-%d} you saw commit {other.seq} of the record {other.store} in this place"
        yield explained("other", 0, "", what)


def _between(witnesses: Sequence[WitnessLine]) -> Iterator[str]:
    """Between which commits the history parts from what was seen."""
    astray = [one.seq for one in witnesses if not one.agrees]
    if astray:
        right = [one for one in witnesses if one.agrees and one.seq < min(astray)]
        if right:
            last = max(right, key=lambda one: one.seq)
            what = (
                "all is as it was seen"
                if last.texts
                else "the chain of lines is as it was seen (texts in it are not)"
            )
            yield f"Up to commit {last.seq} {what}; by commit {min(astray)} it is not."


def _noticed(found: Report) -> Iterator[str]:
    """What is worth knowing, and no reason to worry."""
    yield from (f"set aside: {name}" for name in found.torn)
    for each in found.derived:
        yield f"snapshot/ is damaged: {each}. It is not used, and the next save makes it anew; nothing is lost"
    if found.beyond:
        yield f"{found.beyond} bytes behind the end: a save is under way, or was cut off; the next one settles it"
    cut = sum(name.endswith(".new") for name in found.loose)
    if cut:
        what = (
            "an attach is under way, or was cut off" if cut == 1 else f"{cut} attaches are under way, or were cut off"
        )
        yield f"files/: {what}; what that leaves is harmless, and the next attach removes it"
    others = [name for name in found.loose if not name.endswith(".new") and f"{name}.new" not in found.loose]
    if others:
        names = ", ".join(others[:4]) + (" …" if len(others) > 4 else "")
        yield f"files/: no document names {names}; that is harmless, and may be moved away"


def named(store: Store, flaw: Flaw) -> Problem:
    """What is wrong with an attached file, with its name and its case."""
    try:
        document, _ = store.get("files", flaw.id)
        case, _ = store.get("cases", flaw.of)
    except NotFound:
        return unnamed(flaw)
    place = f"case {case.get('number', flaw.of)}, {document.get('name', '')} (files/{flaw.id})"
    return explained("file", flaw.seq, place, f"its bytes {flaw.what}")
