"""Messages: what may be posted, how it is stored, and how Slack shows it to apps."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from sandbox.blocks import check_blocks, normal_blocks, text_length
from sandbox.errors import SlackError, invalid_blocks
from sandbox.slack import Slack
from sandbox.state import Change, Channel, Json, Message
from sandbox.strict import read_json

TEXT_KEPT = 40_000
"""Characters of text that chat.postMessage keeps; the rest is cut silently."""
TEXT_UPDATED = 4_000
"""Characters of text that chat.update, postEphemeral accept."""
BLOCK_TEXT_TOGETHER = 13_200
"""Characters in all blocks of a chat.* message. Slack does not document the number; this one was observed."""
MOST_ATTACHMENTS = 100
METADATA_BYTES = 8_000
GREY = frozenset(f"channel_{what}" for what in ("join", "leave", "topic", "purpose", "name", "archive", "unarchive"))
"""Subtypes of the grey lines that say what somebody did to the channel."""


@dataclass
class Content:
    """What a message says. None means: not given."""

    text: str | None = None
    blocks: list[Json] | None = None
    attachments: list[Json] | None = None
    metadata: Json | None = None
    files: list[Json] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Nothing to show."""
        return not (self.text or self.blocks or self.attachments)


def read_content(given: Json, *, text_limit: int | None = None, block_text_limit: bool = True) -> Content:
    """The message in a call's arguments, checked. Raises Slack's errors for texts, blocks and attachments."""
    content = Content(_text(given), _blocks(given.get("blocks")), _attachments(given.get("attachments")))
    content.metadata = _metadata(given.get("metadata"))
    if text_limit is not None and len(content.text or "") > text_limit:
        raise SlackError("msg_too_long")
    if block_text_limit and text_length(content.blocks or []) > BLOCK_TEXT_TOGETHER:
        raise SlackError("msg_blocks_too_long")
    return content


def post(
    slack: Slack,
    channel: Channel,
    content: Content,
    *,
    user: str | None = None,
    thread_ts: str | None = None,
    ephemeral_to: str | None = None,
    subtype: str | None = None,
) -> Message:
    """Store a message (the app's, unless `user` wrote it) and tell whoever watches."""
    bot = slack.installation.bot_user_id
    message = Message(
        channel=channel.id,
        ts=slack.next_ts(),
        user=user or bot,
        text=(content.text or "")[:TEXT_KEPT],
        by_bot=user in (None, bot) and subtype not in GREY,
        blocks=normal_blocks(content.blocks or [], slack.ids),
        attachments=content.attachments or [],
        metadata=content.metadata,
        files=content.files,
        thread_ts=thread_ts,
        subtype=subtype,
        ephemeral_to=ephemeral_to,
    )
    channel.messages[message.ts] = message
    slack.world.tell(Change("message", channel=channel.id, message=message))
    return message


def change(slack: Slack, message: Message, content: Content) -> None:
    """Give a message new content; what is None stays as it was."""
    if content.text is not None:
        message.text = content.text
    if content.blocks is not None:
        message.blocks = normal_blocks(content.blocks, slack.ids)
        message.values.clear()
    if content.attachments is not None:
        message.attachments = content.attachments
    if content.metadata is not None:
        message.metadata = content.metadata
    message.edited_ts = slack.next_ts()
    slack.world.tell(Change("message_changed", channel=message.channel, message=message))


def remove(slack: Slack, message: Message) -> None:
    """Delete a message."""
    slack.world.channels[message.channel].messages.pop(message.ts, None)
    slack.world.tell(Change("message_deleted", channel=message.channel, message=message))


def show(slack: Slack, message: Message, *, metadata: bool = False) -> Json:
    """The message as API answers and payloads carry it."""
    bot = slack.installation
    shown: Json = {"type": "message", "user": message.user, "ts": message.ts, "text": message.text}
    shown["team"] = bot.team_id
    if message.by_bot:
        shown |= {"bot_id": bot.bot_id, "app_id": bot.app_id, "bot_profile": bot_profile(slack)}
    optional = {
        "blocks": message.blocks,
        "attachments": message.attachments,
        "files": message.files,
        "reactions": [{"name": one, "users": who, "count": len(who)} for one, who in message.reactions.items()],
        "thread_ts": message.thread_ts,
        "subtype": message.subtype,
        "edited": {"user": message.user, "ts": message.edited_ts} if message.edited_ts else None,
        "metadata": message.metadata if metadata else None,
    }
    return shown | {name: value for name, value in optional.items() if value}


def bot_profile(slack: Slack) -> Json:
    """The app's bot as shown beside its messages."""
    bot = slack.installation
    icons = {f"image_{size}": f"{slack.base_url}/icon.png" for size in (36, 48, 72)}
    user = slack.world.users[bot.bot_user_id]
    name = user.flags.get("real_name", user.name)
    profile: Json = {"id": bot.bot_id, "app_id": bot.app_id, "name": name, "icons": icons}
    return profile | {"deleted": False, "updated": 0, "team_id": bot.team_id}


def _text(given: Json) -> str | None:
    text = given.get("text")
    markdown = given.get("markdown_text")
    if markdown is not None:
        if text or given.get("blocks"):
            raise SlackError("markdown_text_conflict")
        text = markdown
    return None if text is None else str(text)


def _blocks(given: Any) -> list[Json] | None:
    blocks = _decoded(given, "invalid_blocks_format")
    if blocks is None:
        return None
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    problems = check_blocks(blocks)
    if problems:
        raise invalid_blocks(problems)
    return blocks


def _attachments(given: Any) -> list[Json] | None:
    attachments = _decoded(given, "invalid_attachments")
    if attachments is None:
        return None
    if not isinstance(attachments, list) or not all(isinstance(one, dict) for one in attachments):
        raise SlackError("invalid_attachments")
    if len(attachments) > MOST_ATTACHMENTS:
        raise SlackError("too_many_attachments")
    for index, one in enumerate(attachments):
        problems = check_blocks(one.get("blocks") or [], at=f"/attachments/{index}/blocks")
        if problems:
            raise invalid_blocks(problems)
    return attachments


def _metadata(given: Any) -> Json | None:
    metadata = _decoded(given, "invalid_metadata_format")
    if metadata is None:
        return None
    whole = isinstance(metadata, dict) and isinstance(metadata.get("event_type"), str)
    if not whole or not isinstance(metadata.get("event_payload"), dict):
        raise SlackError("invalid_metadata_format")
    if len(json.dumps(metadata).encode()) > METADATA_BYTES:
        raise SlackError("metadata_too_large")
    kept: Json = metadata
    return kept


def _decoded(given: Any, error: str) -> Any:
    """A value that may have come as JSON text; absent and empty text are None."""
    if not isinstance(given, str):
        return given
    try:
        return read_json(given) if given else None
    except ValueError:
        raise SlackError(error) from None
