"""No screen of the month breaks a rule of WCAG 2.2 A or AA that axe-core can find."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]
from playwright.sync_api import ViewportSize

from tests.page.conftest import WIDE, Arrive
from tests.page.person import Person
from tests.page.rehearsing import Played
from tests.page.screens import AT_PANEL, AT_REQUESTS, Screen

pytestmark = pytest.mark.slow

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
EVERYTHING = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},  # new in 2.2, and off unless asked for
    "resultTypes": ["violations"],
}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}
NARROW: ViewportSize = {"width": 360, "height": 740}


@pytest.mark.parametrize("screen", AT_REQUESTS, ids=lambda screen: screen.name)
def test_a_screen_when_updates_are_asked_for(screen: Screen, at_requests: Played, arrive: Arrive) -> None:
    assert [*_violations(screen, at_requests, arrive)] == []


@pytest.mark.parametrize("screen", AT_PANEL, ids=lambda screen: screen.name)
def test_a_screen_of_the_day_of_the_meeting(screen: Screen, at_panel: Played, arrive: Arrive) -> None:
    assert [*_violations(screen, at_panel, arrive)] == []


def _violations(screen: Screen, played: Played, arrive: Arrive) -> Iterator[str]:
    """Light and dark, wide and narrow. What is dark differs from what is light in its colours alone."""
    person = arrive(played.address, bypass_csp=True)  # as the page's own policy would keep axe out
    screen.come_to(person, played)
    person.page.evaluate(AXE_SCRIPT)
    for size in (WIDE, NARROW):
        person.page.set_viewport_size(size)
        person.page.emulate_media(color_scheme="light")
        yield from (f"{size['width']} px: {found}" for found in _run(person, EVERYTHING))
        person.page.emulate_media(color_scheme="dark")
        yield from (f"{size['width']} px, dark: {found}" for found in _run(person, COLOURS))


def _run(person: Person, rules: dict[str, Any]) -> Iterator[str]:
    said = person.page.evaluate("rules => axe.run(document, rules)", rules)
    for violation in said["violations"]:
        for node in violation["nodes"]:
            yield f"{violation['id']}: {node['html'][:160]} {node['failureSummary'][:300]}"
