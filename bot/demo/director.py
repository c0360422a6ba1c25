"""Plays a month and lets go of it: the command line's `demo --headless`, and the tests'."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from bot.demo.process import BotProcess
from bot.demo.showing import Showing
from bot.demo.stage import Misplayed
from bot.demo.theatre import Theatre
from bot.month import Month, MonthFileError, read_month

DEFAULT = Path(__file__).parent / "months" / "marrowshire-october.yaml"


def play(
    month_file: Path | None, out: Path, show: Showing, disturb: Callable[[BotProcess], None] | None = None
) -> bool:
    """Play the month and write its papers to `out`; True when all came out as the file says.

    `disturb` is given the running bot before the story begins (tests end it at random moments).
    """
    month = playable(month_file, show)
    if month is None:
        return False
    with ExitStack() as last:
        folder = Path(last.enter_context(tempfile.TemporaryDirectory(prefix="convenor-")))
        theatre = Theatre(month, folder, last)
        if disturb is not None:
            disturb(theatre.bot)
        try:
            theatre.play(show)
        except Misplayed as problem:
            show.refusal(f"The story stopped: {problem}")
            return False
        return theatre.take_away(out, show)


def playable(month_file: Path | None, show: Showing) -> Month | None:
    """The month in the file; None when it can't be played, which has been said then."""
    try:
        month = read_month(month_file or DEFAULT)
    except (MonthFileError, OSError) as problem:
        show.refusal(str(problem))
        return None
    if not month.playable:
        show.refusal("Only an invented month can be played: demo.fictional must be true, and cycle.panel_date given.")
        return None
    return month
