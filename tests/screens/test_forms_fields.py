"""Fields: what typing, pasting and arrows do, and that nothing typed or pasted reaches a terminal as a command."""

from collections.abc import Iterable

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.widget import Widget

from screens.widgets.editors import Choice, Line, Prose
from screens.widgets.fields import Field, FormText, Spec

SPECS = (
    Spec("a", "Line", "line", text="[b]O'Brien[/b]"),
    Spec("b", "Prose", "prose"),
    Spec("c", "Long", "long"),
    Spec("d", "Choice", "choice", choices=(("met", "met"), ("partly", "partly met"), ("not_met", "not met"))),
    Spec("e", "Number", "number", text="30"),
    Spec("f", "Tick", "tick"),
)


class Form(App[None]):
    """Fields and nothing else."""

    def __init__(self, specs: Iterable[Spec] = SPECS) -> None:
        super().__init__(ansi_color=True)
        self.specs = tuple(specs)
        self.held: dict[str, Field] = {}
        self.seen: list[str] = []

    def compose(self) -> ComposeResult:
        """The fields."""
        self.held = {spec.name: Field(spec) for spec in self.specs}
        yield from self.held.values()

    def on_field_changed(self, event: Field.Changed) -> None:
        """Note who said something."""
        self.seen.append(event.field.spec.name)


async def test_pasting_lines_into_a_line_joins_them() -> None:
    """No pasted line is dropped, and nothing that a terminal obeys stays."""
    app = Form()
    async with app.run_test() as pilot:
        app.held["e"].focus_editor()
        await pilot.pause()
        app.held["a"].focus_editor()
        await pilot.pause()
        app.held["a"].editor.post_message(events.Paste(" one\r\ntwo\x1b]0;x\x07 three"))
        await pilot.pause()
        assert app.held["a"].text == "[b]O'Brien[/b] one two three"


async def test_long_text_takes_paragraphs_and_grows() -> None:
    """Enter is a new line there, and the field grows with its text up to a limit."""
    app = Form()
    async with app.run_test() as pilot:
        field = app.held["c"]
        field.focus_editor()
        await pilot.pause()
        await pilot.press("a", "enter", "b", "enter", "c")
        await pilot.pause()
        assert field.text == "a\nb\nc"
        assert field.size.height == 3
        field.put("\n".join("x" * 3 for _ in range(40)))
        await pilot.pause()
        assert field.size.height == 8


async def test_enter_goes_on_where_it_is_no_text() -> None:
    """Line, one-paragraph text and choice pass the cursor on."""
    app = Form()
    async with app.run_test() as pilot:
        app.held["a"].focus_editor()
        await pilot.pause()
        for name in ("b", "c"):
            await pilot.press("enter")
            assert app.focused is app.held[name].editor
        app.held["d"].focus_editor()
        await pilot.pause()
        await pilot.press("enter")
        assert app.focused is app.held["e"].editor


async def test_arrows_leave_a_field_at_its_edge() -> None:
    """Down on the last row of a text goes to the next field, up on the first to the one before."""
    app = Form()
    async with app.run_test() as pilot:
        app.held["c"].put("one\ntwo")
        app.held["c"].focus_editor()
        await pilot.pause()
        await pilot.press("up")
        assert app.focused is app.held["c"].editor
        await pilot.press("up")
        assert app.focused is app.held["b"].editor
        await pilot.press("down", "down")
        assert app.focused is app.held["c"].editor
        await pilot.press("down")
        assert app.focused is app.held["d"].editor


@pytest.mark.parametrize(
    ("keys", "raw"),
    [("m", "met"), ("p", "partly"), ("no", "not_met"), ("xp", "partly"), ("", "")],
)
async def test_letters_choose(keys: str, raw: str) -> None:
    """The beginning of a word chooses it; letters that begin nothing do nothing."""
    app = Form()
    async with app.run_test() as pilot:
        app.held["d"].focus_editor()
        await pilot.pause()
        await pilot.press(*keys)
        assert app.held["d"].text == raw


async def test_arrows_go_round_the_choices_and_backspace_empties() -> None:
    """Right and left cycle through all choices and none."""
    app = Form()
    async with app.run_test() as pilot:
        app.held["d"].focus_editor()
        await pilot.pause()
        seen = []
        for key in ("right", "right", "right", "right", "left"):
            await pilot.press(key)
            seen.append(app.held["d"].text)
        assert seen == ["met", "partly", "not_met", "", "not_met"]
        await pilot.press("backspace")
        assert app.held["d"].text == ""


async def test_a_choice_that_must_be_made_is_never_empty() -> None:
    """Where none is no answer, backspace and arrows never give none."""
    app = Form([Spec("k", "Kind", "choice", choices=(("a", "a"), ("b", "b")), text="a", empty=False)])
    async with app.run_test() as pilot:
        app.held["k"].focus_editor()
        await pilot.pause()
        for key, raw in (("right", "b"), ("right", "a"), ("backspace", "a")):
            await pilot.press(key)
            assert app.held["k"].text == raw


async def test_space_and_x_tick() -> None:
    """A box is ticked and unticked."""
    app = Form()
    async with app.run_test() as pilot:
        app.held["f"].focus_editor()
        await pilot.pause()
        for key, raw in (("space", "yes"), ("x", ""), ("q", ""), ("x", "yes")):
            await pilot.press(key)
            assert app.held["f"].text == raw


async def test_the_first_digit_replaces_a_number_and_no_letter_a_sentence() -> None:
    """A prefilled number is typed over; a text is added to."""
    app = Form()
    async with app.run_test() as pilot:
        app.held["a"].focus_editor()
        await pilot.pause()
        await pilot.press("!")
        app.held["e"].focus_editor()
        await pilot.pause()
        await pilot.press("4", "4")
        assert app.held["e"].text == "44"
        assert app.held["a"].text == "[b]O'Brien[/b]!"


async def test_only_typing_says_that_something_changed() -> None:
    """Beginning with a text, or being given one, is no change; a letter is."""
    app = Form()
    async with app.run_test() as pilot:
        app.held["b"].put("given")
        app.held["d"].put("met")
        await pilot.pause()
        assert app.seen == []
        app.held["b"].focus_editor()
        await pilot.pause()
        await pilot.press("!")
        await pilot.pause()
        assert app.seen == ["b"]


async def test_no_control_character_is_drawn() -> None:
    """Whatever a record holds, labels, notes, texts and choices are drawn without what a terminal obeys."""
    bad = "a\x1b]0;x\x07b\x9b31mc\u202ed"
    specs = (
        Spec("l", bad, "line", text=bad),
        Spec("p", bad, "prose", text=bad),
        Spec("c", bad, "choice", choices=(("k", bad),), text="k"),
        Spec("t", bad, "tick"),
    )
    app = Form(specs)
    async with app.run_test() as pilot:
        extra: list[Widget] = [FormText([f"> {bad}"])]
        await app.mount(*extra)
        await pilot.pause()
        for widget in (*app.held.values(), *(field.editor for field in app.held.values()), *extra):
            drawn = "".join(segment.text for segment in widget.render_line(0))
            assert drawn.isprintable(), (widget, drawn)


async def test_text_in_any_script_stays_as_typed() -> None:
    """4 000 characters with Japanese and Arabic go in and come out."""
    words = ("目標を達成する。" * 250 + "تحسين الأداء " * 160)[:4000].strip()
    app = Form()
    async with app.run_test() as pilot:
        app.held["c"].focus_editor()
        await pilot.pause()
        app.held["c"].editor.post_message(events.Paste(words))
        await pilot.pause()
        assert app.held["c"].text == words


def test_editors_leave_the_forms_keys_alone() -> None:
    """Saving, adding, removing and moving on mean the same in every field."""
    for editor in (Line, Prose, Choice):
        taken = {key for binding in editor.BINDINGS for key in str(getattr(binding, "key", binding)).split(",")}
        assert not taken & {
            "ctrl+s",
            "ctrl+n",
            "ctrl+d",
            "ctrl+j",
            "ctrl+k",
            "ctrl+e",
            "pagedown",
            "pageup",
            "f8",
            "tab",
        }
