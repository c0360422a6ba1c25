"""Whether this process has a SQLite database to itself: a lock beside the file, gone with whoever holds it."""

from __future__ import annotations

import fcntl
from pathlib import Path
from typing import IO


def hold(database: Path) -> IO[str] | None:
    """Take the lock, and keep it for as long as the answer is kept; None while another process has it."""
    file = database.with_suffix(".lock").open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file
