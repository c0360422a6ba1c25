"""/panel print: an agency's own sheet on paper, for people who have no Slack, or a day on which it is away."""

from __future__ import annotations

from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, button, section
from commands.kit.errors import NoSuchThing
from commands.kit.people import agencies_of, thing_of
from commands.kit.text import escape
from commands.kit.turn import Turn
from commands.kit.views import paged
from commands.pages.link import given
from commands.pages.sheet import document
from commands.panels.declaration import asked_first
from commands.updates.current import answering
from panel.access import Allowed, Thing, Verb, may
from storage.tables import Agency, Meeting


def open_choice(turn: Turn) -> Answer:
    """The link for whoever stands for one agency alone; the office, and who stands for several, choose."""
    offered = _offered(turn)
    if len(offered) == 1:
        return _given(turn, offered[0], answering(turn.work, turn.panel))
    if not offered:
        turn.need(Verb.SEE_TRACKER, Thing())
    return Show(_choice(turn, offered))


def turn_page(turn: Turn) -> Answer:
    """Another page of the agencies."""
    return Replace(_choice(turn, _offered(turn)))


def give(turn: Turn) -> Answer:
    """A link and a code for the sheet of one agency, made anew at each press."""
    agency = turn.work.get(Agency, turn.about.agency)
    if agency.panel_id != turn.panel.id:
        raise NoSuchThing
    return _given(turn, agency, turn.work.get(Meeting, turn.about.meeting))


def _given(turn: Turn, agency: Agency, meeting: Meeting) -> Answer:
    turn.need(Verb.SEE_AGENCY_TRACKER, thing_of(turn.work, agency=agency))
    return asked_first(turn) or given(turn, meeting, document(agency), "Printable sheet", "pages.sheet", agency.id)


def _offered(turn: Turn) -> list[Agency]:
    return [
        agency
        for agency in agencies_of(turn.work, turn.panel)
        if isinstance(may(turn.person, Verb.SEE_AGENCY_TRACKER, thing_of(turn.work, agency=agency)), Allowed)
    ]


def _choice(turn: Turn, offered: list[Agency]) -> Block:
    about = About(panel=turn.panel.id, meeting=answering(turn.work, turn.panel).id)
    top = [section(turn.say("pages/print_choice"))]
    rows = [
        [
            section(
                f"*{escape(one.code)}* {escape(one.name)[:2_000]}",
                button("Print", "pages.sheet", about.but(agency=one.id)),
            )
        ]
        for one in offered
    ]
    return paged("Sheets on paper", [top, *rows], about.but(page=turn.about.page), "pages.sheets", name="pages.sheets")
