"""Policy packs: read strictly, kept by digest, and never changed under a case."""

from collections.abc import Callable
from pathlib import Path

import pytest

from piptui.errors import BadInput
from piptui.paths import data_dir
from piptui.policy import digest_of, parse_pack, read_pack

from .conftest import WorldIn
from .world import CASE

PACKS = sorted((data_dir() / "policies").glob("*.toml"))
TEXT = (data_dir() / "policies" / "generic.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
def test_every_shipped_pack_is_an_example(path: Path) -> None:
    """What ships is labelled an example, reads strictly and suggests lengths that it calls usual."""
    policy, text = read_pack(path.parent, path.stem)
    assert policy.label == "example policy"
    assert policy.digest == digest_of(text)
    assert set(policy.period.suggested.values()) <= set(policy.period.usual_days)
    assert policy.check_ins.shortest <= policy.check_ins.minutes <= policy.check_ins.longest
    assert all(text.strip() for text in (policy.texts.statement, policy.texts.consequences))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda text: text.replace("minutes = 30", 'minutes = "long"', 1), "check_ins.minutes"),
        (lambda text: text.replace("minutes = 30", "minutes = 30\ncolour = 1", 1), "colour"),
        (lambda text: text.replace('cadence = "weekly"', 'cadence = "daily"'), "cadence"),
        (lambda text: text.replace('name = "generic"', ""), "name"),
        (lambda text: text.replace("attendance = 30", "lateness = 30"), "lateness"),
        (lambda text: text.replace('required = ["hr"]', 'required = ["boss"]'), "boss"),
        (lambda text: text + "\n[", "house.toml"),
        (lambda text: "", "house.toml"),
    ],
)
def test_a_pack_that_does_not_fit_is_refused(change: Callable[[str], str], message: str) -> None:
    """The error names the file and the place, and says to mend it."""
    with pytest.raises(BadInput, match=message) as told:
        parse_pack(change(TEXT), "house.toml")
    assert str(told.value).startswith("house.toml cannot be used: ")
    assert str(told.value).endswith("Mend the file and try again.")


def test_an_unknown_pack_is_named_with_the_known_ones() -> None:
    """A pack that is not there is told with those that are."""
    with pytest.raises(BadInput, match=r"Known: .*generic"):
        read_pack(data_dir() / "policies", "utopia")


def test_the_digest_is_of_exactly_this_text() -> None:
    """One blank more is another policy."""
    assert digest_of(TEXT) != digest_of(TEXT + " ")
    assert parse_pack(TEXT) != parse_pack(TEXT + "\n")
    assert len(digest_of(TEXT)) == 32


def test_a_case_keeps_the_text_it_was_opened_under(world_in: WorldIn) -> None:
    """The pack's text is in the record once, under its digest, and the case and its plan name it."""
    world = world_in("active")
    digest = world.desk().view(CASE).header.policy
    document, _ = world.store.get("policies", digest)
    assert document["text"] == TEXT
    world.desk("hr").new({"employee": "1015"})
    assert len(world.store.list("policies")) == 1
    plan = world.desk("employee").view(CASE).plan
    assert plan is not None
    assert plan.policy == digest


def test_needed_approvals_name_each_role_once() -> None:
    """Legal review adds its roles, and none twice."""
    policy = parse_pack(TEXT)
    assert policy.needed(legal_review=False) == ("hr",)
    assert policy.needed(legal_review=True) == ("hr", "legal")
    both = parse_pack(TEXT.replace('required = ["hr"]', 'required = ["hr", "legal"]'))
    assert both.needed(legal_review=True) == ("hr", "legal")
