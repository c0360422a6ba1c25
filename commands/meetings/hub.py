"""/panel record: where the meeting's record is kept. Everything is saved at once, in any order, by several people."""

from __future__ import annotations

from collections import Counter

from commands.agendas.facts import to_ratify
from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, actions, button, divider, section, sections
from commands.kit.meetings import listed
from commands.kit.modes import called, in_writing
from commands.kit.text import count
from commands.kit.turn import Turn
from commands.kit.views import paged
from commands.meetings.absent import unacknowledged
from commands.meetings.order import rows_in_order
from commands.meetings.quorum import attendance, expected, present_at
from commands.meetings.which import to_record
from panel.codes import Decision
from storage.tables import Action, Case, Listing, Meeting

CLOSE = "Close the record"


def open_hub(turn: Turn) -> Answer:
    """/panel record, or a button in a message."""
    return Show(view(turn, to_record(turn)))


def back_to_hub(turn: Turn) -> Answer:
    """From a case or from the attendance back to the list."""
    return Replace(view(turn, to_record(turn)))


def view(turn: Turn, meeting: Meeting) -> Block:
    """The record as it stands: attendance, what is to be ratified, each case in the agenda's order."""
    turn.audit("looked", f"record of meeting:{meeting.id}", page=turn.about.page or 0)
    about = About(panel=turn.panel.id, meeting=meeting.id, page=turn.about.page)
    parts = [_top(turn, meeting), _ratify(turn, meeting), [divider()], _cases(turn, meeting)]
    return paged(called("The meeting's record", meeting), parts, about, "meetings.turn", name="meetings.record")


def _top(turn: Turn, meeting: Meeting) -> list[Block]:
    work, panel = turn.work, turn.panel
    said = turn.say(
        "meetings/record", meeting=meeting, quorum=present_at(work, panel, meeting),
        recorded=len(attendance(work, meeting)), expected=len(expected(work, panel, meeting)),
        waiting=[(agency.code, number) for agency, number in unacknowledged(work, panel, meeting)],
    )  # fmt: skip
    about = About(panel=panel.id, meeting=meeting.id)
    buttons = [] if in_writing(meeting) else [button("Attendance", "meetings.attendance", about)]
    buttons.append(button("Show again", "meetings.hub", about))
    if meeting.record_closed_at is None:
        left = _undecided(turn, meeting)
        ask = _before_closing(left)
        buttons.append(button(CLOSE, "meetings.close", about, style=None if left else "primary", ask=ask))
    return [*sections(said), actions(*buttons)]


def _undecided(turn: Turn, meeting: Meeting) -> int:
    return sum(listing.decision is None for listing, _ in listed(turn.work, meeting))


def _before_closing(left: int) -> str:
    unreached = f"{count(left, 'case')} without a decision will come first next time. " if left else ""
    return f"{unreached}Nothing in this record can be changed afterwards, and everybody is told of their actions."


def _ratify(turn: Turn, meeting: Meeting) -> list[Block]:
    blocks = []
    for sitting in to_ratify(turn.work, turn.panel, meeting):
        case = turn.work.get(Case, sitting.case_id)
        about = About(panel=turn.panel.id, meeting=meeting.id, case=case.id, row=sitting.id)
        open_still = sitting.ratified_at is None and meeting.record_closed_at is None
        text = turn.say("meetings/to_ratify", sitting=sitting, case=case)
        accessory = button("Ratify", "meetings.ratify", about) if open_still else None
        blocks.append(section(text, accessory) | {"block_id": f"ratify.{sitting.id}"})
    return blocks


def _cases(turn: Turn, meeting: Meeting) -> list[Block]:
    agreed = Counter(action.case_id for action in turn.work.find(Action, Action.meeting_id == meeting.id))
    rows = rows_in_order(turn.work, turn.panel, meeting)
    return [_case(turn, meeting, row, agreed[row[1].id or 0]) for row in rows]


def _case(turn: Turn, meeting: Meeting, row: tuple[Listing, Case], agreed: int) -> Block:
    listing, case = row
    decision = Decision(listing.decision).label if listing.decision else "no decision yet"
    text = f"*{case.ref}* · {case.subject_ref} · {decision} · {count(agreed, 'action')}"
    about = About(panel=turn.panel.id, meeting=meeting.id, case=case.id)
    return section(text, button("Open", "meetings.case", about)) | {"block_id": case.ref}
