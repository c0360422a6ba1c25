"""The stage on which a month is played: people act through Slack's protocol, and nothing else."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from bot.demo.cast import standing_members
from bot.month import Month, calendar_of
from panel.calendar import WorkingCalendar, instant
from panel.cycle import CutOff
from sandbox.client import Outcome, Workspace

UNANSWERED = ("timeout", "failed")
PATIENCE = 30  # seconds during which an unanswered act is repeated: the bot may be restarting


class Misplayed(Exception):
    """An act did not come out as the story needs it. Says which act, and how it came out."""


@dataclass(frozen=True)
class Scene:
    """Something a person does at a moment of the story. `order` breaks ties within the same moment."""

    at: datetime
    who: str  # initials, as in the month file
    tells: str  # the line of the story: no content, a reference at most
    act: Callable[[Stage], None]
    order: int = 0


@dataclass
class Stage:
    """The workspace, its people by initials, and the month that is being played."""

    workspace: Workspace
    month: Month
    users: Mapping[str, str]  # initials → user id
    channel: str
    cut_offs: Mapping[CutOff, datetime]  # of the meeting that is played
    elsewhere: str | None = None  # where whoever is not in the channel types: the bot's messages have no message box
    notes: dict[str, Any] = field(default_factory=dict)  # what a scene leaves for a later one
    patience: float = PATIENCE

    # -- acting

    def command(self, who: str, command: str, word: str = "", *, expect: str = "view") -> Outcome:
        """Run a slash command: in the panel's channel, or elsewhere by whoever is not in it."""
        return self._act(
            f"{who} {command} {word}",
            expect,
            lambda: self.workspace.command(
                self.users[who], self.channel if who in self.members else self.elsewhere, command, word
            ),
        )

    def press(self, who: str, action_id: str, *, expect: str = "view", **where: Any) -> Outcome:
        """Press a button or choose from a menu: in the open view, or in a message (`channel=`, `ts=`)."""
        return self._act(
            f"{who} presses {action_id}", expect, lambda: self.workspace.press(self.users[who], action_id, **where)
        )

    def submit(self, who: str, values: Mapping[str, Any], *, expect: str = "saved") -> Outcome:
        """Fill in the open form and send it. `expect="saved"`: anything but errors."""
        return self._act(
            f"{who} submits {', '.join(values)}",
            expect,
            lambda: self.workspace.submit(self.users[who], dict(values)),
        )

    def close(self, who: str) -> None:
        """Close everything that is open."""
        self.workspace.close(self.users[who], all=True)

    def press_in_message(self, who: str, action_id: str, *, expect: str = "view", **choice: Any) -> Outcome:
        """Press a button of the newest message to this person that has it."""
        for message in reversed(self.workspace.messages(user=self.users[who])):
            if action_id in _action_ids(message):
                return self.press(who, action_id, expect=expect, channel=message["channel"], ts=message["ts"], **choice)
        raise Misplayed(f"{who} has no message with {action_id}")

    def settle(self) -> None:
        """Wait until the bot has sent whatever is due now."""
        if not self.workspace.advance(None)["done"]:
            raise Misplayed("the bot did not get done in time")

    def _act(self, what: str, expect: str, act: Callable[[], Outcome]) -> Outcome:
        until = time.monotonic() + self.patience
        outcome = act()
        while outcome.kind in UNANSWERED and time.monotonic() < until:
            time.sleep(0.05)
            outcome = act()
        right = outcome.kind != "errors" if expect == "saved" else outcome.kind == expect
        if not right or outcome.kind in UNANSWERED:
            why = outcome.errors or outcome.reason or outcome.messages
            raise Misplayed(f"{what}: {outcome.kind} instead of {expect}: {why}")
        return outcome

    @cached_property
    def members(self) -> frozenset[str]:
        """Who is in the panel's channel, by initials."""
        return frozenset(standing_members(self.month))

    # -- when

    @property
    def zone(self) -> ZoneInfo:
        """The panel's zone."""
        return self.month.panel.timezone

    @property
    def calendar(self) -> WorkingCalendar:
        """The panel's working days."""
        return calendar_of(self.month, self.panel_day)

    @property
    def panel_day(self) -> date:
        """The day of the meeting that is played."""
        return self.cut_offs[CutOff.PANEL].astimezone(self.zone).date()

    def on(self, day: date, clock: str = "10:00") -> datetime:
        """A wall time on a day, as an instant."""
        hour, minute = clock.split(":")
        midnight = instant(day, datetime.min.time(), self.zone).astimezone(self.zone)
        return midnight.replace(hour=int(hour), minute=int(minute))

    def before(self, cut_off: CutOff, hours: float = 2) -> datetime:
        """Some hours before a cut-off."""
        return self.cut_offs[cut_off] - timedelta(hours=hours)

    def after(self, cut_off: CutOff, hours: float = 1) -> datetime:
        """Some hours after a cut-off."""
        return self.cut_offs[cut_off] + timedelta(hours=hours)


Scenes = Callable[[Stage], Iterable[Scene]]


def _action_ids(message: Mapping[str, Any]) -> set[str]:
    blocks = message.get("blocks") or ()
    elements = [e for block in blocks for e in [*block.get("elements", ()), block.get("accessory") or {}]]
    return {element["action_id"] for element in elements if "action_id" in element}
