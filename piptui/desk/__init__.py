"""The one door: who may do which act, the gate, the commit, what changed. Plain data in and out."""

from typing import TYPE_CHECKING

from piptui.desk.api import Actor, Desk

if TYPE_CHECKING:
    from piptui.desk.backing import restore
    from piptui.desk.checkup import health, replaced
    from piptui.desk.desk import open_desk
    from piptui.desk.proving import check
    from piptui.desk.registration import init_store

__all__ = ["Actor", "Desk", "check", "health", "init_store", "open_desk", "replaced", "restore"]


def __getattr__(name: str) -> object:
    # Screens and commands read `piptui.desk.api`; asking for that must not load the store behind the desk.
    if name == "open_desk":
        from piptui.desk.desk import open_desk

        return open_desk
    if name == "init_store":
        from piptui.desk.registration import init_store

        return init_store
    if name == "health":
        from piptui.desk.checkup import health

        return health
    if name == "replaced":
        from piptui.desk.checkup import replaced

        return replaced
    if name == "check":
        from piptui.desk.proving import check

        return check
    if name == "restore":
        from piptui.desk.backing import restore

        return restore
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
