"""The few listeners that belong to no journey: choosing a panel, opening a command's form, undelivered notices."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from commands.kit.answers import Answer
from commands.kit.deliver import Ack, deliver
from commands.kit.notices import Message, NoticeKind, Removal, Rendered
from commands.kit.service import Service
from commands.kit.turn import Request, read
from storage.outbox import Owed
from storage.tables import Notice
from storage.work import UnitOfWork


def register(app: App, service: Service) -> None:
    """Register them."""

    def rerun(body: dict[str, Any], client: WebClient, ack: Ack) -> None:
        request = read(body)
        deliver(_as_command(service, request), request, client, ack)

    app.action(re.compile(r"kit\.(panel|open)\..*"))(rerun)
    service.notice(NoticeKind("remove", _removal))
    service.notice(NoticeKind("undelivered", lambda work, owed: _undelivered(service, work, owed)))


def _as_command(service: Service, request: Request) -> Answer:
    command, _, word = (request.about.code or "").partition(" ")
    return service.run_command(replace(request, action_id=command, text=word))


def _removal(work: UnitOfWork, owed: Owed) -> Rendered:
    return Removal(owed.about["channel"], owed.about["ts"])


WAYS_OUT = {
    "channel_not_found": "The bot is not in that channel: type /invite and its name there.",
    "not_in_channel": "The bot is not in that channel: type /invite and its name there.",
    "is_archived": "The channel is archived: unarchive it, or choose another with /panel settings.",
    "account_inactive": "The person has left this Slack: pick who follows with /panel people.",
    "user_not_found": "The person has left this Slack: pick who follows with /panel people.",
    "user_disabled": "The person has left this Slack: pick who follows with /panel people.",
    "cannot_dm_bot": "A bot was picked as a person: pick who it should be with /panel people.",
}


def _undelivered(service: Service, work: UnitOfWork, owed: Owed) -> Rendered:
    lost = work.get(Notice, owed.about["notice"])
    person = lost.to.startswith(("U", "W"))
    # To Slack the direct messages of somebody who has left are a channel that is not there.
    problem = "user_not_found" if person and lost.problem == "channel_not_found" else lost.problem or ""
    way_out = WAYS_OUT.get(problem, "Please tell them by telephone, and whoever looks after Convenor.")
    to = f"<@{lost.to}>" if person else f"<#{lost.to}>"
    text = service.words("kit/undelivered", to=to, way_out=way_out)
    return Message(text)
