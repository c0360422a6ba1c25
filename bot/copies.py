"""`convenor backup` and `convenor restore`: a sealed copy of everything, and the way back."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import Progress
from sqlalchemy import Engine, func, update
from sqlmodel import Session, col, select

from bot import log
from bot.assembly import client_for, journeys
from bot.clock import RealClock, StoryClock
from bot.heartbeat import Heartbeat
from bot.problems import Unusable
from bot.settings import HOW_TO_MEND, Settings, StorageSettings, load
from bot.shell import console, foreseen, now_of, opened, say
from commands.kit.text import count
from storage import audit_check, backup, vault
from storage.engine import make_engine
from storage.outbox import UNSETTLED
from storage.secrets import Cipher
from storage.tables import Notice
from storage.types import cipher_of
from storage.work import Store

THERE = "{file} is there already. Nothing was written: name another file."
NO_KEY = "The key that the backup was made with is needed: set CONVENOR_KEY, or CONVENOR_KEY_FILE. Nothing was changed."
NOT_EMPTY = "{file} is there already. Nothing was changed: move it away first, with the files beside it."
MADE = "{rows} are in {file}, sealed with the key {key}. Keep it apart from that key."
BACK = (
    "The database is back as it stood on {at}, {rows}, and its audit log holds. What was entered after that is not in "
    "it."
)
BROKEN = "The database is back as it stood on {at}, but its audit log does not hold. Run: convenor audit verify"
NOT_SENT = (
    "{number} fell due before now and will not be sent, because most of them were sent already before the loss. Tell "
    "each panel's coordinator: from {at} on, actions, updates and cut-offs have to be looked through by hand."
)
Named = Annotated[Path, typer.Argument(help="The file.")]


def make(file: Named) -> None:
    """Write everything into one sealed file, while the bot serves."""
    with foreseen():
        if file.exists():
            raise Unusable(THERE.format(file=file))
        _, store, _ = opened(StorageSettings)
        part = file.with_name(f"{file.name}.part")
        with (
            os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as to,
            Progress(console=console, transient=True) as progress,
        ):
            task = progress.add_task("Copying", total=_rows(store.engine))
            rows = backup.write(store.engine, to, RealClock().real(), lambda some: progress.advance(task, some))
            to.flush()
            os.fsync(to.fileno())
        part.rename(file)
    say(MADE.format(rows=count(rows, "row"), file=file, key=cipher_of(store.engine.dialect).fingerprint))


def bring_back(file: Named) -> None:
    """Bring everything back from a backup, to a place where there is no database. What fell due meanwhile is not
    sent."""
    with foreseen():
        settings = load(StorageSettings)
        logger = log.configure(settings.convenor_log)
        target = settings.database_file
        if target is not None and target.exists():
            raise Unusable(NOT_EMPTY.format(file=target))
        at, rows = _read(settings, file)
        store = Store(make_engine(settings.convenor_database_url, _cipher(settings)))
        vault.admit(store.engine, cipher_of(store.engine.dialect), RealClock().real())
        now = now_of(settings)
        kept_back = hold_back(settings, store, logger, now, at)
        with store.read(now) as work:
            holds = audit_check.verify(work.session) is None
        store.engine.dispose()
    told = {"at": f"{at:%d %B %Y at %H:%M UTC}", "rows": count(rows, "row")}
    say((BACK if holds else BROKEN).format(**told))
    if kept_back:
        say(NOT_SENT.format(number=count(kept_back, "message"), **told))
    raise typer.Exit(0 if holds else 1)


def hold_back(settings: Settings, store: Store, logger: Any, now: datetime, at: datetime) -> int:
    """Plan everything that fell due up to `now`, and send none of it; how many notices. What is due later goes on."""
    clock = StoryClock(settings.convenor_clock_url) if settings.convenor_clock_url else RealClock()
    _, service = journeys(settings, store, logger, client_for(settings), clock)
    Heartbeat(store, clock, service.wakes, logger, instance="restore").tick(now)
    with store.work(now) as work:
        owed = update(Notice).where(col(Notice.state).in_(UNSETTLED), col(Notice.not_before) <= now)
        done = work.session.connection().execute(owed.values(state="dropped", problem="restored", leased_until=None))
        work.audit("restored", "database", surface="command line", of=at.isoformat(), kept_back=done.rowcount)
    return int(done.rowcount)


def _read(settings: Settings, file: Path) -> tuple[datetime, int]:
    """A SQLite file stands in its place only once it is whole."""
    cipher, target, rows = _cipher(settings), settings.database_file, 0
    part = target.with_name(f"{target.name}.part") if target else None
    engine = make_engine(f"sqlite:///{part}" if part else settings.convenor_database_url, cipher)

    def told(some: int) -> None:
        nonlocal rows
        rows += some
        progress.advance(task, some)

    try:
        with file.open("rb") as sealed, Progress(console=console, transient=True) as progress:
            task = progress.add_task("Bringing back", total=None)
            at = backup.read(engine, sealed, told)
        engine.dispose()
        if part and target:
            part.rename(target)
    finally:
        engine.dispose()
        if part:
            for left in part.parent.glob(f"{part.name}*"):
                left.unlink()
    return at, rows


def _cipher(settings: Settings) -> Cipher:
    path = settings.key_path
    keys = settings.convenor_key or (path.read_text().strip() if path and path.exists() else "")
    if not keys:
        raise Unusable(NO_KEY)
    try:
        return Cipher(keys)
    except ValueError:
        raise Unusable(HOW_TO_MEND["convenor_key"]) from None


def _rows(engine: Engine) -> int:
    with Session(engine) as session:
        return sum(session.exec(select(func.count()).select_from(table)).one() for table in backup.every(engine))
