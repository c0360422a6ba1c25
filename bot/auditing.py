"""The audit log on the command line: checked, and taken out as JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from bot import doctor as doctoring
from bot.moving import panel_of, said_purpose
from bot.problems import Unusable
from bot.settings import StorageSettings, load
from bot.shell import foreseen, now_of, opened, say
from commands.kit.taken import PRACTICE, watermark
from panel.codes.basis import TakenFor
from storage import audit
from storage.audit_check import as_told
from storage.audit_check import verify as check
from storage.tables import AuditRow, Case, Panel
from storage.work import Store, UnitOfWork

A_DAY = timedelta(days=1)
WHOM = "for whoever looks after the log"
Daily = typer.Option(formats=["%Y-%m-%d"], help="A day (UTC), itself included.")
Purpose = Annotated[
    TakenFor | None, typer.Option(help="What it is taken out for; asked for once the panel is live. It stands in each.")
]
app = typer.Typer(help="The audit log.", no_args_is_help=True)


@dataclass(frozen=True)
class Wanted:
    """Which rows: of a panel, of a case, of days (each None: all)."""

    panel: str | None = None
    case: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def told(anchors: Iterable[str]) -> dict[int, str]:
    """Anchors as they were told outside, by row. Raises Unusable for what can't be one."""
    try:
        return dict(as_told(anchor) for anchor in anchors)
    except ValueError as problem:
        raise Unusable(str(problem)) from None


def verify(work: UnitOfWork, told: Mapping[int, str]) -> tuple[str, bool]:
    """What is to be said of the log, and whether it holds."""
    flaw = check(work.session, told)
    if flaw is None:
        return "The audit log holds.", True
    return f"The audit log does not hold: row {flaw.seq} is {flaw.what}.", False


def export(store: Store, now: datetime, wanted: Wanted, out: Path, purpose: TakenFor | None = None) -> int:
    """Write the rows that are wanted, oldest first; how many. Raises Unusable when there is no such panel or case, or
    when a panel is live and nobody says what the rows are for."""
    with store.work(now) as work:
        conditions, mark, why = _conditions(work, wanted), *_marked(work, wanted, purpose)
        work.audit("exported", "audit", surface="command line", case_id=_case(work, wanted), purpose=why)
        out.parent.mkdir(parents=True, exist_ok=True)
        with out.open("w") as file:
            many = 0
            for line in audit.lines(work.session, *conditions):
                file.write(json.dumps({**line, "taken_out": mark}) + "\n")
                many += 1
    return many


def _marked(work: UnitOfWork, wanted: Wanted, purpose: TakenFor | None) -> tuple[str, str]:
    """What stands in every line, and the purpose: of all panels, the strictest asks for it."""
    panels = [panel_of(work, wanted.panel)] if wanted.panel else work.find(Panel)
    for panel in panels:
        said_purpose(panel, purpose)
    why = purpose.value if purpose else PRACTICE
    return "; ".join(watermark(panel, work.now, why, WHOM) for panel in panels), why


def _case(work: UnitOfWork, wanted: Wanted) -> int | None:
    if wanted.case is None:
        return None
    case = work.first(Case, Case.panel_id == panel_of(work, wanted.panel).id, Case.ref == wanted.case)
    if case is None:
        raise Unusable("There is no case with this reference.")
    return case.id


def _conditions(work: UnitOfWork, wanted: Wanted) -> list[Any]:
    found: list[Any] = [AuditRow.panel_id == panel_of(work, wanted.panel).id] if wanted.panel else []
    if wanted.case:
        found.append(AuditRow.case_id == _case(work, wanted))
    if wanted.since:
        found.append(AuditRow.at >= wanted.since.replace(tzinfo=UTC))
    if wanted.until:
        found.append(AuditRow.at < wanted.until.replace(tzinfo=UTC) + A_DAY)
    return found


@app.command("verify")
def verify_log(
    anchor: Annotated[
        list[str] | None,
        typer.Option(help="The end of the log as it was told outside (bot's log, a message): '1200:9f2c41d07b3a55e6'."),
    ] = None,
) -> None:
    """Check that no row of the audit log was altered, removed, put in or put elsewhere."""
    with foreseen():
        settings = load(StorageSettings)
        anchors = told(anchor or [])
        store = doctoring.look_only(settings)
        with store.read(now_of(settings)) as work:
            sentence, holds = verify(work, anchors)
    say(sentence)
    raise typer.Exit(0 if holds else 1)


@app.command("export")
def export_log(
    out: Annotated[Path, typer.Option(help="The file it is written to, a JSON object a line.")] = Path("audit.jsonl"),
    panel: Annotated[str | None, typer.Option(help="The panel's prefix; every panel's rows if left out.")] = None,
    case: Annotated[str | None, typer.Option(help="A case's reference.")] = None,
    since: Annotated[datetime | None, Daily] = None,
    until: Annotated[datetime | None, Daily] = None,
    purpose: Purpose = None,
) -> None:
    """Write the audit log to a file as JSON Lines, oldest first. That it was read stands in it, too."""
    with foreseen():
        doctoring.check_there(load(StorageSettings))
        settings, store, _ = opened(StorageSettings)
        many = export(store, now_of(settings), Wanted(panel, case, since, until), out, purpose)
    say(f"{many:,} rows of the audit log are in {out}.")
