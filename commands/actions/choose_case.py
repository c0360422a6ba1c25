"""/actions add and /actions propose: on which case?"""

from __future__ import annotations

from sqlmodel import col

from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, button, section
from commands.kit.errors import NoMeeting
from commands.kit.meetings import cut_offs_of, in_work, today
from commands.kit.people import thing_of
from commands.kit.turn import Turn
from commands.kit.views import paged
from panel.access import Thing, Verb, may
from panel.codes import CaseStatus
from panel.cycle import CutOff
from storage.tables import Case, Meeting

OVER = {
    CaseStatus.CLOSED,
    CaseStatus.DECLINED,
    CaseStatus.TRANSFERRED_OUT,
    CaseStatus.MAPPA_MANAGED,
    CaseStatus.MERGED,
    CaseStatus.DECEASED,
    CaseStatus.REFERRED,
    CaseStatus.IN_TRIAGE,
    CaseStatus.DEFERRED,
}
VERBS = {"actions.add": Verb.ADD_ACTION, "actions.propose": Verb.PROPOSE_ACTION}


def to_add(turn: Turn) -> Answer:
    """Choose the case of a new action."""
    turn.need(Verb.ADD_ACTION, Thing())
    return Show(view(turn, "actions.add"))


def to_propose(turn: Turn) -> Answer:
    """Choose the case of a proposal."""
    return Show(view(turn, "actions.propose"))


def turn_page(turn: Turn) -> Answer:
    """Another page."""
    return Replace(view(turn, turn.about.code or "actions.propose", turn.about.page or 0))


def view(turn: Turn, opens: str, page: int = 0) -> Block:
    """The cases on which this person may do that, each with a button."""
    meeting = _meeting(turn)
    cases = [
        case for case in turn.work.find(Case, Case.panel_id == turn.panel.id, order=Case.ref) if case.status not in OVER
    ]
    theirs = [case for case in cases if may(turn.person, VERBS[opens], thing_of(turn.work, case, meeting))]
    belongs = meeting if opens == "actions.propose" else _being_recorded(turn)
    about = About(panel=turn.panel.id, meeting=belongs.id if belongs else None)
    parts = [[_row(case, opens, about)] for case in theirs] or [[section("There is no case on which you can do this.")]]
    return paged("Which case?", parts, about.but(code=opens, page=page), "actions.case_page", name="actions.cases")


def _row(case: Case, opens: str, about: About) -> Block:
    return section(f"*{case.ref}* · {case.subject_ref}", button("Choose", opens, about.but(case=case.id)))


def _being_recorded(turn: Turn) -> Meeting | None:
    """The meeting at which what the office adds now was agreed: from its day until its record is closed, or its
    minutes are due. What is added between meetings belongs to none, while a proposal is for the meeting in work."""
    last = turn.work.first(
        Meeting, Meeting.panel_id == turn.panel.id, Meeting.kind == "regular", Meeting.status == "planned",
        Meeting.day <= today(turn.panel, turn.work.now), order=col(Meeting.day).desc(),
    )  # fmt: skip
    if last is None or last.record_closed_at is not None:
        return None
    due = cut_offs_of(turn.work, last).get(CutOff.MINUTES_DRAFT)
    return last if due is None or turn.work.now < due else None


def _meeting(turn: Turn) -> Meeting | None:
    try:
        return in_work(turn.work, turn.panel)
    except NoMeeting:
        return None
