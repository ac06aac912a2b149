"""`undo` takes one's own last step back as a new step: the record shows both.

A step in the draft is taken back by the text as it was before. Whatever was put on file is struck, for an entry never
leaves the record. Everything else has its own way back, in the open.
"""

from typing import Annotated

from piptui.cases.acts.base import Act, Change, Context, Input, LastStep, Written
from piptui.cases.acts.mending import MENDERS, StrikeOut, strike
from piptui.cases.file import CaseFile
from piptui.cases.plan import about
from piptui.cases.words import STAGES
from piptui.errors import Refused

DRAFTED = frozenset({"put", "set", "remove"})
"""Acts that change nothing but the draft."""
FILED = frozenset({"note", "attach", "bring_in", "log_check_in", "miss_check_in", "deliver", "assess"})
"""Acts that put something on file and change nothing else."""

_WAYS = {
    "undo": "Your last step was undone already. What you did before it is corrected in its own place.",
    "correct": "Correct it once more: what it said before stays readable.",
    "strike": "What was struck stays struck. Record it anew.",
    "submit": "Ask who reviews the plan to return it.",
    "issue": "It stays as it was given. Put on file what went wrong (note), or end the case (withdraw).",
    "open_review": "The review stays open until it is decided; check-ins and evidence can still be added, as late.",
    "delegate": "End it with end_delegation.",
    "hold": "Lift it with lift_hold.",
}


class Undo(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Take back your own last step in this case: a draft is as it was before, an entry is struck."""

    step: Annotated[int, about("the number of the step (its commit); left out: your last one in this case")] = 0


def undo(file: CaseFile, data: Undo, ctx: Context) -> Written:
    """The draft as it was, or what was put on file struck. Raises Refused for what has another way back."""
    last = ctx.last(data.step)
    said = last.sentence.rstrip(".") or last.act
    sentence = _told(said, ctx)
    if last.act in DRAFTED:
        # Draft and header may have been changed at once. Each has its own sentence: the header is shared.
        back = [Change(one.table, one.id, one.before, _told(one.sentence or said, ctx)) for one in last.changes]
        return Written(tuple(back), " ".join(dict.fromkeys(one.sentence for one in back)))
    if last.act not in FILED:
        raise Refused(f"Your last step here cannot be undone ({said}). {_WAYS.get(last.act, _OTHERWISE)}")
    struck: list[Change] = []
    for change in last.changes:
        one = strike(file, StrikeOut(entry=change.id, reason="Undone."), ctx).changes
        struck += [Change(each.table, each.id, each.record, sentence, each.reason) for each in one]
    return Written(tuple(struck), sentence)


def _told(said: str, ctx: Context) -> str:
    return f"{ctx.name} undid: {said.rstrip('.')}."


_OTHERWISE = "Say what is right in a new step."


def settled(_: CaseFile, data: Undo, ctx: Context) -> dict[str, int]:
    """Which step it is: tried again after somebody else's commit, it is still that one."""
    last: LastStep = ctx.last(data.step)
    return {"step": last.step}


def nothing_to_undo(file: CaseFile, ctx: Context) -> str:
    """Why the last step cannot be undone, "" where it can."""
    try:
        undo(file, Undo(), ctx)
    except Refused as error:
        return str(error)
    return ""


ACTS = (Act("undo", "Undo your last step", STAGES, MENDERS, Undo, undo, settle=settled, against=nothing_to_undo),)
