"""The victim service's answer to an invitation: nobody joins a case without it. Where the panel has no victim service
for the case, the chair answers, and the audit log says that. Immigration enforcement takes the answers of both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from commands.kit.about import About
from commands.kit.alerts import alerted, of_service
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, actions, button, context, section
from commands.kit.errors import Refusal
from commands.kit.people import thing_of
from commands.kit.turn import Turn
from commands.kit.views import paged
from commands.kit.waits import Waiting
from commands.kit.words import Words
from commands.updates.invite import ask_now, takes_both
from commands.updates.requests import undecided
from panel.access import Allowed, Person, Thing, Verb, may
from panel.codes import Function, Role
from storage.tables import Agency, Case, Meeting, Panel, Request
from storage.work import UnitOfWork


class AnsweredAlready(Refusal):
    """This invitation has been answered already."""


def show(turn: Turn) -> Answer:
    """Every invitation that waits."""
    return Show(_view(turn))


def turn_page(turn: Turn) -> Answer:
    """Another page of them."""
    return Replace(_view(turn))


def agree(turn: Turn) -> Answer:
    """The agency joins the case; it is asked with the others, or at once if they have been asked."""
    return _answer(turn, "asked")


def decline(turn: Turn) -> Answer:
    """The agency does not join."""
    return _answer(turn, "declined")


def waits(words: Words, work: UnitOfWork, panel: Panel, person: Person) -> Iterator[Waiting]:
    """For App Home: how many invitations wait for this person's answer, and for which panel the first of them is."""
    if not (person.is_chair or Function.VICTIM_SERVICE in person.functions):
        return
    days = [work.get(Meeting, request.meeting_id).day for request in undecided(work, panel)
            if _answers(work, person, request)]  # fmt: skip
    if days:
        text = words("updates/invitations_wait", number=len(days), day=min(days), panel=panel)
        yield Waiting(text, ("Invitations", "updates.invitations"), About(panel=panel.id))


def _answers(work: UnitOfWork, person: Person, request: Request) -> bool:
    return _as(work, person, request) is not None


def _as(work: UnitOfWork, person: Person, request: Request) -> Verb | None:
    """In which part this person answers it now; None: not at all, or they have answered."""
    meeting, case = work.get(Meeting, request.meeting_id), work.get(Case, request.case_id)
    thing = _to_answer(work, meeting, case)
    if isinstance(may(person, Verb.AGREE_INVITATION, thing), Allowed):
        if request.agreed_by is None:
            return Verb.AGREE_INVITATION
    elif not takes_both(work.get(Agency, request.agency_id)):
        return None
    agrees = takes_both(work.get(Agency, request.agency_id)) and request.chair_agreed_by is None
    return Verb.AGREE_IMMIGRATION if agrees and may(person, Verb.AGREE_IMMIGRATION, thing) else None


def _answer(turn: Turn, status: str) -> Answer:
    request = turn.work.get(Request, turn.about.request)
    meeting, case = turn.work.get(Meeting, request.meeting_id), turn.work.get(Case, request.case_id)
    thing = _to_answer(turn.work, meeting, case)
    verb = _as(turn.work, turn.person, request) or Verb.AGREE_INVITATION
    turn.need(verb, thing)
    if request.status != "invited" or request.version != turn.about.version:
        raise AnsweredAlready
    both = takes_both(turn.work.get(Agency, request.agency_id))
    _keep(turn, request, verb, status)
    if request.status == "asked":
        ask_now(turn, meeting, request)
    turn.audit(
        "answered invitation", f"request:{request.id}", case_id=case.id, agreed=status == "asked",
        for_want_of_victim_service=thing.no_victim_service, **({"answered_as": verb} if both else {}),
    )  # fmt: skip
    if request.status == "invited":
        return Replace(_view(turn))  # the other of the two has still to answer
    for office in alerted(turn.work, meeting.panel_id, Role.COORDINATOR, case_id=case.id):
        turn.work.owe(
            f"answered:{request.id}:{request.version}", "updates.answered", office, panel_id=meeting.panel_id,
            about={"request": request.id, "meeting": meeting.id},
        )  # fmt: skip
    return Replace(_view(turn))


def _keep(turn: Turn, request: Request, verb: Verb, status: str) -> None:
    """The answer of one. A no ends it; a yes is enough unless it takes two, who may answer at the same moment."""
    turn.work.session.refresh(request, with_for_update=True)
    if verb is Verb.AGREE_IMMIGRATION:
        request.chair_agreed_by = turn.user
    else:
        request.agreed_by = turn.user
    both = takes_both(turn.work.get(Agency, request.agency_id))
    whole = not both or (request.agreed_by is not None and request.chair_agreed_by is not None)
    if status != "asked" or whole:
        request.status = status


def _to_answer(work: UnitOfWork, meeting: Meeting, case: Case) -> Thing:
    """The case, and whether the victim service has somebody who may open it."""
    service = of_service(work, meeting.panel_id, Function.VICTIM_SERVICE, case_id=case.id)
    return replace(thing_of(work, case, meeting), no_victim_service=not service)


def _view(turn: Turn) -> Block:
    about = About(panel=turn.panel.id, meeting=turn.about.meeting, page=turn.about.page)
    waiting = [request for request in undecided(turn.work, turn.panel) if _answers(turn.work, turn.person, request)]
    parts = [_part(turn, request, about) for request in waiting]
    alone = any(not takes_both(turn.work.get(Agency, request.agency_id)) for request in waiting)
    turn.audit("opened", "invitations", waiting=len(parts))
    alone = alone and turn.person.is_chair
    parts.insert(0, [context(turn.say("updates/invitations_heading", waiting=len(parts), chair=alone))])
    return paged("Invitations", parts, about, "updates.invitations", name="updates.invitations")


def _part(turn: Turn, request: Request, about: About) -> list[Block]:
    """One invitation with its two buttons."""
    meeting, case = turn.work.get(Meeting, request.meeting_id), turn.work.get(Case, request.case_id)
    agency = turn.work.get(Agency, request.agency_id)
    this = about.but(meeting=meeting.id, request=request.id, version=request.version)
    both = takes_both(agency)
    text = turn.say(
        "updates/invitation_line", case=case, agency=agency, slot=request.slot, meeting=meeting, both=both
    )  # fmt: skip
    row = actions(
        button("Agree", "updates.agree", this),
        button("Do not agree", "updates.decline", this),
        block_id=f"{case.ref} {agency.code}",
    )
    return [section(text), row]
