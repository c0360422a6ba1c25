"""What several processes do to one database at once. Functions of a module, so that a new process finds them."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable

from sqlmodel import select, update

from storage import outbox
from storage.tables import Panel
from tests.storage.conftest import NOW, open_store

PROCESSES = 4


def run(work: Callable[[str, int], list[int]], url: str) -> list[list[int]]:
    """`work(url, number)` in four new processes at once; answers what each gave."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.ready"])  # imported once, for all of them and for the bots of stories
    with context.Pool(PROCESSES) as pool:
        told = pool.starmap(work, [(url, number) for number in range(PROCESSES)])
        pool.close()
        pool.join()
    return told


def claim_all(url: str, number: int) -> list[int]:
    """Claim notices until there are none, and settle each."""
    store = open_store(url)
    claimed = []
    while True:
        with store.work(NOW) as work:
            owed = outbox.claim(work.session, NOW, NOW, f"relay-{number}")
            if owed is None:
                break
            outbox.settle(work.session, owed.id, f"relay-{number}", state="sent")
        claimed.append(owed.id)
    store.engine.dispose()
    return claimed


def count_up(url: str, number: int) -> list[int]:
    """Read a number and write the next one, 300 times, each in one transaction; an audit row with every third."""
    store = open_store(url)
    for turn in range(300):
        with store.work(NOW) as work:
            if store.engine.dialect.name == "postgresql":  # a row lock is what an update begins with there
                work.session.exec(update(Panel).values(name=Panel.name))
            panel = work.session.exec(select(Panel).execution_options(populate_existing=True)).one()
            panel.minutes += 1
            if turn % 3 == 0:
                work.audit("counted", f"panel:{panel.id}", by=f"process-{number}")
    store.engine.dispose()
    return []
