"""Who stands in today: everybody who is away passes what is meant for them on, by one rule (panel/leave)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from commands.kit.away import away_on
from commands.kit.people import seats_of
from panel.codes import Role
from panel.leave import Passes, routed, stand_in
from storage.tables import Seat
from storage.work import UnitOfWork

# Who stands in for a role where nobody was named. Of the panel's own: whoever has these parts.
OF_AGENCY: Mapping[str, Role] = {
    Role.REP: Role.DEPUTY, Role.DEPUTY: Role.REP, Role.LEAD: Role.DEPUTY, Role.DUTY: Role.DEPUTY,
}  # fmt: skip
OF_PANEL: Mapping[str, Role] = {
    Role.CHAIR: Role.DEPUTY_CHAIR, Role.DEPUTY_CHAIR: Role.CHAIR, Role.COORDINATOR: Role.CHAIR,
}  # fmt: skip
LAST = (Role.COORDINATOR, Role.CHAIR, Role.DEPUTY_CHAIR)


def passing_on(work: UnitOfWork, panel_id: int | None, agency_id: int | None) -> Passes:
    """Everybody of the panel who is away today, each with whom they pass what concerns this agency (None: the panel's
    own parts) to: whom they named, if that person sits for it too; else the usual one. Somebody without a seat passes
    to the representative."""
    away = away_on(work, panel_id)
    return work.once(("passing on", panel_id, agency_id), lambda: _passing_on(work, panel_id, agency_id, away))


def _passing_on(
    work: UnitOfWork, panel_id: int | None, agency_id: int | None, away: Mapping[str, str | None]
) -> Passes:
    held = [seat for seat in seats_of(work, panel_id) if _concerns(seat, agency_id)] if away else []
    roles: dict[str, Role] = {seat.user_id or "": Role(seat.role) for seat in reversed(held)}
    users = {seat.role: seat.user_id for seat in held}
    usual = OF_AGENCY if agency_id is not None else OF_PANEL
    return {
        user: named if named in roles and named != user else users.get(usual.get(roles.get(user, ""), Role.REP))
        for user, named in away.items()
    }


def _concerns(seat: Seat, agency_id: int | None) -> bool:
    """Whether a seat counts among an agency's own, or (None) among the panel's."""
    if agency_id is None:
        return seat.role in OF_PANEL
    return seat.role in OF_AGENCY and seat.agency_id == agency_id


def last_resort(work: UnitOfWork, panel_id: int | None) -> Sequence[str]:
    """Where every chain ends: the coordinator, and who is in the coordinator's place."""
    seats = seats_of(work, panel_id)
    return [seat.user_id for role in LAST for seat in seats if seat.role == role and seat.user_id]


def there(
    work: UnitOfWork, panel_id: int | None, user: str | None, agency_id: int | None, shut: Collection[str] = ()
) -> str | None:
    """Who of the agency (None: of the panel's own) has what is meant for somebody (or nobody) today; None where nobody
    is."""
    return stand_in(user, passing_on(work, panel_id, agency_id), shut)


def covered(work: UnitOfWork, panel_id: int | None) -> frozenset[int | None]:
    """The agencies (by id) whose representative is away today while somebody of theirs stands in."""
    away = away_on(work, panel_id)
    reps = [seat for seat in seats_of(work, panel_id) if seat.role == Role.REP and seat.user_id in away]
    return frozenset(seat.agency_id for seat in reps if there(work, panel_id, seat.user_id or "", seat.agency_id))


def passed_to(
    work: UnitOfWork, panel_id: int, user: str, shut: Collection[str] = (), agency_id: int | None = None
) -> str:
    """Who is told today what one person was to be told: by their part of the panel's own, else their first seat for an
    agency; who has no seat does something for `agency_id`. Never one of `shut`; theirs still where nobody is left."""
    seats = [seat for seat in seats_of(work, panel_id) if seat.user_id == user]
    if seats and not any(seat.role in (*OF_AGENCY, *OF_PANEL) for seat in seats):
        return user  # an observer's, or the steering group's, keeps until they are back
    theirs = None if any(seat.role in OF_PANEL for seat in seats) else next(iter(_seated_at(seats)), agency_id)
    return routed(user, passing_on(work, panel_id, theirs), last_resort(work, panel_id), shut) or user


def _seated_at(seats: Sequence[Seat]) -> list[int | None]:
    return [seat.agency_id for seat in seats if seat.role in OF_AGENCY]


def standing_in(work: UnitOfWork, panel_id: int | None, user: str, named: str | None) -> list[str]:
    """Who stands in for somebody who named this person (or nobody), each once: one for every agency they sit for, and
    one for a part of the panel's own. Empty: it goes to the coordinator."""
    away = {user: named}
    found = [_passing_on(work, panel_id, agency_id, away)[user] for agency_id in _sits_for(work, panel_id, user)]
    return list(dict.fromkeys(other for other in found if other and other != user))


def may_stand_in(work: UnitOfWork, panel_id: int | None, user: str, other: str) -> bool:
    """Whether somebody else has a seat where this person has one: at an agency of theirs, or in the panel's office."""
    return other != user and bool({*_sits_for(work, panel_id, user)} & {*_sits_for(work, panel_id, other)})


def _sits_for(work: UnitOfWork, panel_id: int | None, user: str) -> list[int | None]:
    """The agencies (by id) for which somebody sits; None among them: a part of the panel's own."""
    held = [seat for seat in seats_of(work, panel_id) if seat.user_id == user]
    return list(dict.fromkeys([*_seated_at(held), *(None for seat in held if seat.role in OF_PANEL)]))
