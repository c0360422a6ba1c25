"""What is due to go: told first, with the reason of each, and gone only once the lead has approved just this."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import col

from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, actions, button, divider, section, sections
from commands.kit.errors import Refusal
from commands.kit.text import escape
from commands.kit.turn import Turn
from commands.kit.views import paged
from commands.records.carry import tonight
from commands.records.due import Over, over, seal_of
from panel.access import Thing, Verb
from panel.codes import Kept
from storage.tables import Erasure, Panel
from storage.work import UnitOfWork

VIEW = "records.due"
APPROVE = "records.due.approve"
TAKE_BACK = "records.due.take_back"


class OtherBatch(Refusal):
    """What is due is no longer what you were shown. Look at it again, and approve it then."""


def show(turn: Turn) -> Answer:
    """What is due and what is kept, each with its reason."""
    turn.need(Verb.KEEP_RECORDS, Thing())
    view = _view(turn)
    return Show(view) if turn.about.page is None else Replace(view)


def waiting(work: UnitOfWork, panel: Panel) -> list[Erasure]:
    """What was approved and is not carried out yet."""
    which = (Erasure.panel_id == panel.id, col(Erasure.done_at).is_(None), col(Erasure.wake_at).is_not(None))
    return list(work.find(Erasure, *which))


def to_approve(work: UnitOfWork, panel: Panel) -> list[Over]:
    """What is due and was not approved yet."""
    taken = {row.thing for row in waiting(work, panel)}
    return [one for one in over(work, panel) if one.verdict and one.thing not in taken]


def _view(turn: Turn) -> Block:
    every, approved = over(turn.work, turn.panel), waiting(turn.work, turn.panel)
    taken = {row.thing for row in approved}
    due = [one for one in every if one.verdict and one.thing not in taken]
    kept = [one for one in every if not one.verdict]
    turn.audit("opened", "records_due", due=len(due), kept=len(kept), approved=len(approved))
    about = About(panel=turn.panel.id, page=turn.about.page)
    said = turn.say("records/due", due=due, kept=kept, approved=approved, at=approved[0].wake_at if approved else None)
    top = [*sections(said), *_buttons(about, due, approved)]
    parts = [top, *_lines("Due", due), *_lines("Kept", kept)]
    return paged("What is due to go", parts, about, VIEW, name=VIEW)


def _buttons(about: About, due: list[Over], approved: list[Erasure]) -> Iterable[Block]:
    press = []
    if due:
        ask = f"{len(due)} of them are erased in the coming night. After that nobody can bring them back."
        press.append(button("Approve this batch", APPROVE, about.but(code=seal_of(due)), style="danger", ask=ask))
    if approved:
        press.append(button("Take the approval back", TAKE_BACK, about))
    return [actions(*press)] if press else []


def _lines(heading: str, found: list[Over]) -> list[list[Block]]:
    rows = [[section(f"*{escape(one.name)}*  {escape(one.verdict.reason)}")] for one in found]
    return [[divider(), section(f"*{heading}*")], *rows] if rows else []


def approve(turn: Turn) -> Answer:
    """What was shown goes in the coming night, and nothing else. Raises OtherBatch."""
    turn.need(Verb.KEEP_RECORDS, Thing())
    due = to_approve(turn.work, turn.panel)
    if not due or seal_of(due) != turn.about.code:
        raise OtherBatch
    order(turn.work, turn.panel, due, turn.user)
    turn.audit("erasure_approved", f"panel:{turn.panel.id}", records=len(due))
    return Replace(_view(turn))


def order(work: UnitOfWork, panel: Panel, due: Iterable[Over], by: str) -> None:
    """Have these records erased in the coming night. `by` is "" where no approval is asked for."""
    assert panel.id is not None
    at = tonight(panel, work.now)
    for one in due:
        work.add(Erasure(panel_id=panel.id, thing=one.thing, rule=one.record.kind, by_user=by, at=work.now, wake_at=at))


def take_back(turn: Turn) -> Answer:
    """Nothing that was approved goes, but for what is gone."""
    turn.need(Verb.KEEP_RECORDS, Thing())
    found = waiting(turn.work, turn.panel)
    for row in found:
        row.wake_at, row.done_at, row.kept = None, turn.work.now, Kept.TAKEN_BACK
    turn.audit("erasure_taken_back", f"panel:{turn.panel.id}", records=len(found))
    return Replace(_view(turn))
