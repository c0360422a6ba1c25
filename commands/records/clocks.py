"""For how long each kind of record is kept: the panel's own numbers, in two short forms."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace

from commands.kit.about import About
from commands.kit.answers import Answer, Show, Tell
from commands.kit.errors import ChangedMeanwhile
from commands.kit.fields import One, Whole
from commands.kit.forms import Form, ask
from commands.kit.meetings import settings_of
from commands.kit.turn import Turn
from commands.panels import numbers
from panel.access import Thing, Verb
from panel.settings import RETENTION_BOUNDS

EACH, BY_ITSELF = "each", "automatic"


def _number(name: str, label: str, hint: str = "") -> Whole:
    least, most = RETENTION_BOUNDS[name]
    return Whole(label, hint, least=least, most=most)


@dataclass
class RecordClocks(Form):
    """Placeholders, not law (field reference 11.3): the panel's own schedule decides."""

    name = "records.clocks"
    title = "How long records stay"
    case_months: int | None = ask(
        _number("case_months", "A case: months after its end", "As the panel's schedule says; no national figure."),
        None,
    )
    declined_referral_months: int = ask(
        _number("declined_referral_months", "A referral not accepted: months", "After it was decided on.")
    )
    papers_months: int = ask(_number("papers_months", "Agenda, minutes, attendance: months", "After the meeting."))
    request_months: int = ask(_number("request_months", "A request about somebody: months", "After it was closed."))
    notice_months: int = ask(
        _number("notice_months", "What was sent to whom and when: months", "It holds no case content.")
    )
    audit_months: int = ask(
        _number(
            "audit_months", "The audit log: months", "Longer than what it speaks of. The longest of all panels counts."
        )
    )
    approval: str = ask(
        One(
            "When a record is due", "Working copies go by themselves; they have a form of their own.",
            choices=[(EACH, "I approve each batch before it goes"), (BY_ITSELF, "It goes by itself, and I am told")],
        )
    )  # fmt: skip


@dataclass
class CopyClocks(Form):
    """Working copies, and the days that a request about somebody may take."""

    name = "records.copies"
    title = "How long copies stay"
    post_days: int = ask(
        _number("post_days", "The bot's messages in Slack: days", "Papers of a live cycle stay longer.")
    )
    draft_days: int = ask(_number("draft_days", "What was typed and not saved: days"))
    receipt_days: int = ask(_number("receipt_days", "The answer to a press, for a repeat of it: days"))
    pass_days: int = ask(_number("pass_days", "Used links and ended calendars: days"))
    mailbox_days: int = ask(_number("mailbox_days", "Addresses of people who have gone: days"))
    answer_days: int = ask(_number("answer_days", "A request about somebody: days to answer"))
    answer_remind_days: int = ask(_number("answer_remind_days", "Days before its end to remind you"))


def open_records(turn: Turn) -> Answer:
    """The form with the numbers that count now. Of a live panel the go-live list decides about cases."""
    turn.need(Verb.KEEP_RECORDS, Thing())
    now = settings_of(turn.panel).retention
    initial = asdict(now) | {"approval": BY_ITSELF if now.automatic else EACH}
    without = ("case_months",) if turn.panel.live else ()
    return Show(RecordClocks.draw(_about(turn), initial=initial, without=without))


def open_copies(turn: Turn) -> Answer:
    """The other form."""
    turn.need(Verb.KEEP_RECORDS, Thing())
    return Show(CopyClocks.draw(_about(turn), initial=asdict(settings_of(turn.panel).retention)))


def save_records(turn: Turn, form: RecordClocks) -> Answer:
    """They count from the next look on. Raises ChangedMeanwhile."""
    told = asdict(form)
    automatic = told.pop("approval") == BY_ITSELF
    return _save(turn, {name: value for name, value in told.items() if value is not None} | {"automatic": automatic})


def save_copies(turn: Turn, form: CopyClocks) -> Answer:
    """They count from the next morning on. Raises ChangedMeanwhile."""
    return _save(turn, asdict(form))


def _about(turn: Turn) -> About:
    return About(panel=turn.panel.id, version=turn.panel.version)


def _save(turn: Turn, told: dict[str, int | bool]) -> Answer:
    turn.need(Verb.KEEP_RECORDS, Thing())
    if turn.about.version != turn.panel.version:
        raise ChangedMeanwhile
    if turn.panel.live:
        told.pop("case_months", None)
    now = settings_of(turn.panel)
    changed = replace(now, retention=replace(now.retention, **told))  # type: ignore[arg-type]
    numbers.change(turn.work, turn.panel, changed)
    turn.audit("settings_changed", f"panel:{turn.panel.id}", settings=json.loads(changed.to_json()))
    return Tell(turn.say("panels/settings_saved"))
