"""The digest of the first reminder, followed by somebody, and App Home. What the bot sends, it sends by itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.demo.stage import Misplayed, Scene, Stage
from panel.codes import ReturnCell
from panel.cycle import CutOff

AFTER_READING = timedelta(minutes=30)
OWED = (ReturnCell.MISSING, ReturnCell.UNABLE_TO_CHECK)


def scenes(stage: Stage) -> Iterable[Scene]:
    """On the day of the first reminder: a representative opens the updates from the digest, the coordinator the tab."""
    moment = _morning(stage)
    office = stage.month.panel.coordinator.initials
    who = still_owing(stage)
    if who is not None:
        yield Scene(
            moment, who, f"{who} follows the morning's digest to the updates", lambda stage: _follow(stage, who)
        )
    yield Scene(moment, office, f"{office} looks at App Home", lambda stage: _look(stage, office), order=1)


def still_owing(stage: Stage) -> str | None:
    """A representative of whom the digest says that updates are not yet returned; None when all come early."""
    for ref, row in stage.month.returns.items():
        closed = {recusal.person for recusal in stage.month.case(ref).recused}
        for code, square in row.items():
            rep = stage.month.agency(code).rep
            if rep and rep not in closed and (square.late or square.cell in OWED):
                return rep
    return None


def _morning(stage: Stage) -> datetime:
    return stage.cut_offs[CutOff.REMINDER_1] + AFTER_READING


def _follow(stage: Stage, who: str) -> None:
    stage.press_in_message(who, "kit.open.update")
    stage.close(who)


def _look(stage: Stage, who: str) -> None:
    shown = stage.workspace.open_home(stage.users[who])
    if shown.home is None:
        raise Misplayed(f"{who} sees no App Home: {shown.kind}")
