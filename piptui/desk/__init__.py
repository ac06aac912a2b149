"""The one door: who may do which act, the gate, the commit, what changed. Plain data in and out."""

from piptui.desk.api import Actor, Desk
from piptui.desk.desk import open_desk
from piptui.desk.registration import init_store

__all__ = ["Actor", "Desk", "init_store", "open_desk"]
