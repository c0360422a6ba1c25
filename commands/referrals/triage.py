"""/panel triage: the referrals that wait, and the answers of one of them."""

from __future__ import annotations

from datetime import date

from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, button, context, divider, paragraphs, section
from commands.kit.errors import NoSuchThing
from commands.kit.meetings import zone_of
from commands.kit.text import count, day, weekday
from commands.kit.turn import Turn
from commands.kit.views import paged
from commands.referrals.additions import not_among
from commands.referrals.facts import deferred, to_triage
from commands.referrals.refer import MANY
from panel.access import Thing, Verb
from panel.codes import Route, WhereaboutsType
from storage.tables import Agency, Meeting, Referral, ReferralAddition


def open_list(turn: Turn) -> Answer:
    """The list."""
    return Show(_list(turn))


def turn_page(turn: Turn) -> Answer:
    """Another page of it, in its place."""
    return Replace(_list(turn))


def _list(turn: Turn) -> Block:
    turn.need(Verb.TRIAGE, Thing())
    return list_view(turn)


def list_view(turn: Turn) -> Block:
    """Every referral that waits: its reference, its agency and its date, no content."""
    waiting, put_off = to_triage(turn.work, turn.panel), deferred(turn.work, turn.panel)
    about = About(panel=turn.panel.id, page=turn.about.page)
    parts = [[section(turn.say("referrals/list", waiting=len(waiting), put_off=len(put_off)))]]
    parts += [[_row(turn, referral, about)] for referral in waiting]
    if put_off:
        parts += [[divider(), context("Deferred for information")]]
    parts += [[_row(turn, referral, about)] for referral in put_off]
    return paged("Triage", parts, about, "referrals.turn", name="referrals.list")


def _row(turn: Turn, referral: Referral, about: About) -> Block:
    text = f"*{referral.ref}* · {received(turn, referral)}"
    return section(text, button("Open", "referrals.triage.open", about.but(referral=referral.id)))


def day_of(turn: Turn, row: Referral | ReferralAddition) -> date:
    """The day on which it came, where the panel is."""
    return row.at.astimezone(zone_of(turn.panel)).date()


def received(turn: Turn, referral: Referral) -> str:
    """Who sent it and when, and whether it is urgent or late."""
    agency = turn.work.get(Agency, referral.agency_id).code if referral.agency_id else "the panel's office"
    on = day(day_of(turn, referral))
    marks = [mark for mark, holds in (("urgent", referral.urgent), ("after the deadline", referral.late)) if holds]
    return " · ".join([f"from {agency}, {on}", *marks])


def to_be_triaged(turn: Turn) -> Referral:
    """The referral a view or button is about. Whoever referred somebody they know does not decide on it."""
    referral = turn.work.get(Referral, turn.about.referral)
    if referral.panel_id != turn.panel.id:
        raise NoSuchThing
    recused = frozenset({referral.by_user}) if referral.conflict else frozenset[str]()
    recused |= not_among(turn.work, referral)
    turn.need(Verb.TRIAGE, Thing(recused=recused))
    return referral


def answers_of(turn: Turn, referral: Referral) -> list[Block]:
    """What the referrer wrote, to be read and not to be changed."""
    told = referral.answers or {}
    lines = [
        f"*{referral.ref}* · {received(turn, referral)}",
        f"Route: {', '.join(Route(code).label for code in referral.routes)}",
        f"Whereabouts: {WhereaboutsType(told['whereabouts']).label}{_verified(told['verified'])}",
        f"Victims: {_victims(told['victims'])} · Children: {told['children']}",
        f"Knows somebody in it personally: {'yes' if referral.conflict else 'no'} · Basis for sharing considered: yes",
        f"For the meeting: {_meeting(turn, referral)}",
    ]
    urgent = paragraphs(told["urgent"], before="*Why it is urgent*\n") if told["urgent"] else []
    return [section("\n".join(lines)), *urgent, *paragraphs(told["why"], before="*Why a panel*\n"), divider()]


def _verified(text: str | None) -> str:
    return f", verified {weekday(date.fromisoformat(text))}" if text else ", not verified"


def _victims(number: int) -> str:
    if not number:
        return "not yet identified"
    return f"{MANY} or more" if number == MANY else count(number, "victim")


def _meeting(turn: Turn, referral: Referral) -> str:
    return weekday(turn.work.get(Meeting, referral.meeting_id).day) if referral.meeting_id else "not planned yet"
