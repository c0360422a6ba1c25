"""Who may answer for which agency, and for which cases: the one door to every return."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlmodel import col

from commands.kit.about import About
from commands.kit.errors import Refusal
from commands.kit.meetings import today
from commands.kit.people import thing_of
from commands.kit.turn import Turn
from commands.updates.current import Asked, answering, asked_of, deadline_of, pairs
from panel.access import Thing, Verb
from panel.returns import is_late
from storage.tables import Agency, Conflict, Meeting, Request, Statement


class SayWhatYouSearched(Refusal):
    """Say first what was searched: open your updates again with /update. A statement holds for one sitting."""


class RecordClosed(Refusal):
    """The record of this meeting is closed. Keep what you have for the next one; if it can't wait, ring 999 or the
    safeguarding hub, and tell the coordinator."""


class NothingAsked(Refusal):
    """Nothing has been asked of your agency yet. The requests go out with the case list; you will get a message."""


class RequestsNotOut(Refusal):
    """The requests have not gone out yet. They go with the case list: see /panel list."""


@dataclass(frozen=True)
class Sitting:
    """One person answering for one agency, after a statement."""

    meeting: Meeting
    agency: Agency
    on_behalf: bool  # the coordinator enters it: states are seen, content is not


def sitting_of(turn: Turn, agency: Agency, meeting: Meeting) -> Sitting:
    """The sitting of this person; refuses when they may not answer for the agency."""
    on_behalf = agency.code not in turn.person.agencies
    return Sitting(meeting, agency, on_behalf)


def verb_of(sitting: Sitting) -> Verb:
    """What the person does: send their own agency's update, or enter another's."""
    return Verb.ENTER_ON_BEHALF if sitting.on_behalf else Verb.SUBMIT_RETURN


def open_pairs(turn: Turn, sitting: Sitting) -> tuple[list[Asked], int]:
    """The pairs this person may answer, and how many are closed to them by a personal link. Refuses a person who
    may answer none for another reason."""
    found = pairs(turn.work, sitting.meeting, sitting.agency)
    if not found:
        raise NothingAsked
    closed = closed_cases(turn)
    mine = [pair for pair in found if pair.case.id not in closed]
    code = sitting.agency.code
    of_agency = Thing(agency=code, on_case=frozenset({code}))  # where every case is closed to them
    thing = thing_of(turn.work, mine[0].case, sitting.meeting, sitting.agency) if mine else of_agency
    turn.need(verb_of(sitting), thing)
    return mine, len(found) - len(mine)


def closed_cases(turn: Turn) -> frozenset[int]:
    """The cases that a personal link closes to this person."""
    rows = turn.work.find(Conflict, Conflict.user_id == turn.user, col(Conflict.lifted_at).is_(None))
    return frozenset(row.case_id for row in rows)


def agency_meant(turn: Turn) -> list[Agency]:
    """The agencies this person represents; the one a button names, when it does."""
    if turn.about.agency is not None:
        return [turn.work.get(Agency, turn.about.agency)]
    found = turn.work.find(Agency, Agency.panel_id == turn.panel.id)
    return [agency for agency in found if agency.code in turn.person.agencies]


def meeting_meant(turn: Turn) -> Meeting:
    """The meeting that a button names, else the one for which updates are being collected."""
    if turn.about.meeting is not None:
        return turn.work.get(Meeting, turn.about.meeting)
    return answering(turn.work, turn.panel)


def by_when(turn: Turn, meeting: Meeting) -> dict[str, Any]:
    """The facts of `updates/by_when`: until when an answer is in time, and whether that is over."""
    deadline = deadline_of(turn.work, meeting)
    return {"meeting": meeting, "deadline": deadline, "late": is_late(turn.work.now, deadline)}


@dataclass(frozen=True)
class Answering:
    """One pair being answered, and the statement behind the answer."""

    asked: Asked
    sitting: Sitting
    statement: Statement


def answering_now(turn: Turn) -> Answering:
    """The pair a button or form is about. Refuses another agency's, a case closed to the person, a meeting whose
    record is closed, and an answer without a statement of today."""
    asked = asked_of(turn.work, turn.work.get(Request, turn.about.request))
    meeting = turn.work.get(Meeting, asked.request.meeting_id)
    sitting = sitting_of(turn, asked.agency, meeting)
    turn.need(verb_of(sitting), thing_of(turn.work, asked.case, meeting, asked.agency))
    if meeting.record_closed_at is not None or meeting.status == "cancelled":
        raise RecordClosed
    return Answering(asked, sitting, _statement(turn, sitting))


def _statement(turn: Turn, sitting: Sitting) -> Statement:
    if turn.about.row is None:
        raise SayWhatYouSearched
    statement = turn.work.get(Statement, turn.about.row)
    mine = (statement.by_user, statement.agency_id, statement.meeting_id)
    same_day = today(turn.panel, statement.at) == today(turn.panel, turn.work.now)
    if mine != (turn.user, sitting.agency.id, sitting.meeting.id) or not same_day:
        raise SayWhatYouSearched
    return statement


def about_sitting(turn: Turn, statement: Statement | None, page: int | None = None) -> About:
    """What the view of a sitting travels with."""
    return About(
        panel=turn.panel.id,
        meeting=statement.meeting_id if statement else None,
        agency=statement.agency_id if statement else None,
        row=statement.id if statement else None,
        page=page,
    )
