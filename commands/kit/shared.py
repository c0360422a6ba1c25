"""The few listeners that belong to no journey: choosing a panel, opening a command's form, undelivered notices."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from commands.kit import beneath, drafts, reachable, undelivered
from commands.kit.answers import Answer
from commands.kit.deliver import Ack, deliver
from commands.kit.notices import NoticeKind, Removal, Rendered
from commands.kit.service import Service
from commands.kit.turn import Request, read
from storage.outbox import Owed
from storage.work import UnitOfWork


def register(app: App, service: Service) -> None:
    """Register them."""

    def rerun(body: dict[str, Any], client: WebClient, ack: Ack) -> None:
        request = read(body)
        deliver(_as_command(service, request), request, client, ack)

    beneath.register(service)
    service.button(drafts.BACK, drafts.put_back)
    service.button(drafts.GONE, drafts.throw_away, once=True)
    app.action(re.compile(r"kit\.(panel|open)\..*"))(rerun)
    service.notice(NoticeKind("remove", _removal, at_any_hour=True))
    undelivered.register(app, service)
    reachable.register(service)


def _as_command(service: Service, request: Request) -> Answer:
    command, _, word = (request.about.code or "").partition(" ")
    return service.run_command(replace(request, action_id=command, text=word))


def _removal(work: UnitOfWork, owed: Owed) -> Rendered:
    return Removal(owed.about["channel"], owed.about["ts"])
