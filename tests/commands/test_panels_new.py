"""A workspace without a panel: six questions, and the year's dates are there."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from slack_sdk.models.views import View

from bot import log
from bot.assembly import Bot, build, open_store
from bot.manifest import manifest
from bot.settings import Settings
from panel.codes import Role
from sandbox.client import Outcome, Workspace
from sandbox.server import Sandbox
from storage.tables import AuditRow, Meeting, Panel, Seat

LONDON = ZoneInfo("Europe/London")


@dataclass
class Empty:
    """A workspace with the bot and nothing set up."""

    workspace: Workspace
    bot: Bot
    creator: str
    channel: str

    def answers(self, **changes: object) -> dict[str, object]:
        """What the creator fills in."""
        first = datetime(2026, 10, 14, 9, 30, tzinfo=LONDON)
        answers: dict[str, object] = {
            "code": "BVP", "called": "Brackenvale panel, Brackenvale", "often": "weeks:4",
            "first": int(first.timestamp()), "on_holiday": "next_working_day", "channel": self.channel,
        }  # fmt: skip
        return answers | changes

    def set_up(self, **changes: object) -> Outcome:
        """/panel new, filled in and sent."""
        form = self.workspace.command(self.creator, self.channel, "/panel", "new")
        assert form.view is not None, form
        return self.workspace.submit(self.creator, self.answers(**changes))


@contextmanager
def opened(folder: Path) -> Iterator[Empty]:
    with ExitStack() as last, Sandbox(story="2026-09-01T08:00:00+01:00", manifest=manifest()) as box:
        workspace = box.workspace()
        info = workspace.info()
        settings = Settings(
            slack_bot_token=info["bot_token"], slack_app_token=info["app_token"], slack_api_url=info["api_url"],
            convenor_database_url=f"sqlite:///{folder}/convenor.db", convenor_clock_url=info["clock_url"],
        )  # fmt: skip
        logger = log.configure(level=logging.CRITICAL)
        bot = build(settings, open_store(settings, logger), logger)
        last.callback(bot.join)
        last.callback(bot.stop)  # after the sandbox has gone: Slack's client takes seconds to close an open socket
        bot.start()
        workspace.connected()
        creator = workspace.add_user("creator")
        yield Empty(workspace, bot, creator, workspace.add_channel("panel-ops", [creator]))
        workspace.hang_up()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Empty]:
    with opened(tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Empty]:
    """For those who set nothing up."""
    with opened(tmp_path_factory.mktemp("empty")) as made:
        yield made


def at(year: int, month: int, day: int) -> int:
    return int(datetime(year, month, day, 9, 30, tzinfo=LONDON).timestamp())


def test_six_questions_with_the_usual_answers_filled_in(untouched: Empty) -> None:
    view = untouched.workspace.command(untouched.creator, untouched.channel, "/panel", "new").view
    assert view is not None
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    assert len(inputs) == 6
    state = view["state"]["values"]
    assert state["often"]["answer"]["selected_option"]["value"] == "weeks:4"
    assert state["first"]["answer"]["selected_date_time"] == at(2026, 10, 7)
    assert state["channel"]["answer"]["selected_conversation"] == untouched.channel
    assert "120 minutes" in str(view["blocks"][0])
    View(**{key: view[key] for key in ("type", "title", "blocks", "close", "submit")}).validate_json()


def test_its_creator_coordinates_it_and_sees_the_year(empty: Empty) -> None:
    proposed = str(empty.set_up().view)
    assert "Brackenvale panel" in proposed and "12 meetings in the next year" in proposed
    assert "*Wednesday 14 October 2026*, 09:30" in proposed and "Updates close: 9 October, 17:00" in proposed
    with empty.bot.service.store.work(empty.bot.clock.now()) as work:
        panel, seat = work.first(Panel), work.first(Seat)
        assert panel and seat
        assert (panel.code, panel.name, panel.area) == ("BVP", "Brackenvale panel", "Brackenvale")
        assert (panel.starts, panel.channel_id, panel.live, panel.fictional) == ("09:30", empty.channel, False, False)
        assert panel.wake_at == datetime(2026, 9, 1, 9, 0, tzinfo=LONDON)  # the first digest
        assert (seat.role, seat.user_id) == (Role.COORDINATOR, empty.creator)
        assert work.find(Meeting) == []  # proposed, not planned
        assert work.first(AuditRow, AuditRow.verb == "set_up") is not None


def test_the_dates_are_planned_by_one_press(empty: Empty) -> None:
    empty.set_up()
    planned = empty.workspace.press(empty.creator, "panels.plan")
    assert "12 meetings added" in str(planned.view)
    with empty.bot.service.store.work(empty.bot.clock.now()) as work:
        assert len(work.find(Meeting)) == 12


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"code": "B"}, "code", "Two to four letters"),
        ({"code": "B2P"}, "code", "Two to four letters"),
        ({"first": at(2026, 8, 31)}, "first", "still to come"),
        ({"first": at(2026, 10, 17)}, "first", "Saturday or a Sunday"),
        ({"often": "nth:1"}, "first", "not one of those days"),
    ],
)
def test_what_can_not_be_is_said_under_its_question(
    untouched: Empty, changes: dict[str, object], field: str, sentence: str
) -> None:
    assert sentence in untouched.set_up(**changes).errors[field]
    with untouched.bot.service.store.work(untouched.bot.clock.now()) as work:
        assert work.find(Panel) == []


def test_the_bot_must_be_in_the_channel(untouched: Empty) -> None:
    without = untouched.workspace.add_channel("elsewhere", [untouched.creator], bot=False)
    assert "/invite @Convenor" in untouched.set_up(channel=without).errors["channel"]
    public = untouched.workspace.add_channel("public", [untouched.creator], private=False)
    opened = untouched.workspace.command(untouched.creator, public, "/panel", "new")  # the picker begins with this one
    assert opened.view is not None
    answers = untouched.answers()
    del answers["channel"]
    assert "private channel" in untouched.workspace.submit(untouched.creator, answers).errors["channel"]


def test_a_prefix_and_a_channel_belong_to_one_panel(empty: Empty) -> None:
    empty.set_up()
    empty.workspace.close(empty.creator, all=True)
    assert "prefix" in empty.set_up(code="bvp").errors["code"]
    empty.workspace.close(empty.creator, all=True)
    assert "another panel" in empty.set_up(code="BVQ").errors["channel"]


def test_the_second_panel_is_for_a_coordinator_to_set_up(empty: Empty) -> None:
    empty.set_up()
    other = empty.workspace.add_user("other")
    elsewhere = empty.workspace.add_channel("second", [other, empty.creator])
    refused = empty.workspace.command(other, elsewhere, "/panel", "new")
    assert "Ask its coordinator" in str(refused.messages)
    empty.workspace.close(empty.creator, all=True)
    empty.workspace.command(empty.creator, elsewhere, "/panel", "new")
    done = empty.workspace.submit(empty.creator, empty.answers(code="BVQ", channel=elsewhere, often="nth:2"))
    assert "BVQ" in str(done.view), done


def test_before_there_is_a_panel_the_bare_command_offers_one(untouched: Empty) -> None:
    told = untouched.workspace.command(untouched.creator, untouched.channel, "/panel")
    assert "There is no panel in this workspace yet" in told.messages[0]["text"]
    assert "Practice" not in told.messages[0]["text"]
    assert untouched.workspace.press(untouched.creator, "panels.open.new").view is not None
    assert "coordinator" in str(
        untouched.workspace.command(untouched.creator, untouched.channel, "/panel", "people").messages
    )


def test_until_it_is_live_everything_is_stamped_practice(empty: Empty) -> None:
    view = empty.set_up().view
    assert view is not None
    assert "Practice: not for real cases" in str(view["blocks"][0])
    empty.workspace.close(empty.creator, all=True)
    hub = empty.workspace.command(empty.creator, empty.channel, "/panel").view
    assert hub is not None and "Practice: not for real cases" in str(hub["blocks"][0])
