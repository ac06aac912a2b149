"""TinyDB's own tests pass on our record, but for what is meant to be otherwise."""

from pathlib import Path

import pytest

from .samples import say
from .tinydb_suite import EXCEPTIONS, NoIndex, fetch, run, told, unexpected


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_tinydbs_own_tests_pass_on_the_record(tmp_path: Path) -> None:
    """All but named exceptions; one that passes by now is to be taken off the list."""
    try:
        fetch(tmp_path)
    except NoIndex as why:
        pytest.skip(f"TinyDB's source distribution cannot be had here: {why}")
    found = run(tmp_path)
    say(told(found))
    assert len(found) > 200
    assert unexpected(found) == []


def test_every_exception_has_its_reason() -> None:
    """In words, not in a code."""
    assert all(len(why.split()) > 4 for why in EXCEPTIONS.values())
