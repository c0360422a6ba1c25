"""What a tracker would become, in words: rows and columns, counts and codes; never what stands in a cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from commands.actions.bring import Plan, Wishes
from commands.kit.meetings import settings_of
from panel.settings import Content
from storage.tables import Panel


def told(say: Callable[..., str], panel: Panel, made: Plan, wishes: Wishes, hidden: int = 0) -> list[str]:
    """The preview, a line a thing; an empty one stands between two parts. `say`: how a template becomes text; `hidden`:
    sheets of the workbook that were not read."""
    over = Counter(each.line.standing.label for each in made.new if each.line.over)
    rows = {fault.row for fault in made.faults}
    text = say(
        "actions/bring_preview", plan=made, over=over.items(), rows=len(rows), hidden=hidden,
        nameless=sum(not each.day_given for each in made.live), taken=_taken(made, wishes),
        references_only=settings_of(panel).content is Content.REFERENCES_ONLY,
    )  # fmt: skip
    return re.sub(r"\n(\s*\n)+", "\n\n", text.strip()).splitlines()


def _taken(made: Plan, wishes: Wishes) -> list[tuple[int, str]]:
    """The rows whose kind was suggested or chosen for them, each with it."""
    new = {each.line.row: f"{each.kind.code} {each.kind.label}" for each in made.new}
    guessed = made.suggested if wishes.suggested else {}
    return [(row, new[row]) for row in sorted({*guessed, *made.unnamed}) if row in new]
