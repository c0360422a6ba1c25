"""Somebody who may be a victim the panel does not know: recorded by the next reference, and the coordinator is told."""

from __future__ import annotations

from commands.cases import possible_victim
from commands.kit.turn import Turn
from commands.updates.desk import Answering


def propose(turn: Turn, here: Answering) -> None:
    """Link a possible victim to the case; the agency that said so is its source. Raises NoMoreLetters."""
    possible_victim.propose(turn, here.asked.case, sources=[here.asked.agency.code])
