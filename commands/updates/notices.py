"""The messages of this journey: references, dates, counts and a button; never what anybody said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from commands.kit.about import About
from commands.kit.blocks import button
from commands.kit.notices import NoticeKind, Rendered, say
from commands.kit.service import Service
from commands.updates.current import by_answerer, deadline_of, outstanding
from commands.updates.without_list import missing, show
from storage.outbox import Owed
from storage.tables import Case, Meeting, Panel, Request
from storage.work import UnitOfWork

URGENT = "updates.urgent"
Draw = Callable[[Service, UnitOfWork, Owed, Meeting], Rendered | None]


def register(service: Service) -> None:
    """Every kind, by its name, and the view behind the one that only counts."""
    for action in ("updates.without_list", "updates.without_list.back", "updates.without_list.next"):
        service.button(action, show)
    for kind, draw in KINDS.items():
        service.notice(NoticeKind(kind, _render(service, draw), at_any_hour=kind == URGENT))


def _render(service: Service, draw: Draw) -> Callable[[UnitOfWork, Owed], Rendered | None]:
    def render(work: UnitOfWork, owed: Owed) -> Rendered | None:
        meeting = _meeting(work, owed)
        if meeting.status == "cancelled" and owed.kind != URGENT:  # who is in danger is so without a meeting
            return None
        return draw(service, work, owed, meeting)

    return render


def _meeting(work: UnitOfWork, owed: Owed) -> Meeting:
    """The meeting it is about; an invitation goes with its case to the next one when a meeting is cancelled."""
    request = work.look(Request, owed.about.get("request"))
    return work.get(Meeting, request.meeting_id if request else owed.about["meeting"])


def _words(service: Service, work: UnitOfWork, name: str, meeting: Meeting, **facts: Any) -> str:
    panel = work.get(Panel, meeting.panel_id)
    deadline = deadline_of(work, meeting)
    return service.words(f"updates/{name}", zone=panel.timezone, meeting=meeting, deadline=deadline, **facts)


def _about(meeting: Meeting) -> About:
    return About(panel=meeting.panel_id, meeting=meeting.id)


def _theirs(work: UnitOfWork, owed: Owed, meeting: Meeting) -> int:
    """How many cases this person still has to answer."""
    return len(by_answerer(work, meeting.panel_id, outstanding(work, meeting)).get(owed.to, ()))


def requested(service: Service, work: UnitOfWork, owed: Owed, meeting: Meeting) -> Rendered | None:
    """The request: how many cases, by when, and with which list."""
    cases = _theirs(work, owed, meeting)
    if not cases or meeting.record_closed_at is not None:
        return None
    return say(
        _words(service, work, "requested", meeting, cases=cases),
        button("Open", "updates.open", _about(meeting), style="primary"),
        button("I have not had the list", "updates.no_list", _about(meeting)),
    )


def new_list(service: Service, work: UnitOfWork, owed: Owed, meeting: Meeting) -> Rendered | None:
    """A new version of the list; only the newest is told."""
    if owed.about["version"] != meeting.list_version:
        return None
    return say(
        _words(service, work, "new_list", meeting, cases=_theirs(work, owed, meeting)),
        button("Open", "updates.open", _about(meeting)),
        button("I have not had the list", "updates.no_list", _about(meeting)),
    )


def remind(service: Service, work: UnitOfWork, owed: Owed, meeting: Meeting) -> Rendered | None:
    """A reminder, with the count; none for whoever has answered meanwhile."""
    cases = _theirs(work, owed, meeting)
    if not cases:
        return None
    return say(
        _words(service, work, "remind", meeting, cases=cases, late=work.now > deadline_of(work, meeting)),
        button("Open", "updates.open", _about(meeting), style="primary"),
    )


def waiting(service: Service, work: UnitOfWork, owed: Owed, meeting: Meeting) -> Rendered | None:
    """To the coordinator: cases that did not fit on the list."""
    text = _words(service, work, "waiting", meeting, waiting=owed.about["waiting"])
    return say(text, button("Open the list", "updates.list.open", _about(meeting)))


def nobody(service: Service, work: UnitOfWork, owed: Owed, meeting: Meeting) -> Rendered | None:
    """To the coordinator: nobody is there to answer."""
    text = _words(service, work, "nobody", meeting, pairs=owed.about["pairs"])
    return say(text, button("Open the board", "updates.board.open", _about(meeting)))


def no_list(service: Service, work: UnitOfWork, owed: Owed, meeting: Meeting) -> Rendered | None:
    """To the coordinator: how many have not had the list. Not once there is a new version."""
    number = len(missing(work, meeting))
    if not number:
        return None
    text = _words(service, work, "no_list", meeting, number=number)
    return say(text, button("Open", "updates.without_list", _about(meeting), style="primary"))


def invitation(service: Service, work: UnitOfWork, owed: Owed, meeting: Meeting) -> Rendered | None:
    """To the victim service, or the chair in its place: an invitation waits. Which agency, they see in the view."""
    request = work.get(Request, owed.about["request"])
    if request.status != "invited":
        return None
    text = _words(service, work, "invitation", meeting, case=work.get(Case, request.case_id))
    return say(text, button("Open", "updates.invitations", _about(meeting), style="primary"))


def answered(service: Service, work: UnitOfWork, owed: Owed, meeting: Meeting) -> Rendered | None:
    """To the coordinator: an invitation has been answered."""
    request = work.get(Request, owed.about["request"])
    text = _words(service, work, "answered", meeting, case=work.get(Case, request.case_id))
    return say(text, button("Open the form", "updates.invite.open", _about(meeting)))


def urgent(service: Service, work: UnitOfWork, owed: Owed, meeting: Meeting) -> Rendered | None:
    """At once, at any hour, to chair, coordinator and victim service: something waits that can't wait."""
    case = work.get(Case, owed.about["case"])
    text = _words(service, work, "urgent", meeting, case=case)
    return say(text, button("Open", "agendas.open", _about(meeting).but(case=case.id), style="danger"))


def late_paper(service: Service, work: UnitOfWork, owed: Owed, meeting: Meeting) -> Rendered | None:
    """To chair and coordinator: something came after the agenda."""
    case = work.get(Case, owed.about["case"])
    text = _words(service, work, "late_paper", meeting, case=case)
    return say(text, button("Open", "agendas.open", _about(meeting).but(case=case.id)))


def for_police(service: Service, work: UnitOfWork, owed: Owed, meeting: Meeting) -> Rendered | None:
    """To the police: something waits for them alone."""
    text = _words(service, work, "police_told", meeting, case=work.get(Case, owed.about["case"]))
    return say(text, button("Open", "updates.intelligence", About(panel=meeting.panel_id), style="primary"))


def police_answer(service: Service, work: UnitOfWork, owed: Owed, meeting: Meeting) -> Rendered | None:
    """To whoever sent something to the police alone: they have answered. Not what."""
    text = _words(service, work, "police_answered", meeting, case=work.get(Case, owed.about["case"]))
    return say(text, button("Open", "updates.intelligence", About(panel=meeting.panel_id)))


def advice(service: Service, work: UnitOfWork, owed: Owed, meeting: Meeting) -> Rendered | None:
    """To an agency that was invited to one case: what became of its advice is recorded. Not what."""
    text = _words(service, work, "advice_told", meeting, case=work.get(Case, owed.about["case"]))
    about = About(panel=meeting.panel_id, request=owed.about["request"])
    return say(text, button("Open", "updates.advice.theirs", about))


KINDS: dict[str, Draw] = {
    "updates.requested": requested,
    "updates.list": new_list,
    "updates.remind": remind,
    "updates.waiting": waiting,
    "updates.nobody": nobody,
    "updates.no_list": no_list,
    "updates.invitation": invitation,
    "updates.answered": answered,
    URGENT: urgent,
    "updates.late_paper": late_paper,
    "updates.for_police": for_police,
    "updates.advice": advice,
    "updates.police_answer": police_answer,
}
