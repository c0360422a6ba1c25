"""The returns of a meeting, agency by agency, for chair and coordinator: a view of its own, since it is long."""

from __future__ import annotations

from sqlmodel import col, select

from commands.agendas.grid import grid_of
from commands.agendas.which import meeting_of
from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, actions, button, section, sections
from commands.kit.meetings import listed
from commands.kit.people import recused_from, thing_of
from commands.kit.text import escape
from commands.kit.turn import Turn
from commands.kit.views import paged
from commands.updates.current import WITHDRAWN
from panel.access import Thing, Verb, as_reader
from panel.codes import ReturnKind
from storage.tables import Case, Listing, Meeting, Request, Return

OPEN = "agendas.returns"
HEADING = "*Returns*, agency by agency"


def show(turn: Turn) -> Answer:
    """On top of the agenda."""
    return Show(_view(turn))


def turn_page(turn: Turn) -> Answer:
    """Another page of it."""
    return Replace(_view(turn))


def door(turn: Turn, meeting: Meeting) -> list[Block]:
    """For the agenda: how many are in, and the button to the rest."""
    done, asked = _counted(turn, meeting)
    about = About(panel=turn.panel.id, meeting=meeting.id)
    return [section(f"*Returns*: {done} of {asked} returned."), actions(button("Agency by agency", OPEN, about))]


def grid(turn: Turn, meeting: Meeting) -> list[Block]:
    """Every case that is open to this person, and what each agency that was asked has sent."""
    found, recused = grid_of(turn.work, turn.panel, meeting), recused_from(turn.work, turn.panel.id)
    done, asked = found.board.counts()
    blocks = [section(HEADING), section(f"{done} of {asked} returned.")]
    for _, case in listed(turn.work, meeting):
        if turn.user not in recused[case.id or 0]:
            words = found.words(case.ref, for_chair=_reads_as_chair(turn, case, meeting))
            blocks += sections("\n".join([f"*{case.ref}*", *(f"• {escape(each)}" for each in words)]))
    return blocks


def _counted(turn: Turn, meeting: Meeting) -> tuple[int, int]:
    """Returns in, of how many asked: by the last version of each, and nothing else is read of them."""
    on_list = (col(Listing.meeting_id) == Request.meeting_id) & (col(Listing.case_id) == Request.case_id)
    sent = (
        select(Request.id, Return.kind)
        .join(Listing, on_list)
        .join(Return, col(Return.request_id) == Request.id, isouter=True)
        .where(Request.meeting_id == meeting.id, Request.status == "asked", col(Request.asked_at).is_not(None))
        .order_by(col(Return.version))
    )
    last = dict(turn.work.session.exec(sent).all())
    return sum(kind not in (None, WITHDRAWN) and ReturnKind(kind).complete for kind in last.values()), len(last)


def _view(turn: Turn) -> Block:
    turn.need(Verb.PREVIEW_AGENDA, Thing())
    meeting = meeting_of(turn)
    turn.audit("previewed", f"returns of meeting:{meeting.id}", page=turn.about.page or 0)
    about = About(panel=turn.panel.id, meeting=meeting.id, page=turn.about.page)
    return paged("Returns", [grid(turn, meeting)], about, "agendas.returns_page", name=OPEN)


def _reads_as_chair(turn: Turn, case: Case, meeting: Meeting) -> bool:
    return as_reader(turn.person, thing_of(turn.work, case, meeting)).acting_chair
