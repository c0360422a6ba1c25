"""An action in words: its type, its day, where it stands, what happened to it."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from commands.actions.kind import reveals, type_of, visibility_of
from commands.kit.blocks import label
from commands.kit.text import weekday
from panel import actions as rules
from panel.action_types import ActionType
from panel.actions import DOING, ActionFacts
from panel.catalogue import ACTION_TYPES
from panel.codes import ActionStatus, Outcome, Priority, RestrictionKind, YesNo
from panel.moves import Move
from panel.restriction import EVERYONE, Restriction, tightest
from storage.tables import Action

NO_WORDS = "The words of this action are restricted."
WHERE_NOT = "No names, addresses or numbers: references only."
TELL_FIRST = "tell_first"
HAPPENED = {
    "enter": "Agreed",
    "propose": "Proposed",
    "edit": "Edited",
    "type_changed": "Its type is checked more strictly now: to be checked again",
    "noticed": "What the subject may notice was put right",
    "reassign": "Given to somebody",
    "not_mine": "Sent back by the person it was given to",
    "ask_time": "More time asked for",
    "give_time": "More time agreed",
    "refuse_time": "More time not agreed",
    "reason": "Why it is overdue",
    "check": "Checked",
    "case_changed": "Something on the case changed: to be checked again",
    Move.AGREE: "Agreed",
    Move.START: "Sent to its owner",
    TELL_FIRST: "The chair asks for it to go on: the victim service is told first",
    Move.WAITED: "Goes on: there was time to advise on it",
    Move.APPROVE: "Safety check: may go on",
    Move.HOLD: "On hold",
    Move.PROCEED: "The chair lets it proceed",
    Move.ACKNOWLEDGE: "Acknowledged",
    Move.PROGRESS: "Progress",
    Move.REPORT: "Reported complete",
    Move.CONFIRM: "Confirmed",
    Move.QUERY: "Sent back with a question",
    Move.NOT_POSSIBLE: "No longer possible",
    Move.NOT_DONE: "Not done",
    Move.SUPERSEDE: "Replaced by another action",
    Move.CANCEL: "Cancelled",
    Move.SAY_NOT_POSSIBLE: "Said to be no longer possible: waits for the chair",
    Move.KEEP_ON: "The chair does not agree: it is to be done",
    Move.REOPEN: "Re-opened",
    Move.RESTORE: "Re-opened by the chair",
    "for_what": "What it is for was put right",
    "hour": "The hour is agreed with the owner of the step",
    "snooze": "Put off by whoever does it",
    "move_date": "Its day was moved",
}
SAYS = {YesNo.YES: "Yes", YesNo.NO: "No", YesNo.NOT_KNOWN: "Not sure"}  # whether it reveals an address
# Who may read an action, as a person chooses it; agencies are named with `only:CODE`.
ONLY = "only:"
NO_MINUTE = "NO_MINUTE"
KINDS = (RestrictionKind.CHAIR, RestrictionKind.IDVA, RestrictionKind.NOT_PERP_FACING, RestrictionKind.VERBAL)


def type_choices() -> list[tuple[str, str]]:
    """The catalogue for a menu."""
    return [(code, label(f"{code} {row.label}")) for code, row in ACTION_TYPES.items()]


def type_words(kind: ActionType) -> str:
    """A type by its code and full label."""
    return f"{kind.code} {kind.label}"


def due_words(facts: ActionFacts, now: datetime, zone: ZoneInfo) -> str:
    """`overdue since Wednesday 21 October 2026`, `due today`, `due Friday 30 October 2026`."""
    if rules.overdue(facts, now, zone):
        return f"overdue since {weekday(facts.due)}"
    here = now.astimezone(zone).date()
    if facts.due == here:
        return "due today"
    return f"{'was due' if facts.due < here else 'due'} {weekday(facts.due)}"


def standing(facts: ActionFacts, now: datetime, zone: ZoneInfo, sees_safety: bool, at_end: bool = False) -> str:
    """Where an action stands, with its day while that still matters."""
    status = rules.shown_status(facts, sees_safety, at_end)
    if facts.status in DOING and facts.unmet:
        return f"{status}, waits for {', '.join(sorted(facts.unmet))}; {due_words(facts, now, zone)}"
    if facts.status is ActionStatus.AWAITING_SAFETY_CHECK:
        return f"{status}: do not act yet; {due_words(facts, now, zone)}"
    if rules.overdue(facts, now, zone):
        return f"{due_words(facts, now, zone)} ({status.lower()})"
    return f"{status}, {due_words(facts, now, zone)}" if rules.is_live(facts) else status


def outcome_words(action: Action, sees_safety: bool) -> str:
    """What came of it; a sensitive outcome reads as not taken forward to those it is not for."""
    if action.outcome is None:
        return ""
    outcome = Outcome(action.outcome)
    return outcome.label if sees_safety else outcome.shown_to_others


def noticed_words(action: Action) -> str:
    """Whether the subject will notice it, and whether it reveals an address where its kind may."""
    noticed = f"{visibility_of(action).label}."
    if not type_of(action).reveals_address:
        return noticed
    said = reveals(action)
    return f"{noticed} May reveal an address: {SAYS[said].lower() if said else 'nobody has said'}."


def priority_choices() -> list[tuple[str, str]]:
    """The priorities."""
    return [(priority.value, priority.label) for priority in Priority]


def restriction_choices(agencies: list[str]) -> list[tuple[str, str]]:
    """Who may read an action: kinds to tick, agencies to name."""
    kinds = [(kind.value, kind.label) for kind in KINDS]
    named = [(f"{ONLY}{code}", f"Only {code}, and others ticked like this") for code in agencies]
    return [*kinds, (NO_MINUTE, "Keep it out of the minutes"), *named]


def restriction_of(chosen: list[str], expires: date | None = None) -> Restriction:
    """The restriction behind the ticks: everything that is ticked holds together."""
    parts = [Restriction(RestrictionKind(code)) for code in chosen if code in KINDS]
    named = frozenset(code.removeprefix(ONLY) for code in chosen if code.startswith(ONLY))
    if named:
        parts.append(Restriction(RestrictionKind.NAMED, named))
    flags = Restriction(no_minute=NO_MINUTE in chosen, expires=expires)
    return tightest(EVERYONE, flags, *parts)


def chosen_of(restriction: Restriction) -> list[str]:
    """The ticks that `restriction_of` reads as this restriction (its last day apart)."""
    kinds = [kind.value for kind in KINDS if kind in restriction.kinds]
    return [
        *kinds,
        *([NO_MINUTE] if restriction.no_minute else []),
        *(ONLY + code for code in sorted(restriction.named)),
    ]


def restriction_words(restriction: Restriction) -> str:
    """Who may read an action, in the words of the menu."""
    named = f" ({', '.join(sorted(restriction.named))})" if restriction.named else ""
    kinds = [kind.label + (named if kind is RestrictionKind.NAMED else "") for kind in sorted(restriction.kinds)]
    flags = ["not in the minutes"] if restriction.no_minute else []
    until = [f"others until {weekday(restriction.expires)}"] if restriction.expires else []
    return "; ".join([*kinds, *flags, *until])
