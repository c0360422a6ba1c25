"""Settings: environment variables, read once. The only place that looks at the environment."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from panel.mail import wrong_address
from storage.secrets import Cipher

HOW_TO_MEND = {
    "slack_bot_token": "SLACK_BOT_TOKEN is missing or does not start with xoxb-. Slack shows it under "
    "OAuth & Permissions once the app is installed in the workspace.",
    "slack_app_token": "SLACK_APP_TOKEN is missing or does not start with xapp-. Make one under Basic Information, "
    "App-Level Tokens, with the scope connections:write.",
    "slack_signing_secret": "SLACK_APP_TOKEN is missing: "  # pragma: allowlist secret  # a sentence
    "without it Slack has no way to the bot. Make one under Basic Information, App-Level Tokens, with the scope "
    "connections:write. Or have Slack send over HTTP: set "
    "SLACK_SIGNING_SECRET and CONVENOR_PUBLIC_URL (deploy/README.md).",
    "convenor_key": "CONVENOR_KEY must be 32 random bytes in base64, or two such keys with a comma between: the first "
    "one seals, both open. Leave it out to have a key file made beside the database.",
    "convenor_key_file": "CONVENOR_KEY_FILE must name a file that holds the key; leave it out where CONVENOR_KEY is "
    "set.",
    "convenor_database_url": "CONVENOR_DATABASE_URL must be sqlite:/// and a file, or postgresql:// and a server. "
    "Leave it out to have convenor.db in this folder.",
    "convenor_public_url": "CONVENOR_PUBLIC_URL must be https:// and the name under which your proxy is reached, with "
    "nothing behind its path. Plain http:// is for this machine alone (127.0.0.1, localhost). Leave it out to have no "
    "pages outside Slack; with SLACK_SIGNING_SECRET alone it is needed, for Slack sends there.",
    "convenor_listen": "CONVENOR_LISTEN must be host:port, such as 127.0.0.1:8090: where this machine answers the "
    "proxy.",
    "convenor_smtp": "CONVENOR_SMTP must be host:port of the mail server that takes your mail, such as "
    "mail.example.org:587. Leave it out to have no e-mail.",
    "convenor_smtp_from": "CONVENOR_SMTP_FROM must be the address that e-mail comes from, such as "
    "panel-office@example.org. It is needed once CONVENOR_SMTP is set.",
    "convenor_smtp_tls": "CONVENOR_SMTP_TLS is starttls, implicit or none; none is for a server on this machine alone.",
    "convenor_smtp_password_file": "CONVENOR_SMTP_PASSWORD_FILE must name a file that holds the password of "
    "CONVENOR_SMTP_USER; set both, or neither.",
    "convenor_log": "CONVENOR_LOG is either text or json.",
}


BACKENDS = ("sqlite", "postgresql")
LOOPBACK = {"127.0.0.1", "::1", "localhost"}
HOST_AND_PORT = r"^(\[[0-9a-fA-F:]+\]|[^\s:\[\]]+):\d{1,5}$"
PROXIES = {"http_proxy", "https_proxy", "all_proxy"}


class SettingsProblem(Exception):
    """One or more settings are wrong; the message says each and how to mend it."""


class Settings(BaseSettings):
    """Everything the bot takes from its surroundings. Panel numbers are not here: they are rows."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    slack_bot_token: str = Field(pattern=r"^xoxb-", repr=False)
    slack_app_token: str | None = Field(default=None, pattern=r"^xapp-", repr=False)
    slack_signing_secret: str | None = Field(default=None, repr=False)
    slack_api_url: str = "https://slack.com/api/"
    convenor_database_url: str = "sqlite:///convenor.db"
    convenor_key: str | None = Field(default=None, repr=False)
    convenor_key_file: Path | None = Field(default=None, validate_default=True)
    convenor_public_url: str | None = None
    convenor_listen: str = Field(default="127.0.0.1:8090", pattern=HOST_AND_PORT)
    convenor_smtp: str | None = Field(default=None, pattern=HOST_AND_PORT)
    convenor_smtp_from: str | None = Field(default=None, validate_default=True)
    convenor_smtp_tls: Literal["starttls", "implicit", "none"] = "starttls"
    convenor_smtp_user: str | None = None
    convenor_smtp_password_file: Path | None = Field(default=None, validate_default=True)
    convenor_log: Literal["text", "json"] = "text"
    convenor_clock_url: str | None = None

    @field_validator("slack_app_token", "slack_signing_secret", mode="before")
    @classmethod
    def _blank_is_none(cls, given: str | None) -> str | None:
        return given.strip() or None if given else None

    @field_validator("slack_api_url")
    @classmethod
    def _ends_in_a_slash(cls, url: str) -> str:
        return url if url.endswith("/") else url + "/"

    @field_validator("convenor_database_url")
    @classmethod
    def _names_a_database(cls, url: str) -> str:
        try:
            known = make_url(url).get_backend_name() in BACKENDS
        except ArgumentError:
            known = False
        if not known:
            raise ValueError("neither SQLite nor PostgreSQL")
        return url

    @field_validator("convenor_key", "convenor_key_file", mode="before")
    @classmethod
    def _no_key_is_none(cls, given: str | None) -> str | None:
        return given or None

    @field_validator("convenor_key")
    @classmethod
    def _is_a_key(cls, given: str | None) -> str | None:
        if given:
            Cipher(given)
        return given

    @field_validator("convenor_key_file")
    @classmethod
    def _is_the_only_key(cls, file: Path | None, info: ValidationInfo) -> Path | None:
        if file is not None and (info.data.get("convenor_key") or not file.is_file()):
            raise ValueError("two keys, or none")
        return file

    @field_validator("convenor_public_url")
    @classmethod
    def _is_safe_to_open(cls, url: str | None) -> str | None:
        return None if not url else checked_address(url)

    @field_validator("convenor_smtp", "convenor_smtp_from", "convenor_smtp_user", mode="before")
    @classmethod
    def _nothing_is_none(cls, given: str | None) -> str | None:
        return given or None

    @field_validator("convenor_smtp_from")
    @classmethod
    def _has_a_sender(cls, sender: str | None, info: ValidationInfo) -> str | None:
        if (sender is None and info.data.get("convenor_smtp")) or (sender and wrong_address(sender)):
            raise ValueError("no sender")
        return sender

    @field_validator("convenor_smtp_tls")
    @classmethod
    def _travels_safely(cls, tls: str, info: ValidationInfo) -> str:
        host = (info.data.get("convenor_smtp") or "localhost:25").rpartition(":")[0].strip("[]")
        if tls == "none" and host not in LOOPBACK:
            raise ValueError("in the clear")
        return tls

    @field_validator("convenor_smtp_password_file")
    @classmethod
    def _goes_with_its_user(cls, file: Path | None, info: ValidationInfo) -> Path | None:
        if (file is None) is not (info.data.get("convenor_smtp_user") is None):
            raise ValueError("one without the other")
        return file

    @property
    def by_http(self) -> bool:
        """Whether Slack sends to an address of ours. Where there is a token for a socket, that is used."""
        return self.slack_app_token is None and bool(self.slack_signing_secret and self.convenor_public_url)

    @property
    def key_path(self) -> Path | None:
        """Where the key is kept if it is not given itself; None where nothing says so and there is no folder for it."""
        beside = self.database_file.with_suffix(".key") if self.database_file else None
        return self.convenor_key_file or beside

    @property
    def database_file(self) -> Path | None:
        """The SQLite file; None for PostgreSQL."""
        if not self.convenor_database_url.startswith("sqlite:///"):
            return None
        return Path(self.convenor_database_url.removeprefix("sqlite:///"))


def checked_address(url: str) -> str:
    """The address without a slash at its end. Raises ValueError where papers would travel in the clear, and for
    anything but a host and a path."""
    at = urlsplit(url)
    alone = at.hostname in LOOPBACK
    if not at.hostname or at.scheme not in ("https", "http") or (at.scheme == "http" and not alone):
        raise ValueError("neither https nor this machine")
    if at.query or at.fragment or at.username or at.port == 0:
        raise ValueError("more than a host and a path")
    return url.rstrip("/")


class RunningSettings(Settings):
    """For the running bot: Slack has a way to it, a socket or an address where what it sends is signed."""

    slack_signing_secret: str | None = Field(default=None, validate_default=True, repr=False)
    convenor_public_url: str | None = Field(default=None, validate_default=True)

    @field_validator("slack_signing_secret")
    @classmethod
    def _is_a_way(cls, secret: str | None, info: ValidationInfo) -> str | None:
        if secret is None and info.data.get("slack_app_token", "wrong") is None:
            raise ValueError("neither a socket nor an address")
        return secret

    @field_validator("convenor_public_url")
    @classmethod
    def _has_an_address(cls, url: str | None, info: ValidationInfo) -> str | None:
        if url is None and info.data.get("slack_signing_secret") and info.data.get("slack_app_token", "wrong") is None:
            raise ValueError("nowhere to send to")
        return url


class StorageSettings(Settings):
    """For commands that never talk to Slack."""

    slack_bot_token: str = "xoxb-unused"


def has_screen() -> bool:
    """Whether somebody sits at this machine who could look at a browser."""
    return sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def surroundings() -> dict[str, str]:
    """The environment for a bot beside a sandbox: without proxies, to which Slack's client would send loopback
    traffic, and without another workspace's settings."""
    return {
        name: value
        for name, value in os.environ.items()
        if name.lower() not in PROXIES and not name.startswith(("SLACK_", "CONVENOR_"))
    }


def load(kind: type[Settings] = Settings) -> Settings:
    """The settings of this environment; raises SettingsProblem with every problem in one message."""
    try:
        return kind()  # type: ignore[call-arg]  # pydantic fills it from the environment
    except ValidationError as wrong:
        names = dict.fromkeys(str(error["loc"][0]).lower() for error in wrong.errors())
        lines = [HOW_TO_MEND.get(name, f"{name.upper()} is not usable: see deploy/README.md.") for name in names]
        raise SettingsProblem("Convenor can't start:\n" + "\n".join(f"- {line}" for line in lines)) from None
