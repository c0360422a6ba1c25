"""What an action is under: the catalogue's check and overtness, and what was said of this one action."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from panel import gate, own_types
from panel.action_types import ActionType
from panel.catalogue import ACTION_TYPES
from panel.codes import Check, Priority, Purpose, Visibility, YesNo
from storage.tables import Action

REVEALS, VISIBILITY, UNTIL, KIND = "reveals", "visibility", "advice_until", "kind"

TELLING = "T01"  # the victim service tells a victim of a step: others read only that the service is waited for
HOUR = "hour"  # of a telling: the moment agreed with the step's owner, which lets both go ahead

LEVEL_THEN, LEVEL_KEPT, RELAYED, RELAYED_FOR = "level_then", "level", "outside", "relayed"


def noted(action: Action) -> Mapping[str, Any]:
    """What is kept with it beside its columns."""
    return action.details or {}


def note(action: Action, **values: Any) -> None:
    """Keep more of it; None takes away what was kept."""
    kept = {**noted(action), **values}
    action.details = {name: value for name, value in kept.items() if value is not None} or None


def type_of(action: Action) -> ActionType:
    """The type of the catalogue that it was agreed as, which the panel may have changed or retired since."""
    return own_types.as_kept(action.code, noted(action).get(KIND), ACTION_TYPES.get(action.code))


def take_type(action: Action, kind: ActionType) -> None:
    """It is agreed as this type: what the panel has otherwise than the standard goes with it."""
    if kind.code != action.code or not action.purpose:  # else it stays for what somebody said
        action.purpose = kind.purpose
    action.code = kind.code
    note(action, kind=own_types.kept(kind, ACTION_TYPES.get(kind.code)))


def purpose_of(action: Action) -> Purpose:
    """What it is for: as it was agreed, else as its type is."""
    return Purpose(action.purpose) if action.purpose else type_of(action).purpose


def reveals(action: Action) -> YesNo | None:
    """Whether it tells the subject an address that they do not know; None while nobody was asked."""
    said = noted(action).get(REVEALS)
    return YesNo(said) if said else None


def check_of(action: Action) -> Check:
    """The check it is under: its type's, or the required one where it may reveal an address."""
    return gate.check_for(type_of(action), reveals(action))


def visibility_of(action: Action) -> Visibility:
    """Whether the subject will notice it: as somebody said of it, else as its type usually is."""
    said = noted(action).get(VISIBILITY)
    return Visibility(said) if said else type_of(action).visibility


def advice_until(action: Action) -> datetime | None:
    """Until when it waits for advice at most; None where it was not asked for, or is not waited for."""
    said = noted(action).get(UNTIL)
    return datetime.fromisoformat(said) if said else None


def agreed_hour(action: Action) -> datetime | None:
    """When a step is done and the victim told of it, where that was agreed; None for every other action."""
    said = noted(action).get(HOUR)
    return datetime.fromisoformat(said) if said else None


def is_advised(action: Action) -> bool:
    """Whether the victim service is only told of it, and heard first all the same."""
    return gate.hears_first(check_of(action), visibility_of(action), Priority(action.priority))


def level_kept(action: Action) -> int:
    """How far a re-opened action had escalated before it ended: 0 to 4."""
    return int(noted(action).get(LEVEL_KEPT) or 0)


def outside(action: Action) -> str | None:
    """The post of somebody who does it and whom no message of ours reaches: the representative relays."""
    return noted(action).get(RELAYED) or action.assignee_label


def relayed_for(action: Action, move_id: int | None) -> str | None:
    """For whom a move was relayed, if it was."""
    told: str | None = (noted(action).get(RELAYED_FOR) or {}).get(str(move_id))
    return told
