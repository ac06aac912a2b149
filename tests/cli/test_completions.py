"""What a shell is offered, asked as the scripts of the shells ask."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from piptui.cases.records import Case
from piptui.cli.completing import SHELLS
from piptui.desk.api import CaseSheet
from piptui.desk.demo import make_demo
from piptui.errors import Corrupt

from .conftest import Run
from .fake import TODAY, Wired, case_line, file_line

HEADER = Case(of="p1", number="0007", opened_on=TODAY, parties=(), zone="UTC")


def offered(wired: Wired, line: str) -> list[str]:
    """What the shell would show for the last word of a line, with bash's way of asking."""
    from click.shell_completion import ShellComplete

    from piptui.cli.root import build
    from piptui.cli.session import Session

    *args, word = line.split(" ")[1:]
    asked = ShellComplete(build(wired.doors()), {"obj": Session(wired.doors())}, "piptui", "_PIPTUI_COMPLETE")
    return [one.value for one in asked.get_completions(args, word)]


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_gets_a_script(run: Run, shell: str) -> None:
    """The script asks the program through its variable, and needs no desk."""
    result = run("completions", shell)
    assert result.exit_code == 0
    assert f"_PIPTUI_COMPLETE={shell}_complete" in result.stdout


def test_another_shell_is_refused(run: Run) -> None:
    """A shell without a script is named with those that have one."""
    result = run("completions", "tcsh")
    assert result.exit_code == 2
    assert "fish" in result.stderr


def test_commands_are_offered(wired: Wired) -> None:
    """Part of a command gives the commands that begin so."""
    assert offered(wired, "piptui pa") == ["packet", "paths"]


def test_cases_are_offered_with_or_without_zeros(wired: Wired) -> None:
    """Numbers of cases complete however many zeros were typed."""
    wired.desk.lines = (case_line(), case_line(case="0012"), case_line(case="0120"))
    assert offered(wired, "piptui show ") == ["0007", "0012", "0120"]
    assert offered(wired, "piptui show 12") == ["0012", "0120"]
    assert offered(wired, "piptui packet 007") == ["0007"]


def test_acts_are_offered_where_they_are_possible(wired: Wired) -> None:
    """Of the acts on a case those that would be refused are left out; the desk is asked about that very case."""
    assert offered(wired, "piptui do 7 ") == ["note", "set"]
    assert ("acts", ("7",)) in wired.desk.calls


def test_files_of_the_case_are_offered(wired: Wired) -> None:
    """Names where they say which one is meant, ids where two are called alike; hidden ones are none."""
    lines = (file_line(), file_line(id="b2" * 8, name="scan.pdf"), file_line(id="c3" * 8, name="scan.pdf"))
    desk = wired.desk
    desk.sheet = CaseSheet(line=case_line(), header=HEADER, stage="active", phase="", names={}, files=lines)
    assert offered(wired, "piptui fetch 7 ") == ["letter.pdf", "b2" * 8, "c3" * 8]
    assert offered(wired, "piptui fetch 7 le") == ["letter.pdf"]
    assert ("view", ("7",)) in desk.calls
    desk.error = Corrupt("damaged")
    assert offered(wired, "piptui fetch 7 ") == []


def test_the_named_store_and_role_are_asked(wired: Wired) -> None:
    """Options before the word choose the store whose cases are offered, and in which role."""
    offered(wired, "piptui show --store /srv/hr --as legal ")
    [(where, actor)] = wired.opened
    assert (where, actor.role) == (Path("/srv/hr"), "legal")


def test_a_store_that_cannot_be_read_offers_nothing(wired: Wired) -> None:
    """A shell that completes shows no error in the middle of a line."""
    wired.desk.error = Corrupt("Damaged.")
    assert offered(wired, "piptui show ") == []


@pytest.mark.slow
def test_bash_completes_for_real(tmp_path: Path) -> None:
    """In a real bash the words of a line become the cases of the store, and no screens open."""
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("no bash here")
    make_demo(tmp_path / "store", login="kim")
    program = tmp_path / "bin" / "piptui"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m piptui "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    script = f"""
        eval "$(piptui completions bash)"
        COMP_WORDS=(piptui show --store {tmp_path / "store"} 000); COMP_CWORD=4
        _piptui_completion piptui; printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    env = {**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}", "PYTHONPATH": str(Path.cwd())}
    done = subprocess.run([bash, "-c", script], capture_output=True, text=True, env=env, timeout=60, check=True)
    assert done.stdout.split()[:2] == ["0001", "0002"]
    assert done.stderr == ""


def test_terms_of_a_query_are_offered(wired: Wired) -> None:
    """Fields and values complete, also where bash parted the word at its colon; a broken store offers nothing."""
    assert offered(wired, "piptui cases st") == ["stage:", "start:"]
    assert offered(wired, "piptui cases stage:act") == ["stage:active"]
    assert offered(wired, "piptui cases stage : act") == ["active"]
    assert "draft" in offered(wired, "piptui cases stage :")
    wired.desk.error = Corrupt("damaged")
    assert offered(wired, "piptui cases st") == []
