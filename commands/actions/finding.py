"""Which kind of action is meant: found by typing, in the panel's own catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import func
from sqlmodel import col, select

from commands.kit.blocks import A_MENU, label
from commands.kit.catalogue import catalogue_of
from commands.kit.errors import NotOnAPanel
from commands.kit.fields import Find
from commands.kit.forms import WrongAnswers
from commands.kit.turn import Turn
from panel.action_types import ActionType
from panel.catalogue import search
from storage.tables import Action, Panel
from storage.work import UnitOfWork

A_YEAR = timedelta(days=366)
MORE = "more"  # chosen, it is no kind of action
KIND = Find("What kind of action?", "Type a code, a word or an agency's work: P17, housing, injunction.")


def find(turn: Turn, typed: str) -> list[tuple[str, str]]:
    """The kinds with these words: those of the person's own agency first, then what this panel uses most."""
    if not turn.person.roles:
        raise NotOnAPanel
    offered = catalogue_of(turn.work, turn.panel.id).offered.values()
    functions = {role.function for role in turn.person.roles if role.function}
    return choices(search(typed, offered, functions, used(turn.work, turn.panel)))


def choices(kinds: list[ActionType]) -> list[tuple[str, str]]:
    """For a menu, as many as it holds; it says how many more there are."""
    found = [choice(kind) for kind in kinds]
    if len(found) <= A_MENU:
        return found
    return [*found[: A_MENU - 1], (MORE, f"And {len(found) - A_MENU + 1} more: type another word")]


def choice(kind: ActionType) -> tuple[str, str]:
    """One of them."""
    return kind.code, label(f"{kind.code} {kind.label}")


def chosen(turn: Turn, code: str) -> ActionType:
    """The kind that was chosen, as the panel has it today. Raises WrongAnswers for one that is not offered."""
    kind = catalogue_of(turn.work, turn.panel.id).offered.get(code)
    if kind is None:
        raise WrongAnswers({"type": "This type is not in the catalogue. Search for another."})
    return kind


def used(work: UnitOfWork, panel: Panel) -> Mapping[str, int]:
    """By code, how many of this panel's actions of a year were of that kind."""
    asked = select(Action.code, func.count()).where(Action.panel_id == panel.id, Action.status_at > work.now - A_YEAR)
    return dict(work.session.exec(asked.group_by(col(Action.code))).all())
