"""/panel declarations: who has declared, until when; and the chair's word that lets somebody in before they do."""

from __future__ import annotations

from datetime import date

from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, button, section, sections
from commands.kit.errors import NoMeeting, NoSuchThing
from commands.kit.meetings import ahead, today
from commands.kit.people import seats_of
from commands.kit.text import weekday
from commands.kit.turn import Turn
from commands.kit.views import paged
from commands.panels.declaration import keep, on_paper, until_of, where
from panel.access import Thing, Verb, may
from panel.codes import Role
from panel.declaration import Standing
from panel.mail import outside_slack
from panel.sitting import LET_IN
from storage.tables import Seat

READERS = (Role.COORDINATOR, Role.CHAIR, Role.DEPUTY_CHAIR, Role.REP, Role.DEPUTY)


def open_list(turn: Turn) -> Answer:
    """For chair and coordinator."""
    return Show(view(turn))


def turn_page(turn: Turn) -> Answer:
    """Another page of it."""
    return Replace(view(turn))


def let_in(turn: Turn) -> Answer:
    """The chair's word: agenda and briefing open to this person until the next meeting is over. Logged."""
    turn.need(Verb.LET_IN, Thing())
    seat = turn.work.get(Seat, turn.about.row)
    if seat.panel_id != turn.panel.id or seat.user_id is None or seat.until is not None:
        raise NoSuchThing
    until = _next_day(turn)
    keep(turn.work, turn.panel, seat.user_id, LET_IN, until)
    turn.audit("let_in", f"seat:{seat.id}", until=until.isoformat())
    return Replace(view(turn))


def _next_day(turn: Turn) -> date:
    try:
        return ahead(turn.work, turn.panel).day
    except NoMeeting:
        return today(turn.panel, turn.work.now)


def view(turn: Turn) -> Block:
    """Everybody who opens papers, each once; those who can't open them first."""
    turn.need(Verb.CHANGE_SETTINGS, Thing())
    turn.audit("looked", f"declarations of panel:{turn.panel.id}")
    seats = {seat.user_id: seat for seat in seats_of(turn.work, turn.panel.id) if seat.role in READERS}
    rows = [(seat, where(turn.work, turn.panel, user or "")) for user, seat in seats.items()]
    rows.sort(key=lambda row: row[1].opens)
    top = sections(turn.say("panels/declarations", open=sum(not at.opens for _, at in rows), people=len(rows)))
    about = About(panel=turn.panel.id, page=turn.about.page)
    return paged("Declarations", [top, [_row(turn, *row) for row in rows]], about, "panels.declarations")


def _row(turn: Turn, seat: Seat, at: Standing) -> Block:
    until = until_of(turn.work, turn.panel, seat.user_id or "")
    user, until = seat.user_id or "", until_of(turn.work, turn.panel, seat.user_id or "")
    said = f"<@{user}>: {at.value}" + (f", until {weekday(until)}" if until else "")
    if signed := on_paper(turn.work, turn.panel, user):
        said += f"\nSigned on paper {weekday(signed)}, entered by the coordinator"
    return section(said, _way(turn, seat, at)) | {"block_id": f"seat.{seat.id}"}


def _way(turn: Turn, seat: Seat, at: Standing) -> Block | None:
    """What can be done for somebody: let in by the chair; entered from paper by the coordinator."""
    about = About(panel=turn.panel.id, row=seat.id)
    if outside_slack(seat.user_id) and may(turn.person, Verb.DECLARE_FOR, Thing()):
        return button("Signed on paper", "panels.on_paper", about.but(page=turn.about.page))
    if not at.opens and may(turn.person, Verb.LET_IN, Thing()):
        ask = "They open agenda and briefing until the next panel is over."
        return button("Let in", "panels.let_in", about, ask=ask)
    return None
