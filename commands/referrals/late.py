"""A referral that came after the deadline: the chair takes it at the nearest meeting, or leaves it for the next."""

from __future__ import annotations

from collections.abc import Iterator

from sqlmodel import col

from commands.kit.about import About
from commands.kit.blocks import Block, button
from commands.kit.turn import Turn
from commands.kit.waits import Waiting
from commands.kit.words import Words
from commands.referrals import additions
from commands.referrals.facts import OPEN, meetings_for
from panel.access import Person, Thing, Verb, may
from storage.tables import Meeting, Panel, Referral
from storage.work import UnitOfWork

LATE = "late"  # the addition that says what the chair decided
THIS, NEXT = "this", "next"


def buttons(turn: Turn, referral: Referral, nearest: Meeting | None, about: About) -> list[Block]:
    """What the chair can still decide about a late one."""
    if not referral.late or nearest is None or referral.urgent:
        return []
    taken = referral.meeting_id == nearest.id
    if taken:
        return [button("Leave it for the next meeting", "referrals.late.next", about)]
    asks = "If its requests are out, every agency is asked about this case as soon as it is accepted."
    made = [button("Take it at the nearest meeting", "referrals.late.this", about, ask=asks)]
    if not decided(turn.work, referral):
        made.append(button("Leave it for the next meeting", "referrals.late.next", about))
    return made


def decided(work: UnitOfWork, referral: Referral) -> str | None:
    """For which meeting the chair has put a late one; None while that is open."""
    told = additions.latest(work, referral).get(LATE)
    return told["for"] if told else None


def waits(words: Words, work: UnitOfWork, panel: Panel, person: Person) -> Iterator[Waiting]:
    """For App Home: how many late ones wait for the chair's word, and the day of the meeting they may still come to."""
    nearest, _ = meetings_for(work, panel) if may(person, Verb.DECLARE_URGENT, Thing()) else (None, None)
    if nearest is None:
        return
    undecided = (col(Referral.status).in_(OPEN), col(Referral.late), col(Referral.urgent).is_(False))
    found = work.find(Referral, Referral.panel_id == panel.id, *undecided)
    number = sum(each.meeting_id != nearest.id and decided(work, each) is None for each in found)
    if number:
        text = words("referrals/late_waits", number=number, meeting=nearest)
        yield Waiting(text, ("Decide", "/panel triage"))
