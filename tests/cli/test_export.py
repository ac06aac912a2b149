"""The command that writes cases as JSON: what it asks for and what it says."""

from collections.abc import Callable
from pathlib import Path

from click.testing import Result

from .fake import Wired

Run = Callable[..., Result]


def test_export_asks_which(run: Run, wired: Wired, tmp_path: Path) -> None:
    """A case and a folder, or --all and a folder; what is not everything is said to be not."""
    for args in ((), ("1",), ("--all",), ("--all", "1", "x")):
        assert run("export", *args).exit_code == 2
    result = run("export", "--all", str(tmp_path / "out"))
    assert result.exit_code == 0
    assert "It is what you may see as manager" in result.stdout
    run("export", "1", str(tmp_path / "one"))
    assert [call for call in wired.desk.calls if call[0] == "export"] == [
        ("export", (str(tmp_path / "out"), "")),
        ("export", (str(tmp_path / "one"), "1")),
    ]
