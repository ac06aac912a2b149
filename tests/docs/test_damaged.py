"""docs/damaged.md, tried word by word: its commands, as they stand, in a shell."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from piptui.store import create_store, open_store, verify_store
from tests.store.samples import counting, make, put

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "damaged.md"


class Damage:
    """A store of ten commits, a backup of the first five, and a folder for the guide."""

    def __init__(self, tmp_path: Path) -> None:
        self.home, self.store = tmp_path, tmp_path / "store"
        with make(self.store, salt=counting()) as store:
            put(store, "people", "p1", {"name": "Noor Haddad"})
            for number in range(2, 6):
                put(store, "entries", f"e{number}", {"of": "c1", "text": f"said {number}"}, actor="p1")
            store.backup(tmp_path / "pip.tgz")
            for number in range(6, 11):
                put(store, "entries", f"e{number}", {"of": "c1", "text": f"said {number}"}, actor="p1")

    def edit(self, number: int) -> None:
        """Somebody changes a text by hand."""
        path = self.store / "journal" / "000001.jsonl"
        text = path.read_bytes()
        assert text.count(b'"said %d"' % number) == 1
        path.write_bytes(text.replace(b'"said %d"' % number, b'"mean %d"' % number))

    def follow(self, *sections: int, line: int = 0) -> str:
        """Run the commands of these sections of the guide; what they print."""
        parts = re.split(r"^## \d\. ", GUIDE.read_text(encoding="utf-8"), flags=re.MULTILINE)
        script = "\n".join("\n".join(re.findall(r"```sh\n(.*?)```", parts[one], re.DOTALL)) for one in sections)
        script = re.sub(r"STORE=\S+ BACKUP=\S+", f'STORE="{self.store}" BACKUP="{self.home}/pip.tgz"', script)
        script = re.sub(r"N=\d+ SEQ=\d+", f"N={line} SEQ={line}", script)
        script = script.replace("python3 read_saves.py", f"{sys.executable} {ROOT}/docs/read_saves.py")
        tool = self.home / "bin" / "piptui"
        tool.parent.mkdir(exist_ok=True)
        tool.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec {sys.executable} -m piptui "$@"\n', encoding="utf-8")
        tool.chmod(0o700)
        path = f"{tool.parent}:{os.environ['PATH']}"
        done = subprocess.run(
            ["bash", "-c", script], env={"HOME": str(self.home), "PATH": path}, cwd=self.home, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60, check=False,
        )  # fmt: skip
        return done.stdout


@pytest.fixture
def damage(tmp_path: Path) -> Damage:
    """A store, and an older backup of it."""
    return Damage(tmp_path)


@pytest.mark.slow
def test_what_the_backup_has_is_mended_and_nothing_since_is_lost(damage: Damage) -> None:
    """An old text edited: the record is, byte for byte, the one that it was."""
    shutil.copytree(damage.store, damage.home / "before")
    damage.edit(3)
    said = damage.follow(1, 2, 3, 5)
    assert "The witness agrees with the lines up to seq 5" in said
    journal = Path("journal") / "000001.jsonl"
    assert (damage.store / journal).read_bytes() == (damage.home / "before" / journal).read_bytes()
    assert verify_store(damage.store).ok
    assert said.rstrip().splitlines().count("The record is whole: 10 commits read.") == 2, said


@pytest.mark.slow
def test_what_is_newer_than_the_backup_is_kept_up_to_the_damage_and_read_behind_it(damage: Damage) -> None:
    """A text of commit 8 edited, and one that the backup has, too: seven commits stand, the rest can be read."""
    damage.edit(3)
    damage.edit(8)
    said = damage.follow(1, 2, 4, line=8)
    assert "The record is whole: 7 commits read." in said, said
    with open_store(damage.home / "damage" / "mended.2", readonly=True) as store:
        assert store.get("entries", "e3")[0]["text"] == "said 3"
        assert store.get("entries", "e7")[0]["text"] == "said 7"
    again = (damage.home / "damage" / "again.txt").read_text(encoding="utf-8")
    assert again.count("Noor Haddad") == again.count("commit ") == 3
    assert re.findall(r"DAMAGED|said \d+|mean \d+", again) == ["DAMAGED", "mean 8", "said 9", "said 10"]


def test_what_cannot_be_read_of_a_save_hides_no_other(tmp_path: Path) -> None:
    """Not even its header: its line is named, and reading goes on."""
    create_store(tmp_path / "s")
    with make(tmp_path / "s") as store:
        for number in (1, 2, 3):
            put(store, "entries", f"e{number}", {"of": "c1", "text": f"said {number}\x1b[2J"})
    path = tmp_path / "s" / "journal" / "000001.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + b"{" + lines[1][2:] + lines[2])
    command = [sys.executable, str(ROOT / "docs" / "read_saves.py"), str(tmp_path / "s"), "1"]
    told = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True).stdout
    assert "line 2: DAMAGED, not even its commit can be read" in told
    assert "said 3" in told
    assert "said 1" not in told
    assert "\x1b" not in told
