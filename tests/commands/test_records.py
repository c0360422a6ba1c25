"""What is due is told first and goes once the lead has approved it; a hold stops it; nothing else goes with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, update
from sqlmodel import col

from bot.retaining import due_to_go
from commands.kit.about import About
from commands.kit.meetings import settings_of
from panel.codes import Kept
from storage import audit, audit_check
from storage.tables import (
    Action,
    AuditAnchor,
    AuditHead,
    AuditRow,
    Case,
    Erasure,
    FeedKey,
    Hold,
    Item,
    Mailbox,
    Meeting,
    Minutes,
    Notice,
    Panel,
    Pass,
    Person,
    Receipt,
    Referral,
    Victim,
)
from tests.commands.life_desk import forged
from tests.commands.records_desk import CHAIR, COORDINATOR, LEAD, ONE, TWO, end, opened, records, records_desk
from tests.commands.seen import buttons, words
from tests.desk import Desk

NIGHT = datetime.fromisoformat("2026-09-28T18:01:00+01:00")
NOON = datetime.fromisoformat("2026-09-28T12:00:00+01:00")
A_DAY = timedelta(days=1)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with records_desk(tmp_path) as desk:
        yield desk


def approve(desk: Desk) -> None:
    opened(desk, "records.due.open")
    desk.stage.press(LEAD, "records.due.approve")


def erasures(desk: Desk) -> list[Erasure]:
    with desk.work() as work:
        found = list(work.find(Erasure))
        work.session.expunge_all()
        return found


def hold(desk: Desk, who: str = LEAD, **other: Any) -> dict[str, str]:
    opened(desk, "records.holds.open", who)
    desk.stage.press(who, "records.hold.open")
    answers = {"case": ONE, "kind": "litigation", "reason": "Claim 7 of 2026", "review_on": "2026-12-01"} | other
    return desk.workspace.submit(desk.users[who], answers).errors


def test_nothing_is_due_while_cases_are_open(desk: Desk) -> None:
    assert "Nothing is due to go" in words(opened(desk, "records.due.open"))
    assert "records.due.approve" not in buttons(opened(desk, "records.due.open"))


def test_what_is_due_is_shown_with_its_reason_and_goes_in_the_night_after_approval(desk: Desk) -> None:
    key = end(desk, ONE)
    assert f"*{ONE}*" in words(opened(desk, "records.due.open"))
    assert "84 months after it ended" in words(opened(desk, "records.due.open"))
    desk.go_to(NIGHT)
    with desk.work() as work:
        assert work.look(Case, key) is not None, "nobody approved it"
    approve(desk)
    assert [(row.thing, row.rule, row.done_at) for row in erasures(desk)] == [(f"case:{key}", "case", None)]
    desk.go_to(NIGHT + A_DAY)
    (row,) = erasures(desk)
    assert row.done_at and not row.kept and row.wake_at is None and row.counts["case"] == 1
    with desk.work() as work:
        assert work.look(Case, key) is None and not work.rows(Item, case_id=key) and not work.rows(Action, case_id=key)
        assert work.first(Case, Case.ref == TWO) is not None
        assert audit_check.verify(work.session) is None


def test_what_is_kept_is_shown_with_its_reason(desk: Desk) -> None:
    end(desk, ONE, months=2)
    said = words(opened(desk, "records.due.open"))
    assert "Nothing is due" in said and "kept until" in said and ONE in said


def test_only_what_was_shown_can_be_approved(desk: Desk) -> None:
    end(desk, ONE)
    opened(desk, "records.due.open")
    end(desk, TWO)
    assert "no longer what you were shown" in str(desk.workspace.press(desk.users[LEAD], "records.due.approve"))
    assert not erasures(desk)
    assert "no longer what you were shown" in forged(
        desk, LEAD, "records.due.approve", About(panel=desk.panel.id, code="made up")
    )


def test_an_approval_can_be_taken_back_until_the_night(desk: Desk) -> None:
    key = end(desk, ONE)
    approve(desk)
    desk.stage.press(LEAD, "records.due.take_back")
    desk.go_to(NIGHT)
    assert [row.kept for row in erasures(desk)] == [Kept.TAKEN_BACK]
    with desk.work() as work:
        assert work.look(Case, key) is not None


@pytest.mark.parametrize("ref", [ONE, ""])
def test_a_hold_stops_what_was_approved_already_of_a_case_or_of_the_panel(desk: Desk, ref: str) -> None:
    key = end(desk, ONE)
    approve(desk)
    assert hold(desk, case=ref) == {}
    desk.go_to(NIGHT)
    assert [row.kept for row in erasures(desk)] == [Kept.HELD]
    with desk.work() as work:
        assert work.look(Case, key) is not None
    assert "held: litigation" in words(opened(desk, "records.due.open"))


def test_a_recorded_death_is_a_hold_of_its_own(desk: Desk) -> None:
    key = end(desk, ONE)
    with desk.work() as work:
        work.get(Case, key).hold_at = work.now
        work.get(Case, key).version += 1
    said = words(opened(desk, "records.due.open"))
    assert "held: a death is recorded on it" in said and "Nothing is due" in said


def test_a_hold_is_lifted_by_lead_or_chair_once_and_its_review_is_reminded(desk: Desk) -> None:
    assert hold(desk, CHAIR) == {}
    desk.go_to(datetime.fromisoformat("2026-12-01T10:00:00+00:00"))
    assert [text for text in desk.seen_by(LEAD) if "hold on records" in text]
    view = opened(desk, "records.holds.open", CHAIR)
    assert ONE in words(view) and "Claim 7 of 2026" in words(view)
    with desk.work() as work:
        row = work.find(Hold)[0]
        stale = About(panel=desk.panel.id, row=row.id, version=row.version)
    desk.stage.press(CHAIR, "records.hold.lift")
    assert "Somebody changed this" in forged(desk, LEAD, "records.hold.lift", stale)
    with desk.work() as work:
        assert [(row.lifted_by, row.lifted_at is not None) for row in work.find(Hold)] == [(desk.users[CHAIR], True)]


@pytest.mark.parametrize(
    ("answers", "field"), [({"case": "MSP-99-0001"}, "case"), ({"review_on": "2026-09-01"}, "review_on")]
)
def test_a_hold_on_what_is_not_there_or_with_a_review_in_the_past_is_refused(
    desk: Desk, answers: dict[str, str], field: str
) -> None:
    assert field in hold(desk, **answers)


def test_others_have_no_part_in_it(desk: Desk) -> None:
    end(desk, ONE)
    told = About(panel=desk.panel.id)
    for who in (COORDINATOR, "R.Y."):
        for button in ("records.due.open", "records.holds.open", "records.clocks.open", "records.copies.open"):
            assert "Only" in forged(desk, who, button, told), (who, button)
    assert buttons(records(desk, CHAIR)) == {"records.holds.open"}


def test_the_lead_is_told_once_a_month_with_numbers_alone(desk: Desk) -> None:
    end(desk, ONE)
    for day in range(1, 8):
        desk.go_to(NOON + day * A_DAY)
    told = [text for text in desk.seen_by(LEAD) if "schedule" in text]
    assert len(told) == 2, "one for September, one for October"
    assert told[0].startswith("1 record has been kept") and ONE not in "".join(told)


def test_what_goes_by_itself_goes_without_approval_and_the_lead_is_told(desk: Desk) -> None:
    key = end(desk, ONE)
    opened(desk, "records.clocks.open")
    assert desk.workspace.submit(desk.users[LEAD], {"approval": "automatic"}).errors == {}
    desk.go_to(NOON + A_DAY)
    assert [text for text in desk.seen_by(LEAD) if "They go in the coming night" in text]
    desk.go_to(NIGHT + A_DAY)
    with desk.work() as work:
        assert work.look(Case, key) is None
    assert [row.by_user for row in erasures(desk)] == [""]


def test_clocks_are_numbers_of_the_panel_s_own_with_bounds(desk: Desk) -> None:
    opened(desk, "records.clocks.open")
    assert "notice_months" in desk.workspace.submit(desk.users[LEAD], {"notice_months": "3"}).errors
    assert desk.workspace.submit(desk.users[LEAD], {"case_months": "120", "notice_months": "24"}).errors == {}
    opened(desk, "records.copies.open")
    assert desk.workspace.submit(desk.users[LEAD], {"post_days": "30"}).errors == {}
    now = settings_of(desk.panel).retention
    assert (now.case_months, now.notice_months, now.post_days, now.automatic) == (120, 24, 30, False)


def test_two_who_change_the_clocks_do_not_overwrite_each_other(desk: Desk) -> None:
    opened(desk, "records.copies.open")
    with desk.work() as work:
        work.get(Panel, desk.panel.id).version += 1
    assert "Somebody changed this" in str(desk.workspace.submit(desk.users[LEAD], {"post_days": "30"}).errors)


def test_messages_about_it_are_taken_out_of_slack_and_what_was_kept_for_a_repeat_goes(desk: Desk) -> None:
    with desk.work() as work:
        case = work.first(Case, Case.ref == ONE)
        assert case is not None
        action = work.rows(Action, case_id=case.id)[0]
        work.owe("about it", "actions.told", desk.users["R.Y."], panel_id=case.panel_id,
                 about={"action": action.id, "what": "news"})  # fmt: skip
    desk.stage.settle()
    before = len(desk.seen_by("R.Y."))
    with desk.work() as work:
        sent = work.first(Notice, Notice.name == "about it")
        assert sent is not None and sent.ts
        work.keep_receipt("pressed", {"kind": "Tell", "text": "zqxkept", "blocks": []})
    end(desk, ONE)
    approve(desk)
    desk.go_to(NIGHT)
    desk.stage.settle()
    with desk.work() as work:
        gone = work.first(Notice, Notice.name == "about it")
        assert gone is not None and gone.removed_at is not None
        assert work.get(Receipt, "pressed").answer is None
    assert len(desk.seen_by("R.Y.")) < before + 1


def test_old_messages_leave_slack_and_recent_ones_stay(desk: Desk) -> None:
    with desk.work() as work:
        for name in ("old", "recent"):
            work.owe(name, "life.death", desk.users["R.Y."], panel_id=desk.panel.id,
                     about={"case": work.find(Case)[0].id})  # fmt: skip
    desk.stage.settle()
    with desk.work() as work:
        old = work.first(Notice, Notice.name == "old")
        assert old is not None and old.ts
        old.sent_at = work.now - timedelta(days=91)
    before = len(desk.seen_by("R.Y."))
    desk.go_to(NIGHT)
    desk.go_to(NIGHT + A_DAY)
    with desk.work() as work:
        found = {row.name: row.removed_at for row in work.find(Notice, col(Notice.name).in_(["old", "recent"]))}
        assert found["old"] is not None and found["recent"] is None
    assert len([text for text in desk.seen_by("R.Y.") if "Telephone" in text]) == 1 and before >= 2


def test_what_slack_does_not_let_the_bot_remove_is_told_and_not_tried_again(desk: Desk) -> None:
    with desk.work() as work:
        work.owe("stuck", "life.death", desk.users["R.Y."], panel_id=desk.panel.id,
                 about={"case": work.find(Case)[0].id})  # fmt: skip
    desk.stage.settle()
    with desk.work() as work:
        row = work.first(Notice, Notice.name == "stuck")
        assert row is not None
        row.sent_at = work.now - timedelta(days=91)
    desk.workspace.config(
        faults=[{"kind": "error", "method": "chat.delete", "code": "cant_delete_message", "times": 1}]
    )
    desk.go_to(NIGHT + A_DAY)
    with desk.work() as work:
        row = work.first(Notice, Notice.name == "stuck")
        assert row is not None and (row.problem, row.removed_at) == ("cant_delete_message", None)
    assert "Slack did not let the bot remove 1 message" in words(records(desk))


def test_working_copies_go_by_themselves_each_after_its_own_time(desk: Desk) -> None:
    with desk.work() as work:
        panel, long_ago = desk.panel.id or 0, work.now - timedelta(days=60)
        for name, at in (("old", long_ago), ("new", work.now)):
            work.add(Receipt(name=name, at=at, answer={"kind": "Close", "everything": False}))
            work.add(
                Pass(
                    panel_id=panel,
                    user_id="U1",
                    document="pack",
                    token_hash=name,
                    code_hash="x",
                    made_at=at,
                    ends_at=at,
                )
            )
            work.add(FeedKey(panel_id=panel, user_id="U1", token_hash=name, made_at=at, ended_at=at))
            work.add(
                Mailbox(panel_id=panel, user_id=f"M{name}", label="A.B.", address="a@example.org", since=at, until=at)
            )
            ages = at - timedelta(days=400) if name == "old" else at
            work.put(
                Notice(
                    name=f"{name} notice",
                    kind="live",
                    panel_id=panel,
                    to="U1",
                    not_before=ages,
                    made_at=ages,
                    state="dropped",
                )
            )
    desk.go_to(NIGHT + A_DAY)
    with desk.work() as work:
        assert work.receipt("old") is None and work.receipt("new") is not None
        assert [row.token_hash for row in work.find(Pass, Pass.user_id == "U1")] == ["new"]
        assert [row.token_hash for row in work.find(FeedKey, FeedKey.user_id == "U1")] == ["new"]
        assert {row.user_id: row.address for row in work.find(Mailbox)} == {"Mold": None, "Mnew": "a@example.org"}
        assert not work.rows(Notice, name="old notice") and work.rows(Notice, name="new notice")


def test_people_whom_another_case_needs_stay(desk: Desk) -> None:
    key = end(desk, ONE)
    with desk.work() as work:
        mine = work.rows(Victim, case_id=key)[0]
        other = work.first(Case, Case.ref == TWO)
        assert other is not None
        person = mine.person_id = work.add(Person(panel_id=desk.panel.id or 0)).id
        mine.version += 1
        work.add(Victim(case_id=other.id or 0, ref="V-777a", person_id=person))
    approve(desk)
    desk.go_to(NIGHT)
    with desk.work() as work:
        assert [row.person_id for row in work.rows(Victim, ref="V-777a")] == [person]


def test_papers_go_by_their_own_clock_and_their_case_stays(desk: Desk) -> None:
    with desk.work() as work:
        meeting = work.add(
            Meeting(panel_id=desk.panel.id or 0, day=date(2019, 3, 6), rule_day=date(2019, 3, 6), wall_time="09:30",
                    zone="Europe/London", starts_at=work.now - 2_700 * A_DAY, minutes=90, mode="meeting", status="held")
        )  # fmt: skip
        assert meeting.id is not None
        work.add(Minutes(meeting_id=meeting.id, version=1, text="zqxminutes", drafted_at=work.now))
        cases = len(work.find(Case))
    assert "*Papers of Wednesday 6 March 2019*" in words(opened(desk, "records.due.open"))
    approve(desk)
    desk.go_to(NIGHT)
    with desk.work() as work:
        assert not work.rows(Minutes, meeting_id=meeting.id) and work.look(Meeting, meeting.id) is not None
        assert len(work.find(Case)) == cases
    assert erasures(desk)[0].counts == {"minutes": 1}


def test_a_referral_that_was_not_accepted_goes_after_its_own_months(desk: Desk) -> None:
    with desk.work() as work:
        told: dict[str, Any] = {"panel_id": desk.panel.id or 0, "by_user": "U1", "at": work.now, "status": "declined"}
        gone = work.add(Referral(ref="R-OLD", decided_at=work.now - 800 * A_DAY, **told))
        kept = work.add(Referral(ref="R-NEW", decided_at=work.now - 30 * A_DAY, **told))
    said = words(opened(desk, "records.due.open"))
    assert "*Referral R-OLD*  due since" in said and "*Referral R-NEW*  kept until" in said
    approve(desk)
    desk.go_to(NIGHT)
    with desk.work() as work:
        assert work.look(Referral, gone.id) is None and work.look(Referral, kept.id) is not None


def test_the_machine_tells_what_is_due_and_changes_nothing(desk: Desk) -> None:
    end(desk, ONE)
    told = list(due_to_go(desk.store, desk.bot.clock.now()))
    assert told[0] == "MSP: 1 due, 0 kept. Nothing was changed." and ONE in told[1] and "due since" in told[1]
    assert not erasures(desk)


def aged(desk: Desk, months: int) -> int:
    """The first rows of the log as if they had been written so long ago; the last of them. The chain is sealed anew."""
    with desk.work() as work:
        rows = list(audit.rows_of(work.session))
        old, previous = rows[len(rows) // 2]["seq"], ""
        for row in rows:
            if row["seq"] <= old:
                row["at"] = work.now - timedelta(days=31 * months)
            row["previous"], row["hash"] = previous, audit.seal(previous, row)
            previous = row["hash"]
        work.session.connection().execute(delete(AuditRow))
        work.session.connection().execute(delete(AuditAnchor))
        work.session.connection().execute(insert(AuditRow), rows)
        work.session.connection().execute(update(AuditHead).values(hash=previous))
    return int(old)


def test_the_oldest_months_of_the_audit_log_go_like_any_record_and_the_rest_still_holds(desk: Desk) -> None:
    old = aged(desk, months=100)
    assert "Audit log up to" in words(opened(desk, "records.due.open"))
    approve(desk)
    desk.go_to(NIGHT)
    assert [(row.thing, row.rule, row.kept) for row in erasures(desk)] == [(f"audit:{old}", "log", None)]
    with desk.work() as work:
        assert audit_check.verify(work.session) is None
        rows = list(audit.rows_of(work.session))
    assert rows[0]["seq"] == old + 1
    (told,) = [row for row in rows if row["verb"] == audit.LET_GO]
    assert told["by_user"] == desk.users[LEAD] and told["details"]["rows"] == old
    assert "Nothing is due" in words(opened(desk, "records.due.open"))


def test_nothing_of_the_log_goes_while_anything_is_on_hold(desk: Desk) -> None:
    aged(desk, months=100)
    approve(desk)
    hold(desk)
    assert "something is on hold" in words(opened(desk, "records.due.open"))
    desk.go_to(NIGHT)
    assert [row.kept for row in erasures(desk)] == [Kept.HELD]
    with desk.work() as work:
        assert next(audit.rows_of(work.session))["seq"] == 1
