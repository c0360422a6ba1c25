"""Every row that is promised has a story here whose name says so."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROWS = {f"row {number}" for number in (*range(1, 54), *range(73, 81), 114, 115, 135, 136)}
SEEDS = {f"s{number}" for number in (*range(1, 12), *range(13, 17))}


def told() -> set[str]:
    """The rows that the names of the stories speak of: `test_row_21_and_25_…`, `test_s11_row_78_…`."""
    found: set[str] = set()
    for path in Path(__file__).parent.glob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                found |= _of(node.name)
    return found


def _of(name: str) -> set[str]:
    head = re.match(r"test_((?:(?:s?\d+|rows?|and|to)_)*)", name)
    assert head is not None
    words = head[1].split("_")
    numbers = [int(word) for word in words if word.isdigit()]
    if "to" in words:
        numbers = list(range(numbers[0], numbers[-1] + 1))
    seeds = {f"s{int(word[1:])}" for word in words if re.fullmatch(r"s\d+", word)}
    return {f"row {number}" for number in numbers} | seeds


def test_no_row_is_without_its_story() -> None:
    missing = (ROWS | SEEDS) - told()
    assert not missing, f"no story is named after {', '.join(sorted(missing))}"
