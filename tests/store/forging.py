"""What somebody with an editor can do to a record: lines taken out, exchanged, edited, and all hashes made anew."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

from piptui.store.line import sha

Lines = list[bytes]


def forge(where: Path, change: Callable[[Lines], Lines], *, chained: bool = False, covered: bool = False) -> None:
    """Change the lines of the first segment. `chained`: numbers, hashes and the chain are made to fit again;
    `covered`: what else could tell is taken away, head and snapshots."""
    journal = where / "journal" / "000001.jsonl"
    lines = change(journal.read_bytes().splitlines(keepends=True))
    journal.write_bytes(b"".join(rechained(lines) if chained else lines))
    if covered:
        (where / "head").unlink()
        shutil.rmtree(where / "snapshot", ignore_errors=True)


def rechained(lines: Lines) -> Lines:
    """The same lines as an unbroken chain: what anybody with a few lines of code can make."""
    found, before = [], "0" * 64
    seqs: dict[bytes, bytes] = {}
    for number, line in enumerate(lines, 1):
        header, _, *payloads = line[:-1].split(b"\t")
        payloads = [_summed(payload) for payload in payloads]
        old = re.match(rb'\{"seq":(\d+)', header)
        assert old
        seqs[old[1]] = b"%d" % number
        header = re.sub(rb'^\{"seq":\d+', b'{"seq":%d' % number, header)
        header = re.sub(rb'"prev":(\d+)', lambda one: b'"prev":%s' % seqs.get(one[1], b"0"), header)
        header = re.sub(rb'"prev":"[0-9a-f]{64}"', b'"prev":"%s"' % before.encode(), header)
        first, *rest = re.split(rb'(?<="sha":")[0-9a-f]{64}', header)
        pairs = zip(payloads, rest, strict=True)
        header = first + b"".join(sha(payload).encode() + part for payload, part in pairs)
        before = sha(header)
        found.append(b"\t".join([header, b'"%s"' % before.encode(), *payloads]) + b"\n")
    return found


def _summed(payload: bytes) -> bytes:
    """A payload with a whole document, and the sum that belongs to it."""
    text = payload.decode()
    at = text.find('"doc":')
    if at < 0:
        return payload
    _, end = json.JSONDecoder().raw_decode(text, at + 6)
    total = sha(text[at + 6 : end].encode())[:32]
    return re.sub(r'(?<="sum":")[0-9a-f]{32}', total, text, count=1).encode()


def without(number: int) -> Callable[[Lines], Lines]:
    """All lines but one, counted from 1."""
    return lambda lines: [line for place, line in enumerate(lines, 1) if place != number]


def swapped(number: int) -> Callable[[Lines], Lines]:
    """A line and the one behind it exchanged."""
    return lambda lines: [*lines[: number - 1], lines[number], lines[number - 1], *lines[number + 1 :]]


def edited(old: bytes, new: bytes) -> Callable[[Lines], Lines]:
    """Another text in place of one."""
    return lambda lines: [line.replace(old, new) for line in lines]
