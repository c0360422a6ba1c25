"""What this journey listens to."""

from __future__ import annotations

from functools import partial

from slack_bolt import App

from commands.kit.headings import PANEL_ITSELF
from commands.kit.notices import NoticeKind
from commands.kit.service import Service
from commands.records import batch, carry, clocks, daily, holds, hub
from storage.tables import Erasure, Panel


def register(app: App, service: Service) -> None:
    """Register everything of this journey."""
    service.word("/panel", "records", hub.show, "How long records stay, holds, requests", under=PANEL_ITSELF)
    service.button("records.clocks.open", clocks.open_records)
    service.form(clocks.RecordClocks, clocks.save_records)
    service.button("records.copies.open", clocks.open_copies)
    service.form(clocks.CopyClocks, clocks.save_copies)
    _erasing(service)


def _erasing(service: Service) -> None:
    for action in ("records.holds.open", f"{holds.VIEW}.back", f"{holds.VIEW}.next"):
        service.button(action, holds.show)
    service.button("records.hold.open", holds.open_form)
    service.button("records.hold.lift", holds.lift, once=True)
    service.form(holds.PutHold, holds.put)
    for action in ("records.due.open", f"{batch.VIEW}.back", f"{batch.VIEW}.next"):
        service.button(action, batch.show)
    service.button(batch.APPROVE, batch.approve, once=True)
    service.button(batch.TAKE_BACK, batch.take_back, once=True)
    service.on_wake(Erasure, carry.carry_out)
    service.on_wake(Panel, daily.plan, before_others=True)
    service.after_tick(carry.tidy)
    service.notice(NoticeKind(daily.DUE, partial(daily.render_due, service)))
    service.notice(NoticeKind(daily.REVIEW, partial(daily.render_review, service)))
