"""Saved views: what is kept under a number, and what happens to a file that is broken."""

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piptui.errors import BadInput, Full
from piptui.paths import forget_store, views_dir
from piptui.views import BUILT_IN, NUMBERS, View, Views

STORE = "5f0c0ffee"
OWN = View(query='manager:"kim lee" is:overdue', sort="-end")


def test_a_view_comes_back_in_the_next_session(tmp_path: Path) -> None:
    """What is kept under a number is there for whoever has the same store next."""
    Views(tmp_path, STORE).keep(5, OWN)
    again = Views(tmp_path, STORE)
    assert again.get(5) == OWN
    assert [number for number in NUMBERS if again.own(number)] == [5]


def test_one_of_the_first_four_comes_back_when_its_own_is_removed(tmp_path: Path) -> None:
    """A view of one's own hides a built-in one and does not destroy it."""
    views = Views(tmp_path, STORE)
    views.keep(2, OWN)
    assert views.get(2) == OWN
    assert views.remove(2)
    assert views.get(2) == BUILT_IN[2]
    assert not views.remove(2)


def test_only_the_owner_can_read_it_and_no_half_file_is_left(tmp_path: Path) -> None:
    """A query may name people: the file is 0600, and there is no other."""
    Views(tmp_path, STORE).keep(7, OWN)
    (path,) = (one for one in tmp_path.rglob("*") if one.is_file())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("content", [b"", b"{", b'{"query": 1}', b'{"query": "a", "other": 2}', b"\xff\xfe"])
def test_a_broken_file_is_named_and_stops_no_other_view(tmp_path: Path, content: bytes) -> None:
    """The sentence names the file; the other numbers answer, and the file is left for its owner to mend."""
    views = Views(tmp_path, STORE)
    views.keep(5, OWN)
    views.keep(6, OWN)
    (path,) = tmp_path.rglob("5.json")
    path.write_bytes(content)
    with pytest.raises(BadInput, match=r"View 5 cannot be read from .*5\.json"):
        views.get(5)
    assert views.get(6) == OWN
    assert path.read_bytes() == content


def test_keeping_replaces_a_broken_file(tmp_path: Path) -> None:
    """Whoever keeps a view on that number has decided about it."""
    views = Views(tmp_path, STORE)
    views.keep(5, OWN)
    (path,) = tmp_path.rglob("5.json")
    path.write_bytes(b"{")
    views.keep(5, View(query="is:open"))
    assert views.get(5) == View(query="is:open")


def test_a_disk_that_takes_no_file_is_told(tmp_path: Path) -> None:
    """The number, the place and the reason are said; nothing is claimed to be kept."""
    (tmp_path / "base").write_text("a file where the folder would be")
    views = Views(tmp_path / "base", STORE)
    with pytest.raises(Full, match=r"View 5 was not kept in .*5\.json"):
        views.keep(5, OWN)
    with pytest.raises(BadInput):
        views.get(5)


def test_without_a_place_the_built_in_ones_are_all() -> None:
    """Where nothing can be kept, the first numbers still show something, and keeping says why not."""
    views = Views(None, STORE)
    assert [views.get(number) for number in (1, 9)] == [BUILT_IN[1], None]
    with pytest.raises(BadInput, match="state directory"):
        views.keep(5, OWN)
    assert not views.remove(5)


@pytest.mark.parametrize("number", [0, 10, -1])
def test_there_are_nine_numbers(tmp_path: Path, number: int) -> None:
    """Any other number is refused with what there is."""
    with pytest.raises(BadInput, match="1 to 9"):
        Views(tmp_path, STORE).get(number)


def test_each_store_has_its_own_and_they_go_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same number shows another view at another store, and a store that is thrown away leaves none."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    one, other = Views(views_dir(), STORE), Views(views_dir(), "../../etc")
    one.keep(5, OWN)
    other.keep(5, View(query="is:open"))
    assert one.get(5) == OWN
    forget_store(STORE)
    assert one.get(5) is None
    assert other.get(5) == View(query="is:open")


@given(query=st.text(), sort=st.text(max_size=8))
def test_every_query_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, query: str, sort: str) -> None:
    """Whatever was typed is given back letter by letter."""
    base = tmp_path_factory.mktemp("views")
    Views(base, STORE).keep(5, View(query=query, sort=sort))
    assert Views(base, STORE).get(5) == View(query=query, sort=sort)
