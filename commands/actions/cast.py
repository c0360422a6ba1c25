"""Who is who around an action: its owner, who does it, and whom each step of the ladder reaches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from commands.kit.cover import covered
from commands.kit.meetings import today
from commands.kit.people import agencies_by_id, chairs_here, is_away, recused_from, seats_of
from panel.codes import Function, Role
from panel.grants import PANEL_OFFICE
from panel.ladder import Recipient
from storage.tables import Action, Agency, Panel, Seat
from storage.work import UnitOfWork

OF_AGENCY = {
    Recipient.REP: Role.REP,
    Recipient.DEPUTY: Role.DEPUTY,
    Recipient.LEAD: Role.LEAD,
    Recipient.DUTY: Role.DUTY,
}
OF_PANEL = {Recipient.COORDINATOR: (Role.COORDINATOR,), Recipient.STEERING: (Role.STEERING,)}


class Cast:
    """The panel's people, read once, when they are first asked for. Nobody to whom a case is closed is ever answered
    for it."""

    def __init__(self, work: UnitOfWork, panel: Panel) -> None:
        self._work, self._panel = work, panel

    @cached_property
    def agencies(self) -> Mapping[int | None, Agency]:
        return agencies_by_id(self._work, self._panel.id)

    @cached_property
    def seats(self) -> Sequence[Seat]:
        return seats_of(self._work, self._panel.id)

    @cached_property
    def _holders(self) -> Mapping[tuple[str, int | None], list[str]]:
        """Who holds each role of each agency; under no agency, who holds it of any, or of the panel itself."""
        found: dict[tuple[str, int | None], list[str]] = defaultdict(list)
        for seat in self.seats:
            for agency_id in {None, seat.agency_id}:
                found[seat.role, agency_id].append(seat.user_id or "")
        return dict(found)

    @cached_property
    def _seated(self) -> Mapping[str, list[Seat]]:
        """The seats of each person."""
        found: dict[str, list[Seat]] = defaultdict(list)
        for seat in self.seats:
            found[seat.user_id or ""].append(seat)
        return dict(found)

    @cached_property
    def recused(self) -> Mapping[int, frozenset[str]]:
        return recused_from(self._work, self._panel.id)

    @cached_property
    def covered(self) -> frozenset[int | None]:
        return covered(self._work, self._panel.id)

    def code(self, action: Action) -> str:
        """The owner's code; the panel's own office for none."""
        return self.agencies[action.owner_id].code if action.owner_id else PANEL_OFFICE

    def doer(self, action: Action) -> str | None:
        """Who does it: the person named, else the owner's representative or deputy (the office: the coordinator). A
        representative who is named and away has the deputy do it on those days."""
        if action.assignee and action.assignee not in self.recused[action.case_id] and not self._covers(action):
            return action.assignee
        found = self.representatives(action)
        return found[0] if found else None

    def _covers(self, action: Action) -> bool:
        """Whether the deputy stands in for the person named, who is the owner's representative."""
        reps = self._holders.get((Role.REP, action.owner_id), ()) if action.owner_id in self.covered else ()
        return action.assignee in reps

    def helper(self, action: Action) -> str | None:
        """Who does it beside the doer, and is told as they are."""
        return action.second if action.second not in self.recused[action.case_id] else None

    def representatives(self, action: Action) -> list[str]:
        """The owner's representative, then the deputy (who comes first while standing in); of the panel's own office,
        the coordinator."""
        if action.owner_id is None:
            return self._holding(action, (Role.COORDINATOR,))
        return self._answering(action, action.owner_id)

    def owners(self, action: Action) -> list[str]:
        """Who is told of what befalls it: its doer, whoever helps, and the representative."""
        told = [self.doer(action), self.helper(action), *self.representatives(action)[:1]]
        return list(dict.fromkeys(user for user in told if user))

    def checkers(self, action: Action) -> list[str]:
        """The victim service's representatives, or the deputies who stand in; never of the owner's agency, by another
        seat either, nor whoever does it."""
        services = [id for id, agency in self.agencies.items() if agency.function == Function.VICTIM_SERVICE]
        outside = [[user for user in self._answering(action, id) if not self._own(action, user)] for id in services]
        return list(dict.fromkeys(user for able in outside for user in able[:1]))

    def _own(self, action: Action, user: str) -> bool:
        """Whether somebody has a part in doing it: a seat at its owner (the office: the coordinator), or its doer."""
        held = self._seated.get(user, [])
        does = user in (action.assignee, action.second)
        if action.owner_id is None:
            return does or any(seat.role == Role.COORDINATOR for seat in held)
        return does or any(seat.agency_id == action.owner_id for seat in held)

    def chair(self, action: Action) -> list[str]:
        """The chair, else the deputy chair, who stands in on the days on which the chair is away too."""
        held, deputies = (self._holding(action, (role,)) for role in (Role.CHAIR, Role.DEPUTY_CHAIR))
        here = [user for user in held if user in chairs_here(self._work, self._panel)]
        return (here or deputies or held)[:1]

    def coordinator(self, action: Action) -> list[str]:
        """The coordinator."""
        return self._holding(action, (Role.COORDINATOR,))

    def holders(self, action: Action, recipient: Recipient) -> list[str]:
        """The people behind a role of the ladder; empty when nobody holds it."""
        if recipient is Recipient.ASSIGNEE:
            return [user for user in (self.doer(action), self.helper(action)) if user]
        if recipient is Recipient.CHECKER:
            return self.checkers(action)
        if recipient is Recipient.CHAIR:
            return self.chair(action)
        if recipient is Recipient.REP and action.owner_id in self.covered:
            return self.representatives(action)[:1]
        if recipient in OF_PANEL:
            return self._holding(action, OF_PANEL[recipient])
        return self._holding(action, (OF_AGENCY[recipient],), action.owner_id) if action.owner_id else []

    def belongs(self, user: str, agency_id: int | None) -> bool:
        """Whether somebody is on the panel's list for an agency (for the office: chair or coordinator)."""
        office = (Role.COORDINATOR, Role.CHAIR, Role.DEPUTY_CHAIR)
        return any(
            seat.user_id == user and (seat.agency_id == agency_id if agency_id else seat.role in office)
            for seat in self.seats
        )

    def is_away(self, user: str) -> bool:
        """Whether somebody is away today, by any of their seats."""
        day = today(self._panel, self._work.now)
        return any(seat.user_id == user and is_away(seat, day) for seat in self.seats)

    def label(self, user: str | None) -> str:
        """What the set-up calls somebody (initials); nothing for somebody who is not on the list."""
        return next((seat.label for seat in self.seats if user and seat.user_id == user), "")

    def _answering(self, action: Action, agency_id: int | None) -> list[str]:
        """An agency's representative, then its deputy, who comes first while standing in."""
        reps, deputies = (self._holding(action, (role,), agency_id) for role in (Role.REP, Role.DEPUTY))
        return deputies + reps if agency_id in self.covered else reps + deputies

    def _holding(self, action: Action, roles: tuple[Role, ...], agency_id: int | None = None) -> list[str]:
        closed = self.recused[action.case_id]
        found = [user for role in roles for user in self._holders.get((role, agency_id), ())]
        return [user for user in dict.fromkeys(found) if user not in closed]
