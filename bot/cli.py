"""The command line: `convenor`. Exit codes: 0 fine, 1 refused or failed with a sentence, 2 wrong usage."""

from __future__ import annotations

import gc
import signal
import sys
import threading
import webbrowser
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml
from typer.core import TyperGroup

from bot import auditing, bringing, copies, keys, log, moving
from bot import doctor as doctoring
from bot import manifest as manifests
from bot.assembly import build, client_for
from bot.clock import RealClock
from bot.month import read_month
from bot.practice import empty_for_rehearsal, keep_apart
from bot.problems import Unusable
from bot.retaining import due_to_go
from bot.settings import RunningSettings, StorageSettings, has_screen, load
from bot.shell import console, foreseen, now_of, opened, say
from bot.tracker_file.template import TEMPLATE, write_template
from commands.actions.bring import Wishes


class MonthByDefault(TyperGroup):
    """`convenor import FILE` is `convenor import month FILE`."""

    default = "month"

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """The default word, where none is given."""
        asks = args[:1] in ([word] for word in (*self.commands, "--help"))
        return super().parse_args(ctx, args if asks else [self.default, *args])


app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
app.add_typer(auditing.app, name="audit")
app.add_typer(keys.app, name="key")
app.command("backup")(copies.make)
app.command("restore")(copies.bring_back)
importer = typer.Typer(cls=MonthByDefault, help="Bring in a month file, or a tracker of your own.")
app.add_typer(importer, name="import")
ENDINGS = (signal.SIGTERM, signal.SIGINT)
SWITCH_SECONDS = 0.0005
LOST = "The socket to Slack has been gone for five minutes. Convenor ends, so that its supervisor starts it anew."
LAST_MOMENTS = 1.0  # seconds for what is being sent when the bot is told to end


class Papers(StrEnum):
    """What can be written to a folder."""

    MEETING = "meeting"
    CALENDAR = "calendar"


class Part(StrEnum):
    """A part of a month file."""

    SET_UP = "set-up"
    BOOKS = "books"


def main() -> None:
    """The entry point."""
    app()


@app.command()
def run() -> None:
    """Run the bot until it is told to end; the database is brought up to date first."""
    with foreseen():
        settings, store, logger = opened(RunningSettings)
        client = client_for(settings)
        missing = doctoring.missing_scopes(client)
        if missing:
            raise Unusable(doctoring.scopes_sentence(missing))
        keep_apart(settings, store, client)
        bot = build(settings, store, logger)
        stop = threading.Event()
        before = [(number, signal.signal(number, lambda *_: stop.set())) for number in ENDINGS]
        try:
            bot.start()
            _settle_down()
            while not stop.wait(1.0) and not bot.lost.is_set():
                pass
        finally:
            for number, handler in before:
                signal.signal(number, handler)
    bot.stop()
    bot.join(LAST_MOMENTS)
    if bot.lost.is_set():
        with foreseen():
            raise Unusable(LOST)


def _settle_down() -> None:
    """For short answers: what start-up made is never garbage, and a thread that waits for another's turn at Python
    waits half a millisecond, not five."""
    gc.collect()
    gc.freeze()
    sys.setswitchinterval(SWITCH_SECONDS)


def open_browser(address: str) -> None:
    """Show the address in this machine's browser, if there is one to look at."""
    if has_screen():
        webbrowser.open(address)


@app.command()
def demo(
    month: Annotated[
        Path | None, typer.Option(help="A month file (docs/month-file.md); Marrowshire's October if left out.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Where the results go.")] = Path("demo-out"),
    keep: Annotated[
        Path | None, typer.Option(help="A folder for the bot's database and log; they go with the demo if left out.")
    ] = None,
    port: Annotated[int, typer.Option(help="Where the workspace opens on this machine; 0 takes a free port.")] = 0,
    browser: Annotated[bool, typer.Option(help="Open the workspace in a browser.")] = True,
    headless: Annotated[bool, typer.Option(help="Print the verdict alone, and end.")] = False,
) -> None:
    """Play a fictional month on a Slack of its own, and leave it open in the browser. With --headless it ends with 0
    only if the month came out as its file says."""
    from bot.demo.director import play, playable
    from bot.demo.rehearsal import rehearse
    from bot.demo.showing import Showing

    show = Showing(console, quiet=headless)
    if headless:
        raise typer.Exit(0 if play(month, out, show) else 1)
    told = playable(month, show)
    if told is None:
        raise typer.Exit(1)
    with foreseen():
        if keep is not None:
            empty_for_rehearsal(keep)
        right = rehearse(told, out, show, port=port, folder=keep, open_page=open_browser if browser else None)
    raise typer.Exit(0 if right else 1)


@app.command()
def migrate() -> None:
    """Make the database if there is none, and bring it up to date."""
    with foreseen():
        opened(StorageSettings)
    say("The database is up to date.")


@app.command()
def doctor() -> None:
    """Look at the settings, Slack, the database and every panel, and say what to mend."""
    with foreseen():
        settings = load()
        log.configure(settings.convenor_log)
        findings = list(doctoring.examine(settings, now_of(settings)))
    for finding in findings:
        say(f"{'well' if finding.well else 'MEND'}  {finding.text}")
    raise typer.Exit(0 if all(finding.well for finding in findings) else 1)


@app.command()
def health() -> None:
    """Exit with 0 only if the last tick was good and recent and the socket to Slack is open."""
    with foreseen():
        problem = doctoring.unwell(load(StorageSettings), RealClock().real())
    say(problem or "Well.")
    raise typer.Exit(1 if problem else 0)


@importer.command("month")
def import_month(
    file: Annotated[Path, typer.Argument(help="A month file.")],
    only: Annotated[Part | None, typer.Option(help="One part; both if left out.")] = None,
    channel: Annotated[str | None, typer.Option(help="The id of the panel's private channel.")] = None,
) -> None:
    """Read a panel's set-up and the books it moves in with from a month file."""
    with foreseen():
        month = read_month(file)
        settings, store, _ = opened()
        moved = moving.move_in(
            store, now_of(settings), client_for(settings), month, channel,
            set_up=only is not Part.BOOKS, books=only is not Part.SET_UP,
        )  # fmt: skip
    for line in moved:
        say(line)


@importer.command("tracker")
def import_tracker(
    file: Annotated[Path | None, typer.Argument(help="A spreadsheet: .xlsx or .csv.")] = None,
    panel: Annotated[str | None, typer.Option(help="The panel's prefix, where there are several.")] = None,
    sheet: Annotated[str | None, typer.Option(help="The sheet's name, where several look like a tracker.")] = None,
    map_: Annotated[
        list[str] | None, typer.Option("--map", help="What a column holds, by letter or heading: 'By when=due'.")
    ] = None,
    agency: Annotated[list[str] | None, typer.Option(help="What an agency is called there: 'Cops=POL'.")] = None,
    leave_out: Annotated[list[str] | None, typer.Option(help="The letter of a column never to be read.")] = None,
    type_: Annotated[
        str | None, typer.Option("--type", help="The catalogue's code for rows whose type is not recognised.")
    ] = None,
    suggested: Annotated[bool, typer.Option("--suggested", help="Take the types that the words suggest.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Add what can be added without asking.")] = False,
    template: Annotated[bool, typer.Option("--template", help="Write an empty tracker instead, to FILE.")] = False,
) -> None:
    """Bring in a tracker of actions: what it would become is shown first. A second run adds nothing twice."""
    with foreseen():
        if template:
            say(f"{write_template(file or TEMPLATE)} is there: fill it in, and bring it with convenor import tracker.")
            return
        if file is None:
            raise Unusable("Which file? Add its name, or --template for an empty one.")
        wishes = Wishes(suggested, type_.upper() if type_ else None, bringing.pairs(agency or []))
        told = bringing.Told(panel, sheet, bringing.columns(map_ or []), leave_out or (), wishes)
        settings, store, _ = opened(StorageSettings)
        done = bringing.bring(store, now_of(settings), file, told, say, partial(_agreed, yes))
    raise typer.Exit(0 if done else 1)


def _agreed(yes: bool, question: str, settled: bool) -> bool:
    """Whether the person says yes. `settled`: --yes answers this too."""
    if yes:
        return settled
    if sys.stdin.isatty():
        return typer.confirm(question)
    say(f"{question} Nothing was added: add --yes.")
    return False


@app.command()
def export(
    what: Annotated[
        Papers, typer.Argument(help="A meeting's papers, or a calendar file for each meeting ahead and of late.")
    ] = Papers.MEETING,
    meeting: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The meeting's day; the last one up to today if left out."),
    ] = None,
    panel: Annotated[str | None, typer.Option(help="The panel's prefix, where there are several.")] = None,
    out: Annotated[Path, typer.Option(help="Where the papers go.")] = Path("convenor-papers"),
    purpose: auditing.Purpose = None,
) -> None:
    """Write a meeting's agenda, tracker, minutes, summary, action sheets and audit log to a folder; or the dates."""
    with foreseen():
        doctoring.check_there(load(StorageSettings))
        settings, store, _ = opened(StorageSettings)
        now, day = now_of(settings), meeting.date() if meeting else None
        if what is Papers.CALENDAR:
            names = moving.take_calendar(store, now, panel, out)
        else:
            names = moving.take_away(store, now, panel, day, out, purpose)
    say(f"In {out}: {', '.join(names)}" if names else "No meeting is planned.")


@app.command()
def retention(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what is due, and change nothing.")] = False,
) -> None:
    """Say what has been kept for long enough, and why the rest is kept. It is erased from Slack: /panel records."""
    if not dry_run:
        say("Records are erased by whoever looks after them, with /panel records. Add --dry-run to see what is due.")
        raise typer.Exit(2)
    with foreseen():
        settings = load(StorageSettings)
        store = doctoring.look_only(settings)
        for line in due_to_go(store, now_of(settings)):
            say(line)


@app.command()
def manifest(
    check: Annotated[bool, typer.Option("--check", help="Compare a file with the code instead of printing.")] = False,
    file: Annotated[Path, typer.Option(help="The file to compare.")] = Path("manifest.yml"),
) -> None:
    """Print the app's manifest for Slack, or check that a file still says the same."""
    if not check:
        typer.echo(manifests.as_text(), nl=False)
        return
    with foreseen():
        same = yaml.safe_load(file.read_text()) == manifests.manifest()
    say(f"{file} says what the code needs." if same else f"{file} differs: print it anew with convenor manifest.")
    raise typer.Exit(0 if same else 1)
