"""One act in several marked cases: filled in once, looked at in the first of them, recorded in each for itself."""

from collections.abc import Iterable, Sequence
from typing import Final

from textual.widget import Widget

from piptui.desk.api import Done
from piptui.errors import Busy, Corrupt, Full, Unreachable
from piptui.text import sentence_list
from screens.act_form import ActForm, told_deputies
from screens.forms import KeptKey
from screens.marks import Marks, counted, done_in_each
from screens.widgets.fields import FormText

OF_ONE: Final = frozenset({"goal", "unit", "value", "expected"})
"""Inputs that mean a part of one case's plan."""

_NAMED: Final = 8
"""Cases that are named; of more the first ones, and how many there are."""


def named(cases: Sequence[str]) -> str:
    """Numbers of cases in words."""
    more = [f"{len(cases) - _NAMED} more"] if len(cases) > _NAMED else []
    return sentence_list([*cases[:_NAMED], *more])


class MarkedForm(ActForm):
    """An act for several cases. What could not be recorded stays marked, with the reason, and the text stays."""

    def __init__(
        self, marks: Marks, act: str, cases: Sequence[str], left_out: Sequence[tuple[str, str]] = ()
    ) -> None:
        super().__init__(cases[0], act)
        self._marks, self._cases, self._left_out = marks, list(cases), list(left_out)

    def key(self) -> KeptKey:
        """One for each act, whichever cases are marked."""
        return ("", f"act {self.act_name} for marked cases", "")

    def above(self) -> Iterable[Widget]:
        """In which cases, and in which not."""
        lines = [f" In {counted(len(self._cases))}: {named(self._cases)}"]
        if self._left_out:
            case, reason = self._left_out[0]
            more = f", and {len(self._left_out) - 1} more" if len(self._left_out) > 1 else ""
            lines.append(f" Not in {case}: {reason}{more}")
        return (FormText(lines),)

    def fields(self) -> Iterable[Widget]:
        """The inputs that can be the same in all."""
        for line in self.act.inputs:
            if line.name not in OF_ONE:
                yield self.field_of(line)

    def options(self, name: str) -> tuple[tuple[str, str], ...]:
        """Who stands in, in any of the cases."""
        if name == "person" and self.act_name == "end_delegation":
            today = self.app.me().today
            found = (one for case in self._cases for one in told_deputies(self.desk.view(case), today))
            return tuple(dict(found).items())
        return super().options(name)

    def lead(self) -> str:
        """What is shown ahead is the first case's; the others are alike."""
        return f"Will be recorded in each, here in {self._cases[0]}: "

    def save(self) -> None:
        """Record it in each case; asked for twice, because it is many records at once."""
        self.seen_ahead()
        if not self._sure:
            self._sure = True
            self.warn(f"Press ctrl+s once more: it is recorded in {counted(len(self._cases))}, in each for itself.")
            return
        self._sure = False
        made: list[Done] = []
        data = self.data()

        def do(case: str) -> None:
            made.append(self.desk.do(self.act_name, case, data, token=self.token))
            self.app.committed_here(made[-1].seq)

        done, failed = done_in_each(self._cases, do, (Busy, Full, Unreachable, Corrupt))
        for case in done:
            self._marks.drop(case)
        if failed:
            self._cases = [case for case, _ in failed]
            self.case = self._cases[0]
            self.warn(
                f"Recorded in {counted(len(done))}, not in {len(failed)}; those stay marked; ctrl+s tries again.",
                *(f"{case}: {reason}" for case, reason in failed),
            )
            return
        self.forget()
        self.committed(made[-1], told=f"Recorded in {counted(len(done))}, in each for itself: {named(done)}.")
