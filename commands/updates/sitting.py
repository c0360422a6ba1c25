"""The sitting: every case asked of an agency, where its return stands, and a tap for each answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlmodel import col, func, select

from commands.kit.about import About
from commands.kit.answers import Answer, Replace
from commands.kit.beneath import back_to, drawn_now
from commands.kit.blocks import Block, actions, button, context, divider, options, section
from commands.kit.meetings import cut_offs_of, settings_of, today
from commands.kit.people import holder
from commands.kit.turn import Turn
from commands.kit.views import modal, turns
from commands.updates.current import Asked, answered_by
from commands.updates.desk import Sitting, about_sitting, by_when, open_pairs, sitting_of
from commands.updates.overdue import overdue_by_case
from panel.codes import CaseKind, Role
from panel.cycle import CutOff
from panel.settings import Content
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


def change(turn: Turn) -> Answer:
    """A case that has an answer offers all of them again, in its place."""
    drawn_now(turn)
    return Replace(redrawn(turn, opened=turn.about.request))


def back(turn: Turn) -> Answer:
    """From a form that was saved to what is beneath it: the sitting, or the hub of one return."""
    return back_to(turn, turn.about.view or SITTING, turn.about.but(code=None, version=None, view=None))


def redrawn(turn: Turn, opened: int | None = None) -> Block:
    """The sitting that a button or form belongs to, as it stands now. `opened`: the request to answer anew."""
    statement = turn.work.get(Statement, turn.about.row) if turn.about.row else None
    agency = turn.work.get(Agency, statement.agency_id if statement else turn.about.agency)
    meeting = turn.work.get(Meeting, statement.meeting_id if statement else turn.about.meeting)
    return draw(turn, sitting_of(turn, agency, meeting), statement, opened)


def draw(turn: Turn, here: Sitting, statement: Statement | None, opened: int | None = None) -> Block:
    """The modal."""
    mine, closed = open_pairs(turn, here)
    mine, since = _in_order(turn, mine)
    last = max((len(mine) - 1) // CASES_A_PAGE, 0)
    page = min(turn.about.page or 0, last)
    about = about_sitting(turn, statement, page).but(meeting=here.meeting.id, agency=here.agency.id, since=since)
    facts = _facts(turn, here, statement, mine, closed)
    blocks = [section(turn.say("updates/sitting_heading", **facts)), context(turn.say("updates/not_watched"))]
    blocks += _rows(turn, here, mine[page * CASES_A_PAGE :][:CASES_A_PAGE], about, opened)
    blocks += turns(about, page, last + 1, "updates.page")
    blocks += [divider(), context(turn.say("updates/sitting_beneath", **facts))]
    return modal("Updates", blocks, about, name=SITTING)


def _in_order(turn: Turn, mine: Sequence[Asked]) -> tuple[list[Asked], int]:
    """The unanswered first, as it was when the list was opened: what is answered since keeps its place, so that a
    second tap in the same spot never meets another case. With the newest return there was then."""
    newest = max((pair.last.id or 0 for pair in mine if pair.last), default=0)
    since = newest if turn.about.since is None else turn.about.since
    before = answered_by(turn.work, mine, since)
    return sorted(mine, key=lambda pair: pair.request.id in before), since


def _facts(
    turn: Turn, here: Sitting, statement: Statement | None, mine: Sequence[Asked], closed: int
) -> dict[str, Any]:
    """What is said above and beneath the cases."""
    answered = sum(pair.complete for pair in mine)
    return by_when(turn, here.meeting) | {
        "agency": here.agency, "on_behalf": here.on_behalf, "statement": statement,
        "cases": len(mine), "closed": closed, "answered": answered, "done": answered == len(mine) > 0,
        "lock": cut_offs_of(turn.work, here.meeting).get(CutOff.AGENDA_LOCKED),
    }  # fmt: skip


def _rows(turn: Turn, here: Sitting, shown: Sequence[Asked], about: About, opened: int | None) -> list[Block]:
    items = _item_counts(turn, here)
    overdue = overdue_by_case(turn, here.agency)
    blocks: list[Block] = []
    for pair in shown:
        state = _state(turn, pair, items.get(pair.case.id or 0, 0))
        blocks.append(divider())
        blocks.append(section(f"*{pair.case.ref}* · {pair.case.subject_ref} · {_which(pair)}\n{state}"))
        number = len(overdue.get(pair.case.id or 0, ()))
        blocks.append(_buttons(turn, pair, here, about, number, opened=pair.request.id == opened))
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
    rep = holder(turn.work, turn.panel.id or 0, Role.REP, pair.agency.id) if pair.current else None
    return turn.say("updates/state", pair=pair, kind=pair.kind, statement=statement, items=items, sent=sent, rep=rep)


def _buttons(turn: Turn, pair: Asked, here: Sitting, about: About, overdue: int, *, opened: bool) -> Block:
    this = About(panel=about.panel, request=pair.request.id, row=about.row, page=about.page, since=about.since)
    row = [button("Change", "updates.change", this)] if pair.complete and not opened else _answers(turn, pair, this)
    if pair.complete and not pair.agency.core:
        row.append(button("Hours", "updates.hours.open", this))
    if overdue:
        row.append(button(f"Overdue actions ({overdue})", "updates.overdue.open", this))
    menu = [(code, label) for code, label in MENU if not (here.on_behalf and code in NOT_ON_BEHALF)]
    offered = options([(this.but(code=code).dump(), label) for code, label in menu])
    row.append({"type": "overflow", "action_id": "updates.menu", "options": offered})
    return actions(*row, block_id=pair.case.ref)


def _answers(turn: Turn, pair: Asked, this: About) -> list[Block]:
    core = pair.agency.core
    quick = [
        button("No trace", "updates.no_trace", this),
        button("Known, nothing current", "updates.known", this),
        button("Tell us something", "updates.tell.open", this, style="primary" if core and not pair.complete else None),
    ]
    keeps_words = settings_of(turn.panel).content is Content.HELD
    if not keeps_words:
        return quick
    if not core:  # invited to one case: two minutes, and the short form for anything else
        return [button("In two minutes", "updates.mini.open", this, style="primary"), *quick]
    return [*quick, button("All sections", "updates.sections.open", this)]


def _item_counts(turn: Turn, here: Sitting) -> dict[int, int]:
    """How many items the agency has on each case for this meeting (its reasons, its notes and what is for
    police alone are not counted)."""
    counted = (
        select(Item.case_id, func.count())
        .where(
            Item.meeting_id == here.meeting.id, Item.agency_id == here.agency.id, col(Item.replaced_at).is_(None),
            Item.kind != "reason", col(Item.return_id).is_not(None),
        )
        .group_by(col(Item.case_id))
    )  # fmt: skip
    return dict(turn.work.session.exec(counted).all())
