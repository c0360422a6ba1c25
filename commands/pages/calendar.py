"""/panel calendar: an address for one's own calendar, shown once, and ended when one likes."""

from __future__ import annotations

from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, actions, button, sections
from commands.kit.errors import NotOnAPanel
from commands.kit.meetings import today
from commands.kit.turn import Turn
from commands.kit.views import modal
from commands.pages import feeds
from commands.pages.link import NoPages
from commands.panels.declaration import asked_first
from panel.access import Allowed, Thing, Verb, may

PATH = "/calendar/"
AGAIN = "The address you have now ends: every calendar that reads it stops."


def open_view(turn: Turn) -> Answer:
    """What there is now; first the declaration, from whoever makes one."""
    return _asked_first(turn) or Show(_view(turn))


def make(turn: Turn) -> Answer:
    """A new address, shown once: it is kept nowhere, so each press makes another."""
    if turn.service.address is None:
        raise NoPages
    if not turn.person.roles:
        raise NotOnAPanel
    if asked := _asked_first(turn):
        return asked
    key = feeds.make(turn.work, turn.panel, turn.user)
    turn.audit("made_feed", f"panel:{turn.panel.id}")
    return Replace(_view(turn, f"{turn.service.address}{PATH}{key}"))


def end(turn: Turn) -> Answer:
    """The address opens nothing from now on."""
    if feeds.end(turn.work, turn.panel, turn.user):
        turn.audit("ended_feed", f"panel:{turn.panel.id}")
    return Replace(_view(turn))


def _asked_first(turn: Turn) -> Answer | None:
    """Somebody who only observes or reads figures declares at the meeting, not here."""
    declares = isinstance(may(turn.person, Verb.DECLARE, Thing()), Allowed)
    return asked_first(turn) if declares else None


def _view(turn: Turn, made: str | None = None) -> Block:
    row = feeds.current(turn.work, turn.panel, turn.user)
    since = today(turn.panel, row.made_at) if row else None
    said = turn.say("pages/calendar", made=made, feed=f"{made}.ics" if made else None, since=since)
    about = About(panel=turn.panel.id)
    pressable = [
        button("Make a new address" if row else "Make my address", "pages.calendar.make", about,
               ask=AGAIN if row else None),
        *([button("End it", "pages.calendar.end", about, style="danger", ask=AGAIN)] if row else []),
    ]  # fmt: skip
    return modal("Calendar", [*sections(said), actions(*pressable)], about, name="pages.calendar")
