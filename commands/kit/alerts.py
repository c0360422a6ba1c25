"""Who gets an alert: one rule for all of them, so that nothing waits for somebody who is not there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from commands.kit.meetings import today
from commands.kit.people import REPRESENTS, agencies_by_id, is_away, recused_on, seats_of
from panel.codes import Function, Role
from storage.tables import Agency, Panel
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
    """Who gets an alert meant for these roles, each user once: whoever holds the role, else the deputy, else the
    coordinator (for the coordinator the chair). Never somebody to whom the case is closed; somebody who is away
    only where all are. `agency_id`: of a representative; `acting`: a deputy who chairs this meeting; `unless`: somebody
    who can't be reached."""
    closed = (recused_on(work, case_id) if case_id is not None else frozenset()) | {unless or ""}
    found: list[str | None] = []
    chairs = acting is not None and acting not in closed and _is_there(work, panel_id, acting)
    for role in roles:
        if role is Role.CHAIR and chairs:
            found.append(acting)
        else:
            found.append(_first(work, panel_id, STANDS_IN[role], agency_id, closed))
    return list(dict.fromkeys(user for user in found if user))


def for_agency(work: UnitOfWork, agency: Agency, case_id: int | None = None) -> dict[str, bool]:
    """Who is told what an agency has to know, by the rule of `alerted`; and whether that is in its place, because it
    has nobody who can be: they are then asked to pick somebody (`kit/in_place`)."""
    found = alerted(work, agency.panel_id, Role.REP, agency_id=agency.id, case_id=case_id)
    own = {seat.user_id for seat in seats_of(work, agency.panel_id) if seat.agency_id == agency.id}
    return {user: user not in own for user in found}


def of_service(work: UnitOfWork, panel_id: int, function: Function, *, case_id: int | None = None) -> list[str]:
    """Who can be told for the agencies with a function (the victim service, say), one each: its representative, else
    its deputy, by the rule of `alerted`. Empty where there is no such agency, or nobody who may open the case."""
    closed = recused_on(work, case_id) if case_id is not None else frozenset()
    ids = [agency.id for agency in agencies_by_id(work, panel_id).values() if agency.function == function]
    found = [_first(work, panel_id, REPRESENTS, id, closed) for id in ids]
    return list(dict.fromkeys(user for user in found if user))


def alerted_service(work: UnitOfWork, panel_id: int, function: Function, *, case_id: int | None = None) -> list[str]:
    """The same, or the coordinator where the service has nobody."""
    found = of_service(work, panel_id, function, case_id=case_id)
    return found or alerted(work, panel_id, Role.COORDINATOR, case_id=case_id)


def _is_there(work: UnitOfWork, panel_id: int, user: str) -> bool:
    """Whether somebody who was to chair still may, and is not away."""
    day = today(work.get(Panel, panel_id), work.now)
    return any(
        seat.user_id == user and seat.role in (Role.CHAIR, Role.DEPUTY_CHAIR) and not is_away(seat, day)
        for seat in seats_of(work, panel_id)
    )


def _first(
    work: UnitOfWork, panel_id: int, roles: Sequence[Role], agency_id: int | None, closed: frozenset[str]
) -> str | None:
    """The first who can be told, role by role; those who are away come after everybody else."""
    day = today(work.get(Panel, panel_id), work.now)
    able = [seat for seat in seats_of(work, panel_id) if seat.user_id not in closed]
    for away in (False, True):
        for role in roles:
            for seat in able:
                theirs = role not in REPRESENTS or seat.agency_id == agency_id
                if seat.role == role and theirs and is_away(seat, day) is away:
                    return seat.user_id
    return None
