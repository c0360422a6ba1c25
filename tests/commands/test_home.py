"""App Home: counts, dates and buttons, for whoever looks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.models.views import View

from commands.home.tab import home_of
from commands.kit.meetings import today
from commands.kit.words import Words
from panel.codes import ActionStatus, Role
from panel.cycle import CutOff
from sandbox.blocks import check_view
from storage.tables import Action, AgendaVersion, CutOffRow, Meeting, Minutes, Panel, Referral, Request, Seat
from tests.commands import owed
from tests.commands.owed import at, user
from tests.desk import Desk, open_desk

SECRET = "zebrafish"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path, "2026-10-07T10:00:00+01:00") as made:
        with made.work() as work:
            for action in work.find(Action):
                action.status = ActionStatus.COMPLETE
        yield made


def home(desk: Desk, who: str) -> dict[str, Any]:
    shown = desk.workspace.open_home(desk.users[who]).home
    assert shown is not None
    return shown


def text(view: dict[str, Any]) -> str:
    return "\n".join(words(block) for block in view["blocks"] if "text" in block)


def words(block: dict[str, Any]) -> str:
    """A block's text as it is read: of a date token what stands behind its bar."""
    return re.sub(r"<!date[^|>]*\|([^>]*)>", r"\1", str(block["text"]["text"]))


def labels(view: dict[str, Any]) -> list[str]:
    return [e["text"]["text"] for block in view["blocks"] for e in block.get("elements", ()) if e["type"] == "button"]


def beside(view: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Each line that waits, the label of the button beside it, and the command that this stands for."""
    rows = [(words(block), block["accessory"]) for block in view["blocks"] if "accessory" in block]
    return [(line, button["text"]["text"], json.loads(button["value"])["code"]) for line, button in rows]


def said(view: dict[str, Any]) -> list[str]:
    return [line for line, *_ in beside(view)]


def test_a_representative_sees_what_waits_the_next_dates_and_their_buttons(desk: Desk) -> None:
    with desk.work() as work:
        cases = [owed.case(work, number) for number in range(3)]
        owed.ask(work, owed.meeting_on(work, "2026-10-14"), cases, "POL")
        owed.action(work, cases[0], "POL", "2026-09-21", text=SECRET)
    shown = home(desk, "R.Y.")
    assert "The panel meets on Wednesday 14 October 2026, 09:30." in text(shown)
    assert "Your next date: Updates close" in text(shown)
    assert beside(shown) == [
        ("1 action is overdue", "Open my actions", "/actions"),
        ("3 updates not yet returned; due by Friday 9 October 2026 at 17:00", "Open my updates", "/update"),
        ("1 action in hand", "Open my actions", "/actions"),
    ]
    assert SECRET not in str(shown) and "C-1" not in str(shown)
    assert labels(shown) == ["My actions", "Agenda", "My updates", "My agency's actions", "Refer a case"]


def test_what_waits_stands_first_and_everything_else_below_a_line(desk: Desk) -> None:
    with desk.work() as work:
        owed.action(work, owed.case(work, 1), "POL", "2026-09-21")
    blocks = home(desk, "R.Y.")["blocks"]
    kinds = [block["type"] for block in blocks]
    waits = next(n for n, block in enumerate(blocks) if "accessory" in block)
    below = next(n for n, block in enumerate(blocks) if block.get("text", {}).get("text") == "*Everything else*")
    assert "*What waits for you*" in blocks[waits - 1]["text"]["text"]
    assert waits < below and kinds[below - 1] == "divider" and kinds[below + 1 :] == ["actions"]
    styles = [block["accessory"].get("style") for block in blocks if "accessory" in block]
    assert styles == ["primary", None], "the most urgent line stands out, and no other"
    assert not [each for each in blocks[-1]["elements"] if each.get("style")]


def test_an_update_waits_from_the_request_on_before_any_reminder(desk: Desk) -> None:
    with desk.work() as work:
        owed.ask(work, owed.meeting_on(work, "2026-10-14"), [owed.case(work, 1)], "POL")
        reminder = work.first(CutOffRow, CutOffRow.name == CutOff.REMINDER_1, CutOffRow.at <= work.now)
        assert reminder is not None
        reminder.at = work.now + timedelta(hours=1)
    assert said(home(desk, "R.Y.")) == ["1 update not yet returned; due by Friday 9 October 2026 at 17:00"]


def test_the_coordinator_reads_how_many_returns_are_in_until_all_are(desk: Desk) -> None:
    with desk.work() as work:
        cases = [owed.case(work, number) for number in range(2)]
        requests = owed.ask(work, owed.meeting_on(work, "2026-10-14"), cases, "POL", "HOU")
        owed.answer(work, requests[0])
    line = ("1 of 4 returns in; updates close on Friday 9 October 2026 at 17:00", "Return board", "/panel board")
    assert line in beside(home(desk, "Z.O.")) and line not in beside(home(desk, "V.X."))
    with desk.work() as work:
        for request in requests[1:]:
            owed.answer(work, work.get(Request, request.id))
    assert not [each for each in said(home(desk, "Z.O.")) if "return" in each]


def test_a_referral_and_an_action_to_confirm_wait_for_the_coordinator(desk: Desk) -> None:
    with desk.work() as work:
        owed.refer(work)
        owed.action(
            work, owed.case(work, 1), "POL", "2026-10-21",
            status=ActionStatus.REPORTED_COMPLETE, reported_by=desk.users["R.Y."],
        )  # fmt: skip
    assert beside(home(desk, "Z.O."))[:2] == [
        ("1 reported action to confirm", "Open all actions", "/actions all"),
        ("1 referral to triage", "Open the referrals", "/panel triage"),
    ]
    assert ("1 referral to triage", "Open the referrals", "/panel triage") in beside(home(desk, "V.X."))


def test_the_victim_services_checks_have_their_own_button(desk: Desk) -> None:
    with desk.work() as work:
        owed.action(work, owed.case(work, 1), "POL", "2026-10-21", status=ActionStatus.AWAITING_SAFETY_CHECK)
    checks = ("1 safety check is waiting", "Open the checks", "/actions checks")
    assert beside(home(desk, "I.K."))[0] == checks
    assert checks not in beside(home(desk, "R.Y."))


def test_the_chair_is_asked_for_the_agenda_then_the_minutes_and_the_office_for_the_record(desk: Desk) -> None:
    agenda = "The agenda of the panel on Wednesday 14 October 2026 waits for your approval"
    record = "The record of the panel on Wednesday 14 October 2026 is not closed yet"
    minutes = "The minutes of the panel on Wednesday 14 October 2026 still need your approval"
    with desk.work() as work:
        meeting = owed.meeting_on(work, "2026-10-14")
        meeting.requests_sent_at = work.now
        preview = CutOff.SAFETY_PRECHECK_AND_STATUS_FREEZE
        ready = work.first(CutOffRow, CutOffRow.meeting_id == meeting.id, CutOffRow.name == preview)
        assert ready is not None
        assert agenda not in said(home(desk, "V.X.")), "not before it can be previewed"
        ready.at = work.now
    assert beside(home(desk, "V.X."))[0] == (agenda, "Agenda", "/agenda")
    assert agenda not in said(home(desk, "Z.O."))
    with desk.work() as work:
        meeting = work.get(Meeting, meeting.id)
        assert meeting.id is not None
        meeting.day, meeting.agenda_issued_at = today(owed.the_panel(work), work.now), work.now
        work.add(AgendaVersion(meeting_id=meeting.id, version=1, public=[], made_at=work.now, approved_at=work.now))
    assert agenda not in said(home(desk, "V.X.")), "approved"
    assert (record.replace("14", "7"), "The meeting's record", "/panel record") in beside(home(desk, "Z.O."))
    with desk.work() as work:
        meeting = work.get(Meeting, meeting.id)
        assert meeting.id is not None
        meeting.status, meeting.record_closed_at = "held", work.now
        written = work.add(Minutes(meeting_id=meeting.id, version=1, text="", drafted_at=work.now)).id
    assert (minutes.replace("14", "7"), "The minutes", "/panel minutes") in beside(home(desk, "V.X."))
    assert not [each for each in said(home(desk, "Z.O.")) if "record" in each or "minutes" in each]
    with desk.work() as work:
        work.get(Minutes, written).approved_at = work.now
    assert not [each for each in said(home(desk, "V.X.")) if "minutes" in each]


def test_a_deputy_reads_what_waits_on_the_days_of_cover_alone(desk: Desk) -> None:
    with desk.work() as work:
        owed.ask(work, owed.meeting_on(work, "2026-10-14"), [owed.case(work, 1)], "POL")
        own = owed.agency(work, "POL").id
        deputy = work.first(Seat, Seat.agency_id == own, Seat.role == Role.DEPUTY)
        seat = work.first(Seat, Seat.agency_id == own, Seat.role == Role.REP)
        assert seat is not None and deputy is not None and deputy.user_id
        who = next(name for name, user_id in desk.users.items() if user_id == deputy.user_id)
    assert not [each for each in said(home(desk, who)) if "update" in each]
    with desk.work() as work:
        seat = work.get(Seat, seat.id)
        seat.cover_from = seat.cover_to = work.now.date()
    assert [each for each in beside(home(desk, who)) if each[2] == "/update"]
    assert not [each for each in said(home(desk, "R.Y.")) if "update" in each]


def test_somebody_with_nothing_to_do_is_told_so(desk: Desk) -> None:
    shown = home(desk, "N.B.")
    assert "Nothing waits for you. Your next date: Updates close, Friday 9 October 2026 at 17:00." in text(shown)
    assert beside(shown) == [] and "What waits" not in text(shown)


@pytest.mark.parametrize(
    ("who", "has", "has_not"),
    [
        ("Z.O.", {"Return board", "Referrals to triage", "All actions", "Figures"}, {"My updates", "Safety checks"}),
        ("V.X.", {"Return board", "The meeting's record", "Figures"}, {"My updates"}),
        ("I.K.", {"Safety checks", "My updates"}, {"Return board", "Figures"}),
        ("C.M.", {"My agency's actions", "Refer a case"}, {"My updates", "Return board"}),
    ],
)
def test_the_buttons_are_those_of_ones_roles(desk: Desk, who: str, has: set[str], has_not: set[str]) -> None:
    found = set(labels(home(desk, who)))
    assert has <= found and not has_not & found


def test_a_button_of_the_home_tab_opens_what_it_says(desk: Desk) -> None:
    home(desk, "R.Y.")
    outcome = desk.workspace.press(desk.users["R.Y."], "kit.open.actions", home=True)
    assert outcome.kind == "view" and outcome.view is not None


def test_somebody_on_no_panel_learns_what_this_is_and_whom_to_ask(desk: Desk) -> None:
    stranger = desk.workspace.add_user("stranger")
    shown = desk.workspace.open_home(stranger).home
    assert shown is not None
    assert "ask your panel's coordinator to add you" in text(shown)
    assert "Marrowshire" not in str(shown) and labels(shown) == []


def test_an_observer_sees_nothing_in_writing(desk: Desk) -> None:
    observer = desk.workspace.add_user("observer")
    with desk.work() as work:
        panel = owed.the_panel(work)
        assert panel.id is not None
        work.add(Seat(panel_id=panel.id, role=Role.OBSERVER, team_id=panel.team_id, user_id=observer, since=work.now))
    shown = desk.workspace.open_home(observer).home
    assert shown is not None
    assert "nothing is sent to you in writing" in text(shown)
    assert "October" not in str(shown) and labels(shown) == []


def test_the_tab_is_drawn_anew_after_somebodys_own_change(desk: Desk) -> None:
    assert "Wednesday 14 October 2026" in text(home(desk, "Z.O."))
    desk.stage.command("Z.O.", "/panel", "move")
    desk.stage.submit("Z.O.", {"new_day": "2026-10-15"})
    desk.stage.settle()
    shown = desk.workspace.see(desk.users["Z.O."])["home"]
    assert "Thursday 15 October 2026" in text(shown)


def test_nobodys_tab_is_published_who_never_looked(desk: Desk) -> None:
    desk.stage.command("Z.O.", "/panel", "move")
    desk.stage.submit("Z.O.", {"new_day": "2026-10-15"})
    desk.stage.settle()
    assert not [call for call in desk.workspace.calls() if call.get("method") == "views.publish"]


class OnlyWords:
    """As much of the service as drawing needs."""

    words = Words()


@pytest.mark.parametrize("panels", [0, 1, 15, 300])
def test_the_tab_keeps_slacks_limits_however_many_panels(tmp_path: Path, panels: int) -> None:
    start = at("2026-10-07T10:00:00+01:00")
    with owed.open_store(tmp_path, start) as store, store.work(start) as work:
        first = owed.the_panel(work)
        values = first.model_dump(exclude={"id", "code", "channel_id", "name"})
        work.session.delete(next(iter(work.find(Seat, Seat.user_id == user("Z.O.")))))
        for number in range(panels):
            panel = work.add(Panel(code=f"P{number}", name="<!channel> & Panel", **values))
            assert panel.id is not None
            work.add(Seat(panel_id=panel.id, role=Role.COORDINATOR, user_id=user("Z.O."), since=work.now))
        view = home_of(OnlyWords(), work, "", owed.TEAM, user("Z.O."))  # type: ignore[arg-type]
    assert "<!channel>" not in str(view)
    View(**view).validate_json()
    assert not list(check_view(view))


@pytest.mark.parametrize("panels", [1, 2, 3])
def test_of_many_panels_each_says_what_waits_with_or_without_its_own_buttons(tmp_path: Path, panels: int) -> None:
    start = at("2026-10-07T10:00:00+01:00")
    with owed.open_store(tmp_path, start) as store, store.work(start) as work:
        first = owed.the_panel(work)
        owed.refer(work)
        values = first.model_dump(exclude={"id", "code", "channel_id"})
        for number in range(1, panels):
            panel = work.add(Panel(code=f"P{number}", **values))
            assert panel.id is not None
            work.add(Seat(panel_id=panel.id, role=Role.COORDINATOR, user_id=user("Z.O."), since=work.now))
            work.add(Referral(panel_id=panel.id, by_user="U1", at=work.now, ref=f"Q-{number}"))
        view = home_of(OnlyWords(), work, "", owed.TEAM, user("Z.O."))  # type: ignore[arg-type]
    assert text(view).count("1 referral to triage") == panels
    assert said(view).count("1 referral to triage") == (panels if panels < 3 else 0)
    assert not list(check_view(view))


def test_where_there_is_no_panel_yet_anybody_can_set_one_up(tmp_path: Path) -> None:
    start = at("2026-10-07T10:00:00+01:00")
    with owed.open_store(tmp_path, start) as store, store.read(start) as work:
        view = home_of(OnlyWords(), work, "", "T2", user("Z.O."))  # type: ignore[arg-type]
    assert labels(view) == ["Set up a panel"]


def test_whoever_does_an_action_without_a_seat_finds_it_at_home_and_by_command(desk: Desk) -> None:
    doer = desk.newcomer("W.W.")
    assert "You are not on a panel" in text(home(desk, "W.W."))
    with desk.work() as work:
        action = owed.action(work, owed.case(work, 1), "POL", "2026-10-21", assignee=doer, text=SECRET).id
    shown = home(desk, "W.W.")
    assert "1 action in hand" in text(shown) and "observer" not in text(shown)
    assert labels(shown) == ["My actions"]
    anywhere = desk.workspace.add_channel("elsewhere", [doer])
    assert "'actions.open'" in str(desk.workspace.command(doer, anywhere, "/actions").view)
    with desk.work() as work:
        work.get(Action, action).status = ActionStatus.COMPLETE
    assert "You are not on a panel" in text(home(desk, "W.W."))
