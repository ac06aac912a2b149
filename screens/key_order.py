"""One key after the other, also where several arrive at once, as they do over a slow line.

Textual sends a key to the widget that has the focus when the key arrives, not when it is that key's turn: of Tab and
a letter in one burst, the letter would land in the field that Tab is about to leave. So a key waits until the one
before it has gone its whole way, from the widget with the focus up to the app.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any, Final

from textual import events
from textual.app import App
from textual.dom import DOMNode

PATIENCE: Final = 0.5
"""Seconds after which the next key goes its way although nobody saw the one before arrive: its page was closed."""

Typed = events.Key | events.Paste


class KeyOrder:
    """Lets one key or paste through at a time. `app` is where each ends, `handle` sends one on its way."""

    def __init__(self, app: App[Any], handle: Callable[[Typed], Awaitable[None]]) -> None:
        self._app, self._handle = app, handle
        self._waiting: deque[Typed] = deque()
        self._under_way: object | None = None
        self._alarm: asyncio.TimerHandle | None = None

    async def take(self, event: Typed) -> None:
        """Handle an event at once, or when its turn comes: never before one that waits already."""
        self._waiting.append(event)
        await self._next()

    async def _go(self, event: Typed) -> None:
        self._under_way = event
        self._alarm = asyncio.get_running_loop().call_later(PATIENCE, self._arrived, event)
        target = self._app.focused or self._app.screen
        try:
            await self._handle(event)
        finally:
            self._follow(target, event)

    def _follow(self, node: DOMNode | None, event: object) -> None:
        """Behind the event through the same queues, from its target up: where this is done, that was done before."""
        while node is not None and node is not self._app:
            if node.call_later(self._follow, node.parent, event):
                return
            node = node.parent  # it is being closed, and takes nothing any more
        if not self._app.call_later(self._arrived, event):
            self._arrived(event)

    def _arrived(self, event: object) -> None:
        if self._under_way is not event:
            return
        if self._alarm is not None:
            self._alarm.cancel()
        self._under_way = None
        if self._waiting:
            self._app.call_later(self._next)

    async def _next(self) -> None:
        while self._waiting and self._under_way is None:
            await self._go(self._waiting.popleft())
