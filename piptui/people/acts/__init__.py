"""The registry of acts on people: everything that may happen to a person of the directory beside an import.

Command line, forms, the access check, history and the documentation are drawn from here. Names are part of the file
format: retired, never renamed.
"""

from piptui.errors import NotFound
from piptui.people.acts import employment, holding, noting, record, roles
from piptui.people.acts.base import PersonAct, PersonContext, PersonFile, PersonWritten
from piptui.text import nearest

PERSON_ACTS: dict[str, PersonAct] = {
    act.name: act for group in (noting.ACTS, record.ACTS, roles.ACTS, employment.ACTS, holding.ACTS) for act in group
}


def person_act_named(name: str) -> PersonAct:
    """The act of that name. Raises NotFound with the nearest one."""
    if name in PERSON_ACTS:
        return PERSON_ACTS[name]
    near = nearest(name, list(PERSON_ACTS))
    hint = f" Did you mean {near}?" if near else " `piptui acts --person NAME` lists them."
    raise NotFound(f"There is no act on a person called {name!r}.{hint}")


__all__ = ["PERSON_ACTS", "PersonAct", "PersonContext", "PersonFile", "PersonWritten", "person_act_named"]
