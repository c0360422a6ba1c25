"""Who is who around an action: its owner, who does it, and whom each step of the ladder reaches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from commands.kit.away import away_on
from commands.kit.cover import last_resort, passing_on
from commands.kit.people import agencies_by_id, recused_from, seats_of
from commands.kit.sealing import sealed
from panel.codes import Function, Role
from panel.grants import PANEL_OFFICE
from panel.ladder import Recipient
from panel.leave import first_there, routed, stand_in
from storage.tables import Action, Agency, Panel, Seat
from storage.work import UnitOfWork

OF_AGENCY = {
    Recipient.REP: Role.REP,
    Recipient.DEPUTY: Role.DEPUTY,
    Recipient.LEAD: Role.LEAD,
    Recipient.DUTY: Role.DUTY,
}


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

    def may_know(self, case_id: int, user: str) -> bool:
        """Whether somebody, who need hold no role, may know of the case: of a sealed one, whoever is named."""
        sealing = sealed(self._work, self._panel.id, case_id)
        return sealing is None or user in sealing.named

    @cached_property
    def away(self) -> Mapping[str, str | None]:
        """Who is away today, each with whom they named."""
        return away_on(self._work, self._panel.id)

    def code(self, action: Action) -> str:
        """The owner's code; the panel's own office for none."""
        return self.agencies[action.owner_id].code if action.owner_id else PANEL_OFFICE

    def doer(self, action: Action) -> str | None:
        """Who does it: the person named, else the owner's representative or deputy (the office: the coordinator). For
        whoever is away somebody of the owner's stands in; where nobody does it stays theirs."""
        named = action.assignee if action.assignee not in self.recused[action.case_id] else None
        found = [user for user in (named, *self.representatives(action)) if user]
        here = (self._here(user, action.owner_id, action) for user in found)
        return next((user for user in here if user), found[0] if found else None)

    def helper(self, action: Action) -> str | None:
        """Who does it beside the doer, and is told as they are."""
        return action.second if action.second not in self.recused[action.case_id] else None

    def representatives(self, action: Action) -> list[str]:
        """The owner's representative, then the deputy; who is there today comes first. Of the panel's own office, the
        coordinator."""
        if action.owner_id is None:
            return self.coordinator(action)
        return self._answering(action, action.owner_id)

    def owners(self, action: Action) -> list[str]:
        """Who is told of what befalls it: its doer, whoever helps, and the representative, or who stands in for each.
        Nobody who is away: where all of them are it is empty, and the coordinator has to know."""
        told = [self.doer(action), *self._instead(self.helper(action), action), *self.representatives(action)[:1]]
        return list(dict.fromkeys(user for user in told if user and user not in self.away))

    def checkers(self, action: Action) -> list[str]:
        """The victim service's representatives, or who stands in; never of the owner's agency, by another seat either,
        nor whoever does it. Somebody who is away only where all of the service are."""
        services = [id for id, agency in self.agencies.items() if agency.function == Function.VICTIM_SERVICE]
        outside = [[user for user in self._answering(action, id) if not self._own(action, user)] for id in services]
        return list(dict.fromkeys(user for able in outside for user in able[:1]))

    def checkers_here(self, action: Action) -> list[str]:
        """Those of them who are there: where it is empty, the coordinator has to know."""
        return [user for user in self.checkers(action) if user not in self.away]

    def _own(self, action: Action, user: str) -> bool:
        """Whether somebody has a part in doing it: a seat at its owner (the office: the coordinator), or its doer."""
        held = self._seated.get(user, [])
        does = user in (action.assignee, action.second)
        if action.owner_id is None:
            return does or any(seat.role == Role.COORDINATOR for seat in held)
        return does or any(seat.agency_id == action.owner_id for seat in held)

    def chair(self, action: Action, unless: str | None = None) -> list[str]:
        """The chair, else the deputy chair, who stands in on the days on which the chair is away too. `unless`:
        somebody who may not decide on what they brought themselves."""
        held = [*self._holding(action, (Role.CHAIR,)), *self._holding(action, (Role.DEPUTY_CHAIR,))]
        return first_there([user for user in held if user != unless], self.away)[:1]

    def coordinator(self, action: Action) -> list[str]:
        """The coordinator, or who is in their place while they are away."""
        passes, closed = passing_on(self._work, self._panel.id, None), self.recused[action.case_id]
        last = last_resort(self._work, self._panel.id)
        told = (routed(user, passes, last, closed) for user in self._holding(action, (Role.COORDINATOR,)))
        return [user for user in told if user]

    def holders(self, action: Action, recipient: Recipient) -> list[str]:
        """The people behind a role of the ladder who are there today, or who stands in for them; empty when nobody
        is: the coordinator then gets it, with that said."""
        if recipient is Recipient.ASSIGNEE:
            told = [self.doer(action), *self._instead(self.helper(action), action)]
        elif recipient is Recipient.CHECKER:
            told = [*self.checkers(action)]
        elif recipient is Recipient.CHAIR:
            told = [*self.chair(action)]
        elif recipient is Recipient.COORDINATOR:
            return self.coordinator(action)
        elif recipient is Recipient.STEERING:
            return self._holding(action, (Role.STEERING,))  # a report keeps until they are back
        elif recipient is Recipient.REP:
            told = [*self.representatives(action)[:1]]
        else:
            told = self._of_agency(action, OF_AGENCY[recipient])
        return list(dict.fromkeys(user for user in told if user and user not in self.away))

    def _of_agency(self, action: Action, role: Role) -> list[str | None]:
        held = self._holding(action, (role,), action.owner_id) if action.owner_id else []
        return [user for each in held for user in self._instead(each, action)]

    def _instead(self, user: str | None, action: Action) -> list[str | None]:
        """Somebody, or who stands in for them."""
        return [self._here(user, action.owner_id, action)] if user else []

    def _here(self, user: str, agency_id: int | None, action: Action) -> str | None:
        """Who has today what is meant for somebody; None where nobody is there."""
        if user not in self.away:
            return user
        return stand_in(user, passing_on(self._work, self._panel.id, agency_id), self.recused[action.case_id])

    def belongs(self, user: str, agency_id: int | None) -> bool:
        """Whether somebody is on the panel's list for an agency (for the office: chair or coordinator)."""
        office = (Role.COORDINATOR, Role.CHAIR, Role.DEPUTY_CHAIR)
        return any(
            seat.user_id == user and (seat.agency_id == agency_id if agency_id else seat.role in office)
            for seat in self.seats
        )

    def is_away(self, user: str) -> bool:
        """Whether somebody is away today."""
        return user in self.away

    def label(self, user: str | None) -> str:
        """What the set-up calls somebody (initials); nothing for somebody who is not on the list."""
        return next((seat.label for seat in self.seats if user and seat.user_id == user), "")

    def _answering(self, action: Action, agency_id: int | None) -> list[str]:
        """An agency's representative, then its deputy; whoever stands in for one who is away comes before them."""
        held = [user for role in (Role.REP, Role.DEPUTY) for user in self._holding(action, (role,), agency_id)]
        if not self.away:
            return held
        here = [user for each in held if (user := self._here(each, agency_id, action))]
        return list(dict.fromkeys([*here, *held]))

    def _holding(self, action: Action, roles: tuple[Role, ...], agency_id: int | None = None) -> list[str]:
        closed = self.recused[action.case_id]
        found = [user for role in roles for user in self._holders.get((role, agency_id), ())]
        return [user for user in dict.fromkeys(found) if user not in closed]
