"""What else can befall actions: put off, re-opened, changed several at once, and how much of that the panel allows."""

from __future__ import annotations

from functools import partial

from commands.actions import again, bulk, bulk_notice, bulk_pick, leeway_settings, snooze
from commands.kit.notices import NoticeKind
from commands.kit.service import Service


def register(service: Service) -> None:
    """Register it."""
    service.button("actions.snooze", snooze.open_form)
    service.form(snooze.PutOff, snooze.save)
    service.button("actions.reopen", again.open_form)
    service.form(again.Reopen, again.save)
    service.button("actions.leeway.open", leeway_settings.open_form)
    service.form(leeway_settings.LeewayNumbers, leeway_settings.save)
    _several(service)


def _several(service: Service) -> None:
    service.button("actions.bulk.open", bulk_pick.open_bulk)
    for part in ("what", "agency", "case", "late", "page.back", "page.next"):
        service.button(f"actions.bulk.{part}", bulk_pick.change)
    service.form(bulk_pick.Choose, bulk.choose)
    service.form(bulk.MoveDays, bulk.move_days)
    service.form(bulk.PassOn, bulk.pass_on)
    service.form(bulk.ConfirmAll, bulk.confirm_all)
    told = partial(bulk_notice.told, service)
    service.notice(NoticeKind(bulk_notice.SEVERAL, told, at_any_hour=bulk_notice.can_not_wait))
