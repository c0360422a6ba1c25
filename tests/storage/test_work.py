"""The unit of work: whole or not at all, alone while it writes, and no lock while it reads."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from storage.audit_check import verify
from storage.secrets import Cipher, new_key
from storage.tables import Agency, AuditHead, Notice, Panel, Receipt
from storage.work import Store
from tests.postgresql import Server
from tests.storage import crowd
from tests.storage.conftest import NOW, a_panel, an_agency, open_store


def test_nothing_stays_of_a_transaction_that_failed(store: Store) -> None:
    with pytest.raises(RuntimeError), store.work(NOW) as work:
        a_panel(work)
        work.owe("told:1", "told", "U1")
        work.keep_receipt("press:1", {"kind": "Close"})
        raise RuntimeError
    with store.read(NOW) as work:
        assert not work.find(Panel) and not work.find(Notice) and work.receipt("press:1") is None


def test_a_row_that_is_not_there_is_a_lookup_error(store: Store) -> None:
    with store.read(NOW) as work, pytest.raises(LookupError):
        work.get(Panel, 4)


def test_find_gives_rows_in_the_order_of_their_ids(store: Store) -> None:
    with store.work(NOW) as work:
        panel = a_panel(work)
        for code in ("HOU", "ASC", "POL"):
            an_agency(work, panel, code)
    with store.read(NOW) as work:
        assert [agency.code for agency in work.find(Agency)] == ["HOU", "ASC", "POL"]
        assert [agency.code for agency in work.find(Agency, order=Agency.code)] == ["ASC", "HOU", "POL"]


def test_two_of_the_same_are_refused_by_the_database(store: Store) -> None:
    with pytest.raises(IntegrityError), store.work(NOW) as work:
        panel = a_panel(work)
        an_agency(work, panel)
        an_agency(work, panel)


def test_a_keyed_hash_is_its_column_s_its_key_s_and_always_the_same(store: Store) -> None:
    with store.read(NOW) as work:
        told = work.keyed_hash("17 March 1987", "referral.marks")
        assert told == work.keyed_hash("17 March 1987", "referral.marks") and len(told) == 64
        others = {work.keyed_hash("17 March 1988", "referral.marks"), work.keyed_hash("17 March 1987", "pass.code")}
    another = Cipher(new_key()).keyed_hash("17 March 1987", "referral.marks")
    assert len({told, another, *others}) == 4


def test_an_answer_is_kept_once_and_encrypted(store: Store) -> None:
    with store.work(NOW) as work:
        work.keep_receipt("press:1", {"kind": "Tell", "text": "Done"})
    with store.read(NOW) as work:
        kept = work.receipt("press:1")
        assert kept is not None and kept.answer == {"kind": "Tell", "text": "Done"}
    with pytest.raises(IntegrityError), store.work(NOW) as work:
        work.keep_receipt("press:1", {"kind": "Close"})
        work.session.flush()
    with store.read(NOW) as work:
        assert len(work.find(Receipt)) == 1


def test_what_was_read_stays_readable_as_it_was(store: Store) -> None:
    with store.work(NOW) as work:
        written = a_panel(work)
    with store.read(NOW) as work:
        read = work.first(Panel)
    assert read is not None
    assert written.code == read.code == "MSP"


def test_a_read_neither_waits_for_a_writer_nor_sees_half_of_its_work(store: Store) -> None:
    with store.work(NOW) as writing:
        a_panel(writing)
        with store.read(NOW) as reading:
            assert not reading.find(Panel)
    with store.read(NOW) as reading:
        assert len(reading.find(Panel)) == 1


def test_a_writer_does_not_wait_for_a_reader(store: Store) -> None:
    with store.read(NOW) as reading:
        assert not reading.find(Panel)
        with store.work(NOW) as writing:
            a_panel(writing)


@pytest.mark.slow
def test_of_two_replicas_that_read_the_same_version_one_wins(postgresql: Server) -> None:
    """On SQLite the second one waits and reads what the first one wrote; PostgreSQL lets both read."""
    url = postgresql.create("two_replicas")
    first, second = open_store(url), open_store(url)
    with first.work(NOW) as work:
        a_panel(work)
    with pytest.raises(StaleDataError), first.work(NOW) as late:
        mine = late.get(Panel, 1)
        with second.work(NOW) as quick:
            theirs = quick.get(Panel, 1)
            theirs.area, theirs.version = "Theirs", theirs.version + 1
        mine.area, mine.version = "Mine", mine.version + 1
    with second.read(NOW) as work:
        kept = work.get(Panel, 1)
        assert (kept.area, kept.version) == ("Theirs", 2)
    first.engine.dispose()
    second.engine.dispose()


@pytest.mark.slow
def test_four_processes_lose_no_increment_and_no_audit_row(url: str, store: Store) -> None:
    with store.work(NOW) as work:
        a_panel(work)
        work.session.merge(AuditHead())
    crowd.run(crowd.count_up, url)
    with store.read(NOW) as work:
        panel = work.first(Panel)
        assert panel is not None and panel.minutes == 120 + crowd.PROCESSES * 300
        head = work.session.get(AuditHead, 1)
        assert head is not None and head.seq == crowd.PROCESSES * 100
        assert verify(work.session) is None


def test_the_file_is_set_up_to_survive_a_power_cut(tmp_path: Path, sqlite_template: Path) -> None:
    (tmp_path / "a.db").write_bytes(sqlite_template.read_bytes())
    store = open_store(f"sqlite:///{tmp_path}/a.db")
    with store.engine.connect() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in
                 ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")}  # fmt: skip
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}
    store.engine.dispose()
