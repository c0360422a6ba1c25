"""What the pictures show: whose screen, on which day, and what they do to see it. Nothing here changes the month."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from playwright.sync_api import expect

from tests.page.person import Person
from tests.page.rehearsing import APPROVAL, REQUESTS, Played

OFFICE, REP, CHAIR, POLICE = "Z.O.", "T.G.", "V.X.", "R.Y."
DEADLINE = "2026-10-09T15:00:00+01:00"
ISSUED = "2026-10-13T13:00:00+01:00"
MEETING = "2026-10-14T10:12:00+01:00"
AFTER = "2026-10-29T09:30:00+00:00"
HOME, APP, CHANNEL = "home", "app", "panel-ops"
CASE, BRIEFED, LINE = "MSP-26-0029", "MSP-26-0042", "K-042 · new"
EXPIRED = {"kind": "error", "method": "views.open", "code": "expired_trigger_id", "times": 1}


@dataclass(frozen=True)
class Sight:
    """A picture: `where` is the place at which `who` arrives, `reach` is what they do there."""

    name: str
    who: str
    moment: str
    where: str
    reach: Callable[[Person, Played], None]
    phone: bool = False  # the same at 360 px in the dark, as `name`-phone


def home(someone: Person, _: Played) -> None:
    """The app's own page."""
    someone.sees("What waits for you")


def request(someone: Person, _: Played) -> None:
    """The message that asks a representative."""
    someone.sees("6 cases to answer")


def statement(someone: Person, played: Played) -> None:
    """What was searched, before the first case."""
    request(someone, played)
    someone.press("Open", below="6 cases to answer")
    someone.sees("What was searched")


def cases(someone: Person, played: Played) -> None:
    """The list to answer, one case done by one press."""
    statement(someone, played)
    someone.fill("systems searched", "Lettings book")
    someone.tick("Version 1 (current)")
    someone.tick("Nobody who searched has a personal link to these cases")
    someone.submit()
    someone.sees("0 of 6 cases answered")
    someone.press("No trace", below="MSP-26-0033")
    someone.sees("1 of 6 cases answered")


def sections(someone: Person, played: Played) -> None:
    """The whole return of a case, part by part."""
    request(someone, played)
    someone.press("Open", below="6 cases to answer")
    someone.sees("1 of 6 cases answered")
    someone.press("All sections", below=CASE)
    someone.sees("1. Whereabouts")


def case_record(someone: Person, _: Played) -> None:
    """All that is kept of a case."""
    someone.type_command("/panel case")
    someone.sees("Choose one to open it.")
    box = someone.form.get_by_role("combobox").first
    box.fill(CASE)
    someone.form.get_by_role("option").first.click()
    someone.sees("Active · Lead agency")


def timeline(someone: Person, played: Played) -> None:
    """What happened on a case, newest first."""
    case_record(someone, played)
    someone.press("Timeline")
    someone.sees("newest first")


def short_form(someone: Person, played: Played) -> None:
    """A case with something to tell, sent before all was said."""
    request(someone, played)
    someone.press("Open", below="6 cases to answer")
    someone.sees("1 of 6 cases answered")
    someone.press("Tell us something", below=CASE)
    someone.fill("What has happened since the last panel?", "Rent arrears since 14 September; notice served.")
    someone.submit()
    someone.is_told("Please complete this required field.", "Who may read this?")


def board(someone: Person, _: Played) -> None:
    """Who has answered and who has not."""
    someone.type_command("/panel board")
    someone.sees(re.compile("returns in"))


def people(someone: Person, _: Played) -> None:
    """Whose screen to look at."""
    someone.switcher.click()
    expect(someone.form.get_by_role("option", name=REP)).to_be_visible()


def story(someone: Person, _: Played) -> None:
    """The month's scenes."""
    expect(someone.use("Story").get_by_role("button", name=re.compile("^Play this"))).to_be_visible()


def tour(someone: Person, _: Played) -> None:
    """The first card of a first visit."""
    someone.use("Show me round").get_by_role("button", name="Coordinator").click()
    expect(someone.page.get_by_role("dialog").get_by_role("button", name="Next")).to_be_visible()


def agenda(someone: Person, _: Played) -> None:
    """The agenda as it stands, to be approved."""
    someone.type_command("/agenda")
    someone.sees("This is how it stands now; it is not issued yet.")


def issued(someone: Person, _: Played) -> None:
    """The agenda in the panel's channel, from its beginning."""
    someone.sees("Agenda of MSP for Wednesday 14 October 2026")
    heading = someone.main.get_by_text("Agenda of MSP for Wednesday 14 October 2026").last
    heading.evaluate("(one) => one.scrollIntoView({ block: 'center' })")


def briefing(someone: Person, played: Played) -> None:
    """All that this person may read of a case."""
    issued(someone, played)
    someone.press("Open", below=LINE)
    someone.sees(f"Briefing {BRIEFED}")


def record(someone: Person, _: Played) -> None:
    """The meeting, case by case, as it goes on."""
    someone.type_command("/panel record")
    someone.sees(CASE)


def sitting(someone: Person, _: Played) -> None:
    """The meeting, a case at a time."""
    someone.type_command("/panel meeting")
    someone.sees("in the agenda's order")
    someone.press("Start")
    someone.sees("Taken up")


def code(someone: Person, _: Played) -> None:
    """The page outside Slack that asks for the code before it shows a pack."""
    someone.type_command("/agenda")
    someone.sees("is issued and locked")
    someone.press("Open the printable pack")
    someone.sees("Type this code there")
    address = someone.form.get_by_role("link").first.get_attribute("href")
    someone.page.goto(address or "")


def action(someone: Person, _: Played) -> None:
    """What one has promised."""
    someone.type_command("/actions")
    someone.sees("A-041-02")
    someone.press("Open", below="A-041-02")
    someone.sees("Review all undetected reports")


def tracker(someone: Person, _: Played) -> None:
    """Every action of the panel."""
    someone.type_command("/actions")
    someone.sees("A-025-01")
    someone.press("All actions")
    someone.sees("A-041-02")


def wire(someone: Person, played: Played) -> None:
    """A refused call, explained."""
    played.workspace.config(faults=[EXPIRED])
    someone.type_command("/agenda")
    panel = someone.use("What goes over the wire")
    panel.get_by_label("Refused only").check()
    panel.get_by_text("views.open").last.click()
    expect(panel.get_by_text("expired_trigger_id").last).to_be_visible()


def about(someone: Person, _: Played) -> None:
    """What stands in Slack, what does not."""
    expect(someone.use("What stands in Slack").get_by_text("What Slack holds")).to_be_visible()


SIGHTS: Final = (
    Sight("request", REP, REQUESTS, APP, request),
    Sight("statement", REP, REQUESTS, APP, statement),
    Sight("cases-to-answer", REP, REQUESTS, APP, cases, phone=True),
    Sight("short-form", REP, REQUESTS, APP, short_form),
    Sight("sections", REP, REQUESTS, APP, sections),
    Sight("case-record", OFFICE, REQUESTS, CHANNEL, case_record),
    Sight("home", OFFICE, DEADLINE, HOME, home),
    Sight("return-board", OFFICE, DEADLINE, CHANNEL, board),
    Sight("people", OFFICE, DEADLINE, HOME, people),
    Sight("story", OFFICE, DEADLINE, HOME, story),
    Sight("tour", OFFICE, DEADLINE, HOME, tour),
    Sight("chair-agenda", CHAIR, APPROVAL, CHANNEL, agenda, phone=True),
    Sight("channel", REP, ISSUED, CHANNEL, issued),
    Sight("briefing", CHAIR, ISSUED, CHANNEL, briefing),
    Sight("briefing-elsewhere", REP, ISSUED, CHANNEL, briefing),
    Sight("pack-code", CHAIR, ISSUED, CHANNEL, code),
    Sight("record", OFFICE, MEETING, CHANNEL, record),
    Sight("meeting", CHAIR, MEETING, CHANNEL, sitting),
    Sight("action", POLICE, AFTER, CHANNEL, action),
    Sight("tracker", OFFICE, AFTER, CHANNEL, tracker),
    Sight("timeline", OFFICE, AFTER, CHANNEL, timeline),
    Sight("wire", OFFICE, AFTER, CHANNEL, wire),
    Sight("about", OFFICE, AFTER, HOME, about),
)
