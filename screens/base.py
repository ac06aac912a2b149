"""What every page shares: five lines around a body, verbs that always answer, errors that never crash.

A page subclass gives `ACTIONS` (what its keys do, methods `verb_…`), `HINTS` (ids for the footer), `heading`
and `body`. Modules of pages are imported when they are first opened: starting stays quick.
"""

import os
import signal
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar, Final

from textual import getters
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from piptui.cases.words import words
from piptui.desk.api import ActLine, Desk, Done
from piptui.errors import NotFound, PiptuiError
from screens.actions import LIST_ACTIONS, PAGE_ACTIONS, Action, bindings, is_told, key_word, types_a_character
from screens.line import can_pause
from screens.shell import Shell
from screens.textual_private import GuardedScreen
from screens.widgets.bars import HintBar, Message, Rule, TextLine
from screens.widgets.cursored import Cursored

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


SENT: Final = "Sent to the clipboard of your terminal."
NOT_SENT: Final = "Kept for pasting here alone: the terminal has no clipboard that takes it."


def why_not(act: ActLine) -> tuple[str, str]:
    """Why an act is not possible now, to say: that it is not, and the reason without its name once more."""
    return f"{act.title}: not now.", act.reason.removeprefix(f"{act.title}: ")


class Page(GuardedScreen):
    """One level of the program. `case` is the number of the case that it is about, empty if none."""

    ACTIONS: ClassVar[tuple[Action, ...]] = ()
    HINTS: ClassVar[tuple[str, ...]] = ()
    TYPING: ClassVar[bool] = False
    """True where the focus is in a text field: the footer then names keys that a field does not take."""
    LISTS: ClassVar[bool] = False
    """True where cases are listed: one that is not to be seen any more leaves the list without a word."""
    AUTO_FOCUS = ""
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (13, "-short"), (16, "-tall")]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]

    app = getters.app(Shell)
    case: str = ""
    main: Cursored | None = None
    """The list or text that list keys move, wherever the focus is; set when the page is mounted."""
    _stale: bool = False
    _ready: bool = False
    gone: tuple[str, ...] = ()
    """What to say when this page closes because what it shows was removed from the record; () while it stays."""
    _beside: str = ""
    """Who else is typing in a form of this case."""

    def __init_subclass__(cls, **flags: Any) -> None:
        if "BINDINGS" not in cls.__dict__:
            cls.BINDINGS = [*bindings((*PAGE_ACTIONS, *cls.ACTIONS, *(() if cls.TYPING else LIST_ACTIONS)))]
        super().__init_subclass__(**flags)

    @property
    def desk(self) -> Desk:
        """The one door to the record."""
        return self.app.desk

    # -- what it looks like ------------------------------------------------------------------------------

    def heading(self) -> str:
        """What this is: the first line, left."""
        return ""

    def heading_right(self) -> str:
        """Who is here and what day it is: the first line, right."""
        me = self.app.me()
        day = me.today
        date = f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"
        role = words(me.role) if me.role else "owner" if me.kind == "personal" else ""
        masked = "names masked" if self.app.masked else ""
        return " · ".join(filter(None, (masked, me.name, role, date)))

    def above(self) -> Iterable[Widget]:
        """Lines between heading and rule; none by default."""
        return ()

    def body(self) -> Iterable[Widget]:
        """The widgets of the body."""
        return ()

    def compose(self) -> ComposeResult:
        """Heading, rule, body, rule, message, hints."""
        yield TextLine(bold=True, id="heading")
        yield from self.above()
        yield Rule(id="head-rule")
        with Vertical(id="body"):
            yield from self.body()
        yield Rule(id="foot-rule")
        yield Message(id="message")
        yield HintBar(id="hints")

    def __init__(self) -> None:
        super().__init__()
        self._typed_ahead: list[str] = []

    def on_mount(self) -> None:
        """Print the lines around the body; then do what was typed while the page was being built.

        Textual calls this after the `on_mount` of the subclass.
        """
        self.refresh_lines()
        self._ready = True
        for name in self._typed_ahead:
            self.action_verb(name)

    def refresh_lines(self) -> None:
        """Print heading and footer again."""
        try:
            # While somebody else types here, that matters more than who one is oneself.
            self.query_one("#heading", TextLine).show(self.heading(), self._beside or self.heading_right())
            self.query_one("#hints", HintBar).show(self.hints())
        except PiptuiError as error:
            # Not as a form tells it: that would print these lines again, without an end.
            Page.trouble(self, error)

    def hints(self) -> Sequence[tuple[str, str]]:
        """What the footer says: keys and words, the way back last."""
        known = {action.id: action for action in (*LIST_ACTIONS, *self.all_actions())}
        return tuple(
            (self._shown_key(known[name]), self.hint_word(known[name]))
            for name in (*self.hint_ids(), "page.help", "page.escape" if self.TYPING else "page.back")
        )

    def _shown_key(self, action: Action) -> str:
        free = [key for key in action.keys if not (self.TYPING and types_a_character(key))]
        return key_word((free or action.keys)[0])

    def hint_ids(self) -> tuple[str, ...]:
        """The four actions that matter most here now; help and the way back follow by themselves."""
        return self.HINTS

    def hint_word(self, action: Action) -> str:
        """The word in the footer for an action; a page may say it more exactly."""
        return action.short

    def all_actions(self) -> tuple[Action, ...]:
        """What keys do here now: those of the focused widget, of the page, and of every page."""
        focused = self.focused
        own: tuple[Action, ...] = tuple(getattr(focused, "ACTIONS", ()))
        return (*self.ACTIONS, *own, *PAGE_ACTIONS)

    # -- talking -----------------------------------------------------------------------------------------

    @property
    def message(self) -> str:
        """What the message line says now."""
        return self.query_one("#message", Message).text

    def say(self, text: str, *more: str) -> None:
        """Tell something; an empty text clears the line. Never markup."""
        self.query_one("#message", Message).show([part for part in (text, *more) if part])

    def warn(self, text: str, *reasons: str) -> None:
        """Tell what is not possible and why, each reason on its own line."""
        self.query_one("#message", Message).show([text, *reasons], warning=True)

    def trouble(self, error: PiptuiError) -> None:
        """Show an error of the desk: its sentence and its reasons. What was typed stays."""
        self.warn(str(error), *(reason for reason in getattr(error, "reasons", ()) if reason != str(error)))

    @contextmanager
    def guard(self) -> Iterator[None]:
        """Turn the desk's errors inside the block into the message line."""
        try:
            yield
        except PiptuiError as error:
            self.trouble(error)

    # -- keys --------------------------------------------------------------------------------------------

    def action_verb(self, name: str) -> None:
        """Do what a key stands for. The desk's errors become a message."""
        if not self._ready:
            if not self.TYPING:  # there, letters are meant for a field that is not drawn yet
                self._typed_ahead.append(name)
            return
        self.say("")
        if name.startswith("list."):
            if self.main is not None:
                self.main.action_verb(name)
            return
        verb = getattr(self, f"verb_{name.rpartition('.')[2]}")
        with self.guard():
            verb()

    def unanswered(self, key: str) -> None:
        """Say that a key means nothing here."""
        if self._ready:
            name = key_word(key) if is_told(key) else "That key"
            self.say(f"{name} does nothing here: {'F1' if self.TYPING else '?'} shows the keys.")

    def moved(self, told: str) -> None:
        """The cursor moved by a key, and what was said before belongs to the past; or it could not move, and why."""
        if self._ready:
            self.say(told)

    def verb_help(self) -> None:
        """Show what every key does here."""
        self.app.open_help(self.heading(), self.all_actions())

    def verb_palette(self) -> None:
        """Open the list of commands."""
        self.app.open_palette()

    def verb_find(self) -> None:
        """Search through all texts."""
        self.app.open_find()

    def verb_acts(self) -> None:
        """List all acts on this page's case."""
        if not self.case:
            self.warn("There is no case under the cursor to act on.")
            return
        self.app.open_acts(self.case)

    def do_act(self, act: str, data: Mapping[str, Any] | None = None) -> None:
        """Open the page of an act on this page's case, or say why it is not possible now."""
        if not self.case:
            self.warn("There is no case under the cursor to act on.")
            return
        known = next((line for line in self.desk.acts(self.case) if line.act == act), None)
        if known is None or not known.possible:
            self.not_now(act, why_not(known) if known else ("Your role has no such act here.",))
            return
        self.app.open_act(self.case, act, data)

    def not_now(self, act: str, told: Sequence[str]) -> None:
        """Say why an act is not possible; text that was typed for it is shown, since its form does not open."""
        if not (self.case and self.app.open_left_over(self.case, act, told)):
            self.warn(*told)

    def verb_redraw(self) -> None:
        """Draw everything again."""
        self.refresh(layout=True, recompose=False, repaint=True)
        self.app.redraw()
        self.say("Drawn again.")

    def copy(self, text: str, told: str = "") -> None:
        """Send a text to the clipboard, and show it all the same: a terminal never says whether it took it."""
        self.app.copy_to_clipboard(text)
        self.say(told or text, SENT if self.app.sent else NOT_SENT)

    def verb_mask(self) -> None:
        """Names of employees as initials, for a screen that others look at, or as they are."""
        on = not self.app.masked
        self.app.mask_names(on=on)
        if on:
            self.say(
                "Names masked (F4): employees as initials, their numbers and e-mails as dots.",
                "Files, packets and what you copy have the names.",
            )
        else:
            self.say("Names are drawn as they are.")

    def verb_cover(self) -> None:
        """Cover the screen."""
        if self.app.busy:
            self.warn("This has to end first: Esc stops it.")
        else:
            self.app.cover()

    def verb_pause(self) -> None:
        """Give the terminal to the shell, until it gives it back."""
        if can_pause():
            os.kill(os.getpid(), signal.SIGTSTP)
        else:
            self.warn("No shell waits that could bring piptui back: q goes back, ctrl+q leaves.")

    def verb_back(self) -> None:
        """Go back one level."""
        self.app.pop_screen()

    def verb_escape(self) -> None:
        """Go back one level, as `q` does; the first screen and forms have their own."""
        self.verb_back()

    def verb_stop(self) -> None:
        """First ctrl+c: say how to leave."""
        self.app.stop()

    def verb_quit(self) -> None:
        """Leave piptui, with one warning while something typed is not saved."""
        self.app.leave()

    def heard(self, cases: Collection[str], who: str) -> None:
        """Others changed these cases: what is on top reads again at once, what lies below when it is seen."""
        if self.gone or not self.concerns(cases):
            return
        if self.app.screen is self:
            with self.guard():
                self.on_news(who)
        else:
            self._stale = True

    def beside(self, told: str) -> None:
        """Others type in a form of this case, in words; "" for nobody."""
        if told != self._beside:
            self._beside = told
            self.refresh_lines()

    # -- changes -----------------------------------------------------------------------------------------

    def committed(self, done: Done, *, stay: bool = False, told: str = "") -> None:
        """Say that an act is in the record: every page below reads again, and unless `stay`, this page closes
        and the one below says the sentence, or what is `told` instead."""
        self.app.committed_here(done.seq)
        for page in self.app.screen_stack:
            if isinstance(page, Page) and page is not self:
                page._stale = True
        if stay:
            self.say(told or done.sentence)
            return
        below = self.app.screen_stack[-2]
        self.app.pop_screen()
        if isinstance(below, Page):
            below.say(told or done.sentence)

    def on_changed(self) -> None:
        """Read again what is shown, cursor kept; called when something was committed above this page."""

    def keep_typed(self) -> None:
        """The program ends: keep what is typed here; on most pages nothing is."""

    def concerns(self, cases: Collection[str]) -> bool:
        """Whether changes of these cases ("" stands for people) may show here."""
        return self.case in cases if self.case else False

    def on_news(self, who: str) -> None:
        """Somebody else committed to what is shown: read again, cursor kept, and say who it was."""
        self.on_changed()
        self.refresh_lines()
        if not self.message:
            self.say(f"{who} changed this just now.")

    def read_quietly(self) -> None:
        """Read again, at once or when this page is seen; nothing is said."""
        if self.app.screen is self:
            with self.guard():
                self.on_changed()
        else:
            self._stale = True

    def goes_with(self, cases: Collection[str]) -> bool:
        """Whether this page closes when texts of these cases are removed from the record: it shows them and does
        not read again, or there is nothing to read any more."""
        if not self.concerns(cases):
            return False
        if type(self).on_changed is Page.on_changed:
            return True
        try:
            if self.case:
                self.desk.view(self.case)
        except NotFound:
            return True
        except PiptuiError:
            return False
        return False

    def on_screen_suspend(self) -> None:
        """Another page is opened: what was said before belongs to the past."""
        self.say("")

    def on_screen_resume(self) -> None:
        """Read again if something was committed above."""
        if self.gone:
            self.app.close_gone()
            return
        if self._stale:
            self._stale = False
            with self.guard():
                self.on_changed()
            self.refresh_lines()
