"""The main screens of the month: whose each is, and how one comes to it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from playwright.sync_api import expect

from tests.page.person import Person
from tests.page.rehearsing import Played

OFFICE, REP, VICTIMS, CHAIR, STRANGER = "Z.O.", "T.G.", "I.K.", "V.X.", "stranger"
HOME, MESSAGES, CHANNEL, EVERYBODY = "home", "app", "panel-ops", "everybody"


@dataclass(frozen=True)
class Screen:
    """`where` one begins (a channel's name, "home" or "app") and what one does there to see it."""

    name: str
    who: str
    where: str
    show: Callable[[Person], None] = lambda person: None

    def come_to(self, person: Person, played: Played) -> None:
        """Load the page as this person, with nothing open, and show the screen."""
        user = played.user(self.who)
        played.workspace.close(user, all=True)
        where = self.where if self.where in (HOME, MESSAGES) else played.place(self.where)
        person.arrive(f"{user}/{where}")
        person.settles(self.who)
        self.show(person)


def _form(command: str, *presses: tuple[str, str | None], title: str) -> Callable[[Person], None]:
    """Type a command, press buttons (each with what it stands below), and come to a form of this title."""

    def show(person: Person) -> None:
        person.type_command(command)
        expect(person.form).to_be_visible()
        for name, below in presses:
            person.sees(below or name)
            person.press(name, below=below)
        expect(person.form.get_by_role("heading", name=title).first).to_be_visible()

    return show


def _pressed(name: str, below: str, *, title: str) -> Callable[[Person], None]:
    def show(person: Person) -> None:
        person.sees(below)
        person.press(name, below=below)
        expect(person.form.get_by_role("heading", name=title).first).to_be_visible()

    return show


def _statement_with_errors(person: Person) -> None:
    _pressed("Open", "cases to answer", title="What was searched")(person)
    person.submit()
    person.sees("Please complete this required field.")


def _updates(person: Person) -> None:
    """The list of cases; on the first visit the statement of what was searched comes before it."""
    _pressed("Open", "cases to answer", title="")(person)
    if person.form.get_by_role("heading", name="What was searched").is_visible():
        person.fill("systems searched", "Lettings book")
        person.tick("Version 1 (current)")
        person.tick("Nobody who searched has a personal link to these cases")
        person.submit()
    person.sees(re.compile(r"\d of \d cases answered"))


def _answer(person: Person) -> None:
    _updates(person)
    person.press("Tell us something", below="MSP-26-0029")
    person.sees("Who may read this?")


def _unfolded(label: str, before: Callable[[Person], None]) -> Callable[[Person], None]:
    def show(person: Person) -> None:
        before(person)
        person.form.get_by_role("combobox", name=label).click()
        expect(person.form.get_by_role("option").first).to_be_visible()

    return show


def _more(person: Person) -> None:
    _updates(person)
    person.form.get_by_role("button", name="More actions").first.click()
    expect(person.form.get_by_role("menuitem").first).to_be_visible()


def _offers(person: Person) -> None:
    person.composer.press_sequentially("/")
    expect(person.main.get_by_role("option").first).to_be_visible()


def _thread(person: Person) -> None:
    person.main.get_by_role("button", name="1 reply").click()
    person.sees("Thread", person.panel)


def _tool(tool: str, sight: str, person: Person) -> None:
    person.sees(sight, person.use(tool))


def _wire(person: Person) -> None:
    panel = person.use("What goes over the wire")
    panel.get_by_role("listitem").locator("summary").last.click()
    person.sees("envelope", panel)


def _tools(person: Person) -> None:
    person.page.get_by_role("button", name="Tools").click()
    expect(person.page.get_by_role("menuitem").first).to_be_visible()


def _switcher(person: Person) -> None:
    person.switcher.click()
    expect(person.form.get_by_role("option").first).to_be_visible()


def _tour(person: Person) -> None:
    person.page.get_by_role("banner").get_by_role("button", name="Show me round").click()
    expect(person.page.get_by_role("dialog").get_by_role("button", name="Next")).to_be_visible()


def _day(person: Person) -> None:
    person.ask_for_a_day()


RECORD = ("Open", "MSP-26-0033")

AT_REQUESTS = [
    Screen("home of the coordinator", OFFICE, HOME),
    Screen("home of the representative", REP, HOME),
    Screen("home of a stranger", STRANGER, HOME),
    Screen("messages", REP, MESSAGES),
    Screen("what was searched", VICTIMS, MESSAGES, _statement_with_errors),
    Screen("updates", REP, MESSAGES, _updates),
    Screen("an overflow menu", REP, MESSAGES, _more),
    Screen("an answer", REP, MESSAGES, _answer),
    Screen("return board", OFFICE, CHANNEL, _form("/panel board", title="Return board")),
    Screen("thread", OFFICE, EVERYBODY, _thread),
    Screen("suggestions", STRANGER, EVERYBODY, _offers),
    Screen("whose screen", OFFICE, CHANNEL, _switcher),
    Screen("tools", REP, CHANNEL, _tools),
    Screen("story", OFFICE, CHANNEL, partial(_tool, "Story", "Take over")),
    Screen("wire", CHAIR, CHANNEL, _wire),
    Screen("faults", OFFICE, CHANNEL, partial(_tool, "Make something fail", "Nothing is made to fail.")),
    Screen("files", OFFICE, CHANNEL, partial(_tool, "Files to take away", "There are no files yet.")),
    Screen("about", STRANGER, EVERYBODY, partial(_tool, "What stands in Slack", "What the bot holds")),
    Screen("keys", REP, CHANNEL, partial(_tool, "Keys (?)", "Ctrl+K")),
    Screen("tour", REP, MESSAGES, _tour),
    Screen("to a date", OFFICE, CHANNEL, _day),
]

AT_PANEL = [
    Screen("home of the chair", CHAIR, HOME),
    Screen("channel with the agenda", CHAIR, CHANNEL),
    Screen("agenda", CHAIR, CHANNEL, _form("/agenda", title="Agenda")),
    Screen("briefing", CHAIR, CHANNEL, _pressed("Open", "K-029 · review 3", title="Briefing")),
    Screen("record", OFFICE, CHANNEL, _form("/panel record", title="record")),
    Screen("record of a case", OFFICE, CHANNEL, _form("/panel record", RECORD, title="Record MSP")),
    Screen("decision", OFFICE, CHANNEL,
           _unfolded("What was decided?", _form("/panel record", RECORD, ("Decision", None), title="Decision"))),
    Screen("new action", OFFICE, CHANNEL,
           _form("/panel record", RECORD, ("Add action", None), title="Add an action")),
    Screen("actions", REP, CHANNEL, _form("/actions", title="")),
]  # fmt: skip
