"""Fixtures: a world in any state, on a store of its own."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .world import Kind, Templates, World

WorldIn = Callable[..., World]


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    """Every state made at most once."""
    return Templates(tmp_path_factory.mktemp("states"))


@pytest.fixture
def world_in(templates: Templates, tmp_path: Path) -> Iterator[WorldIn]:
    """A world with its one case in a state, or "founded" without a case; closed at the end."""
    made: list[World] = []
    number = itertools.count(1)

    def make(state: str = "draft", kind: Kind = "personal") -> World:
        made.append(templates.copy(kind, state, tmp_path / f"store{next(number)}"))
        return made[-1]

    yield make
    for world in made:
        world.close()
