"""App Home: counts, dates and buttons, for whoever looks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from slack_sdk.models.views import View

from commands.home.tab import home_of
from commands.kit.words import Words
from panel.codes import ActionStatus, Role
from sandbox.blocks import check_view
from storage.tables import Action, Panel, Referral, Seat
from tests.commands import owed
from tests.commands.home_help import beside, home, labels, said, text
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
    assert labels(shown) == [
        "My actions", "Agenda", "My updates", "My agency's actions", "Refer a case", "What I was told, and why",
        "My parts, days away",
    ]  # fmt: skip


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
    waits = ()
    address = "https://panel.example.org"  # with every button there can be


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
    assert labels(shown) == ["My actions", "What I was told, and why"]
    anywhere = desk.workspace.add_channel("elsewhere", [doer])
    assert "'actions.open'" in str(desk.workspace.command(doer, anywhere, "/actions").view)
    with desk.work() as work:
        work.get(Action, action).status = ActionStatus.COMPLETE
    assert "You are not on a panel" in text(home(desk, "W.W."))
