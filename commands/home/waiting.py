"""What waits for somebody on one panel: a sentence each, and the button that opens just that. Counts and dates only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from commands.actions.cast import Cast
from commands.actions.facts import open_actions
from commands.agendas.issue import unapproved
from commands.kit.alerts import alerted
from commands.kit.people import person_on
from commands.kit.service import Service
from commands.kit.waits import Door, Waiting
from commands.meetings.reading import newest_of
from commands.meetings.which import due_to_record
from commands.panels.counts import returns
from commands.reminders.doors import MINE, by_door
from commands.reminders.standing import collecting, on_panel
from commands.updates.current import deadline_of
from panel.access import Allowed, Person, Thing, Verb, may
from panel.codes import Role
from panel.digest import Line, PersonFacts
from storage.tables import Meeting, Panel
from storage.work import UnitOfWork

AGENDA: Door = ("Agenda", "/agenda")
RECORD: Door = ("The meeting's record", "/panel record")
MINUTES: Door = ("The minutes", "/panel minutes")
BOARD: Door = ("Return board", "/panel board")


@dataclass(frozen=True)
class Look:
    """One person looking at one panel."""

    service: Service
    work: UnitOfWork
    panel: Panel
    person: Person

    def line(self, door: Door, what: str, **facts: Any) -> Waiting:
        """A line; `what` says which sentence of home/line."""
        return Waiting(self.service.words("home/line", what=what, zone=self.panel.timezone, **facts), door)


def waiting(look: Look) -> list[Waiting]:
    """Everything that waits: what the meeting needs from them, the lines of the digest, what the journeys registered,
    returns, actions in hand."""
    theirs = (find(look.work, look.panel, look.person) for find in look.service.waits)
    registered = [each for found in theirs for each in found]
    return [*_for_the_meeting(look), *_as_in_the_digest(look), *registered, *_returns(look), *_in_hand(look)]


def _for_the_meeting(look: Look) -> Iterator[Waiting]:
    """The agenda and the minutes wait for whoever may approve them, the record for the coordinator."""
    work, panel = look.work, look.panel
    chairs = look.person.has(Role.CHAIR, Role.DEPUTY_CHAIR)
    agenda = unapproved(work, panel) if chairs else None
    if agenda and _may(look, Verb.APPROVE_AGENDA, agenda):
        yield look.line(AGENDA, "agenda", meeting=agenda)
    record = due_to_record(work, panel) if look.person.user in _coordinating(look) else None
    if record:
        yield look.line(RECORD, "record", meeting=record)
    last = newest_of(work, panel) if chairs else None
    if last and last[1].approved_at is None and _may(look, Verb.APPROVE_MINUTES, last[0]):
        yield look.line(MINUTES, "minutes", meeting=last[0])


def _may(look: Look, verb: Verb, meeting: Meeting) -> bool:
    there = person_on(look.work, look.panel, look.person.user, meeting)
    return isinstance(may(there, verb, Thing()), Allowed)


def _coordinating(look: Look) -> list[str]:
    return alerted(look.work, look.panel.id or 0, Role.COORDINATOR)


def _as_in_the_digest(look: Look) -> Iterator[Waiting]:
    user = look.person.user
    facts = on_panel(look.work, look.panel, user, early=True).get(user, PersonFacts())
    for line, number, door in by_door(facts, look.work.now):
        until = _due(look) if line is Line.UPDATES_OUTSTANDING else None
        yield look.line(door, "digest", line=line, number=number, until=until)


def _due(look: Look) -> datetime | None:
    """By when updates are to come; None while cycles overlap, because the count is over both."""
    asking = collecting(look.work, look.panel)
    return deadline_of(look.work, asking[0]) if len(asking) == 1 else None


def _returns(look: Look) -> Iterator[Waiting]:
    """Whoever looks after the returns reads how many are in, until all of them are."""
    if look.person.user not in _coordinating(look):
        return
    for meeting in collecting(look.work, look.panel)[:1]:
        done, asked = returns(look.work, meeting)
        if done < asked:
            until = deadline_of(look.work, meeting)
            yield look.line(BOARD, "returns", done=done, asked=asked, until=until, past=until <= look.work.now)


def _in_hand(look: Look) -> Iterator[Waiting]:
    """How many actions that have not ended are this person's to do."""
    cast = Cast(look.work, look.panel)
    mine = sum(cast.doer(action) == look.person.user for action in open_actions(look.work, look.panel))
    if mine:
        yield look.line(MINE, "in_hand", number=mine)
