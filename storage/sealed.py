"""Sealed cases: what a unit of work does not find, because whoever it works for is not on their list.

One hook on every query of the session. Which tables belong to a case is read from their foreign keys, so that a new
table is covered from its first day; `tests/storage/test_sealed.py` holds the list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Column, ColumnElement, Table, TableClause, and_, bindparam, event, or_, select
from sqlalchemy.orm import ORMExecuteState, object_session, with_loader_criteria
from sqlalchemy.sql import visitors
from sqlmodel import Session, SQLModel, col

from storage.tables import Seal, Seat

HIDDEN = "hidden"  # in a session's info: the cases and referrals that it does not find
# Pointers that say nothing about whose the row is.
LINKS = frozenset({"referral.repeats_id", "referral.meeting_id", "case.merged_into_id", "transfer.new_case_id"})
_SEAL: Table = SQLModel.metadata.tables["seal"]
_READER: Table = SQLModel.metadata.tables["sealed_reader"]
_SEALS = (
    select(_SEAL.c.id, _SEAL.c.case_id, _SEAL.c.referral_id, _READER.c.id.label("reader"))
    .outerjoin(
        _READER,
        and_(_READER.c.seal_id == _SEAL.c.id, _READER.c.user_id == bindparam("user"), _READER.c.until.is_(None)),
    )
    .where(_SEAL.c.lifted_at.is_(None))
)


@dataclass(frozen=True)
class Hidden:
    """The cases, and the referrals, that somebody does not find. Neither names what it hides."""

    cases: frozenset[int] = frozenset()
    referrals: frozenset[int] = frozenset()

    def has(self, case_id: int | None, thing: str) -> bool:
        """Whether an audit row is about what is hidden."""
        kind, _, key = thing.partition(":")
        return case_id in self.cases or (kind == "referral" and key.isdecimal() and int(key) in self.referrals)

    def __bool__(self) -> bool:
        return bool(self.cases or self.referrals)


def hidden_from(session: Session, user: str) -> Hidden:
    """What is sealed and not open to this user; a channel's id is on no list, so a channel finds none of it."""
    seals = session.connection().execute(_SEALS, {"user": user}).all()
    if not seals:
        return Hidden()
    listed = [row.id for row in seals if row.reader is not None]
    out = _kept_out(session, user, listed) if listed else frozenset()
    closed = [row for row in seals if row.reader is None or row.id in out]
    return Hidden(
        frozenset(row.case_id for row in closed if row.case_id is not None),
        frozenset(row.referral_id for row in closed if row.referral_id is not None),
    )


def hidden_by(row: SQLModel) -> frozenset[int]:
    """The cases that the session of this row does not find: for rows that hold cases' ids in a list of their own."""
    session = object_session(row)
    hidden: Hidden = session.info.get(HIDDEN, Hidden()) if session else Hidden()
    return hidden.cases


def _kept_out(session: Session, user: str, listed: Sequence[int]) -> frozenset[int | None]:
    """The seals that name this user, who has come to an agency that they keep out."""
    seats = select(col(Seat.agency_id)).where(col(Seat.user_id) == user, col(Seat.until).is_(None))
    theirs = {agency for agency in session.execute(seats).scalars() if agency is not None}
    seals = session.execute(select(Seal).where(col(Seal.id).in_(listed))).scalars()
    return frozenset(seal.id for seal in seals if theirs & {*((seal.details or {}).get("agencies") or ())})


@event.listens_for(Session, "do_orm_execute")
def _hide(state: ORMExecuteState) -> Any:
    """Leave out whatever belongs to a case that this session does not find."""
    hidden: Hidden | None = state.session.info.get(HIDDEN)
    if not hidden or not state.is_select or state.is_column_load:
        return None
    state.parameters = state.parameters or {}
    return state.invoke_statement(_guarded(state.statement), params=_params(hidden))


def _params(hidden: Hidden) -> dict[str, Any]:
    referrals = sorted(hidden.referrals)
    return {
        "sealed_cases": sorted(hidden.cases), "sealed_referrals": referrals,
        "sealed_things": [f"referral:{each}" for each in referrals],
    }  # fmt: skip


_KEPT: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()  # a statement that is used again keeps its conditions


def _guarded(statement: Any) -> Any:
    """The statement with the conditions of the tables that it names, wherever in it they stand."""
    found = _KEPT.get(statement)
    if found is None:
        told = _options()
        named = {part.name for part in visitors.iterate(statement) if isinstance(part, TableClause)}
        found = _KEPT[statement] = statement.options(*[told[name] for name in sorted(named & told.keys())])
    return found


@cache
def _options() -> Mapping[str, Any]:
    return {
        str(table.__tablename__): with_loader_criteria(table, ~told, include_aliases=True, propagate_to_loaders=False)
        for table, told in conditions().items()
    }


@cache
def conditions() -> Mapping[type[SQLModel], ColumnElement[bool]]:
    """Of each table that belongs to a case: which of its rows are hidden. Never null, whatever a row leaves empty."""
    found: dict[type[SQLModel], ColumnElement[bool]] = {}
    for mapper in SQLModel._sa_registry.mappers:
        told = _told(mapper.local_table)
        if told is not None:
            found[mapper.class_] = told
    return found


@cache
def _told(table: Table) -> ColumnElement[bool] | None:
    """Which rows of a table are hidden; None: the table belongs to no case."""
    if table.name == "case":
        return table.c.id.in_(_given("sealed_cases"))
    own = [_of(column, parent) for column, parent in _through(table)]
    if table.name == "referral":
        own.append(table.c.id.in_(_given("sealed_referrals")))
    if table.name == "audit":  # it points to nothing, so that what it tells outlives what it tells of
        own.append(_if_any(table.c.case_id, table.c.case_id.in_(_given("sealed_cases"))))
        own.append(table.c.thing.in_(_given("sealed_things")))
    return or_(*own) if own else None


def _through(table: Table) -> list[tuple[Column[Any], Table]]:
    """By which columns its rows belong to a case: to the case itself where every row names one, else by what every row
    hangs on, else by all that may say so."""
    owned = [(column, parent) for column, parent in _parents(table) if _belongs(parent)]
    sure = [each for each in owned if not each[0].nullable]
    return [each for each in sure if each[1].name == "case"] or sure or owned


def _parents(table: Table) -> list[tuple[Column[Any], Table]]:
    """The other tables that its columns point to; not where that says nothing about whose the row is."""
    return [
        (column, key.column.table)
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table is not table and f"{table.name}.{column.name}" not in LINKS
    ]


@cache
def _belongs(table: Table) -> bool:
    return table.name == "case" or any(_belongs(parent) for _, parent in _parents(table))


def _of(column: Column[Any], parent: Table) -> ColumnElement[bool]:
    """The rows whose parent is hidden. The parent is asked as a plain table: as a mapped one it would hide itself."""
    if parent.name == "case":
        return _if_any(column, column.in_(_given("sealed_cases")))
    told = _told(parent)
    assert told is not None
    return _if_any(column, column.in_(select(parent.c.id).where(told).correlate(None)))


def _if_any(column: Column[Any], told: ColumnElement[bool]) -> ColumnElement[bool]:
    """Never null: a row that names nothing there does not belong by it."""
    return and_(column.is_not(None), told) if column.nullable else told


def _given(name: str) -> Any:
    return bindparam(name, expanding=True)
