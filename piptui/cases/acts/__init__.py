"""The registry of acts: everything that may happen to a case, as data.

Keys, palette, forms, commands, the access check, the wording of history and the documentation are drawn from
here. Names are part of the file format: retired, never renamed. A new act is one more line in one of the
modules' `ACTS`.
"""

from piptui.cases.acts import (
    adopting,
    attaching,
    bringing,
    closing,
    editing,
    holding,
    launching,
    mending,
    parties,
    running,
    undoing,
)
from piptui.cases.acts.base import Act, Change, Context, Input, Person, Written
from piptui.errors import NotFound
from piptui.text import nearest

ACTS: dict[str, Act] = {
    act.name: act
    for group in (
        editing.ACTS,
        launching.ACTS,
        adopting.ACTS,
        running.ACTS,
        attaching.ACTS,
        bringing.ACTS,
        parties.ACTS,
        closing.ACTS,
        mending.ACTS,
        holding.ACTS,
        undoing.ACTS,
    )
    for act in group
}


def act_named(name: str) -> Act:
    """The act of that name. Raises NotFound with the nearest one."""
    if name in ACTS:
        return ACTS[name]
    hint = nearest(name, list(ACTS))
    raise NotFound(f"There is no act called {name!r}." + (f" Did you mean {hint}?" if hint else " See: piptui acts."))


__all__ = ["ACTS", "Act", "Change", "Context", "Input", "Person", "Written", "act_named"]
