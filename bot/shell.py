"""What every command of the command line begins and ends with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import typer
from rich.console import Console

from bot import doctor as doctoring
from bot import log
from bot.assembly import open_store
from bot.clock import RealClock, StoryClock
from bot.problems import FORESEEN, Unusable, sentence
from bot.settings import HOW_TO_MEND, Settings, load
from storage.work import Store

console = Console(soft_wrap=True)


def say(text: str) -> None:
    """One line, as it is."""
    console.print(text, markup=False, highlight=False)


@contextmanager
def foreseen() -> Iterator[None]:
    """Whatever can be foreseen to go wrong is told in a sentence, with exit code 1."""
    try:
        yield
    except FORESEEN as problem:
        say(sentence(problem))
        raise typer.Exit(1) from None


def opened(kind: type[Settings] = Settings) -> tuple[Settings, Store, Any]:
    """Settings, the migrated database and the log, once the key is known to be the right one."""
    settings = load(kind)
    logger = log.configure(settings.convenor_log)
    try:
        store = open_store(settings, logger)
    except ValueError:
        raise Unusable(HOW_TO_MEND["convenor_key"]) from None
    doctoring.check_key(store.engine)
    doctoring.check_writable(store.engine)
    return settings, store, logger


def now_of(settings: Settings) -> datetime:
    """The calendar's time: the wall's, or the story's."""
    return (StoryClock(settings.convenor_clock_url) if settings.convenor_clock_url else RealClock()).now()
