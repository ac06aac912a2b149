"""TinyDB's own tests on our record: `python -m tests.store.tinydb_suite` says how each unexpected one ended.

The tests come out of the source distribution of the version that is pinned, through pip, its hash checked; nothing
of them is kept here. Their fixture `db` is put on the record twice: `journal` is `JournalDB`, `stock` TinyDB's own
table class on our storage.
"""

import os
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from xml.etree import ElementTree

from .samples import ROOT

NEVER_AGAIN = "ids never return, not even in an emptied table: a commit of the past must not name two documents"
NO_CACHE = "no answer is kept: another process may have written meanwhile, and its change must be seen"
NO_TRACE = "a record is its changes: a table without a document leaves none"
OWN_NAMES = "the pattern names TinyDB's storages, and ours has a name of its own"
NOT_OURS = "needs PyYAML, and tests a storage of its own"

EXCEPTIONS = {
    "test_storages.py::test_yaml": NOT_OURS,
    "test_tables.py::test_lru_cache[journal]": NO_CACHE,
    "test_tables.py::test_next_id[journal]": NEVER_AGAIN,
    "test_tables.py::test_persist_table[journal]": NO_TRACE,
    "test_tables.py::test_persist_table[stock]": NO_TRACE,
    "test_tables.py::test_query_cache[journal]": NO_CACHE,
    "test_tables.py::test_query_cache_size[journal]": NO_CACHE,
    "test_tables.py::test_table_repr[journal]": OWN_NAMES,
    "test_tables.py::test_table_repr[stock]": OWN_NAMES,
    "test_tables.py::test_truncate_table[journal]": NEVER_AGAIN,
    "test_tinydb.py::test_insert_ids[journal]": NEVER_AGAIN,
    "test_tinydb.py::test_insert_multiple_with_ids[journal]": NEVER_AGAIN,
    "test_tinydb.py::test_insert_with_doc_id[journal]": NEVER_AGAIN,
    "test_tinydb.py::test_insert_with_duplicate_doc_id[journal]": NEVER_AGAIN,
    "test_tinydb.py::test_search[journal]": NO_CACHE,
    "test_tinydb.py::test_search_path[journal]": NO_CACHE,
    "test_tinydb.py::test_update_returns_ids[journal]": NEVER_AGAIN,
}
"""The tests that are not passed, and why that is meant."""

FIXTURES = """
import pytest
from tinydb import TinyDB
from tinydb.middlewares import CachingMiddleware
from tinydb.storages import MemoryStorage
from tinydb.table import Table

from piptui.store import JournalDB
from piptui.store.tiny import JournalStorage


class Stock(TinyDB):
    table_class = Table


@pytest.fixture(params=["journal", "stock"])
def db(request, tmp_path):
    place = tmp_path / "record"
    ours = request.param == "journal"
    opened = JournalDB(place, create=True) if ours else Stock(place, storage=JournalStorage, create=True)
    opened.drop_tables()
    opened.insert_multiple({"int": 1, "char": c} for c in "abc")
    yield opened
    opened.close()


@pytest.fixture
def storage():
    return CachingMiddleware(MemoryStorage)()
"""


class NoIndex(Exception):
    """The source distribution cannot be had here; why."""


def pinned() -> str:
    """The line of the lock file that pins TinyDB, with its hashes."""
    text = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8")
    found = re.search(r"^tinydb==.*?(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
    assert found is not None, "requirements-dev.lock pins no tinydb"
    return "".join(line for line in found.group().splitlines(keepends=True) if not line.lstrip().startswith("#"))


def fetch(folder: Path) -> None:
    """TinyDB's tests into `folder`, with our fixtures; raises NoIndex."""
    (folder / "pins.txt").write_text(pinned(), encoding="utf-8")
    asked = ["download", "-q", "--no-deps", "--no-binary", ":all:", "--require-hashes", "-r", "pins.txt"]
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--retries", "1", *asked]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    assert "HASH" not in done.stderr.replace("--require-hashes", ""), done.stderr
    archives = [*folder.glob("tinydb-*.tar.gz")]
    if done.returncode or not archives:
        raise NoIndex(done.stderr.strip().splitlines()[-1:] or "pip brought nothing")
    with tarfile.open(archives[0]) as archive:
        tests = [each for each in archive.getmembers() if re.fullmatch(r"tinydb-[^/]+/tests/[^/]+\.py", each.name)]
        archive.extractall(folder, members=tests, filter="data")
    (unpacked,) = folder.glob("tinydb-*/tests")
    unpacked.rename(folder / "tests")
    (folder / "tests/conftest.py").write_text(FIXTURES, encoding="utf-8")


def run(folder: Path) -> dict[str, str]:
    """How each of the fetched tests ended: passed, or what else happened."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, "--rootdir", "."]
    said = subprocess.run(
        [*command, "--junitxml", "found.xml", "-o", "junit_family=xunit1", "tests"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_ADDOPTS": ""},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    found: dict[str, str] = {}
    assert (folder / "found.xml").exists(), said.stdout + said.stderr
    for case in ElementTree.parse(folder / "found.xml").getroot().iter("testcase"):
        ended = [
            f"{each.tag}: {each.get('message', '')}" for each in case if each.tag in ("failure", "error", "skipped")
        ]
        found[f"{case.get('file', '').rpartition('/')[2]}::{case.get('name')}"] = "; ".join(ended) or "passed"
    return found


def unexpected(found: dict[str, str]) -> list[str]:
    """What is neither passed nor a named exception, and exceptions that are none any more."""
    failed = {name for name, ended in found.items() if ended != "passed"}
    new = [f"{name}: {found[name]}" for name in sorted(failed - EXCEPTIONS.keys())]
    return new + [f"{name}: passed, or gone; it is no exception" for name in sorted(EXCEPTIONS.keys() - failed)]


def told(found: dict[str, str]) -> str:
    """The count, for a person."""
    passed = sum(ended == "passed" for ended in found.values())
    return f"TinyDB's own tests on the record: {passed} of {len(found)} passed, {len(EXCEPTIONS)} named exceptions"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as where:
        fetch(Path(where))
        outcome = run(Path(where))
        sys.stdout.write("\n".join([*unexpected(outcome), told(outcome), ""]))
        sys.exit(bool(unexpected(outcome)))
