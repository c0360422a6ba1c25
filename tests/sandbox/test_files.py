"""Files: the upload in three steps, as the official client does it, and what becomes of them."""

from __future__ import annotations

import urllib.error
import urllib.request
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.client import Workspace
from sandbox.server import Sandbox
from tests.sandbox.conftest import People, Script

Json = dict[str, Any]


@pytest.fixture(autouse=True)
def _scopes(slack: Workspace) -> None:
    slack.config(add_scopes=["files:read", "files:write"])


def post(url: str, content: bytes) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, content)) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()


def events(slack: Workspace) -> list[Json]:
    """What was sent: Bolt keeps the app's own doings from its listeners."""
    return [one["payload"]["event"] for one in slack.calls() if one.get("type") == "events_api"]


def test_a_file_is_uploaded_shared_and_told(bot: Script, slack: Workspace, people: People, client: WebClient) -> None:
    slack.config(events=["message", "file_shared"])
    said = client.files_upload_v2(
        channel=people.panel, filename="plan.txt", title="The plan", content="abc", initial_comment="Here it is"
    )
    file = said["files"][0]
    assert (file["name"], file["title"], file["mimetype"], file["size"]) == ("plan.txt", "The plan", "text/plain", 3)
    [message] = slack.messages(people.panel)
    assert (message["subtype"], message["text"]) == ("file_share", "Here it is")
    assert [one["id"] for one in message["files"]] == [file["id"]]
    slack.say(people.anna, people.panel, "thanks")
    [told] = [event for event in events(slack) if event["type"] == "file_shared"]
    assert (told["file_id"], told["channel_id"]) == (file["id"], people.panel)
    assert client.files_info(file=file["id"])["file"]["groups"] == [people.panel]


def test_a_file_is_read_with_the_bots_token_only(
    slack: Workspace, sandbox: Sandbox, people: People, client: WebClient
) -> None:
    file = client.files_upload_v2(channel=people.panel, filename="a.txt", content="abc")["files"][0]
    request = urllib.request.Request(file["url_private"], headers={"Authorization": f"Bearer {sandbox.bot_token}"})
    with urllib.request.urlopen(request) as answer:
        assert answer.read() == b"abc"
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(file["url_private"])
    with refused.value:
        assert refused.value.code == 403


def test_an_upload_address_takes_its_own_bytes_once(slack: Workspace, people: People, client: WebClient) -> None:
    told = client.files_getUploadURLExternal(filename="a.txt", length=3)
    assert post(told["upload_url"], b"abcd") == (400, "announced were 3 bytes, not 4")
    assert post(told["upload_url"], b"abc") == (200, "OK - 3")
    assert post(told["upload_url"], b"abc")[0] == 404
    with pytest.raises(SlackApiError, match="file_not_found"):
        client.files_info(file=told["file_id"])
    assert client.files_completeUploadExternal(files=[{"id": told["file_id"]}])["files"][0]["title"] == "a.txt"
    assert slack.messages(people.panel) == []


def test_a_deleted_file_leaves_its_messages(slack: Workspace, people: People, client: WebClient) -> None:
    said = client.files_upload_v2(channel=people.panel, filename="a.txt", content="abc", initial_comment="Look")
    alone = client.files_upload_v2(channel=people.panel, filename="b.txt", content="abc")
    client.files_delete(file=said["files"][0]["id"])
    client.files_delete(file=alone["files"][0]["id"])
    [message] = slack.messages(people.panel)
    assert (message["text"], "files" in message) == ("Look", False)
