"""The pages that are drawn from the program: `python -m tests.docs.generated` writes them anew."""

# ruff: noqa: E501 - lines of the pages, as they shall stand there

from collections.abc import Sequence
from pathlib import Path

from piptui.cases.acts import ACTS
from piptui.cases.words import words
from piptui.checks.gate import GATES
from piptui.config import VARIABLES, described, example
from piptui.desk.inputs import all_lines, input_lines
from piptui.people.acts import PERSON_ACTS
from piptui.text import sentence_list
from screens.actions import Action, key_word
from screens.keymap import DEAD, PAGES, _groups
from tests.docs.manual import man

DOCS = Path(__file__).parents[2] / "docs"


def keys() -> str:
    """The key card."""
    lines = [
        "# Keys",
        "",
        "Drawn from the program; a test compares. `?` (F1 while one types) shows the keys of the page one is on.",
        "The first column names the action for `[keys]` in the [settings](settings.md).",
    ]
    groups = _groups()
    told: set[str] = set()
    for page, names in PAGES.items():
        rows = [action for name in names for action in groups[name] if action.id not in told]
        if not rows:
            continue
        common = {action.id for name in ("PAGE_ACTIONS", "LIST_ACTIONS") for action in groups[name]}
        if "page.help" not in told:
            lines += ["", "## Everywhere, and in every list", *_table([one for one in rows if one.id in common])]
            told |= common
            rows = [one for one in rows if one.id not in common]
        lines += ["", f"## On {page}" if page == "Today" else f"## In {page}", *_table(rows)]
        told |= {one.id for one in rows}
    rest = [
        one for group in groups.values() for one in group if one.id not in told and not one.id.startswith("kind.")
    ]
    lines += ["", "## Elsewhere", *_table(list({one.id: one for one in rest}.values()))]
    return "\n".join(lines) + "\n"


def _table(rows: Sequence[Action]) -> list[str]:
    found = ["", "| action | key | does |", "|---|---|---|"]
    for one in rows:
        pressed = ", ".join(f"`{key_word(key)}`" for key in one.keys)
        found.append(f"| `{one.id}` | {pressed} | {one.sentence} |")
    return found


def acts() -> str:
    """Every act: when, by whom, what it takes, what is checked."""
    lines = [
        "# Acts",
        "",
        "Everything that may happen to a case. Drawn from the program; a test compares. `piptui acts CASE` says which are",
        "possible now, and why others are not; `piptui do CASE ACT --set NAME=VALUE` does one.",
    ]
    for line in all_lines():
        act = ACTS[line.act]
        lines += ["", f"## `{line.act}`: {line.title}", ""]
        lines.append(f"Stage: {sentence_list([words(stage) for stage in line.when], word='or')}.")
        lines.append(f"By: {sentence_list([words(role) for role in line.roles], word='or')}.")
        checks = [
            f"`{check.name}` ({'stops' if check.severity == 'block' else 'warns'})"
            for check in GATES.get(act.name, ())
        ]
        if checks:
            lines.append(f"Checked: {', '.join(checks)}.")
        if line.inputs:
            lines += ["", "| input | | what |", "|---|---|---|"]
            lines += [
                f"| `{one.name}` | {one.type}{', needed' if one.required else ''} | {one.about} |"
                for one in line.inputs
            ]
    return "\n".join(lines) + "\n"


def person_acts() -> str:
    """Every act on a person: by whom, what it takes."""
    lines = [
        "# Acts on people",
        "",
        "Everything that may happen to a person of the directory, beside an import, and to the notebook. Drawn from the",
        "program; a test compares. `piptui do --person WHO ACT --set NAME=VALUE` does one, `piptui do add_person` adds",
        "somebody; `piptui acts --person WHO` says which are possible. By whom: the roles; in a personal store the owner.",
    ]
    for act in PERSON_ACTS.values():
        who = sentence_list(
            [words(role) if role == "hr" else f"the person's {words(role)}" for role in act.roles], word="or"
        )
        lines += ["", f"## `{act.name}`: {act.title}", "", f"By: {who}.", "", "| input | | what |", "|---|---|---|"]
        for one in input_lines(act.inputs):
            more = f" ({', '.join(one.choices)})" if one.choices else ""
            lines.append(f"| `{one.name}` | {one.type}{', needed' if one.required else ''} | {one.about}{more} |")
    return "\n".join(lines) + "\n"


def settings() -> str:
    """Every setting."""
    lines = [
        "# Settings",
        "",
        "`/etc/piptui/config.toml` holds for everybody on the machine, `$XDG_CONFIG_HOME/piptui/config.toml` (usually",
        "`~/.config/piptui/config.toml`) for oneself, then variables, then options. piptui reads these files and never",
        "writes them. What it does not know is an error with file, line and the nearest name; `piptui config` shows what",
        "holds and where it comes from. Drawn from the program; a test compares.",
        "",
        "| setting | what it is for | variable |",
        "|---|---|---|",
    ]
    variables = {name: variable for variable, name in VARIABLES.items()}
    lines += [
        f"| `{name}` | {told} | {f'`{variables[name]}`' if name in variables else ''} |"
        for name, told in described().items()
    ]
    dead = sentence_list([f"`{key}` ({what})" for key, what in DEAD.items()])
    lines += [
        "",
        "Keys are letters, digits, names such as `enter`, `slash`, `pagedown`, `f1` to `f12`, and `ctrl+` with a letter.",
        f"Terminals send some as others, and those are refused: {dead}. A letter cannot be the key of something that works",
        "while one types, and two actions of one page cannot share a key.",
        "",
        "```toml",
        example().rstrip(),
        "```",
    ]
    return "\n".join(lines) + "\n"


PAGES_MADE = {
    "keys.md": keys,
    "acts.md": acts,
    "person-acts.md": person_acts,
    "settings.md": settings,
    "piptui.1": man,
}


if __name__ == "__main__":
    for name, make in PAGES_MADE.items():
        (DOCS / name).write_text(make(), encoding="utf-8")
