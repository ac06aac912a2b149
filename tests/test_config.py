"""Settings: layers in order, and nothing that is silently ignored."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from piptui.config import Settings, described, example, load
from piptui.errors import BadInput

ROOT = Path(__file__).parents[1]


def written(path: Path, text: str) -> Path:
    """A file of settings."""
    path.write_text(text, encoding="utf-8")
    return path


def test_each_layer_overrides_the_one_before(tmp_path: Path) -> None:
    """Machine, own file, variable; where each comes from is known, and keys add up one by one."""
    site = written(tmp_path / "site", 'store = "/srv/a"\ndue_days = 3\nascii = true\n[keys]\n"page.help" = "f1"\n')
    own = written(tmp_path / "own", 'store = "/srv/b"\n[keys]\n"cases.sort" = "Z"\n')
    found = load(site=site, own=own, env={"PIPTUI_ASCII": "0", "PIPTUI_DRIVER": "plain"})
    assert found.settings == Settings(
        store="/srv/b", due_days=3, ascii=False, driver="plain", keys={"page.help": "f1", "cases.sort": "Z"}
    )
    assert found.sources["store"] == str(own)
    assert found.sources["due_days"] == str(site)
    assert found.sources["ascii"] == "PIPTUI_ASCII"


def test_no_file_is_no_setting(tmp_path: Path) -> None:
    """Without files and variables everything is as the program does it."""
    found = load(site=tmp_path / "a", own=tmp_path / "b", env={})
    assert (found.settings, found.sources) == (Settings(), {})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\ndue_day = 3", "line 2: there is no setting 'due_day'. Did you mean due_days?"),
        ("due_days = 'three'", "line 1: due_days cannot be 'three'"),
        ("due_days = -1", "line 1: due_days cannot be -1"),
        ("role = 'boss'", "line 1: role cannot be 'boss'"),
        ("[colours]\nred = 1", "line 1: there is no setting 'colours'. Known: store"),
        ("store = ", "is no TOML"),
    ],
)
def test_what_cannot_be_used_names_file_and_line(tmp_path: Path, text: str, message: str) -> None:
    """Unknown names, wrong types, values out of range and broken files are errors."""
    path = written(tmp_path / "config.toml", text)
    with pytest.raises(BadInput) as told:
        load(site=tmp_path / "none", own=path, env={})
    assert str(told.value).startswith(str(path))
    assert message in str(told.value)


def test_the_example_is_whole_and_right() -> None:
    """With its signs removed it is a file that can be used, and it has every setting."""
    text = "\n".join(line.removeprefix("#") for line in example().splitlines() if not line.startswith("# "))
    assert set(tomllib.loads(text)) == set(described())
    assert set(described()) == set(Settings.__struct_fields__)


@settings(suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault of the program
@given(st.dictionaries(st.text(max_size=10), st.text(max_size=10), max_size=3))
def test_other_variables_are_none_of_its_business(env: dict[str, str]) -> None:
    """Whatever else stands in the environment changes nothing."""
    env = {name: value for name, value in env.items() if not name.startswith("PIPTUI")}
    assert load(site=Path("/nowhere"), own=Path("/nowhere"), env=env).settings == Settings()


CHANGED = """
import sys
from screens.keymap import apply
apply({"cases.sort": "Z", "form.save": ["f12", "ctrl+s"]})
from screens.cases import CasesPage
from screens.forms import FormPage
def keys(page, name):
    return [one.key for one in page.BINDINGS if name in one.action]
print(keys(CasesPage, "cases.sort"), keys(FormPage, "form.save"))
from screens.registry import registry
print(registry()["cases.sort"].keys)
"""


def test_keys_that_were_set_hold_everywhere() -> None:
    """Bindings of the pages, and what help and footers are drawn from, have the new key and not the old one."""
    done = subprocess.run([sys.executable, "-c", CHANGED], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "['Z'] ['f12', 'ctrl+s']\n('Z',)\n"


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"cases.srt": "S"}, "no action 'cases.srt'. Did you mean cases.sort?"),
        ({"cases.sort": "ctrl+foo"}, "there is no key 'ctrl+foo'"),
        ({"cases.sort": "ctrl+m"}, "terminals send it as enter"),
        ({"cases.sort": []}, "would have no key"),
        ({"form.save": "s"}, "works while one types"),
        ({"cases.sort": "x"}, "x is both page.acts and cases.sort on the list of cases"),
        ({"today.whose": "j"}, "j is both"),
    ],
)
def test_keys_that_cannot_be_are_refused(keys: dict[str, object], message: str) -> None:
    """Unknown actions and keys, dead keys, letters while one types, and clashes are named, each with its cure."""
    code = (
        f"from screens.keymap import apply\ntry:\n apply({keys!r})\nexcept Exception as e: print(type(e).__name__, e)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("BadInput [keys]: ")
    assert message in done.stdout


def test_the_keys_as_they_come_do_not_clash() -> None:
    """No two actions of one page share a key."""
    from screens.keymap import PAGES, _groups

    groups = _groups()
    for page, names in PAGES.items():
        keys = [key for name in names for action in groups[name] for key in action.keys]
        double = {key for key in keys if keys.count(key) > 1}
        assert not double, (page, double)
