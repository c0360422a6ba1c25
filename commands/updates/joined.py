"""What is sent when a case comes to a meeting late: references, dates, counts and a button."""

from __future__ import annotations

from commands.kit.about import About
from commands.kit.blocks import button
from commands.kit.meetings import settings_of
from commands.kit.notices import NoticeKind, Rendered, say
from commands.kit.service import Service
from commands.updates.current import by_answerer, deadline_of, outstanding
from storage.outbox import Owed
from storage.tables import Case, Meeting, Panel
from storage.work import UnitOfWork


def register(service: Service) -> None:
    """The three kinds."""
    service.notice(NoticeKind("updates.added", lambda work, owed: added(service, work, owed)))
    service.notice(NoticeKind("updates.joined", lambda work, owed: joined(service, work, owed)))
    service.notice(NoticeKind("updates.after_agenda", lambda work, owed: after_agenda(service, work, owed)))


def added(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """To whoever answers: which cases came, and by when. Not sent once they are answered, or the meeting is over."""
    meeting, panel = _where(work, owed)
    theirs = by_answerer(work, meeting.panel_id, outstanding(work, meeting)).get(owed.to, ())
    cases = [pair.case for pair in theirs if pair.request.id in owed.about["requests"]]
    if not cases or meeting.status != "planned":
        return None
    deadline = deadline_of(work, meeting)
    text = service.words(
        "updates/added", zone=panel.timezone, meeting=meeting, cases=len({case.id for case in cases}),
        refs=list({case.ref: case for case in cases}.values()), deadline=deadline, late=work.now > deadline,
    )  # fmt: skip
    about = About(panel=panel.id, meeting=meeting.id)
    return say(
        text,
        button("Open", "updates.open", about, style="primary"),
        button("I have not had the list", "updates.no_list", about),
    )


def joined(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """To the coordinator: the version to send, and what else there is to do."""
    meeting, panel = _where(work, owed)
    if meeting.status != "planned":
        return None
    deadline = deadline_of(work, meeting)
    text = service.words(
        "updates/joined", zone=panel.timezone, meeting=meeting, refs=_cases(work, owed), deadline=deadline,
        late=work.now > deadline, issued=meeting.agenda_issued_at is not None,
        over=owed.about["listed"] > settings_of(panel).capacity.max_cases,
    )  # fmt: skip
    about = About(panel=panel.id, meeting=meeting.id)
    return say(
        text, button("Open the list", "updates.list.open", about), button("Open the board", "updates.board.open", about)
    )


def after_agenda(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """To the channel: what is heard besides the agenda that stands there."""
    meeting, panel = _where(work, owed)
    if meeting.status != "planned" or meeting.agenda_issued_at is None:
        return None
    text = service.words("updates/after_agenda", zone=panel.timezone, meeting=meeting, refs=_cases(work, owed))
    return say(text, button("Open the agenda", "agendas.view", About(panel=panel.id, meeting=meeting.id)))


def _where(work: UnitOfWork, owed: Owed) -> tuple[Meeting, Panel]:
    meeting = work.get(Meeting, owed.about["meeting"])
    return meeting, work.get(Panel, meeting.panel_id)


def _cases(work: UnitOfWork, owed: Owed) -> list[Case]:
    return [work.get(Case, case_id) for case_id in owed.about["cases"]]
