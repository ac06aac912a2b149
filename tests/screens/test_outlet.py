"""What goes out waits for the line, and the program does not."""

import os
from collections.abc import Iterator
from time import monotonic

import pytest

from screens import outlet
from screens.outlet import Outlet


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    """A line that holds 64 KB until somebody reads."""
    ends = os.pipe()
    yield ends
    for end in ends:
        try:
            os.close(end)
        except OSError:
            continue


def running(number: int) -> Outlet:
    """An outlet at work."""
    made = Outlet(number)
    made.start()
    return made


def test_texts_come_out_in_their_order(pipe: tuple[int, int]) -> None:
    """Everything that was put arrives, in order, before the end."""
    out = running(pipe[1])
    for number in range(200):
        out.put(f"{number} é\n")
    out.end()
    assert os.read(pipe[0], 65536).decode() == "".join(f"{number} é\n" for number in range(200))
    assert not out.is_alive()
    assert out.behind == 0


def test_a_stalled_line_holds_nobody_up(pipe: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Putting never waits, however much; settling and ending wait as long as nothing is taken, and no longer."""
    monkeypatch.setattr(outlet, "STALLED", 0.05)
    out = running(pipe[1])
    before = monotonic()
    for _ in range(100):
        out.put("x" * 10_000)
    assert not out.settle()
    out.drop()
    out.put("never")
    out.end()
    assert monotonic() - before < 2
    assert out.is_alive()


def test_a_slow_line_is_waited_for(pipe: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    """As long as the line takes something, all of it is written."""
    monkeypatch.setattr(outlet, "STALLED", 0.5)
    out = running(pipe[1])
    out.put("y" * 300_000)
    taken = 0
    while taken < 300_000:
        taken += len(os.read(pipe[0], 20_000))
    assert out.settle()
    out.end()
    assert not out.is_alive()


def test_a_line_that_is_gone_is_no_error(pipe: tuple[int, int]) -> None:
    """Who reads the same line hears of its end; who writes goes on in silence."""
    out = running(pipe[1])
    os.close(pipe[0])
    out.put("lost")
    out.put("lost, too")
    assert out.settle()
    out.end()
    assert not out.is_alive()
