"""What a search offers while somebody types into it: a menu of more than a hundred choices is searched, not listed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from commands.kit.blocks import A_MENU, options
from commands.kit.deliver import Ack
from commands.kit.errors import Refusal
from commands.kit.people import person_on
from commands.kit.service import Service
from commands.kit.turn import Request, Turn, read
from storage.tables import Panel


def typed(service: Service, body: dict[str, Any], ack: Ack) -> None:
    """Answer with the first hundred choices. What was typed is neither kept nor logged."""
    ack(options=options(_found(service, read(body))[:A_MENU]))


def _found(service: Service, request: Request) -> Sequence[tuple[str, str]]:
    """Nothing for a view of an older release, a panel of elsewhere, or somebody who may not."""
    view = request.view or {}
    find = service.searches.get(request.action_id) or service.searches.get(_question(request, view))
    with service.store.read(service.clock.now()) as work:
        work.see_as(request.user)
        panel = work.look(Panel, request.about.panel)
        if find is None or panel is None or panel.team_id != request.team:
            return []
        turn = Turn(service, request, work, panel, person_on(work, panel, request.user))
        try:
            return find(turn, request.value.strip())
        except Refusal:
            return []


def _question(request: Request, view: dict[str, Any]) -> str:
    return f"{view.get('callback_id')}.{request.block_id}"
