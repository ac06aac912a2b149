"""Where things are: what ships with the program, the default store, logs, what is kept beside a store, configuration.

Follows the XDG variables; nothing is created by asking where it is, except `state_dir`.
"""

import hashlib
import os
from functools import cache
from pathlib import Path

_APP = "piptui"


@cache
def data_dir() -> Path:
    """The folder of files that ship: `piptui/data` in an installed wheel, `data/` in a checkout."""
    package = Path(__file__).resolve().parent
    installed = package / "data"
    return installed if installed.is_dir() else package.parent / "data"


def default_store() -> Path:
    """The store that is opened when none is named: `PIPTUI_STORE`, else `$XDG_DATA_HOME/piptui/store`."""
    named = os.environ.get("PIPTUI_STORE", "").strip()
    return Path(named).expanduser() if named else _home("XDG_DATA_HOME", ".local/share") / "store"


def state_dir() -> Path:
    """The folder of logs and kept drafts, made here with mode 0700 if it is missing.

    Raises OSError where it cannot be made.
    """
    path = _home("XDG_STATE_HOME", ".local/state")
    missing = [one for one in path.parents if not one.exists()]
    # One by one: what `parents` makes on the way gets the mode of the umask.
    for one in (*reversed(missing), path):
        one.mkdir(mode=0o700, exist_ok=True)
    if path.stat().st_mode & 0o077:
        path.chmod(0o700)
    return path


def drafts_dir() -> Path:
    """The folder of what was typed and not saved, a folder in it for each store; made when there is something."""
    return state_dir() / "drafts"


def views_dir() -> Path:
    """The folder of saved views, a folder in it for each store; made when there is something."""
    return state_dir() / "views"


def witness_dir() -> Path:
    """The folder of what was seen of records, a folder in it for each store; made when there is something."""
    return state_dir() / "witness"


def backups_dir() -> Path:
    """The folder of notes on where backups were written, a file for each store; made when there is something."""
    return state_dir() / "backups"


def make_private(folder: Path) -> None:
    """Make a folder for a store, and the one above it, with mode 0700. Raises OSError where it cannot be made."""
    # One by one: what `parents` makes on the way gets the mode of the umask.
    for path in (folder.parent, folder):
        path.mkdir(mode=0o700, parents=True, exist_ok=True)


def put_private(path: Path, data: bytes) -> None:
    """Put a file of mode 0600 in place of what is there, whole or not at all, in a folder that is there. It is not
    forced to the disk. Raises OSError."""
    fresh = path.with_name(f"{os.urandom(4).hex()}.new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def folder_of(base: Path, store: str) -> Path:
    """The folder for a store below one of these, by the store's id."""
    # The id comes out of a file that others may write in a team store: it must not lead elsewhere.
    return base / hashlib.sha256(store.encode()).hexdigest()[:16]


def forget_store(store: str) -> None:
    """Remove what is kept on this machine beside a store that is no more: drafts, views and witness."""
    import shutil  # a start forgets nothing

    for base in (drafts_dir(), views_dir(), backups_dir(), witness_dir()):
        shutil.rmtree(folder_of(base, store), ignore_errors=True)


def config_file() -> Path:
    """The file of personal settings; it need not exist."""
    return _home("XDG_CONFIG_HOME", ".config") / "config.toml"


def _home(variable: str, otherwise: str) -> Path:
    """The program's folder below an XDG base; a relative value of the variable is ignored, as XDG asks."""
    base = os.environ.get(variable, "")
    return (Path(base) if base.startswith("/") else Path.home() / otherwise) / _APP
