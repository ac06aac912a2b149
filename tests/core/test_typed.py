"""From typed text to values: what is read, what is refused, and that nothing is read wrongly in silence."""

import datetime as dt
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from piptui.cases.acts import ACTS
from piptui.cases.plan import COLLECTIONS, Evidence, Goal, PlanText, Schedule, Support, When
from piptui.cases.records import ActionItem, GoalValue
from piptui.cases.typed import (
    Reading,
    bare_type,
    build,
    described,
    field_types,
    read_number,
    read_when,
    required,
    value,
)
from piptui.cases.words import Category, Source, SupportKind, Verdict, words
from piptui.errors import BadInput

TODAY = dt.date(2026, 3, 2)
HOW = Reading(today=TODAY)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("44", "44"),
        ("4.5", "4.5"),
        ("4,5", "4.5"),
        ("0,125", "0.125"),
        ("1,200", "1200"),
        ("1 200", "1200"),
        ("1\u00a0200", "1200"),
        ("1\u202f200,5", "1200.5"),
        ("1'200", "1200"),
        ("1’200.50", "1200.50"),
        ("1,200,300", "1200300"),
        ("1.200.300", "1200300"),
        ("1,200.5", "1200.5"),
        ("1.200,5", "1200.5"),
        ("1.200", "1.200"),
        ("40 %", "40"),
        ("40%", "40"),
        ("-5", "-5"),
        ("- 5", "-5"),
        ("−5", "-5"),
        ("+5", "5"),
        (" 7 ", "7"),
        (7, "7"),
        (4.5, "4.5"),
        (Decimal("1.50"), "1.50"),
    ],
)
def test_a_number_is_read_as_it_is_written_anywhere(typed: Any, number: str) -> None:
    """Thousands and decimals as English, German, French and Swiss hands write them."""
    assert str(read_number(typed, "target")) == number


@pytest.mark.parametrize(
    "typed",
    ["", "many", "4.5.6", "1,2.5", "1,20,300", "20 30", "1 2", "12 34 56", "4,5,6", "nan", "inf", "-Infinity", "5e99",
     "9" * 17, Decimal("NaN"), Decimal("Infinity"), float("nan"), True, "4-5", "%", "5 apples", "1e-30",
     "1." + "3" * 40],
)  # fmt: skip
def test_what_is_no_number_is_refused(typed: Any) -> None:
    """What could be read in two ways, or cannot be kept, is refused by name."""
    with pytest.raises(BadInput, match=r"^target: ") as told:
        read_number(typed, "target")
    assert str(told.value).endswith(".")


NUMBERS = st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False, allow_infinity=False)


@given(number=NUMBERS)
def test_each_way_to_write_a_number_reads_back(number: Decimal) -> None:
    """A number written with English, German or French separators is the number that was meant."""
    english = f"{number:,}"
    swapped = english.replace(",", "_").replace(".", ",")
    assert read_number(f"{number}", "n") == number
    assert read_number(english, "n") == number
    assert read_number(swapped.replace("_", "."), "n") == number
    assert read_number(swapped.replace("_", "\u202f"), "n") == number
    assert read_number(number, "n") == number


@given(typed=st.text(max_size=30))
def test_any_text_is_a_finite_number_or_refused(typed: str) -> None:
    """No text crashes the reader, and none becomes a number without end."""
    try:
        number = read_number(typed, "n")
    except BadInput:
        return
    assert number.is_finite()
    assert msgspec.json.decode(msgspec.json.encode(number), type=Decimal) == number


CHOICES: tuple[Any, ...] = (Category, Source, SupportKind, Verdict)


@pytest.mark.parametrize("kind", CHOICES)
def test_a_choice_is_found_by_key_and_by_words(kind: Any) -> None:
    """Keys, words as they are shown, and either in capitals name a choice."""
    for key in kind.__args__:
        for typed in (key, key.upper(), key.replace("_", " "), key.replace("_", "-"), words(key), words(key).title()):
            assert value(kind, typed, HOW, "field") == key
        assert value(kind, f"  {key} ", HOW, "field") == key


@pytest.mark.parametrize(("typed", "found"), [("attend", "attendance"), ("complex", "sales"), ("tech", "technical")])
def test_a_choice_is_found_by_an_only_beginning(typed: str, found: str) -> None:
    """A beginning that fits one choice alone names it."""
    assert value(Category, typed, HOW, "category") == found


@given(typed=st.text(min_size=1, max_size=20))
def test_any_text_is_one_of_the_choices_or_refused(typed: str) -> None:
    """A choice is one of the vocabulary, nothing, or refused with the vocabulary."""
    try:
        found = value(Verdict, typed, HOW, "verdict")
    except BadInput as error:
        assert "not_assessed" in str(error)  # noqa: PT017  the error is one of two good ends
        return
    assert found in (None, *Verdict.__args__)  # type: ignore[attr-defined]  # Literal has its choices in __args__


@given(day=st.dates(min_value=dt.date(1990, 1, 1), max_value=dt.date(2099, 12, 31)))
def test_a_day_in_iso_form_is_that_day(day: dt.date) -> None:
    """An ISO date is never guessed at, whatever today is and wherever the field is."""
    assert value(dt.date | None, day.isoformat(), HOW, "on") == day
    assert value(dt.date, day, HOW, "on") == day
    assert read_when(day.isoformat(), HOW) == When(on=day)
    assert build(Evidence, {"on": day.isoformat()}, HOW).on == day


@pytest.mark.parametrize("typed", [dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC), "32 March", "yesterdayish"])
def test_what_is_no_day_is_refused(typed: Any) -> None:
    """An instant is no civil date, and neither is a day that no calendar has."""
    with pytest.raises(BadInput):
        build(Evidence, {"on": typed}, HOW)


def test_a_day_without_a_year_lies_on_the_wanted_side() -> None:
    """Where things are recorded a bare day lies behind us, where they are planned ahead."""
    assert value(dt.date, "May 1", Reading(today=TODAY, past=True), "on") == dt.date(2025, 5, 1)
    assert value(dt.date, "May 1", Reading(today=TODAY), "on") == dt.date(2026, 5, 1)


@pytest.mark.parametrize(
    ("typed", "when"),
    [
        ("week 6", When(week=6)),
        ("W6", When(week=6)),
        ("by week 6", When(week=6)),
        ("end of wk 6", When(week=6)),
        ("day 30", When(day=30)),
        ("d 30", When(day=30)),
        ({"week": 6}, When(week=6)),
        ({"day": "30"}, When(day=30)),
        ({"on": "2026-05-01"}, When(on=dt.date(2026, 5, 1))),
        ("2026-05-01", When(on=dt.date(2026, 5, 1))),
        (When(week=2, on=dt.date(2026, 5, 1)), When(week=2, on=dt.date(2026, 5, 1))),
    ],
)
def test_a_due_date_is_a_rule_or_a_day(typed: Any, when: When) -> None:
    """Weeks and days of the plan stay rules; everything else is a day."""
    assert read_when(typed, HOW) == when


@pytest.mark.parametrize(
    ("typed", "answer"), [("yes", True), ("Y", True), ("x", True), ("no", False), ("0", False), (True, True)]
)
def test_yes_and_no_are_read(typed: Any, answer: bool) -> None:
    """Yes and no as people type them; anything else is asked for again."""
    assert value(bool, typed, HOW, "complete") is answer
    with pytest.raises(BadInput, match="neither yes nor no"):
        value(bool, "perhaps", HOW, "complete")


@pytest.mark.parametrize(
    ("typed", "items"),
    [
        ("Max; Dana", ("Max", "Dana")),
        ("Max, Dana", ("Max", "Dana")),
        ("Max\nDana\n", ("Max", "Dana")),
        ("Berg,Max", ("Berg,Max",)),
        (["Max", "", "  Dana "], ("Max", "Dana")),
        ("", None),
        ("Max", ("Max",)),
    ],
)
def test_a_list_is_typed_on_one_line_or_several(typed: Any, items: Any) -> None:
    """Semicolons, commas before a blank and line ends part a list; empty parts fall away."""
    assert value(tuple[str, ...], typed, HOW, "attendees") == items


def test_tables_and_items_are_read_whole() -> None:
    """A table of records takes the first field alone or all of them; a list of records takes one or several."""
    table = value(dict[str, GoalValue], {"g1": "44", "g2": {"note": "better"}, "g3": ""}, HOW, "values")
    assert table == {"g1": GoalValue(value=Decimal(44)), "g2": GoalValue(note="better"), "g3": GoalValue()}
    one = {"who": "Dana", "text": "list", "due": "2026-03-06"}
    item = ActionItem(who="Dana", text="list", due=dt.date(2026, 3, 6))
    assert value(tuple[ActionItem, ...], one, HOW, "actions") == (item,)
    assert value(tuple[ActionItem, ...], [one, one], HOW, "actions") == (item, item)
    with pytest.raises(BadInput, match="fields of its own"):
        value(dict[str, GoalValue], "44", HOW, "values")


@pytest.mark.parametrize("kind", [kind for _, kind in COLLECTIONS.values()])
def test_every_field_of_an_item_can_be_emptied(kind: type[Any]) -> None:
    """An item with each field emptied is an empty item: nothing of the old one stays behind."""
    full = build(kind, filled(kind), HOW)
    assert full != kind()
    for empty in ("", None, "   "):
        emptied = build(kind, dict.fromkeys(kind.__struct_fields__, empty), HOW, base=full)
        bare = {
            name: part.strip() if isinstance(part, str) else part
            for name, part in msgspec.to_builtins(emptied).items()
        }
        assert bare == msgspec.to_builtins(kind())


def filled(kind: type[msgspec.Struct]) -> dict[str, Any]:
    """An input that gives every field of an item a value other than its default."""
    by_type: dict[Any, Any] = {str: "text", Decimal: "4.5", dt.date: "2026-02-01", int: "3", When: "week 2"}
    return {
        name: by_type.get(bare_type(annotated)) or list(bare_type(annotated).__args__)[-1 if name != "source" else 0]
        for name, annotated in field_types(kind).items()
    }


def test_a_field_left_out_keeps_what_was() -> None:
    """Building on a base changes only what is named, one field at a time."""
    base = build(Goal, filled(Goal), HOW)
    for name, typed in filled(Goal).items():
        assert build(Goal, {name: typed}, HOW, base=base) == base
        changed = build(Goal, {name: ""}, HOW, base=base)
        rest = [other for other in Goal.__struct_fields__ if other != name]
        assert all(getattr(changed, other) == getattr(base, other) for other in rest)
        assert changed != base


def test_a_missing_input_is_named_with_its_meaning() -> None:
    """What an act needs and does not get is asked for by name, in the words of the form."""
    for act in ACTS.values():
        needed = required(act.inputs)
        assert all(described(act.inputs, name) for name in act.inputs.__struct_fields__), act.name
        if needed:
            with pytest.raises(BadInput, match=f"^{needed[0]} is missing: say "):
                build(act.inputs, {}, HOW)
        else:
            assert build(act.inputs, {}, HOW) == act.inputs()


def test_numbers_out_of_bounds_are_refused() -> None:
    """Bounds of a field hold for what is typed, and for what comes as data."""
    cases: tuple[tuple[type[Any], str, Any], ...] = (
        (PlanText, "days", "0"),
        (PlanText, "days", 4000),
        (PlanText, "days", 10**40),
        (Schedule, "minutes", 0),
        (Schedule, "weekday", "8"),
        (Support, "due", {"day": -1}),
    )
    for kind, name, typed in cases:
        with pytest.raises(BadInput):
            build(kind, {name: typed}, HOW)


@given(
    data=st.dictionaries(st.sampled_from(Goal.__struct_fields__), st.text(max_size=12) | st.integers() | st.none())
)
def test_any_input_builds_a_goal_or_is_refused(data: dict[str, Any]) -> None:
    """No input crashes, and what is built reads back strictly as the same record."""
    try:
        goal = build(Goal, data, HOW)
    except BadInput as error:
        assert str(error)  # noqa: PT017  the error is one of two good ends
        return
    assert msgspec.convert(msgspec.to_builtins(goal), Goal) == goal
