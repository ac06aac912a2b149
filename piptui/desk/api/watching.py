"""What others did meanwhile."""

from piptui.desk.api.base import Plain


class NewsLine(Plain, frozen=True):
    """A commit that concerns something the actor may see: the case's number ("" where it concerns people), and who
    made it; `removed` are the documents, by table and id, out of which it took texts for good."""

    seq: int
    case: str
    who: str
    removed: tuple[tuple[str, str], ...] = ()


class PresenceLine(Plain, frozen=True):
    """Somebody who has a form of a case open and has typed in it; `own`: the actor, in another session."""

    who: str
    act: str
    own: bool = False


class News(Plain, frozen=True):
    """What happened since: `seq` is where the record stands now, to ask from next time."""

    seq: int
    lines: tuple[NewsLine, ...] = ()
