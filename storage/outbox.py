"""The outbox: owing many at once, claiming a notice, and settling it. One conditional statement each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, and_, bindparam, case, exists, func, literal, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import Session, SQLModel

from panel.mail import outside_slack
from storage import tables  # noqa: F401  (it fills the metadata)
from storage.types import Instant

NOTICE: Table = SQLModel.metadata.tables["notice"]
LANE: Table = SQLModel.metadata.tables["lane"]
REDRAW = "redraw"
VIEWS = ("home", REDRAW)  # kinds that draw a view: Slack's pace for messages is not theirs, and somebody is looking
WORKSPACE = "*"  # the lane that everything sent to Slack shares
EMAIL = "email"  # `Notice.route` of what does not go to Slack
MAIL = "@"  # the lane that every e-mail shares; before somebody's id, the lane of e-mail to them
LOOKS = "views"  # the lane that views wait for: only when Slack asks for it
REFUSED = "refused:"  # before a shared lane: somebody was refused, and until when; a second one speaks for all
LEASE = timedelta(seconds=30)  # longer than one send may take (the client gives up after 10 s)
IN_HAND = ("claimed", "sending")
DOUBTFUL = (*IN_HAND, "uncertain")
UNSETTLED = ("pending", *DOUBTFUL)
AT_ONCE = datetime(2000, 1, 1, tzinfo=UTC)  # `not_before` of views: they go first


@dataclass(frozen=True)
class Owed:
    """A claimed notice, as plain values."""

    id: int
    name: str
    kind: str
    panel_id: int | None
    to: str
    about: dict[str, Any]
    attempts: int
    maybe_sent: bool  # an earlier claimer vanished after it had set off, or its answer was lost


def claim(session: Session, now: datetime, real: datetime, who: str, *, mail: bool = False) -> Owed | None:
    """Take the next notice that is due: by one conditional statement, so two relays never share one.

    `now` is the calendar's time (story or real), `real` the wall clock that leases run on. A notice waits for its
    channel's pace and for the earlier notices of its lane. `mail`: of those that go by e-mail, which never wait for
    Slack, nor Slack's for them. Returns None when nothing can be sent now.
    """
    session.flush()
    database = session.connection()
    before = _first(database, {"now": now, "real": real}, mail, locked=database.dialect.name == "postgresql")
    if before is None:
        return None
    values = {"chosen": before.id, "real": real, "leased": real + LEASE, "who": who}
    taken = database.execute(_take(), values).first()
    if taken is None:
        return None
    return Owed(**taken._mapping, maybe_sent=before.state in ("sending", "uncertain"))


def owe_each(
    session: Session, kind: str, to: Mapping[str, str], now: datetime, *, panel_id: int, about: dict[str, Any]
) -> None:
    """Owe a notice of one kind to each of many people (by its name) at once: one statement, of which nothing comes
    back. A name that is already there changes nothing; but one that was dropped, because nobody wanted it at that
    moment, is owed anew. Whoever is outside Slack has it by e-mail."""
    rows = [
        {
            "name": name, "kind": kind, "to": user, "panel_id": panel_id, "about": about, "seq": 0, "not_before": now,
            "made_at": now, "state": "pending", "attempts": 0, "route": EMAIL if outside_slack(user) else None,
        }
        for name, user in to.items()
    ]  # fmt: skip
    if rows:
        database = session.connection()
        database.execute(_owing_each(database.dialect.name), rows)


@cache
def _owing_each(dialect: str) -> Any:
    owing = _into(NOTICE, dialect)
    anew = {name: owing.excluded[name] for name in ("panel_id", "about", "not_before", "made_at", "state", "attempts")}
    return owing.on_conflict_do_update(index_elements=["name"], set_=anew, where=NOTICE.c.state == "dropped")


def _claimable() -> Any:
    return or_(
        NOTICE.c.state.in_(("pending", "uncertain")),
        and_(NOTICE.c.state.in_(IN_HAND), NOTICE.c.leased_until <= bindparam("real", type_=Instant)),
    )


def _goes(mail: bool) -> Any:
    """By which way a notice goes."""
    return NOTICE.c.route == EMAIL if mail else func.coalesce(NOTICE.c.route, "") != EMAIL


def _first(database: Connection, moment: dict[str, datetime], mail: bool, *, locked: bool) -> Any:
    """What goes next at a moment. Asked in two parts, each of which an index answers in its order."""
    queries = (_next(DOUBTFUL, mail, locked), _next(("pending",), mail, locked))
    found = [row for query in queries if (row := database.execute(query, moment).first())]
    return min(found, key=lambda row: (row.not_before, row.id), default=None)


@cache
def _next(states: tuple[str, ...], mail: bool, locked: bool) -> Any:
    earlier, a_view = NOTICE.alias(), NOTICE.c.kind.in_(VIEWS)
    waits_for_lane = exists().where(
        earlier.c.lane == NOTICE.c.lane, earlier.c.seq < NOTICE.c.seq, earlier.c.state.in_(UNSETTLED)
    )
    free = or_(and_(a_view, ~_busy(LOOKS)), and_(~a_view, ~_busy(_shared(mail)), ~_busy(_own(mail))))
    query = (
        select(NOTICE.c.id, NOTICE.c.state, NOTICE.c.not_before)
        .where(NOTICE.c.state.in_(states), _claimable(), _goes(mail), _due(), free, ~waits_for_lane)
        .order_by(NOTICE.c.not_before, NOTICE.c.id)
        .limit(1)
    )
    return query.with_for_update(skip_locked=True, of=NOTICE) if locked else query


def _due() -> Any:
    return NOTICE.c.not_before <= bindparam("now", type_=Instant)


def _busy(lane: Any) -> Any:
    return exists().where(LANE.c.channel == lane, LANE.c.free_at > bindparam("now", type_=Instant))


@cache
def _take() -> Any:
    return (
        update(NOTICE)
        .where(NOTICE.c.id == bindparam("chosen"), _claimable())
        .values(
            state=case((NOTICE.c.state.in_(("sending", "uncertain")), "sending"), else_="claimed"),
            leased_until=bindparam("leased"), claimed_by=bindparam("who"),
            attempts=NOTICE.c.attempts + 1,
        )
        .returning(*(NOTICE.c[name] for name in ("id", "name", "kind", "panel_id", "to", "about", "attempts")))
    )  # fmt: skip


def set_off(session: Session, notice_id: int, who: str, real: datetime) -> bool:
    """The last look before a message leaves: False when the claim has passed to somebody else. From here on it may
    have been sent, and the lease begins anew."""
    return settle(session, notice_id, who, state="sending", leased_until=real + LEASE)


def settle(session: Session, notice_id: int, who: str, **values: Any) -> bool:
    """Write how a claimed notice ended. False when the claim had passed to somebody else meanwhile."""
    theirs = (NOTICE.c.id == notice_id, NOTICE.c.claimed_by == who, NOTICE.c.state.in_(IN_HAND))
    return bool(session.connection().execute(update(NOTICE).where(*theirs).values(**values)).rowcount)


def take_over(session: Session) -> int:
    """Whoever claimed anything is gone for certain: what had set off may or may not have been sent, the rest was not.
    Only for the one instance that holds a database alone; answers how many there were."""
    was = case((NOTICE.c.state == "sending", "uncertain"), else_="pending")
    done = update(NOTICE).where(NOTICE.c.state.in_(IN_HAND)).values(state=was, leased_until=None)
    return int(session.connection().execute(done).rowcount)


def pace(session: Session, channel: str, free_at: datetime) -> None:
    """Nobody writes to `channel` before `free_at`."""
    database = session.connection()
    database.execute(_pace(database.dialect.name), {"channel": channel, "free_at": free_at})


def reserve(session: Session, channel: str, now: datetime, free_at: datetime) -> bool:
    """Take `channel` until `free_at`; False when somebody else has it at `now`. One conditional statement, so replicas
    keep one pace between them."""
    database = session.connection()
    values = {"channel": channel, "free_at": free_at, "now": now}
    return database.execute(_reserve(database.dialect.name), values).first() is not None


def _into(table: Table, dialect: str) -> Any:
    make: Any = {"sqlite": sqlite_insert, "postgresql": postgresql_insert}[dialect]
    return make(table)


@cache
def _pace(dialect: str) -> Any:
    paced = _into(LANE, dialect)
    later = case((paced.excluded.free_at > LANE.c.free_at, paced.excluded.free_at), else_=LANE.c.free_at)
    return paced.on_conflict_do_update(index_elements=["channel"], set_={"free_at": later})


@cache
def _reserve(dialect: str) -> Any:
    taken = _into(LANE, dialect).values(channel=bindparam("channel"), free_at=bindparam("free_at"))
    free = LANE.c.free_at <= bindparam("now", type_=Instant)
    set_ = {"free_at": taken.excluded.free_at}
    return taken.on_conflict_do_update(index_elements=["channel"], set_=set_, where=free).returning(LANE.c.channel)


def next_moment(session: Session, real: datetime, *, mail: bool = False) -> datetime | None:
    """When the next notice may go (its time, its channel's pace, the workspace's); None when none is waiting.
    One that was claimed counts once its lease has run out. `mail`: as for `claim`."""
    session.flush()
    database = session.connection()
    shared: datetime | None = database.execute(_free_at(_shared(mail))).scalar()
    if shared is not None and _first(database, {"now": shared, "real": real}, mail, locked=False):
        return shared  # nothing goes sooner, and this spares looking at everything that waits
    earliest: datetime | None = database.execute(_earliest(mail), {"real": real}).scalar_one()
    return earliest


def _shared(mail: bool) -> str:
    return MAIL if mail else WORKSPACE


def _own(mail: bool) -> Any:
    """The lane of whoever it goes to: a Slack that is away holds no e-mail up, nor the reverse."""
    return literal(MAIL).concat(NOTICE.c.to) if mail else NOTICE.c.to


@cache
def _earliest(mail: bool) -> Any:
    shared, looks = _free_at(_shared(mail)).scalar_subquery(), _free_at(LOOKS).scalar_subquery()
    paced = case((LANE.c.free_at > NOTICE.c.not_before, LANE.c.free_at), else_=NOTICE.c.not_before)
    look = case((looks > NOTICE.c.not_before, looks), else_=NOTICE.c.not_before)
    free = case((NOTICE.c.kind.in_(VIEWS), look), (shared > paced, shared), else_=paced)
    return (
        select(func.min(free, type_=Instant))
        .select_from(NOTICE.outerjoin(LANE, LANE.c.channel == _own(mail)))
        .where(_claimable(), _goes(mail))
    )


def _free_at(lane: str) -> Any:
    return select(LANE.c.free_at).where(LANE.c.channel == lane).correlate(None)


def waiting(session: Session) -> int:
    """How many notices are still to be sent or settled."""
    unsettled = select(func.count()).select_from(NOTICE).where(NOTICE.c.state.in_(UNSETTLED))
    return int(session.connection().execute(unsettled).scalar_one())
