"""Reading: which items and which actions a person may see on a case. Every journey reads through here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from enum import Enum

from sqlmodel import col

from commands.kit.meetings import settings_of, today
from commands.kit.people import agencies_by_id, thing_of
from panel import restriction
from panel.access import Person, as_reader
from panel.basis import may_share
from panel.codes import Function, SafetyStatus
from panel.codes.returns import Handling
from panel.restriction import ItemKind, Reader, Restriction, may_read, sees_marker
from storage.tables import Action, Case, Item, Meeting, Panel
from storage.work import UnitOfWork

FACING = "facing"  # in a case's picture: by user, whether they work with the subject


class Sight(Enum):
    """How much of an action a person sees."""

    NOTHING = 0  # neither its row nor a gap in the numbering
    ROW = 1  # reference, owner, date and status; not its words
    ALL = 2


class Reading:
    """One person's eyes on one case. Recusal, invitation and every restriction are already in it."""

    def __init__(self, work: UnitOfWork, panel: Panel, person: Person, case: Case, meeting: Meeting | None) -> None:
        self.work = work
        self.case = case
        self.person = person
        self.on: date = today(panel, work.now)
        self.reader: Reader = as_reader(_on_this_case(person, case), thing_of(work, case, meeting))
        self.agencies = agencies_by_id(work, panel.id)
        self.needs_basis = settings_of(panel).sharing.basis_required

    @property
    def allowed(self) -> bool:
        """Whether the case is open to this person at all."""
        return self.reader.on_case and not self.reader.recused

    def items(self, *conditions: object) -> Sequence[Item]:
        """The items on the case that this person may read, oldest first (verbal ones as bare markers)."""
        found = self.work.find(Item, Item.case_id == self.case.id, col(Item.replaced_at).is_(None), *conditions)
        return [item for item in found if self.may_read(item)]

    def may_read(self, item: Item) -> bool:
        """Whether they may read this item, or see that somebody has something to say in the room."""
        limits = Restriction.parse(item.restriction)
        if not restriction.stores_text(limits):
            return sees_marker(self.reader)
        source = self.code(item.agency_id)
        if source is not None and source not in self.reader.agencies and not may_share(item.basis, self.needs_basis):
            return False
        what = restriction.Item(limits, source, ItemKind(item.audience))
        return may_read(self.reader, what, self.on)

    def sight(self, action: Action) -> Sight:
        """How much they see of an action: the chair agreed it, its doer does it, the victim service checks it."""
        if self.person.user in (action.assignee, action.second) and not self.reader.recused:
            return Sight.ALL
        if not self.allowed:
            return Sight.NOTHING
        checked = action.safety != SafetyStatus.NOT_REQUIRED and Function.VICTIM_SERVICE in self.reader.functions
        limits = restriction.Item(Restriction.parse(action.restriction), self.code(action.owner_id))
        if self.reader.acting_chair or checked or may_read(self.reader, limits, self.on):
            return Sight.ALL
        return Sight.ROW if self.reader.coordinator else Sight.NOTHING

    def sees_safety(self) -> bool:
        """Whether conditions and the reasons of a hold are shown: to the victim service and the chair."""
        return self.allowed and (self.reader.acting_chair or self.reader.functions == {Function.VICTIM_SERVICE})

    def source(self, item: Item) -> str:
        """The agency an item comes from, as this person may know it: its writer may keep that from the police."""
        code = self.code(item.agency_id) or ""
        return "source withheld" if source_withheld(item) and code not in self.reader.agencies else code

    def code(self, agency_id: int | None) -> str | None:
        """An agency's code; None for the panel's own office."""
        return self.agencies[agency_id].code if agency_id else None


def _on_this_case(person: Person, case: Case) -> Person:
    """Whether they work with the subject is said of a person on a case (field reference 5.4); else it is believed of
    what their agency does."""
    told = (case.picture.get(FACING) or {}).get(person.user)
    return person if told is None else replace(person, perp_facing=told)


def source_withheld(item: Item) -> bool:
    """Whether the police are not told which agency sent them this."""
    return item.audience == ItemKind.INTELLIGENCE and (item.details or {}).get("handling") == Handling.SOURCE_WITHHELD


def still_to_come(work: UnitOfWork, person: Person, meeting: Meeting | None) -> frozenset[int | None]:
    """The meetings (by id) after this one whose agenda is not out: what others wrote for them this person may not read
    yet, from whichever meeting's papers they open the case."""
    if meeting is None or reads_early(person):
        return frozenset()
    later = work.find(
        Meeting, Meeting.panel_id == meeting.panel_id, col(Meeting.agenda_issued_at).is_(None),
        Meeting.starts_at > meeting.starts_at,
    )  # fmt: skip
    return frozenset(each.id for each in later)


def reads_early(person: Person) -> bool:
    """Chair, coordinator and victim service prepare the meeting; the others read each other once it is issued, or in
    an emergency."""
    prepares = person.is_chair or person.is_coordinator or Function.VICTIM_SERVICE in person.functions
    return prepares or person.in_emergency
