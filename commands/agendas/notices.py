"""What is sent about the agenda: references, times, minutes and counts, never a reason or a note."""

from __future__ import annotations

from sqlmodel import col

from commands.agendas.changes import told
from commands.agendas.freeze import counted
from commands.agendas.issue import first_notice, parts
from commands.agendas.late import late_papers
from commands.agendas.lines import Line, as_slack, issued, kept
from commands.kit.about import About
from commands.kit.blocks import Block, actions, button, section, sections
from commands.kit.meetings import cut_offs_of
from commands.kit.notices import Message, Rendered, say
from commands.kit.service import Service
from panel.codes import ActionStatus, AgendaKind
from panel.cycle import CutOff
from storage.outbox import Owed
from storage.tables import Action, AgendaVersion, Case, Meeting, Panel, Request
from storage.work import UnitOfWork

LISTS = {AgendaKind.OUTSTANDING_ACTIONS: "agendas.overdue", AgendaKind.CROSS_CHECK: "agendas.cross"}


def _stands(meeting: Meeting) -> bool:
    """Whether an agenda that was issued still tells what comes: the meeting is not off, nor moved and its agenda open
    again."""
    return meeting.status != "cancelled" and meeting.agenda_issued_at is not None


def agenda(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """One part of the agenda, as it was issued, with a button to each case."""
    version = work.get(AgendaVersion, owed.about["agenda"])
    meeting = work.get(Meeting, version.meeting_id)
    if not _stands(meeting):
        return None
    panel = work.get(Panel, meeting.panel_id)
    cut = parts(kept(version))
    top = service.words(
        "agendas/issued", zone=panel.timezone, meeting=meeting, version=version, part=owed.about["part"],
        parts=len(cut), panel=panel, changes=told(service.words, version),
    )  # fmt: skip
    return _items(service, panel, meeting, top, cut[owed.about["part"]])


def agenda_part(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """The items of an agency that is invited to some cases only."""
    version = work.get(AgendaVersion, owed.about["agenda"])
    meeting = work.get(Meeting, version.meeting_id)
    panel = work.get(Panel, meeting.panel_id)
    requests = work.find(
        Request, Request.meeting_id == meeting.id, Request.agency_id == owed.about["agency"], Request.status == "asked"
    )
    cases = owed.about.get("cases")  # an older release's message holds all of the agency's
    theirs = {request.case_id for request in requests if cases is None or request.case_id in cases}
    lines = [line for line in kept(version) if line.case_id in theirs and line.hearing]
    if not lines or not _stands(meeting):
        return None
    top = service.words(
        "agendas/your_part", zone=panel.timezone, meeting=meeting, items=len(lines),
        in_place=owed.about.get("in_place", False),
    )  # fmt: skip
    return _items(service, panel, meeting, top, lines)


def _items(service: Service, panel: Panel, meeting: Meeting, top: str, lines: list[Line]) -> Message:
    said = as_slack(service.words, lines, panel.timezone, meeting)
    blocks = sections(top)
    blocks += [item(panel, meeting, line, text) for line, text in zip(lines, said, strict=True)]
    return Message("\n".join([top, *said]), tuple(blocks))


def item(panel: Panel, meeting: Meeting, line: Line, text: str) -> Block:
    """An item; one about a case has the button that opens its briefing, and is called by the case's reference. Those
    on outstanding actions and on the cross-check have the button to their list."""
    if line.kind in LISTS:
        open_list = button("Open", LISTS[line.kind], About(panel=panel.id, meeting=meeting.id))
        return section(text, open_list) | {"block_id": line.kind.value}
    if line.case_id is None or line.case is None:
        return section(text)
    about = About(panel=panel.id, meeting=meeting.id, case=line.case_id)
    called = line.case if line.hearing else f"{line.kind}.{line.case}"
    return section(text, button("Open", "agendas.open", about)) | {"block_id": called}


def approved(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """A line under the agenda: the chair has approved what the cut-off issued."""
    version = work.get(AgendaVersion, owed.about["agenda"])
    if not _stands(work.get(Meeting, version.meeting_id)):
        return None
    return Message(service.words("agendas/approved", version=version), thread_of=first_notice(version))


def late(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """A line under the agenda when the meeting starts: how many late papers there are."""
    meeting = work.get(Meeting, owed.about["meeting"])
    version = issued(work, meeting)
    number = len(late_papers(work, meeting, version.issued_at)) if version else 0
    if version is None or not number:
        return None
    text = service.words("agendas/late", meeting=meeting, number=number)
    about = About(panel=meeting.panel_id, meeting=meeting.id)
    blocks = (section(text), actions(button("Open", "agendas.view", about)))
    return Message(text, blocks, thread_of=first_notice(version))


def previewable(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """To chair and coordinator: the agenda can be looked at. Not once it has been issued."""
    meeting = work.get(Meeting, owed.about["meeting"])
    panel = work.get(Panel, meeting.panel_id)
    if meeting.agenda_issued_at is not None or meeting.status != "planned":
        return None
    locked_at = cut_offs_of(work, meeting).get(CutOff.AGENDA_LOCKED)
    number = len(counted(work, panel, meeting).late)
    text = service.words(
        "agendas/previewable", zone=panel.timezone, meeting=meeting, locked_at=locked_at, number=number
    )
    return say(text, button("Preview", "agendas.view", About(panel=panel.id, meeting=meeting.id)))


def precheck(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """To the victim service: how many actions wait for its check before the meeting."""
    meeting = work.get(Meeting, owed.about["meeting"])
    if meeting.status != "planned":
        return None
    cases = [case.id for case in work.find(Case, Case.panel_id == meeting.panel_id)]
    waiting = work.find(Action, col(Action.case_id).in_(cases), Action.status == ActionStatus.AWAITING_SAFETY_CHECK)
    text = service.words("agendas/precheck", meeting=meeting, number=len(waiting))
    about = About(panel=meeting.panel_id, meeting=meeting.id)
    return say(
        text, button("Open the checks", "actions.checks", about),
        button("Open the cases", "agendas.view", about),
    )  # fmt: skip


def acting(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """To the deputy chair: they act as chair of a meeting, or do no longer. Not of a meeting that is off."""
    meeting = work.get(Meeting, owed.about["meeting"])
    if meeting.status != "planned":
        return None
    text = service.words("agendas/acting", meeting=meeting, acts=meeting.acting_chair == owed.to)
    return say(text, button("Open", "agendas.view", About(panel=meeting.panel_id, meeting=meeting.id)))


def out_of_cycle(service: Service, work: UnitOfWork, owed: Owed) -> Rendered:
    """To those who were at an out-of-cycle meeting, and to the chair: it is recorded and will be ratified."""
    meeting = work.get(Meeting, owed.about["meeting"])
    case = work.get(Case, meeting.case_id)
    in_place = owed.about.get("in_place", False)
    text = service.words("agendas/out_of_cycle", meeting=meeting, case=case, in_place=in_place)
    about = About(panel=meeting.panel_id, meeting=owed.about["next"], case=case.id)
    return say(text, button("Open", "agendas.open", about))
