"""The meeting begins, goes from case to case, has its breaks and ends. Where it stands is kept: whoever opens it, after
a break or a restart, finds the same case."""

from __future__ import annotations

from typing import Any

from sqlmodel import col, update

from commands.kit.answers import Answer, Replace
from commands.kit.turn import Turn
from commands.meetings.chairing import chair_started
from commands.meetings.order import heard_together
from commands.meetings.sitting import to_sit, used, view
from commands.meetings.which import still_open
from panel.sitting import first_to_hear, neighbour
from storage.tables import Listing, Meeting


def start(turn: Turn) -> Answer:
    """The meeting begins, with the first case that has no decision. Once: whoever presses second sees it begun."""
    meeting = still_open(to_sit(turn))
    rows = heard_together(turn.work, turn.panel, meeting)
    first = first_to_hear([listing.id or 0 for listing, _ in rows], {row.id or 0 for row, _ in rows if row.decision})
    begun = {"began_at": turn.work.now, "on_case": first, "on_case_since": turn.work.now}
    if _moved(turn, meeting, col(Meeting.began_at).is_(None), **begun):
        _reached(turn, first)
        turn.audit("began", f"meeting:{meeting.id}", cases=len(rows))
        chair_started(turn, meeting)
    return Replace(view(turn, meeting))


def go_on(turn: Turn) -> Answer:
    """Next."""
    return _step(turn)


def go_back(turn: Turn) -> Answer:
    """Previous."""
    return _step(turn, back=True)


def not_reached(turn: Turn) -> Answer:
    """The case at hand is not heard today: on to the next. Without a decision it comes first next time."""
    return _step(turn, reached=False)


def pause(turn: Turn) -> Answer:
    """A break: the time of the case at hand stops."""
    meeting = still_open(to_sit(turn))
    listing = turn.work.look(Listing, meeting.on_case)
    spent = used(turn, meeting, listing) if listing else 0
    running = (col(Meeting.paused_at).is_(None), col(Meeting.began_at).is_not(None), col(Meeting.ended_at).is_(None))
    if _moved(turn, meeting, *running, paused_at=turn.work.now):
        if listing is not None:
            listing.seconds = spent
        turn.audit("paused", f"meeting:{meeting.id}")
    return Replace(view(turn, meeting))


def resume(turn: Turn) -> Answer:
    """On with the same case."""
    meeting = still_open(to_sit(turn))
    if _moved(turn, meeting, col(Meeting.paused_at).is_not(None), paused_at=None, on_case_since=turn.work.now):
        turn.audit("resumed", f"meeting:{meeting.id}")
    return Replace(view(turn, meeting))


def end(turn: Turn) -> Answer:
    """The meeting is over; its record stays open."""
    meeting = still_open(to_sit(turn))
    finish(turn, meeting)
    return Replace(view(turn, meeting))


def finish(turn: Turn, meeting: Meeting) -> None:
    """End a meeting that has begun, once, and keep what its last case took. A meeting that nobody started in Slack
    stays without times."""
    listing = turn.work.look(Listing, meeting.on_case)
    spent = used(turn, meeting, listing) if listing else 0
    sits = (col(Meeting.began_at).is_not(None), col(Meeting.ended_at).is_(None))
    over = {"ended_at": turn.work.now, "on_case": None, "on_case_since": None, "paused_at": None}
    if _moved(turn, meeting, *sits, **over):
        if listing is not None:
            listing.seconds = spent
        turn.audit("ended", f"meeting:{meeting.id}")


def _step(turn: Turn, *, back: bool = False, reached: bool = True) -> Answer:
    """One case further, from the one that was on their screen: of two who press at once, one moves the meeting."""
    meeting = still_open(to_sit(turn))
    here = turn.work.look(Listing, meeting.on_case)
    spent = used(turn, meeting, here) if here else 0
    order = [listing.id or 0 for listing, _ in heard_together(turn.work, turn.panel, meeting)]
    to = neighbour(order, turn.about.row, back=back)
    seen = col(Meeting.on_case).is_(None) if turn.about.row is None else col(Meeting.on_case) == turn.about.row
    sits = (seen, col(Meeting.began_at).is_not(None), col(Meeting.ended_at).is_(None), col(Meeting.paused_at).is_(None))
    if _moved(turn, meeting, *sits, on_case=to, on_case_since=turn.work.now):
        if here is not None:
            here.seconds = spent
            here.reached_at = here.reached_at if reached else None
        _reached(turn, to)
        turn.audit("stepped", f"meeting:{meeting.id}", listing=to or 0, reached=reached)
    return Replace(view(turn, meeting))


def _reached(turn: Turn, key: int | None) -> None:
    listing = turn.work.look(Listing, key)
    if listing is not None:
        listing.reached_at = listing.reached_at or turn.work.now


def _moved(turn: Turn, meeting: Meeting, *still: Any, **values: Any) -> bool:
    """Change the meeting if it still stands so; False where somebody else was quicker. Either way the row is as it is
    now."""
    changed = update(Meeting).where(col(Meeting.id) == meeting.id, *still).values(**values).returning(col(Meeting.id))
    found = turn.work.session.execute(changed, execution_options={"synchronize_session": False}).scalar()
    turn.work.session.refresh(meeting)
    return found is not None
