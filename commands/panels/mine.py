"""My parts: which roles somebody has on the panel, and the days on which they are away. Messages never say."""

from __future__ import annotations

from commands.kit.about import About
from commands.kit.answers import Answer, Show
from commands.kit.blocks import Block, button, divider, section
from commands.kit.mailboxes import mailboxes_of
from commands.kit.people import agencies_by_id, seats_of
from commands.kit.turn import Turn
from commands.kit.views import modal
from commands.panels.away_lines import OWN as OWN
from commands.panels.away_lines import own_lines
from panel.codes import Role
from storage.tables import Seat


def button_to(panel_id: int | None) -> Block:
    """The button of a message about somebody's part."""
    return button("My parts", "panels.mine", About(panel=panel_id))


def open_mine(turn: Turn) -> Answer:
    """Every part of the person who asks, and of nobody else."""
    return Show(mine_view(turn))


def mine_view(turn: Turn) -> Block:
    """Their parts, their days away, and whether what they are told comes by e-mail too."""
    seats, about = seats_of(turn.work, turn.panel.id), About(panel=turn.panel.id)
    blocks = [_part(turn, seat) for seat in seats if seat.user_id == turn.user]
    none = section("You have no part on this panel; an action may name you all the same.")
    away = [divider(), section(turn.say("panels/own_days")), *own_lines(turn)]
    return modal("My parts", [*(blocks or [none]), *away, *_by_mail(turn, about)], about, name="panels.mine")


def _by_mail(turn: Turn, about: About) -> list[Block]:
    """Nothing where there is no mail server, and none was asked for."""
    asked = turn.user in mailboxes_of(turn.work, turn.panel.id)
    if not asked and not turn.service.has_mail:
        return []
    said = "what you are told goes to the address you gave too." if asked else "no; everything comes here alone."
    return [section(f"*By e-mail too*: {said}", button("Change", "panels.also.own", about.but(code=OWN)))]


def _part(turn: Turn, seat: Seat) -> Block:
    agency = agencies_by_id(turn.work, turn.panel.id).get(seat.agency_id)
    return section(turn.say("panels/part", role=Role(seat.role).label, agency=agency))
