"""A real browser, a fresh profile a test, and nothing that goes wrong in it unheard."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize, expect, sync_playwright

from bot.demo.cast import ELSEWHERE
from tests.page.gallery import Gallery, gallery
from tests.page.person import PATIENCE, Person
from tests.page.rehearsing import PANEL, REQUESTS, Played, rehearsed

NAMES = ("chromium", "chromium-browser", "google-chrome")
SWITCHES = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
)  # fmt: skip
WIDE: ViewportSize = {"width": 1280, "height": 800}

Arrive = Callable[..., Person]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium, once for all the tests of a worker that are here.

    Not for longer: while Playwright runs no other test of this thread can begin an event loop.
    """
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("There is no Chromium on this machine (on Debian: apt-get install chromium).")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=[*SWITCHES])
        yield running
        running.close()


@pytest.fixture(scope="package")
def at_requests() -> Iterator[Played]:
    """The month when the representatives have just been asked; to look at, not to change."""
    with rehearsed(REQUESTS) as played:
        office, room = played.user("Z.O."), played.place(ELSEWHERE)
        played.workspace.say(office, room, "The room for Wednesday is on the first floor.")
        root = played.workspace.messages(room)[-1]["ts"]
        played.workspace.say(office, room, "There is a lift.", thread_ts=root)
        yield played


@pytest.fixture(scope="package")
def at_panel() -> Iterator[Played]:
    """The month in the minute in which the meeting has begun; to look at, not to change."""
    with rehearsed(PANEL) as played:
        yield played


@dataclass
class Watch:
    """What happened in a test's browser that its page does not show."""

    problems: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)  # the address of every request
    forgiven: list[str] = field(default_factory=list)  # words of problems that the test brings about itself

    @property
    def unforgiven(self) -> list[str]:
        """The problems that nobody expected."""
        return [one for one in self.problems if not any(words in one for words in self.forgiven)]

    def follow(self, context: BrowserContext, address: str) -> None:
        """Hear of everything, and let no request go elsewhere."""
        context.on("request", lambda request: self.asked.append(request.url))
        context.on("console", self._console)
        context.on("weberror", lambda error: self.problems.append(f"error: {error.error}"))
        context.on("page", self._dialogs)
        context.route(lambda url: not url.startswith((address, "data:")), self._elsewhere)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.problems.append(f"{message.type}: {message.text} {message.location['url']}")

    def _dialogs(self, page: Page) -> None:
        def dismissed(dialog: Any) -> None:
            self.problems.append(f"dialog: {dialog.message}")
            dialog.dismiss()

        page.on("dialog", dismissed)

    def _elsewhere(self, route: Any) -> None:
        self.problems.append(f"elsewhere: {route.request.url}")
        route.abort()


@pytest.fixture
def watch() -> Iterator[Watch]:
    """What goes wrong in the browser fails the test, wherever it comes from."""
    watch = Watch()
    yield watch
    assert watch.unforgiven == []


@pytest.fixture
def arrive(browser: Browser, watch: Watch) -> Iterator[Arrive]:
    """`arrive(address, at="", **context)`: somebody at a page, in a profile that has never seen it."""
    opened: list[BrowserContext] = []

    def arriving(address: str, at: str = "", **options: Any) -> Person:
        given = {"viewport": WIDE, "locale": "en-GB", "timezone_id": "Europe/London", "reduced_motion": "reduce"}
        context = browser.new_context(**{**given, **options})
        opened.append(context)
        context.set_default_timeout(PATIENCE)
        watch.follow(context, address)
        person = Person(context.new_page(), address)
        person.arrive(at)
        return person

    yield arriving
    for context in opened:
        context.close()


@pytest.fixture(scope="module")
def shown() -> Iterator[Gallery]:
    """An app that shows whatever a test gives it."""
    with gallery() as shown:
        yield shown


@pytest.fixture
def anna(shown: Gallery, arrive: Arrive) -> Person:
    """Anna in #room of the gallery, nothing open, nothing wrong."""
    shown.script.clear()
    shown.slack.config(faults=[], ack_seconds=3.0)
    shown.slack.close(shown.anna, all=True)
    person = arrive(shown.address, f"{shown.anna}/{shown.channel}")
    person.settles("Anna")
    return person
