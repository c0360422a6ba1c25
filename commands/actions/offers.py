"""Which buttons an action offers: by where it stands, and by who looks at it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlmodel import col

from commands.actions.facts import ending_said, round_of
from commands.actions.sight import thing
from commands.actions.told_order import waits_for_an_hour
from commands.actions.without_slack import checkers_outside
from commands.kit.about import About
from commands.kit.blocks import Block, button
from commands.kit.meetings import zone_of
from panel.access import Person, Verb, may
from panel.actions import DOING, ENDED, LIVE, ActionFacts, overdue
from panel.codes import ActionStatus as S
from panel.leeway import is_delegated
from panel.moves import CHECKABLE
from storage.tables import Action, MoreTime, Panel
from storage.work import UnitOfWork

HELD = {S.BLOCKED}
REPORTED = {S.REPORTED_COMPLETE}


@dataclass(frozen=True)
class Offer:
    """A button: shown in these statuses to whoever may do this."""

    label: str
    action_id: str
    verb: Verb
    when: frozenset[S]
    code: str | None = None
    style: str | None = None
    asked: bool | None = None  # only when more time is (or is not) asked for
    ready: bool = False  # only when it waits for no other action
    late: bool = False  # only once it is overdue
    ending: bool | None = None  # only when it is (or is not) said to be no longer possible
    outside: bool = False  # only where somebody of the victim service has no Slack
    same_hour: bool = False  # only for a telling at the same moment, until its hour is agreed


def _offer(label: str, name: str, verb: Verb, when: set[S] | frozenset[S], **more: object) -> Offer:
    return Offer(label, f"actions.{name}", verb, frozenset(when), **more)  # type: ignore[arg-type]


OFFERS = (
    _offer("Acknowledge", "acknowledge", Verb.ACKNOWLEDGE, {S.OPEN}, style="primary"),
    _offer("Report progress", "progress", Verb.REPORT_PROGRESS, DOING),
    _offer("Done", "done", Verb.REPORT_COMPLETE, DOING, ready=True, style="primary"),
    _offer("Agree the hour", "hour", Verb.REPORT_COMPLETE, DOING, same_hour=True, style="primary"),
    _offer("More time", "time", Verb.ASK_TIME, DOING, asked=False),
    _offer("Put off", "snooze", Verb.SNOOZE_ACTION, DOING),
    _offer("Say why it is overdue", "reason", Verb.GIVE_REASON, DOING, late=True),
    _offer("Not mine", "not_mine", Verb.ACKNOWLEDGE, DOING | {S.AWAITING_SAFETY_CHECK}),
    _offer("Answer for them", "for", Verb.ANSWER_FOR, DOING | {S.AWAITING_SAFETY_CHECK}),
    _offer("Confirm", "confirm", Verb.CONFIRM_ACTION, REPORTED, style="primary"),
    _offer("Send back", "query", Verb.QUERY_ACTION, REPORTED),
    _offer("Give more time", "time.give", Verb.APPROVE_TIME, DOING, asked=True, style="primary"),
    _offer("Keep the date", "time.refuse", Verb.APPROVE_TIME, DOING, asked=True),
    _offer("Safety check", "check", Verb.CHECK_SAFETY, CHECKABLE | HELD, style="primary"),
    _offer("Safety check for them", "check_for", Verb.CHECK_FOR, CHECKABLE | HELD, outside=True),
    _offer("Agree", "agree", Verb.AGREE_ACTION, {S.PROPOSED}, style="primary"),
    _offer("Send to its owner", "start", Verb.ADD_ACTION, {S.AGREED}, style="primary"),
    _offer("Name who does it", "reassign", Verb.REASSIGN, LIVE),
    _offer("Edit", "edit", Verb.EDIT_ACTION, LIVE | HELD | {S.PROPOSED}),
    _offer("What it is for", "for_what", Verb.EDIT_ACTION, LIVE | HELD | {S.PROPOSED}),
    _offer("What may be noticed", "noticed", Verb.EDIT_ACTION, LIVE | HELD | {S.PROPOSED}),
    _offer(
        "No longer possible", "end.not_possible", Verb.SAY_NOT_POSSIBLE, LIVE | HELD, code="not_possible", ending=False
    ),
    _offer("Agree: no longer possible", "end.agree", Verb.NOT_POSSIBLE, LIVE | HELD, ending=True, style="primary"),
    _offer("It is to be done", "end.keep_on", Verb.NOT_POSSIBLE, LIVE | HELD, code="keep_on", ending=True),
    _offer("Not done", "not_done", Verb.NOT_DONE, LIVE),
    _offer("Replaced", "end.supersede", Verb.SUPERSEDE, LIVE | HELD | {S.PROPOSED}, code="supersede"),
    _offer("Cancel", "end.cancel", Verb.CANCEL_ACTION, LIVE | HELD | {S.PROPOSED}, code="cancel"),
    _offer("Re-open", "reopen", Verb.REOPEN_ACTION, {S.COMPLETE, S.NOT_DONE}, code="reopen"),
    _offer("Re-open", "reopen", Verb.RESTORE_ACTION, {S.NOT_POSSIBLE, S.SUPERSEDED, S.CANCELLED}, code="restore"),
    _offer("Proceed against advice", "proceed", Verb.PROCEED_AGAINST_ADVICE, HELD | {S.AWAITING_SAFETY_CHECK}),
)
AGAIN = (Verb.REOPEN_ACTION, Verb.RESTORE_ACTION)
assert not any(offer.when & ENDED for offer in OFFERS if offer.verb not in AGAIN), "what has ended is only re-opened"


def author_of(work: UnitOfWork, action: Action, verb: Verb) -> str | None:
    """Who prepared what is to be decided: who reported it, or asked for more time."""
    if verb is Verb.APPROVE_TIME:
        asked = asked_time(work, action)
        return asked.asked_by if asked else None
    if verb is Verb.NOT_POSSIBLE:
        said = ending_said(work, [action.id or 0]).get(action.id or 0)
        return said.by_user if said else None
    return action.reported_by if verb in (Verb.CONFIRM_ACTION, Verb.QUERY_ACTION) else None


def asked_time(work: UnitOfWork, action: Action) -> MoreTime | None:
    """The request for more time that nobody has decided on."""
    return work.first(MoreTime, MoreTime.action_id == action.id, col(MoreTime.granted).is_(None))


def offered(
    work: UnitOfWork, panel: Panel, person: Person, action: Action, facts: ActionFacts, about: About
) -> list[Block]:
    """The buttons, in the order of the table."""
    late = overdue(facts, work.now, zone_of(panel))
    plain = replace(thing(work, panel, action), delegated=is_delegated(facts, round_of(work, panel)))
    made = []
    for offer in OFFERS:
        if not _fits(offer, facts, late) or not _is_for(work, panel, action, offer):
            continue
        author = author_of(work, action, offer.verb)
        if may(person, offer.verb, replace(plain, author=author)):
            made.append(button(offer.label, offer.action_id, about.but(code=offer.code), style=offer.style))
    return made


def _is_for(work: UnitOfWork, panel: Panel, action: Action, offer: Offer) -> bool:
    """Whether it is one of those that this button is for."""
    if offer.outside:
        return bool(checkers_outside(work, panel, action))
    return not offer.same_hour or waits_for_an_hour(work, action)


def foremost(buttons: Sequence[Block]) -> list[Block]:
    """The same buttons, what is most likely meant first; otherwise in the order of the table."""
    return sorted(buttons, key=lambda each: each.get("style") != "primary")


def _fits(offer: Offer, facts: ActionFacts, late: bool) -> bool:
    """Whether the action stands where this button belongs."""
    asked = offer.asked in (None, facts.asked is not None)
    asked = asked and offer.ending in (None, facts.ending_since is not None)
    return facts.status in offer.when and asked and not (offer.ready and facts.unmet) and (late or not offer.late)
