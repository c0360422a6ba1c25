"""What somebody who watches a month sees: the story as it happens, then its papers."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.markdown import Markdown
from rich.table import Table

from bot.demo.stage import Scene
from bot.month import Month
from sandbox.client import Workspace

TRACKER_COLUMNS = ("action", "words", "owner", "due", "status")  # what fits a narrow terminal; the file has all
DATE_TOKEN = re.compile(r"<!date\^[^|>]*\|([^>]*)>")


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
        info = workspace.info()
        self._names = {user: name for name, user in info["users"].items()}
        self._say(f"[bold]{month.panel.name}[/]: a month, played. All of it is invented; nobody in it is real.")

    def scene(self, scene: Scene) -> None:
        """Somebody does something."""
        self._date(scene.at)
        told = scene.tells.removeprefix(f"{scene.who} ")
        self._say(f"  {self._clock(scene.at)}  [bold]{scene.who}[/] {told}")

    def caught_up(self, moment: datetime) -> None:
        """What the bot has sent since: each text once, with how many people got it."""
        if self.quiet or self._workspace is None:
            return
        sent: Counter[tuple[str, str]] = Counter()
        for call in self._workspace.calls(self._call):
            self._call = max(self._call, call["n"])
            if call["kind"] == "call" and call["method"] == "chat.postMessage" and call["answer"].get("ok"):
                to = call["args"]["channel"]
                sent["the channel" if to not in self._names else "people", _first_line(call["args"]["text"])] += 1
        for (to, line), times in sent.items():
            self._date(moment)
            whom = to if to == "the channel" else f"{times} people" if times > 1 else "one person"
            self._say(f"  {self._clock(moment)}  [cyan]Convenor to {whom}:[/] {line}")

    def end(self) -> None:
        """The curtain falls."""
        self._say("")

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
        verdict = "Everything came out as the file says." if not wrong else f"{len(wrong)} things differ from the file."
        self.console.print(f"{verdict} In {out}: {names}", markup=False)

    def _say(self, line: str) -> None:
        if not self.quiet:
            self.console.print(line, highlight=False)

    def _date(self, moment: datetime) -> None:
        day = f"{moment.astimezone(self._zone):%A %d %B %Y}"
        if day != self._day:
            self._day = day
            self._say(f"[bold]{day}[/]")

    def _clock(self, moment: datetime) -> str:
        return f"{moment.astimezone(self._zone):%H:%M}"


def _first_line(text: str) -> str:
    """A message's first line as Slack would show it: its date tokens in words, its marks for bold gone."""
    shown = DATE_TOKEN.sub(r"\1", text.split("\n", 1)[0]).replace("*", "")
    return shown.replace("[", "\\[")


def _tracker(path: Path) -> Table:
    table = Table(title="Actions")
    with path.open(newline="") as file:
        rows: list[dict[str, Any]] = list(csv.DictReader(file))
    for column in TRACKER_COLUMNS:
        table.add_column(column.replace("_", " ").capitalize(), overflow="fold")
    for row in rows:
        table.add_row(*(row.get(column, "") for column in TRACKER_COLUMNS))
    return table
