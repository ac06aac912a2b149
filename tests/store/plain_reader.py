"""A reader of the journal after docs/format.md, with the standard library and nothing of piptui.

Sections in brackets are those of the document.
"""

import hashlib
import json
import zlib
from pathlib import Path
from typing import Any

UNKNOWN = object()
ESCAPED = [*range(0x7F, 0xA0), *range(0x2028, 0x202F), *range(0x2066, 0x206A)]


def read(where: Path) -> dict[tuple[str, str], Any]:
    """The current documents by (table, id); an AssertionError where a check fails."""
    assert json.loads((where / "store.json").read_text(encoding="utf-8"))["reader"] <= 1  # [Files]
    seq, segment, end, final, crc = (where / "head").read_bytes().split()  # [Head]
    assert int(crc, 16) == zlib.crc32(b" ".join([seq, segment, end, final]))
    documents: dict[tuple[str, str], Any] = {}
    last: dict[tuple[str, str], int] = {}
    unread: set[tuple[int, int]] = set()
    commit, previous = 0, "0" * 64
    for number in range(1, int(segment) + 1):
        data = (where / f"journal/{number:06d}.jsonl").read_bytes()
        for line in data[: int(end) if number == int(segment) else None].split(b"\n")[:-1]:
            text, stated, *payloads = line.split(b"\t")  # [Lines]
            header = json.loads(text)
            assert json.loads(stated) == hashlib.sha256(text).hexdigest()
            assert (header["prev"], header["seq"], len(header["ch"])) == (previous, commit + 1, len(payloads))
            commit, previous = header["seq"], json.loads(stated)
            for place, (change, payload) in enumerate(zip(header["ch"], payloads, strict=True)):
                key = (change["t"], change["id"])
                assert change["prev"] == last.get(key, 0)
                last[key] = commit
                if hashlib.sha256(payload).hexdigest() == change["sha"]:
                    documents[key] = after(documents.get(key), json.loads(payload))  # [Payloads]
                else:
                    unread.add((commit, place))
                    documents[key] = UNKNOWN
            unread -= {(target[0], target[1]) for target in header.get("redacts", [])}  # [Redaction]
    assert (commit, previous) == (int(seq), final.decode())
    assert not unread
    return {key: document for key, document in documents.items() if document is not None}


def after(old: Any, payload: dict[str, Any]) -> Any:
    """What a payload makes of a document."""
    if "del" in payload:
        return None
    if "patch" in payload and old is UNKNOWN:
        return UNKNOWN
    new = payload["doc"] if "doc" in payload else merge(old, payload["patch"])
    assert hashlib.sha256(canonical(new).encode()).hexdigest()[:32] == payload["sum"]
    return new


def merge(old: Any, patch: Any) -> Any:
    """[Patches]"""
    if not isinstance(patch, dict):
        return patch
    new = dict(old) if isinstance(old, dict) else {}
    for key, value in patch.items():
        if value is None:
            new.pop(key, None)
        else:
            new[key] = merge(new.get(key), value)
    return new


def canonical(value: Any) -> str:
    """[Canonical JSON]; fractional numbers happen to be spelled alike here."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.translate({code: f"\\u{code:04x}" for code in ESCAPED})
