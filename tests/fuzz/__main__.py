"""`make fuzz`: 100,000 changed payloads and 10,000 forged or replayed ones, from a fixed list of seeds. Prints what
was stumbled over; ends with 1 when anything was."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track

from tests.fuzz.payloads import Payloads
from tests.journeys.test_bad_input import crowded

FUZZED, FORGED, BATCH = 100_000, 10_000, 5_000
console = Console(width=120)


def batches(of: int) -> Iterable[range]:
    """Seeds, a batch a database: what some of the payloads rightly change would slow the others down."""
    return (range(first, min(first + BATCH, of)) for first in range(0, of, BATCH))


def run(title: str, many: int, send: Callable[[Payloads, int], str | None], *, unchanged: bool) -> int:
    """Send them all; how many went wrong."""
    started, wrong = time.monotonic(), 0
    for seeds in track(list(batches(many)), title, console=console):
        with tempfile.TemporaryDirectory() as folder, crowded(Path(folder)) as crowd:
            payloads = Payloads(crowd)
            before = crowd.counts()
            for seed in seeds:
                if said := send(payloads, seed):
                    wrong += 1
                    console.print(f"[bold]seed {seed}: {said[-400:]}")
            if unchanged and crowd.counts() != before:
                wrong += 1
                console.print(f"[bold]something was changed by {seeds}")
    console.print(f"{title}: {many:,} in {time.monotonic() - started:.0f} s; wrong: {wrong}")
    return wrong


def fuzzed(payloads: Payloads, seed: int) -> str | None:
    return payloads.send(payloads.fuzzed(seed))


def forged(payloads: Payloads, seed: int) -> str | None:
    """Every other one twice: what is sent again is a replay."""
    body: dict[str, Any] = payloads.forged(seed // 2)
    return payloads.send(body)


if __name__ == "__main__":
    small = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    wrong = run("forged and sent again", FORGED // small, forged, unchanged=True)
    wrong += run("changed payloads", FUZZED // small, fuzzed, unchanged=False)
    sys.exit(1 if wrong else 0)
