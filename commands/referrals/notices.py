"""What the channel, the chair, the coordinator and a referrer read about referrals: dates, counts and references."""

from __future__ import annotations

from collections.abc import Iterable

from commands.kit.about import About
from commands.kit.alerts import alerted
from commands.kit.blocks import Block, button
from commands.kit.meetings import cut_offs_of
from commands.kit.notices import Rendered, say
from commands.kit.service import Service
from commands.referrals import sign_off
from commands.referrals.facts import OPEN, to_triage
from panel.codes import CaseStatus, Role
from panel.cycle import CutOff
from storage.outbox import Owed
from storage.tables import Case, Meeting, Panel, Referral, Seal
from storage.work import UnitOfWork

# -- what is owed when a cut-off has come


def call(work: UnitOfWork, panel: Panel, meeting: Meeting) -> None:
    """The channel is asked for referrals."""
    _owe(work, panel, meeting, "referrals.call", [panel.channel_id] if panel.channel_id else [])


def close(work: UnitOfWork, panel: Panel, meeting: Meeting) -> None:
    """The coordinator learns how many came."""
    assert panel.id is not None
    _owe(work, panel, meeting, "referrals.closed", alerted(work, panel.id, Role.COORDINATOR))


def triage_day(work: UnitOfWork, panel: Panel, meeting: Meeting) -> None:
    """Chair and coordinator learn how many wait for them, when any do."""
    assert panel.id is not None
    if to_triage(work, panel):
        _owe(work, panel, meeting, "referrals.to_triage", alerted(work, panel.id, Role.CHAIR, Role.COORDINATOR))


def _owe(work: UnitOfWork, panel: Panel, meeting: Meeting, kind: str, to: Iterable[str]) -> None:
    for told in to:
        about = {"meeting": meeting.id}
        work.owe(f"{kind}:{meeting.id}:{meeting.day}:{told}", kind, told, panel_id=panel.id, about=about)


# -- how it reads


def called(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """When referrals close. Not sent once they have."""
    meeting, panel = _where(work, owed)
    closes = cut_offs_of(work, meeting)[CutOff.REFERRAL_DEADLINE]
    if meeting.status != "planned" or closes <= work.now:
        return None
    text = service.words("referrals/call", zone=panel.timezone, meeting=meeting, closes=closes)
    return say(text, button("Refer a case", "referrals.open", About(panel=panel.id)))


def closed(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """How many referrals came for the meeting."""
    meeting, panel = _where(work, owed)
    if meeting.status != "planned":
        return None
    came = len(work.find(Referral, Referral.panel_id == panel.id, Referral.meeting_id == meeting.id))
    waiting = len(to_triage(work, panel))
    text = service.words("referrals/closed", meeting=meeting, came=came, waiting=waiting)
    return say(text, *([_to_list(panel)] if waiting else []))


def triage(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """How many referrals wait. Not sent when somebody has been quicker."""
    meeting, panel = _where(work, owed)
    waiting = len(to_triage(work, panel))
    if not waiting or meeting.status != "planned":
        return None
    return say(service.words("referrals/to_triage", meeting=meeting, waiting=waiting), _to_list(panel))


def alert(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """One cannot wait, or came late. Not sent once triage has decided on it."""
    referral = work.get(Referral, owed.about["referral"])
    if referral.status not in OPEN:
        return None
    meeting = work.get(Meeting, referral.meeting_id) if referral.meeting_id else None
    return say(service.words("referrals/alert", referral=referral, meeting=meeting), _to_one(referral))


def urgent(work: UnitOfWork, owed: Owed) -> bool:
    """Whether the referral can't wait; one that only came late can."""
    return work.get(Referral, owed.about["referral"]).urgent


def called_urgent(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """The chair brought one forward."""
    referral = work.get(Referral, owed.about["referral"])
    meeting = work.get(Meeting, referral.meeting_id) if referral.meeting_id else None
    buttons = [_to_one(referral)] if referral.status in OPEN else []
    return say(service.words("referrals/called_urgent", referral=referral, meeting=meeting), *buttons)


def decided(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """Triage has decided: the outcome is read in a view. Not sent once it was decided anew."""
    referral = work.get(Referral, owed.about["referral"])
    if owed.name != f"referral_decided:{referral.id}:{referral.version}":
        return None
    about = About(panel=referral.panel_id, referral=referral.id)
    text = service.words("referrals/decided", referral=referral)
    return say(text, button("Read the outcome", "referrals.outcome", about))


def added(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """To the coordinator: something was added to a referral that had been put off, or whose case is open."""
    referral = work.get(Referral, owed.about["referral"])
    case = work.get(Case, referral.case_id) if referral.case_id else None
    text = service.words("referrals/added", referral=referral, case=case)
    about = About(panel=referral.panel_id, referral=referral.id)
    return say(text, _to_one(referral) if case is None else button("Read what was added", "referrals.told", about))


def late(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """To the coordinator: the chair has decided for which meeting a late one is. Not sent once triage has decided."""
    referral = work.get(Referral, owed.about["referral"])
    if referral.status not in OPEN:
        return None
    meeting = work.get(Meeting, referral.meeting_id) if referral.meeting_id else None
    return say(service.words("referrals/late", referral=referral, meeting=meeting), _to_one(referral))


def sealed_match(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """To those named on a sealed case or referral: another referral has its identifiers. For everybody else there is no
    such seal."""
    seal = work.get(Seal, owed.about["seal"])
    row = work.look(Case, seal.case_id) or work.look(Referral, seal.referral_id)
    other = work.get(Referral, owed.about["referral"])
    if row is None or seal.lifted_at is not None:
        return None
    about = About(panel=seal.panel_id, row=seal.id, version=seal.version)
    said = service.words("referrals/sealed_match", ref=row.ref, referral=other)
    return say(said, button("Open", "cases.seal.list", about))


def voice(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """To chair and victim service: a victim's views were told."""
    referral = work.get(Referral, owed.about["referral"])
    about = About(panel=referral.panel_id, referral=referral.id)
    return say(service.words("referrals/voice", referral=referral), button("Read them", "referrals.voice", about))


def sign_off_asked(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """To a manager of the referrer's agency. Not sent once somebody has signed."""
    referral = work.get(Referral, owed.about["referral"])
    if sign_off.given(work, referral) is not None:
        return None
    about = About(panel=referral.panel_id, referral=referral.id)
    return say(service.words("referrals/sign_off", referral=referral), button("Open", "referrals.sign_off", about))


def missed_list(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """To the coordinator: an accepted case came after a list had gone out, and waits. Not once it was added to it."""
    referral, missed = work.get(Referral, owed.about["referral"]), work.get(Meeting, owed.about["missed"])
    case = work.get(Case, referral.case_id)
    if case.status != CaseStatus.ACCEPTED_WAITING or missed.status != "planned":
        return None
    following = work.get(Meeting, referral.meeting_id) if referral.meeting_id else None
    text = service.words("referrals/missed_list", referral=referral, case=case, meeting=missed, next=following)
    return say(text, button("Open the list", "updates.list.open", About(panel=missed.panel_id, meeting=missed.id)))


def _where(work: UnitOfWork, owed: Owed) -> tuple[Meeting, Panel]:
    meeting = work.get(Meeting, owed.about["meeting"])
    return meeting, work.get(Panel, meeting.panel_id)


def _to_list(panel: Panel) -> Block:
    return button("Open triage", "referrals.triage", About(panel=panel.id))


def _to_one(referral: Referral) -> Block:
    about = About(panel=referral.panel_id, referral=referral.id)
    return button("Open the referral", "referrals.triage.open", about)
