"""A bot that ends as it starts: the demonstration says so at once, with the last line of the log."""

from __future__ import annotations

import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.demo.director import DEFAULT
from bot.demo.process import BotProcess
from bot.demo.stage import Misplayed
from bot.demo.theatre import Theatre
from bot.month import read_month
from tests.journeys.test_months import showing

pytestmark = pytest.mark.slow


def broken(folder: Path) -> BotProcess:
    """A bot whose settings are refused: it ends by itself."""
    made = BotProcess({"CONVENOR_LOG": "poetry"}, folder / "broken.log")
    made.start()
    return made


def test_it_is_said_at_once_with_the_last_line_of_the_log(tmp_path: Path) -> None:
    with ExitStack() as last:
        theatre = Theatre(read_month(DEFAULT), tmp_path, last)
        theatre.bot.stop()
        theatre.bot = broken(tmp_path)
        began = time.monotonic()
        with pytest.raises(Misplayed) as stopped:
            theatre.play(showing()[0])
        assert time.monotonic() - began < 15
        assert "the bot has ended" in str(stopped.value) and "CONVENOR_LOG" in str(stopped.value)


def test_whoever_ends_it_here_has_not_lost_it(tmp_path: Path) -> None:
    ended = broken(tmp_path)
    for end in (ended.kill, ended.stop):
        end()
        assert not ended.alive and not ended.fell
