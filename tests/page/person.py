"""Somebody at the page: what they do and see, by the roles and names that a screen reader hears, never by a class."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import reduce
from typing import Final, Literal

from playwright.sync_api import Locator, Page, expect

PATIENCE = 10_000  # milliseconds: two processors are shared by all
PLAYS = 90_000  # milliseconds in which the story comes to another day
LOOK = 500  # milliseconds until one looks again what is in front
FIELDS: Final[tuple[Literal["textbox", "combobox", "group", "radiogroup"], ...]] = (
    "textbox", "combobox", "group", "radiogroup",
)  # fmt: skip


class Person:
    """Whoever sits at this page now."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address

    # -- where one is

    def arrive(self, at: str = "") -> None:
        """Load the page; `at` is the part of its address behind #."""
        self.page.goto(f"{self.address}#{at}" if at else self.address)
        expect(self.switcher).to_be_visible()

    def settles(self, who: str) -> None:
        """The page is this person's, and nothing of it is to come."""
        expect(self.switcher).to_have_accessible_name(is_of(who))
        expect(self.day.get_by_role("button").first).to_be_visible()
        expect(self.main.get_by_text("Loading…")).to_have_count(0)

    def be(self, who: str) -> None:
        """Sit down as somebody."""
        self.switcher.click()
        self.page.get_by_role("dialog", name="Whose screen?").get_by_role("option", name=begins(who)).click()
        expect(self.switcher).to_have_accessible_name(is_of(who))

    def open(self, place: str) -> None:
        """Go to a conversation, or to the app's "Home" or "Messages"."""
        if place in ("Home", "Messages"):
            self.sidebar.get_by_role("link").last.click()  # the app stands beneath the conversations
            self.main.get_by_role("link", name=place, exact=True).click()
        else:
            self.sidebar.get_by_role("link", name=place).click()
            expect(self.main.get_by_role("heading", level=2, name=place)).to_be_visible()

    def use(self, tool: str) -> Locator:
        """Open one of the tools; gives the panel."""
        self.page.get_by_role("button", name="Tools").click()
        self.page.get_by_role("menuitem", name=tool, exact=True).click()
        return self.panel

    # -- what one does

    def type_command(self, text: str) -> None:
        """Type a line into the message box and send it."""
        self.composer.fill(text)
        self.composer.press("Enter")

    def press(self, name: str, *, below: str | None = None) -> None:
        """Press the button of this name, the newest where there are more; or the first `below` these words."""
        self.button(name, below=below).click()

    def fill(self, label: str, text: str) -> None:
        """Put text into the form's field."""
        self.field(label).fill(text)

    def choose(self, label: str, *options: str) -> None:
        """Choose from the form's menu by typing what begins it."""
        box = self.form.get_by_role("combobox", name=label)
        for option in options:
            box.fill(option)
            self.form.get_by_role("option", name=option).first.click()
        box.press("Escape") if len(options) > 1 else None

    def tick(self, label: str) -> None:
        """Tick a box, or take one of several round ones."""
        self.form.get_by_label(label, exact=True).check()

    def submit(self) -> None:
        """Press the form's sending button."""
        self.form.get_by_role("button").last.click()

    def close(self) -> None:
        """Close the form on top."""
        self.form.get_by_role("button", name=re.compile("^(Close|Cancel|Back)$")).click()

    def leave(self) -> None:
        """Close every form."""
        self.form.get_by_role("button", name="Dismiss").click()
        expect(self.page.get_by_role("dialog")).to_have_count(0)

    def go_to_day(self, day: str) -> None:
        """Ask the day bar for a day (ISO); it then says what that means."""
        self.ask_for_a_day()
        self.page.get_by_label("Which day?").fill(day)

    def ask_for_a_day(self) -> None:
        """Open the day bar's question."""
        self.press_in_the_day_bar("To a date")
        expect(self.page.get_by_label("Which day?")).to_be_visible()

    def press_in_the_day_bar(self, name: str) -> None:
        """Where it has no room for all its buttons, some are behind another one."""
        button = self.day.get_by_role("button", name=name, include_hidden=True)
        if not button.is_visible():
            self.day.get_by_role("button", name="Other ways on").click()
        button.click()

    # -- what one sees

    def sees(self, text: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Wait until this stands in what is in front, which may change meanwhile."""
        for patience in [LOOK] * (PATIENCE // LOOK):
            shown = (within or self.front).get_by_text(text).filter(visible=True).last
            with suppress(AssertionError):
                return expect(shown).to_be_visible(timeout=patience)
        expect((within or self.front).get_by_text(text).last).to_be_visible(timeout=LOOK)

    def sees_not(self, text: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Nothing of this is on the screen."""
        expect((within or self.front).get_by_text(text)).to_have_count(0)

    def is_told(self, error: str, label: str) -> None:
        """This error belongs to the form's field of this name, and can be read."""
        kinds = [self.form.get_by_role(kind, name=label) for kind in FIELDS]
        field = reduce(lambda one, other: one.or_(other), kinds)
        expect(field).to_have_accessible_description(re.compile(re.escape(error)))
        self.sees(error)

    def arrives_on(self, day: str) -> None:
        """The day bar says this day, and the story has come to rest there."""
        expect(self.day.get_by_role("time")).to_have_text(day, use_inner_text=True, timeout=PLAYS)
        expect(self.day.get_by_role("button", name="Play")).to_be_enabled(timeout=PLAYS)

    def field(self, label: str) -> Locator:
        """The form's field of this name."""
        return self.form.get_by_role("textbox", name=label)

    def button(self, name: str, *, below: str | None = None) -> Locator:
        """A button of what is in front."""
        if below is None:
            return self.front.get_by_role("button", name=name, exact=True).last
        words = self.front.get_by_text(below).last
        return words.locator(f"xpath=following::button[normalize-space()='{name}'][1]")

    @property
    def day(self) -> Locator:
        """The day bar."""
        return self.page.get_by_role("region", name="The day")

    @property
    def front(self) -> Locator:
        """The open form, if there is one, else the middle of the page."""
        return self.form if self.form.is_visible() else self.main

    @property
    def form(self) -> Locator:
        """The dialog on top."""
        return self.page.get_by_role("dialog").last

    @property
    def main(self) -> Locator:
        """The middle of the page."""
        return self.page.get_by_role("main")

    @property
    def panel(self) -> Locator:
        """The panel at the right."""
        return self.page.get_by_role("complementary")

    @property
    def sidebar(self) -> Locator:
        """The list of conversations."""
        return self.page.get_by_role("navigation", name="Conversations")

    @property
    def composer(self) -> Locator:
        """The message box."""
        return self.main.get_by_role("textbox", name=re.compile("^Message "))

    @property
    def switcher(self) -> Locator:
        """The button that says whose screen this is."""
        return self.page.get_by_role("button", name=re.compile("^You are "))


def begins(words: str) -> re.Pattern[str]:
    """A name that begins with these words, or is them."""
    return re.compile(rf"^{re.escape(words)}(?![\w.])")


def is_of(who: str) -> re.Pattern[str]:
    """What the button says that names whose screen this is."""
    return begins(f"You are {who}")
