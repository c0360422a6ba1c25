"""What one sees while something is slow, has failed, has gone, or has changed under one's hands."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect
from slack_sdk import WebClient

from tests.page.conftest import Arrive, Watch
from tests.page.gallery import Gallery, button, field, form, section
from tests.page.line import line_to
from tests.page.person import Person
from tests.page.rehearsing import Played

pytestmark = pytest.mark.slow

TYPED = "half a sentence that took"
LOST = "ERR_"  # the browser says in its console that a connection is gone


def _with_form(anna: Person, shown: Gallery, *blocks: dict[str, Any]) -> None:
    shown.opens(*(blocks or (field(),)))
    anna.type_command("/form")
    expect(anna.form.get_by_role("heading", name="A form")).to_be_visible()


def test_a_slow_answer_is_waited_for_and_the_form_goes_once(anna: Person, shown: Gallery) -> None:
    _with_form(anna, shown)
    anna.fill("What happened", TYPED)
    shown.slack.config(faults=[{"kind": "delay", "method": "interactive", "seconds": 1.0, "times": 1}])
    send = anna.form.get_by_role("button", name="Send it")
    send.click()
    expect(send).to_have_attribute("aria-busy", "true")
    send.click()
    send.press("Enter")
    expect(anna.page.get_by_role("dialog")).to_have_count(0)
    assert [body.get("type") for body in shown.script.heard].count("view_submission") == 1


def test_an_answer_that_never_comes_leaves_what_was_typed(anna: Person, shown: Gallery) -> None:
    _with_form(anna, shown)
    anna.fill("What happened", TYPED)
    shown.slack.config(faults=[{"kind": "never", "method": "interactive", "times": 1}], ack_seconds=0.5)
    anna.submit()
    expect(anna.form.get_by_role("alert").first).to_be_visible()
    expect(anna.field("What happened")).to_have_value(TYPED)
    anna.submit()
    expect(anna.page.get_by_role("dialog")).to_have_count(0)


def test_a_press_in_a_message_that_fails_is_marked_there(anna: Person, shown: Gallery) -> None:
    shown.client.chat_postMessage(channel=shown.channel, text="Shall we?", blocks=[section("Shall we?"), button("Go")])
    anna.sees("Shall we?")
    shown.slack.config(faults=[{"kind": "never", "method": "interactive", "times": 1}], ack_seconds=0.5)
    anna.press("Go")
    anna.sees("⚠")
    anna.press("Go")
    anna.sees_not("⚠")


def test_a_form_that_is_gone_hands_over_what_was_typed(anna: Person, shown: Gallery) -> None:
    _with_form(anna, shown)
    anna.fill("What happened", TYPED)
    shown.slack.close(shown.anna, all=True)
    anna.sees("“A form” has closed")
    expect(anna.form.get_by_role("textbox", name="What you typed")).to_have_value(f"What happened: {TYPED}")
    anna.press("Close")
    expect(anna.page.get_by_role("dialog")).to_have_count(0)


def test_a_note_to_one_person_is_gone_after_reloading(anna: Person, shown: Gallery) -> None:
    shown.client.chat_postEphemeral(channel=shown.channel, user=shown.anna, text="Between the two of us")
    anna.sees("Between the two of us")
    anna.sees("Only visible to you")
    anna.page.reload()
    anna.settles("Anna")
    anna.sees_not("Between the two of us")


def test_a_change_by_somebody_else_keeps_what_is_being_typed(anna: Person, shown: Gallery) -> None:
    _with_form(anna, shown, section("Nobody has answered"), field())
    anna.fill("What happened", TYPED)
    view = shown.slack.see(shown.anna)["view"]
    changed = form(section("Ben has answered"), field())
    shown.client.views_update(view_id=view["id"], hash=view["hash"], view=changed)
    anna.sees("Ben has answered")
    expect(anna.field("What happened")).to_have_value(TYPED)
    expect(anna.field("What happened")).to_be_focused()
    shown.script.on("view", lambda ack, **_: ack())
    anna.field("What happened").press_sequentially(" long")
    anna.submit()
    expect(anna.page.get_by_role("dialog")).to_have_count(0)
    values = shown.script.heard[-1]["view"]["state"]["values"]
    assert values["What happened"]["it"]["value"] == f"{TYPED} long"


def test_errors_of_the_app_stand_under_their_field(anna: Person, shown: Gallery) -> None:
    shown.script.on("view", lambda ack, **_: ack(response_action="errors", errors={"What happened": "Say more"}))
    _with_form(anna, shown)
    anna.fill("What happened", TYPED)
    anna.submit()
    anna.is_told("Say more", "What happened")
    expect(anna.field("What happened")).to_be_focused()
    expect(anna.field("What happened")).to_have_value(TYPED)


def test_an_app_that_is_not_there_is_said(anna: Person, shown: Gallery) -> None:
    shown.slack.config(faults=[{"kind": "never", "method": "slash_commands", "times": 1}], ack_seconds=0.5)
    anna.type_command("/form with words")
    anna.sees("Only visible to you")
    anna.sees("/form failed because the app did not respond")


def test_a_feed_that_was_cut_catches_up(shown: Gallery, arrive: Arrive, watch: Watch) -> None:
    watch.forgiven.append(LOST)
    shown.slack.config(faults=[])
    with line_to(shown.address) as line:
        anna = arrive(line.address, f"{shown.anna}/{shown.channel}")
        anna.settles("Anna")
        line.cut()
        banner = anna.page.get_by_role("banner")
        anna.sees("Not connected to the practice workspace.", banner)
        anna.composer.fill("typed while nobody heard")
        anna.composer.press("Enter")
        anna.sees("The practice workspace does not answer.")
        expect(anna.composer).to_have_value("typed while nobody heard")
        shown.client.chat_postMessage(channel=shown.channel, text="Said meanwhile")
        line.mend()
        anna.sees("Said meanwhile")
        expect(banner.get_by_text("Not connected to the practice workspace.")).to_be_hidden()


def test_what_is_typed_into_the_box_waits_in_its_place(anna: Person, shown: Gallery) -> None:
    anna.composer.fill("not yet")
    anna.open("Messages")
    anna.open("room")
    expect(anna.composer).to_have_value("not yet")


def test_beginning_again_brings_the_page_back(month: Played, arrive: Arrive) -> None:
    month.to("2026-09-25T12:00:00+01:00")
    person = arrive(month.address)
    person.be("T.G.")
    person.press_in_the_day_bar("Begin again")
    person.sees("Everything that was done by hand is forgotten")
    person.press("Begin again")
    person.arrives_on("Tuesday 22 September 2026, 08:00")
    person.settles("T.G.")
    person.sees("No meeting is planned.")


def test_home_is_drawn_when_it_is_opened(anna: Person, shown: Gallery) -> None:
    def home(client: WebClient, body: dict[str, Any], **_: Any) -> None:
        if body["event"]["type"] == "app_home_opened":
            client.views_publish(user_id=shown.anna, view={"type": "home", "blocks": [section("It is your turn")]})

    shown.script.on("event", home)
    anna.open("Home")
    anna.sees("It is your turn")
