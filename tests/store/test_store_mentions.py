"""Where a name stands in the whole record, past versions too."""

from pathlib import Path

import pytest

from piptui.naming import Lookout

from .samples import make, put


@pytest.mark.parametrize("word", ["Zoë Cole", "zoë cole", "ZOË COLE", "Zoe\u0308 Cole"])
def test_a_name_is_found_in_every_text_of_all_times(tmp_path: Path, word: str) -> None:
    """In documents, patches, sentences, reasons and what is said of the actor, in any case and Unicode spelling."""
    with make(tmp_path / "s") as store:
        long = "x" * 200
        put(store, "entries", "e1", {"of": "c1", "t": "By Zoë Cole.", "long": long})
        put(store, "entries", "e1", {"of": "c1", "t": "By somebody.", "long": long})
        put(store, "entries", "e1", {"of": "c1", "t": "By Zoë Cole again.", "long": long})
        changes = [
            ("entries", "e2", {"of": "c2"}, "Zoë Cole was here."),
            ("entries", "e3", {"of": "c2"}, "", "for Zoë Cole"),
            ("entries", "e4", {"of": "c2", "deep": [{"a": {"Zoë Cole": 1}}]}),
            ("entries", "e5", {"of": "c2"}),
        ]
        store.commit(changes, expect={}, actor="p1", act="add", meta={"login": "zoe"})
        found = store.mentions(Lookout([word]))
        assert [(one.seq, one.place, one.key[1], one.of) for one in found] == [
            (1, 0, "e1", "c1"),
            (3, 0, "e1", "c1"),
            (4, 0, "e2", "c2"),
            (4, 1, "e3", "c2"),
            (4, 2, "e4", "c2"),
        ]
        assert [one.key[1] for one in store.mentions(Lookout(), ["zoe"])] == ["e2", "e3", "e4", "e5"]


def test_a_name_inside_another_word_is_another_name(tmp_path: Path) -> None:
    """Cole is not in Coleman, nor Ann in Joanne; nothing is found for nothing."""
    with make(tmp_path / "s") as store:
        put(store, "entries", "e1", {"t": "Joanne Coleman, dcole@example.org"})
        put(store, "entries", "e2", {"t": "(Cole), Ann-Marie"})
        assert [one.key[1] for one in store.mentions(Lookout(["Cole"]))] == ["e2"]
        assert [one.key[1] for one in store.mentions(Lookout(parts=["Ann"]))] == ["e2"]
        assert store.mentions(Lookout()) == store.mentions(Lookout([" "])) == []


def test_what_was_removed_is_passed_over(tmp_path: Path) -> None:
    """It says nothing any more."""
    with make(tmp_path / "s") as store:
        put(store, "entries", "e1", {"of": "c1", "t": "By Zoë Cole."})
        (record,) = store.history("entries", "e1")
        change = ("entries", "e1", {"of": "c1"}, "Removed.")
        store.redact([(record.seq, record.place)], [change], expect={("entries", "e1"): 1}, actor="p1")
        assert store.mentions(Lookout(["Zoë Cole"])) == []
        assert store.verify().ok


def test_what_names_somebody_and_what_may_are_told_apart(tmp_path: Path) -> None:
    """In one pass; of a table whose keys are known to hold no names, those say nothing."""
    with make(tmp_path / "s") as store:
        put(store, "entries", "e1", {"of": "c1", "kind": "cole", "t": "Cole, Zoë and Ms. Cole."})
        put(store, "entries", "e2", {"of": "c1", "kind": "cole", "t": "2026-1007"})
        put(store, "entries", "e3", {"of": "c1", "t": "1007"})
        look = Lookout(["Zoë Cole", "Cole, Zoë"], ["1007"], ["Cole"])
        found = {one.key[1]: (one.words, one.perhaps) for one in store.mentions(look, skip={"entries": {"kind"}})}
        assert found == {"e1": (("Cole, Zoë",), ("Cole",)), "e3": (("1007",), ())}
        assert store.mentions(look)[1].perhaps == ("Cole",)
