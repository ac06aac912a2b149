"""The pictures of the README show the program as it is."""

import pytest

from tests.docs.pictures import PICTURES, README, take, with_text, written


@pytest.fixture(scope="module")
def taken() -> dict[str, tuple[str, str]]:
    """All pictures, taken now."""
    return take()


@pytest.mark.slow
@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_shows_the_program_as_it_is(taken: dict[str, tuple[str, str]], name: str) -> None:
    """After a change of screens or of the demo: python -m tests.docs.pictures."""
    assert written(name).read_text(encoding="utf-8") == taken[name][1], "stale: run python -m tests.docs.pictures"


@pytest.mark.slow
def test_the_readme_shows_the_first_screen(taken: dict[str, tuple[str, str]]) -> None:
    """Its text is that of the demo, on the day on which the pictures are taken."""
    page = README.read_text(encoding="utf-8")
    assert "need you" in page
    assert with_text(page, taken["today"][0]) == page, "stale: run python -m tests.docs.pictures"
