"""When what somebody's press owes to others goes out, where that is not at once: said with the answer."""

from __future__ import annotations

from dataclasses import replace

from commands.kit.answers import Answer, Tell
from commands.kit.blocks import section
from commands.kit.turn import Turn


def say_when(turn: Turn, answer: Answer) -> Answer:
    """The answer; one that is a sentence says until when messages wait, if it is quiet hours and any of them does."""
    kinds = turn.service.notices
    held = [until for owed in turn.work.owed if (until := kinds[owed.kind].held_until(turn.work, owed))]
    if not held or not isinstance(answer, Tell):
        return answer
    line = turn.say("kit/goes_out", until=min(held))
    blocks = (*answer.blocks, section(line)) if answer.blocks else ()
    return replace(answer, text=f"{answer.text}\n{line}", blocks=blocks)
