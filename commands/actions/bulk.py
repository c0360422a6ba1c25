"""Several actions at once: day, hands or confirmation, first as a preview, then once and in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from commands.actions import bulk_pick
from commands.actions.bulk_notice import gather
from commands.actions.bulk_pick import Choose
from commands.actions.bulk_plan import Line, do, plan
from commands.actions.bulk_state import MOST, Chosen, What, load
from commands.actions.words import WHERE_NOT
from commands.kit.about import About
from commands.kit.answers import Answer, Replace
from commands.kit.blocks import Block, plain, sections
from commands.kit.errors import NoSuchThing
from commands.kit.fields import Day, Text, Who
from commands.kit.forms import Form, WrongAnswers, ask
from commands.kit.turn import Turn
from commands.kit.views import confirmation

DO_IT = "Do it"


@dataclass
class MoveDays(Form):
    """To which day, and why."""

    name = "actions.bulk_move"
    title = "Move their day"
    submit = "Preview"
    until: date = ask(Day("To which day?", "Each is told. A later day counts as moved back."))
    reason: str = ask(Text("Why?", f"It stands in the history of each. {WHERE_NOT}", lines=True))


@dataclass
class PassOn(Form):
    """To whom, and why."""

    name = "actions.bulk_pass"
    title = "Give them to somebody"
    submit = "Preview"
    doer: str | None = ask(
        Who("Who does them?", "Somebody of the owner's agency. Empty: its representative.", optional=True)
    )
    reason: str = ask(Text("Why?", f"It stands in the history of each. {WHERE_NOT}", lines=True))


@dataclass
class ConfirmAll(Form):
    """Nothing is asked."""

    name = "actions.bulk_confirm"
    title = "Confirm them"
    submit = DO_IT


FORMS: dict[What, type[Form]] = {What.MOVE: MoveDays, What.PASS: PassOn, What.CONFIRM: ConfirmAll}


def choose(turn: Turn, form: Choose) -> Answer:
    """On to the questions; where there are none, to the preview."""
    here, chosen = bulk_pick.standing_of(turn)
    if not chosen.picks:
        raise WrongAnswers({"first": "Tick at least one."})
    if len(chosen.picks) > MOST:
        raise WrongAnswers({"first": f"That is {len(chosen.picks)}. Do at most {MOST} at once."})
    about = About(panel=turn.panel.id, agency=here.agency, case=here.case)
    if chosen.what is What.CONFIRM:
        return _previewed(turn, about, chosen, None, "")
    return Replace(FORMS[chosen.what].draw(about.but(code=chosen.dump())))


def move_days(turn: Turn, form: MoveDays) -> Answer:
    """The preview, and once that was seen for this very day, the move."""
    return _seen_then_done(turn, What.MOVE, form.until, form.until.isoformat(), form.reason)


def pass_on(turn: Turn, form: PassOn) -> Answer:
    """The preview, and once that was seen for this very person, the change."""
    return _seen_then_done(turn, What.PASS, form.doer, form.doer or "nobody", form.reason)


def confirm_all(turn: Turn, form: ConfirmAll) -> Answer:
    """Confirmed, as the preview said."""
    return _seen_then_done(turn, What.CONFIRM, None, "seen", "")


def _seen_then_done(turn: Turn, what: What, value: date | str | None, seen: str, reason: str) -> Answer:
    try:
        chosen = load(turn.about.code)
    except ValueError:
        raise NoSuchThing from None
    if chosen.what is not what:
        raise NoSuchThing
    lines = plan(turn, chosen, value, reason)
    if chosen.seen != seen or any(line.stale for line in lines):
        return _previewed(turn, turn.about, chosen, value, reason)
    done = do(turn, lines)
    gather(turn, [line.action for line in done])
    turn.audit("several", f"actions:{what}", done=len(done), refused=len(lines) - len(done))
    return Replace(
        confirmation(turn.say("actions/bulk_done", what=what, done=len(done), refused=len(lines) - len(done)))
    )


def _previewed(turn: Turn, about: About, chosen: Chosen, value: date | str | None, reason: str) -> Answer:
    """What would happen to each, above the same questions with their answers; and the versions as they are now."""
    lines = plan(turn, chosen, value, reason)
    seen = (
        value.isoformat() if isinstance(value, date) else value or ("seen" if chosen.what is What.CONFIRM else "nobody")
    )
    fresh = chosen.but(seen=seen, picks=tuple((line.action.id or 0, line.action.version) for line in lines))
    initial = {"until" if chosen.what is What.MOVE else "doer": value, "reason": reason}
    form = FORMS[chosen.what]
    drawn = form.draw(about.but(code=fresh.dump()), initial=initial, before=_shown(turn, chosen.what, lines))
    turn.audit("previewed", f"actions:{chosen.what}", shown=len(lines))
    return Replace(drawn | {"submit": plain(DO_IT)})


def _shown(turn: Turn, what: What, lines: Sequence[Line]) -> list[Block]:
    refs = [line.action.ref for line in lines if not line.refused]
    text = turn.say(
        "actions/bulk_preview",
        what=what,
        able=refs,
        again=[line.action.ref for line in lines if line.checked_again and not line.refused],
        stale=[line.action.ref for line in lines if line.stale],
        refused=[(line.action.ref, line.refused) for line in lines if line.refused],
    )
    return sections(text)
