"""Plays a month: people act by the scenes of each journey, the clock moves from one moment to the next."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from datetime import date, datetime, time, timedelta
from pathlib import Path

from bot.assembly import open_store
from bot.demo.cast import CHANNEL, people, standing_members
from bot.demo.process import BotProcess
from bot.demo.scenes import all_scenes
from bot.demo.showing import Showing
from bot.demo.stage import Misplayed, Scene, Stage
from bot.demo.verdict import compare
from bot.export import export
from bot.importing import Home, books, set_up
from bot.log import configure
from bot.month import Month, MonthFileError, calendar_of, differences, read_month, settings_of, sittings
from bot.settings import Settings
from panel.calendar import instant
from panel.cycle import CutOff, cut_offs
from sandbox.server import Sandbox
from storage.secrets import new_key
from storage.tables import Meeting, Panel

DEFAULT = Path(__file__).parent / "months" / "marrowshire-october.yaml"
DIGEST = time(9)
CONNECTS_WITHIN = 30  # seconds
CLOSE_WATCH = timedelta(days=3)  # from panel day on, hour by hour: immediate actions have hours


def play(
    month_file: Path | None, out: Path, show: Showing, disturb: Callable[[BotProcess], None] | None = None
) -> bool:
    """Play the month and write its papers to `out`; True when all came out as the file says.

    `disturb` is given the running bot before the story begins (tests end it at random moments).
    """
    try:
        month = read_month(month_file or DEFAULT)
    except (MonthFileError, OSError) as problem:
        show.refusal(str(problem))
        return False
    if not month.playable:
        show.refusal("Only an invented month can be played: demo.fictional must be true, and cycle.panel_date given.")
        return False
    with ExitStack() as last:
        folder = Path(last.enter_context(tempfile.TemporaryDirectory(prefix="convenor-")))
        theatre = Theatre(month, folder, last)
        if disturb is not None:
            disturb(theatre.bot)
        try:
            theatre.play(show)
        except Misplayed as problem:
            show.refusal(f"The story stopped: {problem}")
            return False
        return theatre.take_away(out, show)


class Theatre:
    """One month on its stage: the workspace, the bot beside it, and the database it keeps."""

    def __init__(self, month: Month, folder: Path, last: ExitStack) -> None:
        self.month = month
        assert month.demo is not None
        around = sittings(month, month.demo.as_of)
        self.day = around.this.day
        self.cut_offs = _cut_offs(month, self.day)
        self.next_cut_offs = _cut_offs(month, around.next.day)
        self.box = last.enter_context(Sandbox(story=self.begin().isoformat()))
        self.workspace = self.box.workspace()
        info = self.workspace.info()
        self.settings = Settings(
            slack_bot_token=info["bot_token"], slack_app_token=info["app_token"], slack_api_url=info["api_url"],
            convenor_database_url=f"sqlite:///{folder}/convenor.db", convenor_key=new_key(),
            convenor_clock_url=info["clock_url"],
        )  # fmt: skip
        self.store = open_store(self.settings, configure())
        last.callback(self.store.engine.dispose)
        self.stage = self._furnish(info["team_id"])
        self.bot = BotProcess(_as_environment(self.settings), folder / "bot.log")
        last.callback(self.bot.stop)
        self.bot.start()

    def play(self, show: Showing) -> None:
        """From the first moment to the day on which the month is looked at."""
        self._connected()
        scenes = [scene for scenes_of in all_scenes() for scene in scenes_of(self.stage)]
        scenes.sort(key=lambda scene: (scene.at, scene.order))
        moments = sorted({*self._quiet_moments(), *(scene.at for scene in scenes)})
        show.begin(self.month, len(moments), self.workspace)
        for moment in moments:
            self._go_to(moment, show)
            for scene in (scene for scene in scenes if scene.at == moment):
                self._act(scene, show)
        show.end()

    def take_away(self, out: Path, show: Showing) -> bool:
        """Write the papers, show them, and say what differs from the file."""
        out.mkdir(parents=True, exist_ok=True)
        with self.store.work(self.as_of()) as work:
            panel = work.first(Panel)
            meeting = work.first(Meeting, Meeting.day == self.stage.panel_day, Meeting.kind == "regular")
            assert panel is not None and meeting is not None
            summary = export(work, panel, meeting, out)
            wrong = [f"cycle.{d.key} is {d.given}, the rules give {d.computed}" for d in differences(self.month)]
            wrong += compare(work, panel, meeting, self.month, summary)
        show.papers(out, wrong)
        return not wrong

    # -- the pieces

    def _furnish(self, team: str) -> Stage:
        month = self.month
        users = {who: self.workspace.add_user(who) for who in people(month)}
        channel = self.workspace.add_channel(CHANNEL, [users[who] for who in standing_members(month)])
        with self.store.work(self.begin()) as work:
            panel, _ = set_up(work, month, Home(team, channel=channel, users=users))
            books(work, panel, month, self.day)
        return Stage(self.workspace, month, users, channel, self.cut_offs)

    def begin(self) -> datetime:
        """08:00 on the day before the call for referrals."""
        zone = self.month.panel.timezone
        first = self.cut_offs[CutOff.CALL_FOR_REFERRALS].astimezone(zone).date()
        return instant(first - timedelta(days=1), time(8), zone)

    def as_of(self) -> datetime:
        """The moment at which the month is looked at."""
        assert self.month.demo is not None
        return instant(self.month.demo.as_of, DIGEST, self.month.panel.timezone)

    def _quiet_moments(self) -> Iterable[datetime]:
        """The moments at which the clock strikes though nobody acts: cut-offs, mornings, the hours after the panel."""
        end, zone = self.as_of(), self.month.panel.timezone
        first, panel_start = self.begin(), self.cut_offs[CutOff.PANEL]
        days = [first.date() + timedelta(days=n) for n in range((end.date() - first.date()).days + 1)]
        mornings = [instant(day, DIGEST, zone) for day in days]
        hours = [panel_start + timedelta(hours=n) for n in range(int(CLOSE_WATCH / timedelta(hours=1)))]
        cut_offs = (*self.cut_offs.values(), *self.next_cut_offs.values())
        return [at for at in (*mornings, *cut_offs, *hours, end) if first <= at <= end]

    def _connected(self) -> None:
        """Wait for the bot's socket. Raises Misplayed at once when the bot has ended, with what its log says last."""
        for _ in range(CONNECTS_WITHIN):
            if self.workspace.connected(wait=1):
                return
            self._still_there()
        raise Misplayed(f"the bot did not connect in {CONNECTS_WITHIN} seconds. {self._log_says()}")

    def _still_there(self) -> None:
        if self.bot.fell:
            raise Misplayed(f"the bot has ended. {self._log_says()}")

    def _log_says(self) -> str:
        return f"Its log ends with: {self.bot.last_line}" if self.bot.last_line else "Its log is empty."

    def _go_to(self, moment: datetime, show: Showing) -> None:
        self._still_there()
        told = self.workspace.advance(moment, wait=60)
        if not told["done"]:
            self._still_there()
            raise Misplayed(f"the bot did not get done with {moment}. {self._log_says()}")
        show.caught_up(moment)

    def _act(self, scene: Scene, show: Showing) -> None:
        show.scene(scene)
        scene.act(self.stage)
        self.stage.settle()
        show.caught_up(scene.at)


def _cut_offs(month: Month, day: date) -> dict[CutOff, datetime]:
    panel = month.panel
    return cut_offs(day, panel.cadence.time, panel.timezone, calendar_of(month, day), settings_of(month).offsets)


def _as_environment(settings: Settings) -> Mapping[str, str]:
    return {name.upper(): str(value) for name, value in settings.model_dump().items() if value is not None}
