"""Proposing a transfer or an end at panel before the meeting; the chair decides there."""

from __future__ import annotations

from dataclasses import dataclass

from commands.cases.hub import meeting_in_work, open_hub
from commands.kit.alerts import alerted
from commands.kit.answers import Answer, Back, Show
from commands.kit.errors import NoMeeting, Refusal
from commands.kit.fields import One
from commands.kit.forms import Form, ask
from commands.kit.people import thing_of
from commands.kit.turn import Turn
from panel.access import Verb
from panel.codes import CaseKind, Decision, Role
from storage.tables import Case, Listing, Meeting

NOTHING = "nothing"
PROPOSALS = [(d.value, d.label) for d in Decision if d.proposed_before]


class NotListed(Refusal):
    """This case is not on the list of the meeting that is being prepared. Propose it once the case list is out."""


class HeardFirst(Refusal):
    """A new case is heard before it can be put up for transfer or for an end at panel."""


class AgendaIsOut(Refusal):
    """The agenda has been issued, so it is too late for this meeting. Propose it again for the next one."""


@dataclass
class ProposeEnd(Form):
    """What is proposed to the meeting."""

    name = "cases.propose"
    title = "A proposal"
    submit = "Propose"
    decision: str = ask(One("What should be decided?", choices=[*PROPOSALS, (NOTHING, "Nothing of the kind")]))


def open_form(turn: Turn) -> Answer:
    """The form, with what is proposed already."""
    _, listing = _listing(turn)
    initial = {"decision": listing.proposal}
    return Show(ProposeEnd.draw(turn.about.but(version=listing.version), initial=initial))


def save(turn: Turn, form: ProposeEnd) -> Answer:
    """Keep it, and owe the chair a word."""
    case, listing = _listing(turn)
    listing.proposal = None if form.decision == NOTHING else form.decision
    listing.proposed_by = turn.user if listing.proposal else None
    listing.version += 1
    turn.work.session.flush()
    turn.audit("proposed", f"listing:{listing.id}", case_id=case.id, decision=form.decision)
    for head in alerted(turn.work, case.panel_id, Role.CHAIR, case_id=case.id) if listing.proposal else ():
        turn.work.owe(
            f"proposed:{listing.id}:{listing.version}:{head}", "cases.proposed", head, panel_id=case.panel_id,
            about={"listing": listing.id},
        )  # fmt: skip
    shown = open_hub(turn)
    assert isinstance(shown, Show)
    return Back(shown.view)


def _listing(turn: Turn) -> tuple[Case, Listing]:
    """The case and its place on the list; raises a refusal when nothing can be proposed now."""
    case = turn.case()
    meeting = meeting_in_work(turn)
    turn.need(Verb.PROPOSE_END, thing_of(turn.work, case, meeting))
    if meeting is None:
        raise NoMeeting
    return case, _may_be_proposed(turn, case, meeting)


def _may_be_proposed(turn: Turn, case: Case, meeting: Meeting) -> Listing:
    listing = turn.work.first(Listing, Listing.meeting_id == meeting.id, Listing.case_id == case.id)
    if listing is None:
        raise NotListed
    if listing.kind == CaseKind.NEW:
        raise HeardFirst
    if meeting.agenda_issued_at is not None:
        raise AgendaIsOut
    return listing
