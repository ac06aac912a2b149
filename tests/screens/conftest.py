"""What the screen tests share: a desk of prepared cases, and the app over it at a fixed size."""

import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Literal

import pytest
from textual.pilot import Pilot

from piptui.desk.api import Desk
from screens.app import PiptuiApp
from tests.screens.fake import FakeDesk, full_desk

Opened = Callable[..., AbstractAsyncContextManager[Pilot[None]]]


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the developer's terminal reaches a test."""
    for name in [name for name in os.environ if name.startswith(("TEXTUAL", "PIPTUI"))] + ["NO_COLOR"]:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def desk() -> FakeDesk:
    """One case in every stage."""
    return full_desk()


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    """Run the app over a desk: `async with opened(desk, size=(80, 24), keys=("enter",)) as pilot`;
    the list of cases lies on top, unless `first` is "today"."""

    @asynccontextmanager
    async def run(
        over: Desk,
        *,
        size: tuple[int, int] = (80, 24),
        keys: tuple[str, ...] = (),
        ascii_only: bool = False,
        first: str = "cases",
        tour: Literal["", "offered", "on"] = "",
    ) -> AsyncIterator[Pilot[None]]:
        app = PiptuiApp(over, ascii=ascii_only, crash_dir=tmp_path / "crash", tour=tour, views=tmp_path / "views")
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            if first == "cases":
                app.open_cases()
                await pilot.pause()
            for key in keys:
                await pilot.press(key)
                await pilot.pause()
            yield pilot

    return run


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages may write files where piptui was started: never into the checkout."""
    monkeypatch.chdir(tmp_path)
