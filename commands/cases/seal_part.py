"""Where a seal shows: in the record of its case, on App Home of those named, and in the messages to them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import col

from commands.cases.seal_list import ref_of
from commands.kit.about import About
from commands.kit.blocks import Block, button, divider, section
from commands.kit.notices import Rendered, say
from commands.kit.sealing import sealing_of
from commands.kit.service import Service
from commands.kit.text import count
from commands.kit.turn import Turn
from commands.kit.waits import Waiting
from commands.kit.words import Words
from panel.access import Person
from storage.outbox import Owed
from storage.tables import Case, Panel, Seal, SealedReader
from storage.work import UnitOfWork

LIST = "cases.seal.list"


def draw(turn: Turn, case: Case, about: About) -> list[Block]:
    """In the record: whether it is sealed, and for how many."""
    seal = next(iter(turn.work.rows(Seal, case_id=case.id, lifted_at=None)), None)
    if seal is None:
        return [divider(), section(turn.say("cases/not_sealed"), button("Seal this case", "cases.seal", about))]
    named = count(len(sealing_of(turn.work, seal).named), "person", "people")
    said = turn.say("cases/is_sealed", seal=seal, named=named)
    return [divider(), section(said, button("Who may know", LIST, _about(seal)))]


def door(turn: Turn, case: Case, about: About) -> list[Block]:
    """For a representative who is named: that others do not know of it."""
    seals = turn.work.rows(Seal, case_id=case.id, lifted_at=None)
    return [section(turn.say("cases/sealed_door"))] if seals else []


def waits(words: Words, work: UnitOfWork, panel: Panel, person: Person) -> Iterator[Waiting]:
    """A line for each sealed case that this person is named on, with the door to it."""
    mine = [row.seal_id for row in work.rows(SealedReader, user_id=person.user, until=None)]
    if not mine:
        return
    seals = work.find(Seal, col(Seal.id).in_(mine), Seal.panel_id == panel.id, col(Seal.lifted_at).is_(None))
    for seal in seals:
        opens, about = way_in(seal)
        yield Waiting(words("cases/sealed_waits", ref=ref_of(work, seal)), ("Open", opens), about)


def way_in(seal: Seal) -> tuple[str, About]:
    """What the button of somebody who is named opens: the case itself, or the list while there is none."""
    if seal.case_id is not None:
        return "cases.open", About(panel=seal.panel_id, case=seal.case_id)
    return LIST, _about(seal)


def told(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """That they are named. Not sent to somebody who was taken off meanwhile: they do not find it."""
    seal = work.get(Seal, owed.about["seal"])
    if seal.lifted_at is not None:
        return None
    opens, about = way_in(seal)
    return say(service.words("cases/sealed_told", ref=ref_of(work, seal)), button("Open", opens, about))


def part_told(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """When its part of the meeting is. Not sent where that was set anew."""
    seal = work.get(Seal, owed.about["seal"])
    at = (seal.details or {}).get("part")
    if seal.lifted_at is not None or at is None or f":{at}:" not in owed.name:
        return None
    opens, about = way_in(seal)
    zone, ref = work.get(Panel, seal.panel_id).timezone, ref_of(work, seal)
    said = service.words("cases/sealed_part", ref=ref, at=datetime.fromisoformat(at), zone=zone)
    return say(said, button("Open", opens, about))


def _about(seal: Seal) -> About:
    return About(panel=seal.panel_id, row=seal.id, version=seal.version)
