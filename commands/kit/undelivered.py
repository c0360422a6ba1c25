"""What could not be delivered, or may not have been: counted in a message; which, to whom and what to do in a view."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from slack_bolt import App
from sqlmodel import col

from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, button, section
from commands.kit.notices import Message, NoticeKind, Rendered, say
from commands.kit.service import Service
from commands.kit.turn import Turn
from commands.kit.views import paged
from panel.access import Thing, Verb
from panel.mail import RETURNED, outside_slack
from storage.outbox import EMAIL, VIEWS, Owed
from storage.tables import Notice
from storage.work import NotThere, UnitOfWork

OPEN = "kit.undelivered"
UNDELIVERED = "undelivered"  # the kind of the message that counts them
UNTOLD = ("remove", "digest_anew", *VIEWS)  # failing these, nobody misses anything
LOOKING_BACK = timedelta(days=31)
OTHERWISE = "Please tell them by telephone, and whoever looks after Convenor."
NO_CHANNEL = "The bot is not in that channel: type /invite and its name there."
LEFT = "The person has left this Slack: pick who follows with /panel people."
NOT_WRITTEN = "Convenor could not write it. Tell whoever looks after Convenor, and tell the person by telephone."
WAYS_OUT = {
    "channel_not_found": NO_CHANNEL,
    "not_in_channel": NO_CHANNEL,
    "is_archived": "The channel is archived: unarchive it, or choose another with /panel settings.",
    "account_inactive": LEFT,
    "user_not_found": LEFT,
    "user_disabled": LEFT,
    "cannot_dm_bot": "A bot was picked as a person: pick who it should be with /panel people.",
    "in_doubt": "Slack may have shown it or not, and it is never sent twice. Ask whether it arrived.",
    "no_mail": "No e-mail is set up for Convenor: tell them by telephone.",
    "no_address": "No address is kept for them: tell them by telephone, and enter one with /panel people.",
    "mail_address": "Their mail server does not know the address: tell them by telephone, and correct it with "
    "/panel people.",
    RETURNED: "Messages to their address come back: tell them by telephone, and correct it with /panel people.",
    "mail_rejected": f"Their mail server refuses the message. {OTHERWISE}",
    "mail_in_doubt": "Their mail server may have taken it or not, and it is never sent twice. Ask whether it arrived.",
    "unknown_kind": NOT_WRITTEN,
    "not_rendered": NOT_WRITTEN,
}
# What a notice is about, by the first word of its kind.
SUBJECTS = {
    "actions": "Actions", "agenda": "The agenda", "previewable": "The agenda", "late": "The agenda",
    "precheck": "Safety checks", "out": "An out-of-cycle meeting", "cases": "A case", "cancelled": "A date",
    "moved": "A date", "digest": "The daily digest", "health": "The panel's figures", "live": "The go-live list",
    "mailbox": "The address", "minutes": "The minutes", "record": "The meeting's record", "referrals": "Referrals",
    "seated": "A part on the panel", "updates": "Updates",
}  # fmt: skip


def register(app: App, service: Service) -> None:
    """Register the notice and its view."""
    service.notice(
        NoticeKind(
            UNDELIVERED, lambda work, owed: _render(service, work, owed),
            at_any_hour=lambda work, owed: _could_not_wait(service, work, owed),
        )
    )  # fmt: skip
    for action in (OPEN, f"{OPEN}.back", f"{OPEN}.next"):
        service.button(action, show)


def subject_of(kind: str) -> str:
    """What notices of a kind are about, in a word or two that say nothing of a case."""
    return SUBJECTS.get(kind.replace("_", ".").split(".")[0], "A message")


def lost(work: UnitOfWork, panel_id: int | None) -> Sequence[Notice]:
    """What failed of late, the newest first."""
    return work.find(
        Notice, Notice.panel_id == panel_id, Notice.state == "failed", col(Notice.kind).not_in(UNTOLD),
        Notice.made_at > work.now - LOOKING_BACK, order=col(Notice.id).desc(),
    )  # fmt: skip


def _render(service: Service, work: UnitOfWork, owed: Owed) -> Rendered:
    text = service.words("kit/undelivered", number=len(lost(work, owed.panel_id)), days=LOOKING_BACK.days)
    return say(text, button("Open", OPEN, About(panel=owed.panel_id), style="primary"))


def _could_not_wait(service: Service, work: UnitOfWork, owed: Owed) -> bool:
    """Whether what was lost would have gone in quiet hours: then so does the word that it was."""
    lost = work.get(Notice, owed.about["notice"])
    kind = service.notices.get(lost.kind)
    return kind is not None and kind.held_until(work, _owed(lost)) is None


def show(turn: Turn) -> Answer:
    """What it was about, when, to whom, and the way out: for coordinator and chair."""
    turn.need(Verb.CHANGE_SETTINGS, Thing())
    found = lost(turn.work, turn.panel.id)
    turn.audit("opened", "undelivered", notices=len(found))
    top = [section(turn.say("kit/undelivered_top", number=len(found), days=LOOKING_BACK.days))]
    view = paged("Not delivered", [top, *([_line(turn, each)] for each in found)], turn.about, OPEN)
    return Replace(view) if turn.about.page is not None else Show(view)


def _said(turn: Turn, notice: Notice) -> str | None:
    """What somebody outside Slack was to be told, as it stands now: to be read out to them over the telephone."""
    kind = turn.service.notices.get(notice.kind)
    if kind is None or not outside_slack(notice.to) or notice.problem == "not_rendered":
        return None
    try:
        rendered = kind.render(turn.work, _owed(notice))
    except NotThere:  # what it was about was erased since: the line stays, with nothing to read out
        return None
    return rendered.text if isinstance(rendered, Message) else None


def _owed(notice: Notice) -> Owed:
    return Owed(
        notice.id or 0, notice.name, notice.kind, notice.panel_id, notice.to, notice.about, notice.attempts, False
    )


def _line(turn: Turn, notice: Notice) -> Block:
    person = notice.to.startswith(("U", "W", "M"))
    # To Slack the direct messages of somebody who has left are a channel that is not there.
    problem = "user_not_found" if person and notice.problem == "channel_not_found" else notice.problem or ""
    return section(
        turn.say(
            "kit/undelivered_line", at=notice.made_at, to=f"<@{notice.to}>" if person else f"<#{notice.to}>",
            subject=subject_of(notice.kind), by_mail=notice.route == EMAIL, said=_said(turn, notice),
            way_out=WAYS_OUT.get(problem, OTHERWISE),
        )
    )  # fmt: skip
