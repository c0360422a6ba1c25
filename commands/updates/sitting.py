"""The sitting: every case asked of an agency, where its return stands, and a tap for each answer."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col, func, select

from commands.kit.about import About
from commands.kit.answers import Answer, Replace
from commands.kit.beneath import back_to
from commands.kit.blocks import Block, actions, button, context, divider, options, section
from commands.kit.meetings import cut_offs_of, today
from commands.kit.turn import Turn
from commands.kit.views import modal, turns
from commands.updates.current import Asked, deadline_of
from commands.updates.desk import Sitting, about_sitting, open_pairs, sitting_of
from commands.updates.overdue import overdue_by_case
from panel.codes import CaseKind
from panel.cycle import CutOff
from storage.tables import Agency, Item, Meeting, Statement

SITTING = "updates.sitting"
CASES_A_PAGE = 20  # a page stays well under what an acknowledgement may carry

MENU = (
    ("unable", "Unable to check"),
    ("hold", "Held, not shared"),
    ("more", "One more item, any restriction"),
    ("ours", "See or change what we sent"),
    ("undo", "Undo"),
)
NOT_ON_BEHALF = ("ours",)  # whoever enters for another agency sees states, not content


def turn_page(turn: Turn) -> Answer:
    """Another page of the sitting."""
    return Replace(redrawn(turn))


def back(turn: Turn) -> Answer:
    """From a form that was saved to the sitting beneath it."""
    return back_to(turn, SITTING, turn.about.but(code=None))


def redrawn(turn: Turn) -> Block:
    """The sitting that a button or form belongs to, as it stands now."""
    statement = turn.work.get(Statement, turn.about.row) if turn.about.row else None
    agency = turn.work.get(Agency, statement.agency_id if statement else turn.about.agency)
    meeting = turn.work.get(Meeting, statement.meeting_id if statement else turn.about.meeting)
    return draw(turn, sitting_of(turn, agency, meeting), statement)


def draw(turn: Turn, here: Sitting, statement: Statement | None) -> Block:
    """The modal."""
    mine, closed = open_pairs(turn, here)
    last = max((len(mine) - 1) // CASES_A_PAGE, 0)
    page = min(turn.about.page or 0, last)
    about = about_sitting(turn, statement, page).but(meeting=here.meeting.id, agency=here.agency.id)
    shown = mine[page * CASES_A_PAGE :][:CASES_A_PAGE]
    blocks = _heading(turn, here, statement, mine, closed)
    blocks += _rows(turn, here, shown, about)
    blocks += turns(about, page, last + 1, "updates.page")
    return modal("Updates", blocks, about, name=SITTING)


def _heading(turn: Turn, here: Sitting, statement: Statement | None, mine: Sequence[Asked], closed: int) -> list[Block]:
    text = turn.say(
        "updates/sitting_heading", agency=here.agency, meeting=here.meeting, statement=statement, closed=closed,
        answered=sum(pair.complete for pair in mine), cases=len(mine), deadline=deadline_of(turn.work, here.meeting),
        lock=cut_offs_of(turn.work, here.meeting).get(CutOff.AGENDA_LOCKED), on_behalf=here.on_behalf,
    )  # fmt: skip
    return [section(text), context(turn.say("updates/not_watched"))]


def _rows(turn: Turn, here: Sitting, shown: Sequence[Asked], about: About) -> list[Block]:
    items = _item_counts(turn, here)
    overdue = overdue_by_case(turn, here.agency)
    blocks: list[Block] = []
    for pair in shown:
        state = _state(turn, pair, items.get(pair.case.id or 0, 0))
        blocks.append(divider())
        blocks.append(section(f"*{pair.case.ref}* · {pair.case.subject_ref} · {_which(pair)}\n{state}"))
        blocks.append(_buttons(pair, here, about, len(overdue.get(pair.case.id or 0, ()))))
    return blocks


def _which(pair: Asked) -> str:
    if pair.listing.kind == CaseKind.NEW:
        return CaseKind.NEW.label.lower()
    return f"{CaseKind.REVIEW.label.lower()} {pair.listing.review_no}"


def _state(turn: Turn, pair: Asked, items: int) -> str:
    statement = None
    if pair.current is not None and pair.current.statement_id is not None:
        statement = turn.work.get(Statement, pair.current.statement_id)
    sent = today(turn.panel, pair.current.at) if pair.current else None
    return turn.say("updates/state", pair=pair, kind=pair.kind, statement=statement, items=items, sent=sent)


def _buttons(pair: Asked, here: Sitting, about: About, overdue: int) -> Block:
    this = About(panel=about.panel, request=pair.request.id, row=about.row, page=about.page)
    row = [
        button("No trace", "updates.no_trace", this),
        button("Known, nothing current", "updates.known", this),
        button("Tell us something", "updates.tell.open", this, style="primary"),
    ]
    if overdue:
        row.append(button(f"Overdue actions ({overdue})", "updates.overdue.open", this))
    menu = [(code, label) for code, label in MENU if not (here.on_behalf and code in NOT_ON_BEHALF)]
    offered = options([(this.but(code=code).dump(), label) for code, label in menu])
    row.append({"type": "overflow", "action_id": "updates.menu", "options": offered})
    return actions(*row, block_id=pair.case.ref)


def _item_counts(turn: Turn, here: Sitting) -> dict[int, int]:
    """How many items the agency has on each case for this meeting (its reasons are not counted as items)."""
    counted = (
        select(Item.case_id, func.count())
        .where(
            Item.meeting_id == here.meeting.id, Item.agency_id == here.agency.id, col(Item.replaced_at).is_(None),
            Item.kind != "reason",
        )
        .group_by(col(Item.case_id))
    )  # fmt: skip
    return dict(turn.work.session.exec(counted).all())
