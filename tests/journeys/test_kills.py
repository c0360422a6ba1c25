"""The bot is ended at ten random moments of a month, as a power cut would, and started again."""

from __future__ import annotations

import json
import random
import threading
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.demo.process import BotProcess
from bot.demo.theatre import Theatre
from bot.month import read_month
from storage.tables import Action, Notice
from tests.desk import MARROWSHIRE
from tests.journeys.test_months import showing
from tests.quick import Forked

KILLS = 10
SAMPLE = (11,)  # of `make test`; `make crash N=…` takes as many others as wanted
FIRST_OTHER = 1_000


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A month a seed."""
    wanted = metafunc.config.getoption("crash")
    metafunc.parametrize("seed", range(FIRST_OTHER, FIRST_OTHER + wanted) if wanted else SAMPLE)


class PowerCuts(threading.Thread):
    """Ends and restarts the bot, at moments drawn from a seed."""

    def __init__(self, bot: BotProcess, seed: int, about_seconds: float) -> None:
        super().__init__(daemon=True)
        draw = random.Random(seed)
        self.bot = bot
        self.pauses = [draw.uniform(0.05, 2 * about_seconds / KILLS) for _ in range(KILLS)]
        self.over = threading.Event()
        self.done = 0

    def run(self) -> None:
        for pause in self.pauses:
            if self.over.wait(pause):
                return
            self.bot.kill()
            self.bot.start()
            self.done += 1


@pytest.mark.slow
def test_ten_power_cuts_change_nothing(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Forked, "durable", True)
    month = read_month(MARROWSHIRE)
    with ExitStack() as last:
        theatre = Theatre(month, tmp_path, last)
        cuts = PowerCuts(theatre.bot, seed, about_seconds=6)
        cuts.start()
        show, heard = showing()
        theatre.play(show)
        cuts.over.set()
        cuts.join()
        fine = theatre.take_away(tmp_path / "out", show)
        assert fine, heard.getvalue()
        assert cuts.done == KILLS, "the month was over before the power went often enough"
        assert month.expected is not None
        summary = json.loads((tmp_path / "out" / "summary.json").read_text())
        assert summary["actions_total"] == month.expected.actions_total

        posted = Counter(
            call["args"]["metadata"]["event_payload"]["mark"]
            for call in theatre.workspace.calls()
            if call["kind"] == "call" and call["method"] == "chat.postMessage" and call["answer"].get("ok")
        )
        doubled = [mark for mark, times in posted.items() if times > 1]
        assert not doubled, "a message was sent twice"
        with theatre.store.read(theatre.as_of()) as work:
            owed = work.find(Notice)
            lost = [notice.name for notice in owed if notice.state not in ("sent", "dropped")]
            assert not lost, "a message was lost"
            assert len(work.find(Action)) == len(month.actions), "an action was doubled, or lost"
            sent = sum(notice.ts is not None for notice in owed)
        assert sent == len(posted), "Slack and the bot disagree on what was sent"
