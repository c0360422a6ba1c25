"""What bringing in somebody's own tracker listens to."""

from __future__ import annotations

from functools import partial

from commands.actions import bring_form, bring_notice, finding
from commands.kit.notices import NoticeKind
from commands.kit.service import Service


def register(service: Service) -> None:
    """The word, its form and the pages of the preview; the notice of what was brought."""
    service.word("/actions", "import", bring_form.open_form, "Bring in rows of your own tracker (coordinator, chair)")
    service.form(bring_form.BringTracker, bring_form.look)
    service.search(f"{bring_form.BringTracker.name}.other", finding.find)
    service.button("actions.bring.more", bring_form.open_again)
    for way in ("back", "next"):
        service.button(f"actions.bring_page.{way}", bring_form.turn_page)
    service.notice(NoticeKind("actions.brought", partial(bring_notice.brought, service)))
