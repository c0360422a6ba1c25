"""Whether the bot is in a channel, and what to do when it is not."""

from __future__ import annotations

from http.client import HTTPException

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from commands.kit.errors import Refusal


class NotAMember(Refusal):
    """The bot is not in that channel. Open the channel, type /invite @Convenor and try again."""


class NotPrivate(Refusal):
    """Choose a private channel: everybody in the workspace can read a public one."""


class Archived(Refusal):
    """That channel is archived. Unarchive it, or choose another."""


class MayNotLook(Refusal):
    """The bot may not look at private channels yet. Add the scope groups:read under OAuth & Permissions in the app's
    settings, install the app again and try again."""


class NoAnswer(Refusal):
    """Slack did not say whether the bot is in that channel. Nothing was saved: please try again."""


GROUPS = "groups:read"
SENTENCES: dict[str, type[Refusal]] = {
    "channel_not_found": NotAMember,
    "is_archived": Archived,
    "missing_scope": MayNotLook,
}


def problem_with(client: WebClient, channel: str) -> type[Refusal] | None:
    """What keeps the bot from using a channel as a panel's own; None when nothing does. One call of Slack."""
    try:
        found = client.conversations_info(channel=channel)["channel"]
    except SlackApiError as problem:
        return _refused(str(problem.response.get("error")), str(problem.response.get("needed") or GROUPS))
    except (OSError, HTTPException, SlackClientError):
        return NoAnswer
    if not found.get("is_private") or found.get("is_im"):
        return NotPrivate
    if found.get("is_archived"):
        return Archived
    return None if found.get("is_member") else NotAMember


def _refused(error: str, needed: str) -> type[Refusal]:
    if error == "missing_scope" and GROUPS not in needed:
        return NotPrivate  # a public channel or a direct message: we ask for no scope to look at those
    return SENTENCES.get(error, NoAnswer)
