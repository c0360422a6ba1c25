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
HERE_ONLY = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
LEFT_OUT = (
    "PreloadTopChromeWebUI",  # a page of Chromium's own behind each of ours; the others are left out by Playwright,
    "AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync",  # and one list counts
    "DestroyProfileOnBrowserClose", "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay", "MediaRouter",
    "NetworkTimeServiceQuerying", "OptimizationHints", "PaintHolding", "PreconnectToSearch", "TcpPortRandomizationWin",
    "ThirdPartyStoragePartitioning",
)  # fmt: skip
QUICK = (HERE_ONLY, f"--disable-features={','.join(LEFT_OUT)}", "--in-process-gpu")
WIDE: ViewportSize = {"width": 1280, "height": 800}

DAYS = ("at_requests", "at_panel")  # fixtures that let the same month go on

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
        running = playwright.chromium.launch(executable_path=found, args=[*SWITCHES, *QUICK])
        yield running
        running.close()


@pytest.fixture(scope="module")
def month() -> Iterator[Played]:
    """One month for the tests of a file, which goes on from day to day as they ask for it."""
    with rehearsed() as played:
        yield played


@pytest.fixture
def at_requests(month: Played) -> Played:
    """The month when the representatives have just been asked; to look at, not to change."""
    if month.stand_at(REQUESTS):
        office, room = month.user("Z.O."), month.place(ELSEWHERE)
        month.workspace.say(office, room, "The room for Wednesday is on the first floor.")
        root = month.workspace.messages(room)[-1]["ts"]
        month.workspace.say(office, room, "There is a lift.", thread_ts=root)
    return month


@pytest.fixture
def at_panel(month: Played) -> Played:
    """The month in the minute in which the meeting has begun; to look at, not to change."""
    month.stand_at(PANEL)
    return month


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """However they were shuffled, tests of an earlier day go first: for them the month would have to begin again."""
    days = {n: wanted[0] for n, item in enumerate(items) if (wanted := [day for day in DAYS if _uses(item, day)])}
    in_order = sorted(days, key=lambda n: DAYS.index(days[n]))
    for n, item in zip(days, [items[n] for n in in_order], strict=True):
        items[n] = item


def _uses(item: pytest.Item, fixture: str) -> bool:
    return fixture in getattr(item, "fixturenames", ())


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
        """Hear of everything. No request gets elsewhere (HERE_ONLY), and none may be tried.

        Requests are heard of and not intercepted: that would take as long again as the page itself.
        """
        context.on("request", lambda request: self._request(request.url, address))
        context.on("console", self._console)
        context.on("weberror", lambda error: self.problems.append(f"error: {error.error}"))
        context.on("page", self._dialogs)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.problems.append(f"{message.type}: {message.text} {message.location['url']}")

    def _dialogs(self, page: Page) -> None:
        def dismissed(dialog: Any) -> None:
            self.problems.append(f"dialog: {dialog.message}")
            dialog.dismiss()

        page.on("dialog", dismissed)

    def _request(self, url: str, address: str) -> None:
        self.asked.append(url)
        if not url.startswith((address, "data:")):
            self.problems.append(f"elsewhere: {url}")


@pytest.fixture
def watch() -> Iterator[Watch]:
    """What goes wrong in the browser fails the test, wherever it comes from."""
    watch = Watch()
    yield watch
    assert watch.unforgiven == []


@pytest.fixture
def newcomer(browser: Browser, watch: Watch) -> Iterator[Arrive]:
    """`newcomer(address, **context)`: somebody in a profile that has never seen the page, who is not there yet."""
    opened: list[BrowserContext] = []

    def coming(address: str, **options: Any) -> Person:
        given = {"viewport": WIDE, "locale": "en-GB", "timezone_id": "Europe/London", "reduced_motion": "reduce"}
        context = browser.new_context(**{**given, **options})
        opened.append(context)
        context.set_default_timeout(PATIENCE)
        watch.follow(context, address)
        return Person(context.new_page(), address)

    yield coming
    for context in opened:
        context.close()


@pytest.fixture
def arrive(newcomer: Arrive) -> Arrive:
    """`arrive(address, at="", **context)`: such a person, at the page."""

    def arriving(address: str, at: str = "", **options: Any) -> Person:
        person = newcomer(address, **options)
        person.arrive(at)
        return person

    return arriving


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
