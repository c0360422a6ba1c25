"""/panel board: case by case, what came from whom, in words; and one press that reminds those not yet returned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col

from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show, Tell
from commands.kit.blocks import Block, actions, button, context, section, sections
from commands.kit.meetings import today
from commands.kit.text import count
from commands.kit.turn import Turn
from commands.kit.views import paged
from commands.updates.current import Asked, board_of, by_answerer, deadline_of, outstanding, pairs
from commands.updates.desk import RequestsNotOut, closed_cases, meeting_meant
from panel.access import Thing, Verb
from panel.codes import CaseKind, ReturnCell
from panel.returns import Board
from storage.tables import Agency, Meeting, Notice

REMINDER = "updates.remind"


@dataclass
class Owing:
    """What is outstanding from one agency, and the day on which whoever answers it was reminded last."""

    agency: Agency
    returns: int = 0
    reminded: date | None = None


def show(turn: Turn) -> Answer:
    """The first page."""
    return Show(_view(turn))


def turn_page(turn: Turn) -> Answer:
    """Another page."""
    return Replace(_view(turn))


def remind(turn: Turn) -> Answer:
    """One message to each person who has something outstanding, and to nobody else."""
    turn.need(Verb.REMIND, Thing())
    meeting = meeting_meant(turn)
    people = by_answerer(turn.work, meeting.panel_id, outstanding(turn.work, meeting))
    told = [user for user in people if user is not None]
    for user in told:
        turn.work.owe(
            f"remind:{meeting.id}:{user}:{turn.work.now.isoformat()}", REMINDER, user,
            panel_id=turn.panel.id, about={"meeting": meeting.id},
        )  # fmt: skip
    turn.audit("reminded", f"meeting:{meeting.id}", people=len(told))
    return Tell(turn.say("updates/reminded", people=len(told), nobody=len(people.get(None, ()))))


def _view(turn: Turn) -> Block:
    turn.need(Verb.SEE_BOARD, Thing())
    meeting = meeting_meant(turn)
    if meeting.requests_sent_at is None:
        raise RequestsNotOut
    found = pairs(turn.work, meeting)
    closed = closed_cases(turn)
    seen = [pair for pair in found if pair.case.id not in closed]
    turn.audit("opened", f"board:{meeting.id}", pairs=len(seen))
    about = About(panel=turn.panel.id, meeting=meeting.id, page=turn.about.page)
    board = board_of(turn.work, meeting, seen)
    parts = [_heading(turn, meeting, found, about), *_cases(seen, board)]
    return paged("Return board", parts, about, "updates.board", name="updates.board")


def _heading(turn: Turn, meeting: Meeting, found: Sequence[Asked], about: About) -> list[Block]:
    owing = _owing(turn, meeting, [pair for pair in found if not pair.complete])
    returned = sum(pair.complete for pair in found)
    text = turn.say(
        "updates/board_heading", meeting=meeting, returned=returned, asked=len(found), owing=owing,
        deadline=deadline_of(turn.work, meeting),
    )  # fmt: skip
    row = [button("Enter for an agency", "updates.enter.open", about.but(page=None))]
    if owing:
        row.insert(0, button("Remind those not yet returned", REMINDER, about.but(page=None), style="primary"))
    return [*sections(text), actions(*row)]


def _owing(turn: Turn, meeting: Meeting, owed: Sequence[Asked]) -> list[Owing]:
    """By agency, in the order of the board."""
    found: dict[int | None, Owing] = {}
    for pair in owed:
        found.setdefault(pair.agency.id, Owing(pair.agency)).returns += 1
    reminded = _reminded(turn, meeting)
    for user, theirs in by_answerer(turn.work, meeting.panel_id, owed).items():
        for pair in theirs if user in reminded else ():
            each = found[pair.agency.id]
            each.reminded = max(reminded[user], each.reminded or reminded[user])
    return list(found.values())


def _reminded(turn: Turn, meeting: Meeting) -> dict[str | None, date]:
    """By user, the day of the last reminder for this meeting that reached them."""
    sent = turn.work.find(
        Notice, Notice.kind == REMINDER, Notice.panel_id == meeting.panel_id, col(Notice.sent_at).is_not(None),
        order=Notice.sent_at,
    )  # fmt: skip
    mine = [(each.to, each.sent_at) for each in sent if each.about["meeting"] == meeting.id]
    return {user: today(turn.panel, at) for user, at in mine if at is not None}


def _cases(found: Sequence[Asked], board: Board) -> list[list[Block]]:
    by_ref: dict[str, list[Asked]] = {}
    for pair in found:
        by_ref.setdefault(pair.case.ref, []).append(pair)
    return [[section(_case(ref, theirs, board))] for ref, theirs in by_ref.items()] or [[context("No case is listed.")]]


def _case(ref: str, theirs: Sequence[Asked], board: Board) -> str:
    """`MSP-26-0041 · K-041 · new: 8 of 9 returns in`, and under it who answered what."""
    first = theirs[0]
    new = first.listing.kind == CaseKind.NEW
    which = CaseKind.NEW.label.lower() if new else f"review {first.listing.review_no}"
    came, asked = board.counts(case=ref)
    lines = [f"*{ref}* · {first.case.subject_ref} · {which}: {came} of {count(asked, 'return')} in"]
    for cell in ReturnCell:
        codes = [pair.agency.code for pair in theirs if board.square(ref, pair.agency.code).cell is cell]
        if codes:
            late = [f"{code} (late)" if board.square(ref, code).late else code for code in codes]
            lines.append(f"{cell.label}: {', '.join(late)}")
    return "\n".join(lines)
