"""Answering questions 1 to 4 of the safety check, a victim at a time, in the place of the check's own form."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from commands.actions import check_form
from commands.actions.moving import audit, found, may_or_refuse
from commands.actions.picture import AGAIN, cycle_of, in_words, linked, missing, newest, refs_of, said_of, stands
from commands.kit.answers import Answer, Replace
from commands.kit.blocks import Block, context, paragraphs
from commands.kit.errors import ChangedMeanwhile, NoMeeting, NoSuchThing
from commands.kit.fields import One, Text
from commands.kit.forms import Form, ask
from commands.kit.meetings import settings_of
from commands.kit.turn import Turn
from panel.access import Verb
from panel.actions import NO_VICTIM_YET
from panel.codes import Code, YesNo
from panel.codes.gate import Asked, Reaction, Traced, Warned
from panel.settings import Content
from storage.tables import Action, SafetyPicture

NEVER = "References only; never a name, an address or where somebody stays."
TEXTS = ("wants", "danger", "others")


def _of(codes: type[Code]) -> list[tuple[str, str]]:
    return [(code.value, code.label) for code in codes]


def _typed(label: str, hint: str) -> Text:
    return Text(label, f"{hint} {NEVER}", optional=True, lines=True, limit=1_000)


@dataclass
class Picture(Form):
    """Questions 1 to 4, about one victim."""

    name = "actions.picture"
    title = "Before any action"
    traced: str = ask(
        One("1. Could it be traced to them?", "Past and present, new partners, children.", choices=_of(Traced))
    )
    asked: str = ask(One("2. Were they asked what they want?", "A blank is no answer.", choices=_of(Asked)))
    wants: str | None = ask(
        _typed("2. What do they want, and what do they know?", "In your words; what they expect."), None
    )
    reaction: str = ask(One("3. The subject's likely reaction", choices=_of(Reaction)))
    danger: str | None = ask(
        _typed("3. When is danger greatest?", "Such as the evening of service, or a handover day."), None
    )
    safe: str = ask(One("3. Are they in a safe place?", choices=_of(YesNo)))
    warned: str = ask(One("3. Have they been warned?", choices=_of(Warned)))
    others: str | None = ask(_typed("4. Who else is at risk?", "Children, relatives, a new partner, staff."), None)

    def check(self) -> dict[str, str]:
        if self.wants and self.asked == Asked.NOT_SAFE:
            return {"wants": "You say that it is not safe to ask. Leave this empty, or choose another answer above."}
        return {}


def open_form(turn: Turn) -> Answer:
    """The first victim about whom nothing holds for this cycle, else the first of all."""
    action = _action(turn)
    refs = refs_of(linked(turn.work, action))
    waiting = missing(turn.work, turn.panel, action, refs)
    return Replace(_draw(turn, action, (waiting or refs)[0]))


def _action(turn: Turn) -> Action:
    action = found(turn)
    may_or_refuse(turn, action, Verb.CHECK_SAFETY)
    audit(turn, action, "opened", section="picture")
    return action


def _draw(turn: Turn, action: Action, ref: str) -> Block:
    """What was said in this cycle is filled in; what was said in another stands above."""
    victim = next((each for each in linked(turn.work, action) if each.ref == ref), None)
    row, cycle = newest(turn.work, action, ref), cycle_of(turn.work, turn.panel, action)
    same = row is not None and cycle is not None and row.meeting_id == cycle.id
    about = turn.about.but(row=victim.id if victim else None, since=row.version if row and same else None)
    before = [context(f"About {ref or 'whoever it is: nobody is identified yet'}. Victim service and chair read this.")]
    if row and not same:
        before += paragraphs(in_words(row), "*Last time*\n")
    without = TEXTS if settings_of(turn.panel).content is Content.REFERENCES_ONLY else ()
    return Picture.draw(about, initial=(row.answers or {}) if row and same else {}, before=before, without=without)


def save(turn: Turn, form: Picture) -> Answer:
    """Keep it; the next victim's, or the check itself. Raises ChangedMeanwhile, NoMeeting, NoSuchThing."""
    action = _action(turn)
    victims = linked(turn.work, action)
    ref = next((each.ref for each in victims if each.id == turn.about.row), NO_VICTIM_YET)
    if ref not in refs_of(victims):
        raise NoSuchThing
    _keep(turn, action, ref, {name: said for name, said in asdict(form).items() if said})
    audit(turn, action, "picture")
    waiting = missing(turn.work, turn.panel, action, refs_of(victims))
    if waiting and stands(turn.work, turn.panel, action, ref) is not None:
        return Replace(_draw(turn, action, waiting[0]))
    return Replace(check_form.form(turn, action))


def _keep(turn: Turn, action: Action, ref: str, answers: dict[str, Any]) -> None:
    cycle = cycle_of(turn.work, turn.panel, action)
    if cycle is None:
        raise NoMeeting
    row = next((row for row in said_of(turn.work, action, ref) if row.meeting_id == cycle.id), None)
    if row is not None:
        if row.version != turn.about.since:
            raise ChangedMeanwhile
        row.answers = {name: said for name, said in answers.items() if name != AGAIN}
        row.by_user, row.at, row.version = turn.user, turn.work.now, row.version + 1
        return
    if turn.about.since is not None:
        raise ChangedMeanwhile
    turn.work.add(
        SafetyPicture(
            panel_id=turn.panel.id or 0, case_id=action.case_id, meeting_id=cycle.id or 0, victim_ref=ref,
            answers=answers, by_user=turn.user, at=turn.work.now,
        )
    )  # fmt: skip
