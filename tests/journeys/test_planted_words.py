"""A unique word stands in every free text of a month: it is found where it may be read, and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import yaml
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.demo.stage import Stage
from bot.demo.theatre import Theatre
from bot.month import Month, read_month
from storage import backup
from tests.desk import MARROWSHIRE
from tests.journeys.test_months import showing

STEM = "zqxword"
WORKS_WITH_SUBJECTS = {"perpetrator_service", "probation", "substance", "mental_health"}
PLANTED = {  # where people write free text, list by list
    "cases": ("staff_safety",),
    "updates": ("fact", "opinion", "reason"),
    "actions": ("text", "conditions", "safety_note", "note"),
    "attendance": ("note",),
    "declined_referrals": ("note",),
}


def plant(told: dict[str, Any]) -> dict[str, str]:
    """Put a word into every free text of a month, in place; answers word → where it stands."""
    numbers = count(1000)
    where: dict[str, str] = {}

    def put(row: dict[str, Any], key: str, place: str) -> None:
        if isinstance(row.get(key), str):
            word = f"{STEM}{next(numbers)}"
            row[key] += f" {word}"
            where[word] = place

    for name, keys in PLANTED.items():
        for row in told[name] if name in told else told["cycle"][name]:
            for key in keys:
                put(row, key, f"{name}.{key} {row.get('case', '')} {row.get('agency', '')}".strip())
    for case in told["cases"]:
        put(case["whereabouts"], "area", f"cases.area {case['ref']}")
        for victim in case["victims"]:
            put(victim, "relation", f"victims.relation {case['ref']}")
    return where


def strings(value: Any) -> Iterator[str]:
    """Every string in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings(item)


def identifiers(value: Any) -> Iterator[str]:
    """What travels with a view beside its content: metadata, ids, button values."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key in ("private_metadata", "callback_id", "external_id", "block_id", "action_id") or (
                key == "value" and value.get("type") == "button"
            ):
                yield str(item)
            else:
                yield from identifiers(item)
    elif isinstance(value, list):
        for item in value:
            yield from identifiers(item)


def messages(theatre: Theatre) -> Iterator[str]:
    """Everything that was sent as a message: posts, updates, answers to commands, response URLs."""
    for call in theatre.workspace.calls():
        if call["kind"] == "call" and call["method"].startswith("chat."):
            yield from strings(call["args"])
        elif call["kind"] == "envelope" and call.get("type") == "slash_commands":
            yield from strings(call.get("ack"))
        elif call["kind"] == "response_url":
            yield from strings(call)


def views_ids(theatre: Theatre) -> Iterator[str]:
    """Metadata, ids and button values of every view and answer."""
    for call in theatre.workspace.calls():
        if call["kind"] == "call":
            yield from identifiers(call["args"])
        elif call["kind"] == "envelope":
            yield from identifiers(call.get("ack"))


def briefing(stage: Stage, who: str, case: str, button: dict[str, Any]) -> str:
    """The whole briefing on a case as this person sees it, every page; empty when it is refused."""
    outcome = stage.workspace.press(stage.users[who], "agendas.open", **button)
    if outcome.view is None or outcome.view["callback_id"] != "agendas.briefing":
        stage.close(who)
        return ""
    pages = [json.dumps(outcome.view["blocks"])]
    while "agendas.page.next" in pages[-1]:
        outcome = stage.workspace.press(stage.users[who], "agendas.page.next")
        assert outcome.view is not None
        pages.append(json.dumps(outcome.view["blocks"]))
    stage.close(who)
    return " ".join(pages)


def opens(stage: Stage) -> dict[str, dict[str, Any]]:
    """Case reference → where its Open button stands in the channel."""
    found = {}
    for message in stage.workspace.messages(stage.channel):
        blocks = message.get("blocks") or []
        for block in blocks:
            for element in [block.get("accessory") or {}, *block.get("elements", ())]:
                if element.get("action_id") == "agendas.open":
                    ref = next(case.ref for case in stage.month.cases if case.ref in json.dumps(block))
                    found[ref] = {"channel": stage.channel, "ts": message["ts"], "block_id": block["block_id"]}
    return found


def entitled(month: Month, who: str, agency: str | None, update: dict[str, Any]) -> bool:
    """Who may read an update, by the field's words alone (not by the code that is being tested)."""
    limits = update["restriction"]
    source = update["agency"]
    if agency is None:
        chair = who == month.panel.chair.initials
        return limits in ("ALL", "CHAIR", "NOT_PERP_FACING") or (chair and limits == "IDVA")
    if month.returned(update["case"], agency).cell.value == "X":
        return False
    function = month.agency(agency).function
    if agency == source or limits == "ALL":
        return True
    if limits == "IDVA":
        return function == "victim_service"
    if limits == "NOT_PERP_FACING":
        return function not in WORKS_WITH_SUBJECTS
    return limits.startswith("NAMED[") and agency in limits[6:-1].split(",")


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Theatre, dict[str, Any], dict[str, str], Path]]:
    """A month with planted words, played; its own facts, and where each word stands."""
    folder = tmp_path_factory.mktemp("planted")
    told = yaml.safe_load(MARROWSHIRE.read_text())
    where = plant(told)
    path = folder / "planted.yaml"
    path.write_text(yaml.safe_dump(told, sort_keys=False))
    with ExitStack() as last:
        theatre = Theatre(read_month(path), folder, last)
        show, heard = showing()
        theatre.play(show)
        assert theatre.take_away(folder / "out", show), heard.getvalue()
        yield theatre, told, where, folder


Played = tuple[Theatre, dict[str, Any], dict[str, str], Path]


@pytest.mark.slow
def test_no_message_and_no_identifier_holds_a_word(played: Played) -> None:
    theatre, _, where, _ = played
    for said in (*messages(theatre), *views_ids(theatre)):
        found = [place for word, place in where.items() if word in said]
        assert not found, found


@pytest.mark.slow
def test_what_a_month_leaves_behind_holds_none_in_the_clear(played: Played) -> None:
    """Database, backup, log, audit, names of files, and what the machine shows of the bot's process."""
    theatre, _, _, folder = played
    with (folder / "night.backup").open("wb") as file:
        assert backup.write(theatre.store.engine, file, theatre.as_of()) > 1000
    assert theatre.bot.alive
    for shown in ("environ", "cmdline"):
        assert STEM.encode() not in Path(f"/proc/{theatre.bot.pid}/{shown}").read_bytes()
    kept = {path.name for path in folder.rglob("*")}
    assert {"convenor.db", "bot.log", "night.backup", "audit.jsonl"} <= kept
    for path in folder.rglob("*"):
        assert STEM not in path.name
        if (path.is_file() and path.suffix in (".db", ".db-wal", ".log", ".jsonl", ".backup")) or path.name.endswith(
            "-wal"
        ):
            assert STEM.encode() not in path.read_bytes(), path.name


@pytest.mark.slow
def test_each_entitled_person_finds_them_in_the_briefing_and_no_other_does(played: Played) -> None:
    theatre, told, where, _ = played
    stage, month = theatre.stage, theatre.month
    buttons = opens(stage)
    readers: list[tuple[str, str | None]] = [
        (month.panel.chair.initials, None),
        (month.panel.coordinator.initials, None),
    ]
    readers += [(agency.rep, agency.code) for agency in month.agencies if agency.core]
    wrong = []
    for who, agency in readers:
        for case in month.cases:
            recused = {row.person for row in case.recused}
            seen = briefing(stage, who, case.ref, buttons[case.ref])
            for update in (row for row in told["updates"] if row["case"] == case.ref):
                may = who not in recused and entitled(month, who, agency, update)
                for key in ("fact", "opinion", "reason"):
                    words = [word for word in where if update.get(key) and word in update[key]]
                    wrong += [
                        f"{who} ({agency}) {'misses' if may else 'reads'} {where[word]} {update['restriction']}"
                        for word in words
                        if (word in seen) is not may
                    ]
    assert not wrong, "\n".join(wrong)
    assert any(STEM in briefing(stage, who, ref, button) for who, _ in readers for ref, button in buttons.items())


@pytest.mark.slow
def test_everything_sent_passes_the_limits_of_slacks_own_library(played: Played) -> None:
    theatre, *_ = played
    views = posts = 0
    for call in theatre.workspace.calls():
        if call["kind"] == "call":
            assert call["answer"] is not None, call["method"]
            closed_meanwhile = (call["method"], call["answer"].get("error")) == ("views.update", "not_found")
            assert call["answer"]["ok"] or closed_meanwhile, call["method"]
        sent = call.get("args") or {} if call["kind"] == "call" else call.get("ack") or {}
        if isinstance(sent, dict) and isinstance(sent.get("view"), dict):
            View(**sent["view"]).validate_json()
            views += 1
        elif call["kind"] == "call" and call["method"] == "chat.postMessage":
            assert sent["text"]
            for block in Block.parse_all(sent["blocks"]):
                block.validate_json()
            posts += 1
    assert views > 300 and posts > 200


@pytest.mark.slow
def test_minutes_hold_unrestricted_items_only(played: Played) -> None:
    _, told, where, folder = played
    minutes = (folder / "out" / "minutes.md").read_text()
    restricted = [row for row in told["updates"] if row["restriction"] != "ALL" and isinstance(row.get("fact"), str)]
    for row in restricted:
        assert not any(word in minutes for word in where if word in row["fact"]), row["case"]
    for action in told["actions"]:
        for key in ("conditions", "safety_note"):
            assert not any(word in minutes for word in where if word in str(action.get(key) or "")), action["id"]
