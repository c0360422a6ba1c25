"""files.*: the upload in its three steps, looking at a file, deleting it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sandbox import channels, files, messages
from sandbox.errors import SlackError, invalid_arguments
from sandbox.people.events import message_event
from sandbox.shelf import File
from sandbox.slack import Slack
from sandbox.state import Channel, Json
from sandbox.web_api.lookup import bot_is_in, seen_channel
from sandbox.web_api.methods import Args, method

ALT_MOST = 1000
MOST_CHANNELS = 100
SNIPPET_MOST = 2**20
LARGEST = 2**30


@method(
    "files.getUploadURLExternal", "files:write",
    errors=("alt_txt_too_large", "file_upload_size_restricted", "snippet_too_large"),
)  # fmt: skip
def get_upload_url(slack: Slack, args: Args) -> Json:
    """Announce a file; its bytes are then POSTed to the address that comes back."""
    name, length = args.need("filename"), args.whole("length", 0, "invalid_arguments")
    alt = args.text("alt_txt")
    if length <= 0:
        raise invalid_arguments("must be greater than 0 [json-pointer:/length]")
    if length > LARGEST:
        raise SlackError("file_upload_size_restricted")
    if args.text("snippet_type") and length > SNIPPET_MOST:
        raise SlackError("snippet_too_large")
    if len(alt or "") > ALT_MOST:
        raise SlackError("alt_txt_too_large")
    made = File(slack.ids.new("F"), name, length, int(slack.clock.epoch()), alt_text=alt)
    slack.world.files[made.id] = made
    return {"upload_url": f"{slack.base_url}/upload/{files.ticket(slack, made)}", "file_id": made.id}


@method(
    "files.completeUploadExternal", "files:write",
    errors=(
        "channel_not_found", "channels_limit_exceeded", "file_not_found", "invalid_blocks", "invalid_blocks_format",
        "not_in_channel",
    ),
)  # fmt: skip
def complete_upload(slack: Slack, args: Args) -> Json:
    """Finish uploads and share them, in one message a channel. Without a channel the files stay private."""
    uploaded = [_uploaded(slack, one) for one in _named(args)]
    places = _places(slack, args)
    content = messages.read_content({"text": args.text("initial_comment"), "blocks": args.given.get("blocks")})
    for file, title in uploaded:
        file.title = title or file.name
        file.channels += [place.id for place in places if place.id not in file.channels]
    shown = [files.show(slack, file) for file, _ in uploaded]
    for place in places:
        message = messages.post(
            slack, place, replace(content, files=shown), thread_ts=args.text("thread_ts"), subtype="file_share"
        )
        channels.tell(slack, message_event(slack, place, message))
        for file, _ in uploaded:
            channels.tell(slack, files.shared_event(slack, file, place))
    return {"files": shown}


@method("files.info", "files:read", errors=("file_deleted", "file_not_found"))
def info(slack: Slack, args: Args) -> Json:
    """A file that was uploaded."""
    return {"file": files.show(slack, _file(slack, args)), "comments": [], "response_metadata": {"next_cursor": ""}}


@method("files.delete", "files:write", errors=("file_deleted", "file_not_found"))
def delete(slack: Slack, args: Args) -> Json:
    """Delete a file everywhere."""
    file = _file(slack, args)
    file.deleted, file.content = True, None
    for message in [m for place in file.channels for m in slack.world.channels[place].messages.values()]:
        if any(one["id"] == file.id for one in message.files):
            files.take_out(slack, message, file)
    return {}


def _file(slack: Slack, args: Args) -> File:
    file = slack.world.files.get(args.need("file", "file_not_found"))
    if file is None or file.title is None:
        raise SlackError("file_not_found")
    if file.deleted:
        raise SlackError("file_deleted")
    return file


def _named(args: Args) -> list[Json]:
    named: Any = args.decoded("files")
    if not isinstance(named, list) or not named or not all(isinstance(one, dict) for one in named):
        raise invalid_arguments("must provide an array [json-pointer:/files]")
    return named


def _uploaded(slack: Slack, given: Json) -> tuple[File, str]:
    file = slack.world.files.get(str(given.get("id")))
    if file is None or file.content is None:
        raise SlackError("file_not_found")
    return file, str(given.get("title") or "")


def _places(slack: Slack, args: Args) -> list[Channel]:
    named = args.several("channels") or args.several("channel_id")
    if len(named) > MOST_CHANNELS:
        raise SlackError("channels_limit_exceeded")
    found = [seen_channel(slack, one) for one in named]
    if not all(bot_is_in(slack, place) for place in found):
        raise SlackError("not_in_channel")
    return found
