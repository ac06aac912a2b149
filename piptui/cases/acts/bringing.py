"""What was noted about the employee before the case comes into it: chosen, never by itself (S028, S029)."""

from typing import Annotated

from piptui.cases.acts.base import Act, Change, Context, Input, Written
from piptui.cases.file import CaseFile, Held
from piptui.cases.notebook import PersonNote, as_entry, find_note
from piptui.cases.plan import about
from piptui.cases.words import SEES, STAGES, words
from piptui.errors import BadInput, Refused


class BringIn(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Notes of the notebook as entries of this case, with their days and classes."""

    notes: Annotated[tuple[str, ...], about("which notes: their ids, or the beginnings of them")] = ()
    all: Annotated[bool, about("all that you may read and that are not in the case yet")] = False


def bring_in(file: CaseFile, data: BringIn, ctx: Context) -> Written:
    """Copy notes into the case; the notebook keeps them. A struck note, and one that is in the case, stays out."""
    notes = [one for one in ctx.notebook() if one.record.cls in SEES[ctx.role]]
    here = {one.record.noted_as for one in file.entries if one.record.noted_as and one.record.struck is None}
    if data.all and data.notes:
        raise BadInput("Say which notes, or all: not both.")
    if data.all:
        chosen = [one for one in notes if one.record.struck is None and one.id not in here]
        if not chosen:
            raise Refused("The notebook has no note that you could bring in and that is not in this case already.")
    elif data.notes:
        chosen = list({one.id: one for one in (find_note(notes, wanted) for wanted in data.notes)}.values())
    else:
        raise BadInput("notes is missing: say which notes, or all=yes. `piptui person` lists them with their ids.")
    for one in chosen:
        if one.record.struck is not None:
            raise Refused(f"The {_label(one)} is struck: it stays out of the case.")
        if one.id in here:
            raise Refused(f"The {_label(one)} is in this case already.")
    late = file.header.review_opened_on is not None
    count = f"{len(chosen)} notes" if len(chosen) > 1 else "a note"
    sentence = f"{ctx.name} brought in {count} of the notebook."
    changes = tuple(
        Change("entries", ctx.new_id(), as_entry(one, file.id, late=late), f"{ctx.name} brought in a {_label(one)}.")
        for one in sorted(chosen, key=lambda one: (one.record.occurred_on, one.created_at))
    )
    if len(chosen) == 1:
        sentence = changes[0].sentence
    return Written(changes, sentence, item=changes[0].id)


def _label(held: Held[PersonNote]) -> str:
    kind = held.record.kind
    return f"{'note' if kind == 'note' else f'note ({words(kind)})'} of {held.record.occurred_on}"


ACTS = (
    Act(
        "bring_in",
        "Bring in notes of the notebook",
        tuple(stage for stage in STAGES if stage != "closed"),
        ("manager", "hr"),
        BringIn,
        bring_in,
    ),
)
