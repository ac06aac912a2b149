"""A valid input for every act of the registry, in whatever state the act is possible."""

import contextlib
from collections.abc import Callable
from typing import Any

from piptui.cases.words import Role
from piptui.errors import NotFound, PiptuiError

from .world import ISSUE, NOTE, World, decision

Sample = Callable[[World, str, Role | None], dict[str, Any]]


def _entry(world: World, state: str, role: Role | None) -> str:
    """An entry that the role may mend: a note of its own. Whoever knows of no case has none, and names another's."""
    try:
        return world.do("note", role, text="Seen in passing.").item
    except NotFound:
        return world.entry(NOTE)


def _lent(world: World, state: str, role: Role | None) -> dict[str, Any]:
    """The end of a delegation that was there before."""
    with contextlib.suppress(PiptuiError):
        world.do("delegate", "hr", role="manager", person="1015", until="in 2 weeks")
    return {"role": "manager", "until": "in 1 week"}


def _noted(world: World, state: str, role: Role | None) -> dict[str, Any]:
    """A note that manager and HR can bring in."""
    world.desk("hr").do_person("note", "1014", {"text": "Talked about calls per day.", "kind": "coaching"})
    return {"all": "yes"}


def _held(world: World, state: str, role: Role | None) -> dict[str, Any]:
    """The end of a legal hold that was there before."""
    world.do("hold", "hr", reason="A claim was announced.")
    return {"reason": "The claim was withdrawn."}


def _done(world: World, state: str, role: Role | None) -> dict[str, Any]:
    """A step of the role's own, to be undone."""
    with contextlib.suppress(PiptuiError):
        world.do("note", role, text="A slip of the pen.")
    return {}


def _fixed(**data: Any) -> Sample:
    return lambda world, state, role: data


SAMPLES: dict[str, Sample] = {
    "put": _fixed(collection="links", item={"name": "Room", "location": "4.12"}),
    "remove": _fixed(collection="thresholds", id="t2"),
    "set": _fixed(field="context", value="Third quarter below the standard."),
    "submit": _fixed(),
    "return": _fixed(text="More evidence, please."),
    "approve": _fixed(),
    "adopt": _fixed(
        delivered_on="2026-02-02",
        end="2026-04-30",
        document="HR file 12",
        acknowledged_on="2026-02-04",
        seen_by="Hana Ito",
    ),
    "issue": _fixed(**ISSUE),
    "acknowledge": _fixed(text="Received."),
    "refuse": _fixed(text="Did not sign.", witness="Vera Stone"),
    "log_check_in": _fixed(helped="The new list."),
    "miss_check_in": _fixed(slot="w2", cause="public_holiday"),
    "note": _fixed(text="The projector was broken."),
    "attach": _fixed(name="letter.pdf", content=b"%PDF-1.7 signed", kind="letter"),
    "bring_in": _noted,
    "deliver": _fixed(support="p1"),
    "reassign": _fixed(role="manager", person="1015", since="in 3 days", reason="Moved to another team."),
    "delegate": _fixed(role="manager", person="1015", until="in 2 weeks"),
    "end_delegation": _lent,
    "open_review": _fixed(text="Agreed with HR."),
    "assess": _fixed(goal="g1", verdict="met", value="52", shown_by="CRM report"),
    "decide": _fixed(**decision("successful", "regular_management")),
    "withdraw": _fixed(cause="transfer", text="Moves to another team."),
    "discard": _fixed(text="Opened for the wrong person."),
    "correct": lambda world, state, role: {
        "entry": _entry(world, state, role),
        "value": "It was the week after.",
        "reason": "Looked it up.",
    },
    "hold": _fixed(reason="A claim was announced.", custodian="Leo Grant"),
    "lift_hold": _held,
    "undo": _done,
    "strike": lambda world, state, role: {"entry": _entry(world, state, role), "reason": "Meant for another case."},
}


def sample(act: str, world: World, state: str, role: Role | None) -> dict[str, Any]:
    """The input of an act; a new act has to be given one here, and is then tried everywhere."""
    assert act in SAMPLES, f"Give the act {act!r} a sample input in tests/core/samples.py."
    return SAMPLES[act](world, state, role)
