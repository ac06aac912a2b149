"""Files on their way in and out: read as a shell would, written so that only their owner reads them.

Used by commands and screens alike; what is in a file is never looked at.
"""

import os
import secrets
import shlex
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from piptui.cases.attached import told_size, too_big
from piptui.errors import BadInput, Denied, NotFound, PiptuiError, Refused

LISTED: Final = 5000
"""Names of a folder that are looked at to complete one."""


def whole_path(typed: str) -> Path:
    """A path as a shell takes it: `~` is the home directory. Raises BadInput for one that cannot be any."""
    if "\0" in typed:
        raise BadInput("A path cannot hold that character.")
    return Path(os.path.expanduser(typed.strip())).absolute()  # noqa: PTH111 - Path's own fails for ~nobody


def check_file(path: Path, limit: int) -> None:
    """Whether a file can be read and is not too big. Raises what `read_file` raises."""
    os.close(_opened(path, limit))


def read_file(path: Path, limit: int) -> bytes:
    """The bytes of a file, links followed; at most `limit`.

    Raises NotFound, Denied, BadInput for what is no file, Refused above the limit.
    """
    fd = _opened(path, limit)
    try:
        with os.fdopen(fd, "rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise _unreadable(path, error) from error
    if len(data) > limit:
        raise Refused(f"{path.name} has more than {told_size(limit)}, the most that the policy of this case takes.")
    return data


def _opened(path: Path, limit: int) -> int:
    try:
        # A pipe without a writer must not hold us up before we know that it is one.
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError as error:
        raise _unreadable(path, error) from error
    found = os.fstat(fd)
    try:
        if stat.S_ISDIR(found.st_mode):
            raise BadInput(f"{path} is a folder. Name the files in it that belong to the case.")
        if not stat.S_ISREG(found.st_mode):
            raise BadInput(f"{path} is a pipe or a device, not a file. Save it to a file first.")
        if found.st_size > limit:
            raise Refused(too_big(path.name, found.st_size, limit))
    except PiptuiError:
        os.close(fd)
        raise
    return fd


def _unreadable(path: Path, error: OSError) -> PiptuiError:
    if isinstance(error, FileNotFoundError):
        link = " The link there points to nothing." if path.is_symlink() else ""
        return NotFound(f"There is no file {path}.{link} Check the name.")
    if isinstance(error, PermissionError):
        return Denied(f"You may not read {path}. Ask whoever owns it, or copy it to where you may.")
    return BadInput(f"{path} cannot be read: {error.strerror}. Check the name.")


def write_private(path: Path, data: bytes, *, force: bool = False) -> None:
    """Make a file with mode 0600, whole or not at all, never through a link, never in a store.

    Raises Refused if it is there and `force` is not given, or if it would lie in a store; OSError.
    """
    if any((above / "store.json").exists() and (above / "journal").is_dir() for above in path.resolve().parents):
        raise Refused(f"{path} lies inside a store, where only the record may lie. Name another place.")
    if path.is_dir():
        raise Refused(f"{path} is a folder. Name a file.")
    fresh = path.with_name(f".{secrets.token_hex(8)}") if force else path
    try:
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    except FileExistsError:
        raise Refused(f"{path} is there already. Name another file, or add --force to replace it.") from None
    except OSError as error:
        # The name that was given is told, not the one that it has until it is whole.
        raise OSError(error.errno, error.strerror, str(path)) from error
    try:
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(descriptor, 0o600)
            file.write(data)
            file.flush()
            os.fsync(descriptor)
        if force:
            fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def fetch_line(path: Path, login: str) -> str:
    """The scp line that fetches a file to the other end of this SSH line; "" where there is none."""
    parts = os.environ.get("SSH_CONNECTION", "").split()
    if len(parts) != 4:
        return ""
    address, port = parts[2:]
    host = f"[{address}]" if ":" in address else address
    option = "" if port == "22" else f"-P {shlex.quote(port)} "
    return f"scp {option}{shlex.quote(f'{login}@{host}:{path}')} ."


def completed(typed: str) -> tuple[str, tuple[str, ...]]:
    """What a path goes on with as far as only one way is open, and the names that are possible then; folders end in
    a slash. Hidden names are offered to who typed their dot. What cannot be read goes on with nothing."""
    head, slash, begun = typed.lstrip().rpartition("/")
    try:
        names = sorted(_names(whole_path(f"{head}{slash}" or "."), begun))
    except (OSError, PiptuiError):
        return typed, ()
    if not names:
        return typed, ()
    common = os.path.commonprefix(names)  # noqa: RUF071  letters are typed, not components
    return f"{head}{slash}{common}", tuple(names)


def _names(folder: Path, begun: str) -> Iterable[str]:
    with os.scandir(folder) as found:
        for _, entry in zip(range(LISTED), found, strict=False):
            if entry.name.startswith(begun) and (begun or not entry.name.startswith(".")):
                yield entry.name + "/" * entry.is_dir()
