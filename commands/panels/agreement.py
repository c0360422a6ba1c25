"""Sharing agreements: once an agency's is over, agenda and briefing stay closed to its people."""

from __future__ import annotations

from datetime import date, timedelta

from commands.kit.about import About
from commands.kit.alerts import STANDS_IN, alerted, for_agency
from commands.kit.blocks import button
from commands.kit.errors import Refusal
from commands.kit.meetings import calendar_of, digest_on, settings_of, today
from commands.kit.notices import Rendered, say
from commands.kit.people import agencies_by_id, agencies_of, holder, seats_of
from commands.kit.service import Service
from commands.kit.text import weekday
from commands.kit.turn import Turn
from panel.codes import Role
from panel.declaration import WARNED, Standing
from panel.sharing import agreement_stands, closes_papers
from storage.outbox import Owed
from storage.tables import Agency, Panel
from storage.work import UnitOfWork

KIND = "agreement"
LEADS = (*STANDS_IN[Role.COORDINATOR], Role.INFORMATION_GOVERNANCE)


class AgreementOver(Refusal):
    """The sharing agreement of {agency} ended on {day}, so agenda, briefing and printed papers are closed to its
    people. The coordinator or the information-governance lead enters the new one with /panel agreements."""


def refuse_lapsed(turn: Turn) -> None:
    """Go on only if no agreement of this person's agencies is over. Whoever runs the meeting goes on. Raises
    AgreementOver."""
    over = lapsed(turn)
    if over is not None and over.agreement_until is not None:
        raise AgreementOver(agency=over.code, day=weekday(over.agreement_until))


def lapsed(turn: Turn) -> Agency | None:
    """An agency of theirs whose agreement is over, so that papers are closed to them."""
    office = turn.person.is_chair or turn.person.is_coordinator
    if office or not settings_of(turn.panel).sharing.agreements:
        return None
    theirs = [one for one in agencies_by_id(turn.work, turn.panel.id).values() if one.code in turn.person.agencies]
    return next((one for one in theirs if closes_papers([where(turn.work, turn.panel, one)])), None)


def where(work: UnitOfWork, panel: Panel, agency: Agency) -> Standing:
    """Where an agency's agreement stands today."""
    on, numbers = today(panel, work.now), settings_of(panel).sharing
    return agreement_stands(
        agency.agreement_at, agency.agreement_until, on, calendar_of(panel, on), numbers.agreement_grace_days
    )


def all_hold(work: UnitOfWork, panel: Panel) -> bool:
    """Whether the agreement of every core agency is entered and not over."""
    return all(where(work, panel, agency).opens for agency in agencies_of(work, panel) if agency.core)


def warn(work: UnitOfWork, panel: Panel, agency: Agency) -> None:
    """Owe the words that go before it ends and the day after, to whoever keeps it and to the agency's own people."""
    until = agency.agreement_until
    if until is None or panel.id is None:
        return
    lead = holder(work, panel.id, Role.INFORMATION_GOVERNANCE)
    told = {*alerted(work, panel.id, Role.COORDINATOR), *for_agency(work, agency), *([lead] if lead else [])}
    for days in WARNED:
        moment = digest_on(panel, until - timedelta(days=days))
        for user in sorted(told if moment > work.now else ()):
            work.owe(
                f"{KIND}:{agency.id}:{until}:{days}:{user}", KIND, user, panel_id=panel.id, not_before=moment,
                about={"agency": agency.id, "until": until.isoformat()},
            )  # fmt: skip


def notice(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """That it ends, or has ended. Not once it holds for longer, nor to somebody who has no part in it any more."""
    panel, agency = work.get(Panel, owed.panel_id), work.get(Agency, owed.about["agency"])
    until = date.fromisoformat(owed.about["until"])
    held = [seat for seat in seats_of(work, panel.id) if seat.user_id == owed.to]
    concerned = any(seat.agency_id == agency.id or Role(seat.role) in LEADS for seat in held)
    if agency.agreement_until != until or not concerned:
        return None
    grace = settings_of(panel).sharing.agreement_grace_days
    closes = calendar_of(panel, until).add_working_days(until, grace)
    ended, keeps = today(panel, work.now) > until, any(Role(seat.role) in LEADS for seat in held)
    text = service.words("panels/agreement_ends", panel=panel, until=until, ended=ended, closes=closes, keeps=keeps)
    return say(text, *([button("Sharing agreements", "panels.agreements", About(panel=panel.id))] if keeps else []))
