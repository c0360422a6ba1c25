"""A manager signs off what is referred on professional judgement: a second person of the agency, never the referrer."""

from __future__ import annotations

from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show, Tell
from commands.kit.blocks import Block, actions, button, context, header, section
from commands.kit.cover import there
from commands.kit.errors import NoSuchThing, Refusal
from commands.kit.people import agencies_by_id, seats_of
from commands.kit.text import weekday
from commands.kit.turn import Turn
from commands.kit.views import modal
from commands.referrals import additions
from commands.referrals.triage import answers_of, day_of
from panel.access import Thing, Verb
from panel.codes import Role
from panel.referral import SIGNED_OFF
from storage.tables import Referral, ReferralAddition
from storage.work import UnitOfWork

MANAGERS = (Role.LEAD, Role.DUTY, Role.REP, Role.DEPUTY)  # asked in this order: the first role that somebody holds


class NobodyToAsk(Refusal):
    """Nobody else of your agency is on this panel. Ask the coordinator to add its lead with /panel people."""


class AllAway(Refusal):
    """Who else of your agency could sign this off is away today. Ask once they are back, or tell the coordinator."""


class SignedAlready(Refusal):
    """This referral has been signed off already."""


def needed(referral: Referral) -> bool:
    """Whether a second person's word belongs to it (field reference 4.2)."""
    return bool(additions.routes_of(referral) & SIGNED_OFF) and referral.agency_id is not None


def given(work: UnitOfWork, referral: Referral) -> ReferralAddition | None:
    """The sign-off, if there is one."""
    return next(iter(additions.rows(work, referral, additions.SIGNED_OFF)), None)


def row(turn: Turn, referral: Referral, about: About) -> list[Block]:
    """Its line in the list of sections."""
    signed = given(turn.work, referral)
    if signed is not None:
        return [section(f"*Manager's sign-off*\nGiven on {weekday(day_of(turn, signed))} by <@{signed.by_user}>")]
    ask = button("Ask for it", "referrals.sign_off.ask", about)
    return [section("*Manager's sign-off*\nNot given yet. A second person of your agency gives it.", ask)]


def ask(turn: Turn) -> Answer:
    """A word to the agency's lead, or who stands in; where it has none, to whoever else stands for it."""
    referral = additions.may_be_added_to(turn)
    if given(turn.work, referral) is not None:
        raise SignedAlready
    managers = _managers(turn.work, referral)
    for to in managers:
        day = turn.work.now.date().isoformat()
        turn.work.owe(
            f"referral_sign_off:{referral.id}:{day}:{to}", "referrals.sign_off", to, panel_id=referral.panel_id,
            about={"referral": referral.id},
        )  # fmt: skip
    turn.audit("asked_sign_off", f"referral:{referral.id}", asked=len(managers))
    return Tell(turn.say("referrals/sign_off_asked", referral=referral, asked=len(managers)))


def _managers(work: UnitOfWork, referral: Referral) -> list[str]:
    """Those of the first role in which somebody is there who may sign, or who stands in for them. Raises NobodyToAsk,
    AllAway."""
    shut = additions.seen_as(work, referral).recused | {referral.by_user}
    theirs = [seat for seat in seats_of(work, referral.panel_id) if seat.agency_id == referral.agency_id]
    held = {
        role: [seat.user_id for seat in theirs if seat.role == role and seat.user_id not in shut] for role in MANAGERS
    }
    for users in held.values():
        found = [there(work, referral.panel_id, user, referral.agency_id, shut) for user in users if user]
        if here := [user for user in dict.fromkeys(found) if user]:
            return here
    raise AllAway if any(held.values()) else NobodyToAsk


def show(turn: Turn) -> Answer:
    """The referral, for whoever is to sign it off."""
    referral = _to_be_signed(turn)
    turn.audit("opened", f"referral:{referral.id}", case_id=referral.case_id, section="sign_off")
    return Show(_view(turn, referral))


def sign(turn: Turn) -> Answer:
    """Signed: who and when stand beside the referral from now on."""
    referral = _to_be_signed(turn)
    if given(turn.work, referral) is not None:
        raise SignedAlready
    additions.add(turn, referral, additions.SIGNED_OFF, {})
    turn.audit("signed_off", f"referral:{referral.id}", case_id=referral.case_id)
    return Replace(_view(turn, referral))


def _to_be_signed(turn: Turn) -> Referral:
    referral = turn.work.get(Referral, turn.about.referral)
    if referral.panel_id != turn.panel.id:
        raise NoSuchThing
    agency = agencies_by_id(turn.work, turn.panel.id).get(referral.agency_id)
    closed = additions.seen_as(turn.work, referral).recused
    thing = Thing(agency=agency.code if agency else None, author=referral.by_user, recused=closed)
    turn.need(Verb.SIGN_OFF_REFERRAL, thing)
    return referral


def _view(turn: Turn, referral: Referral) -> Block:
    about = About(panel=turn.panel.id, referral=referral.id)
    signed = given(turn.work, referral)
    if signed:
        end: Block = context(f"Signed off on {weekday(day_of(turn, signed))} by <@{signed.by_user}>")
    else:
        asks = "Your name and the day stand beside the referral."
        end = actions(button("Sign it off", "referrals.sign_off.sign", about, style="primary", ask=asks))
    return modal("Sign-off", [header(referral.ref), *answers_of(turn, referral), end], about, name="referrals.sign_off")
