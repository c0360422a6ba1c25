"""What this journey listens to."""

from __future__ import annotations

from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from commands.home.tab import home_of
from commands.kit.notices import HomeTab, NoticeKind
from commands.kit.service import Service
from commands.kit.turn import Request
from storage.outbox import Owed
from storage.tables import Notice
from storage.work import UnitOfWork


def register(app: App, service: Service) -> None:
    """Register everything of this journey."""
    shown: set[str] = set()  # who has looked at their tab since we started; opening it again draws it anew anyway

    def opened(event: dict[str, Any], body: dict[str, Any], client: WebClient) -> None:
        if event.get("tab", "home") != "home":
            return
        who = (body.get("enterprise_id") or "", body["team_id"], event["user"])
        with service.store.read(service.clock.now()) as work:
            work.see_as(event["user"])
            view = home_of(service, work, *who)
        shown.add(event["user"])
        client.views_publish(user_id=event["user"], view=view)

    def acted(work: UnitOfWork, request: Request) -> None:
        if request.user in shown:
            owe_home(work, request)

    app.event("app_home_opened")(opened)
    service.after_each_change(acted)
    service.notice(NoticeKind("home", lambda work, owed: render(service, work, owed), at_any_hour=True))


def owe_home(work: UnitOfWork, request: Request) -> None:
    """Somebody changed something: their tab is drawn anew, once however many changes wait."""
    waiting = work.first(Notice, Notice.kind == "home", Notice.to == request.user, Notice.state == "pending")
    if waiting is None:
        about = {"enterprise": request.enterprise, "team": request.team}
        work.owe(f"home:{request.user}:{request.once}", "home", request.user, about=about)


def render(service: Service, work: UnitOfWork, owed: Owed) -> HomeTab:
    """The tab as it stands now."""
    return HomeTab(home_of(service, work, owed.about["enterprise"], owed.about["team"], owed.to))
