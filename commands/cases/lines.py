"""A line of the record: a label, and what is there."""

from __future__ import annotations

from datetime import date
from typing import Any

from commands.kit.text import escape, weekday


def line(label: str, *values: Any) -> str:
    """`Label: one · two`; what is not there is left out, and a line of nothing says so."""
    said = [weekday(value) if isinstance(value, date) else escape(str(value)) for value in values if value]
    return f"{label}: {' · '.join(said) or 'not given'}"
