"""`convenor import` for a panel that is there already: the numbers that a month file gives."""

from __future__ import annotations

from datetime import time

from bot.month import Month, changed_by
from commands.kit.meetings import settings_of
from commands.panels.numbers import change
from panel.cycle import out_of_order
from storage.tables import Panel
from storage.work import UnitOfWork


class NotForThisPanel(Exception):
    """The file's numbers do not fit the panel as it is; the message says which, and nothing was changed."""


def numbers(work: UnitOfWork, panel: Panel, month: Month) -> int:
    """Give a panel that is there already the file's numbers; its agencies and people stay as they are. Answers for how
    many meetings cut-offs moved. Raises NotForThisPanel."""
    was = settings_of(panel)
    now = changed_by(month, was)
    if panel.live and now.retention.case_months != was.retention.case_months:
        raise NotForThisPanel("retention.case_months is decided by the go-live list: change it with /panel live.")
    start = time.fromisoformat(panel.starts)
    if now.offsets != was.offsets and (wrong := out_of_order(now.offsets, start)):
        raise NotForThisPanel(" ".join(f"offsets: {later} would come before {earlier}." for earlier, later in wrong))
    moved = change(work, panel, now)
    work.audit(
        "settings_changed", f"panel:{panel.id}", surface="command line", panel_id=panel.id, settings=panel.settings
    )
    return moved
