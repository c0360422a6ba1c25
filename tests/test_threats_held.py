"""The threat model names tests that exist, a letter of STRIDE and what remains; the starters say that they are such."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODEL = ROOT / "docs" / "threat-model.md"
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in MODEL.read_text().splitlines()
    if line.startswith("| ") and not line.startswith("| |")
]
STARTERS = ("dpia-starter.md", "policy-starter.md")


@cache
def named_in(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text())
    return {each.name for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)}


@pytest.mark.parametrize("row", ROWS, ids=[row[1] for row in ROWS])
def test_each_threat_has_its_test(row: list[str]) -> None:
    letter, threat, stops, test, remains = row
    assert letter in "STRIDE" and len(letter) == 1 and threat and stops and remains
    path, name = test.split("::")
    assert name.startswith("test_") and name in named_in(path)


def test_every_letter_is_thought_of() -> None:
    assert {row[0] for row in ROWS} == set("STRIDE")


@pytest.mark.parametrize("page", STARTERS)
def test_a_starter_says_that_it_is_one(page: str) -> None:
    text = (ROOT / "docs" / page).read_text()
    assert "starting point" in text and "not legal advice" in text
    for link in re.findall(r"\]\(([\w./-]+\.md)[)#]", text):
        assert (ROOT / "docs" / link).exists(), link
