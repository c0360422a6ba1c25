"""The keyboard alone is enough."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.page.conftest import Arrive
from tests.page.gallery import Gallery, button, field, section, text
from tests.page.person import PATIENCE, Person
from tests.page.rehearsing import REQUESTS, Played, rehearsed

pytestmark = pytest.mark.slow

MOST_TABS = 60
OPTIONS = [{"text": text(word), "value": word} for word in ("apple", "banana", "cherry")]


@pytest.fixture(scope="module")
def played() -> Iterator[Played]:
    with rehearsed(REQUESTS) as played:
        yield played


def keys(person: Person, *pressed: str) -> None:
    """Press these one after the other."""
    for key in pressed:
        person.page.keyboard.press(key)


def tab_to(person: Person, wanted: Locator, key: str = "Tab") -> None:
    """Press Tab until this has the focus."""
    expect(wanted).to_be_visible()
    for _ in range(MOST_TABS):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        keys(person, key)
    raise AssertionError(f"Tab does not come to {wanted}")


def test_a_representative_answers(played: Played, arrive: Arrive) -> None:
    rep = arrive(played.address)
    tab_to(rep, rep.switcher)
    keys(rep, "Enter")
    expect(rep.page.get_by_role("combobox", name="Type to find")).to_be_focused()
    rep.page.keyboard.type("T.G.")
    keys(rep, "Enter")
    rep.settles("T.G.")
    tab_to(rep, rep.main.get_by_role("link", name="Messages", exact=True))
    keys(rep, "Enter")
    opens = rep.main.get_by_role("button", name="Open", exact=True).first
    tab_to(rep, opens)
    keys(rep, "Enter")
    rep.sees("What was searched")
    tab_to(rep, rep.field("systems searched"))
    rep.page.keyboard.type("Lettings book")
    tab_to(rep, rep.form.get_by_label("Version 1 (current)", exact=True))
    keys(rep, "Space")
    tab_to(rep, rep.form.get_by_role("checkbox"))
    keys(rep, "Space")
    tab_to(rep, rep.form.get_by_role("button", name="Go on to the cases"))
    keys(rep, "Enter")
    rep.sees("0 of 6 cases answered")
    tab_to(rep, rep.button("No trace", below="MSP-26-0033"))
    keys(rep, "Enter")
    rep.sees("1 of 6 cases answered")
    _answers_in_the_form(rep)
    keys(rep, "Escape")
    expect(rep.page.get_by_role("dialog")).to_have_count(0)
    expect(opens).to_be_focused()


def _answers_in_the_form(rep: Person) -> None:
    """The form behind the second case; Esc goes back to the list and leaves the list open."""
    tells = rep.button("Tell us something", below="MSP-26-0029")
    tab_to(rep, tells)
    keys(rep, "Enter")
    rep.sees("Who may read this?")
    keys(rep, "Escape")
    rep.sees("1 of 6 cases answered")
    expect(tells).to_be_focused()
    keys(rep, "Enter")
    tab_to(rep, rep.field("What has happened since the last panel?"))
    rep.page.keyboard.type("Rent arrears since 14 September.")
    keys(rep, "Control+Enter")
    rep.is_told("Please complete this required field.", "Who may read this?")
    keys(rep, "Space", "ArrowDown", "ArrowDown")
    expect(rep.form.get_by_label("Chair and victim service", exact=True)).to_be_checked()
    keys(rep, "Control+Enter")
    rep.sees("2 of 6 cases answered")


def test_going_to_a_place_and_being_a_person(played: Played, arrive: Arrive) -> None:
    person = arrive(played.address)
    person.settles("Z.O.")
    keys(person, "Control+k")
    person.page.keyboard.type("every")
    keys(person, "Enter")
    expect(person.main.get_by_role("heading", level=2, name="everybody")).to_be_visible()
    expect(person.composer).to_be_focused()
    keys(person, "Control+k")
    person.page.keyboard.type("stranger")
    keys(person, "Enter")
    person.settles("stranger")
    keys(person, "Alt+ArrowDown")
    expect(person.main.get_by_role("heading", level=2, name="Convenor")).to_be_visible()
    keys(person, "Control+k", "Escape")
    expect(person.page.get_by_role("dialog")).to_have_count(0)


def test_the_tools(played: Played, arrive: Arrive) -> None:
    person = arrive(played.address)
    person.settles("Z.O.")
    tools = person.page.get_by_role("button", name="Tools")
    tab_to(person, tools)
    keys(person, "Enter", "ArrowDown", "ArrowUp", "Escape")
    expect(tools).to_be_focused()
    keys(person, "ArrowDown", "End", "Enter")
    person.sees("Ctrl+K", person.panel)
    keys(person, "Escape")
    expect(person.panel).to_be_hidden()
    expect(tools).to_be_focused()


def test_a_day_is_chosen(played: Played, arrive: Arrive) -> None:
    person = arrive(played.address)
    person.settles("Z.O.")
    asks = person.day.get_by_role("button", name="To a date")
    tab_to(person, asks)
    keys(person, "Enter")
    expect(person.page.get_by_label("Which day?")).to_be_visible()
    tab_to(person, person.page.get_by_label("Which day?"))
    person.page.keyboard.type("10102026")  # a browser may want the month first
    person.sees("You arrive on Saturday 10 October at 09:00.")
    keys(person, "Escape")
    expect(person.page.get_by_role("dialog")).to_have_count(0)
    expect(asks).to_be_focused()


def test_menus_dates_and_questions_in_a_form(anna: Person, shown: Gallery) -> None:
    confirm = {"title": text("Sure?"), "text": text("It can't be undone."), "confirm": text("Yes"), "deny": text("No")}
    shown.opens(
        field("Fruit", type="static_select", options=OPTIONS), field("Day", type="datepicker"),
        section("More of it", accessory={"type": "overflow", "action_id": "more", "options": OPTIONS[:2]}),
        button("Delete", confirm=confirm),
    )  # fmt: skip
    keys(anna, "Control+k")
    anna.page.keyboard.type("room")
    keys(anna, "Enter")
    expect(anna.composer).to_be_focused()
    anna.page.keyboard.type("/form")
    keys(anna, "Enter")
    fruit = anna.form.get_by_role("combobox", name="Fruit")
    tab_to(anna, fruit)
    anna.page.keyboard.type("che")
    keys(anna, "Enter")
    expect(fruit).to_have_value("cherry")
    keys(anna, "ArrowDown", "ArrowUp", "Enter")
    expect(fruit).to_have_value("banana")
    keys(anna, "ArrowDown", "Escape")
    expect(fruit).to_have_value("banana")
    _picks_a_day(anna)
    _walks_the_overflow_menu(anna, shown)
    _says_no_and_then_yes(anna, shown)
    _sends_it(anna, shown)


def _walks_the_overflow_menu(anna: Person, shown: Gallery) -> None:
    more = anna.form.get_by_role("button", name="More actions")
    tab_to(anna, more)
    keys(anna, "Enter", "Escape")
    expect(more).to_be_focused()
    keys(anna, "Enter", "ArrowDown", "Enter")
    _until_heard(anna, shown, "banana")


def _says_no_and_then_yes(anna: Person, shown: Gallery) -> None:
    delete = anna.form.get_by_role("button", name="Delete")
    tab_to(anna, delete)
    keys(anna, "Enter")
    anna.sees("It can't be undone.")
    keys(anna, "Escape")
    expect(anna.page.get_by_role("dialog", name="Sure?")).to_have_count(0)
    expect(delete).to_be_focused()
    before = len(shown.script.heard)
    keys(anna, "Enter")
    tab_to(anna, anna.form.get_by_role("button", name="Yes"))
    keys(anna, "Enter")
    _until_heard(anna, shown, "go")
    assert len(shown.script.heard) == before + 1, "the answer no was told, or yes twice"


def _picks_a_day(anna: Person) -> None:
    tab_to(anna, anna.form.get_by_label("Day", exact=True))
    anna.page.keyboard.type("11112026")  # a browser may want the month first
    anna.sees("Wednesday 11 November 2026")


def _sends_it(anna: Person, shown: Gallery) -> None:
    tab_to(anna, anna.form.get_by_role("button", name="Send it"))
    keys(anna, "Enter")
    expect(anna.page.get_by_role("dialog")).to_have_count(0)
    values = shown.script.heard[-1]["view"]["state"]["values"]
    assert values["Day"]["it"]["selected_date"] == "2026-11-11"
    assert values["Fruit"]["it"]["selected_option"]["value"] == "banana"


def _until_heard(anna: Person, shown: Gallery, word: str) -> None:
    """Until the app has heard a press that holds this word."""
    for _ in range(PATIENCE // 50):
        if shown.script.heard and word in str(shown.script.heard[-1].get("actions")):
            return
        anna.page.wait_for_timeout(50)
    raise AssertionError(f"the app has not heard {word}: {shown.script.heard[-1:]}")
