"""Commands that change the record: what reaches the desk, and what is said about it."""

import json
from pathlib import Path

import pytest

from piptui.desk import api
from piptui.errors import Refused

from .conftest import Run
from .fake import Wired


def test_do_passes_act_inputs_and_revision(run: Run, wired: Wired) -> None:
    """Act, case, inputs, revision and token reach the desk as typed; the sentence comes back."""
    result = run("do", "7", "note", "--set", "text=went well", "--expect", "12", "--token", "t1")
    assert wired.desk.calls[-1] == ("do", ("note", "7", {"text": "went well"}, 12, "t1"))
    assert result.stdout == "Kim Lee did note.\nCase 7, revision 13; g1\n"
    assert result.exit_code == 0


def test_do_says_on_whose_behalf(run: Run, wired: Wired) -> None:
    """Role, person and proof are part of the actor."""
    run("do", "7", "note", "--set", "text=x", "--on-behalf", "Dana", "--proof", "email", "--as", "hr")
    assert wired.opened[0][1] == api.Actor("kim", "hr", "Dana", "email")


def test_do_dry_run_changes_nothing(run: Run, wired: Wired) -> None:
    """A dry run shows sentences, findings and readers, and does not do the act."""
    result = run("do", "7", "note", "--set", "text=x", "--dry-run")
    assert [name for name, _ in wired.desk.calls] == ["acts", "preview"]
    assert "Would be recorded: Kim Lee would note something." in result.stdout
    assert "- Target above the team's. (goals.g2)" in result.stdout
    assert "Can be read by: manager, HR" in result.stdout
    assert json.loads(run("do", "7", "note", "--dry-run", "--json").stdout)["readers"] == "manager, HR"


def test_an_unknown_act_is_wrong_use(run: Run, wired: Wired) -> None:
    """A misspelt act ends with 2, names the nearest and does nothing."""
    result = run("do", "7", "noet", "--set", "text=x")
    assert result.exit_code == 2
    assert "Did you mean note?" in result.stderr
    assert [name for name, _ in wired.desk.calls] == ["acts"]


def test_new_passes_only_what_was_given(run: Run, wired: Wired) -> None:
    """Options become inputs of `new`; those left out are not sent; JSON has case and revision."""
    result = run("new", "--employee", "Dana", "--hr-partner", "Noor", "--days", "60", "--legal-review", "--json")
    given = {"employee": "Dana", "hr_partner": "Noor", "days": "60", "legal_review": True}
    assert wired.desk.calls == [("new", (given, None))]
    data = json.loads(result.stdout)
    assert (data["case"], data["revision"]) == ("0008", 14)


def test_import_without_a_terminal_wants_yes(run: Run, wired: Wired) -> None:
    """Where nobody can be asked, import ends with 2 before it reads anything."""
    result = run("import", "people.csv")
    assert result.exit_code == 2
    assert "--yes" in result.stderr
    assert "--dry-run" in result.stderr
    assert wired.desk.calls == []


def test_import_yes_json(run: Run, wired: Wired) -> None:
    """With --yes the file goes in at once; JSON names counts, columns and refused rows; the exit code is 1."""
    wired.desk.refused = (api.RefusedRow(line=9, why="No number."),)
    args = ("import", "p.csv", "--map", "number=Nr", "--key", "Nr", "--order", "dmy", "--yes", "--json")
    result = run(*args)
    assert wired.desk.calls == [("import", ("p.csv", {"number": "Nr"}, "Nr", "dmy", False))]
    data = json.loads(result.stdout)
    assert data["added"] == 2
    assert data["refused"] == [{"line": 9, "why": "No number."}]
    assert data["columns"] == {"number": "Nr", "name": "Name"}
    assert result.exit_code == 1
    assert run(*args, "--allow-refused").exit_code == 0


def test_import_asks_at_a_terminal(run: Run, wired: Wired) -> None:
    """At a terminal the guess is shown first; yes imports, no leaves everything as it was."""
    wired.terminal = True
    result = run("import", "p.csv", stdin="y\n")
    assert [args[-1] for _, args in wired.desk.calls] == [True, False]
    assert "Would be: 2 added, 1 updated, 0 unchanged, 0 rows refused." in result.stdout
    assert result.stdout.rstrip().endswith("2 added, 1 updated, 0 unchanged, 0 rows refused.")
    wired.desk.calls.clear()
    refused = run("import", "p.csv", stdin="n\n")
    assert [args[-1] for _, args in wired.desk.calls] == [True]
    assert refused.exit_code == 1


def test_import_dry_run_shows_what_was_guessed(run: Run, wired: Wired) -> None:
    """Columns, unused headers, notes and each refused row with its line are shown; nothing is written."""
    wired.desk.refused = (api.RefusedRow(line=9, why="No number."),)
    result = run("import", "p.csv", "--dry-run")
    assert [args[-1] for _, args in wired.desk.calls] == [True]
    for line in ("  number  Nr", "Not used: T-shirt", "Dates read month first.", "! line 9: No number."):
        assert line in result.stdout.splitlines()


def test_init_makes_a_store_with_an_owner(run: Run, wired: Wired, tmp_path: Path) -> None:
    """Place, kind, name, login and zone reach the store's maker."""
    result = run("init", str(tmp_path / "s"), "--kind", "team", "--name", "Kim Lee", "--zone", "europe/berlin")
    assert wired.made == [(tmp_path / "s", "team", "Kim Lee", "kim", "Europe/Berlin")]
    assert "Every member of the group can read" in result.stdout


def test_init_without_a_name(run: Run, wired: Wired, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a terminal the system's name for the user is taken, else the login; at a terminal one is asked."""
    monkeypatch.setattr("piptui.cli.running.full_name", lambda: "Kim Lee")
    assert run("init", "--zone", "UTC").exit_code == 0
    monkeypatch.setattr("piptui.cli.running.full_name", lambda: "")
    assert run("init", "--zone", "UTC").exit_code == 0
    wired.terminal = True
    assert run("init", "--zone", "UTC", stdin="Noor Haddad\n").exit_code == 0
    assert [made[2] for made in wired.made] == ["Kim Lee", "kim", "Noor Haddad"]


@pytest.mark.parametrize("audience", ["employee", "manager", "hr", "counsel"])
def test_packet_on_standard_output(run: Run, wired: Wired, audience: str) -> None:
    """`--to -` prints the document and nothing else."""
    assert run("packet", "7", "--for", audience, "--to", "-").stdout == "# Plan\n"
    assert wired.desk.calls == [("packet", ("7", audience))]


def test_the_page_to_sign_needs_no_audience(run: Run, wired: Wired, tmp_path: Path) -> None:
    """It is for all sides, and says so once it is written."""
    target = tmp_path / "sheet.md"
    result = run("packet", "7", "--sign-off", "--to", str(target))
    assert wired.desk.calls == [("packet", ("7", "sign_off"))]
    assert target.stat().st_mode & 0o777 == 0o600
    assert f"Written for signing: {target}" in result.stdout


@pytest.mark.parametrize("given", [(), ("--sign-off", "--for", "hr")], ids=["neither", "both"])
def test_a_packet_is_for_one_side_or_to_be_signed(
    run: Run, wired: Wired, tmp_path: Path, given: tuple[str, ...]
) -> None:
    """One of the two is said; otherwise nothing is read and nothing written."""
    result = run("packet", "7", *given, "--to", str(tmp_path / "p.md"))
    assert result.exit_code == 2
    assert "--sign-off" in result.stderr
    assert wired.desk.calls == []
    assert list(tmp_path.iterdir()) == []


def test_nothing_to_sign_is_refused_by_a_rule(run: Run, wired: Wired, tmp_path: Path) -> None:
    """The reason of the desk, exit code 1, and no file."""
    wired.desk.error = Refused("There is nothing to sign in case 0007: no plan was issued yet.")
    result = run("packet", "7", "--sign-off", "--to", str(tmp_path / "p.md"))
    assert result.exit_code == 1
    assert "no plan was issued yet" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_packet_file_is_private_and_never_replaced_quietly(run: Run, tmp_path: Path) -> None:
    """The file is 0600; a second one is refused, with --force it replaces the first."""
    target = tmp_path / "p.md"
    args = ("packet", "7", "--for", "hr", "--to", str(target))
    assert run(*args).exit_code == 0
    assert target.read_text(encoding="utf-8") == "# Plan\n"
    assert target.stat().st_mode & 0o777 == 0o600
    target.write_text("mine", encoding="utf-8")
    refused = run(*args)
    assert refused.exit_code == 1
    assert "--force" in refused.stderr
    assert target.read_text(encoding="utf-8") == "mine"
    assert run(*args, "--force").exit_code == 0
    assert target.read_text(encoding="utf-8") == "# Plan\n"
    assert list(tmp_path.glob(".p.md*")) == []


def test_packet_never_follows_a_link(run: Run, tmp_path: Path) -> None:
    """A link in the way is refused, and what it points to stays as it was."""
    victim = tmp_path / "victim"
    victim.write_text("mine", encoding="utf-8")
    (tmp_path / "link").symlink_to(victim)
    assert run("packet", "7", "--for", "hr", "--to", str(tmp_path / "link")).exit_code == 1
    assert victim.read_text(encoding="utf-8") == "mine"


def test_packet_into_a_folder_takes_its_own_name(run: Run, tmp_path: Path) -> None:
    """A folder gets a file whose name holds no personal data."""
    assert run("packet", "7", "--for", "hr", "--to", str(tmp_path)).exit_code == 0
    assert (tmp_path / "case-0007-hr.md").is_file()


def test_packet_keeps_out_of_the_record(run: Run, tmp_path: Path) -> None:
    """A file inside the store is refused, even by force."""
    store = tmp_path / "store"
    store.mkdir()
    result = run("--store", str(store), "packet", "7", "--for", "hr", "--to", str(store / "head"), "--force")
    assert result.exit_code == 1
    assert list(store.iterdir()) == []


@pytest.mark.parametrize(
    ("line", "host"),
    [
        ("10.0.0.5 51000 10.0.0.9 22", "scp kim@10.0.0.9:"),
        ("10.0.0.5 51000 10.0.0.9 2222", "scp -P 2222 kim@10.0.0.9:"),
        ("fe80::1 51000 fe80::2 22", "scp 'kim@[fe80::2]:"),
    ],
)
def test_packet_over_ssh_says_how_to_fetch_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, host: str
) -> None:
    """Over SSH the line that fetches the file is printed."""
    monkeypatch.setenv("SSH_CONNECTION", line)
    assert host in run("packet", "7", "--for", "hr", "--to", str(tmp_path / "p.md")).stdout


def test_demo_needs_a_terminal(run: Run, wired: Wired) -> None:
    """Without a terminal the demo refuses and makes nothing."""
    result = run("demo")
    assert result.exit_code == 2
    assert wired.made == []


def test_demo_is_thrown_away_or_kept(run: Run, wired: Wired, tmp_path: Path) -> None:
    """The demo opens the screens on a store that goes afterwards, unless it is to be kept."""
    wired.terminal = True
    assert run("demo").exit_code == 0
    assert wired.screens == 1
    assert not wired.made[0][0].exists()
    assert run("demo", "--keep", str(tmp_path / "d")).exit_code == 0
    assert wired.lasting == [False, True], "what is typed waits where the store stays"
    assert (tmp_path / "d").is_dir()
