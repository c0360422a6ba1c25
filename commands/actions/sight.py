"""How much of an action a person sees, and what they may do with it."""

from __future__ import annotations

from dataclasses import replace

from commands.kit.errors import NoMeeting
from commands.kit.meetings import in_work
from commands.kit.people import thing_of
from commands.kit.reading import Reading, Sight
from panel.access import Person, Thing
from panel.codes import Outcome, Role
from panel.grants import PANEL_OFFICE
from storage.tables import Action, Agency, Case, Meeting, Panel
from storage.work import UnitOfWork


class Eyes:
    """One person's eyes on many actions: each case is read once."""

    def __init__(self, work: UnitOfWork, panel: Panel, person: Person) -> None:
        self.work = work
        self.panel = panel
        self.person = person
        self._readings: dict[tuple[int, int | None], Reading] = {}
        self._things: dict[tuple[int, int | None], Thing] = {}
        self._meetings: dict[int | None, Meeting | None] = {}

    def sight(self, action: Action) -> Sight:
        """As `Reading` has it; and an owner's own people see what they owe, though off the case by now."""
        reading = self.reading(action)
        if reading.reader.recused:
            return Sight.NOTHING
        owner = reading.code(action.owner_id) or PANEL_OFFICE
        office = owner == PANEL_OFFICE and self.person.is_coordinator
        if owner in self.person.agencies or office:
            return Sight.ALL
        seen = reading.sight(action)
        return Sight.ROW if seen is Sight.NOTHING and self._leads(owner) else seen

    def sees_safety(self, action: Action) -> bool:
        """Whether conditions and the reason of a hold are shown to them."""
        return self.reading(action).sees_safety()

    def thing(self, action: Action) -> Thing:
        """The action as the access rules see it; its case is read once."""
        key = self._key(action)
        if key not in self._things:
            case = self.work.get(Case, action.case_id)
            self._things[key] = thing_of(self.work, case, self._meetings[action.meeting_id])
        return replace(
            self._things[key],
            agency=self.reading(action).code(action.owner_id) or PANEL_OFFICE,
            assignee=action.assignee,
            second=action.second,
            sensitive=is_sensitive(action),
        )

    def _leads(self, owner: str) -> bool:
        return any(held.role in (Role.LEAD, Role.DUTY) and held.agency == owner for held in self.person.roles)

    def reading(self, action: Action) -> Reading:
        """Their eyes on its case."""
        key = self._key(action)
        meeting = self._meetings[action.meeting_id]
        if key not in self._readings:
            case = self.work.get(Case, action.case_id)
            self._readings[key] = Reading(self.work, self.panel, self.person, case, meeting)
        return self._readings[key]

    def _key(self, action: Action) -> tuple[int, int | None]:
        if action.meeting_id not in self._meetings:
            self._meetings[action.meeting_id] = meeting_of(self.work, self.panel, action)
        meeting = self._meetings[action.meeting_id]
        return action.case_id, meeting.id if meeting else None


def meeting_of(work: UnitOfWork, panel: Panel, action: Action) -> Meeting | None:
    """The meeting whose invitations count for an action: where it was agreed, else the one in work."""
    if action.meeting_id is not None:
        return work.get(Meeting, action.meeting_id)
    try:
        return in_work(work, panel)
    except NoMeeting:
        return None


def thing(work: UnitOfWork, panel: Panel, action: Action, author: str | None = None) -> Thing:
    """An action as the access rules see it. `author`: who reported or asked what is to be decided."""
    owner = work.get(Agency, action.owner_id) if action.owner_id else None
    found = thing_of(
        work,
        work.get(Case, action.case_id),
        meeting_of(work, panel, action),
        owner,
        assignee=action.assignee,
        author=author,
        sensitive=is_sensitive(action),
        panel_office=owner is None,
    )
    return replace(found, second=action.second)


def is_sensitive(action: Action) -> bool:
    """Whether its outcome is for the chair and the victim service."""
    return action.outcome is not None and Outcome(action.outcome).sensitive
