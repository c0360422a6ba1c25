"""My parts: which roles somebody has on the panel, and the days on which a deputy stands in. Messages never say."""

from __future__ import annotations

from collections.abc import Sequence

from commands.kit.about import About
from commands.kit.answers import Answer, Show
from commands.kit.blocks import Block, button, section
from commands.kit.mailboxes import mailboxes_of
from commands.kit.meetings import today
from commands.kit.people import agencies_by_id, seats_of
from commands.kit.turn import Turn
from commands.kit.views import modal
from panel.codes import Role
from storage.tables import Seat

OWN = "own"  # what the button to one's own address is about
STANDS_IN = {Role.DEPUTY: Role.REP, Role.DEPUTY_CHAIR: Role.CHAIR}


def button_to(panel_id: int | None) -> Block:
    """The button of a message about somebody's part."""
    return button("My parts", "panels.mine", About(panel=panel_id))


def open_mine(turn: Turn) -> Answer:
    """Every part of the person who asks, and of nobody else."""
    return Show(mine_view(turn))


def mine_view(turn: Turn) -> Block:
    """Their parts, and whether what they are told comes by e-mail too."""
    seats, about = seats_of(turn.work, turn.panel.id), About(panel=turn.panel.id)
    blocks = [_part(turn, seat, _cover(turn, seat, seats)) for seat in seats if seat.user_id == turn.user]
    none = section("You have no part on this panel; an action may name you all the same.")
    return modal("My parts", [*(blocks or [none]), *_by_mail(turn, about)], about, name="panels.mine")


def _by_mail(turn: Turn, about: About) -> list[Block]:
    """Nothing where there is no mail server, and none was asked for."""
    asked = turn.user in mailboxes_of(turn.work, turn.panel.id)
    if not asked and not turn.service.has_mail:
        return []
    said = "what you are told goes to the address you gave too." if asked else "no; everything comes here alone."
    return [section(f"*By e-mail too*: {said}", button("Change", "panels.also.own", about.but(code=OWN)))]


def _part(turn: Turn, seat: Seat, cover: Seat | None) -> Block:
    agency = agencies_by_id(turn.work, turn.panel.id).get(seat.agency_id)
    return section(turn.say("panels/part", role=Role(seat.role).label, agency=agency, cover=cover, own=cover is seat))


def _cover(turn: Turn, seat: Seat, seats: Sequence[Seat]) -> Seat | None:
    """The seat whose days away concern this one: its own, or that of whom they stand in for."""
    of = STANDS_IN.get(Role(seat.role), Role(seat.role))
    same = [one for one in seats if one.role == of and (of is Role.CHAIR or one.agency_id == seat.agency_id)]
    day = today(turn.panel, turn.work.now)
    return next((one for one in same if one.cover_to is not None and one.cover_to >= day), None)
