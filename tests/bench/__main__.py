"""`make bench`: the bot beside two bare Bolt apps, in one run, on the sandbox. It prints; it never fails.

A figure is the time from the moment the sandbox sends an envelope, in milliseconds. Each app is a process of its own.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bot.demo.process import BotProcess
from bot.demo.theatre import Theatre
from bot.month import read_month
from bot.settings import surroundings
from panel.cycle import CutOff
from sandbox.client import Workspace
from sandbox.server import Sandbox
from tests.bench import inside, opening, page, ticks, trust, vault
from tests.desk import MARROWSHIRE

TIMES = 150
AT_ONCE = 500
console = Console(width=140)


class Figures(dict[str, list[float]]):
    """Milliseconds by what was measured."""

    def row(self, name: str) -> list[str]:
        values = sorted(self[name])
        return [f"{statistics.median(values):.1f}", f"{values[int(len(values) * 0.99) - 1]:.1f}"]


@contextmanager
def bare(kind: str) -> Iterator[tuple[Workspace, str, str]]:
    """A bare app, its workspace, a user and a channel."""
    with Sandbox(users=1) as box:
        workspace = box.workspace()
        workspace.config(events=[])
        app = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.bare", kind, box.api_url, box.bot_token, box.app_token]
        )
        try:
            workspace.connected(10)
            yield workspace, next(iter(box.users.values())), next(iter(box.channels.values()))
        finally:
            app.terminate()
            app.wait()


def to_views_open(workspace: Workspace, since: int) -> float | None:
    """Milliseconds from the command's envelope to the call of views.open."""
    calls = workspace.calls(since)
    sent = [c["real"] for c in calls if c["kind"] == "envelope" and c["type"] == "slash_commands"]
    opened = [c["real"] for c in calls if c["kind"] == "call" and c["method"] == "views.open"]
    return opened[-1] - sent[-1] if sent and opened else None  # whatever came before is another act


def last_number(workspace: Workspace) -> int:
    return max((call["n"] for call in workspace.calls()), default=0)


def measure(workspace: Workspace, user: str, channel: str, save: Callable[[], float | None] | None) -> Figures:
    """`/actions` to its ack and to views.open, and a saved return to its ack."""
    figures = Figures({"/actions to ack": [], "/actions to views.open": [], "saved return to ack": []})
    seen = last_number(workspace)
    for number in range(TIMES + 10):
        outcome = workspace.command(user, channel, "/actions")
        opened = to_views_open(workspace, seen)
        seen = last_number(workspace) if number % 50 == 0 else seen + len(workspace.calls(seen))
        if number >= 10:
            figures["/actions to ack"].append(outcome.ack_ms or 3000)
            figures["/actions to views.open"].append(opened if opened is not None else 3000)
        if save is None:
            saved = workspace.submit(user, {"happened": "Two lines of what happened since the last panel."}).ack_ms
        else:
            workspace.close(user, all=True)
            saved = save()
        if number >= 10:
            figures["saved return to ack"].append(saved or 3000)
    return figures


def ours(last: ExitStack) -> tuple[Figures, Theatre]:
    """The bot with Marrowshire's books, after its requests have gone out."""
    folder = Path(last.enter_context(tempfile.TemporaryDirectory()))
    theatre = Theatre(read_month(MARROWSHIRE), folder, last)
    workspace, stage = theatre.workspace, theatre.stage
    workspace.connected(15)
    coordinator, rep = stage.month.panel.coordinator.initials, stage.month.agencies[0].rep
    stage.command(coordinator, "/panel", "schedule")
    stage.submit(coordinator, {})
    for at in (stage.cut_offs[CutOff.CASE_LIST_AND_REQUESTS], stage.after(CutOff.CASE_LIST_AND_REQUESTS)):
        workspace.advance(at, wait=30)
    inside.begin_sitting(stage, rep)
    return measure(workspace, stage.users[rep], stage.channel, lambda: inside.save_return(stage, rep)), theatre


def at_once(theatre: Theatre) -> tuple[int, float, int]:
    """`AT_ONCE` returns saved by as many open forms at the same moment; how many were acknowledged, the slowest,
    and how many stand in the database."""
    workspace = theatre.workspace
    forms = inside.open_forms(theatre, AT_ONCE)
    before = inside.stored(theatre)
    outcomes: list[Any] = [None] * len(forms)

    def send(number: int, user: str, view: str) -> None:
        outcomes[number] = workspace.submit(user, inside.ANSWERS, view=view)

    threads = [threading.Thread(target=send, args=(n, user, view)) for n, (user, view) in enumerate(forms)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    fine = [outcome for outcome in outcomes if outcome.ack_ms is not None and outcome.kind not in ("timeout", "errors")]
    return len(fine), max(outcome.ack_ms for outcome in fine), inside.stored(theatre) - before


def resident(bot: BotProcess) -> float:
    """Megabytes of the bot's process."""
    for line in Path(f"/proc/{bot.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def connected(theatre: Theatre) -> float:
    """Seconds from starting the process to its open socket."""
    theatre.bot.stop()
    started = time.perf_counter()
    theatre.bot.start()
    while not theatre.workspace.connections() and time.perf_counter() - started < 30:
        time.sleep(0.01)
    return time.perf_counter() - started


def played() -> str:
    """How long Marrowshire's month takes, as `make demo` plays it: with its display, in a process of its own."""
    with tempfile.TemporaryDirectory() as out:
        started = time.perf_counter()
        command = [sys.executable, "-m", "bot", "demo", "--out", out]
        ended = subprocess.run(command, env=surroundings(), stdout=subprocess.DEVNULL, check=False)
        told = "" if ended.returncode == 0 else ", but it did not come out as its file says"
        return f"{time.perf_counter() - started:.1f} s{told}"


def main() -> None:
    """Measure, and print."""
    table = Table(title=f"Milliseconds, {TIMES} times each: median and 99th percentile")
    for heading in ("", "Bolt's defaults", "", "Bolt, stores a row", "", "Convenor", "", "median ×", "p99 ×"):
        table.add_column(heading, justify="right" if heading else "left")
    with ExitStack() as last:
        results = {}
        for kind in ("defaults", "storing"):
            with bare(kind) as (workspace, user, channel):
                results[kind] = measure(workspace, user, channel, None)
        results["ours"], theatre = ours(last)
        for name in results["ours"]:
            cells = [results[kind].row(name) for kind in ("defaults", "storing", "ours")]
            ratios = [f"{float(cells[2][n]) / float(cells[0][n]):.2f}" for n in (0, 1)]
            table.add_row(name, *cells[0], *cells[1], *cells[2], *ratios)
        console.print(table)
        fine, slowest, stored = at_once(theatre)
        console.print(
            f"{AT_ONCE} returns at once: {fine} acknowledged, the slowest in {slowest:.0f} ms; {stored} stored"
        )
        console.print(f"Resident: {resident(theatre.bot):.0f} MB")
        console.print(f"Connected after {connected(theatre):.2f} s")
    console.print(f"A tick with nothing due, 100,000 actions stored: {inside.idle_tick():.2f} ms")
    console.print(f"Compiling the agenda of 40 cases and 25 agencies: {inside.large_agenda():.0f} ms")
    console.print(f"A month played, as by make demo: {played()}")
    for line in (*ticks.lines(), *opening.lines(), *page.lines(), *vault.lines(), *trust.lines()):
        console.print(line)


if __name__ == "__main__":
    main()
