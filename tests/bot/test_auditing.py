"""The audit log on the command line: anchors told outside are compared, and it goes out as JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import auditing
from bot.auditing import Wanted
from bot.heartbeat import Heartbeat
from bot.problems import Unusable
from storage.tables import Case
from storage.work import Store
from tests.furnished import lay, opened
from tests.storage.conftest import NOW, a_panel

REF = "MSP-26-0001"


def furnish(store: Store) -> None:
    """A panel with a case, opened twice a day apart; and rows of no panel."""
    with store.work(NOW) as work:
        panel = a_panel(work)
        assert panel.id is not None
        case = work.add(Case(panel_id=panel.id, ref=REF, subject_ref="K-001", status="active", opened_at=NOW))
    for days in (0, 1):
        with store.work(NOW + timedelta(days=days)) as work:
            work.audit("opened", f"case:{case.id}", by="U1", panel_id=panel.id, case_id=case.id)
            work.audit("looked", "settings", by="U2")


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Store]:
    lay(tmp_path / "convenor.db", "auditing", furnish)
    with opened(tmp_path / "convenor.db") as made:
        yield made


class Lines(list[str]):
    """A log that keeps what it is told."""

    def info(self, event: str, **facts: Any) -> None:
        self.append(f"{event} {facts}")

    exception = info


def test_a_good_beat_tells_the_end_of_the_log_outside_the_database_and_verify_compares_it(books: Store) -> None:
    log = Lines()
    made = NOW + timedelta(days=2)
    heart = Heartbeat(books, clock=None, wakes=[], log=log, instance="a")  # type: ignore[arg-type]
    heart.clock = type("Clock", (), {"real": staticmethod(lambda: made)})()
    heart.beat(made)
    heart.beat(made)
    (told,) = [line.split("'")[3] for line in log]
    assert told.startswith("4:")
    with books.read(made) as work:
        assert auditing.verify(work, auditing.told([told])) == ("The audit log holds.", True)
        other = f"4:{'0' * 64}"
        sentence, holds = auditing.verify(work, auditing.told([other]))
    assert not holds and "row 4 is not what it was when it was anchored" in sentence
    with pytest.raises(Unusable, match="An anchor is"):
        auditing.told(["four"])


def test_the_log_goes_out_by_panel_case_and_day_and_says_so(books: Store, tmp_path: Path) -> None:
    out = tmp_path / "taken" / "audit.jsonl"

    def taken(*wanted: Any) -> list[str]:
        many = auditing.export(books, NOW + timedelta(days=2), Wanted(*wanted), out)
        rows = [json.loads(line) for line in out.read_text().splitlines()]
        assert len(rows) == many and [row["seq"] for row in rows] == sorted(row["seq"] for row in rows)
        return [row["verb"] for row in rows]

    assert taken() == ["opened", "looked"] * 2
    assert taken()[-1] == "exported"
    assert taken("MSP") == ["opened", "opened"]
    assert taken("MSP", REF, NOW.replace(hour=0) + timedelta(days=1)) == ["opened"]
    assert taken(None, REF, None, NOW.replace(hour=0)) == ["opened"]
    for wrong in (Wanted("XYZ"), Wanted("MSP", "MSP-26-0009")):
        with pytest.raises(Unusable):
            auditing.export(books, NOW, wrong, out)
