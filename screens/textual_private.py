"""The only place that touches parts of Textual that are not public; Textual is pinned exactly because of it."""

from typing import Any

from rich.console import RenderableType
from textual._compositor import CompositorUpdate
from textual.app import App, ReturnType
from textual.message import Message
from textual.screen import Screen

from piptui.errors import PiptuiError
from screens.driver import CellDriver


class QuietApp(App[None]):
    """An app that never sends a pointer's shape: there is no mouse, and not every terminal swallows the request."""

    sent = False
    """Whether the last text that was copied went on its way; nobody says whether it arrived."""

    def _set_pointer_shape(self, shape: str) -> None:
        """Send nothing."""

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Give frames to the driver that sends differences, if it is the one at work."""
        driver = self._driver
        if not (isinstance(driver, CellDriver) and isinstance(renderable, CompositorUpdate)):
            if isinstance(driver, CellDriver) and renderable is not None:
                driver.forget()  # what is no frame of cells goes past it
            super()._display(screen, renderable)
            return
        if self._running and not self._closed and not self._batch_count:
            driver.sync = self._sync_available
            size = self.screen.outer_size
            cursor = size.clamp_offset(self.cursor_position)
            driver.show(renderable, self.console, (size.width, size.height), (cursor.x, cursor.y))
        self.post_display_hook()

    def copy_to_clipboard(self, text: str) -> None:
        """Keep a text for pasting here, and send it to the clipboard at the other end of the line."""
        self._clipboard = text
        self.sent = self._sent(text)

    def _sent(self, text: str) -> bool:
        from piptui.clipboard import sequence, to_tmux, way  # a start copies nothing

        through = way()
        if through == "tmux" and to_tmux(text):
            return True
        codes = sequence(text, through)
        if codes and self._driver is not None:
            self._driver.write(codes)
        return bool(codes)

    def unanswered(self, key: str) -> None:
        """A key that nothing on this screen is bound to."""

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:  # noqa: FBT001, FBT002 - Textual's
        """Tell of a key that no binding took; letters that a text field took never come here."""
        taken = await super()._check_bindings(key, priority)
        if not taken and not priority:
            self.unanswered(key)
        return taken

    def redraw(self) -> None:
        """Draw the whole screen again, whatever the terminal shows."""
        if isinstance(self._driver, CellDriver):
            self._driver.forget()
        self.refresh(layout=True)


class GuardedScreen(Screen[None]):
    """A screen whose handlers may raise errors of the desk: they are told, and the screen lives on.

    Textual ends a message pump in which anything is raised, so this has to be caught where messages are given
    out, for all handlers at once.
    """

    def trouble(self, error: PiptuiError) -> None:
        """Tell an error."""
        raise NotImplementedError

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except PiptuiError as error:
            self.trouble(error)


def note_failure(app: App[ReturnType], error: Exception) -> None:
    """Remember an exception that the app handles itself, as Textual would: a test's pilot raises it again."""
    if app._exception is None:
        app._exception = error
        app._exception_event.set()


def screen_lines(app: App[ReturnType]) -> list[str]:
    """The text of the screen on top, line by line, as the compositor would draw it."""
    return ["".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()]
