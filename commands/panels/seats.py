"""Who holds a role: seats are taken, passed on and left, at once, and never two of a kind that clash."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col

from commands.kit.errors import Refusal
from commands.kit.people import person_on
from commands.kit.turn import Turn
from panel.access import role_clash
from panel.codes import Role
from panel.mail import outside_slack
from storage.tables import Agency, Seat
from storage.work import UnitOfWork

OF_PANEL = (
    Role.COORDINATOR, Role.CHAIR, Role.DEPUTY_CHAIR, Role.INFORMATION_GOVERNANCE, Role.STEERING, Role.OBSERVER,
)  # fmt: skip
OF_AGENCY = (Role.REP, Role.DEPUTY, Role.LEAD, Role.DUTY)
CHAIRS = (Role.CHAIR, Role.DEPUTY_CHAIR)  # they come from an agency
MANY = (Role.STEERING, Role.OBSERVER)
IN_SLACK = (Role.COORDINATOR, *CHAIRS, Role.INFORMATION_GOVERNANCE)  # what they do is done nowhere else


class Clash(Refusal):
    """{reason}"""


class NeedsSlack(Refusal):
    """Whoever has this part works in Slack: pick somebody there."""


class NobodyPicked(Refusal):
    """Pick somebody, or press Cancel."""


class NoCoordinator(Refusal):
    """A panel always has a coordinator: pick who follows."""


def current(work: UnitOfWork, panel_id: int | None) -> Sequence[Seat]:
    """Every seat that is open now, whether somebody has been picked for it or not."""
    return work.find(Seat, Seat.panel_id == panel_id, col(Seat.until).is_(None))


def seats_of(work: UnitOfWork, panel_id: int | None, role: Role, agency: Agency | None) -> Sequence[Seat]:
    """The open seats of a role: of this agency, or of the panel. A chair's agency does not tell chairs apart."""
    mine = [Seat.agency_id == (agency.id if agency else None)] if role not in CHAIRS else []
    return work.find(Seat, Seat.panel_id == panel_id, Seat.role == role, col(Seat.until).is_(None), *mine)


def take(turn: Turn, role: Role, agency: Agency | None, user: str, waiting: Seat | None = None) -> Seat:
    """Give a role to a person, at once. `waiting`: the seat that had a label and nobody yet.

    Raises Clash when the person's roles don't go together, NeedsSlack when they are outside it and the part is not.
    """
    if role in IN_SLACK and outside_slack(user):
        raise NeedsSlack(field="who")
    for seat in seats_of(turn.work, turn.panel.id, role, agency):
        if seat.user_id == user and seat.agency_id == (agency.id if agency else None):
            return seat
        if role not in MANY and seat.user_id is not None:
            leave(turn, seat)
        elif role not in MANY:
            waiting = waiting or seat
    seat = _filled(turn, waiting, agency, user) if waiting else _new(turn, role, agency, user)
    turn.work.session.flush()
    reason = role_clash(person_on(turn.work, turn.panel, user).roles)
    if reason:
        raise Clash(field="who", reason=reason)
    turn.audit("seated", f"seat:{seat.id}", role=role, user=user, agency=agency.code if agency else None)
    if user != turn.user:
        about = {"seat": seat.id}
        turn.work.owe(f"seated:{seat.id}:{user}", "seated", user, panel_id=turn.panel.id, about=about)
    return seat


def leave(turn: Turn, seat: Seat) -> None:
    """The seat's holder has it no longer, and is told."""
    seat.until = turn.work.now
    turn.work.session.flush()
    turn.audit("unseated", f"seat:{seat.id}", role=seat.role, user=seat.user_id)
    if seat.user_id and seat.user_id != turn.user:
        turn.work.owe(f"unseated:{seat.id}", "unseated", seat.user_id, panel_id=turn.panel.id, about={"seat": seat.id})


def _filled(turn: Turn, seat: Seat, agency: Agency | None, user: str) -> Seat:
    seat.user_id = user
    seat.agency_id = agency.id if agency else None
    seat.since = turn.work.now
    return seat


def _new(turn: Turn, role: Role, agency: Agency | None, user: str) -> Seat:
    assert turn.panel.id is not None
    return turn.work.add(
        Seat(
            panel_id=turn.panel.id, agency_id=agency.id if agency else None, role=role, team_id=turn.panel.team_id,
            user_id=user, since=turn.work.now,
        )
    )  # fmt: skip
