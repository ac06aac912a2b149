"""How a store is, for `piptui doctor`: it needs no desk, since it has to work where none can be opened."""

import shlex
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from piptui.dates import utc_now
from piptui.desk.ahead import told_ahead
from piptui.desk.api import HealthLine, VerifyReport
from piptui.desk.proving import check
from piptui.desk.witnessing import told, told_other
from piptui.errors import PiptuiError
from piptui.store import open_store
from piptui.store.files import Place
from piptui.store.health import examine
from piptui.witness import Seen, Witness


def _verify(where: Path) -> str:
    return f"piptui verify --store {shlex.quote(str(where))}"


def _cure(where: Path) -> str:
    """Commands as they can be copied: each on a line of its own, with the store that is meant."""
    verify = _verify(where)
    return f"See what that means, and accept it only if it is as it should be:\n{verify}\n{verify} --accept"


def health(where: Path, witnesses: Path | None = None) -> tuple[HealthLine, ...]:
    """Everything that was looked at in a store, in order; nothing is raised and nothing changed. The whole record is
    read, as `check` reads it. `witnesses` is the folder of what this login saw of records."""
    found = [HealthLine(level=one.level, what=one.what, told=one.told, cure=one.cure) for one in examine(where)]
    return (*found, *_record(where, witnesses), *_clock(where))


def _record(where: Path, base: Path | None) -> Iterator[HealthLine]:
    """The record as `verify` finds it, and what was seen of it before."""
    try:
        store = str(Place(where).read_info().get("store", ""))
    except PiptuiError:
        return  # what is wrong with store.json is told already
    try:
        report = check(where, base=base)
    except PiptuiError as error:
        yield HealthLine(level="bad", what="record", told=f"it cannot be read: {error}")
        return
    apart = ("back", "rewritten", "other")
    wrong = [one for one in report.problems if one.kind not in apart]
    if wrong:
        more = f", and {len(wrong) - 1} more" if len(wrong) > 1 else ""
        cure = f"Everything that is wrong, and what to do:\n{_verify(where)}"
        at = f"{wrong[0].place}: " if wrong[0].place else ""
        yield HealthLine(level="bad", what="record", told=f"{at}{wrong[0].what}{more}", cure=cure)
    else:
        yield HealthLine(level="ok", what="record", told=f"all of it was read: {report.commits} commits, all whole")
    if base is None:
        return
    witness = Witness(base, store, where)
    seen, other = witness.seen(), witness.other()
    if seen is None and other is not None:
        yield HealthLine(level="bad", what="witness", told=told_other(other), cure=_cure(where))
    elif seen is None:
        cure = "The next command or screen on this store notes what it sees, for you alone."
        yield HealthLine(level="ok", what="witness", told="nothing seen of this record yet", cure=cure)
    else:
        yield _compared(report, seen, where)


def _compared(report: VerifyReport, seen: Seen, where: Path) -> HealthLine:
    own = next((one for one in report.witnesses if one.source == "own"), None)
    if own is None or not own.agrees:
        return HealthLine(level="bad", what="witness", told=told(seen, report.head_seq), cure=_cure(where))
    until = f"up to commit {seen.seq} of {seen.at:%Y-%m-%d}"
    if not own.texts:
        told_ = f"the lines that you saw are still so, {until}; texts in them were changed since"
        return HealthLine(level="bad", what="witness", told=told_)
    return HealthLine(level="ok", what="witness", told=f"what you saw is still so, {until}")


def _clock(where: Path) -> Iterator[HealthLine]:
    with suppress(PiptuiError), open_store(where, readonly=True) as opened:
        if ahead := told_ahead(opened, utc_now()):
            cure = "See that the clock of this machine is right: date -u"
            yield HealthLine(level="look", what="clock", told=ahead, cure=cure)


def replaced(where: Path, witnesses: Path) -> None:
    """Somebody made a store in this place: that another one lay here before is no surprise."""
    store = str(Place(where).read_info().get("store", ""))
    Witness(witnesses, store, where).leave()
