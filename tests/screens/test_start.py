"""What is said before the screens stand: how far the first reading of a large store is."""

from io import StringIO

from screens.start import MANY, SOME, prepare
from tests.screens.fake import FakeDesk


def test_long_reading_tells_how_far_it_is(desk: FakeDesk) -> None:
    """A store whose every row is to be made anew says so, with figures that move, and takes the line away again."""
    desk.unprepared = MANY + SOME
    screen = StringIO()
    prepare(desk, screen)
    lines = screen.getvalue().split("\r")
    assert [line.split(": ")[1].split(".")[0] for line in lines[1:7]] == [
        f"{done} % done" for done in (0, 16, 33, 50, 66, 83)
    ]
    assert max(map(len, lines)) < 80
    assert not lines[-2].strip()
    assert not lines[-1]
    assert not desk.unprepared


def test_short_reading_is_not_told(desk: FakeDesk) -> None:
    """An ordinary start writes nothing before the screens stand."""
    desk.unprepared = MANY - 1
    screen = StringIO()
    prepare(desk, screen)
    assert not screen.getvalue()
