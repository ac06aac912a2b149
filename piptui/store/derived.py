"""Whether the derived files are as they were written; for `verify`. Nothing of one that is not is ever served."""

from collections.abc import Iterator

from . import tail
from .pages import BadSnapshot, OtherSnapshot
from .shelf import TAIL, Shelf


def damaged(shelf: Shelf) -> Iterator[str]:
    """What is damaged in the folder of snapshots; those that another version made are left alone."""
    for number in shelf.numbers():
        try:
            base = shelf.load(number)
            try:
                base.check()
            finally:
                base.close()
        except OtherSnapshot:
            continue
        except BadSnapshot as damage:
            yield f"snapshot {number} ({damage})"
        except OSError:
            # Without its index it was deleted meanwhile.
            if shelf.path(number, "idx").exists():
                yield f"snapshot {number} (a file is missing or cannot be read)"
    for path in sorted(shelf.folder.glob(f"*.{TAIL}")):
        try:
            tail.read(path.read_bytes())
        except (OtherSnapshot, FileNotFoundError):
            continue
        except (BadSnapshot, OSError) as damage:
            yield f"{path.name} ({damage})"
