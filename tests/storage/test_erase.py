"""A case goes with everything that hangs on it, whatever table that stands in; nothing of it stays in the file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import inspect, text
from sqlmodel import SQLModel

from storage.audit_check import verify
from storage.behind import LET_GO, edges_to, hanging, of_panel, table
from storage.erase import erase, sweep
from storage.spoken import ERASED, pattern, tables_with_text
from storage.tables import (
    Action,
    ActionMove,
    AgendaVersion,
    Case,
    Dependency,
    Ground,
    Item,
    Meeting,
    Minutes,
    Person,
    Referral,
    SafetyCheck,
    Victim,
)
from storage.work import NotThere, Store, UnitOfWork
from tests.storage.conftest import NOW, a_panel, an_agency

WORD = "zqxgone"
DAY = date(2026, 10, 14)
# What a case's foreign keys do not lead to: the panel itself, its people and dates, the log, the machine's own.
NOT_BEHIND = {
    "agency", "audit", "audit_anchor", "audit_head", "beat", "case", "catalogue_entry", "cut_off", "agenda",
    "attendance", "declaration", "draft", "erasure", "feed_key", "lane", "leave", "mailbox", "meeting", "minutes",
    "notice", "panel", "pass", "person", "reach", "receipt", "seat", "statement", "status_freeze", "subject_item",
    "subject_request", "vault_key",
}  # fmt: skip


def a_case(work: UnitOfWork, panel_id: int, n: int, person: int | None = None) -> Case:
    row = Case(panel_id=panel_id, ref=f"C-{n}", subject_ref=f"K-{n}", status="closed", opened_at=NOW, person_id=person)
    row.picture = {"staff_safety": f"{WORD} {n}"}
    return work.add(row)


def an_action(work: UnitOfWork, case: Case, n: int) -> Action:
    return work.add(
        Action(panel_id=case.panel_id, case_id=case.id or 0, ref=f"A-{n}", code="P17", text=f"{WORD} action {n}",
               priority="standard", due=DAY, status="completed", status_at=NOW)
    )  # fmt: skip


def fill(work: UnitOfWork) -> tuple[Case, Case]:
    """Two cases of one panel, entangled in every way that the tables allow; the first is to go."""
    panel = a_panel(work)
    agency = an_agency(work, panel)
    assert panel.id is not None and agency.id is not None
    alone, shared = work.add(Person(panel_id=panel.id)), work.add(Person(panel_id=panel.id))
    gone, stays = a_case(work, panel.id, 1, alone.id), a_case(work, panel.id, 2, shared.id)
    gone.merged_into_id = None
    stays.merged_into_id = gone.id
    victim = work.add(Victim(case_id=gone.id or 0, ref="V-1a", person_id=shared.id, details={"relation": WORD}))
    work.add(Victim(case_id=stays.id or 0, ref="V-2a", details={"relation": f"{WORD} also known to K-1"}))
    meeting = work.add(
        Meeting(panel_id=panel.id, day=DAY, rule_day=DAY, wall_time="09:30", zone="Europe/London", starts_at=NOW,
                minutes=90, mode="meeting", case_id=gone.id)
    )  # fmt: skip
    first, other = an_action(work, gone, 1), an_action(work, stays, 2)
    old = work.add(
        Item(case_id=gone.id or 0, meeting_id=meeting.id, agency_id=agency.id, by_user="U1", at=NOW, kind="fact",
             body=f"{WORD} old")
    )  # fmt: skip
    new = work.add(Item(case_id=gone.id or 0, by_user="U1", at=NOW, kind="fact", body=WORD, replaces_id=old.id))
    work.add(Ground(action_id=first.id or 0, item_id=new.id or 0))
    work.add(Dependency(action_id=other.id or 0, needs_id=first.id or 0))
    work.add(ActionMove(action_id=first.id or 0, at=NOW, by_user="U1", move="done", was="a", now="b", note=WORD))
    work.add(
        SafetyCheck(action_id=first.id or 0, victim_id=victim.id, verdict="approved", conditions=WORD, by_user="U1",
                    at=NOW)
    )  # fmt: skip
    work.add(
        Referral(panel_id=panel.id, by_user="U1", at=NOW, ref="R-1", case_id=gone.id, answers={"why": WORD},
                 status="accepted")
    )  # fmt: skip
    work.add(Referral(panel_id=panel.id, by_user="U1", at=NOW, ref="R-2", case_id=stays.id, repeats_id=gone.id))
    said = f"# Minutes\n\n## C-1 (K-1, new)\n\n{WORD} told\n\n## C-2 (K-2, new)\n\nKept. Not K-11.\nSee C-1.\n"
    work.add(Minutes(meeting_id=meeting.id or 0, version=1, text=said, drafted_at=NOW))
    lines = [{"number": 1, "case": "C-1", "case_id": gone.id}, {"number": 2, "case": "C-2", "case_id": stays.id}]
    work.add(AgendaVersion(meeting_id=meeting.id or 0, version=1, public=lines, private=[{"case": "C-1"}], made_at=NOW))
    work.audit("opened", f"case:{gone.id}", case_id=gone.id)
    return gone, stays


def test_it_goes_with_all_that_hangs_on_it_and_nothing_of_the_other_does(store: Store) -> None:
    with store.work(NOW) as work:
        gone, stays = fill(work)
        first, second = gone.id or 0, stays.id or 0
    with store.work(NOW) as work:
        _, counts = erase(work, 1, {"case": [first]})
    assert counts["action"] == counts["victim"] == counts["referral"] == counts["person"] == 1 and counts["item"] == 2
    with store.read(NOW) as work:
        with pytest.raises(NotThere):
            work.get(Case, first)
        kept = work.get(Case, second)
        assert (kept.merged_into_id, kept.picture) == (None, {"staff_safety": f"{WORD} 2"})
        assert [row.ref for row in work.find(Action)] == ["A-2"] and not work.find(Dependency)
        assert [(row.ref, row.repeats_id) for row in work.find(Referral)] == [("R-2", None)]
        assert [row.case_id for row in work.find(Meeting)] == [None]
        assert len(work.find(Person)) == 1, "the one that the other case needs"
        assert verify(work.session) is None


def test_papers_lose_the_part_about_it_and_keep_the_rest(store: Store) -> None:
    with store.work(NOW) as work:
        first = fill(work)[0].id or 0
    with store.work(NOW) as work:
        erase(work, 1, {"case": [first]})
    with store.read(NOW) as work:
        minutes, agenda = work.find(Minutes)[0], work.find(AgendaVersion)[0]
        assert minutes.text == f"# Minutes\n\n## {ERASED}\n## C-2 (K-2, new)\n\nKept. Not K-11.\n"
        assert [line["case"] for line in agenda.public] == ["C-2"] and agenda.private == []
        details = [row.details for row in work.find(Victim)]
        assert details == [{"relation": f"{WORD} also known to K-1"}], "what another case says is that case's"


def test_everywhere_takes_the_reference_out_of_other_cases_too(store: Store) -> None:
    with store.work(NOW) as work:
        first = fill(work)[0].id or 0
    with store.work(NOW) as work:
        erase(work, 1, {"case": [first]}, also="K-1")
    with store.read(NOW) as work:
        assert [row.details for row in work.find(Victim)] == [{"relation": f"{WORD} also known to {ERASED}"}]


def test_neither_the_words_nor_their_ciphertexts_stay_in_the_file(store: Store) -> None:
    """Those of the rows as they were written first too: a later version of a row leaves its own."""
    if store.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL's files are its own (docs/retention.md)")
    with store.work(NOW) as work:
        gone, stays = fill(work)
        first, second = gone.id or 0, stays.id or 0
    sealed = ciphers(store, first)
    with store.work(NOW) as work:
        work.get(Case, first).picture = {"staff_safety": f"{WORD} edited {'x' * 5_000}"}
        work.get(Case, first).version += 1
    sealed |= ciphers(store, first)
    database = Path(store.engine.url.database or "")
    before = [path.read_bytes() for path in _files(database)]
    assert all(any(pieces_of(cipher)[0] in data for data in before) for cipher in sealed)
    with store.work(NOW) as work:
        erase(work, 1, {"case": [first]})
    assert sweep(store.engine)
    left = [path.read_bytes() for path in _files(database)]
    assert not [piece for cipher in sealed for piece in pieces_of(cipher) for data in left if piece in data]
    assert not any(b"V-1a" in data for data in left)
    with store.read(NOW) as work:
        assert work.get(Case, second).ref == "C-2" and verify(work.session) is None


def pieces_of(cipher: bytes) -> list[bytes]:
    """A long value lies on several pages of the file."""
    return [cipher[start : start + 32] for start in range(0, max(1, len(cipher) - 31), 32)]


def _files(database: Path) -> list[Path]:
    return [path for path in database.parent.iterdir() if path.name.startswith(database.name)]


def ciphers(store: Store, case: int) -> set[bytes]:
    """Every encrypted value of the case and of what hangs on it, as it stands in the file now."""
    with store.read(NOW) as work:
        found = hanging(work.session.connection(), {"case": [case]})
        raw: set[bytes] = set()
        for of, ids in found.items():
            listed = ",".join(map(str, ids))
            for row in work.session.connection().execute(text(f'SELECT * FROM "{of.name}" WHERE id IN ({listed})')):
                raw |= {bytes(value) for value in row if isinstance(value, bytes | memoryview)}
    assert len(raw) > 5
    return raw


def test_no_table_with_a_case_behind_it_can_be_forgotten() -> None:
    """A table made later hangs on its case unless somebody lets it go here and says why."""
    reached, todo = {"case"}, ["case", "referral"]
    while todo:
        parent = todo.pop()
        new = {child.name for child, column in edges_to(parent) if (child.name, column.name) not in LET_GO} - reached
        reached |= new
        todo += new
    assert reached - {"case"} == {each.name for each in SQLModel.metadata.sorted_tables} - NOT_BEHIND


def test_what_is_let_go_may_be_empty() -> None:
    for name, column in LET_GO:
        assert table(name).columns[column].nullable


def test_every_table_with_text_is_looked_through(store: Store) -> None:
    """But for those of no panel: presses, channels, the machine itself."""
    without = {of.name for of in tables_with_text() if of_panel(of, 1) is None}
    assert without == {"beat", "lane", "reach", "receipt"}
    assert set(inspect(store.engine).get_table_names()) >= {of.name for of in tables_with_text()}


@pytest.mark.parametrize(
    ("said", "stands"), [("k-041.", True), ("K-0411", False), ("XK-041", False), ("K-041-2", False), ("(K-041)", True)]
)
def test_a_reference_is_a_whole_word_however_it_is_typed(said: str, stands: bool) -> None:
    assert bool(pattern(["K-041"]).search(said)) is stands
