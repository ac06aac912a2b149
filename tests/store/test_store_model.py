"""Whatever is done to a store, it holds what a plain dict would hold, also after opening again."""

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from piptui.store.text import canonical

from .samples import make, put

scalars = (
    st.none() | st.booleans() | st.integers(-(1 << 63), (1 << 63) - 1) | st.text(max_size=30)
    | st.floats(allow_nan=False, allow_infinity=False)
)  # fmt: skip
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
documents = st.dictionaries(st.sampled_from(["a", "b", "of", "class"]) | st.text(max_size=5), values, max_size=5)
keys = st.tuples(st.sampled_from(["cases", "free"]), st.sampled_from(["1", "2", "c3"]))
steps = st.lists(st.tuples(keys, st.none() | documents) | st.just("reopen"), max_size=12)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(steps)
def test_a_store_is_a_dict_that_remembers(todo: list[Any]) -> None:
    """Documents, earlier versions and histories agree with a dict and the list of its states."""
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder) / "s"
        store = make(where)
        model: dict[tuple[str, str], Any] = {}
        states: list[dict[tuple[str, str], Any]] = [{}]
        for step in todo:
            if step == "reopen":
                store.close()
                store = make(where)
                continue
            key, document = step
            if document is None and key not in model:
                continue
            put(store, key[0], key[1], document)
            model = {k: v for k, v in model.items() if k != key} | ({} if document is None else {key: document})
            states.append(model)
        with store:
            found = {(table, name): doc for table in ("cases", "free") for name, doc, _ in store.list(table)}
            assert _texts(found) == _texts(model)
            for seq, state in enumerate(states):
                for key, document in state.items():
                    assert canonical(store.get(*key, at=seq)[0]) == canonical(document)
            assert store.head()[0] == len(states) - 1
            assert sum(len(store.history(*key)) for key in {k for state in states for k in state}) == len(states) - 1
            assert store.verify(store.head()).ok


def _texts(documents: dict[tuple[str, str], Any]) -> dict[tuple[str, str], bytes]:
    return {key: canonical(document) for key, document in documents.items()}
