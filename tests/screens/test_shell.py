"""The frame around all pages: the registry of actions, signs, starting, ending, crashing."""

import io
import re
import stat
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from textual.color import Color

from piptui.errors import Busy
from piptui.text import width
from screens import start
from screens.actions import bindings, key_word
from screens.app import PiptuiApp
from screens.cases import CasesPage
from screens.crash import CRASHED
from screens.registry import registry
from screens.signs import Fence, shown, sparkline
from screens.widgets.lines import Column, layout
from tests.screens.conftest import Opened
from tests.screens.fake import FakeDesk
from tests.screens.screen_text import app_of, page_of, screen_text

_NAMED = "question_mark|slash|colon|full_stop|escape|enter|tab|shift\\+tab|space|up|down|left|right"
_ALLOWED = re.compile(f"[a-zA-Z0-9]|f[1-9]|f10|{_NAMED}|home|end|pageup|pagedown|ctrl\\+[acdefgjklnopqrstuwxz]")


# -- the registry -----------------------------------------------------------------------------------------


def test_every_key_reaches_us_through_a_plain_terminal() -> None:
    """No default key is one that a plain terminal cannot send or sends as another one."""
    for action in registry().values():
        assert action.keys
        assert all(_ALLOWED.fullmatch(key) for key in action.keys), action


def test_every_action_explains_itself() -> None:
    """Each action has a sentence that starts with a capital and ends without a full stop, and a short word."""
    for name, action in registry().items():
        assert action.id == name
        assert action.sentence[0].isupper()
        assert not action.sentence.endswith(".")
        assert 0 < len(action.short) <= 18


def test_bindings_name_their_action() -> None:
    """A binding calls the verb of its action, so that footer, help and key cannot disagree."""
    action = registry()["cases.filter"]
    assert [(binding.key, binding.action) for binding in bindings((action,))] == [("slash", "verb('cases.filter')")]


@pytest.mark.parametrize(("key", "word"), [("escape", "Esc"), ("f8", "F8"), ("f", "f"), ("ctrl+s", "ctrl+s")])
def test_key_words(key: str, word: str) -> None:
    """Keys are printed the way keyboards name them."""
    assert key_word(key) == word


# -- what reaches the terminal ----------------------------------------------------------------------------


@given(st.text())
def test_nothing_shown_can_drive_a_terminal(text: str) -> None:
    """Whatever is stored, no control character and no direction override is left in a shown line."""
    for ascii_only in (False, True):
        line = shown(text, ascii=ascii_only)
        assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", line)


@given(st.text())
def test_the_fence_holds_whatever_draws(text: str) -> None:
    """Even a widget that cleans nothing cannot send a control character."""
    segments = Fence().apply([Segment(text)], Color(0, 0, 0))
    assert not re.search("[\x00-\x1f\x7f-\x9f]", "".join(segment.text for segment in segments))


def test_signs_keep_their_cells_in_ascii() -> None:
    """An ASCII twin takes the same cells as its sign, so that columns stay straight."""
    signs = "●✗·◎✓□─│▁▂▃▄▅▆▇█→…"
    assert shown(signs, ascii=True).isascii()
    assert width(shown(signs, ascii=True)) == width(signs)


def test_sparkline_goes_from_baseline_to_target() -> None:
    """The bars rise towards the target, also where lower is better; one value and equal bounds are drawn, too."""
    values = [Decimal(20), Decimal(35), Decimal(50)]
    assert sparkline(values, Decimal(20), Decimal(50)) == "▁▅█"
    assert sparkline(values[::-1], Decimal(50), Decimal(20)) == "█▅▁"
    assert sparkline([Decimal(3)], Decimal(3), Decimal(3)) == "▄"
    assert sparkline([], Decimal(0), Decimal(1)) == ""


@given(st.integers(20, 300))
def test_columns_fill_their_room(room: int) -> None:
    """Columns use the width they are given and never run over it while their least widths fit."""
    columns = (Column("", 1), Column("a", 4), Column("b", 13, grow=2), Column("c", 15, grow=1, shown_from=56))
    used = layout(columns, room)
    taken = sum(cells for _, cells in used) + 2 * (len(used) - 1) - 1
    assert room - 3 <= taken <= max(room, 1 + 1 + 4 + 2 + 6)


# -- starting ---------------------------------------------------------------------------------------------


class _Terminal(io.TextIOWrapper):
    def __init__(self, encoding: str = "utf-8", *, tty: bool = True) -> None:
        super().__init__(io.BytesIO(), encoding=encoding)
        self._tty = tty

    def isatty(self) -> bool:
        return self._tty


@pytest.mark.parametrize("term", ["", "dumb", "unknown"])
def test_a_dumb_terminal_is_refused(term: str) -> None:
    """A terminal that cannot place a cursor gets a sentence that names it and the way without screens."""
    told = start.unfit({"TERM": term}, _Terminal(), _Terminal())
    assert f"TERM={term}" in told
    assert "command line" in told


def test_what_is_no_terminal_is_refused() -> None:
    """Redirected input or output, and an encoding that cannot show signs, each have their own sentence."""
    env = {"TERM": "xterm-256color"}
    assert "standard input" in start.unfit(env, _Terminal(tty=False), _Terminal())
    assert "standard error" in start.unfit(env, _Terminal(), _Terminal(tty=False))
    assert "iso8859-1" in start.unfit(env, _Terminal(), _Terminal("iso8859-1"))
    assert start.unfit(env, _Terminal(), _Terminal()) == ""


def test_settings_of_textual_are_ours() -> None:
    """What others set for Textual is dropped, but for the switch that odd terminals need; so is a frozen size."""
    env = {"COLUMNS": "200", "LINES": "9"} | {
        "TEXTUAL_PRESS": "q",
        "TEXTUAL": "debug",
        "TEXTUAL_FPS": "1",
        "TEXTUAL_DISABLE_KITTY_KEY": "1",
        "LANG": "C",
    }
    start.settle(env)
    assert env["TEXTUAL_FPS"] == "240"
    assert "TEXTUAL_PRESS" not in env
    assert "TEXTUAL" not in env
    assert not env.keys() & {"COLUMNS", "LINES"}
    assert env["TEXTUAL_DISABLE_KITTY_KEY"] == "1"
    assert env["LANG"] == "C"


@pytest.mark.parametrize(
    ("env", "ascii_only"),
    [
        ({}, False),
        ({"PIPTUI_ASCII": "1"}, True),
        ({"PIPTUI_ASCII": "0", "TERM": "linux"}, False),
        ({"TERM": "linux"}, True),
    ],
)
def test_ascii_is_asked_for_or_needed(env: dict[str, str], ascii_only: bool) -> None:
    """PIPTUI_ASCII decides; the kernel's console gets ASCII by itself."""
    assert start.wants_ascii(env) is ascii_only


# -- ending -----------------------------------------------------------------------------------------------


async def test_ctrl_c_leaves_only_when_pressed_twice(desk: FakeDesk, tmp_path: Path) -> None:
    """The first ctrl+c says so, a second one too late says so again, one in time leaves."""
    now = [0.0]
    app = PiptuiApp(desk, clock=lambda: now[0])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+c")
        assert "again" in page_of(pilot).message
        now[0] = 5.0
        await pilot.press("ctrl+c")
        assert app.is_running
        now[0] = 6.5
        await pilot.press("ctrl+c")
        assert app.return_code == 0


async def test_ctrl_q_leaves_from_inside_a_text_field(opened: Opened, desk: FakeDesk) -> None:
    """No field takes the key that leaves."""
    async with opened(desk, keys=("slash", "a", "ctrl+q")) as pilot:
        assert app_of(pilot).return_code == 0


async def test_a_crash_leaves_a_private_log_without_case_text(desk: FakeDesk, tmp_path: Path) -> None:
    """An error of the program ends with 70; the log has frames, but neither messages nor values."""
    desk.errors["agenda"] = ZeroDivisionError("Dana Okafor's salary")
    app = PiptuiApp(desk, crash_dir=tmp_path / "crash")
    with pytest.raises(ZeroDivisionError):
        async with app.run_test(size=(80, 24)):
            pass
    assert app.return_code == CRASHED
    (log,) = (tmp_path / "crash").iterdir()
    text = log.read_text(encoding="utf-8")
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert "ZeroDivisionError" in text
    assert "screens/today.py" in text
    assert "Okafor" not in text


async def test_a_store_that_is_busy_from_the_start_still_opens(opened: Opened, desk: FakeDesk) -> None:
    """The first page comes up and tells what is wrong; reading again mends it."""
    desk.errors["list"] = Busy("Noor is writing. Try again.")
    async with opened(desk) as pilot:
        assert isinstance(page_of(pilot), CasesPage)
        assert "Noor is writing" in screen_text(pilot)
        desk.errors.clear()
        await pilot.press("r")
        await pilot.pause()
        assert "0007  Dana Okafor" in screen_text(pilot)
