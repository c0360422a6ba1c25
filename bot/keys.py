"""`convenor key`: making a key, and sealing everything anew with it while the bot serves."""

from __future__ import annotations

import typer
from rich.progress import Progress

from bot.clock import RealClock
from bot.problems import Unusable
from bot.settings import StorageSettings
from bot.shell import console, foreseen, opened, say
from commands.kit.text import count
from storage import rotation, vault
from storage.secrets import Cipher, new_key
from storage.types import cipher_of
from storage.work import Store

ROUNDS = 3  # what a bot wrote with the old key meanwhile is done in the next
STILL_WRITING = (
    "{rows} with the old key alone: something writes with it still. Start every bot anew with the new key first in "
    "CONVENOR_KEY, then run this again."
)
DONE = (
    "Everything is sealed with the key {key}. Nothing in this database needs the old key ({old}) any more: take it out "
    "of CONVENOR_KEY, and start every bot anew. Keep it for as long as you keep backups that were made with it."
)
NOTHING = "Everything is sealed with the key {key}."
app = typer.Typer(help="The key that everything people write is sealed with.", no_args_is_help=True)


@app.command()
def new() -> None:
    """Print a new key. Nothing is changed, and it is kept nowhere."""
    typer.echo(new_key())


@app.command()
def rotate() -> None:
    """Seal everything anew with the first key of CONVENOR_KEY, beside a bot that serves. It can be ended at any
    moment, and run again."""
    with foreseen():
        _, store, _ = opened(StorageSettings)
        cipher = cipher_of(store.engine.dialect)
        with store.read(RealClock().real()) as work:
            old = vault.superseded(work.session, cipher)
        values = _seal_anew(store, cipher)
        _end(store, cipher, values)
    told = DONE if old else NOTHING
    say(told.format(key=cipher.fingerprint, old=", ".join(old)))


def _seal_anew(store: Store, cipher: Cipher) -> int:
    """How many values were. Raises Unusable when there are always new ones of an old key."""
    values, rows = 0, rotation.left(store.engine, cipher)
    with Progress(console=console, transient=True) as progress:
        for _ in range(ROUNDS):
            if not rows:
                return values
            task = progress.add_task("Sealing anew", total=rows)
            values += rotation.seal_anew(store.engine, cipher, lambda some, task=task: progress.advance(task, some))  # type: ignore[misc]
            rows = rotation.left(store.engine, cipher)
    if rows:
        raise Unusable(STILL_WRITING.format(rows=count(rows, "row opens", "rows open")))
    return values


def _end(store: Store, cipher: Cipher, values: int) -> None:
    with store.work(RealClock().real()) as work:
        for old in vault.superseded(work.session, cipher):
            work.audit("key_retired", "vault", surface="command line", key=cipher.fingerprint, old=old, values=values)
        vault.retire(work.session, cipher, work.now)
