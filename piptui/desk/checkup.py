"""How a store is, for `piptui doctor`: it needs no desk, since it has to work where none can be opened."""

import shlex
from collections.abc import Iterator
from pathlib import Path

from piptui.dates import utc_now
from piptui.desk.ahead import told_ahead
from piptui.desk.api import HealthLine
from piptui.desk.witnessing import told, told_other
from piptui.errors import Corrupt, PiptuiError
from piptui.store import Store, open_store
from piptui.store.files import Place
from piptui.store.health import examine
from piptui.witness import Seen, Witness


def _cure(where: Path) -> str:
    """Commands as they can be copied: each on a line of its own, with the store that is meant."""
    verify = f"piptui verify --store {shlex.quote(str(where))}"
    return f"See what that means, and accept it only if it is as it should be:\n{verify}\n{verify} --accept"


def health(where: Path, witnesses: Path | None = None) -> tuple[HealthLine, ...]:
    """Everything that was looked at in a store, in order; nothing is raised and nothing changed. `witnesses` is the
    folder of what this login saw of records."""
    found = (HealthLine(level=one.level, what=one.what, told=one.told, cure=one.cure) for one in examine(where))
    return (*found, *(_witness(where, witnesses) if witnesses else ()))


def _witness(where: Path, base: Path) -> Iterator[HealthLine]:
    try:
        store = str(Place(where).read_info().get("store", ""))
        witness = Witness(base, store, where)
        # Read also where there is nothing to compare: what is damaged behind the snapshot shows at once.
        with open_store(where, readonly=True) as opened:
            yield _compared(opened, witness.seen(), witness.other(), where)
            if ahead := told_ahead(opened, utc_now()):
                cure = "See that the clock of this machine is right: date -u"
                yield HealthLine(level="look", what="clock", told=ahead, cure=cure)
    except Corrupt as error:
        cure = "piptui verify names everything that is wrong, and what to do."
        yield HealthLine(level="bad", what="record", told=str(error), cure=cure)
    except PiptuiError as error:
        yield HealthLine(level="look", what="witness", told=f"cannot be compared ({error})")


def _compared(opened: Store, seen: Seen | None, other: Seen | None, where: Path) -> HealthLine:
    if seen is None and other is not None:
        return HealthLine(level="bad", what="witness", told=_what(told_other(other)), cure=_cure(where))
    if seen is None:
        cure = "The next command or screen on this store notes what it sees, for you alone."
        return HealthLine(level="ok", what="witness", told="nothing seen of this record yet", cure=cure)
    ends, _ = opened.head()
    if opened.holds(seen.seq, seen.hash):
        what = f"what you saw is still so, up to commit {seen.seq} of {seen.at:%Y-%m-%d}"
        return HealthLine(level="ok", what="witness", told=what)
    return HealthLine(level="bad", what="witness", told=_what(told(seen, ends)), cure=_cure(where))


def _what(sentence: str) -> str:
    """The finding alone: the doctor names the cure itself."""
    return sentence.partition(". Next:")[0]


def replaced(where: Path, witnesses: Path) -> None:
    """Somebody made a store in this place: that another one lay here before is no surprise."""
    store = str(Place(where).read_info().get("store", ""))
    Witness(witnesses, store, where).leave()
