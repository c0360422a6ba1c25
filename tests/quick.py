"""What makes no difference to a test but takes time: waiting for the disk at every commit, compiling the same SQL for
each database, and Python's start for each bot that a story begins."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, ClassVar, cast

import pytest
from sqlalchemy import Dialect, Engine, event

from bot.demo.process import BotProcess
from bot.settings import surroundings
from storage.engine import make_engine
from storage.secrets import Cipher

PRELOADED = "tests.ready"  # what every bot has imported as it begins


_alike: dict[str, tuple[Dialect, dict[Any, Any]]] = {}  # by the keys that open them: a dialect, and its statements


def no_waiting(url: str, cipher: Cipher) -> Engine:
    """The product's engine; SQLite leaves it to the machine when what was committed reaches the disk (what is
    committed outlives the process as before), and a statement that another database of the same key was asked is not
    compiled again."""
    engine = make_engine(url, cipher)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda connection, _record: connection.execute("PRAGMA synchronous=OFF"))
        engine.dialect, statements = _alike.setdefault(",".join(cipher.fingerprints), (engine.dialect, {}))
        engine.update_execution_options(compiled_cache=statements)
    return engine


class Started:
    """A bot that runs in a process of its own, as `subprocess.Popen` shows one."""

    def __init__(self, process: BaseProcess) -> None:
        self._process = process
        assert process.pid is not None
        self.pid: int = process.pid

    def poll(self) -> int | None:
        """Its exit code, once it has ended."""
        return self._process.exitcode

    def wait(self, seconds: float | None = None) -> int:
        """Wait for its end. Raises subprocess.TimeoutExpired."""
        self._process.join(seconds)
        code = self._process.exitcode
        if code is None:
            raise subprocess.TimeoutExpired("the bot", seconds or 0)
        return code

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()

    def send_signal(self, number: int) -> None:
        """Tell it something."""
        if self.poll() is None:
            os.kill(self.pid, number)


class Forked(BotProcess):
    """`convenor run`, by a copy of a process that has read the product's code already. `durable`: it waits for the
    disk, as the product does."""

    durable: ClassVar[bool] = False

    def start(self) -> None:
        """Start it."""
        self._ended_here = False
        context: Any = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([PRELOADED])
        given = (surroundings() | self._settings, self._log, self.durable)
        process: BaseProcess = context.Process(target=run, args=given, daemon=True)
        process.start()
        self._process = cast(subprocess.Popen[bytes], Started(process))


def run(environment: Mapping[str, str], log: Path, durable: bool) -> None:
    """What the new process does."""
    from bot.cli import app

    os.environ.clear()
    os.environ.update(environment)
    with log.open("ab") as file:
        for number in (1, 2):
            os.dup2(file.fileno(), number)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if not durable:
        pytest.MonkeyPatch().setattr("bot.assembly.make_engine", no_waiting)
    sys.argv[1:] = ["run"]
    app()
