"""What was saved after a commit, also in a damaged record, to be typed again: python3 read_saves.py DIRECTORY SEQ."""

import json
import sys
from hashlib import sha256
from pathlib import Path


def read(text):  # what cannot be read is nothing
    try:
        found = json.loads(text)
    except ValueError:
        found = {}
    return found if isinstance(found, dict) else {}


def say(text):  # no character of a stored text moves the cursor
    print("".join(char if char.isprintable() or char == "\n" else "?" for char in text))


where, since, names = Path(sys.argv[1]), int(sys.argv[2]), {}
for segment in sorted((where / "journal").glob("*.jsonl")):
    for number, line in enumerate(segment.read_bytes().split(b"\n")[:-1], 1):
        text, _, *payloads = (line + b"\t").split(b"\t")
        header = read(text)
        seq, who = header.get("seq", since + 1), names.get(header.get("actor"), header.get("actor"))
        if seq > since:
            told = f"commit {seq}, {header.get('at')}, {who}: {header.get('act')}"
            say(f"\n{segment.name}, line {number}: {told if header else 'DAMAGED, not even its commit can be read'}")
        for change, payload in zip(header.get("ch", []), payloads, strict=False):
            made, key, of = read(payload), change["id"], change.get("of")
            body = made.get("doc") or made.get("patch") or {}
            if change["t"] in ("people", "cases"):  # a person's name, or a case's number
                names[key] = body.get("name") or body.get("number") or names.get(key)
            if seq > since:
                blank = payload.strip(b" ") == b""
                wrong = sha256(payload).hexdigest() != change["sha"]
                state = "REMOVED" if wrong and blank else "DAMAGED, not as it was saved" if wrong else ""
                say(f"  {change['t']} {key} of {names.get(of) or names.get(key)}: {made.get('sentence', '')} {state}")
                say("    " + json.dumps(body, ensure_ascii=False, indent=2).replace("\n", "\n    "))
