"""The table of what can happen to an action stands in docs/field.md as the rules have it."""

from pathlib import Path

from panel.actions import DOING, LIVE
from panel.codes import ActionStatus
from panel.moves import TRANSITIONS, Transition

FIELD = Path(__file__).parents[2] / "docs" / "field.md"
HEAD = ("| what | from | to | who | rule |", "|---|---|---|---|---|")
TOGETHER = ((LIVE, "any live"), (DOING, "any open"))


def where(row: Transition) -> str:
    """From where, in words: live and open statuses by one name."""
    left, said = set(row.before), []
    for group, name in TOGETHER:
        if group <= left:
            said.append(name)
            left -= group
    return ", ".join([*said, *(status.label.lower() for status in ActionStatus if status in left)])


def lines() -> list[str]:
    """The table."""
    made = []
    for row in TRANSITIONS:
        to = row.after.label.lower() if row.after else "as it was"
        who = ", ".join(sorted(holder.label for holder in row.who)) or "by itself"
        made.append(f"| {row.move.label} | {where(row)} | {to} | {who} | {row.rule} |")
    return [*HEAD, *made]


def test_the_table_in_the_docs_is_the_one_that_counts() -> None:
    told = FIELD.read_text().splitlines()
    start = told.index(HEAD[0])
    assert told[start : start + len(lines())] == lines()
