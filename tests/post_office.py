"""A real mail server on this machine, and what goes wrong with one."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "convenor", "let me in"  # pragma: allowlist secret  # of this post office alone
SENDER = "panel-office@example.org"


@dataclass
class Office:
    """What arrived, and how it answers from now on. `answers`: in place of 250, by the step."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    drops: str | None = None  # at this step the line goes dead; at "taken" once the letter is kept
    slow: float = 0.0  # seconds before each answer
    logged_in: list[str] = field(default_factory=list)

    async def handle_MAIL(self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        """Who sends."""
        return await self._answer("MAIL", server) or _kept(envelope, "mail_from", address)

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        """To whom."""
        refused = await self._answer("RCPT", server)
        if refused is None:
            envelope.rcpt_tos.append(address)
        return refused or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        """The letter."""
        refused = await self._answer("DATA", server)
        if refused is None:
            letter = message_from_bytes(envelope.content, policy=default)
            assert isinstance(letter, EmailMessage)
            self.letters.append(letter)
            await self._answer("taken", server)
        return refused or "250 OK"

    async def _answer(self, step: str, server: SMTP) -> str | None:
        self.asked.append(step)
        if self.slow:
            await asyncio.sleep(self.slow)
        if self.drops == step:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return self.answers.get(step)

    def let_in(self, server: SMTP, session: Any, envelope: Any, how: str, given: Any) -> AuthResult:
        """Whoever knows the password."""
        right = given == LoginPassword(USER.encode(), PASSWORD.encode())
        self.logged_in += [how] if right else []
        return AuthResult(success=right, handled=right)

    def to(self, address: str) -> list[EmailMessage]:
        """What somebody got."""
        return [letter for letter in self.letters if letter["To"] == address]


def _kept(envelope: Any, name: str, value: str) -> str:
    setattr(envelope, name, value)
    return "250 OK"


@contextmanager
def post_office(
    tls: str = "none", certificate: ssl.SSLContext | None = None, *, login: bool = False
) -> Iterator[Office]:
    """A server that takes mail until the end of the block."""
    office, ready, ended = Office(), threading.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()

    def protocol() -> SMTP:
        return SMTP(
            office, hostname="localhost", ident="ESMTP", loop=loop, authenticator=office.let_in,
            tls_context=certificate if tls == "starttls" else None, require_starttls=tls == "starttls",
            auth_required=login, auth_exclude_mechanism=["LOGIN"],
        )  # fmt: skip

    async def serve() -> None:
        implicit = certificate if tls == "implicit" else None
        server = await loop.create_server(protocol, "127.0.0.1", 0, ssl=implicit)
        office.port = server.sockets[0].getsockname()[1]
        ready.set()
        await ended.wait()
        server.close()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()), daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield office
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join(10)
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0.01))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


def certificates(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A certificate for this machine: the server's side of it, and that of a client who trusts it."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    shown, secret = folder / "mail.crt", folder / "mail.pem"
    shown.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )  # fmt: skip
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(shown, secret)
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client.load_verify_locations(shown)
    return server, client


def in_words(letter: EmailMessage, kind: str = "plain") -> str:
    """A letter as somebody reads it: as plain text, or its page."""
    body = letter.get_body((kind,))
    assert body is not None
    said: str = body.get_content()
    return said.replace("\r\n", "\n")
