"""Keys of a burst go their way one after the other, in the order in which they were typed."""

from collections.abc import Callable
from typing import Any, cast

from textual import events
from textual.app import App

from screens.key_order import KeyOrder, Typed


class Queue:
    """An app and its screen, as far as an order of keys knows them: what is called later is called on demand."""

    def __init__(self) -> None:
        self.focused = None
        self.screen = self
        self.later: list[tuple[Callable[..., Any], tuple[Any, ...]]] = []

    def call_later(self, callback: Callable[..., Any], *given: Any) -> bool:
        """Remember it."""
        self.later.append((callback, given))
        return True

    async def call_one(self) -> None:
        """The next that was to be called."""
        callback, given = self.later.pop(0)
        result = callback(*given)
        if result is not None:
            await result


async def test_a_key_never_passes_one_that_waits() -> None:
    """A key that comes in between two that wait, at whatever moment, goes behind them."""
    letters = "abcdefgh"
    for moment in range(1, 6):
        seen: list[str] = []

        async def handle(event: Typed, seen: list[str] = seen) -> None:
            seen.append(cast("events.Key", event).key)

        app = Queue()
        order = KeyOrder(cast("App[Any]", app), handle)
        waiting = [events.Key(letter, letter) for letter in letters]
        for event in waiting[:3]:
            await order.take(event)
        calls = 0
        for event in waiting[3:]:
            while app.later and calls < moment:
                await app.call_one()
                calls += 1
            calls = 0
            await order.take(event)
        while app.later:
            await app.call_one()
        assert "".join(seen) == letters
