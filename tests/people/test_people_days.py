"""Dates in exports: one column, one way of writing, found out from all of it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piptui.people.days import DayOrder, read_days

FIFTH = dt.date(2018, 4, 5)


@pytest.mark.parametrize(
    "text",
    [
        "2018-04-05",
        "2018/04/05",
        "2018.4.5",
        "20180405",
        "2018-04-05T00:00:00Z",
        "2018-04-05 08:30:00+02:00",
        "April 5, 2018",
        "Apr. 5th, 2018",
        "5 Apr 2018",
        "05-Apr-18",
        "5. April 2018",
        "5 avril 2018",
        "Thu, April 5 2018",
        "2018 Apr 5",
        "5 April 2018 09:15",
    ],
)
def test_dates_that_say_all(text: str) -> None:
    """ISO and month names need no other cell to be understood."""
    assert read_days([text], "Hired").days == [FIFTH]


@pytest.mark.parametrize(
    ("cells", "order", "first"),
    [
        (["04/05/2018", "12/31/2018"], "mdy", FIFTH),
        (["05/04/2018", "31/12/2018"], "dmy", FIFTH),
        (["4/5/18", "1/17/19"], "mdy", FIFTH),
        (["05-04-2018", "31-12-2018"], "dmy", FIFTH),
        (["04/05/2018 00:00", "12/31/2018 00:00"], "mdy", FIFTH),
    ],
)
def test_a_value_above_twelve_decides_for_the_column(cells: list[str], order: str, first: dt.date) -> None:
    """The order that only one value betrays holds for all of them, without a word to the user."""
    days = read_days(cells, "Hired")
    assert (days.days[0], days.order, days.note, days.faults) == (first, order, "", ["", ""])


def test_the_column_decides_against_the_user() -> None:
    """An order that the values contradict is not applied."""
    assert read_days(["04/05/2018", "12/31/2018"], "Hired", "dmy").days[0] == FIFTH


def test_an_undecided_column_has_the_month_first_and_says_so() -> None:
    """An assumption that could be wrong is told, with the way to change it."""
    days = read_days(["04/05/2018"], "Hired")
    assert days.days == [FIFTH]
    assert "month first" in days.note
    assert "--order dmy" in days.note


def test_the_user_or_the_header_decides_an_undecided_column() -> None:
    """Nothing is assumed where the order was said."""
    assert read_days(["05/04/2018"], "Hired", "dmy")[0::3] == ([FIFTH], "")
    assert read_days(["05/04/2018"], "Hired (dd/mm/yyyy)").days == [FIFTH]


def test_dotted_dates_have_the_day_first_unless_said_otherwise() -> None:
    """Dots are the writing of day-first countries; they decide apart from slashes in the same column."""
    assert read_days(["05.04.2018"], "Eintritt").days == [FIFTH]
    assert read_days(["04.05.2018"], "Hired", "mdy").days == [FIFTH]
    assert read_days(["04/25/2018", "05.04.2018"], "Hired").days == [dt.date(2018, 4, 25), FIFTH]


def test_the_minority_of_a_mixed_column_is_refused() -> None:
    """Two orders in one column: most rows are believed, the others named."""
    days = read_days(["01/31/2018", "02/28/2018", "31/03/2018", "04/05/2018"], "Hired")
    assert days.days == [dt.date(2018, 1, 31), dt.date(2018, 2, 28), None, FIFTH]
    assert days.faults[2] == 'Hired "31/03/2018" does not fit: this column has the month first'


@pytest.mark.parametrize("text", ["2026-02-30", "02/30/2026", "Feb 30, 2026", "0202-01-01", "20261301"])
def test_days_that_do_not_exist(text: str) -> None:
    """A day that no calendar has is a fault, not the nearest day."""
    days = read_days([text, "02/28/2026"], "Hired")
    assert days.days[0] is None
    assert days.faults[0] == f'Hired "{text}" is no day of the calendar'


@pytest.mark.parametrize("text", ["soon", "199_", "March 2018", "12", "4/5", "24/7", "1/2/345"])
def test_what_is_not_a_date(text: str) -> None:
    """Text that names no single day is a fault that quotes it."""
    assert read_days([text], "Hired").faults == [f'Hired "{text}" is not a date']


@pytest.mark.parametrize("text", ["", "N/A-StillEmployed", "00.00.0000", "0000-00-00", "9999-12-31", "31.12.2999"])
def test_open_ends_are_no_dates(text: str) -> None:
    """What systems write for "still here" is a blank."""
    days = read_days([text], "Left")
    assert (days.days, days.faults) == ([None], [""])


def test_serials_only_when_the_whole_column_is_such() -> None:
    """A lone five-digit number among dates is a slip; a column of them comes from a spreadsheet."""
    assert read_days(["43831", "", "43832.0"], "Hired").days == [dt.date(2020, 1, 1), None, dt.date(2020, 1, 2)]
    assert read_days(["43831", "2020-01-01"], "Hired").faults[0] == 'Hired "43831" is not a date'


def test_two_digit_years() -> None:
    """50 to 99 are the last century, the others this one."""
    assert [day and day.year for day in read_days(["1/31/50", "1/31/49"], "Hired").days] == [1950, 2049]


def test_a_tie_follows_the_given_order() -> None:
    """As many values for either order decide nothing; the user does."""
    days = read_days(["31/01/2018", "01/31/2018"], "Hired", "dmy")
    assert days.days == [dt.date(2018, 1, 31), None]


@given(st.lists(st.dates(dt.date(1950, 1, 1), dt.date(2049, 12, 31)), min_size=1), st.sampled_from(["mdy", "dmy"]))
def test_a_written_column_reads_back(dates: list[dt.date], order: DayOrder) -> None:
    """Whatever days a column holds, written in one order and read with it they are the same."""
    form = "%m/%d/%Y" if order == "mdy" else "%d/%m/%Y"
    days = read_days([date.strftime(form) for date in dates], "Hired", order)
    assert days.days == dates
    assert days.order == order
