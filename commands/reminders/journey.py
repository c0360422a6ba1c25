"""What this journey listens to."""

from __future__ import annotations

from functools import partial

from slack_bolt import App

from commands.kit.headings import THIS_MONTH
from commands.kit.notices import NoticeKind
from commands.kit.service import Service
from commands.reminders import answering, digest, ladder_settings, reports, steering, why
from commands.reminders.listed import ANSWER
from panel.cycle import CutOff
from storage.tables import Panel


def register(app: App, service: Service) -> None:
    """Register everything of this journey."""
    service.on_wake(Panel, digest.plan)
    service.notice(NoticeKind(digest.KIND, lambda work, owed: digest.render(service, work, owed), "never_twice"))
    service.notice(NoticeKind(digest.ANEW, partial(digest.render_anew, service), at_any_hour=True))
    service.after_each_change(digest.answered)
    service.button(ANSWER, partial(answering.answer, service))
    service.form(answering.GiveBack, answering.give_back)
    service.at_cut_off(CutOff.UPDATE_DEADLINE, reports.updates_closed)
    service.notice(NoticeKind("updates_closed", lambda work, owed: reports.render_updates_closed(service, work, owed)))
    service.at_cut_off(CutOff.HEALTH_REPORT, reports.health)
    service.notice(NoticeKind("health", lambda work, owed: reports.render_health(service, work, owed)))
    service.word("/panel", "health", reports.figures, "Actions and updates, counted by agency", under=THIS_MONTH)
    service.word("/actions", "why", why.open_list, "What you were told lately, and why just then")
    _ladder(service)
    for turning in ("", ".back", ".next"):
        service.button(f"{why.VIEW}{turning}", why.open_list)
        service.button(f"reminders.figures{turning}", reports.figures)
        service.button(f"{reports.STEERING}{turning}", steering.report)


def _ladder(service: Service) -> None:
    service.button(ladder_settings.VIEW, ladder_settings.open_view)
    service.button(ladder_settings.DAY, ladder_settings.another_day)
    service.surface(ladder_settings.VIEW, ladder_settings.view)
    service.button("reminders.ladder.days", ladder_settings.open_days)
    service.form(ladder_settings.LadderDays, ladder_settings.save_days)
    service.button("reminders.ladder.ends", ladder_settings.open_ends)
    service.form(ladder_settings.LadderEnds, ladder_settings.save_ends)
    service.button("reminders.ladder.default", ladder_settings.default, once=True)
