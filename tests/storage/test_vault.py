"""Keys: what was sealed says with which, two at a time, hashes that outlive them, and a wrong one told plainly."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import text
from sqlmodel import Session, select

from storage import rotation, vault
from storage.engine import make_engine
from storage.secrets import Cipher, WrongKey, new_key
from storage.tables import Item, Receipt, VaultKey
from storage.types import cipher_of
from storage.work import Store
from tests.storage.conftest import NOW, a_panel
from tests.storage.rotating import rotate
from tests.storage.test_types import SECRET, write_an_item

OLD, NEW = new_key(), new_key()
PLACE = "item.body"
Open = Callable[[str], Store]


@pytest.fixture
def opened(url: str) -> Iterator[Open]:
    """Opens the database as a bot does, with these keys."""
    stores = []

    def with_keys(keys: str) -> Store:
        stores.append(Store(make_engine(url, Cipher(keys))))
        vault.admit(stores[-1].engine, Cipher(keys), NOW)
        return stores[-1]

    yield with_keys
    for store in stores:
        store.engine.dispose()


def body(store: Store) -> str | None:
    with store.read(NOW) as work:
        item = work.first(Item)
        assert item is not None
        return item.body


def raw(store: Store) -> bytes:
    with store.read(NOW) as work:
        return bytes(work.session.connection().execute(text("SELECT body FROM item")).scalar_one())


def as_at_first(keys: str, words: str, place: str) -> bytes:
    """How a value was sealed before values said which key did."""
    cipher, nonce = Cipher(keys), b"\x01" * 12  # a nonce that looks like the beginning of a newer value
    box: AESGCM = cipher._first.box
    return nonce + box.encrypt(nonce, words.encode(), place.encode())


def test_a_value_says_which_key_sealed_it_and_one_of_the_first_opens_still() -> None:
    both = Cipher(f"{NEW},{OLD}")
    assert both.seal(SECRET, PLACE).startswith(Cipher(NEW).prefix)
    for sealed in (Cipher(OLD).seal(SECRET, PLACE), Cipher(NEW).seal(SECRET, PLACE), as_at_first(OLD, SECRET, PLACE)):
        assert both.unseal(sealed, PLACE) == SECRET
        with pytest.raises(WrongKey):
            both.unseal(sealed, "action.text")
    for nothing in (b"", b"\x01", Cipher(OLD).prefix, Cipher(new_key()).seal(SECRET, PLACE)):
        with pytest.raises(WrongKey):
            both.unseal(nothing, PLACE)


@pytest.mark.parametrize("written", ["{},{}", "{} {}", "{}\n{}\n", " {} , {}"])
def test_several_keys_are_one_setting(written: str) -> None:
    keys = written.format(NEW, OLD)
    assert Cipher(keys).fingerprints == [Cipher(NEW).fingerprint, Cipher(OLD).fingerprint]
    assert NEW not in repr(Cipher(keys)) and len(Cipher(keys).fingerprint) == 8


def test_another_key_is_told_and_nothing_is_changed(opened: Open) -> None:
    write_an_item(opened(OLD))
    with pytest.raises(WrongKey, match=Cipher(OLD).fingerprint) as told:
        opened(NEW)
    assert Cipher(NEW).fingerprint in str(told.value)
    with opened(OLD).read(NOW) as work:
        assert [row.fingerprint for row in work.session.exec(select(VaultKey))] == [Cipher(OLD).fingerprint]


def test_everything_is_sealed_anew_and_the_old_key_is_then_of_no_use(opened: Open, url: str) -> None:
    write_an_item(opened(OLD))
    both = opened(f"{NEW},{OLD}")
    cipher = cipher_of(both.engine.dialect)
    with pytest.raises(WrongKey, match="convenor key rotate"):
        opened(NEW)  # too early
    rows: list[int] = []
    assert rotation.left(both.engine, cipher) == 3  # panel, case and item
    rotation.seal_anew(both.engine, cipher, rows.append)
    assert sum(rows) == 3 and rotation.left(both.engine, cipher) == 0
    with both.work(NOW) as work:
        vault.retire(work.session, cipher, NOW)
    assert body(opened(NEW)) == SECRET
    with pytest.raises(WrongKey, match="was retired on 02 October 2026"):
        opened(OLD)
    stranger = Store(make_engine(url, Cipher(OLD)))
    with pytest.raises(WrongKey):
        body(stranger)
    with stranger.read(NOW) as work:
        assert work.session.get_one(VaultKey, Cipher(OLD).fingerprint).pepper == b""
    stranger.engine.dispose()


def test_what_somebody_writes_meanwhile_is_not_lost(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    write_an_item(opened(OLD))
    both = opened(f"{NEW},{OLD}")
    put = rotation._put

    def while_somebody_writes(*given: object) -> int:
        with both.work(NOW) as work:
            item = work.first(Item)
            assert item is not None
            item.body = "newer words"
        return put(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(rotation, "_put", while_somebody_writes)
    rotation.seal_anew(both.engine, cipher_of(both.engine.dialect), lambda rows: None)
    assert body(both) == "newer words"


def test_hashes_are_found_again_after_a_change_of_keys(opened: Open) -> None:
    with opened(OLD).read(NOW) as work:
        before = work.keyed_hash("17 March 1987", "fingerprint.digest")
    assert before != Cipher(OLD).keyed_hash("17 March 1987", "fingerprint.digest")  # the key alone does not give it
    both = opened(f"{NEW},{OLD}")
    with both.work(NOW) as work:
        assert work.keyed_hash("17 March 1987", "fingerprint.digest") == before
        vault.retire(work.session, cipher_of(both.engine.dialect), NOW)
    with opened(NEW).read(NOW) as work:
        assert work.keyed_hash("17 March 1987", "fingerprint.digest") == before


@pytest.mark.parametrize("keys", [OLD, f"{NEW},{OLD}"], ids=["the old key", "both"])
def test_a_database_from_before_keeps_its_hashes_and_knows_its_key(opened: Open, url: str, keys: str) -> None:
    first = Store(make_engine(url, Cipher(OLD)))
    write_an_item(first)
    with first.work(NOW) as work:
        old_way = as_at_first(OLD, SECRET, PLACE)
        work.session.connection().execute(text("UPDATE item SET body = :body"), {"body": old_way})
        before = work.keyed_hash("17 March 1987", "fingerprint.digest")
    first.engine.dispose()
    store = opened(keys)
    assert body(store) == SECRET
    with store.read(NOW) as work:
        assert work.keyed_hash("17 March 1987", "fingerprint.digest") == before
    with pytest.raises(WrongKey):
        opened(NEW)


def test_a_key_that_was_retired_can_come_back_beside_the_one_in_use(opened: Open) -> None:
    both = opened(f"{NEW},{OLD}")
    with both.work(NOW) as work:
        vault.retire(work.session, cipher_of(both.engine.dialect), NOW)
        before = work.keyed_hash("a", "b")
    with opened(f"{OLD},{NEW}").read(NOW + timedelta(days=1)) as work:
        assert work.keyed_hash("a", "b") == before
    with Session(both.engine) as session:
        assert vault.superseded(session, Cipher(OLD)) == [Cipher(NEW).fingerprint]


def test_every_encrypted_column_is_rotated(opened: Open) -> None:
    """Also of tables whose rows have a name instead of a number."""
    before = opened(OLD)
    with before.work(NOW) as work:
        a_panel(work, go_live={"key": SECRET})
        for number in range(rotation.AT_ONCE * 2 + 1):
            work.session.add(Receipt(name=f"press {number}", at=NOW, answer={"kind": SECRET}))
    both = opened(f"{NEW},{OLD}")
    rotation.seal_anew(both.engine, cipher_of(both.engine.dialect), lambda rows: None)
    with both.work(NOW) as work:
        vault.retire(work.session, cipher_of(both.engine.dialect), NOW)
    with opened(NEW).read(NOW) as work:
        assert {row.answer["kind"] for row in work.find(Receipt, order=Receipt.name) if row.answer} == {SECRET}
    names = {(shelf.name, name) for shelf in rotation.shelves() for name in shelf.places}
    assert names == {(table.name, column.name) for table, column, _ in vault.secret_columns()} and len(names) > 50


def test_ended_by_force_in_the_middle_and_begun_again_it_loses_nothing(url: str) -> None:
    """The large one is part of `make bench`."""
    went = rotate(url, 3_000)
    assert 0 < went.left_at_kill < 3_000 and went.written > 20
    assert (went.lost, went.old_key_retired) == (0, True)
