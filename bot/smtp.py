"""One message handed to a mail server, within a time that a lease outlasts: taken, not now, never, or nobody knows."""

from __future__ import annotations

import smtplib
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Literal

Tls = Literal["starttls", "implicit", "none"]
SECONDS = 20.0  # for the whole of it: a notice's lease is longer
A_STEP = 8.0  # for the server's next word
READY = 354  # for the message itself
LOST = (OSError, smtplib.SMTPException)


class NotTaken(Exception):
    """The server does not take it now, or can't be reached. `whole`: it would take nobody else's either."""

    def __init__(self, problem: str, *, whole: bool) -> None:
        super().__init__(problem)
        self.problem = problem
        self.whole = whole


class Never(Exception):
    """The server refuses it for good; the message is a code of ours for why."""


class Unknown(Exception):
    """It was handed over whole, and the answer was lost: it may have been taken or not."""


@dataclass(frozen=True)
class Server:
    """Where mail is handed in. `context`: whose certificates are trusted; the machine's own where none is given."""

    host: str
    port: int
    tls: Tls
    sender: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    context: ssl.SSLContext | None = field(default=None, repr=False)
    seconds: float = SECONDS
    a_step: float = A_STEP


def hand_in(server: Server, to: str, letter: bytes) -> None:
    """Hand one message in. Returns once it is taken; raises NotTaken, Never or Unknown."""
    with _at(server) as smtp:
        _begin(smtp, server.sender)
        _agreed(smtp.rcpt(to)[0], "mail_address", whole=False)
        try:
            code = smtp.data(letter)[0]
        except smtplib.SMTPDataError as refused:  # before any of it was sent
            code = refused.smtp_code
        except LOST:
            raise Unknown from None
        _agreed(code, "mail_rejected", whole=False)


def look(server: Server) -> None:
    """Go as far as a message would, and send none. Raises NotTaken or Never."""
    with _at(server) as smtp:
        _begin(smtp, server.sender)
        smtp.rset()


def _begin(smtp: smtplib.SMTP, sender: str) -> None:
    code = smtp.mail(sender)[0]
    if code >= 400:  # it is no one person's
        raise NotTaken("mail_sender", whole=True)


def _agreed(code: int, problem: str, *, whole: bool) -> None:
    if 400 <= code < 500:
        raise NotTaken("mail_not_taken", whole=whole or code == 421)
    if code >= 500:
        raise Never(problem)


@contextmanager
def _at(server: Server) -> Iterator[smtplib.SMTP]:
    """A talk with the server, as far as it lets us in. What goes wrong on the way is NotTaken: nothing was sent yet."""
    began = time.monotonic()
    try:
        smtp = _connected(server)
    except LOST as problem:
        raise NotTaken(_why(problem), whole=True) from problem
    end = threading.Timer(max(0.0, server.seconds - (time.monotonic() - began)), lambda: _hang_up(smtp))
    end.daemon = True
    end.start()
    try:
        _let_in(smtp, server)
        yield smtp
        with suppress(*LOST):
            smtp.docmd("QUIT")
    except LOST as problem:
        raise NotTaken(_why(problem), whole=True) from problem
    finally:
        end.cancel()
        smtp.close()


def _connected(server: Server) -> smtplib.SMTP:
    us = server.sender.rpartition("@")[2]
    if server.tls == "implicit":
        context = server.context or ssl.create_default_context()
        return smtplib.SMTP_SSL(server.host, server.port, us, timeout=server.a_step, context=context)
    return smtplib.SMTP(server.host, server.port, us, timeout=server.a_step)


def _let_in(smtp: smtplib.SMTP, server: Server) -> None:
    if server.tls == "starttls":
        smtp.starttls(context=server.context or ssl.create_default_context())
    if server.user is not None:
        smtp.login(server.user, server.password or "")
    smtp.ehlo_or_helo_if_needed()


def _why(problem: BaseException) -> str:
    if isinstance(problem, smtplib.SMTPAuthenticationError):
        return "mail_login"
    return "mail_tls" if isinstance(problem, ssl.SSLError | smtplib.SMTPNotSupportedError) else "mail_server"


def _hang_up(smtp: smtplib.SMTP) -> None:
    """Its time is over: whoever waits for the server's next word gets an error in its place."""
    with suppress(*LOST):
        if smtp.sock is not None:
            smtp.sock.shutdown(socket.SHUT_RDWR)
