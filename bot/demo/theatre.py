"""One month on its stage: the workspace, the bot beside it, the database it keeps, and when what is played."""

from __future__ import annotations

import socket
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlmodel import SQLModel

from bot.assembly import open_store
from bot.demo.cast import CHANNEL, ELSEWHERE, people, standing_members, titles, visitors
from bot.demo.process import BotProcess
from bot.demo.scenes import all_scenes
from bot.demo.showing import Showing
from bot.demo.stage import Misplayed, Scene, Stage
from bot.demo.verdict import compare
from bot.export import export
from bot.importing import Home, books, set_up
from bot.log import configure
from bot.manifest import manifest
from bot.month import Month, calendar_of, differences, settings_of, sittings
from bot.settings import Settings
from panel.calendar import instant
from panel.codes import Role
from panel.cycle import CutOff, cut_offs
from sandbox.server import Sandbox
from storage.secrets import new_key
from storage.tables import Meeting, Panel, Seat
from storage.work import UnitOfWork

DIGEST = time(9)
CONNECTS_WITHIN = 30  # seconds
GETS_DONE_WITHIN, LOOKS_AFTER = 60, 2  # seconds
CLOSE_WATCH = timedelta(days=3)  # from panel day on, hour by hour: immediate actions have hours
WAKING = [table.c.wake_at for table in SQLModel.metadata.tables.values() if "wake_at" in table.c]


class Theatre:
    """Furnished and running when made; `last` closes what it opened. `box`: a sandbox that is open already and begins
    anew. `with_visitors`: somebody will look round: an observer and a stranger are in the workspace too, and papers
    open outside Slack."""

    def __init__(
        self, month: Month, folder: Path, last: ExitStack, *, box: Sandbox | None = None, with_visitors: bool = False
    ) -> None:
        self.month = month
        assert month.demo is not None
        around = sittings(month, month.demo.as_of)
        self.day = around.this.day
        self.cut_offs = _cut_offs(month, self.day)
        self.next_cut_offs = _cut_offs(month, around.next.day)
        self.box = box or last.enter_context(Sandbox(story=self.begin().isoformat()))
        self.workspace = self.box.workspace()
        if box is not None:
            self.workspace.reset()
        self.workspace.config(manifest=manifest(), story=self.begin().isoformat())
        info = self.workspace.info()
        self.settings = Settings(
            slack_bot_token=info["bot_token"], slack_app_token=info["app_token"], slack_api_url=info["api_url"],
            convenor_database_url=f"sqlite:///{folder}/convenor.db", convenor_key=new_key(),
            convenor_clock_url=info["clock_url"], **(_with_pages() if with_visitors else {}),
        )  # fmt: skip
        self.store = open_store(self.settings, configure())
        last.callback(self.store.engine.dispose)
        self.stage = self._furnish(info["team_id"], visitors(month) if with_visitors else {})
        self.bot = BotProcess(_as_environment(self.settings), folder / "bot.log")
        last.callback(self.bot.stop)
        self.bot.start()

    # -- playing

    def play(self, show: Showing) -> None:
        """From the first moment to the day on which the month is looked at."""
        self.connected()
        scenes = self.scenes()
        moments = sorted({*self.quiet_moments(), *(scene.at for scene in scenes)})
        show.begin(self.month, len(moments), self.workspace)
        for moment in moments:
            self.go_to(moment, show)
            for scene in (scene for scene in scenes if scene.at == moment):
                self.act(scene, show)
        show.end()

    def scenes(self) -> list[Scene]:
        """Everything that somebody does, in the order of the month."""
        found = [scene for scenes_of in all_scenes() for scene in scenes_of(self.stage)]
        return sorted(found, key=lambda scene: (scene.at, scene.order))

    def go_to(self, moment: datetime, show: Showing) -> None:
        """The clock strikes. Raises Misplayed if the bot is not there or does not get done."""
        self._still_there()
        self._strike(moment, moment)
        show.caught_up(moment)

    def act(self, scene: Scene, show: Showing) -> None:
        """Somebody does something. Raises Misplayed."""
        show.scene(scene)
        scene.act(self.stage)
        self._strike(None, scene.at)
        show.caught_up(scene.at)

    def connected(self) -> None:
        """Wait for the bot's socket. Raises Misplayed at once when the bot has ended, with what its log says last."""
        for _ in range(CONNECTS_WITHIN):
            if self.workspace.connected(wait=1):
                return
            self._still_there()
        raise Misplayed(f"the bot did not connect in {CONNECTS_WITHIN} seconds. {self._log_says()}")

    # -- when

    def begin(self) -> datetime:
        """08:00 on the day before the call for referrals."""
        zone = self.month.panel.timezone
        first = self.cut_offs[CutOff.CALL_FOR_REFERRALS].astimezone(zone).date()
        return instant(first - timedelta(days=1), time(8), zone)

    def as_of(self) -> datetime:
        """The moment at which the month is looked at."""
        assert self.month.demo is not None
        return instant(self.month.demo.as_of, DIGEST, self.month.panel.timezone)

    def quiet_moments(self) -> Iterable[datetime]:
        """The moments at which the clock strikes though nobody acts: cut-offs, mornings, the hours after the panel."""
        end, zone = self.as_of(), self.month.panel.timezone
        first, panel_start = self.begin(), self.cut_offs[CutOff.PANEL]
        days = [first.date() + timedelta(days=n) for n in range((end.date() - first.date()).days + 1)]
        mornings = [instant(day, DIGEST, zone) for day in days]
        hours = [panel_start + timedelta(hours=n) for n in range(int(CLOSE_WATCH / timedelta(hours=1)))]
        cut_offs = (*self.cut_offs.values(), *self.next_cut_offs.values())
        return [at for at in (*mornings, *cut_offs, *hours, end) if first <= at <= end]

    def next_waking(self, now: datetime) -> datetime | None:
        """The next moment at which the bot itself has something to look at."""
        with self.store.read(now) as work:
            found = [work.session.scalar(select(func.min(wake)).where(wake > now)) for wake in WAKING]
        return min((at for at in found if at is not None), default=None)

    # -- what is left of it

    def take_away(self, out: Path, show: Showing) -> bool:
        """Write the papers, show them, and say what differs from the file."""
        with self._meeting(self.as_of()) as (work, panel, meeting):
            summary = export(work, panel, meeting, out)
            wrong = [f"cycle.{d.key} is {d.given}, the rules give {d.computed}" for d in differences(self.month)]
            wrong += compare(work, panel, meeting, self.month, summary)
        show.papers(out, wrong)
        return not wrong

    def write_papers(self, now: datetime, out: Path) -> None:
        """The papers as things stand, whatever the file says."""
        with self._meeting(now) as (work, panel, meeting):
            export(work, panel, meeting, out)

    # -- the pieces

    def _furnish(self, team: str, guests: Mapping[str, Role | None]) -> Stage:
        month = self.month
        titled = titles(month)
        users = {who: self.workspace.add_user(who, title=titled.get(who, "")) for who in (*people(month), *guests)}
        channel = self.workspace.add_channel(CHANNEL, [users[who] for who in standing_members(month)])
        elsewhere = self.workspace.add_channel(ELSEWHERE, list(users.values()), private=False, bot=False)
        with self.store.work(self.begin()) as work:
            panel, _ = set_up(work, month, Home(team, channel=channel, users=users))
            books(work, panel, month, self.day)
            for who, role in guests.items():
                if role is not None and panel.id is not None:
                    work.add(
                        Seat(panel_id=panel.id, role=role, team_id=team, user_id=users[who], label=who, since=work.now)
                    )
        return Stage(self.workspace, month, users, channel, self.cut_offs, elsewhere)

    def _strike(self, to: datetime | None, moment: datetime) -> None:
        """Move the clock, and wait until the bot got done with it or is seen to have ended. Raises Misplayed."""
        for _ in range(GETS_DONE_WITHIN // LOOKS_AFTER):
            if self.workspace.advance(to, wait=LOOKS_AFTER)["done"]:
                return
            self._still_there()
        raise Misplayed(f"the bot did not get done with {moment}. {self._log_says()}")

    @contextmanager
    def _meeting(self, now: datetime) -> Iterator[tuple[UnitOfWork, Panel, Meeting]]:
        with self.store.work(now) as work:
            panel = work.first(Panel)
            meeting = work.first(Meeting, Meeting.day == self.stage.panel_day, Meeting.kind == "regular")
            if panel is None or meeting is None:
                raise Misplayed("the meeting of the month is not there")
            yield work, panel, meeting

    def _still_there(self) -> None:
        if self.bot.fell:
            raise Misplayed(f"the bot has ended. {self._log_says()}")

    def _log_says(self) -> str:
        return f"Its log ends with: {self.bot.last_line}" if self.bot.last_line else "Its log is empty."


def _cut_offs(month: Month, day: date) -> dict[CutOff, datetime]:
    panel = month.panel
    return cut_offs(day, panel.cadence.time, panel.timezone, calendar_of(month, day), settings_of(month).offsets)


def _with_pages() -> dict[str, Any]:
    """Papers and calendars, on a port of this machine that is free now."""
    with socket.create_server(("127.0.0.1", 0)) as tried:
        listen = f"127.0.0.1:{tried.getsockname()[1]}"
    return {"convenor_public_url": f"http://{listen}", "convenor_listen": listen}


def _as_environment(settings: Settings) -> Mapping[str, str]:
    return {name.upper(): str(value) for name, value in settings.model_dump().items() if value is not None}
