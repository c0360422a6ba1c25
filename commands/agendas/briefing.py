"""The briefing on one case: one page of the agenda's item, cut into modal pages, through the reader's own eyes."""

from __future__ import annotations

from sqlmodel import col

from commands.agendas import outstanding
from commands.agendas.brief_actions import actions_of
from commands.agendas.brief_case import opening, risk_and_scores, subject_and_victims
from commands.agendas.brief_decision import decision_box, last_time
from commands.agendas.brief_items import Pieces, ahead, earlier, risk_views, updates, victims_voice, working
from commands.agendas.brief_telling import record_told, telling_blocks
from commands.agendas.brief_told import told_of_imminent
from commands.agendas.grid import grid_of
from commands.agendas.which import meeting_of
from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, button, section, sections
from commands.kit.blocks import actions as actions_row
from commands.kit.people import thing_of
from commands.kit.reading import Reading, reads_early
from commands.kit.text import escape
from commands.kit.turn import Turn
from commands.kit.views import paged
from commands.panels.declaration import asked_first
from panel.access import Verb
from storage.tables import Case, Listing, Meeting


def open_page(turn: Turn) -> Answer:
    """Open the briefing on the case that the button is about."""
    return asked_first(turn) or Show(view(turn))


def turn_page(turn: Turn) -> Answer:
    """Another page of it."""
    return Replace(view(turn))


def told(turn: Turn) -> Answer:
    """The victim service has told what it may; pressed on the page or in the list of what is outstanding."""
    meeting = meeting_of(turn)
    record_told(turn, meeting)
    beneath = (turn.request.view or {}).get("callback_id")
    return Replace(outstanding.view(turn, meeting) if beneath == outstanding.NAME else view(turn))


def _link(about: About) -> list[Block]:
    """Whoever finds somebody they know here says so here."""
    return [actions_row(button("A personal link?", "cases.conflict.open", about.but(page=None)))]


def view(turn: Turn) -> Block:
    """The page asked for; checked and audited each time."""
    meeting, case = meeting_of(turn), turn.case()
    turn.need(Verb.OPEN_BRIEFING, thing_of(turn.work, case, meeting))
    turn.audit("opened", f"case:{case.id}", case_id=case.id, meeting=meeting.id, page=turn.about.page or 0)
    about = About(panel=turn.panel.id, meeting=meeting.id, case=case.id, page=turn.about.page)
    shown = [*parts(turn, meeting, case), _link(about)]
    return paged(f"Briefing {case.ref}"[:24], shown, about, "agendas.page", name="agendas.briefing")


def parts(turn: Turn, meeting: Meeting, case: Case) -> list[list[Block]]:
    """The page's parts in their order: an imminent risk first; the victims' voice before what other agencies write."""
    reading = Reading(turn.work, turn.panel, turn.person, case, meeting)
    own_only = meeting.agenda_issued_at is None and not reads_early(turn.person)
    pieces = Pieces.of(reading, meeting, own_only=own_only)
    listing = turn.work.first(Listing, col(Listing.meeting_id) == meeting.id, Listing.case_id == case.id)
    actions = actions_of(turn, meeting, case)
    return [
        told_of_imminent(turn, meeting, reading),
        opening(turn, meeting, case, listing, own_only=own_only),
        last_time(turn, meeting, case, listing),
        actions.overdue,
        subject_and_victims(turn, case, reading),
        victims_voice(turn, pieces),
        telling_blocks(turn, meeting, case, reading),
        updates(turn, pieces),
        ahead(turn, pieces),
        risk_and_scores(turn, case),
        risk_views(turn, pieces),
        working(turn, pieces),
        [] if own_only else _grid(turn, meeting, case, reading),
        actions.agreed,
        actions.proposed,
        earlier(turn, pieces),
        decision_box(turn, meeting, listing),
    ]


def _grid(turn: Turn, meeting: Meeting, case: Case, reading: Reading) -> list[Block]:
    grid = grid_of(turn.work, turn.panel, meeting)
    words = grid.words(case.ref, for_chair=reading.reader.acting_chair)
    return [section("*Returns*"), *sections("\n".join(f"• {escape(each)}" for each in words))] if words else []
