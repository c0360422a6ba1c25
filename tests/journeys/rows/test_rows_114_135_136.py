"""Rows 114, 135 and 136 of the features: e-mail as the second way, work while Slack is away, and what was not told."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from panel.codes import ActionStatus
from storage.tables import Action, Case, Notice, Return
from tests.bot.pages.reader import for_the_meeting, free_port, shown_link
from tests.commands import owed
from tests.commands.mail_desk import COORDINATOR, DUTY, mail_desk
from tests.commands.seen import words
from tests.commands.updates_desk import SEARCHED

pytestmark = pytest.mark.slow
REQUESTS_ARE_OUT = datetime.fromisoformat("2026-10-02T09:05:00+01:00")
UPDATES_CLOSE = datetime.fromisoformat("2026-10-09T17:05:00+01:00")


def test_row_114_an_agency_without_slack_has_its_month_by_letter_and_telephone(tmp_path: Path) -> None:
    """The request, the reminder and the digest, content-free; the update entered for it under both names."""
    with mail_desk(tmp_path) as written:
        user = written.outside()
        desk, stage = written.desk, written.desk.stage
        desk.go_to(REQUESTS_ARE_OUT)
        (request,) = [said for said in written.letters() if "List version 1 of" in said]
        assert "telephone the coordinator of panel MSP" in request
        stage.command(COORDINATOR, "/panel", "enter")
        with desk.work() as work:
            key = str(owed.agency(work, "HOU").id)
        desk.workspace.submit(desk.users[COORDINATOR], {"agency": key})
        desk.workspace.submit(desk.users[COORDINATOR], SEARCHED)
        shown = stage.press(COORDINATOR, "updates.no_trace", block_id="MSP-26-0033")
        assert "entered by" in words(shown) and "R.Y. (outside Slack)" in words(shown)
        with desk.work() as work:
            sent = work.first(Return)
            assert sent is not None and sent.on_behalf and sent.by_user == desk.users[COORDINATOR]
        before = len(written.letters())
        desk.go_to(UPDATES_CLOSE)
        later = written.letters()[before:]
        digests = [said for said in later if "what waits for you" in said]
        assert digests and all("3 updates not yet returned" in said for said in digests)
        assert written.asked_slack_about(user) == [] and written.failed() == []
        for said in written.letters():
            assert "<" not in said and "@" not in said and "Press" not in said


def test_row_135_letters_go_and_papers_open_while_slack_is_away(tmp_path: Path) -> None:
    port = free_port()
    pages = {"convenor_public_url": f"http://127.0.0.1:{port}", "convenor_listen": f"127.0.0.1:{port}"}
    with mail_desk(tmp_path, **pages) as written:
        user, desk = written.outside(), written.desk
        desk.go_to(REQUESTS_ARE_OUT)
        before = len(written.letters())
        opened = desk.stage.command(COORDINATOR, "/panel", "print").view or {}
        row = next(block["block_id"] for block in opened["blocks"] if "*HOU*" in str(block))
        chosen = desk.stage.press(COORDINATOR, "pages.sheet", block_id=row)
        link = shown_link(for_the_meeting(desk, COORDINATOR, chosen))
        desk.workspace.config(faults=[{"kind": "outage", "for_seconds": 600.0}])
        page = link.send()
        assert page.status == 200 and "Updates of HOU" in page.words
        with desk.work() as work:
            panel = desk.panel.id
            for to in (user, desk.channel):
                work.owe(f"live:{to}", "live", to, panel_id=panel, about={"panel": panel, "live": False})
        while desk.bot.relay.send_one():  # what can be tried is tried once
            pass
        desk.bot.post.drain()
        assert len(written.office.to(DUTY)) == before + 2, "their own, and what others will read in the channel"
        with desk.work() as work:
            waits = work.first(Notice, Notice.name == f"live:{desk.channel}")
            assert waits is not None and waits.state in ("pending", "uncertain"), "Slack's own is still owed"


def test_row_136_the_coordinator_is_told_who_was_not_reached_with_what_and_the_next_way(tmp_path: Path) -> None:
    with mail_desk(tmp_path, "2026-10-06T08:00:00+01:00") as written:
        written.outside()
        written.letters()
        written.office.answers["RCPT"] = "550 No such mailbox"
        with written.desk.work() as work:
            case = work.first(Case)
            assert case is not None
            owed.action(work, case, "HOU", "2026-10-01", status=ActionStatus.OPEN)
            assert work.first(Action) is not None
        written.desk.go_to(datetime.fromisoformat("2026-10-07T09:05:00+01:00"))
        told = [text for text in written.desk.seen_by(COORDINATOR) if "could not be delivered" in text]
        assert told and "R.Y." not in told[0] and DUTY not in told[0], "who it was stands in the view"
        view = words(written.desk.stage.press_in_message(COORDINATOR, "kit.undelivered"))
        assert "*The daily digest* to R.Y. (outside Slack), by e-mail" in view
        assert "Their mail server does not know the address: tell them by telephone" in view
        assert "what waits for you" in view, "the words to read out"
