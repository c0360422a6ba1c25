"""What a button or a form names has to be the panel's own: ids travel through Slack and back."""

from __future__ import annotations

from sqlmodel import SQLModel

from commands.kit.about import About
from commands.kit.errors import NoSuchThing
from storage.tables import Action, Agency, Case, Meeting, Panel, Referral, Request
from storage.work import UnitOfWork

OF_A_PANEL: dict[str, type[SQLModel]] = {
    "meeting": Meeting, "case": Case, "agency": Agency, "action": Action, "referral": Referral,
}  # fmt: skip


def check_belongs(work: UnitOfWork, panel: Panel, about: About) -> None:
    """Raises NoSuchThing when an id of `about` is unknown, or another panel's. `row` is its listener's to check."""
    for name, table in OF_A_PANEL.items():
        key = getattr(about, name)
        if key is not None:
            _check(work.look(table, key), panel)
    if about.request is not None:
        request = work.look(Request, about.request)
        _check(work.look(Meeting, request.meeting_id) if request else None, panel)


def _check(row: SQLModel | None, panel: Panel) -> None:
    if row is None or getattr(row, "panel_id", None) != panel.id:
        raise NoSuchThing
