"""The bot as a process of its own, so that a story can end it in the middle of anything and start it again."""

from __future__ import annotations

import signal
import subprocess  # nosec B404  # the demo ends the bot as a machine would
import sys
from collections.abc import Mapping
from pathlib import Path

from bot.settings import surroundings


class BotProcess:
    """`convenor run` with these settings; its log goes to a file."""

    def __init__(self, settings: Mapping[str, str], log: Path) -> None:
        self._settings = dict(settings)
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None
        self._ended_here = False

    def start(self) -> None:
        """Start it."""
        self._ended_here = False
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(  # nosec B603  # our own module, no shell, no word from outside
                [sys.executable, "-m", "bot", "run"], env=surroundings() | self._settings, stdout=log, stderr=log
            )

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.poll() is None

    @property
    def fell(self) -> bool:
        """Whether it ended though nobody here ended it."""
        return self._process is not None and not self._ended_here and not self.alive

    @property
    def last_line(self) -> str:
        """The last line of its log; empty while there is none."""
        lines = self._log.read_text(errors="replace").split("\n") if self._log.exists() else []
        return next((line.strip() for line in reversed(lines) if line.strip()), "")

    @property
    def pid(self) -> int:
        """Its process id."""
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        assert self._process is not None
        self._ended_here = True
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """Ask it to end, and wait."""
        if self._process is None or self._process.poll() is not None:
            return
        self._ended_here = True
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self.kill()
