"""The pictures of the README, taken from the demo: `python -m tests.docs.pictures` takes them anew."""

import asyncio
import datetime as dt
import re
import tempfile
from pathlib import Path
from typing import Final

from piptui.desk import Actor, open_desk
from screens.app import PiptuiApp
from screens.textual_private import screen_lines
from tests.demo import demo_store
from tests.docs.generated import DOCS

README: Final = DOCS.parent / "README.md"
BEGIN, END = "<!-- today -->", "<!-- /today -->"
WHEN: Final = dt.datetime(2026, 11, 18, 9, 30, tzinfo=dt.UTC)
SIZE: Final = (80, 24)
PICTURES: Final = {
    "today": (),
    "case": ("2", "slash", *"okafor", "enter", "enter"),
    "plan": ("2", "slash", *"okafor", "enter", "enter", "2"),
    "check-in": ("j", "c"),
    "history": ("2", "slash", *"okafor", "enter", "enter", "6"),
}
"""Name -> the keys that lead there from the first screen."""


def take() -> dict[str, tuple[str, str]]:
    """Every picture: name -> (as plain text, as SVG)."""
    with tempfile.TemporaryDirectory() as folder:
        desk = open_desk(demo_store(Path(folder) / "store", WHEN), Actor("noor"), clock=lambda: WHEN, zone="UTC")
        try:
            return {name: asyncio.run(_taken(PiptuiApp(desk), keys)) for name, keys in PICTURES.items()}
        finally:
            desk.close()


async def _taken(app: PiptuiApp, keys: tuple[str, ...]) -> tuple[str, str]:
    async with app.run_test(size=SIZE) as pilot:
        for key in keys:
            await pilot.press(key)
        await pilot.pause()
        text = "\n".join(line.rstrip() for line in screen_lines(app)) + "\n"
        return text, _alone(app.export_screenshot(title="piptui"))


def _alone(svg: str) -> str:
    """The picture with fonts that a reader has, none that would be fetched from elsewhere."""
    svg = re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    return svg.replace("Fira Code, monospace", "DejaVu Sans Mono, Menlo, Consolas, monospace")


def written(name: str) -> Path:
    """Where a picture lies."""
    return DOCS / "pictures" / f"{name}.svg"


def with_text(page: str, text: str) -> str:
    """The README with this screen as its text, for whoever reads it in a terminal."""
    block = "".join(f"    {line}\n" if line else "\n" for line in text.splitlines())
    return re.sub(rf"(?<={BEGIN}\n\n).*?(?=\n{END})", lambda _: block, page, count=1, flags=re.DOTALL)


def main() -> None:
    """Write all pictures."""
    for name, (text, svg) in take().items():
        written(name).parent.mkdir(exist_ok=True)
        written(name).write_text(svg, encoding="utf-8")
        if name == "today":
            README.write_text(with_text(README.read_text(encoding="utf-8"), text), encoding="utf-8")


if __name__ == "__main__":
    main()
