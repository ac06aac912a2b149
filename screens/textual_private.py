"""The only place that touches parts of Textual that are not public; Textual is pinned exactly because of it."""

from textual.app import App, ReturnType


def note_failure(app: App[ReturnType], error: Exception) -> None:
    """Remember an exception that the app handles itself, as Textual would: a test's pilot raises it again."""
    if app._exception is None:
        app._exception = error
        app._exception_event.set()


def screen_lines(app: App[ReturnType]) -> list[str]:
    """The text of the screen on top, line by line, as the compositor would draw it."""
    return ["".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()]
