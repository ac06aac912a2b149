"""Names in texts: in which spellings somebody is found, what is somebody else, and what is taken out."""

import json

import pytest

from piptui.naming import Lookout

LOOK = Lookout(
    names=("Anna-Lena Müller Ortiz", "Anna-Lena Ortiz", "Ortiz, Anna-Lena", "Müller Ortiz, Anna-Lena"),
    keys=("1007", "a.ortiz@example.org", "aortiz", "HR-33/a"),
    parts=("Ortiz", "Müller", "Anna-Lena", "Anna"),
    others=("Luis Ortiz", "Ortiz, Luis"),
)


@pytest.mark.parametrize(
    "text",
    [
        "Anna-Lena Ortiz",
        "ANNA-LENA ORTIZ,",
        "anna lena ortiz's",
        "Anna\u2011Lena\nOrtiz.",
        "Ortiz, Anna-Lena",
        "Ortiz Anna-Lena",
        "Ortiz,Anna Lena",
        "Muller Ortiz, Anna-Lena",
        "Anna-Lena Mu\u0308ller Ortiz",
        "Anna-Lena Mu\u00adller-Ortiz",
        "Ortiz_Anna-Lena.pdf",
        "no. 1007.",
        "(1007, 1008)",
        "A.Ortiz@example.org.",
        "aortiz@example.com",
        "hr-33/a",
    ],
)
def test_somebody_is_found_however_it_is_written(text: str) -> None:
    """Either order, any case, accent, hyphen and line end; numbers, addresses and logins as they are."""
    assert [one.sure for one in LOOK.hits(f"So {text} x")] == [True]
    assert LOOK.may_be_in(json.dumps({"t": text}, ensure_ascii=False).encode())
    assert LOOK.may_be_in(json.dumps({"t": text}).encode())
    assert "rtiz" not in LOOK.without(text, "-").lower()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ms Ortiz was late.", ["Ortiz"]),
        ("Anna came.", ["Anna"]),
        ("Anna-Lena Ortiz-Berg", ["Anna-Lena", "Ortiz"]),
        ("with Anna-Lena. Ortiz said", ["Anna-Lena", "Ortiz"]),
        ("MULLER", ["Müller"]),
    ],
)
def test_a_part_of_the_name_may_mean_somebody_else(text: str, words: list[str]) -> None:
    """It is found, as what may be meant, and never taken out; so is a name that a hyphen makes longer."""
    assert [(one.word, one.sure) for one in LOOK.hits(text)] == [(word, False) for word in words]
    assert LOOK.without(text, "-") == text


@pytest.mark.parametrize(
    "text",
    [
        "Luis Ortiz",
        "Ortiz, Luis",
        "Joanna Ortizar",
        "1007.5",
        "2026-1007",
        "10071",
        "on 1007-01-02",
        "aortiz_old",
    ],
)
def test_what_is_somebody_or_something_else_is_passed_over(text: str) -> None:
    """A colleague by their full name, a longer word, number, day or login."""
    assert [*LOOK.hits(text)] == []


@pytest.mark.parametrize("text", ["x.a.ortiz@example.org", "a.ortiz@example.org.uk"])
def test_a_longer_address_is_another_one(text: str) -> None:
    """What looks like a name in it is perhaps meant, no more."""
    assert not any(one.sure for one in LOOK.hits(text))


def test_marks_of_other_scripts_make_another_letter() -> None:
    """A name of Japan or India is not found in another one that is written like it without them."""
    assert [*Lookout(["かき はな"]).hits("がき はな")] == []
    assert [one.sure for one in Lookout(["がき はな"]).hits("か\u3099き はな です")] == [True]
    assert [one.sure for one in Lookout(["अनीता देवी"]).hits("श्री अनीता देवी।")] == [True]


def test_only_the_name_goes_from_a_text() -> None:
    """What stands around it stays, letter for letter."""
    text = "Ｆünf: Ortiz, Anna-Lena (1007) and Ms Ortiz, or aortiz."
    assert LOOK.without(text, "…") == "Ｆünf: … (…) and Ms Ortiz, or …."
