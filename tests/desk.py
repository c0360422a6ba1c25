"""A panel at work: a sandbox workspace, the bot beside it on a story clock, and the set-up of a month file."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bot import log
from bot.assembly import Bot, build, open_store
from bot.demo.cast import CHANNEL, people, standing_members
from bot.demo.stage import Stage
from bot.importing import Home, books, set_up
from bot.month import Month, read_month
from bot.settings import Settings
from commands.panels.cycle import plan
from panel.cycle import CutOff
from sandbox.client import Workspace
from sandbox.server import Sandbox
from storage.tables import CutOffRow, Meeting, Panel
from storage.work import Store, UnitOfWork

MONTHS = Path(__file__).parent.parent / "bot" / "demo" / "months"
MARROWSHIRE = MONTHS / "marrowshire-october.yaml"


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

    def in_channel(self) -> list[str]:
        """The texts in the panel's channel, oldest first."""
        return [message["text"] for message in self.workspace.messages(self.channel)]


@contextmanager
def open_desk(folder: Path, story: str, month_file: Path = MARROWSHIRE, **settings: Any) -> Iterator[Desk]:
    """A desk whose story begins at `story` (ISO, with offset): set-up and books read in, two years planned."""
    month = read_month(month_file)
    with ExitStack() as last, Sandbox(story=story) as box:
        workspace = box.workspace()
        users = {who: workspace.add_user(who) for who in people(month)}
        channel = workspace.add_channel(CHANNEL, [users[who] for who in standing_members(month)])
        info = workspace.info()
        made = Settings(
            slack_bot_token=info["bot_token"], slack_app_token=info["app_token"], slack_api_url=info["api_url"],
            convenor_database_url=f"sqlite:///{folder}/convenor.db", convenor_clock_url=info["clock_url"], **settings,
        )  # fmt: skip
        logger = log.configure(level=logging.CRITICAL)
        store = open_store(made, logger)
        bot = build(made, store, logger)
        with store.work(bot.clock.now()) as work:
            panel, unmatched = set_up(work, month, Home(info["team_id"], channel=channel, users=users))
            assert not unmatched
            assert month.cycle is not None
            books(work, panel, month, month.cycle.panel_date)
            plan(work, panel, bot.clock.now().date(), date(bot.clock.now().year + 1, 12, 31))
        last.callback(bot.join)
        last.callback(bot.stop)  # after the sandbox has gone: Slack's client takes seconds to close an open socket
        bot.start()
        workspace.connected()
        with store.read(bot.clock.now()) as work:
            meeting = work.first(Meeting, Meeting.day == month.cycle.panel_date)
            assert meeting is not None
            rows = work.find(CutOffRow, CutOffRow.meeting_id == meeting.id)
            cut_offs = {CutOff(row.name): row.at for row in rows}
        stage = Stage(workspace, month, users, channel, cut_offs)
        yield Desk(month, box, workspace, bot, store, stage, users, channel)
