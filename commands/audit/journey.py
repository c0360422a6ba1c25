"""What this journey listens to."""

from __future__ import annotations

from slack_bolt import App

from commands.audit import find, log, review, settings, watch
from commands.kit.headings import PANEL_ITSELF
from commands.kit.notices import NoticeKind
from commands.kit.service import Service


def register(app: App, service: Service) -> None:
    """Register everything of this journey."""
    service.word("/panel", "audit", log.open_log, "Who read, changed or took out what", under=PANEL_ITSELF)
    service.button(f"{log.VIEW}.open", log.open_log)
    for turned in (".back", ".next", ".all"):
        service.button(f"{log.VIEW}{turned}", log.turn_page)
    service.button("audit.find", find.open_form)
    service.form(find.Find, find.save)
    service.button("audit.review", review.open_form)
    service.form(review.Review, review.save)
    service.watch(watch.look)
    service.notice(NoticeKind(watch.KIND, lambda work, owed: watch.notice(service, work, owed)))
    service.button("audit.settings.open", settings.open_form)
    service.form(settings.SharingAndAudit, settings.save)
