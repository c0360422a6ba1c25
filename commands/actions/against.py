"""The chair's word where the victim service has not approved: it is told first and has time to answer, unless a life is
at risk (field reference 7.6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col

from commands.actions.after import submitted
from commands.actions.cast import Cast
from commands.actions.facts import round_of
from commands.actions.kind import note, noted
from commands.actions.moving import apply, audit, found, may_or_refuse, tell_people
from commands.actions.record import remember
from commands.actions.tell import tell_cleared
from commands.actions.words import TELL_FIRST, WHERE_NOT
from commands.kit.answers import Answer, Show
from commands.kit.blocks import Block, section
from commands.kit.errors import Refusal
from commands.kit.fields import Moment, One, Text, Who
from commands.kit.forms import Form, WrongAnswers, ask
from commands.kit.hours import awake
from commands.kit.text import moment
from commands.kit.turn import Turn
from panel.access import Verb
from panel.codes import Function
from panel.codes.actions import TellFirst
from panel.gate import may_proceed_from
from panel.moves import Move
from storage.tables import Action, Agency, Notice

AGAINST = "against"  # what is kept of telling it first
WITHOUT = "decided_without"  # by the chair alone, where nobody of the victim service can check it
ALONE = "Decide without a check"
DECIDES = Text(
    "Why does it go on though nobody could check it?",
    f"Kept as your decision. Read by the victim service and the chair. {WHERE_NOT}", lines=True,
)  # fmt: skip


class TooSoon(Refusal):
    """The victim service was told {told}. You can let it go on from {opens}: until then it may answer."""


@dataclass
class Proceed(Form):
    """Against advice, or without any: the chair alone."""

    name = "actions.proceed"
    title = "Proceed against advice"
    submit = "Go on"
    reason: str = ask(
        Text("Why does it go on all the same?", f"Read by the victim service and the chair. {WHERE_NOT}", lines=True)
    )
    how: str | None = ask(
        One("The victim service hears of it first", choices=[(how.value, how.label) for how in TellFirst]), None
    )
    told_at: datetime | None = ask(Moment("If you have told it: when?", optional=True), None)
    told_by: str | None = ask(Who("If you have told it: who did?", "Empty: you.", optional=True), None)

    def check(self) -> dict[str, str]:
        if self.how == TellFirst.SAID and self.told_at is None:
            return {"told_at": "Say when it was told. If it was not, choose to tell it now."}
        return {}


def open_proceed(turn: Turn) -> Answer:
    """The form; how the victim service is told is asked until it has been. Raises TooSoon while it has time left."""
    action = found(turn)
    may_or_refuse(turn, action, Verb.PROCEED_AGAINST_ADVICE)
    told, services = _told(turn, action), Cast(turn.work, turn.panel).checkers(action)
    _check_pause(turn, told)
    without = ("how", "told_at", "told_by") if told or not services else ()
    said = turn.say("actions/proceed", told=told and moment(told, turn.panel.timezone), anybody=bool(services))
    before: list[Block] = [section(said)]
    title, fields = (None, {}) if services else (ALONE, {"reason": DECIDES})
    return Show(Proceed.draw(turn.about, before=before, without=without, title=title, fields=fields))


def proceed(turn: Turn, form: Proceed) -> Answer:
    """The chair alone, with a reason, once the victim service was told and had its time; where it has nobody for this
    action, at once. Raises TooSoon, WrongAnswers."""
    action = found(turn)
    may_or_refuse(turn, action, Verb.PROCEED_AGAINST_ADVICE)
    told, services = _told(turn, action), Cast(turn.work, turn.panel).checkers(action)
    if told is None and services:
        if form.how == TellFirst.LIFE:
            return _life_at_risk(turn, action, form)
        return _tell_first(turn, action, form, services)
    _check_pause(turn, told)
    if not services:  # the chair's own decision, written down as that; the coordinator finds somebody
        return _go_on(turn, form, WITHOUT, "coordinator")
    return _go_on(turn, form, "against_advice")


def _go_on(turn: Turn, form: Proceed, what: str, told: str = "checkers") -> Answer:
    action, move = apply(turn, Verb.PROCEED_AGAINST_ADVICE, Move.PROCEED, reason=form.reason)
    note(action, **{AGAINST: None})
    if what == WITHOUT:
        audit(turn, action, WITHOUT)
    tell_people(turn, action, what, move, told)
    tell_cleared(turn.work, turn.panel, action, move)
    return submitted(turn, action)


def _life_at_risk(turn: Turn, action: Action, form: Proceed) -> Answer:
    """Immediate police protection waits for nobody; the victim service is told in the same moment, at any hour."""
    owner = turn.work.get(Agency, action.owner_id) if action.owner_id else None
    if owner is None or owner.function != Function.POLICE:
        raise WrongAnswers({"how": "That is for what police do at once to protect somebody. Choose another way."})
    return _go_on(turn, form, "life_at_risk")


def _tell_first(turn: Turn, action: Action, form: Proceed, services: Sequence[str]) -> Answer:
    """Tell it, or keep when and by whom it was told; the chair is asked again once it has had its time."""
    said_at = form.told_at if form.how == TellFirst.SAID else None
    if said_at and not action.status_at <= said_at <= turn.work.now:
        raise WrongAnswers({"told_at": "A time since the check was asked for, and not one to come."})
    move = remember(turn.work, turn.panel, action, turn.user, TELL_FIRST, action.status, form.reason)
    by = form.told_by or turn.user
    note(action, **{AGAINST: {"move": move.id} | ({"at": said_at.isoformat(), "by": by} if said_at else {})})
    audit(turn, action, TELL_FIRST, how=form.how, at=said_at and said_at.isoformat())
    tell_people(turn, action, "advice_first", move, "checkers")
    opens = may_proceed_from(said_at or awake(turn.panel, turn.work.now), round_of(turn.work, turn.panel))
    turn.work.owe(
        f"action:decide:{action.id}:{move.id}", "actions.told", turn.user, panel_id=turn.panel.id,
        about={"action": action.id, "what": "decide"}, not_before=max(opens, turn.work.now),
    )  # fmt: skip
    return submitted(turn, action)


def _told(turn: Turn, action: Action) -> datetime | None:
    """When the victim service was told: as the chair says, else when the message had reached it; None: not yet."""
    kept = noted(action).get(AGAINST)
    if kept is None:
        return None
    if "at" in kept:
        return datetime.fromisoformat(kept["at"])
    begins = f"action:advice_first:{action.id}:{kept['move']}:"
    sent = turn.work.find(Notice, col(Notice.name).startswith(begins, autoescape=True), Notice.state == "sent")
    return min((notice.sent_at for notice in sent if notice.sent_at), default=None)


def _check_pause(turn: Turn, told: datetime | None) -> None:
    if told is None:
        return
    opens = may_proceed_from(told, round_of(turn.work, turn.panel))
    if turn.work.now < opens:
        zone = turn.panel.timezone
        raise TooSoon(told=moment(told, zone), opens=moment(opens, zone))
