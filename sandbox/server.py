"""The HTTP server of the sandbox, alone or inside a test."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from aiohttp import web

from sandbox import control, files, hooks, page, web_api
from sandbox.client import Workspace
from sandbox.control.setup import add_channel, add_user
from sandbox.slack import Slack

HOST = "127.0.0.1"
LARGEST_BODY = 8 * 2**20
BACKLOG = 512
NO_PORT = "port {port} of this machine is in use or can't be had; name another, or 0 for one that is free"
LAST_PORT = 65_535
STEPS_TO_SIT_DOWN = 5
"""Turns of the loop from an accepted socket to a connection that the server closes at its end, with some to spare."""
KEEP_ALIVE = 3600.0
"""Seconds that an idle control connection stays open."""


class CannotOpen(OSError):
    """The port can't be had; the argument is the sentence."""


def build_app(slack: Slack) -> web.Application:
    """All routes over one workspace."""
    app = web.Application(client_max_size=LARGEST_BODY, middlewares=[page.guard])
    app.router.add_route("*", "/api/{method}", partial(web_api.serve, slack))
    app.router.add_get("/link/", slack.sockets.serve)
    app.router.add_get("/files/{id}", partial(files.send, slack))
    app.router.add_post("/upload/{ticket}", partial(files.receive, slack))
    app.router.add_post("/hooks/{kind}/{number}/{secret}", partial(hooks.serve, slack))
    app.router.add_routes(control.routes(slack))
    app.router.add_routes(page.routes(slack))
    return app


async def serve(slack: Slack, port: int, users: int, ended: asyncio.Event, ready: Callable[[], None]) -> None:
    """Serve on 127.0.0.1 until `ended` is set; `ready` is called when the port is bound (0 takes a free one).

    users: how many neutral people to start with. Raises CannotOpen if the port is taken.
    """
    runner = web.AppRunner(build_app(slack), access_log=None, shutdown_timeout=0.5, keepalive_timeout=KEEP_ALIVE)
    door = _door(port)
    await runner.setup()
    try:
        await web.SockSite(runner, door, backlog=BACKLOG).start()
        slack.base_url = f"http://{HOST}:{door.getsockname()[1]}"
        furnish(slack, users)
        ready()
        await ended.wait()
    finally:
        await _let_nobody_in(door)
        await slack.stop()
        await runner.cleanup()
        door.close()


def _door(port: int) -> socket.socket:
    """Raises CannotOpen."""
    if 0 <= port <= LAST_PORT:
        with suppress(OSError):
            return socket.create_server((HOST, port), backlog=BACKLOG)
    raise CannotOpen(NO_PORT.format(port=port))


async def _let_nobody_in(door: socket.socket) -> None:
    """Accept no more, and let those just accepted sit down: a server that closes over them leaves sockets open."""
    asyncio.get_running_loop().remove_reader(door)
    for _ in range(STEPS_TO_SIT_DOWN):
        await asyncio.sleep(0)


def furnish(slack: Slack, users: int) -> None:
    """A few neutral people, user-1 and so on, and a public channel `general` with them and the app."""
    ids = [add_user(slack, f"user-{number}") for number in range(1, users + 1)]
    add_channel(slack, "general", ids, private=False)


class Sandbox:
    """The server in a thread of its own, for tests: `with Sandbox() as sandbox: sandbox.workspace()`.

    users: how many neutral people to start with; story: ISO moment with offset for story time; seed: for the same ids
    each time; manifest: the app's, as its file has it. After start() the attributes say where it is and what to
    connect with; `users` and `channels` are ids by name, as of the start.
    """

    api_url: str
    control_url: str
    clock_url: str
    bot_token: str
    app_token: str
    signing_secret: str
    app_id: str
    bot_user_id: str
    team_id: str
    users: dict[str, str]
    channels: dict[str, str]

    def __init__(
        self,
        *,
        port: int = 0,
        story: str | None = None,
        users: int = 0,
        seed: int | None = None,
        manifest: dict[str, Any] | None = None,
    ) -> None:
        self._port = port
        self._people = users
        self._slack = Slack(story, seed, manifest)
        self._ended = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._answered = threading.Event()
        self._failure: OSError | None = None
        self._workspaces: list[Workspace] = []
        self._thread = threading.Thread(target=self._run, name="sandbox", daemon=True)

    def start(self) -> Sandbox:
        """Serve; returns when the port is bound. Raises OSError if it is taken."""
        self._thread.start()
        self._answered.wait()
        if self._failure is not None:
            raise self._failure
        for name, fact in control.info(self._slack).items():
            setattr(self, name, fact)
        return self

    def stop(self) -> None:
        """Close the sockets and end the thread."""
        for workspace in self._workspaces:
            workspace.hang_up()
        if self._loop is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._ended.set)
            self._thread.join()

    def __enter__(self) -> Sandbox:
        return self.start()

    def __exit__(self, *exc: object) -> None:
        self.stop()

    def workspace(self) -> Workspace:
        """A client of the control API; stop() hangs it up."""
        workspace = Workspace(self.control_url)
        self._workspaces.append(workspace)
        return workspace

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except OSError as refused:
            self._failure = refused
        finally:
            self._answered.set()

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        await serve(self._slack, self._port, self._people, self._ended, self._answered.set)
        await asyncio.sleep(0.02)  # for the last transports to close in
