"""Policy packs: load and validate. What a pack says is data of a case; a file that changes later changes no case."""

import hashlib
from functools import lru_cache
from pathlib import Path

import msgspec

from piptui.cases.terms import Policy, with_digest
from piptui.errors import BadInput

DEFAULT = "generic"


def digest_of(text: str) -> str:
    """The name of exactly this text: the first 32 hex digits of its SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


@lru_cache(maxsize=16)  # each desk that is opened reads the same few packs
def parse_pack(text: str, source: str = "the policy pack") -> Policy:
    """A pack from its TOML text, strictly. Raises BadInput naming the source and the field that does not fit."""
    import tomllib  # a start reads packs from the record, and only when a case is asked about

    try:
        policy = msgspec.convert(tomllib.loads(text), Policy)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise BadInput(f"{source} cannot be used: {error}. Mend the file and try again.") from error
    _one_rule_each(policy, source)
    return with_digest(policy, digest_of(text))


def _one_rule_each(policy: Policy, source: str) -> None:
    """Raise BadInput where two rules of retention have one name, or speak of the same."""
    named: set[str] = set()
    spoken: dict[tuple[str, str], str] = {}
    for rule in policy.retention:
        again = next((one for one in rule.results if (rule.what, one) in spoken), "")
        if rule.name in named or again:
            twice = f"two are called {rule.name!r}"
            both = f"{spoken.get((rule.what, again))!r} and {rule.name!r} speak of the same"
            what = twice if rule.name in named else both
            raise BadInput(f"{source} cannot be used: retention: {what}. Mend the file and try again.")
        named.add(rule.name)
        spoken |= {(rule.what, one): rule.name for one in rule.results}
    if policy.notebook is not None and policy.notebook.name in named:
        raise BadInput(
            f"{source} cannot be used: notebook: a rule of retention is called {policy.notebook.name!r}, too. "
            "Mend the file and try again."
        )


def read_pack(folder: Path, name: str = DEFAULT) -> tuple[Policy, str]:
    """The pack called `name` in `folder`, with its exact text. Raises BadInput where there is none."""
    path = folder / f"{name}.toml"
    if not path.is_file():
        known = ", ".join(sorted(file.stem for file in folder.glob("*.toml")))
        raise BadInput(f"There is no policy pack called {name!r}. Known: {known}.")
    text = path.read_text(encoding="utf-8")
    return parse_pack(text, str(path)), text
