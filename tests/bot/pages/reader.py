"""A desk whose bot serves pages, and a reader outside Slack: a bare HTTP client."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from panel.codes.basis import TakenFor
from sandbox.client import Outcome
from tests.commands.agenda_desk import EVE, issued
from tests.commands.month_rows import fill
from tests.commands.seen import words
from tests.desk import Desk, open_desk

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Page:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def html(self) -> str:
        """As it was sent."""
        return self.body.decode()

    @property
    def words(self) -> str:
        """What a person reads of it."""
        shown = re.sub(r"<style>.*?</style>", "", self.html, flags=re.DOTALL)
        return unescape(re.sub(r"<[^>]+>", "", shown))


@dataclass(frozen=True)
class Link:
    """What Slack showed somebody."""

    url: str
    code: str

    def get(self) -> Page:
        """Look at it, as a scanner of mail would too."""
        return ask(self.url)

    def send(self, code: str | None = None, wanted: str = "page") -> Page:
        """Send a code; the right one, if none is said."""
        return ask(self.url, {"code": self.code if code is None else code, "as": wanted})


def ask(url: str, sent: dict[str, str] | bytes | None = None, **headers: str) -> Page:
    """GET, or POST what is sent."""
    at = urlsplit(url)
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    body = urlencode(sent) if isinstance(sent, dict) else sent
    connection = HTTPConnection(at.hostname or "", at.port, timeout=20)
    kind = {} if body is None else {"Content-Type": FORM}
    try:
        connection.request("GET" if body is None else "POST", at.path, body, kind | given)
        answer = connection.getresponse()
        return Page(answer.status, dict(answer.getheaders()), answer.read())
    finally:
        connection.close()


def free_port() -> int:
    """A port of this machine that nobody uses."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


@contextmanager
def desk_with_pages(folder: Path, path: str = "", **more: Any) -> Iterator[Desk]:
    """The desk before the panel, the agenda issued; its bot serves pages."""
    port = free_port()
    told = {"convenor_public_url": f"http://127.0.0.1:{port}{path}", "convenor_listen": f"127.0.0.1:{port}"}
    with open_desk(folder, EVE, **told | more) as desk:
        fill(desk)
        issued(desk)
        yield desk


def for_the_meeting(desk: Desk, who: str, opened: Outcome) -> Outcome:
    """They say what it is for, where they are asked."""
    rows = (opened.view or {}).get("blocks", [])
    row = next((each for each in rows if each.get("text", {}).get("text") == TakenFor.MEETING.label), None)
    return opened if row is None else desk.stage.press(who, row["accessory"]["action_id"], block_id=row["block_id"])


def pressed(desk: Desk, who: str) -> Outcome:
    """Somebody asks for the printable pack from their /agenda."""
    desk.stage.close(who)
    desk.stage.command(who, "/agenda")
    return for_the_meeting(desk, who, desk.stage.press(who, "pages.pack"))


def link_of(desk: Desk, who: str) -> Link:
    """What they are given."""
    return shown_link(pressed(desk, who))


def shown_link(opened: Outcome) -> Link:
    """The link and the code in an open view."""
    said = words(opened)
    url = re.search(r"<(http[^|>]+)\|", said)
    code = re.search(r"\*([A-Z0-9]{4}-[A-Z0-9]{4})\*", said)
    assert url and code, said
    return Link(url[1], code[1])
