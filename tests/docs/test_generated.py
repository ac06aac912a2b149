"""The pages that are drawn from the program say what the program does."""

import pytest

from tests.docs.generated import DOCS, PAGES_MADE


@pytest.mark.parametrize("name", PAGES_MADE)
def test_the_page_is_as_the_program_draws_it(name: str) -> None:
    """After a change of acts, keys or settings: python -m tests.docs.generated."""
    made = PAGES_MADE[name]()
    assert (DOCS / name).read_text(encoding="utf-8") == made, "stale: run python -m tests.docs.generated"
