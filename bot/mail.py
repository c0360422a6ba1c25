"""E-mail, the second way: the same messages as plain text (and once more as HTML), with how to answer where there is
nothing to press."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from bot.clock import RealClock
from bot.mail_page import as_page
from bot.relay import NotNow, Relay, mark
from bot.settings import Settings
from bot.smtp import Never, NotTaken, Server, Unknown, hand_in
from commands.kit.blocks import sections
from commands.kit.mailboxes import comes_back, mailbox_of, owe_copies, waiting_for_slack
from commands.kit.meetings import settings_of
from commands.kit.mentions import for_a_letter
from commands.kit.notices import Message, NoticeKind
from commands.kit.undelivered import subject_of
from commands.kit.words import Words
from commands.pages.marks import lines
from panel.mail import RETURNED, outside_slack, wrong_address
from storage.outbox import EMAIL, Owed
from storage.tables import Notice, Panel
from storage.work import Store, UnitOfWork

SUBJECT = "Panel {code}: {about}"  # never a case: subjects are read over shoulders, and kept by every server on the way
SENT = {"state": "sent", "route": EMAIL}


@dataclass(frozen=True)
class Letter:
    """What is sent, to which address; `until`: when the coordinator is told to telephone instead."""

    to: str
    text: bytes
    until: datetime


@dataclass
class Mail:
    """Hands messages to a mail server. `server`: none where no e-mail is set up."""

    store: Store
    clock: RealClock
    words: Words
    log: Any
    server: Server | None

    def hand_over(self, owed: Owed, kind: NoticeKind, message: Message) -> dict[str, Any]:
        """How it ended. Raises NotNow while the server does not take it, for as long as that may wait."""
        if self.server is None:
            return _failed("no_mail") if outside_slack(owed.to) else {"state": "dropped"}
        if outside_slack(owed.to) and self._comes_back(owed):
            return _failed(RETURNED)
        letter = self._letter(self.server, owed, kind, message)
        if letter is None:
            return _failed("no_address") if outside_slack(owed.to) else {"state": "dropped"}
        try:
            hand_in(self.server, letter.to, letter.text)
        except Never as refused:
            return _failed(str(refused))
        except Unknown:
            raise NotNow(in_doubt=True) from None
        except NotTaken as wait:
            self.log.warning("mail_not_taken", notice=owed.id, problem=wait.problem)
            if self.clock.now() >= letter.until:
                return _failed("mail_in_doubt" if owed.maybe_sent else wait.problem)
            raise NotNow(whole=wait.whole) from None
        return SENT

    def _comes_back(self, owed: Owed) -> bool:
        """Whether the coordinator has said that nothing arrives at their address."""
        with self.store.read(self.clock.now()) as work:
            return comes_back(work, owed.to)

    def _letter(self, server: Server, owed: Owed, kind: NoticeKind, message: Message) -> Letter | None:
        """The letter; None where nobody keeps an address for them any more, or one that no form would take."""
        with self.store.read(self.clock.now()) as work:
            box = mailbox_of(work, owed.to, owed.panel_id)
            if box is None or not box.address or wrong_address(box.address):
                return None
            panel = work.get(Panel, owed.panel_id or box.panel_id)
            made = EmailMessage(policy=SMTP)
            made["Subject"] = " ".join(SUBJECT.format(code=panel.code, about=subject_of(owed.kind)).split())
            made["From"], made["To"] = server.sender, box.address
            made["Date"] = self.clock.now()
            made["Message-ID"] = f"<{mark(owed.name)}@{server.sender.rpartition('@')[2]}>"
            made["Auto-Submitted"] = "auto-generated"
            made["X-Auto-Response-Suppress"] = "All"
            text = self._text(work, panel, owed, message)
            made.set_content(text, cte="quoted-printable")
            made.add_alternative(as_page(made["Subject"], text), subtype="html", cte="quoted-printable")
            return Letter(box.address, made.as_bytes(), self._until(work, panel, owed, kind))

    def _text(self, work: UnitOfWork, panel: Panel, owed: Owed, message: Message) -> str:
        said = "\n".join(
            ("• " if line.kind == "item" else "") + line.text
            for line in lines(sections(for_a_letter(work, message.text)))
        )
        contact, outside = settings_of(panel).mail.contact, outside_slack(owed.to)
        return self.words.file("mail/letter", said=said, panel=panel, outside=outside, contact=contact)

    def _until(self, work: UnitOfWork, panel: Panel, owed: Owed, kind: NoticeKind) -> datetime:
        """Until when a refusal for the moment may last, from when it was to go."""
        given = settings_of(panel).mail
        patience = timedelta(hours=given.patience_hours)
        if kind.can_not_wait(work, owed):
            patience = min(patience, timedelta(minutes=given.urgent_minutes))
        return work.get(Notice, owed.id).made_at + patience


class Post(Relay):
    """The relay of e-mail. It looks by itself for what others have by e-mail too: a Slack that is away holds its own
    relay up."""

    def drain(self) -> bool:
        """Send everything that is due now or within seconds; whether there was anything."""
        with self.store.read(self.clock.now()) as work:
            waiting = waiting_for_slack(work)
        if waiting:
            with self.store.work(self.clock.now()) as work:
                for notice in waiting:
                    owe_copies(work, notice)
        return super().drain()


def _failed(problem: str) -> dict[str, Any]:
    return {"state": "failed", "problem": problem}


def server_of(settings: Settings) -> Server | None:
    """The mail server that the settings name, if they name one. Raises OSError when its password can't be read."""
    if settings.convenor_smtp is None or settings.convenor_smtp_from is None:
        return None
    host, _, port = settings.convenor_smtp.rpartition(":")
    file = settings.convenor_smtp_password_file
    return Server(
        host.strip("[]"), int(port), settings.convenor_smtp_tls, settings.convenor_smtp_from,
        user=settings.convenor_smtp_user, password=file.read_text().strip() if file else None,
    )  # fmt: skip
