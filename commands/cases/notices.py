"""What chair and coordinator read about a case in Slack: its reference and a button, nothing else."""

from __future__ import annotations

from commands.cases.around import standing
from commands.kit.about import About
from commands.kit.blocks import button
from commands.kit.notices import Rendered, say
from commands.kit.service import Service
from panel.codes.linked import Standing
from storage.outbox import Owed
from storage.tables import Case, Conflict, Listing, Meeting, Victim
from storage.work import UnitOfWork


def proposed(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """A proposal waits for the chair. Not sent once it was changed or taken back."""
    listing = work.get(Listing, owed.about["listing"])
    if listing.proposal is None or not owed.name.startswith(f"proposed:{listing.id}:{listing.version}:"):
        return None
    case = work.get(Case, listing.case_id)
    meeting = work.get(Meeting, listing.meeting_id)
    about = About(panel=case.panel_id, case=case.id)
    return say(service.words("cases/proposed", case=case, meeting=meeting), button("Open", "cases.open", about))


def closed_to_you(service: Service, work: UnitOfWork, owed: Owed) -> Rendered:
    """To whoever declared it: the case is closed to them."""
    link = work.get(Conflict, owed.about["conflict"])
    return say(service.words("cases/closed_to_you", case=work.get(Case, link.case_id)))


def conflict(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """Somebody declared a personal link."""
    link = work.get(Conflict, owed.about["conflict"])
    case = work.get(Case, link.case_id)
    about = About(panel=case.panel_id, case=case.id, row=link.id)
    return say(service.words("cases/conflict_declared"), button("Open", "cases.conflict.show", about))


def possible(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """A possible victim was recorded. Not sent once it was looked into."""
    victim = work.get(Victim, owed.about["victim"])
    if standing(victim) is not Standing.POSSIBLE:
        return None
    case = work.get(Case, victim.case_id)
    about = About(panel=case.panel_id, case=case.id, row=victim.id)
    return say(service.words("cases/possible_told", case=case), button("Open", "cases.possible.show", about))
