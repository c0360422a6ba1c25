"""Professional view and risk: which factors have moved, and the agency's own view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from commands.cases import record
from commands.kit.answers import Answer, Show
from commands.kit.blocks import context
from commands.kit.fields import Many, Moment, One, Text
from commands.kit.forms import Form, ask
from commands.kit.turn import Turn
from commands.updates import parts
from commands.updates.desk import Answering, answering_now
from commands.updates.last_time import last_time
from commands.updates.sent import RISKS, need_words, said_imminent
from commands.updates.sitting import back
from commands.updates.telling import mark_imminent
from panel.codes import RiskFactor, RiskView
from panel.codes.returns import ReturnSection, RiskChange
from panel.restriction import FormChoice, stores_text
from panel.return_parts import factor_problems, factors_text

VIEW = ReturnSection.VIEW
FACTORS = [(each, each.label) for each in RiskFactor]


@dataclass
class RiskFactors(Form):
    """What has moved since last time, factor by factor."""

    name = "updates.factors"
    title = "Risk factors"
    up: Sequence[str] = ask(Many("Up", optional=True, choices=FACTORS), ())
    new: Sequence[str] = ask(Many("New", optional=True, choices=FACTORS), ())
    down: Sequence[str] = ask(Many("Down", optional=True, choices=FACTORS), ())
    same: Sequence[str] = ask(Many("Looked at, the same", optional=True, choices=FACTORS), ())
    note: str | None = ask(
        Text("What shows it?", f"What you saw or have on record, factor by factor. {parts.NEVER}", True, lines=True),
        None,
    )
    readers: str = ask(parts.READERS)
    named: Sequence[str] = ask(parts.NAMED, ())

    def check(self) -> dict[str, str]:
        """One direction a factor; a note needs a factor."""
        if self.readers == FormChoice.IN_THE_ROOM:
            written = {change.value: some for change, some in self.moved.items()} | {"note": self.note}
            return parts.for_the_room(self.readers, written)
        if not any(self.moved.values()):
            return {"up": parts.NOTHING_WRITTEN}
        return {each.field: each.sentence for each in factor_problems(self.moved)}

    @property
    def moved(self) -> dict[RiskChange, list[RiskFactor]]:
        """The factors by how they moved."""
        return {change: [RiskFactor(code) for code in getattr(self, change.value)] for change in RiskChange}


@dataclass
class ProfessionalView(Form):
    """The agency's own view; imminent only with who was told and when."""

    name = "updates.view"
    title = "Professional view"
    risk: str | None = ask(One("Risk, in your view", optional=True, choices=RISKS), None)
    told: str | None = ask(
        Text("If imminent: who was told?", "999, MARAC, the hub: by role, never a name.", True), None
    )
    told_at: datetime | None = ask(Moment("If imminent: when were they told?", optional=True), None)
    view: str | None = ask(
        Text(
            "Your professional view", f"What you make of it and why; opinion, not fact. {parts.NEVER}", True, lines=True
        ),
        None,
    )
    good: str | None = ask(
        Text(
            "What lowers the risk?",
            f"Strengths and supports, and what shows that they hold. {parts.NEVER}",
            True,
            lines=True,
        ),
        None,
    )
    readers: str = ask(parts.READERS)
    named: Sequence[str] = ask(parts.NAMED, ())

    def check(self) -> dict[str, str]:
        """Nothing written for the room, and who was told only of an imminent risk."""
        if self.told and self.risk != RiskView.IMMINENT:
            return {"told": "Empty this, or choose “Imminent” above."}
        written = {"view": self.view, "good": self.good}
        written |= {"risk": self.risk} if self.risk != RiskView.IMMINENT else {}
        return parts.for_the_room(self.readers, written)


def open_factors(turn: Turn) -> Answer:
    """The form, as it was saved; above it what the record has."""
    need_words(turn)
    here = answering_now(turn)
    before = parts.saved(turn, here, RiskFactors.name).get("factors")
    given = dict((before.details or {}) if before else {"readers": parts.usual_readers(here)})
    known = ", ".join(each.label.lower() for each in record.risk(here.asked.case))
    return Show(
        RiskFactors.draw(
            turn.about.but(code=None, version=parts.newest(turn, here)),
            initial=given,
            choices={"named": parts.others(turn)},
            before=[*parts.heading(turn, here, VIEW), context(f"On record: {known or 'none yet'}.")],
            beside=_beside(turn, here, "up", "factors"),
        )
    )


def save_factors(turn: Turn, form: RiskFactors) -> Answer:
    """One item that says what moved."""
    need_words(turn)
    here = answering_now(turn)
    limits = parts.limits_for(here, parts.chosen(form.readers, form.named))
    told: dict[str, object] = {change.value: [*some] for change, some in form.moved.items()}
    told |= {"note": form.note, "readers": form.readers, "named": [*form.named]}
    piece = parts.Piece("risk_change", factors_text(form.moved, form.note), limits, told)
    parts.save(turn, here, RiskFactors.name, VIEW, {"factors": piece}, first="up")
    return back(turn)


def open_view(turn: Turn) -> Answer:
    """The form, as it was saved, with last month's answer beside each box."""
    need_words(turn)
    here = answering_now(turn)
    before = parts.saved(turn, here, ProfessionalView.name)
    given: dict[str, Any] = {name: item.body for name, item in before.items()}
    sent = here.asked.current
    if before and sent is not None and sent.imminent:
        given |= {"told": sent.told, "told_at": sent.told_at}
    some = next(iter(before.values()), None)
    given |= {"readers": parts.usual_readers(here)} | ((some.details or {}) if some else {})
    return Show(
        ProfessionalView.draw(
            turn.about.but(code=None, version=parts.newest(turn, here)),
            initial=given,
            choices={"named": parts.others(turn)},
            before=[*parts.heading(turn, here, VIEW), context(turn.say("updates/not_watched"))],
            beside=_beside(turn, here, "view", "view") | _beside(turn, here, "risk", "risk"),
        )
    )


def save_view(turn: Turn, form: ProfessionalView) -> Answer:
    """The view of risk, the opinion and what lowers the risk, each an item; an imminent risk is told at once."""
    need_words(turn)
    here = answering_now(turn)
    risk = RiskView(form.risk) if form.risk else None
    alarm = parts.Alarm(risk, form.told or "", form.told_at)
    sent = parts.save(turn, here, ProfessionalView.name, VIEW, _pieces(here, form), first="view", alarm=alarm)
    if risk is not RiskView.IMMINENT or sent is None:
        return back(turn)
    mark_imminent(turn, here, sent, alarm.told, alarm.told_at)
    return said_imminent(turn, here)


def _pieces(here: Answering, form: ProfessionalView) -> dict[str, parts.Piece]:
    limits = parts.limits_for(here, parts.chosen(form.readers, form.named))
    if not stores_text(limits):
        return {"room": parts.Piece("verbal", None, limits)}
    details = {"readers": form.readers, "named": list(form.named)}
    words = {"risk": ("risk", form.risk), "view": ("opinion", form.view), "good": ("strengths", form.good)}
    return {name: parts.Piece(kind, body, limits, details) for name, (kind, body) in words.items() if body}


def _beside(turn: Turn, here: Answering, question: str, asked: str) -> dict[str, list[dict[str, object]]]:
    """Last month's answer above a question; nothing to whoever writes for another agency."""
    if here.sitting.on_behalf:
        return {}
    return {question: list(last_time(turn, here.asked).get(asked, ()))}
