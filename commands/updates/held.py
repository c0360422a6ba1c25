"""Two answers that need a reason: unable to check, and held but not shared. The reason is for the chair."""

from __future__ import annotations

from dataclasses import dataclass

from commands.kit.about import About
from commands.kit.answers import Answer, Show
from commands.kit.blocks import section
from commands.kit.fields import One, Text
from commands.kit.forms import Form, ask
from commands.kit.turn import Turn
from commands.updates.answers import keep, write
from commands.updates.desk import Answering, answering_now
from commands.updates.sent import REASON_SENT, keeps_words
from commands.updates.sitting import back
from panel.codes import Code, RestrictionKind, ReturnKind
from panel.restriction import Restriction
from panel.returns import ReturnDraft

NO_NAMES = "Never names, addresses or numbers. Chair and coordinator read this."


class Obstacle(Code):
    """What kept an agency from checking."""

    SYSTEM_DOWN = "system_down", "The system was not available"
    NO_ACCESS = "no_access", "Nobody with access was there"
    IDENTIFIERS = "identifiers", "The identifiers on the list were not enough"
    NO_LIST = "no_list", "The case list has not arrived"
    OTHER = "other", "Something else"


@dataclass
class Unable(Form):
    """Why it could not be checked. It stays outstanding."""

    name = "updates.unable"
    title = "Unable to check"
    obstacle: str = ask(One("What kept you from checking?", choices=[(each.value, each.label) for each in Obstacle]))
    more: str | None = ask(Text("What would help?", NO_NAMES, True, lines=True), None)


@dataclass
class Hold(Form):
    """Why something held is not shared."""

    name = "updates.hold"
    title = "Held, not shared"
    reason: str | None = ask(
        Text(
            "Why is it not shared?",
            f"Why sharing would be unlawful or not proportionate; not what it says. {NO_NAMES}",
            lines=True,
        ),
        None,
    )


def open_unable(turn: Turn) -> Answer:
    """The form, for a case this person may answer."""
    here = answering_now(turn)
    heading = [section(f"*{here.asked.case.ref}* stays outstanding.")]
    return Show(Unable.draw(_about(turn), before=heading, without=() if keeps_words(turn) else ("more",)))


def open_hold(turn: Turn) -> Answer:
    """The form, for a case this person may answer."""
    here = answering_now(turn)
    heading = [section(f"*{here.asked.case.ref}*")]
    return Show(Hold.draw(_about(turn), before=heading, without=() if keeps_words(turn) else ("reason",)))


def save_unable(turn: Turn, form: Unable) -> Answer:
    """Unable to check: the coordinator can help, and it stays outstanding."""
    reason = ". ".join(filter(None, [Obstacle(form.obstacle).label, form.more]))
    return _save(turn, ReturnKind.UNABLE_TO_CHECK, reason)


def save_hold(turn: Turn, form: Hold) -> Answer:
    """Held, not shared: an answer, with its reason to the chair."""
    return _save(turn, ReturnKind.DECLINED_TO_SHARE, form.reason or REASON_SENT)


def _save(turn: Turn, kind: ReturnKind, reason: str) -> Answer:
    here: Answering = answering_now(turn)
    sent = keep(turn, here, ReturnDraft(kind, reason=reason))
    write(turn, here, sent, "reason", reason, Restriction(RestrictionKind.CHAIR))
    return back(turn)


def _about(turn: Turn) -> About:
    return turn.about.but(code=None)
