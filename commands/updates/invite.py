"""/panel invite: an agency invited to one case, left out of one, or given a slot at the meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from commands.kit.about import About
from commands.kit.alerts import alerted, of_service
from commands.kit.answers import Answer, Show, Tell
from commands.kit.blocks import label
from commands.kit.errors import Refusal
from commands.kit.fields import One, Tick
from commands.kit.forms import Form, ask
from commands.kit.meetings import ahead, listed
from commands.kit.modes import in_writing
from commands.kit.people import agencies_of, thing_of
from commands.kit.turn import Turn
from commands.updates.current import pairs
from commands.updates.listing import live
from commands.updates.requests import stored, tell
from panel.access import Thing, Verb
from panel.codes import Code, Function, Role
from storage.tables import Agency, Case, Meeting, Request
from storage.work import UnitOfWork


class RequestsAreOut(Refusal):
    """The requests have gone out: an agency that was asked can't be left out any more."""


class NoCases(Refusal):
    """There is no case yet that an agency could be invited to. Accepted referrals are the first ones."""


class NotInvited(Refusal):
    """This agency is on the case as a core agency, or was not invited: there is nothing to take back."""


class NobodyForVictims(Refusal):
    """Immigration enforcement is invited only where chair and victim service both agree, and the victim service has
    nobody for this case."""


class AlreadyAsked(Refusal):
    """This agency is on the case already, or its invitation is waiting for the victim service."""


class Invitation(Code):
    """What is to happen."""

    INVITE = "invite", "Invite it to this case"
    LEAVE_OUT = "leave_out", "Leave it out of this case"
    TAKE_BACK = "take_back", "Take its invitation back"


@dataclass
class InviteAgency(Form):
    """One agency, one case."""

    name = "updates.invite"
    title = "Invite or leave out"
    case: str = ask(One("Which case?"))
    agency: str = ask(One("Which agency?"))
    what: str = ask(One("What is to happen?", choices=[(each.value, each.label) for each in Invitation]))
    slot: bool = ask(
        Tick("Slot", "The agenda puts the case where it suits them.", True, "Attends for this case only"), False
    )


def open_form(turn: Turn) -> Answer:
    """The form."""
    turn.need(Verb.INVITE_AGENCY, Thing())
    meeting = turn.work.get(Meeting, turn.about.meeting) if turn.about.meeting else ahead(turn.work, turn.panel)
    cases = _cases(turn, meeting)
    if not cases:
        raise NoCases
    codes = [(str(agency.id), label(f"{agency.code} · {agency.name}")) for agency in agencies_of(turn.work, turn.panel)]
    return Show(
        InviteAgency.draw(
            About(panel=turn.panel.id, meeting=meeting.id),
            choices={
                "case": [(str(case.id), f"{case.ref} · {case.subject_ref}") for case in cases],
                "agency": codes,
            },
            without=("slot",) if in_writing(meeting) else (),
        )
    )


def save(turn: Turn, form: InviteAgency) -> Answer:
    """Keep it. An agency outside the core waits for the victim service's agreement."""
    meeting = turn.work.get(Meeting, turn.about.meeting)
    case, agency = turn.work.get(Case, int(form.case)), turn.work.get(Agency, int(form.agency))
    turn.need(Verb.INVITE_AGENCY, thing_of(turn.work, case, meeting, agency))
    request = _request(turn, meeting, case, agency)
    if form.what == Invitation.LEAVE_OUT:
        _leave_out(meeting, request)
    elif form.what == Invitation.TAKE_BACK:
        turn.need(Verb.WITHDRAW_INVITATION, thing_of(turn.work, case, meeting, agency))
        take_back(request, agency)
    else:
        _invite(turn, meeting, request, agency, slot=form.slot)
    turn.audit(form.what, f"agency:{agency.id}", case_id=case.id, request=request.id, slot=form.slot)
    chair = not of_service(turn.work, meeting.panel_id, Function.VICTIM_SERVICE, case_id=case.id)
    said = {"status": request.status, "slot": request.slot, "chair": chair, "both": takes_both(agency)}
    return Tell(turn.say("updates/invited", case=case, agency=agency, **said))


def _cases(turn: Turn, meeting: Meeting) -> Sequence[Case]:
    """Those on the list; before it goes out, every case that could be on it."""
    if meeting.requests_sent_at is not None:
        return [case for _, case in listed(turn.work, meeting)]
    return live(turn.work, turn.panel)


def _request(turn: Turn, meeting: Meeting, case: Case, agency: Agency) -> Request:
    assert meeting.id is not None and case.id is not None and agency.id is not None
    known = stored(turn.work, meeting, case.id, agency.id)
    return known or turn.work.add(
        Request(meeting_id=meeting.id, case_id=case.id, agency_id=agency.id, status="asked" if agency.core else "new")
    )


def _leave_out(meeting: Meeting, request: Request) -> None:
    if meeting.requests_sent_at is not None:
        raise RequestsAreOut(field="what")
    request.status = "left_out"
    request.version += 1


def take_back(request: Request, agency: Agency) -> None:
    """The agency is off the case at once, whatever it was asked; what it sent stays. Raises NotInvited."""
    if agency.core or agency.function == Function.VICTIM_SERVICE or request.status not in ("asked", "invited"):
        raise NotInvited(field="what")
    request.status, request.agreed_by, request.chair_agreed_by = "declined", None, None
    request.version += 1


def takes_both(agency: Agency) -> bool:
    """Whether chair and victim service both have to agree: immigration enforcement can endanger a victim whose own
    status rests on the subject, so that it is off unless both say otherwise (field reference 3)."""
    return agency.function == Function.IMMIGRATION


def _invite(turn: Turn, meeting: Meeting, request: Request, agency: Agency, *, slot: bool) -> None:
    """A core agency, or the victim service, is only given its slot (or taken back in); another is invited."""
    changed = request.slot != slot
    request.slot = slot
    if agency.core or agency.function == Function.VICTIM_SERVICE:
        request.status = "asked"
    elif request.status in ("asked", "invited"):
        if not changed:
            raise AlreadyAsked(field="agency")
    else:
        service = of_service(turn.work, meeting.panel_id, Function.VICTIM_SERVICE, case_id=request.case_id)
        if takes_both(agency) and not service:
            raise NobodyForVictims(field="agency")
        request.status, request.agreed_by, request.chair_agreed_by = "invited", None, None
        request.version += 1
        ask_victim_service(turn.work, meeting, request, both=takes_both(agency))
    if request.status == "asked":
        ask_now(turn, meeting, request)


def ask_now(turn: Turn, meeting: Meeting, request: Request) -> None:
    """Once the requests are out, a later one goes out by itself."""
    if meeting.requests_sent_at is None or request.asked_at is not None:
        return
    request.asked_at = turn.work.now
    turn.work.session.flush()
    asked = [pair for pair in pairs(turn.work, meeting) if pair.request.id == request.id]
    tell(turn.work, turn.panel, meeting, asked, why=f"invited.{request.id}.{request.version}")


def ask_victim_service(work: UnitOfWork, meeting: Meeting, request: Request, *, both: bool = False) -> None:
    """Owe whoever agrees a message: an invitation waits. Which agency is seen when opened. Where the victim service
    has nobody for the case, the chair agrees to it; `both`: the chair has to, as well as the victim service."""
    panel_id, case_id = meeting.panel_id, request.case_id
    to = of_service(work, panel_id, Function.VICTIM_SERVICE, case_id=case_id)
    if both or not to:
        to += alerted(work, panel_id, Role.CHAIR, case_id=case_id, acting=meeting.acting_chair)
    for user in dict.fromkeys(to):
        name = f"invitation:{request.id}:{request.version}:{user}"
        about = {"meeting": meeting.id, "request": request.id}
        work.owe(name, "updates.invitation", user, panel_id=panel_id, about=about)
