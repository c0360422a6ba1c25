"""The Web API's manners: tokens, scopes, encodings, faults, and the methods that look things up."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.client import ControlError, Workspace
from sandbox.server import Sandbox
from sandbox.web_api.methods import METHODS
from tests.sandbox.conftest import People, modal, plain

Json = dict[str, Any]


def call(
    sandbox: Sandbox, method: str, body: bytes | None = None, content_type: str = "", token: str | None = None
) -> Json:
    """A bare HTTP call; GET without a body."""
    headers = {"Content-Type": content_type} if content_type else {}
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    with urllib.request.urlopen(urllib.request.Request(sandbox.api_url + method, body, headers)) as answer:
        said: Json = json.load(answer)
        return said


def error(refused: pytest.ExceptionInfo[SlackApiError]) -> str:
    return str(refused.value.response["error"])


def test_auth_test_says_who_the_app_is(slack: Workspace, sandbox: Sandbox, client: WebClient) -> None:
    said = client.auth_test()
    assert (said["user_id"], said["team_id"]) == (sandbox.bot_user_id, sandbox.team_id)
    assert "chat:write" in said.headers["x-oauth-scopes"].split(",")
    assert client.bots_info(bot=said["bot_id"])["bot"]["app_id"] == sandbox.app_id
    assert client.team_info()["team"]["id"] == sandbox.team_id


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (None, ""),
        (b"", "application/json;charset=utf-8"),
        (b"{}", "application/json"),
        (b"x=1", "application/x-www-form-urlencoded"),
    ],
)
def test_every_encoding_is_understood(
    slack: Workspace, sandbox: Sandbox, body: bytes | None, content_type: str
) -> None:
    assert call(sandbox, "auth.test", body, content_type, sandbox.bot_token)["ok"]


def test_arguments_and_token_may_come_in_form_or_query(slack: Workspace, sandbox: Sandbox, people: People) -> None:
    blocks = json.dumps([{"type": "divider"}])
    form = f"token={sandbox.bot_token}&channel={people.panel}&text=x&blocks={blocks}".encode()
    said = call(sandbox, "chat.postMessage", form, "application/x-www-form-urlencoded")
    assert said["message"]["blocks"][0]["type"] == "divider"
    assert call(sandbox, f"users.info?user={people.anna}", token=sandbox.bot_token)["user"]["name"] == "user-1"
    assert slack.calls()[0]["args"] == {"channel": people.panel, "text": "x", "blocks": blocks}


@pytest.mark.parametrize(
    ("method", "token", "expected"),
    [
        ("auth.test", None, "not_authed"),
        ("auth.test", "xoxb-wrong", "invalid_auth"),
        ("nothing.here", None, "unknown_method"),
    ],
)
def test_tokens(slack: Workspace, sandbox: Sandbox, method: str, token: str | None, expected: str) -> None:
    assert call(sandbox, method, token=token)["error"] == expected


def test_each_method_takes_its_kind_of_token(slack: Workspace, sandbox: Sandbox) -> None:
    assert call(sandbox, "auth.test", token=sandbox.app_token)["error"] == "not_allowed_token_type"
    assert call(sandbox, "apps.connections.open", token=sandbox.bot_token)["error"] == "not_allowed_token_type"
    slack.config(token_error="token_revoked")
    assert call(sandbox, "auth.test", token=sandbox.bot_token)["error"] == "token_revoked"


def test_a_body_that_is_no_json_object(slack: Workspace, sandbox: Sandbox) -> None:
    for body, told in ((b"{", "invalid_json"), (b"[]", "json_not_object")):
        said = call(sandbox, "auth.test", body, "application/json", sandbox.bot_token)
        assert said == {"ok": False, "error": told}


def test_every_method_slows_down_reads_json_and_exists(slack: Workspace, sandbox: Sandbox) -> None:
    for method in METHODS:
        token = sandbox.app_token if METHODS[method].token == "app" else sandbox.bot_token
        assert call(sandbox, method, b"{", "application/json", token)["error"] == "invalid_json", method
        assert call(sandbox, method, b"7", "application/json", token)["error"] == "json_not_object", method
        assert call(sandbox, f"{method}s", token=token)["error"] == "unknown_method", method
        slack.config(faults=[{"kind": "ratelimited", "method": method, "seconds": 30}])
        with pytest.raises(urllib.error.HTTPError) as refused:
            call(sandbox, method, token=token)
        with refused.value as answer:
            assert (answer.code, answer.headers["Retry-After"]) == (429, "30"), method
            assert json.load(answer) == {"ok": False, "error": "ratelimited"}, method
        slack.config(faults=[])


def test_a_missing_scope_says_what_is_needed(slack: Workspace, people: People, client: WebClient) -> None:
    slack.config(remove_scopes=["groups:history"])
    with pytest.raises(SlackApiError) as refused:
        client.conversations_history(channel=people.panel)
    said = refused.value.response
    assert (said["error"], said["needed"]) == ("missing_scope", "groups:history")
    assert "channels:history" in said["provided"].split(",")
    assert said.headers["x-accepted-oauth-scopes"] == "groups:history"
    slack.config(scopes=["chat:write"])
    assert client.chat_postMessage(channel=people.panel, text="x")["ok"]
    with pytest.raises(SlackApiError) as refused:
        client.users_info(user=people.anna)
    assert error(refused) == "missing_scope"


def test_people_are_found_with_their_zone(slack: Workspace, client: WebClient) -> None:
    user = slack.add_user("far", tz="Pacific/Auckland", is_admin=True, email="far@example.org")
    found = client.users_info(user=user)["user"]
    assert (found["tz"], found["is_admin"], found["is_bot"]) == ("Pacific/Auckland", True, False)
    assert found["tz_offset"] in (12 * 3600, 13 * 3600)
    assert "email" not in found["profile"]
    slack.config(add_scopes=["users:read.email"])
    assert client.users_lookupByEmail(email="far@example.org")["user"]["id"] == user
    slack.change_user(user, deleted=True)
    gone = client.users_info(user=user)["user"]
    assert (gone["deleted"], "tz" in gone) == (True, False)
    with pytest.raises(SlackApiError) as refused:
        client.users_info(user="U0")
    assert error(refused) == "user_not_found"


def test_lists_come_in_pages(slack: Workspace, client: WebClient) -> None:
    made = {slack.add_user(f"person-{number}") for number in range(5)}
    pages = [[member["id"] for member in page["members"]] for page in client.users_list(limit=2)]
    assert [len(page) for page in pages] == [2, 2, 2]
    assert made < {one for page in pages for one in page}
    channel = slack.add_channel("many", sorted(made))
    assert len(client.conversations_members(channel=channel, limit=4)["members"]) == 4
    for limit in ("x", "1001"):
        with pytest.raises(SlackApiError) as refused:
            client.api_call("conversations.members", params={"channel": channel, "limit": limit})
        assert error(refused) == "invalid_limit"


def test_conversations_of_a_person(slack: Workspace, people: People, client: WebClient) -> None:
    found = client.users_conversations(user=people.ben, types="private_channel,public_channel")["channels"]
    assert [channel["id"] for channel in found] == [people.panel]
    with pytest.raises(SlackApiError) as refused:
        client.conversations_list(types="secret")
    assert error(refused) == "invalid_types"


def test_inviting(slack: Workspace, people: People, client: WebClient) -> None:
    new = slack.add_user("new")
    client.conversations_invite(channel=people.panel, users=[new])
    assert new in client.conversations_members(channel=people.panel)["members"]
    with pytest.raises(SlackApiError) as refused:
        client.conversations_invite(channel=people.panel, users=[new, "U0"])
    assert refused.value.response["errors"] == [
        {"user": new, "ok": False, "error": "already_in_channel"},
        {"user": "U0", "ok": False, "error": "user_not_found"},
    ]


def test_blocks_validate_only_looks(slack: Workspace, sandbox: Sandbox) -> None:
    def validate(**given: Any) -> Json:
        return call(sandbox, "blocks.validate", json.dumps(given).encode(), "application/json")

    assert validate(blocks=[{"type": "divider"}]) == {"ok": True}
    refused = validate(blocks=[{"type": "header", "text": plain("x" * 151)}])
    assert refused["error"] == "invalid_blocks"
    assert refused["errors"][0]["pointer"] == "/0/text/text"
    assert validate(view=modal(title=plain("")))["error"] == "invalid_view"
    assert validate(message={"blocks": [{}]})["error"] == "invalid_message"
    assert validate()["error"] == "invalid_arguments"


def test_one_message_a_second_a_channel(slack: Workspace, people: People, client: WebClient) -> None:
    client.chat_postMessage(channel=people.panel, text="1")
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel=people.panel, text="2")
    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "1"
    assert error(refused) == "ratelimited"
    client.chat_postMessage(channel=people.anna, text="another channel")
    slack.config(post_burst=3, workspace_posts_per_minute=4)
    client.chat_postMessage(channel=people.panel, text="2")
    client.chat_postMessage(channel=people.panel, text="3")
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel=people.ben, text="fifth in a minute")
    assert int(refused.value.response.headers["Retry-After"]) > 50
    assert len(slack.messages(people.panel)) == 3


@pytest.mark.parametrize(("kind", "arrived"), [("lost", 1), ("reset", 0)])
def test_an_answer_may_be_lost(slack: Workspace, people: People, client: WebClient, kind: str, arrived: int) -> None:
    slack.config(faults=[{"kind": kind, "method": "chat.postMessage", "times": 1}])
    with pytest.raises((ConnectionError, urllib.error.URLError)):
        client.chat_postMessage(channel=people.panel, text="x")
    assert len(slack.messages(people.panel)) == arrived
    assert slack.calls()[-1]["status"] is None


def test_other_faults(slack: Workspace, people: People, client: WebClient) -> None:
    def refused_by(**fault: Any) -> Any:
        slack.config(faults=[{"times": 1, "method": "chat.*", **fault}])
        with pytest.raises(SlackApiError) as refused:
            client.chat_postMessage(channel=people.panel, text="x")
        return refused.value.response

    limited = refused_by(kind="ratelimited", seconds=7)
    assert (limited.status_code, limited.headers["Retry-After"]) == (429, "7")
    assert refused_by(kind="error", code="fatal_error")["error"] == "fatal_error"
    assert refused_by(kind="http", status=503).status_code == 503
    assert refused_by(kind="html").status_code == 502
    assert slack.messages(people.panel) == []
    slack.config(faults=[{"kind": "latency", "seconds": 0.05, "after": 1}])
    took = []
    for _ in range(2):
        started = time.monotonic()
        client.auth_test()
        took.append(time.monotonic() - started >= 0.05)
    assert took == [False, True]


def test_settings_that_do_not_exist_are_refused(slack: Workspace) -> None:
    with pytest.raises(ControlError, match="no setting is called speed"):
        slack.config(speed=1)
    with pytest.raises(ControlError, match="a fault needs a kind"):
        slack.config(faults=[{"kind": "gremlin"}])


def test_reset_forgets_and_restores(slack: Workspace, people: People, client: WebClient) -> None:
    slack.config(post_rate=False, scopes=[])
    info = slack.reset()
    assert (info["users"], info["channels"]) == ({}, {})
    assert slack.config()["post_rate"] is True
    assert slack.calls() == []
    assert client.auth_test()["ok"]


@pytest.mark.parametrize("odd", ["[", "{", [], {}, 7, True, "U0", [{}], "\x00"])
@pytest.mark.parametrize("method", sorted(METHODS))
def test_odd_arguments_never_break_a_method(slack: Workspace, sandbox: Sandbox, method: str, odd: Any) -> None:
    slack.config(socket_mode=False)
    token = sandbox.app_token if METHODS[method].token == "app" else sandbox.bot_token
    channel = slack.add_channel("odd", [])
    names = {name for one in ARGUMENTS.values() for name in one}
    for given in (dict.fromkeys(names, odd), {**dict.fromkeys(names, odd), "channel": channel, "text": "x"}):
        said = call(sandbox, method, json.dumps(given).encode(), "application/json", token)
        assert isinstance(said["ok"], bool)


ARGUMENTS = {
    "chat": (
        "channel",
        "text",
        "blocks",
        "attachments",
        "metadata",
        "thread_ts",
        "ts",
        "user",
        "message_ts",
        "timestamp",
    ),
    "views": ("view", "trigger_id", "view_id", "external_id", "hash", "user_id"),
    "others": (
        "users",
        "types",
        "limit",
        "cursor",
        "oldest",
        "latest",
        "inclusive",
        "email",
        "bot",
        "force",
        "message",
        "name",
        "topic",
        "purpose",
        "is_private",
        "post_at",
        "scheduled_message_id",
    ),
    "marks": ("timestamp",),
    "files": ("filename", "length", "files", "file", "channel_id", "channels", "alt_txt", "snippet_type"),
}
