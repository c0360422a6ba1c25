"""On a telephone (360 px), and at 400 % zoom (320 × 256): nothing scrolls sideways, everything can be reached."""

from __future__ import annotations

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.page.conftest import Arrive
from tests.page.person import Person
from tests.page.rehearsing import Played
from tests.page.screens import AT_PANEL, AT_REQUESTS, Screen

pytestmark = pytest.mark.slow

PHONE: ViewportSize = {"width": 360, "height": 740}
ZOOMED: ViewportSize = {"width": 320, "height": 256}  # what is left of 1280 x 1024 at 400 %
SETTLES = 300  # milliseconds in which a tour's card has found its place
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
def test_a_screen_when_updates_are_asked_for(screen: Screen, at_requests: Played, arrive: Arrive) -> None:
    _fits(screen, at_requests, arrive)


@pytest.mark.parametrize("screen", AT_PANEL, ids=lambda screen: screen.name)
def test_a_screen_of_the_day_of_the_meeting(screen: Screen, at_panel: Played, arrive: Arrive) -> None:
    _fits(screen, at_panel, arrive)


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


def _fits(screen: Screen, played: Played, arrive: Arrive) -> None:
    person = arrive(played.address, viewport=PHONE)
    screen.come_to(person, played)
    found = [*_look(person, "360 px")]
    person.page.set_viewport_size(ZOOMED)
    person.page.evaluate(ANCHOR)
    person.page.wait_for_timeout(SETTLES)
    assert [*found, *_look(person, "at 400 %")] == []


def _look(person: Person, where: str) -> list[str]:
    return [f"{where}: {one}" for one in person.page.evaluate(SIDEWAYS) + person.page.evaluate(OUT_OF_REACH)]
