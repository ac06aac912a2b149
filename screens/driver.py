"""The way to the terminal: differences instead of whole widgets, and never more on the line than it can carry.

Over a slow line the frames of a held-down key would queue up and go on playing long after it was released. So the
terminal is asked after each frame where its cursor is; until it answers, at most `WINDOW` bytes are sent, and frames
that came meanwhile are never drawn: what is sent next is the difference to the newest one. A terminal that answers
no such question gets every frame at once.
"""

import re
import threading
from collections import deque
from time import monotonic
from typing import Any, Final

from rich.console import COLOR_SYSTEMS, Console, ConsoleOptions
from rich.segment import ControlType, Segment
from textual import events
from textual._compositor import CompositorUpdate
from textual.message import Message
from textual.strip import Strip

from screens.cells import Canvas, Pen, Row, difference
from screens.line import LineDriver

WINDOW: Final = 3000
"""Bytes that may be on the line without an answer from the terminal."""

PATIENCE: Final = 3.0
"""Seconds after which a terminal that answered once, and does not any more, gets its frames all the same."""

_ASK: Final = "\x1b[6n"
_ANSWERS: Final = re.compile("\x1b\\[\\d+;\\d+R")
_LOOK_AGAIN: Final = 0.05
"""Seconds after which a line that took nothing is looked at again."""
_LAST_ANSWER: Final = 0.5
"""Seconds to wait at the end for answers that are still under way, so that the shell does not get them."""
_SYNC: Final = ("\x1b[?2026h", "\x1b[?2026l")


class CellDriver(LineDriver):
    """Keeps what the terminal shows as cells, and sends what differs."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._wanted = Canvas(1, 1)
        self._shown: list[Row] | None = None
        self._cursor = (0, 0)
        self._stale = False
        self._unanswered: deque[int] = deque(maxlen=256)
        self._answers = False
        self._answered_at = 0.0
        self._guard = threading.Lock()
        self.sync = False
        """Whether the terminal can be told to show a frame only when it is whole."""

    # -- frames ------------------------------------------------------------------------------------------

    def forget(self) -> None:
        """The terminal may show anything now: the next frame is sent whole."""
        self._shown = None

    def show(
        self, update: CompositorUpdate, console: Console, size: tuple[int, int], cursor: tuple[int, int]
    ) -> None:
        """Take a frame in, and send the difference if the line is free."""
        if (self._wanted.width, self._wanted.height) != size:
            self._wanted = Canvas(*size)
            self.forget()
        self._paint(update, console)
        self._cursor = cursor
        self._stale = True
        self._send()

    def _paint(self, update: CompositorUpdate, console: Console) -> None:
        system = COLOR_SYSTEMS[console.color_system] if console.color_system else COLOR_SYSTEMS["standard"]
        options: ConsoleOptions = console.options
        x = y = 0
        for segment in update.__rich_console__(console, options):  # type: ignore[attr-defined]  # both kinds have it
            if not isinstance(segment, Segment):
                continue
            if segment.control:
                for code in segment.control:
                    if code[0] is ControlType.CURSOR_MOVE_TO:
                        x, y = int(code[1]), int(code[2])  # type: ignore[misc]  # a move has two numbers
                continue
            text, style, _ = segment
            if text == "\n":
                continue
            sgr = "" if style is None else Strip.render_ansi(style, system)
            x = self._wanted.paint(x, y, text, sgr)

    def _send(self) -> None:
        """Send the newest frame, unless too much is under way."""
        if not self._stale or self._outlet is None or not self._free():
            return
        pen = Pen(self._wanted.width)
        difference(self._shown, self._wanted.rows, pen)
        self._shown = self._wanted.copy()
        self._stale = False
        if not pen.parts:
            return
        pen.go(*self._cursor)
        text = pen.text()
        if self.sync:
            text = f"{_SYNC[0]}{text}{_SYNC[1]}"
        with self._guard:
            self._unanswered.append(len(text.encode()))
        self.write(text + _ASK)

    def _free(self) -> bool:
        if self.behind > WINDOW:
            self._loop.call_later(_LOOK_AGAIN, self._send)
            return False
        with self._guard:
            under_way = sum(self._unanswered)
            if not self._answers or under_way < WINDOW:
                return True
            waited = monotonic() - self._answered_at
            if waited > PATIENCE:
                self._answers = False
                self._unanswered.clear()
                return True
        self._loop.call_later(PATIENCE - waited + 0.01, self._send)
        return False

    # -- what comes back ---------------------------------------------------------------------------------

    def process_message(self, message: Message) -> None:
        """Take the terminal's answers out of what is typed; called in the input thread."""
        if isinstance(message, events.CursorPosition):
            with self._guard:
                self._answers = True
                self._answered_at = monotonic()
                if self._unanswered:
                    self._unanswered.popleft()
            self._loop.call_soon_threadsafe(self._send)
            return
        if isinstance(message, events.Paste):
            # An answer that came while a text was being pasted would become part of it.
            message.text = _ANSWERS.sub("", message.text)
        super().process_message(message)

    # -- life --------------------------------------------------------------------------------------------

    def start_application_mode(self) -> None:
        """Begin, or begin again after a pause: nothing is known of the screen."""
        self.forget()
        self._unanswered.clear()
        super().start_application_mode()

    def disable_input(self) -> None:
        """End the input: wait a little for answers under way."""
        end = monotonic() + _LAST_ANSWER
        thread = self._key_thread
        while self._answers and self._unanswered and thread is not None and thread.is_alive() and monotonic() < end:
            thread.join(0.005)
        super().disable_input()
