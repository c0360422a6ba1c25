"""Tickets, sockets, envelopes: bare sockets where the SDK hides too much, the SDK where it counts."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.client import Workspace
from sandbox.server import Sandbox
from tests.sandbox.conftest import People, Script, connected

Json = dict[str, Any]


@pytest.fixture
def quiet() -> Any:
    """A sandbox of its own, without any app."""
    with Sandbox(users=1) as running:
        yield running


def address(sandbox: Sandbox) -> str:
    """A socket's address with a fresh ticket."""
    client = WebClient(token=sandbox.app_token, base_url=sandbox.api_url, retry_handlers=[])
    return str(client.apps_connections_open(app_token=sandbox.app_token)["url"])


class Bare:
    """One socket, without any SDK."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket

    async def hear(self) -> Json:
        """The next thing the server says."""
        said: Json = await self.socket.receive_json(timeout=2)
        return said

    async def ack(self, envelope: Json, payload: Json | None = None) -> None:
        """Acknowledge."""
        extra = {} if payload is None else {"payload": payload}
        await self.socket.send_json({"envelope_id": envelope["envelope_id"], **extra})


def on_sockets(sandbox: Sandbox, count: int, play: Callable[[list[Bare], list[Json]], Awaitable[None]]) -> None:
    """Open so many sockets, hear their first words, then play."""

    async def run() -> None:
        async with aiohttp.ClientSession() as session:
            sockets = [Bare(await session.ws_connect(address(sandbox))) for _ in range(count)]
            await play(sockets, [await one.hear() for one in sockets])

    asyncio.run(run())


async def in_thread(call: Callable[..., Any], *args: Any, **given: Any) -> Any:
    """A control call beside the running loop."""
    return await asyncio.to_thread(call, *args, **given)


def test_a_ticket_opens_one_socket(quiet: Sandbox) -> None:
    async def run() -> None:
        async with aiohttp.ClientSession() as session:
            url = address(quiet)
            first = await session.ws_connect(url)
            assert (await first.receive_json())["type"] == "hello"
            for again in (url, url.replace("ticket=", "ticket=x")):
                with pytest.raises(aiohttp.WSServerHandshakeError):
                    await session.ws_connect(again)

    asyncio.run(run())


def test_a_ticket_does_not_last(quiet: Sandbox) -> None:
    quiet.workspace().config(ticket_seconds=0.0)
    with pytest.raises(aiohttp.WSServerHandshakeError):
        on_sockets(quiet, 1, lambda sockets, hellos: asyncio.sleep(0))


def test_a_ticket_from_before_opens_nothing_while_slack_is_down(quiet: Sandbox) -> None:
    async def run() -> None:
        async with aiohttp.ClientSession() as session:
            url = address(quiet)
            quiet.workspace().config(faults=[{"kind": "outage"}])
            with pytest.raises(aiohttp.WSServerHandshakeError, match="503"):
                await session.ws_connect(url)

    asyncio.run(run())


def test_hello_counts_connections_and_the_eleventh_is_too_many(quiet: Sandbox) -> None:
    async def play(sockets: list[Bare], hellos: list[Json]) -> None:
        assert [hello["num_connections"] for hello in hellos[:10]] == list(range(1, 11))
        assert (hellos[10]["type"], hellos[10]["reason"]) == ("disconnect", "too_many_websockets")
        assert hellos[0]["connection_info"] == {"app_id": quiet.app_id}

    on_sockets(quiet, 11, play)


def test_each_envelope_goes_to_one_socket_in_turn(quiet: Sandbox) -> None:
    slack, user, channel = quiet.workspace(), quiet.users["user-1"], quiet.channels["general"]

    async def play(sockets: list[Bare], hellos: list[Json]) -> None:
        heard = []
        for number in range(4):
            command = asyncio.create_task(in_thread(slack.command, user, channel, "/panel", str(number)))
            receiving = [asyncio.create_task(one.hear()) for one in sockets]
            done, waiting = await asyncio.wait(receiving, return_when=asyncio.FIRST_COMPLETED)
            [got] = done
            heard.append((receiving.index(got), got.result()["payload"]["text"]))
            await sockets[receiving.index(got)].ack(got.result())
            assert (await command).kind == "done"
            for one in waiting:
                one.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await one
        assert sorted(heard) == [(0, "0"), (0, "2"), (1, "1"), (1, "3")]

    on_sockets(quiet, 2, play)


def test_an_ack_counts_from_any_socket_and_late_or_unknown_ones_are_logged(quiet: Sandbox) -> None:
    slack, user, channel = quiet.workspace(), quiet.users["user-1"], quiet.channels["general"]
    slack.config(ack_seconds=0.2)

    async def play(sockets: list[Bare], hellos: list[Json]) -> None:
        command = asyncio.create_task(in_thread(slack.command, user, channel, "/panel"))
        envelope = await sockets[0].hear()
        assert envelope["type"] == "slash_commands"
        assert envelope["accepts_response_payload"] is True
        assert "retry_attempt" not in envelope
        await sockets[1].ack(envelope, {"text": "from the other"})
        assert (await command).messages[0]["text"] == "from the other"
        command = asyncio.create_task(in_thread(slack.command, user, channel, "/panel"))
        late = await sockets[1].hear()
        assert (await command).kind == "timeout"
        await sockets[1].ack(late, {"text": "too late"})
        await sockets[1].ack({"envelope_id": "nonsense"})
        await sockets[1].socket.ping()
        for _ in range(100):
            notes = [call["note"] for call in await in_thread(slack.calls) if "ack" in call.get("note", "")]
            if len(notes) == 2:
                break
            await asyncio.sleep(0.01)
        assert notes == ["late ack", "repeated or unknown ack"]
        assert slack.messages(channel, user=user)[-1]["text"] == "from the other"

    on_sockets(quiet, 2, play)


def test_events_are_told_again_but_commands_are_not(quiet: Sandbox) -> None:
    slack, user, channel = quiet.workspace(), quiet.users["user-1"], quiet.channels["general"]
    slack.config(ack_seconds=0.05, event_retry=[0.0, 0.02, 0.02])

    async def play(sockets: list[Bare], hellos: list[Json]) -> None:
        saying = asyncio.create_task(in_thread(slack.say, user, channel, "hello"))
        heard = [await sockets[0].hear() for _ in range(3)]
        await sockets[0].ack(heard[2])
        assert (await saying).ack_ms is None
        assert [(one["retry_attempt"], one["retry_reason"]) for one in heard] == [
            (0, ""),
            (1, "timeout"),
            (2, "timeout"),
        ]
        assert len({one["payload"]["event_id"] for one in heard}) == 1
        assert len({one["envelope_id"] for one in heard}) == 3
        assert (await in_thread(slack.command, user, channel, "/panel")).kind == "timeout"
        assert (await sockets[0].hear())["type"] == "slash_commands"
        with pytest.raises(TimeoutError):
            await sockets[0].socket.receive_json(timeout=0.15)

    on_sockets(quiet, 1, play)


def test_without_a_socket_everything_fails_at_once(quiet: Sandbox) -> None:
    slack, user, channel = quiet.workspace(), quiet.users["user-1"], quiet.channels["general"]
    started = time.monotonic()
    outcome = slack.command(user, channel, "/panel")
    assert outcome.kind == "failed"
    assert "not connected" in outcome.reason
    assert time.monotonic() - started < 1
    assert not slack.connected(wait=0.01)
    assert slack.calls()[-1]["outcome"] == "no_connection"


def test_a_ghost_swallows_its_share(quiet: Sandbox) -> None:
    slack, user, channel = quiet.workspace(), quiet.users["user-1"], quiet.channels["general"]
    slack.config(ack_seconds=0.05)

    async def play(sockets: list[Bare], hellos: list[Json]) -> None:
        await in_thread(slack.disconnect, "ghost")

        async def acknowledge() -> None:
            while True:
                await sockets[0].ack(await sockets[0].hear())

        answering = asyncio.create_task(acknowledge())
        kinds = [(await in_thread(slack.command, user, channel, "/panel")).kind for _ in range(4)]
        assert sorted(kinds) == ["done", "done", "timeout", "timeout"]
        await in_thread(slack.disconnect, "exorcise")
        assert (await in_thread(slack.command, user, channel, "/panel")).kind == "done"
        answering.cancel()

    on_sockets(quiet, 1, play)


@pytest.mark.parametrize("reason", ["refresh_requested", "warning", "drop"])
def test_the_sdk_client_survives_losing_its_socket(quiet: Sandbox, reason: str) -> None:
    slack, user, channel = quiet.workspace(), quiet.users["user-1"], quiet.channels["general"]
    with connected(quiet, Script(), ping_interval=0.1):
        assert slack.connected()
        [before] = slack.connections()
        slack.disconnect(reason)
        for _ in range(500):
            if (now := slack.connections()) and now[-1] > before:
                break
            time.sleep(0.01)
        assert now[-1] > before
        opened = [call for call in slack.calls() if call.get("note") == "opened"]
        assert opened[-1]["open"] == (1 if reason == "drop" else 2)
        assert slack.command(user, channel, "/panel").kind == "done"


def test_a_disabled_link_lets_nobody_back_in(quiet: Sandbox) -> None:
    slack = quiet.workspace()

    async def play(sockets: list[Bare], hellos: list[Json]) -> None:
        await in_thread(slack.disconnect, "link_disabled")
        assert (await sockets[0].hear())["reason"] == "link_disabled"
        assert (await sockets[0].socket.receive(timeout=2)).type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED)

    on_sockets(quiet, 1, play)
    with pytest.raises(SlackApiError, match="socket_mode_not_enabled"):
        address(quiet)
    slack.config(socket_mode=True)
    assert address(quiet)


@pytest.mark.parametrize(
    ("kind", "given", "deliveries", "outcome"),
    [
        ("never", {}, 0, "timeout"),
        ("ack_lost", {}, 1, "timeout"),
        ("twice", {}, 2, "done"),
        ("delay", {"seconds": 0.05}, 1, "done"),
    ],
)
def test_envelope_faults(
    bot: Script, slack: Workspace, people: People, kind: str, given: Json, deliveries: int, outcome: str
) -> None:
    slack.config(ack_seconds=0.15, faults=[{"kind": kind, "method": "slash_commands", "times": 1, **given}])
    assert slack.command(people.anna, people.panel, "/panel").kind == outcome
    assert slack.command(people.anna, people.panel, "/panel").kind == "done"
    assert len(bot.heard) == deliveries + 1


def test_the_log_holds_each_envelope_with_its_ack(bot: Script, slack: Workspace, people: People) -> None:
    bot.on("command", lambda ack, body, client, respond: ack("Done"))
    slack.command(people.anna, people.panel, "/panel")
    [entry] = slack.calls()
    assert (entry["type"], entry["outcome"], entry["ack"]) == ("slash_commands", "acked", {"text": "Done"})
    assert entry["payload"]["command"] == "/panel"
    assert entry["ms"] < 3000
    assert slack.calls(since=entry["n"]) == []
