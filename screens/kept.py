"""What was typed and not saved, and what it is called where somebody is about to leave it."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from piptui.dates import in_zone, show_date
from piptui.desk.api import Me
from piptui.drafts import Draft, Drafts

KeptKey = tuple[str, str, str]


class Kept(msgspec.Struct, frozen=True):
    """What was typed and not saved: when (UTC), which fields, and the state of the record it was typed on."""

    at: dt.datetime
    texts: dict[str, str]
    base: Any = None


def as_draft(key: KeptKey, kept: Kept) -> Draft:
    """A kept text as it lies on the disk."""
    case, form, item = key
    base = msgspec.to_builtins(kept.base, str_keys=True)
    return Draft(case=case, form=form, item=item, at=kept.at, texts=kept.texts, base=base)


class KeptTexts(dict[Any, Any]):
    """What is typed and not saved, by form; with `drafts` it outlives the program.

    Other things than typed texts may be remembered here, too, such as where an editor was left; those do not.
    """

    def __init__(self, drafts: Drafts | None = None) -> None:
        super().__init__()
        self._drafts = drafts
        self._sealed = False
        self._gone: set[KeptKey] = set()
        self.lasting = drafts is not None
        """Whether what is typed is there again after the program ended, however it ended."""
        for draft in drafts.left_over() if drafts else ():
            super().__setitem__(draft.key, Kept(draft.at, draft.texts, draft.base))

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__(key, value)
        if self._drafts is not None and not self._sealed and isinstance(value, Kept):
            if self._drafts.lost(key):
                self._gone.add(key)
            self.lasting = self._drafts.put(as_draft(key, value))

    @property
    def refused(self) -> bool:
        """Whether the disk took nothing the last time: what is typed lives only as long as the program."""
        return self._drafts is not None and not self.lasting

    def pop(self, key: Any, *default: Any) -> Any:
        """Take something out; it is kept no longer."""
        if self._drafts is not None and not self._sealed and key in self:
            self._drafts.drop(key)
            self._gone.discard(key)
        return super().pop(key, *default)

    def take_away(self, goes: Callable[[Draft], bool]) -> set[KeptKey]:
        """Texts were removed from the record: forget what was typed on them, and tell which that was. It is what
        `goes` says, and all whose draft somebody took away from the disk meanwhile: who removes takes those."""
        drafts = self._drafts
        found = {
            key
            for key, text in self.items()
            if isinstance(text, Kept)
            and (key in self._gone or (drafts is not None and drafts.lost(key)) or goes(as_draft(key, text)))
        }
        for key in found:
            self.pop(key)
        return found

    def seal(self) -> None:
        """The program begins to end: forms that are taken apart have less and less in them, and that is no news."""
        self._sealed = True

    def close(self) -> None:
        """The program ends; what is typed waits for the next start."""
        if self._drafts is not None:
            self._drafts.close()


def kept_names(kept: Mapping[KeptKey, object]) -> list[str]:
    """What is typed and not saved, in words to warn with: "goal g2 of case 0001", "note in case 0001", "new case"."""
    names = [kept_name(*key) for key, text in kept.items() if isinstance(text, Kept)]
    return list(dict.fromkeys(names))


_REVIEW: Final = ("act open_review", "act assess", "act decide")
_MEETING: Final = ("check-in", "act miss_check_in")
_FORMS: Final = {
    **dict.fromkeys(("put", "set", "remove", "move"), ("plan",)),
    **dict.fromkeys(("log_check_in", "miss_check_in"), _MEETING),
    **dict.fromkeys(("open_review", "assess", "decide"), _REVIEW),
}
"""Act -> the forms whose texts come back where it is done; of any other act, its own form."""


def kept_for(kept: Mapping[KeptKey, object], case: str, act: str = "") -> list[KeptKey]:
    """The keys of what is typed for an act on a case, or for any, and not saved; the newest first."""
    forms = _FORMS.get(act, (f"act {act}",))
    found = [
        (text.at, key)
        for key, text in kept.items()
        if isinstance(text, Kept) and key[0] == case and (not act or key[1] in forms)
    ]
    return [key for _, key in sorted(found, reverse=True)]


_OPENED_BY: Final = {
    "check-in": "case.check_in",
    "plan": "case.edit",
    "act note": "case.note",
    "act attach": "case.attach",
    "act correct": "case.correct",
    "act strike": "case.strike",
    "act decide": "case.outcome",
    "act assess": "case.outcome",
}
"""Form -> the action of a case's page that opens it; every other one is found in the list of acts."""


def kept_here(kept: KeptTexts, case: str, weeks: Mapping[str, str], me: Me) -> list[tuple[str, str]]:
    """What is typed for one case and not saved, the newest first: what it is and when, "check-in of week 3, 12:10",
    and the action that opens it. `weeks` are the check-ins in words by their slots."""
    found: list[tuple[str, str]] = []
    here = [(key, text) for key, text in kept.items() if isinstance(text, Kept) and key[0] == case]
    for (_, form, item), text in sorted(here, key=lambda one: one[1].at, reverse=True):
        name = kept_name(case, form, item).removesuffix(f" in case {case}").removesuffix(f" of case {case}")
        if form == "check-in" and item:
            name = f"check-in of {weeks.get(item, item)}"
        at = in_zone(text.at, me.zone)
        day = "" if at.date() == me.today else f"{show_date(at.date(), me.today)} "
        # A note of what was typed for a check-in is opened from the form of that.
        by = "check-in" if item.startswith("check-in") else form
        found.append((f"{name}, {day}{at:%H:%M}", _OPENED_BY.get(by, "page.acts")))
    return found


_ACT_WORDS: Final = {
    "assess": "verdict",
    "decide": "decision",
    "issue": "form to issue the plan",
    "submit": "word to the reviewers",
    "return": "comments on the plan",
    "approve": "note on the approval",
    "acknowledge": "acknowledgement",
    "refuse": "refusal",
    "deliver": "support given",
    "open_review": "form to open the review",
    "withdraw": "withdrawal",
    "discard": "form to discard",
    "correct": "correction",
    "attach": "file to attach",
    "strike": "form to strike an entry",
    "miss_check_in": "missed check-in",
}


def kept_name(case: str, form: str, item: str) -> str:
    """What a kept text is, in words: "goal g2 of case 0001", "verdict in case 0001"."""
    if form == "plan":
        from screens.plan_fields import SECTIONS  # a start needs no form

        part, _, key = item.partition(".")
        one = next((one for one in SECTIONS if part in (one.id, one.collection)), None)
        if one is None:
            return f"plan of case {case}"
        if not one.collection:
            return f"{one.title.lower()} of case {case}"
        return f"{one.one} {key} of case {case}" if key else f"new {one.one} in case {case}"
    act = form.removeprefix("act ")
    if form == "check-in" and item:
        act = f"check-in {item}"
    what = _ACT_WORDS.get(act, act.replace("_", " "))
    return f"{what} in case {case}" if case else what
