"""The keys of calendar feeds: one a person and panel, of which a hash is kept, until it is ended or they leave."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlmodel import col, update

from commands.kit.people import person_on
from panel.access import Person
from storage.tables import FeedKey, Panel
from storage.work import UnitOfWork

KEY_BYTES = 32


@dataclass(frozen=True)
class Owner:
    """Whose feed it is."""

    panel: Panel
    person: Person


def make(work: UnitOfWork, panel: Panel, user: str) -> str:
    """A new key; an earlier one ends. The key itself is kept nowhere."""
    assert panel.id is not None
    end(work, panel, user)
    key = secrets.token_urlsafe(KEY_BYTES)
    work.add(FeedKey(panel_id=panel.id, user_id=user, token_hash=_hash(work, key), made_at=work.now))
    return key


def end(work: UnitOfWork, panel: Panel, user: str) -> bool:
    """No key of theirs opens anything from now on; whether one did."""
    open_ones = (col(FeedKey.panel_id) == panel.id, col(FeedKey.user_id) == user, col(FeedKey.ended_at).is_(None))
    ended = update(FeedKey).where(*open_ones).values(ended_at=work.now).returning(col(FeedKey.id))
    return bool(work.session.execute(ended).scalars().all())


def current(work: UnitOfWork, panel: Panel, user: str) -> FeedKey | None:
    """Their key's row, while it opens something."""
    return next(iter(work.rows(FeedKey, panel_id=panel.id, user_id=user, ended_at=None)), None)


def owner(work: UnitOfWork, key: str) -> Owner | None:
    """Whose key it is; None for a key that is unknown or ended, and of somebody who left the panel."""
    row = next(iter(work.rows(FeedKey, token_hash=_hash(work, key), ended_at=None)), None)
    if row is None:
        return None
    panel = work.get(Panel, row.panel_id)
    person = person_on(work, panel, row.user_id)
    return Owner(panel, person) if person.roles else None


def _hash(work: UnitOfWork, key: str) -> str:
    return work.keyed_hash(key, "feed_key.token_hash")
