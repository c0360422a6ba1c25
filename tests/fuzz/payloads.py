"""The payloads that Slack sends a bot like ours, one of every command, button, form, search and event."""

from __future__ import annotations

import json
from random import Random
from typing import Any

from slack_bolt import BoltRequest

from bot.door import well_formed
from commands.kit.blocks import plain, section
from tests.fuzz.mutate import mutated
from tests.journeys.test_bad_input import CHAIR, COMMANDS, OFFICE, REP, VICTIM_SERVICE, Crowd
from tests.journeys.test_bad_input_tampered import answers, sent, value

WHO = (OFFICE, CHAIR, REP, VICTIM_SERVICE)
EVENTS = (
    "app_home_opened",
    "member_joined_channel",
    "member_left_channel",
    "user_change",
    "channel_archive",
    "message",
)
TRIGGER, ANSWER = "a.trigger", "https://an.answer"  # put in as it is sent
FAULTS = ("unforeseen", "failure_not_shown", "not_rendered", "draft_not_kept")


class Payloads:
    """Makes and sends them, and says what the bot stumbled over."""

    def __init__(self, crowd: Crowd) -> None:
        self.crowd = crowd
        service = crowd.desk.bot.service
        self.forms = [*service.forms.values()]
        self.buttons = sorted(crowd.buttons)
        self.stranger = crowd.desk.workspace.add_user("stranger")
        self.ours, self.theirs = crowd.ids(ours=True), crowd.ids(ours=False)

    def fuzzed(self, seed: int) -> dict[str, Any]:
        """A payload of some kind by somebody who may much, changed."""
        chance = Random(seed)
        return mutated(self.plain(chance, chance.choice(WHO)), chance)

    def forged(self, seed: int) -> dict[str, Any]:
        """A payload that is well made and nobody's to send: another workspace's, a stranger's, an observer's, for the
        neighbour's panel, from an older release, for what is not there."""
        chance = Random(seed)
        body = self.plain(chance, chance.choice(WHO))
        match chance.randrange(4):
            case 0:
                return _by(body, team=f"T{seed:09}", user=_user(body))
            case 1:
                return _by(body, team=self.crowd.team, user=self.stranger)
            case 2:
                return _by(body, team=self.crowd.team, user=self.crowd.neighbours["rep"])
            case _ if "command" not in body and "event" not in body:
                return _about(
                    body, chance.choice([value(**self.theirs), value(**self.ours).replace('"v": 1', '"v": 0')])
                )

            case _:
                return _by(body, team=self.crowd.team, user=self.stranger)

    def plain(self, chance: Random, who: str) -> dict[str, Any]:
        """One as Slack makes it."""
        user = self.crowd.user(who)
        kind = chance.choice(("command", "button", "button", "form", "form", "search", "event"))
        about = value(**self.ours, row=chance.randrange(1, 20), version=1, page=0)
        if kind == "command":
            return self._command(chance, user)
        if kind == "event":
            return self._event(chance, user)
        body = self.crowd._body(
            {"button": "block_actions", "form": "view_submission"}.get(kind, "block_suggestion"), user
        )
        if kind == "form":
            view, state = sent(chance.choice(self.forms), about, answers())
            return body | {
                "view": _view(about) | dict(view) | {"state": {"values": dict(state)}},
                "trigger_id": TRIGGER,
            }
        if kind == "search":
            return body | {"action_id": "answer", "block_id": "type", "value": "loc", "view": _view(about)}
        return body | self._pressed(chance, about)

    def _pressed(self, chance: Random, about: str) -> dict[str, Any]:
        pressed: dict[str, Any] = {
            "type": "button", "action_id": chance.choice(self.buttons), "block_id": "b", "value": about,
            "action_ts": "1.1",
        }  # fmt: skip
        if chance.randrange(4) == 0:
            option = {"text": plain("Words"), "value": chance.choice(["done", about])}
            pressed |= {"type": "overflow", "selected_option": option}
        if chance.randrange(3) == 0:
            place = {"type": "message", "message_ts": "1.2", "channel_id": self.crowd.desk.channel}
            return {"actions": [pressed], "container": place, "channel": {"id": self.crowd.desk.channel},
                    "response_url": ANSWER, "trigger_id": TRIGGER}  # fmt: skip
        return {"actions": [pressed], "view": _view(about), "container": {"type": "view"}, "trigger_id": TRIGGER}

    def _command(self, chance: Random, user: str) -> dict[str, Any]:
        words = [*self.crowd.desk.bot.service.vocabulary["/panel"], "", "help", "zqxfuzz words"]
        return {
            "command": chance.choice(COMMANDS), "text": chance.choice(words), "team_id": self.crowd.team,
            "user_id": user, "channel_id": self.crowd.desk.channel, "trigger_id": TRIGGER, "enterprise_id": None,
            "response_url": ANSWER,
        }  # fmt: skip

    def _event(self, chance: Random, user: str) -> dict[str, Any]:
        kind = chance.choice(EVENTS)
        event = {
            "type": kind, "user": {"id": user, "deleted": False} if kind == "user_change" else user,
            "channel": self.crowd.desk.channel, "tab": "home",
            "event_ts": "1.1", "text": "zqxfuzz",
        }  # fmt: skip
        return {"type": "event_callback", "team_id": self.crowd.team, "event": event, "event_id": "Ev1"}

    def send(self, body: dict[str, Any]) -> str | None:
        """Give it to the bot, as soon as Slack would; what it stumbled over, if it did."""
        slack, user = self.crowd.desk.box._slack, self.crowd.user(OFFICE)
        if body.get("trigger_id") == TRIGGER:
            body["trigger_id"] = slack.triggers.issue(user, 3.0)
        if body.get("response_url") == ANSWER:
            body["response_url"] = slack.base_url + slack.response_urls.issue(user, self.crowd.desk.channel, "1.1")
        heard = self.crowd.heard
        heard.seek(0)
        heard.truncate()
        body = json.loads(json.dumps(body))
        if not well_formed(body):
            return None
        response = self.crowd.desk.bot.app.dispatch(BoltRequest(mode="socket_mode", body=json.dumps(body)))
        log = heard.getvalue()
        if response.status not in (200, 404) or any(fault in log for fault in FAULTS):
            return f"{response.status} {log[-900:]}"
        if "zqxfuzz" in log:
            return f"in the log: {log[:300]}"
        return None


def _view(about: str) -> dict[str, Any]:
    return {
        "type": "modal", "id": "V0FUZZ", "hash": "1.a", "title": plain("Fuzz"),
        "blocks": [section("Open") | {"block_id": "b"}],
        "private_metadata": about, "callback_id": "fuzz", "previous_view_id": None, "root_view_id": "V0FUZZ",
        "state": {"values": {}},
    }  # fmt: skip


def _user(body: dict[str, Any]) -> str:
    user = body.get("user_id") or (body.get("event") or {}).get("user") or body["user"]
    return str(user["id"] if isinstance(user, dict) else user)


def _by(body: dict[str, Any], *, team: str, user: str) -> dict[str, Any]:
    if "command" in body:
        return body | {"team_id": team, "user_id": user}
    if "event" in body:
        who = {"id": user} if body["event"]["type"] == "user_change" else user
        return body | {"team_id": team, "event": body["event"] | {"user": who}}
    return body | {"team": {"id": team}, "user": {"id": user, "team_id": team}}


def _about(body: dict[str, Any], told: str) -> dict[str, Any]:
    if "actions" in body:
        return body | {"actions": [body["actions"][0] | {"value": told}]}
    if "view" in body:
        return body | {"view": body["view"] | {"private_metadata": told}}
    return body
