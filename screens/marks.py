"""Cases that are marked in the list, and what can be done with all of them: each act in each case for itself."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final

from piptui.desk.api import ActLine, CaseLine
from piptui.errors import PiptuiError
from screens.base import Page
from screens.palette import PickPage
from screens.widgets.options import Option

MOST: Final = 100
"""Cases that can be marked at a time: what is done with more is not looked at before it is done."""

ACTS: Final = ("note", "reassign", "delegate", "end_delegation")
"""Acts that say the same in several cases. A judgement, an issue, an end belongs to one case: never here."""


class Marks:
    """Marked cases, by number; they stay marked while the list is narrowed or sorted."""

    def __init__(self) -> None:
        self._lines: dict[str, CaseLine] = {}

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[CaseLine]:
        return iter(sorted(self._lines.values(), key=lambda line: line.case))

    def __contains__(self, line: CaseLine) -> bool:
        return line.case in self._lines

    def put(self, line: CaseLine) -> bool:
        """Mark a case; tells whether there was room for it."""
        if len(self) >= MOST and line not in self:
            return False
        self._lines[line.case] = line
        return True

    def drop(self, case: str) -> None:
        """Take a mark away."""
        self._lines.pop(case, None)

    def clear(self) -> None:
        """Take all marks away."""
        self._lines.clear()


def counted(cases: int) -> str:
    """So many cases, in words."""
    return f"{cases} case{'' if cases == 1 else 's'}"


class MarkedPage(PickPage):
    """What can be done with the marked cases, and in how many of them."""

    def __init__(self, marks: Marks, below: Page) -> None:
        self._marks, self._below = marks, below
        self._acts = {
            line.case: {one.act: one for one in below.desk.acts(line.case) if one.act in ACTS} for line in marks
        }
        super().__init__(f"What to do with the marked: {counted(len(marks))}", [*self._offered(), *self._others()])

    def _offered(self) -> Iterator[Option]:
        for act in ACTS:
            known = {case: acts[act] for case, acts in self._acts.items() if act in acts}
            if not known:
                continue
            possible = [case for case, line in known.items() if line.possible]
            title = next(iter(known.values())).title
            told = "in all" if len(possible) == len(self._marks) else f"in {len(possible)} of {len(self._marks)}"
            yield Option(act, title, told, partial(self._open, act, title, possible), not possible)

    def _others(self) -> Iterator[Option]:
        yield Option("packets", "Write the packets, a file for each", "", self._packets)
        yield Option("unmark", "Take all marks away", "", self._unmark)

    def _reason(self, case: str, act: str) -> str:
        line: ActLine | None = self._acts[case].get(act)
        return line.reason.removeprefix(f"{line.title}: ") if line is not None else "your role has no such act there"

    def _open(self, act: str, title: str, possible: Sequence[str]) -> None:
        left_out = [(line.case, self._reason(line.case, act)) for line in self._marks if line.case not in possible]
        if not possible:
            self.warn(f"{title}: in none of them.", *(f"{case}: {reason}" for case, reason in left_out))
            return
        from screens.marked_form import MarkedForm

        self._replace(lambda: MarkedForm(self._marks, act, possible, left_out))

    def _packets(self) -> None:
        from screens.marked_packets import MarkedPacketsPage

        self._replace(lambda: MarkedPacketsPage(self._marks))

    def _replace(self, make: Callable[[], Page]) -> None:
        with self.guard():
            page = make()
            self.app.pop_screen()
            self.app.push_screen(page)

    def _unmark(self) -> None:
        self._marks.clear()
        self.app.pop_screen()
        self._below.on_changed()
        self._below.say("No case is marked any more.")


def done_in_each(
    cases: Sequence[str], do: Callable[[str], object], stop: tuple[type[PiptuiError], ...]
) -> tuple[list[str], list[tuple[str, str]]]:
    """Do something with each case; gives those in which it was done, and the others with the reason. After an error
    of `stop`, which the next case would meet as well, the rest is not tried."""
    done: list[str] = []
    failed: list[tuple[str, str]] = []
    for at, case in enumerate(cases):
        try:
            do(case)
        except stop as error:
            failed += [(one, str(error)) for one in cases[at:]]
            break
        except PiptuiError as error:
            failed.append((case, str(error)))
        else:
            done.append(case)
    return done, failed
