"""What somebody typed and did not, or could not, save."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import SQLModel

from storage.tables.columns import instant, key, refers, secret_json


class Draft(SQLModel, table=True):
    """The answers of a form that reached us and were not taken, kept for their writer until the form is saved.
    `about`: opaque ids of what the form was for."""

    __table_args__ = (UniqueConstraint("panel_id", "user_id", "form", "about"),)

    id: int | None = key()
    panel_id: int = refers("panel.id")
    user_id: str
    form: str
    about: str
    answers: dict[str, Any] | None = secret_json("draft.answers")
    at: datetime = instant()
