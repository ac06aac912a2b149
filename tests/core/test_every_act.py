"""Every act of the registry, in every state and every role: done, or refused in a sentence and nothing written."""

import pytest

from piptui.cases.acts import ACTS, Act
from piptui.cases.words import ROLES, Role
from piptui.errors import Denied, NotFound, PiptuiError, Refused

from .conftest import WorldIn
from .samples import sample
from .world import CASE, HIDDEN_FROM_EMPLOYEE, KINDS, SECRET, STAGE_OF, STATES, Kind, World

Outcome = type[PiptuiError] | None
EXCEPTIONS: dict[tuple[str, str, Role | None], Outcome] = {
    ("approve", "approved", "hr"): Refused,  # HR has approved this text already
    ("approve", "approved", None): Refused,  # the owner acts as HR, the party's role
}
WHO: tuple[Role | None, ...] = (*ROLES, None)


def expected(act: Act, state: str, role: Role | None, kind: Kind) -> Outcome:
    """What the registry says: which error, or None for an act that is done."""
    if role is None and kind == "team":
        return NotFound
    if role == "employee" and state in HIDDEN_FROM_EMPLOYEE:
        return NotFound
    if role is not None and role not in act.roles:
        return Denied
    if STAGE_OF[state] not in act.when:
        return Refused
    if (act.name, kind, role) == ("adopt", "team", "manager"):
        return Refused  # it takes a second person
    return EXCEPTIONS.get((act.name, state, role))


def well_said(error: PiptuiError) -> None:
    """An error is a sentence for a person, and holds nothing that was written for others."""
    text = str(error)
    assert text.endswith("."), text
    assert text[0].isupper() or text[0].isdigit(), text
    assert SECRET not in text
    reasons: tuple[str, ...] = getattr(error, "reasons", ())
    assert all(reason.strip() and reason.endswith((".", "?")) for reason in reasons), reasons


def tried(world: World, act: Act, state: str, role: Role | None) -> Outcome:
    """Do the act; say what came of it, after a look at the record and at what `acts` promised."""
    data = sample(act.name, world, state, role)
    desk = world.desk(role)
    before = world.head()
    try:
        promised = next(line for line in desk.acts(CASE) if line.act == act.name)
    except NotFound:
        promised = None
    try:
        done = desk.do(act.name, CASE, data)
    except PiptuiError as error:
        refusal = error
    else:
        assert promised is not None
        assert promised.possible, promised.reason
        assert world.head() >= done.seq > before
        assert done.sentence.endswith(".")
        assert done.revision <= world.head()
        assert any(line.seq == done.seq and line.sentence == done.sentence for line in desk.history(CASE))
        return None
    well_said(refusal)
    assert world.head() == before, "a refusal wrote something"
    if promised and not promised.possible:
        assert promised.reason.endswith(".")
    elif promised:
        known = (act.name, state, role) in EXCEPTIONS or (act.name, world.kind) == ("adopt", "team")
        assert known, f"acts promised {act.name}: {refusal}"
    return type(refusal)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("act", ACTS.values(), ids=lambda act: act.name)
def test_an_act_is_done_or_refused_as_the_registry_says(world_in: WorldIn, act: Act, state: str, kind: Kind) -> None:
    """Stage and roles of the registry decide for each role whether an act is done, and nothing else does."""
    shared = world_in(state, kind)
    for role in WHO:
        wanted = expected(act, state, role, kind)
        # What is refused changes nothing, so those roles can share a world.
        world = world_in(state, kind) if wanted is None else shared
        assert tried(world, act, state, role) is wanted, (act.name, state, role)


POSSIBLE = [(act, state) for act in ACTS.values() for state in STATES if STAGE_OF[state] in act.when]


@pytest.mark.parametrize(("act", "state"), POSSIBLE, ids=lambda one: one if isinstance(one, str) else one.name)
def test_a_preview_writes_nothing_and_tells_the_sentence(world_in: WorldIn, act: Act, state: str) -> None:
    """A preview of an act that is possible says the sentence that doing it then stores, and writes nothing."""
    world = world_in(state)
    role = act.roles[0]
    data = sample(act.name, world, state, role)
    desk, before = world.desk(role), world.head()
    seen = desk.preview(act.name, CASE, data)
    assert world.head() == before
    if (act.name, state, role) not in EXCEPTIONS:
        assert desk.do(act.name, CASE, data).sentence in seen.sentences
        assert seen.readers


def test_an_unknown_act_is_named_with_the_nearest(world_in: WorldIn) -> None:
    """A mistyped act is answered with the one that was probably meant."""
    world = world_in("draft")
    with pytest.raises(NotFound, match="Did you mean submit"):
        world.do("submitt")


@pytest.mark.parametrize("act", ACTS.values(), ids=lambda act: act.name)
def test_an_unknown_input_is_refused(world_in: WorldIn, act: Act) -> None:
    """A field that the act does not know is refused by name, never dropped."""
    state = next(state for state in STATES if STAGE_OF[state] in act.when)
    world = world_in(state)
    role = act.roles[0]
    data = sample(act.name, world, state, role) | {"colour": "blue"}
    before = world.head()
    with pytest.raises(PiptuiError, match="colour"):
        world.desk(role).do(act.name, CASE, data)
    assert world.head() == before
