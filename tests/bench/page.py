"""The page in Debian's Chromium: first paint, a long conversation scrolled, a message that comes, a form that opens.

`python -m tests.bench.page` prints these alone. Milliseconds are the browser's own.
"""

from __future__ import annotations

import os
import shutil
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from slack_sdk import WebClient

from sandbox.server import Sandbox
from tests.page.conftest import NAMES, SWITCHES, WIDE
from tests.page.person import Person
from tests.page.rehearsing import REQUESTS, Played, rehearsed

LOADS = 10
MESSAGES = 2000
TIMES = 20

PAINTS = """() => Object.fromEntries(performance.getEntriesByType("paint").map((one) => [one.name, one.startTime]))"""

STANDS = """() => new MutationObserver((_, watch) => {
  if (!document.querySelector("[data-point=people]")?.textContent || !document.querySelector("#place-title")) return;
  watch.disconnect();
  requestAnimationFrame((now) => { window.stood = now; });
}).observe(document, { childList: true, subtree: true })"""

SCROLL = """async ({ up, all }) => {
  const scroller = document.querySelector("main .scroll");
  const tasks = [];
  const watch = new PerformanceObserver((list) => tasks.push(...list.getEntries().map((one) => one.duration)));
  watch.observe({ type: "longtask" });
  const frames = [];
  const many = () => scroller.querySelectorAll("article").length;
  const end = () => up ? scroller.scrollHeight - scroller.clientHeight + scroller.scrollTop : -scroller.scrollTop;
  let before = await new Promise(requestAnimationFrame);
  while (many() < all || end() > 1) {
    scroller.scrollTop += up ? -300 : 300;
    const now = await new Promise(requestAnimationFrame);
    frames.push(now - before);
    before = now;
    if (frames.length > 20000) throw new Error("The end was not reached.");
  }
  await new Promise((done) => setTimeout(done, 100));
  watch.disconnect();
  return { frames, tasks, messages: many() };
}"""

ARRIVES = """(text) => { window.seen = new Promise((done) => {
  const watch = new MutationObserver(() => {
    if (!document.querySelector("main .scroll").textContent.includes(text)) return;
    watch.disconnect();
    requestAnimationFrame(() => setTimeout(() => done(Date.now()), 0));
  });
  watch.observe(document.querySelector("main"), { childList: true, subtree: true });
}); }"""

OPENS = """(button) => new Promise((done) => {
  const begun = performance.now();
  const watch = new MutationObserver(() => {
    if (!document.querySelector("dialog[open] h2")) return;
    watch.disconnect();
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun), 0));
  });
  watch.observe(document.body, { childList: true, subtree: true, attributes: true });
  button.click();
})"""


def lines() -> Iterator[str]:
    """One line a figure; or why there is none."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        yield "The page: not measured, there is no Chromium (on Debian: apt-get install chromium)."
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=[*SWITCHES])
        yield f"The page, with Chromium {browser.version} (load {os.getloadavg()[0]:.1f}):"
        with rehearsed(REQUESTS) as played:
            yield from _painted(browser, played)
            yield _opened(browser, played)
        yield from _long_conversation(browser)
        browser.close()


def _painted(browser: Browser, played: Played) -> Iterator[str]:
    """Each load with nothing kept from another."""
    first, content, stood = [], [], []
    for _ in range(LOADS):
        context = browser.new_context(viewport=WIDE)
        page = context.new_page()
        page.add_init_script(f"({STANDS})()")
        page.goto(f"{played.address}#{played.user('Z.O.')}/app")
        stood.append(float(page.wait_for_function("() => window.stood").json_value()))
        paints = page.evaluate(PAINTS)
        first.append(paints["first-paint"])
        content.append(paints["first-contentful-paint"])
        context.close()
    yield f"First paint, {LOADS} cold loads: {_told(first)}; with content: {_told(content)}"
    yield f"The person's screen stands, {LOADS} cold loads: {_told(stood)}"


def _opened(browser: Browser, played: Played) -> str:
    """A button in a message, the bot's answer, and the form drawn."""
    user, taken = played.user("T.G."), []
    someone = Person(browser.new_page(viewport=WIDE), played.address)
    someone.arrive(f"{user}/app")
    someone.sees("6 cases to answer")
    for _ in range(TIMES):
        taken.append(someone.button("Open", below="6 cases to answer").evaluate(OPENS))
        someone.leave()
    someone.page.close()
    return f"From a press to the form that the bot opens, {TIMES} times: {_told(taken)}"


def _long_conversation(browser: Browser) -> Iterator[str]:
    with Sandbox(users=1) as box:
        box.workspace().config(post_rate=False)  # the sandbox paces as Slack does
        client = WebClient(token=box.bot_token, base_url=box.api_url)
        channel, user = next(iter(box.channels.values())), next(iter(box.users.values()))
        for number in range(MESSAGES):
            _post(client, channel, f"Message {number} of a long month")
        page = browser.new_page(viewport=WIDE)
        page.goto(f"{box.control_url.removesuffix('/_control')}/#{user}/{channel}")
        page.get_by_text(f"Message {MESSAGES - 1} of").last.wait_for()
        yield _scrolled(page, up=True)
        yield _scrolled(page, up=False)
        taken = [_arrived(page, lambda words: _post(client, channel, words), f"Late {n}.") for n in range(TIMES)]
        yield f"From a message that the app posts there to its being seen, {TIMES} times: {_told(taken)}"


def _post(client: WebClient, channel: str, words: str) -> None:
    """A message as a bot posts them: a few lines, buttons, small print."""
    said = {"type": "section", "text": {"type": "mrkdwn", "text": f"*{words}*\nTwo lines, of which this is one."}}
    pressed: list[dict[str, Any]] = [
        {"type": "button", "action_id": name, "text": {"type": "plain_text", "text": name}}
        for name in ("Open", "Later")
    ]
    small = {"type": "context", "elements": [{"type": "mrkdwn", "text": "In small print."}]}
    client.chat_postMessage(channel=channel, text=words, blocks=[said, {"type": "actions", "elements": pressed}, small])


def _scrolled(page: Page, *, up: bool) -> str:
    told = page.evaluate(SCROLL, {"up": up, "all": MESSAGES})
    way = "newest to oldest, fetched on the way" if up else "oldest to newest"
    frames, longest = told["frames"], max(told["tasks"], default=0)
    slow = sum(frame > 50 for frame in frames)
    return (
        f"Scrolling {told['messages']} messages with buttons, {way}: longest of {len(frames)} frames"
        f" {max(frames):.0f} ms, {slow} over 50 ms; longest task {f'{longest:.0f}' if longest else 'under 50'} ms"
    )


def _arrived(page: Page, post: Callable[[str], None], words: str) -> float:
    page.evaluate(ARRIVES, words)
    began = time.time() * 1000
    post(words)
    return float(page.evaluate("() => window.seen")) - began


def _told(taken: list[float]) -> str:
    return f"median {statistics.median(taken):.0f} ms, slowest {max(taken):.0f} ms"


if __name__ == "__main__":
    for line in lines():
        print(line)
