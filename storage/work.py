"""The unit of work: one transaction, with its audit rows and the notices it owes."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from threading import RLock
from typing import Any, TypeVar

from sqlalchemy import Engine, bindparam, event, insert, inspect
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import Session, SQLModel, col, select
from sqlmodel.sql.expression import SelectOfScalar

from panel.mail import outside_slack
from storage import audit, vault
from storage.engine import BUSY_MILLISECONDS
from storage.outbox import AT_ONCE, EMAIL, VIEWS, Owed
from storage.sealed import HIDDEN, Hidden, hidden_from
from storage.tables import Notice, Receipt
from storage.types import cipher_of

Row = TypeVar("Row", bound=SQLModel)
T = TypeVar("T")
SEVERAL = (list, tuple, set, frozenset)


KNOWN = "known"  # what a unit of work has asked for once


@event.listens_for(Session, "after_flush")
def _forget(session: Session, _context: object) -> None:
    session.info.get(KNOWN, {}).clear()


class NotThere(LookupError):
    """What was asked for is not, or no longer, in the database."""


class UnitOfWork:
    """Everything one press, command or tick reads and changes. It commits whole or not at all."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session = session
        self.now = now
        self.owed: list[Owed] = []  # in this transaction
        self._trail: list[dict[str, Any]] = []
        self._held: list[Any] = []
        self._known: dict[Hashable, Any] = session.info.setdefault(KNOWN, {})

    def once(self, what: Hashable, find: Callable[[], T]) -> T:
        """What `find` answers, asked for once in this transaction: and again once anything was written in it."""
        self.session.flush()
        if what not in self._known:
            self._known[what] = find()
        found: T = self._known[what]
        return found

    def see_as(self, user: str) -> None:
        """From here on find nothing of a sealed case that is not open to this user. A channel is a user whom no list
        names. What was read before stays in hand: this is called first."""
        with self.everything():
            hidden = hidden_from(self.session, user)
        self._see(hidden)

    @contextmanager
    def everything(self) -> Iterator[None]:
        """Find sealed cases too, for the bot's own books: whatever is read here is shown to nobody."""
        hidden: Hidden = self.session.info.get(HIDDEN, Hidden())
        self._see(Hidden())
        try:
            yield
        finally:
            self._see(hidden)

    @contextmanager
    def in_public(self) -> Iterator[None]:
        """Find no sealed case at all: for what everybody reads, whoever it is that writes it."""
        hidden: Hidden = self.session.info.get(HIDDEN, Hidden())
        self.see_as("")
        try:
            yield
        finally:
            self._see(hidden)

    def _see(self, hidden: Hidden) -> None:
        if self.session.info.get(HIDDEN, Hidden()) != hidden:
            self.session.flush()
            self._known.clear()
        self.session.info[HIDDEN] = hidden

    def add(self, row: Row) -> Row:
        """Insert a row and give it its id."""
        self.session.add(row)
        self.session.flush()
        return row

    def put(self, row: SQLModel) -> None:
        """Insert a row whose id nobody asks for: at once, and quicker than `add`."""
        self.session.connection().execute(_putting(type(row)), row.model_dump(exclude={"id"}))

    def get(self, table: type[Row], key: Any) -> Row:
        """The row with this key; raises NotThere when there is none."""
        row = self.look(table, key)
        if row is None:
            raise NotThere(f"no {table.__name__} {key}")
        return row

    def look(self, table: type[Row], key: Any) -> Row | None:
        """The row with this key, if there is one. Quicker than the session's own `get`: the statement is built once,
        and what was read is not read again."""
        if key is None:
            return None
        row: Row | None = None
        if not self.session.info.get(HIDDEN):
            row = self.session.identity_map.get(inspect(table).identity_key_from_primary_key((key,)))
        if row is None:
            row = self.session.exec(_of_key(table), params={"key": key}).first()
        self._held.append(row)  # the session itself holds no row that nobody uses
        return row

    def find(self, table: type[Row], *conditions: Any, order: Any = None, **given: Any) -> Sequence[Row]:
        """The rows that meet every condition. `given`: what its bound parameters stand for."""
        return self.session.exec(_query(table, conditions, order), params=given).all()

    def few(self, table: type[Row], most: int, *conditions: Any, order: Any = None) -> Sequence[Row]:
        """The first `most` rows that meet every condition."""
        return self.session.exec(_query(table, conditions, order).limit(most)).all()

    def first(self, table: type[Row], *conditions: Any, order: Any = None) -> Row | None:
        """The first row that meets every condition, or None."""
        return self.session.exec(_query(table, conditions, order).limit(1)).first()

    def rows(self, table: type[Row], **values: Any) -> Sequence[Row]:
        """The rows whose columns have these values (a list or set: one of them), by id. Quicker than `find`: the
        statement is built once for these names."""
        shape = tuple((name, _meant(value)) for name, value in values.items())
        given = {name: value for name, value in values.items() if value is not None}
        found: Sequence[Row] = self.session.exec(_matching(table, shape), params=given).all()
        return found

    def audit(
        self,
        verb: str,
        thing: str,
        *,
        by: str = "",
        surface: str = "",
        panel_id: int | None = None,
        case_id: int | None = None,
        allowed: bool = True,
        **details: Any,
    ) -> None:
        """Write an audit row at the end of this transaction. `details`: ids, codes and counts only."""
        self._trail.append(
            {
                "at": self.now, "panel_id": panel_id, "by_user": by, "verb": verb, "thing": thing, "case_id": case_id,
                "surface": surface, "allowed": allowed, "details": details,
            }
        )  # fmt: skip

    def told(self) -> Sequence[Mapping[str, Any]]:
        """The audit rows of this transaction that `close` has not written yet."""
        return self._trail

    def owe(
        self,
        name: str,
        kind: str,
        to: str,
        *,
        panel_id: int | None = None,
        about: dict[str, Any] | None = None,
        not_before: datetime | None = None,
        lane: str | None = None,
        seq: int = 0,
        route: str | None = None,
    ) -> bool:
        """Owe a notice, once: a name that is already there changes nothing and answers False. Whoever is outside Slack
        has it by e-mail; `route`: so has somebody in Slack."""
        moment = AT_ONCE if kind in VIEWS else self.now
        row = {
            "name": name, "kind": kind, "to": to, "panel_id": panel_id, "about": about or {}, "lane": lane,
            "seq": seq, "not_before": not_before or moment, "made_at": self.now, "state": "pending",
            "attempts": 0, "route": EMAIL if outside_slack(to) else route,
        }  # fmt: skip
        # The id comes back, because PostgreSQL's driver counts no rows here either way.
        id = self.session.connection().execute(_owing(self._dialect), row).scalar()
        if id is not None:
            self.owed.append(Owed(id, name, kind, panel_id, to, about or {}, attempts=0, maybe_sent=False))
        return id is not None

    def receipt(self, name: str) -> Receipt | None:
        """The first answer given under this name, if there was one."""
        return next(iter(self.rows(Receipt, name=name)), None)

    def keep_receipt(self, name: str, answer: dict[str, Any]) -> None:
        """Remember the answer, in the transaction that earned it."""
        self.put(Receipt(name=name, at=self.now, answer=answer))

    def keyed_hash(self, text: str, place: str) -> str:
        """A hash of `text` by this database's key, for the column named `place` ("table.column")."""
        cipher = cipher_of(self.session.get_bind().dialect)
        return cipher.keyed_hash(text, place, vault.pepper(self.session, cipher))

    def close(self) -> None:
        """Append the audit trail; called just before the commit."""
        self.session.flush()
        audit.append(self.session, self._trail)
        self._trail = []

    @property
    def _dialect(self) -> str:
        return self.session.get_bind().dialect.name


class Store:
    """The database, as a source of units of work."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._pen = RLock()

    @contextmanager
    def work(self, now: datetime) -> Iterator[UnitOfWork]:
        """A transaction that commits on leaving, and leaves nothing behind when something is raised."""
        with self._in_turn(), Session(self.engine, expire_on_commit=False) as session, session.begin():
            work = UnitOfWork(session, now)
            yield work
            work.close()

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        """SQLite has one writer at a time, and whoever finds it busy sleeps and looks again. Our own threads queue
        here instead; between processes SQLite's waiting decides, and so it does when a turn takes too long."""
        ours = self.engine.dialect.name == "sqlite" and self._pen.acquire(timeout=BUSY_MILLISECONDS / 1000)
        try:
            yield
        finally:
            if ours:
                self._pen.release()

    @contextmanager
    def read(self, now: datetime) -> Iterator[UnitOfWork]:
        """A look that changes nothing (no lock is taken on SQLite)."""
        with Session(self.engine, expire_on_commit=False) as session:
            session.connection(execution_options={"read_only": True})
            yield UnitOfWork(session, now)
            session.expunge_all()  # what was read stays readable, as it was
            session.rollback()


@cache
def _putting(table: Any) -> Any:
    return insert(table)


@cache
def _of_key(table: Any) -> Any:
    (column,) = inspect(table).primary_key
    return select(table).where(column == bindparam("key"))


@cache
def _owing(dialect: str) -> Any:
    make: Any = {"sqlite": sqlite_insert, "postgresql": postgresql_insert}[dialect]
    return make(Notice).on_conflict_do_nothing(index_elements=["name"]).returning(col(Notice.id))


def _query(table: type[Row], conditions: Sequence[Any], order: Any) -> SelectOfScalar[Row]:
    query = select(table).where(*conditions)
    order = getattr(table, "id", None) if order is None else order
    return query if order is None else query.order_by(order)


def _meant(value: Any) -> str:
    return "null" if value is None else "several" if isinstance(value, SEVERAL) else "one"


@cache
def _matching(table: Any, shape: tuple[tuple[str, str], ...]) -> Any:
    query = select(table)
    for name, meant in shape:
        column = getattr(table, name)
        value: Any = bindparam(name, expanding=meant == "several")
        query = query.where(
            column.is_(None) if meant == "null" else column.in_(value) if meant == "several" else column == value
        )
    order = getattr(table, "id", None)
    return query if order is None else query.order_by(order)
