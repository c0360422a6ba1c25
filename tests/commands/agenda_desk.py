"""A desk some working days before the meeting, with everything that a month's returns have left behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.demo.scenes import agendas
from panel.cycle import CutOff
from sandbox.client import Outcome
from tests.commands.month_rows import fill
from tests.desk import MARROWSHIRE, MONTHS, Desk, open_desk

EVE = "2026-10-12T08:30:00+01:00"
APRIL = MONTHS / "fenhallow-april.yaml"
STARTS = {MARROWSHIRE: EVE, APRIL: "2027-03-25T08:30:00+00:00"}
CHAIR, COORDINATOR, DEPUTY_CHAIR = "V.X.", "Z.O.", "J.Q."  # of Marrowshire; the deputy stands for PROB
VICTIM_SERVICE, HOUSING, BY_AND_FOR, MENTAL_HEALTH = "I.K.", "T.G.", "S.O.", "A.Z."


@contextmanager
def desk_before_panel(folder: Path, month_file: Path = MARROWSHIRE) -> Iterator[Desk]:
    """The desk, with the month's rows in its database."""
    with open_desk(folder, STARTS[month_file], month_file) as desk:
        fill(desk)
        yield desk


def play_agenda(desk: Desk) -> None:
    """The scenes of the agenda, up to and with the chair's approval."""
    for scene in sorted(agendas.scenes(desk.stage), key=lambda each: each.at):
        if scene.at <= desk.stage.before(CutOff.AGENDA_LOCKED):
            desk.go_to(max(scene.at, desk.bot.clock.now()))
            scene.act(desk.stage)


def issued(desk: Desk) -> None:
    """The chair approves at once, and what is due is sent."""
    desk.stage.command(CHAIR, "/agenda")
    desk.stage.press(CHAIR, "agendas.approve")
    desk.stage.close(CHAIR)
    desk.stage.settle()


def outside(desk: Desk, who: str) -> Outcome:
    """Somebody who is not in the channel runs /agenda elsewhere."""
    return desk.workspace.command(desk.users[who], desk.elsewhere(desk.users[who]), "/agenda")


def brief(desk: Desk, who: str, ref: str) -> Outcome:
    """Somebody opens the briefing on a case from their /agenda."""
    desk.stage.close(who)
    desk.stage.command(who, "/agenda")
    return desk.stage.press(who, "agendas.open", block_id=ref)
