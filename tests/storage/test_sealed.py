"""A sealed case is not there for whoever is not named: neither by its key, nor by a list, a join or a count."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func
from sqlmodel import SQLModel, col, select

from storage import sealed
from storage.audit_check import verify
from storage.tables import (
    Action,
    ActionMove,
    Agency,
    AuditRow,
    Case,
    Fingerprint,
    Intelligence,
    Item,
    Listing,
    Meeting,
    Referral,
    Request,
    Return,
    Seal,
    SealedReader,
    Seat,
    Victim,
)
from storage.work import NotThere, Store, UnitOfWork
from tests.storage.conftest import NOW, a_panel, an_agency

CHANNEL = "C1"
# Who writes a table's rows has decided whether they belong to a case: a table of neither list fails here.
OF_NO_CASE = {
    "agency", "audit_anchor", "audit_head", "beat", "catalogue_entry", "draft", "erasure", "feed_key", "lane", "leave",
    "mailbox", "notice", "panel", "person", "reach", "receipt", "seat", "subject_item", "subject_request", "vault_key",
}  # fmt: skip


@dataclass
class Books:
    """Two cases of one panel, one of them sealed for U1 alone, with everything that hangs on each."""

    panel: int
    agency: int
    open: int
    sealed: int
    seal: int


@pytest.fixture
def books(store: Store) -> Books:
    with store.work(NOW) as work:
        panel, plain = a_panel(work), None
        agency = an_agency(work, panel)
        ids = [filled(work, panel.id or 0, agency.id or 0, number) for number in ("041", "042")]
        plain, shut = ids
        seal = work.add(Seal(panel_id=panel.id or 0, case_id=shut, by_user="U1", at=NOW))
        work.add(SealedReader(seal_id=seal.id or 0, user_id="U1", by_user="U1", since=NOW))
    return Books(panel.id or 0, agency.id or 0, plain, shut, seal.id or 0)


def filled(work: UnitOfWork, panel: int, agency: int, number: str) -> int:
    """A case with a meeting of its own, a referral, and what hangs on each."""
    case = work.add(
        Case(panel_id=panel, ref=f"MSP-26-0{number}", subject_ref=f"K-{number}", status="active", opened_at=NOW)
    )
    key = case.id or 0
    common: dict[str, Any] = {"panel_id": panel, "case_id": key}
    meeting = work.add(
        Meeting(**common, kind="out_of_cycle", day=date(2026, 10, 8), rule_day=date(2026, 10, 8), wall_time="09:30",
                zone="Europe/London", starts_at=NOW, minutes=60, mode="meeting")
    )  # fmt: skip
    action = work.add(
        Action(**common, ref=f"A-{number}-01", code="P21", priority="ordinary", due=date(2026, 10, 9),
               status="proposed", status_at=NOW)
    )  # fmt: skip
    work.add(ActionMove(action_id=action.id or 0, at=NOW, by_user="U1", move="add", was="", now="proposed"))
    request = work.add(Request(meeting_id=meeting.id or 0, case_id=key, agency_id=agency))
    work.add(Return(request_id=request.id or 0, version=1, kind="information", by_user="U1", at=NOW))
    item = work.add(Item(case_id=key, by_user="U1", at=NOW, kind="fact", body="x"))
    work.add(Intelligence(item_id=item.id or 0, status="used", by_user="U1", at=NOW))
    work.add(Victim(case_id=key, ref=f"V-{number}a"))
    work.add(Listing(meeting_id=meeting.id or 0, case_id=key, kind="new"))
    referral = work.add(Referral(**common, by_user="U1", at=NOW, ref=f"MSP-26-R-0{number}"))
    work.add(Fingerprint(panel_id=panel, referral_id=referral.id or 0, digest="same", at=NOW))
    work.audit("opened", f"case:{key}", case_id=key)
    return key


FILLED = (
    Case,
    Meeting,
    Action,
    ActionMove,
    Request,
    Return,
    Item,
    Intelligence,
    Victim,
    Listing,
    Referral,
    Fingerprint,
)
LOOKS: list[Callable[[UnitOfWork, type[SQLModel]], int]] = [
    lambda work, table: len(work.find(table)),
    lambda work, table: len(work.few(table, 9)),
    lambda work, table: len(work.rows(table)),
    lambda work, table: work.session.exec(select(func.count()).select_from(table)).one(),
    lambda work, table: work.session.exec(select(func.count(col(table.id)))).one(),  # type: ignore[attr-defined]
    lambda work, table: len(work.session.exec(select(table.id)).all()),  # type: ignore[attr-defined]
]


@pytest.mark.parametrize("table", [*FILLED, AuditRow])
@pytest.mark.parametrize(("user", "many"), [("U1", 2), ("U2", 1), (CHANNEL, 1)])
def test_only_those_named_find_any_of_it(
    store: Store, books: Books, table: type[SQLModel], user: str, many: int
) -> None:
    looks = LOOKS[:4] if table is AuditRow else LOOKS
    with store.read(NOW) as work:
        work.see_as(user)
        assert [look(work, table) for look in looks] == [many] * len(looks)


def test_every_table_says_whose_its_rows_are() -> None:
    guarded = {table.__tablename__ for table in sealed.conditions()}
    assert guarded | OF_NO_CASE == {*SQLModel.metadata.tables} and not guarded & OF_NO_CASE


def test_by_its_key_it_is_as_if_it_never_was(store: Store, books: Books) -> None:
    with store.read(NOW) as work:
        hidden = work.get(Case, books.sealed)  # somebody looked before: it is in the session's hands
        work.see_as("U2")
        with pytest.raises(NotThere):
            work.get(Case, books.sealed)
        assert work.look(Case, books.sealed) is None and work.session.get(Action, 2) is None
        assert work.get(Case, books.open).ref == "MSP-26-0041" and hidden.ref
        with work.everything():
            assert work.get(Case, books.sealed).ref == "MSP-26-0042"
        assert work.look(Case, books.sealed) is None


def test_a_join_from_either_side_finds_nothing_of_it(store: Store, books: Books) -> None:
    with store.read(NOW) as work:
        work.see_as("U2")
        joined = (
            select(ActionMove.id, Case.ref)
            .select_from(ActionMove)
            .join(Action)
            .join(Case, col(Case.id) == Action.case_id)
        )
        assert [ref for _, ref in work.session.exec(joined)] == ["MSP-26-0041"]
        outer = select(Agency.code, Request.case_id).outerjoin(Request, col(Request.agency_id) == Agency.id)
        assert work.session.exec(outer).all() == [("POL", books.open)]
        inside = select(Agency.id).where(
            select(Request.id).where(Request.agency_id == Agency.id, Request.case_id == books.sealed).exists()
        )
        assert work.session.exec(inside).all() == []
        meant = select(Case.ref).where(col(Case.id).in_(select(Victim.case_id)))
        assert work.session.exec(meant).all() == ["MSP-26-0041"]


def test_what_was_asked_for_once_is_asked_again_by_other_eyes(store: Store, books: Books) -> None:
    with store.read(NOW) as work:

        def many() -> int:
            return work.once("cases", lambda: len(work.find(Case)))

        assert many() == 2
        work.see_as("U2")
        assert many() == 1
        with work.everything():
            assert many() == 2
        assert many() == 1


def test_who_is_taken_off_the_list_or_comes_to_an_agency_kept_out_finds_it_no_more(store: Store, books: Books) -> None:
    with store.work(NOW) as work:
        work.get(Seal, books.seal).details = {"agencies": [books.agency]}
        work.add(SealedReader(seal_id=books.seal, user_id="U3", by_user="U1", since=NOW, until=NOW))
    assert found_by(store, "U1") == 2 and found_by(store, "U3") == 1
    with store.work(NOW) as work:
        work.add(Seat(panel_id=books.panel, user_id="U1", role="rep", agency_id=books.agency, since=NOW))
    assert found_by(store, "U1") == 1


def test_a_lifted_seal_hides_nothing(store: Store, books: Books) -> None:
    with store.work(NOW) as work:
        work.get(Seal, books.seal).lifted_at = NOW
    assert found_by(store, "U2") == 2


def found_by(store: Store, user: str) -> int:
    with store.read(NOW) as work:
        work.see_as(user)
        return len(work.find(Case))


def test_a_referral_is_sealed_before_there_is_a_case(store: Store, books: Books) -> None:
    with store.work(NOW) as work:
        sent = work.add(Referral(panel_id=books.panel, by_user="U9", at=NOW, ref="MSP-26-R-9123"))
        work.add(Fingerprint(panel_id=books.panel, referral_id=sent.id or 0, digest="same", at=NOW))
        work.audit("referred", f"referral:{sent.id}")
        work.add(Seal(panel_id=books.panel, referral_id=sent.id, by_user="U9", at=NOW))
    with store.read(NOW) as work:
        work.see_as("U2")
        assert [row.ref for row in work.find(Referral)] == ["MSP-26-R-0041"] and len(work.find(Fingerprint)) == 1
        assert not work.find(AuditRow, AuditRow.verb == "referred", order=AuditRow.seq)


def test_what_is_written_by_somebody_who_does_not_find_it_keeps_the_chain(store: Store, books: Books) -> None:
    with store.work(NOW) as work:
        work.see_as("U2")
        work.audit("opened", f"case:{books.open}", case_id=books.open, by="U2")
    with store.read(NOW) as work:
        assert verify(work.session) is None
