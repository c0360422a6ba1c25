"""What an action rests on: updates of agencies on its case. It inherits the tightest restriction of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from sqlmodel import col

from commands.actions.sight import Eyes, meeting_of
from commands.actions.words import restriction_words
from commands.kit.about import About
from commands.kit.blocks import Block, button, label, section
from commands.kit.errors import NoSuchThing
from commands.kit.people import agencies_by_id
from commands.kit.reading import Reading, reads_early, source_withheld, still_to_come
from commands.kit.turn import Turn
from panel.access import Person, RoleHeld
from panel.codes import Function, Role
from panel.grants import PANEL_OFFICE
from panel.restriction import Item as Read
from panel.restriction import ItemKind, Restriction, carried, tightest
from storage.tables import Action, Agency, Case, Ground, Item, Meeting, Panel
from storage.work import UnitOfWork

GROUND = "item:"  # before the id of the first of the items that one choice stands for


def ground_choices(turn: Turn, case: Case, meeting: Meeting | None) -> list[tuple[str, str]]:
    """The updates that this person may read, for a menu: one choice for all that an agency wrote for the same
    readers. The look is audited; no word of an update stands in it."""
    found = _readable(turn, case, meeting)
    if found:
        turn.audit("listed", f"updates of case:{case.id}", case_id=case.id, shown=len(found))
    codes = agencies_by_id(turn.work, turn.panel.id)
    return [(f"{GROUND}{lot[0].id}", label(f"Rests on {_source(codes, lot[0])}: {_readers(lot[0])}")) for lot in found]


def resting(turn: Turn, case: Case, meeting: Meeting | None, chosen: Sequence[str]) -> tuple[Sequence[Item], list[str]]:
    """What was chosen, apart: the items it rests on, the references of actions that come first. Raises NoSuchThing
    for an item that this person may not read, or not any more."""
    wanted = {choice.removeprefix(GROUND) for choice in chosen if choice.startswith(GROUND)}
    lots = {str(lot[0].id): lot for lot in _readable(turn, case, meeting)} if wanted else {}
    if not wanted <= set(lots):
        raise NoSuchThing(field="depends")
    items = [item for key in sorted(wanted, key=int) for item in lots[key]]
    return items, [choice for choice in chosen if not choice.startswith(GROUND)]


def rest(work: UnitOfWork, action: Action, items: Sequence[Item]) -> None:
    """Remember what an action rests on."""
    for item in items:
        assert action.id is not None and item.id is not None
        work.add(Ground(action_id=action.id, item_id=item.id))


def grounds_of(work: UnitOfWork, action: Action) -> Sequence[Item]:
    """The items an action rests on, whether they stand or were replaced since."""
    ids = [row.item_id for row in work.rows(Ground, action_id=action.id)]
    return work.rows(Item, id=ids) if ids else ()


def floor_of(work: UnitOfWork, panel: Panel, items: Sequence[Item]) -> Restriction:
    """The tightest restriction of these items; of none, everyone may read."""
    agencies = agencies_by_id(work, panel.id)
    police = [agency.code for agency in agencies.values() if agency.function == Function.POLICE]
    codes = [agencies[item.agency_id].code if item.agency_id else None for item in items]
    read = [
        Read(Restriction.parse(item.restriction), code, ItemKind(item.audience))
        for item, code in zip(items, codes, strict=True)
    ]
    return tightest(*(carried(item, police) for item in read))


def hidden_from_owner(work: UnitOfWork, panel: Panel, action: Action) -> bool:
    """Whether the owner's representative, whoever it is, may not read all that the action rests on."""
    items = grounds_of(work, action)
    if not items:
        return False
    owner = agencies_by_id(work, panel.id)[action.owner_id] if action.owner_id else None
    role = RoleHeld(Role.REP, owner.code, Function(owner.function)) if owner else RoleHeld(Role.COORDINATOR)
    case = work.get(Case, action.case_id)
    reading = Reading(work, panel, Person("", frozenset({role})), case, meeting_of(work, panel, action))
    return not all(reading.may_read(item) for item in items)


def warning(turn: Turn, action: Action) -> list[Block]:
    """Its owner's people read an action's words: said where they may not read what it rests on."""
    if not hidden_from_owner(turn.work, turn.panel, action):
        return []
    about = About(panel=turn.panel.id, case=action.case_id, action=action.id)
    owner = agencies_by_id(turn.work, turn.panel.id)[action.owner_id].code if action.owner_id else PANEL_OFFICE
    return [section(turn.say("actions/rests_on_hidden", owner=owner), button("Open", "actions.open", about))]


def sources_of(work: UnitOfWork, eyes: Eyes, action: Action) -> list[str]:
    """The agencies on whose updates it rests, of those that this person may read."""
    reading = eyes.reading(action)
    codes = agencies_by_id(work, action.panel_id)
    return sorted({_source(codes, item) for item in grounds_of(work, action) if reading.may_read(item)})


def _readable(turn: Turn, case: Case, meeting: Meeting | None) -> list[list[Item]]:
    """What this person may read of the newest updates on the case, in lots of one agency's for the same readers. What
    is to be said in the room has no words, so nothing can rest on it."""
    reading = Reading(turn.work, turn.panel, turn.person, case, meeting)
    early = meeting is None or meeting.agenda_issued_at is not None or reads_early(turn.person)
    own, later = reading.reader.agencies, still_to_come(turn.work, turn.person, meeting)
    found = [
        item for item in reading.items(col(Item.body).is_not(None))
        if reading.code(item.agency_id) in own or (early and item.meeting_id not in later)
    ]  # fmt: skip
    newest = max((item.meeting_id for item in found if item.meeting_id), default=None)
    lots = sorted((item for item in found if item.meeting_id in (newest, None)), key=_lot)
    return [sorted(lot, key=lambda item: item.id or 0) for _, lot in groupby(lots, key=_lot)]


def _lot(item: Item) -> tuple[int, str, str]:
    return item.agency_id or 0, item.audience, item.restriction


def _source(codes: Mapping[int | None, Agency], item: Item) -> str:
    if source_withheld(item):
        return "Source withheld"
    return codes[item.agency_id].code if item.agency_id else PANEL_OFFICE


def _readers(item: Item) -> str:
    """For whom it was written, in words."""
    audience = ItemKind(item.audience)
    return audience.label if audience is not ItemKind.SHARED else restriction_words(Restriction.parse(item.restriction))
