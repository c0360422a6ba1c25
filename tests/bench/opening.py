"""How long each command takes to its first view, on a panel of ten cases and on one of three hundred with years behind
it. `python -m tests.bench.opening` prints it; followed by commands ("/panel cohort" "/actions all") for these alone.
Both are asked in turn, so that a busy machine is busy for both.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from commands.kit.turn import read
from tests.bench.years import Size, grow
from tests.commands.agenda_desk import desk_before_panel, issued
from tests.desk import Desk

SMALL, LARGE = Size(cases=10, agencies=40, months=1), Size(cases=300, agencies=40, months=36)
READERS = {"coordinator": "Z.O.", "chair": "V.X.", "representative": "N.B.", "victim service": "I.K."}
TIMES = 15
BOUND = 1.5
SHOWN = 8  # lines, where nothing is over the bound


@dataclass(frozen=True)
class Opened:
    """One command as one person runs it: the medians in milliseconds, and how large its view is."""

    who: str
    command: str
    small: float
    large: float
    blocks: int

    @property
    def ratio(self) -> float:
        return self.large / self.small


def words(desk: Desk) -> Iterator[tuple[str, str]]:
    """Every command and every word after one."""
    for command, found in desk.bot.service.vocabulary.items():
        for word in found:
            yield command, word


def opens(desk: Desk, who: str, command: str, word: str) -> tuple[float, int]:
    """Milliseconds of the processor to the answer, the database's among them, and the blocks of its view."""
    body = {
        "command": command, "text": word, "team_id": desk.box.team_id, "user_id": desk.users[who], "trigger_id": "1",
        "channel_id": desk.channel,
    }  # fmt: skip
    started = time.thread_time()
    answer = desk.bot.service.run_command(read(body))
    taken = (time.thread_time() - started) * 1000
    return taken, len(getattr(answer, "view", {}).get("blocks", ()))


def measured(small: Desk, large: Desk, only: Collection[str] = ()) -> Iterator[Opened]:
    """Every word for every reader, or only these commands. What is over the bound is measured again, four times as
    often: what kept the machine busy for a moment is not the command's."""
    for who in READERS:
        for command, word in words(large):
            if only and f"{command} {word}".strip() not in only:
                continue
            found = in_turn(small, large, who, command, word, TIMES)
            yield found if found.ratio <= BOUND else in_turn(small, large, who, command, word, 4 * TIMES)


def in_turn(small: Desk, large: Desk, who: str, command: str, word: str, times: int) -> Opened:
    """One word for one reader, on either panel in turn; the first time of each is not counted."""
    taken: Mapping[str, list[float]] = {"small": [], "large": []}
    for number in range(times + 1):
        few, _ = opens(small, READERS[who], command, word)
        many, blocks = opens(large, READERS[who], command, word)
        if number:
            taken["small"].append(few)
            taken["large"].append(many)
    few, many = statistics.median(taken["small"]), statistics.median(taken["large"])
    return Opened(who, f"{command} {word}".strip(), few, many, blocks)


def lines(only: Collection[str] = ()) -> Iterator[str]:
    """Whatever is over the bound, the largest ratios and the slowest of the small panel; of `only` these, all."""
    with ExitStack() as last:
        made: list[Desk] = []
        for size in (SMALL, LARGE):
            folder = Path(last.enter_context(tempfile.TemporaryDirectory()))
            desk = last.enter_context(desk_before_panel(folder))
            grow(desk, size)
            issued(desk)
            made.append(desk)
        began = os.getloadavg()[0]
        found = sorted(measured(made[0], made[1], only), key=lambda each: each.ratio, reverse=True)
        over = [each for each in found if each.ratio > BOUND]
        yield f"First views, {SMALL} and {LARGE}, load {began:.1f} to {os.getloadavg()[0]:.1f}:"
        middle = statistics.median(each.ratio for each in found)
        yield f"{len(found)} opened; median ratio {middle:.2f}; {len(over)} over {BOUND}"
        slowest = sorted(found, key=lambda each: each.small)[-SHOWN:]
        for each in found if only else [*found[: max(len(over), SHOWN)], *slowest]:
            times = f"{each.ratio:5.2f}  {each.small:6.1f} → {each.large:6.1f} ms"
            yield f"  {times}  {each.who}: {each.command} ({each.blocks} blocks)"


if __name__ == "__main__":
    for line in lines(sys.argv[1:]):
        print(line)
