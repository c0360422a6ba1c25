"""`convenor doctor` and `convenor health`: what is well, what is not, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import urlopen

from slack_sdk import WebClient
from sqlalchemy import Engine, inspect
from sqlmodel import Session, col, select

from bot.assembly import TICK_SECONDS, NotUsable, client_for
from bot.by_http import PATH
from bot.mail import server_of
from bot.manifest import OPTIONAL, REQUIRED
from bot.problems import FORESEEN, sentence
from bot.settings import HOW_TO_MEND, Settings
from bot.smtp import Never, NotTaken, look
from commands.kit.text import count
from commands.panels.channel import problem_with
from storage import migrate, rotation, vault
from storage.engine import make_engine
from storage.secrets import Cipher, new_key
from storage.tables import Beat, Lane, Panel, Seat
from storage.types import cipher_of
from storage.work import Store

NOTHING_THERE = 404
UNSIGNED = 401
MAIL_PROBLEMS = {
    "mail_server": "The mail server can't be reached, or did not answer as one does. Check CONVENOR_SMTP, "
    "CONVENOR_SMTP_TLS and the network.",
    "mail_tls": "The mail server's TLS is not to be trusted, or it has none. Check its name in CONVENOR_SMTP, its "
    "certificate, and whether CONVENOR_SMTP_TLS is starttls or implicit there.",
    "mail_login": "The mail server refuses the login. Check CONVENOR_SMTP_USER and the file that "
    "CONVENOR_SMTP_PASSWORD_FILE names.",
    "mail_sender": "The mail server takes no mail from CONVENOR_SMTP_FROM. Have the account allowed to send as it.",
}
FRESH = timedelta(seconds=3 * TICK_SECONDS + 10)


@dataclass(frozen=True)
class Finding:
    """One thing looked at. Not well: `text` says how to mend it."""

    well: bool
    text: str


def examine(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Look at Slack, the database and every panel; nothing is changed."""
    client = client_for(settings)
    yield from _guarded(_slack(settings, client))
    yield from _guarded(_pages(settings))
    yield from _guarded(_mail(settings))
    store = None
    try:
        store = look_only(settings)
        yield from _guarded(_database(store))
        yield from _guarded(_panels(store, client, now))
    except FORESEEN as problem:
        yield Finding(False, sentence(problem))
    finally:
        if store is not None:
            store.engine.dispose()


def missing_scopes(client: WebClient) -> list[str]:
    """The scopes that the bot can't do without and was not given. Raises SlackApiError for a bad token."""
    return sorted(REQUIRED - granted(client))


def granted(client: WebClient) -> set[str]:
    """The scopes that the bot's token has."""
    told = client.auth_test().headers.get("x-oauth-scopes") or ""
    return {scope.strip() for scope in told.split(",")}


def check_key(engine: Engine) -> None:
    """Open one value of every encrypted column. Raises WrongKey when the key is another one."""
    with Session(engine) as session:
        vault.check(session, cipher_of(engine.dialect))
        for _, column, _ in vault.secret_columns():
            session.exec(select(column).where(column.is_not(None)).limit(1)).first()


def check_writable(engine: Engine) -> None:
    """Write a row and take it back. Raises DBAPIError when the database is locked or can only be read."""
    with Session(engine) as session:
        session.merge(Lane(channel="", free_at=datetime.min.replace(tzinfo=UTC)))
        session.flush()
        session.rollback()


def check_there(settings: Settings) -> None:
    """Raises OSError when the database is a file that is not there: whoever only looks must not make one."""
    file = settings.database_file
    if file is not None and not file.is_file():
        raise FileNotFoundError(2, "there is no database yet; convenor migrate makes one", str(file))


def look_only(settings: Settings) -> Store:
    """The database as it is: not made, not migrated, no key file written. Raises OSError when it is not there."""
    check_there(settings)
    key, path = settings.convenor_key, settings.key_path
    if key is None and path is not None and path.exists():
        key = path.read_text().strip()
    try:
        cipher = Cipher(key or new_key())
    except ValueError:
        raise NotUsable(HOW_TO_MEND["convenor_key"]) from None
    return Store(make_engine(settings.convenor_database_url, cipher))


def unwell(settings: Settings, now: datetime) -> str | None:
    """Why the running bot is not well; None when its last tick is fresh and its socket to Slack is open."""
    store = look_only(settings)
    try:
        with store.read(now) as work:
            last = work.first(Beat, order=col(Beat.at).desc())
    finally:
        store.engine.dispose()
    if last is None:
        return "The bot has never run on this database."
    if now - last.at > FRESH:
        return f"The last good tick was at {last.at:%H:%M:%S} UTC on {last.at:%d %B}. Is the bot running?"
    return None if last.sockets else "The bot runs, but no socket to Slack is open."


def _guarded(findings: Iterator[Finding]) -> Iterator[Finding]:
    try:
        yield from findings
    except FORESEEN as problem:
        yield Finding(False, sentence(problem))


def _slack(settings: Settings, client: WebClient) -> Iterator[Finding]:
    has = granted(client)
    yield Finding(True, "Slack accepts the bot's token.")
    missing = sorted(REQUIRED - has)
    if missing:
        yield Finding(False, scopes_sentence(missing))
    else:
        yield Finding(True, "Every scope that is needed was granted.")
    if not has >= OPTIONAL:
        refused = ", ".join(sorted(OPTIONAL - has))
        yield Finding(True, f"Without {refused}: after a broken connection some messages may come twice.")
    if settings.by_http:
        yield _slacks_address(f"{settings.convenor_public_url}{PATH}")
    elif settings.slack_app_token is None:
        yield Finding(False, HOW_TO_MEND["slack_signing_secret"])
    else:
        client.apps_connections_open(app_token=settings.slack_app_token)
        yield Finding(True, "Slack accepts the app's token.")


def _slacks_address(address: str) -> Finding:
    """Whether the address that Slack sends to is the bot's own, which takes nothing that Slack did not sign."""
    if _look(address, b"") == UNSIGNED:
        return Finding(True, f"Slack can send to {address}, and nothing is taken there that is not signed.")
    return Finding(
        False, f"{address}, where Slack is to send, is not answered by the bot. Is it running, and does the proxy pass "
        "that path on, with the name that was asked for?"
    )  # fmt: skip


def _pages(settings: Settings) -> Iterator[Finding]:
    """Whether the bot answers under its public name, as a reader's browser would find it."""
    address = settings.convenor_public_url
    if address is None:
        return
    told = _look(f"{address}/pack/")
    if told == NOTHING_THERE:
        yield Finding(True, "The pages outside Slack answer under their public name.")
        return
    why = "nothing answers" if told is None else f"something else answers ({told})"
    yield Finding(
        False, f"Under {address} {why}. Is the bot running, and does the proxy pass {settings.convenor_listen} on, "
        "with the name that was asked for?"
    )  # fmt: skip


def _mail(settings: Settings) -> Iterator[Finding]:
    """Whether the mail server lets us in and takes our sender; nothing is sent."""
    server = server_of(settings)
    if server is None:
        yield Finding(True, "No e-mail is set up: what is owed to people outside Slack is told to the coordinator.")
        return
    try:
        look(server)
    except (NotTaken, Never) as problem:
        yield Finding(False, MAIL_PROBLEMS.get(str(problem), MAIL_PROBLEMS["mail_server"]))
        return
    yield Finding(True, "The mail server lets Convenor in and takes mail from its address.")


def _look(address: str, sent: bytes | None = None) -> int | None:
    """The status of what is asked for, or sent; None where nobody answers. What is ours says who it is."""
    try:
        with urlopen(address, sent, timeout=10) as answer:  # nosec B310  # http(s) only: settings see to it
            return int(answer.status)
    except HTTPError as told:
        return told.code if "noarchive" in told.headers.get("X-Robots-Tag", "") else 502
    except (OSError, HTTPException):
        return None


def scopes_sentence(missing: list[str]) -> str:
    """What to do about scopes that were not granted."""
    return f"The app lacks {', '.join(missing)}. Add them under OAuth & Permissions and install the app again."


def _database(store: Store) -> Iterator[Finding]:
    if not migrate.is_current(store.engine):
        yield Finding(False, "The database is not up to date. Run: convenor migrate")
        return
    check_key(store.engine)
    yield Finding(True, "The database is up to date and opens with this key.")
    yield from _keys(store)
    check_writable(store.engine)
    yield Finding(True, "The database can be written.")


def _keys(store: Store) -> Iterator[Finding]:
    """Whether a change of keys is under way."""
    cipher = cipher_of(store.engine.dialect)
    with Session(store.engine) as session:
        old = vault.superseded(session, cipher)
    still = rotation.left(store.engine, cipher) if old else 0
    if still:
        rows = count(still, "row still opens", "rows still open")
        yield Finding(False, f"{rows} with an old key alone. Run: convenor key rotate")
    elif len(cipher.fingerprints) > 1:
        yield Finding(False, "Nothing needs the old key any more. Take it out of CONVENOR_KEY, and start again.")


def _panels(store: Store, client: WebClient, now: datetime) -> Iterator[Finding]:
    if not inspect(store.engine).has_table("panel"):
        return
    with store.read(now) as work:
        panels = [(panel.id, panel.code, panel.channel_id) for panel in work.find(Panel)]
        empty = {
            key: len(work.find(Seat, Seat.panel_id == key, col(Seat.user_id).is_(None), col(Seat.until).is_(None)))
            for key, _, _ in panels
        }
    for key, code, channel in panels:
        if channel is None:
            yield Finding(False, f"Panel {code} has no channel. Choose one with /panel settings.")
            continue
        problem = problem_with(client, channel)
        text = problem().sentence if problem else "The bot is in its channel."
        yield Finding(problem is None, f"Panel {code}: {text}")
        if empty[key]:
            roles = count(empty[key], "role has", "roles have")
            yield Finding(False, f"Panel {code}: {roles} nobody in Slack. Pick them with /panel people.")
