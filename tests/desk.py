"""A panel at work: a sandbox workspace, the bot beside it on a story clock, and the set-up of a month file."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from bot import log
from bot.assembly import Bot, build, client_for, journeys, open_store
from bot.by_http import PATH
from bot.clock import RealClock
from bot.demo.cast import CHANNEL, ELSEWHERE, people, standing_members
from bot.demo.stage import Stage
from bot.heartbeat import Heartbeat
from bot.importing import Home, books, set_up
from bot.manifest import manifest
from bot.month import Month, read_month
from bot.settings import Settings
from commands.panels.cycle import plan
from panel.cycle import CutOff
from sandbox.client import Workspace
from sandbox.server import Sandbox
from storage.tables import CutOffRow, Meeting, Panel
from storage.work import Store, UnitOfWork
from tests.furnished import lay

MONTHS = Path(__file__).parent.parent / "bot" / "demo" / "months"
MARROWSHIRE, FENHALLOW = MONTHS / "marrowshire-october.yaml", MONTHS / "fenhallow-april.yaml"
SEED = 2026  # every desk's workspace has the same people by the same ids, so their databases are alike


@dataclass
class Desk:
    """Everything a story needs: `stage` to act on, `work()` to look into the database, `bot` to tick by hand."""

    month: Month
    box: Sandbox
    workspace: Workspace
    bot: Bot
    store: Store
    stage: Stage
    users: dict[str, str]
    channel: str

    @contextmanager
    def work(self) -> Iterator[UnitOfWork]:
        """A transaction at the story's moment."""
        with self.store.work(self.bot.clock.now()) as work:
            yield work

    @property
    def panel(self) -> Panel:
        """The panel's row (for reading)."""
        with self.store.read(self.bot.clock.now()) as work:
            found = work.first(Panel)
            assert found is not None
            work.session.expunge_all()
            return found

    @property
    def meeting(self) -> Meeting:
        """The meeting of the month file."""
        with self.store.read(self.bot.clock.now()) as work:
            found = work.first(Meeting, Meeting.day == self.stage.panel_day)
            assert found is not None
            work.session.expunge_all()  # so that it can be read once this is over
            return found

    def go_to(self, moment: datetime) -> None:
        """Move the story on; returns when everything due has been sent."""
        told = self.workspace.advance(moment)
        assert told["done"], "the bot did not get done in time"

    def seen_by(self, initials: str) -> list[str]:
        """The texts of the direct messages this person has from the bot, oldest first."""
        return [message["text"] for message in self.workspace.messages(user=self.users[initials])]

    def shows(self, initials: str, words: str, seconds: float = 5.0) -> bool:
        """Whether the view this person has open comes to hold these words: what lies beneath a form that was saved
        is drawn anew a moment later."""
        until = time.monotonic() + seconds
        while words not in json.dumps(self.workspace.see(self.users[initials])["view"], ensure_ascii=False):
            if time.monotonic() > until:
                return False
            time.sleep(0.02)
        return True

    def newcomer(self, who: str) -> str:
        """Somebody the month file does not know, under these initials; where everybody is they may type too."""
        self.users[who] = self.workspace.add_user(who)
        self.elsewhere(self.users[who])
        return self.users[who]

    def elsewhere(self, user: str) -> str:
        """The channel that everybody is in, this person too: where somebody outside the panel types a command.

        The conversation with the bot has no message box, as the manifest says.
        """
        assert self.stage.elsewhere is not None
        self.workspace.change_channel(self.stage.elsewhere, add=[user])
        return self.stage.elsewhere

    def in_channel(self) -> list[str]:
        """The texts in the panel's channel, oldest first."""
        return [message["text"] for message in self.workspace.messages(self.channel)]


@contextmanager
def open_desk(folder: Path, story: str, month_file: Path = MARROWSHIRE, **settings: Any) -> Iterator[Desk]:
    """A desk whose story begins at `story` (ISO, with offset): set-up and books read in, two years planned."""
    month = read(month_file)
    with ExitStack() as last:
        box = last.enter_context(Sandbox(story=story, seed=SEED, manifest=manifest()))
        workspace = box.workspace()
        users = {who: workspace.add_user(who) for who in people(month)}
        channel = workspace.add_channel(CHANNEL, [users[who] for who in standing_members(month)])
        elsewhere = workspace.add_channel(ELSEWHERE, list(users.values()), private=False, bot=False)
        home = Home(box.team_id, channel=channel, users=users)
        furnish(folder / "convenor.db", month_file, story, home)
        bot = start_bot(box, folder / "convenor.db", last, **settings)
        stage = Stage(workspace, month, users, channel, cut_offs(bot, month), elsewhere)
        yield Desk(month, box, workspace, bot, bot.service.store, stage, users, channel)


@cache
def read(month_file: Path) -> Month:
    """The month, read once."""
    return read_month(month_file)


def start_bot(box: Sandbox, database: Path, last: ExitStack, **settings: Any) -> Bot:
    """The bot at work beside the sandbox; `last` ends both: the bot first, which then waits for its threads. Told that
    there is no token for a socket, and under which address it is reached, it has Slack send over HTTP."""
    told: dict[str, Any] = {
        "slack_bot_token": box.bot_token, "slack_app_token": box.app_token, "slack_api_url": box.api_url,
        "slack_signing_secret": box.signing_secret, "convenor_database_url": f"sqlite:///{database}",
        "convenor_clock_url": box.clock_url,
    }  # fmt: skip
    made = Settings(**told | settings)
    logger = log.configure(level=logging.CRITICAL)
    bot = build(made, open_store(made, logger), logger)
    for step in (bot.join, box.stop, bot.stop):
        last.callback(step)
    bot.start()
    if made.by_http:
        box.workspace().config(request_url=f"{made.convenor_public_url}{PATH}")
    else:
        assert box.workspace().connected()
    return bot


def furnish(database: Path, month_file: Path, story: str, home: Home) -> None:
    """A database with the month's set-up and books, as they are at `story`."""
    name = (month_file.read_text(encoding="utf-8"), story)
    lay(database, name, lambda store: _move_in(store, month_file, story, home))


def _move_in(store: Store, month_file: Path, story: str, home: Home) -> None:
    month, now = read(month_file), datetime.fromisoformat(story).astimezone(UTC)
    assert month.cycle is not None
    with store.work(now) as work:
        panel, unmatched = set_up(work, month, home)
        assert not unmatched
        books(work, panel, month, month.cycle.panel_date)
        plan(work, panel, now.date(), date(now.year + 1, 12, 31))
    _first_tick(store, now)


def _first_tick(store: Store, now: datetime) -> None:
    """What every bot here would begin with, done once."""
    unused = Settings(slack_bot_token="xoxb-none", slack_app_token="xapp-none", convenor_database_url="sqlite://")
    logger = log.configure(level=logging.CRITICAL)
    _, service = journeys(unused, store, logger, client_for(unused), RealClock())
    Heartbeat(store, RealClock(), service.wakes, logger, instance="").tick(now)


def cut_offs(bot: Bot, month: Month) -> dict[CutOff, datetime]:
    """The cut-offs of the month's meeting."""
    assert month.cycle is not None
    with bot.service.store.read(bot.clock.now()) as work:
        meeting = work.first(Meeting, Meeting.day == month.cycle.panel_date)
        assert meeting is not None
        return {CutOff(row.name): row.at for row in work.find(CutOffRow, CutOffRow.meeting_id == meeting.id)}
