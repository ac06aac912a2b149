"""Read and check a record by format.md (its sections in brackets): python3 read_record.py DIRECTORY [SEQ HASH]."""

import json
import re
import sys
import zlib
from hashlib import sha256
from pathlib import Path

HALF = "\ud800"  # half a character, which no text holds: it marks numbers that count as spelled, and the unknown
ESCAPED = {code: f"\\u{code:04x}" for code in (*range(0x7F, 0xA0), *range(0x2028, 0x202F), *range(0x2066, 0x206A))}


def check(right, what):  # stops at the first thing that is wrong
    right or sys.exit(f"{what}. (Is it being written? Then read it again.)")


def canonical(value):  # [Canonical JSON]
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).translate(ESCAPED)
    return re.sub(f'"{HALF}([^"]*)"', r"\1", text)


def merged(old, patch):  # [Patches]
    if not isinstance(patch, dict):
        return patch
    old = old if isinstance(old, dict) else {}
    return {k: merged(old.get(k), patch.get(k, old.get(k))) for k in old | patch if patch.get(k, k) is not None}


where, docs, last, chain, blank, listed = Path(sys.argv[1]), {}, {}, ["0" * 64], {}, set()
check(json.loads((where / "store.json").read_bytes())["reader"] == 1, "store.json wants another reader")  # [Files]
head = re.fullmatch(rb"((\d{20}) (\d{6}) (\d{20}) ([0-9a-f]{64})) ([0-9a-f]{8})\n", (where / "head").read_bytes())
check(head and int(head[6], 16) == zlib.crc32(head[1]), "head is damaged")  # [Head]
for segment in range(1, int(head[3]) + 1):
    data = (where / f"journal/{segment:06d}.jsonl").read_bytes()[: int(head[4]) if segment == int(head[3]) else None]
    for number, line in enumerate(data.split(b"\n")[:-1], 1):  # [Lines]
        spot, (text, stated, *payloads) = f"segment {segment}, line {number}", (line + b"\t").split(b"\t")
        check(stated == b'"%s"' % sha256(text).hexdigest().encode(), f"{spot}: its header was changed")
        header, chained = json.loads(text), (len(chain), chain[-1], len(payloads) - 1)
        check((header["seq"], header["prev"], len(header["ch"])) == chained, f"{spot}: it does not follow the last")
        for place, (change, payload) in enumerate(zip(header["ch"], payloads, strict=False)):  # [Payloads]
            key, right = (change["t"], change["id"]), sha256(payload).hexdigest() == change["sha"]
            check(right or payload.strip(b" ") == b"", f"{spot}: text {place} was changed")
            blank |= {} if right else {(len(chain), place): spot}
            made = json.loads(payload, parse_float=lambda digits: HALF + digits) if right else {}
            made |= {"doc": merged(docs[key], made["patch"])} if "patch" in made and docs[key] != HALF else {}
            total = sha256(canonical(made.get("doc")).encode()).hexdigest()[:32]
            check("doc" not in made or total == made["sum"], f"{spot}: text {place} does not make what it made")
            check(change["prev"] == last.get(key, 0), f"{spot}: change {place} does not name the one before it")
            docs[key], last[key] = made.get("doc", None if "del" in made else HALF), len(chain)
        chain.append(json.loads(stated))
        listed |= {(seq, place) for seq, place in header.get("redacts", [])}  # [Redaction]
        check(listed <= blank.keys(), f"{spot}: a text that it removes is still there")
check((len(chain) - 1, chain[-1]) == (int(head[2]), head[5].decode()), f"lines are missing behind {len(chain) - 1}")
check(blank.keys() <= listed, f"{[blank[at] for at in sorted(blank.keys() - listed)]}: a blank that no commit lists")
check(chain[int(sys.argv[2]) :][:1] == [sys.argv[3]] if sys.argv[2:] else True, "that commit is another one, or gone")
for name, file in [(key[1], file) for key, file in docs.items() if key[0] == "files" and (file or {}).get("digest")]:
    data = (where / "files" / Path(name).name).read_bytes()  # [Attached files]
    check(sha256(data).hexdigest() == file["digest"], f"files/{name}: other bytes than were attached")
print(*(canonical([*key, found]) for key, found in docs.items() if found is not None), sep="\n")
