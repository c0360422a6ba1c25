"""The confidentiality statement at a meeting: read out and recorded, once more for a case where people have come since;
confirmed by who takes part by video; and how many observers confirmed it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from commands.agendas.which import meeting_of
from commands.kit.about import About
from commands.kit.alerts import for_agency
from commands.kit.answers import Answer, Replace, Show, Tell
from commands.kit.blocks import actions, button, sections
from commands.kit.fields import Tick, Whole
from commands.kit.forms import Form, ask
from commands.kit.notices import Rendered, say
from commands.kit.people import thing_of
from commands.kit.service import Service
from commands.kit.turn import Turn
from commands.kit.views import modal
from commands.meetings.which import still_open, to_record
from panel.access import Verb
from panel.quorum import THERE
from panel.sitting import MEETING_WORDING, OBSERVER_WORDING, REMOTE_WORDING, case_wording
from storage.outbox import Owed
from storage.tables import Agency, Attendance, Case, Declaration, Meeting
from storage.work import UnitOfWork

NOT_CONFIRMED = "Please tick this: an observer confirms the statement, or leaves."


@dataclass
class ObserversForm(Form):
    """How many observers are there."""

    name = "meetings.observers"
    title = "Observers"
    number: int = ask(
        Whole("How many observers are there?", "Nobody is named. Observers get nothing in writing.", most=20)
    )
    confirmed: bool = ask(
        Tick(
            "The statement", "Who does not confirm it leaves the room.",
            saying="Each of them confirmed the confidentiality statement.", optional=True,
        )
    )  # fmt: skip

    def check(self) -> dict[str, str]:
        """Nobody observes who has not confirmed."""
        return {"confirmed": NOT_CONFIRMED} if self.number and not self.confirmed else {}


def show(turn: Turn) -> Answer:
    """The statement's words, and the button that records that they were read out."""
    meeting = to_record(turn)
    about = About(panel=turn.panel.id, meeting=meeting.id)
    blocks = sections(turn.say("meetings/statement"))
    if meeting.record_closed_at is None:
        blocks.append(actions(button("It was read out", "meetings.was_read", about, style="primary")))
    return Show(modal("The statement", blocks, about, name="meetings.statement"))


def was_read(turn: Turn) -> Answer:
    """Recorded, once a meeting."""
    meeting = still_open(to_record(turn))
    _declare(turn, meeting, turn.user, MEETING_WORDING)
    said = sections(turn.say("meetings/was_read"))
    return Replace(modal("The statement", said, turn.about, name="meetings.statement"))


def read_for_case(turn: Turn) -> Answer:
    """Read once more, for this case."""
    meeting, case = still_open(to_record(turn)), turn.case()
    turn.need(Verb.RECORD_MEETING, thing_of(turn.work, case, meeting))
    _declare(turn, meeting, turn.user, case_wording(case.id or 0))
    return Tell(turn.say("meetings/was_read"))


def confirm(turn: Turn) -> Answer:
    """Who takes part by video: alone, with headphones, nothing recorded."""
    meeting = meeting_of(turn)
    if turn.about.agency is None or not _by_video(turn.work, meeting, turn.about.agency):
        return Tell(turn.say("meetings/not_by_video"))
    agency = turn.work.get(Agency, turn.about.agency)
    turn.need(Verb.CONFIRM_STATEMENT, thing_of(turn.work, agency=agency))
    _declare(turn, meeting, turn.user, f"{REMOTE_WORDING}:{agency.id}")
    return Tell(turn.say("meetings/confirmed"))


def ask_video(turn: Turn, meeting: Meeting, agency: Agency) -> None:
    """Whoever answers for an agency that takes part by video is asked to confirm, once a meeting."""
    for to, in_place in for_agency(turn.work, agency).items():
        if not in_place:
            turn.work.owe(
                f"video:{meeting.id}:{agency.id}:{to}", "video", to, panel_id=meeting.panel_id,
                about={"meeting": meeting.id, "agency": agency.id},
            )  # fmt: skip


def open_observers(turn: Turn) -> Answer:
    """The form, with the number that is recorded."""
    meeting = still_open(to_record(turn))
    about = About(panel=turn.panel.id, meeting=meeting.id)
    return Show(ObserversForm.draw(about, initial={"number": observers(turn.work, meeting)}))


def save_observers(turn: Turn, form: ObserversForm) -> Answer:
    """As many confirmations as there are observers; nobody is named."""
    meeting = still_open(to_record(turn))
    held = _made(turn.work, meeting, OBSERVER_WORDING)
    for row in held[form.number :]:
        turn.work.session.delete(row)
    for _ in range(form.number - len(held)):
        _add(turn, meeting, "", OBSERVER_WORDING)
    turn.audit("recorded", f"observers of meeting:{meeting.id}", number=form.number)
    return Tell(turn.say("meetings/observers", number=form.number))


def read_at(work: UnitOfWork, meeting: Meeting) -> datetime | None:
    """When the statement was read out; None before that."""
    return next((row.at for row in _made(work, meeting, MEETING_WORDING)), None)


def observers(work: UnitOfWork, meeting: Meeting) -> int:
    """How many observers confirmed it."""
    return len(_made(work, meeting, OBSERVER_WORDING))


def again_for(work: UnitOfWork, meeting: Meeting, case: Case) -> bool:
    """Whether it was read once more for this case."""
    return bool(_made(work, meeting, case_wording(case.id or 0)))


def confirmed(work: UnitOfWork, meeting: Meeting, agency: Agency) -> bool:
    """Whether somebody confirmed it for an agency that takes part by video."""
    return bool(_made(work, meeting, f"{REMOTE_WORDING}:{agency.id}"))


def _made(work: UnitOfWork, meeting: Meeting, wording: str) -> Sequence[Declaration]:
    return work.rows(Declaration, meeting_id=meeting.id, wording=wording)


def _declare(turn: Turn, meeting: Meeting, user: str, wording: str) -> None:
    if not _made(turn.work, meeting, wording):
        _add(turn, meeting, user, wording)
        turn.audit("declared", f"statement at meeting:{meeting.id}", wording=wording)


def _add(turn: Turn, meeting: Meeting, user: str, wording: str) -> None:
    turn.work.add(
        Declaration(
            panel_id=meeting.panel_id, meeting_id=meeting.id, user_id=user, wording=wording, at=turn.work.now,
            until=meeting.day,
        )
    )  # fmt: skip


def _by_video(work: UnitOfWork, meeting: Meeting, agency_id: int | None) -> bool:
    rows = work.rows(Attendance, meeting_id=meeting.id, agency_id=agency_id)
    return any(row.remote and row.who in THERE for row in rows)


def notice(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """To who takes part by video. Nothing once that is recorded otherwise, or the record is closed."""
    meeting = work.get(Meeting, owed.about["meeting"])
    if meeting.record_closed_at is not None or not _by_video(work, meeting, owed.about["agency"]):
        return None
    about = About(panel=meeting.panel_id, meeting=meeting.id, agency=owed.about["agency"])
    return say(service.words("meetings/video", meeting=meeting), button("I confirm", "meetings.confirm", about))
