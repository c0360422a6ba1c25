"""HTTP mode: what Slack sends goes to the app's own addresses, signed, and is answered there within three seconds."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlencode

import aiohttp
from yarl import URL

from sandbox.ack import Ack, ms_since
from sandbox.clock import real_seconds, wall_seconds
from sandbox.config import BadSetting, Config
from sandbox.ids import Ids
from sandbox.state import Installation, Json

ADDRESSES = ("request_url", "commands_url", "interactivity_url", "options_url", "events_url")
REDIRECTS = 2
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
AGENT = "Slackbot 1.0 (+https://api.slack.com/robots)"


class TooMany(Exception):
    """One redirect more than Slack follows."""


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """The v0 signature over the raw body."""
    signed = f"v0:{timestamp}:".encode() + body
    return f"v0={hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()}"


def address_of(config: Config, kind: str, payload: Json) -> str | None:
    """Where this goes: the address for its kind, else `request_url`; None if neither is set."""
    if kind == "slash_commands":
        own = config.commands_url
    elif kind == "events_api":
        own = config.events_url
    else:
        own = config.options_url if payload.get("type") == "block_suggestion" else config.interactivity_url
    return own or config.request_url


def body_of(kind: str, payload: Json) -> tuple[str, bytes]:
    """Content type and raw body: a command as a form, an interaction as a form's one field, an event as JSON."""
    if kind == "events_api":
        return JSON, json.dumps(payload).encode()
    fields = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return FORM, urlencode(fields).encode()


class HttpMode:
    """Slack's own HTTP client. It reaches nothing but this machine."""

    def __init__(self, installation: Installation, config: Config, ids: Ids) -> None:
        self._installation = installation
        self._config = config
        self._ids = ids
        self._session: aiohttp.ClientSession | None = None

    @property
    def on(self) -> bool:
        """Whether any address is set, so that nothing goes by socket."""
        return any(getattr(self._config, name) for name in ADDRESSES)

    async def check(self, settings: Mapping[str, Any]) -> None:
        """Look at addresses before they are set; one for events must answer its challenge. Raises BadSetting."""
        given = {name: settings[name] for name in ADDRESSES if settings.get(name) is not None}
        for name, url in given.items():
            if not is_local(url):
                raise BadSetting(f"{name} must be an http address on this machine, such as http://127.0.0.1:3000/")
        for url in {given[name] for name in ("events_url", "request_url") if name in given}:
            await self._challenge(url)

    async def carry(self, envelope: Json, entry: Json, times: int, sent: Callable[[], None]) -> Ack:
        """Post it so many times at once (none: lost on the way); the first one's answer counts."""
        kind, payload = envelope["type"], envelope["payload"]
        url = address_of(self._config, kind, payload)
        if url is None:
            entry["outcome"] = "no_connection"
            return Ack("no_connection", why="no address is set for this")
        entry["url"] = url
        headers = _retried(envelope)
        posts = [self._post(url, *body_of(kind, payload), headers, kind) for _ in range(times)]
        if not posts:
            posts = [self._lost()]
        answers = await asyncio.gather(*posts)
        sent()
        return answers[0]

    async def close(self) -> None:
        """Let go of the client."""
        if self._session is not None:
            await self._session.close()

    async def _lost(self) -> Ack:
        started = real_seconds()
        await asyncio.sleep(self._config.ack_seconds)
        return _timeout(started)

    async def _post(self, url: str, content_type: str, body: bytes, headers: dict[str, str], kind: str) -> Ack:
        started = real_seconds()
        try:
            async with asyncio.timeout(self._config.ack_seconds):
                status, answered, text = await self._follow(URL(url), content_type, body, headers)
        except TimeoutError:
            return _timeout(started)
        except TooMany:
            return _refused("it redirects more than twice", "http_service_error", "too_many_redirects")
        except BadSetting as refused:
            return _refused(str(refused), "http_service_error", "http_error")
        except aiohttp.ClientSSLError:
            return _refused("its certificate is refused", "dispatch_failed", "ssl_error")
        except aiohttp.ClientError:
            return _refused("nothing answers at its address", "dispatch_failed", "connection_failed")
        good = 200 <= status < 300 if kind == "events_api" else status == 200
        if good:
            return Ack("acked", _said(kind, answered.get("Content-Type", ""), text), ms_since(started))
        no_retry = answered.get("x-slack-no-retry") == "1"
        return _refused(f"it answered {status}", "http_service_error", "http_error", ms_since(started), no_retry)

    async def _follow(
        self, url: URL, content_type: str, body: bytes, headers: dict[str, str]
    ) -> tuple[int, Mapping[str, str], str]:
        """POST, and again where it redirects to, at most twice and never away from this machine."""
        for _ in range(REDIRECTS + 1):
            signed = {**self._signed(body), **headers, "Content-Type": content_type}
            async with self._client().post(url, data=body, headers=signed, allow_redirects=False) as answer:
                if answer.status not in (301, 302, 303, 307, 308):
                    return answer.status, answer.headers, await answer.text(errors="replace")
                url = url.join(URL(answer.headers.get("Location", "")))
            if not is_local(str(url)):
                raise BadSetting("it redirects away from this machine")
        raise TooMany

    async def _challenge(self, url: str) -> None:
        challenge = self._ids.hex(52)
        asked = {"token": self._installation.verification_token, "challenge": challenge, "type": "url_verification"}
        ack = await self._post(url, JSON, json.dumps(asked).encode(), {}, "url_verification")
        said = ack.payload.get("challenge") if isinstance(ack.payload, dict) else ack.payload
        if not ack.ok:
            raise BadSetting(f"{url} did not answer the challenge: {ack.why}")
        if said != challenge:
            raise BadSetting(f"{url} did not answer the challenge: it gave back something else")

    def _signed(self, body: bytes) -> dict[str, str]:
        now = int(wall_seconds())
        secret = self._installation.signing_secret
        signed = {"X-Slack-Request-Timestamp": str(now), "X-Slack-Signature": signature(secret, now, body)}
        return {**signed, "User-Agent": AGENT, "Accept": "application/json,*/*"}

    def _client(self) -> aiohttp.ClientSession:
        """One without cookies, proxies and kept connections: an app that ends must not be posted to once more."""
        if self._session is None:
            connector = aiohttp.TCPConnector(force_close=True, limit=0)
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())
        return self._session


def is_local(url: object) -> bool:
    """Whether it is http(s) to this machine: localhost or a loopback number."""
    try:
        parsed = URL(str(url))
        host = parsed.host or ""
        return parsed.scheme in ("http", "https") and (host == "localhost" or ip_address(host).is_loopback)
    except ValueError:
        return False


def _retried(envelope: Json) -> dict[str, str]:
    """Headers of an event that is told again; a first delivery has none."""
    if not envelope.get("retry_attempt"):
        return {}
    return {"x-slack-retry-num": str(envelope["retry_attempt"]), "x-slack-retry-reason": envelope["retry_reason"]}


def _said(kind: str, content_type: str, text: str) -> Any:
    """What the app answered: JSON as such; a command's plain text is a message; nothing is None."""
    if not text.strip():
        return None
    try:
        said = json.loads(text) if kind != "slash_commands" or JSON in content_type else text
    except ValueError:
        said = text
    return {"text": said} if kind == "slash_commands" and isinstance(said, str) else said


def _timeout(started: float) -> Ack:
    why = "it did not answer in time"
    return Ack("timeout", ms=ms_since(started), why=why, error="operation_timeout", retry_reason="http_timeout")


def _refused(why: str, error: str, reason: str, ms: float | None = None, no_retry: bool = False) -> Ack:
    return Ack("refused", None, ms, why, error, reason, no_retry)
