"""/panel records: how long things are kept, what may not go, what is due, and requests about somebody."""

from __future__ import annotations

from sqlmodel import col

from commands.kit.about import About
from commands.kit.answers import Answer, Show
from commands.kit.blocks import Block, actions, button, sections
from commands.kit.meetings import settings_of
from commands.kit.turn import Turn
from commands.kit.views import modal
from commands.records import batch, posts
from panel.access import Thing, Verb, may
from panel.codes import SubjectRequestStatus
from storage.tables import Erasure, Hold, SubjectRequest


def show(turn: Turn) -> Answer:
    """In numbers, with a button to each part; the chair finds the holds alone."""
    if not may(turn.person, Verb.KEEP_RECORDS, Thing()):
        turn.need(Verb.HOLD_RECORD, Thing())
    about = About(panel=turn.panel.id)
    turn.audit("opened", "records")
    return Show(modal("Records", [*sections(turn.say("records/hub", **_counts(turn))), *_ways(turn, about)], about))


def _counts(turn: Turn) -> dict[str, object]:
    work, panel = turn.work, turn.panel
    gone = (Erasure.panel_id == panel.id, col(Erasure.done_at).is_not(None), col(Erasure.kept).is_(None))
    open_ = work.rows(SubjectRequest, panel_id=panel.id, status=SubjectRequestStatus.OPEN)
    return {
        "leads": bool(may(turn.person, Verb.KEEP_RECORDS, Thing())),
        "clocks": settings_of(panel).retention,
        "due": len(batch.to_approve(work, panel)),
        "waiting": len(batch.waiting(work, panel)),
        "holds": len(work.rows(Hold, panel_id=panel.id, lifted_at=None)),
        "gone": len(work.find(Erasure, *gone)),
        "refused": posts.refused(work, panel),
        "requests": len(open_),
        "first_due": min((row.due for row in open_), default=None),
    }


def _ways(turn: Turn, about: About) -> list[Block]:
    holds = button("Holds", "records.holds.open", about)
    if not may(turn.person, Verb.KEEP_RECORDS, Thing()):
        return [actions(holds)]
    version = about.but(version=turn.panel.version)
    return [
        actions(
            button("What is due to go", "records.due.open", about),
            holds,
            button("Requests about somebody", "records.requests.open", about),
        ),
        actions(
            button("How long records stay", "records.clocks.open", version),
            button("How long copies stay", "records.copies.open", version),
        ),
    ]
