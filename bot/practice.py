"""A practice workspace and real books never meet: the guard between a stand-in for Slack and a database."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

from slack_sdk import WebClient
from sqlmodel import col, select

from bot.clock import RealClock
from bot.problems import Unusable
from bot.settings import Settings
from storage.tables import Panel
from storage.work import Store

SLACK = "slack.com"
REAL_BOOKS = (
    "This is a practice workspace, and the database holds a panel that is not invented. Nothing was started. Give the "
    "practice a database of its own (CONVENOR_DATABASE_URL)."
)
NOT_A_REHEARSAL = (
    "{folder} holds a database with something other than an invented month. Nothing was started, nothing was changed. "
    "Name another folder."
)


def on_real_slack(settings: Settings) -> bool:
    """Whether the bot talks to Slack itself, by the wall's clock."""
    host = urlsplit(settings.slack_api_url).hostname or ""
    return settings.convenor_clock_url is None and (host == SLACK or host.endswith(f".{SLACK}"))


def keep_apart(settings: Settings, store: Store, client: WebClient) -> None:
    """Raise Unusable where a stand-in for Slack meets a panel of another workspace that is not invented."""
    if on_real_slack(settings):
        return
    with store.read(RealClock().real()) as work:
        real = work.session.exec(select(Panel.team_id).where(~col(Panel.fictional))).all()
    if real and set(real) != {client.auth_test()["team_id"]}:
        raise Unusable(REAL_BOOKS)


def empty_for_rehearsal(folder: Path) -> None:
    """Make room for a month in a folder that keeps its database: an invented one of before goes. Raises Unusable."""
    folder.mkdir(parents=True, exist_ok=True)
    database = folder / "convenor.db"
    if not database.exists():
        return
    if not _only_invented(database):
        raise Unusable(NOT_A_REHEARSAL.format(folder=folder))
    for path in (database, *folder.glob("convenor.db-*"), folder / "bot.log"):
        path.unlink(missing_ok=True)


def _only_invented(database: Path) -> bool:
    """Whether it is a database of ours in which every panel is invented (which they are is not encrypted). Looking
    changes nothing in the file."""
    try:
        with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as looked_at:
            asked = f"select fictional from {Panel.__tablename__}"  # nosec B608  # a name of ours
            marks = looked_at.execute(asked).fetchall()
    except sqlite3.Error:  # no such table, or no database at all: not ours
        return False
    return bool(marks) and all(mark for (mark,) in marks)
