"""The app: one desk, a stack of pages, and an orderly end whatever happens to the line."""

import asyncio
import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from rich.console import RenderableType
from textual import events
from textual.filter import LineFilter
from textual.screen import Screen
from textual.widget import Widget

from piptui.desk.api import Desk, Me, News
from piptui.drafts import Drafts
from piptui.errors import NotFound, PiptuiError
from piptui.text import sentence_list
from piptui.views import Views
from screens.base import NOT_SENT, SENT, Page
from screens.crash import CRASHED, write_crash_log
from screens.driver import CellDriver
from screens.kept import KeptTexts, kept_names
from screens.key_order import KeyOrder, Typed
from screens.line import LineDriver
from screens.opener import Opener
from screens.presence import in_person, who_types
from screens.signs import Fence
from screens.textual_private import note_failure
from screens.today import TodayPage

if TYPE_CHECKING:
    from screens.masking import MaskedNames
    from screens.tour import Tour, Wanted

LISTEN_EVERY = 0.5
"""Seconds after which others' commits are asked for."""

IDLE_EVERY = 5.0
"""Seconds after which it is looked at whether anybody still types."""

TOUR_EVERY = 0.2
"""Seconds after which the tour of the demo looks where one is."""

_AGAIN_WITHIN = 2.0
_NAMED = 4
"""How many unsaved forms a warning names."""


def _collect_again() -> None:
    """The first screen stands: what was made for it stays, and from now on there is garbage to look for."""
    gc.freeze()
    gc.enable()


def _counted(names: Sequence[str]) -> str:
    """Names of forms; of many the first ones, and how many more."""
    shown = [*names[:_NAMED], f"{len(names) - _NAMED} more"] if len(names) > _NAMED else names
    return sentence_list(shown)


def _tour(wanted: "Wanted") -> "Tour | None":
    """The tour, where there is one: only the demo loads it."""
    if not wanted:
        return None
    from screens.tour import Tour

    return Tour(wanted)


class PiptuiApp(Opener):
    """All screens over one desk. `ascii` prints ASCII twins of signs; `crash_dir` takes the log of a crash; `plain`
    leaves the way to the terminal to Textual; without `drafts` what is typed is kept only while the program runs,
    without `views`, the folder of saved ones, those that come with the program are all. `mask_names` begins with
    initials for names; `cover_after` covers the screen after so many minutes without a key, 0 never."""

    CSS_PATH = "styles/piptui.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = []
    TITLE = "piptui"
    ESCAPE_TO_MINIMIZE = False

    def __init__(
        self,
        desk: Desk,
        *,
        ascii: bool = False,  # noqa: A002 - the word of the environment variable
        no_color: bool = False,
        crash_dir: Path | None = None,
        clock: Callable[[], float] = monotonic,
        plain: bool = False,
        drafts: Drafts | None = None,
        views: Path | None = None,
        days: int = 7,
        tour: "Wanted" = "",
        mask_names: bool = False,
        cover_after: int = 0,
    ) -> None:
        super().__init__(driver_class=LineDriver if plain else CellDriver, ansi_color=True)
        self.theme = "ansi-dark"  # the terminal's own colours: fewer bytes, and right on light and dark ones
        self.animation_level = "none"
        self.desk = desk
        self.ascii = ascii
        self.days = days
        self.tour = _tour(tour)
        self.busy = False
        self.kept = KeptTexts(drafts)
        self.views = Views(views, desk.me().store if views else "")
        self._me: Me | None = None
        self._clock = clock
        self._stop_pressed = float("-inf")
        self._warned = self._just_warned = self._leaving = False
        self._heard: int | None = None
        self._own: set[int] = set()
        self._crash_dir = crash_dir
        self._fence = Fence()
        self._mask: MaskedNames | None = None
        self._masked_first = mask_names
        self._cover_after = cover_after * 60.0
        self._typed_at = clock()
        self._key_order = KeyOrder(self, self._typed)
        self.set_class(no_color, "-no-color")

    # -- what pages ask for ------------------------------------------------------------------------------

    def me(self) -> Me:
        """Who is at the desk and what day it is, read again with every new page; as it was last where the record
        cannot be read any more, since what is on the page still has to be shown."""
        if self._me is None or not self.busy:
            try:
                self._me = self.desk.me()
            except PiptuiError:
                if self._me is None:
                    raise
        return self._me

    def left_over(self) -> str:
        """What is typed and not saved, perhaps since the program ended last time, in a sentence; "" for nothing."""
        names = kept_names(self.kept)
        return f"Kept, not saved yet: {_counted(names)}. Open it to go on." if names else ""

    @property
    def in_demo(self) -> bool:
        """Whether this is the demo organisation: it alone has a tour."""
        return self.tour is not None

    def offer(self) -> str:
        """In the demo, that it is one, and how to begin its tour."""
        return self.tour.offer() if self.tour else ""

    def look_at_tour(self) -> None:
        """The tour goes on if its step was done; the page on top says what is next."""
        if self.tour is not None:
            self.tour.look(self.screen)

    def committed_here(self, seq: int) -> None:
        """This commit was made here: it is no news."""
        self._own.add(seq)

    def listen(self) -> None:
        """Ask what others committed, and let the pages that it concerns read again."""
        if self.busy:
            return
        try:
            news = self.desk.watch(self._heard)
        except PiptuiError:
            return  # what is asked for next says so where it can be read
        if self._heard is not None and news.seq not in {self._heard, *self._own}:
            self._close_unseen({line.case for line in news.lines})
        self._heard = news.seq
        self._forget_removed(news)
        self._look_beside()
        if self._mask is not None and news.lines:
            self._hide(self._names({line.case for line in news.lines}))
        lines = [line for line in news.lines if line.seq not in self._own]
        self._own.clear()
        if not lines:
            return
        cases = {line.case for line in lines}
        own = self._me.name if self._me is not None else ""
        for page in self.screen_stack:
            if isinstance(page, Page):
                # Who it was is said where one case is shown: there the last one to change it.
                who = next((line.who for line in reversed(lines) if line.case == page.case), lines[-1].who)
                page.heard(cases, in_person(who, own))

    def _forget_removed(self, news: News) -> None:
        if any(line.removed for line in news.lines):
            from screens.removed import forget_removed  # a start removes nothing

            forget_removed(self, news.lines)

    def _close_unseen(self, told: set[str]) -> None:
        """Of a case that is not one's own to read any more no news comes, such as that it was removed whole."""
        cases = {page.case for page in self.screen_stack[1:] if isinstance(page, Page)} - told
        for case in cases - {""}:
            try:
                self.desk.view(case)
            except NotFound:
                from screens.removed import close_unseen  # a start shows no case

                close_unseen(self, case)
            except PiptuiError:
                return
        for page in self.screen_stack if not told else ():
            if isinstance(page, Page) and page.LISTS:
                page.read_quietly()

    def close_gone(self) -> None:
        """Close the pages on top whose text was removed, and say so on the one below; under a cover they wait."""
        told: tuple[str, ...] = ()
        while isinstance(page := self.screen, Page) and page.gone and len(self.screen_stack) > 1:
            told = page.gone
            self.pop_screen()
        if told and isinstance(self.screen, Page):
            self.screen.say(*told)

    def forget_copied(self) -> None:
        """What was copied may be what was removed; the terminal's own clipboard is out of reach."""
        self._clipboard = ""

    def _look_beside(self) -> None:
        page = self.screen
        if isinstance(page, Page) and page.case:
            with suppress(PiptuiError):  # a record that was damaged meanwhile is told by what is asked for next
                page.beside(who_types(self.desk.presence(page.case)))

    # -- who else looks ----------------------------------------------------------------------------------

    @property
    def masked(self) -> bool:
        """Whether names of employees are drawn as initials."""
        return self._mask is not None

    def mask_names(self, *, on: bool) -> None:
        """Draw names of employees as initials from now on, or as they are."""
        from screens.masking import MaskedNames

        self._mask = MaskedNames(()) if on else None
        self._hide({line.employee for line in self.desk.list().lines} if on else ())
        for page in self.screen_stack:
            for widget in (page, *page.walk_children(Widget)):
                widget.refresh()

    def _hide(self, names: Collection[str]) -> None:
        from screens.masking import marks_of

        if self._mask is not None and not self._mask.knows(names):
            self._mask.hide(names)
            with suppress(PiptuiError):  # who may not look people up sees no numbers either
                self._mask.hide((), marks_of(self.desk.lookup(), names))

    def _names(self, cases: set[str]) -> list[str]:
        """The names of the employees of these cases, as far as they can be read."""
        found = []
        for case in cases - {""}:
            with suppress(PiptuiError):
                found.append(self.desk.view(case).line.employee)
        return found

    def cover(self) -> None:
        """Put a cover over everything; what lies below stays as it is, and what is at work is left to end."""
        if self.busy:
            return
        from screens.cover import CoverPage

        if not isinstance(self.screen, CoverPage):
            self.push_screen(CoverPage())

    def cover_idle(self) -> None:
        """Cover the screen if nobody typed for as long as the settings say."""
        if self._cover_after and self._clock() - self._typed_at >= self._cover_after:
            self.cover()

    def stop(self) -> None:
        """Leave at the second ctrl+c within two seconds; copy a selection instead, if there is one."""
        chosen = getattr(self.focused, "selected_text", "")
        if chosen:
            self.copy_to_clipboard(chosen)
            self._tell(SENT if self.sent else NOT_SENT)
            return
        now = self._clock()
        if self._just_warned or now - self._stop_pressed <= _AGAIN_WITHIN:
            self.leave()
            return
        self._stop_pressed = now
        self._tell("Press ctrl+c again to leave piptui.")

    def leave(self) -> None:
        """Leave; while forms are not saved, name them first, and leave when the very next key asks again."""
        if self.busy:
            self._tell("This has to end first: Esc stops it.")
            return
        names = kept_names(self.kept)
        if not names or self._just_warned or not isinstance(self.screen, Page):
            self.exit()
            return
        self._warned = True
        if self.kept.lasting:
            self.screen.warn(f"{_counted(names)}: not saved, but kept for next time. Press again to leave.")
        else:
            self.screen.warn(f"{_counted(names)}: not saved. Press again to leave without.")

    def exit(self, result: None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """End; what is typed at this moment is kept before any form is taken apart. Whatever goes wrong while all is
        taken apart, the first reason counts."""
        if self._leaving:
            return
        self._leaving = True
        # Whatever goes wrong here, what is typed is kept.
        with suppress(Exception):
            if self._heard is not None and not self.busy:
                self._forget_removed(self.desk.watch(self._heard))
        for page in self.screen_stack:
            if isinstance(page, Page):
                page.keep_typed()
        self.kept.seal()
        super().exit(result, return_code, message)

    async def action_quit(self) -> None:
        """What Textual itself binds to ctrl+q."""
        self.leave()

    async def on_event(self, event: events.Event) -> None:
        """What is typed goes its way one by one."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            await self._key_order.take(event)
        else:
            await super().on_event(event)

    async def _typed(self, event: Typed) -> None:
        """Any key but the one that asks again takes a warning back; see `leave`."""
        self._typed_at = self._clock()
        if isinstance(event, events.Key):
            self._just_warned, self._warned = self._warned, False
            if self._just_warned:
                self._tell("")
            if self.tour is not None and self.tour.press(event.key):
                self._tell("")
                self.look_at_tour()
                return
        await super().on_event(event)

    def unanswered(self, key: str) -> None:
        """No key is silent: say that this one means nothing here, and where those stand that do."""
        if isinstance(self.screen, Page):
            self.screen.unanswered(key)

    def action_focus_next(self) -> None:
        """Tab where there are fields; elsewhere it is a key without a meaning."""
        self._focus(self.screen.focus_next, "tab")

    def action_focus_previous(self) -> None:
        """Shift+Tab, likewise."""
        self._focus(self.screen.focus_previous, "shift+tab")

    def _focus(self, move: Callable[[], object], key: str) -> None:
        before = self.focused
        if isinstance(self.screen, Page) and not self.screen.TYPING:
            self.unanswered(key)
            return
        move()
        if self.focused is before:
            self.unanswered(key)

    def _tell(self, text: str) -> None:
        if isinstance(self.screen, Page):
            self.screen.say(text)

    # -- life and end ------------------------------------------------------------------------------------

    def on_load(self) -> None:
        """Take over the signals that end a session, before the terminal is touched."""
        if threading.current_thread() is threading.main_thread():
            loop = asyncio.get_running_loop()
            for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
                loop.add_signal_handler(number, self._ended_by, number)

    def get_default_screen(self) -> Screen[None]:
        """The first page lies at the bottom: an empty one below it would be laid out and drawn at each start."""
        if self._masked_first:
            self.mask_names(on=True)
        return TodayPage()

    def on_mount(self) -> None:
        """Begin to listen for what others commit."""
        self.listen()
        self.app_resume_signal.subscribe(self, lambda _: self.redraw())
        if not self.is_headless:
            self.set_interval(1.0, self._watch_terminal)
            self.set_interval(LISTEN_EVERY, self.listen)
            if self._cover_after:
                self.set_interval(IDLE_EVERY, self.cover_idle)
            if self.tour is not None:
                self.set_interval(TOUR_EVERY, self.look_at_tour)
        self.call_after_refresh(_collect_again)

    def on_unmount(self) -> None:
        """What is typed waits for the next start."""
        self.kept.close()

    def _ended_by(self, number: signal.Signals) -> None:
        self.exit(return_code=128 + number)

    def _watch_terminal(self) -> None:
        """End when the terminal is gone and nobody said so; at once if that has not helped a second ago."""
        try:
            os.tcgetpgrp(sys.__stdin__.fileno() if sys.__stdin__ else 0)
        except OSError:
            if self._leaving:
                self.kept.close()
                self.desk.close()
                os._exit(128 + signal.SIGHUP)
            self.exit(return_code=128 + signal.SIGHUP)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters, behind them perhaps the mask of names, and the fence against control characters."""
        mask = () if self._mask is None else (self._mask,)
        return [*super().get_line_filters(), *mask, self._fence]

    def _handle_exception(self, error: Exception) -> None:
        """End after an error of the program: a short sentence, a private log without values, exit code 70. While the
        program ends anyway, pages that are taken apart may miss parts of themselves: that is no news."""
        if self._leaving:
            return
        note_failure(self, error)
        where = write_crash_log(self._crash_dir, error)
        self.exit(
            return_code=CRASHED,
            message=f"piptui stopped because of an error in the program ({type(error).__name__}). {where}",
        )
