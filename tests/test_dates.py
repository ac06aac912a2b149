"""Days as people write them, zones, and the arithmetic of plans."""

import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from piptui.dates import (
    Order,
    Prefer,
    day_of,
    distance,
    in_zone,
    local_zone,
    period_end,
    read_date,
    read_time,
    show_date,
    slot_dates,
    slot_instant,
    today_in,
    utc_now,
    week_of,
    week_span,
    zone_name,
)
from piptui.errors import BadInput

TODAY = date(2027, 9, 15)  # a Wednesday
START = date(2027, 9, 6)  # a Monday; a plan of 60 days
END = START + timedelta(days=60)

MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()  # noqa: SIM905

HEAP = (
    "in", "a", "2", "3rd", "31", "week", "weeks", "days", "from", "before", "end", "of", "next", "last",
    "the", "month", "monday", "fri", "day", "q2", "may", "2027", "plan", "start", "after", "-", "/",
    ".", "eow", "10bd", "every", "first", "check-in",
)  # fmt: skip

todays = st.dates(date(1990, 1, 1), date(2150, 12, 31))
days = st.dates(date(1950, 1, 1), date(2150, 12, 31))


def iso(text: str, today: date = TODAY, *, order: Order = "mdy", prefer: Prefer = "future") -> str:
    """Read with the plan of this module, and give the day in ISO form."""
    return read_date(text, today, start=START, end=END, order=order, prefer=prefer).isoformat()


def read_or_why(
    text: str, today: date, *, start: date | None = None, end: date | None = None, prefer: Prefer = "future"
) -> date | str:
    """Give the day, or the sentence of the refusal."""
    try:
        return read_date(text, today, start=start, end=end, prefer=prefer)
    except BadInput as refusal:
        return str(refusal)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        # numeric
        ("10/22/27", "2027-10-22"),
        ("10/22", "2027-10-22"),
        ("9/14", "2028-09-14"),
        ("9/15", "2027-09-15"),
        ("22/10/2027", "2027-10-22"),
        ("22.10.2027", "2027-10-22"),
        ("22. 10. 2027", "2027-10-22"),
        ("22.10.", "2027-10-22"),
        ("5.5.2028", "2028-05-05"),
        ("10.22.27", "2027-10-22"),
        ("3.10.", "2027-10-03"),
        ("10-22-27", "2027-10-22"),
        ("10-22", "2027-10-22"),
        ("2027-10-22", "2027-10-22"),
        ("2027/10/22", "2027-10-22"),
        ("2027.1.2", "2027-01-02"),
        ("20271022", "2027-10-22"),
        ("2027-10-22T09:30:00Z", "2027-10-22"),
        ("2027-10-22 23:30:00.5 -05:00", "2027-10-22"),
        ("7/4/71", "1971-07-04"),
        ("7/4/47", "2047-07-04"),
        ("7/4/48", "1948-07-04"),
        ("46682", "2027-10-22"),
        ("٢٢/١٠/٢٠٢٧", "2027-10-22"),
        # month names
        ("22 Oct", "2027-10-22"),
        ("Oct. 22, 2027", "2027-10-22"),
        ("October 22nd", "2027-10-22"),
        ("22nd of October, 2027", "2027-10-22"),
        ("22-Oct-27", "2027-10-22"),
        ("22OCT2027", "2027-10-22"),
        ("2027 Oct 22", "2027-10-22"),
        ("Oct 22 '27", "2027-10-22"),
        ("sept 14", "2028-09-14"),
        ("29 February", "2028-02-29"),
        ("22. Oktober 2027", "2027-10-22"),
        ("1er août 2027", "2027-08-01"),
        ("3 de enero de 2028", "2028-01-03"),
        ("third of October", "2027-10-03"),
        ("by October 22", "2027-10-22"),
        ("no later than 22 October at 5 p.m.", "2027-10-22"),
        # words and counts
        ("today", "2027-09-15"),
        ("tonight", "2027-09-15"),
        ("tomorrow at noon", "2027-09-16"),
        ("yesterday", "2027-09-14"),
        ("the day after tomorrow", "2027-09-17"),
        ("day before yesterday", "2027-09-13"),
        ("in a week", "2027-09-22"),
        ("three weeks", "2027-10-06"),
        ("in a couple of months", "2027-11-15"),
        ("within 4 days", "2027-09-19"),
        ("forty-five (45) calendar days from today", "2027-10-30"),
        ("10 days ago", "2027-09-05"),
        ("a fortnight from now", "2027-09-29"),
        ("+3w", "2027-10-06"),
        ("-2d", "2027-09-13"),
        ("1y", "2028-09-15"),
        ("in a quarter", "2027-12-15"),
        ("+5bd", "2027-09-22"),
        ("3 business days ago", "2027-09-10"),
        ("next working day", "2027-09-16"),
        ("two weeks from 1 October", "2027-10-15"),
        ("2 days before the end of next month", "2027-10-29"),
        ("a week tomorrow", "2027-09-23"),
        # weekdays
        ("Friday", "2027-09-17"),
        ("Wednesday", "2027-09-22"),
        ("weds", "2027-09-22"),
        ("this Friday at 5pm", "2027-09-17"),
        ("next Monday", "2027-09-20"),
        ("next Wednesday", "2027-09-22"),
        ("last Thursday", "2027-09-09"),
        ("past Monday", "2027-09-13"),
        ("Thu next week", "2027-09-23"),
        ("next week on Thursday", "2027-09-23"),
        ("Saturday of next week", "2027-09-25"),
        ("Mon in 3 weeks", "2027-10-04"),
        ("in 3 weeks on Monday", "2027-10-04"),
        ("a week on Monday", "2027-09-27"),
        ("Friday week", "2027-09-24"),
        ("COB Friday", "2027-09-17"),
        ("Friday, 5pm", "2027-09-17"),
        ("this weekend", "2027-09-18"),
        ("review on Monday 20", "2027-09-20"),
        ("Friday, October 22", "2027-10-22"),
        ("10/22 (Fri)", "2027-10-22"),
        ("the 20th", "2027-09-20"),
        ("the 14th", "2027-10-14"),
        ("the 31st", "2027-10-31"),
        ("the 1st of next month", "2027-10-01"),
        # periods
        ("EOD", "2027-09-15"),
        ("close of business", "2027-09-15"),
        ("end of day tomorrow", "2027-09-16"),
        ("EOW", "2027-09-17"),
        ("eom", "2027-09-30"),
        ("EOQ", "2027-09-30"),
        ("EOY", "2027-12-31"),
        ("year-end", "2027-12-31"),
        ("end of next week", "2027-09-24"),
        ("end of February", "2028-02-29"),
        ("the end of Q1 2028", "2028-03-31"),
        ("last day of October", "2027-10-31"),
        ("beginning of Q4", "2027-10-01"),
        ("next week", "2027-09-20"),
        ("next month", "2027-10-01"),
        ("1st Monday in October", "2027-10-04"),
        ("last Friday of the month", "2027-09-24"),
        ("first Tuesday of the month", "2027-10-05"),
        # relative to the plan
        ("week 1", "2027-09-12"),
        ("by Week 6", "2027-10-17"),
        ("end of week six", "2027-10-17"),
        ("6th week", "2027-10-17"),
        ("in week 6 of the plan", "2027-10-17"),
        ("w6", "2027-10-17"),
        ("week 9", "2027-11-05"),
        ("start of week 2", "2027-09-13"),
        ("Friday of week 2", "2027-09-17"),
        ("day 0", "2027-09-06"),
        ("day 30", "2027-10-06"),
        ("by the end of day 30", "2027-10-06"),
        ("at the 30-day check-in", "2027-10-06"),
        ("4-week review", "2027-10-04"),
        ("45 days from the start", "2027-10-21"),
        ("plan start", "2027-09-06"),
        ("end of the plan", "2027-11-05"),
        ("a week before the end", "2027-10-29"),
        ("midpoint review", "2027-10-06"),
    ],
)
def test_days_are_read_as_people_write_them(text: str, day: str) -> None:
    """Every style that HR staff, managers and their files use gives the day that is meant."""
    assert iso(text) == day


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "nothing is written"),
        ("TBD", "no day is named"),
        ("as soon as we can", "no day is named"),
        ("n/a", "no day is named"),
        ("[DATE]", "no day is named"),
        ("two weeks from [DATE]", "no day is named"),
        ("__/__/____", "no day is named"),
        ("October 3, 202x", "no day is named"),
        ("15", "no day is named"),
        ("14.30", "no day is named"),
        ("5pm", "no day is named"),
        ("before Friday", "no day is named"),
        ("4.5/5", "no day is named"),
        ("1/2 day", "no day is named"),
        ("12", "no day is named"),
        ("123456", "no day is named"),
        ("in 5 minutes", "no day is named"),
        ("twelve (10) days", "no day is named"),
        ("24/7", "all the time"),
        ("Octobre-ish", 'Did you mean "October"'),
        ("Wendesday", 'Did you mean "Wednesday"'),
        ("31 September", "there is no 31 September"),
        ("2/30", "there is no 30 February"),
        ("29 Feb 2027", "there is no 29 February 2027"),
        ("the 32nd", "no month has a day 32"),
        ("14/14/2027", "no month 14"),
        ("2027-13-01", "no month 13"),
        ("0/0/0000", "year 0 looks mistyped"),
        ("9999-12-31", "year 9999 looks mistyped"),
        ("in 9999 years", "further away"),
        ("every Monday", "comes round again"),
        ("Fridays", "comes round again"),
        ("the first of each month", "comes round again"),
        ("week 2-3", "more than one day"),
        ("3-5 October", "more than one day"),
        ("1 Oct to 5 Oct", "more than one day"),
        ("8-week", "length of time"),
        ("60-day plan", "length of time"),
        ("October", "longer than a day"),
        ("10/2027", "whole month"),
        ("this week", 'Did you mean "end of this week"'),
        ("Q4", "longer than a day"),
        ("week 0", "count from 1"),
        ("5th Friday in November", "no such day in that period"),
        ("x" * 101, "too long"),
    ],
)
def test_what_names_no_single_day_is_refused_with_the_reason(text: str, why: str) -> None:
    """Nothing is guessed: what is no day, or is more than one, is refused in words that say why."""
    with pytest.raises(BadInput, match=why.replace("(", r"\(")):
        iso(text)


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("next Friday", "17 September 2027", "24 September 2027"),
        ("next weekend", "18 September 2027", "25 September 2027"),
        ("last Monday", "13 September 2027", "6 September 2027"),
        ("this Monday", "13 September 2027", "20 September 2027"),
        ("3.4.2027", "4 March 2027", "3 April 2027"),
    ],
)
def test_two_readings_are_both_named(text: str, one: str, other: str) -> None:
    """Where people part over a phrase, the writer sees both days instead of getting one of them."""
    with pytest.raises(BadInput) as refusal:
        iso(text)
    assert one in str(refusal.value)
    assert other in str(refusal.value)


def test_a_weekday_has_to_fit_its_date() -> None:
    """A wrong weekday is a wrong date or a wrong year; the message says which day it really is."""
    with pytest.raises(BadInput, match="22 October 2027 is a Friday, not a Monday"):
        iso("Monday, October 22")
    with pytest.raises(BadInput, match="2 April 2026 is a Thursday, not a Friday"):
        iso("Friday 2 April 2026")


@pytest.mark.parametrize(
    "text", ["week 3", "day 30", "the 30-day check-in", "10 days from start", "Friday of week 2"]
)
def test_plan_days_need_a_plan(text: str) -> None:
    """Text that counts from a plan is refused where there is none."""
    with pytest.raises(BadInput, match="no plan is given"):
        read_date(text, TODAY)


@pytest.mark.parametrize("text", ["end of plan", "midpoint", "2 weeks before the end"])
def test_the_plans_end_has_to_be_known(text: str) -> None:
    """The start alone does not tell where a plan ends."""
    with pytest.raises(BadInput, match="end of a plan"):
        read_date(text, TODAY, start=START)


def test_a_week_without_known_end_is_whole() -> None:
    """Week 6 is its last day: 41 days after the start."""
    assert read_date("week 6", TODAY, start=START) == START + timedelta(days=41)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("10/22", "2026-10-22"),
        ("January 6th", "2027-01-06"),
        ("9/15", "2027-09-15"),
        ("Feb 29", "2024-02-29"),
        ("Wednesday", "2027-09-08"),
        ("Friday", "2027-09-10"),
        ("this Monday", "2027-09-13"),
        ("the 20th", "2027-08-20"),
        ("the 31st", "2027-08-31"),
        ("end of October", "2026-10-31"),
        ("Tue 14 Sep", "2027-09-14"),
        ("in 3 days", "2027-09-18"),
    ],
)
def test_what_happened_is_the_last_such_day(text: str, day: str) -> None:
    """Evidence without a year or a week means the last one, a deadline the next."""
    assert iso(text, prefer="past") == day


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("3/4/2028", "mdy", "2028-03-04"),
        ("3/4/2028", "dmy", "2028-04-03"),
        ("3.4.2028", "dmy", "2028-04-03"),
        ("3/4", "dmy", "2028-04-03"),
        ("03-04", "dmy", "2028-04-03"),
        ("24/7", "dmy", "2028-07-24"),
        ("10/22/2027", "dmy", "2027-10-22"),
        ("28-03-04", "ymd", "2028-03-04"),
        ("22/10/27", "ymd", "2022-10-27"),
        ("10/22/27", "ymd", "2027-10-22"),
        ("2028-03-04", "dmy", "2028-03-04"),
    ],
)
def test_the_order_of_numbers_is_a_setting(text: str, order: Order, day: str) -> None:
    """The order that is set holds, unless only another one gives a day."""
    assert iso(text, order=order) == day


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("+1m", "2027-01-31", "2027-02-28"),
        ("+1m", "2028-01-31", "2028-02-29"),
        ("EOW", "2027-09-17", "2027-09-17"),
        ("EOW", "2027-09-18", "2027-09-24"),
        ("EOM", "2027-09-30", "2027-09-30"),
        ("EOQ", "2027-12-30", "2027-12-31"),
        ("this weekend", "2027-09-19", "2027-09-19"),
        ("next weekend", "2027-09-19", "2027-09-25"),
        ("next Monday", "2027-12-30", "2028-01-03"),
        ("start of next month", "2027-12-30", "2028-01-01"),
        ("+1bd", "2027-09-17", "2027-09-20"),
        ("the 31st", "2027-04-05", "2027-05-31"),
        ("end of Q2", "2027-07-01", "2028-06-30"),
        ("29 February", "2097-01-01", "2104-02-29"),
    ],
)
def test_edges_of_weeks_months_and_years(text: str, today: str, day: str) -> None:
    """Month ends, weekends and the turn of the year are where dates go wrong."""
    assert iso(text, date.fromisoformat(today)) == day


@settings(deadline=None)
@given(days, todays, st.sampled_from(["mdy", "dmy", "ymd"]))
def test_a_full_date_reads_the_same_in_every_style(day: date, today: date, order: Order) -> None:
    """However a day is written out with its year, and whenever it is read, it is that day."""
    month, weekday = MONTHS[day.month - 1], WEEKDAYS[day.weekday()]
    y, m, d = day.year, day.month, day.day
    number = f"{d:02}/{m:02}/{y}" if order == "dmy" else f"{m}/{d}/{y}"
    for text in (
        day.isoformat(),
        f"{y}/{m}/{d}",
        f"{day:%Y%m%d}",
        f"{day.isoformat()}T12:00:00+02:00",
        number,
        f"{d} {month} {y}",
        f"{month[:3].upper()}. {d}, {y}",
        f"{d}-{month[:3]}-{y}",
        f"{weekday}, {d} {month} {y}",
        f"{weekday[:3]} {month} {d}, {y}",
        show_date(day, day.replace(year=day.year + 1, day=1)),
    ):
        assert read_date(text, today, order=order) == day, text


@settings(deadline=None)
@given(days, todays)
def test_a_wrong_weekday_never_passes(day: date, today: date) -> None:
    """A full date with any other weekday is refused."""
    wrong = WEEKDAYS[(day.weekday() + 1) % 7]
    with pytest.raises(BadInput, match=f"not a {wrong}"):
        read_date(f"{wrong} {day.isoformat()}", today)


@settings(deadline=None)
@given(days, todays)
def test_without_a_year_the_nearest_day_on_the_wanted_side_is_meant(day: date, today: date) -> None:
    """A day without its year is at most a leap cycle away, ahead for deadlines, back for evidence."""
    text = f"{day.day} {MONTHS[day.month - 1]}"
    ahead, back = read_date(text, today), read_date(text, today, prefer="past")
    assert back <= today <= ahead
    assert (ahead.month, ahead.day) == (back.month, back.day) == (day.month, day.day)
    assert (ahead - back).days <= (366 if text != "29 February" else 366 * 8)


@settings(deadline=None)
@given(todays, st.integers(0, 2000), st.sampled_from(["d", "w"]))
def test_counts_go_both_ways(today: date, n: int, unit: str) -> None:
    """N days or weeks ahead, in each spelling, is N days or weeks ahead; and ago the same way back."""
    step = timedelta(days=n * (7 if unit == "w" else 1))
    word = {"d": "days", "w": "weeks"}[unit]
    for text in (f"+{n}{unit}", f"{n}{unit}", f"in {n} {word}", f"{n} {word} from today", f"{n} {word} from now"):
        assert read_date(text, today) == today + step
    for text in (f"-{n}{unit}", f"{n} {word} ago", f"{n} {word} before today"):
        assert read_date(text, today) == today - step


@settings(deadline=None)
@given(todays, st.integers(0, 6))
def test_weekday_phrases_agree(today: date, weekday: int) -> None:
    """A bare weekday is one of the next seven days; "next" never takes a day that others read otherwise."""
    name = WEEKDAYS[weekday]
    coming = read_date(name, today)
    assert coming.weekday() == weekday
    assert 1 <= (coming - today).days <= 7
    assert 1 <= (today - read_date(name, today, prefer="past")).days <= 7
    assert read_date(f"{name} week", today) == coming + timedelta(days=7)
    next_week = read_date(f"{name} next week", today)
    try:
        assert read_date(f"next {name}", today) == coming == next_week
    except BadInput:
        assert coming < next_week


@settings(deadline=None)
@given(todays, st.integers(1, 52))
def test_weeks_and_days_of_a_plan_are_those_of_the_arithmetic(start: date, n: int) -> None:
    """What is read as "week n" or "day n" is what the plan's own arithmetic gives."""
    assert read_date(f"week {n}", start, start=start) == week_span(start, n)[1]
    assert read_date(f"start of week {n}", start, start=start) == week_span(start, n)[0]
    assert day_of(start, read_date(f"day {n}", start, start=start)) == n


@settings(deadline=None)
@given(st.text(max_size=120), todays, st.sampled_from(["future", "past"]))
@example("1 day after 1 day after 1 day after today", TODAY, "future")
@example("٣ weeks", TODAY, "future")
@example("²/³", TODAY, "future")
def test_any_text_gives_a_day_or_a_calm_refusal(text: str, today: date, prefer: Prefer) -> None:
    """No text, however odd, does anything but give a day or raise BadInput."""
    answer = read_or_why(text, today, prefer=prefer)
    assert 1900 <= answer.year <= 2199 if isinstance(answer, date) else "\n" not in answer


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(HEAP),
        max_size=7,
    ),
    todays,
)
def test_any_heap_of_date_words_gives_a_day_or_a_calm_refusal(words: list[str], today: date) -> None:
    """The words of dates in any order do nothing but give a day or raise BadInput."""
    answer = read_or_why(" ".join(words), today, start=today, end=today + timedelta(days=30))
    assert isinstance(answer, date) or answer.startswith('"')


@settings(deadline=None)
@given(todays, st.sampled_from(["future", "past"]))
def test_the_examples_in_a_refusal_work(today: date, prefer: Prefer) -> None:
    """A refusal quotes what was typed and ends in two examples; both are read when typed."""
    with pytest.raises(BadInput) as refusal:
        read_date("whenever", today, prefer=prefer)
    quoted, first, second = str(refusal.value).split('"')[1::2]
    assert quoted == "whenever"
    wanted = (today + timedelta(weeks=2), today - timedelta(weeks=2), today - timedelta(days=3))
    assert {read_date(first, today), read_date(second, today)} <= set(wanted)


def test_a_refusal_quotes_long_or_hostile_text_harmlessly() -> None:
    """What is quoted back is cleaned and cut."""
    with pytest.raises(BadInput) as refusal:
        iso("\x1b]0;x\x07" + "never " * 50)
    assert "\x1b" not in str(refusal.value)
    assert len(str(refusal.value)) < 140


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("10:00", "10:00"),
        ("9:05", "09:05"),
        ("10am", "10:00"),
        ("2.30 p.m.", "14:30"),
        ("12am", "00:00"),
        ("12 PM", "12:00"),
        ("14.30", "14:30"),
        ("1430", "14:30"),
        ("9h15", "09:15"),
        (" noon ", "12:00"),
    ],
)
def test_times_are_read_as_people_write_them(text: str, clock: str) -> None:
    """Every usual way to write a time gives HH:MM of 24 hours."""
    assert read_time(text) == clock


@pytest.mark.parametrize("text", ["", "10", "25:00", "24:00", "10:60", "13pm", "0am", "2460", "soon", "10:00 UTC"])
def test_what_is_no_time_is_refused(text: str) -> None:
    """A bare hour could be morning or afternoon; the message shows what works."""
    with pytest.raises(BadInput, match="no time of day") as refusal:
        read_time(text)
    for shown in str(refusal.value).split('"')[-4::2]:
        read_time(shown)


@settings(deadline=None)
@given(st.times())
def test_every_minute_of_the_day_can_be_written_in_two_ways(at: time) -> None:
    """24-hour and 12-hour clock agree."""
    assert read_time(f"{at:%H:%M}") == read_time(f"{at:%I:%M %p}") == f"{at:%H:%M}"


@pytest.mark.parametrize(
    ("text", "name"),
    [("Europe/Berlin", "Europe/Berlin"), ("america/new york", "America/New_York"), (" utc ", "UTC")],
)
def test_zone_names_are_spelled_as_the_database_has_them(text: str, name: str) -> None:
    """Blanks and case are forgiven, the stored name is exact."""
    assert zone_name(text) == name


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Berlin", "Europe/Berlin"),
        ("Europe/Berlim", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("GMT+O", r"GMT\+0"),
        ("../etc/passwd", "Europe/Berlin"),
        ("localtime", "zone"),
        ("", "UTC"),
    ],
)
def test_unknown_zones_are_refused_with_the_nearest(text: str, hint: str) -> None:
    """A city or a slip of the keys gets the name that was probably meant."""
    with pytest.raises(BadInput, match=hint):
        zone_name(text)


def _machine(root: Path, *, timezone_file: str | None = None, link: str | None = None) -> Path:
    (root / "etc").mkdir()
    if timezone_file is not None:
        (root / "etc/timezone").write_text(timezone_file, encoding="utf-8")
    if link is not None:
        (root / "etc/localtime").symlink_to(link)
    return root


def test_the_local_zone_comes_from_the_first_source_that_names_one(tmp_path: Path) -> None:
    """TZ, then /etc/timezone, then the link /etc/localtime."""
    root = _machine(tmp_path, timezone_file="Asia/Tokyo\n", link="/usr/share/zoneinfo/Europe/Paris")
    assert local_zone(env={"TZ": ":America/Chicago"}, root=root) == "America/Chicago"
    assert local_zone(env={"TZ": "/usr/share/zoneinfo/Asia/Kolkata"}, root=root) == "Asia/Kolkata"
    assert local_zone(env={"TZ": "XYZ-3"}, root=root) == "Asia/Tokyo"
    assert local_zone(env={}, root=root) == "Asia/Tokyo"
    (root / "etc/timezone").unlink()
    assert local_zone(env={}, root=root) == "Europe/Paris"


def test_a_start_without_tz_does_not_list_all_zones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Listing them reads some six hundred file names, at each start of the program; a source that says nothing is
    no reason to."""
    monkeypatch.setattr("piptui.dates._zones", lambda: pytest.fail("all zones were listed"))
    root = _machine(tmp_path, timezone_file="Asia/Tokyo\n")
    assert local_zone(env={}, root=root) == "Asia/Tokyo"
    assert local_zone(env={"TZ": ""}, root=root) == "Asia/Tokyo"
    assert local_zone(env={}, root=tmp_path / "elsewhere") == "UTC"


def test_a_machine_without_a_zone_is_in_utc(tmp_path: Path) -> None:
    """Nothing set, or nonsense set, is UTC and no error."""
    assert local_zone(env={}, root=tmp_path) == "UTC"
    assert local_zone(env={}, root=_machine(tmp_path, timezone_file="nonsense", link="x")) == "UTC"


def test_today_depends_on_the_zone() -> None:
    """Late evening in New York is tomorrow in Tokyo."""
    now = datetime(2027, 9, 15, 23, 30, tzinfo=UTC)
    assert today_in("America/New_York", now) == date(2027, 9, 15)
    assert today_in("Asia/Tokyo", now) == date(2027, 9, 16)


def test_the_default_clock_is_aware_and_in_utc() -> None:
    """The one clock gives instants that can be compared and stored."""
    assert utc_now().tzinfo is UTC


def test_a_naive_instant_is_refused() -> None:
    """A time without its zone would be read as the server's own."""
    with pytest.raises(BadInput, match="no zone"):
        in_zone(datetime(2027, 9, 15, 10), "UTC")  # noqa: DTZ001 - the mistake under test
    with pytest.raises(BadInput, match="no zone"):
        today_in("UTC", datetime(2027, 9, 15, 10))  # noqa: DTZ001 - the mistake under test


def test_a_slot_keeps_its_hour_and_moves_on_the_other_side() -> None:
    """S101: Tuesday 10:00 UTC stays 10:00 UTC; in Berlin it is 12:00 in October and 11:00 in November."""
    before, after = (slot_instant(date(2027, 10, 26) + timedelta(weeks=n), "10:00", "UTC") for n in (0, 1))
    assert after - before == timedelta(weeks=1)
    assert [in_zone(at, "Europe/Berlin").strftime("%a %H:%M") for at in (before, after)] == ["Tue 12:00", "Tue 11:00"]


def test_a_local_slot_keeps_its_hour_when_the_clocks_change() -> None:
    """Anchored in Berlin, 10:00 stays 10:00 there, an hour later in UTC."""
    before, after = (slot_instant(date(2027, 10, 26) + timedelta(weeks=n), "10am", "Europe/Berlin") for n in (0, 1))
    assert (before.hour, after.hour) == (10, 10)
    assert [at.astimezone(UTC).hour for at in (before, after)] == [8, 9]


def test_a_time_that_the_clocks_skip_is_as_much_later() -> None:
    """New York, 14 March 2027: 02:30 does not exist and becomes 03:30."""
    at = slot_instant(date(2027, 3, 14), "02:30", "America/New_York")
    assert at.isoformat() == "2027-03-14T03:30:00-04:00"


def test_of_a_time_that_comes_twice_the_first_is_meant() -> None:
    """New York, 7 November 2027: 01:30 comes in summer time, then in winter time."""
    at = slot_instant(date(2027, 11, 7), "01:30", "America/New_York")
    assert at.isoformat() == "2027-11-07T01:30:00-04:00"


@settings(deadline=None)
@given(
    days,
    st.times(timezones=st.none()),
    st.sampled_from(["UTC", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu"]),
)
def test_a_slot_is_on_its_day_and_never_before_its_time(day: date, at: time, zone: str) -> None:
    """In every zone and season the instant is that wall time, or later by the hour that was skipped."""
    instant = slot_instant(day, f"{at:%H:%M}", zone)
    wall = instant.replace(tzinfo=None)
    asked = datetime(day.year, day.month, day.day, at.hour, at.minute)  # noqa: DTZ001 - wall time
    assert timedelta(0) <= wall - asked <= timedelta(hours=1)
    assert type(instant) is datetime
    assert in_zone(instant.astimezone(UTC), zone) == instant
    assert in_zone(instant, "UTC").tzinfo == ZoneInfo("UTC")


@settings(deadline=None)
@given(todays, st.integers(1, 60), st.integers(0, 400))
def test_weeks_of_a_plan_have_seven_days_and_no_gaps(start: date, n: int, away: int) -> None:
    """Week 1 begins with the start; every day is in the week whose span holds it."""
    first, last = week_span(start, n)
    assert (last - first).days == 6
    assert week_of(start, first) == week_of(start, last) == n
    assert week_span(start, 1)[0] == start
    assert week_span(start, n + 1)[0] == last + timedelta(days=1)
    day = start + timedelta(days=away)
    first, last = week_span(start, week_of(start, day))
    assert first <= day <= last


def test_days_of_a_plan_count_from_the_day_of_delivery() -> None:
    """S060: the start is day 0, the last day of a 60-day plan is day 60; days before are negative."""
    assert period_end(START, 60) == date(2027, 11, 5)
    assert day_of(START, period_end(START, 60)) == 60
    assert day_of(START, START) == 0
    assert day_of(START, START - timedelta(days=2)) == -2
    assert week_of(START, START - timedelta(days=1)) == 0


def test_arithmetic_that_makes_no_plan_is_refused() -> None:
    """No week 0, no plan of no days, none beyond the calendar."""
    with pytest.raises(BadInput, match="no week 0"):
        week_span(START, 0)
    with pytest.raises(BadInput, match="at least 1"):
        period_end(START, 0)
    with pytest.raises(BadInput, match="Give fewer"):
        period_end(START, 10**9)


@settings(deadline=None)
@given(todays, st.integers(0, 200), st.integers(1, 4), st.integers(1, 7))
@example(START, 60, 1, 1)
def test_check_ins_come_on_their_weekday_between_delivery_and_end(
    start: date, length: int, every: int, weekday: int
) -> None:
    """S100: after the day of delivery, before the end, on the weekday, evenly, and none is left out."""
    end = start + timedelta(days=length)
    slots = slot_dates(start, end, every_weeks=every, weekday=weekday)
    step = timedelta(weeks=every)
    assert all(start < slot < end and slot.isoweekday() == weekday for slot in slots)
    assert all(later - earlier == step for earlier, later in pairwise(slots))
    if slots:
        assert (slots[0] - start).days <= 7
        assert slots[-1] + step >= end
    else:
        assert length <= 7


def test_a_plan_of_sixty_days_has_eight_weekly_check_ins() -> None:
    """S100: delivered on a Monday, Tuesdays weekly: the first is tomorrow, the last in week 9."""
    slots = slot_dates(START, END, every_weeks=1, weekday=2)
    assert slots[0] == date(2027, 9, 7)
    assert slots[-1] == date(2027, 11, 2)
    assert len(slots) == 9
    assert len(slot_dates(START, END, every_weeks=2, weekday=1)) == 4


@pytest.mark.parametrize(("every", "weekday"), [(0, 1), (-1, 1), (1, 0), (1, 8)])
def test_impossible_cadences_are_refused(every: int, weekday: int) -> None:
    """A weekday or an interval that does not exist is named."""
    with pytest.raises(BadInput, match=r"no weekday [08]|every (?:0|-1) weeks"):
        slot_dates(START, END, every_weeks=every, weekday=weekday)


def test_days_are_shown_in_english_with_the_year_where_it_differs() -> None:
    """This year's days are short, others carry their year."""
    assert show_date(date(2027, 11, 16), TODAY) == "Tue 16 Nov"
    assert show_date(date(2028, 1, 3), TODAY) == "Mon 3 Jan 2028"


@settings(deadline=None)
@given(days, todays)
def test_shown_days_can_be_typed_back(day: date, today: date) -> None:
    """What a screen shows is read as that day, on the side where it lies."""
    assert read_date(show_date(day, today), today, prefer="future" if day >= today else "past") == day


@pytest.mark.parametrize(
    ("away", "said"),
    [(0, "today"), (1, "tomorrow"), (-1, "yesterday"), (3, "in 3 days"), (-3, "3 days ago"), (400, "in 400 days")],
)
def test_distances_are_said_as_people_say_them(away: int, said: str) -> None:
    """The nearest days have their words, others are counted."""
    assert distance(TODAY + timedelta(days=away), TODAY) == said


@settings(deadline=None)
@given(todays, st.integers(-9_999, 9_999))
def test_distances_can_be_typed_back(today: date, away: int) -> None:
    """Every distance within reach is read as the day it was made from."""
    day = today + timedelta(days=away)
    assert read_date(distance(day, today), today) == day


@pytest.mark.parametrize(
    ("code", "unwanted"),
    [
        ("", {"pendulum", "piptui.dates.reader", "rich", "textual"}),
        ("import datetime; d.read_date('+1m', datetime.date(2027, 1, 31))", {"pendulum", "rich", "textual"}),
    ],
)
def test_what_the_first_screen_does_not_use_is_not_loaded(code: str, unwanted: set[str]) -> None:
    """Neither pendulum nor the reader's patterns delay the start, and the screens' library is never pulled in."""
    root = Path(__file__).resolve().parents[1]
    script = f"import sys, piptui.dates as d\n{code}\nsys.exit(len({unwanted!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], cwd=root, check=False)
    assert done.returncode == 0
