"""Notices by e-mail: what a letter holds, and what becomes of one that the server does not take."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any, cast

import pytest
from slack_sdk import WebClient

from bot.clock import RealClock
from bot.log import configure
from bot.mail import Mail
from bot.relay import Relay, mark
from bot.smtp import Server
from commands.kit.notices import HomeTab, Message, NoticeKind
from commands.kit.words import Words
from panel.codes import Role
from panel.settings import Mail as Patience
from panel.settings import PanelSettings
from storage.outbox import EMAIL, MAIL
from storage.tables import Agency, Lane, Mailbox, Notice, Panel, Seat
from storage.work import Store
from tests.furnished import lay_empty, opened
from tests.post_office import SENDER, Office, in_words, post_office

NOON = datetime(2026, 10, 7, 11, tzinfo=UTC)
DUTY = "duty@example.org"
COORDINATOR = "U0COORD"
OUT = "M1"


class NoSlack:
    """Whoever asks Slack anything about somebody outside it fails the test."""

    def __getattr__(self, method: str) -> Any:
        raise AssertionError(f"Slack was asked for {method}")


class Hands(RealClock):
    """A clock that is set by hand."""

    at = NOON

    def now(self) -> datetime:
        return self.at

    def real(self) -> datetime:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@dataclass
class Desk:
    """A relay of e-mail over a panel with one person outside Slack, and the post office that it sends to."""

    store: Store
    office: Office
    clock: Hands = field(default_factory=Hands)
    kinds: dict[str, NoticeKind] = field(default_factory=dict)
    set_up: bool = True
    relays: int = 0

    def relay(self) -> Relay:
        """A relay in a new process."""
        self.relays += 1
        server = Server("127.0.0.1", self.office.port, "none", SENDER, a_step=2.0) if self.set_up else None
        log = configure(level=logging.CRITICAL)
        mail = Mail(self.store, self.clock, Words(), log, server)
        slack = cast(WebClient, NoSlack())
        return Relay(self.store, self.clock, slack, self.kinds, log, who=f"post-{self.relays}", mail=mail)

    def owe(self, name: str, kind: str = "updates.told", to: str = OUT, **how: Any) -> None:
        with self.store.work(self.clock.now()) as work:
            work.owe(name, kind, to, panel_id=1, **how)

    def notice(self, name: str) -> Notice:
        with self.store.read(self.clock.now()) as work:
            found = work.first(Notice, Notice.name == name)
            assert found is not None
            return found

    def later(self, **time: float) -> None:
        self.clock.at += timedelta(**time)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    lay_empty(tmp_path / "mail.db")
    with opened(tmp_path / "mail.db") as store, post_office() as office:
        with store.work(NOON) as work:
            furnish(work.add)
        made = Desk(store, office)
        until = "<!date^1791820800^{date_long} at {time}|Tuesday 13 October 2026 at 17:00>"
        text = f"*2 cases* to answer by {until}.\n• One &amp; two"
        made.kinds["updates.told"] = NoticeKind("updates.told", lambda work, owed: Message(text))
        made.kinds["once"] = NoticeKind("once", lambda work, owed: Message("told"), "never_twice")
        made.kinds["now"] = NoticeKind("now", lambda work, owed: Message("now"), at_any_hour=True)
        made.kinds["home"] = NoticeKind("home", lambda work, owed: HomeTab({"type": "home", "blocks": []}))
        yield made


def furnish(add: Any) -> None:
    add(
        Panel(
            id=1, team_id="T1", channel_id="C1", code="MSP", name="P", area="Marrowshire", timezone="Europe/London",
            nation="england-and-wales", on_holiday="skip", starts="09:30", minutes=180, mode="hybrid", live=True,
            settings={"mail": {"contact": "01632 960 000"}},
        )
    )  # fmt: skip
    add(Agency(id=1, panel_id=1, code="HSG", name="Housing", function="housing"))
    add(Seat(panel_id=1, role=Role.COORDINATOR, user_id=COORDINATOR, since=NOON))
    add(Seat(panel_id=1, role=Role.REP, agency_id=1, user_id=OUT, since=NOON))
    add(Mailbox(panel_id=1, user_id=OUT, label="R.Y.", address=DUTY, since=NOON))


def test_a_letter_says_what_slack_would_and_how_to_answer(desk: Desk) -> None:
    desk.owe("a")
    assert desk.notice("a").route == EMAIL
    desk.relay().drain()
    (letter,) = desk.office.to(DUTY)
    said = in_words(letter)
    assert said.startswith("2 cases to answer by Tuesday 13 October 2026 at 17:00.\n• One & two\n")
    assert "telephone the coordinator of panel MSP (01632 960 000)" in said and "printed sheet" in said
    assert "<" not in said and "http" not in said and "*" not in said
    assert letter["Subject"] == "Panel MSP: Updates" and letter["From"] == SENDER
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Message-ID"] == f"<{mark('a')}@example.org>"
    assert letter["Date"].datetime == NOON
    assert (desk.notice("a").state, desk.notice("a").attempts) == ("sent", 1)


LINE_BREAKS = ("\r\n", "\n", "\r", "\u2028", "\x0b", "\x85")


@pytest.mark.parametrize("line_break", LINE_BREAKS)
def test_no_address_adds_a_line_to_a_letter(desk: Desk, line_break: str) -> None:
    """One that came past the form, which takes none such: nothing is sent, and the coordinator is told why."""
    with desk.store.work(NOON) as work:
        work.find(Mailbox)[0].address = f"{DUTY}{line_break}Bcc: other@example.org"
    desk.owe("a")
    desk.relay().drain()
    assert desk.office.asked == [] and desk.office.letters == []
    assert (desk.notice("a").state, desk.notice("a").problem) == ("failed", "no_address")


@pytest.mark.parametrize("line_break", LINE_BREAKS)
def test_no_panel_or_agency_adds_a_line_to_a_letter(desk: Desk, line_break: str) -> None:
    put_in = f"{line_break}Bcc: other@example.org"
    with desk.store.work(NOON) as work:
        panel, agency = work.get(Panel, 1), work.get(Agency, 1)
        panel.code, panel.name, panel.area = f"MSP{put_in}", f"P{put_in}", f"Marrowshire{put_in}"
        agency.code, agency.name = f"HSG{put_in}", f"Housing{put_in}"
        work.find(Mailbox)[0].label = f"R.Y.{put_in}"
    desk.owe("a")
    desk.relay().drain()
    (letter,) = desk.office.letters
    assert letter["Subject"] == "Panel MSP Bcc: other@example.org: Updates" and letter["To"] == DUTY
    assert letter.get_all("Bcc") is None and letter.get_all("To") == [DUTY]


def test_its_page_says_the_same_and_fetches_nothing(desk: Desk) -> None:
    desk.owe("a")
    desk.relay().drain()
    (letter,) = desk.office.to(DUTY)
    assert letter.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"], "the best is last"
    page = in_words(letter, "html")
    seen = unescape(re.sub(r"<[^>]*>", " ", page.partition("<body>")[2])).split()
    assert seen == in_words(letter).replace("•", "").split()
    assert "<li>One &amp; two</li>" in page
    for fetched in ("src=", "href=", "url(", "<img", "<script", "<link", "http"):
        assert fetched not in page


def test_it_is_sent_once(desk: Desk) -> None:
    desk.owe("a")
    desk.relay().drain()
    desk.relay().drain()
    assert len(desk.office.letters) == 1


def test_a_view_for_somebody_outside_slack_goes_nowhere(desk: Desk) -> None:
    desk.owe("a", "home")
    desk.relay().drain()
    assert desk.notice("a").state == "dropped"


def test_a_server_that_will_take_it_later_is_asked_again(desk: Desk) -> None:
    desk.office.answers["RCPT"] = "450 Greylisted"
    desk.owe("a")
    desk.relay().send_one()
    assert desk.notice("a").state == "pending" and free(desk, f"{MAIL}{OUT}") > NOON and free(desk, MAIL) <= NOON
    desk.office.answers.clear()
    desk.later(minutes=1)
    desk.relay().drain()
    assert len(desk.office.letters) == 1 and desk.notice("a").state == "sent"


def test_a_server_that_is_busy_is_left_alone_for_everybody(desk: Desk) -> None:
    desk.office.answers["MAIL"] = "421 Too busy"
    desk.owe("a")
    desk.owe("b")
    desk.relay().send_one()
    assert not desk.relay().send_one()
    assert free(desk, MAIL) > NOON and desk.office.asked == ["MAIL"]


def free(desk: Desk, lane: str) -> datetime:
    """From when on a lane may be written to."""
    with desk.store.read(NOON) as work:
        found = work.look(Lane, lane)
        return found.free_at if found else NOON


@pytest.mark.parametrize(("kind", "minutes"), [("updates.told", 240), ("now", 15)])
def test_after_hours_of_it_the_coordinator_is_told(desk: Desk, kind: str, minutes: int) -> None:
    """Sooner where it can't wait."""
    desk.office.answers["RCPT"] = "450 Not now"
    desk.owe("a", kind)
    desk.later(minutes=minutes - 1)
    desk.relay().drain()
    assert desk.notice("a").state == "pending"
    desk.later(minutes=6)
    desk.relay().drain()
    failed = desk.notice("a")
    assert (failed.state, failed.problem) == ("failed", "mail_not_taken")
    assert told(desk) == [COORDINATOR]


def told(desk: Desk) -> list[str]:
    """Who is owed the word that something was not delivered."""
    with desk.store.read(NOON) as work:
        return [row.to for row in work.find(Notice, Notice.kind == "undelivered")]


@pytest.mark.parametrize(("step", "problem"), [("RCPT", "mail_address"), ("DATA", "mail_rejected")])
def test_an_address_that_is_refused_is_told_at_once_and_stops_nobody(desk: Desk, step: str, problem: str) -> None:
    desk.office.answers[step] = "550 No"
    desk.owe("a")
    desk.relay().drain()
    assert (desk.notice("a").state, desk.notice("a").problem) == ("failed", problem)
    assert told(desk) == [COORDINATOR]
    desk.office.answers.clear()
    desk.owe("b")
    desk.relay().drain()
    assert desk.notice("b").state == "sent"


def test_without_a_mail_server_the_coordinator_telephones(desk: Desk) -> None:
    desk.set_up = False
    desk.owe("a")
    desk.relay().drain()
    assert desk.notice("a").problem == "no_mail" and told(desk) == [COORDINATOR]


def test_without_an_address_too(desk: Desk) -> None:
    with desk.store.work(NOON) as work:
        box = work.first(Mailbox)
        assert box is not None
        box.until, box.address = NOON, None
    desk.owe("a")
    desk.relay().drain()
    assert desk.notice("a").problem == "no_address" and told(desk) == [COORDINATOR]


def test_a_copy_for_somebody_in_slack_that_cannot_go_is_no_news(desk: Desk) -> None:
    desk.set_up = False
    desk.owe("a", to=COORDINATOR, route=EMAIL)
    desk.relay().drain()
    assert desk.notice("a").state == "dropped" and told(desk) == []


@pytest.mark.parametrize(
    ("kind", "letters", "state", "problem"),
    [("updates.told", 2, "sent", None), ("once", 1, "failed", "mail_in_doubt")],
)
def test_an_answer_that_was_lost_is_in_doubt_by_the_kinds_rule(
    desk: Desk, kind: str, letters: int, state: str, problem: str | None
) -> None:
    """Never lost: it comes again under the same Message-ID, so that mail programs show it once. Never twice: told."""
    desk.office.drops = "taken"
    desk.owe("a", kind)
    desk.relay().send_one()
    assert desk.notice("a").state == "uncertain"
    desk.office.drops = None
    desk.later(minutes=1)
    desk.relay().drain()
    assert (desk.notice("a").state, desk.notice("a").problem) == (state, problem)
    assert len(desk.office.letters) == letters
    assert len({letter["Message-ID"] for letter in desk.office.letters}) == 1


def test_slack_being_away_holds_no_letter_up_nor_the_reverse(desk: Desk) -> None:
    desk.owe("a")
    desk.owe("b", to=COORDINATOR)
    with desk.store.work(NOON) as work:
        for lane in ("*", OUT):
            work.add(Lane(channel=lane, free_at=NOON + timedelta(hours=1)))
    desk.relay().drain()
    assert desk.notice("a").state == "sent" and desk.notice("b").state == "pending"


def test_in_the_quiet_hours_nobody_is_written_to(desk: Desk) -> None:
    desk.clock.at = NOON.replace(hour=21)
    desk.owe("a")
    desk.owe("b", "now")
    desk.relay().drain()
    assert desk.notice("a").state == "pending" and desk.notice("b").state == "sent"


def test_what_the_panel_sets_for_its_mail_is_read_back() -> None:
    given = replace(PanelSettings(), mail=Patience("the panel office", 2, 5))
    assert PanelSettings.from_json(given.to_json()) == given
