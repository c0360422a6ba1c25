"""The pictures in docs/ are those that the command takes; each was looked at, and is of the size that is written."""

from __future__ import annotations

import re
from pathlib import Path

from tests.page.sights import SIGHTS

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
README, CHECKED, MAKE = (ROOT / name for name in ("README.md", "docs/pictures.md", "Makefile"))
COMMAND = "python -m tests.page.pictures"
QUESTIONS = 6
ROW = re.compile(r"^\| \[([a-z-]+)\]\(pictures/\1\.png\) \|(.+)\|$", re.MULTILINE)
SEEN = re.compile(r"^(yes|partly: .+|no: .+|see the next|yes, .+|yes; .+)$")


def rows() -> dict[str, list[str]]:
    """What stands about each picture, by its name."""
    return {name: [cell.strip() for cell in rest.split("|")] for name, rest in ROW.findall(CHECKED.read_text())}


def size(picture: Path) -> str:
    """Its pixels, as in its own first bytes."""
    head = picture.read_bytes()[:24]
    assert head.startswith(b"\x89PNG")
    return f"{int.from_bytes(head[16:20])}×{int.from_bytes(head[20:24])}"


def test_the_pictures_are_those_that_the_command_takes() -> None:
    taken = {sight.name for sight in SIGHTS} | {f"{sight.name}-phone" for sight in SIGHTS if sight.phone}
    assert taken == {path.stem for path in PICTURES.iterdir()} == set(rows())
    assert len(taken) == len(SIGHTS) + 2


def test_each_was_looked_at_and_is_as_large_as_is_written() -> None:
    for name, (_whose, pixels, *answers) in rows().items():
        assert size(PICTURES / f"{name}.png") == pixels == ("360×740" if name.endswith("-phone") else "1280×800"), name
        assert len(answers) == QUESTIONS and all(SEEN.match(answer) for answer in answers), name


def test_the_readme_shows_some_and_says_what_is_seen_and_how_they_are_made() -> None:
    text = README.read_text()
    shown = re.findall(r"!\[([^\]]+)\]\(docs/pictures/([a-z-]+)\.png\)", text)
    assert 4 <= len(shown) <= 6 and all(len(seen.split()) > 5 for seen, _ in shown)
    assert {name for _, name in shown} <= set(rows())
    assert (
        "`make pictures`" in text and "docs/pictures.md" in text and COMMAND.removeprefix("python") in MAKE.read_text()
    )
