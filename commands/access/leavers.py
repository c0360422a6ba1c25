"""Somebody left Slack, or was taken out of the panel's channel: what they had is on hold at once, and stays so when
they come back, until somebody says otherwise (field reference 11.2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlmodel import col

from commands.kit.about import About
from commands.kit.alerts import alerted
from commands.kit.blocks import button
from commands.kit.notices import Rendered, say
from commands.kit.service import Service
from commands.kit.suspended import suspend
from panel.actions import ENDED
from panel.codes import Role
from panel.codes.trust import Suspended
from storage.outbox import Owed
from storage.tables import Action, Panel, Seat
from storage.work import UnitOfWork

KIND = "access.left"


def account_changed(service: Service, event: dict[str, Any], body: dict[str, Any]) -> None:
    """An account was changed; only that it was closed concerns us."""
    user = event.get("user") or {}
    if user.get("deleted") is True:
        _gone(service, str(body.get("team_id", "")), str(user.get("id", "")), None, Suspended.GONE_FROM_SLACK)


def left_channel(service: Service, event: dict[str, Any], body: dict[str, Any]) -> None:
    """Somebody is no longer in a channel; only a panel's own concerns us."""
    team, user, channel = body.get("team_id", ""), event.get("user", ""), event.get("channel", "")
    if isinstance(user, str) and channel:
        _gone(service, str(team), user, str(channel), Suspended.LEFT_CHANNEL)


def _gone(service: Service, team: str, user: str, channel: str | None, why: Suspended) -> None:
    with service.store.work(service.clock.now()) as work:
        seats = work.find(Seat, Seat.user_id == user, col(Seat.until).is_(None), col(Seat.suspended_at).is_(None))
        still = (Action.assignee == user, col(Action.status).not_in(ENDED))
        named = work.find(Action, *still) if channel is None else []
        for panel in work.rows(Panel, team_id=team):
            if channel is not None and panel.channel_id != channel:
                continue
            mine = [seat for seat in seats if seat.panel_id == panel.id]
            left = [action for action in named if action.panel_id == panel.id]
            _of_panel(work, panel, user, mine, left, why)
    service.wake()


def _of_panel(
    work: UnitOfWork, panel: Panel, user: str, seats: Sequence[Seat], named: Sequence[Action], why: Suspended
) -> None:
    """Put what they have on hold; what they were to do falls to the owner's representative; tell the coordinator."""
    held = suspend(work, seats, why)
    for action in named:
        action.assignee, action.version = None, action.version + 1
        work.audit("unassigned", f"action:{action.id}", by="", surface="", panel_id=panel.id, case_id=action.case_id,
                   why=why.value)  # fmt: skip
    if not seats and not named:
        return
    assert panel.id is not None
    about = {"seats": [seat.id for seat in held], "kept": len(seats) - len(held), "actions": len(named), "why": why}
    for office in alerted(work, panel.id, Role.COORDINATOR, unless=user):
        name = f"left:{panel.id}:{user}:{work.now.isoformat()}:{office}"
        work.owe(name, KIND, office, panel_id=panel.id, about=about)


def notice(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """To the coordinator: that somebody left, and how much is without an owner. Who, they see in the view."""
    panel = work.get(Panel, owed.panel_id)
    why = Suspended(owed.about["why"])
    text = service.words(
        "access/left", zone=panel.timezone, seats=len(owed.about["seats"]), kept=owed.about["kept"],
        actions=owed.about["actions"], channel=why is Suspended.LEFT_CHANNEL,
    )  # fmt: skip
    return say(text, button("Look", "access.seats", About(panel=panel.id), style="primary"))
