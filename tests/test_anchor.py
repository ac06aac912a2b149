"""An anchor goes through a mail, a log and a hand, and comes back as it was."""

import datetime as dt
from email.message import EmailMessage
from email.policy import SMTP

from hypothesis import given
from hypothesis import strategies as st

from piptui.anchor import Anchor, read_anchors

HASHES = st.text("0123456789abcdef", min_size=64, max_size=64)
ANCHORS = st.builds(
    Anchor,
    store=st.text("0123456789abcdef", min_size=8, max_size=32),
    seq=st.integers(0, 10**12),
    hash=HASHES,
    at=st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2100, 1, 1), timezones=st.just(dt.UTC)).map(  # noqa: DTZ001 - st adds it
        lambda at: at.replace(microsecond=0)
    ),
)


@given(ANCHORS, st.sampled_from(["{}", "Mar  3 06:00:01 host piptui[9]: {}", "> > {}", "x {} x", "\n{}\n"]))
def test_a_line_is_found_in_whatever_stands_around_it(anchor: Anchor, around: str) -> None:
    """The line of an anchor comes back from a log, a quoted mail and plain text."""
    assert read_anchors(around.format(anchor.line)) == (anchor,)


@given(ANCHORS, st.sampled_from(["\n", "\r\n", "\n> ", "  "]))
def test_a_broken_line_is_mended(anchor: Anchor, gap: str) -> None:
    """A mail program may break the line at its blanks."""
    assert read_anchors(anchor.line.replace(" ", gap)) == (anchor,)


@given(ANCHORS, st.integers(40, 100), st.sampled_from(["\n", "\r\n", "\n> ", "\n>> "]))
def test_a_line_broken_at_a_column_is_mended(anchor: Anchor, column: int, gap: str) -> None:
    """Another one breaks it at a column, in the middle of a hash, and quotes it."""
    line = anchor.line
    broken = gap.join(line[start : start + column] for start in range(0, len(line), column))
    assert read_anchors(f"> Kim wrote:{gap}{broken}{gap}Regards") == (anchor,)


@given(ANCHORS, st.sampled_from(["quoted-printable", "base64"]), st.sampled_from(["\n", "\r\n"]))
def test_a_mail_is_read_as_it_was_sent(anchor: Anchor, encoding: str, end: str) -> None:
    """Kept as a file it has its lines encoded and broken, and the anchor is in it all the same, and no other."""
    mail = EmailMessage(policy=SMTP.clone(linesep=end))
    mail["Subject"] = "record"
    mail.set_content(f"Grüße\n{anchor.line}\n", cte=encoding)
    assert read_anchors(mail.as_string()) == (anchor,)


@given(st.integers(0, 10**9), HASHES, st.integers(16, 64))
def test_a_pair_typed_from_paper_is_enough(seq: int, digest: str, digits: int) -> None:
    """SEQ:HASH, cut after at least sixteen digits, in capitals or not."""
    (found,) = read_anchors(f"{seq}:{digest[:digits].upper()}")
    assert (found.store, found.seq, found.hash) == ("", seq, digest[:digits])


@given(st.text(max_size=200))
def test_other_texts_hold_none_or_something_that_could_be_one(text: str) -> None:
    """Nothing that is read from anywhere breaks the reading, and what is found has enough digits."""
    for one in read_anchors(text):
        assert 16 <= len(one.hash) <= 64


def test_a_short_hash_is_no_witness() -> None:
    """Fewer than sixteen digits could be met by chance or by effort."""
    assert read_anchors(f"12:{'a' * 15}") == ()
    assert read_anchors(f"12:{'a' * 65}") == ()
