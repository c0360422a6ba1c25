"""People outside Slack: entered, seated, written to; and an address that nobody else is shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from panel.codes import Role
from storage.tables import AuditRow, Mailbox, Seat
from tests.commands.mail_desk import COORDINATOR, DUTY, Written, mail_desk
from tests.commands.seen import words
from tests.desk import open_desk
from tests.post_office import Office

pytestmark = pytest.mark.slow


@pytest.fixture
def written(tmp_path: Path) -> Iterator[Written]:
    with mail_desk(tmp_path) as made:
        yield made


def test_somebody_outside_slack_takes_a_seat_like_anybody_and_is_told_by_letter(written: Written) -> None:
    user = written.outside()
    first, second = written.letters()
    assert first.startswith("From now on messages of panel MSP come to this address.")
    assert second.startswith("You have a new part on panel MSP.")
    shown = written.people()
    assert "Representative: R.Y. (outside Slack)" in shown and f"<@{user}>" not in shown
    assert DUTY not in shown
    assert written.asked_slack_about(user) == [] and written.failed() == []


def test_what_befalls_them_comes_by_letter_and_the_channel_too(written: Written) -> None:
    """The request and its reminders, and what others read in the channel: the agenda, a moved meeting."""
    user = written.outside()
    written.letters()
    before = len(written.office.letters)
    stage = written.desk.stage
    stage.command(COORDINATOR, "/panel", "people")
    with written.desk.work() as work:
        name, to, panel = "late_papers:1:x", written.desk.channel, written.desk.panel.id
        work.owe(name, "live", to, panel_id=panel, about={"panel": panel, "live": False})
    assert "practice" in written.letters()[-1].lower()
    assert len(written.office.letters) == before + 1, "one letter, to the one reader outside Slack"
    assert written.asked_slack_about(user) == []


def test_an_address_is_encrypted_and_shown_to_nobody_else(written: Written, tmp_path: Path) -> None:
    written.outside()
    written.letters()
    for path in tmp_path.iterdir():
        if path.is_file():
            assert DUTY.encode() not in path.read_bytes(), path.name
    stage = written.desk.stage
    view = stage.command(COORDINATOR, "/panel", "people").view or {}
    row = next(block for block in view["blocks"] if block.get("accessory", {}).get("action_id") == "panels.mailbox")
    opened = stage.press(COORDINATOR, "panels.mailbox", block_id=row["block_id"])
    assert DUTY in str(opened.view)
    with written.desk.work() as work:
        assert work.first(AuditRow, AuditRow.verb == "opened", AuditRow.thing.like("mailbox:%"))  # type: ignore[attr-defined]
        assert DUTY not in str([row.details for row in work.find(AuditRow)])
    about = row["accessory"]["value"]
    chair = written.desk.users["V.X."]
    stage.command("V.X.", "/panel")
    refused = written.desk.workspace.press(chair, "panels.mailbox", value=about)
    assert DUTY not in str(refused.view) and DUTY not in str(refused)


def test_what_is_no_address_and_what_is_no_label(written: Written) -> None:
    assert "One e-mail address" in written.add("R.Y.", "duty at example.org").errors["address"]
    assert "not an address" in written.add(DUTY, DUTY).errors["label"]
    for line_break in ("\r\n", "\n", "\r", "\u2028"):
        added = f"{DUTY}{line_break}Bcc: other@example.org"
        assert "One e-mail address" in written.add("R.Y.", added).errors["address"]


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.CHAIR, Role.INFORMATION_GOVERNANCE])
def test_some_parts_are_slacks_alone(written: Written, role: Role) -> None:
    written.add("R.Y.", DUTY)
    view = written.desk.stage.command(COORDINATOR, "/panel", "people").view or {}
    said = str(view)
    action = f"panels.pick.{role}" if f"panels.pick.{role}'" in said else "panels.pick"
    rows = [b["block_id"] for b in view["blocks"] if f'"code": "{role}"' in str(b.get("accessory", {}).get("value"))]
    where = {"block_id": rows[0]} if rows and action == "panels.pick" else {}
    opened = written.desk.stage.press(COORDINATOR, action, **where)
    assert "outside Slack" not in words(opened)


def test_who_still_has_a_part_is_not_forgotten(written: Written) -> None:
    written.outside()
    stage = written.desk.stage

    def leave() -> dict[str, str]:
        view = stage.command(COORDINATOR, "/panel", "people").view or {}
        row = next(b for b in view["blocks"] if b.get("accessory", {}).get("action_id") == "panels.mailbox")
        stage.press(COORDINATOR, "panels.mailbox", block_id=row["block_id"])
        return written.desk.workspace.submit(written.desk.users[COORDINATOR], {"gone": ["yes"]}).errors

    assert "Give it to somebody else first" in leave()["gone"]
    assert written.seat("HOU", Role.REP, who=written.desk.users["N.B."], outside="nobody") == {}
    assert written.letters()[-1].startswith("You have no part on panel MSP any more.")
    assert leave() == {}
    with written.desk.work() as work:
        box = work.first(Mailbox)
        assert box is not None and box.address is None and box.until is not None
    assert "R.Y." not in written.people()


def test_both_questions_answered_is_one_too_many(written: Written) -> None:
    assert written.add("R.Y.", DUTY).ok
    user = written.user("R.Y.")
    errors = written.seat("HOU", Role.REP, who=written.desk.users["N.B."], outside=user)
    assert "One or the other" in errors["outside"]


def test_somebody_in_slack_asks_for_both(written: Written) -> None:
    desk, mine, panel = written.desk, "rep@example.org", written.desk.panel.id
    open_mine(written, "T.G.")
    before = len(desk.seen_by("T.G."))
    desk.stage.press("T.G.", "panels.also.own")
    assert desk.workspace.submit(desk.users["T.G."], {"address": mine}).ok
    assert desk.shows("T.G.", "goes to the address you gave too")
    with desk.work() as work:
        work.owe("again", "live", desk.users["T.G."], panel_id=panel, about={"panel": panel, "live": False})
    letters = written.letters(mine)
    assert len(letters) == 2 and "You have this in Slack too" in letters[-1]
    assert len(desk.seen_by("T.G.")) == before + 1
    desk.stage.press("T.G.", "panels.also.own")
    assert desk.workspace.submit(desk.users["T.G."], {"address": None}).ok
    with desk.work() as work:
        work.owe("once more", "live", desk.users["T.G."], panel_id=panel, about={"panel": panel, "live": False})
    assert len(written.letters(mine)) == 2


def open_mine(written: Written, who: str) -> None:
    """My parts."""
    written.desk.stage.command(who, "/panel", "me")


def test_slack_may_be_away_while_letters_go(written: Written) -> None:
    user = written.outside()
    written.letters()
    before = len(written.office.letters)
    written.desk.workspace.config(faults=[{"kind": "http", "status": 503, "method": "chat.postMessage", "times": 50}])
    with written.desk.work() as work:
        panel = written.desk.panel.id
        for to in (user, written.desk.channel):
            work.owe(f"live:{to}", "live", to, panel_id=panel, about={"panel": panel, "live": False})
    assert len(written.letters()) == before + 2


def test_an_address_that_is_refused_is_told_with_who_what_and_the_way_out(written: Written) -> None:
    written.outside()
    written.letters()
    written.office.answers["RCPT"] = "550 No such mailbox"
    with written.desk.work() as work:
        panel, user = written.desk.panel.id, written.user("R.Y.")
        work.owe("x", "live", user, panel_id=panel, about={"panel": panel, "live": False})
    written.letters()
    view = words(written.desk.stage.press_in_message(COORDINATOR, "kit.undelivered"))
    assert "*The go-live list* to R.Y. (outside Slack), by e-mail" in view
    assert "Their mail server does not know the address: tell them by telephone" in view
    assert "To read out to them" in view and DUTY not in view


def test_an_address_from_which_letters_come_back_is_written_to_no_more_until_it_is_another(written: Written) -> None:
    user = written.outside()
    before = len(written.letters())
    assert change_box(written, arrives="no") == {}
    owe_live(written, user, "x")
    assert len(written.letters()) == before
    written.desk.stage.settle()  # what did not go is told
    view = words(written.desk.stage.press_in_message(COORDINATOR, "kit.undelivered"))
    assert "Messages to their address come back: tell them by telephone" in view and "To read out to them" in view
    assert "nothing arrives at the address: telephone" in written.people()
    assert change_box(written, address="other.desk@example.org", arrives="no") == {}, "it was said of the one before"
    owe_live(written, user, "y")
    assert len(written.letters("other.desk@example.org")) == 2, "that they are written to there, and what was owed"
    assert "nothing arrives" not in written.people()
    with written.desk.work() as work:
        assert [row.verb for row in work.find(AuditRow) if row.verb in ("mailbox_returns", "mailbox_arrives")] == [
            "mailbox_returns", "mailbox_arrives",
        ]  # fmt: skip


def change_box(written: Written, **answers: str) -> dict[str, str]:
    """Change the one outside Slack; what is wrong with it."""
    stage = written.desk.stage
    stage.close(COORDINATOR)
    view = stage.command(COORDINATOR, "/panel", "people").view or {}
    row = next(b for b in view["blocks"] if b.get("accessory", {}).get("action_id") == "panels.mailbox")
    stage.press(COORDINATOR, "panels.mailbox", block_id=row["block_id"])
    return written.desk.workspace.submit(written.desk.users[COORDINATOR], answers).errors


def owe_live(written: Written, user: str, name: str) -> None:
    with written.desk.work() as work:
        panel = written.desk.panel.id
        work.owe(name, "live", user, panel_id=panel, about={"panel": panel, "live": False})


def test_without_a_mail_server_the_coordinator_passes_it_on(tmp_path: Path) -> None:
    with open_desk(tmp_path, "2026-09-22T08:00:00+01:00") as desk:
        written = Written(desk, Office())
        assert "No mail server is set up" in written.people()
        written.outside()
        desk.stage.settle()
        assert ("seated", "no_mail") in written.failed()
        view = words(desk.stage.press_in_message(COORDINATOR, "kit.undelivered"))
        assert "*A part on the panel* to R.Y. (outside Slack), by e-mail" in view
        assert "No e-mail is set up for Convenor: tell them by telephone." in view
        assert "You have a new part on panel MSP" in view
        shown = [call for call in desk.workspace.calls() if call["kind"] != "envelope"]
        assert DUTY not in str(shown), "but for the form in which it was typed"


def test_what_was_not_delivered_is_listed_also_when_what_it_was_about_is_gone(tmp_path: Path) -> None:
    with open_desk(tmp_path, "2026-09-22T08:00:00+01:00") as desk:
        written = Written(desk, Office())
        user = written.outside()
        desk.stage.settle()
        with desk.work() as work:
            for seat in work.find(Seat, Seat.user_id == user):
                work.session.delete(seat)
        view = words(desk.stage.press_in_message(COORDINATOR, "kit.undelivered"))
        assert "*A part on the panel* to R.Y. (outside Slack), by e-mail" in view
        assert "You have a new part" not in view
