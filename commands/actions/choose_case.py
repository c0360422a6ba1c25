"""/actions add and /actions propose: on which case?"""

from __future__ import annotations

from sqlmodel import col

from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, button, section
from commands.kit.errors import NoMeeting
from commands.kit.meetings import cut_offs_of, in_work, today
from commands.kit.named import Named, how_many, named, where_may
from commands.kit.turn import Turn
from commands.kit.views import leaves, modal, turns
from panel.access import Thing, Verb
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
LIVE = col(Case.status).not_in(sorted(OVER))
A_PAGE = 10  # cases
ADD, PROPOSE, OUTSIDE = "actions.add", "actions.propose", "actions.outside"  # OUTSIDE: added to no meeting's record
VERBS = {ADD: Verb.ADD_ACTION, OUTSIDE: Verb.ADD_ACTION, PROPOSE: Verb.PROPOSE_ACTION}
SWAPS = {ADD: ("Agreed outside it", OUTSIDE), OUTSIDE: ("Agreed at it", ADD)}


def to_add(turn: Turn) -> Answer:
    """Choose the case of a new action."""
    turn.need(Verb.ADD_ACTION, Thing())
    return Show(view(turn, ADD))


def to_propose(turn: Turn) -> Answer:
    """Choose the case of a proposal."""
    return Show(view(turn, PROPOSE))


def turn_page(turn: Turn) -> Answer:
    """Another page, or the same with the action kept in or out of the meeting's record."""
    return Replace(view(turn, turn.about.code if turn.about.code in VERBS else PROPOSE, turn.about.page or 0))


def view(turn: Turn, which: str, page: int = 0) -> Block:
    """The live cases on which this person may do that, each with a button. No case's content is read."""
    meeting = _meeting(turn)
    theirs = (LIVE, where_may(turn.work, turn.panel, turn.person, VERBS[which], meeting))
    recorded = _being_recorded(turn) if which != PROPOSE else None
    belongs = {ADD: recorded, PROPOSE: meeting}.get(which)
    about = About(panel=turn.panel.id, meeting=belongs.id if belongs else None)
    opens = PROPOSE if which == PROPOSE else ADD
    here = about.but(code=which, page=page)
    number, many = leaves(how_many(turn.work, turn.panel, *theirs), page, A_PAGE)
    shown = named(turn.work, turn.panel, *theirs, most=A_PAGE, after=number * A_PAGE)
    rows = [_row(case, opens, about) for case in shown] or [section("There is no case on which you can do this.")]
    blocks = [*_where_it_stands(turn, which, recorded, here), *rows, *turns(here, number, many, "actions.case_page")]
    return modal("Which case?", blocks, here.but(page=number), name="actions.cases")


def _row(case: Named, opens: str, about: About) -> Block:
    return section(f"*{case.ref}* · {case.subject_ref}", button("Choose", opens, about.but(case=case.id)))


def _where_it_stands(turn: Turn, which: str, recorded: Meeting | None, here: About) -> list[Block]:
    """Whether the action goes into a meeting's record, and the way to change that, while there is a record to be in."""
    if recorded is None:
        return []
    label, other = SWAPS[which]
    said = turn.say("actions/where_it_stands", meeting=recorded, outside=which == OUTSIDE)
    return [section(said, button(label, "actions.case_swap", here.but(code=other, page=0)))]


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
