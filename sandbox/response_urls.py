"""Response URLs: five answers within thirty minutes to where a person acted."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.clock import Clock
from sandbox.ids import Ids

USES = 5
LIFE = 30 * 60.0
"""Seconds by the sandbox's clock."""


class Dead(Exception):
    """The URL can't be used any more; the argument is Slack's word for why."""


@dataclass
class ResponseUrl:
    """Where the person acted: the channel, and the message if it was one of the app's."""

    user: str
    channel: str
    message_ts: str | None
    issued: float
    uses: int = 0


class ResponseUrls:
    """All response URLs given out, by their secret last part."""

    def __init__(self, ids: Ids, clock: Clock) -> None:
        self._ids = ids
        self._clock = clock
        self._given: dict[str, ResponseUrl] = {}

    def issue(self, user: str, channel: str, message_ts: str | None = None) -> str:
        """The path of a new URL, below the server's root."""
        secret = self._ids.hex(24)
        self._given[secret] = ResponseUrl(user, channel, message_ts, self._clock.epoch())
        return f"/hooks/{'actions' if message_ts else 'commands'}/{self._ids.number(12)}/{secret}"

    def use(self, secret: str) -> ResponseUrl:
        """Count a use. Raises Dead with no_such_url, expired_url or used_url."""
        given = self._given.get(secret)
        if given is None:
            raise Dead("no_such_url")
        if self._clock.epoch() - given.issued > LIFE:
            raise Dead("expired_url")
        if given.uses >= USES:
            raise Dead("used_url")
        given.uses += 1
        return given
