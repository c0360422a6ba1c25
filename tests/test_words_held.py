"""Words on screen: what the panel never says, in every sentence, label and name of a file."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from commands.kit.registry import COMMANDS

ROOT = Path(__file__).parent.parent
NEVER = re.compile(r"nothing known|\bsilent|\bchas(e|es|ed|ing)\b|offender|closed = safe", re.IGNORECASE)
NOT_IN_A_NAME = re.compile(r"perpetrator|abuse|offender", re.IGNORECASE)
ROOMS = ("bot", "commands", "deploy", "docs", "panel", "sandbox", "storage", "templates", "tests")


@pytest.mark.parametrize("path", sorted((ROOT / "templates").rglob("*.jinja")), ids=lambda path: path.stem)
def test_no_sentence_says_it(path: Path) -> None:
    assert not NEVER.search(path.read_text())


def test_no_label_says_it() -> None:
    for room in ("commands", "panel"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    assert not NEVER.search(node.value), f"{path.name}, line {node.lineno}"


def test_no_name_of_a_file_or_command_gives_the_subject_away() -> None:
    for room in ROOMS:
        for path in (ROOT / room).rglob("*"):
            assert not NOT_IN_A_NAME.search(path.name), path
    assert not NOT_IN_A_NAME.search(" ".join(COMMANDS))
