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
    if policy.records.erase_working_papers:
        raise BadInput(f"{source}: this version of piptui cannot erase working papers yet. Set it to false.")
    return with_digest(policy, digest_of(text))


def read_pack(folder: Path, name: str = DEFAULT) -> tuple[Policy, str]:
    """The pack called `name` in `folder`, with its exact text. Raises BadInput where there is none."""
    path = folder / f"{name}.toml"
    if not path.is_file():
        known = ", ".join(sorted(file.stem for file in folder.glob("*.toml")))
        raise BadInput(f"There is no policy pack called {name!r}. Known: {known}.")
    text = path.read_text(encoding="utf-8")
    return parse_pack(text, str(path)), text
