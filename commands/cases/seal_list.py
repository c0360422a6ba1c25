"""Who may know of a sealed case: the list as the office reads it, and what its chair changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from commands.cases.seal import CHAIRS, ask_again, of_agencies, put_reader
from commands.kit.about import About
from commands.kit.answers import Answer, Back, Replace, Show, Tell
from commands.kit.blocks import Block, actions, button, divider, section, sections
from commands.kit.errors import ChangedMeanwhile, NoSuchThing, Refusal
from commands.kit.fields import Moment, Tick, Who
from commands.kit.forms import Form, ask
from commands.kit.people import agencies_by_id, seats_of
from commands.kit.sealing import sealing_of, thing_sealed
from commands.kit.turn import Turn
from commands.kit.views import modal
from panel.access import Verb, may
from panel.codes import SealReason
from panel.mail import outside_slack
from storage.tables import Action, Case, Referral, Seal, SealedReader
from storage.work import UnitOfWork


class KeptOut(Refusal):
    """This person has a part for an agency that is kept out, so nobody can name them."""


class NotThemselves(Refusal):
    """Somebody must be left who chairs it. Name another chair first."""


class NotYet(Refusal):
    """Choose a moment that is still to come."""


@dataclass
class NameReader(Form):
    """One more."""

    name = "cases.seal.name"
    title = "Name somebody"
    submit = "Name them"
    who: str = ask(Who("Who may know of this case?", "What they may read is decided by their part, as on every case."))
    chairs: bool = ask(
        Tick("From outside", "They need no part on the panel.", saying="They chair this case", optional=True), False
    )


@dataclass
class SealedPart(Form):
    """When it is taken."""

    name = "cases.seal.part"
    title = "The sealed part"
    submit = "Tell those named"
    at: datetime = ask(Moment("When is the case taken?", "In a part of its own, with those named alone."))


def open_list(turn: Turn) -> Answer:
    """The list, for chair and coordinator as far as they are named."""
    seal = _seal(turn)
    turn.audit("opened", f"seal:{seal.id}", case_id=seal.case_id)
    return Show(list_view(turn, seal))


def list_view(turn: Turn, seal: Seal) -> Block:
    """Why it is sealed, who is named, and what still has to be put right."""
    about = About(panel=turn.panel.id, row=seal.id, version=seal.version)
    case = turn.work.look(Case, seal.case_id)
    said = turn.say(
        "cases/seal_list", seal=seal, ref=ref_of(turn.work, seal), out=_codes(turn, seal),
        reason=SealReason((seal.details or {})["reason"]).label, part=_moment(seal),
        strangers=_given_to_others(turn.work, seal), chaired=_is_chaired(turn, seal),
    )  # fmt: skip
    chair = bool(may(turn.person, Verb.CHANGE_SEAL, thing_sealed(turn.work, turn.panel.id, seal)))
    rows = [_row(row, about, chair) for row in turn.work.rows(SealedReader, seal_id=seal.id, until=None)]
    doors = [button("Open the case", "cases.open", About(panel=turn.panel.id, case=case.id))] if case else []
    if case is None and seal.referral_id is not None:
        here = About(panel=turn.panel.id, referral=seal.referral_id)
        doors = [button("Open the referral", "referrals.triage.open", here)]
    return modal("Sealed", [*sections(said), *rows, divider(), actions(*doors, *_moves(about, chair))], about,
                 name="cases.seal.list")  # fmt: skip


def open_name(turn: Turn) -> Answer:
    """The form to name somebody."""
    _to_change(turn)
    return Show(NameReader.draw(turn.about))


def save_name(turn: Turn, form: NameReader) -> Answer:
    """They are told. Raises KeptOut."""
    seal = _to_change(turn)
    out = of_agencies(turn, sealing_of(turn.work, seal).kept_out)
    if form.who in out or outside_slack(form.who):
        raise KeptOut(field="who")
    put_reader(turn, seal, form.who, chairs=form.chairs)
    theirs = {seat.agency_id: seat for seat in seats_of(turn.work, turn.panel.id) if seat.user_id == form.who}
    ask_again(turn, seal, theirs)
    seal.version += 1
    turn.work.session.flush()
    return Back(list_view(turn, seal))


def take_off(turn: Turn) -> Answer:
    """Gone for them at once. Raises NotThemselves where nobody would be left who chairs it."""
    seal = _to_change(turn)
    user = turn.about.code
    rows = [row for row in turn.work.rows(SealedReader, seal_id=seal.id, until=None) if row.user_id == user]
    if not rows:
        raise NoSuchThing
    for row in rows:
        row.until = turn.work.now
    seal.version += 1
    turn.work.session.flush()
    if not _is_chaired(turn, seal):
        raise NotThemselves
    turn.audit("unnamed", f"seal:{seal.id}", case_id=seal.case_id, user=user)
    turn.work.see_as(turn.user)
    return Tell(turn.say("cases/sealed_to_you")) if user == turn.user else Replace(list_view(turn, seal))


def open_part(turn: Turn) -> Answer:
    """The form for its part of a meeting."""
    _to_change(turn)
    return Show(SealedPart.draw(turn.about))


def save_part(turn: Turn, form: SealedPart) -> Answer:
    """Those named are told when; nobody else is. Raises NotYet."""
    seal = _to_change(turn)
    if form.at <= turn.work.now:
        raise NotYet(field="at")
    seal.details = {**(seal.details or {}), "part": form.at.isoformat()}
    seal.version += 1
    turn.work.session.flush()
    turn.audit("set_sealed_part", f"seal:{seal.id}", case_id=seal.case_id)
    for user in sorted(sealing_of(turn.work, seal).named - {turn.user}):
        turn.work.owe(
            f"sealed_part:{seal.id}:{form.at.isoformat()}:{user}", "cases.sealed_part", user, panel_id=turn.panel.id,
            about={"seal": seal.id},
        )  # fmt: skip
    return Back(list_view(turn, seal))


def lift(turn: Turn) -> Answer:
    """It is a case like any other again, for everybody; the agencies that were left out are asked again."""
    seal = _to_change(turn)
    seal.lifted_at = turn.work.now
    seal.version += 1
    for row in turn.work.rows(SealedReader, seal_id=seal.id, until=None):
        row.until = turn.work.now
    ask_again(turn, seal)
    turn.work.session.flush()
    turn.audit("unsealed", f"seal:{seal.id}", case_id=seal.case_id)
    return Tell(turn.say("cases/unsealed", ref=ref_of(turn.work, seal)))


def ref_of(work: UnitOfWork, seal: Seal) -> str:
    """The reference of what is sealed."""
    row = work.look(Case, seal.case_id) or work.look(Referral, seal.referral_id)
    return row.ref if row else ""


def _seal(turn: Turn) -> Seal:
    seal = turn.work.get(Seal, turn.about.row)
    if seal.panel_id != turn.panel.id or seal.lifted_at is not None:
        raise NoSuchThing
    turn.need(Verb.SEAL_CASE, thing_sealed(turn.work, turn.panel.id, seal))
    return seal


def _to_change(turn: Turn) -> Seal:
    seal = _seal(turn)
    turn.need(Verb.CHANGE_SEAL, thing_sealed(turn.work, turn.panel.id, seal))
    if turn.about.version != seal.version:
        raise ChangedMeanwhile
    return seal


def _row(row: SealedReader, about: About, chair: bool) -> Block:
    said = f"<@{row.user_id}>" + (" · chairs this case" if row.chairs else "")
    ask_first = "It is gone for them at once, and they are not told why."
    off = button("Take off", "cases.seal.off", about.but(code=row.user_id), ask=ask_first)
    return section(said, off) if chair else section(said)


def _moves(about: About, chair: bool) -> list[Block]:
    if not chair:
        return []
    ask_first = "Everybody who may read other cases may then read this one. Think of who looks first."
    return [
        button("Name somebody", "cases.seal.name", about),
        button("Its part of the meeting", "cases.seal.part", about),
        button("Lift the seal", "cases.seal.lift", about, style="danger", ask=ask_first),
    ]


def _codes(turn: Turn, seal: Seal) -> list[str]:
    out = sealing_of(turn.work, seal).kept_out
    return [each.code for key, each in agencies_by_id(turn.work, turn.panel.id).items() if key in out]


def _moment(seal: Seal) -> datetime | None:
    at = (seal.details or {}).get("part")
    return datetime.fromisoformat(at) if at else None


def _given_to_others(work: UnitOfWork, seal: Seal) -> list[str]:
    """The actions (by reference) that somebody has who is not named, and so does not know of them any more."""
    named = sealing_of(work, seal).named
    rows = work.rows(Action, case_id=seal.case_id) if seal.case_id is not None else []
    return [row.ref for row in rows if row.assignee is not None and row.assignee not in named]


def _is_chaired(turn: Turn, seal: Seal) -> bool:
    """Whether somebody on the list chairs: from outside, or with a chair's part on the panel."""
    sealing = sealing_of(turn.work, seal)
    theirs = [seat for seat in seats_of(turn.work, turn.panel.id) if seat.user_id in sealing.named]
    return bool(sealing.chairs) or any(seat.role in CHAIRS for seat in theirs)
