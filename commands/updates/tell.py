"""“Tell us something”: the short form for information. Four choices say who may read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from commands.cases.record import safety_banner
from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show, Wrong
from commands.kit.blocks import Block, label, paragraphs, section, size
from commands.kit.fields import Many, Moment, One, Text, Tick
from commands.kit.forms import Form, ask
from commands.kit.people import agencies_of
from commands.kit.turn import Turn
from commands.updates import sent
from commands.updates.desk import Answering, answering_now, by_when
from commands.updates.last_time import last_time
from commands.updates.sitting import back
from commands.updates.telling import NOTHING_KEPT, TEXTS, Telling, save_telling
from panel.codes import RiskView
from panel.restriction import VICTIM_SIDE, FormChoice

MOST_BYTES = 50_000  # of a form that carries on what was typed: Slack takes 60 KB
READERS = [(each.value, each.label) for each in FormChoice]

HAPPENED = Text(
    "What has happened since the last panel?",
    "Facts with their dates. References only: never names, addresses or numbers.",
    True,
    lines=True,
)
WHEREABOUTS = Text(
    "Where is the subject now?", "Area, kind of place, when last verified. No address.", True, lines=True
)
NEAR = Tick("Near a victim", "Then only chair and victim service read it.", True, "At or near a victim or new partner")
VIEW = Text("Your professional view", "Opinion, kept apart from fact. References only.", True, lines=True)
RISK = One("Risk, in your view", optional=True, choices=sent.RISKS)
IN_DANGER = Text("Who may be in danger?", "References only, V-041a; or “a new partner”.", True, lines=True)
PROPOSED = Text("An action you propose", "Who, what, by when; how it could reach a victim. No names.", True, lines=True)


@dataclass
class TellSomething(Form):
    """What the agency can share about one case."""

    name = "updates.tell"
    title = "Tell us something"
    happened: str | None = ask(HAPPENED, None)
    whereabouts: str | None = ask(WHEREABOUTS, None)
    near: bool = ask(NEAR, False)
    view: str | None = ask(VIEW, None)
    risk: str | None = ask(RISK, None)
    in_danger: str | None = ask(IN_DANGER, None)
    proposed: str | None = ask(PROPOSED, None)
    readers: str = ask(One("Who may read this?", "Say it in the room: nothing is kept of it.", choices=READERS))

    def check(self) -> dict[str, str]:
        """Nothing written for the room, and a place wherever one is near somebody."""
        if self.near and not self.whereabouts:
            return {"near": "Say where the subject is, or untick this."}
        if self.readers != FormChoice.IN_THE_ROOM:
            return {}
        written = [name for name in TEXTS if getattr(self, name)]
        written += ["risk"] if self.risk not in (None, RiskView.IMMINENT) else []
        return dict.fromkeys(written, NOTHING_KEPT)


@dataclass
class Finish(Form):
    """What remains to be asked: which agencies; of an imminent risk, who was told and when."""

    name = "updates.finish"
    title = "Before it is saved"
    told: str | None = ask(
        Text("Who was told of the imminent risk?", "999, MARAC, the hub: by role, never a name."), None
    )
    told_at: datetime | None = ask(Moment("When were they told?"), None)
    named: Sequence[str] = ask(Many("Which agencies may read it?"), ())
    happened: str | None = ask(HAPPENED, None)
    whereabouts: str | None = ask(WHEREABOUTS, None)
    view: str | None = ask(VIEW, None)
    in_danger: str | None = ask(IN_DANGER, None)
    proposed: str | None = ask(PROPOSED, None)


def open_form(turn: Turn) -> Answer:
    """The form, with what the agency said last time beside each box."""
    here = answering_now(turn)
    if not sent.keeps_words(turn):
        return sent.open_form(turn, here)
    usual = FormChoice.CHAIR_AND_VICTIM_SERVICE if here.asked.agency.function in VICTIM_SIDE else None
    when = by_when(turn, here.sitting.meeting)
    words = turn.say("updates/tell_heading", case=here.asked.case, on_behalf=here.sitting.on_behalf, **when)
    return Show(
        TellSomething.draw(
            turn.about.but(code=None),
            title=f"Update {here.asked.case.ref}"[:24],
            initial={"readers": usual},
            before=[section(words), *_staff_safety(turn, here)],
            beside={} if here.sitting.on_behalf else last_time(turn, here.asked),
        )
    )


def _staff_safety(turn: Turn, here: Answering) -> list[Block]:
    """What staff must know before they go near: whoever is about to act on the case reads it, and that is audited."""
    case = here.asked.case
    turn.audit("opened", f"case:{case.id}", case_id=case.id, section="staff")
    return paragraphs(safety_banner(case), ":warning: *Staff safety:* ")


def save(turn: Turn, form: TellSomething) -> Answer:
    """Save it, or ask what is still missing."""
    sent.need_words(turn)
    here = answering_now(turn)
    if form.risk != RiskView.IMMINENT and form.readers != FormChoice.NAMED:
        return _saved(turn, here, _telling(form, form))
    view = _ask_more(turn, here, form)
    if size([view]) > MOST_BYTES:
        return Wrong({"happened": "This is too much for one step. Please send it as two: the longest text by itself."})
    return Replace(view)


def finish(turn: Turn, form: Finish) -> Answer:
    """The second step: what was typed in the first, and what was missing."""
    sent.need_words(turn)
    here = answering_now(turn)
    risk, near, readers = turn.code(_chosen_before)
    first = TellSomething(risk=risk, near=near, readers=readers)
    if readers == FormChoice.NAMED and not form.named:
        return Wrong({"named": "Name at least one agency, or go back and choose who else may read this."})
    return _saved(turn, here, _telling(first, form))


def _chosen_before(code: str) -> tuple[RiskView | None, bool, FormChoice]:
    """What the first step ended with, as `_ask_more` wrote it. Raises ValueError."""
    risk, near, readers = code.split(":")
    return RiskView(risk) if risk else None, bool(near), FormChoice(readers)


def _saved(turn: Turn, here: Answering, telling: Telling) -> Answer:
    save_telling(turn, here, telling)
    return sent.said_imminent(turn, here) if telling.risk is RiskView.IMMINENT else back(turn)


def _telling(first: TellSomething, texts: TellSomething | Finish) -> Telling:
    finish = texts if isinstance(texts, Finish) else None
    return Telling(
        texts={name: getattr(texts, name) for name in TEXTS if getattr(texts, name)},
        near=first.near,
        risk=RiskView(first.risk) if first.risk else None,
        readers=FormChoice(first.readers),
        named=tuple(finish.named) if finish else (),
        told=(finish.told or "") if finish else "",
        told_at=finish.told_at if finish else None,
    )


def _ask_more(turn: Turn, here: Answering, form: TellSomething) -> Block:
    """The same answers with the questions that are missing: never more than eight."""
    imminent, named = form.risk == RiskView.IMMINENT, form.readers == FormChoice.NAMED
    typed = {name: getattr(form, name) for name in TEXTS if getattr(form, name)}
    without = [name for name in TEXTS if name not in typed]
    without += [] if imminent else ["told", "told_at"]
    without += [] if named else ["named"]
    about: About = turn.about.but(code=f"{form.risk or ''}:{'near' if form.near else ''}:{form.readers}")
    others = [(a.code, label(f"{a.code} · {a.name}")) for a in agencies_of(turn.work, turn.panel)]
    return Finish.draw(
        about,
        initial=typed,
        choices={"named": others},
        before=[section(turn.say("updates/finish_heading", case=here.asked.case, imminent=imminent))],
        without=without,
    )
