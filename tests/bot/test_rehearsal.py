"""A month that somebody at the page plays, stops, takes over and begins again."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from rich.console import Console

from bot.demo.director import playable
from bot.demo.rehearsal import Rehearsal
from bot.demo.showing import Showing
from bot.demo.telling import Stand
from bot.problems import Unusable
from bot.settings import surroundings
from tests.desk import FENHALLOW
from tests.journeys.test_months import holds_the_papers

pytestmark = pytest.mark.slow

PAPERS = {"agenda.md", "audit.jsonl", "executive-summary.md", "minutes.md", "summary.json", "tracker.csv"}


@pytest.fixture(scope="module")
def opened() -> Iterator[Rehearsal]:
    show = Showing(Console(file=StringIO(), width=200), quiet=True)
    month = playable(None, show)
    assert month is not None
    rehearsal = Rehearsal(month, show)
    yield rehearsal
    rehearsal.close()


@pytest.fixture
def rehearsal(opened: Rehearsal) -> Rehearsal:
    ask(opened, "again")
    return opened


def ask(rehearsal: Rehearsal, what: str, to: str | None = None) -> None:
    """As the page asks."""
    rehearsal.workspace.ask(what, to)
    answered = iter((False, True))
    rehearsal.stay_open(lambda: next(answered))


def told(rehearsal: Rehearsal) -> Any:
    """What the page is told of the story."""
    return look(rehearsal, "boot")["story"]


def look(rehearsal: Rehearsal, name: str) -> Any:
    """What the page looks at."""
    with urlopen(f"{rehearsal.address}_page/{name}") as answer:
        return json.load(answer)


def done(rehearsal: Rehearsal) -> list[str]:
    return [scene["tells"] for scene in told(rehearsal)["scenes"] if scene["state"] == "done"]


def test_it_waits_at_the_beginning_with_everybody_in_their_seat(rehearsal: Rehearsal) -> None:
    story = told(rehearsal)
    assert (story["state"], done(rehearsal)) == ("paused", []) and story["can"]["play"] and not story["can"]["pause"]
    seats = {person["name"]: person["title"] for person in look(rehearsal, "people")["people"]}
    assert seats["Z.O."] == "Coordinator" and seats["V.X."] == "Chair" and seats["observer"] == "Observer"
    assert seats["J.Q."] == "Deputy chair and Representative, PROB"
    programme = look(rehearsal, "boot")["programme"]
    assert {tour["seat"] for tour in programme["tours"]} == {"Coordinator", "Representative", "Chair"}
    assert all(len(tour["steps"]) <= 5 for tour in programme["tours"])
    assert "{" not in str([tour["title"] for tour in programme["tours"]])


def test_one_scene_at_a_time(rehearsal: Rehearsal) -> None:
    ask(rehearsal, "next")
    assert done(rehearsal) == ["plans the year's meetings"] and f"{rehearsal.now:%H:%M}" == "08:15"
    ask(rehearsal, "next")
    assert len(done(rehearsal)) == 2


def test_up_to_the_next_thing_that_happens(rehearsal: Rehearsal) -> None:
    before = rehearsal.now
    ask(rehearsal, "event")
    assert rehearsal.now > before and done(rehearsal) == ["plans the year's meetings"]
    posts = [call for call in rehearsal.workspace.calls() if call.get("method") == "chat.postMessage"]
    while not posts:
        ask(rehearsal, "event")
        posts = [call for call in rehearsal.workspace.calls() if call.get("method") == "chat.postMessage"]
    assert (rehearsal.now - before).days <= 2, "the call for referrals is the first thing the bot says"


def test_to_a_day_and_back(rehearsal: Rehearsal) -> None:
    ask(rehearsal, "to", "2026-10-02T12:00:00+01:00")
    assert rehearsal.now.date().isoformat() == "2026-10-02"
    earlier = len(done(rehearsal))
    assert earlier > 5
    ask(rehearsal, "day")
    assert rehearsal.now.date().isoformat() == "2026-10-03"
    ask(rehearsal, "to", "2026-09-30T12:00:00+01:00")
    assert rehearsal.now.date().isoformat() == "2026-09-30" and 0 < len(done(rehearsal)) < earlier


def test_whom_somebody_takes_over_the_story_waits_for(rehearsal: Rehearsal) -> None:
    office = rehearsal.theatre.stage.users["Z.O."]
    ask(rehearsal, "take", office)
    ask(rehearsal, "next")
    story = told(rehearsal)
    assert story["taken"] == [office] and story["says"].startswith("Your turn: ") and done(rehearsal) == []
    rehearsal.workspace.command(office, rehearsal.theatre.stage.channel, "/panel", "schedule")
    rehearsal.workspace.submit(office, {})
    rehearsal.workspace.close(office, all=True)
    ask(rehearsal, "next")
    assert [scene["state"] for scene in told(rehearsal)["scenes"][:2]] == ["left", "to come"]
    ask(rehearsal, "release", office)
    ask(rehearsal, "next")
    assert done(rehearsal) == ["looks whether every role has somebody"]


def test_on_the_way_to_a_later_day_the_story_goes_on_without_whom_somebody_has_taken(rehearsal: Rehearsal) -> None:
    office = rehearsal.theatre.stage.users["Z.O."]
    ask(rehearsal, "take", office)
    ask(rehearsal, "day")
    scenes = [scene for scene in told(rehearsal)["scenes"] if scene["state"] != "to come"]
    assert {(scene["who"], scene["state"]) for scene in scenes} == {(office, "left")} and len(scenes) == 2
    assert told(rehearsal)["taken"] == [office]


def test_what_can_no_longer_be_played_is_said_and_the_rest_goes_on(rehearsal: Rehearsal) -> None:
    stage = rehearsal.theatre.stage
    rehearsal.workspace.change_channel(stage.channel, archived=True)
    ask(rehearsal, "next")
    scene = told(rehearsal)["scenes"][0]
    assert scene["state"] == Stand.FAILED and scene["why"]
    rehearsal.workspace.change_channel(stage.channel, archived=False)
    ask(rehearsal, "next")
    assert len(done(rehearsal)) == 1


def test_any_ask_stops_what_is_played(rehearsal: Rehearsal) -> None:
    rehearsal.workspace.ask("to", "2026-10-20T12:00:00+01:00")
    rehearsal.workspace.ask("pause")
    answered = iter((False, True))
    rehearsal.stay_open(lambda: next(answered))
    assert told(rehearsal)["state"] == "paused" and rehearsal.now.date().isoformat() < "2026-10-02"


def test_an_observer_and_a_stranger_are_told_what_they_may_see(rehearsal: Rehearsal) -> None:
    users = rehearsal.theatre.stage.users
    for who, line in (("observer", "observer"), ("stranger", "")):
        home = rehearsal.workspace.open_home(users[who]).home
        assert home is not None and line in str(home).lower() and "MSP-26" not in str(home)


def test_the_command_plays_the_month_lays_out_its_papers_and_stays_open_until_it_is_ended(tmp_path: Path) -> None:
    """Fenhallow's April, which no other test plays."""
    command = [sys.executable, "-m", "bot", "demo", "--out", str(tmp_path / "out"), "--keep", str(tmp_path / "kept")]
    with subprocess.Popen(
        [*command, "--no-browser", "--month", str(FENHALLOW)],
        env=surroundings() | {"COLUMNS": "200"},
        stdout=subprocess.PIPE,
        text=True,
    ) as demo:
        assert demo.stdout is not None
        lines = iter(demo.stdout.readline, "")
        address = next(found[0] for line in lines if (found := re.findall(r"http://127\.0\.0\.1:\d+/", line)))
        assert any("Everything came out as the file says" in line for line in lines)
        assert any("Ctrl-C ends it" in line for line in lines)
        with urlopen(f"{address}_page/papers") as answer:
            laid = {paper["name"] for paper in json.load(answer)["papers"]}
        sheets = {name for name in laid if name.startswith("sheet-")}
        assert sheets and laid - sheets == PAPERS
        demo.send_signal(signal.SIGTERM)
        assert "closed" in demo.stdout.read()
    assert demo.returncode == 0 and (tmp_path / "kept" / "convenor.db").exists()
    holds_the_papers(tmp_path / "out", FENHALLOW)
    with pytest.raises(OSError):
        urlopen(address)


def test_a_day_beyond_the_month_and_one_before_it_are_answered_with_a_sentence(rehearsal: Rehearsal) -> None:
    ask(rehearsal, "next")
    before = rehearsal.now
    ask(rehearsal, "to", "2199-12-31T00:00:00+00:00")
    assert rehearsal.now == before and "as far as" in told(rehearsal)["says"]
    ask(rehearsal, "to", "2001-01-01T00:00:00+00:00")
    assert "nothing before" in told(rehearsal)["says"] and done(rehearsal) == []


def test_whom_nobody_knows_nobody_takes_over(rehearsal: Rehearsal) -> None:
    for user in ("U0UNKNOWN0", rehearsal.box.bot_user_id, "__proto__"):
        ask(rehearsal, "take", user)
        assert told(rehearsal)["taken"] == [] and told(rehearsal)["says"] == "That person is not in the story."


def test_a_bot_that_was_ended_is_said_at_once_and_beginning_again_brings_it_back(rehearsal: Rehearsal) -> None:
    kill(rehearsal)
    ask(rehearsal, "next")
    assert "the bot has ended" in told(rehearsal)["says"] and "Begin again" in told(rehearsal)["says"]
    ask(rehearsal, "again")
    ask(rehearsal, "next")
    assert len(done(rehearsal)) == 1


def test_a_bot_that_is_ended_in_the_middle_of_playing_stops_the_story(rehearsal: Rehearsal) -> None:
    ending = threading.Timer(0.7, kill, [rehearsal])
    ending.start()
    began = time.monotonic()
    ask(rehearsal, "to", "2026-10-05T12:00:00+01:00")
    ending.join()
    assert time.monotonic() - began < 20 and "the bot has ended" in told(rehearsal)["says"]
    assert {scene["state"] for scene in told(rehearsal)["scenes"]} <= {Stand.DONE, Stand.TO_COME}


def test_slack_down_while_it_is_played_fails_scenes_with_a_reason_and_beginning_again_ends_it(
    rehearsal: Rehearsal,
) -> None:
    rehearsal.workspace.preset("outage")
    ask(rehearsal, "next")
    scene = told(rehearsal)["scenes"][0]
    assert (scene["state"], bool(scene["why"])) == (Stand.FAILED, True)
    for preset in ("outage", "ghost", "half_open", "unavailable"):
        rehearsal.workspace.preset(preset)
    ask(rehearsal, "again")
    rules, sockets = rehearsal.workspace.config()["faults"], rehearsal.workspace._post("connections", wait=0)
    assert rules == [] and sockets["connected"] and (sockets["ghosts"], sockets["half_open"]) == ([], [])
    ask(rehearsal, "next")
    assert len(done(rehearsal)) == 1


def test_a_workspace_that_somebody_else_emptied_stops_the_story_and_no_more(rehearsal: Rehearsal) -> None:
    rehearsal.workspace.config(story=None)
    ask(rehearsal, "day")
    assert told(rehearsal)["state"] == "paused" and "stands still" in told(rehearsal)["says"]
    rehearsal.workspace.reset()
    ask(rehearsal, "again")
    ask(rehearsal, "next")
    assert len(done(rehearsal)) == 1


def test_a_month_that_is_stopped_as_it_is_played_through_has_no_papers_yet(
    rehearsal: Rehearsal, tmp_path: Path
) -> None:
    rehearsal.workspace.ask("pause")
    assert not rehearsal.play_through(tmp_path)
    assert told(rehearsal)["state"] == "paused" and list(tmp_path.iterdir()) == []


def test_two_pages_that_ask_at_once_are_answered_in_turn(rehearsal: Rehearsal) -> None:
    pages = [threading.Thread(target=rehearsal.workspace.ask, args=("next",)) for _ in range(2)]
    for page in pages:
        page.start()
    for page in pages:
        page.join()
    rehearsal.workspace.ask("again")
    rehearsal.workspace.ask("next")
    for _ in range(3):
        answered = iter((False, True))
        rehearsal.stay_open(lambda answered=answered: next(answered))  # type: ignore[misc]
    assert told(rehearsal)["state"] == "paused" and len(done(rehearsal)) == 1


def kill(rehearsal: Rehearsal) -> None:
    """As a power cut would."""
    os.kill(rehearsal.theatre.bot.pid, signal.SIGKILL)
    while not rehearsal.theatre.bot.fell:
        time.sleep(0.01)


def test_a_port_that_is_taken_is_said(rehearsal: Rehearsal) -> None:
    show = Showing(Console(file=StringIO(), width=200), quiet=True)
    for port in (int(rehearsal.address.split(":")[2].strip("/")), 99_999):
        with pytest.raises(Unusable, match=f"port {port} of this machine is in use"):
            Rehearsal(rehearsal.theatre.month, show, port=port)
