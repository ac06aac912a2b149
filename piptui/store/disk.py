"""The file system that a store lies on, and what follows from one that several machines may share.

There the lock of one machine may mean nothing to another: both could write at once. So who writes has to be the same
machine as the last time, or somebody has to say that it is the only one.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from piptui.errors import Refused

from .files import Place
from .lock import last_host

SHARED: Final = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "glusterfs", "9p"})
"""Names of file systems that reach over a network; those that begin with `fuse` may."""

MOUNTS = Path("/proc/mounts")


def file_system(path: Path, mounts: Path | None = None) -> str:
    """The kind of file system a path lies on, by the list of mounts; "" where that cannot be read."""
    try:
        lines = (mounts or MOUNTS).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    found, kind = "", ""
    whole = str(path.resolve())
    for line in lines:
        fields = line.split()
        if len(fields) < 3:
            continue
        at = fields[1].replace("\\040", " ")
        inside = whole == at or whole.startswith(at.rstrip("/") + "/")
        # Of two mounts on one place the later one counts.
        if inside and len(at) >= len(found):
            found, kind = at, fields[2]
    return kind


def is_shared(kind: str) -> bool:
    """Whether several machines may have this kind of file system at once."""
    return kind in SHARED or kind.startswith("fuse")


def barred(place: Place, store: str, alone: Callable[[], bool] | None = None) -> str:
    """Why a store (`store`: personal or team) must not be written from this machine, or "". `alone` is asked, where
    it matters, whether this machine alone uses it. Raises Refused for a team store on a file system that several
    machines may share."""
    kind = file_system(place.path)
    if not is_shared(kind) or (alone is not None and alone()):
        return ""
    why = f"{place.path} lies on {kind}, where the lock of one machine may mean nothing to another"
    cure = "If this machine alone uses it, say so: network_store = true in the settings"
    if store == "team":
        raise Refused(f"{why}: two could write at once. Keep a team store on a local disk of one machine. {cure}.")
    host = last_host(place.lock)
    if host in ("", os.uname().nodename):
        return ""
    return f"{why}. It was last written on {host}: here it is open for reading only. {cure}."
