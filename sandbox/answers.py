"""Messages that come back by response_url or inside an acknowledgement."""

from __future__ import annotations

from sandbox import messages
from sandbox.errors import SlackError
from sandbox.response_urls import ResponseUrl
from sandbox.slack import Slack
from sandbox.state import Json

DEFAULT = "ephemeral"


def apply(slack: Slack, where: ResponseUrl, given: Json) -> None:
    """Replace or delete the original, or post: to the channel, or only to the person. Raises SlackError.

    It works where the bot is no member. A replacement takes the whole message's place, blocks included.
    """
    channel = slack.world.channels[where.channel]
    original = channel.messages.get(where.message_ts or "")
    content = messages.read_content(given, block_text_limit=False)
    if given.get("delete_original") and original is not None:
        messages.remove(slack, original)
        return
    if content.empty:
        raise SlackError("no_text")
    if given.get("replace_original") and original is not None:
        content.text = content.text or ""
        content.blocks = content.blocks or []
        content.attachments = content.attachments or []
        messages.change(slack, original, content)
        return
    to = None if given.get("response_type", DEFAULT) == "in_channel" else where.user
    messages.post(slack, channel, content, ephemeral_to=to, thread_ts=given.get("thread_ts"))
