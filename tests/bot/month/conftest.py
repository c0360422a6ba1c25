"""A month file with one thing broken in it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.month import MonthFileError, Problem, read_month

MONTHS = Path(__file__).parents[3] / "bot" / "demo" / "months"
OCTOBER = MONTHS / "marrowshire-october.yaml"

Break = Callable[..., list[Problem]]


@pytest.fixture
def broken(tmp_path: Path) -> Break:
    """Replace pieces of October's file, each found exactly once, and give the problems that are then found."""

    def read(*changes: tuple[str, str]) -> list[Problem]:
        text = OCTOBER.read_text(encoding="utf-8")
        for old, new in changes:
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the file"
            text = text.replace(old, new)
        file = tmp_path / "month.yaml"
        file.write_text(text, encoding="utf-8")
        with pytest.raises(MonthFileError) as refused:
            read_month(file)
        for problem in refused.value.problems:
            assert str(problem) in str(refused.value)
        return refused.value.problems

    return read
