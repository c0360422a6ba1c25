"""`make crash`: a thousand trials on SQLite with one instance, and with three replicas on PostgreSQL, from a fixed list
of seeds. Prints the figures; ends with 1 when anything was lost, or doubled against its rule."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table
from sqlalchemy import Engine

from storage import migrate
from storage.engine import make_engine
from storage.secrets import Cipher
from tests.crash.trial import Found, Trial
from tests.postgresql import Server
from tests.quick import no_waiting
from tests.storage.conftest import KEY

TRIALS, FIRST = 1_000, 1_000
console = Console(width=120)


def run(title: str, seeds: Iterable[int], engine_of: Callable[[int], Engine], instances: int) -> bool:
    """Every trial of one kind; whether all of them came out."""
    started, found = time.monotonic(), []
    for seed in track(list(seeds), title, console=console):
        engine = engine_of(seed)
        found.append((seed, Trial(engine, seed, instances).run()))
        engine.dispose()
    _tell(title, [each for _, each in found], time.monotonic() - started)
    for seed, each in found:
        for wrong in each.wrong:
            console.print(f"[bold]seed {seed}: {wrong}")
    return not any(each.wrong for _, each in found)


def _tell(title: str, found: list[Found], seconds: float) -> None:
    table = Table(title=f"{title}: {len(found)} trials in {seconds:.0f} s")
    table.add_column("step and fault")
    table.add_column("times", justify="right")
    faults: Counter[str] = sum((each.faults for each in found), Counter())
    for fault, times in sorted(faults.items()):
        table.add_row(fault, f"{times:,}")
    console.print(table)
    of = {name: sum(getattr(each, name) for each in found) for name in ("notices", "posts", "doubled", "allowed")}
    of |= {name: sum(getattr(each, name) for each in found) for name in ("in_doubt", "past_lease")}
    steps = sum(sum(each.passed.values()) for each in found)
    console.print(
        f"{steps:,} steps, {sum(faults.values()):,} faults, {of['notices']:,} notices, {of['posts']:,} posts; "
        f"lost or against its rule {sum(len(each.wrong) for each in found)}; doubled {of['doubled']}, "
        f"of these as the kind's rule or the one window allows {of['allowed']}; never sent twice and in doubt "
        f"{of['in_doubt']}; left after the claim had passed on {of['past_lease']}."
    )


def main() -> int:
    """Run them all."""
    trials = int(sys.argv[1]) if len(sys.argv) > 1 else TRIALS
    with ExitStack() as last:
        folder = Path(last.enter_context(tempfile.TemporaryDirectory()))
        template = folder / "empty.db"
        engine = make_engine(f"sqlite:///{template}", Cipher(KEY))
        migrate.upgrade(engine)
        engine.dispose()

        def a_file(seed: int) -> Engine:
            shutil.copy(template, folder / "trial.db")
            return no_waiting(f"sqlite:///{folder}/trial.db", Cipher(KEY))

        fine = run("One instance, SQLite", range(FIRST, FIRST + trials), a_file, 1)
        server = last.enter_context(Server())
        fine &= run("Three replicas, PostgreSQL", range(FIRST, FIRST + trials), server.emptied, 3)
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
