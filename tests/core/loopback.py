"""A desk behind an encode/decode loopback: what any desk in another process would have to carry."""

import inspect
from collections.abc import Callable
from typing import Any, get_type_hints

import msgspec

from piptui import errors
from piptui.desk.api import Desk

METHODS = tuple(name for name in vars(Desk) if not name.startswith("_"))
CARRIED = ("reasons", "theirs", "yours", "before")


class Wire:
    """Passes calls to a desk as JSON text: arguments there, results and errors back. `calls` counts them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.calls: list[str] = []

    def call(self, name: str, text: bytes) -> tuple[bool, bytes]:
        """Whether it worked, and the result or the error, both as JSON."""
        self.calls.append(name)
        method = getattr(self._desk, name)
        hints = get_type_hints(getattr(Desk, name))
        given = msgspec.json.decode(text)
        arguments = {key: msgspec.convert(value, hints[key]) for key, value in given.items()}
        try:
            # Only what the protocol names goes over the wire, by the names it gives.
            result = method(**arguments)
        except errors.PiptuiError as error:
            more = {key: value for key in CARRIED if (value := getattr(error, key, None)) is not None}
            return False, msgspec.json.encode([type(error).__name__, error.args, more])
        return True, msgspec.json.encode(result)


def proxied(name: str, wire: Wire) -> Callable[..., Any]:
    """A method of the protocol that goes over the wire and comes back as its declared type."""
    signature = inspect.signature(getattr(Desk, name))
    result_type = get_type_hints(getattr(Desk, name))["return"]

    def call(*args: Any, **kwargs: Any) -> Any:
        bound = signature.bind(None, *args, **kwargs)
        arguments = {key: value for key, value in bound.arguments.items() if key != "self"}
        worked, text = wire.call(name, msgspec.json.encode(arguments))
        if worked:
            return msgspec.json.decode(text, type=result_type)
        raise rebuilt(*msgspec.json.decode(text))

    return call


def rebuilt(name: str, args: list[Any], more: dict[str, Any]) -> errors.PiptuiError:
    """The error as it was raised on the other side."""
    kind: type[errors.PiptuiError] = getattr(errors, name)
    if kind is errors.Conflict:
        return errors.Conflict(args[0], theirs=more.get("theirs"), yours=more.get("yours"), before=more.get("before"))
    if kind is errors.Refused:
        return errors.Refused(args[0], tuple(more.get("reasons", ())))
    return kind(*args)


class LoopbackDesk:
    """Every method of the protocol, over the wire."""

    def __init__(self, desk: Desk) -> None:
        self.wire = Wire(desk)
        for name in METHODS:
            setattr(self, name, proxied(name, self.wire))
