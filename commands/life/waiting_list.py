"""The list behind a line of App Home: each case by reference, the day that counts, and the button that opens it."""

from __future__ import annotations

from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, button, context, section
from commands.kit.text import weekday
from commands.kit.turn import Turn
from commands.kit.views import paged
from commands.life.waits import LIST, Due, Kind, due

OPENS = {
    Kind.OFFER: "life.transfer.receive",
    Kind.MARK: "life.flag.open",
    Kind.FOLLOW_UP: "life.follow_up.open",
    Kind.MARK_ENDS: "life.flag.open",
}
DAYS = {
    Kind.OFFER: "offered on {day}",
    Kind.MARK: "marked until {day}",
    Kind.FOLLOW_UP: "due since {day}",
    Kind.MARK_ENDS: "the mark ends on {day}",
}


def open_list(turn: Turn) -> Answer:
    """What waits of one kind."""
    return Show(_view(turn))


def turn_page(turn: Turn) -> Answer:
    """Another page of it."""
    return Replace(_view(turn))


def _view(turn: Turn) -> Block:
    kind = turn.code(Kind)
    found = due(turn.work, turn.panel, turn.person, kind)
    turn.audit("opened", "waits", kind=kind, waiting=len(found))
    about = About(panel=turn.panel.id, code=kind, page=turn.about.page)
    rows = [[_row(kind, each, about)] for each in found] or [[context("Nothing waits any more.")]]
    return paged(kind.label, rows, about, LIST, name=LIST)


def _row(kind: Kind, each: Due, about: About) -> Block:
    day = DAYS[kind].format(day=weekday(each.on))
    return section(f"*{each.ref}* · {day}", button("Open", OPENS[kind], About(panel=about.panel, row=each.row)))
