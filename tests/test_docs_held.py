"""What the papers name exists: settings, commands, make's targets, files."""

from __future__ import annotations

import re
from pathlib import Path

from typer.main import get_command

from bot.cli import app
from bot.settings import Settings

ROOT = Path(__file__).parent.parent
DEPLOYED = ("Containerfile", "convenor.service")
PAPERS = [ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "deploy").iterdir()]
NEEDED = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "CONVENOR_KEY", "CONVENOR_DATABASE_URL", "CONVENOR_LOG")


def papers() -> str:
    return "\n".join(path.read_text() for path in PAPERS)


def commands() -> set[str]:
    """`run`, `audit verify` …, and `import` too: it has a word that is meant where none is given."""
    found = set()
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]
        inner = getattr(command, "commands", None)
        found |= {f"{name} {each}" for each in inner or ()}
        found |= {name} if not inner or hasattr(command, "default") else set()
    return found


def test_every_setting_that_is_named_exists() -> None:
    named = set(re.findall(r"\b(?:CONVENOR|SLACK)_[A-Z_]+\b", papers()))
    assert named <= {name.upper() for name in Settings.model_fields}
    assert named >= set(NEEDED)


def test_every_command_that_is_named_exists() -> None:
    named = re.findall(r"(?:`|bin/|^)convenor ((?:(?:audit|import|key) )?[a-z]+)", papers(), re.MULTILINE)
    assert named and set(named) <= commands()


def test_every_word_a_person_types_is_in_the_practitioners_page_and_the_reverse() -> None:
    """The words and the buttons that the page names are there, and no word is left out."""
    page = (ROOT / "docs" / "practitioner.md").read_text()
    code = "\n".join(path.read_text() for path in (ROOT / "commands").rglob("*.py"))
    words = {f"{command} {word}".strip() for command, word in re.findall(r'\.word\(\s*"(/\w+)", "(\w*)"', code)}
    named = set(re.findall(r"`(/[a-z]+(?: [a-z]+)?)`", page))
    assert named <= words and words - named <= {"/panel new"}  # that one is for whoever sets a panel up
    pressed = set(re.findall(r"(?:, |or )\*([A-Z][^*]+)\*", page))
    assert len(pressed) > 10
    assert not {label for label in pressed if f'"{label}"' not in code}


def test_every_target_of_make_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"(?:`|^)make ([a-z]+)", (ROOT / "README.md").read_text(), re.MULTILINE))
    assert {"demo", "test"} <= named <= targets
    assert {"setup", "lint", "bench"} <= targets


def test_every_file_that_is_linked_is_there() -> None:
    for path in PAPERS:
        for linked in re.findall(r"\]\((?!http)([^)#]+)\)", path.read_text()):
            assert (path.parent / linked).exists(), f"{path.name}: {linked}"


def test_both_ways_to_run_it_are_unprivileged_and_migrate_first() -> None:
    container, unit = ((ROOT / "deploy" / name).read_text() for name in DEPLOYED)
    user, start = container.index("\nUSER convenor"), container.index("\nENTRYPOINT")
    assert user < start and 'CMD ["convenor", "health"]' in container and 'CMD ["run"]' in container
    assert "\nUser=convenor" in unit and "NoNewPrivileges=yes" in unit
    assert unit.index("ExecStartPre=/opt/convenor/bin/convenor migrate") < unit.index("ExecStart=/opt/convenor/bin")
    assert unit.rstrip().endswith("WantedBy=multi-user.target") and "convenor run" in unit
