"""A practice workspace and real books never meet."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.importing import Home, set_up
from bot.month import read_month
from bot.practice import empty_for_rehearsal, keep_apart, on_real_slack
from bot.problems import Unusable
from bot.settings import Settings
from sandbox.server import Sandbox
from storage import migrate
from storage.engine import make_engine
from storage.secrets import Cipher, new_key
from storage.work import Store
from tests.desk import MONTHS

ANOTHER = "T1"
SANDBOX = "http://127.0.0.1:8040/api/"


def settings(folder: Path, **more: Any) -> Settings:
    given = {"slack_api_url": SANDBOX, "convenor_database_url": f"sqlite:///{folder}/convenor.db"} | more
    return Settings(slack_bot_token="xoxb-1", convenor_key=new_key(), **given)


def books(folder: Path, *, invented: bool, team: str = ANOTHER) -> Store:
    """A database with one panel."""
    folder.mkdir(exist_ok=True)
    engine = make_engine(f"sqlite:///{folder}/convenor.db", Cipher(new_key()))
    migrate.upgrade(engine)
    store = Store(engine)
    with store.work(datetime(2026, 9, 1, tzinfo=UTC)) as work:
        panel, _ = set_up(work, read_month(MONTHS / "marrowshire-october.yaml"), Home(team))
        panel.fictional = invented
    return store


@pytest.fixture(scope="module")
def workspace() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def client(workspace: Sandbox) -> WebClient:
    return WebClient(token=workspace.bot_token, base_url=workspace.api_url, retry_handlers=[])


@pytest.mark.parametrize("clock", [None, "http://127.0.0.1:1/clock"])
def test_real_books_do_not_open_in_a_practice_workspace(
    tmp_path: Path, clock: str | None, workspace: Sandbox, client: WebClient
) -> None:
    real, made_there = (books(tmp_path / team, invented=False, team=team) for team in (ANOTHER, workspace.team_id))
    with pytest.raises(Unusable, match="practice workspace"):
        keep_apart(settings(tmp_path, convenor_clock_url=clock), real, client)
    keep_apart(settings(tmp_path, convenor_clock_url=clock), made_there, client)
    keep_apart(settings(tmp_path, slack_api_url="https://slack.com/api/"), real, client)
    for store in (real, made_there):
        store.engine.dispose()


def test_an_invented_month_opens_anywhere(tmp_path: Path, client: WebClient) -> None:
    store = books(tmp_path, invented=True)
    keep_apart(settings(tmp_path), store, client)
    store.engine.dispose()


@pytest.mark.parametrize(
    ("url", "clock", "real"),
    [
        ("https://slack.com/api/", None, True),
        ("https://slack.com/api/", "http://127.0.0.1:1/clock", False),
        ("https://slack.com.example/api/", None, False),
        (SANDBOX, None, False),
    ],
)
def test_what_counts_as_slack_itself(tmp_path: Path, url: str, clock: str | None, real: bool) -> None:
    assert on_real_slack(settings(tmp_path, slack_api_url=url, convenor_clock_url=clock)) is real


def test_an_invented_month_makes_room_for_the_next(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    empty_for_rehearsal(folder)
    books(folder, invented=True).engine.dispose()
    empty_for_rehearsal(folder)
    assert not list(folder.iterdir())


def test_anything_else_stays_untouched(tmp_path: Path) -> None:
    books(tmp_path / "real", invented=False).engine.dispose()
    (tmp_path / "other").mkdir()
    with sqlite3.connect(tmp_path / "other" / "convenor.db") as other:
        other.execute("create table panel (id integer)")
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "convenor.db").write_text("no database")
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "convenor.db").touch()
    for name in ("real", "other", "text", "empty"):
        before = (tmp_path / name / "convenor.db").read_bytes()
        with pytest.raises(Unusable, match="other than an invented month"):
            empty_for_rehearsal(tmp_path / name)
        assert (tmp_path / name / "convenor.db").read_bytes() == before
