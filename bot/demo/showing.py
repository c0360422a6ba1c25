"""What somebody who watches a month sees: the story as it happens, then its papers."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.markdown import Markdown
from rich.table import Table
from rich.text import Text

from bot.demo.sent import posted, together
from bot.demo.stage import Scene
from bot.month import Month
from commands.kit.stamp import FICTIONAL
from commands.kit.text import count
from sandbox.client import Workspace

TRACKER_COLUMNS = ("action", "words", "owner", "due", "status")  # what fits a narrow terminal; the file has all
WHOLE = ("action", "owner", "due")  # columns that are never broken
CLOCK_WIDTH = 9


class Showing:
    """Prints to a console; `quiet` leaves only the verdict."""

    def __init__(self, console: Console, *, quiet: bool = False) -> None:
        self.console = console
        self.quiet = quiet
        self._zone = ZoneInfo("UTC")
        self._day = ""
        self._call = 0
        self._workspace: Workspace | None = None
        self._names: dict[str, str] = {}

    def begin(self, month: Month, moments: int, workspace: Workspace) -> None:
        """The curtain rises."""
        self._zone = month.panel.timezone
        self._workspace = workspace
        self.meet()
        self._say(f"[bold]{month.panel.name}[/]: a month, played. All of it is invented.")
        self._say(f'Every message in Slack is stamped "{FICTIONAL}"; the stamp is left out here.')

    def meet(self) -> None:
        """Who is who: others, once the month has begun again."""
        if self._workspace is not None:
            self._names = {user: name for name, user in self._workspace.info()["users"].items()}

    def scene(self, scene: Scene) -> None:
        """Somebody does something."""
        self._date(scene.at)
        told = scene.tells.removeprefix(f"{scene.who} ")
        self._line(self._clock(scene.at), Text.assemble((scene.who, "bold"), f" {told}"))

    def caught_up(self, moment: datetime) -> None:
        """What the bot has sent since: messages that begin alike once, with who got them."""
        if self.quiet or self._workspace is None:
            return
        calls = self._workspace.calls(self._call)
        self._call = max([self._call, *(call["n"] for call in calls)])
        for sent in together(posted(calls, self._names)):
            self._date(moment)
            told = Text.assemble((f"Convenor to {sent.whom}: ", "cyan"), sent.first)
            self._line(self._clock(moment), told)
            for line in sent.rest:
                self._line("", Text(line), deeper=2)

    def end(self) -> None:
        """The curtain falls."""
        self._say("")

    def opened(self, address: str) -> None:
        """The workspace can be looked at."""
        self._say(f"The practice workspace is open, on this machine only: {address}")

    def stays(self, address: str) -> None:
        """The month is over, the workspace stays."""
        self._say(f"[bold]Look round at {address}[/] as anybody on the panel. Ctrl-C ends it.")

    def closed(self) -> None:
        """The workspace is closed."""
        self._say("The practice workspace is closed.")

    def refusal(self, sentence: str) -> None:
        """Why it can't be played."""
        self.console.print(sentence, markup=False)

    def papers(self, out: Path, wrong: Sequence[str]) -> None:
        """The agenda and the tracker, where everything is, and what differs from the file."""
        if not self.quiet:
            self.console.print(Markdown((out / "agenda.md").read_text()))
            self.console.print(_tracker(out / "tracker.csv"))
        for line in wrong:
            self.console.print(f"Differs from the file: {line}", markup=False)
        names = " ".join(sorted(path.name for path in out.iterdir() if path.is_file()))
        differ = f"{count(len(wrong), 'thing differs', 'things differ')} from the file."
        verdict = differ if wrong else "Everything came out as the file says."
        self.console.print(f"{verdict} In {out}: {names}", markup=False)

    def _say(self, line: str) -> None:
        if not self.quiet:
            self.console.print(line, highlight=False)

    def _line(self, clock: str, told: Text, deeper: int = 0) -> None:
        """A line of the story; what does not fit goes on beneath its words, not beneath its clock."""
        if self.quiet:
            return
        row = Table.grid()
        row.add_column(width=CLOCK_WIDTH + deeper)
        row.add_column(overflow="fold")
        row.add_row(f"  {clock}", told)
        self.console.print(row, soft_wrap=False)

    def _date(self, moment: datetime) -> None:
        day = f"{moment.astimezone(self._zone):%A %-d %B %Y}"
        if day != self._day:
            self._day = day
            self._say(f"[bold]{day}[/]")

    def _clock(self, moment: datetime) -> str:
        return f"{moment.astimezone(self._zone):%H:%M}"


def _tracker(path: Path) -> Table:
    table = Table(title="Actions")
    with path.open(newline="") as file:
        rows: list[dict[str, Any]] = list(csv.DictReader(file))
    for column in TRACKER_COLUMNS:
        table.add_column(column.capitalize(), overflow="fold", no_wrap=column in WHOLE)
    for row in rows:
        shown = {**row, "status": f"{row['status']}, overdue" if row["overdue"] == "yes" else row["status"]}
        table.add_row(*(Text(shown[column]) for column in TRACKER_COLUMNS))
    return table
