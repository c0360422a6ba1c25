"""/refer mine: what somebody referred, where each stands, and the door to its sections."""

from __future__ import annotations

from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, button, section
from commands.kit.text import day
from commands.kit.turn import Turn
from commands.kit.views import paged
from commands.referrals.facts import mine, state_of
from commands.referrals.triage import day_of
from panel.access import Thing, Verb


def open_list(turn: Turn) -> Answer:
    """The list."""
    return Show(view(turn))


def turn_page(turn: Turn) -> Answer:
    """Another page of it, in its place."""
    return Replace(view(turn))


def view(turn: Turn) -> Block:
    """Reference, day and state of each, newest first."""
    turn.need(Verb.REFER, Thing())
    about = About(panel=turn.panel.id, page=turn.about.page)
    found = mine(turn.work, turn.panel, turn.user)
    parts = [[section(turn.say("referrals/mine", many=len(found)))]]
    for referral in found:
        said = f"*{referral.ref}* · {day(day_of(turn, referral))} · {state_of(referral)}"
        parts.append(
            [section(said, button("Open", "referrals.sections.open", about.but(page=None, referral=referral.id)))]
        )
    return paged("My referrals", parts, about, "referrals.mine", name="referrals.mine")
