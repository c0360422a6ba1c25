"""Days away as a view shows them: whose, from when to when, and who stands in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from commands.kit.about import About
from commands.kit.away import leaves_of
from commands.kit.blocks import Block, actions, button, section
from commands.kit.cover import standing_in
from commands.kit.meetings import today
from commands.kit.turn import Turn
from storage.tables import Leave

OWN = "own"  # what a view about the person who reads it is about


def own_lines(turn: Turn) -> Iterator[Block]:
    """One's own days away, beneath one's parts; and on which days one stands in for somebody."""
    about = About(panel=turn.panel.id, code=OWN)
    for row in to_come(turn):
        if row.user_id == turn.user:
            yield from row_of(turn, row, about)
        elif turn.user in stands(turn, row):
            yield section(turn.say("panels/stands_in", leave=row))
    yield actions(button("Add days away", "panels.leave.add", about))


def row_of(turn: Turn, row: Leave, about: About) -> Sequence[Block]:
    """One leave, with what can be done about it."""
    here = about.but(row=row.id, version=row.version)
    own = about.code == OWN
    said = turn.say("panels/days_away", leave=row, own=own, stands=stands(turn, row))
    ask = "They will be told, and who stands in too." if not own else "Whoever stands in will be told."
    return [
        section(said),
        actions(
            button("Change", "panels.leave.change", here),
            button("Take back", "panels.leave.take_back", here, ask=ask),
        ),
    ]


def to_come(turn: Turn) -> list[Leave]:
    """The leaves of a panel that are not over, the soonest first."""
    day = today(turn.panel, turn.work.now)
    rows = [row for row in leaves_of(turn.work, turn.panel.id) if row.last >= day]
    return sorted(rows, key=lambda row: (row.first, row.id or 0))


def stands(turn: Turn, row: Leave) -> list[str]:
    """Who stands in on these days."""
    return standing_in(turn.work, turn.panel.id, row.user_id, row.deputy)
