"""Columns that keep their meaning: instants know their zone, secrets are not in the clear."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, StatementError

from storage.secrets import Cipher, WrongKey, key_file, new_key
from storage.tables import Case, Item, Meeting, Panel
from storage.work import Store
from tests.storage.conftest import NOW, a_panel, open_store

SECRET = "zebrafish told the school"


def test_a_naive_instant_is_refused(store: Store) -> None:
    with pytest.raises(StatementError, match="time zone"), store.work(NOW) as work:
        a_panel(work, wake_at=datetime(2026, 10, 1, 9, 0))  # noqa: DTZ001


@pytest.mark.parametrize(
    "given",
    [
        datetime(2026, 10, 25, 1, 30, tzinfo=ZoneInfo("Europe/London"), fold=0),
        datetime(2026, 10, 25, 1, 30, tzinfo=ZoneInfo("Europe/London"), fold=1),
        datetime(2027, 3, 28, 12, 0, tzinfo=timezone(timedelta(hours=-7))),
    ],
)
def test_an_instant_comes_back_aware_and_in_utc(store: Store, given: datetime) -> None:
    with store.work(NOW) as work:
        a_panel(work, wake_at=given)
    with store.read(NOW) as work:
        kept = work.first(Panel)
        assert kept is not None and kept.wake_at is not None
        assert kept.wake_at.tzinfo is UTC
        assert kept.wake_at == given.astimezone(UTC)


def write_an_item(store: Store) -> None:
    with store.work(NOW) as work:
        panel = a_panel(work)
        assert panel.id is not None
        case = work.add(Case(panel_id=panel.id, ref="C1", subject_ref="K1", status="active", opened_at=NOW))
        case.picture = {"standing": [SECRET]}
        assert case.id is not None
        work.add(Item(case_id=case.id, by_user="U1", at=NOW, kind="fact", body=SECRET))


def test_what_people_write_is_not_in_the_clear_in_the_database(store: Store) -> None:
    write_an_item(store)
    with store.read(NOW) as work:
        item = work.first(Item)
        assert item is not None and item.body == SECRET
        raw = work.session.connection().execute(text("SELECT body FROM item")).scalar_one()
        assert SECRET.encode() not in bytes(raw)


def test_what_people_write_is_not_in_the_clear_in_the_file(tmp_path: Path, sqlite_template: Path) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(sqlite_template.read_bytes())
    store = open_store(f"sqlite:///{path}")
    write_an_item(store)
    files = list(tmp_path.iterdir())  # the log beside it too
    assert all(b"zebrafish" not in file.read_bytes() for file in files)
    assert any(b"C1" in file.read_bytes() for file in files)  # the look is at the right files
    store.engine.dispose()


def test_another_key_does_not_open_it(url: str, store: Store) -> None:
    write_an_item(store)
    stranger = open_store(url, new_key())
    with pytest.raises(WrongKey), stranger.read(NOW) as work:
        work.find(Item)
    stranger.engine.dispose()


def test_a_value_moved_to_another_column_does_not_open() -> None:
    cipher = Cipher(new_key())
    sealed = cipher.seal(SECRET, "item.body")
    assert cipher.unseal(sealed, "item.body") == SECRET
    with pytest.raises(WrongKey):
        cipher.unseal(sealed, "action.text")
    with pytest.raises(WrongKey):
        cipher.unseal(sealed[:-1] + bytes([sealed[-1] ^ 1]), "item.body")


def test_the_same_words_are_sealed_differently_each_time() -> None:
    cipher = Cipher(new_key())
    assert cipher.seal(SECRET, "item.body") != cipher.seal(SECRET, "item.body")


@pytest.mark.parametrize("key", ["", "short", "MDEyMzQ1Njc4OQ==", "é" * 44])
def test_a_key_of_the_wrong_size_is_refused(key: str) -> None:
    with pytest.raises(ValueError):
        Cipher(key)


def test_a_key_file_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "convenor.key"
    made = key_file(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert key_file(path) == made
    Cipher(made)


def test_a_json_column_keeps_what_was_put_in(store: Store) -> None:
    with store.work(NOW) as work:
        a_panel(work, settings={"capacity": {"max_new": 3}})
    with store.read(NOW) as work:
        panel = work.first(Panel)
        assert panel is not None and panel.settings == {"capacity": {"max_new": 3}}


def test_a_row_of_a_panel_that_is_not_there_is_refused(store: Store) -> None:
    with pytest.raises(IntegrityError), store.work(NOW) as work:
        work.add(
            Meeting(panel_id=99, day=NOW.date(), rule_day=NOW.date(), wall_time="09:30", zone="Europe/London",
                    starts_at=NOW, minutes=60, mode="meeting")
        )  # fmt: skip
