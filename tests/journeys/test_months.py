"""Whole months, played over Slack's protocol, come out as their files say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from rich.console import Console

from bot.demo.director import play
from bot.demo.showing import Showing
from bot.demo.theatre import Theatre
from bot.month import read_month
from commands.kit.stamp import FICTIONAL
from tests.commands.seen import texts
from tests.desk import FENHALLOW, MARROWSHIRE, MONTHS

PAPERS = {"agenda.md", "tracker.csv", "minutes.md", "executive-summary.md", "audit.jsonl", "summary.json"}


def showing() -> tuple[Showing, StringIO]:
    """A showing that nobody watches, and what it printed."""
    heard = StringIO()
    return Showing(Console(file=heard, width=200), quiet=True), heard


@dataclass
class Played:
    """October, played: its stage as it stands afterwards, and its papers."""

    theatre: Theatre
    show: Showing
    heard: StringIO

    def judged(self, month_file: Path, out: Path) -> bool:
        """Whether it came out as this file says; its papers lie in `out` then."""
        month, self.theatre.month = self.theatre.month, read_month(month_file)
        try:
            return self.theatre.take_away(out, self.show)
        finally:
            self.theatre.month = month


@pytest.fixture(scope="module")
def october(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    with ExitStack() as last:
        theatre = Theatre(read_month(MARROWSHIRE), tmp_path_factory.mktemp("october"), last)
        show, heard = showing()
        theatre.play(show)
        yield Played(theatre, show, heard)


def holds_the_papers(out: Path, month_file: Path) -> None:
    laid = {path.name for path in out.iterdir()}
    assert {name for name in laid if not name.startswith("sheet-")} == PAPERS and len(laid) > len(PAPERS)
    unstamped = [path.name for path in out.iterdir() for line in [path.read_text()] if FICTIONAL not in line]
    assert not unstamped, "every paper says that it is invented"
    expected = yaml.safe_load(month_file.read_text())["expected"]
    assert set(expected) <= set(json.loads((out / "summary.json").read_text()))


@pytest.mark.slow
def test_october_comes_out_as_its_file_says(october: Played, tmp_path: Path) -> None:
    assert october.judged(MARROWSHIRE, tmp_path), october.heard.getvalue()
    holds_the_papers(tmp_path, MARROWSHIRE)


def test_every_month_is_played_by_a_test() -> None:
    """The other one by its command (tests/bot/test_rehearsal.py)."""
    assert {*MONTHS.glob("*.yaml")} == {MARROWSHIRE, FENHALLOW}


@pytest.mark.slow
def test_a_month_that_comes_out_otherwise_is_said_so(october: Played, tmp_path: Path) -> None:
    """The verdict can fail: one figure of the file is wrong, and the sentence names it."""
    told = yaml.safe_load(MARROWSHIRE.read_text())
    told["expected"]["returns_late"] = 7
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(yaml.safe_dump(told, sort_keys=False))
    before = len(october.heard.getvalue())
    assert not october.judged(wrong, tmp_path / "out")
    heard = october.heard.getvalue()[before:]
    assert "expected.returns_late is 7, the bot has 2" in heard and heard.count("Differs") == 1


@pytest.mark.slow
def test_no_message_of_a_month_names_a_person_or_an_agency(october: Played) -> None:
    """But for the lead of an agenda's item."""
    codes = {agency.code for agency in october.theatre.month.agencies}
    named = re.compile(rf"\b({'|'.join(sorted(codes))})\b")
    calls = october.theatre.workspace.calls()
    sent = [call["args"] for call in calls if call.get("method") == "chat.postMessage"]
    assert len(sent) > 50, october.heard.getvalue()
    for message in sent:
        text = "\n".join([message["text"], *texts(_read(message.get("blocks")))])
        assert "<@" not in text and "<#" not in text
        for line in text.split("\n"):
            lead = set(re.findall(r"· lead (\w+)", line))
            assert set(named.findall(line)) <= lead, line


def _read(blocks: Any) -> Any:
    return json.loads(blocks) if isinstance(blocks, str) else blocks or []


def test_a_broken_file_is_refused_with_path_and_line(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text((MONTHS / "marrowshire-october.yaml").read_text().replace("mode: hybrid", "mode: telepathy"))
    show, heard = showing()
    assert not play(broken, tmp_path / "out", show)
    assert "panel.mode, line 10" in heard.getvalue()
    assert not (tmp_path / "out").exists()


def test_a_real_month_is_not_played(tmp_path: Path) -> None:
    real = tmp_path / "real.yaml"
    real.write_text((MONTHS / "marrowshire-october.yaml").read_text().replace("fictional: true", "fictional: false"))
    show, heard = showing()
    assert not play(real, tmp_path / "out", show)
    assert "Only an invented month" in heard.getvalue()
