"""Files on their way in and out of the record, as a shell would do it."""

import os
import stat
from pathlib import Path

import pytest

from piptui.carrying import check_file, completed, fetch_line, read_file, whole_path, write_private
from piptui.errors import BadInput, Denied, NotFound, Refused


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder, which is the home directory, too."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def test_exactly_the_limit_is_read(here: Path) -> None:
    """One byte more is refused, before and while reading."""
    (here / "f").write_bytes(b"12345")
    assert read_file(here / "f", 5) == b"12345"
    for read in (read_file, check_file):
        with pytest.raises(Refused, match="f has 5 bytes"):
            read(here / "f", 4)


def test_a_file_that_grows_is_not_read_without_end(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is longer than it said when it was opened is refused all the same."""
    (here / "f").write_bytes(b"12345")
    found = os.stat_result((stat.S_IFREG | 0o600, 1, 1, 1, 0, 0, 2, 0, 0, 0))
    monkeypatch.setattr("piptui.carrying.os.fstat", lambda _: found)
    with pytest.raises(Refused, match="f has more than 4 bytes"):
        read_file(here / "f", 4)


def test_what_may_not_be_read_is_said(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence with the path, whoever runs the test."""

    def denied(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("piptui.carrying.os.open", denied)
    with pytest.raises(Denied, match=f"You may not read {here / 'f'}"):
        read_file(here / "f", 4)


@pytest.mark.parametrize(("typed", "told"), [("x/y", "There is no file"), ("n" * 300, "cannot be read")])
def test_what_is_no_path_is_said(typed: str, told: str) -> None:
    """A missing folder, and a name that no file system takes."""
    with pytest.raises((NotFound, BadInput), match=told):
        read_file(whole_path(typed), 4)


def test_a_path_is_taken_as_a_shell_does(here: Path) -> None:
    """`~` is home, an unknown user's is a name like any other, and a zero byte is none at all."""
    assert whole_path("~/f") == whole_path("f") == whole_path("  f ") == here / "f"
    assert whole_path("~nobody-of-that-name/f") == here / "~nobody-of-that-name" / "f"
    with pytest.raises(BadInput):
        whole_path("a\0b")


def test_a_new_file_is_its_owners_alone(here: Path) -> None:
    """0600 whatever the umask; never over something, never through a link, but for --force, which replaces it."""
    before = os.umask(0)
    try:
        write_private(here / "f", b"1")
        write_private(here / "f", b"2", force=True)
    finally:
        os.umask(before)
    assert stat.S_IMODE((here / "f").stat().st_mode) == 0o600
    (here / "link").symlink_to(here / "g")
    for name in ("f", "link"):
        with pytest.raises(Refused, match="is there already"):
            write_private(here / name, b"3")
    write_private(here / "link", b"3", force=True)
    assert ((here / "f").read_bytes(), (here / "g").exists(), (here / "link").is_symlink()) == (b"2", False, False)
    assert sorted(path.name for path in here.iterdir()) == ["f", "link"]


def test_where_nothing_can_be_written_is_told_by_its_own_name(here: Path) -> None:
    """Not by the name that a file has until it is whole."""
    for force in (False, True):
        with pytest.raises(FileNotFoundError) as told:
            write_private(here / "no" / "f", b"1", force=force)
        assert told.value.filename == str(here / "no" / "f")


def test_no_room_leaves_nothing(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that could not be written whole is not there."""

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("piptui.carrying.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_private(here / "f", b"1")
    assert list(here.iterdir()) == []


def test_nothing_is_written_into_a_store(here: Path) -> None:
    """Nor through a link into one."""
    (here / "s" / "journal").mkdir(parents=True)
    (here / "s" / "store.json").touch()
    (here / "way").symlink_to(here / "s" / "journal")
    for path in (here / "s" / "f", here / "s" / "journal" / "f", here / "way" / "f"):
        with pytest.raises(Refused, match="inside a store"):
            write_private(path, b"1", force=True)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("", ""),
        ("10.0.0.9 50000 10.0.0.1 22", "scp noor@10.0.0.1:/f ."),
        ("fe80::9 50000 fe80::1 2222", "scp -P 2222 'noor@[fe80::1]:/f' ."),
    ],
)
def test_the_line_that_fetches_it(monkeypatch: pytest.MonkeyPatch, line: str, told: str) -> None:
    """For the other end of an SSH line, with its port; none where there is no such line."""
    monkeypatch.setenv("SSH_CONNECTION", line)
    assert fetch_line(Path("/f"), "noor") == told


@pytest.mark.parametrize(
    ("typed", "longer", "names"),
    [
        ("", "", ("letter-2.pdf", "letter.pdf", "other/")),
        ("l", "letter", ("letter-2.pdf", "letter.pdf")),
        ("letter.", "letter.pdf", ("letter.pdf",)),
        ("letter.pdf", "letter.pdf", ("letter.pdf",)),
        ("o", "other/", ("other/",)),
        ("other/", "other/in.txt", ("in.txt",)),
        ("~/o", "~/other/", ("other/",)),
        (".", ".hidden", (".hidden",)),
        ("nothing", "nothing", ()),
        ("nowhere/x", "nowhere/x", ()),
    ],
)
def test_paths_are_completed(here: Path, typed: str, longer: str, names: tuple[str, ...]) -> None:
    """As far as there is one way; folders with their slash, hidden names for who typed the dot."""
    for name in ("letter.pdf", "letter-2.pdf", ".hidden"):
        (here / name).touch()
    (here / "other").mkdir()
    (here / "other" / "in.txt").touch()
    assert completed(typed) == (longer, names)
