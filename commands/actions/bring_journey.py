"""What bringing in somebody's own tracker listens to."""

from __future__ import annotations

from functools import partial

from commands.actions import bring_notice
from commands.kit.notices import NoticeKind
from commands.kit.service import Service


def register(service: Service) -> None:
    """Notices of what was brought."""
    service.notice(NoticeKind("actions.brought", partial(bring_notice.brought, service)))
