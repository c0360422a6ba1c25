"""The tour goes to the day that it is about, and goes on there, also when the story has to begin again."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.page.conftest import Arrive
from tests.page.person import PLAYS, Person
from tests.page.rehearsing import Played

pytestmark = pytest.mark.slow


def test_a_tour_goes_to_its_day_and_goes_on(month: Played, arrive: Arrive) -> None:
    page = arrive(month.address)
    page.page.get_by_role("button", name="Show me round").click()
    card = page.page.get_by_role("dialog", name="Two hours before")
    card.get_by_role("button", name="Play the story up to Friday 9 October").click()
    page.arrives_on("Friday 9 October 2026, 15:00")
    _has_arrived(card)
    card.get_by_role("button", name="End").click()
    _chooses(page, "Representative")
    card = page.page.get_by_role("dialog", name="The request has come")
    card.get_by_role("button", name="Begin the story again").click()
    expect(page.page.get_by_role("button", name=re.compile("^You are T.G."))).to_be_visible(timeout=PLAYS)
    page.arrives_on("Friday 2 October 2026, 10:00")
    _has_arrived(card)


def _chooses(page: Person, seat: str) -> None:
    page.use("Show me round")
    page.panel.get_by_role("button", name=seat).click()


def _has_arrived(card: Locator) -> None:
    expect(card).to_be_visible(timeout=PLAYS)
    expect(card.get_by_role("button", name=re.compile("story|Playing"))).to_have_count(0, timeout=PLAYS)
