"""A change of keys beside somebody who writes, ended in the middle by force and begun again: what is lost, what it
takes. A small one is a test, a large one part of `make bench`."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import insert
from sqlmodel import Session, col, select

from bot.settings import surroundings
from storage import rotation, vault
from storage.engine import make_engine
from storage.secrets import Cipher, new_key
from storage.tables import Receipt, VaultKey
from storage.types import cipher_of
from storage.work import Store
from tests.storage.conftest import NOW

WITHIN = 600  # seconds


@dataclass
class Serving:
    """Writes as a bot does, a transaction after another, and remembers what it was told is stored."""

    store: Store
    stored: dict[str, str]
    slowest: float = 0.0  # seconds of one transaction
    written: int = 0
    _stop: threading.Event = field(default_factory=threading.Event)

    def write(self) -> None:
        """Change an old row, and add one."""
        chance = random.Random(2026)
        while not self._stop.wait(0.005):
            self._write_once(chance.choice(list(self.stored)), f"new {self.written}")

    def _write_once(self, name: str, new: str) -> None:
        words, began = f"words {self.written}", time.perf_counter()
        with self.store.work(NOW) as work:
            row = work.get(Receipt, name)
            row.answer = {"words": words}
            work.keep_receipt(new, {"words": words})
        self.slowest = max(self.slowest, time.perf_counter() - began)
        self.stored |= {name: words, new: words}
        self.written += 2

    @contextmanager
    def serving(self) -> Iterator[None]:
        """It writes."""
        with ThreadPoolExecutor(1) as pool:
            writing = pool.submit(self.write)
            try:
                yield
            finally:
                self._stop.set()
            writing.result()


@dataclass(frozen=True)
class Rotated:
    """How it went."""

    rows: int
    left_at_kill: int
    seconds: float  # of the run that ended
    slowest: float  # transaction of whoever wrote meanwhile, in seconds
    written: int  # meanwhile
    lost: int
    old_key_retired: bool


def rotate(url: str, rows: int) -> Rotated:
    """Fill the migrated, empty database at `url` with an old key, and change it to a new one."""
    old, new = new_key(), new_key()
    keys, stored = f"{new},{old}", _fill(url, old, rows)
    both = Store(make_engine(url, Cipher(keys)))
    vault.admit(both.engine, Cipher(keys), NOW)
    serving = Serving(both, stored)
    with serving.serving():
        left = _killed_in_the_middle(url, keys, both, rows)
        began = time.perf_counter()
        assert _command(url, keys).wait(WITHIN) == 0
        seconds = time.perf_counter() - began
    both.engine.dispose()
    lost, retired = _looked_at(url, new, serving.stored)
    return Rotated(rows, left, seconds, serving.slowest, serving.written, lost, retired)


def _fill(url: str, key: str, rows: int) -> dict[str, str]:
    store = Store(make_engine(url, Cipher(key)))
    vault.admit(store.engine, Cipher(key), NOW)
    stored = {f"old {n}": f"first words {n}" for n in range(rows)}
    with store.work(NOW) as work:
        told = [{"name": name, "at": NOW, "answer": {"words": words}} for name, words in stored.items()]
        work.session.connection().execute(insert(Receipt), told)
    store.engine.dispose()
    return stored


def _command(url: str, keys: str) -> subprocess.Popen[bytes]:
    told = {"CONVENOR_DATABASE_URL": url, "CONVENOR_KEY": keys}
    return subprocess.Popen(
        [sys.executable, "-m", "bot", "key", "rotate"], env=surroundings() | told, stdout=subprocess.DEVNULL
    )


def _killed_in_the_middle(url: str, keys: str, store: Store, rows: int) -> int:
    """How many rows were still to do when it was ended."""
    cipher = cipher_of(store.engine.dialect)
    command, left = _command(url, keys), rows
    while left > rows // 2 and command.poll() is None:
        time.sleep(0.01)
        left = rotation.left(store.engine, cipher)
    command.send_signal(signal.SIGKILL)
    command.wait()
    return rotation.left(store.engine, cipher)


def _looked_at(url: str, key: str, stored: dict[str, str]) -> tuple[int, bool]:
    store = Store(make_engine(url, Cipher(key)))
    with store.read(NOW) as work:
        found = {row.name: row.answer["words"] for row in work.find(Receipt, order=Receipt.name) if row.answer}
    with Session(store.engine) as session:
        retired = [row.retired_at is not None for row in session.exec(select(VaultKey).order_by(col(VaultKey.since)))]
    store.engine.dispose()
    return sum(found.get(name) != words for name, words in stored.items()), sum(retired) == 1
