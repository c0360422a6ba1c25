"""One-time passes: a link and a code, given out in Slack, that open one document once. Only hashes are kept."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import col, update

from commands.kit.meetings import settings_of
from panel.paper_pass import ALPHABET, CODE_LENGTH, read_code
from storage.tables import Meeting, Panel, Pass
from storage.work import UnitOfWork

PACK = "pack"
TOKEN_BYTES = 32


@dataclass(frozen=True)
class Given:
    """What the person is given: kept nowhere. `id` is the pass's own, for the audit log."""

    id: int
    token: str
    code: str
    minutes: int


def give(work: UnitOfWork, panel: Panel, meeting: Meeting | None, user: str, document: str = PACK) -> Given:
    """A new pass to a meeting's pack, or another document. An earlier one of theirs to it that was not used ends."""
    assert panel.id is not None
    _end(work, col(Pass.panel_id) == panel.id, col(Pass.user_id) == user, col(Pass.document) == document)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    minutes = settings_of(panel).pages.minutes
    row = work.add(
        Pass(
            panel_id=panel.id, meeting_id=meeting.id if meeting else None, user_id=user, document=document,
            token_hash=_hash(work, "token", token), code_hash=_hash(work, "code", token + code),
            made_at=work.now, ends_at=work.now + timedelta(minutes=minutes),
        )
    )  # fmt: skip
    assert row.id is not None
    return Given(row.id, token, code, minutes)


def known(work: UnitOfWork, token: str) -> Pass | None:
    """The pass of a link, whether it still opens anything or not."""
    return next(iter(work.rows(Pass, token_hash=_hash(work, "token", token))), None)


def use(work: UnitOfWork, row: Pass, token: str, code: str) -> bool:
    """Whether the code opens the pass, now and never again. Each try counts, before it is looked at: so two at the
    same moment are two tries, and one of two right ones is too late."""
    most = settings_of(work.get(Panel, row.panel_id)).pages.tries
    alive = (col(Pass.id) == row.id, col(Pass.opened_at).is_(None), col(Pass.ends_at) > work.now)
    tried = update(Pass).where(*alive, col(Pass.tries) < most).values(tries=Pass.tries + 1).returning(col(Pass.id))
    if work.session.execute(tried).scalar() is None:
        return False
    right = col(Pass.code_hash) == _hash(work, "code", token + read_code(code))
    opened = update(Pass).where(*alive, right).values(opened_at=work.now).returning(col(Pass.id))
    return work.session.execute(opened).scalar() is not None


def left(work: UnitOfWork, row: Pass) -> int:
    """How many tries a pass still has; none once it was opened or its time is over."""
    work.session.refresh(row)
    if row.opened_at is not None or row.ends_at <= work.now:
        return 0
    return max(0, settings_of(work.get(Panel, row.panel_id)).pages.tries - row.tries)


def _end(work: UnitOfWork, *which: object) -> None:
    unused = (col(Pass.opened_at).is_(None), col(Pass.ends_at) > work.now)
    work.session.execute(update(Pass).where(*which, *unused).values(ends_at=work.now))  # type: ignore[arg-type]


def _hash(work: UnitOfWork, of: str, text: str) -> str:
    return work.keyed_hash(text, f"pass.{of}_hash")
