"""Options around every command, errors and exit codes."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from piptui import __version__
from piptui.cli import session
from piptui.cli.failures import report
from piptui.desk.api import Actor
from piptui.errors import BadInput, Busy, Conflict, Corrupt, Denied, Full, NotFound, PiptuiError, Refused

from .conftest import Run
from .fake import Wired


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Refused("No."), 1),
        (Denied("Not you."), 1),
        (NotFound("No case 99."), 2),
        (BadInput("Cannot read that."), 2),
        (Busy("Held by kim."), 3),
        (Full("No room."), 3),
        (Corrupt("Damaged."), 4),
        (Conflict("Changed."), 5),
    ],
)
def test_exit_codes(run: Run, wired: Wired, error: PiptuiError, code: int) -> None:
    """Every error ends with its own code, as a sentence or as an object on standard error."""
    wired.desk.error = error
    plain = run("cases")
    assert (plain.exit_code, plain.stdout) == (code, "")
    assert plain.stderr == f"piptui: {error}\n"
    machine = run("cases", "--json")
    assert machine.exit_code == code
    found = json.loads(machine.stderr)
    assert (found["error"], found["message"]) == (type(error).__name__.lower(), str(error))
    assert wired.desk.closed == 2


@pytest.mark.parametrize("name", [None, "/srv/pip/head"])
def test_a_disk_that_fails_is_no_fault_of_the_program(name: str | None) -> None:
    """It ends as a store that cannot be reached does, and nothing is logged."""
    error = OSError(errno.EIO, "Input/output error", name)
    assert report(error) == 3


def test_reasons_are_listed(run: Run, wired: Wired) -> None:
    """A refusal with several reasons shows each on its own line."""
    wired.desk.error = Refused("The plan cannot be issued.", ("Goal g1 has no target.", "No HR partner."))
    assert run("cases").stderr.splitlines() == [
        "piptui: The plan cannot be issued.",
        "  - Goal g1 has no target.",
        "  - No HR partner.",
    ]
    assert json.loads(run("cases", "--json").stderr)["reasons"] == ["Goal g1 has no target.", "No HR partner."]


def test_a_conflict_gives_back_what_was_typed(run: Run, wired: Wired) -> None:
    """Before, theirs and yours are printed whole, so that nothing typed is lost."""
    wired.desk.error = Conflict("Noor saved this goal.", theirs={"target": "12"}, yours={"target": "15"}, before=None)
    result = run("do", "7", "note")
    assert result.exit_code == 5
    assert '"target": "15"' in result.stderr
    assert '"target": "12"' in result.stderr
    assert json.loads(run("do", "7", "note", "--json").stderr)["yours"] == {"target": "15"}


def test_a_fault_of_ours_is_logged_without_case_text(run: Run, wired: Wired, tmp_path: Path) -> None:
    """An unexpected error ends with 70 and one line; the private log has places, but neither message nor values."""
    wired.desk.error = ValueError("SECRET-TEXT of a case")
    result = run("find", "SECRET-TEXT")
    assert result.exit_code == 70
    assert "SECRET" not in result.output
    (log,) = (tmp_path / "state" / "piptui").glob("fault-*.log")
    assert str(log) in result.stderr
    assert log.stat().st_mode & 0o777 == 0o600
    text = log.read_text(encoding="utf-8")
    assert "builtins.ValueError" in text
    assert "fake.py" in text
    assert "SECRET" not in text


def test_a_fault_that_cannot_be_logged_still_ends_with_70(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Where the log cannot be written the sentence says so."""
    assert report(ValueError("x"), log_dir=tmp_path / "missing") == 70
    assert "could not be logged" in capsys.readouterr().err


def test_an_interrupt_ends_with_130(run: Run, wired: Wired, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+c ends with 130 and lets go of the store."""

    def interrupted(_query: str = "", **_more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(wired.desk, "list", interrupted)
    assert run("cases").exit_code == 130
    assert wired.desk.closed == 1


def test_a_missing_file_is_named(run: Run) -> None:
    """A file that is not there ends with 2 and its name."""
    result = run("do", "7", "note", "--set", "text=@/nowhere/x")
    assert result.exit_code == 2
    assert "/nowhere/x: No such file" in result.stderr


def test_options_stand_before_and_after(run: Run, wired: Wired, tmp_path: Path) -> None:
    """Store and role are understood on both sides of the command; the nearer one counts; counsel is legal."""
    run("--store", str(tmp_path / "a"), "--as", "hr", "cases")
    run("--store", str(tmp_path / "a"), "cases", "--store", str(tmp_path / "b"), "--as", "counsel")
    assert wired.opened == [
        (tmp_path / "a", Actor("kim", "hr")),
        (tmp_path / "b", Actor("kim", "legal")),
    ]


def test_the_store_of_the_environment(
    run: Run, wired: Wired, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PIPTUI_STORE is used where no option names a store."""
    monkeypatch.setenv("PIPTUI_STORE", str(tmp_path / "env"))
    run("cases")
    assert wired.opened[0][0] == tmp_path / "env"


def test_without_a_command_the_screens_open(run: Run, wired: Wired) -> None:
    """Options without a command open the screens on that store and role."""
    assert run("--as", "manager").exit_code == 0
    assert wired.screens == 1
    assert wired.opened[0][1].role == "manager"


def test_wrong_use_ends_with_2(run: Run) -> None:
    """An unknown command or option is wrong use."""
    assert run("frobnicate").exit_code == 2
    assert run("cases", "--frobnicate").exit_code == 2
    assert run("cases", "--as", "boss").exit_code == 2


def test_the_login_is_the_process_owner(monkeypatch: pytest.MonkeyPatch) -> None:
    """USER says what it likes: the login is that of the user id."""
    before = session.login()
    monkeypatch.setenv("USER", "somebody-else")
    monkeypatch.setenv("LOGNAME", "somebody-else")
    assert session.login() == before != "somebody-else"


def python(*args: str, **more: str) -> subprocess.CompletedProcess[str]:
    """A fresh Python with the arguments."""
    return subprocess.run(
        [sys.executable, *args], capture_output=True, text=True, check=False, env={**os.environ, **more}, timeout=60
    )


def test_version_loads_nothing() -> None:
    """`--version` answers without click, msgspec or Textual."""
    code = (
        "import sys; sys.argv = ['piptui', '--version']; from piptui.__main__ import main; main();"
        "print(sorted({'click', 'msgspec', 'textual', 'pendulum'} & set(sys.modules)))"
    )
    assert python("-c", code).stdout == f"piptui {__version__}\n[]\n"


def test_the_command_line_loads_no_screen() -> None:
    """Building all commands loads neither Textual nor rich, and no pendulum."""
    code = (
        "import sys; from msgspec.structs import fields;"
        "import piptui.cli.root as r; from piptui.cli.session import Doors;"
        "r.build(Doors(*[None] * len(fields(Doors))));"
        "print(sorted({'textual', 'rich', 'pendulum', 'tinydb'} & set(sys.modules)))"
    )
    assert python("-c", code).stdout == "[]\n"


def test_a_reader_that_goes_away_is_no_error() -> None:
    """`piptui cases | head -0` ends quietly, as a shell reports SIGPIPE."""
    code = (
        "from tests_fake import Wired, FakeDesk, case_line; from piptui.cli.root import run;"
        "run(Wired(FakeDesk(lines=(case_line(),) * 20000)).doors(), ['cases', '--json'])"
    )
    setup = "import sys; sys.path.insert(0, sys.argv[1]); import fake; sys.modules['tests_fake'] = fake;"
    line = [sys.executable, "-c", setup + code, str(Path(__file__).parent)]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        said = process.stderr.read()
    assert (said, process.returncode) == (b"", 141)


def test_a_terminal_without_a_letter_is_no_fault() -> None:
    """A name that the output's encoding lacks is printed with escapes, in plain and in JSON."""
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import fake; from piptui.cli.root import run;"
        "run(fake.Wired(fake.FakeDesk()).doors(), ['cases', *sys.argv[2:]])"
    )
    for args in ((), ("--json",)):
        result = python("-c", code, str(Path(__file__).parent), *args, PYTHONIOENCODING="latin-1")
        assert (result.returncode, result.stderr) == (0, "")
        assert "\\u65e5" in result.stdout


def test_bytes_that_are_no_text_are_no_fault(run: Run) -> None:
    """An argument that is not UTF-8 reaches the desk, and its echo is clean."""
    for args in (("cases", "nothing", "\udcff"), ("do", "1", "\udcff"), ("do", "1", "\udcff", "--json")):
        assert run(*args).exit_code in (0, 2)
