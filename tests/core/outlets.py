"""Every way in which text leaves the desk, for one actor."""

import re
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from piptui.desk.desk import LocalDesk
from piptui.desk.printing import AUDIENCES, SIGN_OFF
from piptui.errors import Conflict, PiptuiError

from .world import CASE

Outlets = dict[str, str]
EMPLOYEE = "1014"


def said(call: Callable[..., Any], *args: Any) -> str:
    """What a call answers, as JSON; an error with all that it carries."""
    try:
        answer = call(*args)
    except PiptuiError as error:
        parts: list[Any] = [type(error).__name__, str(error), getattr(error, "reasons", ())]
        if isinstance(error, Conflict):
            parts += [error.theirs, error.before]
        return msgspec.json.encode(parts).decode()
    return msgspec.json.encode(answer).decode()


FOOT = re.compile(r"Record \S+, seq \d+, hash \w+|--witness \d+:\w+")
"""What a packet says of the state of the whole record."""


def exported(desk: LocalDesk, case: str) -> dict[str, str]:
    """Every file of an export by its path, but for what moves with every commit and with the clock."""
    with TemporaryDirectory() as folder:
        desk.export(f"{folder}/out", case)
        paths = sorted(path for path in Path(folder, "out").rglob("*") if path.is_file())
        found = {str(path.relative_to(folder)): path.read_bytes().decode(errors="replace") for path in paths}
    moving = r'"(seq|hash|at|exported_at)": [^,\n]+'
    found["out/manifest.json"], moved = re.subn(moving, "", found["out/manifest.json"])
    assert moved == 4
    for path in [path for path in found if path.endswith("case.md")]:
        found[path] = FOOT.sub("", found[path])
        name = path.removeprefix("out/")
        found["out/manifest.json"] = re.sub(rf'"{name}": "\w+"', "", found["out/manifest.json"])
    return found


def outlets(desk: LocalDesk, words: tuple[str, ...], entries: tuple[str, ...] = ()) -> Outlets:
    """Everything the desk says about the one case: `words` are searched for, `entries` are ids to try acts on."""
    found = {
        "me": said(desk.me),
        "view": said(desk.view, CASE),
        "list": said(desk.list),
        "history": said(desk.history, CASE),
        "acts": said(desk.acts, CASE),
        "version": said(desk.version, CASE, 1),
        "agenda": said(lambda: desk.agenda(days=400)),
        "agenda of all": said(lambda: desk.agenda("all", days=400)),
        "lookup": said(desk.lookup),
        "person": said(desk.person, EMPLOYEE),
        "person acts": said(desk.person_acts, EMPLOYEE),
        "person history": said(desk.person_history, EMPLOYEE),
        "own page": said(desk.person, "me"),
        "own history": said(desk.person_history, "me"),
        "export": said(exported, desk, ""),
        "export of one": said(exported, desk, CASE),
        # Where the record stands moves with every commit; who did what in which case is what is told.
        "watch": said(lambda: desk.watch(0).lines),
    }
    for word in words:
        found[f"list {word}"] = said(lambda word: desk.list(word).lines, word)
        found[f"find {word}"] = said(desk.find, word)
    for audience in (*AUDIENCES, SIGN_OFF):
        text = said(desk.packet, CASE, audience)
        # The foot of a packet names the state of the whole record: any commit to any case moves it.
        found[f"packet {audience}"], feet = FOOT.subn("", text)
        assert feet == 2 * text.startswith('{"case"'), text
    for entry in entries:
        strike = {"entry": entry, "reason": "y"}
        found[f"preview correct {entry}"] = said(desk.preview, "correct", CASE, {**strike, "value": "x"})
        found[f"preview strike {entry}"] = said(desk.preview, "strike", CASE, strike)
    return found
