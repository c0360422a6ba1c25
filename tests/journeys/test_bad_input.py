"""What people, and clients that were tampered with, send that no form of ours would: the office at work on a panel,
with a second panel in the same workspace whose rows must stay out of sight."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import pytest
import structlog
from slack_bolt.request import BoltRequest
from sqlalchemy import text
from sqlmodel import SQLModel

from bot import log
from bot.demo.cast import people, standing_members
from bot.importing import Home, books, set_up
from bot.month import read_month
from commands.audit import watch
from commands.kit.blocks import plain, section
from commands.kit.service import Service
from panel.codes import Role
from sandbox.client import Outcome
from storage.tables import Action, Agency, Case, Item, Meeting, Panel, Referral, Request, Seat
from tests.commands.actions_help import PANEL_MORNING
from tests.commands.agenda_desk import APRIL, desk_before_panel, issued
from tests.commands.month_rows import meeting_of as desk_meeting
from tests.desk import Desk

pytestmark = pytest.mark.slow

OFFICE, CHAIR, REP, VICTIM_SERVICE, OBSERVER = "Z.O.", "V.X.", "R.Y.", "I.K.", "S.O."
TABLES: dict[str, Any] = {
    "meeting": Meeting, "case": Case, "agency": Agency, "action": Action, "referral": Referral, "request": Request,
}  # fmt: skip
CRASHED = "Something went wrong"
NOT_TAKEN = "Slack did not take"
UNCHANGED = ("audit", "audit_head", "audit_anchor", "receipt", "beat", "lane", "draft", "reach")


@dataclass
class Seen:
    """What the person got: the acknowledgement, and every text that was shown to them."""

    status: int
    ack: dict[str, Any]
    shown: str

    @property
    def said(self) -> str:
        return json.dumps(self.ack, ensure_ascii=False) + self.shown

    @property
    def crashed(self) -> bool:
        return self.status != 200 or CRASHED in self.said or NOT_TAKEN in self.said


class Crowd:
    """A desk, the neighbour's panel, everything that was logged, and raw payloads to send past Slack's client."""

    def __init__(self, desk: Desk, heard: io.StringIO, folder: Path, buttons: list[str]) -> None:
        self.desk = desk
        self.buttons = buttons  # every action_id that a journey listens to
        self.our_cases = [case.ref for case in desk.month.cases]
        self.folder = folder
        self.heard = heard
        self.read = 0
        self.team = desk.workspace.info()["team_id"]
        self.neighbours = _neighbours(desk)
        _referral(desk)
        self.theirs = [case.ref for case in read_month(APRIL).cases] + ["NEXT-DOOR-1"]

    # -- raw payloads

    def press(self, who: str, action_id: str, value: str, *, surface: str = "modal", **more: Any) -> Seen:
        """A button with this very value, in a modal or in a message."""
        user = self.user(who)
        action = {"type": "button", "action_id": action_id, "block_id": "b", "value": value, "action_ts": "1.1"} | more
        body = self._body("block_actions", user) | {"actions": [action]}
        if surface == "modal":
            view = self._opened(user)
            body |= {"view": view, "container": {"type": "view", "view_id": view["id"]}}
            return self.send(body, user, view["id"])
        slack = self.desk.box._slack
        path = slack.response_urls.issue(user, self.desk.channel, "1.1")
        place = {"type": "message", "message_ts": slack.next_ts(), "channel_id": self.desk.channel}
        body |= {"container": place, "channel": {"id": self.desk.channel}, "response_url": slack.base_url + path}
        return self.send(body, user)

    def submit(self, who: str, view: Mapping[str, Any], state: Mapping[str, Any]) -> Seen:
        """A form with these answers, whatever Slack's client would have said to them."""
        user = self.user(who)
        made = self._opened(user) | dict(view) | {"state": {"values": dict(state)}}
        return self.send(self._body("view_submission", user) | {"view": made}, user)

    def send(self, body: dict[str, Any], user: str, view_id: str | None = None, *, seconds: float = 3) -> Seen:
        """Give it to the bot, and gather what it did about it. Its trigger lives that many seconds."""
        slack = self.desk.box._slack
        body["trigger_id"] = slack.triggers.issue(user, seconds, view_id=view_id)
        self._news()
        response = self.desk.bot.app.dispatch(BoltRequest(mode="socket_mode", body=json.dumps(body)))
        shown = [c for c in self._news() if c["kind"] == "response_url" or c.get("method", "").startswith("views.")]
        shown = [call for call in shown if call.get("method") != "views.publish"]
        ack = json.loads(response.body) if response.body else {}
        return Seen(response.status, ack, json.dumps(shown, ensure_ascii=False))

    def user(self, who: str) -> str:
        return self.desk.users.get(who, who)

    def _body(self, kind: str, user: str) -> dict[str, Any]:
        return {
            "type": kind, "team": {"id": self.team}, "user": {"id": user, "team_id": self.team},
            "enterprise": None, "is_enterprise_install": False,
        }  # fmt: skip

    def _opened(self, user: str) -> dict[str, Any]:
        trigger = self.desk.box._slack.triggers.issue(user, 3)
        view = {"type": "modal", "title": plain("Tampered"), "blocks": [section("Open")]}
        opened: dict[str, Any] = self.desk.bot.app.client.views_open(trigger_id=trigger, view=view)["view"]
        return opened

    def _news(self) -> list[dict[str, Any]]:
        calls = self.desk.workspace.calls(self.read)
        self.read = max([self.read, *(call["n"] for call in calls)])
        return calls

    # -- looking

    def counts(self) -> dict[str, int]:
        """How many rows every table has, but for the trail, receipts, drafts, what is about sending, and alerts.

        Once nothing is left to send: what could not be delivered owes another notice a moment later.
        """
        self.desk.stage.settle()
        with self.desk.store.read(self.desk.bot.clock.now()) as work:
            names = [name for name in SQLModel.metadata.tables if name not in UNCHANGED]
            asked = {name: f'select count(*) from "{name}"' for name in names}
            asked["notice"] += f" where kind <> '{watch.KIND}'"
            return {name: work.session.connection().execute(text(ask)).scalar_one() for name, ask in asked.items()}

    def stored(self) -> bytes:
        """Every byte of the database's files."""
        return b"".join(path.read_bytes() for path in sorted(self.folder.glob("convenor.db*")))

    def posted(self) -> str:
        """Every message and view that was sent, and every answer to Slack, up to now."""
        calls = self.desk.workspace.calls()
        answers = [call.get("ack") for call in calls if call["kind"] == "envelope"]
        sent = [call for call in calls if call["kind"] in ("call", "response_url")]
        return json.dumps([answers, sent], ensure_ascii=False)

    def next_doors(self, said: str) -> list[str]:
        """The references of the neighbour's cases and actions that stand in a text."""
        return [ref for ref in self.theirs if ref in said]

    def refused(self) -> int:
        """How many refusals the audit log holds."""
        with self.desk.store.read(self.desk.bot.clock.now()) as work:
            found = work.session.connection().execute(text("select count(*) from audit where not allowed"))
            return int(found.scalar_one())

    def ids(self, *, ours: bool) -> dict[str, int]:
        """One row of each kind, ours or the neighbour's."""
        with self.desk.store.read(self.desk.bot.clock.now()) as work:
            panel = work.first(Panel, (Panel.code == "MSP") if ours else (Panel.code != "MSP"))
            assert panel is not None and panel.id is not None
            found = {"panel": panel.id}
            for name, table in TABLES.items():
                found[name] = next(row.id for row in work.find(table) if _panel_of(work, row) == panel.id)
            return found


def _panel_of(work: Any, row: Any) -> int:
    found: int = row.panel_id if hasattr(row, "panel_id") else work.get(Meeting, row.meeting_id).panel_id
    return found


def _neighbours(desk: Desk) -> dict[str, str]:
    """The second panel: its people by initials, with rows of every kind."""
    month = read_month(APRIL)
    assert month.cycle is not None
    users = {who: desk.workspace.add_user(f"n-{who}") for who in people(month)}
    channel = desk.workspace.add_channel("panel-next-door", [users[who] for who in standing_members(month)])
    with desk.work() as work:
        home = Home(desk.workspace.info()["team_id"], channel=channel, users=users)
        panel, _ = set_up(work, month, home)
        books(work, panel, month, month.cycle.panel_date)
        assert panel.id is not None
        meeting = work.add(_meeting(panel, month))
        case, agency = work.first(Case, Case.panel_id == panel.id), work.first(Agency, Agency.panel_id == panel.id)
        assert case and agency and case.id and agency.id and meeting.id
        work.add(Request(meeting_id=meeting.id, case_id=case.id, agency_id=agency.id))
        work.add(
            Referral(panel_id=panel.id, by_user=users[month.panel.coordinator.initials], at=work.now, ref="NEXT-DOOR-1")
        )
    return {"coordinator": users[month.panel.coordinator.initials], "rep": users[month.agencies[0].rep]}


def _referral(desk: Desk) -> None:
    told = {"urgent": None, "whereabouts": "unknown", "verified": None, "victims": 1, "children": 0, "why": "Words"}
    with desk.work() as work:
        panel = work.first(Panel, Panel.code == "MSP")
        assert panel and panel.id
        work.add(
            Referral(
                panel_id=panel.id, by_user=desk.users[REP], at=work.now, ref="MSP-26-R-0999", routes=["MASH"],
                answers=told | {"sharing": True},
            )
        )  # fmt: skip


def _meeting(panel: Panel, month: Any) -> Meeting:
    day = month.cycle.panel_date
    assert panel.id is not None
    return Meeting(
        panel_id=panel.id, day=day, rule_day=day, wall_time="09:30", zone=panel.timezone,
        starts_at=datetime.combine(day, time(9, 30), UTC), minutes=120, mode="hybrid",
    )  # fmt: skip


@contextmanager
def crowded(folder: Path) -> Iterator[Crowd]:
    """The morning of the panel: agenda issued, record open, the log kept."""
    heard, buttons = io.StringIO(), []
    register = Service.button

    def noted(service: Service, action_id: str, *listener: Any, **how: Any) -> None:
        buttons.append(action_id)
        register(service, action_id, *listener, **how)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Service, "button", noted)
        yield from _opened(folder, heard, buttons)


def _opened(folder: Path, heard: io.StringIO, buttons: list[str]) -> Iterator[Crowd]:
    with desk_before_panel(folder) as desk:
        with desk.work() as work:
            desk_meeting(desk, work).list_date = desk.stage.panel_day
        log.configure(level=logging.DEBUG)
        structlog.configure(logger_factory=structlog.WriteLoggerFactory(file=heard))
        issued(desk)
        desk.go_to(datetime.fromisoformat(PANEL_MORNING))
        yield Crowd(desk, heard, folder, buttons)
        structlog.reset_defaults()


def told(outcome: Outcome) -> str:
    """All that somebody saw of an outcome."""
    return json.dumps([outcome.view, outcome.messages, outcome.errors, outcome.reason], ensure_ascii=False)


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crowd]:
    with crowded(tmp_path_factory.mktemp("bad")) as made:
        yield made


COMMANDS = ("/panel", "/refer", "/update", "/agenda", "/actions")
TYPED = (
    "zqxmistyped",
    "K-041 hit zqxvictim again on Friday",
    "move <!channel> zqxchannel",
    "zqxlong " * 400,
    "`;--zqx",
)


@pytest.mark.parametrize("command", COMMANDS)
def test_what_is_typed_after_a_command_is_kept_nowhere(crowd: Crowd, command: str) -> None:
    before = crowd.counts()
    for who in (OFFICE, REP):
        for words in TYPED:
            outcome = crowd.desk.stage.command(who, command, words, expect="message")
            assert "never type case details after a command" in told(outcome)
            opens = f"kit.open.{command[1:]}"
            assert opens in told(outcome), "the way to the form"
            pressed = crowd.desk.workspace.press(crowd.user(who), opens)
            assert pressed.kind in ("view", "message") and CRASHED not in told(pressed)
            crowd.desk.workspace.close(crowd.user(who), all=True) if pressed.view else None
    assert crowd.counts() == before
    crowd.desk.stage.settle()
    for place in (crowd.posted(), crowd.heard.getvalue(), crowd.stored().decode("latin-1")):
        assert "zqx" not in place


def test_help_and_capitals_are_understood(crowd: Crowd) -> None:
    for command in COMMANDS:
        for words in ("help", "HELP", "  help "):
            assert f"{command} help" in told(crowd.desk.stage.command(OFFICE, command, words, expect="message"))
    assert crowd.desk.stage.command(OFFICE, "/panel", "  CASE ").view is not None
    crowd.desk.stage.close(OFFICE)


@pytest.mark.parametrize("surface", ["modal", "message"])
@pytest.mark.parametrize("kind", ["button", "static_select", "users_select", "overflow", "datepicker", "checkboxes"])
def test_what_nobody_knows_is_answered_and_logged_by_its_place_alone(crowd: Crowd, kind: str, surface: str) -> None:
    option = {"text": plain("zqxlabel"), "value": "zqxvalue"}
    chosen = {"selected_option": option, "selected_user": "U1", "selected_date": "2026-10-14", "type": kind}
    heard = len(crowd.heard.getvalue())
    seen = crowd.press(REP, "zqxunknown.action", "zqxvalue", surface=surface, **chosen)
    assert "older version of Convenor" in seen.said and not seen.crashed
    logged = crowd.heard.getvalue()[heard:]
    assert "unknown_interaction" in logged and "zqx" not in logged


def test_a_form_that_nobody_knows_is_answered(crowd: Crowd) -> None:
    field = {"type": "input", "block_id": "why", "element": {"type": "plain_text_input", "action_id": "a"}}
    view = {"callback_id": "zqxform", "private_metadata": "zqx", "blocks": [field]}
    heard = len(crowd.heard.getvalue())
    seen = crowd.submit(REP, view, {"why": {"a": {"type": "plain_text_input", "value": "zqxcontent"}}})
    assert seen.ack["response_action"] == "errors" and "older version" in seen.ack["errors"]["why"]
    assert "zqx" not in crowd.heard.getvalue()[heard:]


def test_unknown_events_are_let_go(crowd: Crowd) -> None:
    workspace, user = crowd.desk.workspace, crowd.user(REP)
    assert workspace.event({"type": "zqxevent", "user": user})["acked"]
    assert workspace.say(user, crowd.desk.channel, "zqxsaid K-041 <!channel>").ok
    crowd.desk.stage.settle()
    assert "zqx" not in crowd.heard.getvalue() + crowd.stored().decode("latin-1")


@pytest.mark.slow
def test_a_stranger_and_a_neighbour_are_told_what_to_do_and_it_is_audited(crowd: Crowd) -> None:
    """Somebody of no agency, and the neighbour panel's people, with the value of each button of ours."""
    stranger = crowd.desk.workspace.add_user("nobody-of-any-panel")
    ours = json.dumps({"v": 1, **crowd.ids(ours=True)})
    for user, some in ((stranger, crowd.buttons), (crowd.neighbours["coordinator"], crowd.buttons[::4])):
        for action_id in some:
            before = crowd.refused()
            seen = crowd.press(user, action_id, ours)
            assert "You are not on a panel here. Ask the panel's coordinator" in seen.said, (action_id, seen)
            assert crowd.refused() == before + 1, action_id
            assert not [case for case in crowd.our_cases if case in seen.said], action_id


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_of_somebody_who_is_on_no_panel(crowd: Crowd, command: str) -> None:
    workspace = crowd.desk.workspace
    stranger = workspace.add_user(f"stranger-{command[1:]}")
    alone = workspace.add_channel(f"elsewhere-{command[1:]}", [stranger], bot=False)
    for channel in (alone, crowd.desk.elsewhere(stranger)):
        for word in crowd.desk.bot.service.vocabulary[command]:
            before = crowd.refused()
            outcome = workspace.command(stranger, channel, command, word)
            if (command, word) == ("/panel", "new"):
                workspace.close(stranger)
                continue  # whoever sets a panel up is on none yet
            assert "Ask the panel's coordinator to add you" in told(outcome), (word, outcome)
            assert crowd.refused() == before + 1, (command, word)


@pytest.mark.slow
def test_an_observer_changes_nothing_and_reads_no_case(crowd: Crowd) -> None:
    observer = crowd.desk.workspace.add_user("observer")
    with crowd.desk.work() as work:
        panel = work.first(Panel, Panel.code == "MSP")
        assert panel and panel.id
        seat = Seat(
            panel_id=panel.id, role=Role.OBSERVER, team_id=crowd.team, user_id=observer, label="", since=work.now
        )
        work.add(seat)
        words = [item.body for item in work.find(Item) if item.body]
    ours = json.dumps({"v": 1, **crowd.ids(ours=True)})
    before = crowd.counts()
    for number, action_id in enumerate(crowd.buttons):
        seen = crowd.press(observer, action_id, ours, surface=("modal", "message")[number % 2])
        assert not seen.crashed, action_id
        assert not [text for text in words if json.dumps(text)[1:-1] in seen.said], action_id
    assert crowd.counts() == before


@pytest.mark.slow
@pytest.mark.parametrize("surface", ["modal", "message"])
def test_a_representative_cannot_press_the_offices_buttons(crowd: Crowd, surface: str) -> None:
    """The value of a button that stands in the coordinator's messages, pressed by somebody else."""
    user = crowd.user("T.G.")
    ours = json.dumps({"v": 1, **crowd.ids(ours=True)})
    offices = [
        "panels.plan", "panels.sittings", "panels.pick", "panels.unseat", "panels.agency.add",
        "updates.remind", "updates.list.open", "updates.enter.open", "updates.invite.open", "updates.agree",
        "meetings.close", "meetings.decide", "meetings.attended", "meetings.ratify",
        "referrals.triage", "referrals.triage.open", "referrals.call_urgent", "agendas.approve", "agendas.acting",
        "agendas.by_report", "agendas.all_by_report", "agendas.in_the_room", "agendas.issue_again",
        "actions.confirm", "actions.agree", "actions.start", "actions.time.give", "actions.check", "actions.add",
        "cases.facts", "cases.victim", "cases.order", "cases.score",
    ]  # fmt: skip
    before, let_by = crowd.counts(), []
    for action_id in offices:
        refused = crowd.refused()
        seen = crowd.press(user, action_id, ours, surface=surface)
        assert not seen.crashed, action_id
        if crowd.refused() != refused + 1:
            let_by.append((action_id, re.findall(r'"text": "([^"]{20,})', seen.said)))
    assert not [name for name, _ in let_by], "\n".join(map(str, let_by))
    assert crowd.counts() == before


def test_somebody_whose_account_was_closed_unheard_is_missed_by_the_coordinator(crowd: Crowd) -> None:
    """As when the bot was away while it was closed: nothing of theirs is on hold."""
    desk = crowd.desk
    desk.workspace.change_user(crowd.user(CHAIR), deleted=True)
    desk.stage.settle()
    with desk.work() as work:
        for seat in work.find(Seat, Seat.user_id == crowd.user(CHAIR)):
            seat.suspended_at = seat.suspended_as = None
    answers = {
        "routes": ["MASH"], "urgent": "It can't wait", "whereabouts": "unknown", "victims": "0", "children": 0,
        "why": "Words", "conflict": "no", "sharing": ["yes"],
    }  # fmt: skip
    try:
        desk.stage.command(REP, "/refer")
        assert desk.stage.submit(REP, answers).ok
        desk.stage.close(REP)
        desk.stage.settle()
    finally:
        desk.workspace.change_user(crowd.user(CHAIR), deleted=False)
    shown = json.dumps(desk.stage.press(OFFICE, "kit.undelivered").view)
    assert "/panel people" in shown and "left this Slack" in shown
    desk.stage.close(OFFICE)
