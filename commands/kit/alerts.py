"""Who gets an alert: one rule for all of them, so that nothing waits for somebody who is not there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from commands.kit.away import away_on
from commands.kit.cover import LAST, there
from commands.kit.people import REPRESENTS, agencies_by_id, recused_on, seats_of
from panel.codes import Function, Role
from storage.tables import Agency, Seat
from storage.work import UnitOfWork

# Whom an alert for a role reaches, in this order, where the one before is nobody, away, or may not open the case.
STANDS_IN: Mapping[Role, tuple[Role, ...]] = {
    Role.CHAIR: (Role.CHAIR, Role.DEPUTY_CHAIR, Role.COORDINATOR),
    Role.COORDINATOR: (Role.COORDINATOR, Role.CHAIR, Role.DEPUTY_CHAIR),
    Role.REP: (Role.REP, Role.DEPUTY, Role.COORDINATOR, Role.CHAIR, Role.DEPUTY_CHAIR),
}


def alerted(
    work: UnitOfWork, panel_id: int, *roles: Role, agency_id: int | None = None, case_id: int | None = None,
    acting: str | None = None, unless: str | None = None,
) -> list[str]:  # fmt: skip
    """Who gets an alert meant for these roles, each user once: whoever holds the role, while they are away whoever
    stands in, else the deputy, else the coordinator (for the coordinator the chair). Never somebody to whom the case is
    closed; where everybody is away the coordinator. `agency_id`: of a representative; `acting`: a deputy who chairs
    this meeting; `unless`: somebody who can't be reached."""
    closed = (recused_on(work, case_id) if case_id is not None else frozenset()) | {unless or ""}
    found: list[str | None] = []
    chairs = acting is not None and acting not in closed and _is_there(work, panel_id, acting)
    for role in roles:
        if role is Role.CHAIR and chairs:
            found.append(acting)
        else:
            told = _first(work, panel_id, STANDS_IN[role], agency_id, closed)
            found.append(told or _anybody(work, panel_id, role, agency_id, closed))
    return list(dict.fromkeys(user for user in found if user))


def for_agency(work: UnitOfWork, agency: Agency, case_id: int | None = None) -> dict[str, bool]:
    """Who is told what an agency has to know, by the rule of `alerted`; and whether that is in its place, because it
    has nobody who can be: they are then asked to pick somebody (`kit/in_place`)."""
    found = alerted(work, agency.panel_id, Role.REP, agency_id=agency.id, case_id=case_id)
    own = {seat.user_id for seat in seats_of(work, agency.panel_id) if seat.agency_id == agency.id}
    return {user: user not in own for user in found}


def of_service(work: UnitOfWork, panel_id: int, function: Function, *, case_id: int | None = None) -> list[str]:
    """Who can be told for the agencies with a function (the victim service, say), one each: its representative, or
    whoever stands in, else its deputy, by the rule of `alerted`; where all of them are away, the coordinator. Empty
    where there is no such agency, or nobody who may open the case."""
    closed = recused_on(work, case_id) if case_id is not None else frozenset()
    ids = [agency.id for agency in agencies_by_id(work, panel_id).values() if agency.function == function]
    found: list[str | None] = []
    for id in ids:
        if _able(work, panel_id, REPRESENTS, id, closed):
            told = _first(work, panel_id, REPRESENTS, id, closed)
            found += [told] if told else alerted(work, panel_id, Role.COORDINATOR, case_id=case_id)
    return list(dict.fromkeys(user for user in found if user))


def alerted_service(work: UnitOfWork, panel_id: int, function: Function, *, case_id: int | None = None) -> list[str]:
    """The same, or the coordinator where the service has nobody."""
    found = of_service(work, panel_id, function, case_id=case_id)
    return found or alerted(work, panel_id, Role.COORDINATOR, case_id=case_id)


def _is_there(work: UnitOfWork, panel_id: int, user: str) -> bool:
    """Whether somebody who was to chair still may, and is not away."""
    chairs = (Role.CHAIR, Role.DEPUTY_CHAIR)
    held = any(seat.user_id == user and seat.role in chairs for seat in seats_of(work, panel_id))
    return held and user not in away_on(work, panel_id)


def _first(
    work: UnitOfWork, panel_id: int, roles: Sequence[Role], agency_id: int | None, closed: frozenset[str]
) -> str | None:
    """The first who is there and can be told, role by role, each with whoever stands in."""
    able = _able(work, panel_id, roles, agency_id, closed)
    found = (
        there(work, panel_id, seat.user_id or "", agency_id if seat.role in REPRESENTS else None, closed)
        for seat in able
    )
    return next((user for user in found if user), None)


def _able(
    work: UnitOfWork, panel_id: int, roles: Sequence[Role], agency_id: int | None, closed: frozenset[str]
) -> list[Seat]:
    """The seats of these roles in their order, those of people to whom the case is closed left out."""
    held = [seat for seat in seats_of(work, panel_id) if seat.user_id not in closed]
    theirs = [seat for seat in held if seat.role not in REPRESENTS or seat.agency_id == agency_id]
    return [seat for role in roles for seat in theirs if seat.role == role]


def _anybody(work: UnitOfWork, panel_id: int, role: Role, agency_id: int | None, closed: frozenset[str]) -> str | None:
    """Everybody is away: the coordinator, then who is in their place, has it all the same."""
    able = _able(work, panel_id, LAST, None, closed) or _able(work, panel_id, (role,), agency_id, closed)
    return able[0].user_id if able else None
