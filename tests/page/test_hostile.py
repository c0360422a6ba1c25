"""Whatever people and apps write is shown as text: nothing of it runs, nothing of it leads or asks elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.page.conftest import Arrive, Watch
from tests.page.gallery import Gallery, button, field, section, text
from tests.page.person import Person

pytestmark = pytest.mark.slow

IMAGE = "<img src=x onerror=\"window.hacked='image'\">"
SCRIPT = "<script>window.hacked='script'</script>"
CLOSING = '"></textarea></title><svg onload=window.hacked=1>'
LINK = "<javascript:alert(1)|a link> and <data:text/html,hacked|another>"
RIGHT_TO_LEFT = "\u202etxet neddih\u202c \u200f\u05d0 \u200b\u200d\ufeffzero"
HOSTILE = (IMAGE, SCRIPT, CLOSING, "{{constructor}} ${alert(1)} javascript:alert(1)", RIGHT_TO_LEFT)
ANYBODY = "<!channel> <!here> <@U0> <#C0|<b>x</b>>"
LONG = "a" * 20_000 + " " + "b " * 10_000


@pytest.fixture
def anna(shown: Gallery, arrive: Arrive) -> Iterator[Person]:
    """Anna in #room; afterwards nothing has run, and the page still answers."""
    shown.script.clear()
    shown.slack.close(shown.anna, all=True)
    person = arrive(shown.address, f"{shown.anna}/{shown.channel}")
    person.settles("Anna")
    yield person
    assert person.page.evaluate("window.hacked") is None
    assert person.page.locator("img[src='x'], main script, dialog script, svg[onload], [onerror]").count() == 0
    links = person.page.evaluate("[...document.querySelectorAll('a[href]')].map((one) => one.protocol)")
    assert {*links} <= {"http:", "https:", "mailto:"}


def test_what_an_app_says(anna: Person, shown: Gallery) -> None:
    for words in HOSTILE:
        shown.client.chat_postMessage(channel=shown.channel, text="fallback", blocks=[
            section(_escaped(words)), {"type": "context", "elements": [text(words)]}, button(words[:70]),
        ])  # fmt: skip
        anna.sees(words.splitlines()[0])
        shown.client.chat_postMessage(channel=shown.channel, text=words)  # not escaped, as it should have been


def test_links_that_lead_nowhere(anna: Person, shown: Gallery, watch: Watch) -> None:
    shown.client.chat_postMessage(channel=shown.channel, text=f"{LINK} {ANYBODY}")
    anna.sees("a link and another @channel @here")
    shown.client.chat_postMessage(channel=shown.channel, text="See <https://example.org/page|this page>")
    link = anna.main.get_by_role("link", name="this page")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    expect(link).to_have_attribute("target", "_blank")
    assert not [one for one in watch.asked if not one.startswith((shown.address, "data:"))]


def test_an_image_from_elsewhere_is_not_fetched(anna: Person, shown: Gallery, watch: Watch) -> None:
    image = {"type": "image", "image_url": "https://example.org/eye.png", "alt_text": f"an eye {IMAGE}"}
    shown.client.chat_postMessage(channel=shown.channel, text="an image", blocks=[image])
    anna.sees(f"an eye {IMAGE}")
    assert not [one for one in watch.asked if "example.org" in one]


def test_what_people_say(anna: Person, shown: Gallery) -> None:
    for words in (IMAGE, SCRIPT, CLOSING):
        anna.composer.fill(words)
        anna.composer.press("Enter")
        anna.sees(words)


def test_names_and_topics(shown: Gallery, arrive: Arrive) -> None:
    mallory = shown.slack.add_user(IMAGE[:70], title=SCRIPT)
    room = shown.slack.add_channel("odd", [mallory], private=False)
    shown.slack.change_channel(room, topic=f"{SCRIPT} {RIGHT_TO_LEFT}")
    shown.slack.say(mallory, room, f"I am <@{mallory}>", wait=False)
    person = arrive(shown.address, f"{mallory}/{room}")
    person.sees(SCRIPT)
    person.sees(IMAGE[:70])
    person.switcher.click()
    person.sees(IMAGE[:70])
    assert person.page.evaluate("window.hacked") is None


def test_what_a_form_holds(anna: Person, shown: Gallery) -> None:
    for words in HOSTILE:
        option = {"text": text(words[:70]), "value": words[:70], "description": text(words[:70])}
        menu = {"type": "static_select", "placeholder": text(words[:70]), "options": [option]}
        boxes = {"type": "checkboxes", "options": [option]}
        confirm = {"title": text("Sure?"), "text": text(words), "confirm": text("Yes"), "deny": text("No")}
        shown.opens(
            section(_escaped(words)), _named("a menu", menu), _named("boxes", boxes), field(initial_value=words),
            button("Ask", confirm=confirm), title="A form",
        )  # fmt: skip
        anna.type_command("/form")
        expect(anna.field("What happened")).to_have_value(words)
        anna.form.get_by_role("combobox").click()
        expect(anna.form.get_by_role("option")).to_be_visible()
        anna.form.get_by_role("option").click()
        anna.press("Ask")
        anna.sees(words.splitlines()[0])
        anna.press("No")
        shown.script.on("view", lambda ack, said=words, **_: ack(response_action="errors", errors={"a menu": said}))
        anna.submit()
        expect(anna.form.get_by_role("combobox")).to_have_attribute("aria-invalid", "true")
        anna.sees(words)
        anna.leave()


def test_very_much(anna: Person, shown: Gallery, watch: Watch) -> None:
    shown.client.chat_postMessage(channel=shown.channel, text=LONG)
    shown.client.chat_postMessage(channel=shown.channel, text="after it")
    anna.sees("after it")
    region = anna.main.get_by_role("region", name="Messages in room")
    region.focus()
    anna.page.keyboard.press("Home")
    before = region.evaluate("one => one.scrollTop")
    anna.page.keyboard.press("End")
    assert region.evaluate("one => one.scrollTop") != before
    assert anna.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    watch.forgiven.append("_control/say")  # refused, which a browser writes into its console
    anna.composer.fill("c" * 40_001)
    anna.composer.press("Enter")
    expect(anna.main.get_by_role("alert").first).not_to_be_empty()


def test_a_broken_address_leads_to_somebodys_screen(shown: Gallery, arrive: Arrive) -> None:
    person = arrive(shown.address)
    for at in ("%", "<script>", f"{shown.anna}/<img>", "U0/C0", "%00/%ff", f"{shown.anna}/C0"):
        person.page.goto("about:blank")
        person.arrive(at)
        expect(person.main.get_by_role("heading", level=2).first).to_be_visible()


def _named(label: str, element: dict[str, Any]) -> dict[str, Any]:
    return {"type": "input", "block_id": label, "label": text(label), "optional": True,
            "element": {"action_id": "it"} | element}  # fmt: skip


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
