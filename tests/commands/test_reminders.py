"""The digest and the reports as people see them in Slack."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.models.views import View

from panel.codes import ActionStatus
from storage.tables import Action, ActionMove, AuditRow, Notice, Request
from tests.commands import owed
from tests.commands.owed import at
from tests.desk import Desk, open_desk

pytestmark = pytest.mark.slow

SECRET = "zebrafish"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path, "2026-09-22T08:00:00+01:00") as made:
        with made.work() as work:  # a clean desk: what the books carry forward has its own tests
            for action in work.find(Action):
                action.status = ActionStatus.COMPLETE
        yield made


def digests(desk: Desk, who: str) -> list[str]:
    return [text for text in desk.seen_by(who) if "what waits for you" in text]


def overdue(desk: Desk, assignee: str | None = None, **told: Any) -> None:
    with desk.work() as work:
        who = desk.users[assignee] if assignee else None
        owed.action(work, owed.case(work, 90), "POL", "2026-09-21", text=SECRET, assignee=who, **told)


def test_one_digest_stands_at_a_time_until_nothing_waits_any_more(desk: Desk) -> None:
    overdue(desk)
    desk.go_to(at("2026-09-22T08:59:00+01:00"))
    assert digests(desk, "R.Y.") == []
    desk.go_to(at("2026-09-22T09:00:00+01:00"))
    (told,) = digests(desk, "R.Y.")
    assert told.startswith("*Tuesday 22 September 2026: what waits for you*\n• 1 action is overdue")
    assert told.count("•") == 1
    assert digests(desk, "T.G.") == []
    desk.go_to(at("2026-09-22T17:00:00+01:00"))
    assert len(digests(desk, "R.Y.")) == 1
    desk.go_to(at("2026-09-23T09:00:00+01:00"))
    assert [text[:30] for text in digests(desk, "R.Y.")] == ["*Wednesday 23 September 2026: "]
    with desk.work() as work:
        for action in work.find(Action):
            action.status = ActionStatus.COMPLETE
    desk.go_to(at("2026-09-24T09:00:00+01:00"))
    assert [text[:30] for text in digests(desk, "R.Y.")] == ["*Wednesday 23 September 2026: "]


def test_the_digest_counts_names_actions_by_reference_and_day_and_says_nothing_else(desk: Desk) -> None:
    overdue(desk)
    desk.go_to(at("2026-09-22T09:00:00+01:00"))
    (message,) = desk.workspace.messages(user=desk.users["R.Y."])
    told = str(message)
    assert all(word not in told for word in (SECRET, "C-90", "POL", "K-90", "P06"))
    assert "overdue since Monday 21 September 2026" in told


def test_the_bot_that_was_away_for_a_week_sends_one_digest(desk: Desk) -> None:
    overdue(desk)
    with desk.work() as work:
        owed.the_panel(work).wake_at = None  # nobody plans
    desk.go_to(at("2026-09-29T08:00:00+01:00"))
    with desk.work() as work:
        owed.the_panel(work).wake_at = at("2026-09-23T09:00:00+01:00")
    desk.go_to(at("2026-09-29T10:30:00+01:00"))
    assert [text[:28] for text in digests(desk, "R.Y.")] == ["*Tuesday 29 September 2026: "]
    with desk.work() as work:
        assert len(work.find(Notice, Notice.kind == "digest", Notice.to == desk.users["R.Y."])) == 1


def test_the_digests_buttons_open_what_they_say(desk: Desk) -> None:
    overdue(desk)
    desk.go_to(at("2026-09-22T09:00:00+01:00"))
    outcome = desk.stage.press_in_message("R.Y.", "kit.open.actions", expect="view")
    assert outcome.view is not None


def test_the_coordinator_hears_how_many_updates_are_in_when_they_close(desk: Desk) -> None:
    with desk.work() as work:
        cases = [owed.case(work, number) for number in range(3)]
        requests = owed.ask(work, owed.meeting_on(work, "2026-10-14"), cases, "POL", "HOU")
        owed.answer(work, requests[0])
    desk.go_to(at("2026-10-09T16:59:00+01:00"))
    assert not [text for text in desk.seen_by("Z.O.") if text.startswith("*Updates")]
    desk.go_to(at("2026-10-09T17:00:00+01:00"))
    (told,) = [text for text in desk.seen_by("Z.O.") if text.startswith("*Updates")]
    assert "Wednesday 14 October 2026" in told and "1 of 6 updates returned" in told and "5 not yet returned" in told


def health(desk: Desk, who: str) -> list[str]:
    return [text for text in desk.seen_by(who) if text.startswith("*Half-way since the panel on Wednesday 11")]


def around_a_meeting(desk: Desk) -> None:
    """Two meetings for which POL answered one case and HOU none; four actions since the second."""
    for day in ("2026-10-14", "2026-11-11"):
        with desk.work() as work:
            number = len(work.find(Action)) + 200
            cases = [owed.case(work, number), owed.case(work, number + 1)]
            meeting = owed.meeting_on(work, day)
            owed.answer(work, owed.ask(work, meeting, cases, "POL", "HOU")[0])
            owed.action(work, cases[0], "POL", "2026-11-18", status_at=meeting.starts_at)
            owed.action(work, cases[0], "HOU", "2026-12-20", status="reported_complete", status_at=meeting.starts_at)
    with desk.work() as work:
        owed.action(work, cases[1], "HOU", "2026-11-20", status="cancelled", status_at=meeting.starts_at)


def test_half_way_through_the_cycle_chair_and_coordinator_get_the_counts(desk: Desk) -> None:
    around_a_meeting(desk)
    with desk.work() as work:
        late = work.find(Action, Action.due == date(2026, 11, 18))[0]
        assert late.id
        work.add(ActionMove(action_id=late.id, at=work.now, by_user="U1", move="reason", was="open", now="open"))
    desk.go_to(at("2026-12-02T08:59:00+00:00"))
    assert health(desk, "V.X.") == []
    desk.go_to(at("2026-12-02T09:00:00+00:00"))
    (to_chair,) = health(desk, "V.X.")
    assert "0 of 4 complete, 2 reported and to be confirmed, 2 open, of which 2 overdue" in to_chair
    assert "2 overdue (1 with no reply)" in to_chair  # late is one thing, no reply another
    assert "1 of 4 returned" in to_chair
    assert "steering" not in to_chair
    (to_coordinator,) = health(desk, "Z.O.")
    assert "For the steering group: 1 agency returned nothing for 2 panels in a row" in to_coordinator
    assert "HOU" not in to_coordinator + to_chair
    assert health(desk, "R.Y.") == []


def test_the_figures_by_agency_open_for_chair_and_coordinator_alone_and_are_audited(desk: Desk) -> None:
    around_a_meeting(desk)
    desk.go_to(at("2026-12-02T09:00:00+00:00"))
    view = desk.stage.press_in_message("V.X.", "reminders.figures").view
    assert view is not None
    shown = str(view["blocks"])
    assert (
        "*HOU*: 2 actions: 0 complete, 2 to be confirmed" in shown
        and "*POL*: 2 actions" in shown
        and "in a row by HOU" in shown
        and "What they are for: " in shown
        and SECRET not in shown
    )
    with desk.work() as work:
        (row,) = work.find(AuditRow, AuditRow.thing == f"figures:{owed.meeting_on(work, '2026-11-11').id}")
        assert (row.by_user, row.verb) == (desk.users["V.X."], "opened")
    refused = desk.stage.command("R.Y.", "/panel", "health", expect="message")
    assert "Only the coordinator, the chair or the steering group" in str(refused.messages)


def test_the_coordinator_opens_which_agencies_missed_which_meetings_in_a_row(desk: Desk) -> None:
    around_a_meeting(desk)
    desk.go_to(at("2026-12-02T09:00:00+00:00"))
    view = desk.stage.press_in_message("Z.O.", "reminders.steering").view
    shown = str(view)
    assert "*1 agency returned nothing for 2 panels in a row or more*" in shown and "POL" not in shown
    row = "*HOU* (Marrowshire Housing Options): nothing returned for 2 panels, Wednesday 11 November 2026, Wednesday 14"
    assert row in shown
    with desk.work() as work:
        (opened,) = work.find(AuditRow, AuditRow.thing == f"steering:{owed.meeting_on(work, '2026-11-11').id}")
        assert opened.by_user == desk.users["Z.O."] and opened.details == {"agencies": 1}
        for request in work.find(Request, Request.agency_id == owed.agency(work, "HOU").id)[:1]:
            owed.answer(work, request)
    desk.stage.close("Z.O.")
    assert "No agency returned nothing for 2 panels" in str(desk.stage.press_in_message("Z.O.", "reminders.steering"))
    to_chair = [m for m in desk.workspace.messages(user=desk.users["V.X."]) if "Half-way since" in m["text"]]
    assert to_chair and "reminders.steering" not in str(to_chair)


def test_the_figures_can_be_asked_for_at_any_time_once_a_panel_has_met(desk: Desk) -> None:
    early = desk.stage.command("Z.O.", "/panel", "health", expect="message")
    assert "There are no figures yet" in str(early.messages)
    desk.go_to(at("2026-10-16T10:00:00+01:00"))
    view = desk.stage.command("Z.O.", "/panel", "health").view
    assert view is not None and "Wednesday 14 October 2026" in str(view["blocks"])
    View(**{key: view[key] for key in ("type", "title", "blocks", "close", "private_metadata")}).validate_json()
