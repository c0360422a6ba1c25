"""What can be foreseen to go wrong around the bot, in sentences that say how to mend it."""

from __future__ import annotations

from http.client import HTTPException

from slack_sdk.errors import SlackApiError, SlackClientError
from sqlalchemy.exc import DBAPIError

from bot.assembly import NotUsable
from bot.importing import AlreadyThere
from bot.month import MonthFileError
from bot.numbers import NotForThisPanel
from bot.pages.server import NoSocket
from bot.settings import SettingsProblem
from bot.tracker_file import TrackerFileError
from storage.sealed_file import NotABackup
from storage.secrets import WrongKey


class Unusable(Exception):
    """Something the command needs is not there; the message says what."""


SAYS_IT_ITSELF = (
    SettingsProblem,
    NotUsable,
    MonthFileError,
    NotForThisPanel,
    NoSocket,
    NotABackup,
    TrackerFileError,
    Unusable,
)
FORESEEN = (
    *SAYS_IT_ITSELF, AlreadyThere, WrongKey, DBAPIError, SlackApiError, SlackClientError, HTTPException, OSError,
)  # fmt: skip

BAD_TOKEN = (
    "Slack does not accept the token ({error}). Copy it again: SLACK_BOT_TOKEN from OAuth & Permissions, "
    "SLACK_APP_TOKEN from Basic Information."
)
OF_SLACK = {
    "invalid_auth": BAD_TOKEN,
    "not_authed": BAD_TOKEN,
    "token_revoked": BAD_TOKEN,
    "token_expired": BAD_TOKEN,
    "account_inactive": BAD_TOKEN,
    "not_allowed_token_type": BAD_TOKEN,
    "missing_scope": "The app lacks the scope {needed}. Add it under OAuth & Permissions and install the app again.",
}
OF_DATABASE = {
    "locked": "The database is locked: another program holds it. End that one, then try again.",
    "readonly": "The database can only be read. Give the account that runs Convenor the right to write the file "
    "and its folder.",
    "read-only": "The database can only be read. Give the account that runs Convenor the right to write it.",
    "unable to open": "The database can't be opened. Check CONVENOR_DATABASE_URL, and that its folder is there.",
    "not a database": "The file that CONVENOR_DATABASE_URL names is not a database, or is damaged.",
    "no such table": "The database is not up to date. Run: convenor migrate",
}


def sentence(problem: BaseException) -> str:
    """What a person reads instead of a traceback. It holds nothing that anybody typed."""
    if isinstance(problem, SAYS_IT_ITSELF):
        return str(problem)
    if isinstance(problem, WrongKey):
        return str(problem)
    if isinstance(problem, AlreadyThere):
        return " ".join((type(problem).__doc__ or "").split())
    if isinstance(problem, SlackApiError):
        return _of_slack(problem)
    if isinstance(problem, DBAPIError):
        return _of_database(problem)
    if isinstance(problem, SlackClientError | HTTPException):
        return "Slack can't be reached, or did not answer as Slack does. Check the network and SLACK_API_URL."
    return _of_system(problem)


def _of_slack(problem: SlackApiError) -> str:
    response = problem.response
    error = str(response.get("error") or "no answer that could be read")
    return OF_SLACK.get(error, "Slack refused: {error}.").format(error=error, needed=response.get("needed"))


def _of_database(problem: DBAPIError) -> str:
    told = str(problem.orig)
    for part, mend in OF_DATABASE.items():
        if part in told:
            return mend
    return "The database can't be used. Check CONVENOR_DATABASE_URL, and that its server answers."


def _of_system(problem: BaseException) -> str:
    file = getattr(problem, "filename", None)
    why = getattr(problem, "strerror", None) or getattr(problem, "reason", None) or type(problem).__name__
    if file is None:
        return f"Slack can't be reached ({why}). Check the network and SLACK_API_URL."
    return f"{file}: {why}."
