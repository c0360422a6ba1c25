"""/panel meeting: the case at hand, by when its slot ends, and the way to the next. Slack has no clock that runs: times
are shown as they stood when somebody pressed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from commands.agendas.lines import clock_time, hearing
from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, actions, button, divider, section, sections
from commands.kit.errors import Refusal
from commands.kit.modes import in_writing
from commands.kit.text import count, day
from commands.kit.turn import Turn
from commands.kit.views import paged
from commands.meetings.order import heard_together, slots
from commands.meetings.quorum import present_at
from commands.meetings.statement import read_at
from commands.meetings.which import to_record
from panel.sitting import seconds_used, slot_ends
from storage.tables import Case, Listing, Meeting

Rows = Sequence[tuple[Listing, Case]]


class NothingSits(Refusal):
    """This panel works in writing: nobody sits together. Decisions by the closing date are kept with /panel record."""


def open_view(turn: Turn) -> Answer:
    """/panel meeting, or a button. Raises NothingSits, NotYet."""
    return Show(view(turn, to_sit(turn)))


def show(turn: Turn) -> Answer:
    """As it stands now, in place of what they look at."""
    return Replace(view(turn, to_sit(turn)))


def to_sit(turn: Turn) -> Meeting:
    """The meeting that sits, by the rules of its record. Raises NothingSits for one in writing."""
    meeting = to_record(turn)
    if in_writing(meeting):
        raise NothingSits
    return meeting


def view(turn: Turn, meeting: Meeting) -> Block:
    """The case at hand, the buttons that move the meeting on, and where it stands with each case."""
    turn.audit("looked", f"meeting:{meeting.id}", page=turn.about.page or 0)
    rows = heard_together(turn.work, turn.panel, meeting)
    about = About(panel=turn.panel.id, meeting=meeting.id, page=turn.about.page)
    parts = [_top(turn, meeting, rows), [divider()], [_line(turn, meeting, row) for row in enumerate(rows, 1)]]
    return paged(f"Panel of {day(meeting.day)}"[:24], parts, about, "meetings.sit", name="meetings.sitting")


def at_hand(meeting: Meeting, rows: Rows) -> tuple[Listing, Case] | None:
    """The case that is being heard; none before the meeting, after it and at the end of the list."""
    return next((row for row in rows if row[0].id == meeting.on_case), None)


def used(turn: Turn, meeting: Meeting, listing: Listing) -> int:
    """For how many seconds this case has been heard by now."""
    since = meeting.on_case_since if listing.id == meeting.on_case else None
    return seconds_used(listing.seconds, since, turn.work.now, paused=meeting.paused_at is not None)


def _top(turn: Turn, meeting: Meeting, rows: Rows) -> list[Block]:
    here = at_hand(meeting, rows)
    said = turn.say(
        "meetings/sitting", meeting=meeting, quorum=present_at(turn.work, turn.panel, meeting), cases=len(rows),
        undecided=sum(row.decision is None for row, _ in rows), read_at=read_at(turn.work, meeting),
        **_case(turn, meeting, rows, here),
    )  # fmt: skip
    return [*sections(said), *_buttons(turn, meeting, here, rows)]


def _case(turn: Turn, meeting: Meeting, rows: Rows, here: tuple[Listing, Case] | None) -> dict[str, Any]:
    if here is None:
        return {"case": None}
    listing, case = here
    minutes = slots(turn.work, turn.panel, meeting).get(case.id)
    facts: dict[str, Any] = {
        "case": case, "hearing": hearing(listing), "place": rows.index(here) + 1, "minutes": minutes,
        "used": used(turn, meeting, listing) // 60, "listing": listing,
    }  # fmt: skip
    since = meeting.on_case_since
    if since is not None:
        ends = slot_ends(listing.seconds, since, minutes or 0)
        facts |= {"began": clock_time(since, turn.panel.timezone), "ends": clock_time(ends, turn.panel.timezone)}
        facts["over"] = minutes is not None and turn.work.now > ends
    return facts


def _buttons(turn: Turn, meeting: Meeting, here: tuple[Listing, Case] | None, rows: Rows) -> list[Block]:
    about = About(panel=turn.panel.id, meeting=meeting.id, row=meeting.on_case)
    if meeting.ended_at is not None or meeting.record_closed_at is not None:
        return [actions(button("Open the record", "meetings.record", about.but(row=None)))]
    if meeting.began_at is None:
        moves = [button("Start", "meetings.start", about, style="primary")] if rows else []
    elif meeting.paused_at is not None:
        moves = [button("Go on", "meetings.resume", about, style="primary")]
    else:
        moves = _moves(about, here, rows)
    more = [button("Attendance", "meetings.attendance", about.but(row=None))]
    more.append(button("Statement", "meetings.statement", about.but(row=None)))
    if not meeting.information_only and not present_at(turn.work, turn.panel, meeting).enough:
        more.append(button("Go on without a quorum", "meetings.information", about.but(row=None)))
    more.append(button("Record", "meetings.record", about.but(row=None)))
    more.append(button("Show again", "meetings.sit", about.but(row=None)))
    if meeting.began_at is not None:
        ask = "The clock stops. Decisions and actions can still be recorded until the record is closed."
        more.append(button("End the meeting", "meetings.end", about.but(row=None), ask=ask))
    return [*([actions(*moves)] if moves else []), actions(*more)]


def _moves(about: About, here: tuple[Listing, Case] | None, rows: Rows) -> list[Block]:
    found = []
    if here is not None:
        listing, case = here
        found.append(button("Next", "meetings.next", about, style="primary" if listing.decision else None))
        opening = None if listing.decision else "primary"
        found.append(button(f"Open {case.ref}", "meetings.case", about.but(row=None, case=case.id), style=opening))
    if here is None or here[0].id != rows[0][0].id:
        found.append(button("Previous", "meetings.previous", about))
    if here is not None and here[0].decision is None:
        found.append(button("Not reached", "meetings.not_reached", about))
    return [*found, button("Break", "meetings.break", about)]


def _line(turn: Turn, meeting: Meeting, numbered: tuple[int, tuple[Listing, Case]]) -> Block:
    number, (listing, case) = numbered
    minutes = used(turn, meeting, listing) // 60
    took = f" · {count(minutes, 'minute')}" if listing.reached_at else ""
    return section(f"{number}. *{case.ref}* · {case.subject_ref} · {_state(meeting, listing)}{took}")


def _state(meeting: Meeting, listing: Listing) -> str:
    if listing.id == meeting.on_case and meeting.ended_at is None:
        return "in a break" if meeting.paused_at else "being heard"
    if listing.decision:
        return "decided"
    if listing.reached_at:
        return "heard, no decision yet"
    return "not reached" if meeting.ended_at else "to come"
