"""Text that wants to be more than text, in every free text that a journey asks for: it arrives whole, as text."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.export import export
from commands.actions.enter import AddAction
from commands.kit.fields import Text
from commands.kit.forms import Form
from commands.meetings.decide import DecisionForm
from commands.meetings.minutes import fresh_text
from storage.tables import Action, Case, Item, Listing, Meeting, Panel, Referral
from tests.commands.actions_help import COORDINATOR, Room
from tests.commands.agenda_desk import CHAIR, brief
from tests.commands.seen import texts
from tests.commands.updates_desk import more, sit, tell
from tests.journeys.test_bad_input import Crowd, crowded
from tests.journeys.test_bad_input_tampered import answers, sent, value

pytestmark = pytest.mark.slow

MARKUP = "<!channel> <@U123> <https://x|y> <!subteam^S1> & * _ ~ ` > ``` &amp;lt; {{ 7*7 }} {% raw %} {reason} %s"
HOSTILE = {
    "marks": f'=cmd()|" /C calc"!A1 {MARKUP} \u202e\u2067\u200f\u200b\u200d\ufeffevil\u2069',
    "emoji": "\U0001f9d1\u200d\U0001f9b2" * 1_000,
    "lines": "first" + "\n" * 2_990 + "last",
    "ampersands": "&" * 3_000,
}
MENTION = re.compile(r"<(?!!date\^)(?:[!@#]|https?:|mailto:)[^>]*>")
REP_OF = {"POL": "R.Y.", "CSC": "N.B.", "SUB": "B.X.", "PROB": "J.Q."}


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crowd]:
    with crowded(tmp_path_factory.mktemp("hostile")) as made:
        yield made
        said = list(sent_texts(made))
        people = [*made.desk.users.values(), "U1"]  # who wrote what the crowd was furnished with
        ours = {f"<@{user}>" for user in people} | {f"<#{made.desk.channel}>"}
        wrong = [text for text in said if set(MENTION.findall(text)) - ours]
        assert not wrong, wrong[0][:300]
        assert len(said) > 200, "this looks at what was sent"


def sent_texts(crowd: Crowd) -> Iterator[str]:
    """Every text that Slack reads for mentions: the text of messages, and mrkdwn."""
    for call in crowd.desk.workspace.calls():
        for part in (call.get("args"), call.get("ack"), call.get("body")):
            if isinstance(part, dict):
                told = {key: json.loads(v) if _encoded(key, v) else v for key, v in part.items()}
                yield from ([told["text"]] if isinstance(told.get("text"), str) else [])
                yield from _mrkdwn(told)


def _encoded(key: str, value: Any) -> bool:
    return key in ("view", "blocks") and isinstance(value, str)


def _mrkdwn(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if part.get("type") == "mrkdwn":
            yield part["text"]
        for each in part.values():
            yield from _mrkdwn(each)
    elif isinstance(part, list):
        for each in part:
            yield from _mrkdwn(each)


def read(shown: Any) -> str:
    """What a person reads in a view: the sections in a row, with Slack's three escapes undone."""
    joined = "".join(text for text in texts((shown or {}).get("blocks", [])))
    return joined.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def arrived(hostile: str, shown: str) -> bool:
    """Whether all of it stands there (pages and sections may cut between, but lose nothing)."""
    return _bare(hostile) in _bare(shown)


def limited(form: type[Form], name: str, hostile: str) -> str:
    """As much of it as Slack lets one type there."""
    field = form.questions()[name]
    assert isinstance(field, Text)
    return hostile[: field.limit].strip()


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def pages(crowd: Crowd, who: str, view: Any, turn: str) -> str:
    """Everything on all pages."""
    found = read(view)
    while f"{turn}.next" in json.dumps(view):
        view = crowd.desk.stage.press(who, f"{turn}.next").view
        found += read(view)
    crowd.desk.stage.close(who)
    return found


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_referral_is_read_at_triage_as_it_was_written(crowd: Crowd, kind: str) -> None:
    stage, hostile = crowd.desk.stage, HOSTILE[kind]
    stage.command("R.Y.", "/refer")
    answers = {
        "routes": ["MASH"], "urgent": hostile[:1_000], "whereabouts": "unknown", "victims": "0", "children": 0,
        "why": hostile, "conflict": "no", "sharing": ["yes"],
    }  # fmt: skip
    assert stage.submit("R.Y.", answers).ok
    stage.close("R.Y.")
    with crowd.desk.work() as work:
        made = work.find(Referral, Referral.by_user == crowd.user("R.Y."))[-1]
        assert made.answers and made.answers["why"] == hostile.strip()
    stage.settle()
    opened = crowd.press(CHAIR, "referrals.triage.open", value(panel=made.panel_id, referral=made.id))
    assert not opened.crashed
    view = stage.workspace.see(crowd.user(CHAIR))["view"]
    assert arrived(hostile, read(view)) and arrived(hostile[:1_000], read(view))
    stage.close(CHAIR)


@pytest.mark.parametrize("kind", HOSTILE)
def test_an_update_is_read_in_the_briefing_the_minutes_and_by_its_own_agency(crowd: Crowd, kind: str) -> None:
    stage, hostile, case = crowd.desk.stage, HOSTILE[kind], "MSP-26-0041"
    sit(crowd.desk, "R.Y.")
    said = {"happened": hostile, "whereabouts": hostile, "view": hostile, "proposed": hostile, "readers": "everyone"}
    for outcome in (tell(crowd.desk, "R.Y.", case, **said), more(crowd.desk, "R.Y.", case, body=hostile)):
        assert outcome.ok, (outcome.errors, outcome.reason)
    stage.close("R.Y.")
    opened = brief(crowd.desk, CHAIR, case).view
    assert arrived(hostile, pages(crowd, CHAIR, opened, "agendas.page"))
    sit(crowd.desk, "R.Y.")
    mine = stage.press("R.Y.", "updates.menu", block_id=case, value="See or change what we sent").view
    assert arrived(hostile, pages(crowd, "R.Y.", mine, "updates.ours"))
    with crowd.desk.work() as work:
        panel, meeting = work.first(Panel), work.first(Meeting, Meeting.day == stage.panel_day)
        assert panel and meeting
        assert arrived(hostile, fresh_text(work, panel, meeting))
        bodies = {item.body for item in work.find(Item, Item.by_user == crowd.user("R.Y."))}
        assert hostile.strip() in bodies


@pytest.mark.parametrize("kind", ["marks", "ampersands"])
def test_what_is_too_much_for_one_step_is_said_and_stays(crowd: Crowd, kind: str) -> None:
    """Imminent asks a second step with all that was typed: it comes back whole, or the form stays open."""
    stage, hostile, case = crowd.desk.stage, HOSTILE[kind], "MSP-26-0033"
    sit(crowd.desk, "N.B.")
    typed = dict.fromkeys(("happened", "whereabouts", "view", "in_danger", "proposed"), hostile)
    outcome = tell(crowd.desk, "N.B.", case, **typed, risk="imminent", readers="everyone")
    assert outcome.kind in ("view", "errors") and CRASH not in str(outcome)
    if outcome.kind == "view":
        initial = {
            b["block_id"]: b["element"].get("initial_value") for b in (outcome.view or {})["blocks"] if "element" in b
        }
        assert all(initial[name] == hostile.strip() for name in typed)
    stage.close("N.B.")


@pytest.mark.parametrize("kind", HOSTILE)
def test_an_action_is_read_in_its_view_and_in_the_file(crowd: Crowd, tmp_path: Path, kind: str) -> None:
    room, hostile = Room(crowd.desk), limited(AddAction, "text", HOSTILE[kind])
    ref = room.add(text=hostile)
    assert room.row(ref).text == hostile.strip()
    assert arrived(hostile, _opened(room, ref))
    for word in ("", "agency", "all"):
        assert crowd.desk.stage.command("R.Y." if word != "all" else COORDINATOR, "/actions", word).ok
    crowd.desk.stage.close("R.Y.")
    crowd.desk.stage.close(COORDINATOR)
    with crowd.desk.work() as work:
        panel, meeting = work.first(Panel), work.first(Meeting, Meeting.day == crowd.desk.stage.panel_day)
        assert panel and meeting
        action = work.first(Action, Action.ref == ref)
        assert action
        action.meeting_id = meeting.id  # as if it was added in the meeting's record
        export(work, panel, meeting, tmp_path)
        in_minutes = fresh_text(work, panel, meeting)
    with (tmp_path / "tracker.csv").open(newline="") as file:
        row = next(row for row in csv.DictReader(file) if row["action"] == ref)
    assert row["words"].lstrip("'") == hostile.strip().lstrip("'") and not row["words"].startswith("=")
    assert arrived(hostile, in_minutes)


def _opened(room: Room, ref: str) -> str:
    room.open(COORDINATOR, ref, "all")
    view = room.stage.workspace.see(room.desk.users[COORDINATOR])["view"]
    found = read(view)
    while "actions.turn.next" in json.dumps(view):
        view = room.stage.press(COORDINATOR, "actions.turn.next").view
        found += read(view)
    room.stage.close(COORDINATOR)
    return found


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_decision_note_is_kept_whole_and_read_in_the_minutes(crowd: Crowd, kind: str) -> None:
    stage, hostile = crowd.desk.stage, limited(DecisionForm, "note", HOSTILE[kind])
    with crowd.desk.work() as work:
        case = work.first(Case, Case.ref == "MSP-26-0029")
        meeting = work.first(Meeting, Meeting.day == stage.panel_day)
        assert case and meeting
        listing = work.first(Listing, Listing.case_id == case.id, Listing.meeting_id == meeting.id)
        assert listing
        about = value(panel=case.panel_id, meeting=meeting.id, case=case.id, version=listing.version)
    crowd.press(COORDINATOR, "meetings.decide", about)
    saved = stage.submit(COORDINATOR, {"decision": "continue", "note": hostile})
    assert saved.ok, saved
    stage.close(COORDINATOR)
    with crowd.desk.work() as work:
        kept = work.get(Listing, listing.id)
        panel, meeting = work.first(Panel), work.get(Meeting, meeting.id)
        assert kept.decision_note == hostile.strip() and panel
        assert arrived(hostile, fresh_text(work, panel, meeting))


def test_a_closed_record_is_read_page_by_page(crowd: Crowd) -> None:
    """Whatever stands in the minutes, they open, and every page keeps Slack's limits."""
    crowd.desk.stage.settle()
    for who in (COORDINATOR, CHAIR):
        for command, word in (("/agenda", ""), ("/panel", "record"), ("/panel", "case"), ("/panel", "triage")):
            assert crowd.desk.stage.command(who, command, word).view is not None, (command, word)
            crowd.desk.stage.close(who)


CRASH = "Something went wrong"


@pytest.mark.parametrize("kind", ["marks", "emoji"])
def test_every_form_takes_it_or_says_why_not(crowd: Crowd, kind: str) -> None:
    """All the other free texts of every form at once, past Slack's client; what opens afterwards is checked above."""
    hostile = HOSTILE[kind]
    about = value(**crowd.ids(ours=True), version=1)
    for form in crowd.desk.bot.service.forms.values():
        if any(isinstance(field, Text) for field in form.questions().values()):
            seen = crowd.submit(COORDINATOR, *sent(form, about, answers(text=hostile)))
            assert not seen.crashed, (form.name, crowd.heard.getvalue()[-1500:])
    crowd.desk.stage.settle()
    assert "not_rendered" not in crowd.heard.getvalue()
