"""Issuing the agenda: kept as a version, locked, and owed to the channel and to those who are not in it."""

from __future__ import annotations

from commands.agendas.changes import can_be_issued_again, since, to_json
from commands.agendas.facts import compiled
from commands.agendas.lines import Line, issued, kept, lines_of, newest
from commands.kit.errors import ChangedMeanwhile, NoMeeting, Refusal
from commands.kit.meetings import cut_offs_of, in_work
from commands.kit.turn import Turn
from commands.panels.outside import invited
from panel.access import Thing, Verb
from panel.cycle import CutOff
from storage.tables import AgendaVersion, Meeting, Panel
from storage.work import UnitOfWork

LINES_A_MESSAGE = 25  # far below Slack's 50 blocks and 10,000 characters


class NothingChanged(Refusal):
    """Nothing has changed since this agenda was issued, or the meeting has begun. It stays as it is."""


class AlreadyApproved(Refusal):
    """This agenda has been approved already. Open it again to see it as it stands."""


def at_cut_off(work: UnitOfWork, panel: Panel, meeting: Meeting) -> None:
    """The agenda's cut-off: what the chair has not approved by now is issued, and says so."""
    if meeting.agenda_issued_at is None and meeting.status == "planned":
        issue(work, panel, meeting, approved_by=None)


def issue(work: UnitOfWork, panel: Panel, meeting: Meeting, approved_by: str | None) -> AgendaVersion:
    """Keep the agenda as it stands and lock it; whatever comes in later is a late paper."""
    assert meeting.id is not None
    agenda = compiled(work, panel, meeting)
    lines = lines_of(work, panel, meeting, agenda)
    before = newest(work, meeting)  # a moved meeting is given a new version
    version = work.add(
        AgendaVersion(
            meeting_id=meeting.id, version=before.version + 1 if before else 1,
            public=[line.to_json() for line in lines],
            private=[
                {"number": number, "reasons": list(beside.reasons), "note": beside.note}
                for number, beside in agenda.for_chair.items()
            ],
            changes=to_json(since(work, meeting, lines)), made_at=work.now, issued_at=work.now,
            approved_by=approved_by, approved_at=work.now if approved_by else None,
        )
    )  # fmt: skip
    meeting.agenda_issued_at = work.now
    meeting.version += 1
    work.audit(
        "issued", f"agenda:{version.id}", by=approved_by or "", surface="agenda", panel_id=panel.id,
        items=len(lines), approved=approved_by is not None,
    )  # fmt: skip
    _owe_channel(work, panel, version)
    _owe_invited(work, panel, meeting, version)
    return version


def unapproved(work: UnitOfWork, panel: Panel) -> Meeting | None:
    """The meeting in work, while its agenda waits for the chair's yes: from the moment it can be previewed."""
    try:
        meeting = in_work(work, panel)
    except NoMeeting:
        return None
    version = issued(work, meeting)
    if version is not None:
        return meeting if version.approved_at is None else None
    at = cut_offs_of(work, meeting).get(CutOff.SAFETY_PRECHECK_AND_STATUS_FREEZE)
    return meeting if at is not None and at <= work.now else None


def parts(lines: list[Line]) -> list[list[Line]]:
    """The items, a message's worth each."""
    return [lines[at : at + LINES_A_MESSAGE] for at in range(0, len(lines), LINES_A_MESSAGE)]


def first_notice(version: AgendaVersion) -> str:
    """The name of the message that later lines hang under."""
    return f"agenda:{version.meeting_id}:{version.version}:0"


def _owe_channel(work: UnitOfWork, panel: Panel, version: AgendaVersion) -> None:
    if not panel.channel_id:
        return
    for number, _ in enumerate(parts(kept(version))):
        work.owe(
            f"agenda:{version.meeting_id}:{version.version}:{number}", "agenda", panel.channel_id, panel_id=panel.id,
            about={"agenda": version.id, "part": number}, lane=f"agenda:{version.id}", seq=number,
        )  # fmt: skip


def _owe_invited(work: UnitOfWork, panel: Panel, meeting: Meeting, version: AgendaVersion) -> None:
    """Agencies invited to some cases are not in the channel: their items go to whoever answers for them."""
    cases: dict[tuple[int | None, str, bool], list[int]] = {}
    for part in invited(work, panel, meeting):
        cases.setdefault((part.agency.id, part.user, part.in_place), []).append(part.case_id)
    for (agency, to, in_place), theirs in cases.items():
        work.owe(
            f"agenda_part:{version.meeting_id}:{version.version}:{agency}:{to}", "agenda_part", to, panel_id=panel.id,
            about={"agenda": version.id, "agency": agency, "cases": theirs, "in_place": in_place},
        )  # fmt: skip


def approve(turn: Turn, meeting: Meeting) -> AgendaVersion:
    """The chair's yes: issues the agenda, or, where the cut-off did, adds the approval. Raises AlreadyApproved."""
    turn.need(Verb.APPROVE_AGENDA, Thing())
    version = issued(turn.work, meeting)
    if version is None:
        version = issue(turn.work, turn.panel, meeting, approved_by=turn.user)
    elif version.approved_at is not None:
        raise AlreadyApproved
    else:
        version.approved_by, version.approved_at = turn.user, turn.work.now
        _owe_approval(turn.work, turn.panel, version)
    turn.audit("approved", f"agenda:{version.id}")
    return version


def issue_again(turn: Turn, meeting: Meeting) -> AgendaVersion:
    """The chair's next version of an agenda that is out: as things stand now, with what changed. Raises NothingChanged,
    ChangedMeanwhile."""
    turn.need(Verb.APPROVE_AGENDA, Thing())
    version = issued(turn.work, meeting)
    if version is None or version.version != turn.about.version:
        raise ChangedMeanwhile
    lines = lines_of(turn.work, turn.panel, meeting, compiled(turn.work, turn.panel, meeting))
    if not can_be_issued_again(turn, meeting, since(turn.work, meeting, lines)):
        raise NothingChanged
    made = issue(turn.work, turn.panel, meeting, approved_by=turn.user)
    turn.audit("issued_again", f"agenda:{made.id}", version=made.version)
    return made


def _owe_approval(work: UnitOfWork, panel: Panel, version: AgendaVersion) -> None:
    if panel.channel_id:
        work.owe(
            f"agenda_approved:{version.meeting_id}:{version.version}", "agenda_approved", panel.channel_id,
            panel_id=panel.id, about={"agenda": version.id},
        )  # fmt: skip
