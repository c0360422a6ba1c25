"""Every main screen of the month, wide, on a telephone (360 px) and at 400 % zoom (320 × 256): no rule of WCAG 2.2 A or
AA that axe-core can find is broken, nothing scrolls sideways, everything can be reached."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]
from playwright.sync_api import ViewportSize, expect

from tests.page.conftest import WIDE, Arrive
from tests.page.person import Person
from tests.page.rehearsing import Played
from tests.page.screens import AT_PANEL, AT_REQUESTS, Screen

pytestmark = pytest.mark.slow

PHONE: ViewportSize = {"width": 360, "height": 740}
ZOOMED: ViewportSize = {"width": 320, "height": 256}  # what is left of 1280 x 1024 at 400 %
SETTLES = 300  # milliseconds in which a tour's card has found its place
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
EVERYTHING = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},  # new in 2.2, and off unless asked for
    "resultTypes": ["violations"],
}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}
ANCHOR = """document.querySelector("dialog [aria-expanded=true]")?.scrollIntoView({ block: "center" })"""
SIDEWAYS = """() => [document.documentElement, ...document.querySelectorAll("body, main, dialog:modal, dialog:modal *")]
    .filter((one) => one.clientWidth && one.scrollWidth > one.clientWidth + 1)
    .filter((one) => ["auto", "scroll", "visible"].includes(getComputedStyle(one).overflowX))
    .filter((one) => !["inline", "contents"].includes(getComputedStyle(one).display))
    .filter((one) => one === document.documentElement || getComputedStyle(one).overflowX !== "visible")
    .filter((one) => !one.matches("[role=group][tabindex], pre"))
    .map((one) => `${one.tagName}.${one.className} is ${one.scrollWidth} wide in ${one.clientWidth}`)"""
# What lies beneath a list, a form, a menu or the panel is not looked at: it is reached when that has been closed.
OUT_OF_REACH = """() => {
  const seen = (where) => [...document.querySelectorAll(where)].filter((one) => one.checkVisibility()).at(-1);
  const inFront = [":popover-open", "dialog:modal", "[role=menu], .offers, section[role=dialog]", "aside"];
  const front = inFront.map(seen).find(Boolean) || document.body;
  const found = [];
  for (const one of front.querySelectorAll("a[href], button, input, select, textarea, summary, [role=option]")) {
    if (!one.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    one.scrollIntoView({ block: "center", inline: "center" });
    const box = one.getBoundingClientRect();
    if (box.bottom <= 0 || box.width <= 1 || one.matches(".skip")) continue;  // for those who hear the page
    const name = `${one.tagName} “${(one.getAttribute("aria-label") || one.textContent || one.type).slice(0, 40)}”`;
    const inText = one.matches("p a, span a, li a:not(.paper a), .mention-go");
    const native = one.matches("[type=radio], [type=checkbox]");
    const small = !inText && !native && Math.min(box.width, box.height) < 23.9;
    if (small) found.push(`${name}: only ${box.width} by ${box.height}`);
    const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height / 2, 100)];
    const hit = document.elementFromPoint(x, y);
    const meant = hit && (one.contains(hit) || hit.contains(one) || hit.closest("label")?.control === one);
    if (!meant) found.push(`${name}: at ${Math.round(x)}, ${Math.round(y)} is ${hit?.outerHTML.slice(0, 90)}`);
    if (box.left < -1 || box.right > innerWidth + 1) found.push(`${name}: from ${box.left} to ${box.right}`);
  }
  return found;
}"""


@pytest.mark.parametrize("screen", AT_REQUESTS, ids=lambda screen: screen.name)
def test_a_screen_when_updates_are_asked_for(screen: Screen, at_requests: Played, newcomer: Arrive) -> None:
    assert _wrong(screen, at_requests, newcomer) == []


def test_the_conversations_are_behind_a_button(at_requests: Played, arrive: Arrive) -> None:
    user = at_requests.user("T.G.")
    at_requests.workspace.close(user, all=True)  # what an earlier screen left open
    person = arrive(at_requests.address, f"{user}/home", viewport=PHONE)
    person.settles("T.G.")
    expect(person.sidebar).to_be_hidden()
    person.page.get_by_role("button", name="Conversations").click()
    person.open("everybody")
    expect(person.sidebar).to_be_hidden()
    expect(person.main.get_by_role("heading", level=2, name="everybody")).to_be_visible()


@pytest.mark.parametrize("screen", AT_PANEL, ids=lambda screen: screen.name)
def test_a_screen_of_the_day_of_the_meeting(screen: Screen, at_panel: Played, newcomer: Arrive) -> None:
    assert _wrong(screen, at_panel, newcomer) == []


def _wrong(screen: Screen, played: Played, newcomer: Arrive) -> list[str]:
    """One comes to the screen on a telephone; what is asked of it at each size."""
    person = newcomer(played.address, viewport=PHONE)
    screen.come_to(person, played)
    person.page.evaluate(AXE_SCRIPT)
    broken = [f"{size['width']} px, {one}" for size in (PHONE, WIDE) for one in _violations(person, size)]
    return broken + [f"{size['width']} px: {one}" for size in (PHONE, ZOOMED) for one in _hindrances(person, size)]


def _violations(person: Person, size: ViewportSize) -> Iterator[str]:
    """Light and dark. What is dark differs from what is light in its colours alone."""
    person.page.set_viewport_size(size)
    yield from (f"light: {found}" for found in _run(person, EVERYTHING))
    person.page.emulate_media(color_scheme="dark")
    yield from (f"dark: {found}" for found in _run(person, COLOURS))
    person.page.emulate_media(color_scheme="light")


def _run(person: Person, rules: dict[str, Any]) -> Iterator[str]:
    said = person.page.evaluate("rules => axe.run(document, rules)", rules)
    for violation in said["violations"]:
        for node in violation["nodes"]:
            yield f"{violation['id']}: {node['html'][:160]} {node['failureSummary'][:300]}"


def _hindrances(person: Person, size: ViewportSize) -> list[str]:
    """What is too wide, too small or beneath something else."""
    person.page.set_viewport_size(size)
    person.page.evaluate(ANCHOR)
    person.page.wait_for_timeout(SETTLES)
    return [*person.page.evaluate(SIDEWAYS), *person.page.evaluate(OUT_OF_REACH)]
